//! JSON and NDJSON: from bytes to records.

use serde::Deserialize;
use serde_json::error::Category;

use super::split::{self, Lines, Piece};
use super::tree::{self, Json, short};
use super::{Desk, limits, record};
use crate::book::schema::nearest;
use crate::team::{Content, Rep};

const ROOMS: [&str; 3] = ["leads", "reps", "content"];

/// A record that could not be read: its id where it could be found, and what is wrong.
struct Unread {
    id: Option<String>,
    problems: Vec<(String, String)>,
}

/// Takes in a JSON file: an object with `leads`, `reps` and `content`, a list of leads, or one lead.
pub(super) fn whole_file(bytes: &[u8], desk: &mut Desk) {
    let mut lines = Lines::new(bytes);
    let ahead = bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let body = bytes.get(ahead..).unwrap_or_default();
    match body.first() {
        Some(b'[') => leads(Piece { bytes: body, start: ahead, depth: 0, whole: true }, &mut lines, desk),
        Some(b'{') => {
            let cut = split::parts(body, ahead);
            let named: Vec<_> = cut.pieces.iter().map(|piece| (split::name_and_value(*piece), *piece)).collect();
            let is_file = named.iter().any(|(pair, _)| {
                pair.is_some_and(|(name, value)| name == b"leads" || (rooms(name) && value.bytes.starts_with(b"[")))
            });
            if is_file {
                parts_of_file(&named, &mut lines, desk);
            } else {
                let depth = cut.pieces.iter().map(|piece| piece.depth).max().unwrap_or_default();
                let end = cut.after.map_or(body.len(), |after| after - ahead);
                let bytes = body.get(..end).unwrap_or_default().trim_ascii_end();
                lead(Piece { bytes, start: ahead, depth, whole: cut.closed }, Some(lines.of(ahead)), desk);
            }
            if let Some(after) = cut.after {
                let line = Some(lines.of(after));
                desk.refuse("", "something stands after the end of the object; for one lead a line use NDJSON", line);
            } else if !cut.closed && is_file {
                desk.refuse("", "the file ends too early: the last } is missing", Some(lines.of(bytes.len())));
            }
        }
        _ => desk.refuse(
            "",
            format!("the file is not JSON: it starts with \"{}\", not with {{ or [", glimpse(body)),
            Some(lines.of(ahead)),
        ),
    }
}

fn rooms(name: &[u8]) -> bool {
    ROOMS.iter().any(|room| room.as_bytes() == name)
}

/// A part of an object, with its name and value where it has them.
type Named<'a> = (Option<(&'a [u8], Piece<'a>)>, Piece<'a>);

fn parts_of_file(named: &[Named<'_>], lines: &mut Lines<'_>, desk: &mut Desk) {
    let mut seen: Vec<&[u8]> = Vec::new();
    for (pair, piece) in named {
        let Some((name, value)) = pair else {
            let reason = format!("\"{}\" is not a \"name\": value", glimpse(piece.bytes));
            desk.refuse("", reason, Some(lines.of(piece.start)));
            continue;
        };
        let shown = String::from_utf8_lossy(name).into_owned();
        if seen.contains(name) {
            desk.refuse(short(&shown), "is given twice; the first is kept", Some(lines.of(piece.start)));
            continue;
        }
        seen.push(name);
        match *name {
            b"leads" => leads(*value, lines, desk),
            b"reps" => each(*value, "reps", lines, desk, |desk, piece, path, line| match parse::<Rep>(piece) {
                Ok(rep) => desk.rep(rep, path, line),
                Err(unread) => desk.refuse_parts(path, unread.problems, line),
            }),
            b"content" => {
                each(*value, "content", lines, desk, |desk, piece, path, line| match parse::<Content>(piece) {
                    Ok(content) => desk.content(content, path, line),
                    Err(unread) => desk.refuse_parts(path, unread.problems, line),
                })
            }
            _ => {
                let hint = nearest(&short(&shown), ROOMS)
                    .map_or("a lead file has leads, reps and content".to_owned(), |meant| {
                        format!("did you mean \"{meant}\"?")
                    });
                let reason = format!("is not a part of a lead file; {hint}");
                desk.refuse(short(&shown), reason, Some(lines.of(piece.start)));
            }
        }
    }
}

fn leads(list: Piece<'_>, lines: &mut Lines<'_>, desk: &mut Desk) {
    each(list, "leads", lines, desk, |desk, piece, _, line| lead(piece, line, desk));
}

/// Takes in each part of a list.
fn each(
    list: Piece<'_>,
    name: &str,
    lines: &mut Lines<'_>,
    desk: &mut Desk,
    mut take: impl FnMut(&mut Desk, Piece<'_>, &str, Option<u64>),
) {
    if !list.bytes.starts_with(b"[") {
        let reason = format!("must be a list, and is {}", glimpse(list.bytes));
        desk.refuse(name, reason, Some(lines.of(list.start)));
        return;
    }
    let cut = split::parts(list.bytes, list.start);
    for (nth, piece) in cut.pieces.iter().enumerate() {
        let line = lines.of(piece.start);
        take(desk, *piece, &format!("{name}[{nth}]"), Some(line));
    }
    if !cut.closed {
        let end = list.start + list.bytes.len();
        desk.refuse(name, "the file ends too early: the ] of this list is missing", Some(lines.of(end)));
    } else if let Some(after) = cut.after {
        desk.refuse(name, "something stands after the ] of this list", Some(lines.of(after)));
    }
}

fn lead(piece: Piece<'_>, line: Option<u64>, desk: &mut Desk) {
    match parse::<record::LeadRecord>(piece) {
        Ok(lead) => desk.lead(lead, line),
        Err(Unread { id, problems }) => desk.set_aside(id.as_deref(), problems, line),
    }
}

/// Takes in a file with one JSON object a line.
pub(super) fn lines(bytes: &[u8], desk: &mut Desk) {
    let mut start = 0;
    for (nth, row) in bytes.split(|byte| *byte == b'\n').enumerate() {
        let text = row.trim_ascii();
        if !text.is_empty() {
            line(text, start, nth as u64 + 1, desk);
        }
        start += row.len() + 1;
    }
}

fn line(text: &[u8], start: usize, number: u64, desk: &mut Desk) {
    let at = Some(number);
    if !text.starts_with(b"{") {
        let reason = format!("a line must hold one object {{...}}, and starts with \"{}\"", glimpse(text));
        return desk.set_aside(None, vec![(String::new(), reason)], at);
    }
    let cut = split::parts(text, start);
    let depth = cut.pieces.iter().map(|piece| piece.depth).max().unwrap_or_default();
    if cut.after.is_some() {
        let reason = "something stands after the } of the record; write one record a line".to_owned();
        return desk.set_aside(id_in(text), vec![(String::new(), reason)], at);
    }
    if let [only] = cut.pieces.as_slice() {
        match split::name_and_value(*only) {
            Some((b"rep", value)) => {
                return match parse::<Rep>(value) {
                    Ok(rep) => desk.rep(rep, "rep", at),
                    Err(unread) => desk.refuse_parts("rep", unread.problems, at),
                };
            }
            Some((b"content", value)) => {
                return match parse::<Content>(value) {
                    Ok(content) => desk.content(content, "content", at),
                    Err(unread) => desk.refuse_parts("content", unread.problems, at),
                };
            }
            _ => {}
        }
    }
    lead(Piece { bytes: text, start, depth, whole: cut.closed }, at, desk);
}

/// Reads one record.
fn parse<T: for<'de> Deserialize<'de>>(piece: Piece<'_>) -> Result<T, Unread> {
    let unread = |reason: String| Unread {
        id: id_in(piece.bytes).map(ToOwned::to_owned),
        problems: vec![(String::new(), reason)],
    };
    if !piece.whole {
        return Err(unread("the file ends in the middle of this record".to_owned()));
    }
    if piece.depth > limits::DEPTH {
        return Err(unread(format!(
            "has brackets within brackets {} deep; at most {} are taken",
            piece.depth,
            limits::DEPTH
        )));
    }
    let text = std::str::from_utf8(piece.bytes).map_err(|fault| {
        let line = bytes_line(piece.bytes, fault.valid_up_to());
        unread(format!("holds bytes that are not UTF-8 ({line}); save the file as UTF-8"))
    })?;
    if text.is_empty() {
        return Err(unread("is empty: two commas follow each other".to_owned()));
    }
    let tree: Json<'_> = serde_json::from_str(text).map_err(|fault| unread(not_json(text, &fault)))?;
    let id = match tree.get("id") {
        Some(Json::Text(id)) => Some(id.to_string()),
        _ => None,
    };
    tree::read(tree).map_err(|problems| Unread {
        id,
        problems: problems.into_iter().map(|(path, reason)| (path.to_string(), reason)).collect(),
    })
}

fn bytes_line(bytes: &[u8], at: usize) -> String {
    let before = bytes.get(..at).unwrap_or_default();
    let row = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    format!("on its line {row}")
}

/// What keeps a text from being JSON, as a sentence.
fn not_json(text: &str, fault: &serde_json::Error) -> String {
    let row = text.lines().nth(fault.line().saturating_sub(1)).unwrap_or_default().as_bytes();
    // serde_json counts the byte at which it gave up, from 1; the word it choked on begins a little before.
    let upto = fault.column().min(row.len());
    let word = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(**byte, b'.' | b'+' | b'-');
    let before = row.get(..upto).unwrap_or_default();
    let back = before.iter().rev().take_while(word).count();
    let back = back + usize::from(before.iter().rev().nth(back) == Some(&b'"'));
    let rest = row.get(upto - back.min(upto)..).unwrap_or_default();
    let near = glimpse(rest);
    let place =
        if text.lines().nth(1).is_some() { format!(" (line {} of the record)", fault.line()) } else { String::new() };
    let bare = near.trim_start_matches('-');
    if ["NaN", "nan", "Infinity", "inf", "Inf"].iter().any(|name| bare.starts_with(name)) {
        return format!(
            "{} is not a number in JSON; leave the field out when it is not known{place}",
            first_word(&near)
        );
    }
    if fault.classify() == Category::Eof {
        return "the record ends too early: a bracket or a quote is not closed".to_owned();
    }
    if fault.to_string().starts_with("number out of range") {
        return format!("{} is a number too large for any computer; check the digits{place}", first_word(&near));
    }
    format!("is not valid JSON near \"{near}\"{place}")
}

fn first_word(text: &str) -> &str {
    text.split([',', '}', ']', ' ']).next().unwrap_or_default()
}

/// The start of some bytes, fit for a message.
fn glimpse(bytes: &[u8]) -> String {
    let start = bytes.get(..bytes.len().min(80)).unwrap_or_default();
    String::from_utf8_lossy(start).chars().take(20).map(|each| if each.is_control() { ' ' } else { each }).collect()
}

/// The id of a record that cannot be parsed, where it can be made out.
fn id_in(bytes: &[u8]) -> Option<&str> {
    let cut = split::parts(bytes, 0);
    let found = cut.pieces.iter().filter_map(|piece| split::name_and_value(*piece)).find(|(name, _)| *name == b"id")?.1;
    let inner = std::str::from_utf8(found.bytes.strip_prefix(b"\"")?).ok()?;
    let (id, _) = inner.split_once('"')?;
    (!id.contains('\\')).then_some(id)
}
