//! What the layout looks like, and the texts at its edges.

use cadans::diagnostics::Severity;
use cadans::format::{NotFormatted, format};
use cadans::limits;

use crate::format::held;

fn laid_out(text: &str) -> String {
    held("test.rhai", text).unwrap_or_else(|| panic!("refused: {:?}", format("test.rhai", text)))
}

fn refused(text: &str) -> Vec<&'static str> {
    match format("test.rhai", text) {
        Err(NotFormatted::Syntax(found)) => {
            assert!(found.iter().all(|one| one.severity == Severity::Error));
            found.iter().map(|one| one.code).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_short_statement_is_one_line_and_a_rule_never() {
    let written = "setting   hot=2 range 1 ..= 10 because\n\"Hot\" ;never phone when lead.visits ( 7 . days )>=hot;
rule \"Call\" id \"call\" when lead.open then phone . to( \"decider\" );limit any 4 per 7.days across \"account\";";
    let expected = "setting hot = 2 range 1..=10 because \"Hot\";
never phone when lead.visits(7.days) >= hot;

rule \"Call\" id \"call\"
    when lead.open
    then phone.to(\"decider\");

limit any 4 per 7.days across \"account\";
";
    assert_eq!(laid_out(written), expected);
}

#[test]
fn a_long_condition_has_its_words_below_each_other() {
    let written = "never phone when lead.stage is not \"lost\" and (lead.visits(\"pricing\", 7.days) >= 2 or lead.visits(\"demo\", 30.days) >= 1) and not lead.waiting or lead.value > 100_000 because \"No\";";
    let expected = "never phone
    when lead.stage is not \"lost\"
             and (lead.visits(\"pricing\", 7.days) >= 2 or lead.visits(\"demo\", 30.days) >= 1)
             and not lead.waiting
      or lead.value > 100_000
    because \"No\";
";
    assert_eq!(laid_out(written), expected);
}

#[test]
fn a_long_map_has_a_line_for_each_entry_and_a_last_list_stays_on_the_line() {
    let written = "example \"A\" given #{ stage: \"consideration\", people: [], signals: [ visit(\"pricing\", 1.day.ago), visit(\"pricing\", 2.days.ago), note(\"x\", 3.days.ago) ], } expect wait;
example \"B\" given #{ signals: [ visit(\"pricing\", 1.day.ago, #{ person: \"ann\" }) ], stage: \"consideration\", value: 40000.0, people: [#{ id: \"ann\" }] } expect wait;";
    let expected = "example \"A\"
    given #{ stage: \"consideration\", people: [], signals: [
        visit(\"pricing\", 1.day.ago),
        visit(\"pricing\", 2.days.ago),
        note(\"x\", 3.days.ago),
    ] }
    expect wait;

example \"B\"
    given #{
        signals: [visit(\"pricing\", 1.day.ago, #{ person: \"ann\" })],
        stage: \"consideration\",
        value: 40000.0,
        people: [#{ id: \"ann\" }],
    }
    expect wait;
";
    assert_eq!(laid_out(written), expected);
}

#[test]
fn the_line_on_which_a_last_list_begins_fits_too() {
    for width in 50..90 {
        let topic = "x".repeat(width);
        let written = format!(
            "example \"A\" given #{{ topic: \"{topic}\", signals: [visit(\"pricing\", 1.day.ago, #{{ person: \"ann\" }})] }} expect wait;"
        );
        let lines = laid_out(&written);
        assert!(lines.lines().all(|line| line.len() <= 110), "{lines}");
    }
}

#[test]
fn a_long_chain_goes_on_below_its_start() {
    let written = "rule \"Demo\" when lead.open then video.within(2.days).offer(\"demo-agenda\").ask(\"What would you have to see to know enough?\").weight(5).lever(1);";
    let expected = "rule \"Demo\"
    when lead.open
    then video.within(2.days).offer(\"demo-agenda\").ask(\"What would you have to see to know enough?\").weight(5)
         .lever(1);
";
    assert_eq!(laid_out(written), expected);
}

#[test]
fn bodies_of_functions_have_a_line_for_each_statement() {
    let written = "fn times(n){if n is 1{\"once\"}else{`${n} times`}}
fn kind(n, items) { let found = items [ 0 ] ?? items.len( ); for item in items { if item < -n { continue } found += [ - item, !true ]; }

switch n { 1 => \"one\", 2|3 if found.len() > 2 => { let some = 1; `some ${ n }` } _ => \"many, and a text that makes the whole of it too long for one line\" } }
fn again(n) { let i = 0; while i < n { i += 1; } do { i -= 1 } while i > 0; loop { break } try { throw 1 } catch (e) { i = 2 } const X = 2; return i ?? X }";
    let expected = "fn times(n) { if n is 1 { \"once\" } else { `${n} times` } }
fn kind(n, items) {
    let found = items[0] ?? items.len();
    for item in items {
        if item < -n { continue }
        found += [-item, !true];
    }

    switch n {
        1 => \"one\",
        2 | 3 if found.len() > 2 => {
            let some = 1;
            `some ${ n }`
        }
        _ => \"many, and a text that makes the whole of it too long for one line\",
    }
}
fn again(n) {
    let i = 0;
    while i < n { i += 1; }
    do { i -= 1 } while i > 0;
    loop { break }
    try { throw 1 } catch (e) { i = 2 }
    const X = 2;
    return i ?? X
}
";
    assert_eq!(laid_out(written), expected);
}

#[test]
fn comments_stay_where_they_are() {
    let written = "\n\n// The file.\n\n\n// About the rule.\nrule \"Call\" // why\n when lead.open /* always */\n // first\n and lead.stage is \"interest\"\n  then phone // soon\n ;// end\nsetting a=[1, // one\n 2 /* two */, // and\n // last\n ];\n\n\n/* a block\n   of lines */\nnever phone when lead.value > a.len();\n// The end.   ";
    let expected = "// The file.

// About the rule.
rule \"Call\" // why
    when lead.open /* always */
     // first
     and lead.stage is \"interest\"
    then phone; // soon
// end

setting a = [
    1, // one
    2 /* two */, // and
    // last
];

/* a block
   of lines */
never phone when lead.value > a.len();
// The end.
";
    assert_eq!(laid_out(written), expected);
}

#[test]
fn texts_templates_and_lines_in_them_stay_as_they_are() {
    let template = "`one   ${ if true { `two  ${1  +  1}` } else { \"}\" } }\r\n   three`";
    let raw = "#\"raw   \"quotes\"   text\"#";
    let written =
        format!("const A   =   {template};\nconst B={raw};\nconst C   = \"tab\\t  \"\"q\"\"  ’é日本\";const D='x';");
    let expected =
        format!("const A = {template};\nconst B = {raw};\nconst C = \"tab\\t  \"\"q\"\"  ’é日本\";\nconst D = 'x';\n");
    assert_eq!(laid_out(&written), expected);
}

#[test]
fn a_file_of_nothing_or_of_comments_is_fine() {
    for (written, expected) in [
        ("", ""),
        ("\n \t\r\n", ""),
        ("\u{feff}", ""),
        (";;\n;", ""),
        ("// only this", "// only this\n"),
        ("/* a */ ; /* b */", "/* a */\n/* b */\n"),
        ("\u{feff}\r\n// a\r\n\r\n\r\n// b\r\n", "// a\r\n\r\n// b\r\n"),
        ("never phone;; // why\n", "never phone; // why\n"),
    ] {
        assert_eq!(laid_out(written), expected, "{written:?}");
    }
}

#[test]
fn signs_that_are_one_word_to_rhai_stay_apart_or_together() {
    let written = "never phone when - - lead.value>1.0 and lead.stage !in [\"lost\"] and lead . region?.len() ?? 0 > -1 and (1..3).len() > 0 and lead.stage not   in [\"won\"];";
    let expected = "never phone
    when - -lead.value > 1.0
     and lead.stage !in [\"lost\"]
     and lead.region?.len() ?? 0 > -1
     and (1..3).len() > 0
     and lead.stage not in [\"won\"];
";
    let Ok(formatted) = format("test.rhai", written) else { panic!("{:?}", format("test.rhai", written)) };
    assert_eq!(formatted.text, expected);
}

#[test]
fn wide_letters_take_two_columns() {
    // 89 columns are left by `never any because "` and `";`.
    let line = |letter: &str, count| format!("never any because \"{}\";", letter.repeat(count));
    for (letter, fits) in [("a", 89), ("日", 44), ("e\u{301}", 89)] {
        assert_eq!(laid_out(&line(letter, fits)).lines().count(), 1, "{letter}");
        assert_eq!(laid_out(&line(letter, fits + 1)).lines().count(), 2, "{letter}");
    }
}

#[test]
fn a_syntax_error_is_told_and_another_error_is_no_matter() {
    for (text, code) in [
        ("never phone when (lead.open;", "unclosed-bracket"),
        ("never phone when lead.open", "missing-semicolon"),
        ("never phone when lead.open and;", "syntax"),
        ("never phone /* when", "unclosed-comment"),
        ("never phone because \"no;\nnever any;", "unclosed-text"),
        ("ruel \"Call\" when lead.open then phone;", "unknown-statement"),
        ("rule \"Call\" when lead.open;", "missing-then"),
        ("rule \"Call\" when lead.open until true then phone;", "misplaced-clause"),
        ("fn f(x) { let = 1 }", "syntax"),
    ] {
        assert!(refused(text).contains(&code), "{text}");
    }
    assert_eq!(laid_out("never   fax when lead.visists(7.days)>2;"), "never fax when lead.visists(7.days) > 2;\n");
}

#[test]
fn what_is_too_deep_or_too_large_is_refused_and_what_is_just_not_is_laid_out() {
    let nested = |depth: usize| format!("never phone when {}true{};", "(".repeat(depth), ")".repeat(depth));
    assert_eq!(laid_out(&nested(limits::NESTING)), nested(limits::NESTING) + "\n");
    assert_eq!(refused(&nested(limits::NESTING + 1)), ["too-deep"]);
    assert_eq!(refused(&format!("never phone when {}true;", "not ".repeat(5_000))), ["too-deep"]);
    assert_eq!(refused(&" ".repeat(limits::PACK_BYTES + 1)), ["too-large"]);
    let lists = format!("setting a = {}{};\nnever phone when a.len() > 0;", "[".repeat(30), "]".repeat(30));
    laid_out(&lists);
    let long = format!("never phone because \"{}\";", "x".repeat(10_000));
    assert_eq!(laid_out(&long).lines().count(), 2);
    let many = "never phone when lead.visits(7.days) >= 2;\n".repeat(2_000);
    assert_eq!(laid_out(&many), many);
}

#[test]
fn what_a_head_holds_stands_apart() {
    for (written, expected) in [
        ("holidays \"LK\"[\"2027-01-14\",\"2027-02-04\",];", "holidays \"LK\" [\"2027-01-14\", \"2027-02-04\"];\n"),
        ("limit any(1 + 1)per 7 .days;", "limit any (1 + 1) per 7.days;\n"),
        ("pause phone 2 . days when true;", "pause phone 2.days when true;\n"),
        ("budget visit 4 per 7.days\nacross \"team\";", "budget visit 4 per 7.days across \"team\";\n"),
    ] {
        assert_eq!(laid_out(written), expected);
    }
}

#[test]
fn a_goal_that_is_too_long_keeps_its_short_clauses_on_the_first_line() {
    let written = "goal \"Customers who stay\" measure retained_revenue target 400000 since \"2026-10-01\" until \"2027-03-31\" for \"North\" agreed_by [\"r1\", \"manager\"] because \"Who stays tells others\";";
    let expected =
        "goal \"Customers who stay\" measure retained_revenue target 400000 since \"2026-10-01\" until \"2027-03-31\"
    for \"North\" agreed_by [\"r1\", \"manager\"]
    because \"Who stays tells others\";
";
    assert_eq!(laid_out(written), expected);
}
