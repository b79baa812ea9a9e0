//! The packs we ship: they read without a word from the checker, can be read aloud, and do what their examples say.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail so"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use cadans::book::ingest::{LeadFormat, read_book};
use cadans::book::vocabulary::{Basis, Channel, LegalForm, SignalKind};
use cadans::book::{Book, Lead, Signal};
use cadans::calendar::{Country, Instant};
use cadans::coverage::coverage;
use cadans::decide::advice::Advice;
use cadans::decide::{decide, explain};
use cadans::diagnostics::Severity;
use cadans::examples::run_examples;
use cadans::language::{PackSource, Rulebook};
use cadans::pack::expression::{Body, Clause};
use cadans::pack::statement_forms::StatementKind;
use cadans::pack::statements::PolicyCountries;
use cadans::pack::{Overrides, Pack};
use cadans::wording::Language;

/// The packs that say how to sell; the Dutch one apart, because it is the first one again.
const SALES: [&str; 4] = ["inside-sales.rhai", "social-selling.rhai", "account-based.rhai", "sustainable-revenue.rhai"];
const DUTCH: &str = "inside-sales.nl.rhai";
const COUNTRIES: [(&str, &str); 6] =
    [("nl", "NL"), ("be", "BE"), ("de", "DE"), ("uk", "GB"), ("us", "US"), ("fr", "FR")];

fn rules() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("rules")
}

/// Every file with this ending in a folder of `rules/`, in order of name.
fn files(folder: &str, ending: &str) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(rules().join(folder))
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be listed").file_name().into_string().expect("a plain name"))
        .filter(|name| name.ends_with(ending))
        .map(|name| if folder.is_empty() { name } else { format!("{folder}/{name}") })
        .collect();
    names.sort();
    names
}

/// Every pack that is shipped for use.
fn shipped() -> Vec<String> {
    [files("", ".rhai"), files("contact-policy", ".rhai")].concat()
}

fn text(file: &str) -> String {
    fs::read_to_string(rules().join(file)).expect("the file is there")
}

fn source(file: &str) -> PackSource {
    PackSource { file: file.to_owned(), text: text(file) }
}

/// A pack read by itself, with everything that was said about it.
fn read(file: &str) -> (Pack, Vec<String>) {
    let needed = ["answers.rhai", "answers.nl.rhai"].into_iter().filter(|needed| *needed != file);
    let sources: Vec<PackSource> = std::iter::once(file).chain(needed).map(source).collect();
    let (book, diagnostics) = Rulebook::new(&sources, &Overrides::default());
    let told = diagnostics.iter().map(|said| format!("{}:{}: {} ({})", file, said.span.line, said.message, said.code));
    (book.packs()[0].clone(), told.collect())
}

#[test]
fn every_pack_is_read_without_a_word() {
    let told: Vec<String> = shipped().iter().flat_map(|file| read(file).1).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
    let together: Vec<PackSource> = shipped().iter().map(|file| source(file)).collect();
    let (_, diagnostics) = Rulebook::new(&together, &Overrides::default());
    assert!(diagnostics.is_empty(), "side by side: {diagnostics:?}");
}

#[test]
fn every_condition_runs_compiled() {
    for file in shipped() {
        for rule in read(&file).0.rules {
            for clause in [&rule.when, &rule.then] {
                assert!(matches!(clause.body, Body::Compiled(_)), "{file}: {} runs interpreted", rule.name);
            }
        }
    }
}

#[test]
fn there_are_rules_and_examples_enough() {
    let packs: Vec<Pack> = SALES.iter().map(|file| read(file).0).collect();
    let rules: usize = packs.iter().map(|pack| pack.rules.len()).sum();
    let examples: usize = packs.iter().map(|pack| pack.examples.len()).sum();
    assert!(rules >= 60, "{rules} rules");
    assert!(examples >= 60, "{examples} examples");
    for (country, _) in COUNTRIES {
        let pack = read(&format!("contact-policy/{country}.rhai")).0;
        assert!(pack.examples.len() >= 6, "{country} shows {} of its statements", pack.examples.len());
    }
}

#[test]
fn a_pack_can_be_read_aloud() {
    for file in shipped() {
        for (number, line) in (1..).zip(text(&file).lines()) {
            assert!(line.chars().count() <= 110, "{file}:{number} is longer than 110 characters");
        }
        for rule in read(&file).0.rules {
            let lines = rule.span.end_line - rule.span.line + 1;
            assert!(lines <= 9, "{file}: \"{}\" takes {lines} lines", rule.name);
            assert!(rule.because.is_some(), "{file}: \"{}\" does not say why", rule.name);
        }
    }
}

#[test]
fn orientation_asks_and_does_not_sell() {
    // The content of the sample that sells rather than advises.
    let sample: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(sample_leads()).expect("the sample is there"))
            .expect("the sample is JSON");
    let content = sample["content"].as_array().expect("the sample has content");
    let known: BTreeSet<&str> = content.iter().filter_map(|each| each["id"].as_str()).collect();
    let pitches: Vec<&str> =
        content.iter().filter(|each| each["pitch"] == true).filter_map(|each| each["id"].as_str()).collect();
    let readme = text("README.md");
    for file in SALES {
        for rule in read(file).0.rules {
            let (when, then) = (&rule.when.source, &rule.then.source);
            if when.contains("\"orientation\"") && !then.contains("hand_over") {
                assert!(then.contains(".ask("), "{file}: \"{}\" only tells, and asks nothing", rule.name);
            }
            let offered = then.split(".offer(\"").nth(1).and_then(|rest| rest.split('"').next());
            if let Some(id) = offered {
                assert!(known.contains(id), "{file}: the sample has no \"{id}\"");
                assert!(readme.contains(&format!("| `{id}` |")), "{file}: rules/README.md does not list \"{id}\"");
                let early = when.contains("\"orientation\"");
                assert!(
                    !(early && pitches.contains(&id)),
                    "{file}: \"{}\" sells to somebody who looks around",
                    rule.name
                );
            }
        }
    }
}

#[test]
fn no_rule_sets_a_quota_or_ranks_people() {
    for file in shipped() {
        let words = text(&file).to_lowercase();
        for word in ["leaderboard", "ranking", "calls a day", "per day", "best seller", "top seller"] {
            assert!(!words.contains(word), "{file} speaks of \"{word}\"");
        }
    }
}

#[test]
fn a_contact_policy_is_hard_and_says_where_it_comes_from() {
    for (file, country) in COUNTRIES {
        let file = format!("contact-policy/{file}.rhai");
        let pack = read(&file).0;
        let about = &pack.about;
        assert!(about.hard, "{file} can be lifted");
        let listed = PolicyCountries::Listed(vec![Country::parse(country).expect("a country")]);
        assert_eq!(about.countries, Some(listed), "{file} does not say for which country it is");
        assert!(about.valid_from.is_some(), "{file} does not say since when");
        assert!(about.source.as_ref().is_some_and(|source| !source.is_empty()), "{file} has no source");
        assert_eq!(about.notes.get("note").map(String::as_str), Some("not legal advice"), "{file}");
        assert!(about.notes.contains_key("checked_on"), "{file} does not say when it was checked");
        assert!(pack.rules.is_empty() && pack.cadences.is_empty() && pack.enters.is_empty(), "{file} proposes");
        let limited = format!("person.country is \"{country}\"");
        let conditions = (pack.nevers.iter().map(|never| never.when.as_ref()))
            .chain(pack.limits.iter().map(|limit| limit.when.as_ref()))
            .chain(pack.hours.iter().map(|hours| hours.when.as_ref()))
            .chain(pack.pauses.iter().map(|pause| Some(&pause.when)));
        for when in conditions {
            assert!(
                when.is_some_and(|when| when.source.starts_with(&limited)),
                "{file} speaks for other countries too"
            );
        }
        let reasons = (pack.nevers.iter().map(|never| &never.because))
            .chain(pack.limits.iter().map(|limit| &limit.because))
            .chain(pack.hours.iter().map(|hours| &hours.because))
            .chain(pack.pauses.iter().map(|pause| &pause.because));
        assert!(reasons.into_iter().all(Option::is_some), "{file} forbids without saying why");
    }
}

#[test]
fn the_dutch_pack_is_the_english_one_in_dutch() {
    let (english, dutch) = (read(SALES[0]).0, read(DUTCH).0);
    assert_eq!(english.rules.len(), dutch.rules.len());
    assert_eq!(english.examples.len(), dutch.examples.len());
    assert_eq!(english.settings.len(), dutch.settings.len());
    for (one, other) in english.settings.iter().zip(&dutch.settings) {
        assert_eq!((&one.value, one.range), (&other.value, other.range), "{} and {}", one.name, other.name);
    }
    for (one, other) in english.rules.iter().zip(&dutch.rules) {
        assert_ne!(one.name, other.name, "left in English");
        let figures =
            |because: &Option<Clause>| because.as_ref().map_or(0, |because| because.source.matches("${").count());
        assert_eq!(figures(&one.because), figures(&other.because), "a figure is lost in {}", other.name);
    }
}

#[test]
fn what_is_broken_on_purpose_is_told_where_it_is_and_the_rest_stays_in_force() {
    let files = files("broken", ".rhai");
    assert!((5..=8).contains(&files.len()), "{files:?}");
    let readme = text("broken/README.md");
    for file in files {
        assert!(text(&file).starts_with("// Wrong: "), "{file} does not say what is wrong with it");
        let name = file.trim_start_matches("broken/");
        assert!(readme.contains(&format!("| `{name}` |")), "broken/README.md does not list {name}");
        let (book, diagnostics) = Rulebook::new(&[source(&file)], &Overrides::default());
        let errors: Vec<_> = diagnostics.iter().filter(|said| said.severity == Severity::Error).collect();
        assert_eq!(errors.len(), 1, "{file}: {diagnostics:?}");
        assert!(!errors[0].help.is_empty(), "{file}: says nothing about what to do");
        let sound = "Looks around: send the guide";
        assert!(book.rules().any(|(_, rule)| rule.name == sound), "{file}: the sound rule is gone");
    }
}

#[test]
fn every_example_comes_out_as_it_says() {
    let mut failed = Vec::new();
    for file in shipped() {
        for result in run_examples(&alone(&file), Language::English).into_iter().filter(|result| !result.passed) {
            failed.push(format!(
                "{file}:{}: {}\n  expected {}\n  came {}",
                result.span.line, result.name, result.expected, result.came
            ));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn every_rule_is_decided_both_ways_by_the_examples_of_its_own_pack() {
    for file in shipped() {
        let covered = coverage(&alone(&file));
        let rules = covered.packs[0].statements.iter().filter(|one| one.kind == StatementKind::Rule);
        let missing: Vec<&str> = rules.filter(|one| !one.decided.both_ways()).map(|one| one.name.as_str()).collect();
        assert!(missing.is_empty(), "{file}: {missing:?}");
    }
}

#[test]
fn every_word_of_a_contact_policy_is_tried_by_its_examples() {
    for file in files("contact-policy", ".rhai") {
        let all = coverage(&alone(&file)).totals.all;
        assert!(all.of > 10 && all.covered == all.of, "{file}: {all:?}");
    }
}

#[test]
fn every_rule_and_cadence_is_shown_at_work() {
    let (book, now) = sample();
    for file in SALES {
        let rulebook = alone(file);
        let mut shown: BTreeSet<String> = run_examples(&rulebook, Language::English)
            .into_iter()
            .filter_map(|result| result.advice.and_then(|advice| advice.rule))
            .map(|rule| rule.name)
            .collect();
        for lead in 0..book.leads().len() {
            let explanation = explain(&rulebook, &book, lead, now, Language::English);
            shown.extend(explanation.held.into_iter().map(|rule| rule.name));
            assert!(explanation.advice.faults.is_empty(), "{file}: {:?}", explanation.advice.faults);
        }
        let pack = &rulebook.packs()[0];
        let names = pack.rules.iter().map(|rule| &rule.name).chain(pack.cadences.iter().map(|cadence| &cadence.name));
        let unseen: Vec<&String> = names.filter(|name| !shown.contains(*name)).collect();
        assert!(unseen.is_empty(), "{file}: neither an example nor a sample lead shows {unseen:?}");
    }
}

#[test]
fn the_dutch_pack_decides_as_the_english_one() {
    let (book, now) = sample();
    let decided = |file: &str| -> Vec<String> {
        let rulebook = alone(file);
        let pack = &rulebook.packs()[0];
        let names = pack.rules.iter().map(|rule| &rule.name).chain(pack.cadences.iter().map(|cadence| &cadence.name));
        // Names differ from language to language, places do not.
        let places: BTreeMap<&String, usize> = names.zip(0..).collect();
        let without_words = |advice: &Advice| {
            let touch = advice.touch.as_ref();
            let person = touch.and_then(|touch| touch.person.as_ref()).map(|person| &person.id);
            let window = touch.and_then(|touch| touch.window.as_ref());
            let when = window.map(|window| (window.from, window.until, window.late));
            let what = touch.map(|touch| (touch.channel, &touch.offer, touch.find, &touch.hand_over, touch.step));
            let rule = advice.rule.as_ref().map(|rule| places[&rule.name]);
            let review = advice.review_at;
            format!("{} {:?} {what:?} {person:?} {when:?} {rule:?} {review:?}", advice.lead, advice.verdict)
        };
        decide(&rulebook, &book, now, Language::English).iter().map(without_words).collect()
    };
    let (english, dutch) = (decided(SALES[0]), decided(DUTCH));
    assert!(english.len() >= 200);
    for (one, other) in english.iter().zip(&dutch) {
        assert_eq!(one, other);
    }
}

#[test]
fn the_dutch_packs_remember_what_the_english_ones_did() {
    for (english, dutch) in [(SALES[0], DUTCH), ("answers.rhai", "answers.nl.rhai")] {
        let ids = |file: &str| -> Vec<String> {
            let rulebook = alone(file);
            let pack = rulebook.packs().iter().find(|pack| pack.file == file).unwrap();
            let rules = pack.rules.iter().map(|rule| rule.id.clone().unwrap());
            let cadences = pack.cadences.iter().map(|cadence| cadence.name.clone());
            pack.about.id.clone().into_iter().chain(rules).chain(cadences).collect()
        };
        assert_eq!(ids(english), ids(dutch));
    }
}

#[test]
fn packs_read_for_advice_give_the_same_advice() {
    let (leads, now) = sample();
    let sources: Vec<PackSource> = shipped().iter().chain(&files("broken", ".rhai")).map(|file| source(file)).collect();
    let (whole, _) = Rulebook::new(&sources, &Overrides::default());
    let quick = Rulebook::for_advice(&sources, &Overrides::default());
    assert_eq!(decide(&quick, &leads, now, Language::English), decide(&whole, &leads, now, Language::English));
}

#[test]
fn all_packs_together_find_something_for_most_leads_and_keep_to_the_law() {
    let (book, now) = sample();
    let files = [SALES.map(str::to_owned).to_vec(), files("contact-policy", ".rhai")].concat();
    let sources: Vec<PackSource> = files.iter().map(|file| source(file)).collect();
    let (rulebook, _) = Rulebook::new(&sources, &Overrides::default());
    let advices = decide(&rulebook, &book, now, Language::English);
    let touched = advices.iter().filter(|advice| advice.touch.is_some()).count();
    assert!(touched * 2 > advices.len(), "{touched} of {} leads get advice", advices.len());
    let speaking: BTreeSet<String> =
        advices.iter().filter_map(|advice| advice.rule.as_ref()).map(|rule| rule.pack.clone()).collect();
    assert_eq!(speaking.len(), SALES.len(), "one pack drowns the others: only {speaking:?} speak");
    let broken: Vec<String> =
        advices.iter().zip(book.leads()).filter_map(|(advice, lead)| unlawful(advice, &lead, now)).collect();
    assert!(broken.is_empty(), "{broken:?}");
    let stopped = advices.iter().flat_map(|advice| &advice.blocks).filter(|block| block.hard && block.by.is_some());
    assert!(stopped.count() > 0, "the law of six countries stopped nothing in {} leads", advices.len());
}

/// What is wrong with this advice by the law of the person's country, worked out without the engine: the rows of the
/// table of countries for phone and mail, where they forbid outright.
fn unlawful(advice: &Advice, lead: &Lead, now: Instant) -> Option<String> {
    let touch = advice.touch.as_ref()?;
    let (channel, id) = (touch.channel?, &touch.person.as_ref()?.id);
    let person = lead.people.iter().find(|person| person.id == *id)?;
    let country = [&person.country, &lead.country, &lead.account.country].into_iter().flatten().next()?;
    let company = person.legal_form.or(lead.account.legal_form) == Some(LegalForm::LegalEntity);
    let business =
        company || person.legal_form.or(lead.account.legal_form).is_some_and(|form| form != LegalForm::Consumer);
    let grounds: Vec<Basis> = (person.consents.iter())
        .filter(|consent| consent.channel.is_none_or(|one| one == channel))
        .filter(|consent| consent.given_at <= now)
        .filter(|consent| consent.withdrawn_at.into_iter().chain(consent.valid_to).all(|end| end > now))
        .map(|consent| consent.basis)
        .collect();
    let said_yes = [Basis::OptIn, Basis::DoubleOptIn, Basis::Requested].iter().any(|basis| grounds.contains(basis));
    let ours = grounds.contains(&Basis::ExistingCustomer);
    let confirmed = grounds.contains(&Basis::DoubleOptIn) || grounds.contains(&Basis::Requested);
    let published = grounds.contains(&Basis::PublishedAddress);
    // What they asked us is no unasked message: somebody wrote, and nothing went out since.
    let last_touch = lead.signals.iter().rposition(Signal::is_touch).map_or(0, |place| place + 1);
    let asked = lead.signals.iter().skip(last_touch).any(|signal| {
        use SignalKind::{Call, Chat, Email, Form, Message, Reply};
        signal.is_inbound() && matches!(signal.kind, Form | Reply | Chat | Message | Email | Call)
    });
    let lawful = match (channel, country.as_str()) {
        _ if person.objected => false,
        (Channel::Phone, _) if person.do_not_call => false,
        (Channel::Email, _) if person.do_not_email => false,
        (Channel::Phone, "NL" | "FR") => company || said_yes,
        (Channel::Phone, "DE") => said_yes || (business && !grounds.is_empty()),
        (Channel::Email, "NL") => asked || said_yes || ours || published,
        (Channel::Email, "BE") => asked || said_yes || ours || (company && published),
        (Channel::Email, "DE") => asked || confirmed,
        (Channel::Email, "GB") => asked || company || said_yes || ours,
        (Channel::Email, "FR") => asked || company || said_yes,
        (Channel::Social, "NL") => asked || said_yes || ours,
        (Channel::Social, "BE" | "DE") => asked || said_yes,
        _ => true,
    };
    (!lawful).then(|| format!("{}: {channel} to {id} in {country}", advice.lead))
}

fn alone(file: &str) -> Rulebook {
    Rulebook::new(&[source(file)], &Overrides::default()).0
}

/// The leads of the repository's own sample, on the Friday morning they were made for.
fn sample() -> (Book, Instant) {
    let bytes = fs::read(sample_leads()).expect("the sample is there");
    let intake = read_book(&LeadFormat::Json, &bytes);
    assert!(intake.refused.is_empty(), "{:?}", intake.refused.first());
    (intake.book, Instant::parse("2026-11-20T10:00:00+01:00").expect("a moment"))
}

fn sample_leads() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("www/sample/leads.json")
}
