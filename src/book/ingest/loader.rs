//! Reads a lead file (JSON or NDJSON) incrementally: the bytes come in chunks, and each record is read as soon as it is complete.
//!
//! In: chunks of bytes ([`Loader::push`]). Out: an [`Intake`] ([`Loader::finish`]). A lead is read on the fast path
//! ([`crate::book::ingest::fast_path`]) first; a record that it does not accept is read by the checking reader
//! ([`crate::book::ingest::json_file`]), which reports what is wrong. The text around the records is read here, by brackets and quotes
//! only, so that an error inside a record does not affect the others.
//!
//! Invariant: the same bytes give the same book, refusals and remarks, however they are divided into chunks, with the fast path or without.

use crate::book::ingest::fast_path::{self, AcceptedTexts, FastStop};
use crate::book::ingest::json_file::{self, FileList, excerpt};
use crate::book::ingest::line_ends::with_line_feeds;
use crate::book::ingest::record_splitter::{self, FilePiece, line_ends};
use crate::book::ingest::{Intake, IntakeBuilder, LeadFormat, UTF8_MARK};
use crate::limits;
use crate::wording::Sentence;

/// Reads a lead file in chunks.
#[derive(Debug)]
pub struct Loader {
    intake: IntakeBuilder,
    known: AcceptedTexts,
    state: FilePosition,
    /// Bytes received and not read yet: less than one record, or what stands before the first list of a file.
    pending: Vec<u8>,
    /// The number of pending bytes from which reading is tried again: twice the number of the last try, so that a large record in small
    /// chunks is scanned a logarithmic number of times and not once for each chunk.
    retry_at: usize,
    /// The number of bytes received.
    received: usize,
    /// The line of the next byte, from 1.
    line: u64,
    /// The line of the last byte that was not white space.
    last_text_line: u64,
    /// True when the last byte received is a CR, which is held back until the next byte tells whether it is a line end by itself.
    held_return: bool,
    /// True when the fast path is tried.
    fast: bool,
}

/// The position of the next byte in the structure of the file.
#[derive(Debug)]
enum FilePosition {
    /// At the beginning. `by_line` is true for NDJSON, false for JSON, and `None` when the first bytes decide.
    Begin { by_line: Option<bool> },
    /// At a JSON object of which no member so far tells whether it is a lead file or a single lead.
    Object,
    /// In a lead file, before a member. `seen` are the names of the members so far.
    Member { seen: Vec<Vec<u8>> },
    /// In a list, before entry `nth`. `file` is the `seen` of the lead file around it, `None` for a file that is just a list.
    Entry { list: FileList, nth: usize, file: Option<Vec<Vec<u8>>> },
    /// In a lead file, after a list.
    AfterList { list: FileList, seen: Vec<Vec<u8>> },
    /// In a member that is skipped, up to the next member.
    Skipped { seen: Vec<Vec<u8>> },
    /// After the last bracket: anything but white space is refused, with this path and the reason of this key.
    After { of: &'static str, refusal: &'static str },
    /// At the beginning of a line of NDJSON.
    Line,
    /// Further bytes are ignored.
    Done,
}

const AFTER_LIST: &str = "record-after-list";
const AFTER_OBJECT: &str = "record-after-object";

/// The number of bytes that are enough to detect whether a file without a name is NDJSON.
const DETECTION_BYTES: usize = 1 << 20;

/// The result of a step.
enum StepResult {
    /// This number of bytes was read.
    Read(usize),
    /// More bytes are needed.
    Wait,
}

impl Loader {
    /// A loader for a JSON file.
    pub fn json() -> Self {
        Self::new(Some(false))
    }

    /// A loader for an NDJSON file.
    pub fn ndjson() -> Self {
        Self::new(Some(true))
    }

    /// A loader that detects the format by the name of the file, else by its first bytes.
    pub fn detecting(name: Option<&str>) -> Self {
        let known = match name {
            Some(name) => LeadFormat::detect(Some(name), b"").map(|format| format == LeadFormat::Ndjson),
            None => None,
        };
        Self::new(known)
    }

    fn new(by_line: Option<bool>) -> Self {
        Self {
            intake: IntakeBuilder::default(),
            known: AcceptedTexts::default(),
            state: FilePosition::Begin { by_line },
            pending: Vec::new(),
            retry_at: 0,
            received: 0,
            line: 1,
            last_text_line: 1,
            held_return: false,
            fast: true,
        }
    }

    /// The loader without the fast path, for tests and measurements that compare the two.
    pub fn without_fast_path(self) -> Self {
        Self { fast: false, ..self }
    }

    /// Reads the next chunk of the file.
    pub fn push(&mut self, bytes: &[u8]) {
        self.received = self.received.saturating_add(bytes.len());
        if self.received > limits::FILE_BYTES && !matches!(self.state, FilePosition::Done) {
            let reason = Sentence::new("record-file-cut-off").with("most", limits::FILE_BYTES);
            self.read_pending();
            self.intake.refuse("", reason, None);
            self.state = FilePosition::Done;
        }
        let (mut bytes, ends_with_return) = match bytes {
            [] => return,
            [before @ .., b'\r'] => (before, true),
            bytes => (bytes, false),
        };
        let joined;
        if std::mem::replace(&mut self.held_return, ends_with_return) {
            // A CR that another one follows is a line end by itself.
            joined = [if bytes.is_empty() { &b"\n"[..] } else { &b"\r"[..] }, bytes].concat();
            bytes = &joined;
        }
        self.push_whole_line_ends(&with_line_feeds(bytes));
    }

    /// Reads the next chunk, of which each line end is LF or CR LF, and none is cut in two.
    fn push_whole_line_ends(&mut self, bytes: &[u8]) {
        if self.pending.is_empty() {
            let read = self.read(bytes, false);
            self.pending.extend_from_slice(bytes.get(read..).unwrap_or_default());
            self.retry_at = 2 * self.pending.len();
            return;
        }
        self.pending.extend_from_slice(bytes);
        if self.pending.len() >= self.retry_at {
            self.read_pending();
        }
    }

    /// Reads the complete records among the pending bytes.
    fn read_pending(&mut self) {
        let mut pending = std::mem::take(&mut self.pending);
        let read = self.read(&pending, false);
        pending.drain(..read.min(pending.len()));
        self.retry_at = 2 * pending.len();
        self.pending = pending;
    }

    /// Ends the file and returns what was read.
    pub fn finish(mut self) -> Intake {
        if self.held_return {
            self.push_whole_line_ends(b"\n");
        }
        let pending = std::mem::take(&mut self.pending);
        self.read(&pending, true);
        self.intake.finish()
    }

    /// Reads the complete records of `bytes`, or everything when they are the `last` of the file. Returns the number of bytes read.
    fn read(&mut self, bytes: &[u8], last: bool) -> usize {
        let mut at = 0;
        loop {
            let rest = bytes.get(at..).unwrap_or_default();
            let step = self.step(rest, last);
            if matches!(self.state, FilePosition::Done) {
                return bytes.len();
            }
            match step {
                StepResult::Read(read) => at += read,
                StepResult::Wait => return at,
            }
        }
    }

    /// Reads one part of the file: a record, or the text before, between or after records.
    fn step(&mut self, bytes: &[u8], last: bool) -> StepResult {
        if let FilePosition::Begin { by_line } = self.state {
            return self.begin(bytes, by_line, last);
        }
        if let FilePosition::Line = self.state {
            return self.line(bytes, last);
        }
        if let FilePosition::Object = self.state {
            return self.object(bytes, last);
        }
        if let FilePosition::Skipped { seen } = &mut self.state {
            let seen = std::mem::take(seen);
            return self.skip_member(bytes, seen, last);
        }
        // At all other positions white space is insignificant.
        let blanks = bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        if blanks > 0 {
            self.line += line_ends(bytes.get(..blanks).unwrap_or_default());
            return StepResult::Read(blanks);
        }
        let Some(next) = bytes.first().copied() else {
            if last {
                self.ends_early();
            }
            return StepResult::Wait;
        };
        match std::mem::replace(&mut self.state, FilePosition::Done) {
            FilePosition::Member { seen } => self.member(bytes, next, seen, last),
            FilePosition::Entry { list, nth, file } => self.entry(bytes, next, (list, nth, file), last),
            FilePosition::AfterList { list, seen } => match next {
                b',' => self.advance(1, bytes, FilePosition::Member { seen }),
                b'}' | b']' => self.advance(1, bytes, FilePosition::After { of: "", refusal: AFTER_OBJECT }),
                _ => {
                    self.intake.refuse(list.name(), AFTER_LIST, Some(self.line));
                    self.state = FilePosition::Skipped { seen };
                    StepResult::Read(0)
                }
            },
            FilePosition::After { of, refusal } => {
                self.intake.refuse(of, refusal, Some(self.line));
                StepResult::Read(bytes.len())
            }
            _ => StepResult::Read(bytes.len()),
        }
    }

    /// Moves over this number of bytes, to another position.
    fn advance(&mut self, len: usize, bytes: &[u8], state: FilePosition) -> StepResult {
        self.line += line_ends(bytes.get(..len).unwrap_or_default());
        self.last_text_line = self.line;
        self.state = state;
        StepResult::Read(len)
    }

    /// Waits for more bytes at a position.
    fn wait(&mut self, state: FilePosition) -> StepResult {
        self.state = state;
        StepResult::Wait
    }

    /// Reads the beginning of the file, up to the first record or member.
    fn begin(&mut self, bytes: &[u8], by_line: Option<bool>, last: bool) -> StepResult {
        if by_line.is_none() && bytes.len() < DETECTION_BYTES && !last {
            return StepResult::Wait;
        }
        let by_line = by_line.unwrap_or_else(|| LeadFormat::detect(None, bytes) == Some(LeadFormat::Ndjson));
        let text = bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes);
        let body = text.trim_ascii_start();
        if body.len() < 80 && !last {
            return StepResult::Wait; // the message about a file that is not JSON shows its first characters
        }
        let Some(text) = self.intake.check_file(bytes) else {
            return self.wait(FilePosition::Done);
        };
        let mark = bytes.len() - text.len();
        if by_line {
            return self.advance(mark, bytes, FilePosition::Line);
        }
        let ahead = bytes.len() - body.len();
        match body.first() {
            Some(b'[') => {
                let entry = FilePosition::Entry { list: FileList::Leads, nth: 0, file: None };
                self.advance(ahead + 1, bytes, entry)
            }
            Some(b'{') => match self.member_start(body.get(1..).unwrap_or_default()) {
                MemberStart::List(..) => self.advance(ahead + 1, bytes, FilePosition::Member { seen: Vec::new() }),
                MemberStart::NeedMoreBytes if !last => StepResult::Wait,
                _ => self.advance(ahead, bytes, FilePosition::Object),
            },
            _ => {
                self.line += line_ends(bytes.get(..ahead).unwrap_or_default());
                let reason = Sentence::new("record-file-not-json").with("written", excerpt(body));
                self.intake.refuse("", reason, Some(self.line));
                self.wait(FilePosition::Done)
            }
        }
    }

    /// Reads the beginning of a member of an object.
    fn member_start(&self, bytes: &[u8]) -> MemberStart {
        let blank = |bytes: &[u8]| bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let mut at = blank(bytes);
        let Some(quote) = bytes.get(at) else { return MemberStart::NeedMoreBytes };
        if *quote != b'"' {
            return MemberStart::Other;
        }
        let name = bytes.get(at + 1..).unwrap_or_default();
        // The length of the longest name of a list, with its quote.
        let Some(len) = name.iter().take(9).position(|byte| *byte == b'"') else {
            return if name.len() < 9 { MemberStart::NeedMoreBytes } else { MemberStart::Other };
        };
        let Some(list) = FileList::named(name.get(..len).unwrap_or_default()) else { return MemberStart::Other };
        at += 1 + len + 1;
        for wanted in [b':', b'['] {
            at += blank(bytes.get(at..).unwrap_or_default());
            match bytes.get(at) {
                None => return MemberStart::NeedMoreBytes,
                Some(byte) if *byte == wanted => at += 1,
                Some(_) => return MemberStart::Other,
            }
        }
        MemberStart::List(list, at)
    }

    /// Reads an object whose first member is no list: as a lead file as soon as another member is one, else as a single lead when it ends.
    fn object(&mut self, bytes: &[u8], last: bool) -> StepResult {
        let split = record_splitter::parts(bytes, 0);
        if json_file::is_file(&split.pieces) {
            return self.advance(1, bytes, FilePosition::Member { seen: Vec::new() });
        }
        if !split.closed && !last {
            return StepResult::Wait;
        }
        let depth = split.pieces.iter().map(|piece| piece.depth).max().unwrap_or_default();
        let len = split.after.unwrap_or(bytes.len());
        let lead = bytes.get(..len).unwrap_or_default().trim_ascii_end();
        let piece = FilePiece { bytes: lead, start: 0, depth, whole: split.closed };
        json_file::lead(piece, Some(self.line), &mut self.intake);
        self.advance(len, bytes, FilePosition::After { of: "", refusal: AFTER_OBJECT })
    }

    /// Reads a member of a lead file, up to the first entry of its list. Another member is refused and skipped.
    fn member(&mut self, bytes: &[u8], next: u8, mut seen: Vec<Vec<u8>>, last: bool) -> StepResult {
        if matches!(next, b'}' | b']') {
            return self.advance(1, bytes, FilePosition::After { of: "", refusal: AFTER_OBJECT });
        }
        match self.member_start(bytes) {
            MemberStart::List(list, len) if !seen.iter().any(|name| name == list.name().as_bytes()) => {
                seen.push(list.name().as_bytes().to_vec());
                return self.advance(len, bytes, FilePosition::Entry { list, nth: 0, file: Some(seen) });
            }
            MemberStart::NeedMoreBytes if !last => return self.wait(FilePosition::Member { seen }),
            _ => {}
        }
        let end = record_splitter::end(bytes);
        if end.is_none() && !last {
            return self.wait(FilePosition::Member { seen });
        }
        let len = end.map_or(bytes.len(), |end| end.at);
        let piece = bytes.get(..len).unwrap_or_default().trim_ascii();
        let piece = FilePiece { bytes: piece, start: 0, depth: end.map_or(0, |end| end.depth), whole: end.is_some() };
        json_file::refuse_member(piece, Some(self.line), &mut seen, &mut self.intake);
        self.skip_member(bytes, seen, last)
    }

    /// Skips the rest of a member of a lead file.
    fn skip_member(&mut self, bytes: &[u8], seen: Vec<Vec<u8>>, last: bool) -> StepResult {
        match record_splitter::end(bytes) {
            Some(end) if bytes.get(end.at) == Some(&b',') => {
                self.advance(end.at + 1, bytes, FilePosition::Member { seen })
            }
            Some(end) => self.advance(end.at + 1, bytes, FilePosition::After { of: "", refusal: AFTER_OBJECT }),
            None if last => {
                let len = bytes.trim_ascii_end().len();
                self.advance(len, bytes, FilePosition::Member { seen })
            }
            None => self.wait(FilePosition::Skipped { seen }),
        }
    }

    /// Reads an entry of a list, or the end of the list.
    fn entry(
        &mut self,
        bytes: &[u8],
        next: u8,
        here: (FileList, usize, Option<Vec<Vec<u8>>>),
        last: bool,
    ) -> StepResult {
        let (list, nth, file) = here;
        if matches!(next, b'}' | b']') {
            return self.advance(1, bytes, after_list(list, file));
        }
        if list == FileList::Leads && next == b'{' && self.fast {
            match self.fast_entry(bytes) {
                Ok((len, b',')) => {
                    self.state = FilePosition::Entry { list, nth: nth + 1, file };
                    return StepResult::Read(len);
                }
                Ok((len, _)) => {
                    self.state = after_list(list, file);
                    return StepResult::Read(len);
                }
                Err(FastStop::NeedMoreBytes) if !last => return self.wait(FilePosition::Entry { list, nth, file }),
                Err(_) => {}
            }
        }
        let end = record_splitter::end(bytes);
        if end.is_none() && !last {
            return self.wait(FilePosition::Entry { list, nth, file });
        }
        let len = end.map_or(bytes.len(), |end| end.at);
        let piece = bytes.get(..len).unwrap_or_default().trim_ascii();
        let piece = FilePiece { bytes: piece, start: 0, depth: end.map_or(0, |end| end.depth), whole: end.is_some() };
        json_file::entry(list, nth, piece, Some(self.line), &mut self.intake);
        match end.and_then(|end| bytes.get(end.at)) {
            Some(b',') => self.advance(len + 1, bytes, FilePosition::Entry { list, nth: nth + 1, file }),
            Some(_) => self.advance(len + 1, bytes, after_list(list, file)),
            None => {
                let len = bytes.trim_ascii_end().len();
                self.advance(len, bytes, FilePosition::Entry { list, nth, file })
            }
        }
    }

    /// Reads a lead on the fast path, with the comma or bracket after it. Returns the number of bytes and that last byte.
    fn fast_entry(&mut self, bytes: &[u8]) -> fast_path::FastRead<(usize, u8)> {
        let mut lead = fast_path::lead(bytes, &mut self.known)?;
        let rest = bytes.get(lead.len..).unwrap_or_default();
        let blanks = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let after = *rest.get(blanks).ok_or(FastStop::NeedMoreBytes)?;
        if !matches!(after, b',' | b']' | b'}') {
            return Err(FastStop::NotAccepted);
        }
        self.intake.add(&mut lead.lead_ref, Some(self.line));
        self.line += lead.lines + line_ends(rest.get(..blanks).unwrap_or_default());
        self.last_text_line = self.line;
        Ok((lead.len + blanks + 1, after))
    }

    /// Reads a line of NDJSON.
    fn line(&mut self, bytes: &[u8], last: bool) -> StepResult {
        if bytes.is_empty() {
            return StepResult::Wait;
        }
        if self.fast && bytes.first() == Some(&b'{') {
            match self.fast_line(bytes, last) {
                Ok(len) => return StepResult::Read(len),
                Err(FastStop::NeedMoreBytes) if !last => return StepResult::Wait,
                Err(_) => {}
            }
        }
        let end = bytes.iter().position(|byte| *byte == b'\n');
        if end.is_none() && !last {
            return StepResult::Wait;
        }
        let text = bytes.get(..end.unwrap_or(bytes.len())).unwrap_or_default().trim_ascii();
        if !text.is_empty() {
            json_file::line(text, self.line, &mut self.intake);
        }
        self.advance(end.map_or(bytes.len(), |end| end + 1), bytes, FilePosition::Line)
    }

    /// Reads a line with a lead on the fast path. Returns the number of bytes.
    fn fast_line(&mut self, bytes: &[u8], last: bool) -> fast_path::FastRead<usize> {
        let mut lead = fast_path::lead(bytes, &mut self.known)?;
        if lead.lines > 0 {
            return Err(FastStop::NotAccepted);
        }
        let rest = bytes.get(lead.len..).unwrap_or_default();
        let blanks = rest.iter().take_while(|byte| **byte != b'\n' && byte.is_ascii_whitespace()).count();
        let len = match rest.get(blanks) {
            Some(b'\n') => lead.len + blanks + 1,
            Some(_) => return Err(FastStop::NotAccepted),
            None if last => bytes.len(),
            None => return Err(FastStop::NeedMoreBytes),
        };
        self.intake.add(&mut lead.lead_ref, Some(self.line));
        self.line += 1;
        Ok(len)
    }

    /// Refuses a file that ends with open brackets.
    fn ends_early(&mut self) {
        let whole = matches!(self.state, FilePosition::After { .. });
        if let FilePosition::Entry { list, file, .. } = &self.state {
            // In a file the list ends with its last byte; a list that is the whole file ends with the file.
            let line = if file.is_some() { self.last_text_line } else { self.line };
            self.intake.refuse(list.name(), "record-no-bracket", Some(line));
            if file.is_none() {
                self.state = FilePosition::Done;
                return;
            }
        }
        if !whole && !matches!(self.state, FilePosition::Done) {
            self.intake.refuse("", "record-no-brace", Some(self.line));
        }
        self.state = FilePosition::Done;
    }
}

/// The beginning of a member of an object.
enum MemberStart {
    /// A list of a lead file, and the number of bytes before its first entry.
    List(FileList, usize),
    /// Something else.
    Other,
    /// The bytes end before it is decided.
    NeedMoreBytes,
}

/// The position after the end of a list.
fn after_list(list: FileList, file: Option<Vec<Vec<u8>>>) -> FilePosition {
    match file {
        Some(seen) => FilePosition::AfterList { list, seen },
        None => FilePosition::After { of: list.name(), refusal: AFTER_LIST },
    }
}

#[cfg(test)]
mod tests;
