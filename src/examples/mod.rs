//! Runs the examples of packs: the lead that an example gives is decided by its own pack alone, and the advice is compared with what
//! the example expects.
//!
//! What the lead leaves out is filled in, so that an example stays short: the country is the Netherlands, there is one person for each
//! role, who can be reached on every channel, and there are no reps. `propose: [...]` adds a rule that always holds, so that a pack
//! without rules can show what its policies permit.
//!
//! An expected touch names what must be so and nothing else: the channel, and whatever its author added. `.before` and `.within` are
//! the latest moment at which the touch begins, `.after` the earliest, and `.by` names the rule or cadence that must win.

use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::book::Book;
use crate::book::ingest::{LeadFormat, read_book};
use crate::book::value::Value;
use crate::book::vocabulary::{Channel, Role, nearest};
use crate::calendar::{Duration, Instant};
use crate::decide::Decider;
use crate::decide::advice::{Advice, RuleRef, Verdict};
use crate::decide::explain::vocabulary;
use crate::diagnostics::Span;
use crate::language::Rulebook;
use crate::pack::example::{Expected, Given};
use crate::pack::statements::{Example, Pack};
use crate::pack::touch::{Action, Lapse, Target, Touch};
use crate::wording::{Arg, Language, Sentence};

/// The result of one example. Its words are in the language that the examples were run in.
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
    /// Whether the advice is as expected.
    pub passed: bool,
    /// What the example expects, as its author wrote it.
    pub expected: String,
    /// The advice in words, with its reason and what was blocked.
    pub came: String,
    /// What differs from what is expected, a sentence each; empty when the example passed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub differs: Vec<String>,
    /// The advice; absent when the example could not be run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<Advice>,
}

/// Runs every example of every pack, each with its own pack alone, in the order in which they stand.
pub fn run_examples(rulebook: &Rulebook, language: Language) -> Vec<ExampleResult> {
    let examples = rulebook.packs().iter().flat_map(|pack| pack.examples.iter().map(move |example| (pack, example)));
    examples.map(|(pack, example)| run(pack, example, language)).collect()
}

fn run(pack: &Pack, example: &Example, language: Language) -> ExampleResult {
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
    match decided(pack, example, language) {
        Ok((advice, book, expected)) => {
            let differs = differences(&expected, &advice, &book, pack);
            ExampleResult {
                passed: differs.is_empty(),
                came: advice_words(&advice, language),
                differs: differs.iter().map(|sentence| sentence.render(language)).collect(),
                advice: Some(advice),
                ..result
            }
        }
        Err(why) => ExampleResult {
            came: Sentence::new("example-not-run").render(language),
            differs: vec![why.render(language)],
            ..result
        },
    }
}

/// The advice for the lead of an example, the book that the lead stands in, and what the example expects.
fn decided(pack: &Pack, example: &Example, language: Language) -> Result<(Advice, Book, Expected), Sentence> {
    let expected = example.expect.program.expected().map_err(|error| error.sentence)?;
    let Given { now, lead, propose } = example.given.program.example().map_err(|error| error.sentence)?;
    let intake = read_book(&LeadFormat::Json, filled_in(lead)?.to_string().as_bytes());
    if let Some(refused) = intake.refused.first() {
        let sentence = Sentence::new("example-refused").with("path", refused.path.to_string());
        return Err(sentence.with("reason", refused.reason.to_string()));
    }
    let by = RuleRef {
        pack: pack.about.name.clone(),
        file: pack.file.clone(),
        name: Sentence::new("example-proposed-by").with("name", example.name.as_str()).render(language),
        span: example.span,
    };
    let decider = Decider::for_packs(std::slice::from_ref(pack), &intake.book, now).in_language(language);
    let advice = decider.with_proposal(&by, &propose).lead(0);
    Ok((advice, intake.book, expected))
}

/// The lead with what the example leaves out.
fn filled_in(mut lead: Json) -> Result<Json, Sentence> {
    let fields = lead.as_object_mut().ok_or_else(|| Sentence::new("bad-given"))?;
    fields.entry("id").or_insert_with(|| "example".into());
    let has_place =
        |fields: &serde_json::Map<String, Json>| ["country", "zone"].iter().any(|key| fields.contains_key(*key));
    let account = fields.get("account").and_then(Json::as_object);
    if !has_place(fields) && !account.is_some_and(has_place) {
        fields.insert("country".to_owned(), "NL".into());
        fields.insert("zone".to_owned(), "Europe/Amsterdam".into());
    }
    let channels: Vec<&str> = Channel::words().collect();
    let people = || Role::ALL.iter().map(|role| json!({ "id": role.word(), "roles": [role], "channels": channels }));
    fields.entry("people").or_insert_with(|| people().collect());
    Ok(lead)
}

/// What differs between the advice and what is expected; empty when nothing does.
fn differences(expected: &Expected, advice: &Advice, book: &Book, pack: &Pack) -> Vec<Sentence> {
    let expected = match expected {
        Expected::Hold if advice.verdict == Verdict::Hold => return Vec::new(),
        Expected::Hold => return vec![Sentence::new("example-hold")],
        Expected::Touch(touch) => touch,
    };
    let came = advice.touch.as_ref();
    let same_action = match &expected.action {
        Action::Wait => advice.verdict == Verdict::Wait,
        Action::Contact(channel) => came.is_some_and(|touch| touch.channel == Some(*channel)),
        Action::Answer => came.is_some_and(|touch| touch.answers.is_some()),
        Action::Find(role) => came.is_some_and(|touch| touch.find == Some(*role)),
        Action::HandOver(team) => came.is_some_and(|touch| touch.hand_over.as_deref() == Some(&**team)),
    };
    let mut differs: Vec<Sentence> =
        expected.by.as_deref().and_then(|by| differing_rule(by, advice, pack)).into_iter().collect();
    if !same_action {
        differs.insert(0, expected_action(&expected.action));
        return differs;
    }
    let Some(came) = came else { return differs };
    if let Some(target) = &expected.to {
        let person = came.person.as_ref().map(|person| person.id.as_str());
        if !is_target(target, person, book) {
            differs.push(match target {
                Target::Role(role) => Sentence::new("example-for-role").with("role", vocabulary::role(*role)),
                Target::Person(id) => Sentence::new("example-for-person").with("person", &**id),
            });
        }
    }
    let offered = || expected.offers.iter().any(|one| Some(&**one) == came.offer.as_deref());
    let offer = expected.offers.first().filter(|_| !offered());
    differs.extend(differing_text(["example-offer", "example-offer-none"], offer, came.offer.as_deref()));
    differs.extend(differing_text(["example-ask", "example-ask-none"], expected.ask.as_ref(), came.ask.as_deref()));
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
fn differing_rule(expected: &str, advice: &Advice, pack: &Pack) -> Option<Sentence> {
    let came = advice.rule.as_ref().map(|rule| rule.name.as_str());
    if came == Some(expected) {
        return None;
    }
    let known = pack.rules.iter().map(|rule| &rule.name).chain(pack.cadences.iter().map(|one| &one.name));
    if known.clone().all(|name| name != expected) {
        let meant = nearest(expected, known.map(String::as_str)).map(|meant| format!("\"{meant}\""));
        return Some(Sentence::new("example-by-unknown").with("rule", expected).or_did_you_mean(meant));
    }
    let Some(came) = came else { return Some(Sentence::new("example-by-none").with("rule", expected)) };
    let sentence = Sentence::new("example-by").with("rule", expected).with("came", came);
    Some(match advice.runners_up.iter().find(|one| one.rule.name == expected) {
        Some(lost) => Sentence::new("example-by-lost").with("sentence", sentence).with("why", lost.lost_by.to_string()),
        None => sentence,
    })
}

/// `keys` are the sentences of another text and of no text.
fn differing_text(keys: [&'static str; 2], expected: Option<&Arc<str>>, came: Option<&str>) -> Option<Sentence> {
    let expected = expected.map(|text| &**text).filter(|text| Some(*text) != came)?;
    let [other, none] = keys;
    Some(match came {
        Some(came) => Sentence::new(other).with("expected", expected).with("came", came),
        None => Sentence::new(none).with("expected", expected),
    })
}

/// `from` is when the touch begins.
fn differing_time(expected: &Touch, now: Instant, from: Instant) -> Option<Sentence> {
    let moment = |lapse: Lapse| match lapse {
        // An example has no reps whose working hours could be counted. A length of working time lasts at least as long by the clock.
        Lapse::Clock(length) | Lapse::Working(length) => now + length,
        Lapse::WorkingDays(days) => now + Duration::DAY.times(days).unwrap_or_default(),
    };
    if let Some(before) = expected.before.filter(|before| from >= *before) {
        return Some(
            Sentence::new("example-before").with("expected", before.to_string()).with("came", from.to_string()),
        );
    }
    let from_now = |key, expected: Instant| {
        let length = |until: Instant| Value::Length(until - now).in_rule();
        Sentence::new(key).with("expected", length(expected)).with("came", length(from))
    };
    if let Some(end) = expected.within.map(moment).filter(|end| from >= *end) {
        return Some(from_now("example-within", end));
    }
    expected.after.map(moment).filter(|start| from < *start).map(|start| from_now("example-after", start))
}

/// The sentence that the advice has another action than the expected one.
fn expected_action(action: &Action) -> Sentence {
    match action {
        Action::Wait => Sentence::new("example-wait"),
        Action::Contact(channel) => Sentence::new("example-channel").with("channel", channel.word()),
        Action::Answer => Sentence::new("example-answer"),
        Action::Find(role) => Sentence::new("example-find").with("role", vocabulary::role(*role)),
        Action::HandOver(team) => Sentence::new("example-hand-over").with("team", &**team),
    }
}

/// The advice in words: what, why, and what was blocked.
fn advice_words(advice: &Advice, language: Language) -> String {
    let mut words = advice.headline(language);
    if advice.touch.is_some() {
        words.push_str(&format!(". {}", advice.reason));
    }
    for block in &advice.blocks {
        let contact = block.channel.map_or(Arg::Key("a-contact"), |channel| Arg::from(channel.word()));
        let blocked = match &block.person {
            Some(person) => Sentence::new("example-blocked-person").with("person", person.to_string()),
            None => Sentence::new("example-blocked"),
        };
        let blocked = blocked.with("contact", contact).with("reason", block.reason.to_string());
        words.push_str(&format!("\n  {}", blocked.render(language)));
    }
    words
}
