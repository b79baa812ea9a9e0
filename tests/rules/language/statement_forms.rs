//! The table of statement forms against the reader: what the table says can be written is read, and nothing else is.

use cadans::diagnostics::{Diagnostic, Severity};
use cadans::language::read;
use cadans::pack::statement_forms::{
    ClauseContent, ClausePurpose, STATEMENT_FORMS, StatementForm, StatementKind, clause_words, is_reserved_clause_word,
};
use cadans::pack::team::{BudgetScope, Measure};
use cadans::pack::{Overrides, Pack};
use cadans::wording::Language;

fn errors(text: &str) -> Vec<Diagnostic> {
    let found = read("test.rhai", text, &Overrides::default()).diagnostics;
    found.into_iter().filter(|each| each.severity == Severity::Error).collect()
}

fn codes(text: &str) -> Vec<&'static str> {
    errors(text).iter().map(|each| each.code).collect()
}

/// How many statements of each kind a pack has; `const` and `fn` are not kept, and `pack` counts when its version was read.
fn counts(pack: &Pack) -> Vec<(StatementKind, usize)> {
    let all = [
        (StatementKind::Pack, usize::from(pack.about.version.is_some())),
        (StatementKind::Fact, pack.facts.len()),
        (StatementKind::Setting, pack.settings.len()),
        (StatementKind::Enter, pack.enters.len()),
        (StatementKind::Rule, pack.rules.len()),
        (StatementKind::Never, pack.nevers.len()),
        (StatementKind::Limit, pack.limits.len()),
        (StatementKind::Reachable, pack.hours.len()),
        (StatementKind::Holidays, pack.holidays.len()),
        (StatementKind::Pause, pack.pauses.len()),
        (StatementKind::Cadence, pack.cadences.len()),
        (StatementKind::Example, pack.examples.len()),
        (StatementKind::Goal, pack.goals.len()),
        (StatementKind::Effort, pack.efforts.len()),
        (StatementKind::Budget, pack.budgets.len()),
        (StatementKind::Needs, pack.needs.len()),
        (StatementKind::Without, pack.withouts.len()),
        (StatementKind::Adjust, pack.adjustments.len()),
    ];
    all.into_iter().filter(|(_, count)| *count > 0).collect()
}

/// The example of a form in pieces: its head, and each clause with its word.
fn pieces(form: &StatementForm) -> (String, Vec<(&'static str, String)>) {
    let body = form.example.strip_suffix(';').unwrap_or(form.example);
    let mut starts: Vec<(usize, &str)> = Vec::new();
    for clause in form.clauses {
        let found: Vec<usize> = body.match_indices(clause.word).map(|(at, _)| at).collect();
        let word = |at: &&usize| {
            let blank = |char: Option<char>| char.is_some_and(char::is_whitespace);
            blank(body[..**at].chars().last()) && blank(body[*at + clause.word.len()..].chars().next())
        };
        let whole: Vec<&usize> = found.iter().filter(word).collect();
        let [at] = whole[..] else { panic!("the example of {} has {} times {}", form.word, whole.len(), clause.word) };
        starts.push((*at, clause.word));
    }
    assert!(starts.is_sorted(), "the example of {} has its clauses in another order than the table", form.word);
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([body.len()]);
    let clauses = starts.iter().zip(ends).map(|((at, word), end)| (*word, body[*at..end].to_owned()));
    (body[..starts.first().map_or(body.len(), |(at, _)| *at)].to_owned(), clauses.collect())
}

fn without(form: &StatementForm, word: &str) -> String {
    let (head, clauses) = pieces(form);
    let others = clauses.iter().filter(|(other, _)| *other != word).map(|(_, text)| text.trim());
    format!("{head} {};", others.collect::<Vec<_>>().join(" "))
}

#[test]
fn every_statement_is_read_from_its_example() {
    for form in STATEMENT_FORMS {
        let parsed = read("test.rhai", form.example, &Overrides::default());
        assert_eq!(codes(form.example), Vec::<&str>::new(), "{}", form.word);
        let wanted = match form.kind {
            StatementKind::Constant | StatementKind::Function => Vec::new(),
            kind => vec![(kind, 1)],
        };
        assert_eq!(counts(&parsed.pack), wanted, "{}", form.word);
    }
}

#[test]
fn a_constant_and_a_helper_function_of_the_examples_can_be_used() {
    let example = |kind| STATEMENT_FORMS.iter().find(|form| form.kind == kind).unwrap().example;
    let (constant, function) = (example(StatementKind::Constant), example(StatementKind::Function));
    let rule = "rule \"Hot\" when hot(lead) then phone.within(SOON);";
    assert_eq!(codes(&format!("{constant}\n{function}\n{rule}")), Vec::<&str>::new());
    assert_eq!(codes(rule), ["unknown-function", "unknown-name"]);
}

#[test]
fn a_clause_of_another_statement_is_refused() {
    for form in STATEMENT_FORMS.iter().filter(|form| form.is_split_into_clauses()) {
        for word in clause_words().iter().filter(|word| is_reserved_clause_word(word) && form.clause(word).is_none()) {
            let text = format!("{} {word} 1;", &form.example[..form.example.len() - 1]);
            assert_eq!(codes(&text), ["misplaced-clause"], "{text}");
        }
    }
}

#[test]
fn a_clause_may_occur_once() {
    for form in STATEMENT_FORMS {
        let (head, clauses) = pieces(form);
        for (_, clause) in &clauses {
            let all: String = clauses.iter().map(|(_, text)| text.as_str()).collect();
            let text = format!("{head}{all} {clause};");
            assert_eq!(codes(&text), ["duplicate-clause"], "{text}");
        }
    }
}

#[test]
fn a_statement_is_refused_exactly_when_a_required_clause_is_missing() {
    for form in STATEMENT_FORMS {
        for clause in form.clauses {
            let text = without(form, clause.word);
            let missing = match clause.word {
                "as" => "missing-type".to_owned(),
                "measure" | "target" | "since" => "missing-clause".to_owned(),
                "until" if form.kind == StatementKind::Goal => "missing-clause".to_owned(),
                word => format!("missing-{word}"),
            };
            let wanted = match clause.word {
                // The example of the form uses a column of its rows.
                "rows" => vec!["unknown-name".to_owned()],
                _ if clause.required => vec![missing],
                _ => Vec::new(),
            };
            assert_eq!(codes(&text), wanted, "{text}");
        }
    }
}

#[test]
fn clauses_may_stand_in_any_order() {
    for form in STATEMENT_FORMS {
        let (head, clauses) = pieces(form);
        let reversed: Vec<&str> = clauses.iter().rev().map(|(_, text)| text.trim()).collect();
        let text = format!("{head} {};", reversed.join(" "));
        assert_eq!(codes(&text), Vec::<&str>::new(), "{text}");
    }
}

/// The reader takes the purpose of each clause from the table: a touch is refused where the table asks for anything else.
#[test]
fn a_touch_is_refused_where_the_table_asks_for_something_else() {
    for form in STATEMENT_FORMS {
        let (head, clauses) = pieces(form);
        for clause in form.clauses {
            let written = clauses.iter().map(|(word, text)| {
                if *word == clause.word { format!("{word} phone ") } else { format!("{} ", text.trim()) }
            });
            let text = format!("{head} {};", written.collect::<String>().trim());
            let wanted = match clause.content {
                ClauseContent::Expression(ClausePurpose::Condition) => vec!["not-a-condition"],
                ClauseContent::Expression(ClausePurpose::Sentence) => vec!["not-a-sentence"],
                ClauseContent::Expression(ClausePurpose::Given) => vec!["bad-given"],
                ClauseContent::Expression(ClausePurpose::Rows) => vec!["bad-rows"],
                ClauseContent::Expression(ClausePurpose::Touches | ClausePurpose::Steps | ClausePurpose::Expected) => {
                    Vec::new()
                }
                ClauseContent::Type => vec!["unknown-type"],
                ClauseContent::Range => vec!["bad-range"],
                ClauseContent::Length => vec!["not-a-length"],
                ClauseContent::Measure => vec!["unknown-measure"],
                ClauseContent::Number => vec!["missing-number"],
                ClauseContent::Date => vec!["bad-moment"],
                ClauseContent::Text
                | ClauseContent::OtherPack
                | ClauseContent::Names
                | ClauseContent::FormerNames
                | ClauseContent::Scope(_)
                | ClauseContent::Unit => vec!["not-a-text"],
            };
            assert_eq!(codes(&text), wanted, "{text}");
        }
    }
}

#[test]
fn the_words_of_a_scope_are_those_of_the_table() {
    let all = ["person", "lead", "account", "team", "rep"];
    for form in STATEMENT_FORMS {
        for clause in form.clauses {
            let ClauseContent::Scope(words) = clause.content else { continue };
            let head = without(form, clause.word);
            for word in all {
                let text = format!("{} {} \"{word}\";", head.trim_end_matches(';'), clause.word);
                let wanted = if words.contains(&word) { Vec::new() } else { vec!["unknown-scope"] };
                assert_eq!(codes(&text), wanted, "{text}");
            }
        }
    }
}

#[test]
fn everything_in_the_table_is_described_in_both_languages() {
    for form in STATEMENT_FORMS {
        let parts = form.head.iter().map(|part| part.described(Language::English));
        let contents = form.clauses.iter().map(|clause| clause.content.described(Language::English));
        let clauses = form.clauses.iter().map(|clause| clause.described(Language::English));
        let english: Vec<String> =
            parts.chain(contents).chain(clauses).chain([form.described(Language::English)]).collect();
        let parts = form.head.iter().map(|part| part.described(Language::Dutch));
        let contents = form.clauses.iter().map(|clause| clause.content.described(Language::Dutch));
        let clauses = form.clauses.iter().map(|clause| clause.described(Language::Dutch));
        let dutch: Vec<String> =
            parts.chain(contents).chain(clauses).chain([form.described(Language::Dutch)]).collect();
        for (english, dutch) in english.iter().zip(&dutch) {
            // A sentence that is missing is shown as its key.
            assert!(
                english.contains(' ') && dutch.contains(' ') && english != dutch,
                "{}: {english}: {dutch}",
                form.word
            );
        }
    }
}

/// A team that calls a setting `target` keeps its pack when the language gets a clause of that name.
#[test]
fn words_of_the_team_statements_may_be_names_elsewhere() {
    for word in ["goal", "effort", "budget", "measure", "target", "agreed_by"] {
        let text = format!(
            "setting {word} = 3;\nrule \"Hot\" when lead.visits(7.days) >= {word} and {word} > 2 then phone because `more than ${{{word}}}`;"
        );
        assert_eq!(codes(&text), Vec::<&str>::new(), "{text}");
    }
    assert_eq!(
        codes("goal \"A\" measure orders target goal since \"2026-10-01\" until \"2027-03-31\"; setting goal = 40;"),
        Vec::<&str>::new()
    );
}

#[test]
fn what_a_pack_says_about_its_team_is_kept() {
    let text = "setting visits = 4;
goal \"Customers who stay\" measure retained_revenue target 400000 since \"2026-10-01\" until \"2027-03-31\" for \"North\" agreed_by [\"r1\", \"manager\"] because \"Who stays tells others\";
goal \"Answer\" measure answered_in_time target 0.9 since \"2026-10-01\" until \"2027-03-31\" agreed_by \"r1\";
effort visit 2.hours because \"With the journey\";
budget visit visits per 7.days;
budget any 20 per 1.day across \"rep\";";
    let parsed = read("test.rhai", text, &Overrides::default());
    let told: Vec<_> = parsed.diagnostics.iter().map(|each| (each.code, each.severity, each.span.line)).collect();
    assert_eq!(told, []);
    let [stay, answer] = &parsed.pack.goals[..] else { panic!("two goals") };
    assert_eq!(
        (stay.name.as_str(), stay.measure, stay.target),
        ("Customers who stay", Measure::RetainedRevenue, 400_000.0)
    );
    assert_eq!((stay.until.to_string().as_str(), stay.whose.as_deref()), ("2027-03-31", Some("North")));
    assert_eq!(
        (&stay.agreed_by[..], stay.because.as_deref()),
        (&["r1".to_owned(), "manager".to_owned()][..], Some("Who stays tells others"))
    );
    assert_eq!((answer.target, answer.whose.as_deref(), &answer.agreed_by[..]), (0.9, None, &["r1".to_owned()][..]));
    assert_eq!(parsed.pack.efforts[0].length.millis(), 7_200_000);
    let budgets = parsed.pack.budgets.iter().map(|one| (one.most, one.per.millis(), one.across));
    assert_eq!(budgets.collect::<Vec<_>>(), [(4, 604_800_000, BudgetScope::Team), (20, 86_400_000, BudgetScope::Rep)]);
}
