//! A world generated from bytes: packs, leads and a moment; and all questions about it.

use super::bytes::Bytes;
use super::leads::{NOW, changes, leads};
use super::packs::{pack, pack_of_own_facts};
use cadans::book::{GroupRecords, Lead, Signal};
use cadans::calendar::{Duration, Instant};
use cadans::evaluate::facts::FactContext;
use cadans::evaluate::stage::stage_in;
use cadans::language::{PackSource, Rulebook};
use cadans::pack::expression::{Body, Clause};
use cadans::pack::{Overrides, Pack};
use cadans::wording::Sentence;

/// The maximum numbers of leads and statements of a world.
const LEADS: usize = 8;
const STATEMENTS: usize = 12;

/// Packs, leads and a moment.
pub struct World {
    pub rulebook: Rulebook,
    pub leads: Vec<Lead>,
    pub dossier: GroupRecords,
    pub now: Instant,
    /// The same packs with every clause interpreted by Rhai's interpreter.
    pub walked: Vec<Pack>,
    /// The changes after that moment.
    pub changes: Vec<Change>,
}

/// A change to the leads.
#[derive(Clone, Debug)]
pub enum Change {
    /// Time passes.
    Tick(Duration),
    /// A signal arrives for the lead with this index.
    Log(usize, Box<Signal>),
}

impl World {
    /// The world of some bytes. Equal bytes give equal worlds.
    pub fn new(bytes: &[u8]) -> Self {
        let mut bytes = Bytes::new(bytes);
        let leads = leads(&mut bytes, LEADS);
        let text = pack(&mut bytes, "a", STATEMENTS);
        let changes = changes(&mut bytes, &leads);
        Self { changes, ..Self::of(leads, text) }
    }

    /// The world of rows: leads with fields of the team's own and nothing else, and rules that read nothing else.
    pub fn of_rows(bytes: &[u8]) -> Self {
        let mut bytes = Bytes::new(bytes);
        let bare = |lead: Lead| Lead { id: lead.id, fields: lead.fields, ..Lead::default() };
        let leads = leads(&mut bytes, LEADS).into_iter().map(bare).collect();
        Self::of(leads, pack_of_own_facts(&mut bytes, STATEMENTS))
    }

    fn of(leads: Vec<Lead>, text: String) -> Self {
        let sources = [PackSource { file: "a.rhai".to_owned(), text }];
        let (rulebook, _) = Rulebook::new(&sources, &Overrides::default());
        let dossier = GroupRecords::new(leads.clone(), vec![], vec![]);
        let walked = rulebook.packs().iter().map(walked).collect();
        Self { rulebook, leads, dossier, now: NOW, walked, changes: Vec::new() }
    }

    /// A lead as its rules see it: with the stage on record, and with the stage that Rhai's interpreter says it entered.
    pub fn contexts(&self, lead: usize) -> (FactContext, FactContext) {
        let recorded = FactContext::new(&self.dossier, lead, self.now);
        let (_, entered, _) = stage_in(&self.walked, &recorded);
        (recorded, entered)
    }

    /// All questions: each condition for each lead, and for each of its people when it reads the person. In the order of packs, statements,
    /// leads and people.
    pub fn questions(&self) -> Vec<Question<'_>> {
        self.questions_of(self.rulebook.packs())
    }

    /// The same questions, to be answered by Rhai's interpreter.
    pub fn walked_questions(&self) -> Vec<Question<'_>> {
        self.questions_of(&self.walked)
    }

    fn questions_of<'a>(&self, packs: &'a [Pack]) -> Vec<Question<'a>> {
        let mut questions = Vec::new();
        for condition in packs.iter().flat_map(conditions) {
            for (lead, record) in self.leads.iter().enumerate() {
                let people: Vec<Option<usize>> = match condition.by_person {
                    false => vec![None],
                    true => (0..record.people.len()).map(Some).collect(),
                };
                questions.extend(people.into_iter().map(|person| Question { condition, lead, person }));
            }
        }
        questions
    }
}

/// A question: whether a condition holds for a lead, and a person.
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
    /// Whether it is evaluated for each person.
    pub by_person: bool,
}

impl<'a> Condition<'a> {
    fn new(when: Option<&'a Clause>, unless: Option<&'a Clause>) -> Self {
        let by_person = when.into_iter().chain(unless).any(|clause| clause.reads_person);
        Self { when, unless, sees_record: false, by_person }
    }
}

fn conditions(pack: &Pack) -> Vec<Condition<'_>> {
    let of = Condition::new;
    // An `enter` statement is about the lead, whoever it reads.
    let enters = pack.enters.iter().map(|enter| Condition {
        sees_record: true,
        by_person: false,
        ..of(Some(&enter.when), None)
    });
    let rules = pack.rules.iter().map(|rule| {
        let condition = of(Some(&rule.when), rule.unless.as_ref());
        Condition { by_person: condition.by_person || rule.then.reads_person, ..condition }
    });
    let nevers = pack.nevers.iter().map(|never| of(never.when.as_ref(), never.unless.as_ref()));
    let limits = pack.limits.iter().map(|limit| of(limit.when.as_ref(), None));
    let hours = pack.hours.iter().map(|hours| of(hours.when.as_ref(), None));
    let pauses = pack.pauses.iter().map(|pause| of(Some(&pause.when), None));
    let cadences = pack.cadences.iter();
    let cadences = cadences.flat_map(|cadence| [of(Some(&cadence.when), None), of(cadence.until.as_ref(), None)]);
    enters.chain(rules).chain(nevers).chain(limits).chain(hours).chain(pauses).chain(cadences).collect()
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

/// The same pack with every clause left to Rhai's interpreter.
fn walked(pack: &Pack) -> Pack {
    let mut pack = pack.clone();
    let enters = pack.enters.iter_mut().flat_map(|each| [Some(&mut each.when), each.because.as_mut()]);
    let rules = pack
        .rules
        .iter_mut()
        .flat_map(|each| [Some(&mut each.when), each.unless.as_mut(), Some(&mut each.then), each.because.as_mut()]);
    let nevers =
        pack.nevers.iter_mut().flat_map(|each| [each.when.as_mut(), each.unless.as_mut(), each.because.as_mut()]);
    let limits = pack.limits.iter_mut().flat_map(|each| [each.when.as_mut(), each.because.as_mut()]);
    let hours = pack.hours.iter_mut().flat_map(|each| [each.when.as_mut(), each.because.as_mut()]);
    let pauses = pack.pauses.iter_mut().flat_map(|each| [Some(&mut each.when), each.because.as_mut()]);
    let cadences = pack
        .cadences
        .iter_mut()
        .flat_map(|each| [Some(&mut each.when), Some(&mut each.steps), each.until.as_mut(), each.because.as_mut()]);
    let all = enters.chain(rules).chain(nevers).chain(limits).chain(hours).chain(pauses).chain(cadences);
    for clause in all.flatten() {
        clause.body = Body::Interpreted { why: Sentence::as_is("the interpreter is asked") };
    }
    pack
}
