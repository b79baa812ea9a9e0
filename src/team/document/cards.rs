//! Cards in words, and what there is to be glad about.

use crate::team::cards::Card;
use crate::team::document::{Document, Writer};
use crate::team::recognition::Recognition;
use crate::wording::{Language, Sentence};

/// Cards, then recognition. Each names the leads that it is about.
pub fn cards_document(cards: &[Card], recognition: &[Recognition], language: Language) -> Document {
    let mut writer = Writer::new(&Sentence::new("cards-title"), language);
    if cards.is_empty() {
        writer.paragraph(writer.say(&Sentence::new("cards-none")));
    }
    let item = |card: &Card| match card.leads.is_empty() {
        true => card.words.clone(),
        false => format!("{} ({})", card.words, card.leads.join(", ")),
    };
    writer.list(cards.iter().map(item).collect());
    if !recognition.is_empty() {
        writer.heading(&Sentence::new("recognition-title"));
        writer.list(recognition.iter().map(|one| one.words.clone()).collect());
    }
    writer.finish()
}
