//! The table of statement forms is where the words of statements and clauses stand: the formatter, the services and the grammar have them from there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use cadans::pack::statement_forms::{
    HeadPart, STATEMENT_FORMS, StatementForm, StatementKind, clause_words, is_reserved_clause_word, statement_words,
};

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The words that a rule of the grammar lists, as `kw<"word">`.
fn listed(grammar: &str, rule: &str) -> BTreeSet<String> {
    let body = grammar.split(&format!("\n{rule} {{")).nth(1).unwrap_or_else(|| panic!("no rule {rule}"));
    let body = body.split('}').next().unwrap();
    body.split("kw<\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

fn words<'a>(words: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    words.map(str::to_owned).collect()
}

/// The words that are clause words, or words of the head, in this statement and names in others.
fn own_words(form: &StatementForm) -> BTreeSet<String> {
    let clauses = form.clauses.iter().map(|clause| clause.word).filter(|word| !is_reserved_clause_word(word));
    words(clauses.chain(form.head.iter().filter_map(|part| HeadPart::word(*part))))
}

#[test]
fn the_grammar_lists_the_words_of_the_table() {
    let grammar = read("www/editor/cadans.grammar");
    let split = STATEMENT_FORMS.iter().filter(|form| form.is_split_into_clauses());
    let (reserved, other): (Vec<_>, Vec<_>) = split.partition(|form| form.reserved);
    assert_eq!(listed(&grammar, "reservedWord"), words(reserved.iter().map(|form| form.word)));
    assert_eq!(listed(&grammar, "otherStatementWord"), words(other.iter().map(|form| form.word)));
    let reserved = clause_words().iter().copied().filter(|word| is_reserved_clause_word(word));
    assert_eq!(listed(&grammar, "clauseWord"), words(reserved));
    // Which statements have clauses of their own: each alternative names the rules of the words that begin its clauses.
    let statement = grammar.split("\nStatement {").nth(1).unwrap().split("\n}").next().unwrap();
    let mut known = BTreeSet::new();
    for line in statement.lines().filter(|line| line.contains("part<")) {
        let begins = line.split('}').next().unwrap();
        let mut forms = words(begins.split("kw<\"").skip(1).map(|rest| rest.split('"').next().unwrap()));
        for rule in ["statementWord", "teamWord"] {
            if begins.split(|char: char| !char.is_alphanumeric()).any(|word| word == rule) {
                forms.extend(listed(&grammar, rule));
            }
        }
        let clauses = line.split("ClauseWord {").nth(1).unwrap().split('}').next().unwrap();
        let rules = ["unitWord", "rowsWord", "changeWord", "goalWord", "proposedWord"].into_iter();
        let own: BTreeSet<String> =
            rules.filter(|rule| clauses.contains(rule)).flat_map(|rule| listed(&grammar, rule)).collect();
        let mut wanted = BTreeSet::new();
        for word in &forms {
            let form = StatementForm::of(word).unwrap_or_else(|| panic!("{word} begins no statement"));
            assert!(own_words(form).is_subset(&own), "{word}: {:?} of {own:?}", own_words(form));
            wanted.extend(own_words(form));
        }
        assert_eq!(own, wanted, "{line}");
        known.extend(forms);
    }
    assert_eq!(known, words(statement_words().filter(|word| *word != "fn")));
}

/// A statement or clause that is told apart by its word would have to be written twice; by its kind or by what it holds, it is known from the table.
#[test]
fn nothing_is_told_apart_by_its_word() {
    let words = statement_words().chain(clause_words().iter().copied());
    // Words of Rhai too; and `id`, which is a key of people as well, and with which a rule is renamed without `formerly`.
    let wanted: Vec<&str> = words.filter(|word| !["const", "fn", "for", "until", "as", "id"].contains(word)).collect();
    for folder in ["src/format", "src/editor", "src/editor/complete", "src/editor/roles", "src/cli/lsp"] {
        for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                let below = path.file_name().and_then(|name| name.to_str()).unwrap();
                assert!(["complete", "roles"].contains(&below), "{}: list this folder here", path.display());
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap();
            for word in &wanted {
                let literal = format!("\"{word}\"");
                for (at, _) in code.match_indices(&literal) {
                    let (before, after) = (code[..at].trim_end(), code[at + literal.len()..].trim_start());
                    let compared = before.ends_with("==") || before.ends_with("!=");
                    let matched = after.starts_with("=>") || after.starts_with('|') || before.ends_with('|');
                    // Keys of maps, which the lead format and the header have.
                    let is_key = before.ends_with("StatementKind::Pack,") && *word == "needs";
                    assert!(is_key || !(compared || matched), "{}: {literal}", path.display());
                }
            }
        }
    }
    // The table itself is read by kinds: each has one form.
    let kinds: Vec<StatementKind> = STATEMENT_FORMS.iter().map(|form| form.kind).collect();
    assert!(kinds.iter().enumerate().all(|(nth, kind)| !kinds[..nth].contains(kind)));
}
