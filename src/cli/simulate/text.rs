//! A simulation as a table, as Markdown and as JSON.

use comfy_table::{Attribute, Cell, Table};
use serde_json::Value;

use super::Side;
use super::rows::{Section, incident, sections};
use crate::cli::failure::Failure;
use crate::cli::moment::Now;
use crate::cli::screen::{BOLD, DIM, arrange, columns, count, paragraph, plain};
use cadans::simulate::audit::incidents::{Case, IncidentKind};
use cadans::simulate::note;
use cadans::wording::{Arg, Language, Sentence};

/// What is told of a simulation.
pub struct Told<'a> {
    /// The sets of rules.
    pub sides: &'a [Side],
    /// The moment at which it began.
    pub now: &'a Now,
    /// Whether the book was kept in a file.
    pub kept: bool,
    /// The language.
    pub language: Language,
}

impl Told<'_> {
    /// For people.
    pub fn table(&self, width: usize) -> String {
        let mut text = paragraph("", &note(self.language), width);
        text.push_str(&paragraph("", &self.about(), width));
        for section in sections(self.sides, self.language) {
            text.push_str(&format!("\n{BOLD}{}{BOLD:#}\n", self.say(&section.title)));
            text.push_str(&self.section(&section, width));
        }
        for (side, title, since, cases) in self.cases() {
            text.push_str(&format!("\n{BOLD}{}{BOLD:#}\n", plain(&self.say(&title))));
            for case in cases {
                text.push_str(&paragraph(" ", &plain(&self.case(since, case)), width));
                text.push_str(&format!(" {DIM}{}{DIM:#}\n", plain(&side.command(case))));
            }
        }
        if !self.kept {
            text.push_str(&format!("\n{DIM}{}{DIM:#}\n", self.say(&Sentence::new("simulate-keep"))));
        }
        text
    }

    /// For a report.
    pub fn markdown(&self) -> String {
        let mut text = format!("# {}\n\n", self.say(&Sentence::new("simulate-title")));
        text.push_str(&format!("**{}**\n\n{}\n", note(self.language), self.about()));
        for section in sections(self.sides, self.language) {
            text.push_str(&format!("\n## {}\n\n| | {} |\n|---|", self.say(&section.title), self.names().join(" | ")));
            text.push_str(&"---:|".repeat(self.sides.len()));
            text.push('\n');
            for row in &section.rows {
                text.push_str(&format!("| {} | {} |\n", escaped(&self.say(&row.label)), row.cells.join(" | ")));
            }
        }
        for (side, title, since, cases) in self.cases() {
            text.push_str(&format!("\n## {}\n\n", self.say(&title)));
            for case in cases {
                let told = escaped(&self.case(since, case));
                text.push_str(&format!("* {told}\n\n      {}\n", plain(&side.command(case))));
            }
        }
        if !self.kept {
            text.push_str(&format!("\n{}\n", self.say(&Sentence::new("simulate-keep"))));
        }
        text
    }

    /// All numbers of each run, and the command of each case.
    ///
    /// # Errors
    /// Never: the numbers are finite.
    pub fn json(&self) -> Result<Value, Failure> {
        let mut runs = Vec::new();
        for side in self.sides {
            for report in &side.reports {
                let mut run = serde_json::to_value(report).map_err(std::io::Error::from)?;
                let of_incidents = report.incidents.iter().enumerate();
                let mut lists: Vec<(String, &[Case])> = of_incidents
                    .map(|(nth, found)| (format!("/incidents/{nth}/cases"), found.cases.as_slice()))
                    .collect();
                lists.push(("/questions/longest".to_owned(), &report.questions.longest));
                lists.push(("/forms/longest".to_owned(), &report.forms.longest));
                lists.push(("/formsInWorkingHours/longest".to_owned(), &report.forms_in_working_hours.longest));
                for (list, cases) in lists {
                    for (place, case) in cases.iter().enumerate() {
                        if let Some(value) = run.pointer_mut(&format!("{list}/{place}")) {
                            value["command"] = side.command(case).into();
                        }
                    }
                }
                let rules = side.rules.iter().map(|path| Value::from(path.to_string_lossy()));
                runs.push(serde_json::json!({ "rules": rules.collect::<Vec<_>>(), "report": run }));
            }
        }
        Ok(serde_json::json!({ "note": note(self.language), "runs": runs }))
    }

    fn say(&self, sentence: &Sentence) -> String {
        sentence.render(self.language)
    }

    /// What was simulated, in one sentence.
    fn about(&self) -> String {
        let Some(report) = self.sides.first().and_then(|side| side.reports.first()) else { return String::new() };
        let seeds = self.sides.first().into_iter().flat_map(|side| &side.reports);
        let seeds: Vec<Arg> = seeds.map(|report| Arg::from(report.settings.seed.to_string())).collect();
        let about = Sentence::new("simulate-about")
            .with("leads", count("leads", report.leads))
            .with("reps", count("simulate-rep-count", report.by_rep.len()))
            .with("days", count("simulate-day-count", usize::try_from(report.settings.days).unwrap_or_default()))
            .with("start", self.now.in_full())
            .with("step", report.settings.step.in_words())
            .with("model", plain(&report.model).into_owned())
            .with("seeds", Arg::List(seeds));
        self.say(&about)
    }

    /// The sets of rules, as headings.
    fn names(&self) -> Vec<String> {
        self.sides.iter().map(|side| plain(&side.name()).into_owned()).collect()
    }

    fn section(&self, section: &Section, width: usize) -> String {
        let mut table = columns(width);
        if self.sides.len() > 1 {
            let names = self.names().into_iter().map(|name| Cell::new(name).add_attribute(Attribute::Dim));
            table.add_row(std::iter::once(Cell::new("")).chain(names));
        }
        for row in &section.rows {
            let cells = row.cells.iter().map(Cell::new);
            table.add_row(std::iter::once(Cell::new(plain(&self.say(&row.label)))).chain(cells));
        }
        lines(&mut table, width)
    }

    /// The cases of the first run of each set of rules: what they are, how to tell since when, and the cases.
    fn cases(&self) -> Vec<(&Side, Sentence, &'static str, &[Case])> {
        let mut all: Vec<(&Side, Sentence, &'static str, &[Case])> = Vec::new();
        for (side, report) in self.sides.iter().filter_map(|side| Some((side, side.reports.first()?))) {
            for found in &report.incidents {
                let moved = found.kind == IncidentKind::PromiseMoved;
                let since = if moved { "simulate-case-due" } else { "simulate-case-since" };
                all.push((side, incident(found.kind), since, &found.cases));
            }
            all.push((side, Sentence::new("simulate-longest"), "simulate-case-since", &report.forms.longest));
        }
        all.retain(|(.., cases)| !cases.is_empty());
        all
    }

    /// `Fri 20 Nov 14:00, L-042, p1, by lotte, phone ...`
    fn case(&self, since: &'static str, case: &Case) -> String {
        let mut parts = vec![self.say(&self.now.moment(case.at)), case.lead.clone()];
        let named = |key: &'static str, value: Option<Arg>| value.map(|value| Sentence::new(key).with("words", value));
        let known = [
            named("as-is", case.person.as_deref().map(Arg::from)),
            named("simulate-case-rep", case.rep.as_deref().map(Arg::from)),
            named("as-is", case.channel.map(cadans::decide::explain::vocabulary::channel)),
            named("simulate-case-rule", case.rule.as_deref().map(Arg::from)),
            named(since, case.since.map(|at| Arg::from(self.now.moment(at)))),
            named("simulate-case-other", case.other.as_deref().map(Arg::from)),
        ];
        parts.extend(known.into_iter().flatten().map(|part| self.say(&part)));
        parts.join(", ")
    }
}

fn lines(table: &mut Table, width: usize) -> String {
    arrange(table, width);
    table.lines().map(|line| format!(" {}\n", line.trim_end())).collect()
}

/// A text that stands in a table of Markdown.
fn escaped(text: &str) -> String {
    plain(text).replace('|', "\\|")
}
