//! Conditions evaluated over columns give the results of evaluating them for one lead.
//!
//! Random packs and leads, with fields of the wrong type, signals of every kind, accounts with several leads and moments in the future. Compared is
//! the result of every condition for every lead: true, false or a fault.
//!
//! `CADANS_WORLDS=500` sets the number of packs and books of a long run.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that panics has failed")]

use cadans_testing::meaning::bytes::{self, Bytes};
use cadans_testing::meaning::packs;
use cadans_testing::meaning::reference::{KINDS, Statement, reference_answer, source_of};
use cadans_testing::random::{self, Dice};

use cadans::book::columns::{Page, PageBuilder};
use cadans::book::lead_ref::LeadRef;
use cadans::book::vocabulary::{Channel, Direction, Outcome, SignalKind, Stage};
use cadans::book::word_table::WordTable;
use cadans::book::{Book, FieldValue, GroupRecords, Lead, Signal};
use cadans::calendar::{Duration, Instant};
use cadans::columnar::{ColumnPlan, FieldStorage, OTHER, PlanCondition, RecordSource, RowMatcher};
use cadans::evaluate::clause::stands;
use cadans::evaluate::facts::FactContext;
use cadans::evaluate::stage::stage_in;
use cadans::language::{PackSource, Rulebook};
use cadans::pack::Overrides;

/// The records of some accounts, as pages.
struct Paged {
    dossier: GroupRecords,
    book: Book,
    pages: Vec<Page>,
    words: WordTable,
}

/// The records behind one page, which begins with this lead.
struct PagedRecords<'a>(&'a Paged, usize);

impl RecordSource for PagedRecords<'_> {
    fn records(&mut self, lead: usize) -> Option<(GroupRecords, usize)> {
        Some((self.0.dossier.clone(), self.1 + lead))
    }

    fn shares_account(&mut self, lead: usize) -> bool {
        self.0.book.siblings(self.1 + lead).len() > 1
    }

    fn people_come_and_go(&mut self, lead: usize) -> bool {
        let siblings = self.0.book.siblings(self.1 + lead).iter();
        let people = siblings.filter_map(|lead| self.0.book.lead(*lead as usize)).flat_map(|lead| lead.people);
        people.into_iter().any(|person| person.left_at.is_some() || !person.absences.is_empty())
    }

    fn any_come_and_go(&mut self) -> bool {
        true
    }
}

fn paged(dossier: &GroupRecords) -> Paged {
    let (mut draft, mut words, mut pages) = (PageBuilder::default(), WordTable::default(), Vec::new());
    for lead in dossier.leads() {
        if draft.is_full() {
            pages.push(draft.finish());
        }
        draft.push(&LeadRef::from(lead), 0, &mut words);
    }
    pages.push(draft.finish());
    let book = Book::new(dossier.leads().to_vec(), vec![], vec![]);
    Paged { dossier: dossier.clone(), book, pages, words }
}

/// The results of the evaluator for every condition of a plan and one lead; `None` is a fault.
fn one_by_one(
    plan: &ColumnPlan,
    rulebook: &Rulebook,
    dossier: &GroupRecords,
    lead: usize,
    now: Instant,
) -> Vec<Option<bool>> {
    let recorded = FactContext::new(dossier, lead, now);
    let (_, entered, _) = stage_in(rulebook.packs(), &recorded);
    let answers = plan.conditions().map(|condition| {
        let (held, fault) = reference_answer(rulebook.packs(), statement(condition), &recorded, &entered);
        (!fault).then_some(held)
    });
    answers.collect()
}

fn statement(condition: PlanCondition) -> Statement {
    (condition.kind, condition.pack, condition.index)
}

/// Compares all results. Returns the number of conditions that run on columns, and the numbers of results that are false, true and faults.
fn agree(rulebook: &Rulebook, paged: &Paged, now: Instant) -> (usize, [usize; 3]) {
    let plan = ColumnPlan::new(rulebook, &KINDS);
    let mut asking = plan.at(&paged.words, now);
    let mut counts = [0; 3];
    let mut first = 0;
    for page in &paged.pages {
        let answers = asking.page(page, &mut PagedRecords(paged, first));
        for lead in 0..page.len {
            let expected = one_by_one(&plan, rulebook, &paged.dossier, first + lead, now);
            for (nth, (condition, expected)) in plan.conditions().zip(expected).enumerate() {
                counts[expected.map_or(2, usize::from)] += 1;
                if answers.of(nth, lead) != expected {
                    let source = source_of(rulebook.packs(), statement(condition));
                    panic!(
                        "{condition:?}\n{source}\nmany {:?}, one {expected:?}\n{:#?}",
                        answers.of(nth, lead),
                        paged.dossier.leads()[first + lead]
                    );
                }
            }
        }
        first += page.len;
    }
    (plan.conditions().filter(|condition| condition.by_row.is_none()).count(), counts)
}

const TOPICS: [&str; 4] = ["pricing", "demo", "docs", "guide"];

/// The random leads of the other tests, with fields and signals of all kinds added.
fn dossier(dice: &mut Dice, accounts: usize, now: Instant) -> GroupRecords {
    let (book, _) = random::book(dice, accounts, now);
    let mut leads: Vec<Lead> = book.leads().to_vec();
    for lead in &mut leads {
        for name in ["budget", "vip", "segment"] {
            let value = match dice.below(9) {
                0 => continue,
                // Sometimes of the wrong type.
                1 => dice.one(&[FieldValue::Truth(true), FieldValue::Number(2.5), FieldValue::Text("gold".to_owned())]),
                _ => match name {
                    "vip" => FieldValue::Truth(dice.once_in(2)),
                    "segment" => FieldValue::Text(dice.one(&["gold", "silver", "Gold", ""]).to_owned()),
                    _ => FieldValue::Number(dice.one(&[0.0, 0.1, 0.3, 12.34, -5.0, 1e15, 99.995, 0.1 + 0.2])),
                },
            };
            lead.fields.insert(name.to_owned(), value);
        }
        let ago = |dice: &mut Dice| now - Duration::HOUR.times(dice.below(24 * 60) as i64).unwrap() + Duration::DAY;
        lead.stage = if dice.once_in(5) { None } else { Some(dice.one(Stage::ALL)) };
        lead.stage_since = dice.once_in(2).then(|| ago(dice));
        lead.created_at = dice.once_in(2).then(|| ago(dice));
        lead.country = dice.once_in(2).then(|| dice.one(&["NL", "BE", "DE"]).to_owned());
        lead.account.country = dice.once_in(3).then(|| "FR".to_owned());
        lead.account.employees = dice.once_in(2).then(|| dice.one(&[0, 3, 250, 1_000_000, i64::MAX]));
        lead.account.customer_since = dice.once_in(4).then(|| ago(dice));
        if dice.once_in(12) {
            lead.people.clear();
            lead.signals.iter_mut().for_each(|signal| signal.person = None);
            lead.planned.clear();
        }
        for _ in 0..dice.below(14) {
            let kind = dice.one(SignalKind::ALL);
            lead.signals.push(Signal {
                // Sometimes on the edge of a time window.
                at: if dice.once_in(4) { now - Duration::DAY.times(7).unwrap() } else { ago(dice) },
                topic: dice.once_in(2).then(|| dice.one(&TOPICS).to_owned()),
                content: dice.once_in(8).then(|| dice.one(&TOPICS).to_owned()),
                channel: dice.once_in(2).then(|| dice.one(Channel::ALL)),
                direction: if dice.once_in(4) { None } else { Some(dice.one(Direction::ALL)) },
                outcome: dice.once_in(3).then(|| dice.one(Outcome::ALL)),
                weight: dice.once_in(9).then_some(3.0),
                ..Signal::new(now, kind)
            });
        }
        lead.signals.sort_by_key(|signal| signal.at);
    }
    GroupRecords::new(leads, book.reps().to_vec(), vec![])
}

/// A random pack, as in the other tests of meaning.
fn pack(seed: u64, nth: u64) -> PackSource {
    let bytes = bytes::from_seed(2 * seed + nth, 2_500);
    PackSource { file: format!("{nth}.rhai"), text: packs::pack(&mut Bytes::new(&bytes), &format!("Pack {nth}"), 30) }
}

#[test]
fn columns_give_the_results_of_evaluating_each_lead() {
    let worlds: u64 = std::env::var("CADANS_WORLDS").ok().and_then(|count| count.parse().ok()).unwrap_or(30);
    let (mut on_columns, mut all, mut counts) = (0, 0, [0; 3]);
    for seed in 0..worlds {
        let mut dice = Dice(seed);
        let now = random::now(&mut dice);
        // Sometimes more than one page.
        let accounts = if seed % 6 == 5 { 420 } else { 40 };
        let paged = paged(&dossier(&mut dice, accounts, now));
        let (rulebook, _) = Rulebook::new(&[pack(seed, 0), pack(seed, 1)], &Overrides::default());
        let (columns, each) = agree(&rulebook, &paged, now);
        on_columns += columns;
        all += ColumnPlan::new(&rulebook, &KINDS).conditions().count();
        counts.iter_mut().zip(each).for_each(|(sum, each)| *sum += each);
    }
    let [no, yes, faults] = counts;
    assert!(on_columns * 4 > all, "{on_columns} of {all} conditions ran on columns");
    assert!(no > 1_000 && yes > 1_000 && faults > 100, "{no} were false, {yes} true, {faults} faults");
    println!("{on_columns} of {all} conditions on columns; {no} false, {yes} true, {faults} faults");
}

#[test]
fn who_waits_is_known_from_the_log_of_a_lead_or_asked_of_its_record() {
    let text = r#"pack "Waiting" #{};
        rule "Somebody waits" when lead.waiting then phone because "They wait";
        rule "Nobody waits" when not lead.waiting then phone because "There is time";
        limit phone 2 per 7.days when lead.answered or not lead.waiting;"#;
    let source = PackSource { file: "waiting.rhai".to_owned(), text: text.to_owned() };
    let (rulebook, diagnostics) = Rulebook::new(&[source], &Overrides::default());
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let mut counts = [0; 3];
    for seed in 0..60 {
        let mut dice = Dice(seed);
        let now = Instant::from_millis(1_795_165_200_000);
        let (columns, each) = agree(&rulebook, &paged(&dossier(&mut dice, 120, now)), now);
        assert_eq!(columns, 3);
        counts.iter_mut().zip(each).for_each(|(sum, each)| *sum += each);
    }
    let [no, yes, faults] = counts;
    assert!(no > 2_000 && yes > 2_000 && faults == 0, "{no} were false, {yes} true, {faults} faults");
}

/// Fills a row from the fields of a lead; false when a field has another type than its fact.
fn fill(flat: &mut RowMatcher, lead: &Lead, row: usize, one: bool) -> bool {
    let size = if one { 1 } else { flat.size() };
    for field in flat.fields().to_vec() {
        let value = lead.fields.get(&*field.name);
        let cell = field.column * size + row;
        let word = match (&field.storage, value) {
            (FieldStorage::Texts, Some(FieldValue::Text(text))) => flat.word(text),
            _ => 0,
        };
        let (numbers, codes, texts) = if one { flat.single_lists() } else { flat.lists() };
        match (&field.storage, value) {
            (FieldStorage::Numbers, None) => numbers[cell] = f64::NAN,
            (FieldStorage::Numbers, Some(FieldValue::Number(number))) => numbers[cell] = *number,
            (FieldStorage::Flags | FieldStorage::Codes(_), None) => codes[cell] = 0,
            (FieldStorage::Flags, Some(FieldValue::Truth(truth))) => codes[cell] = 1 + u8::from(*truth),
            (FieldStorage::Codes(known), Some(FieldValue::Text(text))) => {
                let place = known.iter().position(|each| **each == **text);
                codes[cell] = place.map_or(OTHER, |place| place as u8 + 1);
            }
            (FieldStorage::Texts, None) => texts[cell] = cadans::book::word_table::WordId::NONE,
            (FieldStorage::Texts, Some(FieldValue::Text(_))) => texts[cell] = cadans::book::word_table::WordId(word),
            _ => return false,
        }
    }
    true
}

#[test]
fn rows_give_the_results_of_leads_with_the_same_fields() {
    let mut compared = 0;
    let mut on_columns = 0;
    for seed in 0..40 {
        let mut dice = Dice(seed);
        let now = random::now(&mut dice);
        let mut source = pack(seed, 0);
        if seed % 2 == 0 {
            // Only declared facts, so that the row matcher runs the rules as a program.
            source.text = packs::pack_of_own_facts(&mut Bytes::new(&bytes::from_seed(seed, 1_500)), 40);
        }
        let (rulebook, _) = Rulebook::new(&[source], &Overrides::default());
        let leads: Vec<Lead> = dossier(&mut dice, if seed == 8 { 400 } else { 30 }, now)
            .leads()
            .iter()
            .map(|lead| Lead { fields: lead.fields.clone(), ..Lead::default() })
            .collect();
        let mut flat = RowMatcher::new(&rulebook, now);
        on_columns += usize::from(flat.by_row().next().is_none());
        let leads: Vec<Lead> = leads.into_iter().filter(|lead| fill(&mut flat, lead, 0, true)).collect();
        flat.resize(leads.len());
        for (row, lead) in leads.iter().enumerate() {
            fill(&mut flat, lead, row, false);
        }
        let matches = flat.matches().clone();
        for (row, lead) in leads.iter().enumerate() {
            fill(&mut flat, lead, 0, true);
            let (mut held, mut faults) = (vec![7; matches.words], vec![7; matches.words]);
            let first = flat.match_single(&mut held, &mut faults);
            let range = row * matches.words..(row + 1) * matches.words;
            assert_eq!((&*held, &*faults), (&matches.held[range.clone()], &matches.faults[range]), "{lead:?}");
            assert_eq!(first, i32::from(matches.first[row]));
            let single = GroupRecords::new(vec![lead.clone()], vec![], vec![]);
            let (_, cx, _) = stage_in(rulebook.packs(), &FactContext::new(&single, 0, now));
            let mut expected_first = -1;
            for (nth, (_, rule)) in rulebook.rules().enumerate() {
                let when = [Some(&rule.when), rule.unless.as_ref()];
                let by_person = rule.then.reads_person || when.into_iter().flatten().any(|when| when.reads_person);
                let expected = if by_person { Some(false) } else { stands(when[0], when[1], &cx).ok() };
                let bit = |row: &[u32]| row[nth / 32] >> (nth % 32) & 1 == 1;
                let told = (!bit(&faults)).then(|| bit(&held));
                assert_eq!(told, expected, "{}\n{lead:?}", rule.when.source);
                if expected == Some(true) && expected_first < 0 {
                    expected_first = nth as i32;
                }
                compared += 1;
            }
            assert_eq!(first, expected_first);
        }
    }
    assert!(compared > 20_000 && on_columns > 10, "{compared} compared, {on_columns} rulebooks all on columns");
}

#[test]
fn a_field_compared_with_many_texts_gives_equal_results_on_columns_and_rows() {
    let mut text = "fact segment as text;\n".to_owned();
    for nth in 0..60 {
        let sign = if nth % 7 == 0 { "is not" } else { "is" };
        text.push_str(&format!("rule \"R{nth}\" when lead.segment {sign} \"s{nth}\" then email;\n"));
    }
    let (rulebook, _) = Rulebook::new(&[PackSource { file: "a.rhai".to_owned(), text }], &Overrides::default());
    let leads = (0..1_100).map(|nth| {
        let mut lead = Lead { id: format!("L{nth}"), ..Lead::default() };
        lead.account.id = lead.id.clone();
        if nth % 11 != 0 {
            let segment = format!("s{}", nth * 31 % if nth < 600 { 90 } else { 700 });
            lead.fields.insert("segment".to_owned(), FieldValue::Text(segment));
        }
        lead
    });
    let dossier = GroupRecords::new(leads.collect(), vec![], vec![]);
    let now = Instant::from_millis(1_795_165_200_000);
    let (columns, [no, yes, faults]) = agree(&rulebook, &paged(&dossier), now);
    assert!(columns == 60 && no > 50_000 && yes > 9_000 && faults == 0, "{columns}: {no}, {yes}, {faults}");
    let mut flat = RowMatcher::new(&rulebook, now);
    flat.resize(dossier.leads().len());
    for (row, lead) in dossier.leads().iter().enumerate() {
        fill(&mut flat, lead, row, false);
    }
    let matches = flat.matches();
    let book = cadans::book::Book::new(dossier.leads().to_vec(), vec![], vec![]);
    assert_eq!(*matches, cadans::columnar::matches(&rulebook, &book, now));
}

#[test]
fn conditions_that_columns_can_evaluate_stay_on_columns() {
    // All rules of the comparison with other engines, and the rules of the packs that ship that read no people.
    for (file, wanted) in [
        ("tests/fixtures/thirty-rules.rhai", 30),
        ("rules/account-based.rhai", 8),
        ("rules/inside-sales.rhai", 13),
        ("rules/social-selling.rhai", 7),
        ("rules/sustainable-revenue.rhai", 19),
    ] {
        let text = std::fs::read_to_string(format!("{}/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let (rulebook, _) = Rulebook::new(&[PackSource { file: file.to_owned(), text }], &Overrides::default());
        let plan = ColumnPlan::new(&rulebook, &KINDS);
        let on_columns = plan.conditions().filter(|condition| condition.by_row.is_none()).count();
        assert!(on_columns >= wanted, "{file}: {on_columns} of {} conditions, once {wanted}", plan.conditions().len());
    }
}
