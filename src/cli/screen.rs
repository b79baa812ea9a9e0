//! The two streams of the command and how text looks on them.
//!
//! Everything is written with styles; the streams take them out again when they do not go to a terminal or when
//! `NO_COLOR` is set. Text from outside (names, reasons) goes through [`plain`], so that a lead file cannot send control
//! sequences to the terminal.

use std::io::{self, BufWriter, IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use clap::ValueEnum;
use comfy_table::{ContentArrangement, Table, presets};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;

use super::failure::Exit;
pub use cadans::wording::plain;
use cadans::wording::{Amount, Language, Sentence};

/// Headings and names.
pub const BOLD: Style = Style::new().bold();
/// What one may skip.
pub const DIM: Style = Style::new().dimmed();
/// What is well.
pub const GOOD: Style = AnsiColor::Green.on_default();
/// What needs a look.
pub const WARN: Style = AnsiColor::Yellow.on_default();
/// What is wrong.
pub const ERROR: Style = AnsiColor::Red.on_default().bold();
/// What to do about it.
pub const HINT: Style = AnsiColor::Cyan.on_default();

/// The width where output is no terminal and COLUMNS is not set.
const USUAL_WIDTH: usize = 120;
/// Lines of running text are not made longer than this: they would be hard to read.
pub const READING_WIDTH: usize = 100;

/// How a report is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For people
    Text,
    /// As data
    Json,
}

/// The streams, and how wide the first one is.
pub struct Screen {
    out: anstream::AutoStream<io::Stdout>,
    err: anstream::AutoStream<io::Stderr>,
    /// Columns of the standard output.
    pub width: usize,
    /// The language of everything that is printed.
    pub language: Language,
    /// The first failure to print on the error stream.
    aside_failure: Option<io::Error>,
}

impl Screen {
    /// The streams of this process, for output in a language. `COLUMNS` wins over the terminal's own width.
    pub fn open(language: Language) -> Self {
        let set = std::env::var("COLUMNS").ok().and_then(|text| text.trim().parse().ok());
        let measured = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        let width = set.or_else(measured).unwrap_or(USUAL_WIDTH).clamp(40, 240);
        Self { out: anstream::stdout(), err: anstream::stderr(), width, language, aside_failure: None }
    }

    /// A sentence in the language of the output.
    pub fn text(&self, sentence: &Sentence) -> String {
        sentence.render(self.language)
    }

    /// Prints the answer.
    ///
    /// # Errors
    /// When the stream is closed or full.
    pub fn print(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())?;
        self.out.flush()
    }

    /// Prints data as indented JSON.
    ///
    /// # Errors
    /// When the stream is closed or full.
    pub fn print_json(&mut self, data: &impl Serialize) -> io::Result<()> {
        let mut out = BufWriter::new(io::stdout().lock());
        serde_json::to_writer_pretty(&mut out, data)?;
        out.write_all(b"\n")?;
        out.flush()
    }

    /// Prints data as JSON, one thing a line.
    ///
    /// # Errors
    /// When the stream is closed or full.
    pub fn print_lines<T: Serialize>(&mut self, things: impl IntoIterator<Item = T>) -> io::Result<()> {
        let mut out = BufWriter::new(io::stdout().lock());
        for thing in things {
            serde_json::to_writer(&mut out, &thing)?;
            out.write_all(b"\n")?;
        }
        out.flush()
    }

    /// Prints what goes with the answer but is no part of it: refused records, warnings. A failure is no reason to stop; the run ends in
    /// [`Self::aside_exit`].
    pub fn print_aside(&mut self, text: &str) {
        if let Err(error) = self.err.write_all(text.as_bytes()).and_then(|()| self.err.flush()) {
            self.aside_failure.get_or_insert(error);
        }
    }

    /// How the run ends because of the error stream: in [`Exit::File`] when something could not be printed on it, unless its reader closed it.
    pub fn aside_exit(&self) -> Exit {
        match &self.aside_failure {
            Some(error) if error.kind() != io::ErrorKind::BrokenPipe => Exit::File,
            _ => Exit::Fine,
        }
    }

    /// A sign of life on a terminal while long work goes on; silent elsewhere.
    pub fn waiting(&self, what: &Sentence) -> ProgressBar {
        let bar = ProgressBar::with_draw_target(None, progress_target());
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}, {elapsed}") {
            bar.set_style(style);
        }
        bar.set_message(self.text(what));
        bar.enable_steady_tick(std::time::Duration::from_millis(120));
        bar
    }

    /// A bar on a terminal that fills while `count` things are done; silent elsewhere.
    pub fn progress(&self, count: usize, what: &Sentence) -> ProgressBar {
        let bar = ProgressBar::with_draw_target(u64::try_from(count).ok(), progress_target());
        if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {pos} of {len}, {elapsed}") {
            bar.set_style(style);
        }
        bar.set_message(self.text(what));
        bar
    }
}

/// Standard error when it is a terminal, else nowhere.
fn progress_target() -> ProgressDrawTarget {
    if io::stderr().is_terminal() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() }
}

/// A text from outside that is meant to be short (an id, a name), cut where it is not.
pub fn short(text: &str, most: usize) -> String {
    let text = plain(text);
    if text.chars().count() <= most {
        return text.into_owned();
    }
    let mut cut: String = text.chars().take(most.saturating_sub(1)).collect();
    cut.push('…');
    cut
}

/// `text` wrapped at `width`, the first line after `first`, the others after as many blanks.
pub fn paragraph(first: &str, text: &str, width: usize) -> String {
    let blanks = " ".repeat(textwrap::core::display_width(first));
    // Broken at blanks only, so that file names and zones stay whole.
    let options = textwrap::Options::new(width.min(READING_WIDTH))
        .initial_indent(first)
        .subsequent_indent(&blanks)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    let mut wrapped = textwrap::fill(text, options);
    wrapped.push('\n');
    wrapped
}

/// A table without lines, for things that stand under each other.
pub fn columns(width: usize) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    arrange(&mut table, width.min(READING_WIDTH));
    table
}

/// Makes a table fit `width` and keep its styles; the stream takes them out where they do not belong.
pub fn arrange(table: &mut Table, width: usize) {
    table
        .set_content_arrangement(ContentArrangement::Dynamic)
        .force_no_tty()
        .enforce_styling()
        .set_width(u16::try_from(width).unwrap_or(u16::MAX))
        .style_text_only();
}

/// A count with its noun: `1 lead`, `9,182 leads`, by the key of the noun.
pub fn count(key: &'static str, number: usize) -> Sentence {
    counted(key, number).with("number", number)
}

/// A sentence about a count: `12 to contact`.
pub fn counted(key: &'static str, number: usize) -> Sentence {
    Sentence::new(key).with("count", amount(number))
}

/// A whole number as people write it: `9,182`.
pub fn amount(number: usize) -> Amount {
    Amount::whole(i64::try_from(number).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_move_the_cursor() {
        assert_eq!(plain("Bakkerij\u{1b}[2J\nJansen"), "Bakkerij [2J Jansen");
        assert_eq!(plain("abc\u{202E}gnp.exe"), "abc gnp.exe");
        assert_eq!(plain("Café Zoë"), "Café Zoë");
    }

    #[test]
    fn a_count_agrees_with_its_noun() {
        let leads = |number, language| count("leads", number).render(language);
        assert_eq!(leads(1, Language::English), "1 lead");
        assert_eq!(leads(9_182, Language::English), "9,182 leads");
        assert_eq!(leads(9_182, Language::Dutch), "9.182 leads");
    }

    #[test]
    fn a_paragraph_hangs_under_its_first_word() {
        assert_eq!(paragraph("  why  ", "one two three", 14), "  why  one two\n       three\n");
    }
}
