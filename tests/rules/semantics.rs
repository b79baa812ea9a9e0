//! The operators of the rule language have the semantics of Rhai.
//!
//! The files in `semantics/` list cases, a file per subject: an expression, the value of `x` in it, and the result, as Rhai displays it (`error`
//! when it is an error). They were derived from the documentation and source of Rhai. Each is evaluated by Rhai itself, by our expression
//! tree, and by Rhai with our types. `interpreted.csv` has the cases that our tree leaves to Rhai. Plain Rhai does not have `spelling.csv`, with
//! words of the rule language, and `time.csv`, with durations, moments and facts of an empty lead on 21 January 1970.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on should say so")]

use rhai::packages::{
    ArithmeticPackage, BasicArrayPackage, BasicMapPackage, BasicStringPackage, LogicPackage, MoreStringPackage, Package,
};
use rhai::{Dynamic, Engine};

use cadans::book::value::Value;
use cadans::book::{GroupRecords, Lead};
use cadans::calendar::Instant;
use cadans::diagnostics::EvaluationError;
use cadans::evaluate::clause::{evaluate, interpret};
use cadans::evaluate::facts::FactContext;
use cadans::language::{PackSource, Rulebook};
use cadans::pack::Overrides;
use cadans::pack::expression::{Body, Clause};
use cadans::pack::interpreter::Answer;

/// One line of a file.
struct Case {
    expression: String,
    input: String,
    expected: String,
}

impl Case {
    /// The expression with `x` replaced by `input`.
    fn closed(&self, input: &str) -> String {
        let mut text = String::new();
        let mut characters = self.expression.chars().peekable();
        let mut before = ' ';
        while let Some(character) = characters.next() {
            let alone = !before.is_alphanumeric() && !characters.peek().is_some_and(|next| next.is_alphanumeric());
            if character == 'x' && alone {
                text.push_str(&format!("({input})"));
            } else {
                text.push(character);
            }
            before = character;
        }
        text
    }
}

/// The files with cases that our tree evaluates, in a good order for reading.
const ON_THE_TREE: [&str; 6] =
    ["comparing.csv", "unknown.csv", "arithmetic.csv", "truth.csv", "membership.csv", "texts.csv"];
/// The file with cases that our tree leaves to Rhai.
const INTERPRETED: &str = "interpreted.csv";
/// The files with cases that plain Rhai cannot evaluate.
const OURS: [&str; 2] = ["spelling.csv", "time.csv"];

/// The cases of a file.
fn cases(file: &str) -> Vec<Case> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .from_path(format!("{}/tests/semantics/{file}", env!("CARGO_MANIFEST_DIR")))
        .expect("the list of facts is there");
    let rows = reader.records().map(|row| row.expect("each line has three parts"));
    let part = |row: &csv::StringRecord, nth| row.get(nth).unwrap_or_default().to_owned();
    rows.map(|row| Case { expression: part(&row, 0), input: part(&row, 1), expected: part(&row, 2) }).collect()
}

/// Rhai with its standard operators and functions.
fn engine() -> Engine {
    let mut engine = Engine::new_raw();
    ArithmeticPackage::new().register_into_engine(&mut engine);
    LogicPackage::new().register_into_engine(&mut engine);
    BasicArrayPackage::new().register_into_engine(&mut engine);
    BasicStringPackage::new().register_into_engine(&mut engine);
    MoreStringPackage::new().register_into_engine(&mut engine);
    BasicMapPackage::new().register_into_engine(&mut engine);
    rhai::packages::BasicIteratorPackage::new().register_into_engine(&mut engine);
    engine
}

/// A value as Rhai displays it, texts in quotes.
fn shown(value: Dynamic) -> String {
    if value.is_unit() {
        return "()".to_owned();
    }
    if value.is_string() { format!("\"{value}\"") } else { value.to_string() }
}

#[test]
fn every_listed_case_has_the_result_that_rhai_gives() {
    let engine = engine();
    let cases: Vec<Case> = ON_THE_TREE.into_iter().chain([INTERPRETED]).flat_map(cases).collect();
    assert!(cases.len() >= 600, "only {} facts", cases.len());
    let mut wrong = Vec::new();
    for case in &cases {
        let closed = case.closed(&case.input);
        let result = match engine.eval_expression::<Dynamic>(&closed) {
            Ok(value) => shown(value),
            Err(_) => "error".to_owned(),
        };
        if result != case.expected {
            wrong.push(format!("{closed} gives {result}, and the list says {}", case.expected));
        }
    }
    assert!(wrong.is_empty(), "{} of {} facts differ:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// An answer as Rhai displays it, texts in quotes.
fn shown_answer(answer: Result<Answer, EvaluationError>) -> String {
    match answer {
        Ok(Answer::Value(Value::Unknown)) => "()".to_owned(),
        Ok(Answer::Value(Value::Text(text))) => format!("\"{text}\""),
        Ok(Answer::Value(value)) => value.to_string(),
        Ok(Answer::Touches(_)) => "touches".to_owned(),
        Err(_) => "error".to_owned(),
    }
}

/// An expression as a clause of a pack; `None` when the checker refuses it.
fn clause(expression: &str) -> Option<Clause> {
    let text = format!("pack \"p\" #{{}};\nrule \"r\" when true then wait because {expression};");
    let source = PackSource { file: "p.rhai".to_owned(), text };
    let (rulebook, _) = Rulebook::new(&[source], &Overrides::default());
    rulebook.rules().next().and_then(|(_, rule)| rule.because.clone())
}

#[test]
fn the_expression_tree_and_rhai_with_our_types_give_the_listed_results() {
    let cx = FactContext::new(
        &GroupRecords::new(vec![Lead::default()], vec![], vec![]),
        0,
        Instant::from_millis(20 * 86_400_000),
    );
    let mut wrong = Vec::new();
    for case in ON_THE_TREE.into_iter().chain(OURS).flat_map(cases) {
        let open = case.closed(&case.input);
        // Where the checker would refuse the types, the type is hidden from it.
        let hidden = case.closed(&format!("if true {{ {} }} else {{ () }}", case.input));
        let asked = clause(&open).or_else(|| clause(&hidden));
        let Some(clause) = asked else {
            wrong.push(format!("{open} cannot be asked"));
            continue;
        };
        let Body::Compiled(_) = clause.body else {
            wrong.push(format!("{open} is not on our tree"));
            continue;
        };
        for (which, result) in [("evaluated", evaluate(&clause, &cx)), ("walked", interpret(&clause, &cx))] {
            let result = shown_answer(result);
            if result != case.expected {
                wrong.push(format!("{open} {which} gives {result}, and the list says {}", case.expected));
            }
        }
    }
    assert!(wrong.is_empty(), "{} answers differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn cases_that_the_tree_leaves_to_rhai_give_the_listed_results() {
    let cx = FactContext::new(
        &GroupRecords::new(vec![Lead::default()], vec![], vec![]),
        0,
        Instant::from_millis(20 * 86_400_000),
    );
    let mut wrong = Vec::new();
    for case in cases(INTERPRETED) {
        let open = case.closed(&case.input);
        match clause(&open) {
            Some(clause) if matches!(clause.body, Body::Interpreted { .. }) => {
                let result = shown_answer(evaluate(&clause, &cx));
                if result != case.expected {
                    wrong.push(format!("{open} gives {result}, and the list says {}", case.expected));
                }
            }
            Some(_) => wrong.push(format!("{open} is on our tree")),
            None => wrong.push(format!("{open} cannot be asked")),
        }
    }
    assert!(wrong.is_empty(), "{} answers differ:\n{}", wrong.len(), wrong.join("\n"));
}
