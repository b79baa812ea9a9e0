//! The examples of a pack: defaults, comparison, and the report of a failing example.

use cadans_testing::scenario::rulebook;

use cadans::examples::{ExampleResult, run_examples};
use cadans::wording::Language;

fn results(pack: &str) -> Vec<ExampleResult> {
    run_examples(&rulebook(&[pack]), Language::English)
}

fn passes(example: &str) -> bool {
    let pack = format!(
        r#"rule "Call" when lead.visits("pricing", 7.days) >= 2 then phone.to("decider").within(4.hours).offer("sum");
           reachable phone "Mo-Fr 09:00-12:30,13:30-17:30; PH off";
           never phone when person.do_not_call because "Asked not to be called";
           example "E" {example};"#
    );
    results(&pack)[0].passed
}

const HOT: &str = r#"signals: [ visit("pricing", 1.day.ago), visit("pricing", 2.days.ago) ]"#;

#[test]
fn an_example_compares_only_what_it_states() {
    assert!(passes(&format!("given #{{ {HOT} }} expect phone")));
    assert!(passes(&format!("given #{{ {HOT} }} expect phone.to(\"decider\").offer(\"sum\").within(1.hour)")));
    assert!(passes(&format!(
        "given #{{ now: \"2026-11-20T10:00:00+01:00\", {HOT} }} expect phone.before(\"2026-11-20T14:00:00+01:00\")"
    )));
    assert!(passes(&format!("given #{{ now: \"2026-11-20T12:30:00+01:00\", {HOT} }} expect phone.after(1.hour)")));
    assert!(passes("given #{} expect wait"));
    let only_mail = r#"people: [#{ id: "ann", roles: ["decider"], channels: [phone], do_not_call: true }]"#;
    assert!(passes(&format!("given #{{ {HOT}, {only_mail} }} expect hold")));
}

#[test]
fn each_part_of_an_expectation_is_compared() {
    for other in [
        "email",
        "phone.to(\"user\")",
        "phone.offer(\"guide\")",
        "phone.ask(\"Why?\")",
        "phone.after(1.hour)",
        "wait",
        "hold",
    ] {
        assert!(!passes(&format!("given #{{ {HOT} }} expect {other}")), "{other}");
    }
}

#[test]
fn a_failing_example_reports_expected_and_actual_advice() {
    let pack = r#"
        rule "Call" when true then phone because "They asked";
        never phone when true because "We never call";
        example "Calls" given #{ people: [#{ id: "ann", channels: [phone], country: "NL" }] } expect phone;
    "#;
    let result = &results(pack)[0];
    assert!(!result.passed);
    assert_eq!(
        (result.expected.as_str(), result.differs.as_slice()),
        ("phone", ["expected phone".to_owned()].as_slice())
    );
    assert!(result.came.starts_with("Hold: We never call"), "{}", result.came);
    assert!(result.came.contains("blocked: phone to ann: We never call"));
}

#[test]
fn an_example_can_require_the_rule_that_wins() {
    let differs = |expect: &str| {
        let pack = format!(
            r#"rule "Prices: call" when lead.open then phone.weight(2);
               rule "Demo: call" when lead.open then phone;
               rule "Lost: write" when lead.stage is "lost" then email;
               example "E" given #{{ people: [#{{ id: "ann", channels: [phone] }}] }} expect {expect};"#
        );
        results(&pack)[0].differs.clone()
    };
    assert_eq!(differs("phone.by(\"Prices: call\")"), Vec::<String>::new());
    assert_eq!(
        differs("phone.by(\"Demo: call\")"),
        [
            "expected it by \"Demo: call\", and it is by \"Prices: call\". That one came after it: Its weight is lower: 1 against 2"
        ]
    );
    assert_eq!(differs("phone.by(\"Lost: write\")"), ["expected it by \"Lost: write\", and it is by \"Prices: call\""]);
    assert_eq!(
        differs("phone.by(\"Price: call\")"),
        [
            "expected it by \"Price: call\", and no rule or cadence of this pack has that name; did you mean \"Prices: call\"?"
        ]
    );
    assert_eq!(
        differs("email.by(\"Lost: write\")"),
        ["expected email", "expected it by \"Lost: write\", and it is by \"Prices: call\""]
    );
}

#[test]
fn an_example_can_propose_touches_to_test_policies() {
    let pack = r#"
        limit phone 1 per 30.days;
        example "Once" given #{ propose: [phone] } expect phone;
        example "Not twice" given #{ propose: [phone.to("decider")], people: [#{ id: "ann", roles: ["decider"], channels: [phone] }],
            signals: [ call("no_answer", 2.days.ago, #{ person: "ann" }) ] } expect hold;
    "#;
    assert_eq!(results(pack).iter().map(|result| result.passed).collect::<Vec<_>>(), [true, true]);
}

#[test]
fn an_example_with_an_invalid_lead_fails_without_being_decided() {
    let result = &results(r#"example "Odd" given #{ stage: "dreaming" } expect wait;"#)[0];
    assert!(!result.passed && result.advice.is_none());
    assert!(result.differs[0].contains("stage"), "{:?}", result.differs);
}

#[test]
fn a_failing_example_is_reported_in_the_requested_language() {
    let differs = |expect: &str| {
        let pack = format!(
            "rule \"Call\" when true then phone.to(\"decider\").offer(\"guide\"); example \"E\" given #{{}} expect {expect};"
        );
        run_examples(&rulebook(&[&pack]), Language::Dutch)[0].differs.clone()
    };
    assert_eq!(differs("email"), ["email werd verwacht"]);
    assert_eq!(differs("phone.to(\"user\")"), ["verwacht werd dat het voor de gebruiker is"]);
    assert_eq!(differs("phone.offer(\"sum\")"), ["verwacht werd het aanbod \"sum\", en het is \"guide\""]);
    assert_eq!(
        differs("phone.by(\"Cal\")"),
        ["verwacht werd \"Cal\", en geen regel of cadence van deze pack heet zo; bedoel je \"Call\"?"]
    );
    assert_eq!(
        differs("phone.after(2.days)"),
        ["verwacht werd op zijn vroegst over 2.days, en het begint over 0.days"]
    );
}
