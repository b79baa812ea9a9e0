//! Properties of decisions over random leads and packs. The policies are checked by an implementation of its own, on the time zones of
//! `jiff`, that shares no code with the engine.
//!
//! `CADANS_LEADS=100000` sets the number of leads of a long run; without it some thousands are tried.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that panics has failed")]

mod judge;
mod memory;
mod not_counted;
mod promises;

use std::collections::BTreeMap;

use cadans_testing::random::{self, Dice, Hours, RandomPack};
use cadans_testing::scenario;
use judge::check_advice;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::json;

use cadans::book::vocabulary::{Channel, SignalKind};
use cadans::book::{Book, FieldValue, Lead, Person, Signal};
use cadans::calendar::{Duration, Instant};
use cadans::decide::advice::Advice;
use cadans::decide::{Decider, Decision, Watch, decide, decide_lead};
use cadans::language::Rulebook;
use cadans::wording::Language;

/// Accounts in one random book.
const ACCOUNTS: usize = 25;

fn leads_to_try() -> usize {
    std::env::var("CADANS_LEADS").ok().and_then(|count| count.parse().ok()).unwrap_or(4_000)
}

struct World {
    book: Book,
    leads: Vec<Lead>,
    own_hours: BTreeMap<String, Hours>,
    packs: Vec<RandomPack>,
    now: Instant,
}

fn world(seed: u64) -> World {
    let mut dice = Dice(seed);
    let now = random::now(&mut dice);
    let packs = (0..1 + dice.below(2)).map(|nth| random::pack(&mut dice, nth, now)).collect();
    let (book, own_hours) = random::book(&mut dice, ACCOUNTS, now);
    World { leads: book.leads(), book, own_hours: own_hours.into_iter().collect(), packs, now }
}

impl World {
    fn rulebook(&self) -> Rulebook {
        scenario::rulebook(&self.packs.iter().map(|pack| pack.text.as_str()).collect::<Vec<_>>())
    }
}

fn each_world(leads: usize, test: impl Fn(&World) -> Result<(), TestCaseError>) {
    // An account has about 1.5 leads.
    let cases = (leads / (ACCOUNTS * 3 / 2)).max(1) as u32;
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(
        config,
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    runner.run(&any::<u64>().no_shrink(), |seed| test(&world(seed))).unwrap();
}

#[test]
fn no_advice_violates_a_policy() {
    let tried = std::cell::Cell::new((0, 0));
    each_world(leads_to_try(), |world| {
        let advices = decide(&world.rulebook(), &world.book, world.now, Language::English);
        prop_assert_eq!(advices.len(), world.book.len());
        let touches =
            advices.iter().filter(|advice| advice.touch.as_ref().is_some_and(|touch| touch.window.is_some())).count();
        tried.set((tried.get().0 + advices.len(), tried.get().1 + touches));
        for (place, advice) in advices.iter().enumerate() {
            if let Err(wrong) = check_advice(world, &advices, place, advice) {
                prop_assert!(
                    false,
                    "{}: {wrong}\nnow {}\n{}\n{:#?}",
                    advice.lead,
                    world.now,
                    packs(world),
                    advice.touch
                );
            }
        }
        Ok(())
    });
    let (leads, touches) = tried.get();
    println!("{leads} leads, {touches} touches advised, none outside policy");
    assert!(touches * 5 > leads, "too few touches to mean anything");
}

#[test]
fn an_advice_does_not_change_before_its_review() {
    each_world(leads_to_try() / 4, |world| {
        let rulebook = world.rulebook();
        for (place, advice) in
            decide(&rulebook, &world.book, world.now, Language::English).iter().enumerate().step_by(5)
        {
            let end = advice.review_at.unwrap_or(world.now + Duration::DAY.times(40).unwrap());
            prop_assert!(end > world.now);
            let span = (end - world.now).millis();
            for share in [1, span / 3, span * 2 / 3, span - 1] {
                let at = world.now + Duration::from_millis(share);
                if at <= world.now || at >= end {
                    continue;
                }
                let later = decide_lead(&rulebook, &world.book, place, at, Language::English);
                let same = summary(advice) == summary(&later) && end_of(advice) == end_of(&later);
                prop_assert!(
                    same,
                    "{} now {} review {:?} asked {at}\n{}\nthen {:?} {:?}\nnow {:?} {:?}",
                    advice.lead,
                    world.now,
                    advice.review_at,
                    packs(world),
                    summary(&later),
                    end_of(&later),
                    summary(advice),
                    end_of(advice)
                );
            }
        }
        Ok(())
    });
}

#[test]
fn a_watch_holds_the_decisions_that_deciding_anew_gives() {
    let decided = std::cell::Cell::new((0, 0));
    each_world(leads_to_try() / 4, |world| {
        let rulebook = world.rulebook();
        let (mut book, mut dice) = (world.book.clone(), Dice(world.now.millis() as u64));
        let mut watch = Watch::new(rulebook.clone(), &book, world.now);
        for _ in 0..8 {
            let lead = dice.below(book.len());
            let again = match dice.below(5) {
                4 => {
                    let people: Vec<String> = world.leads[lead].people.iter().map(|one| one.id.clone()).collect();
                    let feedback = random::feedback(&mut dice, &people, watch.now());
                    let again = watch.feedback(&mut book, lead, &feedback);
                    prop_assert_eq!(&again, book.siblings(lead));
                    again
                }
                0 => {
                    let people: Vec<String> = world.leads[lead].people.iter().map(|one| one.id.clone()).collect();
                    let signal = random::signal(&mut dice, &people, watch.now());
                    let again = watch.log(&mut book, lead, &signal);
                    prop_assert_eq!(&again, book.siblings(lead));
                    again
                }
                1 => {
                    let mut changed = book.lead(lead).unwrap();
                    changed.value = Some(dice.below(100) as f64);
                    // Sometimes the lead moves to another account.
                    changed.account = book.lead(dice.below(book.len())).unwrap().account;
                    // Sometimes one of its people is another human, or nobody whom another account knows.
                    for (nth, person) in changed.people.iter_mut().enumerate() {
                        if dice.once_in(4) {
                            person.human = dice.once_in(2).then(|| format!("new {}-{nth}", dice.below(8)));
                        }
                    }
                    watch.put(&mut book, &changed).unwrap()
                }
                _ => {
                    let length = dice.one(&[1, 60_000, 3_600_000, 40_000_000, 200_000_000]);
                    watch.tick(&book, watch.now() + Duration::from_millis(length)).unwrap()
                }
            };
            decided.set((decided.get().0 + again.len(), decided.get().1 + book.len()));
            let afresh = Decider::new(&rulebook, &book, watch.now()).all();
            for (lead, (held, fresh)) in watch.decisions().iter().zip(&afresh).enumerate() {
                let alone = book.siblings(lead).len() == 1;
                let stays = alone && !fresh.rule.is_some_and(|rule| moves(world, &rulebook, rule));
                let from = |one: &Decision| one.from.map(|from| from.max(watch.now())).filter(|_| stays);
                let until = |one: &Decision| one.until.filter(|_| stays);
                let who = |one: &Decision| (one.channel, one.person, one.rep);
                let what = |one: &Decision| (one.verdict, one.rule, who(one), one.owed, one.priority);
                let when = |one: &Decision| (one.since, one.due, one.late, from(one), until(one));
                let known = |one: &Decision| (what(one), when(one));
                prop_assert_eq!(known(held), known(fresh), "{} at {}\n{}", lead, watch.now(), packs(world));
                prop_assert!(held.review_at.is_none_or(|at| at > watch.now()));
            }
        }
        Ok(())
    });
    let (again, all) = decided.get();
    println!("{again} decided again where {all} were held");
    assert!(again * 2 < all, "too many are decided again");
}

/// Leads that people link by `human` are decided as the leads of one account are in which those people have one id.
#[test]
fn accounts_that_people_link_are_decided_as_one_account_of_these_people() {
    let linked = std::cell::Cell::new(0);
    each_world(leads_to_try() / 4, |world| {
        // What an account limits is limited for more leads when they are all of one account.
        if world.packs.iter().any(|pack| pack.text.contains("account")) {
            return Ok(());
        }
        let mut dice = Dice(world.now.millis() as u64);
        let (mut by_human, mut by_account) = (world.leads.clone(), world.leads.clone());
        for lead in 0..world.leads.len() {
            let people = world.leads[lead].people.len();
            for nth in 0..people {
                // Each human stands at one place only, so nobody is twice in a lead.
                let human = format!("h{}-{nth}", dice.below(world.leads.len()));
                let was = world.leads[lead].people[nth].id.clone();
                for (leads, id, human) in
                    [(&mut by_human, format!("p{nth}"), Some(human.clone())), (&mut by_account, human.clone(), None)]
                {
                    let Lead { people, signals, planned, .. } = &mut leads[lead];
                    let named = signals.iter_mut().map(|one| &mut one.person);
                    for person in named.chain(planned.iter_mut().map(|one| &mut one.person)) {
                        if person.as_ref() == Some(&was) {
                            *person = Some(id.clone());
                        }
                    }
                    (people[nth].id, people[nth].human, people[nth].aliases) = (id, human, vec![]);
                }
            }
            by_human[lead].account.id = by_human[lead].id.clone();
        }
        let book_of = |leads: &[Lead]| Book::new(leads.to_vec(), world.book.reps().to_vec(), vec![]);
        let by_human = book_of(&by_human);
        for (place, lead) in by_account.iter_mut().enumerate() {
            lead.account.id = format!("group {}", by_human.siblings(place)[0]);
        }
        let rulebook = world.rulebook();
        let decisions = |book: &Book| Decider::new(&rulebook, book, world.now).all();
        prop_assert_eq!(decisions(&by_human), decisions(&book_of(&by_account)), "{}", packs(world));
        let in_groups = (0..by_human.len()).filter(|place| by_human.siblings(*place).len() > 1);
        linked.set(linked.get() + in_groups.count());
        Ok(())
    });
    assert!(linked.get() > 100, "{} leads were linked", linked.get());
}

#[test]
fn a_batch_gives_the_decisions_of_single_leads() {
    let laws = laws();
    each_world(leads_to_try() / 2, |world| {
        let mut dice = Dice(world.now.millis() as u64);
        let pack = pack_for_many(&mut dice);
        let rulebook = scenario::rulebook(&laws.iter().chain([&pack]).map(String::as_str).collect::<Vec<_>>());
        let decider = Decider::new(&rulebook, &world.book, world.now);
        for (lead, decision) in decider.all().into_iter().enumerate() {
            let alone = decided_alone(&rulebook, &world.book, world.now, lead);
            prop_assert_eq!(Some(decision), alone, "lead {} at {}\n{}", lead, world.now, pack);
        }
        Ok(())
    });
}

#[test]
fn a_changed_lead_is_decided_as_without_cached_results() {
    let laws = laws();
    each_world(leads_to_try() / 4, |world| {
        let mut dice = Dice(world.now.millis() as u64);
        let pack = pack_for_many(&mut dice);
        let rulebook = scenario::rulebook(&laws.iter().chain([&pack]).map(String::as_str).collect::<Vec<_>>());
        let mut book = world.book.clone();
        for lead in book.leads() {
            let fields = own_fields(&mut dice, "silver".to_owned());
            book.put(&Lead { fields, ..lead }).unwrap();
        }
        let mut watch = Watch::new(rulebook.clone(), &book, world.now);
        let mut lead = 0;
        for nth in 0..24 {
            // Sometimes the same lead as before.
            lead = if dice.once_in(3) { lead } else { dice.below(book.len()) };
            let word = dice.one(&["pricing", "demo", "gold", &format!("new {nth}")]).to_owned();
            let record = book.lead(lead).unwrap();
            let again = match dice.below(8) {
                0 => {
                    let length = dice.one(&[1, 3_600_000, 90_000_000]);
                    watch.tick(&book, watch.now() + Duration::from_millis(length)).unwrap()
                }
                1 | 2 => {
                    let fields = own_fields(&mut dice, word);
                    watch.put(&mut book, &Lead { fields, ..record }).unwrap()
                }
                3 => {
                    let mut people = record.people.clone();
                    people.push(Person {
                        id: format!("somebody {nth}"),
                        country: Some("NL".to_owned()),
                        human: None,
                        ..people[0].clone()
                    });
                    let country = Some(dice.one(&["DE", "FR", "GB"]).to_owned());
                    watch.put(&mut book, &Lead { people, country, source: Some(word), ..record }).unwrap()
                }
                _ => {
                    let people: Vec<String> = record.people.into_iter().map(|one| one.id).collect();
                    let signal = random::signal(&mut dice, &people, watch.now());
                    let rep = signal.channel.and_then(|_| dice.one(&[None, Some(format!("rep {nth}"))]));
                    let content = dice.one(&[None, Some(word.clone())]);
                    watch.log(&mut book, lead, &Signal { topic: Some(word), content, rep, ..signal })
                }
            };
            for lead in again {
                let lead = lead as usize;
                let afresh = decided_alone(&rulebook, &book, watch.now(), lead);
                let held = watch.decisions().get(lead).copied();
                prop_assert_eq!(held, afresh, "lead {} at {} after {}\n{}", lead, watch.now(), nth, pack);
            }
        }
        Ok(())
    });
}

#[test]
fn a_watch_handles_words_that_are_new_to_the_book() {
    let rules = "fact segment as text;
        rule \"Pricing\" when lead.visits(\"pricing\", 7.days) >= 1 then phone;
        rule \"Demo\" when lead.since(\"visit\", \"demo\") < 7.days then chat;
        rule \"Gold\" when lead.segment is \"gold\" then video;
        rule \"Else\" when true then email.value(0.1);";
    let leads: Vec<_> = (0..5).map(|nth| scenario::lead(json!({ "id": format!("L{nth}") }))).collect();
    let mut book = scenario::book(json!({ "leads": leads }));
    let now = scenario::at(scenario::NOW);
    let mut watch = Watch::new(scenario::rulebook(&[rules]), &book, now);
    let visit = |topic: &str| Signal { topic: Some(topic.to_owned()), ..Signal::new(now, SignalKind::PageVisit) };
    let segment = |lead: Lead, word: &str| {
        let fields = std::iter::once(("segment".to_owned(), FieldValue::Text(word.to_owned()))).collect();
        Lead { fields, ..lead }
    };
    for (lead, topic) in [(0, "careers"), (1, "careers"), (0, "pricing"), (1, "pricing"), (2, "demo")] {
        watch.log(&mut book, lead, &visit(topic));
    }
    for (nth, word) in [(3, "silver"), (4, "silver"), (3, "gold")] {
        let changed = segment(book.lead(nth).unwrap(), word);
        watch.put(&mut book, &changed).unwrap();
    }
    let channels: Vec<_> = watch.decisions().iter().map(|one| one.channel).collect();
    let wanted = [Channel::Phone, Channel::Phone, Channel::Chat, Channel::Video, Channel::Email];
    assert_eq!(channels, wanted.map(Some));
}

/// Random values of declared facts, with this word as `segment`.
fn own_fields(dice: &mut Dice, word: String) -> BTreeMap<String, FieldValue> {
    // Sometimes a value of another type than declared.
    let segment = if dice.once_in(6) { FieldValue::Truth(true) } else { FieldValue::Text(word) };
    let points = FieldValue::Number(dice.one(&[2.0, 40.5, 300.25, 70_000.0, 0.1]));
    let all = [("segment", segment), ("points", points), ("hot", FieldValue::Truth(dice.once_in(2)))];
    all.into_iter().filter(|_| !dice.once_in(3)).map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The decision for one lead, evaluated on its record.
fn decided_alone(rulebook: &Rulebook, book: &Book, now: Instant, lead: usize) -> Option<Decision> {
    let alone = Decider::new(rulebook, book, now).decisions(lead);
    alone.into_iter().find(|(place, _)| *place == lead).map(|(_, decision)| decision)
}

/// The contact policies that ship with Cadans, without the comment above `pack`.
fn laws() -> [String; 6] {
    ["be", "de", "fr", "nl", "uk", "us"].map(|country| {
        let file = format!("{}/rules/contact-policy/{country}.rhai", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(file).unwrap();
        text[text.find("\npack ").unwrap() + 1..].to_owned()
    })
}

/// A pack whose statements can all, or most of them, be evaluated for many leads at once.
fn pack_for_many(dice: &mut Dice) -> String {
    let conditions = [
        "true",
        "lead.value > 50.0",
        "lead.visits(7.days) >= 1",
        "lead.visits(7.days) is 0 unless lead.replied(14.days)",
        "lead.since(\"visit\") < 2.days",
        "lead.first(\"visit\") >= 200.hours",
        "lead.since(\"form\") is () or lead.since(\"form\") > 3.days",
        "lead.visits(\"pricing\", 30.days) >= 1",
        "lead.since(\"visit\", \"demo\") < 30.days or lead.since(\"form\", \"demo\") < 30.days",
        "3.days <= lead.last_touch()",
        "lead.stage is \"interest\"",
        "lead.segment is \"gold\" or lead.signals(\"visit\", \"gold\") >= 1",
        "lead.source in [\"demo\", \"gold\", \"pricing\"]",
        "lead.points > 40.0 or lead.hot is true",
        "lead.points is not () and lead.points <= 2.0 or lead.segment is \"gold\"",
        "lead.answered",
        "lead.touches(\"phone\", 3.days) is 0 and not lead.replied(14.days)",
    ];
    let touches = [
        "phone",
        "email.value(20)",
        "social.to(\"user\")",
        "phone.within(4.hours)",
        "visit.after(1.day)",
        "wait",
        "wait.within(2.days)",
        "chat.at_best()",
        "email.offer(\"guide\").weight(2)",
        "phone.within(6.working_hours)",
        "find(\"decider\")",
    ];
    // Conditions that columns cannot evaluate, or whose changes in time they cannot give.
    let of_records = [
        "person.is_a(\"user\") and person.visits(7.days) >= 1",
        "not person.answered and person.since(\"form\") < 30.days",
        "lead.score(7.days) > 0.3",
        "lead.age > 30.days unless person.replied(14.days)",
        "lead.quotes_open is 0 and lead.planned() is 0",
        "person.since(\"conversation\") < 1.working_day",
        "account.since(\"conversation\", \"outbound\") < 4.working_hours or lead.signals(\"conversation\", 7.days) is 0",
        "lead.waiting_elsewhere or person.bought(60.days)",
        "lead.since(\"complaint\") < 14.days",
    ];
    let policies = [
        "pause any 2.days when lead.answered and person.replied(2.days)",
        "never social when lead.score(14.days) < 0.5",
        "never phone when account.visits(3.days) >= 2 unless lead.answered",
        "limit email 1 per 3.days when person.unanswered(\"email\") >= 1",
        "reachable chat \"Mo-Fr 10:00-16:00\" when person.last_outcome(\"chat\") is ()",
    ];
    let mut pack =
        String::from("pack \"Many\" #{};\nfact segment as text;\nfact points as number;\nfact hot as truth;\n");
    let by_record = dice.once_in(2);
    for rule in 0..1 + dice.below(6) {
        let condition = if by_record && dice.once_in(2) { dice.one(&of_records) } else { dice.one(&conditions) };
        pack += &format!("rule \"R{rule}\" when {condition} then {};\n", dice.one(&touches));
    }
    if by_record && dice.once_in(3) {
        pack += "enter \"consideration\" when lead.visits(7.days) >= 1;\nenter \"interest\" when lead.score(7.days) > 0.1;\n";
        pack += "never email when lead.stage is \"consideration\" and person.is_a(\"user\");\n";
    }
    if by_record && dice.once_in(2) {
        pack += &format!("{};\n{};\n", dice.one(&policies), dice.one(&policies));
    }
    if by_record && dice.once_in(3) {
        pack += "cadence \"D\" when person.is_a(\"user\") steps [social, email.after(3.days)];\n";
    }
    let counted = [
        "",
        " and lead.forms(\"demo\", 7.days) is 0",
        " or lead.visits(\"pricing\", 3.days) >= 2",
        " and lead.downloads(\"guide\") < 1",
    ];
    pack += &format!("limit any 3 per 7.days across \"account\" when lead.answered{};\n", dice.one(&counted));
    pack += "limit phone 2 per 7.days;\n";
    pack += "pause phone 2.days when person.last_outcome(\"phone\") is \"no_answer\";\nnever any when person.stance is \"critic\";\n";
    pack += "reachable phone \"Mo-Fr 09:00-12:30,13:30-17:30; PH off\" when lead.answered;\n";
    let cadence = "cadence \"C\" when lead.stage is \"interest\" steps [email, phone.after(2.days)] until lead.replied(14.days);\n";
    pack += if dice.once_in(3) { cadence } else { "" };
    pack
}

/// Whether a rule counts its start from now.
fn moves(world: &World, rulebook: &Rulebook, rule: u32) -> bool {
    let named = rulebook.rules().nth(rule as usize);
    let line = named.and_then(|(pack, rule)| {
        let start = format!("rule \"{}\"", rule.name);
        let pack = world.packs.iter().find(|one| one.text.contains(&format!("pack \"{}\"", pack.about.name)))?;
        pack.text.lines().find(|line| line.starts_with(&start))
    });
    line.is_some_and(|line| line.contains("after"))
}

fn packs(world: &World) -> String {
    world.packs.iter().map(|pack| pack.text.as_str()).collect()
}

/// What must not change before the review: everything except the moments that move with now.
fn summary(advice: &Advice) -> impl PartialEq + std::fmt::Debug + use<> {
    let touch = advice.touch.as_ref();
    (
        advice.verdict,
        advice.rule.clone(),
        touch.and_then(|touch| touch.channel),
        touch.and_then(|touch| touch.person.as_ref()).map(|person| person.id.clone()),
        touch.and_then(|touch| touch.offer.clone()),
        touch.and_then(|touch| touch.rep.as_ref()).map(|rep| rep.id.clone()),
        touch.map(|touch| (touch.since, touch.due, touch.late)),
    )
}

fn end_of(advice: &Advice) -> Option<Instant> {
    advice.touch.as_ref()?.window.as_ref().map(|window| window.until)
}
