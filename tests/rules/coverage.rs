//! What examples try of a pack: statements, sides of conditions, policies, steps; and how it is counted.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use cadans_testing::scenario::rulebook;

use cadans::coverage::{Coverage, Decided, PackCoverage, StatementCoverage, Tally, coverage, lcov};
use cadans::language::{PackSource, Rulebook};
use cadans::pack::Overrides;

const NEITHER: Decided = Decided { yes: false, no: false };
const ONLY_YES: Decided = Decided { yes: true, no: false };
const ONLY_NO: Decided = Decided { yes: false, no: true };
const BOTH: Decided = Decided { yes: true, no: true };

fn covered(pack: &str) -> PackCoverage {
    let Coverage { mut packs, .. } = coverage(&rulebook(&[pack]));
    packs.remove(0)
}

fn statement<'c>(pack: &'c PackCoverage, name: &str) -> &'c StatementCoverage {
    pack.statements.iter().find(|one| one.name == name).unwrap_or_else(|| panic!("{name}: {pack:?}"))
}

/// The sides of a statement: their texts, and which ways they were decided.
fn sides<'c>(pack: &'c PackCoverage, name: &str) -> Vec<(&'c str, Decided)> {
    statement(pack, name).conditions.iter().map(|side| (side.text.as_str(), side.decided)).collect()
}

const CALL: &str = r#"rule "Call" when lead.visits(7.days) >= 2 then phone;"#;
const HOLDS: &str = r#"example "Twice" given #{ signals: [visit(1.day.ago), visit(2.days.ago)] } expect phone;"#;
const HOLDS_NOT: &str = r#"example "Never" given #{} expect wait;"#;

#[test]
fn a_rule_is_covered_when_it_holds_in_one_example_and_not_in_another() {
    for (examples, decided) in
        [("", NEITHER), (HOLDS, ONLY_YES), (HOLDS_NOT, ONLY_NO), (&format!("{HOLDS}{HOLDS_NOT}"), BOTH)]
    {
        let pack = covered(&format!("{CALL}{examples}"));
        let rule = statement(&pack, "Call");
        assert_eq!((rule.decided, rule.won), (decided, decided.yes), "{examples}");
        assert_eq!(pack.totals.rules, Tally { covered: usize::from(decided == BOTH), of: 1 });
    }
}

#[test]
fn an_example_that_fails_shows_nothing() {
    let failing = r#"example "Twice" given #{ signals: [visit(1.day.ago), visit(2.days.ago)] } expect email;"#;
    let pack = covered(&format!("{CALL}{failing}"));
    assert_eq!((pack.passed, pack.failed, statement(&pack, "Call").decided), (0, 1, NEITHER));
}

#[test]
fn a_side_that_is_not_reached_is_not_decided() {
    let rule = r#"rule "Call" when lead.visits(7.days) >= 2 and (lead.stage is "interest" or lead.downloads() >= 1) then phone;"#;
    let visits = "signals: [visit(1.day.ago), visit(2.days.ago)]";
    let of = |examples: &str| {
        let pack = covered(&format!("{rule}{examples}"));
        sides(&pack, "Call").iter().map(|(_, decided)| *decided).collect::<Vec<_>>()
    };
    let texts = covered(rule);
    let texts: Vec<&str> = sides(&texts, "Call").iter().map(|(text, _)| *text).collect();
    assert_eq!(
        texts,
        [
            "lead.visits(7.days) >= 2",
            "(lead.stage is \"interest\" or lead.downloads() >= 1)",
            "lead.stage is \"interest\"",
            "lead.downloads() >= 1"
        ]
    );
    assert_eq!(of(HOLDS_NOT), [ONLY_NO, NEITHER, NEITHER, NEITHER]);
    let interested = format!("example \"a\" given #{{ stage: \"interest\", {visits} }} expect phone;");
    assert_eq!(of(&interested), [ONLY_YES, ONLY_YES, ONLY_YES, NEITHER]);
    let looking = format!("example \"b\" given #{{ stage: \"orientation\", {visits} }} expect wait;");
    assert_eq!(of(&format!("{interested}{looking}")), [ONLY_YES, BOTH, BOTH, ONLY_NO]);
}

#[test]
fn an_unless_is_decided_where_the_when_holds() {
    let rule = r#"rule "Call" when lead.visits() >= 1 unless lead.downloads() >= 1 then phone;"#;
    let visited = r#"example "a" given #{ signals: [visit(1.day.ago)] } expect phone;"#;
    let downloaded = r#"example "b" given #{ signals: [visit(1.day.ago), download("x", 1.day.ago)] } expect wait;"#;
    let only_download = r#"example "c" given #{ signals: [download("x", 1.day.ago)] } expect wait;"#;
    let unless = |examples: &str| sides(&covered(&format!("{rule}{examples}")), "Call")[1].1;
    assert_eq!(unless(visited), ONLY_NO);
    assert_eq!(unless(only_download), NEITHER);
    assert_eq!(unless(&format!("{visited}{downloaded}")), BOTH);
}

#[test]
fn a_person_for_whom_a_rule_does_not_hold_decides_it_too() {
    let pack = covered(
        r#"rule "Call" when person.is_a("decider") then phone;
           example "Only the decider" given #{} expect phone.to("decider");"#,
    );
    assert_eq!(statement(&pack, "Call").decided, BOTH);
}

#[test]
fn a_policy_is_tried_by_an_example_in_which_it_changes_the_advice() {
    let policies = r#"
        rule "Call" when lead.open then phone.to("decider");
        limit phone 1 per 7.days;
        reachable phone "Mo-Fr 09:00-17:00";
        never email;
        pause phone 2.days when lead.last_outcome("phone") is "no_answer";
        example "The first" given #{} expect phone.within(1.hour);"#;
    let pack = covered(policies);
    let decided = |pack: &PackCoverage, name: &str| statement(pack, name).decided;
    assert_eq!(decided(&pack, "limit phone 1 per 7 days"), ONLY_NO);
    assert_eq!(decided(&pack, "reachable phone \"Mo-Fr 09:00-17:00\""), ONLY_NO);
    assert_eq!(decided(&pack, "never email"), NEITHER);
    let pack = covered(&format!(
        r#"{policies}
        example "The second is a week later"
            given #{{ people: [#{{ id: "ann", roles: ["decider"], channels: ["phone"] }}],
                     signals: [call("voicemail", 2.days.ago, #{{ person: "ann" }})] }} expect phone.after(5.days);
        example "In the evening it is for tomorrow"
            given #{{ now: "2026-01-14T20:00:00+01:00" }} expect phone.after(12.hours);"#
    ));
    assert_eq!(decided(&pack, "limit phone 1 per 7 days"), BOTH);
    assert_eq!(decided(&pack, "reachable phone \"Mo-Fr 09:00-17:00\""), BOTH);
    assert_eq!(decided(&pack, "pause phone 2 days"), ONLY_NO);
    assert_eq!(sides(&pack, "pause phone 2 days"), [("lead.last_outcome(\"phone\") is \"no_answer\"", ONLY_NO)]);
}

#[test]
fn the_steps_of_a_cadence_count_one_by_one() {
    let pack = covered(
        r#"cadence "Warm" when lead.stage is "interest" steps [email, phone.after(2.days), social.after(4.days)];
           example "First a mail" given #{ stage: "interest", signals: [visit(1.day.ago)] } expect email;
           example "Then a call" given #{ stage: "interest",
               people: [#{ id: "ann", roles: ["decider"], channels: ["phone", "email"] }],
               signals: [email(2.days.ago, #{ person: "ann", direction: "outbound", cadence: "Warm", step: 1 })] }
               expect phone;
           example "Not looking" given #{ stage: "orientation" } expect wait;"#,
    );
    let cadence = statement(&pack, "Warm");
    assert_eq!(cadence.decided, BOTH);
    assert_eq!(cadence.steps.iter().map(|step| step.advised).collect::<Vec<_>>(), [true, true, false]);
    // The cadence, and two of its three steps.
    assert_eq!(pack.totals.statements, Tally { covered: 3, of: 4 });
}

#[test]
fn enter_statements_count() {
    let pack = covered(
        r#"enter "interest" when lead.visits(30.days) >= 3;
           rule "Call" when lead.stage is "interest" then phone;
           example "Three" given #{ stage: "orientation", signals: [visit(1.day.ago), visit(2.days.ago), visit(3.days.ago)] }
               expect phone;
           example "One" given #{ stage: "orientation", signals: [visit(1.day.ago)] } expect wait;"#,
    );
    assert_eq!(statement(&pack, "interest").decided, BOTH);
}

#[test]
fn a_rule_that_can_never_hold_is_told_apart_from_one_that_was_never_tried() {
    let pack = covered(
        r#"setting hot = 2;
           rule "Dead" when lead.open and hot > 3 then phone;
           rule "Stopped" when lead.open unless true then phone;
           rule "Not tried" when lead.visits() >= hot then phone;"#,
    );
    let dead: Vec<(&str, bool)> = pack.statements.iter().map(|one| (one.name.as_str(), one.never_holds)).collect();
    assert_eq!(dead, [("Dead", true), ("Stopped", true), ("Not tried", false)]);
}

#[test]
fn of_an_interpreted_condition_only_the_whole_is_known() {
    let pack = covered(
        r#"rule "Call" when switch lead.visits() { 0 => false, _ => lead.open or lead.stage is "lost" } then phone;
           example "a" given #{ signals: [visit(1.day.ago)] } expect phone;
           example "b" given #{} expect wait;"#,
    );
    let rule = statement(&pack, "Call");
    assert_eq!((rule.interpreted, rule.decided, rule.conditions.len()), (true, BOTH, 0));
}

#[test]
fn a_side_in_a_helper_function_counts_once() {
    let pack = covered(
        r#"fn hot(lead) { lead.visits() >= 1 and lead.open }
           rule "One" when hot(lead) then phone;
           rule "Two" when hot(lead) then email;
           example "a" given #{ signals: [visit(1.day.ago)] } expect phone.by("One");
           example "b" given #{} expect wait;"#,
    );
    let helpers: Vec<(&str, Decided)> = pack.helpers.iter().map(|side| (side.text.as_str(), side.decided)).collect();
    assert_eq!(helpers, [("lead.visits() >= 1", BOTH), ("lead.open", ONLY_YES)]);
    assert_eq!(pack.totals.conditions, Tally { covered: 1, of: 2 });
}

#[test]
fn a_pack_without_examples_counts_with_the_others() {
    let tried = format!("{CALL}{HOLDS}{HOLDS_NOT}");
    let all = coverage(&rulebook(&[&tried, r#"rule "Write" when lead.downloads() >= 1 then email;"#]));
    assert_eq!(all.totals.rules, Tally { covered: 1, of: 2 });
    assert_eq!(all.totals.all.percent(), Some(50));
    assert_eq!(coverage(&rulebook(&["const A = 1;"])).totals.all.percent(), None);
}

#[test]
fn lcov_has_a_branch_for_each_way_of_a_side() {
    let pack = r#"rule "Call"
    when lead.visits() >= 1
     and lead.open
    then phone;
example "a" given #{ signals: [visit(1.day.ago)] } expect phone;
rule "Write" when lead.downloads() >= 1 then email;
"#;
    let source = PackSource { file: "team, north.rhai".to_owned(), text: pack.to_owned() };
    let all = coverage(&Rulebook::new(&[source], &Overrides::default()).0);
    let expected = "\
TN:
SF:team, north.rhai
FN:1,Call
FN:6,Write
FNDA:1,Call
FNDA:0,Write
FNF:2
FNH:1
BRDA:2,0,0,1
BRDA:2,0,1,0
BRDA:3,0,0,1
BRDA:3,0,1,0
BRF:4
BRH:2
DA:1,1
DA:2,1
DA:3,1
DA:6,0
LF:4
LH:3
end_of_record
";
    assert_eq!(lcov(&all), expected);
}

#[test]
fn a_policy_that_repeats_a_check_of_the_engine_counts_where_that_check_stops_what_it_forbids() {
    let pack = |examples: &str| {
        covered(&format!(
            r#"never phone when person.do_not_call; never phone when person.is_a("user");
            rule "Call" when lead.open then phone.to("decider");
            const ann = #{{ id: "ann", roles: ["decider"], channels: [phone] }};{examples}"#
        ))
    };
    let policy = |examples: &str| pack(examples).statements[0].decided;
    let refused = r#"example "a" given #{ people: [ann + #{ do_not_call: true }] } expect hold;"#;
    let called = r#"example "b" given #{ people: [ann] } expect phone;"#;
    assert_eq!(policy(refused), ONLY_YES);
    assert_eq!(policy(&format!("{refused}{called}")), BOTH);
    // It forbids nothing here, and the other reads something else.
    assert_eq!(policy(called), ONLY_NO);
    assert_eq!(pack(refused).statements[1].decided, NEITHER);
}
