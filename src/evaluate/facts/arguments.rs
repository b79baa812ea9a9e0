//! Reading the arguments of a fact: which is the topic, which the window, and whether they make sense.
//!
//! The checker has said so before; this is the door for Rhai's walker and for values only known when the rule runs.

use crate::book::catalogue::{FACTS, Fact, FactEntry, ParamKind, Subject};
use crate::book::value::Value;
use crate::book::vocabulary::{Channel, Role, SignalKind, nearest};
use crate::calendar::Duration;

/// The arguments of one fact, by what they are.
#[derive(Clone, Debug, Default)]
pub(crate) struct FactArguments<'a> {
    pub(crate) kind: Option<SignalKind>,
    pub(crate) topic: Option<&'a str>,
    pub(crate) channel: Option<Channel>,
    pub(crate) role: Option<Role>,
    pub(crate) window: Option<Duration>,
    pub(crate) half_life: Option<Duration>,
}

impl<'a> FactArguments<'a> {
    /// The arguments in their places; `None` when one of them is unknown, so that the answer is too.
    ///
    /// # Errors
    /// A sentence for the user: too few, too many, of the wrong type, or a word outside the vocabulary.
    pub(crate) fn read(subject: Subject, fact: Fact, args: &'a [Value]) -> Result<Option<Self>, String> {
        let Some(entry) = FACTS.iter().find(|entry| entry.fact == fact && entry.subjects.contains(&subject)) else {
            return Err(format!("{} has no such fact", subject.word()));
        };
        let (required, optional) = entry.params.map_or((&[][..], &[][..]), |params| (params.required, params.optional));
        let mut read = Self::default();
        let mut given = args.iter().peekable();
        let mut unknown = false;
        for (place, param) in required.iter().chain(optional).enumerate() {
            match given.peek() {
                Some(Value::Unknown) => {
                    unknown = true;
                    given.next();
                }
                Some(value) if value.kind() == param.kind() => {
                    read.take(*param, value, entry, subject)?;
                    given.next();
                }
                // One that may be left out was left out; a later one may take the value.
                _ if place >= required.len() => {}
                _ => return Err(misfit(entry, subject, args)),
            }
        }
        if given.next().is_some() {
            return Err(misfit(entry, subject, args));
        }
        Ok((!unknown).then_some(read))
    }

    fn take(&mut self, param: ParamKind, value: &'a Value, entry: &FactEntry, subject: Subject) -> Result<(), String> {
        match (param, value) {
            (ParamKind::Topic, Value::Text(text)) => self.topic = Some(text),
            (ParamKind::Kind, Value::Text(text)) => {
                self.kind = Some(word(text, SignalKind::NOUN, SignalKind::from_word, SignalKind::words())?);
            }
            (ParamKind::Channel, Value::Text(text)) => {
                self.channel = Some(word(text, Channel::NOUN, Channel::from_word, Channel::words())?);
            }
            (ParamKind::Role, Value::Text(text)) => {
                self.role = Some(word(text, Role::NOUN, Role::from_word, Role::words())?);
            }
            (ParamKind::Window, Value::Length(length)) => self.window = Some(*length),
            (ParamKind::HalfLife, Value::Length(length)) if *length > Duration::ZERO => self.half_life = Some(*length),
            (ParamKind::HalfLife, Value::Length(_)) => {
                return Err(format!(
                    "{}.{}(...) needs a half-life longer than nothing, as 14.days",
                    subject.word(),
                    entry.name
                ));
            }
            _ => {}
        }
        Ok(())
    }
}

fn word<T>(
    text: &str,
    noun: &str,
    from_word: impl Fn(&str) -> Option<T>,
    known: impl Iterator<Item = &'static str>,
) -> Result<T, String> {
    from_word(text).ok_or_else(|| {
        let known: Vec<&str> = known.collect();
        let hint = match nearest(text, known.iter().copied()) {
            Some(meant) => format!("did you mean \"{meant}\"?"),
            None => format!("known are {}", known.join(", ")),
        };
        let shown: String = text.chars().take(40).collect();
        format!("\"{shown}\" is not a {noun}; {hint}")
    })
}

fn misfit(entry: &FactEntry, subject: Subject, args: &[Value]) -> String {
    let called = format!("{}.{}", subject.word(), entry.name);
    let Some(params) = entry.params else { return format!("{called} takes no arguments") };
    let mut takes: Vec<String> = params.required.iter().map(|param| param.word().to_owned()).collect();
    takes.extend(params.optional.iter().map(|param| format!("{} (may be left out)", param.word())));
    let came: Vec<&str> = args.iter().map(|value| value.kind().word()).collect();
    let came = if came.is_empty() { "nothing".to_owned() } else { came.join(" and ") };
    format!("{called}(...) takes {}, and got {came}", takes.join(", then "))
}
