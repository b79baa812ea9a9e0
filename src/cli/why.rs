//! The explanation of one advice in plain words: what, why, what else, what may not be done until when, which rules
//! nearly hold, and how long the answer stands.
//!
//! Leaves nothing of the [`Explanation`] out but the places of conditions; `--format json` has those.

use comfy_table::{Attribute, Cell, CellAlignment, Color};

use super::moment::Now;
use super::screen::{BOLD, DIM, GOOD, WARN, columns, paragraph, plain, short, thousands};
use super::words::{self, LONGEST_NAME};
use cadans::book::Book;
use cadans::book::vocabulary::Channel;
use cadans::decide::advice::{
    Advice, Block, Condition, Explanation, Factor, Gate, NearMiss, Priority, RunnerUp, Verdict,
};

/// Where the words of a labelled line begin.
const LABEL: usize = 10;

/// The explanation as text of `width` columns.
pub fn text(explanation: &Explanation, book: &Book, now: &Now, width: usize) -> String {
    let advice = &explanation.advice;
    let teller = ExplanationPrinter { book, advice, now, width };
    let mut page = teller.heading_of_page();
    page.push_str(&teller.advised());
    let sections = [
        ("Keep in mind", teller.notes()),
        ("Priority", advice.priority.as_ref().map(|priority| teller.priority(priority)).unwrap_or_default()),
        ("What else could be done", each(&advice.runners_up, |one| teller.runner_up(one))),
        ("What may not be done now", each(&alike(&advice.blocks), |blocks| teller.block(blocks))),
        ("Rules that nearly hold", each(&explanation.nearly, |one| teller.near_miss(one))),
        ("Rules that could not be worked out", teller.faults()),
    ];
    for (title, body) in sections {
        if !body.is_empty() {
            page.push_str(&format!("\n{BOLD}{title}{BOLD:#}\n{body}"));
        }
    }
    page.push('\n');
    page.push_str(&teller.until_when());
    page
}

/// The blocks, those that stop the same contact for the same reason together.
fn alike(blocks: &[Block]) -> Vec<Vec<&Block>> {
    let same = |one: &Block, other: &Block| {
        (one.channel, &one.person, one.gate, one.policy, &one.reason, one.lifts_at, &one.by)
            == (other.channel, &other.person, other.gate, other.policy, &other.reason, other.lifts_at, &other.by)
    };
    let mut groups: Vec<Vec<&Block>> = Vec::new();
    for block in blocks {
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| same(first, block))) {
            Some(group) => group.push(block),
            None => groups.push(vec![block]),
        }
    }
    groups
}

fn each<T>(things: &[T], tell: impl Fn(&T) -> String) -> String {
    things.iter().map(tell).collect()
}

/// What every sentence needs to know.
struct ExplanationPrinter<'a> {
    book: &'a Book,
    advice: &'a Advice,
    now: &'a Now,
    width: usize,
}

impl ExplanationPrinter<'_> {
    fn heading_of_page(&self) -> String {
        let (name, id) = (words::lead_name(self.advice), words::short_id(&self.advice.lead));
        let id = if name == id { String::new() } else { format!(" {DIM}{id}{DIM:#}") };
        format!("{BOLD}{name}{BOLD:#}{id}\n{DIM}asked for {}{DIM:#}\n\n", self.now.in_full())
    }

    /// `  who     Eva de Wit (decider)`
    fn labelled(&self, label: &str, text: &str) -> String {
        let pad = " ".repeat(LABEL.saturating_sub(2 + label.chars().count()));
        paragraph(&format!("  {DIM}{label}{DIM:#}{pad}"), &plain(text), self.width)
    }

    fn advised(&self) -> String {
        let advice = self.advice;
        let style = match advice.verdict {
            Verdict::Hold => WARN,
            _ => GOOD,
        };
        let mut text = paragraph("  ", &format!("{style}{}{style:#}", plain(&advice.deed())), self.width);
        text.push_str(&paragraph("  ", &plain(&advice.reason), self.width));
        text.push('\n');
        if let Some(touch) = &advice.touch {
            if let Some(window) = &touch.window {
                let late = if window.late { ", later than the rule promises" } else { "" };
                let told = format!("{} ({}){late}. {}", self.now.window(window), window.zone, sentence(&window.why));
                text.push_str(&self.labelled("when", &told));
            }
            if let Some(person) = &touch.person {
                text.push_str(&self.labelled("who", &format!("{}. {}", words::person(person), sentence(&person.why))));
            }
            if let Some(rep) = &touch.rep {
                let name = rep.name.as_deref().unwrap_or(&rep.id);
                let instead = rep.instead_of_owner.as_ref().map_or(String::new(), |why| format!(". {}", sentence(why)));
                text.push_str(&self.labelled("by", &format!("{name}{instead}")));
            }
            if let Some(offer) = &touch.offer {
                let title = self.book.content(offer).and_then(|content| content.title.as_deref());
                let told = title.map_or_else(|| offer.clone(), |title| format!("{title} ({offer})"));
                text.push_str(&self.labelled("bring", &told));
            }
            if let Some(question) = &touch.ask {
                text.push_str(&self.labelled("ask", &format!("\"{question}\"")));
            }
            if let Some(cadence) = &touch.cadence {
                let step = touch.step.map_or(String::new(), |step| format!(", step {step}"));
                text.push_str(&self.labelled("series", &format!("{cadence}{step}")));
            }
        }
        if let Some(stage) = &advice.stage {
            let moved = match (&stage.was, &stage.because) {
                (Some(was), Some(because)) => format!(", was {was}: {because}"),
                (Some(was), None) => format!(", was {was}"),
                (None, _) => String::new(),
            };
            text.push_str(&self.labelled("stage", &format!("{}{moved}", stage.stage)));
        }
        if let Some(rule) = &advice.rule {
            text.push_str(&self.labelled("rule", &words::place(rule)));
        }
        text
    }

    fn notes(&self) -> String {
        each(&self.advice.notes, |note| paragraph("  - ", &plain(&note.text), self.width))
    }

    fn priority(&self, priority: &Priority) -> String {
        let mut table = columns(self.width.saturating_sub(2));
        let rows: [(&str, &str, &Factor); 4] = [
            ("P", "chance of an answer", &priority.propensity),
            ("C", "weight of the moment", &priority.context),
            ("V", "value", &priority.value),
            ("L", "lever", &priority.lever),
        ];
        for (letter, name, factor) in rows {
            table.add_row([
                Cell::new(letter).add_attribute(Attribute::Bold),
                Cell::new(figure(factor.value)).set_alignment(CellAlignment::Right),
                Cell::new(name),
                Cell::new(plain(&factor.because)).add_attribute(Attribute::Dim),
            ]);
        }
        let lines: String = table.lines().map(|line| format!("  {}\n", line.trim_end())).collect();
        format!("  {} = P x C x V x L\n{lines}", figure(priority.total))
    }

    fn runner_up(&self, one: &RunnerUp) -> String {
        let what = self.contact(one.channel, one.person.as_deref());
        let what = if what.is_empty() { plain(&one.rule.name).into_owned() } else { what };
        let figures = format!("{} ({} less)", figure(one.priority.total), figure(one.behind));
        let told = format!("{BOLD}{what}{BOLD:#}, {figures}. {}", sentence(&plain(&one.lost_by)));
        let mut text = paragraph("  - ", &told, self.width);
        text.push_str(&self.small(&format!("rule {}", words::place(&one.rule))));
        text
    }

    /// One thing that may not be done, for one reason, and the rules that wanted it.
    fn block(&self, blocks: &[&Block]) -> String {
        let Some(one) = blocks.first() else { return String::new() };
        let what = self.contact(one.channel, one.person.as_deref());
        let what = if what.is_empty() { plain(&one.rule.name).into_owned() } else { what };
        let told = format!("{BOLD}{what}{BOLD:#}. {}", sentence(&plain(&one.reason)));
        let mut text = paragraph("  - ", &told, self.width);
        let lifts = match (one.lifts_at, one.hard) {
            (Some(at), _) => format!("lifts {}", self.now.tell(at)),
            (None, true) => "law or consent: no rule or person can lift it".to_owned(),
            (None, false) => "lifts when the record changes".to_owned(),
        };
        let gate = match one.gate {
            Gate::Eligible => "not allowed",
            Gate::Applicable => "makes no sense now",
            Gate::Suitable => "not in the customer's interest",
            Gate::Policy => "contact policy",
        };
        text.push_str(&self.small(&format!("{lifts} ({gate}: {})", one.policy)));
        let mut wanted: Vec<String> = Vec::new();
        for block in blocks {
            let name = format!("\"{}\"", block.rule.name);
            if !wanted.contains(&name) {
                wanted.push(name);
            }
        }
        let by = one.by.as_ref().map_or(String::new(), |by| format!(" because of {}", words::place(by)));
        text.push_str(&self.small(&format!("stops {}{by}", wanted.join(", "))));
        text
    }

    fn near_miss(&self, miss: &NearMiss) -> String {
        let whom = miss.person.as_deref().map_or(String::new(), |id| format!(" for {}", self.name(id)));
        let head = format!("{BOLD}\"{}\"{BOLD:#}{whom}: {}", plain(&miss.rule.name), plain(&miss.summary));
        let mut text = paragraph("  - ", &head, self.width);
        let mut table = columns(self.width.saturating_sub(4));
        for condition in &miss.conditions {
            table.add_row(self.condition(condition));
        }
        text.extend(table.lines().map(|line| format!("    {}\n", line.trim_end())));
        text
    }

    fn condition(&self, condition: &Condition) -> [Cell; 3] {
        let mark = match condition.holds {
            true => Cell::new("yes").fg(Color::DarkGreen),
            false => Cell::new("no").fg(Color::DarkYellow),
        };
        [mark, Cell::new(plain(&condition.text)), Cell::new(plain(&condition.saw)).add_attribute(Attribute::Dim)]
    }

    fn faults(&self) -> String {
        each(&self.advice.faults, |fault| {
            let mut text = paragraph("  - ", &plain(&fault.message), self.width);
            text.push_str(&self.small(&format!("rule {}", words::place(&fault.rule))));
            text
        })
    }

    fn until_when(&self) -> String {
        match self.advice.review_at {
            Some(at) => {
                let told = format!("Without news from the lead this holds until {}.", self.now.tell(at));
                let zone = format!("{DIM}Times without a zone are in that of --now ({}).{DIM:#}", self.now.offset());
                format!("{}{}", paragraph("", &told, self.width), paragraph("", &zone, self.width))
            }
            None => paragraph("", "This holds until there is news from the lead.", self.width),
        }
    }

    /// A line that one may skip, under an item of a list.
    fn small(&self, text: &str) -> String {
        paragraph("    ", &format!("{DIM}{}{DIM:#}", plain(text)), self.width)
    }

    /// `phone to Eva de Wit`
    fn contact(&self, channel: Option<Channel>, person: Option<&str>) -> String {
        match (channel, person) {
            (Some(channel), Some(person)) => format!("{channel} to {}", self.name(person)),
            (Some(channel), None) => channel.word().to_owned(),
            (None, Some(person)) => self.name(person),
            (None, None) => String::new(),
        }
    }

    /// What the person with this id is called.
    fn name(&self, id: &str) -> String {
        let lead = self.book.find(&self.advice.lead).and_then(|index| self.book.lead(index));
        let person = lead.and_then(|lead| lead.people.into_iter().find(|person| person.id == id));
        short(person.and_then(|person| person.name).as_deref().unwrap_or(id), LONGEST_NAME)
    }
}

/// A factor or a priority: no more digits than a person compares.
fn figure(value: f64) -> String {
    let digits = match value.abs() {
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 1.0 => 2,
        _ => 3,
    };
    if digits == 0 && (100.0..1e15).contains(&value) {
        return thousands(value.round() as usize);
    }
    let text = format!("{value:.digits$}");
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

/// With a capital and a full stop.
fn sentence(text: &str) -> String {
    let text = capital(text.trim());
    if text.is_empty() || text.ends_with(['.', '!', '?']) { text } else { format!("{text}.") }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::sample;

    #[test]
    fn everything_in_the_answer_is_told() {
        let now = sample::NOW.parse().unwrap();
        let text = text(&sample::explanation(), &Book::default(), &now, 80);
        insta::assert_snapshot!(anstream::adapter::strip_str(&text).to_string());
    }

    #[test]
    fn figures_have_no_more_digits_than_a_person_compares() {
        assert_eq!(figure(37.2), "37.2");
        assert_eq!(figure(1234.56), "1,235");
        assert_eq!(figure(1.0), "1");
        assert_eq!(figure(1.55), "1.55");
        assert_eq!(figure(0.2), "0.2");
        assert_eq!(figure(0.0416), "0.042");
        assert_eq!(figure(0.0), "0");
        assert_eq!(figure(100.0), "100");
    }
}
