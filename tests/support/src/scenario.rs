//! What the tests of deciding share: rulebooks from text, books from JSON in the lead format, and short ways to ask.

use serde_json::{Value, json};

use cadans::book::Book;
use cadans::book::ingest::{LeadFormat, read_book};
use cadans::calendar::Instant;
use cadans::decide::advice::Advice;
use cadans::decide::decide;
use cadans::diagnostics::Severity;
use cadans::language::{PackSource, Rulebook};
use cadans::pack::Overrides;
use cadans::wording::Language;

/// A rulebook of these packs, which must have no errors.
pub fn rulebook(packs: &[&str]) -> Rulebook {
    let sources: Vec<PackSource> = packs
        .iter()
        .enumerate()
        .map(|(nth, text)| PackSource { file: format!("{nth}.rhai"), text: named(nth, text) })
        .collect();
    let (rulebook, diagnostics) = Rulebook::new(&sources, &Overrides::default());
    let errors: Vec<_> = diagnostics.iter().filter(|one| one.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    rulebook
}

fn named(nth: usize, text: &str) -> String {
    if text.lines().any(|line| line.trim_start().starts_with("pack ")) {
        text.to_owned()
    } else {
        format!("pack \"Pack {nth}\" #{{}};\n{text}")
    }
}

/// A book of these records in the lead format, all of which must be taken in.
pub fn book(file: Value) -> Book {
    let intake = read_book(&LeadFormat::Json, file.to_string().as_bytes());
    assert!(intake.refused.is_empty(), "{:#?}", intake.refused);
    intake.book
}

/// A moment, as RFC 3339.
pub fn at(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

/// Wednesday 18 November 2026, ten in the morning in the Netherlands.
pub const NOW: &str = "2026-11-18T10:00:00+01:00";

/// A lead with one person, Anna the decider, who can be reached on every channel, with these fields on top.
pub fn lead(more: Value) -> Value {
    let mut lead = json!({
        "id": "L1", "country": "NL", "zone": "Europe/Amsterdam",
        "people": [anna(json!({}))],
    });
    merge(&mut lead, more);
    lead
}

/// Anna, with these fields on top.
pub fn anna(more: Value) -> Value {
    person("anna", "decider", more)
}

/// Somebody who can be reached on every channel.
pub fn person(id: &str, role: &str, more: Value) -> Value {
    let mut person = json!({
        "id": id, "roles": [role],
        "channels": ["phone", "email", "social", "chat", "video", "visit", "content"],
    });
    merge(&mut person, more);
    person
}

/// A touch of ours.
pub fn touch(at: &str, channel: &str, more: Value) -> Value {
    let kind = match channel {
        "phone" => "call",
        "email" => "email",
        _ => "message",
    };
    let mut signal = json!({ "at": at, "kind": kind, "channel": channel, "direction": "outbound", "person": "anna" });
    merge(&mut signal, more);
    signal
}

fn merge(into: &mut Value, more: Value) {
    if let (Some(into), Value::Object(more)) = (into.as_object_mut(), more) {
        for (field, value) in more {
            into.insert(field, value);
        }
    }
}

/// The advised touch as its signal: made at this moment by Kim, and ended so, where that is known. It names no rule.
pub fn logged(advice: &Advice, made_at: Instant, outcome: Option<&str>) -> Value {
    let touch = advice.touch.as_ref().unwrap();
    let channel = touch.channel.unwrap().word();
    let kind = match channel {
        "phone" => "call",
        "video" | "visit" => "meeting",
        "email" => "email",
        _ => "message",
    };
    let person = &touch.person.as_ref().unwrap().id;
    let mut signal = json!({ "at": made_at.to_string(), "kind": kind, "channel": channel, "direction": "outbound", "person": person, "rep": "kim" });
    let more = [
        ("outcome", outcome.map(Value::from)),
        ("content", touch.offer.clone().map(Value::from)),
        ("cadence", touch.cadence.clone().map(Value::from)),
        ("step", touch.step.map(Value::from)),
    ];
    let known = more.into_iter().filter_map(|(field, value)| Some((field, value?)));
    known.for_each(|(field, value)| signal[field] = value);
    signal
}

/// The advice for a single lead.
pub fn ask(packs: &[&str], lead: Value, now: &str) -> Advice {
    let mut advices = decide(&rulebook(packs), &book(json!({ "leads": [lead] })), at(now), Language::English);
    assert_eq!(advices.len(), 1);
    advices.remove(0)
}

/// `channel person from..until` of what is advised, in the person's time; `late` where it is; else the verdict.
pub fn told(advice: &Advice) -> String {
    let Some(touch) = &advice.touch else { return format!("{:?}", advice.verdict).to_lowercase() };
    if let Some(role) = touch.find {
        return format!("find {role}");
    }
    if let Some(team) = &touch.hand_over {
        return format!("hand_over {team}");
    }
    let window = touch.window.as_ref().unwrap();
    let short = |local: &str| local.get(5..16).unwrap().replace('T', " ");
    format!(
        "{} {} {}..{}{}",
        touch.channel.unwrap(),
        touch.person.as_ref().unwrap().id,
        short(&window.local_from),
        short(&window.local_until),
        if window.late { " late" } else { "" }
    )
}

/// `gate policy person` of each block, in order.
pub fn blocks(advice: &Advice) -> Vec<String> {
    let block = |block: &cadans::decide::advice::Block| {
        let gate = format!("{:?}", block.gate).to_lowercase();
        format!("{gate} {} {}", block.policy, block.person.as_deref().unwrap_or("-"))
    };
    advice.blocks.iter().map(block).collect()
}
