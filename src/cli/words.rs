//! What the table, the explanation and the summary share: who, over what, with what.

use super::screen::{count, counted, plain, short};
use cadans::decide::advice::{Advice, PersonRef, RuleRef, Verdict};
use cadans::decide::explain::vocabulary;
use cadans::wording::{Arg, Sentence};

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
pub fn channel(advice: &Advice) -> Sentence {
    match (advice.verdict, advice.touch.as_ref().and_then(|touch| touch.channel)) {
        (Verdict::Touch, Some(channel)) => named(vocabulary::channel(channel)),
        (Verdict::Touch, None) => Sentence::new("queue-touch"),
        (Verdict::Find, _) => Sentence::new("queue-find"),
        (Verdict::HandOver, _) => Sentence::new("queue-hand-over"),
        (Verdict::Wait, _) => Sentence::new("queue-wait"),
        (Verdict::Hold, _) => Sentence::new("queue-hold"),
    }
}

/// A word of a vocabulary by itself.
pub fn named(word: Arg) -> Sentence {
    Sentence::new("as-is").with("words", word)
}

/// For whom: `Eva de Wit (decider)`, `the decider`, `to marketing`; empty where it is for nobody.
pub fn whom(advice: &Advice) -> Sentence {
    let Some(touch) = &advice.touch else { return Sentence::as_is("") };
    if let Some(role) = touch.find {
        return Sentence::new("queue-the-role").with("role", vocabulary::role(role));
    }
    if let Some(team) = &touch.hand_over {
        return Sentence::new("queue-to-team").with("team", short(team, LONGEST_NAME));
    }
    touch.person.as_ref().map_or_else(|| Sentence::as_is(""), person)
}

/// `Eva de Wit (decider)`.
pub fn person(person: &PersonRef) -> Sentence {
    let name = short(person.name.as_deref().unwrap_or(&person.id), LONGEST_NAME);
    match person.role {
        Some(role) => Sentence::new("person-with-role").with("name", name).with("role", vocabulary::role(role)),
        None => Sentence::as_is(name),
    }
}

/// By whom: the name of the rep, `sent by a system`; empty where nobody is known.
pub fn rep(advice: &Advice) -> Sentence {
    let Some(touch) = &advice.touch else { return Sentence::as_is("") };
    match &touch.rep {
        Some(rep) => Sentence::as_is(short(rep.name.as_deref().unwrap_or(&rep.id), LONGEST_NAME)),
        None if touch.automatic => Sentence::new("queue-automatic"),
        None => Sentence::as_is(""),
    }
}

/// `"Price page again: phone today", inside-sales.rhai line 14`.
pub fn place(rule: &RuleRef) -> Sentence {
    if rule.file.is_empty() {
        return Sentence::as_is(format!("\"{}\"", plain(&rule.name)));
    }
    Sentence::new("why-place")
        .with("rule", &*plain(&rule.name))
        .with("file", &*plain(&rule.file))
        .with("line", rule.span.line)
}

/// The counts by verdict in one sentence: `12 to contact, 1 to hand over, 4 on hold, 183 wait.`
pub fn tally(verdicts: impl IntoIterator<Item = Verdict>) -> Sentence {
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
    let all = count("leads", touch + find + hand_over + wait + hold);
    let parts = [
        (touch, "tally-touch"),
        (find, "tally-find"),
        (hand_over, "tally-hand-over"),
        (hold, "tally-hold"),
        (wait, "tally-wait"),
    ];
    let parts: Vec<Arg> =
        parts.into_iter().filter(|(number, _)| *number > 0).map(|(number, key)| counted(key, number).into()).collect();
    if parts.is_empty() { all } else { Sentence::new("tally").with("leads", all).with("parts", Arg::List(parts)) }
}
