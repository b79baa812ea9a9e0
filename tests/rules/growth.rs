//! What could grow without bound: rules and files that mean harm cost a bounded number of operations, or are refused with a sentence.
//!
//! Operations are counted, never time, so that the tests say the same on every machine.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::fmt::Write as _;

use cadans::book::ingest::{Intake, LeadFormat, read_book};
use cadans::book::{GroupRecords, Lead};
use cadans::calendar::Instant;
use cadans::decide::{Budget, Decider, OverBudget};
use cadans::diagnostics::EvaluationErrorCode;
use cadans::evaluate::clause::{evaluate, interpret};
use cadans::evaluate::facts::FactContext;
use cadans::evaluate::matching::held_in;
use cadans::language::{PackSource, Rulebook, read};
use cadans::limits;
use cadans::pack::Overrides;
use cadans::pack::expression::Body;

const NOW: Instant = Instant::from_millis(1_795_165_200_000);

fn context(lead: Lead) -> FactContext {
    FactContext::new(&GroupRecords::new(vec![lead], vec![], vec![]), 0, NOW)
}

fn rulebook(text: &str) -> Rulebook {
    Rulebook::new(&[PackSource { file: "a.rhai".to_owned(), text: text.to_owned() }], &Overrides::default()).0
}

fn book(text: &str) -> Intake {
    read_book(&LeadFormat::Json, text.as_bytes())
}

/// How many operations a statement may take more than its limit: what the step that is one too many costs.
const LAST_STEP: u64 = 10_000;

/// Every way of a rule to spend time: each meets the limit, and is stopped there.
#[test]
fn each_way_to_spend_time_is_counted() {
    let functions = [
        "fn f() { loop { } }",
        "fn f() { let n = 0; while true { n += 1; } }",
        "fn f() { let n = 0; do { n += 1; } while true }",
        "fn f() { for n in 0..1000000000 { } }",
        // Lists and texts that are searched, compared, joined, copied and handed over, again and again.
        "fn f() { let a = []; a.pad(4096, \"x\"); let n = 0; loop { if \"zz\" in a { n += 1; } } }",
        "fn f() { let a = []; a.pad(4096, 7); let b = a; loop { if a == b { } } }",
        "fn f() { let a = []; a.pad(4096, 7.5); loop { if a.contains(1.5) { } } }",
        "fn f() { let a = []; a.pad(2000, 7); loop { let b = a + a; } }",
        "fn f() { let a = []; a.pad(4096, 7); loop { let b = a; } }",
        "fn f() { let a = []; a.pad(4096, 7); loop { a[0] = 1; } }",
        "fn g(a) { 1 }\nfn f() { let a = []; a.pad(4096, 7); loop { g(a); } }",
        "fn g() { let a = []; a.pad(4096, 7); a }\nfn f() { loop { g(); } }",
        "fn f() { let a = []; a.pad(4096, 7); loop { for x in a { break; } } }",
        "fn f() { let a = []; a.pad(4000, 7); loop { a.insert(0, 1); a.shift(); } }",
        "fn f() { let t = \"ab\"; t.pad(20000, 'c'); let u = t; let n = 0; loop { if t == u { n += 1; } } }",
        "fn f() { let t = \"ab\"; t.pad(19000, 'c'); loop { let u = t + \"d\"; } }",
        "fn f() { let t = \"ab\"; t.pad(19000, 'c'); loop { let u = `${t}d`; } }",
        "fn f() { let t = \"ab\"; t.pad(20000, 'c'); loop { t.to_upper(); } }",
        "fn f() { let t = \"ab\"; t.pad(20000, 'c'); loop { if t.contains(\"zz\") { } } }",
        "fn f() { let t = \"ab\"; t.pad(4000, ' '); loop { let u = t.split(\" \"); } }",
        "fn f() { let t = \"ab\"; t.pad(9000, 'c'); loop { let u = t; u.replace(\"c\", \"d\"); } }",
        "fn f() { let m = #{}; for n in 0..200 { m[`k${n}`] = n; } loop { let k = m; } }",
        // Lists within lists, none of which is long.
        "fn f() { let a = [1]; for n in 0..10 { a = [a, a]; } for n in 0..200 { let t = `${a}`; } true }",
        "fn f() { let n = 0; loop { n += 1; let v = lead_visits(n); } }\nfn lead_visits(n) { n }",
    ];
    for function in functions {
        let text = format!("{function}\nrule \"a\" when f() then phone;");
        let reading = read("a.rhai", &text, &Overrides::default());
        let rule = reading.pack.rules.first().unwrap_or_else(|| panic!("{function}: {:?}", reading.diagnostics));
        let cx = context(Lead::default());
        let error = evaluate(&rule.when, &cx).expect_err(function);
        assert_eq!(error.code, EvaluationErrorCode::Limit, "{function}: {error:?}");
        let taken = cx.operations_taken();
        assert!((limits::OPERATIONS..limits::OPERATIONS + LAST_STEP).contains(&taken), "{function} took {taken}");
    }
}

/// Literals that Rhai builds in one step cost their length too.
#[test]
fn long_literals_are_counted() {
    let list = vec!["7"; 4_000].join(",");
    let arms: String = (0..3_000).fold(String::new(), |mut arms, nth| {
        write!(arms, "{}..{} => {nth},", nth * 2, nth * 2 + 1).unwrap();
        arms
    });
    for body in [format!("g([{list}]);"), format!("switch -1 {{ {arms} _ => 0 }};")] {
        let text = format!("fn g(a) {{ 1 }}\nfn f() {{ loop {{ {body} }} }}\nrule \"a\" when f() then phone;");
        let reading = read("a.rhai", &text, &Overrides::default());
        let cx = context(Lead::default());
        let rule = reading.pack.rules.first().unwrap_or_else(|| panic!("{:?}", reading.diagnostics));
        assert_eq!(evaluate(&rule.when, &cx).unwrap_err().code, EvaluationErrorCode::Limit);
        assert!(cx.operations_taken() < limits::OPERATIONS + LAST_STEP, "{}", cx.operations_taken());
    }
}

/// An endless loop in every clause of every statement: each is a fault of that statement, and nothing else stops.
#[test]
fn an_endless_loop_in_any_clause_costs_its_statement_alone() {
    let text = "pack \"a\" #{};
        fn spin() { loop { } }
        fn list() { loop { } }
        enter \"interest\" when spin() because `${spin()}`;
        rule \"when\" when spin() then phone;
        rule \"unless\" when true unless spin() then phone;
        rule \"then\" when true then list();
        rule \"because\" when true then email because `${spin()}`;
        never chat when spin();
        limit visit 2 per 7.days when spin();
        reachable video \"Mo-Fr 09:00-17:00\" when spin();
        pause social 2.days when spin();
        cadence \"when\" when spin() steps [email];
        cadence \"steps\" when true steps list();
        cadence \"until\" when true steps [email] until spin();";
    let rulebook = rulebook(text);
    let intake = book(
        r#"{ "leads": [{ "id": "a", "country": "NL", "zone": "Europe/Amsterdam",
        "people": [{ "id": "p", "channels": ["email", "phone"] }] }] }"#,
    );
    let decider = Decider::new(&rulebook, &intake.book, NOW);
    let advice = decider.lead(0);
    assert_eq!(advice.rule.as_ref().map(|rule| rule.name.as_str()), Some("because"));
    assert_eq!(advice.faults.len(), 11, "{:#?}", advice.faults);
    assert!(advice.faults.iter().all(|fault| fault.code == EvaluationErrorCode::Limit));
    decider.all();
    assert_eq!(decider.over_limit().len(), 11);
}

/// What a statement takes does not depend on the leads, rules and people before it.
#[test]
fn a_limit_is_met_at_the_same_place_whatever_came_before() {
    let one = "fn f(n) { let x = 0; for i in 0..n { x += 1; } x }\nrule \"r\" when f(2300) > 0 and lead.visits(5.days) >= 0 then phone;";
    let alone = rulebook(one);
    let many: String = (0..20).map(|nth| format!("rule \"r{nth}\" when f(2200) > 0 then phone;\n")).collect();
    let among = rulebook(&format!("{many}{one}"));
    let taken = |book: &Rulebook| {
        let cx = context(Lead::default());
        held_in(book.packs(), &cx).1.len()
    };
    assert_eq!(taken(&alone), taken(&among));
}

/// The people of a lead share the operations of a statement.
#[test]
fn all_people_of_a_lead_together_meet_one_limit() {
    let text = "fn f(p) { let x = 0; for i in 0..100 { x += 1; } x }\nrule \"r\" when f(person.id) > 0 then phone;";
    let rulebook = rulebook(text);
    let lead = |people: usize| {
        let people: Vec<String> = (0..people).map(|nth| format!(r#"{{ "id": "p{nth}" }}"#)).collect();
        let text = format!(r#"[{{ "id": "a", "people": [{}] }}]"#, people.join(","));
        book(&text).book.leads().remove(0)
    };
    assert_eq!(held_in(rulebook.packs(), &context(lead(5))).1, []);
    let cx = context(lead(1_000));
    let (_, faults) = held_in(rulebook.packs(), &cx);
    assert!(!faults.is_empty() && faults.iter().all(|fault| fault.code == EvaluationErrorCode::Limit));
    assert!(cx.operations_taken() < limits::OPERATIONS + LAST_STEP, "{}", cx.operations_taken());
}

/// What a compiled clause takes is known before it runs, and a clause that may take too much is not compiled.
#[test]
fn a_compiled_clause_is_bounded_before_it_runs() {
    let small = "rule \"a\" when lead.visits(7.days) >= 2 and lead.country in [\"NL\", \"BE\"] then phone;";
    let rule = &read("a.rhai", small, &Overrides::default()).pack.rules[0];
    assert!((1..10).contains(&rule.when.operations), "{}", rule.when.operations);
    let list = vec!["\"ab\""; 4_000].join(",");
    let tests = vec!["lead.owner in L"; 200].join(" or ");
    let large = format!("const L = [{list}];\nrule \"a\" when {tests} then phone;");
    let reading = read("a.rhai", &large, &Overrides::default());
    let rule = reading.pack.rules.first().unwrap_or_else(|| panic!("{:?}", reading.diagnostics));
    assert!(matches!(rule.when.body, Body::Interpreted { .. }));
    let lead = Lead { owner: Some("kim".to_owned()), ..Lead::default() };
    assert_eq!(evaluate(&rule.when, &context(lead.clone())).unwrap_err().code, EvaluationErrorCode::Limit);
    assert_eq!(interpret(&rule.when, &context(lead)).unwrap_err().code, EvaluationErrorCode::Limit);
}

#[test]
fn constants_that_a_clause_does_not_name_cost_it_nothing() {
    let list = vec!["7"; 4_000].join(",");
    let constants: String = (0..50).map(|nth| format!("const L{nth} = [{list}];\n")).collect();
    let text = format!("{constants}rule \"a\" when switch 1 {{ 1 => true, _ => false }} then phone;");
    let reading = read("a.rhai", &text, &Overrides::default());
    let cx = context(Lead::default());
    assert!(evaluate(&reading.pack.rules[0].when, &cx).is_ok());
    assert!(cx.operations_taken() < 20, "{}", cx.operations_taken());
}

#[test]
fn a_run_over_its_budget_gives_no_answer() {
    let rulebook = rulebook(
        "rule \"a\" when lead.visits() >= 0 then phone;\nrule \"b\" when switch 1 { 1 => true, _ => false } then email;",
    );
    let leads: Vec<String> = (0..1_200).map(|nth| format!(r#"{{ "id": "{nth}", "country": "NL" }}"#)).collect();
    let intake = book(&format!("[{}]", leads.join(",")));
    let within = |operations| Decider::new(&rulebook, &intake.book, NOW).within(Budget::of(operations)).all_within();
    let all = Decider::new(&rulebook, &intake.book, NOW).all();
    // The same total, found by halving, for all leads at once and lead by lead.
    let least = |runs: &dyn Fn(u64) -> bool| {
        let (mut low, mut high) = (0, 1_000_000);
        while low < high {
            let middle = (low + high) / 2;
            if runs(middle) { high = middle } else { low = middle + 1 }
        }
        low
    };
    let total = least(&|operations| within(operations).is_ok());
    assert!((100 * 1_200..200 * 1_200).contains(&total), "{total}");
    assert_eq!(within(total), Ok(all));
    assert_eq!(within(total - 1), Err(OverBudget { limit: total - 1 }));
    let one_by_one = least(&|operations| {
        let decider = Decider::new(&rulebook, &intake.book, NOW).within(Budget::of(operations));
        decider.decisions_within(0..intake.book.len()).is_ok()
    });
    assert_eq!(one_by_one, total);
    let budget = Budget::default();
    let decider = Decider::new(&rulebook, &intake.book, NOW).within(budget.clone());
    assert!(decider.all_within().is_ok());
    budget.cancel();
    assert_eq!(decider.all_within(), Err(OverBudget { limit: 0 }));
}

// ---- What files hold.

fn reasons(intake: &Intake) -> Vec<String> {
    intake.refused.iter().map(|one| one.reason.english()).collect()
}

#[test]
fn an_account_has_a_thousand_leads_and_the_rest_is_refused() {
    let leads: Vec<String> = (0..20_000)
        .map(|nth| {
            format!(
                r#"{{ "id": "{nth}", "account": {{ "id": "acme" }}, "country": "NL", "people": [{{ "id": "p{nth}", "channels": ["email"] }}],
                  "signals": [{{ "at": "2026-11-19T10:00:00Z", "kind": "visit", "person": "p{nth}" }}] }}"#
            )
        })
        .collect();
    let intake = book(&format!("[{}]", leads.join(",")));
    assert_eq!(
        (intake.accepted, intake.set_aside),
        (limits::LEADS_PER_CONTACT_GROUP, 20_000 - limits::LEADS_PER_CONTACT_GROUP)
    );
    assert!(reasons(&intake)[0].contains("1000 leads of this account"), "{}", reasons(&intake)[0]);
    let rulebook = rulebook(
        "rule \"a\" when account.visits(7.days) > 3 and person.visits() > 0 then email;\nlimit any 2 per 7.days across \"account\";",
    );
    let decided = Decider::new(&rulebook, &intake.book, NOW).all();
    assert_eq!(decided.len(), limits::LEADS_PER_CONTACT_GROUP);
}

#[test]
fn a_lead_of_a_thousand_people_is_decided() {
    let people: Vec<String> = (0..1_000)
        .map(|nth| {
            format!(r#"{{ "id": "p{nth}", "aliases": ["q{nth}"], "roles": ["user"], "channels": ["email", "phone"] }}"#)
        })
        .collect();
    let signals: Vec<String> = (0..1_000)
        .map(|nth| format!(r#"{{ "at": "2026-11-19T10:00:00Z", "kind": "visit", "person": "q{nth}" }}"#))
        .collect();
    let text = format!(
        r#"[{{ "id": "a", "country": "NL", "zone": "Europe/Amsterdam", "people": [{}], "signals": [{}] }}]"#,
        people.join(","),
        signals.join(",")
    );
    let intake = book(&text);
    assert_eq!(intake.accepted, 1, "{:?}", intake.refused);
    let rulebook = rulebook(
        "rule \"a\" when person.visits() > 0 then email;\nrule \"b\" when person.is_a(\"user\") then phone;\nlimit any 2 per 7.days;",
    );
    let advice = Decider::new(&rulebook, &intake.book, NOW).lead(0);
    assert!(advice.faults.is_empty(), "{:?}", advice.faults);
    assert!(advice.touch.is_some());
}

#[test]
fn shared_aliases_are_linked_in_one_pass() {
    // A hundred leads with a hundred people each, every one linked to the next.
    let leads: Vec<String> = (0..100)
        .map(|lead| {
            let people: Vec<String> = (0..100)
                .map(|nth| {
                    let number = lead * 100 + nth;
                    format!(r#"{{ "id": "p{number}", "aliases": ["a{number}", "a{}x{}"] }}"#, number + 1, number % 7)
                })
                .collect();
            format!(
                r#"{{ "id": "{lead}", "account": {{ "id": "acme" }}, "country": "NL", "people": [{}] }}"#,
                people.join(",")
            )
        })
        .collect();
    let intake = book(&format!("[{}]", leads.join(",")));
    assert_eq!(intake.accepted, 100, "{:?}", intake.refused.first());
    let rulebook = rulebook("rule \"a\" when person.objected then email;\nnever phone when person.do_not_call;");
    assert_eq!(Decider::new(&rulebook, &intake.book, NOW).all().len(), 100);
}

#[test]
fn fifty_thousand_names_of_fields_are_refused_from_a_thousand_on() {
    let leads: Vec<String> = (0..500)
        .map(|lead| {
            let fields: Vec<String> = (0..100).map(|nth| format!(r#""f{}": {nth}"#, lead * 100 + nth)).collect();
            format!(r#"{{ "id": "{lead}", "fields": {{ {} }} }}"#, fields.join(","))
        })
        .collect();
    let intake = book(&format!("[{}]", leads.join(",")));
    assert_eq!((intake.accepted, intake.set_aside), (10, 490));
    let refusal = &intake.refused[0];
    assert_eq!(refusal.path, "fields");
    assert!(refusal.reason.english().contains("more than 1000 different fields"), "{:?}", refusal.reason);
}

#[test]
fn many_reps_and_contents_are_read_and_too_many_refused() {
    let contents: Vec<String> = (0..100_001).map(|nth| format!(r#"{{ "id": "c{nth}" }}"#)).collect();
    let reps: Vec<String> = (0..10_001)
        .map(|nth| format!(r#"{{ "id": "r{nth}", "zone": "UTC", "backup": "r{}", "skills": ["legal"] }}"#, nth + 1))
        .collect();
    let intake = book(&format!(
        r#"{{ "content": [{}], "reps": [{}], "leads": [{{ "id": "a", "owner": "r0", "country": "NL", "people": [{{ "id": "p", "channels": ["email"] }}] }}] }}"#,
        contents.join(","),
        reps.join(",")
    ));
    assert_eq!((intake.book.contents().len(), intake.book.reps().len()), (limits::CONTENTS, limits::REPS));
    assert_eq!(reasons(&intake).len(), 2);
    assert!(reasons(&intake)[0].contains("more than 100000 pieces of content"));
    assert!(reasons(&intake)[1].contains("more than 10000 reps"));
    assert_eq!(intake.book.content("c99999").map(|content| content.id.as_str()), Some("c99999"));
    let rulebook = rulebook("rule \"a\" when lead.open then email.rep(\"legal\").offer(\"c5\");");
    assert!(Decider::new(&rulebook, &intake.book, NOW).lead(0).touch.is_some());
}

#[test]
fn as_many_distinct_facts_as_a_pack_may_have_are_decided() {
    let rules: String = (0..4_800)
        .map(|nth| format!("rule \"r{nth}\" when lead.visits({}.minutes) >= 1 then email;\n", nth + 1))
        .collect();
    let rulebook = rulebook(&rules);
    assert_eq!(rulebook.rules().count(), 4_800);
    let leads: Vec<String> = (0..20)
        .map(|nth| {
            format!(
                r#"{{ "id": "{nth}", "country": "NL", "people": [{{ "id": "p", "channels": ["email"] }}],
                  "signals": [{{ "at": "2026-11-20T08:00:00Z", "kind": "visit", "person": "p" }}] }}"#
            )
        })
        .collect();
    let intake = book(&format!("[{}]", leads.join(",")));
    assert_eq!(Decider::new(&rulebook, &intake.book, NOW).all().len(), 20);
}

// ---- Numbers and moments.

#[test]
fn a_priority_is_a_number_however_large_its_factors_are() {
    for then in
        ["email.weight(1e308).value(1e308)", "email.weight(lead.value * 1e300).value(1e15)", "email.lever(1e16)"]
    {
        let text = format!(
            "rule \"a\" when true then {then};\nrule \"b\" when true then phone.weight(1e15).value(1e15).lever(1e15).chance(1);"
        );
        let rulebook = rulebook(&text);
        let intake = book(
            r#"[{ "id": "a", "value": 1e15, "country": "NL", "zone": "Europe/Amsterdam", "people": [{ "id": "p", "channels": ["email", "phone"] }] }]"#,
        );
        let advice = Decider::new(&rulebook, &intake.book, NOW).lead(0);
        assert!(advice.priority.as_ref().is_some_and(|priority| priority.total.is_finite()), "{then}");
        let json = serde_json::to_string(&advice).unwrap();
        assert!(!json.contains("null"), "{json}");
    }
}

#[test]
fn nothing_is_placed_after_2100() {
    let rulebook = rulebook(
        "rule \"a\" when true then email.within(1800.days);\nrule \"b\" when true then content.after(1800.days);",
    );
    let intake = book(
        r#"[{ "id": "a", "country": "NL", "zone": "Europe/Amsterdam", "people": [{ "id": "p", "channels": ["email"] }] }]"#,
    );
    let latest = cadans::calendar::instant::LATEST;
    for days in [1, 20, 400, 1_000] {
        let now = latest - cadans::calendar::Duration::DAY.times(days).unwrap();
        let decider = Decider::new(&rulebook, &intake.book, now);
        for decision in decider.all() {
            let moments = [decision.from, decision.until, decision.review_at];
            assert!(moments.into_iter().flatten().all(|at| at <= latest), "{decision:?}");
        }
    }
}
