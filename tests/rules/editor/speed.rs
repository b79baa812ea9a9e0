//! A pack of 5,000 lines while it is written: each answer takes less than reading the pack once does.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use super::{FILE, pack};
use cadans::editor::{Position, complete, fold, hover, outline, references, tokens};
use cadans::language::read;
use cadans::pack::Overrides;
use cadans::wording::Language;

const LINES: usize = 5_000;

/// The shipped rules of inside sales over and over, the rules and series of each time under names of their own.
fn large_pack() -> String {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/inside-sales.rhai")).unwrap();
    let declared =
        |statement: &str| ["setting", "const", "fn", "fact", "pack"].iter().any(|word| statement.starts_with(word));
    let (once, again): (Vec<&str>, Vec<&str>) = text.split_inclusive(";\n").partition(|one| declared(one.trim_start()));
    let mut large = once.concat();
    for nth in 0.. {
        if large.lines().count() >= LINES {
            break;
        }
        for word in ["rule \"", "cadence \"", "example \""] {
            assert!(again.iter().any(|one| one.contains(word)));
        }
        let named = again.concat();
        let named = ["rule \"", "cadence \"", "example \"", "by(\""]
            .iter()
            .fold(named, |text, word| text.replace(word, &format!("{word}{nth} ")));
        large.push_str(&named);
    }
    large
}

/// The shortest of three times.
fn took(mut work: impl FnMut()) -> Duration {
    let once = |()| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    std::iter::repeat_n((), 3).map(once).min().unwrap()
}

#[test]
fn an_answer_takes_less_than_reading_the_pack() {
    let text = large_pack();
    let middle = text.len() / 2 + text[text.len() / 2..].find("lead.").unwrap() + 5;
    let at = Position::Byte(middle);
    let broken = format!("{}vis\n{}", &text[..middle], &text[middle..]);
    let (whole, broken) = ([pack(FILE, &text)], [pack(FILE, &broken)]);
    let reading = took(|| drop(read(FILE, &text, &Overrides::default())));
    let times = [
        (
            "complete",
            took(|| assert!(!complete(&broken, FILE, Position::Byte(middle + 3), Language::English).is_empty())),
        ),
        ("hover", took(|| assert!(hover(&whole, FILE, at, Language::English).is_some()))),
        ("references", took(|| drop(references(&whole, FILE, at, true)))),
        ("tokens", took(|| assert!(tokens(&text).len() > LINES))),
        ("outline", took(|| assert!(outline(&text).len() > 300))),
        ("fold", took(|| assert!(fold(&text).len() > 300))),
    ];
    println!("reading {reading:?}, {times:?}");
    for (service, time) in times {
        assert!(time < reading, "{service}: {time:?}, and reading {reading:?}");
    }
}
