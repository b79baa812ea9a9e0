//! The day's queue as a table: lead, channel, person, rep, window in the person's local time, rule, reason with what to bring and to ask.
//!
//! In a wide terminal each of these has a column; in a narrow one they stand under each other in two. Every advice keeps
//! its full reason: text wraps and is never cut off.

use comfy_table::{Attribute, Cell, Color, ColumnConstraint, LineStyle, Table, TableStyle, Width};

use super::moment::Now;
use super::screen::{arrange, plain};
use super::words;
use cadans::decide::advice::{Advice, Verdict};
use cadans::wording::{Language, Sentence};

/// From this width on, each thing has a column of its own.
const WIDE: usize = 116;

/// Lines above, under the header and between the rows.
const RULED: TableStyle = TableStyle::new()
    .top_border(LineStyle::none().fill('─').junction('─'))
    .header_separator(LineStyle::none().fill('─').junction('─'))
    .row_separator(LineStyle::none().fill('┈').junction('┈'))
    .bottom_border(LineStyle::none().fill('─').junction('─'));

/// The queue as a table of `width` columns.
pub fn table<'a>(advices: impl IntoIterator<Item = &'a Advice>, now: &Now, language: Language, width: usize) -> String {
    let mut table = Table::new();
    table.load_style(RULED);
    let header: &[&'static str] = if width >= WIDE {
        &[
            "column-lead",
            "column-channel",
            "column-person",
            "column-rep",
            "column-window",
            "column-rule",
            "column-reason",
        ]
    } else {
        &["column-left", "column-right"]
    };
    let heading = |key: &&'static str| Cell::new(Sentence::new(key).render(language)).add_attribute(Attribute::Bold);
    table.set_header(header.iter().map(heading));
    let rows = QueueRows { now, language };
    for advice in advices {
        table.add_row(if width >= WIDE { rows.wide(advice) } else { rows.narrow(advice) });
    }
    // The last column has what is left.
    let widest: &[u16] = if width >= WIDE { &[20, 10, 18, 12, 22, 20] } else { &[38] };
    for (column, most) in table.column_iter_mut().zip(widest) {
        column.set_constraint(ColumnConstraint::UpperBoundary(Width::Fixed(*most)));
    }
    arrange(&mut table, width);
    let mut text = table.trim_fmt();
    text.push('\n');
    text
}

/// What every row needs.
struct QueueRows<'a> {
    now: &'a Now,
    language: Language,
}

impl QueueRows<'_> {
    fn wide(&self, advice: &Advice) -> Vec<Cell> {
        let rule = advice.rule.as_ref().map_or(String::new(), |rule| plain(&rule.name).into_owned());
        vec![
            lead(advice),
            tinted(Cell::new(words::channel(advice).render(self.language)), advice),
            Cell::new(words::whom(advice).render(self.language)),
            Cell::new(words::rep(advice).render(self.language)),
            self.when(advice),
            Cell::new(rule).add_attribute(Attribute::Dim),
            Cell::new(self.reason(advice)),
        ]
    }

    fn narrow(&self, advice: &Advice) -> Vec<Cell> {
        let (name, id) = (words::lead_name(advice), words::short_id(&advice.lead));
        let lead = if name == id { name } else { format!("{name}, {id}") };
        let channel = words::channel(advice).render(self.language);
        let contact = format!("{channel} {}", words::whom(advice).render(self.language));
        let rep = match words::rep(advice).render(self.language) {
            name if name.is_empty() => name,
            name => Sentence::new("queue-by").with("rep", name).render(self.language),
        };
        let lines = [lead, contact.trim_end().to_owned(), rep, self.window(advice)];
        let left = lines.iter().filter(|line| !line.is_empty()).map(String::as_str).collect::<Vec<_>>().join("\n");
        let why = match &advice.rule {
            Some(rule) => format!("{}\n({})", self.reason(advice), plain(&rule.name)),
            None => self.reason(advice),
        };
        vec![tinted(Cell::new(left), advice), Cell::new(why)]
    }

    /// Why, and on lines of their own what to bring and what to ask.
    fn reason(&self, advice: &Advice) -> String {
        let touch = advice.touch.as_ref();
        let line = |key, name, text: Option<&String>| {
            text.map(|text| Sentence::new(key).with(name, &*plain(text)).render(self.language))
        };
        let bring = line("queue-bring", "offer", touch.and_then(|touch| touch.offer.as_ref()));
        let ask = line("queue-ask", "question", touch.and_then(|touch| touch.ask.as_ref()));
        let lines = [Some(plain(&advice.reason).into_owned()), bring, ask];
        lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
    }

    fn when(&self, advice: &Advice) -> Cell {
        let late = advice.touch.as_ref().is_some_and(|touch| touch.late);
        let cell = Cell::new(self.window(advice));
        if late { cell.fg(Color::DarkYellow) } else { cell }
    }

    /// When, in the person's own time; for what waits, when to look again.
    fn window(&self, advice: &Advice) -> String {
        let touch = advice.touch.as_ref();
        match touch.and_then(|touch| Some((touch, touch.window.as_ref()?))) {
            Some((touch, window)) => {
                let (start, end) = self.now.window(window);
                let lines = [Some(start), end].into_iter().flatten().map(|part| part.render(self.language));
                let text = lines.collect::<Vec<_>>().join("\n");
                match touch.lateness() {
                    Some(lateness) => {
                        let late = Sentence::new("queue-late").with("window", text).with("lateness", lateness);
                        late.render(self.language)
                    }
                    None => text,
                }
            }
            None if matches!(advice.verdict, Verdict::Wait | Verdict::Hold) => {
                advice.review_at.map_or(String::new(), |at| {
                    Sentence::new("queue-look-again").with("moment", self.now.moment(at)).render(self.language)
                })
            }
            None => String::new(),
        }
    }
}

fn lead(advice: &Advice) -> Cell {
    let name = words::lead_name(advice);
    let id = words::short_id(&advice.lead);
    Cell::new(if name == id { name } else { format!("{name}\n{id}") })
}

fn tinted(cell: Cell, advice: &Advice) -> Cell {
    match advice.verdict {
        Verdict::Touch => cell.fg(Color::DarkGreen),
        Verdict::Find | Verdict::HandOver => cell.fg(Color::DarkCyan),
        Verdict::Hold => cell.fg(Color::DarkYellow),
        Verdict::Wait => cell.add_attribute(Attribute::Dim),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::sample;

    fn shown(width: usize) -> String {
        let advices = [sample::call(), sample::late_call(), sample::find(), sample::hold()];
        let now = sample::NOW.parse().unwrap();
        anstream::adapter::strip_str(&table(&advices, &now, Language::English, width)).to_string()
    }

    #[test]
    fn a_wide_terminal_shows_a_column_each() {
        insta::assert_snapshot!(shown(140));
    }

    #[test]
    fn eighty_columns_stay_readable() {
        let text = shown(80);
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        insta::assert_snapshot!(text);
    }

    #[test]
    fn the_reason_is_never_cut_off() {
        for width in [60, 80, 100, 116, 140, 200] {
            let words: Vec<String> = shown(width).split_whitespace().map(str::to_owned).collect();
            for word in "Looked at prices times this week".split(' ') {
                assert!(words.iter().any(|each| each == word), "{word} at {width}");
            }
        }
    }
}
