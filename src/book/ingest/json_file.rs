//! Parses the records of JSON and NDJSON files and passes them to the intake.
//!
//! In: the bytes of one record, as [`record_splitter`] splits them. Out: a record, accepted or refused, or an [`UnreadRecord`] with the
//! sentences that say why the bytes are no record.

use serde::Deserialize;
use serde_json::error::Category;
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::book::content::Content;
use crate::book::ingest::json_tree::{self, Json, short};
use crate::book::ingest::kept_refusals::refusals_in;
use crate::book::ingest::record_splitter::{self, FilePiece};
use crate::book::ingest::{IntakeBuilder, record};
use crate::book::refusal::Problem;
use crate::book::rep::Rep;
use crate::book::vocabulary::nearest;
use crate::limits;
use crate::wording::{Arg, Sentence};

/// A record that could not be read: its id where it was found, and the path and reason of each problem.
#[derive(Debug)]
pub(super) struct UnreadRecord {
    pub(super) id: Option<String>,
    pub(super) problems: Vec<Problem>,
    /// What people refuse in it, where it is a lead.
    pub(super) refusing: Option<Box<record::LeadRecord>>,
}

/// A list of a lead file, spelled as its name in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub(super) enum FileList {
    Leads,
    Reps,
    Content,
}

impl FileList {
    /// Its name in the file.
    pub(super) fn name(self) -> &'static str {
        self.into()
    }

    /// The list with this name; `None` when a lead file has no list of this name.
    pub(super) fn named(name: &[u8]) -> Option<Self> {
        std::str::from_utf8(name).ok()?.parse().ok()
    }
}

/// True when an object with these members is a lead file and not a lead: it has `leads`, or a list named as another list of a file.
pub(super) fn is_file(parts: &[FilePiece<'_>]) -> bool {
    parts
        .iter()
        .filter_map(|piece| record_splitter::name_and_value(*piece))
        .any(|(name, value)| name == b"leads" || (FileList::named(name).is_some() && value.bytes.starts_with(b"[")))
}

/// Refuses a member of a lead file that is not one of its lists, or a second one. `seen` are the names so far, to which its name is added.
pub(super) fn refuse_member(
    piece: FilePiece<'_>,
    line: Option<u64>,
    seen: &mut Vec<Vec<u8>>,
    intake: &mut IntakeBuilder,
) {
    let Some((name, value)) = record_splitter::name_and_value(piece) else {
        return intake.refuse("", Sentence::new("record-no-member").with("written", excerpt(piece.bytes)), line);
    };
    let shown = String::from_utf8_lossy(name).into_owned();
    if seen.iter().any(|earlier| earlier == name) {
        return intake.refuse(short(&shown), "record-part-twice", line);
    }
    seen.push(name.to_vec());
    if FileList::named(name).is_some() {
        let ahead = piece.bytes.get(..value.start - piece.start).unwrap_or_default();
        let line = line.map(|line| line + record_splitter::line_ends(ahead));
        return intake.refuse(
            shown,
            Sentence::new("record-misfit").with("must", Arg::Key("a-list")).with("found", excerpt(value.bytes)),
            line,
        );
    }
    let reason = match nearest(&short(&shown), FileList::VARIANTS.iter().map(|list| list.name())) {
        Some(meant) => Sentence::new("record-part-meant").with("meant", meant),
        None => Sentence::new("record-part-unknown"),
    };
    intake.refuse(short(&shown), reason, line);
}

/// Reads entry `nth` of a list of a lead file.
pub(super) fn entry(list: FileList, nth: usize, piece: FilePiece<'_>, line: Option<u64>, intake: &mut IntakeBuilder) {
    let path = || format!("{}[{nth}]", list.name());
    match list {
        FileList::Leads => lead(piece, line, intake),
        FileList::Reps => match parse::<Rep>(piece) {
            Ok(rep) => intake.rep(rep, &path(), line),
            Err(unread) => intake.refuse_parts(&path(), unread.problems, line),
        },
        FileList::Content => match parse::<Content>(piece) {
            Ok(content) => intake.content(content, &path(), line),
            Err(unread) => intake.refuse_parts(&path(), unread.problems, line),
        },
    }
}

/// Reads a lead.
pub(super) fn lead(piece: FilePiece<'_>, line: Option<u64>, intake: &mut IntakeBuilder) {
    match parse::<record::LeadRecord>(piece) {
        Ok(lead) => drop(intake.lead(lead, line)),
        Err(UnreadRecord { id, problems, refusing }) => {
            intake.refusing.extend(refusing.map(|record| *record));
            intake.set_aside(id.as_deref(), problems, line);
        }
    }
}

/// Reads a line of an NDJSON file.
pub(super) fn line(text: &[u8], number: u64, intake: &mut IntakeBuilder) {
    let at = Some(number);
    if !text.starts_with(b"{") {
        let reason = Sentence::new("record-line").with("written", excerpt(text));
        return intake.set_aside(None, vec![(String::new(), reason)], at);
    }
    let cut = record_splitter::parts(text, 0);
    let depth = cut.pieces.iter().map(|piece| piece.depth).max().unwrap_or_default();
    if cut.after.is_some() {
        return intake.set_aside(id_in(text), vec![(String::new(), "record-after-record".into())], at);
    }
    if let [only] = cut.pieces.as_slice() {
        match record_splitter::name_and_value(*only) {
            Some((b"rep", value)) => {
                return match parse::<Rep>(value) {
                    Ok(rep) => intake.rep(rep, "rep", at),
                    Err(unread) => intake.refuse_parts("rep", unread.problems, at),
                };
            }
            Some((b"content", value)) => {
                return match parse::<Content>(value) {
                    Ok(content) => intake.content(content, "content", at),
                    Err(unread) => intake.refuse_parts("content", unread.problems, at),
                };
            }
            _ => {}
        }
    }
    lead(FilePiece { bytes: text, start: 0, depth, whole: cut.closed }, at, intake);
}

/// Parses one record into a `T`, or returns all problems.
pub(super) fn parse<T: for<'de> Deserialize<'de>>(piece: FilePiece<'_>) -> Result<T, UnreadRecord> {
    let tree = tree_of(piece)?;
    let id = match tree.get("id") {
        Some(Json::Text(id)) => Some(id.to_string()),
        _ => None,
    };
    let refusing = id.as_deref().and_then(|id| refusals_in(id, &tree)).map(Box::new);
    json_tree::read(tree).map_err(|problems| UnreadRecord {
        id,
        refusing,
        problems: problems.into_iter().map(|(path, reason)| (path.to_string(), reason)).collect(),
    })
}

/// Parses one record into a JSON tree.
fn tree_of(piece: FilePiece<'_>) -> Result<Json<'_>, UnreadRecord> {
    let unread = |reason: Sentence| UnreadRecord {
        id: id_in(piece.bytes).map(ToOwned::to_owned),
        problems: vec![(String::new(), reason)],
        refusing: None,
    };
    if !piece.whole {
        return Err(unread("record-cut".into()));
    }
    if piece.depth > limits::RECORD_DEPTH {
        return Err(unread(json_tree::too_deep(piece.depth)));
    }
    let text = std::str::from_utf8(piece.bytes).map_err(|fault| {
        let before = piece.bytes.get(..fault.valid_up_to()).unwrap_or_default();
        unread(Sentence::new("record-not-utf8").with("line", (record_splitter::line_ends(before) + 1).to_string()))
    })?;
    if text.is_empty() {
        return Err(unread("record-two-commas".into()));
    }
    serde_json::from_str(text).map_err(|fault| unread(not_json(text, &fault)))
}

/// The reason why a text is not JSON.
pub(in crate::book) fn not_json(text: &str, fault: &serde_json::Error) -> Sentence {
    let row = text.lines().nth(fault.line().saturating_sub(1)).unwrap_or_default().as_bytes();
    // serde_json gives the byte at which it stopped, from 1; the word at fault begins before it.
    let upto = fault.column().min(row.len());
    let word = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(**byte, b'.' | b'+' | b'-');
    let before = row.get(..upto).unwrap_or_default();
    let back = before.iter().rev().take_while(word).count();
    let back = back + usize::from(before.iter().rev().nth(back) == Some(&b'"'));
    let rest = row.get(upto - back.min(upto)..).unwrap_or_default();
    let near = excerpt(rest);
    let place = match text.lines().nth(1) {
        Some(_) => Sentence::new("record-on-its-line").with("line", fault.line()),
        None => Sentence::as_is(""),
    };
    let bare = near.trim_start_matches('-');
    if ["NaN", "nan", "Infinity", "inf", "Inf"].iter().any(|name| bare.starts_with(name)) {
        return Sentence::new("record-no-number").with("written", first_word(&near)).with("place", place);
    }
    if fault.classify() == Category::Eof {
        return Sentence::new("record-ends-early");
    }
    if fault.to_string().starts_with("number out of range") {
        return Sentence::new("record-number-too-large").with("written", first_word(&near)).with("place", place);
    }
    Sentence::new("record-not-json").with("near", near).with("place", place)
}

fn first_word(text: &str) -> &str {
    text.split([',', '}', ']', ' ']).next().unwrap_or_default()
}

/// The first 20 characters of some bytes, without control characters, for a message.
pub(in crate::book) fn excerpt(bytes: &[u8]) -> String {
    let start = bytes.get(..bytes.len().min(80)).unwrap_or_default();
    String::from_utf8_lossy(start).chars().take(20).map(|each| if each.is_control() { ' ' } else { each }).collect()
}

/// The id of a record that cannot be parsed; `None` when it cannot be found or has escapes.
fn id_in(bytes: &[u8]) -> Option<&str> {
    let cut = record_splitter::parts(bytes, 0);
    let found = cut
        .pieces
        .iter()
        .filter_map(|piece| record_splitter::name_and_value(*piece))
        .find(|(name, _)| *name == b"id")?
        .1;
    let inner = std::str::from_utf8(found.bytes.strip_prefix(b"\"")?).ok()?;
    let (id, _) = inner.split_once('"')?;
    (!id.contains('\\')).then_some(id)
}
