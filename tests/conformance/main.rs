//! Two public suites on our language: the compatibility tables of JSONLogic and the conformance tests of CEL.
//!
//! Each case is written as an expression of our language and asked of the compiled form and of Rhai's interpreter. It *passes* when both come to the value
//! that the suite wants, or to an error where it wants one. A case that comes to something else must be listed in `jsonlogic.txt` or `cel.txt`, with
//! why: a reason of the language, told on a page of the reference, or a known fault. A case that is listed and passes fails the run. What our
//! language has no words for has no equivalent; that is said by the translation and never of an operator that it translates.
//!
//! `CADANS_WRITE=1 cargo test --test conformance` writes docs/conformance.md.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod cel;
mod cel_syntax;
mod engine;
mod hours;
mod jsonlogic;
mod lacks;
mod own;
mod reasons;
mod report;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use cadans::book::value::Value;
use engine::{Came, Question, ask};
use jsonlogic::NoEquivalent;
use reasons::REASONS;
use report::Report;
use serde_json::{Map, Value as Json};

/// A case of a suite.
pub struct Case {
    /// The file or section, and the number in it: `comparison/softEquals#12`.
    pub id: String,
    /// The group in the table.
    pub group: String,
    /// What it asks, as the suite writes it.
    pub asks: String,
    /// In our language; what it lacks where it has no words for it.
    pub question: Result<Question, NoEquivalent>,
    /// What it should come to.
    pub wants: Wanted,
}

/// What a case wants.
pub enum Wanted {
    /// An error, of the checker or when it is evaluated.
    Error,
    /// This value.
    Value(Expected),
}

/// A value that is wanted.
#[derive(Clone, Debug)]
pub enum Expected {
    /// A value of JSON; numbers by value.
    Json(Json),
    /// A value of ours.
    Ours(Value),
    /// What no value of ours is.
    Other(String),
}

/// That it holds is wanted.
fn truth() -> Wanted {
    Wanted::Value(Expected::Ours(Value::Truth(true)))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance")
}

fn read_json(path: &Path) -> Json {
    serde_json::from_str(&fs::read_to_string(path).unwrap())
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The cases of the compatibility tables of JSONLogic, in the order of its index.
fn jsonlogic_cases() -> Vec<Case> {
    let folder = folder().join("jsonlogic/suites");
    let index = read_json(&folder.join("index.json"));
    let mut cases = Vec::new();
    for file in index.as_array().unwrap() {
        let file = file.as_str().unwrap();
        let name = file.trim_end_matches(".json");
        let entries = read_json(&folder.join(file));
        let entries = entries.as_array().unwrap().iter().filter(|entry| entry.is_object());
        for (nth, entry) in entries.enumerate() {
            let (rule, data) = (&entry["rule"], entry.get("data").unwrap_or(&Json::Null));
            let wants = match entry.get("result") {
                Some(result) if entry.get("error").is_none() => Wanted::Value(Expected::Json(result.clone())),
                _ => Wanted::Error,
            };
            // A map is no value of a clause, so that it is asked whether the expression is what is wanted.
            let (question, wants) = match (jsonlogic::translate(rule, data), wants) {
                (Ok(question), Wanted::Value(Expected::Json(value))) if value.to_string().contains('{') => {
                    let expression =
                        jsonlogic::written_out(&value).map(|value| format!("({} is {value})", question.expression));
                    (expression.map(|expression| Question { expression, ..question }), truth())
                }
                asked => asked,
            };
            cases.push(Case {
                id: format!("{name}#{}", nth + 1),
                group: name.to_owned(),
                asks: rule.to_string(),
                question,
                wants,
            });
        }
    }
    cases
}

/// The cases of the conformance tests of CEL.
fn cel_cases() -> Vec<Case> {
    let all = read_json(&folder().join("cel/conformance.json"));
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let none = Map::new();
    all.as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            let path = entry["path"].as_str().unwrap().to_owned();
            let number = numbers.entry(path.clone()).or_default();
            *number += 1;
            let expression = entry["expr"].as_str().unwrap();
            let bindings = entry.get("bindings").and_then(Json::as_object).unwrap_or(&none);
            let question = match entry.get("checkOnly") {
                Some(_) => Err("types deduced without evaluating"),
                None if in_namespace(entry) => Err("names of several parts: types, enumerations, variables with dots"),
                None => cel::translate(expression, bindings),
            };
            let value = entry.get("value").or_else(|| entry.get("typedResult").and_then(|typed| typed.get("result")));
            // A map is no value of a clause, so that it is asked whether the expression is that map.
            let map = value.filter(|value| value.get("mapValue").is_some()).map(cel::written_out);
            let question = match (question, &map) {
                (Ok(question), Some(Ok(map))) => {
                    Ok(Question { expression: format!("({} is {map})", question.expression), ..question })
                }
                (Ok(_), Some(Err(what))) => Err(*what),
                (question, _) => question,
            };
            let wants = match value {
                _ if entry.get("evalError").is_some() => Wanted::Error,
                Some(_) if map.is_some() => truth(),
                Some(value) => Wanted::Value(cel_value(value)),
                None => truth(),
            };
            Case {
                id: format!("{path}#{number}"),
                group: path.split('/').next().unwrap().to_owned(),
                asks: expression.to_owned(),
                question,
                wants,
            }
        })
        .collect()
}

/// Whether a variable of a case has its name from a namespace around the expression.
fn in_namespace(entry: &Json) -> bool {
    let container = entry.get("container").and_then(Json::as_str).unwrap_or_default();
    let names = entry.get("bindings").and_then(Json::as_object).into_iter().flat_map(Map::keys);
    names.into_iter().any(|name| !container.is_empty() && name.contains('.'))
}

/// A value of CEL as one of ours.
fn cel_value(value: &Json) -> Expected {
    let Some((kind, value)) = value.as_object().and_then(|value| value.iter().next()) else {
        return Expected::Other(value.to_string());
    };
    let number = || value.as_str().and_then(|text| text.parse::<i64>().ok());
    let ours = match kind.as_str() {
        "boolValue" => value.as_bool().map(Value::Truth),
        "int64Value" | "uint64Value" => number().map(Value::Whole),
        "doubleValue" => value.as_f64().or_else(|| value.as_str()?.parse().ok()).map(Value::Number),
        "stringValue" => value.as_str().map(Value::text),
        "nullValue" => Some(Value::Unknown),
        "typeValue" => value.as_str().and_then(cel::type_name).and_then(Result::ok).map(Value::text),
        "listValue" => value
            .get("values")
            .map_or(Some(Vec::new()), |items| {
                items
                    .as_array()?
                    .iter()
                    .map(|item| match cel_value(item) {
                        Expected::Ours(value) => Some(value),
                        _ => None,
                    })
                    .collect()
            })
            .map(|items| Value::List(items.into())),
        "objectValue" => well_known(value),
        _ => None,
    };
    ours.map_or_else(|| Expected::Other(value.to_string()), Expected::Ours)
}

/// A moment or length of time.
fn well_known(value: &Json) -> Option<Value> {
    let text = value.get("value")?.as_str()?;
    match value.get("@type")?.as_str()?.rsplit('.').next()? {
        "Timestamp" => cadans::calendar::Instant::parse(text).ok().map(Value::Moment),
        "Duration" => {
            let seconds: f64 = text.trim_end_matches('s').parse().ok()?;
            Some(Value::Length(cadans::calendar::Duration::from_millis((seconds * 1000.0) as i64)))
        }
        _ => None,
    }
}

/// Whether a value is the one that is wanted.
fn is_wanted(value: &Value, wanted: &Expected) -> bool {
    match wanted {
        Expected::Ours(Value::Number(wanted)) if wanted.is_nan() => matches!(value, Value::Number(one) if one.is_nan()),
        Expected::Ours(wanted) => value == wanted,
        Expected::Other(_) => false,
        Expected::Json(wanted) => match (value, wanted) {
            (Value::Unknown, Json::Null) => true,
            (Value::Truth(one), Json::Bool(other)) => one == other,
            (Value::Text(one), Json::String(other)) => **one == **other,
            (Value::Whole(one), Json::Number(other)) => other.as_f64() == Some(*one as f64),
            (Value::Number(one), Json::Number(other)) => {
                other.as_f64().is_some_and(|other| (one - other).abs() <= f64::EPSILON * other.abs())
            }
            (Value::List(items), Json::Array(wanted)) => {
                items.len() == wanted.len()
                    && items.iter().zip(wanted).all(|(item, wanted)| is_wanted(item, &Expected::Json(wanted.clone())))
            }
            _ => false,
        },
    }
}

/// What became of the cases of a suite, and what is wrong with that: cases that differ and are not listed, and those that are listed and pass.
fn run(mut listed: BTreeMap<String, String>, cases: &[Case]) -> (Report, Vec<String>) {
    let mut report = Report::default();
    let mut wrong = Vec::new();
    for case in cases {
        let question = match &case.question {
            Ok(question) => question,
            Err(what) => {
                report.no_equivalent(case, what);
                continue;
            }
        };
        let came = ask(question);
        let passes = match (&came, &case.wants) {
            (Came::Value(value), Wanted::Value(wanted)) => is_wanted(value, wanted),
            (Came::Error(_), Wanted::Error) => true,
            _ => false,
        };
        let why = listed.remove(&case.id);
        match (passes, &came, why) {
            (_, Came::Disagrees(how), _) => wrong.push(format!("{} disagrees: {how}", case.id)),
            (true, came, None) => report.passes(case, matches!(came, Came::Error(_))),
            (true, _, Some(why)) => wrong.push(format!("{} passes, and is listed as {why}", case.id)),
            (false, came, Some(why)) => wrong.extend(report.differs(case, &why, came).err()),
            (false, came, None) => {
                let wants = match &case.wants {
                    Wanted::Error => "an error".to_owned(),
                    Wanted::Value(value) => format!("{value:?}"),
                };
                wrong
                    .push(format!("{}\t{}\t{}\twants {wants}\tcame {came:?}", case.id, case.asks, question.expression));
            }
        }
    }
    wrong.extend(listed.into_keys().map(|id| format!("{id} is listed, and is no case that runs")));
    (report, wrong)
}

#[test]
fn a_list_that_does_not_tell_what_is_so_fails_the_run() {
    let mut cases = cel_cases();
    // `0`, which passes, and `-(42u)`, which is an error in CEL.
    cases.retain(|case| ["basic/self_eval_zeroish#1", "integer_math/int64_math#19"].contains(&case.id.as_str()));
    let wrong = |listed: &[(&str, &str)]| {
        let listed = listed.iter().map(|(why, id)| ((*id).to_owned(), (*why).to_owned())).collect();
        run(listed, &cases).1
    };
    let [passes, differs] = [cases[0].id.as_str(), cases[1].id.as_str()];
    assert_eq!(wrong(&[("one-count", differs)]), Vec::<String>::new());
    assert_eq!(wrong(&[("fault:it gives -42", differs)]), Vec::<String>::new());
    assert!(wrong(&[])[0].starts_with(differs), "it differs, and is not listed");
    for why in ["one-count", "fault:it gives 1"] {
        let told = wrong(&[("one-count", differs), (why, passes)]);
        assert_eq!(told, [format!("{passes} passes, and is listed as {why}")]);
    }
    assert_eq!(wrong(&[("order", differs)]), [format!("{differs} is listed as order, and came to a value")]);
    assert_eq!(wrong(&[("taste", differs)]), [format!("{differs} is listed as taste, which is no reason")]);
    let told = wrong(&[("one-count", differs), ("one-count", "basic/none#1")]);
    assert_eq!(told, ["basic/none#1 is listed, and is no case that runs"]);
}

#[test]
fn the_public_suites_come_out_as_listed() {
    let suites = report::SUITES.iter().zip([jsonlogic_cases(), cel_cases()]);
    let (mut reports, mut wrong) = (Vec::new(), Vec::new());
    for (suite, cases) in suites {
        assert_eq!(cases.len(), suite.cases, "{}: cases were lost", suite.name);
        let (report, problems) = run(suite.listed(), &cases);
        wrong.extend(problems);
        assert!(!wrong.is_empty() || report.ran() >= suite.least, "{}: only {} cases ran", suite.name, report.ran());
        reports.push(report);
    }
    let unused = REASONS.iter().filter(|reason| !reports.iter().any(|report| report.names(reason)));
    wrong.extend(unused.map(|reason| format!("no case differs because of {}", reason.word)));
    assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
    let page = report::page(&reports);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/conformance.md");
    if std::env::var_os("CADANS_WRITE").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == page,
        "docs/conformance.md is not what the run gives: CADANS_WRITE=1 cargo test --test conformance"
    );
}
