//! The operators of the rule language mean what Rhai means.
//!
//! `semantics/operators.csv` is a list of facts: an expression, what stands for `x` in it, and what it comes to, written
//! as Rhai would show it (`error` where Rhai gives one). They were worked out from Rhai's documentation and source, and
//! each is asked of Rhai itself here.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on should say so")]

use rhai::packages::{
    ArithmeticPackage, BasicArrayPackage, BasicStringPackage, LogicPackage, MoreStringPackage, Package,
};
use rhai::{Dynamic, Engine, OptimizationLevel};

/// One line of the file.
struct Case {
    expression: String,
    input: String,
    expected: String,
}

impl Case {
    /// The expression with the input in its place.
    fn closed(&self) -> String {
        let mut text = String::new();
        let mut characters = self.expression.chars().peekable();
        let mut before = ' ';
        while let Some(character) = characters.next() {
            let alone = !before.is_alphanumeric() && !characters.peek().is_some_and(|next| next.is_alphanumeric());
            if character == 'x' && alone {
                text.push_str(&format!("({})", self.input));
            } else {
                text.push(character);
            }
            before = character;
        }
        text
    }
}

fn cases() -> Vec<Case> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .from_path(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/semantics/operators.csv"))
        .expect("the list of facts is there");
    let rows = reader.records().map(|row| row.expect("each line has three parts"));
    let part = |row: &csv::StringRecord, nth| row.get(nth).unwrap_or_default().to_owned();
    rows.map(|row| Case { expression: part(&row, 0), input: part(&row, 1), expected: part(&row, 2) }).collect()
}

fn engine() -> Engine {
    let mut engine = Engine::new_raw();
    engine.set_optimization_level(OptimizationLevel::None);
    ArithmeticPackage::new().register_into_engine(&mut engine);
    LogicPackage::new().register_into_engine(&mut engine);
    BasicArrayPackage::new().register_into_engine(&mut engine);
    BasicStringPackage::new().register_into_engine(&mut engine);
    MoreStringPackage::new().register_into_engine(&mut engine);
    rhai::packages::BasicIteratorPackage::new().register_into_engine(&mut engine);
    engine
}

/// A value as Rhai shows it, texts in quotes.
fn shown(value: Dynamic) -> String {
    if value.is_unit() {
        return "()".to_owned();
    }
    if value.is_string() { format!("\"{value}\"") } else { value.to_string() }
}

#[test]
fn every_listed_fact_is_what_rhai_says() {
    let engine = engine();
    let cases = cases();
    assert!(cases.len() >= 150, "only {} facts", cases.len());
    let mut wrong = Vec::new();
    for case in &cases {
        let came = match engine.eval_expression::<Dynamic>(&case.closed()) {
            Ok(value) => shown(value),
            Err(_) => "error".to_owned(),
        };
        if came != case.expected {
            wrong.push(format!("{} gives {came}, and the list says {}", case.closed(), case.expected));
        }
    }
    assert!(wrong.is_empty(), "{} of {} facts differ:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}
