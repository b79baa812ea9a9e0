//! Reads the arguments of a fact: which one is the topic, which one the window, and whether the fact takes them.
//!
//! The checker refuses wrong arguments that are written in a rule. Here they are refused where their values are known only when the
//! rule runs, and where the script interpreter asks for a fact.

use std::sync::Arc;

use crate::book::catalogue::{FACTS, Fact, FactEntry, ParamKind, SignalMeaning, Subject, kind_words};
use crate::book::value::Value;
use crate::book::vocabulary::{Channel, Direction, Role, SignalKind, nearest};
use crate::calendar::{Duration, Instant};
use crate::diagnostics::{EvaluationErrorCode, ValueError};
use crate::wording::{Arg, Sentence};

/// How many characters of a text that is no known word are shown.
const SHOWN: usize = 40;

/// The arguments of one fact, by what they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct FactArguments {
    pub(crate) kind: Option<SignalKind>,
    /// What the signals have in common instead of a kind.
    pub(crate) meaning: Option<SignalMeaning>,
    pub(crate) direction: Option<Direction>,
    pub(crate) topic: Option<Arc<str>>,
    pub(crate) channel: Option<Channel>,
    pub(crate) role: Option<Role>,
    pub(crate) window: Option<Duration>,
    pub(crate) half_life: Option<Duration>,
    /// The name of a fact that a pack declares as a time.
    pub(crate) own: Option<Arc<str>>,
    /// A moment, in its place.
    pub(crate) moment: Option<Instant>,
}

impl FactArguments {
    /// The arguments in their places; `None` when one of them is unknown, so that the value of the fact is unknown too.
    ///
    /// # Errors
    /// Too few or too many arguments, one of the wrong type, or a word outside the vocabulary.
    pub(crate) fn read(subject: Subject, fact: Fact, args: &[Value]) -> Result<Option<Self>, ValueError> {
        let Some(entry) = FACTS.iter().find(|entry| entry.fact == fact && entry.subjects.contains(&subject)) else {
            return Err(no_such_fact(subject, fact));
        };
        let (required, optional) = entry.params.map_or((&[][..], &[][..]), |params| (params.required, params.optional));
        let mut read = Self::default();
        let has_direction = optional.contains(&ParamKind::Direction);
        let mut given = args.iter().peekable();
        let mut unknown = false;
        for (place, param) in required.iter().chain(optional).enumerate() {
            match given.peek() {
                Some(Value::Unknown) => {
                    unknown = true;
                    given.next();
                }
                // "inbound" is a direction and no topic, for a fact that takes both.
                Some(value) if has_direction && *param == ParamKind::Topic && direction(value).is_some() => {}
                Some(value) if param.takes(value.kind()) => {
                    read.take(*param, value, entry, subject)?;
                    given.next();
                }
                // An optional argument was left out; a later one may take the value.
                _ if place >= required.len() => {}
                _ => return Err(wrong_arguments(entry, subject, args)),
            }
        }
        if given.next().is_some() {
            return Err(wrong_arguments(entry, subject, args));
        }
        Ok((!unknown).then_some(read))
    }

    fn take(&mut self, param: ParamKind, value: &Value, entry: &FactEntry, subject: Subject) -> Result<(), ValueError> {
        match (param, value) {
            (ParamKind::Topic, Value::Text(text)) => self.topic = Some(text.clone()),
            (ParamKind::OwnTime, Value::Text(name)) => self.own = Some(name.clone()),
            (ParamKind::OwnTime, Value::Moment(moment)) => self.moment = Some(*moment),
            (ParamKind::Kind, Value::Text(text)) => {
                self.meaning = SignalMeaning::from_word(text);
                if self.meaning.is_some() {
                    return Ok(());
                }
                self.kind = Some(word(text, "noun-signal", SignalKind::from_word, kind_words())?);
            }
            (ParamKind::Direction, Value::Text(text)) => {
                self.direction = Some(word(text, "noun-direction", Direction::from_word, Direction::words())?);
            }
            (ParamKind::Channel, Value::Text(text)) => {
                self.channel = Some(word(text, "noun-channel", Channel::from_word, Channel::words())?);
            }
            (ParamKind::Role, Value::Text(text)) => {
                self.role = Some(word(text, "noun-role", Role::from_word, Role::words())?);
            }
            (ParamKind::Window, Value::Length(length)) => self.window = Some(*length),
            (ParamKind::HalfLife, Value::Length(length)) if *length > Duration::ZERO => self.half_life = Some(*length),
            (ParamKind::HalfLife, Value::Length(_)) => {
                let sentence = Sentence::new("run-half-life").with("asked", call(entry, subject));
                return Err(ValueError::new(EvaluationErrorCode::WrongArguments, sentence));
            }
            _ => {}
        }
        Ok(())
    }
}

/// The direction that a value is the word of; `None` for any other value.
pub(crate) fn direction(value: &Value) -> Option<Direction> {
    match value {
        Value::Text(word) => Direction::from_word(word),
        _ => None,
    }
}

/// The value of the vocabulary that is spelled so. `noun` is the key of what such a word is called.
fn word<T>(
    text: &str,
    noun: &'static str,
    from_word: impl Fn(&str) -> Option<T>,
    known: impl Iterator<Item = &'static str>,
) -> Result<T, ValueError> {
    from_word(text).ok_or_else(|| {
        let known: Vec<&str> = known.collect();
        let shown: String = text.chars().take(SHOWN).collect();
        let unknown = Sentence::new("unknown-word").with("word", shown).with("noun", Arg::Key(noun));
        let sentence = match nearest(text, known.iter().copied()) {
            Some(meant) => unknown.or_did_you_mean(Some(format!("\"{meant}\""))),
            None => Sentence::new("run-known-words").with("sentence", unknown).with("words", known.join(", ")),
        };
        ValueError::new(EvaluationErrorCode::UnknownWord, sentence)
    })
}

/// A fact that another subject has, asked of this one.
fn no_such_fact(subject: Subject, fact: Fact) -> ValueError {
    let name = FACTS.iter().find(|entry| entry.fact == fact).map_or("", |entry| entry.name);
    let sentence = Sentence::new("unknown-fact").with("subject", subject.word()).with("name", name);
    ValueError::new(EvaluationErrorCode::UnknownName, sentence)
}

/// Arguments that the fact does not take: what it takes, and what it got.
fn wrong_arguments(entry: &FactEntry, subject: Subject, args: &[Value]) -> ValueError {
    let sentence = match entry.params {
        None => Sentence::new("help-takes-nothing").with("asked", format!("{}.{}", subject.word(), entry.name)),
        Some(params) => {
            let required = params.required.iter().map(|param| param.described());
            let optional = params
                .optional
                .iter()
                .map(|param| Sentence::new("run-optional").with("param", param.described()).into());
            let came = match args {
                [] => Arg::Key("takes-nothing"),
                args => Arg::List(args.iter().map(|value| value.kind().with_article()).collect()),
            };
            let takes = required
                .chain(optional)
                .reduce(|first, next| Sentence::new("run-then").with("first", first).with("next", next).into());
            Sentence::new("run-takes")
                .with("asked", call(entry, subject))
                .with("takes", takes.unwrap_or(Arg::Key("takes-nothing")))
                .with("came", came)
        }
    };
    ValueError::new(EvaluationErrorCode::WrongArguments, sentence)
}

/// A fact with arguments as a rule writes it, for sentences: `lead.visits(...)`.
fn call(entry: &FactEntry, subject: Subject) -> String {
    format!("{}.{}(...)", subject.word(), entry.name)
}
