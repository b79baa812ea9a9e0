//! The story of a won deal in words: what each did for it, then what happened, day by day.

use crate::team::document::{Document, Writer};
use crate::team::story::Story;
use crate::wording::{Amount, Language, Sentence};

/// A story as a time line.
pub fn story_document(story: &Story, language: Language) -> Document {
    let mut writer = Writer::new(&Sentence::new("story-title").with("lead", story.lead_name.as_str()), language);
    if let Some(amount) = story.amount {
        writer.paragraph(writer.say(&Sentence::new("story-worth").with("amount", Amount::rounded(amount, 0))));
    }
    writer.list(story.contributions.iter().map(|one| one.words.clone()).collect());
    let rows = story.events.iter().map(|event| vec![event.day.clone(), event.words.clone()]).collect();
    writer.table(&["story-day", "story-what"], rows);
    writer.finish()
}
