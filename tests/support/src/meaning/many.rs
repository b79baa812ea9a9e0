//! Evaluators of many leads at once: for each statement and lead whether it holds for any person, and whether it fails for any person.

use super::reference::{KINDS, Statement, reference_answer, source_of};
use super::world::World;
use cadans::book::columns::{Page, PageBuilder};
use cadans::book::lead_ref::LeadRef;
use cadans::book::word_table::WordTable;
use cadans::book::{Book, GroupRecords};
use cadans::columnar::{ColumnPlan, ConditionKind, RecordSource, matches};

/// The answers of an evaluator for one statement.
pub struct StatementAnswers {
    /// The statement.
    pub statement: Statement,
    /// For each lead whether it holds for any person, and whether it fails for any person.
    pub leads: Vec<(bool, bool)>,
}

/// An evaluator of many leads at once: the answers for all statements and leads of a world.
pub type Evaluator = fn(&World) -> Vec<StatementAnswers>;

/// The evaluator on columns, with all kinds of statement.
pub fn by_columns(world: &World) -> Vec<StatementAnswers> {
    let (mut draft, mut words) = (PageBuilder::default(), WordTable::default());
    for lead in world.dossier.leads() {
        draft.push(&LeadRef::from(lead), 0, &mut words);
    }
    let page: Page = draft.finish();
    let plan = ColumnPlan::new(&world.rulebook, &KINDS);
    let mut evaluator = plan.at(&words, world.now);
    let book = Book::new(world.leads.clone(), vec![], vec![]);
    let answers = evaluator.page(&page, &mut WorldRecords(&world.dossier, &book));
    let bit = |mask: &[u64], lead: usize| mask[lead / 64] >> (lead % 64) & 1 == 1;
    let results = plan.conditions().zip(answers.iter()).map(|(condition, (holds, fails))| StatementAnswers {
        statement: (condition.kind, condition.pack, condition.index),
        leads: (0..world.leads.len()).map(|lead| (bit(holds, lead), bit(fails, lead))).collect(),
    });
    results.collect()
}

/// The matches of a book: its rules only.
pub fn by_book(world: &World) -> Vec<StatementAnswers> {
    let matches = matches(&world.rulebook, &Book::new(world.leads.clone(), vec![], vec![]), world.now);
    let packs = world.rulebook.packs().iter().enumerate();
    let rules =
        packs.flat_map(|(pack, about)| (0..about.rules.len()).map(move |rule| (ConditionKind::Rule, pack, rule)));
    let bit = |words: &[u32], lead: usize, rule: usize| words[lead * matches.words + rule / 32] >> (rule % 32) & 1 == 1;
    let results = rules.enumerate().map(|(nth, statement)| StatementAnswers {
        statement,
        leads: (0..matches.size).map(|lead| (bit(&matches.held, lead, nth), bit(&matches.faults, lead, nth))).collect(),
    });
    results.collect()
}

/// The records of the leads of the page.
struct WorldRecords<'a>(&'a GroupRecords, &'a Book);

impl RecordSource for WorldRecords<'_> {
    fn records(&mut self, lead: usize) -> Option<(GroupRecords, usize)> {
        Some((self.0.clone(), lead))
    }

    fn shares_account(&mut self, lead: usize) -> bool {
        self.1.siblings(lead).len() > 1
    }

    fn people_come_and_go(&mut self, lead: usize) -> bool {
        let siblings = self.1.siblings(lead).iter().filter_map(|lead| self.1.lead(*lead as usize));
        siblings.flat_map(|lead| lead.people).any(|person| person.left_at.is_some() || !person.absences.is_empty())
    }

    fn any_come_and_go(&mut self) -> bool {
        true
    }
}

/// The differences between an evaluator and the interpreter, as text.
pub fn differences(world: &World, name: &str, all: &[StatementAnswers]) -> Vec<String> {
    let contexts: Vec<_> = (0..world.leads.len()).map(|lead| world.contexts(lead)).collect();
    let mut found = Vec::new();
    for one in all {
        for (lead, came) in one.leads.iter().enumerate() {
            let (recorded, entered) = &contexts[lead];
            let wanted = reference_answer(&world.walked, one.statement, recorded, entered);
            if *came != wanted {
                let (statement, source) = (one.statement, source_of(&world.walked, one.statement));
                found.push(format!(
                    "{source}\n   {statement:?}, lead {lead}: {name} (holds, fails) {came:?}, interpreter {wanted:?}"
                ));
            }
        }
    }
    found
}
