//! The words that the table, the explanation and the summary share: who, over what, with what.

use super::screen::{count, plain, short, thousands};
use cadans::decide::advice::{Advice, PersonRef, RuleRef, Verdict};

/// Names longer than this are cut in tables and headings.
pub const LONGEST_NAME: usize = 60;

/// What the lead is called, else its id.
pub fn lead_name(advice: &Advice) -> String {
    short(advice.lead_name.as_deref().unwrap_or(&advice.lead), LONGEST_NAME)
}

/// The id, cut where it is too long to show.
pub fn short_id(id: &str) -> String {
    short(id, LONGEST_NAME)
}

/// What is advised, in a word or two: `phone`, `find`, `hand over`, `wait`.
pub fn channel(advice: &Advice) -> &'static str {
    match (advice.verdict, advice.touch.as_ref().and_then(|touch| touch.channel)) {
        (Verdict::Touch, Some(channel)) => channel.word(),
        (Verdict::Touch, None) => "touch",
        (Verdict::Find, _) => "find",
        (Verdict::HandOver, _) => "hand over",
        (Verdict::Wait, _) => "wait",
        (Verdict::Hold, _) => "hold",
    }
}

/// For whom: `Eva de Wit (decider)`, `who decides`, `to marketing`; empty where it is for nobody.
pub fn whom(advice: &Advice) -> String {
    let Some(touch) = &advice.touch else { return String::new() };
    if let Some(role) = touch.find {
        return format!("the {role}");
    }
    if let Some(team) = &touch.hand_over {
        return format!("to {}", short(team, LONGEST_NAME));
    }
    touch.person.as_ref().map_or(String::new(), person)
}

/// `Eva de Wit (decider)`.
pub fn person(person: &PersonRef) -> String {
    let name = short(person.name.as_deref().unwrap_or(&person.id), LONGEST_NAME);
    match person.role {
        Some(role) => format!("{name} ({role})"),
        None => name,
    }
}

/// `"Price page again: phone today", inside-sales.rhai line 14`.
pub fn place(rule: &RuleRef) -> String {
    if rule.file.is_empty() {
        return format!("\"{}\"", plain(&rule.name));
    }
    format!("\"{}\", {} line {}", plain(&rule.name), plain(&rule.file), rule.span.line)
}

/// The counts by verdict in one sentence: `12 to contact, 1 to hand over, 4 on hold, 183 wait.`
pub fn tally(verdicts: impl IntoIterator<Item = Verdict>) -> String {
    let (mut touch, mut find, mut hand_over, mut wait, mut hold) = (0, 0, 0, 0, 0);
    for verdict in verdicts {
        match verdict {
            Verdict::Touch => touch += 1,
            Verdict::Find => find += 1,
            Verdict::HandOver => hand_over += 1,
            Verdict::Wait => wait += 1,
            Verdict::Hold => hold += 1,
        }
    }
    let all = count(touch + find + hand_over + wait + hold, "lead", "leads");
    let parts = [
        (touch, "to contact"),
        (find, "to find somebody for"),
        (hand_over, "to hand over"),
        (hold, "on hold"),
        (wait, "can wait"),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, words)| format!("{} {words}", thousands(number)))
        .collect();
    if parts.is_empty() { all } else { format!("{all}: {}", parts.join(", ")) }
}
