//! Reads a lead file that comes in pieces, record after record, so that it never lies in memory as a whole.
//!
//! A record goes through the fast lane ([`crate::book::ingest::plain`]) first, and through the careful door ([`crate::book::ingest::json_file`]) when anything about it is not
//! plainly right. What stands around the records is judged here: it is cut by brackets and quotes alone, so that what is wrong inside one
//! record leaves its neighbours whole.
//!
//! Left out: CSV, which has importers of its own.
//!
//! Invariant: the same bytes give the same book, refusals and notes, in whatever pieces they come, with or without the fast lane.

use crate::book::ingest::json_file::{self, FileList, glimpse};
use crate::book::ingest::plain::{self, AcceptedTexts, FastStop};
use crate::book::ingest::record_splitter::{self, FilePiece, line_ends};
use crate::book::ingest::{Intake, IntakeBuilder, LeadFormat, UTF8_MARK};
use crate::limits;

/// Reads a file in the lead format, JSON or NDJSON, piece by piece.
#[derive(Debug)]
pub struct Loader {
    desk: IntakeBuilder,
    known: AcceptedTexts,
    state: FilePosition,
    /// Bytes that came and could not be read yet: less than one record, save for files that are one record.
    waiting: Vec<u8>,
    /// With so many bytes waiting it is worth while to look at them again: twice what was too little last time, so that a record however
    /// large, in pieces however small, is not gone over again with every piece.
    enough: usize,
    /// How many bytes came.
    came: usize,
    /// The line on which the next byte stands.
    line: u64,
    /// The line of the last byte that was no white space.
    solid: u64,
    fast: bool,
}

/// Where in the file the next byte stands.
#[derive(Debug)]
enum FilePosition {
    /// At the beginning of a file in JSON or NDJSON; which of them is still to be told by its first bytes where it is `None`.
    Begin { by_line: Option<bool> },
    /// In a JSON object that may be one lead: all of it is waited for.
    Object,
    /// In a lead file, before one of its parts.
    Part { seen: Vec<Vec<u8>> },
    /// In a list, before an entry. `file` is what was seen of the file around it, if there is one.
    Entry { room: FileList, nth: usize, file: Option<Vec<Vec<u8>>> },
    /// After a list in a lead file.
    AfterList { room: FileList, seen: Vec<Vec<u8>> },
    /// In something that is passed over, up to the next part of the file.
    PassedOver { seen: Vec<Vec<u8>> },
    /// After the last bracket, where nothing may stand but white space.
    After { of: &'static str, told: &'static str },
    /// At the beginning of a line.
    Line,
    /// Nothing more is read.
    Done,
}

const AFTER_LIST: &str = "something stands after the ] of this list";
const AFTER_OBJECT: &str = "something stands after the end of the object; for one lead a line use NDJSON";
const NO_BRACE: &str = "the file ends too early: the last } is missing";

/// So many bytes show whether a file has a record a line. Fewer are waited for when its name does not tell.
const SHOWS_FORMAT: usize = 1 << 20;

/// What a step came to.
enum StepResult {
    /// So many bytes were read.
    Read(usize),
    /// More bytes are needed.
    Wait,
}

impl Loader {
    /// A loader for a JSON file.
    pub fn json() -> Self {
        Self::new(Some(false))
    }

    /// A loader for a file with one JSON object a line.
    pub fn ndjson() -> Self {
        Self::new(Some(true))
    }

    /// A loader for a file whose format its name tells or, where it has none, its first bytes.
    pub fn detecting(name: Option<&str>) -> Self {
        let known = match name {
            Some(name) => LeadFormat::detect(Some(name), b"").map(|format| format == LeadFormat::Ndjson),
            None => None,
        };
        Self::new(known)
    }

    fn new(by_line: Option<bool>) -> Self {
        Self {
            desk: IntakeBuilder::default(),
            known: AcceptedTexts::default(),
            state: FilePosition::Begin { by_line },
            waiting: Vec::new(),
            enough: 0,
            came: 0,
            line: 1,
            solid: 1,
            fast: true,
        }
    }

    /// The same without the fast lane: what it is measured and tested against.
    pub fn carefully(self) -> Self {
        Self { fast: false, ..self }
    }

    /// Takes in the next bytes of the file.
    pub fn push(&mut self, bytes: &[u8]) {
        self.came = self.came.saturating_add(bytes.len());
        if self.came > limits::FILE_BYTES && !matches!(self.state, FilePosition::Done) {
            let reason =
                format!("the file has more than {} bytes; what follows is left out, so split it", limits::FILE_BYTES);
            self.read_waiting();
            self.desk.refuse("", reason, None);
            self.state = FilePosition::Done;
        }
        if self.waiting.is_empty() {
            let read = self.read(bytes, false);
            self.waiting.extend_from_slice(bytes.get(read..).unwrap_or_default());
            self.enough = 2 * self.waiting.len();
            return;
        }
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() >= self.enough {
            self.read_waiting();
        }
    }

    /// Reads what can be read of the bytes that wait.
    fn read_waiting(&mut self) {
        let mut waiting = std::mem::take(&mut self.waiting);
        let read = self.read(&waiting, false);
        waiting.drain(..read.min(waiting.len()));
        self.enough = 2 * waiting.len();
        self.waiting = waiting;
    }

    /// The book, with all that was told.
    pub fn finish(mut self) -> Intake {
        let waiting = std::mem::take(&mut self.waiting);
        self.read(&waiting, true);
        self.desk.close()
    }

    /// Reads what can be read; how many bytes that were.
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

    fn step(&mut self, bytes: &[u8], last: bool) -> StepResult {
        if let FilePosition::Begin { by_line } = self.state {
            return self.begin(bytes, by_line, last);
        }
        if let FilePosition::Line = self.state {
            return self.line(bytes, last);
        }
        if let FilePosition::Object = self.state {
            if last {
                self.object(bytes);
                self.state = FilePosition::Done;
            }
            return StepResult::Wait;
        }
        if let FilePosition::PassedOver { seen } = &mut self.state {
            let seen = std::mem::take(seen);
            return self.pass_over(bytes, seen, last);
        }
        // Everywhere else white space means nothing.
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
            FilePosition::Part { seen } => self.part(bytes, next, seen, last),
            FilePosition::Entry { room, nth, file } => self.entry(bytes, next, (room, nth, file), last),
            FilePosition::AfterList { room, seen } => match next {
                b',' => self.go(1, bytes, FilePosition::Part { seen }),
                b'}' | b']' => self.go(1, bytes, FilePosition::After { of: "", told: AFTER_OBJECT }),
                _ => {
                    self.desk.refuse(room.name(), AFTER_LIST, Some(self.line));
                    self.state = FilePosition::PassedOver { seen };
                    StepResult::Read(0)
                }
            },
            FilePosition::After { of, told } => {
                self.desk.refuse(of, told, Some(self.line));
                StepResult::Read(bytes.len())
            }
            _ => StepResult::Read(bytes.len()),
        }
    }

    /// Goes on behind so many bytes.
    fn go(&mut self, len: usize, bytes: &[u8], state: FilePosition) -> StepResult {
        self.line += line_ends(bytes.get(..len).unwrap_or_default());
        self.solid = self.line;
        self.state = state;
        StepResult::Read(len)
    }

    /// Waits for more bytes.
    fn wait(&mut self, state: FilePosition) -> StepResult {
        self.state = state;
        StepResult::Wait
    }

    fn begin(&mut self, bytes: &[u8], by_line: Option<bool>, last: bool) -> StepResult {
        if by_line.is_none() && bytes.len() < SHOWS_FORMAT && !last {
            return StepResult::Wait;
        }
        let by_line = by_line.unwrap_or_else(|| LeadFormat::detect(None, bytes) == Some(LeadFormat::Ndjson));
        let text = bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes);
        let body = text.trim_ascii_start();
        if body.len() < 80 && !last {
            return StepResult::Wait; // enough to show what a file that is no JSON begins with
        }
        let Some(text) = self.desk.open(bytes) else {
            return self.wait(FilePosition::Done);
        };
        let mark = bytes.len() - text.len();
        if by_line {
            return self.go(mark, bytes, FilePosition::Line);
        }
        let ahead = bytes.len() - body.len();
        match body.first() {
            Some(b'[') => {
                let entry = FilePosition::Entry { room: FileList::Leads, nth: 0, file: None };
                self.go(ahead + 1, bytes, entry)
            }
            Some(b'{') => match self.opening(body.get(1..).unwrap_or_default()) {
                PartStart::Room(..) => self.go(ahead + 1, bytes, FilePosition::Part { seen: Vec::new() }),
                PartStart::More if !last => StepResult::Wait,
                _ => self.go(ahead, bytes, FilePosition::Object),
            },
            _ => {
                self.line += line_ends(bytes.get(..ahead).unwrap_or_default());
                let reason = format!("the file is not JSON: it starts with \"{}\", not with {{ or [", glimpse(body));
                self.desk.refuse("", reason, Some(self.line));
                self.wait(FilePosition::Done)
            }
        }
    }

    /// What a part of an object begins with.
    fn opening(&self, bytes: &[u8]) -> PartStart {
        let blank = |bytes: &[u8]| bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let mut at = blank(bytes);
        let Some(quote) = bytes.get(at) else { return PartStart::More };
        if *quote != b'"' {
            return PartStart::Other;
        }
        let name = bytes.get(at + 1..).unwrap_or_default();
        // The longest name of a room and its quote.
        let Some(len) = name.iter().take(9).position(|byte| *byte == b'"') else {
            return if name.len() < 9 { PartStart::More } else { PartStart::Other };
        };
        let Some(room) = FileList::named(name.get(..len).unwrap_or_default()) else { return PartStart::Other };
        at += 1 + len + 1;
        for wanted in [b':', b'['] {
            at += blank(bytes.get(at..).unwrap_or_default());
            match bytes.get(at) {
                None => return PartStart::More,
                Some(byte) if *byte == wanted => at += 1,
                Some(_) => return PartStart::Other,
            }
        }
        PartStart::Room(room, at)
    }

    /// A whole file that begins with `{`: a lead file whose first part is none of the three lists, or one lead.
    fn object(&mut self, body: &[u8]) {
        let cut = record_splitter::parts(body, 0);
        if json_file::is_file(&cut.pieces) {
            self.state = FilePosition::Part { seen: Vec::new() };
            self.read(body.get(1..).unwrap_or_default(), true);
            return;
        }
        let depth = cut.pieces.iter().map(|piece| piece.depth).max().unwrap_or_default();
        let end = cut.after.unwrap_or(body.len());
        let bytes = body.get(..end).unwrap_or_default().trim_ascii_end();
        json_file::lead(FilePiece { bytes, start: 0, depth, whole: cut.closed }, Some(self.line), &mut self.desk);
        if let Some(after) = cut.after {
            let line = self.line + line_ends(body.get(..after).unwrap_or_default());
            self.desk.refuse("", AFTER_OBJECT, Some(line));
        }
    }

    fn part(&mut self, bytes: &[u8], next: u8, mut seen: Vec<Vec<u8>>, last: bool) -> StepResult {
        if matches!(next, b'}' | b']') {
            return self.go(1, bytes, FilePosition::After { of: "", told: AFTER_OBJECT });
        }
        match self.opening(bytes) {
            PartStart::Room(room, len) if !seen.iter().any(|name| name == room.name().as_bytes()) => {
                seen.push(room.name().as_bytes().to_vec());
                return self.go(len, bytes, FilePosition::Entry { room, nth: 0, file: Some(seen) });
            }
            PartStart::More if !last => return self.wait(FilePosition::Part { seen }),
            _ => {}
        }
        let end = record_splitter::end(bytes);
        if end.is_none() && !last {
            return self.wait(FilePosition::Part { seen });
        }
        let len = end.map_or(bytes.len(), |end| end.at);
        let piece = bytes.get(..len).unwrap_or_default().trim_ascii();
        let piece = FilePiece { bytes: piece, start: 0, depth: end.map_or(0, |end| end.depth), whole: end.is_some() };
        json_file::part(piece, Some(self.line), &mut seen, &mut self.desk);
        self.pass_over(bytes, seen, last)
    }

    /// Goes to the next part of a lead file.
    fn pass_over(&mut self, bytes: &[u8], seen: Vec<Vec<u8>>, last: bool) -> StepResult {
        match record_splitter::end(bytes) {
            Some(end) if bytes.get(end.at) == Some(&b',') => self.go(end.at + 1, bytes, FilePosition::Part { seen }),
            Some(end) => self.go(end.at + 1, bytes, FilePosition::After { of: "", told: AFTER_OBJECT }),
            None if last => {
                let len = bytes.trim_ascii_end().len();
                self.go(len, bytes, FilePosition::Part { seen })
            }
            None => self.wait(FilePosition::PassedOver { seen }),
        }
    }

    fn entry(
        &mut self,
        bytes: &[u8],
        next: u8,
        here: (FileList, usize, Option<Vec<Vec<u8>>>),
        last: bool,
    ) -> StepResult {
        let (room, nth, file) = here;
        if matches!(next, b'}' | b']') {
            return self.go(1, bytes, after_list(room, file));
        }
        if room == FileList::Leads && next == b'{' && self.fast {
            match self.plain_entry(bytes) {
                Ok((len, b',')) => {
                    self.state = FilePosition::Entry { room, nth: nth + 1, file };
                    return StepResult::Read(len);
                }
                Ok((len, _)) => {
                    self.state = after_list(room, file);
                    return StepResult::Read(len);
                }
                Err(FastStop::More) if !last => return self.wait(FilePosition::Entry { room, nth, file }),
                Err(_) => {}
            }
        }
        let end = record_splitter::end(bytes);
        if end.is_none() && !last {
            return self.wait(FilePosition::Entry { room, nth, file });
        }
        let len = end.map_or(bytes.len(), |end| end.at);
        let piece = bytes.get(..len).unwrap_or_default().trim_ascii();
        let piece = FilePiece { bytes: piece, start: 0, depth: end.map_or(0, |end| end.depth), whole: end.is_some() };
        json_file::entry(room, nth, piece, Some(self.line), &mut self.desk);
        match end.and_then(|end| bytes.get(end.at)) {
            Some(b',') => self.go(len + 1, bytes, FilePosition::Entry { room, nth: nth + 1, file }),
            Some(_) => self.go(len + 1, bytes, after_list(room, file)),
            None => {
                let len = bytes.trim_ascii_end().len();
                self.go(len, bytes, FilePosition::Entry { room, nth, file })
            }
        }
    }

    /// Takes in a lead that is plainly right, with the comma or bracket after it: how many bytes, and which.
    fn plain_entry(&mut self, bytes: &[u8]) -> plain::FastRead<(usize, u8)> {
        let mut lead = plain::lead(bytes, &mut self.known)?;
        let rest = bytes.get(lead.len..).unwrap_or_default();
        let blanks = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let after = *rest.get(blanks).ok_or(FastStop::More)?;
        if !matches!(after, b',' | b']' | b'}') {
            return Err(FastStop::Odd);
        }
        self.desk.take(&mut lead.sketch, Some(self.line));
        self.line += lead.lines + line_ends(rest.get(..blanks).unwrap_or_default());
        self.solid = self.line;
        Ok((lead.len + blanks + 1, after))
    }

    fn line(&mut self, bytes: &[u8], last: bool) -> StepResult {
        if bytes.is_empty() {
            return StepResult::Wait;
        }
        if self.fast && bytes.first() == Some(&b'{') {
            match self.plain_line(bytes, last) {
                Ok(len) => return StepResult::Read(len),
                Err(FastStop::More) if !last => return StepResult::Wait,
                Err(_) => {}
            }
        }
        let end = bytes.iter().position(|byte| *byte == b'\n');
        if end.is_none() && !last {
            return StepResult::Wait;
        }
        let text = bytes.get(..end.unwrap_or(bytes.len())).unwrap_or_default().trim_ascii();
        if !text.is_empty() {
            json_file::line(text, self.line, &mut self.desk);
        }
        self.go(end.map_or(bytes.len(), |end| end + 1), bytes, FilePosition::Line)
    }

    /// Takes in a line with a lead that is plainly right.
    fn plain_line(&mut self, bytes: &[u8], last: bool) -> plain::FastRead<usize> {
        let mut lead = plain::lead(bytes, &mut self.known)?;
        if lead.lines > 0 {
            return Err(FastStop::Odd);
        }
        let rest = bytes.get(lead.len..).unwrap_or_default();
        let blanks = rest.iter().take_while(|byte| **byte != b'\n' && byte.is_ascii_whitespace()).count();
        let len = match rest.get(blanks) {
            Some(b'\n') => lead.len + blanks + 1,
            Some(_) => return Err(FastStop::Odd),
            None if last => bytes.len(),
            None => return Err(FastStop::More),
        };
        self.desk.take(&mut lead.sketch, Some(self.line));
        self.line += 1;
        Ok(len)
    }

    /// The file ends although a bracket is open.
    fn ends_early(&mut self) {
        let whole = matches!(self.state, FilePosition::After { .. });
        if let FilePosition::Entry { room, file, .. } = &self.state {
            // In a file the list ends with its last byte; a list that is the whole file ends with the file.
            let line = if file.is_some() { self.solid } else { self.line };
            self.desk.refuse(room.name(), "the file ends too early: the ] of this list is missing", Some(line));
            if file.is_none() {
                self.state = FilePosition::Done;
                return;
            }
        }
        if !whole && !matches!(self.state, FilePosition::Done) {
            self.desk.refuse("", NO_BRACE, Some(self.line));
        }
        self.state = FilePosition::Done;
    }
}

/// What a part of an object begins with.
enum PartStart {
    /// A list of a lead file, whose entries begin after so many bytes.
    Room(FileList, usize),
    /// Something else.
    Other,
    /// It cannot be told yet.
    More,
}

fn after_list(room: FileList, file: Option<Vec<Vec<u8>>>) -> FilePosition {
    match file {
        Some(seen) => FilePosition::AfterList { room, seen },
        None => FilePosition::After { of: room.name(), told: AFTER_LIST },
    }
}
