//! What is not theirs changes no decision, however much of it there is.

use cadans_testing::random::{self, Dice};
use cadans_testing::scenario;
use proptest::prelude::*;

use crate::policy::{each_world, laws, leads_to_try, pack_for_many, packs};
use cadans::book::vocabulary::{Channel, Excluded, SignalKind};
use cadans::book::{Book, Lead, Person, PlannedTouch, Signal};
use cadans::calendar::Instant;
use cadans::decide::{Decider, Decision, decide};
use cadans::wording::Language;

/// Signals by others than customers, of every kind that may be left out, of the past and to come.
fn marked(dice: &mut Dice, people: &[String], now: Instant) -> Vec<Signal> {
    let all = (0..dice.below(6)).map(|_| {
        let by = Some(dice.one(Excluded::ALL));
        let signal = Signal { by, ..random::signal(dice, people, now) };
        let kind = if dice.once_in(3) { dice.one(SignalKind::ALL) } else { signal.kind };
        Signal { kind, ..signal }
    });
    all.filter(|signal| signal.kind != SignalKind::Unsubscribe).collect()
}

/// The lead with signals that are not theirs, and sometimes with a person of our own who did things too.
fn with_what_is_not_theirs(dice: &mut Dice, lead: &Lead, now: Instant) -> Lead {
    let mut lead = lead.clone();
    let known: Vec<String> = lead.people.iter().map(|person| person.id.clone()).collect();
    lead.signals.extend(marked(dice, &known, now));
    if dice.once_in(2) {
        let own = Person { id: "own".to_owned(), internal: true, ..lead.people[0].clone() };
        let own = Person { aliases: vec!["own-too".to_owned()], human: None, objected: dice.once_in(2), ..own };
        lead.people.insert(dice.below(known.len() + 1), own);
        let ids = ["own".to_owned(), "own-too".to_owned()];
        let theirs =
            (0..dice.below(5)).map(|_| Signal { person: Some(dice.one(&ids)), ..random::signal(dice, &ids, now) });
        lead.signals.extend(theirs.collect::<Vec<_>>());
        let at = random::signal(dice, &ids, now).at;
        let touch = PlannedTouch { at, channel: Channel::Phone, person: Some("own".to_owned()), rep: None, zone: None };
        lead.planned.extend(dice.once_in(2).then_some(touch));
    }
    lead.signals.sort_by_key(|signal| signal.at);
    lead.planned.sort_by_key(|touch| touch.at);
    lead
}

#[test]
fn what_is_not_theirs_changes_no_decision() {
    let laws = laws();
    each_world(leads_to_try() / 8, |world| {
        let mut dice = Dice(world.now.millis() as u64);
        let for_many = pack_for_many(&mut dice);
        let leads: Vec<Lead> =
            world.leads.iter().map(|lead| with_what_is_not_theirs(&mut dice, lead, world.now)).collect();
        // One of each account is spam, by people whom nobody knows.
        let spam: Vec<Lead> = leads
            .iter()
            .enumerate()
            .filter(|_| dice.once_in(4))
            .map(|(nth, lead)| {
                let mut spam = Lead { id: format!("spam {nth}"), spam: true, ..lead.clone() };
                let id = |id: &str| format!("spammer {nth} {id}");
                spam.people.iter_mut().for_each(|one| (one.id, one.aliases, one.human) = (id(&one.id), vec![], None));
                spam.signals.retain(|one| one.kind != SignalKind::Unsubscribe);
                spam.signals.iter_mut().for_each(|one| one.person = None);
                spam.planned.iter_mut().for_each(|one| one.person = None);
                spam
            })
            .collect();
        let book_of = |leads: Vec<Lead>| Book::new(leads, world.book.reps().to_vec(), vec![]);
        let (with, with_spam) = (book_of(leads.clone()), book_of([leads, spam].concat()));
        let many = scenario::rulebook(&laws.iter().chain([&for_many]).map(String::as_str).collect::<Vec<_>>());
        for rulebook in [world.rulebook(), many] {
            let decisions = |book: &Book| Decider::new(&rulebook, book, world.now).all();
            let without = decisions(&world.book);
            prop_assert_eq!(&decisions(&with), &without, "{}{}", packs(world), for_many);
            // A lead more in a contact group may be a reason to ask again sooner.
            let unreviewed = |one: &Decision| Decision { review_at: None, ..*one };
            let beside_spam: Vec<_> = decisions(&with_spam).iter().take(without.len()).map(unreviewed).collect();
            prop_assert_eq!(beside_spam, without.iter().map(unreviewed).collect::<Vec<_>>(), "{}", packs(world));
        }
        let told = |book: &Book| -> Vec<_> {
            let advices = decide(&world.rulebook(), book, world.now, Language::English).into_iter();
            advices
                .map(|mut advice| (std::mem::take(&mut advice.notes), serde_json::to_value(&advice).unwrap()))
                .collect()
        };
        for ((notes, with), (were, without)) in told(&with).into_iter().zip(told(&world.book)) {
            prop_assert_eq!(with, without);
            let others = notes.into_iter().filter(|note| !["not-counted", "own-people"].contains(&note.code));
            prop_assert_eq!(
                others.map(|note| note.text).collect::<Vec<_>>(),
                were.into_iter().map(|note| note.text).collect::<Vec<_>>()
            );
        }
        Ok(())
    });
}
