//! Generates sample leads: the sample file of the page, and any number of leads for the benchmark.
//!
//! In: a seed and a number of leads. Out: a [`Book`] with reps and content. Everything follows from the seed, without a clock, so that the
//! committed file can be generated again byte for byte. Companies and people are invented. Each lead follows one of the scenarios in
//! `prospect_scenarios` and `customer_scenarios`; together they give every shipped pack leads to decide on. The committed file has one lead more for
//! each of `record_scenarios`, which show the fields about people who leave, signals that are not theirs, feedback and the ends of quotes.

mod customer_scenarios;
mod places;
mod prospect_scenarios;
mod record_scenarios;
mod sample_lead;
mod team_records;

use std::fs;
use std::path::{Path, PathBuf};

use crate::sample::sample_lead::SampleLead;
use cadans::book::Absence;
use cadans::book::Book;
use cadans::book::content::Content;
use cadans::book::ingest::write::write_json;
use cadans::book::lead::Lead;
use cadans::book::rep::Rep;
use cadans::book::vocabulary::{Role, Stage};
use cadans::calendar::Instant;

/// The moment for which the sample is made: Friday 20 November 2026, ten in the morning in Amsterdam.
pub const NOW: Instant = Instant::from_millis(1_795_165_200_000);
/// The number of leads of the committed sample that follow the scenarios in turn.
pub const LEADS: usize = 204;
/// The seed of the committed sample.
pub const SEED: u64 = 20_261_120;

/// A pseudo-random number generator: SplitMix64 (Steele, Lea and Flood 2014). Written here, because the sample must not change with a
/// library.
#[derive(Clone, Debug)]
pub(super) struct SeededRng(u64);

impl SeededRng {
    /// A number below `end`; 0 when `end` is 0.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % end.max(1)
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1).unsigned_abs()) as i64
    }

    /// True with this probability, in percent.
    pub(super) fn percent(&mut self, probability: u64) -> bool {
        self.below(100) < probability
    }

    /// One of these; `None` when there are none.
    pub(super) fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> Option<&'a T> {
        of.get(self.below(of.len() as u64) as usize).copied()
    }
}

/// The committed sample: `www/sample/leads.json`.
pub fn committed_file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www/sample/leads.json")
}

/// Writes sample leads as a JSON lead file.
///
/// # Errors
/// The file cannot be written.
pub fn write(book: &Book, file: &Path) -> Result<(), String> {
    let text = write_json(book).map_err(|error| format!("The sample cannot be written as JSON: {error}"))?;
    fs::write(file, text).map_err(|error| format!("{} cannot be written: {error}", file.display()))
}

/// What the team of the committed sample records beside its leads: `www/sample/team.json`.
pub fn committed_team_file() -> PathBuf {
    committed_file().with_file_name("team.json")
}

/// The text of [`committed_team_file`].
///
/// # Errors
/// The records cannot be written as JSON.
pub fn committed_team() -> Result<String, String> {
    let text = serde_json::to_string_pretty(&team_records::made_up(&committed()));
    text.map(|text| text + "\n").map_err(|error| format!("The team file cannot be written as JSON: {error}"))
}

/// Writes both committed files.
///
/// # Errors
/// A file cannot be written.
pub fn write_committed() -> Result<(), String> {
    write(&committed(), &committed_file())?;
    let file = committed_team_file();
    fs::write(&file, committed_team()?).map_err(|error| format!("{} cannot be written: {error}", file.display()))
}

/// The book of the committed sample, as of [`NOW`].
pub fn committed() -> Book {
    let leads = record_scenarios::ALL.iter().enumerate().map(|(nth, scenario)| {
        let mut sample = SampleLead::new(LEADS + nth, LEADS + nth, rng_of(SEED, LEADS + nth));
        scenario(&mut sample);
        sample.finish()
    });
    Book::new(scenario_leads(SEED, LEADS).into_iter().chain(leads).collect(), reps(), contents())
}

/// A book of `leads` leads with reps and content, as of [`NOW`].
pub fn book(seed: u64, leads: usize) -> Book {
    Book::new(scenario_leads(seed, leads), reps(), contents())
}

/// The random numbers of a lead. Each has a seed of its own, so that a change of one scenario does not change the other leads.
fn rng_of(seed: u64, nth: usize) -> SeededRng {
    SeededRng(seed.wrapping_add((nth as u64).wrapping_mul(0xD1B5_4A32_D192_ED03)))
}

/// Leads that follow the scenarios of prospects and customers in turn.
fn scenario_leads(seed: u64, leads: usize) -> Vec<Lead> {
    let mut made: Vec<Lead> = Vec::with_capacity(leads);
    for nth in 0..leads {
        let rng = rng_of(seed, nth);
        let which = nth % (prospect_scenarios::ALL.len() + customer_scenarios::ALL.len());
        let shares = which == prospect_scenarios::SAME_COMPANY;
        let mut sample = SampleLead::new(nth, nth - usize::from(shares), rng);
        let later = || customer_scenarios::ALL.get(which - prospect_scenarios::ALL.len().min(which));
        if let Some(scenario) = prospect_scenarios::ALL.get(which).or_else(later) {
            scenario(&mut sample);
        }
        let mut lead = sample.finish();
        if let Some(first_site) = made.last_mut().filter(|_| shares) {
            // Two sites of one company: two leads of one account, which share its caps.
            first_site.account.id = format!("A-{nth:03}");
            lead.account = first_site.account.clone();
            lead.name = first_site.name.as_ref().map(|name| format!("{name}, second site"));
        }
        made.push(lead);
    }
    made
}

/// Day `day` of November 2026 at `hour` o'clock UTC.
fn november(day: i64, hour: i64) -> Instant {
    Instant::from_millis(1_793_491_200_000 + (day - 1) * 86_400_000 + hour * 3_600_000)
}

fn reps() -> Vec<Rep> {
    let rep =
        |id: &str, name: &str, (zone, country): (&str, &str), skills: &[&str], languages: &[&str], backup: &str| Rep {
            id: id.to_owned(),
            name: Some(name.to_owned()),
            zone: zone.to_owned(),
            country: Some(country.to_owned()),
            hours: None,
            skills: skills.iter().map(|skill| (*skill).to_owned()).collect(),
            languages: languages.iter().map(|language| (*language).to_owned()).collect(),
            absences: Vec::new(),
            backup: Some(backup.to_owned()),
        };
    let amsterdam = ("Europe/Amsterdam", "NL");
    vec![
        rep("lotte", "Lotte Verhagen", amsterdam, &["security"], &["nl", "en", "de"], "bram"),
        Rep {
            hours: Some("Mo-Th 08:30-15:00; PH off".to_owned()),
            ..rep("bram", "Bram de Wilde", amsterdam, &["support"], &["nl", "en"], "lotte")
        },
        Rep {
            absences: vec![Absence { from: november(16, 0), until: november(24, 0) }],
            ..rep("jana", "Jana Kessler", ("Europe/Berlin", "DE"), &["legal"], &["de", "en"], "lotte")
        },
        rep("amelie", "Amélie Fournier", ("Europe/Paris", "FR"), &["support", "legal"], &["fr", "en", "es"], "lotte"),
        Rep {
            hours: Some("Mo-Fr 08:30-17:00; PH off".to_owned()),
            ..rep("owen", "Owen Pritchard", ("Europe/London", "GB"), &["security"], &["en"], "amelie")
        },
        Rep {
            absences: vec![Absence { from: november(26, 5), until: november(28, 5) }],
            ..rep("grace", "Grace Okafor", ("America/New_York", "US"), &["legal", "support"], &["en", "es"], "owen")
        },
    ]
}

fn contents() -> Vec<Content> {
    use Role::{Buyer, Decider, Gatekeeper, Influencer, User};
    use Stage::{Consideration, Customer, Decision, Interest, Orientation, Proposal};
    let piece = |id: &str, title: &str, stages: &[Stage], roles: &[Role]| Content {
        id: id.to_owned(),
        title: Some(title.to_owned()),
        stages: stages.to_vec(),
        roles: roles.to_vec(),
        languages: Vec::new(),
        pitch: false,
    };
    let pitch = |content: Content| Content { pitch: true, ..content };
    let early = [Orientation, Interest];
    let late = [Consideration, Proposal, Decision];
    vec![
        piece("buyers-guide", "How to choose: a guide for buyers", &early, &[]),
        piece("explainer", "What is it, in ten minutes", &early, &[]),
        piece("insight", "One thing we learned this month", &[], &[]),
        piece("deep-dive", "The long read", &early, &[Influencer, User]),
        piece("webinar", "An hour with people who did it", &[Orientation, Interest, Consideration], &[]),
        piece("comparison", "Us and the others, honestly", &[Interest, Consideration], &[]),
        piece("customer-case", "How others did it", &[Interest, Consideration, Proposal], &[]),
        piece("shareable-case", "A case in one picture", &[], &[]),
        piece("self-service", "Order online", &[Interest, Consideration], &[]),
        piece("one-pager", "One page to pass on", &[], &[Gatekeeper]),
        piece("technical-paper", "How it works inside", &[Consideration], &[Influencer]),
        piece("executive-brief", "Your market in one page", &[Interest, Consideration], &[Decider]),
        piece("security-pack", "Security questions, answered", &late, &[]),
        piece("terms-overview", "The terms in plain words", &late, &[Buyer, Decider]),
        piece("board-summary", "The proposal in one page", &[Proposal, Decision], &[]),
        pitch(piece("roi-calculator", "Do the sum yourself", &late, &[Decider, Buyer])),
        pitch(piece("demo-agenda", "What a demo of your case looks like", &[Interest, Consideration], &[])),
        pitch(piece("trial", "Try it for a month", &[Consideration, Proposal], &[User])),
        pitch(piece("joint-proposal", "Let us write it together", &[Consideration, Proposal], &[Decider])),
        piece("onboarding-guide", "The first steps", &[Customer], &[User]),
        piece("first-result-review", "One month in: what works", &[Customer], &[User]),
        piece("renewal-review", "What you use and what it costs", &[Customer], &[Decider]),
        piece("case-invitation", "Tell your story", &[Customer], &[]),
    ]
}
