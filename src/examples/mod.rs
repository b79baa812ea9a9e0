//! Running the examples of a pack: the lead that each gives, decided by that pack alone, against the advice that it expects.
//!
//! What an example leaves out is filled in so that it stays short: in the Netherlands, one person for each role, who can be reached on
//! every channel, no reps. `propose: [...]` adds a rule that always holds, so that a pack of policies can show what it
//! lets through.
//!
//! An expected touch says only what matters to its author: the channel, and whatever else it names. `.before` and `.within` are about
//! when the touch begins, `.after` about when at the earliest, and `.by` names the rule or cadence that must win.

use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::book::Book;
use crate::book::ingest::{LeadFormat, read_book};
use crate::book::vocabulary::{Channel, Role, nearest};
use crate::calendar::Instant;
use crate::decide::Decider;
use crate::decide::advice::{Advice, RuleRef, Verdict};
use crate::diagnostics::Span;
use crate::language::Rulebook;
use crate::pack::example::{Expected, Given};
use crate::pack::statements::{Example, Pack};
use crate::pack::touch::{Action, Lapse, Target, Touch};

/// How one example went.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExampleResult {
    /// Name of the pack.
    pub pack: String,
    /// The pack's file.
    pub file: String,
    /// Name of the example.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// Whether what came is what was expected.
    pub passed: bool,
    /// What was expected, as its author wrote it.
    pub expected: String,
    /// What came, in words, with the reason and what was blocked.
    pub came: String,
    /// What differs, in words; empty when it passed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub differs: Vec<String>,
    /// The advice; absent when the example could not be run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<Advice>,
}

/// Runs every example of every pack, each against its own pack alone, in the order in which they stand.
pub fn run_examples(rulebook: &Rulebook) -> Vec<ExampleResult> {
    rulebook.packs().iter().flat_map(|pack| pack.examples.iter().map(|example| run(pack, example))).collect()
}

fn run(pack: &Pack, example: &Example) -> ExampleResult {
    let result = ExampleResult {
        pack: pack.about.name.clone(),
        file: pack.file.clone(),
        name: example.name.clone(),
        span: example.span,
        passed: false,
        expected: example.expect.source.split_whitespace().collect::<Vec<_>>().join(" "),
        came: String::new(),
        differs: Vec::new(),
        advice: None,
    };
    match decided(pack, example) {
        Ok((advice, book, expected)) => {
            let differs = differences(&expected, &advice, &book, pack);
            ExampleResult { passed: differs.is_empty(), came: told(&advice), differs, advice: Some(advice), ..result }
        }
        Err(why) => ExampleResult { came: "It could not be run".to_owned(), differs: vec![why], ..result },
    }
}

fn decided(pack: &Pack, example: &Example) -> Result<(Advice, Book, Expected), String> {
    let expected = example.expect.program.expected().map_err(|failure| failure.sentence.english())?;
    let Given { now, lead, propose } = example.given.program.example().map_err(|failure| failure.sentence.english())?;
    let intake = read_book(&LeadFormat::Json, filled_in(lead)?.to_string().as_bytes());
    if let Some(refused) = intake.refused.first() {
        return Err(format!("the lead it gives was refused: {}: {}", refused.path, refused.reason));
    }
    let by = RuleRef {
        pack: pack.about.name.clone(),
        file: pack.file.clone(),
        name: format!("proposed by the example \"{}\"", example.name),
        span: example.span,
    };
    let decider = Decider::of_packs(std::slice::from_ref(pack), &intake.book, now);
    let advice = decider.proposing(&by, &propose).lead(0);
    Ok((advice, intake.book, expected))
}

/// The lead with what examples leave out.
fn filled_in(mut lead: Json) -> Result<Json, String> {
    let fields = lead.as_object_mut().ok_or("given takes a map that describes a lead")?;
    fields.entry("id").or_insert_with(|| "example".into());
    let somewhere =
        |fields: &serde_json::Map<String, Json>| ["country", "zone"].iter().any(|key| fields.contains_key(*key));
    let account = fields.get("account").and_then(Json::as_object);
    if !somewhere(fields) && !account.is_some_and(somewhere) {
        fields.insert("country".to_owned(), "NL".into());
        fields.insert("zone".to_owned(), "Europe/Amsterdam".into());
    }
    let channels: Vec<&str> = Channel::words().collect();
    let everybody = || Role::ALL.iter().map(|role| json!({ "id": role.word(), "roles": [role], "channels": channels }));
    fields.entry("people").or_insert_with(|| everybody().collect());
    Ok(lead)
}

/// What differs between what was expected and what came; nothing when it is as expected.
fn differences(expected: &Expected, advice: &Advice, book: &Book, pack: &Pack) -> Vec<String> {
    let expected = match expected {
        Expected::Hold if advice.verdict == Verdict::Hold => return Vec::new(),
        Expected::Hold => return vec!["expected to hold".to_owned()],
        Expected::Touch(touch) => touch,
    };
    let came = advice.touch.as_ref();
    let same_action = match &expected.action {
        Action::Wait => advice.verdict == Verdict::Wait,
        Action::Contact(channel) => came.is_some_and(|touch| touch.channel == Some(*channel)),
        Action::Find(role) => came.is_some_and(|touch| touch.find == Some(*role)),
        Action::HandOver(team) => came.is_some_and(|touch| touch.hand_over.as_deref() == Some(&**team)),
    };
    let mut differs: Vec<String> =
        expected.by.as_deref().and_then(|by| differing_rule(by, advice, pack)).into_iter().collect();
    if !same_action {
        differs.insert(0, format!("expected {}", action_words(&expected.action)));
        return differs;
    }
    let Some(came) = came else { return differs };
    if let Some(target) = &expected.to {
        let person = came.person.as_ref().map(|person| person.id.as_str());
        if !is_target(target, person, book) {
            let who = match target {
                Target::Role(role) => format!("the {role}"),
                Target::Person(id) => format!("\"{id}\""),
            };
            differs.push(format!("expected it to be for {who}"));
        }
    }
    differs.extend(differing_text("the offer", expected.offer.as_deref(), came.offer.as_deref()));
    differs.extend(differing_text("the question", expected.ask.as_deref(), came.ask.as_deref()));
    differs.extend(came.window.as_ref().and_then(|window| differing_time(expected, advice.now, window.from)));
    differs
}

fn is_target(target: &Target, person: Option<&str>, book: &Book) -> bool {
    let Some(id) = person else { return false };
    match target {
        Target::Person(wanted) => **wanted == *id,
        Target::Role(role) => {
            let people = book.lead(0).map(|lead| lead.people).unwrap_or_default();
            people.iter().any(|person| person.id == id && person.roles.contains(role))
        }
    }
}

/// `.by("Price page again")`: the rule or cadence that must win.
fn differing_rule(expected: &str, advice: &Advice, pack: &Pack) -> Option<String> {
    let came = advice.rule.as_ref().map(|rule| rule.name.as_str());
    if came == Some(expected) {
        return None;
    }
    let known = pack.rules.iter().map(|rule| &rule.name).chain(pack.cadences.iter().map(|one| &one.name));
    if known.clone().all(|name| name != expected) {
        let meant = nearest(expected, known.map(String::as_str));
        let hint = meant.map_or_else(String::new, |meant| format!("; did you mean \"{meant}\"?"));
        return Some(format!("expected it by \"{expected}\", and no rule or cadence of this pack has that name{hint}"));
    }
    let lost = advice.runners_up.iter().find(|one| one.rule.name == expected);
    let why = lost.map_or_else(String::new, |one| format!(". That one came after it: {}", one.lost_by));
    Some(match came {
        Some(came) => format!("expected it by \"{expected}\", and it is by \"{came}\"{why}"),
        None => format!("expected it by \"{expected}\", and no rule speaks"),
    })
}

fn differing_text(what: &str, expected: Option<&str>, came: Option<&str>) -> Option<String> {
    let expected = expected.filter(|text| Some(*text) != came)?;
    Some(match came {
        Some(came) => format!("expected {what} \"{expected}\", and it is \"{came}\""),
        None => format!("expected {what} \"{expected}\", and there is none"),
    })
}

fn differing_time(expected: &Touch, now: Instant, from: Instant) -> Option<String> {
    let moment = |lapse: Lapse| match lapse {
        // An example has no reps whose hours could be counted: working time is at least as long as time.
        Lapse::Clock(length) | Lapse::Working(length) => now + length,
    };
    if let Some(before) = expected.before.filter(|before| from >= *before) {
        return Some(format!("expected it before {before}, and it begins at {from}"));
    }
    if let Some(end) = expected.within.map(moment).filter(|end| from >= *end) {
        return Some(format!("expected it within {}, and it begins {} from now", end - now, from - now));
    }
    let start = expected.after.map(moment).filter(|start| from < *start)?;
    Some(format!("expected it after {} at the earliest, and it begins {} from now", start - now, from - now))
}

fn action_words(action: &Action) -> String {
    match action {
        Action::Wait => "to wait".to_owned(),
        Action::Contact(channel) => channel.to_string(),
        Action::Find(role) => format!("to find the {role}"),
        Action::HandOver(team) => format!("to hand over to {team}"),
    }
}

/// The advice in words: what, why, and what was blocked.
fn told(advice: &Advice) -> String {
    let mut words = advice.headline();
    if advice.touch.is_some() {
        words.push_str(&format!(". {}", advice.reason));
    }
    for block in &advice.blocks {
        let over = block.channel.map_or_else(|| "contact".to_owned(), |channel| channel.to_string());
        let whom = block.person.as_ref().map_or_else(String::new, |person| format!(" to {person}"));
        words.push_str(&format!("\n  blocked: {over}{whom}: {}", block.reason));
    }
    words
}
