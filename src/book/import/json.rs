//! JSON records of other systems: cut from the file one by one, and read leniently as to what else they hold.

use serde_json::Value;

use crate::book::ingest::IntakeBuilder;
use crate::book::ingest::record_splitter::{LineSplitter, parts};
use crate::limits;

/// Every record of a file that holds one object, a list of objects, or one object a line. What is no record is told.
pub(super) fn records(name: &str, bytes: &[u8], desk: &mut IntakeBuilder) -> Vec<(Value, u64)> {
    let Some(bytes) = desk.open(bytes) else { return Vec::new() };
    let mut found = Vec::new();
    let mut lines = LineSplitter::new(bytes);
    let ahead = bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let body = bytes.get(ahead..).unwrap_or_default();
    let mut pieces: Vec<(&[u8], usize, usize)> = Vec::new();
    if body.starts_with(b"[") {
        pieces.extend(parts(body, ahead).pieces.iter().map(|piece| (piece.bytes, piece.start, piece.depth)));
    } else {
        // Objects one after another, with or without line ends between them.
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
                // No record: up to the end of the line.
                (piece.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |line| start + line + 1), 0)
            };
            pieces.push((bytes.get(start..end).unwrap_or_default().trim_ascii(), start, depth));
            at = end;
        }
    }
    for (piece, start, depth) in pieces {
        let line = lines.of(start);
        if depth > limits::RECORD_DEPTH {
            desk.refuse(name, format!("has brackets within brackets {depth} deep"), Some(line));
            continue;
        }
        match serde_json::from_slice::<Value>(piece) {
            Ok(value) if value.is_object() => found.push((value, line)),
            Ok(_) => desk.refuse(name, "is not a JSON object", Some(line)),
            Err(why) => desk.refuse(name, format!("is not valid JSON: {why}"), Some(line)),
        }
    }
    found
}

/// A text or a number as a text: ids come as either. `None` when it is neither, or empty.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() && text != "..." => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
