//! Texts and names that cannot mislead whoever reads them.
//!
//! A file comes from somebody else and is judged by its looks: characters that show nothing, or turn the direction of what follows, would show something
//! else than what acts (known as Trojan Source). Marks for one letter (U+200E, U+200F) and joiners are ordinary writing in some languages and stay.

use crate::limits;

/// The first character that shows nothing or turns the direction of what follows, with its line, from 1.
pub(super) fn hidden_character(text: &str) -> Option<(usize, char)> {
    let lines = text.split('\n').enumerate();
    lines.into_iter().find_map(|(line, text)| Some((line + 1, text.chars().find(|letter| is_hidden(*letter))?)))
}

/// The first such character, or end of a line, in a text that is shown on one line.
pub(super) fn hidden_in_line(text: &str) -> Option<char> {
    text.chars().find(|letter| is_hidden(*letter))
}

/// Whether a character shows nothing or turns the direction of what follows. A tab is none, because packs are indented with them.
fn is_hidden(letter: char) -> bool {
    (letter.is_control() && letter != '\t')
        || matches!(letter,
            '\u{200B}' | '\u{2028}' | '\u{2029}' | '\u{2060}' | '\u{FEFF}'  // no width, line ends that are none
            | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'             // turn the direction
            | '\u{E0000}'..='\u{E007F}') // tags
}

/// A character by its number: `U+202E`.
pub(super) fn number(letter: char) -> String {
    format!("U+{:04X}", u32::from(letter))
}

/// Whether a name can be that of a pack's file, in any folder of any system: letters, digits, blanks, `-`, `_` and `.`, ends in `.rhai`, begins with a
/// letter or digit.
pub(super) fn is_file_name(name: &str) -> bool {
    let fits = |letter: char| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_' | '.');
    let stem = name.strip_suffix(".rhai").unwrap_or_default();
    let device = stem.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    name.len() <= limits::HANDOVER_FILE_NAME
        && stem.starts_with(char::is_alphanumeric)
        && stem.chars().all(fits)
        && !DEVICES.contains(&device.as_str())
}

/// What Windows takes for devices, whatever ending it has.
const DEVICES: [&str; 22] = [
    "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "LPT1", "LPT2",
    "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
];

/// A text of somebody else's for a message: without hidden characters, and cut where it is long.
pub(super) fn shown(text: &str) -> String {
    text.chars().map(|letter| if is_hidden(letter) { '\u{FFFD}' } else { letter }).take(120).collect()
}
