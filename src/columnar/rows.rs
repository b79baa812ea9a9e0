//! Rows of the team's own facts, asked without being leads: columns that the caller fills, and a single row.
//!
//! Numbers stand in one list, column after column (unknown is not a number); yes and no (2, 1, unknown 0) and texts as codes in another.
//! A text that no rule names has the code [`OTHER`]: rules cannot tell such texts apart, unless they ask for more than being equal; then
//! texts have numbers in a third list. What is not one of the team's own facts is unknown of a row.
//!
//! Invariant: a row has the answers of a lead with these fields and nothing else.

use std::sync::Arc;

use crate::book::catalogue::Fact;
use crate::book::columns::{Column, PAGE, SignalLog};
use crate::book::value::{Type, Value};
use crate::book::word_table::{WordId, WordTable};
use crate::book::{AccountRecords, FieldValue, Lead};
use crate::calendar::Instant;
use crate::columnar::column_view::{ColumnCells, ColumnView};
use crate::columnar::lowering::ColumnTest;
use crate::columnar::masks::MaskId;
use crate::columnar::matches::Matches;
use crate::columnar::page_evaluator::{PageEvaluator, RecordSource};
use crate::columnar::row_probe::{RowCells, RowProbe, RowProgram};
use crate::columnar::source::ColumnSource;
use crate::columnar::table::PageColumns;
use crate::columnar::{ColumnPlan, StatementKind};
use crate::language::Rulebook;
use crate::order;
use crate::pack::expression::Comparison;

/// The code of a text that no rule names.
pub const OTHER: u8 = 255;
/// So many texts of one field can have codes.
const CODES: usize = 250;

/// How a field is kept.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldStorage {
    /// In the list of numbers.
    Numbers,
    /// In the list of codes: 0 unknown, 1 no, 2 yes.
    Flags,
    /// In the list of codes: 0 unknown, then these texts from 1 on, [`OTHER`] for all others.
    Codes(Vec<Arc<str>>),
    /// In the list of texts, by the number that [`RowMatcher::word`] gives.
    Texts,
}

/// A field that rules read.
#[derive(Clone, Debug, PartialEq)]
pub struct RowField {
    /// Its name.
    pub name: Arc<str>,
    /// How it is kept.
    pub kept: FieldStorage,
    /// Its column in that list.
    pub column: usize,
}

/// Rows under the rules of a rulebook.
#[derive(Debug)]
pub struct RowMatcher {
    plan: ColumnPlan,
    now: Instant,
    words: WordTable,
    fields: Vec<RowField>,
    rows: RowColumns,
    one: RowColumns,
    program: Option<RowProgram>,
    matches: Matches,
}

/// Rows as columns.
#[derive(Clone, Debug, Default)]
struct RowColumns {
    size: usize,
    numbers: Vec<f64>,
    codes: Vec<u8>,
    texts: Vec<WordId>,
}

impl RowMatcher {
    /// No rows yet.
    pub fn new(rulebook: &Rulebook, now: Instant) -> Self {
        let plan = ColumnPlan::new(rulebook, &[StatementKind::Rule]);
        let mut words = WordTable::default();
        let mut fields: Vec<RowField> = Vec::new();
        // What runs lead by lead may read any fact, and any text of it.
        let all = plan.conditions().any(|condition| condition.by_row.is_some());
        let mut columns = [0, 0, 0];
        // Truths before texts, because they share a list.
        let mut facts: Vec<(Arc<str>, Type)> = rulebook.own_facts().into_iter().collect();
        order::sort_by_key(&mut facts, |(_, kind)| *kind == Type::Text);
        for (name, kind) in facts {
            let source =
                plan.sources.iter().position(|source| matches!(source, ColumnSource::Own(own) if *own == name));
            if source.is_none() && !all {
                continue;
            }
            let kept = match kind {
                Type::Number => FieldStorage::Numbers,
                Type::Truth => FieldStorage::Flags,
                _ => named(&plan, source).filter(|_| !all).map_or(FieldStorage::Texts, FieldStorage::Codes),
            };
            if let FieldStorage::Codes(texts) = &kept {
                for text in texts {
                    words.number(text);
                }
            }
            let [numbers, codes, texts] = &mut columns;
            let next = match kept {
                FieldStorage::Numbers => numbers,
                FieldStorage::Flags | FieldStorage::Codes(_) => codes,
                FieldStorage::Texts => texts,
            };
            fields.push(RowField { name, kept, column: *next });
            *next += 1;
        }
        let mut flat = Self {
            plan,
            now,
            words,
            fields,
            rows: RowColumns::default(),
            one: RowColumns::default(),
            program: None,
            matches: Matches::default(),
        };
        flat.one = flat.room(1);
        flat.program = if all || columns.last() != Some(&0) { None } else { flat.programmed() };
        flat
    }

    /// The fields that rules read.
    pub fn fields(&self) -> &[RowField] {
        &self.fields
    }

    /// The conditions that are asked row by row, with the reason.
    pub fn by_row(&self) -> impl Iterator<Item = (usize, &'static str)> {
        self.plan
            .conditions()
            .filter(|condition| condition.kind == StatementKind::Rule)
            .enumerate()
            .filter_map(|(nth, condition)| Some((nth, condition.by_row?)))
    }

    /// The number of a text, for fields kept as texts.
    pub fn word(&mut self, text: &str) -> u32 {
        self.words.number(text).0
    }

    /// Room for so many rows. What the cells hold means nothing until all of them are filled.
    pub fn resize(&mut self, size: usize) {
        if size != self.rows.size {
            self.rows = self.room(size);
        }
    }

    fn room(&self, size: usize) -> RowColumns {
        let columns = |is: fn(&FieldStorage) -> bool| self.fields.iter().filter(|field| is(&field.kept)).count() * size;
        RowColumns {
            size,
            numbers: vec![f64::NAN; columns(|kept| *kept == FieldStorage::Numbers)],
            codes: vec![0; columns(|kept| matches!(kept, FieldStorage::Flags | FieldStorage::Codes(_)))],
            texts: vec![WordId::NONE; columns(|kept| *kept == FieldStorage::Texts)],
        }
    }

    /// How many rows there is room for.
    pub const fn size(&self) -> usize {
        self.rows.size
    }

    /// The lists of numbers, codes and texts of the rows: column after column, [`size`](Self::size) cells each.
    pub fn lists(&mut self) -> (&mut [f64], &mut [u8], &mut [WordId]) {
        (&mut self.rows.numbers, &mut self.rows.codes, &mut self.rows.texts)
    }

    /// The same lists for the single row.
    pub fn one_lists(&mut self) -> (&mut [f64], &mut [u8], &mut [WordId]) {
        (&mut self.one.numbers, &mut self.one.codes, &mut self.one.texts)
    }

    /// Which rules hold for each row.
    pub fn matches(&mut self) -> &Matches {
        let mut asking = self.plan.at(&self.words, self.now);
        self.matches.clear(self.rows.size, &self.plan);
        for from in (0..self.rows.size).step_by(PAGE) {
            let block = RowPage { rows: &self.rows, fields: &self.fields, words: &self.words, from };
            let answers = asking.table(&block, &mut RowFields(block));
            self.matches.note(&self.plan, from, answers);
        }
        &self.matches
    }

    /// The first rule that holds for the single row, by number, -1 for none. `held` and `faults` get its row of bits.
    pub fn one(&mut self, held: &mut [u32], faults: &mut [u32]) -> i32 {
        match &mut self.program {
            Some(program) => program.ask(RowCells { numbers: &self.one.numbers, codes: &self.one.codes }, held, faults),
            None => self.one_by_masks(held, faults),
        }
        let first = held.iter().zip(0_i32..).find(|(word, _)| **word != 0);
        first.map_or(-1, |(word, nth)| nth * 32 + word.trailing_zeros().cast_signed())
    }

    fn one_by_masks(&self, held: &mut [u32], faults: &mut [u32]) {
        let mut asking = self.plan.at(&self.words, self.now);
        let block = RowPage { rows: &self.one, fields: &self.fields, words: &self.words, from: 0 };
        let answers = asking.table(&block, &mut RowFields(block));
        let mut matches = Matches::default();
        matches.clear(1, &self.plan);
        matches.note(&self.plan, 0, answers);
        for (into, from) in [(held, &matches.held), (faults, &matches.faults)] {
            into.iter_mut().zip(from).for_each(|(into, from)| *into = *from);
        }
    }

    /// The rules as a program, when nothing about a row needs more than that.
    fn programmed(&self) -> Option<RowProgram> {
        let rules = self.plan.conditions.iter().filter(|planned| planned.condition.kind == StatementKind::Rule);
        let silent = |pack: usize| {
            self.plan
                .rulebook
                .packs()
                .get(pack)
                .is_some_and(|pack| !crate::columnar::page_evaluator::in_force(&pack.about, self.now))
        };
        let gates: Vec<[MaskId; 2]> = rules
            .map(|planned| match planned.how {
                Ok(answer) if !silent(planned.condition.pack) => [answer.holds, answer.fails],
                _ => [MaskId::NEVER, MaskId::NEVER],
            })
            .collect();
        // What is not a field is the same for every row: the masks of a row without any tell it.
        let mut asking: PageEvaluator<'_> = self.plan.at(&self.words, self.now);
        let block = RowPage { rows: &self.one, fields: &self.fields, words: &self.words, from: 0 };
        asking.table(&block, &mut RowFields(block));
        let probe = |test: &crate::columnar::lowering::SourceTest| {
            let field = match self.plan.sources.get(test.source)? {
                ColumnSource::Own(name) => self.fields.iter().find(|field| field.name == *name)?,
                _ => return Some(RowProbe::Fixed(asking.holds_for_first(test))),
            };
            let cell = field.column;
            match &field.kept {
                FieldStorage::Numbers => RowProbe::of_number(&test.ask, cell),
                FieldStorage::Flags => RowProbe::of_code(&test.ask, cell, &[Value::Truth(false), Value::Truth(true)]),
                FieldStorage::Codes(texts) => {
                    let texts: Vec<Value> = texts.iter().map(|text| Value::Text(text.clone())).collect();
                    RowProbe::of_code(&test.ask, cell, &texts)
                }
                FieldStorage::Texts => None,
            }
        };
        RowProgram::new(&gates, &self.plan.steps, &self.plan.tests, &probe)
    }
}

/// The texts with which rules compare a field, when all they ask is whether it is one of them.
fn named(plan: &ColumnPlan, source: Option<usize>) -> Option<Vec<Arc<str>>> {
    let mut texts: Vec<Arc<str>> = Vec::new();
    for test in plan.tests.iter().filter(|test| Some(test.source) == source) {
        match &test.ask {
            ColumnTest::Compare(Comparison::Equal, Value::Text(text)) if texts.contains(text) => {}
            ColumnTest::Compare(Comparison::Equal, Value::Text(text)) => texts.push(text.clone()),
            ColumnTest::Compare(_, Value::Text(_)) => return None,
            _ => {}
        }
    }
    (texts.len() <= CODES).then_some(texts)
}

/// A page of rows.
#[derive(Clone, Copy)]
struct RowPage<'a> {
    rows: &'a RowColumns,
    fields: &'a [RowField],
    words: &'a WordTable,
    from: usize,
}

impl<'a> RowPage<'a> {
    /// The cells of a column that belong to this page.
    fn cells<T>(&self, list: &'a [T], column: usize) -> &'a [T] {
        let from = column * self.rows.size + self.from;
        list.get(from..from + PageColumns::len(self)).unwrap_or(&[])
    }
}

impl PageColumns for RowPage<'_> {
    fn len(&self) -> usize {
        self.rows.size.saturating_sub(self.from).min(PAGE)
    }

    fn fields<'a>(&'a self, names: &[(Arc<str>, usize)], views: &mut [ColumnView<'a>]) {
        for field in self.fields {
            let nth = names.binary_search_by(|(name, _)| name.cmp(&field.name)).ok();
            let nth = nth.and_then(|nth| names.get(nth)).map(|(_, nth)| *nth);
            let Some(view) = nth.and_then(|nth| views.get_mut(nth)) else { continue };
            let lane = match &field.kept {
                FieldStorage::Numbers => ColumnCells::Numbers(self.cells(&self.rows.numbers, field.column)),
                FieldStorage::Flags => ColumnCells::Flags(self.cells(&self.rows.codes, field.column)),
                FieldStorage::Codes(texts) => ColumnCells::Named(self.cells(&self.rows.codes, field.column), texts),
                FieldStorage::Texts => ColumnCells::Words(self.cells(&self.rows.texts, field.column)),
            };
            *view = ColumnView { lane, known: None };
        }
    }

    fn has_odd_fields(&self) -> bool {
        false
    }

    fn odd_fields(&self, _: &str) -> &[u16] {
        &[]
    }

    fn record(&self, _: Fact) -> Option<&Column> {
        None
    }

    fn log(&self) -> Option<&SignalLog> {
        None
    }
}

/// Rows as leads with these fields and nothing else.
struct RowFields<'a>(RowPage<'a>);

impl RecordSource for RowFields<'_> {
    fn dossier(&mut self, lead: usize) -> Option<(AccountRecords, usize)> {
        let Self(block) = self;
        let mut record = Lead::default();
        for field in block.fields {
            let value = match &field.kept {
                FieldStorage::Numbers => {
                    let number = block.cells(&block.rows.numbers, field.column).get(lead).copied();
                    number.filter(|number| !number.is_nan()).map(FieldValue::Number)
                }
                FieldStorage::Flags => match block.cells(&block.rows.codes, field.column).get(lead) {
                    Some(1) => Some(FieldValue::Truth(false)),
                    Some(2) => Some(FieldValue::Truth(true)),
                    _ => None,
                },
                FieldStorage::Codes(texts) => {
                    let code = block.cells(&block.rows.codes, field.column).get(lead).copied().unwrap_or(0);
                    let text = usize::from(code).checked_sub(1).and_then(|place| texts.get(place));
                    text.map(|text| FieldValue::Text(text.to_string()))
                }
                FieldStorage::Texts => {
                    let word = block.cells(&block.rows.texts, field.column).get(lead).copied().unwrap_or_default();
                    block.words.text(word).map(|text| FieldValue::Text(text.to_string()))
                }
            };
            if let Some(value) = value {
                record.fields.insert(field.name.to_string(), value);
            }
        }
        Some((AccountRecords::new(vec![record], Vec::new(), Vec::new()), 0))
    }

    fn shares_account(&mut self, _: usize) -> bool {
        false
    }
}
