//! A document of the team as text on a screen.

use comfy_table::{Attribute, Cell};

use crate::cli::screen::{BOLD, arrange, columns, paragraph, plain};
use cadans::team::document::{Document, Part};

/// The document as text of `width` columns.
pub fn text(document: &Document, width: usize) -> String {
    let mut text = format!("{BOLD}{}{BOLD:#}\n", plain(&document.title));
    for part in &document.parts {
        match part {
            Part::Heading { text: words } => text.push_str(&format!("\n{BOLD}{}{BOLD:#}\n", plain(words))),
            Part::Paragraph { text: words } => text.push_str(&paragraph("", &plain(words), width)),
            Part::List { items } => {
                items.iter().for_each(|item| text.push_str(&paragraph("  * ", &plain(item), width)))
            }
            Part::Table { head, rows } => text.push_str(&table(head, rows, width)),
        }
    }
    text
}

fn table(head: &[String], rows: &[Vec<String>], width: usize) -> String {
    let mut table = columns(width);
    arrange(&mut table, width);
    table.add_row(head.iter().map(|word| Cell::new(plain(word)).add_attribute(Attribute::Dim)));
    for row in rows {
        table.add_row(row.iter().map(|cell| Cell::new(plain(cell))));
    }
    table.lines().map(|line| format!(" {}\n", line.trim_end())).collect()
}
