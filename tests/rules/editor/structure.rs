use super::shipped;
use cadans::editor::{FoldKind, TokenClass, fold, format, outline, tokens};

const PACK: &str = r#"// One
// two
pack "Mine" #{
    version: "1",
};
setting hot = 2 because "Hot";
rule "Call \"now\"" when lead.visits(7.days) >= hot
    then phone.to("decider") because `Seen ${lead.visits()} times`;
limit phone 2 per 7.days;
fn keen(lead) { lead.open }
"#;

#[test]
fn the_outline_names_every_statement() {
    let found = outline(PACK);
    let shown: Vec<_> = found.iter().map(|one| (one.statement, one.name.as_str(), one.because.as_str())).collect();
    assert_eq!(
        shown,
        [
            ("pack", "Mine", ""),
            ("setting", "hot", "Hot"),
            ("rule", "Call \"now\"", "Seen ${lead.visits()} times"),
            ("limit", "phone 2", ""),
            ("fn", "keen", ""),
        ]
    );
    let whole = |nth: usize| &PACK[found[nth].range.start.byte..found[nth].range.end.byte];
    assert_eq!(whole(3), "limit phone 2 per 7.days;");
    assert_eq!(whole(4), "fn keen(lead) { lead.open }");
    assert_eq!(&PACK[found[1].selection.start.byte..found[1].selection.end.byte], "hot");
    assert_eq!(
        outline("rule \"a\" when lead.vis\nlimit").iter().map(|one| one.statement).collect::<Vec<_>>(),
        ["rule"]
    );
}

#[test]
fn what_has_several_lines_can_be_folded() {
    let lines: Vec<_> = fold(PACK).iter().map(|one| (one.kind, one.range.start.line, one.range.end.line)).collect();
    assert_eq!(lines, [(FoldKind::Comment, 0, 1), (FoldKind::Statement, 2, 4), (FoldKind::Statement, 6, 7)]);
}

#[test]
fn each_token_is_what_it_is() {
    let found = tokens(PACK);
    let class = |text: &str, before: &str| {
        let at = PACK.find(&format!("{before}{text}")).unwrap() + before.len();
        let token = found.iter().find(|one| one.range.start.byte == at).unwrap_or_else(|| panic!("no token {text}"));
        assert_eq!(token.range.end.byte, at + text.len(), "{text}");
        (token.class, token.declares)
    };
    for (text, before, expected, declares) in [
        ("// two", "", TokenClass::Comment, false),
        ("rule", "", TokenClass::Statement, false),
        ("when", "", TokenClass::Clause, false),
        ("version", "", TokenClass::Key, false),
        ("hot", "setting ", TokenClass::Setting, true),
        ("hot", ">= ", TokenClass::Setting, false),
        (r#""Call \"now\"""#, "", TokenClass::RuleName, true),
        ("lead", "when ", TokenClass::Subject, false),
        ("visits", "lead.", TokenClass::Fact, false),
        ("7", "visits(", TokenClass::Number, false),
        ("days", "7.", TokenClass::Unit, false),
        (">=", "", TokenClass::Sign, false),
        ("phone", "then ", TokenClass::Action, false),
        ("to", "phone.", TokenClass::Builder, false),
        ("\"decider\"", "", TokenClass::Text, false),
        ("`Seen ", "", TokenClass::Text, false),
        (" times`", "", TokenClass::Text, false),
        ("keen", "", TokenClass::Function, true),
        ("lead", "keen(", TokenClass::Parameter, true),
        ("lead", "{ ", TokenClass::Parameter, false),
    ] {
        assert_eq!(class(text, before), (expected, declares), "{text}");
    }
}

#[test]
fn a_layout_is_an_edit_of_the_lines_that_change() {
    let text = "pack \"a\" #{};\nrule   \"One\" when lead.open then phone;\n\nlimit phone 2 per 7.days;\n";
    let edits = format("a.rhai", text).unwrap();
    let changed = cadans::editor::apply(text, &edits);
    assert_eq!(changed, cadans::format::format("a.rhai", text).unwrap().text);
    assert!(edits[0].range.start.line >= 1, "{edits:?}");
    assert_eq!(format("a.rhai", &changed), Some(Vec::new()));
    assert_eq!(format("a.rhai", "rule \"a\" when lead."), None);
}

/// In the shipped packs nothing is unknown: a word that is `Name` is one that Rhai itself does not know.
#[test]
fn every_word_of_the_shipped_packs_is_known() {
    for pack in shipped().iter().filter(|pack| !pack.file.contains("broken")) {
        let found = tokens(&pack.text);
        let text = |one: &cadans::editor::ClassifiedToken| &pack.text[one.range.start.byte..one.range.end.byte];
        let unknown: Vec<&str> = found.iter().filter(|one| one.class == TokenClass::Name).map(text).collect();
        assert_eq!(unknown, Vec::<&str>::new(), "{}", pack.file);
        // Together with blanks and the `${` and `}` of templates, they are the text.
        let mut at = 0;
        for one in &found {
            let between = &pack.text[at..one.range.start.byte];
            assert!(
                between.chars().all(|char| char.is_whitespace() || "${}".contains(char)),
                "{}: {between}",
                pack.file
            );
            at = one.range.end.byte;
        }
    }
}
