//! Every service at every place of every shipped pack, also of one that is cut off there: an answer, and soon.

use std::time::{Duration, Instant};

use super::{FILE, pack, shipped};
use cadans::editor::{
    Position, complete, definition, fold, format, hover, outline, prepare_rename, references, rename, tokens,
};
use cadans::language::PackSource;
use cadans::wording::Language;
use proptest::prelude::*;

/// Asks every service about a place; that they return is what is tested, and that their places are in the text.
fn ask(packs: &[PackSource], at: Position) {
    let text = &packs[0].text;
    for language in [Language::English, Language::Dutch] {
        for one in complete(packs, FILE, at, language) {
            assert!(text.is_char_boundary(one.range.start.byte) && text.is_char_boundary(one.range.end.byte));
            assert!(one.range.start.byte <= one.range.end.byte && one.range.end.byte <= text.len());
        }
    }
    hover(packs, FILE, at, Language::English);
    definition(packs, FILE, at);
    references(packs, FILE, at, true);
    if prepare_rename(packs, FILE, at, Language::English).is_ok() {
        let _ = rename(packs, FILE, at, "another_name", Language::English);
    }
}

fn whole(text: &str) {
    format(FILE, text);
    outline(text);
    fold(text);
    let found = tokens(text);
    assert!(found.is_sorted_by(|one, other| one.range.end.byte <= other.range.start.byte));
}

/// A statement with its surroundings, as large as an editor's answer needs to be for the test to be quick.
fn windows() -> Vec<String> {
    let mut windows = Vec::new();
    for pack in shipped() {
        let statements: Vec<&str> = pack.text.split_inclusive(";\n").collect();
        windows.extend(statements.chunks(3).map(|chunk| chunk.concat()));
    }
    windows
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_service_answers_at_every_place_of_a_text_cut_off_anywhere(
        window in prop::sample::select(windows()),
        cut in 0.0..1.0_f64,
        at in 0.0..1.1_f64,
        style in 0..4_usize,
    ) {
        let text = match style {
            0 => window,
            1 => window.replace('\n', "\r\n"),
            2 => format!("\u{feff}// 😀\n{}", window.replace('e', "é")),
            _ => window.replacen('"', "", 1).replacen(')', "", 1),
        };
        let share = |share: f64| (text.len() as f64 * share) as usize;
        let mut end = share(cut);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let cut_off = [pack(FILE, &text[..end])];
        ask(&cut_off, Position::Byte(end));
        whole(&text[..end]);
        let packs = [pack(FILE, &text), pack("other.rhai", "fact need as text;")];
        ask(&packs, Position::Byte(share(at)));
        ask(&packs, Position::Utf16(share(at)));
        let number = u32::try_from(share(at)).unwrap();
        ask(&packs, Position::LineColumn(number % 40, number / 7));
        whole(&text);
    }
}

/// One statement, cut off after every byte and asked at every byte.
#[test]
fn a_statement_is_answered_while_every_letter_of_it_is_written() {
    let text = "setting hot = 2 because \"é😀\";\r\nrule \"One\" formerly [\"O\"] when lead.visits(\"pricing\", 7.days) >= hot and \
                lead.stage in [\"interest\"] /* c */ then phone.to(\"decider\").by(\"One\") because `A ${lead.name ?? \"\"} b`;\n\
                example \"e\" given #{ fields: #{ a: 1 } } expect phone.by(\"One\");";
    for cut in (0..=text.len()).filter(|cut| text.is_char_boundary(*cut)) {
        let packs = [pack(FILE, &text[..cut])];
        whole(&packs[0].text);
        for at in (0..=cut).step_by(7).chain([cut, cut + 5]) {
            complete(&packs, FILE, Position::Byte(at), Language::English);
            prepare_rename(&packs, FILE, Position::Byte(at), Language::English).ok();
        }
        hover(&packs, FILE, Position::Byte(cut), Language::English);
        references(&packs, FILE, Position::Byte(cut), true);
    }
}

/// The work for a text grows with its length and no faster: a text of eight times the length takes at most 24 times as long at one of a few tries.
#[test]
fn hostile_texts_take_no_longer_than_their_length() {
    let pieces = [
        "(",
        "[",
        "#{ a: ",
        "`${",
        "/* ",
        "\"",
        "f(",
        "lead.",
        "let x = ",
        ";",
        "rule \"a\" when ",
        ".by(\"a\")",
        "fn f(a) { f(",
        "when ",
        "// c\n",
        "'",
        "`a ${b} ` ",
        "{ let a = 1; ",
        "#\"",
        "😀 ",
    ];
    for piece in pieces {
        let took = |count: usize| {
            let text = format!("fn f(a) {{ a }}\nrule \"a\" when lead.open then phone;\n{}", piece.repeat(count));
            let packs = [pack(FILE, &text)];
            let start = Instant::now();
            whole(&text);
            complete(&packs, FILE, Position::Byte(text.len()), Language::English);
            references(&packs, FILE, Position::Byte(26), true);
            start.elapsed()
        };
        // Work that grows with the square of the length takes 64 times as long at every try.
        let tries = [(); 4].map(|()| (took(600), took(4_800)));
        let holds = |(short, long): &(Duration, Duration)| *long < *short * 24 + Duration::from_millis(30);
        assert!(tries.iter().any(holds), "{piece}: {tries:?}");
    }
}
