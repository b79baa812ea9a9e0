//! Matching of rows of a team's own fields with rules, without leads: columns that the caller fills, and a single row.
//!
//! There are three lists, each with column after column. One has numbers (NaN is unknown). One has codes: of truth values (2 true, 1 false, 0
//! unknown) and of texts. A text that no rule mentions has the code [`OTHER`], because rules that only test for equality cannot distinguish
//! such texts. When rules compare a field otherwise, its texts are numbers in the third list. All other facts are unknown for a row.
//!
//! Invariant: a row has the same answers as a lead with these fields and nothing else.

use std::sync::Arc;

use crate::book::catalogue::Fact;
use crate::book::columns::{Column, PAGE, SignalLog};
use crate::book::value::{Type, Value};
use crate::book::word_table::{WordId, WordTable};
use crate::book::{FieldValue, GroupRecords, Lead};
use crate::calendar::Instant;
use crate::columnar::column_source::ColumnSource;
use crate::columnar::column_view::{ColumnCells, ColumnView};
use crate::columnar::kernel::{Mask, NONE};
use crate::columnar::lowering::ColumnTest;
use crate::columnar::masks::MaskId;
use crate::columnar::matches::Matches;
use crate::columnar::page_columns::PageColumns;
use crate::columnar::page_evaluator::{PageEvaluator, RecordSource};
use crate::columnar::row_probe::{RowCells, RowProbe, RowProgram};
use crate::columnar::{ColumnPlan, ConditionKind};
use crate::language::Rulebook;
use crate::order;
use crate::pack::expression::Comparison;

/// The code of a text that no rule mentions.
pub const OTHER: u8 = 255;
/// The maximum number of texts of one field with codes.
const MAX_CODES: usize = 250;

/// The storage of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldStorage {
    /// In the list of numbers.
    Numbers,
    /// In the list of codes: 0 is unknown, 1 false, 2 true.
    Flags,
    /// In the list of codes: 0 is unknown, these texts have the codes from 1 on, and all others [`OTHER`].
    Codes(Vec<Arc<str>>),
    /// In the list of texts, as the number that [`RowMatcher::word`] returns.
    Texts,
}

/// A field that rules read.
#[derive(Clone, Debug, PartialEq)]
pub struct RowField {
    /// Its name.
    pub name: Arc<str>,
    /// Its storage.
    pub storage: FieldStorage,
    /// The index of its column in that list.
    pub column: usize,
}

/// Matches rows with the rules of a rulebook at one moment.
#[derive(Debug)]
pub struct RowMatcher {
    plan: ColumnPlan,
    now: Instant,
    words: WordTable,
    fields: Vec<RowField>,
    rows: RowColumns,
    /// The single row.
    single: RowColumns,
    /// The rules as a program for the single row; `None` when they need more than that.
    program: Option<RowProgram>,
    matches: Matches,
}

/// The lists of cells of a number of rows.
#[derive(Clone, Debug, Default)]
struct RowColumns {
    size: usize,
    numbers: Vec<f64>,
    codes: Vec<u8>,
    texts: Vec<WordId>,
}

impl RowMatcher {
    /// A matcher without rows.
    pub fn new(rulebook: &Rulebook, now: Instant) -> Self {
        let plan = ColumnPlan::new(rulebook, &[ConditionKind::Rule]);
        let mut words = WordTable::default();
        let mut fields: Vec<RowField> = Vec::new();
        // A condition that does not run on columns may read any field, and any text of it.
        let reads_all = plan.conditions().any(|condition| condition.by_row.is_some());
        let mut columns = [0, 0, 0];
        // Truth values before texts, because they share a list.
        let mut facts: Vec<(Arc<str>, Type)> = rulebook.own_facts().into_iter().collect();
        order::sort_by_key(&mut facts, |(_, kind)| *kind == Type::Text);
        for (name, kind) in facts {
            let source =
                plan.sources.iter().position(|source| matches!(source, ColumnSource::Own(own) if *own == name));
            if source.is_none() && !reads_all {
                continue;
            }
            let storage = match kind {
                Type::Number => FieldStorage::Numbers,
                Type::Truth => FieldStorage::Flags,
                _ => compared_texts(&plan, source)
                    .filter(|_| !reads_all)
                    .map_or(FieldStorage::Texts, FieldStorage::Codes),
            };
            if let FieldStorage::Codes(texts) = &storage {
                for text in texts {
                    words.number(text);
                }
            }
            let [numbers, codes, texts] = &mut columns;
            let next = match storage {
                FieldStorage::Numbers => numbers,
                FieldStorage::Flags | FieldStorage::Codes(_) => codes,
                FieldStorage::Texts => texts,
            };
            fields.push(RowField { name, storage, column: *next });
            *next += 1;
        }
        let mut matcher = Self {
            plan,
            now,
            words,
            fields,
            rows: RowColumns::default(),
            single: RowColumns::default(),
            program: None,
            matches: Matches::default(),
        };
        matcher.single = matcher.empty_columns(1);
        matcher.program = if reads_all || columns.last() != Some(&0) { None } else { matcher.compile_program() };
        matcher
    }

    /// The fields that rules read.
    pub fn fields(&self) -> &[RowField] {
        &self.fields
    }

    /// The rules, by index, that do not run on columns, with the reason.
    pub fn by_row(&self) -> impl Iterator<Item = (usize, &'static str)> {
        self.plan
            .conditions()
            .filter(|condition| condition.kind == ConditionKind::Rule)
            .enumerate()
            .filter_map(|(nth, condition)| Some((nth, condition.by_row?)))
    }

    /// The number of a text, for fields with [`FieldStorage::Texts`].
    pub fn word(&mut self, text: &str) -> u32 {
        self.words.number(text).0
    }

    /// Sets the number of rows. The caller must fill all cells before [`matches`](Self::matches).
    pub fn resize(&mut self, size: usize) {
        if size != self.rows.size {
            self.rows = self.empty_columns(size);
        }
    }

    /// Columns of so many rows in which all is unknown.
    fn empty_columns(&self, size: usize) -> RowColumns {
        let columns =
            |is: fn(&FieldStorage) -> bool| self.fields.iter().filter(|field| is(&field.storage)).count() * size;
        RowColumns {
            size,
            numbers: vec![f64::NAN; columns(|storage| *storage == FieldStorage::Numbers)],
            codes: vec![0; columns(|storage| matches!(storage, FieldStorage::Flags | FieldStorage::Codes(_)))],
            texts: vec![WordId::NONE; columns(|storage| *storage == FieldStorage::Texts)],
        }
    }

    /// The number of rows.
    pub const fn size(&self) -> usize {
        self.rows.size
    }

    /// The lists of numbers, codes and texts of the rows: column after column, [`size`](Self::size) cells each.
    pub fn lists(&mut self) -> (&mut [f64], &mut [u8], &mut [WordId]) {
        (&mut self.rows.numbers, &mut self.rows.codes, &mut self.rows.texts)
    }

    /// The lists of numbers, codes and texts of the single row: a cell for each column.
    pub fn single_lists(&mut self) -> (&mut [f64], &mut [u8], &mut [WordId]) {
        (&mut self.single.numbers, &mut self.single.codes, &mut self.single.texts)
    }

    /// Which rules hold for each row.
    pub fn matches(&mut self) -> &Matches {
        let mut evaluator = self.plan.at(&self.words, self.now);
        self.matches.reset(self.rows.size, &self.plan);
        for from in (0..self.rows.size).step_by(PAGE) {
            let page = RowPage { rows: &self.rows, fields: &self.fields, words: &self.words, from };
            let answers = evaluator.evaluate(&page, &mut RowFields(page));
            self.matches.set_page(&self.plan, from, answers);
        }
        &self.matches
    }

    /// The index of the first rule that holds for the single row; -1 for none. Sets the bits of rules that hold in `held`, and of those without
    /// an answer in `faults`.
    pub fn match_single(&mut self, held: &mut [u32], faults: &mut [u32]) -> i32 {
        match &mut self.program {
            Some(program) => {
                program.run(RowCells { numbers: &self.single.numbers, codes: &self.single.codes }, held, faults)
            }
            None => self.single_by_masks(held, faults),
        }
        let first = held.iter().zip(0_i32..).find(|(word, _)| **word != 0);
        first.map_or(-1, |(word, nth)| nth * 32 + word.trailing_zeros().cast_signed())
    }

    /// Matches the single row on masks.
    fn single_by_masks(&self, held: &mut [u32], faults: &mut [u32]) {
        let mut evaluator = self.plan.at(&self.words, self.now);
        let page = RowPage { rows: &self.single, fields: &self.fields, words: &self.words, from: 0 };
        let answers = evaluator.evaluate(&page, &mut RowFields(page));
        let mut matches = Matches::default();
        matches.reset(1, &self.plan);
        matches.set_page(&self.plan, 0, answers);
        for (into, from) in [(held, &matches.held), (faults, &matches.faults)] {
            into.iter_mut().zip(from).for_each(|(into, from)| *into = *from);
        }
    }

    /// Compiles the rules into a program for one row; `None` when a test needs more than the cells of a row.
    fn compile_program(&self) -> Option<RowProgram> {
        let rules = self.plan.conditions.iter().filter(|planned| planned.condition.kind == ConditionKind::Rule);
        let silent =
            |pack: usize| self.plan.rulebook.packs().get(pack).is_some_and(|pack| !pack.about.in_force(self.now));
        let masks: Vec<[MaskId; 2]> = rules
            .map(|planned| match planned.lowered {
                Ok(answer) if !silent(planned.condition.pack) => [answer.holds, answer.fails],
                _ => [MaskId::NEVER, MaskId::NEVER],
            })
            .collect();
        // Tests on anything but fields have the same result for every row, so they are evaluated once, for an empty row.
        let mut evaluator: PageEvaluator<'_> = self.plan.at(&self.words, self.now);
        let page = RowPage { rows: &self.single, fields: &self.fields, words: &self.words, from: 0 };
        evaluator.evaluate(&page, &mut RowFields(page));
        let probe = |test: &crate::columnar::lowering::SourceTest| {
            let field = match self.plan.sources.get(test.source)? {
                ColumnSource::Own(name) => self.fields.iter().find(|field| field.name == *name)?,
                _ => return Some(RowProbe::Fixed(evaluator.holds_for_first(test))),
            };
            let cell = field.column;
            match &field.storage {
                FieldStorage::Numbers => RowProbe::of_number(&test.test, cell),
                FieldStorage::Flags => RowProbe::of_code(&test.test, cell, &[Value::Truth(false), Value::Truth(true)]),
                FieldStorage::Codes(texts) => {
                    let texts: Vec<Value> = texts.iter().map(|text| Value::Text(text.clone())).collect();
                    RowProbe::of_code(&test.test, cell, &texts)
                }
                FieldStorage::Texts => None,
            }
        };
        RowProgram::new(&masks, &self.plan.steps, &self.plan.tests, &probe)
    }
}

/// The texts with which rules compare a field; `None` when they compare it other than by equality, or with more than [`MAX_CODES`] texts.
fn compared_texts(plan: &ColumnPlan, source: Option<usize>) -> Option<Vec<Arc<str>>> {
    let mut texts: Vec<Arc<str>> = Vec::new();
    for test in plan.tests.iter().filter(|test| Some(test.source) == source) {
        match &test.test {
            ColumnTest::Compare(Comparison::Equal, Value::Text(text)) if texts.contains(text) => {}
            ColumnTest::Compare(Comparison::Equal, Value::Text(text)) => texts.push(text.clone()),
            ColumnTest::Compare(_, Value::Text(_)) => return None,
            _ => {}
        }
    }
    (texts.len() <= MAX_CODES).then_some(texts)
}

/// A page of rows: those from index `from` on.
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
            let cells = match &field.storage {
                FieldStorage::Numbers => ColumnCells::Numbers(self.cells(&self.rows.numbers, field.column)),
                FieldStorage::Flags => ColumnCells::Flags(self.cells(&self.rows.codes, field.column)),
                FieldStorage::Codes(texts) => ColumnCells::Named(self.cells(&self.rows.codes, field.column), texts),
                FieldStorage::Texts => ColumnCells::Words(self.cells(&self.rows.texts, field.column)),
            };
            *view = ColumnView { cells, known: None };
        }
    }

    fn has_exceptions(&self) -> bool {
        false
    }

    fn exceptions_of(&self, _: &str) -> &[u16] {
        &[]
    }

    fn record(&self, _: Fact) -> Option<&Column> {
        None
    }

    fn log(&self) -> Option<&SignalLog> {
        None
    }

    fn stage_by_rep(&self) -> Mask {
        NONE
    }
}

/// The rows of a page as records of leads with these fields and nothing else.
struct RowFields<'a>(RowPage<'a>);

impl RecordSource for RowFields<'_> {
    fn records(&mut self, lead: usize) -> Option<(GroupRecords, usize)> {
        let Self(page) = self;
        let mut record = Lead::default();
        for field in page.fields {
            let value = match &field.storage {
                FieldStorage::Numbers => {
                    let number = page.cells(&page.rows.numbers, field.column).get(lead).copied();
                    number.filter(|number| !number.is_nan()).map(FieldValue::Number)
                }
                FieldStorage::Flags => match page.cells(&page.rows.codes, field.column).get(lead) {
                    Some(1) => Some(FieldValue::Truth(false)),
                    Some(2) => Some(FieldValue::Truth(true)),
                    _ => None,
                },
                FieldStorage::Codes(texts) => {
                    let code = page.cells(&page.rows.codes, field.column).get(lead).copied().unwrap_or(0);
                    let text = usize::from(code).checked_sub(1).and_then(|index| texts.get(index));
                    text.map(|text| FieldValue::Text(text.to_string()))
                }
                FieldStorage::Texts => {
                    let word = page.cells(&page.rows.texts, field.column).get(lead).copied().unwrap_or_default();
                    page.words.text(word).map(|text| FieldValue::Text(text.to_string()))
                }
            };
            if let Some(value) = value {
                record.fields.insert(field.name.to_string(), value);
            }
        }
        Some((GroupRecords::new(vec![record], Vec::new(), Vec::new()), 0))
    }

    fn shares_account(&mut self, _: usize) -> bool {
        false
    }

    fn people_come_and_go(&mut self, _: usize) -> bool {
        false
    }

    fn any_come_and_go(&mut self) -> bool {
        false
    }
}
