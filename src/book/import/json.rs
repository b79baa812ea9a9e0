//! JSON records of other systems: split from the file one by one, so that a broken record does not spoil the rest.

use std::rc::Rc;

use crate::book::import::cell_values::is_null;
use crate::book::import::doubled_members::{self, DoubledMember};
use crate::book::import::file_type::no_json;
use crate::book::import::json_record::JsonRecord;
use crate::book::import::lead_collector::LeadCollector;
use crate::book::ingest::json_file::{excerpt, not_json};
use crate::book::ingest::json_tree::{short, too_deep};
use crate::book::ingest::line_ends::with_line_feeds;
use crate::book::ingest::record_splitter::{LineCounter, parts};
use crate::limits;
use crate::wording::Sentence;

/// The records of a file that has one object, a list of objects, or objects one after another. What is no record is refused.
pub(super) fn records(name: &str, bytes: &[u8], collector: &mut LeadCollector) -> Vec<JsonRecord> {
    if let Some(what) = no_json(bytes) {
        collector.refuse_file(name, what, None);
        return Vec::new();
    }
    let bytes = with_line_feeds(bytes);
    let Some(bytes) = collector.intake.check_named_file(name, &bytes) else { return Vec::new() };
    let file: Rc<str> = Rc::from(name);
    let mut found = Vec::new();
    let mut lines = LineCounter::new(bytes);
    let ahead = bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let body = bytes.get(ahead..).unwrap_or_default();
    let begins_record = |line: &[u8]| matches!(line.trim_ascii_start().first(), Some(b'{' | b'['));
    if !bytes.split(|byte| *byte == b'\n').any(begins_record) {
        // One message for the file, not one for each of its lines.
        let reason = Sentence::new("record-file-not-json").with("written", excerpt(body));
        collector.refuse_file(name, reason.clone(), None);
        for (nth, text) in
            String::from_utf8_lossy(bytes).lines().enumerate().filter(|(_, text)| !text.trim().is_empty())
        {
            collector.told(name, Some(nth as u64 + 1), "", text, &reason);
        }
        return Vec::new();
    }
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
        let read = if depth > limits::RECORD_DEPTH {
            Err(too_deep(depth))
        } else {
            match doubled_members::read(piece) {
                Ok((value, doubled)) if value.is_object() => Ok((value, doubled)),
                Ok(_) => Err(Sentence::new("import-no-object")),
                Err(why) => Err(not_json(&String::from_utf8_lossy(piece), &why)),
            }
        };
        match read {
            Ok((value, doubled)) => {
                for DoubledMember { path, value } in doubled {
                    let text = value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
                    let reason =
                        Sentence::new("import-member-twice").with("path", path.as_str()).with("text", short(&text));
                    collector.refuse_text((name, name.to_owned(), &path), Some(line), &text, reason);
                }
                found.push(JsonRecord::new(&file, line, value));
            }
            Err(why) => {
                collector.told(name, Some(line), "", &String::from_utf8_lossy(piece), &why);
                collector.intake.refuse(name, why, Some(line));
            }
        }
    }
    found
}

/// True for a text that says nothing: an empty one, a word for an empty cell, and "...", the placeholder of documentation.
pub(super) fn is_unknown_text(text: &str) -> bool {
    let text = text.trim();
    text.is_empty() || text == "..." || is_null(text)
}
