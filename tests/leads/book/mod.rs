//! The book stores leads as columns and packed records, and gives each back exactly as it was added, also after changes.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that panics has failed")]

mod random_leads;

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use random_leads::{lead, signal};

use cadans::book::columns::PAGE;
use cadans::book::packed::{unpack, unpack_nameless};
use cadans::book::vocabulary::{Direction, Excluded, Role, SignalKind, Stage};
use cadans::book::{Account, Book, FieldValue, Lead, NotCounted, Person, Signal};
use cadans::calendar::Instant;

fn with_ids(leads: Vec<Lead>) -> Vec<Lead> {
    let named = |(nth, lead): (usize, Lead)| Lead { id: format!("L{nth}"), ..lead };
    leads.into_iter().enumerate().map(named).collect()
}

/// Everything that puts two leads into one contact group when both have it.
fn links(lead: &Lead) -> BTreeSet<String> {
    let human = |person: &Person| person.human.as_ref().map(|human| format!("human {human}"));
    let aliases = |person: &Person| {
        let shared = person.aliases.iter().filter(|alias| **alias != person.id);
        shared.map(|alias| format!("alias {alias}")).collect::<Vec<_>>()
    };
    let of_people = lead.people.iter().flat_map(|person| human(person).into_iter().chain(aliases(person)));
    of_people.chain([format!("account {}", lead.account.id)]).collect()
}

/// The places of the leads of each lead's contact group, found by looking at all of them again and again.
fn siblings(leads: &[Lead]) -> Vec<Vec<u32>> {
    let links: Vec<BTreeSet<String>> = leads.iter().map(links).collect();
    let of = |first: usize| {
        let mut group = BTreeSet::from([first]);
        loop {
            let known: BTreeSet<&String> = group.iter().flat_map(|lead| &links[*lead]).collect();
            let more: BTreeSet<usize> =
                (0..leads.len()).filter(|lead| links[*lead].iter().any(|link| known.contains(link))).collect();
            if more == group {
                return group.into_iter().map(|lead| lead as u32).collect();
            }
            group = more;
        }
    };
    (0..leads.len()).map(of).collect()
}

/// The lead as a book gives it back: what counts for nothing apart.
fn apart(mut lead: Lead) -> Lead {
    let mut ours = NotCounted::default();
    let is_called = |person: &Person, id: &String| person.id == *id || person.aliases.contains(id);
    for (place, person) in std::mem::take(&mut lead.people).into_iter().enumerate() {
        if person.internal { ours.people.push((place as u32, person)) } else { lead.people.push(person) }
    }
    for signal in std::mem::take(&mut lead.signals) {
        let by_us = signal.person.as_ref().is_some_and(|id| ours.people.iter().any(|(_, one)| is_called(one, id)));
        let theirs = ["visit", "search", "download", "form", "open", "click", "reply", "engage"];
        let shows_interest = signal.direction != Some(Direction::Outbound) && theirs.contains(&signal.kind.word());
        let marked = signal.by.is_some() || lead.spam || (shows_interest && signal.weight == Some(0.0));
        let for_nothing = by_us || (marked && signal.kind != SignalKind::Unsubscribe);
        if for_nothing { ours.signals.push(signal) } else { lead.signals.push(signal) }
    }
    for touch in std::mem::take(&mut lead.planned) {
        let with_us = touch.person.as_ref().is_some_and(|id| ours.people.iter().any(|(_, one)| is_called(one, id)));
        if with_us || lead.spam { ours.planned.push(touch) } else { lead.planned.push(touch) }
    }
    Lead { not_counted: ours, ..lead }
}

/// The lead without names and ids; with planned touches or feedback, which name people by id, the people keep their ids.
fn without_names(mut lead: Lead) -> Lead {
    (lead.id, lead.name, lead.topic) = (String::new(), None, None);
    (lead.account.id, lead.account.name, lead.account.industry) = (String::new(), None, None);
    let keeps_ids = !lead.planned.is_empty() || !lead.feedback.is_empty();
    for person in &mut lead.people {
        (person.name, person.title) = (None, None);
        if !keeps_ids {
            person.id.clear();
            person.aliases.iter_mut().chain(&mut person.human).for_each(String::clear);
        }
        person.consents.iter_mut().for_each(|consent| consent.proof = None);
    }
    lead.feedback.iter_mut().for_each(|feedback| feedback.reason = None);
    Lead { not_counted: NotCounted::default(), ..lead }
}

fn gives_back(book: &Book, leads: &[Lead]) -> Result<(), TestCaseError> {
    prop_assert_eq!(book.len(), leads.len());
    let leads: Vec<Lead> = leads.iter().cloned().map(apart).collect();
    let accounts = siblings(&leads);
    for (nth, lead) in leads.iter().enumerate() {
        prop_assert_eq!(book.lead(nth), Some(lead.clone()));
        prop_assert_eq!((book.find(&lead.id), book.id(nth)), (Some(nth), Some(lead.id.as_str())));
        prop_assert_eq!(book.siblings(nth), accounts[nth].as_slice());
        let records = book.group_records(nth);
        let expected: Vec<&Lead> = accounts[nth].iter().map(|place| &leads[*place as usize]).collect();
        prop_assert_eq!(records.leads().iter().collect::<Vec<_>>(), expected);
        let packed = book.pages()[nth / PAGE].packed.get(nth % PAGE);
        let (nameless, _) = unpack_nameless(packed, book.words());
        prop_assert_eq!(without_names(nameless), without_names(unpack(packed, book.words()).0));
    }
    prop_assert_eq!(book.last_signal_at(), leads.iter().flat_map(|lead| &lead.signals).map(|signal| signal.at).max());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_book_gives_back_what_was_put_in_also_after_changes(
        leads in vec(lead(), 1..9).prop_map(with_ids),
        puts in vec((0..12_usize, lead()), 0..6),
        logs in vec((0..12_usize, signal()), 0..12),
    ) {
        let mut leads = leads;
        let mut book = Book::new(leads.clone(), vec![], vec![]);
        gives_back(&book, &leads)?;
        for (nth, lead) in puts {
            let place = nth.min(leads.len());
            let lead = Lead { id: format!("L{place}"), ..lead };
            prop_assert_eq!(book.put(&lead), Ok(place));
            if place == leads.len() { leads.push(lead) } else { leads[place] = lead }
        }
        gives_back(&book, &leads)?;
        for (nth, signal) in logs {
            prop_assert_eq!(book.log(nth, &signal), nth < leads.len());
            if let Some(lead) = leads.get_mut(nth) {
                let at = lead.signals.partition_point(|earlier| earlier.at <= signal.at);
                lead.signals.insert(at, signal);
            }
        }
        gives_back(&book, &leads)?;
    }
}

#[test]
fn of_leads_with_the_same_id_the_first_is_taken() {
    let lead = |name: &str| Lead { id: "L1".to_owned(), name: Some(name.to_owned()), ..Lead::default() };
    let book = Book::new(vec![lead("first"), lead("second")], vec![], vec![]);
    assert_eq!((book.len(), book.lead(0).unwrap().name.as_deref()), (1, Some("first")));
}

#[test]
fn a_book_of_many_pages_gives_back_its_leads() {
    let lead = |nth: usize| Lead {
        id: format!("L{nth}"),
        account: Account { id: format!("A{}", nth / 3), ..Account::default() },
        fields: [("seats".to_owned(), FieldValue::Number(nth as f64))].into(),
        ..Lead::default()
    };
    let mut book = Book::new((0..PAGE).map(lead).collect(), vec![], vec![]);
    (PAGE..3 * PAGE + 7).for_each(|nth| assert_eq!(book.put(&lead(nth)), Ok(nth)));
    assert_eq!(book.pages().iter().map(|page| page.len).collect::<Vec<_>>(), [PAGE, PAGE, PAGE, 7]);
    assert!((0..book.len()).all(|nth| book.lead(nth) == Some(lead(nth)) && book.find(&lead(nth).id) == Some(nth)));
    assert_eq!(book.siblings(PAGE), [510, 511, 512]);
}

/// Two leads as columns and as a file.
#[test]
fn a_table_gives_the_leads_of_an_equal_file() {
    use cadans::book::LeadTable;
    use cadans::book::ingest::{LeadFormat, read_book};
    use std::rc::Rc;

    use cadans::book::table::{ChildTable, ColumnValues, ListColumn, TableColumn};

    let column = |name: &str, values: ColumnValues| TableColumn { name: name.to_owned(), values, known: None };
    let texts = |codes: &[u32], words: &[&str]| ColumnValues::Texts {
        codes: Rc::new(codes.to_vec()),
        words: words.iter().map(|word| (*word).to_owned()).collect(),
    };
    let numbers = |numbers: &[f64]| ColumnValues::Numbers(Rc::new(numbers.to_vec()));
    let bytes = |bytes: &[u8]| ColumnValues::Truths(Rc::new(bytes.to_vec()));
    let marks = |marks: &[u8]| -> Option<Rc<dyn ListColumn<u8>>> { Some(Rc::new(marks.to_vec())) };
    let budget = TableColumn { known: marks(&[0, 1]), ..column("budget", numbers(&[f64::NAN, 2.5])) };
    let table = LeadTable {
        size: 2,
        leads: vec![
            column("id", texts(&[0, 1], &["a", "b"])),
            column("stage", texts(&[1, 0], &["interest", "lost"])),
            column("country", texts(&[0, 0], &["NL"])),
            column("created_at", numbers(&[0.0, 1_795_165_200_000.0])),
            TableColumn { known: marks(&[1, 0]), ..column("stage_by", texts(&[0, 0], &["rep"])) },
            column("spam", bytes(&[0, 1])),
        ],
        fields: vec![budget, column("hot", bytes(&[1, 0]))],
        people: ChildTable {
            starts: vec![0, 2, 2],
            columns: vec![
                column("roles", bytes(&[0b1000, 0])),
                column("channels", bytes(&[0b11, 0])),
                column("objected", bytes(&[0, 1])),
                TableColumn { known: marks(&[0, 1]), ..column("left_at", numbers(&[0.0, 1_795_165_200_000.0])) },
                column("internal", bytes(&[1, 0])),
            ],
        },
        signals: ChildTable {
            starts: vec![0, 2, 3],
            columns: vec![
                column("at", numbers(&[1_795_165_200_000.0, 1_795_165_100_000.0, 1_795_165_300_000.0])),
                column("kind", texts(&[0, 1, 0], &["visit", "quote"])),
                column("topic", texts(&[0, 0, 0], &["pricing"])),
                TableColumn { known: marks(&[1, 0, 0]), ..column("person", numbers(&[1.0, 0.0, 0.0])) },
                TableColumn { known: marks(&[0, 1, 0]), ..column("pack", texts(&[0, 0, 0], &["Sales"])) },
                TableColumn { known: marks(&[0, 1, 0]), ..column("rule", texts(&[0, 0, 0], &["Send a quote"])) },
                TableColumn { known: marks(&[1, 0, 1]), ..column("by", texts(&[1, 0, 0], &["robot", "competitor"])) },
            ],
        },
    };
    let file = r#"[{"id": "a", "stage": "lost", "country": "NL", "created_at": "1970-01-01T00:00:00Z", "stage_by": "rep", "fields": {"hot": true},
        "people": [{"id": "1", "roles": ["decider"], "channels": ["phone", "email"], "internal": true},
            {"id": "2", "objected": true, "left_at": "2026-11-20T09:00:00Z"}],
        "signals": [{"at": "2026-11-20T09:00:00Z", "kind": "visit", "topic": "pricing", "person": "2", "by": "competitor"},
            {"at": "2026-11-20T08:58:20Z", "kind": "quote", "topic": "pricing", "pack": "Sales", "rule": "Send a quote"}]},
        {"id": "b", "stage": "interest", "country": "NL", "created_at": "2026-11-20T09:00:00Z", "spam": true,
            "fields": {"budget": 2.5, "hot": false}, "signals": [{"at": "2026-11-20T09:01:40Z", "kind": "visit", "topic": "pricing", "by": "robot"}]}]"#;
    let expected = read_book(&LeadFormat::Json, file.as_bytes());
    assert_eq!(expected.refused, []);
    assert_eq!(Book::from_table(&table).unwrap().leads(), expected.book.leads());

    let refused = |change: &dyn Fn(&mut LeadTable)| {
        let mut table = table.clone();
        change(&mut table);
        Book::from_table(&table).unwrap_err().to_string()
    };
    assert_eq!(refused(&|table| table.size = 3), "lead.id has 2 values; it must have 3");
    assert_eq!(
        refused(&|table| table.leads[2].values = texts(&[0, 0], &["nl"])),
        "lead.country has the word \"nl\" at 0, which must be written NL"
    );
    assert_eq!(
        refused(&|table| table.leads[1].values = texts(&[0, 2], &["lost", "interest"])),
        "lead.stage[1] is the code 2; there are 2 words, counted from 0"
    );
    assert!(refused(&|table| table.fields[0].known = None).starts_with("fields.budget[0] is NaN; it must be a number"));
    assert!(
        refused(&|table| table.leads[3].values = numbers(&[0.5, 0.0]))
            .starts_with("lead.created_at[0] is 0.5; it must be a whole")
    );
    assert_eq!(refused(&|table| table.signals.starts = vec![0, 4, 3]), "signals.starts[2] is 3, less than 4 before it");
    assert_eq!(
        refused(&|table| table.leads[0].values = texts(&[0, 0], &["a"])),
        "lead.id[1] is \"a\" as an earlier lead's"
    );
    assert_eq!(
        refused(&|table| table.people.starts = vec![0, 1, 2]),
        "signals.person[0] is 1; the lead has 1 people, counted from 0"
    );
    assert_eq!(
        refused(&|table| table.people.columns[0].values = bytes(&[64, 0])),
        "people.roles[0] has bits beyond the 6 words of its list"
    );
}

/// Leads of every kind, over more than two pages: with gaps, weights, signals in any order and people beyond what a log can number.
#[test]
fn a_table_of_many_pages_gives_the_book_of_its_leads() {
    use std::rc::Rc;

    use cadans::book::LeadTable;
    use cadans::book::table::{ChildTable, ColumnValues, ListColumn, TableColumn};

    fn marks<T>(values: &[Option<T>]) -> Option<Rc<dyn ListColumn<u8>>> {
        Some(Rc::new(values.iter().map(|value| u8::from(value.is_some())).collect::<Vec<u8>>()))
    }
    fn numbers(name: &str, values: Vec<Option<f64>>) -> TableColumn {
        let known = marks(&values);
        let numbers: Vec<f64> = values.into_iter().map(|value| value.unwrap_or(f64::NAN)).collect();
        TableColumn { name: name.to_owned(), values: ColumnValues::Numbers(Rc::new(numbers)), known }
    }
    fn texts(name: &str, values: Vec<Option<String>>) -> TableColumn {
        let known = marks(&values);
        let words: std::collections::BTreeSet<String> = values.iter().flatten().cloned().collect();
        let words: Vec<String> = words.into_iter().collect();
        let code = |value: Option<String>| value.map_or(9_999, |value| words.binary_search(&value).unwrap());
        let codes: Vec<u32> = values.into_iter().map(|value| code(value).try_into().unwrap()).collect();
        TableColumn { name: name.to_owned(), values: ColumnValues::Texts { codes: Rc::new(codes), words }, known }
    }

    let truths = |name: &str, truths: Vec<u8>| TableColumn {
        name: name.to_owned(),
        values: ColumnValues::Truths(Rc::new(truths)),
        known: None,
    };
    let leads: Vec<Lead> = (0..1_100_usize).map(one_of_many).collect();
    let people: Vec<&Person> = leads.iter().flat_map(|lead| &lead.people).collect();
    let signals: Vec<(&Lead, &Signal)> =
        leads.iter().flat_map(|lead| lead.signals.iter().rev().map(move |signal| (lead, signal))).collect();
    let starts = |count: &dyn Fn(&Lead) -> usize| {
        let mut end = 0;
        let ends = leads.iter().map(|lead| {
            end += u32::try_from(count(lead)).unwrap();
            end
        });
        std::iter::once(0).chain(ends.collect::<Vec<u32>>()).collect::<Vec<u32>>()
    };
    let place = |lead: &Lead, id: &str| lead.people.iter().position(|person| person.id == id).unwrap() as f64;
    let roles = people.iter().map(|person| person.roles.iter().fold(0, |set, role| set | 1 << *role as u8));
    let ids: Vec<String> = leads.iter().map(|lead| lead.id.clone()).collect();
    let table = LeadTable {
        size: leads.len(),
        leads: vec![
            TableColumn { name: "id".to_owned(), values: ColumnValues::Names(Rc::new(ids)), known: None },
            texts("account", leads.iter().map(|lead| Some(lead.account.id.clone())).collect()),
            texts("stage", leads.iter().map(|lead| lead.stage.map(|stage| stage.word().to_owned())).collect()),
            texts("country", leads.iter().map(|lead| lead.country.clone()).collect()),
            numbers("value", leads.iter().map(|lead| lead.value).collect()),
            truths("spam", leads.iter().map(|lead| lead.spam.into()).collect()),
        ],
        fields: vec![numbers(
            "budget",
            leads
                .iter()
                .map(|lead| match lead.fields.get("budget") {
                    Some(FieldValue::Number(number)) => Some(*number),
                    _ => None,
                })
                .collect(),
        )],
        people: ChildTable {
            starts: starts(&|lead| lead.people.len()),
            columns: vec![
                texts("id", people.iter().map(|person| Some(person.id.clone())).collect()),
                truths("roles", roles.collect()),
                truths("internal", people.iter().map(|person| person.internal.into()).collect()),
                numbers("influence", people.iter().map(|person| person.influence).collect()),
            ],
        },
        signals: ChildTable {
            starts: starts(&|lead| lead.signals.len()),
            columns: vec![
                numbers("at", signals.iter().map(|(_, signal)| Some(signal.at.millis() as f64)).collect()),
                texts("kind", signals.iter().map(|(_, signal)| Some(signal.kind.word().to_owned())).collect()),
                texts("rep", signals.iter().map(|(_, signal)| signal.rep.clone()).collect()),
                numbers("weight", signals.iter().map(|(_, signal)| signal.weight).collect()),
                texts("by", signals.iter().map(|(_, signal)| signal.by.map(|by| by.word().to_owned())).collect()),
                numbers(
                    "person",
                    signals.iter().map(|(lead, signal)| signal.person.as_ref().map(|id| place(lead, id))).collect(),
                ),
            ],
        },
    };
    let (book, expected) = (Book::from_table(&table).unwrap(), Book::new(leads.clone(), vec![], vec![]));
    assert!(leads.iter().enumerate().all(|(nth, lead)| book.lead(nth) == Some(apart(lead.clone()))));
    assert!(book.leads().iter().filter(|lead| !lead.not_counted.is_empty()).count() > 100);
    for (nth, lead) in leads.iter().enumerate() {
        assert_eq!((book.find(&lead.id), book.siblings(nth)), (Some(nth), expected.siblings(nth)));
    }
    // What is read of the columns is the same too. Texts may have other numbers there.
    for (page, wanted) in book.pages().iter().zip(expected.pages()) {
        assert!(page.len == wanted.len && page.account == wanted.account && page.extras == wanted.extras);
        let (people, others) = (&page.people, &wanted.people);
        assert!(
            people.starts == others.starts && people.roles == others.roles && people.first_role == others.first_role
        );
        let (log, other) = (&page.log, &wanted.log);
        assert!(log.at == other.at && log.person == other.person && log.way == other.way && log.kind == other.kind);
        assert!(page.fields == wanted.fields && page.records.keys().eq(wanted.records.keys()));
    }
}

fn one_of_many(nth: usize) -> Lead {
    let crowd = if nth == 700 { 300 } else { nth % 3 };
    let person = |place: usize| Person {
        id: format!("p{place}"),
        roles: Role::ALL.iter().copied().skip(place % 6).take(2).collect(),
        influence: (nth.is_multiple_of(5)).then_some(0.25),
        internal: nth % 11 == 3 && place == 0,
        ..Person::default()
    };
    let signal = |hour: usize| Signal {
        rep: (hour % 4 == 3).then(|| "sam".to_owned()),
        direction: Some(if hour % 4 == 3 { Direction::Outbound } else { Direction::Inbound }),
        weight: (hour % 3 == 2).then_some(if nth.is_multiple_of(6) { 0.0 } else { hour as f64 / 2.0 }),
        by: (nth % 13 == 5 && hour.is_multiple_of(2)).then(|| Excluded::ALL[hour % 4]),
        person: (crowd > 0 && hour % 2 == 1).then(|| format!("p{}", crowd - 1)),
        ..Signal::new(Instant::from_millis(1_795_000_000_000 + 3_600_000 * hour as i64), SignalKind::PageVisit)
    };
    Lead {
        id: format!("lead-{nth}"),
        account: Account { id: format!("account-{}", nth / 2), ..Account::default() },
        stage: Stage::ALL.get(nth % 9).copied(),
        spam: nth % 50 == 7,
        country: (!nth.is_multiple_of(4)).then(|| "BE".to_owned()),
        value: (!nth.is_multiple_of(7)).then_some(nth as f64 * 1.01),
        // None of the second page has one.
        fields: (!(512..1_024).contains(&nth) && nth.is_multiple_of(2))
            .then(|| ("budget".to_owned(), FieldValue::Number(nth as f64)))
            .into_iter()
            .collect(),
        people: (0..crowd).map(person).collect(),
        signals: (0..nth % 7).map(signal).collect(),
        ..Lead::default()
    }
}
