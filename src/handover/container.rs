//! The form of the file: lines, with marks between its parts.
//!
//! ```text
//! === cadans 1 ===
//! # the header, in TOML
//! === pack inside-sales.rhai ===
//! ... the rule file as it is ...
//! === sha256 3f2a... ===
//! ```
//!
//! A line of a rule file that would look like a mark (`===` at its start, or that behind backslashes) has one backslash before it. Nothing else is changed,
//! so that people read the rules as they are, and a diff of two files is one of their rules.

use crate::handover::characters::shown;
use crate::handover::refusal::{Refusal, damaged};
use crate::limits;
use crate::manifest::content_hash;
use crate::wording::Sentence;

/// The version of the form that is written and read.
pub const FORMAT: u32 = 1;

/// What begins a line between parts.
const MARK: &str = "===";

/// The name and the text of a pack.
pub(super) type NamedText = (String, String);

/// The parts of a file.
#[derive(Debug)]
pub(super) struct Parts {
    /// The text of the header.
    pub(super) header: String,
    /// The name and the text of each pack.
    pub(super) packs: Vec<NamedText>,
    /// The hash that its last line states.
    pub(super) stated_hash: String,
    /// Whether that is the hash of the lines before it, as they stand.
    pub(super) is_intact: bool,
}

/// The lines before the last one, of a header and packs.
pub(super) fn write(header: &str, packs: &[NamedText]) -> String {
    let mut text = format!("{MARK} cadans {FORMAT} {MARK}\n{header}");
    for (name, pack) in packs {
        text.push_str(&format!("{MARK} pack {name} {MARK}\n"));
        for line in pack.lines() {
            if is_like_mark(line) {
                text.push('\\');
            }
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}

/// These lines with the last one, which states their hash.
pub(super) fn sealed(lines: &str) -> (String, String) {
    let hash = content_hash(lines);
    (format!("{lines}{MARK} sha256 {hash} {MARK}\n"), hash)
}

/// A text with line ends as Linux has them, and without a byte order mark: mail and editors change these.
pub(super) fn with_plain_line_ends(text: &str) -> String {
    text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n")
}

/// Takes a file apart. What its parts say is not looked at.
///
/// # Errors
/// It is too large, no such file, of a newer form, or not whole.
pub(super) fn read(bytes: &[u8]) -> Result<Parts, Box<Refusal>> {
    if bytes.len() > limits::HANDOVER_BYTES {
        let refusal = Refusal::new("too-large", "handover-too-large", "handover-fewer-packs");
        return Err(refusal.with("what", Sentence::new("handover-the-file")).with("limit", limits::HANDOVER_BYTES));
    }
    let no_handover = || Refusal::new("not-a-handover", "handover-none", "handover-none-help");
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Err(if bytes.starts_with(MARK.as_bytes()) { damaged() } else { no_handover() });
    };
    let text = with_plain_line_ends(text);
    let text = text.trim_start_matches([' ', '\t', '\n']).trim_end_matches([' ', '\t', '\n']);
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let format = mark(first).and_then(|mark| mark.strip_prefix("cadans ")).ok_or_else(no_handover)?;
    match format.parse::<u32>() {
        Ok(FORMAT) => {}
        Ok(newer) if newer > FORMAT => {
            let refusal = Refusal::new("newer-format", "handover-newer-format", "handover-update");
            return Err(refusal.with("format", i64::from(newer)).with("known", i64::from(FORMAT)));
        }
        _ => return Err(no_handover()),
    }
    let (body, last) = rest.rsplit_once('\n').unwrap_or(("", rest));
    let stated_hash = mark(last).and_then(|mark| mark.strip_prefix("sha256 "));
    let is_hash = |text: &&str| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let Some(stated_hash) = stated_hash.filter(is_hash) else {
        return Err(Refusal::new("truncated", "handover-truncated", "handover-send-again"));
    };
    let (header, packs) = parts(body)?;
    let lines = format!("{first}\n{body}\n");
    Ok(Parts { header, packs, stated_hash: stated_hash.to_owned(), is_intact: content_hash(&lines) == stated_hash })
}

/// Header and packs of the lines between the first and the last.
fn parts(body: &str) -> Result<(String, Vec<NamedText>), Box<Refusal>> {
    let mut header = String::new();
    let mut packs: Vec<NamedText> = Vec::new();
    for line in body.split('\n') {
        if !line.starts_with(MARK) {
            let text = packs.last_mut().map_or(&mut header, |(_, text)| text);
            text.push_str(if is_like_mark(line) { line.get(1..).unwrap_or_default() } else { line });
            text.push('\n');
            if text.len() > limits::PACK_BYTES + 1 {
                let refusal = Refusal::new("too-large", "handover-too-large", "handover-fewer-packs");
                return Err(refusal.with("what", Sentence::new("handover-the-part")).with("limit", limits::PACK_BYTES));
            }
            continue;
        }
        let Some(name) = mark(line).and_then(|mark| mark.strip_prefix("pack ")) else {
            let refusal = Refusal::new("unknown-part", "handover-unknown-part", "handover-send-again");
            return Err(refusal.with("line", shown(line)));
        };
        if packs.len() == limits::PACKS {
            let refusal = Refusal::new("too-many", "handover-too-many", "handover-fewer-packs");
            return Err(refusal.with("what", Sentence::new("handover-packs")).with("limit", limits::PACKS));
        }
        packs.push((name.to_owned(), String::new()));
    }
    if header.len() > limits::HANDOVER_HEADER_BYTES {
        let refusal = Refusal::new("too-large", "handover-too-large", "handover-fewer-packs");
        return Err(refusal
            .with("what", Sentence::new("handover-the-header"))
            .with("limit", limits::HANDOVER_HEADER_BYTES));
    }
    Ok((header, packs))
}

/// What a mark says; `None` for a line that is none.
fn mark(line: &str) -> Option<&str> {
    line.trim_end().strip_prefix(MARK)?.strip_prefix(' ')?.strip_suffix(MARK)?.strip_suffix(' ')
}

/// Whether a line is a mark behind any number of backslashes.
fn is_like_mark(line: &str) -> bool {
    line.trim_start_matches('\\').starts_with(MARK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_lines_of_a_pack_come_back_as_they_were() {
        for pack in [
            "",
            "a\n",
            "=== pack x.rhai ===\n",
            "\\=== a\n\\\\===\n\\x\n",
            "// ===\n\n\n",
            "====\n=== sha256 0 ===\nb\n",
        ] {
            let packs = [("a.rhai".to_owned(), pack.to_owned()), ("b.rhai".to_owned(), "b\n".to_owned())];
            let (text, hash) = sealed(&write("name = \"x\"\n", &packs));
            let parts = read(text.as_bytes()).unwrap();
            assert_eq!((parts.header.as_str(), parts.packs.as_slice()), ("name = \"x\"\n", &packs[..]), "{pack:?}");
            assert!(parts.is_intact && parts.stated_hash == hash);
        }
    }

    #[test]
    fn the_hash_is_that_of_all_lines_but_the_last() {
        let (text, hash) = sealed("=== cadans 1 ===\nname = \"x\"\n=== pack a.rhai ===\npack \"A\";\n");
        // printf '=== cadans 1 ===\nname = "x"\n=== pack a.rhai ===\npack "A";\n' | sha256sum
        assert_eq!(hash, "708ea79eb418ef4b58116788b5c3aa276dec06ab288f10f917936bcda7b25f86");
        for sent in
            [format!("\u{feff}{text}"), text.replace('\n', "\r\n"), format!("\n{text}\n\n"), text.trim_end().to_owned()]
        {
            assert!(read(sent.as_bytes()).unwrap().is_intact, "{sent:?}");
        }
        assert!(!read(text.replace("\"A\"", "\"B\"").as_bytes()).unwrap().is_intact);
    }
}
