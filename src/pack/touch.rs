//! What a rule proposes: a touch, or an action without a channel.
//!
//! `phone.to("decider").within(4.hours)` is a chain of builder methods on a bare channel. The same methods serve the
//! compiled path and Rhai's walker, so both give the same touch.

use std::sync::Arc;

use crate::book::value::Value;
use crate::book::vocabulary::{Channel, Role, nearest};
use crate::calendar::written::{self, InvalidMoment};
use crate::calendar::{Duration, Instant};
use crate::wording::{Arg, Sentence};

/// What to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Contact somebody over a channel.
    Contact(Channel),
    /// Do nothing for now, on purpose.
    Wait,
    /// Find out who plays this role.
    Find(Role),
    /// Hand the lead over to another team: "marketing", "support".
    HandOver(Arc<str>),
}

/// Whom a touch is for.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// Whoever plays this role.
    Role(Role),
    /// The person with this id.
    Person(Arc<str>),
}

/// A length of time as written in a rule: by the clock or in working hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lapse {
    /// `4.hours`
    Clock(Duration),
    /// `4.working_hours`, counted in the hours of the rep.
    Working(Duration),
}

/// A proposed touch: what a rule says in `then`, before anything is permitted, ranked or placed in time.
#[derive(Clone, Debug, PartialEq)]
pub struct Touch {
    /// What to do.
    pub action: Action,
    /// `.to("decider")`: whom to contact. Absent: the order of the buying group decides.
    pub to: Option<Target>,
    /// `.within(4.hours)`: how soon. A promise: when it cannot be kept, the first permitted moment after it is advised and called late.
    pub within: Option<Lapse>,
    /// `.after(2.days)`: not sooner than this from now (in a cadence: from its start).
    pub after: Option<Lapse>,
    /// `.before("2026-11-20T14:00:00+01:00")`: hard end; later is no use.
    pub before: Option<Instant>,
    /// `.at_best()`: at the hour at which this person answers most.
    pub at_best: bool,
    /// `.offer("roi-calculator")`: content to bring.
    pub offer: Option<Arc<str>>,
    /// `.ask("What would make this a success?")`: question to ask.
    pub ask: Option<Arc<str>>,
    /// `.rep("legal")`: skill that the rep must have.
    pub skill: Option<Arc<str>>,
    /// `.value(100)`: V, before weighing by retention; the lead's own value where absent.
    pub value: Option<f64>,
    /// `.chance(0.2)`: P; from the person's own answers where absent.
    pub chance: Option<f64>,
    /// `.weight(1.55)`: C; 1 where absent.
    pub weight: Option<f64>,
    /// `.lever(1.2)`: L; 1 where absent.
    pub lever: Option<f64>,
    /// `.by("Price page again: phone today")`: in an example, the rule or cadence that must win. A rule cannot say it.
    pub by: Option<Arc<str>>,
}

/// The word of an example that expects a lead on hold: `expect hold`. A rule cannot propose it.
pub const HOLD: &str = "hold";

/// The builder methods, by the name a rule uses, each with the key of the sentence that says what it takes.
pub const BUILDERS: &[(&str, &str)] = &[
    ("to", "takes-to"),
    ("within", "a-length"),
    ("after", "a-length"),
    ("before", "takes-before"),
    ("at_best", "takes-nothing"),
    ("offer", "takes-offer"),
    ("ask", "takes-ask"),
    ("rep", "takes-rep"),
    ("value", "takes-factor"),
    ("chance", "takes-chance"),
    ("weight", "takes-factor"),
    ("lever", "takes-factor"),
    (BY, "takes-by"),
];

/// The builder method that only the `expect` of an example has.
pub const BY: &str = "by";

impl Touch {
    /// A touch that only says what to do.
    pub fn new(action: Action) -> Self {
        Self {
            action,
            to: None,
            within: None,
            after: None,
            before: None,
            at_best: false,
            offer: None,
            ask: None,
            skill: None,
            value: None,
            chance: None,
            weight: None,
            lever: None,
            by: None,
        }
    }

    /// This touch with one builder method applied.
    ///
    /// # Errors
    /// What to tell: no such method, or an argument that does not fit it.
    pub fn with(mut self, method: &str, args: &[Value]) -> Result<Self, Sentence> {
        match (method, args) {
            ("to", [Value::Text(word)]) => {
                self.to = Some(match Role::from_word(word) {
                    Some(role) => Target::Role(role),
                    None => Target::Person(word.clone()),
                });
            }
            ("within", [Value::Length(length)]) => self.within = Some(Lapse::Clock(*length)),
            ("within", [Value::WorkingLength(length)]) => self.within = Some(Lapse::Working(*length)),
            ("after", [Value::Length(length)]) => self.after = Some(Lapse::Clock(*length)),
            ("after", [Value::WorkingLength(length)]) => self.after = Some(Lapse::Working(*length)),
            ("before", [Value::Moment(moment)]) => self.before = Some(*moment),
            ("before", [Value::Text(text)]) => {
                self.before = Some(written::read(text).map_err(InvalidMoment::sentence)?)
            }
            ("at_best", []) => self.at_best = true,
            ("offer", [Value::Text(text)]) => self.offer = Some(text.clone()),
            ("ask", [Value::Text(text)]) => self.ask = Some(text.clone()),
            (BY, [Value::Text(text)]) => self.by = Some(text.clone()),
            ("rep", [Value::Text(text)]) => self.skill = Some(text.clone()),
            ("value", [number]) if factor(number).is_some() => self.value = factor(number),
            ("chance", [number]) if factor(number).is_some_and(|chance| chance <= 1.0) => self.chance = factor(number),
            ("weight", [number]) if factor(number).is_some() => self.weight = factor(number),
            ("lever", [number]) if factor(number).is_some() => self.lever = factor(number),
            // An unknown value leaves the default in force: `.value(lead.value)` for a lead whose value is not known.
            ("value" | "chance" | "weight" | "lever", [Value::Unknown]) => {}
            _ => return Err(misfit(method, args)),
        }
        Ok(self)
    }
}

/// What a builder method says of arguments that it does not take.
fn misfit(method: &str, args: &[Value]) -> Sentence {
    let Some((_, takes)) = BUILDERS.iter().find(|(name, _)| *name == method) else {
        let meant = nearest(method, BUILDERS.iter().map(|(name, _)| *name));
        return Sentence::new("unknown-builder")
            .with("name", method)
            .or_did_you_mean(meant.map(|name| format!(".{name}")));
    };
    let came = match args {
        [] => Arg::Key("takes-nothing"),
        [Value::Unknown] => Arg::Key("a-value"),
        [one] => Sentence::new("run-kind").with("kind", one.kind().with_article()).with("value", one.in_rule()).into(),
        many => Sentence::new("run-values").with("count", many.len()).into(),
    };
    Sentence::new("run-builder").with("method", method).with("takes", Arg::Key(takes)).with("came", came)
}

/// A usable factor of the priority: finite and not negative.
fn factor(value: &Value) -> Option<f64> {
    let number = match value {
        Value::Whole(count) => *count as f64,
        Value::Number(number) => *number,
        _ => return None,
    };
    (number.is_finite() && number >= 0.0).then_some(number)
}
