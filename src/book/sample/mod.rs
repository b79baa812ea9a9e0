//! A made-up book of leads: the sample that ships with the page, and as many leads as a bench wants.
//!
//! Everything follows from a seed: no clock, no other source of chance, so the committed file can be made again to the
//! byte. Companies and people are invented. Each lead tells one of the stories in [`stories`] and [`later`]; together they
//! give every shipped pack something to say.

mod draft;
mod later;
mod names;
mod stories;

use crate::book::Book;
use crate::book::content::Content;
use crate::book::lead::Lead;
use crate::book::rep::{Absence, Rep};
use crate::book::sample::draft::SampleLead;
use crate::book::vocabulary::{Role, Stage};
use crate::calendar::Instant;

/// The moment at which the sample is best decided: Friday 20 November 2026, ten in the morning in Amsterdam.
pub const NOW: Instant = Instant::from_millis(1_795_165_200_000);
/// Leads in the sample that is committed.
pub const LEADS: usize = 204;
/// Seed of the sample that is committed.
pub const SEED: u64 = 20_261_120;

/// Numbers from a seed: SplitMix64 (Steele, Lea and Flood 2014).
#[derive(Clone, Debug)]
pub(super) struct Chance(u64);

impl Chance {
    /// A whole number below `end`, or 0 when `end` is 0.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % end.max(1)
    }

    /// A whole number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1).unsigned_abs()) as i64
    }

    /// True this often in a hundred.
    pub(super) fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }

    /// One of these.
    pub(super) fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> Option<&'a T> {
        of.get(self.below(of.len() as u64) as usize).copied()
    }
}

/// `leads` leads with their reps and content, seen from [`NOW`].
pub fn book(seed: u64, leads: usize) -> Book {
    let mut told: Vec<Lead> = Vec::with_capacity(leads);
    for nth in 0..leads {
        // Each lead has a seed of its own: a change of one story leaves all the other leads as they were.
        let chance = Chance(seed.wrapping_add((nth as u64).wrapping_mul(0xD1B5_4A32_D192_ED03)));
        let which = nth % (stories::ALL.len() + later::ALL.len());
        let shares = which == stories::SAME_COMPANY;
        let mut draft = SampleLead::new(nth, nth - usize::from(shares), chance);
        let story = stories::ALL.get(which).or_else(|| later::ALL.get(which - stories::ALL.len().min(which)));
        if let Some(story) = story {
            story(&mut draft);
        }
        let mut lead = draft.finish();
        if let Some(colleagues) = told.last_mut().filter(|_| shares) {
            // Colleagues in two buildings: one account, two leads, one limit.
            colleagues.account.id = format!("A-{nth:03}");
            lead.account = colleagues.account.clone();
            lead.name = colleagues.name.as_ref().map(|name| format!("{name}, second site"));
        }
        told.push(lead);
    }
    Book::new(told, reps(), contents())
}

/// The moment `days` days and `hours` hours after midnight UTC of 1 November 2026.
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
