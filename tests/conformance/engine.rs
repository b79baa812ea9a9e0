//! Asks one expression of our language: of the compiled form and of Rhai's interpreter.

use cadans::book::ingest::{LeadFormat, read_book};
use cadans::book::value::Value;
use cadans::calendar::Instant;
use cadans::diagnostics::Severity;
use cadans::evaluate::clause::{evaluate, interpret};
use cadans::evaluate::facts::FactContext;
use cadans::language::{PackSource, Rulebook};
use cadans::pack::Overrides;
use cadans::pack::interpreter::Answer;
use serde_json::{Map, Value as Json};

/// An expression with what it needs.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// The text of the expression.
    pub expression: String,
    /// The facts that it reads, with their values for the lead.
    pub facts: Vec<(String, Json)>,
    /// Helper functions that it calls.
    pub helpers: String,
}

impl Question {
    /// Declares a fact with this value, a text, number or truth; gives its name in an expression.
    pub fn fact(&mut self, value: &Json) -> String {
        let name = format!("given_{}", self.facts.len());
        let read = format!("lead.{name}");
        self.facts.push((name, value.clone()));
        read
    }
}

/// What an expression comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Came {
    /// Both ways to this value.
    Value(Value),
    /// To an error: of the checker, with its code, or when it is evaluated.
    Error(String),
    /// To something else in each of the two ways.
    Disagrees(String),
}

/// Asks an expression.
pub fn ask(question: &Question) -> Came {
    let kind = |value: &Json| match value {
        Json::Bool(_) => "truth",
        Json::Number(_) => "number",
        _ => "text",
    };
    let facts = question.facts.iter().map(|(name, value)| format!("fact {name} as {};\n", kind(value)));
    let text = format!(
        "{}{}rule \"r\" when true then wait because\n{}\n;",
        facts.collect::<String>(),
        question.helpers,
        question.expression
    );
    let (rulebook, findings) =
        Rulebook::new(&[PackSource { file: "case.rhai".to_owned(), text }], &Overrides::default());
    if let Some(error) = findings.iter().find(|finding| finding.severity == Severity::Error) {
        return Came::Error(error.code.to_owned());
    }
    let clause = rulebook.rules().next().and_then(|(_, rule)| rule.because.as_ref()).expect("the rule was read");
    let fields: Map<String, Json> = question.facts.iter().cloned().collect();
    let lead = serde_json::json!({ "id": "L-1", "fields": fields });
    let intake = read_book(&LeadFormat::Json, lead.to_string().as_bytes());
    assert!(intake.refused.is_empty(), "{:?}", intake.refused);
    let now = Instant::parse("2026-11-20T10:00:00Z").expect("a moment");
    let cx = FactContext::new(&intake.book.all_records(), 0, now);
    let [compiled, interpreted] = [evaluate(clause, &cx), interpret(clause, &cx)];
    match (compiled, interpreted) {
        (Ok(Answer::Value(one)), Ok(Answer::Value(other))) if one == other => Came::Value(one),
        (Err(one), Err(_)) => Came::Error(format!("{:?}", one.code)),
        (one, other) => Came::Disagrees(format!("compiled {one:?}, interpreted {other:?}")),
    }
}

/// A text as our language writes it.
pub fn text_literal(text: &str) -> String {
    let mut written = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => written.push_str("\\\""),
            '\\' => written.push_str("\\\\"),
            '\n' => written.push_str("\\n"),
            '\r' => written.push_str("\\r"),
            '\t' => written.push_str("\\t"),
            letter if letter.is_control() => written.push_str(&format!("\\u{:04x}", u32::from(letter))),
            letter => written.push(letter),
        }
    }
    written + "\""
}

/// A number with decimals as our language writes it.
pub fn number_literal(number: f64) -> String {
    let written = format!("{:?}", number.abs());
    let written = if written.contains(['.', 'e']) { written } else { format!("{written}.0") };
    if number.is_sign_negative() { format!("(-{written})") } else { written }
}

/// A whole number as our language writes it.
pub fn whole_literal(number: i128) -> String {
    match number {
        n if n == i128::from(i64::MIN) => format!("(-{} - 1)", i64::MAX),
        n if n < 0 => format!("(-{})", n.unsigned_abs()),
        n => n.to_string(),
    }
}
