//! The explanation of one advice as text: what, why, what else, what may not be done until when, which rules nearly hold, and how long
//! the answer stands.
//!
//! Leaves nothing of the [`Explanation`] out but the places of conditions; `--format json` has those.

use comfy_table::{Attribute, Cell, CellAlignment, Color};

use super::moment::Now;
use super::screen::{BOLD, DIM, GOOD, WARN, columns, paragraph, plain, short};
use super::words::{self, LONGEST_NAME};
use cadans::book::Book;
use cadans::book::vocabulary::Channel;
use cadans::decide::advice::{
    Advice, AdvisedTouch, Block, Condition, Explanation, Factor, Gate, NearMiss, Priority, RunnerUp, SwitchedOffHere,
    Verdict,
};
use cadans::decide::explain::vocabulary;
use cadans::wording::{Amount, Language, Sentence};

/// The column at which the text of a labelled line begins.
const LABEL: usize = 10;

/// The explanation as text of `width` columns.
pub fn text(explanation: &Explanation, book: &Book, now: &Now, language: Language, width: usize) -> String {
    let advice = &explanation.advice;
    let printer = ExplanationPrinter { book, advice, now, language, width };
    let mut page = printer.heading_of_page();
    page.push_str(&printer.advised());
    let sections = [
        ("why-notes", printer.notes()),
        ("why-priority", advice.priority.as_ref().map(|priority| printer.priority(priority)).unwrap_or_default()),
        ("why-runners-up", each(&advice.runners_up, |one| printer.runner_up(one))),
        ("why-blocks", each(&grouped(&advice.blocks), |blocks| printer.block(blocks))),
        ("why-near-misses", each(&explanation.nearly, |one| printer.near_miss(one))),
        ("why-switched-off", each(&explanation.switched_off, |one| printer.switched_off(one))),
        ("why-faults", printer.faults()),
    ];
    for (title, body) in sections {
        if !body.is_empty() {
            let title = printer.text(&Sentence::new(title));
            page.push_str(&format!("\n{BOLD}{title}{BOLD:#}\n{body}"));
        }
    }
    page.push('\n');
    page.push_str(&printer.until_when());
    page
}

/// The blocks, those that stop the same contact for the same reason together.
fn grouped(blocks: &[Block]) -> Vec<Vec<&Block>> {
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

fn each<T>(things: &[T], text: impl Fn(&T) -> String) -> String {
    things.iter().map(text).collect()
}

/// What every sentence needs to know.
struct ExplanationPrinter<'a> {
    book: &'a Book,
    advice: &'a Advice,
    now: &'a Now,
    language: Language,
    width: usize,
}

impl ExplanationPrinter<'_> {
    fn text(&self, sentence: &Sentence) -> String {
        sentence.render(self.language)
    }

    fn heading_of_page(&self) -> String {
        let (name, id) = (words::lead_name(self.advice), words::short_id(&self.advice.lead));
        let id = if name == id { String::new() } else { format!(" {DIM}{id}{DIM:#}") };
        let asked_for = self.text(&Sentence::new("why-asked-for").with("moment", self.now.in_full()));
        format!("{BOLD}{name}{BOLD:#}{id}\n{DIM}{asked_for}{DIM:#}\n\n")
    }

    /// `  who     Eva de Wit (decider)`
    fn labelled(&self, key: &'static str, text: &str) -> String {
        let label = self.text(&Sentence::new(key));
        let pad = " ".repeat(LABEL.saturating_sub(2 + label.chars().count()).max(1));
        paragraph(&format!("  {DIM}{label}{DIM:#}{pad}"), &plain(text), self.width)
    }

    fn advised(&self) -> String {
        let advice = self.advice;
        let style = match advice.verdict {
            Verdict::Hold => WARN,
            _ => GOOD,
        };
        let deed = advice.deed(self.language);
        let mut text = paragraph("  ", &format!("{style}{}{style:#}", plain(&deed)), self.width);
        text.push_str(&paragraph("  ", &plain(&advice.reason), self.width));
        text.push('\n');
        if let Some(touch) = &advice.touch {
            text.push_str(&self.touch(touch));
        }
        if let Some(stage) = &advice.stage {
            let name = vocabulary::stage(stage.stage);
            let stage = match (stage.was.map(vocabulary::stage), &stage.because) {
                (Some(was), Some(because)) => Sentence::new("why-stage-because")
                    .with("stage", name)
                    .with("was", was)
                    .with("because", because.as_str()),
                (Some(was), None) => Sentence::new("why-stage-was").with("stage", name).with("was", was),
                (None, _) => words::named(name),
            };
            text.push_str(&self.labelled("why-label-stage", &self.text(&stage)));
        }
        if let Some(rule) = &advice.rule {
            text.push_str(&self.labelled("why-label-rule", &self.text(&words::place(rule))));
        }
        text
    }

    fn touch(&self, touch: &AdvisedTouch) -> String {
        let mut text = String::new();
        if let Some(window) = &touch.window {
            let (start, end) = self.now.window(window);
            let parts = [Some(start), end].into_iter().flatten().map(|part| self.text(&part));
            let shown = format!("{} ({})", parts.collect::<Vec<_>>().join(" "), window.zone);
            let shown = match touch.lateness() {
                Some(lateness) => {
                    self.text(&Sentence::new("queue-late").with("window", shown).with("lateness", lateness))
                }
                None => shown,
            };
            text.push_str(&self.labelled("why-label-when", &format!("{shown}. {}", sentence(&window.why))));
        }
        if let Some(due) = touch.due {
            let due = match touch.since {
                Some(since) => Sentence::new("why-due-since").with("since", self.now.moment(since)),
                None => Sentence::new("why-due"),
            }
            .with("due", self.now.moment(due));
            text.push_str(&self.labelled("why-label-due", &self.text(&due)));
        }
        if let Some(person) = &touch.person {
            let who = format!("{}. {}", self.text(&words::person(person)), sentence(&person.why));
            text.push_str(&self.labelled("why-label-who", &who));
        }
        if let Some(rep) = &touch.rep {
            let name = rep.name.as_deref().unwrap_or(&rep.id);
            let instead = rep.instead_of_owner.as_ref().map_or(String::new(), |why| format!(". {}", sentence(why)));
            text.push_str(&self.labelled("why-label-by", &format!("{name}{instead}")));
        }
        if let Some(offer) = &touch.offer {
            let title = self.book.content(offer).and_then(|content| content.title.as_deref());
            let offer = title.map_or_else(|| offer.clone(), |title| format!("{title} ({offer})"));
            text.push_str(&self.labelled("why-label-bring", &offer));
        }
        if let Some(question) = &touch.ask {
            text.push_str(&self.labelled("why-label-ask", &format!("\"{question}\"")));
        }
        if let Some(cadence) = &touch.cadence {
            let series = match touch.step {
                Some(step) => {
                    self.text(&Sentence::new("why-step").with("cadence", cadence.as_str()).with("step", step))
                }
                None => cadence.clone(),
            };
            text.push_str(&self.labelled("why-label-series", &series));
        }
        text
    }

    fn notes(&self) -> String {
        each(&self.advice.notes, |note| paragraph("  - ", &plain(&note.text), self.width))
    }

    fn priority(&self, priority: &Priority) -> String {
        let mut table = columns(self.width.saturating_sub(2));
        let rows: [(&str, &'static str, &Factor); 4] = [
            ("P", "why-factor-p", &priority.propensity),
            ("C", "why-factor-c", &priority.context),
            ("V", "why-factor-v", &priority.value),
            ("L", "why-factor-l", &priority.lever),
        ];
        for (letter, key, factor) in rows {
            table.add_row([
                Cell::new(letter).add_attribute(Attribute::Bold),
                Cell::new(self.figure(factor.value)).set_alignment(CellAlignment::Right),
                Cell::new(self.text(&Sentence::new(key))),
                Cell::new(plain(&factor.because)).add_attribute(Attribute::Dim),
            ]);
        }
        let lines: String = table.lines().map(|line| format!("  {}\n", line.trim_end())).collect();
        format!("  {} = P x C x V x L\n{lines}", self.figure(priority.total))
    }

    fn runner_up(&self, one: &RunnerUp) -> String {
        let what = self.contact(one.channel, one.person.as_deref());
        let what = if what.is_empty() { plain(&one.rule.name).into_owned() } else { what };
        let figures = Sentence::new("why-behind")
            .with("total", self.figure(one.priority.total))
            .with("behind", self.figure(one.behind));
        let lost_by = sentence(&plain(&one.lost_by));
        let item = format!("{BOLD}{what}{BOLD:#}, {}. {lost_by}", self.text(&figures));
        let mut text = paragraph("  - ", &item, self.width);
        text.push_str(&self.small(&Sentence::new("why-rule").with("place", words::place(&one.rule))));
        text
    }

    /// One thing that may not be done, for one reason, and the rules that wanted it.
    fn block(&self, blocks: &[&Block]) -> String {
        let Some(one) = blocks.first() else { return String::new() };
        let what = self.contact(one.channel, one.person.as_deref());
        let what = if what.is_empty() { plain(&one.rule.name).into_owned() } else { what };
        let item = format!("{BOLD}{what}{BOLD:#}. {}", sentence(&plain(&one.reason)));
        let mut text = paragraph("  - ", &item, self.width);
        let lifts = match (one.lifts_at, one.hard) {
            (Some(at), _) => Sentence::new("why-lifts-at").with("moment", self.now.moment(at)),
            (None, true) => Sentence::new("why-lifts-never"),
            (None, false) => Sentence::new("why-lifts-with-record"),
        };
        let gate = Sentence::new(match one.gate {
            Gate::Eligible => "why-gate-eligible",
            Gate::Applicable => "why-gate-applicable",
            Gate::Suitable => "why-gate-suitable",
            Gate::Policy => "why-gate-policy",
        });
        let lifts = format!("{} ({}: {})", self.text(&lifts), self.text(&gate), one.policy);
        text.push_str(&self.small(&Sentence::as_is(lifts)));
        let mut wanted: Vec<String> = Vec::new();
        for block in blocks {
            let name = format!("\"{}\"", block.rule.name);
            if !wanted.contains(&name) {
                wanted.push(name);
            }
        }
        let stops = match &one.by {
            Some(by) => Sentence::new("why-stops-because").with("place", words::place(by)),
            None => Sentence::new("why-stops"),
        };
        text.push_str(&self.small(&stops.with("rules", wanted.join(", "))));
        text
    }

    fn near_miss(&self, miss: &NearMiss) -> String {
        let rule = format!("{BOLD}\"{}\"{BOLD:#}", plain(&miss.rule.name));
        let rule = match miss.person.as_deref() {
            Some(id) => self.text(&Sentence::new("why-for-person").with("rule", rule).with("person", self.name(id))),
            None => rule,
        };
        let mut text = paragraph("  - ", &format!("{rule}: {}", plain(&miss.summary)), self.width);
        let mut table = columns(self.width.saturating_sub(4));
        for condition in &miss.conditions {
            table.add_row(self.condition(condition));
        }
        text.extend(table.lines().map(|line| format!("    {}\n", line.trim_end())));
        text
    }

    /// A statement that another pack switched off, by whom, and why.
    fn switched_off(&self, one: &SwitchedOffHere) -> String {
        let change = &one.change;
        let item =
            format!("{} {BOLD}\"{}\"{BOLD:#}: {}", change.kind, plain(&change.statement.name), plain(&one.summary));
        let mut text = paragraph("  - ", &item, self.width);
        text.push_str(&self.small(&Sentence::new("why-switched-off-by").with("place", words::place(&change.by))));
        text
    }

    fn condition(&self, condition: &Condition) -> [Cell; 3] {
        let (key, colour) = if condition.holds { ("why-yes", Color::DarkGreen) } else { ("why-no", Color::DarkYellow) };
        let mark = Cell::new(self.text(&Sentence::new(key))).fg(colour);
        [mark, Cell::new(plain(&condition.text)), Cell::new(plain(&condition.saw)).add_attribute(Attribute::Dim)]
    }

    fn faults(&self) -> String {
        each(&self.advice.faults, |fault| {
            let mut text = paragraph("  - ", &plain(&fault.message), self.width);
            text.push_str(&self.small(&Sentence::new("why-rule").with("place", words::place(&fault.rule))));
            text
        })
    }

    fn until_when(&self) -> String {
        let line = |text: &str| paragraph("", text, self.width);
        match self.advice.review_at {
            Some(at) => {
                let until = self.text(&Sentence::new("why-until").with("moment", self.now.moment(at)));
                let zone = self.text(&Sentence::new("why-times").with("offset", self.now.offset()));
                format!("{}{}", line(&format!("{until}.")), line(&format!("{DIM}{zone}.{DIM:#}")))
            }
            None => line(&format!("{}.", self.text(&Sentence::new("why-until-news")))),
        }
    }

    /// A line that one may skip, under an item of a list.
    fn small(&self, sentence: &Sentence) -> String {
        paragraph("    ", &format!("{DIM}{}{DIM:#}", plain(&self.text(sentence))), self.width)
    }

    /// `phone to Eva de Wit`
    fn contact(&self, channel: Option<Channel>, person: Option<&str>) -> String {
        match (channel.map(vocabulary::channel), person) {
            (Some(channel), Some(person)) => {
                self.text(&Sentence::new("why-contact").with("channel", channel).with("person", self.name(person)))
            }
            (Some(channel), None) => self.text(&words::named(channel)),
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

    fn figure(&self, value: f64) -> String {
        figure(value).render(self.language)
    }
}

/// A factor or a priority: no more digits than a person compares.
fn figure(value: f64) -> Amount {
    let decimals = match value.abs() {
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 1.0 => 2,
        _ => 3,
    };
    Amount::rounded(value, decimals)
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
    fn an_explanation_prints_everything_in_it() {
        let now = sample::NOW.parse().unwrap();
        let text = text(&sample::explanation(), &Book::default(), &now, Language::English, 80);
        insta::assert_snapshot!(anstream::adapter::strip_str(&text).to_string());
    }

    #[test]
    fn figures_have_no_more_digits_than_a_person_compares() {
        let english = |value| figure(value).render(Language::English);
        assert_eq!(english(37.2), "37.2");
        assert_eq!(english(1234.56), "1,235");
        assert_eq!(english(1.0), "1");
        assert_eq!(english(1.55), "1.55");
        assert_eq!(english(0.2), "0.2");
        assert_eq!(english(0.0416), "0.042");
        assert_eq!(english(0.0), "0");
        assert_eq!(english(100.0), "100");
    }
}
