//! Evaluators of many leads at once: for each statement and lead whether it holds for somebody, and whether it fails for somebody.

use super::said::{KINDS, Statement, said_of, source_of};
use super::world::World;
use cadans::book::columns::{Page, PageBuilder};
use cadans::book::lead_ref::LeadRef;
use cadans::book::word_table::WordTable;
use cadans::book::{AccountRecords, Book};
use cadans::columnar::{ColumnPlan, ConditionKind, RecordSource, matches};

/// What an evaluator of many says of one statement, lead by lead.
pub struct Said {
    /// Which.
    pub statement: Statement,
    /// For each lead whether it holds for somebody, and whether it fails for somebody.
    pub leads: Vec<(bool, bool)>,
}

/// Answers everything about a world.
pub type Evaluator = fn(&World) -> Vec<Said>;

/// On columns.
pub fn by_columns(world: &World) -> Vec<Said> {
    let (mut draft, mut words) = (PageBuilder::default(), WordTable::default());
    for lead in world.dossier.leads() {
        draft.push(&LeadRef::from(lead), 0, &mut words);
    }
    let page: Page = draft.finish();
    let plan = ColumnPlan::new(&world.rulebook, &KINDS);
    let mut asking = plan.at(&words, world.now);
    let answers = asking.page(&page, &mut Behind(&world.dossier));
    let bit = |mask: &[u64], lead: usize| mask[lead / 64] >> (lead % 64) & 1 == 1;
    let said = plan.conditions().zip(answers.iter()).map(|(condition, (holds, fails))| Said {
        statement: (condition.kind, condition.pack, condition.index),
        leads: (0..world.leads.len()).map(|lead| (bit(holds, lead), bit(fails, lead))).collect(),
    });
    said.collect()
}

/// The rules of a whole book, page by page.
pub fn by_book(world: &World) -> Vec<Said> {
    let matches = matches(&world.rulebook, &Book::new(world.leads.clone(), vec![], vec![]), world.now);
    let packs = world.rulebook.packs().iter().enumerate();
    let rules =
        packs.flat_map(|(pack, about)| (0..about.rules.len()).map(move |rule| (ConditionKind::Rule, pack, rule)));
    let bit = |words: &[u32], lead: usize, rule: usize| words[lead * matches.words + rule / 32] >> (rule % 32) & 1 == 1;
    let said = rules.enumerate().map(|(nth, statement)| Said {
        statement,
        leads: (0..matches.size).map(|lead| (bit(&matches.held, lead, nth), bit(&matches.faults, lead, nth))).collect(),
    });
    said.collect()
}

/// The records behind the page.
struct Behind<'a>(&'a AccountRecords);

impl RecordSource for Behind<'_> {
    fn records(&mut self, lead: usize) -> Option<(AccountRecords, usize)> {
        Some((self.0.clone(), lead))
    }

    fn shares_account(&mut self, lead: usize) -> bool {
        self.0.of_account(&self.0.leads()[lead].account.id).len() > 1
    }
}

/// The differences between an evaluator of many and Rhai's walker, told for a human.
pub fn differences(world: &World, name: &str, all: &[Said]) -> Vec<String> {
    let contexts: Vec<_> = (0..world.leads.len()).map(|lead| world.contexts(lead)).collect();
    let mut found = Vec::new();
    for said in all {
        for (lead, came) in said.leads.iter().enumerate() {
            let (recorded, entered) = &contexts[lead];
            let wanted = said_of(&world.walked, said.statement, recorded, entered);
            if *came != wanted {
                let (statement, source) = (said.statement, source_of(&world.walked, said.statement));
                found.push(format!(
                    "{source}\n   {statement:?}, lead {lead}: {name} (holds, fails) {came:?}, walker {wanted:?}"
                ));
            }
        }
    }
    found
}
