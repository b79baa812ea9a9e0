//! The canonical layout of a pack, as an edit of its text.

use crate::editor::text::{TextEdit, TextIndex};
use crate::format::{self, NotFormatted};

/// The edits that give a pack its canonical layout; none where it has that already. `None` for a pack with a syntax error, which has no layout, and
/// for one of which the layout could not be proved to mean the same.
pub fn format(file: &str, text: &str) -> Option<Vec<TextEdit>> {
    let laid_out = match format::format(file, text) {
        Ok(laid_out) if laid_out.changed => laid_out.text,
        Ok(_) => return Some(Vec::new()),
        Err(NotFormatted::Syntax(_) | NotFormatted::WouldChange) => return None,
    };
    // The lines that stay, before and after, so that the cursor stays where it is.
    let before = common(text.split_inclusive('\n'), laid_out.split_inclusive('\n'));
    let (old, new) = (text.get(before..).unwrap_or_default(), laid_out.get(before..).unwrap_or_default());
    let after = common(old.split_inclusive('\n').rev(), new.split_inclusive('\n').rev());
    let end = text.len() - after;
    let inserted = new.get(..new.len() - after).unwrap_or_default();
    let range = TextIndex::new(text).range(&(before..end));
    Some(vec![TextEdit { range, text: inserted.to_owned() }])
}

/// The bytes of the lines that both begin with.
fn common<'a>(one: impl Iterator<Item = &'a str>, other: impl Iterator<Item = &'a str>) -> usize {
    one.zip(other).take_while(|(one, other)| one == other).map(|(line, _)| line.len()).sum()
}
