//! Reading packs, seen from outside: the example of DESIGN.md, every kind of mistake with its exact place, and one mistake that
//! leaves the rest alone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod compiled;
mod statement_forms;

use cadans::diagnostics::{Diagnostic, Severity};
use cadans::evaluate::clause::interpret;
use cadans::language::{PackSource, Rulebook, read};
use cadans::pack::Overrides;
use cadans::pack::expression::Body;
use cadans::pack::policies::{Channels, Scope};

/// The example of `DESIGN.md`, section 3.
const BRIEF: &str = r##"pack "Inside sales, B2B basics" #{ version: "1.0.0", language: "en", author: "Sales team North" };

fact budget as number because "Yearly budget in euros, from the intake form";
setting hot_visits = 2 range 1..=10 because "Visits to the price page in a week that count as hot";

enter "interest" when lead.visits(30.days) >= 3 or lead.downloads(30.days) >= 1;

// The customer starts the conversation: answer first, plan later.
rule "Form filled in: phone at once"
    when lead.since("form") < 1.hour and not lead.answered
    then phone.to("decider").within(5.minutes).value(100)
    because `Asked for contact ${lead.since("form")} ago`;

rule "Price page again: phone today"
    when lead.stage is "consideration" and lead.visits("pricing", 7.days) >= hot_visits
     and lead.country in ["NL", "BE"]
    then phone.to("decider").within(4.hours).offer("roi-calculator")
    because `Looked at prices ${lead.visits("pricing", 7.days)} times this week`;

never phone when person.do_not_call because "Asked not to be called";
limit phone 2 per 7.days;
limit any 4 per 7.days across "account" because "Four touches a week is enough for one company";
reachable phone "Mo-Fr 09:00-12:30,13:30-17:30; PH off";
pause phone 2.days when lead.last_outcome("phone") is "no_answer";

cadence "Warm inbound"
    when lead.stage is "interest"
    steps [ email.offer("guide"), social.after(2.days), phone.after(4.days) ]
    until lead.replied(14.days);

example "A hot lead is phoned within four hours"
    given #{ stage: "consideration", now: "2026-11-20T10:00:00+01:00",
             signals: [ visit("pricing", 1.day.ago), visit("pricing", 2.days.ago) ] }
    expect phone.to("decider").before("2026-11-20T14:00:00+01:00");
"##;

fn diagnostics(source: &str) -> Vec<Diagnostic> {
    read("test.rhai", source, &Overrides::default()).diagnostics
}

/// `code line:column-endline:endcolumn` of each finding that is more than a note.
fn told(source: &str) -> Vec<String> {
    diagnostics(source)
        .iter()
        .filter(|each| each.severity != Severity::Note)
        .map(|each| {
            let span = each.span;
            if span.line == span.end_line {
                format!("{} {}:{}-{}", each.code, span.line, span.column, span.end_column)
            } else {
                format!("{} {}:{}-{}:{}", each.code, span.line, span.column, span.end_line, span.end_column)
            }
        })
        .collect()
}

#[test]
fn the_pack_of_the_design_document_has_no_findings() {
    let reading = read("basics.rhai", BRIEF, &Overrides::default());
    assert_eq!(reading.diagnostics, vec![]);
    let pack = reading.pack;
    assert_eq!(pack.about.name, "Inside sales, B2B basics");
    assert_eq!(pack.about.version.as_deref(), Some("1.0.0"));
    assert_eq!(pack.about.author.as_deref(), Some("Sales team North"));
    assert_eq!(
        (pack.facts.len(), pack.settings.len(), pack.enters.len(), pack.rules.len(), pack.nevers.len()),
        (1, 1, 1, 2, 1)
    );
    assert_eq!(
        (pack.limits.len(), pack.hours.len(), pack.pauses.len(), pack.cadences.len(), pack.examples.len()),
        (2, 1, 1, 1, 1)
    );
    assert_eq!(pack.limits[1].across, Scope::Account);
    assert_eq!(pack.limits[1].channels, Channels::Any);
    assert_eq!(&*pack.hours[0].hours, "Mo-Fr 09:00-12:30,13:30-17:30; PH off");
    assert!(pack.nevers[0].when.as_ref().unwrap().reads_person);
    assert!(!pack.rules[0].when.reads_person);
    for rule in &pack.rules {
        for clause in [&rule.when, &rule.then, rule.because.as_ref().unwrap()] {
            assert!(matches!(clause.body, Body::Compiled(_)), "{} is not compiled", clause.source);
        }
    }
}

#[test]
fn the_given_of_an_example_becomes_a_lead_in_the_lead_format() {
    let pack = read("basics.rhai", BRIEF, &Overrides::default()).pack;
    let given = &pack.examples[0].cases[0].given;
    assert_eq!(given.now.to_string(), "2026-11-20T09:00:00Z");
    assert_eq!(
        given.lead,
        serde_json::json!({
            "stage": "consideration",
            "signals": [
                { "at": "2026-11-19T09:00:00Z", "kind": "visit", "topic": "pricing" },
                { "at": "2026-11-18T09:00:00Z", "kind": "visit", "topic": "pricing" },
            ],
        })
    );
}

#[test]
fn every_error_is_reported_at_its_span() {
    let cases: &[(&str, &str)] = &[
        // Shape.
        ("ruel \"a\" when lead.open then phone;", "unknown-statement 1:1-5"),
        ("let x = 2;", "unknown-statement 1:1-4"),
        ("never phone\nlimit phone 2 per 7.days;", "missing-semicolon 1:12-13"),
        ("never phone when (lead.open;", "unclosed-bracket 1:18-19"),
        ("never phone when lead.open);", "stray-bracket 1:27-28"),
        ("never phone because \"No calls;", "unclosed-text 1:21-31"),
        ("never phone because `No calls;\nlimit phone 2 per 7.days;", "unclosed-text 1:21-22"),
        ("never phone; /* and then", "unclosed-comment 1:14-16"),
        ("never phone because 'No calls';", "single-quotes 1:21-22"),
        ("never phone because “No calls”;", "curly-quotes 1:21-22"),
        ("rule \"a\" when lead.open then phone when lead.open;", "duplicate-clause 1:36-40"),
        ("rule \"a\" when lead.open then phone until lead.open;", "misplaced-clause 1:36-41"),
        ("rule \"a\" when then phone;", "empty-clause 1:10-14"),
        ("rule \"a\" when lead.open;", "missing-then 1:1-24"),
        ("rule \"a\" then phone;", "missing-when 1:1-20"),
        ("cadence \"a\" when lead.open;", "missing-steps 1:1-27"),
        ("limit phone 2;", "missing-per 1:1-14"),
        ("rule when lead.open then phone;", "missing-name 1:1-5"),
        ("never phone wen lead.open;", "unexpected 1:13-16"),
        // Names.
        ("never phne;", "unknown-channel 1:7-11"),
        ("never \"phone\";", "unknown-channel 1:7-14"),
        ("enter \"intrest\" when lead.open;", "unknown-stage 1:7-16"),
        ("never phone when lead.stage is \"intrest\";", "unknown-stage 1:32-41"),
        ("never phone when lead.stage in [\"interest\", \"propsal\"];", "unknown-stage 1:45-54"),
        ("never phone when \"decidr\" in person.roles;", "unknown-role 1:18-26"),
        ("never phone when lead.since(\"from\") < 1.day;", "unknown-signal 1:29-35"),
        ("never phone when lead.touches(\"fax\") > 1;", "unknown-channel 1:31-36"),
        ("never phone when lead.knows(\"boss\");", "unknown-role 1:29-35"),
        ("never phone when lead.visists(7.days) > 2;", "unknown-fact 1:23-30"),
        ("never phone when lead.budget > 2;", "unknown-fact 1:23-29"),
        ("never phone when lead.do_not_call;", "unknown-fact 1:23-34"),
        ("never phone when led.open;", "unknown-name 1:18-21"),
        ("never phone when lead.visits > 2;", "missing-parentheses 1:23-29"),
        ("never phone when lead.stage() is \"lost\";", "needless-parentheses 1:23-28"),
        ("never phone when hot(lead);", "unknown-function 1:18-21"),
        ("rule \"a\" when lead.open then phone.too(\"decider\");", "unknown-builder 1:36-39"),
        ("rule \"a\" when lead.open then find(\"boss\");", "unknown-role 1:35-41"),
        ("limit phone 2 per 7.days across \"team\";", "unknown-scope 1:33-39"),
        ("fact budget as money;", "unknown-type 1:16-21"),
        ("fact budget;", "missing-type 1:1-12"),
        ("fact stage as text;", "taken-name 1:6-11"),
        ("setting phone = 2;", "taken-name 1:9-14"),
        ("fn visits(x) { x }", "taken-name 1:4-10"),
        ("fact a as text; fact a as text;", "duplicate-name 1:22-23"),
        (
            "rule \"a\" when lead.open then phone because \"x\"; rule \"a\" when lead.open then email;",
            "duplicate-name 1:54-57",
        ),
        ("pack \"a\"; pack \"b\";", "duplicate-pack 1:11-19"),
        // Types.
        ("never phone when lead.visits(7.days) > \"3\";", "number-with-text 1:18-43"),
        ("never phone when lead.since(\"form\") < 3;", "different-types 1:18-40"),
        ("never phone when lead.stage;", "not-a-condition 1:18-28"),
        ("never phone when lead.open and lead.visits();", "not-a-condition 1:32-45"),
        ("never phone when not (lead.visits());", "not-a-condition 1:22-37"),
        ("never phone when lead.stage >= 3;", "number-with-text 1:18-33"),
        ("never phone when lead.stage > \"interest\";", "word-out-of-order 1:18-41"),
        ("never phone when person.stance is not 2;", "number-with-text 1:18-40"),
        ("fact vip as truth; never phone when lead.vip;", "may-be-unknown 1:37-45"),
        ("fact vip as truth; never phone when lead.open and not lead.vip;", "may-be-unknown 1:55-63"),
        ("rule \"a\" when lead.open then fax.within(4.hours);", "unknown-channel 1:30-33"),
        ("cadence \"a\" when lead.open steps [email, fax];", "unknown-channel 1:42-45"),
        ("never phone when lead.visits(3) > 1;", "wrong-arguments 1:30-31"),
        ("never phone when lead.since() < 1.day;", "wrong-arguments 1:18-30"),
        ("never phone when lead.score(0.days) > 1;", "wrong-arguments 1:29-35"),
        ("rule \"a\" when lead.open then phone.within(5);", "wrong-arguments 1:43-44"),
        ("rule \"a\" when lead.open then phone.chance(1.5);", "wrong-arguments 1:43-46"),
        ("rule \"a\" when lead.open then phone.within(lead.stage);", "wrong-arguments 1:43-53"),
        ("rule \"a\" when lead.open then \"phone\";", "not-a-touch 1:30-37"),
        ("rule \"a\" when lead.open then hold;", "hold-in-rule 1:30-34"),
        ("never phone because phone;", "not-a-sentence 1:21-26"),
        ("never phone when lead.since(\"form\") < 7.dys;", "unknown-unit 1:41-44"),
        ("never phone when lead.since(\"form\") < 1.day.ago;", "ago-outside-example 1:45-48"),
        ("never phone when now > date(\"july\");", "bad-moment 1:29-35"),
        ("limit phone \"2\" per 7.days;", "missing-number 1:13-16"),
        ("limit phone 2 per 7;", "not-a-length 1:19-20"),
        ("pause phone 8.working_hours when lead.open;", "not-a-length 1:13-28"),
        ("setting a = 20 range 1..=10; never phone when lead.visits() > a;", "outside-range 1:13-15"),
        ("setting a = 2 range 10..=1; never phone when lead.visits() > a;", "bad-range 1:21-27"),
        ("setting a = 2;", "unused-setting 1:1-14"),
        ("reachable phone \"Mo-Fr 9-25\";", "opening-hours 1:24-28"),
        // Syntax, as Rhai finds it.
        ("never phone when lead.visits() >= ;", "syntax 1:32-34"),
        ("never phone when eval(\"1\");", "syntax 1:18-22"),
        ("never phone when lead.visits() ** 2 > 4;", "syntax 1:32-34"),
        ("never phone when lead.visits() = 2;", "syntax 1:32-33"),
        ("rule \"a\" when lead.open then phone.by(\"a\");", "by-outside-expect 1:36-38"),
        ("cadence \"a\" when lead.open steps [email, phone.by(\"a\")];", "by-outside-expect 1:48-50"),
        // After `is not` and `not in`, which Rhai reads as one sign of the same length.
        ("never phone when lead.stage is not \"intrest\";", "unknown-stage 1:36-45"),
        ("never phone when lead.stage not in [\"lost\", \"propsal\"];", "unknown-stage 1:45-54"),
        ("never phone when lead.stage is not \"lost\" and led.open;", "unknown-name 1:47-50"),
        ("never phone when lead.stage not in [\"lost\"] and led.open;", "unknown-name 1:49-52"),
        ("never phone when lead.stage is /* é */ not\n  \"lost\" and led.open;", "unknown-name 2:14-17"),
        ("never phone because `${lead.stage is not led.open}`;", "unknown-name 1:42-45"),
        ("never phone when lead.visits() is not \"3\";", "number-with-text 1:18-42"),
        ("never phone when lead.visits() not in \"3\" and lead.open is not = 2;", "syntax 1:64-65"),
        ("fn f(x) { x is not y }", "unknown-name 1:20-21"),
        // Lines below the first, and characters that take more than a byte.
        ("never phone\n  when lead.stage is \"intrest\"\n  because \"x\";", "unknown-stage 2:22-31"),
        ("never phone because \"één\" when led.open;", "unknown-name 1:32-35"),
        ("never phone because `één ${led.open}`;", "unknown-name 1:28-31"),
        // Examples.
        ("example \"a\" given lead expect phone;", "bad-given 1:19-23"),
        ("example \"a\" given #{ now: \"soon\" } expect phone;", "bad-given 1:19-35"),
        ("example \"a\" given #{} expect 3;", "not-a-touch 1:30-31"),
    ];
    let mut wrong = Vec::new();
    for (source, expected) in cases {
        let told = told(source);
        if told != [*expected] {
            wrong.push(format!("{source}\n   expected {expected}\n   told     {told:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn is_not_and_not_in_negate_is_and_in() {
    let conditions = |source: &str| {
        let reading = read("test.rhai", source, &Overrides::default());
        assert_eq!(reading.diagnostics, vec![], "{source}");
        let when = reading.pack.nevers[0].when.clone().unwrap();
        let Body::Compiled(node) = when.body else { panic!("{source} is not compiled") };
        (format!("{:?}", node.kind).replace(char::is_numeric, ""), when.source)
    };
    for (words, signs) in [
        ("lead.stage is not \"lost\"", "lead.stage !=     \"lost\""),
        ("lead.stage not in [\"lost\"]", "lead.stage !in    [\"lost\"]"),
        ("lead.open and lead.stage is not \"lost\"", "lead.open and lead.stage !=     \"lost\""),
    ] {
        let (meant, source) = conditions(&format!("never phone when {words};"));
        assert_eq!(meant, conditions(&format!("never phone when {signs};")).0);
        assert_eq!(&*source, words, "shown as it was written");
    }
    // In a text and in a comment they stay what they are.
    let source = "never phone because `It is not in ${/* is not */ lead.stage} and not in \"${lead.stage}\"`;";
    let pack = read("test.rhai", source, &Overrides::default()).pack;
    let because = pack.nevers[0].because.as_ref().unwrap();
    let book = cadans::book::GroupRecords::new(
        vec![cadans::book::Lead { stage: Some(cadans::book::vocabulary::Stage::Lost), ..Default::default() }],
        vec![],
        vec![],
    );
    let facts = cadans::evaluate::facts::FactContext::new(&book, 0, cadans::calendar::Instant::from_millis(0));
    let said = interpret(because, &facts).unwrap();
    assert!(format!("{said:?}").contains("It is not in lost and not in"), "{said:?}");
}

#[test]
fn a_misspelled_word_gets_a_suggestion() {
    let help = |source: &str| {
        let found = diagnostics(source);
        found.into_iter().find(|each| each.severity == Severity::Error).unwrap().help
    };
    assert_eq!(help("never phne;"), "did you mean phone?");
    assert_eq!(help("never phone when lead.visists() > 2;"), "did you mean lead.visits?");
    assert_eq!(help("never phone when lead.do_not_call;"), "person.do_not_call exists; did you mean that?");
    assert_eq!(help("never phone when lead.stage is \"intrest\";"), "did you mean \"interest\"?");
    assert_eq!(help("ruel \"a\" when lead.open then phone;"), "did you mean rule?");
    assert_eq!(help("never phone wen lead.open;"), "did you mean when?");
    assert_eq!(help("setting hot = 2; never phone when lead.visits() > hott;"), "did you mean hot?");
    assert_eq!(help("never phone when visits(7.days) > 2;"), "write lead.visits(...)");
    assert_eq!(help("never phone when lead.stage is consideration;"), "write \"consideration\", between quotes");
    assert_eq!(help("never phone when stage is \"lost\";"), "write lead.stage");
    assert_eq!(help("never phone when lead.stage = \"lost\";"), "write is instead of =: lead.stage is \"lost\"");
    assert_eq!(help("never phone when (lead.open or lead.age = 2);"), "write is instead of =: lead.age is 2");
    assert_eq!(help("never phone when lead.visits() = 2;"), "write is instead of =");
    assert_eq!(help("never phone when lead.visits(\"x\", 7) > 2;"), "write 7.days instead of 7");
    assert_eq!(
        help("rule \"a\" when lead.open then emial;"),
        "did you mean email? There are also phone, social, chat, video, visit, content, answer, wait, find(\"decider\"), \
         hand_over(\"marketing\")"
    );
    assert_eq!(
        help("rule \"a\" when lead.open then wiat;"),
        "did you mean wait? There are also phone, email, social, chat, video, visit, content, answer, find(\"decider\"), \
         hand_over(\"marketing\")"
    );
    assert_eq!(help("rule \"a\" when lead.open then phone.within(sooon);").split(' ').next(), Some("put"));
    assert_eq!(
        help("never phone when lead.stage >= 3;"),
        "write is \"interest\", or in [...] with those you mean: orientation, interest, consideration, proposal, \
         decision, customer, lost"
    );
}

#[test]
fn a_declared_fact_alone_is_an_error_for_a_lead_without_it() {
    let help = |when: &str| {
        let found = diagnostics(&format!("fact vip as truth; never phone when {when};"));
        found.into_iter().map(|each| each.help).collect::<Vec<_>>()
    };
    assert_eq!(help("lead.vip"), ["write lead.vip is true"]);
    assert_eq!(help("lead.open or not lead.vip"), ["write lead.vip is not true"]);
    assert_eq!(help("lead.vip is true"), Vec::<String>::new());
    assert_eq!(help("lead.vip is not true"), Vec::<String>::new());
    assert_eq!(help("lead.vip ?? false"), Vec::<String>::new());
}

#[test]
fn one_broken_statement_does_not_affect_the_others() {
    let sound = "never phone because \"No calls\";\n";
    for broken in [
        "rule \"a\" when (lead.open then phone;",
        "rule \"a\" when lead.open then phone.to(\"decider;",
        "rule \"a\" when lead.open then phone because `text",
        "rule \"a\" when lead.open }} then phone;",
        "rule \"a\" when ((((",
        "rule \"a\" when lead.[ then",
        "rule",
        ";;;",
        "fn broken(x) { if x {",
        "pack",
        "setting x",
        "example \"a\" given #{ signals: [",
        "/* a comment that goes on",
        "never phone when \u{0} then",
        "never phone when `${`${`",
    ] {
        let source = format!("{sound}{broken}\n{sound}{sound}");
        let reading = read("test.rhai", &source, &Overrides::default());
        assert_eq!(reading.pack.nevers.len(), 3, "{broken}: {:?}", reading.diagnostics);
        assert!(broken == ";;;" || !reading.diagnostics.is_empty(), "{broken} was not told");
        assert!(reading.diagnostics.iter().all(|each| each.span.line == 2), "{broken}: {:?}", reading.diagnostics);
    }
}

#[test]
fn clauses_may_have_any_order_and_clause_words_in_brackets_begin_no_clause() {
    let source = "rule \"a\" because \"x\" then phone when lead.open unless lead.visits(\"when\") > 1;";
    let reading = read("test.rhai", source, &Overrides::default());
    assert_eq!(reading.diagnostics, vec![]);
    assert_eq!(&*reading.pack.rules[0].when.source, "lead.open");
    assert_eq!(&*reading.pack.rules[0].then.source, "phone");
}

#[test]
fn an_error_in_a_helper_function_is_reported_once_and_in_the_function() {
    let found = diagnostics(
        "fn hot(lead) { lead.visists(7.days) > 2 }\nnever phone when hot(lead);\nnever email when hot(lead);",
    );
    let told: Vec<_> = found.iter().map(|each| (each.code, each.span.line, each.span.column)).collect();
    assert_eq!(told, [("unknown-fact", 1, 21)]);
}

#[test]
fn a_helper_function_reads_only_its_parameters() {
    let found = diagnostics("fn hot() { lead.visits() > 2 }");
    assert_eq!((found[0].code, found[0].span.line, found[0].span.column), ("unknown-name", 1, 12));
    assert_eq!(found[0].why, "a helper function sees only what is handed to it");
}

#[test]
fn an_override_replaces_the_value_of_a_setting() {
    let source = "pack \"p\";\nsetting hot = 2 range 1..=10;\nnever phone when lead.visits() > hot;";
    let value = |overrides: &Overrides| read("p.rhai", source, overrides).pack.settings[0].value.to_string();
    let mut overrides = Overrides::default();
    overrides.set("hot", 5.into());
    assert_eq!(value(&overrides), "5");
    overrides.set("p/hot", 6.into());
    assert_eq!(value(&overrides), "6");
    overrides.set("p/hot", 11.into());
    assert_eq!(value(&overrides), "2");
    assert_eq!(read("p.rhai", source, &overrides).diagnostics[0].code, "bad-override");
}

#[test]
fn a_pack_with_the_name_or_another_type_of_an_earlier_one_is_left_out() {
    let pack = |file: &str, text: &str| PackSource { file: file.to_owned(), text: text.to_owned() };
    let (book, diagnostics) = Rulebook::new(
        &[
            pack("a.rhai", "pack \"a\"; fact size as number; never phone;"),
            pack("b.rhai", "pack \"a\"; never email;"),
            pack("c.rhai", "pack \"c\"; fact size as text; never chat;"),
            pack(
                "d.rhai",
                "pack \"d\"; fact size as number; rule \"r\" when lead.size > 2 then phone because \"Large\";",
            ),
        ],
        &Overrides::default(),
    );
    let codes: Vec<(&str, &str)> = diagnostics.iter().map(|each| (each.file.as_str(), each.code)).collect();
    assert_eq!(codes, [("b.rhai", "duplicate-pack"), ("c.rhai", "conflicting-fact")]);
    assert_eq!(book.packs().iter().map(|pack| pack.about.name.as_str()).collect::<Vec<_>>(), ["a", "d"]);
    assert_eq!(
        book.rules().map(|(pack, rule)| format!("{}/{}", pack.about.name, rule.name)).collect::<Vec<_>>(),
        ["d/r"]
    );
}

#[test]
fn the_shipped_packs_have_no_findings() {
    let mut files = Vec::new();
    for folder in ["rules", "rules/contact-policy"] {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        files.extend(std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()));
    }
    files.retain(|file| file.extension().is_some_and(|extension| extension == "rhai"));
    files.sort();
    assert!(files.len() >= 11);
    let sources: Vec<PackSource> = files
        .iter()
        .map(|file| PackSource { file: file.display().to_string(), text: std::fs::read_to_string(file).unwrap() })
        .collect();
    let (book, diagnostics) = Rulebook::new(&sources, &Overrides::default());
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    assert_eq!(book.packs().len(), files.len());
}

/// What is said about each pack of `rules/broken`; nothing else is wrong with them, and the sound rule stays.
#[test]
fn the_broken_packs_have_the_expected_messages() {
    let cases = [
        ("fact-name", "unknown-fact 5:49: lead has no vists; did you mean lead.visits?"),
        ("missing-then", "missing-then 4:1: this rule has no then; say what to do: then phone.to(\"decider\")"),
        (
            "no-length",
            "wrong-arguments 5:33: how far back lead.visits looks is written as a length of time, such as 7.days; write 7.days instead of 7",
        ),
        (
            "opening-hours",
            "opening-hours 4:18: \"nine to five\" cannot be read as hours; write it as Mo-Fr 09:00-12:30,13:30-17:30; PH off",
        ),
        (
            "same-name",
            "duplicate-name 9:6: there is another rule \"Looks around: send the guide\" in this pack; \
             give one of them another name",
        ),
        (
            "text-with-number",
            "number-with-text 5:10: a stage is a word, and cannot be compared so; write is \"interest\", or in [...] with those you mean: orientation, interest, consideration, proposal, decision, customer, lost",
        ),
        (
            "unknown-channel",
            "unknown-channel 6:10: fax is not a channel, nor anything else that a rule can do; write one of phone, email, social, chat, video, visit, content, answer, wait, find(\"decider\"), hand_over(\"marketing\")",
        ),
        (
            "word-for-equal",
            "syntax 5:21: = does not compare in a rule; write is instead of =: lead.stage is \"consideration\"",
        ),
    ];
    let mut wrong = Vec::new();
    for (name, expected) in cases {
        let file = format!("{}/rules/broken/{name}.rhai", env!("CARGO_MANIFEST_DIR"));
        let reading = read(&file, &std::fs::read_to_string(&file).unwrap(), &Overrides::default());
        let told: Vec<String> = reading
            .diagnostics
            .iter()
            .map(|each| {
                format!("{} {}:{}: {}; {}", each.code, each.span.line, each.span.column, each.message, each.help)
            })
            .collect();
        if told != [expected] {
            wrong.push(format!("{name}:\n  {expected}\n  {told:?}"));
        }
        assert_eq!(reading.pack.rules.len(), 1, "{name}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
