//! Our functions and Rhai's own packages are asked the same questions and have to give the same answers and the same kind of error.

use rhai::packages::{
    ArithmeticPackage, BasicArrayPackage, BasicIteratorPackage, BasicMapPackage, LogicPackage, MoreStringPackage,
};

use super::*;

fn with_packages() -> Engine {
    let mut engine = Engine::new_raw();
    for package in [
        ArithmeticPackage::new().as_shared_module(),
        LogicPackage::new().as_shared_module(),
        BasicStringPackage::new().as_shared_module(),
        MoreStringPackage::new().as_shared_module(),
        BasicIteratorPackage::new().as_shared_module(),
        BasicArrayPackage::new().as_shared_module(),
        BasicMapPackage::new().as_shared_module(),
    ] {
        engine.register_global_module(package);
    }
    engine
}

/// The answer as Rhai would show it, or what kind of error there is.
fn answer(engine: &Engine, script: &str) -> String {
    match engine.eval::<Dynamic>(script) {
        Ok(value) => format!("{value:?} of {}", value.type_name()),
        Err(why) => {
            let told = format!("{:?}", why.unwrap_inner());
            told.split(['(', ' ']).next().unwrap_or_default().to_owned()
        }
    }
}

const VALUES: &[&str] = &[
    "0",
    "1",
    "-1",
    "7",
    "9223372036854775807",
    "-9223372036854775807 - 1",
    "0.0",
    "-0.5",
    "2.5",
    "1e300",
    "true",
    "false",
    "()",
    "\"\"",
    "\"a\"",
    "\"Abc abc\"",
    "\" é ü \"",
    "\"ABC\"",
    "'a'",
    "'é'",
    "[]",
    "[1]",
    "[1, 2.0, \"a\", ()]",
    "[[1], [1]]",
    "[3, 1, 2]",
    "#{}",
    "#{a: 1}",
    "#{a: 1, b: [2]}",
    "0..3",
    "0..=3",
    "3..0",
    "1.0..2.0",
];

#[test]
fn everything_with_one_value_is_what_rhai_makes_of_it() {
    let (ours, theirs) = (engine(), with_packages());
    let asked = [
        "let x = #; x.pad(4, 'é'); x",
        "let x = #; x.pad(-4, 'é'); x",
        "-#",
        "+#",
        "!#",
        "#.abs()",
        "#.len()",
        "#.len",
        "#.is_empty()",
        "#.is_empty",
        "#.to_upper()",
        "#.to_lower()",
        "#.split()",
        "#.to_string()",
        "#.to_debug()",
        "#.keys()",
        "#.values()",
        "`<${#}>`",
        "let x = #; x.trim(); x",
        "let x = #; x.pop()",
        "let x = #; x.shift(); x",
        "let x = #; x.reverse(); x",
        "let n = \"\"; for each in # { n += `${each},`; } n",
        "const X = #; X.push(1)",
        "const X = #; X.contains(1)",
        "const X = #; X.trim()",
        "let x = #; x.shift()",
    ];
    for each in asked {
        for value in VALUES {
            let script = each.replace('#', &format!("({value})"));
            let (ours, theirs) = (answer(&ours, &script), answer(&theirs, &script));
            assert!(ours == theirs || left_out(each, value), "{script}: {ours} against {theirs}");
        }
    }
}

#[test]
fn everything_with_two_values_is_what_rhai_makes_of_it() {
    let (ours, theirs) = (engine(), with_packages());
    let asked = [
        "# + @",
        "# - @",
        "# * @",
        "# / @",
        "# % @",
        "# == @",
        "# != @",
        "# < @",
        "# >= @",
        "# in @",
        "# ?? @",
        "max(#, @)",
        "min(#, @)",
        "#.contains(@)",
        "#.starts_with(@)",
        "#.ends_with(@)",
        "#.index_of(@)",
        "#.sub_string(@)",
        "#.split(@)",
        "range(#, @)",
        "let x = #; x += @; x",
        "let x = #; x.push(@); x",
        "let x = #; x.remove(@); x",
        "let x = #; x.remove(@)",
        "let x = #; x[@]",
        "let x = #; x.insert(1, @); x",
        "let x = #; x.insert(-1, @); x",
        "let x = #; x.insert(@, 0); x",
        "let x = #; x.replace(\"a\", @); x",
        "#.sub_string(@, 2)",
        "#.sub_string(1, @)",
    ];
    for each in asked {
        for first in VALUES {
            for second in VALUES {
                let script = each.replace('#', &format!("({first})")).replace('@', &format!("({second})"));
                let (ours, theirs) = (answer(&ours, &script), answer(&theirs, &script));
                let none = ours == "ErrorFunctionNotFound" && left_out(each, first);
                assert!(ours == theirs || none, "{script}: {ours} against {theirs}");
            }
        }
    }
}

fn engine() -> Engine {
    let mut engine = Engine::new_raw();
    register(&mut engine);
    engine
}

/// What Rhai has and rules have not.
fn left_out(asked: &str, first: &str) -> bool {
    let forms = [
        "min(#, @)",
        "max(#, @)",
        "range(#, @)",
        "#.split(@)",
        "#.sub_string(@)",
        "let x = #; x.remove(@)",
        "let x = #; x.remove(@); x",
        "let x = #; x.replace(\"a\", @); x",
    ];
    let of_characters = ["#.to_upper()", "#.to_lower()"].contains(&asked) && first.starts_with('\'');
    let of_ranges =
        ["#.is_empty()", "#.is_empty", "const X = #; X.contains(1)"].contains(&asked) && first.contains("..");
    let of_texts = asked == "let x = #; x.pop()" && first.starts_with('"');
    forms.contains(&asked) || of_characters || of_ranges || of_texts
}

#[test]
fn whatever_can_be_asked_of_a_value_is_on_the_list_of_the_checker() {
    let source = include_str!("../functions.rs");
    for call in ["add(", "add_property(", "add_changing("] {
        for rest in source.split(call).skip(1) {
            let Some(name) = rest.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next()) else {
                continue;
            };
            if name.chars().all(|char| char.is_ascii_alphabetic() || char == '_') {
                assert!(crate::language::names::METHODS.contains(&name), "{name} is not on the list");
            }
        }
    }
}
