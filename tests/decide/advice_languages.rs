//! Advice and explanations in every language: the same decisions, and no word of another language.
//!
//! Everything is asked about the leads of the sample with the packs that ship, so that most sentences occur. What authors
//! wrote (reasons, names) stays in their language and is taken out before words are looked for.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde_json::Value;

use cadans::book::Book;
use cadans::book::ingest::{LeadFormat, read_book};
use cadans::calendar::Instant;
use cadans::decide::Decider;
use cadans::decide::advice::Advice;
use cadans::language::{PackSource, Rulebook};
use cadans::pack::Overrides;
use cadans::wording::Language;

/// The moment for which the sample was made.
const NOW: &str = "2026-11-20T10:00:00+01:00";

/// Words that are in nearly every longer text of one language and never in one of the other.
const ENGLISH: &[&str] = &[
    "the", "and", "for", "with", "not", "this", "that", "was", "were", "their", "them", "by", "from", "has", "have",
    "there", "nobody", "somebody", "known", "needs", "least", "touch", "touches", "days", "hours", "day", "hour", "no",
];
const DUTCH: &[&str] = &[
    "de",
    "het",
    "een",
    "en",
    "van",
    "niet",
    "geen",
    "met",
    "voor",
    "naar",
    "dat",
    "deze",
    "wordt",
    "nodig",
    "minstens",
    "contact",
    "contacten",
    "dagen",
    "uur",
    "dag",
    "aan",
    "er",
];

/// Words of lengths of time.
const LENGTHS: &[&str] =
    &["day", "days", "hour", "hours", "minute", "minutes", "dag", "dagen", "uur", "minuut", "minuten"];

/// The keys of an advice that hold its sentences.
const SENTENCES: &[&str] =
    &["why", "lostBy", "because", "text", "reason", "insteadOfOwner", "summary", "saw", "deed", "headline"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sample() -> Book {
    read_book(&LeadFormat::Json, &fs::read(root().join("www/sample/leads.json")).unwrap()).book
}

fn pack(file: &str) -> PackSource {
    PackSource { file: file.to_owned(), text: fs::read_to_string(root().join("rules").join(file)).unwrap() }
}

/// The sample explained with some packs, in every language.
struct Explained {
    packs: Vec<PackSource>,
    /// The explanations of all leads in each of [`Language::ALL`], with the deed and the headline of each.
    explanations: [Vec<Value>; 2],
}

/// With all packs that ship, in three rulebooks: the same rules in two languages would compete.
static EXPLAINED: LazyLock<Vec<Explained>> = LazyLock::new(|| {
    let folder = fs::read_dir(root().join("rules/contact-policy")).unwrap();
    let mut policies: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
    policies.retain(|path| path.extension().is_some_and(|ending| ending == "rhai"));
    policies.sort();
    let names = policies.iter().map(|path| path.file_name().unwrap().to_str().unwrap());
    let policies: Vec<PackSource> = names.map(|name| pack(&format!("contact-policy/{name}"))).collect();
    let sales: [&[&str]; 3] = [
        &["inside-sales.nl.rhai", "answers.nl.rhai"],
        &["inside-sales.rhai", "social-selling.rhai", "answers.rhai"],
        &["account-based.rhai", "sustainable-revenue.rhai", "answers.rhai"],
    ];
    let book = sample();
    let explained = sales.iter().map(|files| {
        let packs: Vec<PackSource> = files.iter().map(|file| pack(file)).chain(policies.clone()).collect();
        let rulebook = Rulebook::new(&packs, &Overrides::default()).0;
        let explanations = Language::ALL.map(|language| explanations(&rulebook, &book, language));
        Explained { packs, explanations }
    });
    explained.collect()
});

fn explanations(rulebook: &Rulebook, book: &Book, language: Language) -> Vec<Value> {
    let decider = Decider::new(rulebook, book, Instant::parse(NOW).unwrap()).in_language(language);
    let explained = (0..book.len()).map(|lead| {
        let explanation = decider.explain(lead);
        let mut json = serde_json::to_value(&explanation).unwrap();
        let advice: &Advice = &explanation.advice;
        json["deed"] = advice.deed(language).into();
        json["headline"] = advice.headline(language).into();
        json
    });
    explained.collect()
}

/// Calls `each` with every sentence in a value. Conditions in a summary that are shown as the pack has them are taken out.
fn sentences(value: &Value, each: &mut impl FnMut(&str)) {
    match value {
        Value::Object(fields) => {
            let conditions = fields.get("conditions").and_then(Value::as_array);
            let code: Vec<&str> =
                conditions.into_iter().flatten().filter_map(|condition| condition["text"].as_str()).collect();
            for (key, value) in fields {
                match value.as_str() {
                    // The text of a condition is the pack's own, that of a note is ours.
                    Some(_) if key == "text" && fields.contains_key("holds") => {}
                    Some(text) if SENTENCES.contains(&key.as_str()) => {
                        each(&code.iter().fold(text.to_owned(), |text, code| text.replace(code, "")));
                    }
                    Some(_) => {}
                    None => sentences(value, each),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| sentences(item, each)),
        _ => {}
    }
}

/// Everything that authors wrote, the longest first: texts of packs, without the values in them, names, titles, and languages of content.
fn authored(packs: &[PackSource], book: &Book) -> Vec<String> {
    let mut texts: BTreeSet<String> = BTreeSet::new();
    for pack in packs {
        texts.extend(pack.text.split('"').map(str::to_owned));
        for template in pack.text.split('`').skip(1).step_by(2) {
            let mut rest = template;
            while let Some((before, after)) = rest.split_once("${") {
                texts.insert(before.to_owned());
                rest = after.split_once('}').map_or("", |(_, after)| after);
            }
            texts.insert(rest.to_owned());
        }
    }
    for lead in 0..book.len() {
        let lead = book.lead(lead).unwrap();
        texts.extend(lead.people.into_iter().filter_map(|person| person.name));
    }
    texts.extend(book.reps().iter().filter_map(|rep| rep.name.clone()));
    texts.extend(book.contents().iter().filter_map(|content| content.title.clone()));
    let mut texts: Vec<String> = texts.into_iter().filter(|text| text.trim().len() > 3).collect();
    // A reason that stands inside another sentence has lost its full stop.
    texts.extend(texts.clone().iter().filter_map(|text| text.strip_suffix('.').map(str::to_owned)));
    texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
    texts
}

/// Every sentence that is shown with some packs in a language, once.
fn shown(explained: &Explained, language: usize) -> BTreeSet<String> {
    let mut shown = BTreeSet::new();
    for explanation in &explained.explanations[language] {
        sentences(explanation, &mut |text| {
            shown.insert(text.to_owned());
        });
    }
    shown
}

/// Our own words in a language, without what stands in quotes: words of the rule language and of records.
fn own_words(language: usize) -> BTreeSet<String> {
    let book = sample();
    let mut own = BTreeSet::new();
    for explained in EXPLAINED.iter() {
        let authored = authored(&explained.packs, &book);
        for text in shown(explained, language) {
            let unquoted: String = text.split('"').step_by(2).collect::<Vec<_>>().join(" ");
            let own_text = authored.iter().fold(unquoted, |text, authors| {
                if text.contains(authors.as_str()) { text.replace(authors.as_str(), "|") } else { text }
            });
            // A number or a length of time between two pieces of an author's text is in the author's language.
            let value = |part: &&str| {
                part.split_whitespace().all(|word| word.parse::<u32>().is_ok() || LENGTHS.contains(&word))
            };
            own.insert(own_text.split('|').filter(|part| !value(part)).collect::<Vec<_>>().join("|"));
        }
    }
    own
}

/// Those with a word of a list.
fn with_words_of(sentences: &BTreeSet<String>, words: &[&str]) -> Vec<String> {
    let has = |text: &&String| {
        text.split(|letter: char| !letter.is_alphabetic()).any(|word| words.contains(&word.to_lowercase().as_str()))
    };
    sentences.iter().filter(has).cloned().collect()
}

#[test]
fn a_sentence_has_words_of_one_language_only() {
    let (english, dutch) = (own_words(0), own_words(1));
    assert_eq!(with_words_of(&dutch, ENGLISH), Vec::<String>::new());
    assert_eq!(with_words_of(&english, DUTCH), Vec::<String>::new());
    // The lists find something: most sentences of a language have a word of its own list.
    assert!(with_words_of(&english, ENGLISH).len() * 2 > english.len());
    assert!(with_words_of(&dutch, DUTCH).len() * 2 > dutch.len());
}

/// Conditions that no pack that ships has, or that hold for nearly every lead of the sample. Each is asked of [`LEAD`], and of it alone.
const CONDITIONS: &[&str] = &[
    "lead.name is not \"L\"",
    "lead.source is \"fair\"",
    "lead.topic is \"fair\"",
    "lead.language is \"nl\"",
    "lead.owner is \"x\"",
    "account.region is \"BY\"",
    "account.industry in [\"bakery\", \"care\"]",
    "account.legal_form is \"sole_trader\"",
    "person.title is \"CEO\"",
    "\"decider\" in person.roles",
    "not (\"user\" in person.roles)",
    "\"user\" in lead.roles_missing",
    "lead.quote_amount > 100.0",
    "lead.last_quote is \"declined\"",
    "lead.quote_closed_for < 14.days",
    "lead.quote_valid_for < 5.days",
    "lead.last_touch_to(\"decider\") < 7.days",
    "person.consent_basis(\"phone\") is \"opt_in\"",
    "lead.inbound_share(30.days) > 0.9",
    "lead.visits() < 1",
    "lead.visits() is not 1",
    "not (lead.visits() in 1..=3)",
    "lead.source is not ()",
    "lead.country is ()",
    "lead.opens(\"news\", 7.days) >= 1",
    "lead.replied(7.days)",
    "not lead.replied(7.days) and lead.replied(3.days)",
    "not lead.answered",
    "lead.answered and not lead.open",
    "person.waiting",
    "not person.waiting and person.waiting",
    "person.waiting_for < 1.hour",
    "person.question is \"form\"",
    "person.tried >= 1",
    "person.missed_calls(7.days) >= 1",
    "lead.stage_for > 3.days",
    "person.since(\"conversation\") < 1.day",
    "person.signals(\"complaint\", 7.days) >= 1",
    "lead.waiting_elsewhere",
    "not lead.waiting_elsewhere and lead.waiting_elsewhere",
    "person.bought(7.days)",
    "not person.bought(7.days) and person.bought(7.days)",
    "person.calls(\"inbound\", 7.days) >= 1",
    "person.calls(\"outbound\", 7.days) >= 1",
    "(lead.opens(7.days) >= 3 or lead.clicks(7.days) >= 3)",
    "not person.is_a(\"user\")",
    "not lead.knows(\"user\")",
    "person.do_not_call",
    "not person.do_not_call and not person.do_not_email",
    "person.do_not_email",
    "person.objected",
    "not person.objected and person.objected",
    "person.has(\"visit\")",
    "not person.has(\"phone\")",
    "not person.consent(\"phone\")",
    "person.consent(\"email\")",
    "not account.customer and account.customer",
    "lead.vip is true",
    "lead.vip is not true",
    "person.do_not_call is true and person.do_not_email is true and lead.replied() is true",
    "lead.renewal - now < 60.days",
    "now - lead.renewal > 60.days",
    "lead.days_to(renewal) > 3",
    "lead.touches(\"chat\") >= 1",
    "lead.touches(\"visit\") >= 1 and lead.touches(\"content\") >= 1",
    "(if lead.open { false } else { true })",
    "lead.visits() / lead.opens() > 2",
    "lead.visits() > 0 and switch lead.stage { \"lost\" => true, _ => false }",
];

const LEAD: &str = r#"{ "leads": [ { "id": "L", "stage": "interest", "country": "NL", "zone": "Europe/Amsterdam", "fields": { "vip": true },
    "people": [ { "id": "ann", "roles": ["user"], "channels": ["phone"], "do_not_call": true } ],
    "signals": [ { "at": "2026-11-19T10:00:00+01:00", "kind": "visit", "topic": "pricing", "person": "ann" } ] } ] }"#;

/// What is said of the conditions, in a language.
fn of_conditions(language: Language) -> BTreeSet<String> {
    let book = read_book(&LeadFormat::Json, LEAD.as_bytes()).book;
    assert_eq!(book.len(), 1);
    let mut shown = BTreeSet::new();
    for condition in CONDITIONS {
        // Two conditions that hold besides, so that the rule nearly does.
        let text = format!(
            "fact vip as truth; fact renewal as time; rule \"r\" when {condition} and lead.open and lead.id is \"L\" unless lead.id is \"M\" then wait;"
        );
        let rulebook = Rulebook::new(&[PackSource { file: "r.rhai".to_owned(), text }], &Overrides::default()).0;
        assert_eq!(rulebook.packs()[0].rules.len(), 1, "{condition}");
        for explanation in explanations(&rulebook, &book, language) {
            sentences(&explanation, &mut |text| {
                shown.insert(text.to_owned());
            });
        }
    }
    shown
}

/// Keys that neither the sample nor [`CONDITIONS`] bring up.
const NOT_SHOWN: &[&str] = &[
    "due-now",
    "factor-by-layer",
    "switched-off-here",
    "fact-first",
    "fact-left",
    "by-social",
    "person-asked-tried",
    "channel-came-back",
    "channel-tried",
    "channel-not-soon",
    "note-answered-elsewhere",
    "note-answered-elsewhere-nobody",
    "note-contacted-elsewhere",
    "cause-contacted-elsewhere",
    "cause-rule-hours",
    "fact-waiting-elsewhere",
    "needs-not-waiting-elsewhere",
    "needs-not-bought",
    "fact-bought",
    "note-question-open",
    "note-question-held",
    "note-snooze-asked",
    "note-snooze-outweighed",
    "block-declined",
    "block-declined-answer",
    "block-snoozed",
    "block-handed-over",
    "said-declined",
    "said-declined-by",
    "said-snoozed",
    "said-snoozed-by",
    "said-because",
    "fact-waiting",
    "note-not-counted",
    "not-counted-staff",
    "not-counted-spam",
    "not-counted-weight",
    "note-own-people",
    "hold-spam",
    "needs-open",
    "saw-closed",
    "needs-not-waiting",
    "length-minus",
    "length-working",
    "weekday-th",
    "weekday-su",
    "month-feb",
    "month-apr",
    "month-jun",
    "month-jul",
    "month-aug",
    "month-sep",
    "month-oct",
    "value-empty",
    "over-chat",
    "address-email",
    "address-chat",
    "address-meeting",
    "no-such-lead",
    "person-not-contacted",
    "person-takes-over",
    "note-left",
    "note-planned-left",
    "note-planned-away",
    "block-left",
    "cause-away",
    "needs-left-none",
    "person-blocker",
    "person-named",
    "person-of-role",
    "person-role-unknown",
    "rep-knows",
    "rep-knows-owner-stays",
    "factor-value-unknown",
    "note-missing-role",
    "note-content-gap",
    "note-content-used-up",
    "note-content-used-up-in",
    "missing-content",
    "missing-content-about",
    "misfit-language",
    "note-planned",
    "note-holidays-unknown",
    "signal-auto-reply",
    "block-do-not-call",
    "block-unsubscribed",
    "block-consent-withdrawn",
    "block-never",
    "block-skill-missing",
    "block-withdrawn",
    "conversation-replied",
    "conversation-wrote",
    "conversation-called",
    "conversation-booked",
    "conversation-declined",
    "conversation-accepted",
    "conversation-spoken",
    "somebody-there",
    "this-lead",
    "series-complete",
    "series-stopped",
    "series-again",
    "series-once",
    "step-passed-over",
    "note-step-passed-over",
    "note-series-impossible",
    "place-impossible",
    "place-complete",
    "place-stopped",
    "note-booked-no-moment",
    "lost-held-up",
    "block-pitch-too-early",
    "block-content-had",
    "block-content-had-step",
    "block-blocker",
    "block-unsure",
    "cause-consent-ends",
    "cause-limit",
    "rate",
    "rate-on-channel",
    "cause-law-starts",
    "note-no-policy",
    "note-law-ended",
    "block-unread",
    "block-unread-rest",
    "block-unread-file",
    "block-too-late",
    "block-possible-from",
    "block-no-use-after",
    "cause-pause",
    "across-lead",
    "across-account",
    "moment-best",
    "moment-due",
    "person-came-by",
    "planned-touch",
    "promised",
    "promised-no-outcome",
    "cause-promised",
    "factor-value-typical",
    "lost-not-owed",
    "lost-due-later",
    "lost-never-due",
    "stopped-by-source",
    "not-evaluated",
    "saw-not-evaluated",
    "saw-so",
    "fact-name",
    "fact-do-not-call",
    "needs-no-reply",
    "needs-answered",
    "needs-do-not-call",
    "needs-may-email",
    "needs-not-objected",
    "needs-no-ground",
    "needs-no-customer",
    "saw-not-known",
    "saw-one",
    "month-mar",
    "month-may",
    "stage-orientation",
    "stage-interest",
    "stage-proposal",
    "stage-lost",
    "fact-now",
    "fact-influence",
    "fact-consent",
    "weekday-we",
    "over-social",
    "tick-back",
    "tick-back-help",
    "unknown-rep",
    "unknown-rep-help",
    "person-came-by",
    "rep-owner-unknown",
    "rep-owns-another",
    "note-planned-rep-away",
    "note-planned-rep-away-nobody",
    "note-planned-rep-unknown",
    "note-planned-rep-unknown-nobody",
    "note-planned-not-permitted",
    "note-owner-unknown",
    "note-owner-unknown-idle",
    "note-no-owner",
    "note-nobody-before",
    "note-proposed-by",
    "note-language-not-spoken",
    "note-language-of-rep",
    "block-possible-by",
    "moment-near-best",
    "person-only",
    "factor-minutes",
    "note-machine-signals",
    "moment-first",
    "no-time-ago",
    "just-now",
    "block-take-over",
    "block-take-over-open",
    "block-take-over-nobody",
];

#[test]
fn every_sentence_is_shown_in_every_language_unless_it_is_listed() {
    let files = [include_str!("../../src/wording/advice.en.ftl"), include_str!("../../src/wording/advice.nl.ftl")];
    for (language, file) in files.iter().enumerate() {
        let shown = EXPLAINED.iter().flat_map(|explained| shown(explained, language));
        let shown: BTreeSet<String> = shown.chain(of_conditions(Language::ALL[language])).collect();
        let lower: Vec<String> = shown.iter().map(|text| text.to_lowercase()).collect();
        let mut missing = Vec::new();
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            let Some((key, pattern)) = line.split_once(" = ") else { continue };
            // What stands between the places, in order.
            let pieces = pattern.split('{').map(|piece| piece.split_once('}').map_or(piece, |(_, rest)| rest));
            let pieces: Vec<String> = pieces.map(str::to_lowercase).collect();
            let occurs = |text: &String| {
                let mut rest = text.as_str();
                pieces.iter().all(|piece| match rest.split_once(piece.as_str()) {
                    Some((_, after)) => {
                        rest = after;
                        true
                    }
                    None => false,
                })
            };
            // How an example of a pack or a simulation went is no advice.
            if !key.starts_with("example-") && !key.starts_with("simulate-") && !lower.iter().any(occurs) {
                missing.push(key);
            }
        }
        let unlisted: Vec<&&str> = missing.iter().filter(|key| !NOT_SHOWN.contains(*key)).collect();
        assert!(unlisted.is_empty(), "{:?}: {unlisted:?}", Language::ALL[language]);
    }
}

#[test]
fn every_place_of_a_sentence_is_filled_in() {
    for explained in EXPLAINED.iter() {
        for text in (0..2).flat_map(|language| shown(explained, language)) {
            assert!(!text.contains("{ $") && !text.contains("->") && !text.contains("  "), "{text}");
        }
    }
}

#[test]
fn a_language_changes_sentences_and_nothing_else() {
    fn without_sentences(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                let condition = fields.contains_key("holds");
                for (key, value) in fields.iter_mut() {
                    if SENTENCES.contains(&key.as_str()) && value.is_string() && !(condition && key == "text") {
                        *value = Value::Null;
                    } else {
                        without_sentences(value);
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(without_sentences),
            _ => {}
        }
    }
    for explained in EXPLAINED.iter() {
        let [mut english, mut dutch] = explained.explanations.clone();
        assert_ne!(english, dutch);
        english.iter_mut().chain(&mut dutch).for_each(without_sentences);
        assert_eq!(english, dutch);
    }
}

#[test]
fn a_count_agrees_with_its_noun_and_a_number_is_rounded() {
    for text in EXPLAINED.iter().flat_map(|explained| shown(explained, 0)) {
        let numbers = text.split(|letter: char| !(letter.is_ascii_digit() || letter == '.'));
        let decimals = numbers.filter_map(|number| number.split_once('.')).map(|(_, decimals)| decimals.len());
        assert!(decimals.max().unwrap_or(0) <= 5, "{text}");
        for wrong in ["1 times", "1 days", "1 hours", "1 minutes", "1 touches", "1 calls", "1 visits"] {
            let found = text.match_indices(wrong).any(|(at, _)| {
                !text[..at].ends_with(|letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ','))
            });
            assert!(!found, "{text}");
        }
    }
}
