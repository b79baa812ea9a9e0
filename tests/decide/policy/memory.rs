//! What was carried out is not advised again: whoever logs a touch as the advice says hears of its rule no more for two weeks, and of its content for
//! ninety days.

use cadans::book::vocabulary::{Direction, Outcome, SignalKind};
use cadans::book::{Book, Lead, Signal};
use cadans::calendar::{Duration, Instant};
use cadans::decide::advice::{Advice, AdvisedTouch, Verdict};
use cadans::decide::{decide, decide_lead};
use cadans::wording::Language;
use cadans_testing::random::Dice;
use proptest::prelude::*;

use crate::policy::{World, each_world, leads_to_try};

const TWO_WEEKS: Duration = Duration::from_millis(14 * 86_400_000);
const NINETY_DAYS: Duration = Duration::from_millis(90 * 86_400_000);

/// The touch of an advice that a rule gives and that answers nobody, as it is logged when it was made as advised and reached the person.
fn logged(advice: &Advice) -> Option<Signal> {
    let AdvisedTouch { channel, person, window, pack, rule, offer, answers, promised, .. } = advice.touch.clone()?;
    if advice.verdict != Verdict::Touch || rule.is_none() || answers.is_some() || promised.is_some() {
        return None;
    }
    Some(Signal {
        person: Some(person?.id),
        channel,
        direction: Some(Direction::Outbound),
        outcome: Some(Outcome::Answered),
        content: offer,
        pack,
        rule,
        ..Signal::new(window?.from, SignalKind::Note)
    })
}

/// The book of a world in which this was done for a lead.
fn with_signal(world: &World, lead: usize, signal: &Signal) -> Book {
    let mut leads = world.leads.clone();
    let signals = &mut leads[lead].signals;
    signals.push(signal.clone());
    signals.sort_by_key(|signal| signal.at);
    Book::new(leads, world.book.reps().to_vec(), vec![])
}

/// Whether somebody asked for the content of a touch between it and this moment.
fn asked_for(leads: &[Lead], done: &Signal, until: Instant) -> bool {
    leads.iter().flat_map(|lead| &lead.signals).any(|signal| {
        let asks = matches!(signal.kind, SignalKind::Reply | SignalKind::Form);
        asks && signal.content == done.content && done.at <= signal.at && signal.at <= until
    })
}

#[test]
fn a_rule_that_was_carried_out_rests_for_the_person_for_two_weeks() {
    let tried = std::cell::Cell::new((0, 0));
    each_world(leads_to_try() / 4, |world| {
        let (rulebook, mut dice) = (world.rulebook(), Dice(world.now.millis() as u64));
        // Some rules say `.again(2.days)`.
        let again = world.packs.iter().any(|pack| pack.text.contains(".again("));
        let length = if again { Duration::DAY.times(2).unwrap() } else { TWO_WEEKS };
        let advices = decide(&rulebook, &world.book, world.now, Language::English);
        for (lead, done) in
            advices.iter().enumerate().filter_map(|(lead, advice)| Some((lead, logged(advice)?))).step_by(3)
        {
            let book = with_signal(world, lead, &done);
            let same = |touch: &AdvisedTouch| {
                (&touch.pack, &touch.rule, touch.person.as_ref().map(|person| &person.id))
                    == (&done.pack, &done.rule, done.person.as_ref())
            };
            for _ in 0..6 {
                let later = Duration::from_millis(dice.below(NINETY_DAYS.millis() as usize) as i64);
                let later =
                    if dice.once_in(3) { later } else { Duration::from_millis(later.millis() % TWO_WEEKS.millis()) };
                let at: Instant = done.at + later;
                let advice = decide_lead(&rulebook, &book, lead, at, Language::English);
                let Some(touch) = advice.touch.filter(|_| advice.verdict == Verdict::Touch) else { continue };
                let anew = touch.since.is_some_and(|since| since > done.at) || touch.answers.is_some();
                let rests = same(&touch) && !anew && later < length;
                prop_assert!(!rests, "{} {:?} again after {later}, since {:?}", done.at, done.rule, touch.since);
                let person = touch.person.as_ref().map(|person| &person.id);
                let offered = touch.offer.is_some() && touch.offer == done.content && person == done.person.as_ref();
                let offered = offered && !asked_for(&book.leads(), &done, at);
                prop_assert!(!offered, "{} {:?} offered again after {later}", done.at, done.content);
                tried.set((tried.get().0 + 1, tried.get().1 + usize::from(same(&touch))));
            }
        }
        Ok(())
    });
    let (touches, again) = tried.get();
    println!("{touches} touches advised after one that was made, {again} of them by its rule, none too soon");
    assert!(touches > 200 && again > 20, "too few to mean anything: {touches}, {again}");
}
