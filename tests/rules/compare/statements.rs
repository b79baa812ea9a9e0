//! Changes by statement and clause, in words.

use cadans::compare::{ChangeKind, Changes, compare};
use cadans::language::PackSource;
use cadans::wording::Language::{Dutch, English};

fn pack(file: &str, text: &str) -> PackSource {
    PackSource { file: file.into(), text: text.into() }
}

fn changes(before: &str, after: &str) -> Changes {
    compare(&[pack("team.rhai", before)], &[pack("team.rhai", after)])
}

/// Each change as `title: words`.
fn told(before: &str, after: &str) -> Vec<String> {
    let changes = changes(before, after);
    changes.statements.iter().map(|one| format!("{}: {}", one.title, one.words(English))).collect()
}

const RULE: &str = "rule \"Price\" when lead.open and lead.visits(\"pricing\", 7.days) >= hot then phone.to(\"decider\").within(4.hours) because \"Prices\";";
const BASE: &str = "pack \"Team\" #{ version: \"1.0.0\" };\nsetting hot = 2 range 1..=10 because \"Hot\";\n";

#[test]
fn a_setting_a_channel_and_a_promise_are_told_as_people_say_it() {
    let before = format!("{BASE}{RULE}");
    let after = before.replace("hot = 2", "hot = 3").replace("phone", "email").replace("4.hours", "1.day");
    assert_eq!(
        told(&before, &after),
        ["setting hot: hot 2 to 3", "rule \"Price\": phone became email; within 4 hours to 1 day"]
    );
    let dutch: Vec<String> = changes(&before, &after).statements.iter().map(|one| one.words(Dutch)).collect();
    assert_eq!(dutch, ["hot van 2 naar 3", "telefoon werd mail; within van 4 uur naar 1 dag"]);
    assert_eq!(changes(&before, &after).statements[0].used_by, ["rule \"Price\""]);
}

#[test]
fn layout_comments_spelling_and_order_of_clauses_are_no_change() {
    let before = format!("{BASE}{RULE}");
    let after = "// Ours\npack \"Team\" #{version:\"1.0.0\"};\nsetting hot = 2 because \"Hot\" range 1..=10;\nrule \"Price\"\n  because \"Prices\"\n  then phone.within(4.hours).to(\"decider\")\n  when (lead.visits(\"pricing\", 7.days) >= hot) && lead.open;\n";
    let changes = changes(&before, after);
    assert!(changes.is_same(), "{:?}", changes.statements);
    assert!(changes.rewritten.is_empty());
}

#[test]
fn another_way_to_write_the_same_is_told_apart() {
    let before = format!("{BASE}{RULE}");
    let changes = changes(&before, &before.replace("4.hours", "240.minutes"));
    assert!(changes.is_same());
    assert_eq!(changes.rewritten.iter().map(|one| one.title.as_str()).collect::<Vec<_>>(), ["rule \"Price\""]);
}

#[test]
fn conditions_are_told_one_by_one() {
    let rule = |when: &str| format!("{BASE}rule \"A\" when {when} then phone;");
    for (before, after, words) in [
        ("lead.open", "lead.open and lead.value > 10000", "when also asks lead.value > 10000"),
        ("lead.open and lead.value > 10000", "lead.open", "when no longer asks lead.value > 10000"),
        ("lead.visits(7.days) >= 2", "lead.visits(7.days) >= 3", "when lead.visits(7.days): >= 2 became >= 3"),
        (
            "lead.visits(7.days) >= 2",
            "lead.visits(14.days) >= 2",
            "when: lead.visits(7.days) >= 2 became lead.visits(14.days) >= 2",
        ),
        ("lead.stage is \"lost\"", "lead.stage is not \"lost\"", "when lead.stage: is \"lost\" became is not \"lost\""),
        (
            "lead.open or lead.replied(7.days)",
            "lead.open or lead.replied(7.days) or lead.waiting",
            "when is also met by lead.waiting",
        ),
    ] {
        assert_eq!(told(&rule(before), &rule(after)), [format!("rule \"A\": {words}")]);
    }
}

#[test]
fn clauses_that_come_and_go_are_told() {
    let before = format!("{BASE}rule \"A\" when lead.open then phone because \"Why\";");
    assert_eq!(
        told(&before, &before.replace(" then", " unless lead.waiting then").replace(" because \"Why\"", "")),
        ["rule \"A\": unless lead.waiting added; because \"Why\" gone"]
    );
    assert_eq!(
        told(&before, &before.replace("phone", "phone.offer(\"guide\").at_best()")),
        ["rule \"A\": at_best() added; offer \"guide\" added"]
    );
}

#[test]
fn steps_of_a_series_are_told_by_their_place() {
    let cadence = |steps: &str| format!("{BASE}cadence \"Warm\" when lead.open steps [{steps}];");
    assert_eq!(
        told(
            &cadence("email, phone.after(4.days), social.after(8.days)"),
            &cadence("email, visit.after(2.days), phone.after(4.days), social.after(10.days)")
        ),
        ["cadence \"Warm\": touch 2 added: visit.after(2.days); touch 4: after 8 days to 10 days"]
    );
}

#[test]
fn a_renamed_rule_is_known_by_its_id_its_former_name_and_its_body() {
    for (before, after) in [
        ("rule \"A\" id \"x\" when lead.open then phone;", "rule \"B\" id \"x\" when lead.open then email;"),
        ("rule \"A\" when lead.open then phone;", "rule \"B\" formerly \"A\" when lead.open then email;"),
        ("rule \"A\" when lead.open then phone because \"x\";", "rule \"B\" when lead.open then phone because \"y\";"),
    ] {
        let changes = changes(&format!("{BASE}{before}"), &format!("{BASE}{after}"));
        let [one] = changes.statements.as_slice() else { panic!("{:?}", changes.statements) };
        assert_eq!((one.kind, one.former_title.as_deref()), (ChangeKind::Changed, Some("rule \"A\"")));
        assert!(one.words(English).contains("name \"A\" became \"B\""), "{}", one.words(English));
    }
}

#[test]
fn statements_without_a_name_are_known_by_what_they_share() {
    for (before, after, told_as) in [
        (
            "limit phone 2 per 7.days because \"x\";",
            "limit phone 3 per 7.days because \"x\";",
            "limit phone 3 per 7.days: 2 to 3",
        ),
        (
            "never phone when lead.waiting because \"x\";",
            "never email when lead.waiting because \"x\";",
            "never email: phone became email",
        ),
        (
            "reachable phone \"Mo-Fr 09:00-17:00\";",
            "reachable phone \"Mo-Fr 09:00-18:00\";",
            "reachable phone \"Mo-Fr 09:00-18:00\": \"Mo-Fr 09:00-17:00\" became \"Mo-Fr 09:00-18:00\"",
        ),
        (
            "pause phone 2.days when lead.open;",
            "pause phone 3.days when lead.open;",
            "pause phone 3.days: 2 days to 3 days",
        ),
        (
            "holidays \"LK\" [\"2027-01-14\"];",
            "holidays \"LK\" [\"2027-01-14\", \"2027-02-04\"];",
            "holidays \"LK\" [\"2027-01-14\", \"2027-02-04\"]: \"2027-02-04\" added",
        ),
    ] {
        assert_eq!(told(&format!("{BASE}{before}"), &format!("{BASE}{after}")), [told_as]);
    }
}

#[test]
fn each_form_of_statement_says_what_moved() {
    for (before, after, told_as) in [
        (
            "limit phone 2 per 7.days because \"x\";",
            "limit \"Two calls\" phone 3 per 7.days because \"x\";",
            "limit \"Two calls\": called \"Two calls\" now; 2 to 3",
        ),
        (
            "never \"No\" phone when lead.waiting because \"x\";",
            "never \"No\" email when lead.open because \"y\";",
            "never \"No\": phone became email; when: lead.waiting became lead.open; because: \"x\" became \"y\"",
        ),
        (
            "adjust \"A\" lever 1 because \"x\";",
            "adjust \"A\" lever 1.5 because \"x\";",
            "adjust \"A\": lever 1 to 1.5",
        ),
        ("needs \"Answers\" \"^1.2\";", "needs \"Answers\" \"^1.3\";", "needs \"Answers\": \"^1.2\" became \"^1.3\""),
        (
            "goal \"Stay\" measure retained_revenue target 400000 since \"2026-10-01\" until \"2027-03-31\";",
            "goal \"Stay\" measure retained_revenue target 500000 since \"2026-10-01\" until \"2027-03-31\";",
            "goal \"Stay\": target 400,000 to 500,000",
        ),
        ("effort visit 2.hours;", "effort visit 3.hours;", "effort visit 3.hours: 2 hours to 3 hours"),
        ("budget visit 4 per 7.days;", "budget visit 5 per 7.days;", "budget visit 5 per 7.days: 4 to 5"),
        (
            "setting rest = 2 unit \"days\" because \"x\";",
            "setting rest = 2 unit \"hours\" because \"x\";",
            "setting rest: unit: \"days\" became \"hours\"",
        ),
        (
            "example \"E\" given #{ stage: s } expect wait rows [[\"case\", \"s\"], [\"a\", 1], [\"b\", 2]];",
            "example \"E\" given #{ stage: s } expect wait rows [[\"case\", \"s\"], [\"a\", 1], [\"b\", 3], [\"c\", 4]];",
            "example \"E\": row 2: s 2 to 3; row 3 added: [\"c\", 4]",
        ),
    ] {
        assert_eq!(told(&format!("{BASE}{before}"), &format!("{BASE}{after}")), [told_as]);
    }
}

#[test]
fn what_is_switched_off_and_on_again_is_named() {
    let without = format!("{BASE}without \"Price page again\" because \"Our prices are public\";");
    let off = changes(BASE, &without);
    let [one] = off.statements.as_slice() else { panic!("{:?}", off.statements) };
    assert_eq!(one.words(English), "switched off \"Price page again\"");
    assert_eq!(one.words(Dutch), "zet \"Price page again\" uit");
    assert_eq!(one.text, "because \"Our prices are public\"");
    assert_eq!(told(&without, BASE), ["without \"Price page again\": switched on \"Price page again\" again"]);
}

#[test]
fn what_is_new_says_what_its_title_does_not() {
    let added = changes(BASE, &format!("{BASE}limit any 4 per 7.days across \"account\" when lead.open;"));
    assert_eq!(added.statements[0].title, "limit any 4 per 7.days across \"account\"");
    assert_eq!(added.statements[0].text, "when lead.open");
}

#[test]
fn files_of_a_rulebook_are_known_by_their_paths() {
    let layer = |name: &str, files: &str| format!("[[layer]]\nkind = \"team\"\nname = \"{name}\"\n{files}");
    let file = |path: &str, hash: &str| format!("[[layer.file]]\npath = \"{path}\"\nsha256 = \"{hash}\"\n");
    let table = |text: String| vec![pack("rulebook.toml", &text)];
    let before = layer("north", &[file("a.rhai", "1"), file("b.rhai", "2")].concat());
    let after = format!(
        "[settings]\nhot = 3\n{}{}",
        layer("law", ""),
        layer("north", &[file("c.rhai", "3"), file("b.rhai", "4")].concat())
    );
    let changes = compare(&table(before), &table(after));
    let words: Vec<String> = changes.keys[0].changes.iter().map(|one| one.words(English)).collect();
    assert_eq!(
        words,
        [
            "layer[law].kind \"team\" added",
            "layer[law].name \"law\" added",
            "this text of b.rhai accepted into layer north",
            "c.rhai added to layer north",
            "hot 3 added",
            "a.rhai gone from layer north"
        ]
    );
}

#[test]
fn what_a_pack_says_of_itself_is_told_by_key() {
    let before = "pack \"Team\" #{ version: \"1.0.0\", countries: [\"NL\"], notes: #{ checked: \"2026\" } };";
    let after = "pack \"The team\" #{ version: \"1.1.0\", countries: [\"NL\", \"BE\"], hard: true, notes: #{ checked: \"2027\" } };";
    assert_eq!(
        told(before, after),
        [
            "pack \"The team\": name \"Team\" became \"The team\"; version: \"1.0.0\" became \"1.1.0\"; countries \"BE\" added; hard true added; notes.checked: \"2026\" became \"2027\""
        ]
    );
}

#[test]
fn order_is_told_where_it_decides() {
    let text = |rules: &[&str]| format!("{BASE}{}", rules.join("\n"));
    let (a, b, c) = (
        "rule \"A\" when lead.open then phone;",
        "rule \"B\" when lead.waiting then phone.within(1.hour);",
        "rule \"C\" when lead.open then email.weight(2);",
    );
    // Neither the channel nor the factors of the priority are those of the others.
    assert!(changes(&text(&[a, c]), &text(&[c, a])).is_same());
    let moved = changes(&text(&[a, b]), &text(&[b, a]));
    assert!(!moved.is_same() && moved.statements.is_empty());
    let words = moved.order[0].words(English);
    assert!(
        words.starts_with("rule \"B\" now comes before rule \"A\"")
            || words.starts_with("rule \"A\" now comes after rule \"B\""),
        "{words}"
    );
    let (one, other) = ("enter \"interest\" when lead.open;", "enter \"consideration\" when lead.waiting;");
    assert!(changes(&text(&[one, other]), &text(&[other, one])).order[0].words(English).contains("the last counts"));
}

#[test]
fn a_rule_that_went_to_another_pack_is_moved() {
    let mine = pack(
        "mine.rhai",
        &format!("pack \"Mine\" #{{}};\n{}\nrule \"Other\" when lead.waiting then chat;", RULE.replace("hot", "2")),
    );
    let yours = pack("yours.rhai", "pack \"Yours\" #{};\nrule \"Third\" when lead.waiting then visit;");
    let rule = RULE.replace("hot", "2");
    let before = [mine.clone(), yours.clone()];
    let after = [
        pack("mine.rhai", "pack \"Mine\" #{};\nrule \"Other\" when lead.waiting then chat;"),
        pack("yours.rhai", &format!("{}\n{rule}", yours.text)),
    ];
    let changes = compare(&before, &after);
    let [one] = changes.statements.as_slice() else { panic!("{:?}", changes.statements) };
    assert_eq!(one.words(English), "moved from pack \"Mine\" to \"Yours\"");
}

#[test]
fn a_file_with_errors_is_compared_and_told() {
    let changes = changes(
        &format!("{BASE}rule \"A\" when lead.opn then phone;"),
        &format!("{BASE}rule \"A\" when lead.open then phone;"),
    );
    assert_eq!(changes.statements.len(), 1);
    assert_eq!((changes.broken.len(), changes.broken[0].is_after, changes.broken[0].errors), (1, false, 1));
}

#[test]
fn the_shipped_packs_are_the_same_as_themselves_and_their_languages_differ() {
    let read = |file: &str| pack(file, &std::fs::read_to_string(file).unwrap());
    for file in ["rules/inside-sales.rhai", "rules/answers.rhai", "rules/account-based.rhai"] {
        let changes = compare(&[read(file)], &[read(file)]);
        assert!(changes.is_same() && changes.rewritten.is_empty() && changes.broken.is_empty());
    }
    assert!(!compare(&[read("rules/answers.rhai")], &[read("rules/answers.nl.rhai")]).is_same());
}

#[test]
fn settings_files_are_compared_by_key() {
    let table = |text: &str| vec![pack("team.settings.toml", text)];
    let changes = compare(&table("hot_visits = 2\nold = true\n"), &table("# Ours\nhot_visits = 3\nnew = [1, 2]\n"));
    assert!(!changes.is_same());
    let words: Vec<String> = changes.keys[0].changes.iter().map(|one| one.words(English)).collect();
    assert_eq!(words, ["hot_visits 2 to 3", "new [1, 2] added", "old true gone"]);
    assert!(compare(&table("a = 1\nb = 2"), &table("b = 2 # later\n\na = 1")).is_same());
}

/// Whatever a file has, comparing it ends: cut off anywhere, with signs in the wrong places, or nested without end.
#[test]
fn no_text_stops_a_comparison() {
    let shipped = include_str!("../../command/shop.rhai");
    let sound = [pack("a.rhai", shipped)];
    let mut texts: Vec<String> = Vec::new();
    for part in 1..24 {
        let mut cut = shipped.len() * part / 24;
        while !shipped.is_char_boundary(cut) {
            cut += 1;
        }
        texts.push(shipped[..cut].to_owned());
        texts.push(shipped[cut..].to_owned());
        for sign in ["\"", "`", "(", "}", "${", "/*", "#{", "not ", ";", "\u{0}", "rule "] {
            texts.push(format!("{}{sign}{}", &shipped[..cut], &shipped[cut..]));
        }
    }
    for (open, close) in [
        ("(", ")"),
        ("[", "]"),
        ("not ", ""),
        ("- ", ""),
        ("`${", "}`"),
        ("#{ a: ", " }"),
        ("if a { ", " }"),
        ("a + ", ""),
        ("a.b(", ")"),
    ] {
        let nested = format!("{}x{}", open.repeat(20_000), close.repeat(20_000));
        texts.push(format!("rule \"A\" when {nested} then phone;"));
        texts.push(format!("never phone when {nested}"));
        texts.push(nested);
    }
    texts.push(format!("cadence \"A\" when lead.open steps [{}];", "phone, ".repeat(6_000)));
    texts.push("never phone;\n".repeat(5_000));
    texts.push("\u{feff}".to_owned());
    texts.push(String::new());
    for text in &texts {
        let changes = compare(&sound, &[pack("a.rhai", text)]);
        changes.statements.iter().for_each(|one| drop(one.words(Dutch)));
        compare(&[pack("a.rhai", text)], &sound);
    }
}
