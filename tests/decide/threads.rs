//! Rulebooks, books and deciders can be shared between threads, and answer alike on all of them.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::num::NonZero;

use cadans::book::Book;
use cadans::book::ingest::{LeadFormat, read_book};
use cadans::calendar::Instant;
use cadans::decide::{Decider, Decision, Watch};
use cadans::language::{PackSource, Rulebook};
use cadans::pack::Overrides;

const NOW: &str = "2026-11-20T10:00:00+01:00";

fn source(file: &str) -> PackSource {
    let path = format!("{}/{file}", env!("CARGO_MANIFEST_DIR"));
    PackSource { file: file.to_owned(), text: std::fs::read_to_string(path).unwrap() }
}

/// Sources that ship, and a rule that only the interpreter can run, so that it reads facts on every thread.
fn rulebook() -> Rulebook {
    let interpreted = PackSource {
        file: "interpreted.rhai".to_owned(),
        text:
            "pack \"Interpreted\" #{};\nrule \"By switch\" when switch lead.stage { \"interest\" => true, _ => false } \
               then email.value(1);"
                .to_owned(),
    };
    let sources = [source("rules/inside-sales.rhai"), source("rules/contact-policy/nl.rhai"), interpreted];
    Rulebook::new(&sources, &Overrides::default()).0
}

fn sample() -> Book {
    read_book(&LeadFormat::Json, source("www/sample/leads.json").text.as_bytes()).book
}

#[test]
fn rulebooks_books_deciders_and_watches_are_send_and_sync() {
    fn is_shared<T: Send + Sync>() {}
    is_shared::<Rulebook>();
    is_shared::<Book>();
    is_shared::<Decider<'static>>();
    is_shared::<Watch>();
}

#[test]
fn deciding_on_several_threads_gives_the_decisions_of_one() {
    let (rulebook, now) = (rulebook(), Instant::parse(NOW).unwrap());
    let sample = sample();
    // Several pages, with accounts of which the leads stand in different ones.
    let mut leads = Vec::new();
    for nth in 0..8 {
        leads.extend(sample.leads().into_iter().map(|mut lead| {
            lead.id = format!("{}-{nth}", lead.id);
            if nth < 6 {
                lead.account.id = format!("{}-{}", lead.account.id, nth / 2);
            }
            lead
        }));
    }
    let book = Book::new(leads, sample.reps().to_vec(), Vec::new());
    assert!(book.pages().len() >= 3, "{}", book.pages().len());
    let on = |threads: usize| {
        let decider = Decider::new(&rulebook, &book, now).on_threads(NonZero::new(threads).unwrap());
        decider.all().iter().map(|decision| format!("{decision:?}")).collect::<Vec<_>>()
    };
    let alone = on(1);
    for threads in [2, 3, 64] {
        assert_eq!(on(threads), alone, "{threads}");
    }
}

#[test]
fn one_decider_gives_every_thread_the_decisions_it_gives_one() {
    let (rulebook, book, now) = (rulebook(), sample(), Instant::parse(NOW).unwrap());
    let alone = Decider::new(&rulebook, &book, now).all();
    assert!(alone.iter().filter(|decision| decision.rule.is_some()).count() > 50);
    let shared = Decider::new(&rulebook, &book, now);
    let by_thread: Vec<Vec<(usize, Decision)>> = std::thread::scope(|scope| {
        let ask = |first: usize| {
            let (shared, leads) = (&shared, book.len());
            // Each thread begins elsewhere, so that the caches are filled in different orders.
            move || (0..leads).flat_map(|nth| shared.decisions((first + nth) % leads)).collect::<Vec<_>>()
        };
        let threads: Vec<_> = (0..4).map(|nth| scope.spawn(ask(nth * 51))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    for decisions in by_thread {
        assert!(decisions.len() >= book.len());
        for (lead, decision) in decisions {
            assert_eq!(Some(&decision), alone.get(lead), "lead {lead}");
        }
    }
}
