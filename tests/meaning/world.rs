//! A world made from bytes: packs, leads and a moment; and everything that is asked about it.

use cadans::book::{Dossier, Lead};
use cadans::calendar::Instant;
use cadans::decide::facts::FactContext;
use cadans::decide::stage::stage_in;
use cadans::rulebook::pack::{Enter, Pack};
use cadans::rulebook::tree::{Body, Clause};
use cadans::rulebook::{Overrides, PackSource, Rulebook};

use super::bytes::Bytes;
use super::leads::{NOW, leads};
use super::packs::pack;

/// How many leads and statements a world has at most.
const LEADS: usize = 8;
const STATEMENTS: usize = 12;

/// Packs, leads and a moment.
pub struct World {
    pub rulebook: Rulebook,
    pub leads: Vec<Lead>,
    pub dossier: Dossier,
    pub now: Instant,
    /// The same packs with nothing but their `enter` statements, for Rhai's walker.
    enters: Vec<Pack>,
}

impl World {
    /// The world that these bytes make. The same bytes make the same world.
    pub fn new(bytes: &[u8]) -> Self {
        let mut bytes = Bytes::new(bytes);
        let leads = leads(&mut bytes, LEADS);
        let sources = vec![PackSource { file: "a.rhai".to_owned(), text: pack(&mut bytes, "a", STATEMENTS) }];
        let (rulebook, _) = Rulebook::new(&sources, &Overrides::default());
        let dossier = Dossier::new(leads.clone(), vec![], vec![]);
        let enters = rulebook.packs().iter().map(only_enters).collect();
        Self { rulebook, leads, dossier, now: NOW, enters }
    }

    /// A lead as its rules see it: with the stage on record, and with the stage that Rhai's walker says it entered.
    pub fn contexts(&self, lead: usize) -> (FactContext, FactContext) {
        let recorded = FactContext::new(&self.dossier, lead, self.now);
        let (_, entered, _) = stage_in(&self.enters, &recorded);
        (recorded, entered)
    }

    /// Everything that is asked: each condition of each statement of each lead, and of each of its people when it reads
    /// `person`. In the order of packs, statements, leads and people.
    pub fn questions(&self) -> Vec<Question<'_>> {
        let mut questions = Vec::new();
        for pack in self.rulebook.packs() {
            for condition in conditions(pack) {
                for (lead, record) in self.leads.iter().enumerate() {
                    let people: Vec<Option<usize>> = match condition.reads_person() {
                        false => vec![None],
                        true => (0..record.people.len()).map(Some).collect(),
                    };
                    questions.extend(people.into_iter().map(|person| Question { condition, lead, person }));
                }
            }
        }
        questions
    }
}

/// Does this condition hold for this lead, and this person?
#[derive(Clone, Copy)]
pub struct Question<'a> {
    pub condition: Condition<'a>,
    pub lead: usize,
    pub person: Option<usize>,
}

/// The condition of one statement: its `when` holds and its `unless` does not. The `until` of a cadence is one by itself.
#[derive(Clone, Copy)]
pub struct Condition<'a> {
    pub when: Option<&'a Clause>,
    pub unless: Option<&'a Clause>,
    /// True for `enter`, which sees the stage on record; all others see the stage entered.
    pub sees_record: bool,
}

impl Condition<'_> {
    fn reads_person(&self) -> bool {
        self.when.into_iter().chain(self.unless).any(|clause| clause.reads_person)
    }
}

fn conditions(pack: &Pack) -> Vec<Condition<'_>> {
    let mut all = Vec::new();
    let mut add = |when, unless, sees_record| all.push(Condition { when, unless, sees_record });
    pack.enters.iter().for_each(|enter| add(Some(&enter.when), None, true));
    pack.rules.iter().for_each(|rule| add(Some(&rule.when), rule.unless.as_ref(), false));
    pack.nevers.iter().for_each(|never| add(never.when.as_ref(), never.unless.as_ref(), false));
    pack.limits.iter().for_each(|limit| add(limit.when.as_ref(), None, false));
    pack.hours.iter().for_each(|hours| add(hours.when.as_ref(), None, false));
    pack.pauses.iter().for_each(|pause| add(Some(&pause.when), None, false));
    for cadence in &pack.cadences {
        add(Some(&cadence.when), None, false);
        add(cadence.until.as_ref(), None, false);
    }
    all
}

/// Every clause of a pack; the flag as in [`Condition::sees_record`].
pub fn clauses(pack: &Pack) -> Vec<(&Clause, bool)> {
    let conditions = conditions(pack).into_iter();
    let mut all: Vec<(&Clause, bool)> = conditions
        .flat_map(|condition| {
            let both = condition.when.into_iter().chain(condition.unless);
            both.map(move |clause| (clause, condition.sees_record))
        })
        .collect();
    all.extend(pack.rules.iter().map(|rule| (&rule.then, false)));
    all.extend(pack.cadences.iter().map(|cadence| (&cadence.steps, false)));
    let because = (pack.rules.iter().map(|each| &each.because))
        .chain(pack.nevers.iter().map(|each| &each.because))
        .chain(pack.limits.iter().map(|each| &each.because))
        .chain(pack.hours.iter().map(|each| &each.because))
        .chain(pack.pauses.iter().map(|each| &each.because))
        .chain(pack.cadences.iter().map(|each| &each.because));
    all.extend(because.flatten().map(|clause| (clause, false)));
    all.extend(pack.enters.iter().filter_map(|enter| enter.because.as_ref()).map(|clause| (clause, true)));
    all
}

fn only_enters(pack: &Pack) -> Pack {
    let enters = pack.enters.iter().map(|enter| {
        let body = Body::Interpreted { why: "the walker is asked".to_owned() };
        Enter { when: Clause { body, ..enter.when.clone() }, ..enter.clone() }
    });
    Pack { file: pack.file.clone(), about: pack.about.clone(), enters: enters.collect(), ..Pack::default() }
}
