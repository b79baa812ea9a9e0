//! One lead through eight weeks with the packs that ship, as its rep lives it: silent, warm, a quote, a meeting they did not come to, an order.
//!
//! The customer follows a script; the rep does what is advised when it is advised. The table is the one in the README.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics has failed")]

use std::fmt::Write as _;

use cadans_testing::scenario::{at, book, logged, rulebook};
use serde_json::{Value, json};

use cadans::calendar::{Duration, Instant, Zone};
use cadans::decide::advice::Advice;
use cadans::decide::decide;
use cadans::language::Rulebook;
use cadans::wording::Language;

const PACKS: [&str; 3] = [
    include_str!("../../rules/inside-sales.rhai"),
    include_str!("../../rules/answers.rhai"),
    include_str!("../../rules/contact-policy/nl.rhai"),
];

/// What the customer does or we do beside the advice: when, in words, and what the record has of it by then.
fn script() -> Vec<(Instant, &'static str, Value)> {
    let theirs = |kind: &str, topic: &str| json!({ "signals": [{ "kind": kind, "topic": topic, "person": "anna" }] });
    let quote = |status: &str, decided: Value| {
        json!({ "sent_at": "2026-11-04T10:00:00+01:00", "status": status, "amount": 18_000, "decided_at": decided,
            "valid_until": "2026-12-04T00:00:00+01:00" })
    };
    let sent = json!({ "kind": "quote", "channel": "email", "person": "anna", "rep": "kim" });
    let meeting = |moment: &str| json!([{ "at": moment, "channel": "video", "person": "anna", "rep": "kim" }]);
    [
        ("2026-10-05T08:40:00+02:00", "Anna downloads the guide", theirs("download", "buyers-guide")),
        ("2026-10-26T10:05:00+01:00", "Anna looks at prices", theirs("visit", "pricing")),
        ("2026-10-27T09:30:00+01:00", "Anna looks at prices", theirs("visit", "pricing")),
        (
            "2026-10-28T15:10:00+01:00",
            "Anna writes back: is it ready before the summer?",
            json!({ "signals": [{ "kind": "reply", "channel": "email", "topic": "planning", "person": "anna" }] }),
        ),
        ("2026-10-30T11:02:00+01:00", "Anna asks for a demo", theirs("form", "demo")),
        (
            "2026-11-04T10:00:00+01:00",
            "Kim sends the quote, valid until 3 December",
            json!({ "signals": [sent], "quotes": [quote("open", Value::Null)] }),
        ),
        (
            "2026-11-06T09:00:00+01:00",
            "Anna agrees to talk about it on Thursday at ten",
            json!({ "planned": meeting("2026-11-12T10:00:00+01:00") }),
        ),
        ("2026-11-18T16:20:00+01:00", "Anna looks at prices", theirs("visit", "pricing")),
        (
            "2026-11-25T09:15:00+01:00",
            "Anna orders",
            json!({ "signals": [{ "kind": "order", "person": "anna" }], "stage": "customer",
                "quotes": [quote("accepted", json!("2026-11-25T09:15:00+01:00"))] }),
        ),
    ]
    .map(|(moment, words, change)| (at(moment), words, change))
    .into()
}

/// The record changed by an entry of the script: signals are added at its moment, everything else is replaced.
fn apply(lead: &mut Value, moment: Instant, change: &Value) {
    for (field, value) in change.as_object().unwrap() {
        if field == "signals" {
            for signal in value.as_array().unwrap() {
                let mut signal = signal.clone();
                signal["at"] = json!(moment.to_string());
                lead["signals"].as_array_mut().unwrap().push(signal);
            }
        } else {
            lead[field] = value.clone();
        }
    }
}

/// Does what is advised: the record gets the touch, as the advice says to log it. Returns how it went, in words.
fn carry_out(lead: &mut Value, advice: &Advice, now: Instant) -> &'static str {
    let touch = advice.touch.as_ref().unwrap();
    let Some(channel) = touch.channel else {
        lead["feedback"] = json!([{ "at": now.to_string(), "rule": touch.rule, "verdict": "followed" }]);
        return "handed over";
    };
    let warm = now > at("2026-10-27T09:30:00+01:00");
    let (outcome, words) = match channel.word() {
        // Nobody asks for a demo and hangs up without a moment for it.
        "phone" if warm && touch.answers.is_some() => (Some("booked"), "spoken, the demo agreed for Tuesday at two"),
        "phone" if warm => (Some("answered"), "spoken"),
        "phone" => (Some("no_answer"), "no answer"),
        "video" if touch.promised.is_some() && now < at("2026-11-10T00:00:00+01:00") => (Some("held"), "held"),
        "video" if touch.promised.is_some() => (Some("no_show"), "nobody came"),
        _ => (None, "sent"),
    };
    if outcome == Some("booked") {
        lead["planned"] =
            json!([{ "at": "2026-11-03T14:00:00+01:00", "channel": "video", "person": "anna", "rep": "kim" }]);
    } else if touch.promised.is_some() {
        lead["planned"] = json!([]);
    }
    let mut signal = logged(advice, now, outcome);
    (signal["pack"], signal["rule"]) = (json!(touch.pack), json!(touch.rule));
    lead["signals"].as_array_mut().unwrap().push(signal);
    words
}

fn local(moment: Instant) -> String {
    let zone = Zone::parse("Europe/Amsterdam").unwrap();
    zone.local(moment).naive().format("%a %-d %b %H:%M").to_string()
}

fn ask(rules: &Rulebook, lead: &Value, now: Instant) -> Advice {
    let content = ["buyers-guide", "insight", "customer-case", "roi-calculator", "demo-agenda", "explainer"]
        .map(|id| json!({ "id": id }));
    let rep = json!({ "id": "kim", "name": "Kim", "zone": "Europe/Amsterdam", "country": "NL" });
    let file = book(json!({ "leads": [lead], "reps": [rep], "content": content }));
    decide(rules, &file, now, Language::English).remove(0)
}

fn story() -> String {
    let rules = rulebook(&PACKS);
    let mut lead = json!({ "id": "L-1", "country": "NL", "zone": "Europe/Amsterdam", "stage": "orientation", "owner": "kim",
        "created_at": "2026-10-05T08:40:00+02:00", "value": 18_000,
        "account": { "id": "A-1", "legal_form": "legal_entity" },
        "people": [{ "id": "anna", "name": "Anna", "roles": ["decider"], "channels": ["phone", "email", "social", "video"],
            "consents": [{ "basis": "opt_in", "given_at": "2026-09-01T09:00:00+02:00" }] }],
        "signals": [], "planned": [], "feedback": [] });
    let (mut now, end) = (at("2026-10-05T08:40:00+02:00"), at("2026-11-30T18:00:00+01:00"));
    let mut table = String::from("| when | what | why |\n|---|---|---|\n");
    let script = script();
    let mut next = script.iter().peekable();
    while now < end {
        while let Some((moment, words, change)) = next.next_if(|(moment, ..)| *moment <= now) {
            apply(&mut lead, *moment, change);
            writeln!(table, "| {} | *{words}* | |", local(*moment)).unwrap();
        }
        let soon = next.peek().map_or(end, |(moment, ..)| *moment);
        let advice = ask(&rules, &lead, now);
        let touch = advice.touch.as_ref();
        let from = touch.map(|touch| touch.window.as_ref().map_or(now, |window| window.from));
        if let (Some(touch), Some(true)) = (touch, from.map(|from| from <= now)) {
            let (ended, channel) = (carry_out(&mut lead, &advice, now), touch.channel.map(|channel| channel.word()));
            let what = channel.or(touch.hand_over.as_deref()).unwrap_or("find");
            let offer = touch.offer.as_ref().map_or(String::new(), |offer| format!(", with {offer}"));
            let asked = touch.ask.as_ref().map_or(String::new(), |ask| format!(", \"{ask}\""));
            writeln!(table, "| {} | {what}{offer}{asked}: {ended} | {} |", local(now), advice.reason).unwrap();
            now = now + Duration::HOUR;
        } else {
            let later = advice.review_at.unwrap_or(end).min(from.unwrap_or(end)).min(soon);
            now = later.max(now + Duration::from_millis(1));
        }
    }
    table
}

#[test]
fn the_story_of_one_lead_is_the_one_in_the_readme() {
    let table = story();
    let readme = include_str!("../../README.md");
    assert!(readme.contains(&table), "the README should have this table:\n{table}");
}
