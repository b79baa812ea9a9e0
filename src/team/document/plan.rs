//! The plan in words: a table for each day of each rep, then what does not fit.

use crate::calendar::in_words::{clock, day};
use crate::decide::explain::vocabulary;
use crate::plan::{Plan, PlanEntry, PlannedDay};
use crate::team::document::{Document, Writer};
use crate::wording::{Amount, Language, Sentence};

impl Plan {
    /// The plan in words.
    pub fn document(&self, language: Language) -> Document {
        let mut writer = Writer::new(&Sentence::new("plan-title"), language);
        writer.paragraph(writer.say(&Sentence::new("plan-about")));
        if let Some(summary) = &self.summary {
            writer.paragraph(summary);
        }
        for of_rep in self.days.iter().filter(|day| day.minutes > 0 || !day.touches.is_empty()) {
            let heading = Sentence::new("plan-day")
                .with("rep", of_rep.rep_name.as_str())
                .with("day", date(of_rep))
                .with("planned", Amount::whole(of_rep.planned_minutes))
                .with("minutes", Amount::whole(of_rep.minutes));
            writer.heading(&heading);
            if of_rep.touches.is_empty() {
                writer.paragraph(writer.say(&Sentence::new("plan-nothing")));
            }
            let rows = of_rep.touches.iter().map(|entry| row(entry, &writer)).collect();
            writer.table(&["plan-at", "plan-minutes", "plan-lead", "plan-channel", "plan-person", "plan-why"], rows);
        }
        if !self.not_planned.is_empty() {
            writer.heading(&Sentence::new("plan-left"));
            let left = self.not_planned.iter();
            let rows = left.map(|one| vec![called(one.lead_name.as_ref(), &one.lead), one.why.clone()]).collect();
            writer.table(&["plan-lead", "plan-why"], rows);
        }
        if !self.automatic.is_empty() {
            writer.heading(&Sentence::new("plan-automatic"));
            writer.list(self.automatic.clone());
        }
        writer.finish()
    }
}

/// The day of a rep: "Fri 20 Nov".
fn date(of_rep: &PlannedDay) -> Sentence {
    of_rep.day.parse().map_or_else(|_| Sentence::as_is(of_rep.day.as_str()), day)
}

fn row(entry: &PlanEntry, writer: &Writer) -> Vec<String> {
    let local = chrono::DateTime::parse_from_rfc3339(&entry.local_at);
    let at = local
        .map_or_else(|_| entry.at.to_string(), |at| clock(chrono::Timelike::hour(&at), chrono::Timelike::minute(&at)));
    let channel = match entry.channel {
        Some(channel) => Sentence::new("as-is").with("words", vocabulary::channel(channel)),
        None => Sentence::new("plan-other-work"),
    };
    let why = std::iter::once(&entry.reason).chain(&entry.notes).cloned().collect::<Vec<_>>().join("; ");
    vec![
        at,
        entry.minutes.to_string(),
        called(entry.lead_name.as_ref(), &entry.lead),
        writer.say(&channel),
        entry.person_name.clone().or_else(|| entry.person.clone()).unwrap_or_default(),
        why,
    ]
}

/// A lead by its name and id.
fn called(name: Option<&String>, id: &str) -> String {
    name.map_or_else(|| id.to_owned(), |name| format!("{name}, {id}"))
}
