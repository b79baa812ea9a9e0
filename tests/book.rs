//! The book keeps leads as columns and packed records, and gives each back exactly as it came in, also after changes.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that panics has failed")]

use std::collections::BTreeMap;

use cadans::book::columns::PAGE;
use cadans::book::schema::{
    Basis, Channel, Direction, LegalForm, Outcome, QuoteStatus, Role, SignalKind, Stage, Stance,
};
use cadans::book::{Account, Book, Consent, FieldValue, Lead, Person, PlannedTouch, Quote, Signal};
use cadans::calendar::Instant;
use proptest::collection::{btree_map, vec};
use proptest::option::of as maybe;
use proptest::prelude::*;
use proptest::sample::select;

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        select(vec!["NL", "pricing", "kim", "website", "é", "a longer text with words"]).prop_map(str::to_owned),
        "[a-z]{1,6}"
    ]
}

fn moment() -> impl Strategy<Value = Instant> {
    prop_oneof![(1_790_000..1_800_000_i64).prop_map(|seconds| seconds * 1_000_000), 0..4_102_444_800_000_i64]
        .prop_map(Instant::from_millis)
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        (0..300).prop_map(f64::from),
        (0..100_000).prop_map(|cents| f64::from(cents) / 100.0),
        -1e15..1e15,
        Just(-0.0),
    ]
}

fn word<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    select(all)
}

fn field() -> impl Strategy<Value = FieldValue> {
    prop_oneof![
        any::<bool>().prop_map(FieldValue::Truth),
        number().prop_map(FieldValue::Number),
        text().prop_map(FieldValue::Text),
    ]
}

fn account() -> impl Strategy<Value = Account> {
    let words =
        (maybe(text()), maybe(text()), maybe(text()), maybe(text()), maybe(word(LegalForm::ALL)), maybe(text()));
    (select(vec!["A1", "A2", "A3", ""]), words, maybe(prop_oneof![0..500_i64, any::<i64>()]), maybe(moment())).prop_map(
        |(id, (name, country, region, zone, legal_form, industry), employees, customer_since)| Account {
            id: id.to_owned(),
            name,
            country,
            region,
            zone,
            legal_form,
            industry,
            employees,
            customer_since,
        },
    )
}

fn consent() -> impl Strategy<Value = Consent> {
    (maybe(word(Channel::ALL)), word(Basis::ALL), moment(), maybe(moment()), maybe(text())).prop_map(
        |(channel, basis, given_at, withdrawn_at, proof)| Consent { channel, basis, given_at, withdrawn_at, proof },
    )
}

fn person() -> impl Strategy<Value = Person> {
    let texts = (maybe(text()), maybe(text()), maybe(text()), maybe(text()), maybe(text()), maybe(text()));
    let lists = (vec(text(), 0..2), vec(word(Role::ALL), 0..3), vec(word(Channel::ALL), 0..4), vec(consent(), 0..2));
    let words = (maybe(word(LegalForm::ALL)), maybe(0.0..1.0), maybe(word(Stance::ALL)));
    (texts, lists, words, any::<[bool; 3]>()).prop_map(
        |((name, title, country, zone, language, reachable), (aliases, roles, channels, consents), words, flags)| {
            Person {
                id: String::new(),
                aliases,
                name,
                roles,
                title,
                channels,
                country,
                zone,
                language,
                legal_form: words.0,
                reachable,
                influence: words.1,
                stance: words.2,
                do_not_call: flags[0],
                do_not_email: flags[1],
                objected: flags[2],
                consents,
            }
        },
    )
}

fn signal() -> impl Strategy<Value = Signal> {
    let person = select(vec!["p0", "p1", "p2", "old", "nobody of theirs"]).prop_map(str::to_owned);
    let texts = (maybe(text()), maybe(person), maybe(text()), maybe(text()), proptest::option::weighted(0.2, text()));
    let words = (maybe(word(Channel::ALL)), maybe(word(Direction::ALL)), maybe(word(Outcome::ALL)));
    let rare = (proptest::option::weighted(0.1, number()), proptest::option::weighted(0.1, any::<u32>()));
    (moment(), word(SignalKind::ALL), texts, words, rare).prop_map(
        |(at, kind, (topic, person, rep, content, cadence), (channel, direction, outcome), (weight, step))| Signal {
            topic,
            person,
            channel,
            direction,
            rep,
            outcome,
            content,
            weight,
            cadence,
            step,
            ..Signal::new(at, kind)
        },
    )
}

fn planned() -> impl Strategy<Value = PlannedTouch> {
    (moment(), word(Channel::ALL), maybe(text()), maybe(text())).prop_map(|(at, channel, person, rep)| PlannedTouch {
        at,
        channel,
        person,
        rep,
    })
}

fn quote() -> impl Strategy<Value = Quote> {
    (moment(), word(QuoteStatus::ALL), maybe(number()), maybe(moment()))
        .prop_map(|(sent_at, status, amount, decided_at)| Quote { sent_at, status, amount, decided_at })
}

/// A lead with every part of the format, by this id.
fn lead() -> impl Strategy<Value = Lead> {
    let texts =
        (maybe(text()), maybe(text()), maybe(text()), maybe(text()), maybe(text()), maybe(text()), maybe(text()));
    let moments = (maybe(word(Stage::ALL)), maybe(moment()), maybe(moment()), maybe(number()), maybe(number()));
    let fields: BoxedStrategy<BTreeMap<String, FieldValue>> =
        btree_map(select(vec!["budget", "hot", "need", "seats"]).prop_map(str::to_owned), field(), 0..4).boxed();
    let lists = (vec(person(), 0..4), vec(signal(), 0..12), vec(planned(), 0..2), vec(quote(), 0..2));
    (account(), texts, moments, fields, lists).prop_map(
        |(
            account,
            texts,
            (stage, stage_since, created_at, value, churn),
            fields,
            (mut people, mut signals, planned, quotes),
        )| {
            people.iter_mut().enumerate().for_each(|(nth, person)| person.id = format!("p{nth}"));
            if let Some(person) = people.last_mut() {
                person.aliases.push("old".to_owned());
            }
            signals.sort_by_key(|signal| signal.at);
            let (name, source, topic, country, zone, language, owner) = texts;
            let id = String::new();
            Lead {
                id,
                name,
                account,
                stage,
                stage_since,
                created_at,
                source,
                topic,
                country,
                zone,
                language,
                owner,
                value,
                churn,
                fields,
                people,
                signals,
                planned,
                quotes,
            }
        },
    )
}

fn with_ids(leads: Vec<Lead>) -> Vec<Lead> {
    let named = |(nth, lead): (usize, Lead)| Lead { id: format!("L{nth}"), ..lead };
    leads.into_iter().enumerate().map(named).collect()
}

/// The places of the leads of each lead's account, found by looking at all of them.
fn siblings(leads: &[Lead]) -> Vec<Vec<u32>> {
    let of = |lead: &Lead| {
        leads
            .iter()
            .enumerate()
            .filter(|(_, other)| other.account.id == lead.account.id)
            .map(|(nth, _)| nth as u32)
            .collect()
    };
    leads.iter().map(of).collect()
}

fn is_kept(book: &Book, leads: &[Lead]) -> Result<(), TestCaseError> {
    prop_assert_eq!(book.len(), leads.len());
    let accounts = siblings(leads);
    for (nth, lead) in leads.iter().enumerate() {
        prop_assert_eq!(book.lead(nth), Some(lead.clone()));
        prop_assert_eq!((book.find(&lead.id), book.id(nth)), (Some(nth), Some(lead.id.as_str())));
        prop_assert_eq!(book.siblings(nth), accounts[nth].as_slice());
        let dossier = book.dossier_of(nth);
        let expected: Vec<&Lead> = accounts[nth].iter().map(|place| &leads[*place as usize]).collect();
        prop_assert_eq!(dossier.leads().iter().collect::<Vec<_>>(), expected);
    }
    prop_assert_eq!(book.newest(), leads.iter().flat_map(|lead| &lead.signals).map(|signal| signal.at).max());
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
        is_kept(&book, &leads)?;
        for (nth, lead) in puts {
            let place = nth.min(leads.len());
            let lead = Lead { id: format!("L{place}"), ..lead };
            prop_assert_eq!(book.put(&lead), place);
            if place == leads.len() { leads.push(lead) } else { leads[place] = lead }
        }
        is_kept(&book, &leads)?;
        for (nth, signal) in logs {
            prop_assert_eq!(book.log(nth, &signal), nth < leads.len());
            if let Some(lead) = leads.get_mut(nth) {
                let at = lead.signals.partition_point(|earlier| earlier.at <= signal.at);
                lead.signals.insert(at, signal);
            }
        }
        is_kept(&book, &leads)?;
    }
}

#[test]
fn of_leads_with_one_id_the_first_is_kept() {
    let lead = |name: &str| Lead { id: "L1".to_owned(), name: Some(name.to_owned()), ..Lead::default() };
    let book = Book::new(vec![lead("first"), lead("second")], vec![], vec![]);
    assert_eq!((book.len(), book.lead(0).unwrap().name.as_deref()), (1, Some("first")));
}

#[test]
fn books_of_many_pages_are_whole() {
    let lead = |nth: usize| Lead {
        id: format!("L{nth}"),
        account: Account { id: format!("A{}", nth / 3), ..Account::default() },
        fields: [("seats".to_owned(), FieldValue::Number(nth as f64))].into(),
        ..Lead::default()
    };
    let mut book = Book::new((0..PAGE).map(lead).collect(), vec![], vec![]);
    (PAGE..3 * PAGE + 7).for_each(|nth| assert_eq!(book.put(&lead(nth)), nth));
    assert_eq!(book.pages().iter().map(|page| page.len).collect::<Vec<_>>(), [PAGE, PAGE, PAGE, 7]);
    assert!((0..book.len()).all(|nth| book.lead(nth) == Some(lead(nth)) && book.find(&lead(nth).id) == Some(nth)));
    assert_eq!(book.siblings(PAGE), [510, 511, 512]);
}

/// Two leads as columns and as a file.
#[test]
fn leads_from_columns_are_the_leads_of_a_file() {
    use cadans::book::Table;
    use cadans::book::ingest::{Format, read_book};
    use cadans::book::table::{Parts, Series, Values};

    let column = |name: &str, values: Values| Series { name: name.to_owned(), values, known: None };
    let texts = |codes: &[u32], words: &[&str]| Values::Texts {
        codes: codes.to_vec(),
        words: words.iter().map(|word| (*word).to_owned()).collect(),
    };
    let numbers = |numbers: &[f64]| Values::Numbers(numbers.to_vec());
    let budget = Series { known: Some(vec![0, 1]), ..column("budget", numbers(&[f64::NAN, 2.5])) };
    let table = Table {
        size: 2,
        leads: vec![
            column("id", texts(&[0, 1], &["a", "b"])),
            column("stage", texts(&[1, 0], &["interest", "lost"])),
            column("country", texts(&[0, 0], &["NL"])),
            column("created_at", numbers(&[0.0, 1_795_165_200_000.0])),
        ],
        fields: vec![budget, column("hot", Values::Truths(vec![1, 0]))],
        people: Parts {
            starts: vec![0, 2, 2],
            columns: vec![
                column("roles", Values::Truths(vec![0b1000, 0])),
                column("channels", Values::Truths(vec![0b11, 0])),
                column("objected", Values::Truths(vec![0, 1])),
            ],
        },
        signals: Parts {
            starts: vec![0, 2, 3],
            columns: vec![
                column("at", numbers(&[1_795_165_200_000.0, 1_795_165_100_000.0, 1_795_165_300_000.0])),
                column("kind", texts(&[0, 1, 0], &["visit", "quote"])),
                column("topic", texts(&[0, 0, 0], &["pricing"])),
                Series { known: Some(vec![1, 0, 0]), ..column("person", numbers(&[1.0, 0.0, 0.0])) },
            ],
        },
    };
    let file = r#"[{"id": "a", "stage": "lost", "country": "NL", "created_at": "1970-01-01T00:00:00Z", "fields": {"hot": true},
        "people": [{"id": "1", "roles": ["decider"], "channels": ["phone", "email"]}, {"id": "2", "objected": true}],
        "signals": [{"at": "2026-11-20T09:00:00Z", "kind": "visit", "topic": "pricing", "person": "2"},
            {"at": "2026-11-20T08:58:20Z", "kind": "quote", "topic": "pricing"}]},
        {"id": "b", "stage": "interest", "country": "NL", "created_at": "2026-11-20T09:00:00Z",
            "fields": {"budget": 2.5, "hot": false}, "signals": [{"at": "2026-11-20T09:01:40Z", "kind": "visit", "topic": "pricing"}]}]"#;
    let expected = read_book(&Format::Json, file.as_bytes());
    assert_eq!(expected.refused, []);
    assert_eq!(Book::from_table(&table).unwrap().leads(), expected.book.leads());

    let refused = |change: &dyn Fn(&mut Table)| {
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
        refused(&|table| table.people.columns[0].values = Values::Truths(vec![64, 0])),
        "people.roles[0] has bits beyond the 6 words of its list"
    );
}
