//! An advice in a few words: what to do, and what to do when.

use chrono::NaiveTime;

use crate::book::vocabulary::Channel;
use crate::calendar::in_words::{clock, day, moment};
use crate::calendar::{LocalTime, Zone};
use crate::decide::advice::{Advice, AdviceWindow, AdvisedTouch, PersonRef, Verdict};
use crate::decide::explain::vocabulary;
use crate::wording::{Arg, Language, Sentence};

impl Advice {
    /// What to do, in a few words and without a time: "Phone Anna de Vries (decider)".
    pub fn deed(&self, language: Language) -> String {
        self.deed_sentence().render(language)
    }

    /// The advice in one sentence: "Phone Anna de Vries (decider) between 13:30 and 15:12, their time".
    pub fn headline(&self, language: Language) -> String {
        let deed = self.deed_sentence();
        let sentence = match (&self.touch, self.verdict) {
            (Some(touch), _) => match touch.window.as_ref().and_then(|window| self.timed(&deed, window)) {
                Some(timed) => timed,
                None => deed,
            },
            (None, Verdict::Hold) => Sentence::new("headline-hold").with("reason", self.reason.as_str()),
            (None, _) => Sentence::new("headline-wait").with("reason", self.reason.as_str()),
        };
        sentence.render(language)
    }

    fn deed_sentence(&self) -> Sentence {
        let Some(touch) = &self.touch else {
            return Sentence::new(if self.verdict == Verdict::Hold { "deed-hold" } else { "deed-wait" });
        };
        if let Some(role) = touch.find {
            return Sentence::new("deed-find").with("role", vocabulary::role(role));
        }
        if let Some(team) = &touch.hand_over {
            return Sentence::new("deed-hand-over").with("team", team.as_str());
        }
        let whom = touch.person.as_ref().map_or(Arg::Key("deed-them"), |person| named(person).into());
        match touch.channel {
            Some(channel) => Sentence::new(deed_key(channel)).with("whom", whom),
            None => Sentence::as_is(""),
        }
    }

    /// A deed with its window; `None` for a zone that is not known.
    fn timed(&self, deed: &Sentence, window: &AdviceWindow) -> Option<Sentence> {
        let zone = Zone::parse(&window.zone).ok()?;
        let (now, from, until) = (zone.local(self.now), zone.local(window.from), zone.local(window.until));
        let midnight = until.naive().time() == NaiveTime::MIN;
        // Midnight is the end of a day here, not the start of the next.
        let last_day = if midnight { until.date().pred_opt().unwrap_or_default() } else { until.date() };
        // Where the clocks change in between, an end of the night may look earlier than its start: each has its offset then.
        let changes = from.offset_seconds() != until.offset_seconds();
        let time = |local: LocalTime| {
            let time = clock(local.hour(), local.minute());
            if changes { format!("{time} ({})", offset(local.offset_seconds())) } else { time }
        };
        let timed = if from.date() == last_day {
            let key = if now.date() == from.date() { "headline-between" } else { "headline-on-day" };
            let end = if midnight { "24:00".to_owned() } else { time(until) };
            Sentence::new(key).with("day", day(from.date())).with("from", time(from)).with("until", end)
        } else {
            let (from, until) = (moment(window.from, zone), moment(window.until, zone));
            Sentence::new("headline-between").with("from", from).with("until", until)
        };
        let timed = timed.with("deed", deed.clone());
        let lateness = self.touch.as_ref().and_then(AdvisedTouch::lateness);
        Some(match lateness {
            Some(lateness) => Sentence::new("headline-late").with("headline", timed).with("lateness", lateness),
            None => timed,
        })
    }
}

/// An offset from UTC: "+02:00".
fn offset(seconds: i32) -> String {
    let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.unsigned_abs() / 60);
    format!("{sign}{}", clock(minutes / 60, minutes % 60))
}

/// "Anna de Vries (decider)".
fn named(person: &PersonRef) -> Sentence {
    let name = person.name.as_deref().unwrap_or(&person.id);
    match person.role {
        Some(role) => Sentence::new("person-with-role").with("name", name).with("role", vocabulary::role(role)),
        None => Sentence::as_is(name),
    }
}

const fn deed_key(channel: Channel) -> &'static str {
    match channel {
        Channel::Phone => "deed-phone",
        Channel::Email => "deed-email",
        Channel::Social => "deed-social",
        Channel::Chat => "deed-chat",
        Channel::Video => "deed-video",
        Channel::Visit => "deed-visit",
        Channel::Content => "deed-content",
    }
}
