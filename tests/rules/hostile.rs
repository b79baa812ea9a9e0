//! Packs that mean harm, seen from outside: each ends in a diagnostic or a fault, soon, and never in a panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::time::{Duration, Instant as Clock};

use cadans::book::{GroupRecords, Lead};
use cadans::calendar::Instant;
use cadans::diagnostics::{Diagnostic, Severity};
use cadans::evaluate::clause::{evaluate, interpret};
use cadans::evaluate::facts::FactContext;
use cadans::language::{PackSource, Rulebook, read};
use cadans::limits;
use cadans::pack::Overrides;
use cadans::pack::expression::Body;
use cadans::pack::interpreter::Answer;

fn errors(source: &str) -> Vec<Diagnostic> {
    let mut found = read("hostile.rhai", source, &Overrides::default()).diagnostics;
    found.retain(|each| each.severity == Severity::Error);
    found
}

fn context() -> FactContext {
    let lead = Lead { id: "a".to_owned(), ..Lead::default() };
    FactContext::new(&GroupRecords::new(vec![lead], vec![], vec![]), 0, Instant::from_millis(1_800_000_000_000))
}

/// What goes wrong in the condition of the only rule when it is asked.
fn fault(source: &str) -> String {
    let reading = read("hostile.rhai", source, &Overrides::default());
    let rule = reading.pack.rules.first().unwrap_or_else(|| panic!("{:?}", reading.diagnostics));
    evaluate(&rule.when, &context()).expect_err("it has to be stopped").sentence.english()
}

/// No case may take longer than this, on a busy machine and unoptimised.
const SOON: Duration = Duration::from_secs(20);

fn soon<T>(work: impl FnOnce() -> T) -> T {
    let start = Clock::now();
    let done = work();
    assert!(start.elapsed() < SOON, "it took {:?}", start.elapsed());
    done
}

#[test]
fn what_runs_without_end_is_stopped() {
    soon(|| {
        let message = fault("fn spin() { loop { } }\nrule \"a\" when spin() then phone;");
        assert!(message.contains("more than 10000 operations"), "{message}");
        let message = fault("fn spin() { let x = 1; while true { x += 1; } x }\nrule \"a\" when spin() then phone;");
        assert!(message.contains("more than 10000 operations"), "{message}");
        let message = fault("fn deep(n) { deep(n + 1) }\nrule \"a\" when deep(0) then phone;");
        assert!(message.contains("call one another more than 16 deep"), "{message}");
    });
}

/// The stack of a WebAssembly module is 1 MB; a thread of that size is what is tried here.
#[test]
fn the_deepest_that_is_allowed_fits_the_stack() {
    let small = std::thread::Builder::new().stack_size(1 << 20);
    let done = small.spawn(|| {
        let nested = format!("{}n{}", "(1 + ".repeat(30), ")".repeat(30));
        let message = fault(&format!("fn deep(n) {{ deep({nested}) }}\nrule \"a\" when deep(0) then phone;"));
        assert!(message.contains("call one another"), "{message}");
        let sums = format!("fn deep(n) {{ {}deep(n) }}\n", "1 + ".repeat(60));
        assert!(fault(&format!("{sums}rule \"a\" when deep(0) then phone;")).contains("call one another"));
        let ifs = format!("fn deep(n) {{ {}deep(n){} }}\n", "if true { ".repeat(30), " }".repeat(30));
        assert!(fault(&format!("{ifs}rule \"a\" when deep(0) then phone;")).contains("call one another"));
        for (open, close) in [("(1 + ", ")"), ("-(", ")"), ("if true { ", " }"), ("`${", "}`"), ("1 + ", "")] {
            let mut deepest = 0;
            for times in 1..200 {
                let text = format!(
                    "rule \"a\" when ({}1{} ?? lead.value) is 2 then phone;",
                    open.repeat(times),
                    close.repeat(times)
                );
                let reading = read("deep.rhai", &text, &Overrides::default());
                if let Some(rule) = reading.pack.rules.first() {
                    let _: Result<Answer, _> = evaluate(&rule.when, &context());
                    let _: Result<Answer, _> = interpret(&rule.when, &context());
                    deepest = times;
                }
            }
            assert!((15..150).contains(&deepest), "{open} goes {deepest} deep");
        }
        // Helper functions in one another's place, each as deep as it may be.
        for (open, close) in [("-(", ")"), ("if true { ", " }"), ("`${", "}`"), ("1 + ", "")] {
            for times in [1, 8, 14, 20, 27] {
                let mut text = "fn f0(n) { n }\n".to_owned();
                for nth in 1..16 {
                    let (open, close) = (open.repeat(times), close.repeat(times));
                    text.push_str(&format!("fn f{nth}(n) {{ {open}f{}(n){close} }}\n", nth - 1));
                }
                let (open, close) = (open.repeat(25), close.repeat(25));
                for nth in 1..16 {
                    text.push_str(&format!(
                        "rule \"{nth}\" when ({open}f{nth}(1){close} ?? lead.value) is 2 then phone;\n"
                    ));
                }
                let reading = read("deep.rhai", &text, &Overrides::default());
                let compiled = reading.pack.rules.iter().filter(|rule| matches!(rule.when.body, Body::Compiled(_)));
                assert!((1..=limits::INLINED_CALLS).contains(&compiled.count()), "{open} {times}");
                for rule in &reading.pack.rules {
                    let _: Result<Answer, _> = evaluate(&rule.when, &context());
                }
            }
        }
    });
    done.unwrap().join().unwrap();
}

#[test]
fn what_grows_without_end_is_stopped() {
    soon(|| {
        let message = fault("fn grow() { let x = \"ab\"; loop { x += x; } }\nrule \"a\" when grow() then phone;");
        assert!(message.contains("a text longer than 20000"), "{message}");
        let message = fault("fn grow() { let x = []; loop { x.push(1); } }\nrule \"a\" when grow() then phone;");
        assert!(message.contains("a list longer than 5000") || message.contains("operations"), "{message}");
        let message = fault("fn grow() { let x = []; x.pad(1000000, 0); x }\nrule \"a\" when grow() then phone;");
        assert!(message.contains("a list longer than 5000"), "{message}");
        let message = fault("fn grow() { let x = \"a\"; x.pad(1000000, 'b'); x }\nrule \"a\" when grow() then phone;");
        assert!(message.contains("a text longer than 20000"), "{message}");
        let message = fault(
            "fn grow() { let x = #{}; for i in 0..5000 { x[`k${i}`] = i; } x }\nrule \"a\" when grow() then phone;",
        );
        assert!(message.contains("a map of more than 1000") || message.contains("operations"), "{message}");
        let message = fault("fn grow() { let x = []; loop { x = [x, x, x, x]; } }\nrule \"a\" when grow() then phone;");
        assert!(message.contains("list") || message.contains("operations"), "{message}");
    });
}

#[test]
fn a_constant_is_computed_within_the_same_limits() {
    let found = soon(|| errors("fn spin() { loop { } }\nconst X = spin();\nnever phone when lead.visits() > X;"));
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn deep_nesting_of_every_kind_is_refused() {
    let deep = |open: &str, close: &str| format!("{}true{}", open.repeat(5_000), close.repeat(5_000));
    let cases = [
        deep("(", ")"),
        deep("[", "]"),
        deep("{", "}"),
        deep("not ", ""),
        deep("!", ""),
        deep("-", ""),
        deep("1 + ", ""),
        deep("1 == ", ""),
        deep("if true { ", " }"),
        deep("if ", " { true }"),
        deep("switch ", " { 1 => 2 }"),
        deep("return ", ""),
        deep("#{ a: ", " }"),
        deep("`${", "}`"),
        deep("lead.visits(", ")"),
        format!("lead{}", ".stage".repeat(5_000)),
        format!("lead{}", "?.stage".repeat(5_000)),
        format!("lead{}", "[0]".repeat(5_000)),
        format!("lead{}", ".f()".repeat(5_000)),
        format!("true {}", "?? true ".repeat(5_000)),
        format!("true {}", "in [true] ".repeat(5_000)),
        format!("if true {{ true }} {}", "else if true { true } ".repeat(5_000)),
        format!("switch 1 {{ {} }}", "1 => ".repeat(5_000)),
    ];
    soon(|| {
        for case in &cases {
            let found = errors(&format!("never phone when {case};\nnever email;"));
            assert!(!found.is_empty(), "{} was taken", &case[..40]);
            let function = format!("fn f(lead) {{ {case} }}\nnever email;");
            assert!(!errors(&function).is_empty(), "{} was taken in a function", &case[..40]);
        }
    });
}

#[test]
fn long_but_flat_is_fine() {
    let owners: Vec<String> = (0..2_000).map(|nth| format!("\"rep-{nth}\"")).collect();
    let conditions = vec!["lead.open"; 300].join(" and ");
    let source = format!("never phone when lead.owner in [{}];\nnever email when {conditions};", owners.join(", "));
    let reading = read("long.rhai", &source, &Overrides::default());
    assert_eq!(reading.diagnostics, vec![]);
    let when = reading.pack.nevers[1].when.as_ref().unwrap();
    assert_eq!(evaluate(when, &context()), interpret(when, &context()));
}

#[test]
fn what_lies_outside_the_language_is_refused() {
    let cases = [
        "eval(\"1\")",
        "eval(`1`)",
        "import \"x\" as y",
        "sleep(10)",
        "timestamp()",
        "exit(true)",
        "print(\"x\")",
        "debug(\"x\")",
        "Fn(\"f\")",
        "|x| x",
        "|| true",
        "open_file(\"/etc/passwd\")",
        "parse_json(\"{}\")",
        "rand()",
        "export x",
        "lead.stage = \"lost\"",
        "let x = 1",
        "global::x",
        "2 ** 8 > 1",
        "this.x",
        "$x",
        "@",
    ];
    for case in cases {
        let found = errors(&format!("never phone when {case};"));
        assert!(!found.is_empty(), "{case} was taken");
        assert!(found.iter().all(|each| !each.message.is_empty()), "{case}: {found:?}");
    }
    // Nor by way of a helper function.
    for case in ["eval(\"1\")", "sleep(10)", "exit(true)", "timestamp()", "parse_json(\"[]\")", "Fn(\"f\").call()"] {
        let source = format!("fn f() {{ {case} }}\nrule \"a\" when f() then phone;");
        if errors(&source).is_empty() {
            let message = soon(|| fault(&source));
            assert!(!message.is_empty(), "{case}");
        }
    }
}

#[test]
fn a_helper_function_cannot_take_the_place_of_a_word() {
    for name in ["visits", "contains", "within", "to", "find", "visit", "to_string"] {
        let found = errors(&format!("fn {name}(x, y) {{ true }}\nnever email;"));
        assert_eq!(found.iter().map(|each| each.code).collect::<Vec<_>>(), ["taken-name"], "{name}");
    }
}

#[test]
fn broken_text_of_every_kind_ends_in_a_diagnostic() {
    let mut cases: Vec<String> = [
        "\0",
        "never\0phone;",
        "\u{feff}never phone",
        "\"",
        "`",
        "`${",
        "'",
        "/*",
        "/* /*",
        "#\"",
        "##\"\"#",
        "${",
        "}",
        ")",
        "]",
        "rule",
        "rule \"",
        "pack \"a\" #{",
        "pack \"a\" #{ valid_from: 3 };",
        "limit phone 99999999999999999999 per 7.days;",
        "limit phone -1 per 7.days;",
        "limit phone 2 per 9223372036854775807.weeks;",
        "setting x = 1e999;",
        "setting x = 1 range 5;",
        "pause phone (-2).days when lead.open;",
        "\\",
        "\u{202e}never phone;",
        "é",
        "🦀 phone;",
        "never phone when \"\\q\" is \"a\";",
    ]
    .into_iter()
    .map(str::to_owned)
    .collect();
    for piece in [
        "(",
        "[",
        "{",
        "\"",
        "`",
        "`${",
        "'",
        "/*",
        "#",
        "##\"",
        ";",
        "\n",
        "a ",
        "rule \"a\"\n",
        "\u{0}",
        "é",
        "0.",
        "1e",
        "x.y;",
        "\\",
        "fn f(",
        "“",
    ] {
        cases.push(piece.repeat(20_000));
    }
    soon(|| {
        for case in &cases {
            let found = read("broken.rhai", case, &Overrides::default()).diagnostics;
            let blank = case.chars().all(|char| char.is_whitespace() || char == ';');
            assert!(blank || !found.is_empty(), "{:?} was taken", case.chars().take(40).collect::<String>());
            assert!(found.len() <= limits::DIAGNOSTICS + 1);
        }
    });
}

#[test]
fn any_bytes_can_be_read() {
    // A cheap generator: the pieces of the language in an order that no author would think of.
    let pieces = [
        "rule", "\"a\"", "when", "lead", ".", "visits", "(", ")", "[", "]", "{", "}", ";", "\n", "then", "phone", "`",
        "${", "7", ".days", "and", "not", "is", "in", "..", "=", "==", "because", "never", "limit", "per", "#{", ":",
        ",", "fn", "const", "setting", "example", "given", "expect", "/*", "*/", "//", "'", "\u{0}", "é", "if", "else",
        "switch", "=>", "-", "|",
    ];
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    soon(|| {
        for _ in 0..3_000 {
            let mut text = String::new();
            for _ in 0..40 {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                text.push_str(pieces[(state % pieces.len() as u64) as usize]);
                if state & 0x100 == 0 {
                    text.push(' ');
                }
            }
            let reading = read("any.rhai", &text, &Overrides::default());
            let cx = context();
            for rule in &reading.pack.rules {
                let _: Result<Answer, _> = evaluate(&rule.when, &cx);
                let _: Result<Answer, _> = evaluate(&rule.then, &cx);
            }
        }
    });
}

#[test]
fn a_pack_that_is_too_large_is_refused_at_once() {
    let text = "never phone;\n".repeat(800_000);
    assert!(text.len() > 10_000_000);
    let found = soon(|| errors(&text));
    assert_eq!(found.iter().map(|each| each.code).collect::<Vec<_>>(), ["too-large"]);
    let many = "never phone;\n".repeat(limits::STATEMENTS + 1);
    let found = soon(|| errors(&many));
    assert_eq!(found.iter().map(|each| (each.code, each.span.line)).collect::<Vec<_>>(), [("too-many", 5_001)]);
    let packs: Vec<PackSource> = (0..limits::PACKS + 1)
        .map(|nth| PackSource { file: format!("{nth}.rhai"), text: "never phone;".to_owned() })
        .collect();
    let (book, found) = Rulebook::new(&packs, &Overrides::default());
    // The first one that is too many stays as a pack that was not read, which may be law.
    assert_eq!((book.packs().len(), found.len()), (limits::PACKS + 1, 1));
    assert!(book.packs()[limits::PACKS].rules.is_empty() && book.packs()[limits::PACKS].nevers.is_empty());
    assert_eq!((found[0].code, found[0].file.as_str()), ("too-many", "200.rhai"));
}

/// Reading takes time in proportion to the text, whatever is in it: the largest pack of each kind ends soon.
#[test]
fn the_largest_packs_are_read_in_time() {
    for piece in [
        "setting s# = 2;\n",
        "const C# = 2;\n",
        "fact f# as number;\n",
        "fn f#(x) { x }\n",
        "rule \"r#\" when lead.visits() > 2 then phone;\n",
        "rule \"r#\" when led.visits() > 2 then phone;\n",
        "example \"e#\" given #{ signals: [visit(\"pricing\", 1.day.ago)] } expect phone;\n",
        "`${",
        "never phone when `",
        "/*\nnever phone;\n",
        "'\nrule \"a\" (((\n",
        "rule rule rule\nrule ",
        "# # ##\"",
    ] {
        let mut text = String::new();
        for nth in 0.. {
            let next = piece.replacen('#', &nth.to_string(), if piece.starts_with('#') { 0 } else { 1 });
            if text.len() + next.len() > limits::PACK_BYTES {
                break;
            }
            text.push_str(&next);
        }
        let start = Clock::now();
        let _ = read("large.rhai", &text, &Overrides::default());
        println!("{piece:?} took {:?}", start.elapsed());
        assert!(start.elapsed() < SOON, "{piece:?} took {:?}", start.elapsed());
    }
}

#[test]
fn places_are_right_beyond_line_65535() {
    let source = format!("{}never phone when led.open;", "\n".repeat(70_000));
    let found = soon(|| errors(&source));
    let place = (found[0].code, found[0].span.line, found[0].span.column);
    assert_eq!(place, ("unknown-name", 70_001, 18));
    // And beyond column 65,535.
    let source = format!("{}never phone when led.open;", " ".repeat(70_000));
    let found = soon(|| errors(&source));
    assert_eq!((found[0].code, found[0].span.line, found[0].span.column), ("unknown-name", 1, 70_018));
    let long = format!("never phone when \"{}\" is \"a\";", "a".repeat(70_000));
    assert_eq!(errors(&long)[0].code, "too-large");
}

#[test]
fn a_fault_while_running_is_told_where_it_stands() {
    let source = "rule \"a\"\n  when [1][0] > 3 - 3 and 1 / (lead.visits() % 1) > 2\n  then phone;";
    let reading = read("fault.rhai", source, &Overrides::default());
    let problem = evaluate(&reading.pack.rules[0].when, &context()).unwrap_err();
    assert_eq!((problem.span.line, problem.span.column), (2, 29), "{problem:?}");
    assert!(problem.sentence.english().contains("cannot be computed"), "{problem:?}");
}
