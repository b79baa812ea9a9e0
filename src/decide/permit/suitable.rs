//! Third gate: is it in the customer's interest? Advice before selling, no pushing on a blocker, and what the packs themselves forbid.

use super::{Asking, Stop};
use crate::book::schema::{Stage, Stance};
use crate::decide::advice::{Gate, Note};
use crate::decide::words;
use crate::team::Content;

/// What stops the touch here, if anything does.
pub(crate) fn stopped<'a>(asking: &Asking<'a, '_>) -> Option<Stop<'a>> {
    let stop =
        |policy, by, reason| Some(Stop { gate: Gate::Suitable, policy, by, reason, lifts_at: None, hard: false });
    let who = asking.member.called();
    if asking.case.stage == Some(Stage::Orientation) && offered(asking).is_some_and(|content| content.pitch) {
        return stop(
            "pitch-too-early",
            None,
            format!("{who} is still looking around: advice first, an offer when the need is known"),
        );
    }
    if asking.member.person.stance == Some(Stance::Blocker) && !asking.meant {
        return stop("blocker", None, format!("{who} works against us, and pushing makes that stronger"));
    }
    let never = asking
        .reading
        .nevers
        .iter()
        .find(|never| !never.hard && never.what.channels.cover(asking.channel) && never.concerns(asking.person))?;
    let reason = never
        .reason
        .clone()
        .unwrap_or_else(|| format!("\"{}\" forbids {}", never.by.pack, words::over(asking.channel)));
    stop("never", Some(never.by), reason)
}

/// The content that the touch offers, where the book has it.
fn offered<'b>(asking: &Asking<'_, 'b>) -> Option<&'b Content> {
    asking.desk.book.content(asking.touch.offer.as_deref()?)
}

/// What to know about the content that is offered: it is not there, or it was not made for this reader.
pub(crate) fn content_notes(asking: &Asking<'_, '_>) -> Vec<Note> {
    let Some(id) = asking.touch.offer.as_deref() else { return Vec::new() };
    if asking.desk.book.contents().is_empty() {
        return Vec::new();
    }
    let note = |code, text| vec![Note { code, text }];
    let Some(content) = offered(asking) else {
        return note("content-gap", format!("There is no content \"{id}\" yet; tell marketing that it was asked for"));
    };
    let title = content.title.as_deref().unwrap_or(id);
    let (person, lead) = (asking.member.person, asking.case.lead);
    let mut misfits = Vec::new();
    if let Some(language) =
        person.language.as_ref().or(lead.language.as_ref()).filter(|_| !content.languages.is_empty())
        && !content.languages.contains(language)
    {
        misfits.push(format!("exists in {}, and they read {language}", content.languages.join(" and ")));
    }
    if !content.roles.is_empty()
        && !person.roles.is_empty()
        && !person.roles.iter().any(|role| content.roles.contains(role))
    {
        misfits.push("was written for another role".to_owned());
    }
    if let Some(stage) = asking.case.stage.filter(|stage| !content.stages.is_empty() && !content.stages.contains(stage))
    {
        misfits.push(format!("was not written for the {stage} stage"));
    }
    if misfits.is_empty() {
        Vec::new()
    } else {
        note("content-misfit", format!("\"{title}\" {}", misfits.join("; it ")))
    }
}
