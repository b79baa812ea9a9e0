//! What has no equivalent is nothing that our language has: no operator of a case that runs, and what one would write for it is refused.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::engine::{Came, Question, ask};
use crate::{cel_cases, jsonlogic_cases};

/// The operators of a rule of JSONLogic.
fn operators(rule: &Json, found: &mut BTreeSet<String>) {
    match rule {
        Json::Object(call) => call.iter().for_each(|(operator, operands)| {
            found.insert(operator.clone());
            operators(operands, found);
        }),
        Json::Array(operands) => operands.iter().for_each(|operand| operators(operand, found)),
        _ => {}
    }
}

#[test]
fn no_operator_of_jsonlogic_both_runs_and_has_no_equivalent() {
    let (mut run, mut lacking) = (BTreeSet::new(), BTreeSet::new());
    for case in jsonlogic_cases() {
        match &case.question {
            Ok(_) => operators(&serde_json::from_str(&case.asks).unwrap(), &mut run),
            // `map: something computed of each item`
            Err(what) => lacking.extend(what.split_once(": ").map(|(operator, _)| operator.to_owned())),
        }
    }
    assert!(run.len() >= 25 && lacking.len() >= 5, "{run:?} and {lacking:?}");
    assert_eq!(run.intersection(&lacking).collect::<Vec<_>>(), Vec::<&String>::new());
}

/// What has no equivalent, with what one would write for it in Rhai. Nothing where Rhai has no words either.
const WRITTEN: &[(&str, &[&str])] = &[
    ("all: a condition on each item", &["[1].all(|item| item > 0)"]),
    ("filter: the items for which a condition holds", &["[1].filter(|item| item > 0)"]),
    ("map: something computed of each item", &["[1].map(|item| item + 1)"]),
    ("none: a condition on none of the items", &["[1].all(|item| item > 0)"]),
    ("reduce: one value computed of all items", &["[1].reduce(|sum, item| sum + item)", "[1].sum()"]),
    ("some: a condition on one of the items", &["[1].some(|item| item > 0)"]),
    ("missing: the names of what is not known", &["missing(\"a\")", "lead.missing(\"a\")"]),
    ("missing_some: the names of what is not known", &["missing_some(1, [\"a\"])"]),
    ("operands that are computed as one list", &["+[1, 2]", "[1, 2].min()", "max([1, 2])"]),
    ("what is told of an error that was caught", &[]),
    ("a map with keys that are no texts", &["#{ 1: 2 }", "#{ true: 2 }"]),
    ("bytes", &["blob(3)", "\"a\".to_blob()", "\"a\".bytes"]),
    (
        "conversions of a value to another kind",
        &[
            "parse_int(\"1\")",
            "parse_float(\"1\")",
            "to_int(1.5)",
            "(1.5).to_int()",
            "(1).to_float()",
            "parse_bool(\"true\")",
        ],
    ),
    ("functions of an embedding program", &[]),
    ("lengths of time below a second", &["1.millisecond", "1.ms"]),
    (
        "macros: a condition on each item, or something computed of it",
        &["[1].all(|item| item > 0)", "[1].map(|item| item)"],
    ),
    ("messages of Protocol Buffers", &[]),
    ("names of several parts: types, enumerations, variables with dots", &["a::b"]),
    ("optional items of a list; optional values that are taken out, or made of zero", &["(1).value()", "(1).unwrap()"]),
    ("regular expressions", &["\"a\".matches(\"a\")", "\"a\".is_match(\"a\")"]),
    (
        "rounding, signs and infinity (math.*)",
        &[
            "(1.5).floor()",
            "(1.5).round()",
            "(1.5).ceiling()",
            "(1.5).int()",
            "sign(1)",
            "(1).sign()",
            "(1.5).is_nan()",
            "(1.5).is_infinite()",
            "~5",
        ],
    ),
    (
        "texts quoted and formatted",
        &["[\"a\"].join(\",\")", "\"a\".reverse()", "\"%d\".format(1)", "\"a,b\".split(\",\", 1)"],
    ),
    (
        "the parts of a moment or length of time",
        &["now.year", "now.year()", "now.hour()", "now.weekday()", "(1.day).hours()"],
    ),
    ("the place of a part from another place on", &["\"aba\".index_of(\"a\", 1)", "\"aba\".last_index_of(\"a\")"]),
    ("the types of what our language has not", &[]),
    ("types deduced without evaluating", &[]),
];

#[test]
fn what_has_no_equivalent_is_refused_by_our_language() {
    let cases: Vec<_> = jsonlogic_cases().into_iter().chain(cel_cases()).collect();
    let lacking: BTreeSet<&str> = cases.iter().filter_map(|case| case.question.as_ref().err().copied()).collect();
    let told: BTreeSet<&str> = WRITTEN.iter().map(|(what, _)| *what).collect();
    assert_eq!(lacking.difference(&told).collect::<Vec<_>>(), Vec::<&&str>::new());
    assert_eq!(told.difference(&lacking).collect::<Vec<_>>(), Vec::<&&str>::new());
    for expression in WRITTEN.iter().flat_map(|(_, expressions)| *expressions) {
        let came = ask(&Question { expression: (*expression).to_owned(), ..Question::default() });
        assert!(matches!(came, Came::Error(_)), "our language has {expression}, which comes to {came:?}");
    }
}
