//! JSON records of other systems: split from the file one by one, so that a broken record does not spoil the rest. Fields that an importer
//! does not know are ignored.

use serde_json::Value;

use crate::book::ingest::IntakeBuilder;
use crate::book::ingest::record_splitter::{LineCounter, parts};
use crate::limits;

/// The records of a file that has one object, a list of objects, or objects one after another, each with its line. What is no record is
/// refused.
pub(super) fn records(name: &str, bytes: &[u8], intake: &mut IntakeBuilder) -> Vec<(Value, u64)> {
    let Some(bytes) = intake.check_file(bytes) else { return Vec::new() };
    let mut found = Vec::new();
    let mut lines = LineCounter::new(bytes);
    let ahead = bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let body = bytes.get(ahead..).unwrap_or_default();
    let mut pieces: Vec<(&[u8], usize, usize)> = Vec::new();
    if body.starts_with(b"[") {
        pieces.extend(parts(body, ahead).pieces.iter().map(|piece| (piece.bytes, piece.start, piece.depth)));
    } else {
        // Objects one after another, with or without line breaks between them.
        let mut at = ahead;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.trim_ascii().is_empty()) {
            let blank = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            let start = at + blank;
            let piece = bytes.get(start..).unwrap_or_default();
            let (end, depth) = if piece.starts_with(b"{") {
                let cut = parts(piece, start);
                let depth = cut.pieces.iter().map(|piece| piece.depth).max().unwrap_or_default();
                (cut.after.unwrap_or(bytes.len()), depth)
            } else {
                // Not a record: skip to the end of the line.
                (piece.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |line| start + line + 1), 0)
            };
            pieces.push((bytes.get(start..end).unwrap_or_default().trim_ascii(), start, depth));
            at = end;
        }
    }
    for (piece, start, depth) in pieces {
        let line = lines.of(start);
        if depth > limits::RECORD_DEPTH {
            intake.refuse(name, format!("has brackets within brackets {depth} deep"), Some(line));
            continue;
        }
        match serde_json::from_slice::<Value>(piece) {
            Ok(value) if value.is_object() => found.push((value, line)),
            Ok(_) => intake.refuse(name, "is not a JSON object", Some(line)),
            Err(why) => intake.refuse(name, format!("is not valid JSON: {why}"), Some(line)),
        }
    }
    found
}

/// A text or a number as a text, because ids are written as either. `None` when it is neither, or empty, or the placeholder "...".
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() && text != "..." => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
