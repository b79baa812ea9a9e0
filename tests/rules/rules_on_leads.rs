//! Rules asked about leads: which hold, for whom, with which sentence; which nearly hold; and where the lead is.

#![allow(clippy::panic, reason = "a test that cannot go on should say so")]

use cadans::book::vocabulary::{Channel, Direction, Role, SignalKind, Stage};
use cadans::book::{Account, FieldValue, GroupRecords, Lead, Person, Signal};
use cadans::calendar::{Duration, Instant};
use cadans::decide::explain::near_misses::nearly_in;
use cadans::diagnostics::Severity;
use cadans::evaluate::facts::FactContext;
use cadans::evaluate::matching::{MatchedRule, held_in};
use cadans::evaluate::stage::stage_in;
use cadans::language::{PackSource, Rulebook};
use cadans::pack::Overrides;
use cadans::wording::Language;

const NOW: Instant = Instant::from_millis(1_795_168_800_000); // 2026-11-20T10:00:00Z

fn rulebook(text: &str) -> Rulebook {
    let source = PackSource { file: "test.rhai".to_owned(), text: format!("pack \"Test\" #{{}};\n{text}") };
    let (rulebook, diagnostics) = Rulebook::new(&[source], &Overrides::default());
    let errors: Vec<_> = diagnostics.iter().filter(|finding| finding.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    rulebook
}

fn visit(person: &str, topic: &str, days_ago: i64) -> Signal {
    Signal {
        topic: Some(topic.to_owned()),
        person: Some(person.to_owned()),
        direction: Some(Direction::Inbound),
        ..Signal::new(NOW - Duration::from_millis(days_ago * 86_400_000), SignalKind::PageVisit)
    }
}

/// A Dutch lead in stage interest: Ada decides and looked at prices yesterday, Bob uses and looked twenty days ago.
fn lead() -> Lead {
    Lead {
        id: "L".to_owned(),
        account: Account { id: "A".to_owned(), ..Account::default() },
        stage: Some(Stage::Interest),
        country: Some("NL".to_owned()),
        people: vec![
            Person {
                id: "ada".to_owned(),
                name: Some("Ada".to_owned()),
                roles: vec![Role::Decider],
                channels: vec![Channel::Phone],
                ..Person::default()
            },
            Person { id: "bob".to_owned(), roles: vec![Role::User], do_not_call: true, ..Person::default() },
        ],
        signals: vec![visit("bob", "pricing", 20), visit("ada", "pricing", 1)],
        ..Lead::default()
    }
}

fn about(lead: Lead) -> FactContext {
    FactContext::new(&GroupRecords::new(vec![lead], vec![], vec![]), 0, NOW)
}

fn held(text: &str) -> Vec<MatchedRule> {
    let (held, faults) = held_in(rulebook(text).packs(), &about(lead()));
    assert!(faults.is_empty(), "{faults:#?}");
    held
}

#[test]
fn a_rule_holds_when_its_when_does_and_its_unless_does_not() {
    let rule = |unless| {
        format!(
            "rule \"Prices\" when lead.visits(\"pricing\") is 2 {unless} then phone.to(\"decider\").within(4.hours)"
        )
    };
    assert_eq!(held(&format!("{};", rule(""))).len(), 1);
    assert_eq!(held(&format!("{};", rule("unless lead.country is \"BE\""))).len(), 1);
    assert_eq!(held(&format!("{};", rule("unless lead.country is \"NL\""))).len(), 0);
}

#[test]
fn a_rule_that_reads_person_is_asked_for_each() {
    let found = held(
        "rule \"Phone\" when person.visits(7.days) >= 1 then phone because `${person.name} looked ${person.since(\"visit\")} ago`;",
    );
    assert_eq!(found.len(), 1);
    assert_eq!(found.first().map(|held| (held.person, held.because.as_str())), Some((Some(0), "Ada looked 1 day ago")));
    let everybody = held("rule \"Phone\" when person.visits() >= 1 then phone;");
    assert_eq!(everybody.iter().map(|held| held.person).collect::<Vec<_>>(), [Some(0), Some(1)]);
    let unless = held("rule \"Phone\" when lead.open unless person.do_not_call then phone;");
    assert_eq!(unless.iter().map(|held| held.person).collect::<Vec<_>>(), [Some(0)]);
}

/// A person's role and an account's employees are no fields of a lead, so a team may have facts with those names; by the interpreter too.
#[test]
fn an_own_fact_may_have_the_name_of_a_field_of_somebody_else() {
    let pack = "fact role as text; fact employees as number;
        fn grown(lead) { let big = lead.employees >= 10; big and lead.role is \"partner\" }";
    let lead = |employees: f64| {
        let role = ("role".to_owned(), FieldValue::Text("partner".to_owned()));
        let employees = ("employees".to_owned(), FieldValue::Number(employees));
        Lead { fields: [role, employees].into(), ..lead() }
    };
    for when in ["lead.employees >= 10 and lead.role is \"partner\"", "grown(lead)"] {
        let rules = rulebook(&format!("{pack} rule \"Partner\" when {when} then phone;"));
        for (employees, holds) in [(10.0, 1), (9.0, 0)] {
            let (held, faults) = held_in(rules.packs(), &about(lead(employees)));
            assert_eq!((held.len(), faults.as_slice()), (holds, [].as_slice()), "{when} with {employees}");
        }
    }
}

#[test]
fn a_because_that_fails_or_says_nothing_gives_way_to_the_name() {
    let fails = held("rule \"Named\" when lead.open then wait because `${lead.value * 2.0} euros`;");
    assert_eq!(fails.first().map(|held| held.because.as_str()), Some("Named"));
    let silent = held("rule \"Named\" when lead.open then wait because lead.name;");
    assert_eq!(silent.first().map(|held| held.because.as_str()), Some("Named"));
}

#[test]
fn a_then_may_choose_and_may_choose_nothing() {
    let chosen = held("rule \"r\" when lead.open then if lead.country is \"NL\" { phone } else { email };");
    assert_eq!(chosen.first().map(|held| held.touches.len()), Some(1));
    let none = held("rule \"r\" when lead.open then if lead.country is \"BE\" { phone };");
    assert_eq!(none.first().map(|held| held.touches.len()), Some(0));
    let two = held("rule \"r\" when lead.open then [phone, email.after(2.days)];");
    assert_eq!(two.first().map(|held| held.touches.len()), Some(2));
}

#[test]
fn one_bad_rule_never_stops_the_others() {
    let book = rulebook(
        "fact budget as number because \"yearly budget\";
         rule \"Bad\" when lead.budget * 2.0 > 100.0 then phone;
         rule \"Per person\" when person.influence + 1.0 > 1.5 then phone;
         rule \"Good\" when lead.open then email;",
    );
    let (held, faults) = held_in(book.packs(), &about(lead()));
    assert_eq!(held.iter().map(|held| held.rule).collect::<Vec<_>>(), [2]);
    assert_eq!(faults.iter().map(|fault| fault.rule.name.as_str()).collect::<Vec<_>>(), ["Bad", "Per person"]);
    let first = faults.first().map(|fault| (fault.message.as_str(), fault.span.line, fault.span.column));
    let message =
        "one side of \"*\" is not known for this lead; write a value to use instead, as in (lead.value ?? 0.0)";
    assert_eq!(first, Some((message, 3, 26)));
}

#[test]
fn a_pack_outside_its_dates_is_silent_and_its_dates_are_changes() {
    let pack = |dates: &str| {
        let text = format!("pack \"Dated\" #{{ {dates} }};\nrule \"r\" when lead.open then email;");
        let source = PackSource { file: "dated.rhai".to_owned(), text };
        let (book, _) = Rulebook::new(&[source], &Overrides::default());
        let cx = about(lead());
        let (held, _) = held_in(book.packs(), &cx);
        (held.len(), cx.next_change())
    };
    let noon = Instant::parse("2026-11-21T12:00:00Z").ok();
    assert_eq!(pack("valid_from: \"2026-11-21T12:00:00Z\""), (0, noon));
    assert_eq!(pack("valid_to: \"2026-11-21T12:00:00Z\""), (1, noon));
    assert_eq!(pack("valid_from: \"2026-11-20T10:00:00Z\""), (1, None));
    assert_eq!(pack("valid_to: \"2026-11-20T10:00:00Z\""), (0, None));
}

#[test]
fn what_is_read_by_the_interpreter_is_looked_at_again_at_the_next_full_hour() {
    let book = rulebook(
        "fn recent(length) { let long = 2.days; length < long }\nrule \"r\" when recent(lead.since(\"visit\")) then email;",
    );
    let cx = about(Lead { signals: vec![visit("ada", "pricing", 1)], ..lead() });
    let cx_later = FactContext::new(cx.book(), 0, NOW + Duration::MINUTE);
    assert_eq!(held_in(book.packs(), &cx).0.len(), 1);
    assert_eq!(cx.next_change(), Some(NOW + Duration::HOUR));
    held_in(book.packs(), &cx_later);
    assert_eq!(cx_later.next_change(), Some(NOW + Duration::HOUR));
}

#[test]
fn rules_that_nearly_hold_say_how_far_they_are() {
    let book = rulebook(
        "setting hot = 2 because \"visits that count as hot\";
         rule \"Far\" when lead.stage is \"proposal\" and lead.country is \"BE\" and lead.open then phone;
         rule \"Nearer\" when lead.visits(\"pricing\", 7.days) >= hot and lead.country in [\"NL\", \"BE\"]
            and lead.open unless lead.visits() >= 2 then phone;
         rule \"Nearest\" when lead.country is \"NL\" and (lead.value > 1000.0) and lead.open then phone;
         rule \"Holds\" when lead.open then email;
         rule \"Alone\" when lead.stage is \"proposal\" then email;",
    );
    let cx = about(lead());
    let misses = nearly_in(book.packs(), &cx, Language::English);
    let told: Vec<_> = misses.iter().map(|miss| (miss.rule.name.as_str(), miss.summary.as_str())).collect();
    assert_eq!(
        told,
        [
            ("Nearest", "2 of 3: value is not known, needs more than 1,000"),
            (
                "Nearer",
                "2 of 4: needs at least 2 visits of \"pricing\" in 7 days, has 1; needs fewer than 2 visits, has 2"
            ),
        ]
    );
    let conditions: Vec<_> = misses
        .get(1)
        .map(|miss| miss.conditions.iter().map(|each| (each.text.as_str(), each.holds, each.saw.as_str())).collect())
        .unwrap_or_default();
    assert_eq!(
        conditions,
        [
            ("lead.visits(\"pricing\", 7.days) >= hot", false, "has 1"),
            ("lead.country in [\"NL\", \"BE\"]", true, "is \"NL\""),
            ("lead.open", true, "this one is open"),
            ("unless lead.visits() >= 2", false, "has 2"),
        ]
    );
    assert_eq!(cx.next_change(), None, "an explanation is no reason to look again");
}

#[test]
fn a_rule_asked_per_person_is_told_for_the_nearest_person() {
    let book = rulebook(
        "rule \"r\" when person.is_a(\"user\") and person.visits(30.days) >= 1 and not person.do_not_call then phone;",
    );
    let misses = nearly_in(book.packs(), &about(lead()), Language::English);
    let told: Vec<_> = misses.iter().map(|miss| (miss.person.as_deref(), miss.summary.as_str())).collect();
    // Ada and Bob both miss one; of equals the first is told.
    assert_eq!(told, [(Some("ada"), "2 of 3: needs a user, this person is not")]);
}

#[test]
fn at_most_ten_near_misses_are_told() {
    let rules: Vec<String> = (0..30)
        .map(|nth| format!("rule \"r{nth}\" when lead.open and lead.visits() >= {} then phone;", nth + 3))
        .collect();
    let misses = nearly_in(rulebook(&rules.join("\n")).packs(), &about(lead()), Language::English);
    assert_eq!(misses.len(), 10);
    assert_eq!(misses.first().map(|miss| miss.summary.as_str()), Some("1 of 2: needs at least 3 visits, has 2"));
}

#[test]
fn enter_moves_forward_by_itself_and_back_only_when_it_reads_the_stage() {
    let stage = |text: &str| {
        let (now, cx, faults) = stage_in(rulebook(text).packs(), &about(lead()));
        assert!(faults.is_empty());
        (now.map(|now| (now.stage, now.was, now.because)), cx.stage())
    };
    let recorded = (Some((Stage::Interest, None, None)), Some(Stage::Interest));
    assert_eq!(stage("enter \"consideration\" when lead.visits() >= 3;"), recorded);
    assert_eq!(
        stage("enter \"consideration\" when lead.visits() >= 2 because \"Looked twice\";"),
        (
            Some((Stage::Consideration, Some(Stage::Interest), Some("Looked twice".to_owned()))),
            Some(Stage::Consideration)
        )
    );
    assert_eq!(stage("enter \"orientation\" when lead.visits() >= 2;"), recorded, "not back by itself");
    assert_eq!(
        stage("enter \"orientation\" when lead.stage is \"interest\" and lead.visits(10.days) < 2;").1,
        Some(Stage::Orientation)
    );
    assert_eq!(
        stage("enter \"decision\" when lead.open;\nenter \"proposal\" when lead.stage is \"interest\";").1,
        Some(Stage::Proposal),
        "the last that holds wins, and conditions see the stage on record"
    );
}
