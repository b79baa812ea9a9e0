//! The short notation of leads in examples: `given #{ stage: "interest", signals: [visit("pricing", 1.day.ago)] }`.
//!
//! Each kind of signal is a function that returns a signal of the lead format. It takes, in any order and each at most once: a topic (or,
//! for a call, mail, message, meeting or quote, an outcome), a moment (`2.days.ago` or a time with offset), and a map with further fields:
//! `visit("pricing", 1.day.ago, #{ person: "p1" })`. A signal with an outcome is outbound unless it has a `direction`.
//!
//! [`read`] gives the lead as JSON in the lead format, with absolute times.

use rhai::{Array, Dynamic, Engine, EvalAltResult, ImmutableString, Map};
use serde_json::Value as Json;

use crate::book::vocabulary::{Channel, Outcome, SignalKind};
use crate::calendar::rfc3339;
use crate::calendar::{Duration, Instant};
use crate::diagnostics::{EvaluationErrorCode, ValueError};
use crate::language::dialect::fail;
use crate::language::values::{TimeAgo, WorkingDays, WorkingLength};
use crate::pack::example::Given;
use crate::pack::touch::{Touch, invalid_moment};
use crate::wording::Sentence;

/// The name in Rhai of the signal function `call`, which is a reserved word there.
pub(super) const CALL: &str = "call_signal";

/// The moment of an example without `now`: a Wednesday morning in winter, in working hours all over Europe.
pub const USUAL_NOW: &str = "2026-01-14T10:00:00+01:00";

/// Registers a function for each kind of signal.
pub(super) fn register(engine: &mut Engine) {
    for kind in SignalKind::ALL {
        let kind = *kind;
        let name = if kind == SignalKind::Call { CALL } else { kind.word() };
        engine
            .register_fn(name, move || signal(kind, []))
            .register_fn(name, move |a: Dynamic| signal(kind, [a]))
            .register_fn(name, move |a: Dynamic, b: Dynamic| signal(kind, [a, b]))
            .register_fn(name, move |a: Dynamic, b: Dynamic, c: Dynamic| signal(kind, [a, b, c]))
            .register_fn(name, move |a: Dynamic, b: Dynamic, c: Dynamic, d: Dynamic| signal(kind, [a, b, c, d]));
    }
}

/// The channel of a kind of signal; `None` when the kind may have any channel.
fn usual_channel(kind: SignalKind) -> Option<Channel> {
    match kind {
        SignalKind::Call => Some(Channel::Phone),
        SignalKind::Email | SignalKind::Open | SignalKind::Bounce | SignalKind::AutoReply => Some(Channel::Email),
        SignalKind::Chat => Some(Channel::Chat),
        SignalKind::Message | SignalKind::Engage => Some(Channel::Social),
        _ => None,
    }
}

/// A signal of this kind from the arguments of its function.
fn signal<const N: usize>(kind: SignalKind, args: [Dynamic; N]) -> Result<Dynamic, Box<EvalAltResult>> {
    let has_outcome = matches!(
        kind,
        SignalKind::Call | SignalKind::Email | SignalKind::Message | SignalKind::Meeting | SignalKind::Quote
    );
    let word = kind.word();
    let mut map = Map::new();
    map.insert("kind".into(), word.into());
    for arg in args {
        let (field, value) = match arg.read_lock::<ImmutableString>().map(|text| text.to_string()) {
            Some(text) if Instant::parse(&text).is_ok() => ("at", Dynamic::from(text)),
            Some(text) if has_outcome && Outcome::from_word(&text).is_some() => ("outcome", Dynamic::from(text)),
            Some(text) => ("topic", Dynamic::from(text)),
            None if arg.is::<TimeAgo>() || arg.is::<Instant>() => ("at", arg),
            None if arg.is_map() => {
                let more = arg.try_cast::<Map>().unwrap_or_default();
                map.extend(more);
                continue;
            }
            None => {
                return fail(wrong_arguments(Sentence::new("run-signal").with("name", word)));
            }
        };
        if map.insert(field.into(), value).is_some() {
            let sentence = Sentence::new("run-signal-twice").with("name", word).with("field", field);
            return fail(wrong_arguments(sentence));
        }
    }
    if has_outcome && map.contains_key("outcome") {
        map.entry("direction".into()).or_insert_with(|| "outbound".into());
    }
    if let Some(channel) = usual_channel(kind) {
        map.entry("channel".into()).or_insert_with(|| channel.word().into());
    }
    Ok(Dynamic::from_map(map))
}

fn wrong_arguments(sentence: Sentence) -> ValueError {
    ValueError::new(EvaluationErrorCode::WrongArguments, sentence)
}

/// The error of a value that an example cannot have here.
fn wrong_type(key: &'static str) -> ValueError {
    ValueError::new(EvaluationErrorCode::WrongType, Sentence::new(key))
}

/// The map of a `given` as a lead in the lead format.
///
/// # Errors
/// It is no map, or holds something that a lead cannot have.
pub(super) fn read(value: Dynamic) -> Result<Given, ValueError> {
    let Some(mut map) = value.try_cast::<Map>() else {
        return Err(wrong_type("bad-given"));
    };
    let now = match map.remove("now") {
        None => moment(USUAL_NOW)?,
        Some(now) => match now.read_lock::<ImmutableString>().map(|text| text.to_string()) {
            Some(text) => moment(&text)?,
            None => now.try_cast::<Instant>().ok_or_else(|| wrong_type("run-now"))?,
        },
    };
    let propose = match map.remove("propose") {
        None => Vec::new(),
        Some(proposed) => touches(proposed).ok_or_else(|| wrong_type("run-propose"))?,
    };
    Ok(Given { now, lead: json(Dynamic::from_map(map), now)?, propose })
}

fn moment(text: &str) -> Result<Instant, ValueError> {
    rfc3339::parse(text).map_err(invalid_moment)
}

/// One touch or a list of touches; `None` for any other value.
pub(super) fn touches(value: Dynamic) -> Option<Vec<Touch>> {
    match value.try_cast_result::<Touch>() {
        Ok(touch) => Some(vec![touch]),
        Err(value) => value.try_cast::<Array>()?.into_iter().map(|each| each.try_cast::<Touch>()).collect(),
    }
}

/// A value as JSON of the lead format, with times relative to `now` made absolute.
fn json(value: Dynamic, now: Instant) -> Result<Json, ValueError> {
    if value.is_unit() {
        return Ok(Json::Null);
    }
    if let Ok(truth) = value.as_bool() {
        return Ok(truth.into());
    }
    if let Ok(count) = value.as_int() {
        return Ok(count.into());
    }
    if let Ok(number) = value.as_float() {
        return serde_json::Number::from_f64(number).map(Json::Number).ok_or_else(|| {
            let sentence = Sentence::new("run-no-number").with("number", number.to_string());
            ValueError::new(EvaluationErrorCode::InvalidValue, sentence)
        });
    }
    if let Some(text) = value.read_lock::<ImmutableString>() {
        return Ok(Json::String(text.to_string()));
    }
    if let Some(TimeAgo(length)) = value.clone().try_cast::<TimeAgo>() {
        return Ok(Json::String((now - length).to_string()));
    }
    if let Some(moment) = value.clone().try_cast::<Instant>() {
        return Ok(Json::String(moment.to_string()));
    }
    if value.is::<Duration>() || value.is::<WorkingLength>() || value.is::<WorkingDays>() {
        return Err(wrong_type("run-length-no-moment"));
    }
    // A bare channel stands for its name: `channels: [phone, email]`.
    if let Some(touch) = value.clone().try_cast::<Touch>() {
        return match touch.action {
            crate::pack::touch::Action::Contact(channel) => Ok(channel.word().into()),
            _ => Err(wrong_type("run-no-place")),
        };
    }
    match value.try_cast_result::<Array>() {
        Ok(array) => array.into_iter().map(|each| json(each, now)).collect::<Result<Vec<_>, _>>().map(Json::Array),
        Err(value) => {
            let map = value.try_cast::<Map>().ok_or_else(|| wrong_type("run-no-place"))?;
            let mut object = serde_json::Map::new();
            for (key, value) in map {
                object.insert(key.to_string(), json(value, now)?);
            }
            Ok(Json::Object(object))
        }
    }
}
