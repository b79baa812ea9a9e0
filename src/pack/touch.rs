//! What a rule proposes: a contact on a channel, or an action without one.
//!
//! `phone.to("decider").within(4.hours)` is a chain of builder methods on a bare channel. The evaluator and the script interpreter both
//! call [`Touch::with`], so that both give the same touch.

use std::sync::Arc;

use crate::book::value::Value;
use crate::book::vocabulary::{Channel, Role, nearest};
use crate::calendar::rfc3339::{self, InvalidMoment};
use crate::calendar::units::LONGEST_LAPSE;
use crate::calendar::{Duration, Instant, Reachable};
use crate::diagnostics::{EvaluationErrorCode, ValueError};
use crate::pack::statements::amount;
use crate::wording::{Arg, Sentence};

/// What to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Contact somebody over a channel.
    Contact(Channel),
    /// Answer whoever asked something and waits, over the channel of their question where that is possible soon.
    Answer,
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
    /// `2.working_days`, on which the rep works.
    WorkingDays(i64),
}

/// A proposed touch: what a rule says in `then`, before anything is permitted, ranked or placed in time.
#[derive(Clone, Debug, PartialEq)]
pub struct Touch {
    /// What to do.
    pub action: Action,
    /// `.to("decider")`: whom to contact. Absent: the order of the buying group decides.
    pub to: Option<Target>,
    /// `.only_to("decider")`: as `.to`, but nobody else is contacted in their place.
    pub only: bool,
    /// `.within(4.hours)`: how soon, counted from when its reason began. When nothing is permitted in that time, the first permitted moment after it
    /// is advised, marked late. For `wait`: how long, counted from the same moment.
    pub within: Option<Lapse>,
    /// `.after(2.days)`: not sooner than this from now (in a cadence: from its start).
    pub after: Option<Lapse>,
    /// `.before("2026-11-20T14:00:00+01:00")`: the latest moment; a touch that cannot begin before it is not advised.
    pub before: Option<Instant>,
    /// `.acknowledges()`: it only tells them that we have their question, which stays open.
    pub acknowledges: bool,
    /// `.between("14:00", "16:00")`: only at these times of the day on the clock of the person, in the notation of opening hours. Their best hour goes
    /// before it, where the touch asks for that and it is known.
    pub between: Option<Arc<str>>,
    /// `.at_best()`: at the hour at which this person answers most often.
    pub at_best: bool,
    /// `.automatic()`: a system sends it, so nobody need be at work at that moment.
    pub automatic: bool,
    /// `.offer("roi-calculator")`, `.offer(["buyers-guide", "explainer"])`: content to bring. Of several the first that the person has not had.
    pub offers: Vec<Arc<str>>,
    /// `.ask("What would make this a success?")`: question to ask.
    pub ask: Option<Arc<str>>,
    /// `.rep("legal")`: skill that the rep must have.
    pub skill: Option<Arc<str>>,
    /// `.value(100)`: V of the priority, before it is multiplied by retention; the value of the lead where absent.
    pub value: Option<f64>,
    /// `.chance(0.2)`: P of the priority, from 0 to 1; estimated from the person's own answers where absent.
    pub chance: Option<f64>,
    /// `.weight(1.55)`: C of the priority; 1 where absent.
    pub weight: Option<f64>,
    /// `.lever(1.2)`: L of the priority; 1 where absent.
    pub lever: Option<f64>,
    /// `.again(3.days)`: how long after it was done for somebody it may be done for them again for the same reason; two weeks where absent.
    pub again: Option<Duration>,
    /// `.by("Price page again: phone today")`: the rule or cadence that must win. Only the `expect` of an example has it.
    pub by: Option<Arc<str>>,
}

/// What an example writes to expect the verdict hold: `expect hold`. A rule cannot propose it.
pub const HOLD: &str = "hold";

/// The builder methods: the name in the rule language, and the key of the sentence that says what the method takes.
pub const BUILDERS: &[(&str, &str)] = &[
    (TO, "takes-to"),
    (ONLY_TO, "takes-to"),
    ("within", "takes-lapse"),
    ("after", "takes-lapse"),
    ("before", "takes-before"),
    ("between", "takes-between"),
    ("at_best", "takes-nothing"),
    ("automatic", "takes-nothing"),
    ("acknowledges", "takes-nothing"),
    ("offer", "takes-offer"),
    ("ask", "takes-ask"),
    ("rep", "takes-rep"),
    ("value", "takes-factor"),
    ("chance", "takes-chance"),
    ("weight", "takes-factor"),
    ("lever", "takes-factor"),
    ("again", "takes-again"),
    (BY, "takes-by"),
];

/// Whether this is a builder method that takes nothing. It may be written without parentheses: `email.automatic`.
pub fn is_bare_builder(name: &str) -> bool {
    BUILDERS.iter().any(|(known, takes)| *known == name && *takes == "takes-nothing")
}

/// The builder method that says whom a touch is for.
pub const TO: &str = "to";

/// The builder method that says whom a touch is for, and that it is for nobody else.
pub const ONLY_TO: &str = "only_to";

/// The builder method that only the `expect` of an example has.
pub const BY: &str = "by";

impl Touch {
    /// A touch that only says what to do.
    pub fn new(action: Action) -> Self {
        Self {
            action,
            to: None,
            only: false,
            within: None,
            after: None,
            before: None,
            between: None,
            at_best: false,
            automatic: false,
            acknowledges: false,
            offers: Vec::new(),
            ask: None,
            skill: None,
            value: None,
            chance: None,
            weight: None,
            lever: None,
            again: None,
            by: None,
        }
    }

    /// The channel of the contact; `None` for an action without one, and for an `answer`, whose channel depends on the question.
    pub fn channel(&self) -> Option<Channel> {
        match self.action {
            Action::Contact(channel) => Some(channel),
            _ => None,
        }
    }

    /// This touch with one builder method applied.
    ///
    /// # Errors
    /// There is no such method, or it does not take these arguments.
    pub fn with(mut self, method: &str, args: &[Value]) -> Result<Self, ValueError> {
        if let ("within" | "after" | "again", [Value::Length(length)]) = (method, args)
            && (*length > LONGEST_LAPSE || *length < -LONGEST_LAPSE)
        {
            return Err(too_far(format!(".{method}({})", Value::Length(*length).in_rule())));
        }
        match (method, args) {
            (TO | ONLY_TO, [Value::Text(word)]) => {
                self.only = method == ONLY_TO;
                self.to = Some(match Role::from_word(word) {
                    Some(role) => Target::Role(role),
                    None => Target::Person(word.clone()),
                });
            }
            ("within", [Value::Length(length)]) => self.within = Some(Lapse::Clock(*length)),
            ("within", [Value::WorkingLength(length)]) => self.within = Some(Lapse::Working(*length)),
            ("within", [Value::WorkingDays(days)]) => self.within = Some(Lapse::WorkingDays(*days)),
            ("after", [Value::Length(length)]) => self.after = Some(Lapse::Clock(*length)),
            ("after", [Value::WorkingLength(length)]) => self.after = Some(Lapse::Working(*length)),
            ("before", [Value::Moment(moment)]) => self.before = Some(*moment),
            ("before", [Value::Text(text)]) => {
                self.before = Some(rfc3339::parse(text).map_err(invalid_moment)?);
            }
            ("between", [Value::Text(from), Value::Text(until)]) => {
                let hours = format!("{from}-{until}");
                if !is_time_of_day(from) || !is_time_of_day(until) || Reachable::parse(&hours).is_err() {
                    return Err(wrong_call(method, args));
                }
                self.between = Some(hours.into());
            }
            ("at_best", []) => self.at_best = true,
            ("automatic", []) => self.automatic = true,
            ("acknowledges", []) => self.acknowledges = true,
            ("offer", [Value::Text(text)]) => self.offers = vec![text.clone()],
            ("offer", [Value::List(values)]) if texts(values).is_some_and(|texts| !texts.is_empty()) => {
                self.offers = texts(values).unwrap_or_default();
            }
            ("ask", [Value::Text(text)]) => self.ask = Some(text.clone()),
            (BY, [Value::Text(text)]) => self.by = Some(text.clone()),
            ("rep", [Value::Text(text)]) => self.skill = Some(text.clone()),
            ("value", [number]) if amount(number).is_some() => self.value = amount(number),
            ("chance", [number]) if amount(number).is_some_and(|chance| chance <= 1.0) => self.chance = amount(number),
            ("weight", [number]) if amount(number).is_some() => self.weight = amount(number),
            ("lever", [number]) if amount(number).is_some() => self.lever = amount(number),
            ("again", [Value::Length(length)]) if *length >= Duration::ZERO => self.again = Some(*length),
            // An unknown value leaves the default in force: `.value(lead.value)` for a lead whose value is not known.
            ("value" | "chance" | "weight" | "lever", [Value::Unknown]) => {}
            _ => return Err(wrong_call(method, args)),
        }
        Ok(self)
    }
}

/// The texts of a list; `None` when it has anything else.
fn texts(values: &[Value]) -> Option<Vec<Arc<str>>> {
    let text = |value: &Value| if let Value::Text(text) = value { Some(text.clone()) } else { None };
    values.iter().map(text).collect()
}

/// Whether a text is a time on the clock, from `00:00` to `24:00`.
fn is_time_of_day(text: &str) -> bool {
    let two_digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once(':').is_some_and(|(hour, minute)| {
        two_digits(hour) && two_digits(minute) && (hour < "24" && minute < "60" || text == "24:00")
    })
}

/// The error of a builder method that does not exist, or does not take these arguments.
fn wrong_call(method: &str, args: &[Value]) -> ValueError {
    let Some((_, takes)) = BUILDERS.iter().find(|(name, _)| *name == method) else {
        let meant = nearest(method, BUILDERS.iter().map(|(name, _)| *name));
        let sentence =
            Sentence::new("unknown-builder").with("name", method).or_did_you_mean(meant.map(|name| format!(".{name}")));
        return ValueError::new(EvaluationErrorCode::UnknownName, sentence);
    };
    let (code, came) = match args {
        [] => (EvaluationErrorCode::WrongArguments, Arg::Key("takes-nothing")),
        [Value::Unknown] => (EvaluationErrorCode::UnknownValue, Arg::Key("a-value")),
        [one] => (EvaluationErrorCode::WrongArguments, one.described()),
        many => (EvaluationErrorCode::WrongArguments, Sentence::new("run-values").with("count", many.len()).into()),
    };
    let sentence = Sentence::new("run-takes").with("asked", format!(".{method}")).with("takes", Arg::Key(takes));
    ValueError::new(code, sentence.with("came", came))
}

/// The error of a text that is no moment.
pub(crate) fn invalid_moment(error: InvalidMoment) -> ValueError {
    ValueError::new(EvaluationErrorCode::InvalidValue, error.sentence())
}

/// The error of a length of time that nobody plans ahead: longer than [`LONGEST_LAPSE`].
pub(crate) fn too_far(written: String) -> ValueError {
    ValueError::new(EvaluationErrorCode::Limit, Sentence::new("run-far").with("written", written))
}
