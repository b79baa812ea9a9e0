//! Texts from outside, such as names of files and leads, made fit for a line of a message.

use std::borrow::Cow;

/// A text from outside, on one line and without control characters.
pub fn plain(text: &str) -> Cow<'_, str> {
    let unfit =
        |letter: char| letter.is_control() || matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    if !text.contains(unfit) {
        return Cow::Borrowed(text);
    }
    let cleaned: String = text.chars().map(|letter| if unfit(letter) { ' ' } else { letter }).collect();
    Cow::Owned(cleaned.split_whitespace().collect::<Vec<_>>().join(" "))
}
