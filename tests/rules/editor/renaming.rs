use super::{FILE, pack, shipped, with_cursor};
use cadans::editor::{Position, TextIndex, apply, definition, prepare_rename, references, rename};
use cadans::examples::run_examples;
use cadans::language::{PackSource, Rulebook};
use cadans::pack::Overrides;
use cadans::wording::Language;

const PACK: &str = r#"// hot is a word of a comment: hot
setting hot = 2 because "hot";
fact budget as number because "budget";
fact renewal as time;
const SOON = 4.hours;
fn keen(one, least) { one.visits(7.days) >= least and one.budget > 3 }
rule "One" when keen(lead, hot) and lead.budget > 10 and lead.visits() >= hot and lead.days_to(renewal) < 3
    then phone.within(SOON).ask("hot?") because `hot ${hot} ${lead.budget}`;
rule "Two" id "two" when lead.hot is 1 then email;
example "e" given #{ fields: #{ budget: 3, renewal: "2026-01-20" }, hot: 2 } expect phone.by("One");
"#;

fn place(text: &str, find: &str) -> Position {
    Position::Byte(text.find(find).unwrap_or_else(|| panic!("no {find}")))
}

fn renamed(text: &str, find: &str, name: &str) -> Result<String, &'static str> {
    let packs = [pack(FILE, text)];
    match rename(&packs, FILE, place(text, find), name, Language::English) {
        Ok(edits) => Ok(edits.iter().fold(text.to_owned(), |text, file| apply(&text, &file.edits))),
        Err(refusal) => Err(refusal.code),
    }
}

#[test]
fn a_name_is_renamed_where_it_is_used_and_nowhere_else() {
    let hot = renamed(PACK, "hot = 2", "warm").unwrap();
    assert_eq!(
        hot,
        PACK.replace("setting hot", "setting warm")
            .replace("keen(lead, hot)", "keen(lead, warm)")
            .replace(">= hot and", ">= warm and")
            .replace("${hot}", "${warm}")
    );
    assert_eq!(renamed(PACK, "hot) and", "warm"), Ok(hot));
    let budget = renamed(PACK, "budget > 10", "spend").unwrap();
    assert_eq!(
        budget,
        PACK.replace("fact budget", "fact spend")
            .replace("lead.budget", "lead.spend")
            .replace("one.budget", "one.spend")
            .replace("budget: 3", "spend: 3")
    );
    assert_eq!(renamed(PACK, "renewal)", "anew").unwrap(), PACK.replace("renewal", "anew"));
    assert_eq!(renamed(PACK, "SOON)", "LATER").unwrap(), PACK.replace("SOON", "LATER"));
    assert_eq!(renamed(PACK, "keen(lead", "eager").unwrap(), PACK.replace("keen", "eager"));
    assert_eq!(renamed(PACK, "least and", "floor").unwrap(), PACK.replace("least", "floor"));
    assert_eq!(renamed(PACK, "hot = 2", "hot").unwrap(), PACK);
}

#[test]
fn a_rule_keeps_what_was_done_under_its_old_name() {
    let one = renamed(PACK, "One\" when", "A \"new\" one").unwrap();
    assert_eq!(
        one,
        PACK.replace("rule \"One\"", "rule \"A \\\"new\\\" one\" formerly \"One\"")
            .replace("by(\"One\")", "by(\"A \\\"new\\\" one\")")
    );
    // One with an id is known by that.
    assert_eq!(renamed(PACK, "Two\" id", "Three").unwrap(), PACK.replace("\"Two\"", "\"Three\""));
    let with = "rule \"b\" formerly \"a\" when lead.open then phone;";
    assert_eq!(renamed(with, "b\" f", "c").unwrap(), "rule \"c\" formerly [\"a\", \"b\"] when lead.open then phone;");
    assert_eq!(renamed(with, "b\" f", "a").unwrap(), "rule \"a\" formerly \"b\" when lead.open then phone;");
}

#[test]
fn a_name_that_cannot_be_taken_is_refused_with_the_reason() {
    for (find, name, code) in [
        ("hot = 2", "a b", "not-a-name"),
        ("hot = 2", "", "not-a-name"),
        ("hot = 2", "2hot", "not-a-name"),
        ("hot = 2", "hét", "not-a-name"),
        ("hot = 2", "_", "not-a-name"),
        ("hot = 2", "when", "reserved"),
        ("hot = 2", "phone", "reserved"),
        ("hot = 2", "lead", "reserved"),
        ("hot = 2", "switch", "reserved"),
        ("hot = 2", "and", "reserved"),
        ("hot = 2", "typical_value", "reserved"),
        ("hot = 2", "SOON", "taken"),
        ("hot = 2", "renewal", "taken"),
        ("budget > 10", "stage", "reserved"),
        ("budget > 10", "renewal", "taken"),
        ("keen(lead", "visits", "reserved"),
        ("least and", "one", "taken"),
        ("One\" when", "Two", "taken"),
        ("One\" when", " ", "not-a-name"),
        ("visits(7.days)", "calls", "nothing-to-rename"),
        ("word of a comment", "x", "nothing-to-rename"),
    ] {
        assert_eq!(renamed(PACK, find, name), Err(code), "{find} as {name}");
    }
    let known = "setting typical_value = 10;";
    assert_eq!(renamed(known, "typical_value", "usual"), Err("known-to-cadans"));
    let packs = [pack(FILE, PACK)];
    let refusal = |language| prepare_rename(&packs, FILE, place(PACK, "word of a"), language).unwrap_err().message;
    assert_ne!(refusal(Language::English), refusal(Language::Dutch));
    let prepared = prepare_rename(&packs, FILE, place(PACK, "One\")"), Language::English).unwrap();
    assert_eq!(prepared.name, "One");
    assert_eq!(&PACK[prepared.range.start.byte..prepared.range.end.byte], "One");
}

#[test]
fn a_variable_of_a_block_is_not_the_setting_of_that_name() {
    let text =
        "setting hot = 2;\nrule \"a\" when { let hot = 3; lead.visits() > hot } and lead.visits() > hot then phone;";
    let expected =
        "setting warm = 2;\nrule \"a\" when { let hot = 3; lead.visits() > hot } and lead.visits() > warm then phone;";
    assert_eq!(renamed(text, "hot = 2", "warm").unwrap(), expected);
    let local = "setting warm = 2;\nrule \"a\" when { let hot = 3; lead.visits() > hot + warm } then phone;";
    assert_eq!(renamed(local, "warm = 2", "hot"), Err("taken"));
}

#[test]
fn definitions_and_references_are_found_over_all_packs() {
    let other = "fact budget as number;\nrule \"B\" when lead.budget > 1 then email;\nsetting hot = 1;";
    let packs = [pack(FILE, PACK), pack("other.rhai", other)];
    let shown = |found: Vec<cadans::editor::Location>| {
        let text = |file: &str| if file == FILE { PACK } else { other };
        let place = |one: &cadans::editor::Location| {
            let before = &text(&one.file)[..one.range.start.byte];
            (one.file.clone(), before.rsplit('\n').next().unwrap().to_owned())
        };
        found.iter().map(place).collect::<Vec<_>>()
    };
    let both = |file: &str, before: &str| (file.to_owned(), before.to_owned());
    assert_eq!(
        shown(definition(&packs, "other.rhai", place(other, "budget > 1"))),
        [both("other.rhai", "fact "), both(FILE, "fact ")]
    );
    assert_eq!(shown(definition(&packs, FILE, place(PACK, "hot) and"))), [both(FILE, "setting ")]);
    assert_eq!(shown(definition(&packs, FILE, place(PACK, "One\")"))), [both(FILE, "rule \"")]);
    assert_eq!(shown(definition(&packs, FILE, place(PACK, "least and"))), [both(FILE, "fn keen(one, ")]);
    assert_eq!(references(&packs, FILE, place(PACK, "budget > 10"), true).len(), 7);
    assert_eq!(references(&packs, FILE, place(PACK, "budget > 10"), false).len(), 5);
    assert_eq!(definition(&packs, FILE, place(PACK, "visits")), []);
    let (broken, at) = with_cursor("setting hot = 2;\nrule \"a\" when lead.visits() > h|ot and lead.vis");
    assert_eq!(definition(&[broken], FILE, at).len(), 1);
}

/// Every name that the shipped packs declare is given another, and the packs mean what they meant: no diagnostic is new, every example that passed
/// passes, and renaming back gives the text that was there.
#[test]
fn a_renamed_pack_means_the_same() {
    let packs: Vec<PackSource> = shipped()
        .into_iter()
        .filter(|pack| !pack.file.contains("broken"))
        .filter(|pack| pack.text.len() < 9_000)
        .collect();
    let mut tried = 0;
    for source in &packs {
        let one = std::slice::from_ref(source);
        let names = declared(source);
        let (before, found) = Rulebook::new(one, &Overrides::default());
        let results = |rulebook: &Rulebook| {
            let results = run_examples(rulebook, Language::English);
            results.into_iter().map(|result| (result.name, result.passed)).collect::<Vec<_>>()
        };
        let mut all = source.text.clone();
        for name in &names {
            let now = [pack(&source.file, &all)];
            let at = position(&all, name);
            let edits = rename(&now, &source.file, at, &format!("{name}_new"), Language::English).unwrap();
            let changed = apply(&all, &edits[0].edits);
            let back = [pack(&source.file, &changed)];
            let at = position(&changed, &format!("{name}_new"));
            let undo = rename(&back, &source.file, at, name, Language::English).unwrap();
            assert_eq!(apply(&changed, &undo[0].edits), all, "{}: {name}", source.file);
            all = changed;
            tried += 1;
        }
        let (after, found_after) = Rulebook::new(&[pack(&source.file, &all)], &Overrides::default());
        assert_eq!(found_after.len(), found.len(), "{}", source.file);
        assert_eq!(results(&after), results(&before), "{}", source.file);
    }
    assert!(tried >= 20, "only {tried} names were tried");
}

/// The settings, constants, functions and own facts that a pack declares.
fn declared(pack: &PackSource) -> Vec<String> {
    let words = ["setting ", "const ", "fn ", "fact "];
    let names = pack.text.lines().filter_map(|line| words.iter().find_map(|word| line.strip_prefix(word)));
    let name = |rest: &str| rest.split(|char: char| char != '_' && !char.is_alphanumeric()).next().unwrap().to_owned();
    names.map(name).filter(|name| name != "typical_value").collect()
}

/// Where a name is declared.
fn position(text: &str, name: &str) -> Position {
    let index = TextIndex::new(text);
    let words = ["setting", "const", "fn", "fact"];
    let at = words.iter().find_map(|word| {
        let found = text.match_indices(&format!("\n{word} {name}")).find(|(at, found)| {
            !text[at + found.len()..].starts_with(|char: char| char == '_' || char.is_alphanumeric())
        });
        found.map(|(at, found)| at + found.len() - name.len())
    });
    let place = index.place(at.unwrap_or_else(|| panic!("no {name}")));
    Position::LineColumn(place.line, place.character)
}
