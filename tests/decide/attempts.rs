//! Attempts at somebody who stays silent, as the packs that ship make them: no two of the first six are alike.

use std::collections::BTreeSet;

use cadans_testing::scenario::{anna, at, book, logged, person, rulebook};
use serde_json::{Value, json};

use cadans::book::vocabulary::Channel;
use cadans::calendar::Duration;
use cadans::decide::advice::{Advice, Verdict};
use cadans::decide::decide;
use cadans::wording::Language;

const ANSWERS: &str = include_str!("../../rules/answers.rhai");

/// What an attempt was: channel, hour of the day, what it brought and asked.
type Attempt = (String, String, Option<String>, Option<String>);

/// Does what is advised for a lead, in vain each time, until so many days have passed; tells the attempts, and whether marketing took over.
fn attempts(pack: &str, mut lead: Value, days: i64) -> (Vec<Attempt>, bool) {
    let rules = rulebook(&[pack, ANSWERS]);
    let start = at("2026-11-16T09:00:00+01:00");
    let (mut now, end) = (start, start + Duration::DAY.times(days).unwrap());
    let mut made = Vec::new();
    while now < end {
        let rep = json!({ "id": "kim", "zone": "Europe/Amsterdam", "country": "NL" });
        let file = book(json!({ "leads": [lead], "reps": [rep] }));
        let advice = decide(&rules, &file, now, Language::English).remove(0);
        if advice.verdict == Verdict::HandOver {
            return (made, true);
        }
        let window = advice.touch.as_ref().and_then(|touch| touch.window.as_ref());
        now = match window {
            Some(window) if window.from <= now => {
                let outcome = advice.touch.as_ref().and_then(|touch| in_vain(touch.channel?));
                lead["signals"].as_array_mut().unwrap().push(logged(&advice, now, outcome));
                made.push(attempt(&advice));
                now + Duration::HOUR
            }
            Some(window) => window.from.min(advice.review_at.unwrap_or(end)),
            None => advice.review_at.unwrap_or(end),
        };
    }
    (made, false)
}

/// How a touch over a channel ends when nobody answers, where that is known.
fn in_vain(channel: Channel) -> Option<&'static str> {
    match channel {
        Channel::Phone => Some("no_answer"),
        Channel::Video | Channel::Visit => Some("no_show"),
        _ => None,
    }
}

fn attempt(advice: &Advice) -> Attempt {
    let touch = advice.touch.as_ref().unwrap();
    let hour = touch.window.as_ref().unwrap().local_from[11..13].to_owned();
    (touch.channel.unwrap().word().to_owned(), hour, touch.offer.clone(), touch.ask.clone())
}

/// Anna decides, and showed interest on the Friday before; then she stays silent.
fn silent(stage: &str, topic: &str, kind: &str) -> Value {
    let looked = json!({ "at": "2026-11-13T10:00:00+01:00", "kind": kind, "topic": topic, "person": "anna" });
    json!({ "id": "L-1", "country": "NL", "zone": "Europe/Amsterdam", "stage": stage, "owner": "kim",
        "created_at": "2026-11-13T10:00:00+01:00", "people": [anna(json!({}))], "signals": [looked] })
}

/// A group of four that looked around and stays silent.
fn group() -> Value {
    let mut lead = silent("consideration", "product", "visit");
    let others = [("uma", "user"), ("ian", "influencer"), ("bob", "buyer")];
    let people = others.map(|(id, role)| person(id, role, json!({})));
    lead["people"].as_array_mut().unwrap().extend(people);
    lead
}

#[test]
fn six_attempts_at_somebody_silent_are_six_different_ones() {
    let packs = [
        ("inside sales", include_str!("../../rules/inside-sales.rhai"), silent("interest", "product", "visit")),
        ("account based", include_str!("../../rules/account-based.rhai"), group()),
        ("social selling", include_str!("../../rules/social-selling.rhai"), silent("interest", "growth", "engage")),
    ];
    for (name, pack, lead) in packs {
        let (made, handed_over) = attempts(pack, lead, 90);
        let first = made.get(..6).unwrap_or_else(|| panic!("{name}: {made:?}"));
        let different: BTreeSet<_> = first.iter().map(|(channel, _, offer, ask)| (channel, offer, ask)).collect();
        assert_eq!(different.len(), 6, "{name}: {first:?}");
        let calls = first.iter().filter(|(channel, ..)| channel == "phone").map(|(_, hour, ..)| hour);
        let hours: BTreeSet<&String> = calls.clone().collect();
        assert_eq!(hours.len(), calls.count(), "{name} calls twice at the same hour: {first:?}");
        let channels: BTreeSet<_> = first.iter().map(|(channel, ..)| channel).collect();
        assert!(channels.len() >= 3, "{name}: {channels:?}");
        assert_eq!(handed_over, name == "inside sales", "{name}");
    }
}
