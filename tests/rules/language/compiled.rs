//! What becomes of a clause: which are compiled and which run interpreted, and where the nodes of a tree stand.

use super::*;

/// How the condition of a rule runs, in a pack with these helper functions: nothing when it is compiled, else why not.
fn interpreted(helpers: &str, condition: &str) -> Option<String> {
    let source = format!("{helpers}\nrule \"a\" when {condition} then phone;");
    let reading = read("test.rhai", &source, &Overrides::default());
    let is_expected = |each: &Diagnostic| each.severity == Severity::Note || each.code == "missing-reason";
    assert!(reading.diagnostics.iter().all(is_expected), "{:?}", reading.diagnostics);
    match &reading.pack.rules[0].when.body {
        Body::Compiled(_) => None,
        Body::Interpreted { why } => Some(why.english()),
    }
}

#[test]
fn helper_functions_and_constants_are_compiled() {
    let helpers = "fn hot(lead, times) { lead.visits(\"pricing\", 7.days) >= times }\n\
                   fn recent(who, count) { return who.visits(count.days) > 0; }\n\
                   fn warm(lead) { hot(lead, 1) or recent(lead, 2) }\n\
                   fn opening() { phone.to(\"decider\") }\n\
                   const SOON = 4.hours;";
    assert_eq!(interpreted(helpers, "hot(lead, 2)"), None);
    assert_eq!(interpreted(helpers, "warm(lead) and recent(person, 7)"), None);
    assert_eq!(interpreted(helpers, "lead.since(\"form\") < SOON"), None);
    let source = format!("{helpers}\nrule \"a\" when warm(lead) then opening().within(SOON) because \"Soon\";");
    let reading = read("test.rhai", &source, &Overrides::default());
    assert_eq!(reading.diagnostics, vec![]);
    assert!(matches!(&reading.pack.rules[0].then.body, Body::Compiled(_)));
}

#[test]
fn enter_may_go_back_when_a_helper_function_reads_the_stage() {
    let helpers = "fn stuck(who) { who.stage is \"proposal\" }\nfn busy(who) { who.visits() > 2 }\n";
    let source = format!("{helpers}enter \"interest\" when stuck(lead);\nenter \"interest\" when busy(lead);");
    let pack = read("test.rhai", &source, &Overrides::default()).pack;
    assert_eq!(pack.enters.iter().map(|enter| enter.may_go_back).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn an_interpreted_clause_has_a_reason() {
    let helpers = "fn once_more(n) { if n <= 0 { true } else { once_more(n - 1) } }\n\
                   fn long(lead) { let seen = lead.visits(); seen > 2 }\n\
                   fn whole(lead) { lead }\n\
                   const MAP = #{ a: 1 };";
    for (condition, why) in [
        ("once_more(2)", "the helper function once_more calls itself"),
        ("long(lead)", "it holds several statements"),
        ("whole(lead).open", "it hands over lead as a whole"),
        ("MAP.a is 1", "the constant MAP is not a plain value"),
        ("(switch lead.stage { \"lost\" => false, _ => true })", "it uses switch"),
    ] {
        assert_eq!(interpreted(helpers, condition).as_deref(), Some(why), "{condition}");
    }
}

#[test]
fn nested_helper_functions_are_inlined_up_to_a_limit() {
    let mut helpers = String::from("fn f0(lead) { lead.open }");
    for nth in 1..14 {
        let before = nth - 1;
        helpers.push_str(&format!("\nfn f{nth}(lead) {{ f{before}(lead) and f{before}(lead) }}"));
    }
    assert_eq!(interpreted(&helpers, "f5(lead)"), None);
    let why = interpreted(&helpers, "f13(lead)").unwrap_or_default();
    assert!(why.ends_with("in its place it would be too large"), "{why}");
}

#[test]
fn only_the_lowering_uses_the_syntax_tree_of_rhai() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    fn naming(folder: &std::path::Path, found: &mut Vec<std::path::PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                naming(&path, found);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            if code.split(|char: char| !char.is_alphanumeric() && char != '_').any(|word| word == "Expr") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    naming(&root.join("src"), &mut found);
    assert_eq!(found, [root.join("src/language/lower/mod.rs")]);
}

#[test]
fn the_span_of_a_node_is_that_of_its_text() {
    use cadans::pack::expression::NodeKind;
    let source = "never phone\n  when (lead.visits(\"é\", 7.days) + 2) * 3 > 4 and not lead.open;";
    let pack = read("test.rhai", source, &Overrides::default()).pack;
    let when = pack.nevers[0].when.as_ref().unwrap();
    let Body::Compiled(node) = &when.body else { panic!("not compiled") };
    let shown = |span: cadans::diagnostics::Span| {
        let line: Vec<char> = source.lines().nth(span.line as usize - 1).unwrap().chars().collect();
        line[span.column as usize - 1..span.end_column as usize - 1].iter().collect::<String>()
    };
    assert_eq!(shown(node.span), "(lead.visits(\"é\", 7.days) + 2) * 3 > 4 and not lead.open");
    let NodeKind::And(parts) = &node.kind else { panic!("no and") };
    assert_eq!(shown(parts[0].span), "(lead.visits(\"é\", 7.days) + 2) * 3 > 4");
    assert_eq!(shown(parts[1].span), "not lead.open");
    let NodeKind::Compare(_, left, _) = &parts[0].kind else { panic!("no comparison") };
    let NodeKind::Arith(_, sum, _) = &left.kind else { panic!("no product") };
    assert_eq!(shown(sum.span), "(lead.visits(\"é\", 7.days) + 2)");
    let NodeKind::Arith(_, visits, _) = &sum.kind else { panic!("no sum") };
    assert_eq!(shown(visits.span), "lead.visits(\"é\", 7.days)");
}
