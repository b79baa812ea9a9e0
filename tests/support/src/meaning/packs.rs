//! Packs made from bytes: settings, constants and helper functions, and statements of every form that has a condition.

use std::fmt::Write as _;

use super::bytes::Bytes;
use super::expressions::{Given, Helper, Names, OWN, condition, value};
use cadans::book::catalogue::Subject;
use cadans::book::value::Type;
use cadans::book::vocabulary::{Channel, Role, Stage};

/// How deep expressions go.
const DEPTH: usize = 3;

/// The text of a pack. Statements are made until the bytes are used up, or there are `most`.
pub fn pack(bytes: &mut Bytes<'_>, name: &str, most: usize) -> String {
    let mut text = format!("pack \"{name}\" #{{ version: \"1.0.0\"{} }};\n", bytes.one(&["", ", hard: true"]));
    for (fact, kind) in OWN {
        let _ = writeln!(text, "fact {fact} as {};", kind.word());
    }
    text.push_str("setting most = 2 range 0..=9;\nsetting share = 0.3;\nsetting team = [\"decider\", \"a\"];\n");
    text.push_str("const SOON = 90.minutes;\nconst WORD = \"a b\";\n");
    let mut names = Names { now: true, ..Names::default() };
    for (constant, kind) in [
        ("most", Type::Whole),
        ("share", Type::Number),
        ("team", Type::List),
        ("SOON", Type::Length),
        ("WORD", Type::Text),
    ] {
        names.values.push((constant.to_owned(), kind));
    }
    helpers(bytes, &mut text, &mut names);
    for subject in [Subject::Lead, Subject::Account] {
        names.subjects.push((subject.word().to_owned(), subject));
    }
    for nth in 0..most {
        if nth > 0 && bytes.is_empty() {
            break;
        }
        // Every third statement is asked for each person.
        let mut names = names.clone();
        if bytes.once_in(3) {
            names.subjects.push(("person".to_owned(), Subject::Person));
        }
        names.plain = bytes.once_in(2);
        text.push_str(&statement(bytes, &names, nth));
    }
    text
}

/// The text of a pack whose rules read the team's own facts and nothing else, as people write them.
pub fn pack_of_own_facts(bytes: &mut Bytes<'_>, most: usize) -> String {
    let mut text = "pack \"own\";\n".to_owned();
    for (fact, kind) in OWN {
        let _ = writeln!(text, "fact {fact} as {};", kind.word());
    }
    let subjects = vec![("lead".to_owned(), Subject::Lead)];
    let names = Names { subjects, plain: true, only_own: true, ..Names::default() };
    for nth in 0..most {
        let _ = writeln!(text, "rule \"r{nth}\" when {} then wait;", condition(bytes, &names, DEPTH));
    }
    text
}

fn statement(bytes: &mut Bytes<'_>, names: &Names, nth: usize) -> String {
    let when = condition(bytes, names, DEPTH);
    let channel = bytes.one(&Channel::words().chain(["any"]).collect::<Vec<_>>());
    let because = match bytes.choose(3) {
        0 => String::new(),
        _ => format!("\n    because {}", value(bytes, names, Type::Text, DEPTH - 1)),
    };
    match bytes.choose(9) {
        0 => format!("enter \"{}\" when {when}{because};\n", bytes.one(&Stage::words().collect::<Vec<_>>())),
        1 => {
            let unless = match bytes.choose(2) {
                0 => String::new(),
                _ => format!(" unless {}", condition(bytes, names, 2)),
            };
            format!("never {channel} when {when}{unless}{because};\n")
        }
        2 => format!("limit {channel} {} per 7.days when {when}{because};\n", bytes.choose(4)),
        3 => format!("pause {channel} 2.days when {when}{because};\n"),
        4 => format!("reachable {channel} \"Mo-Fr 09:00-17:00\" when {when}{because};\n"),
        5 => {
            let steps: Vec<String> = (0..1 + bytes.choose(3)).map(|_| touch(bytes, names)).collect();
            let until = match bytes.choose(2) {
                0 => String::new(),
                _ => format!("\n    until {}", condition(bytes, names, 2)),
            };
            let again = bytes.one(&["", " again_after 3.days", " again_after 90.days"]);
            let across = bytes.one(&["", " across \"lead\"", " across \"person\""]);
            let steps = steps.join(", ");
            format!("cadence \"c{nth}\"\n    when {when}\n    steps [{steps}]{until}{again}{across}{because};\n")
        }
        _ => {
            let unless = match bytes.choose(3) {
                0 => format!("\n    unless {}", condition(bytes, names, 2)),
                _ => String::new(),
            };
            let then = match bytes.choose(4) {
                0 => format!("[{}, {}]", touch(bytes, names), touch(bytes, names)),
                1 => {
                    let chosen = condition(bytes, names, 2);
                    format!("if {chosen} {{ {} }} else {{ {} }}", touch(bytes, names), touch(bytes, names))
                }
                _ => touch(bytes, names),
            };
            format!("rule \"r{nth}\"\n    when {when}{unless}\n    then {then}{because};\n")
        }
    }
}

/// Something to do, with builders whose arguments may be wrong for a lead.
fn touch(bytes: &mut Bytes<'_>, names: &Names) -> String {
    let mut text = match bytes.choose(8) {
        0 => "wait".to_owned(),
        1 => "find(\"decider\")".to_owned(),
        2 => "hand_over(\"marketing\")".to_owned(),
        3 if names.helpers.iter().any(|helper| helper.name == "answer") => {
            format!("answer({})", bytes.one(&["phone", "email.to(\"user\")", "chat"]))
        }
        4 => "answer".to_owned(),
        _ => bytes.one(&Channel::words().collect::<Vec<_>>()).to_owned(),
    };
    for _ in 0..bytes.choose(3) {
        let builder = match bytes.choose(6) {
            0 => format!(".to(\"{}\")", bytes.one(&Role::words().collect::<Vec<_>>())),
            1 => format!(".within({})", value(bytes, names, Type::Length, 1)),
            2 => format!(".after({})", value(bytes, names, Type::Length, 1)),
            3 => format!(".value({})", value(bytes, names, Type::Number, 2)),
            4 => format!(".offer({})", value(bytes, names, Type::Text, 1)),
            _ => format!(".weight({})", value(bytes, names, Type::Number, 1)),
        };
        text.push_str(&builder);
    }
    text
}

/// Helper functions: most of one expression, each of which may call those before it; one that calls itself, and one of
/// several statements, which run by the interpreter.
fn helpers(bytes: &mut Bytes<'_>, text: &mut String, names: &mut Names) {
    let kinds = [Type::Truth, Type::Whole, Type::Number, Type::Text, Type::Length, Type::Truth];
    for nth in 0..bytes.choose(5) {
        let params: Vec<Given> = (0..1 + bytes.choose(3))
            .map(|_| match bytes.choose(7) {
                0 | 1 => Given::Subject(Subject::Lead),
                2 => Given::Subject(bytes.one(&[Subject::Account, Subject::Person])),
                _ => Given::Value(bytes.one(&kinds)),
            })
            .collect();
        // Parameters hide what the same words mean outside.
        let words = bytes.one(&[["lead", "n", "x"], ["who", "phone", "account"], ["person", "now", "most"]]);
        let mut inside = Names { helpers: names.helpers.clone(), ..Names::default() };
        for (param, word) in params.iter().zip(words) {
            match param {
                Given::Subject(subject) => inside.subjects.push((word.to_owned(), *subject)),
                Given::Value(kind) => inside.values.push((word.to_owned(), *kind)),
            }
        }
        let gives = bytes.one(&kinds);
        let body = match gives {
            Type::Truth => condition(bytes, &inside, 2),
            other => value(bytes, &inside, other, 2),
        };
        let body = match bytes.choose(4) {
            0 => format!("return {body};"),
            1 => format!("{body};"),
            _ => body,
        };
        let name = format!("h{nth}");
        let _ = writeln!(text, "fn {name}({}) {{ {body} }}", words[..params.len()].join(", "));
        names.helpers.push(Helper { name, params, gives });
    }
    if bytes.once_in(4) {
        text.push_str("fn answer(how) { how.within(4.hours) }\n");
        names.helpers.push(Helper { name: "answer".to_owned(), params: Vec::new(), gives: Type::Any });
    }
    if bytes.once_in(8) {
        text.push_str("fn again(n) { if n < 1 { true } else { again(n - 1) } }\n");
        let params = vec![Given::Value(Type::Whole)];
        names.helpers.push(Helper { name: "again".to_owned(), params, gives: Type::Truth });
    }
    if bytes.once_in(8) {
        text.push_str("fn long(lead) { let seen = lead.visits(); if seen > 1 { seen } else { 0 } }\n");
        let params = vec![Given::Subject(Subject::Lead)];
        names.helpers.push(Helper { name: "long".to_owned(), params, gives: Type::Whole });
    }
}
