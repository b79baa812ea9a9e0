//! The words of an advice: short sentences that can be read aloud. They name what holds, never whose fault it is.

use chrono::{Datelike, NaiveTime};

use crate::book::vocabulary::Channel;
use crate::calendar::{Duration, Instant, LocalTime, Zone};
use crate::decide::advice::{Advice, Verdict};

/// What to do on a channel, with the person's name after it: "Phone Anna".
pub(crate) fn contact(channel: Channel, whom: &str) -> String {
    match channel {
        Channel::Phone => format!("Phone {whom}"),
        Channel::Email => format!("Mail {whom}"),
        Channel::Social => format!("Send {whom} a social message"),
        Channel::Chat => format!("Chat with {whom}"),
        Channel::Video => format!("Meet {whom} by video"),
        Channel::Visit => format!("Visit {whom}"),
        Channel::Content => format!("Share something to read with {whom}"),
    }
}

/// Contacts on a channel, inside a sentence: "no calls then".
pub(crate) fn over(channel: Channel) -> &'static str {
    match channel {
        Channel::Phone => "calls",
        Channel::Email => "mails",
        Channel::Social => "social messages",
        Channel::Chat => "chats",
        Channel::Video => "video meetings",
        Channel::Visit => "visits",
        Channel::Content => "content",
    }
}

/// What one needs to reach somebody on a channel: "phone number".
pub(crate) fn address(channel: Channel) -> &'static str {
    match channel {
        Channel::Phone => "phone number",
        Channel::Email | Channel::Content => "mail address",
        Channel::Social => "social profile",
        Channel::Chat => "chat address",
        Channel::Video | Channel::Visit => "phone number or mail address",
    }
}

/// Opening hours as people read them: "Mo-Fr 09:00-12:30, 13:30-17:30, not on public holidays".
pub(crate) fn hours(notation: &str) -> String {
    let spaced: Vec<&str> = notation.split(',').map(str::trim).collect();
    spaced.join(", ").replace("; PH off", ", not on public holidays")
}

/// A moment on somebody's clock: "Fri 20 Nov 13:30".
pub(crate) fn moment(at: Instant, zone: Zone) -> String {
    let local = zone.local(at);
    format!("{} {}", day(local), clock(local))
}

/// "Fri 20 Nov".
fn day(local: LocalTime) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let months = local.date().month0() as usize; // 0 to 11
    format!("{} {} {}", local.weekday(), local.date().day(), MONTHS.get(months).copied().unwrap_or_default())
}

/// "13:30".
fn clock(local: LocalTime) -> String {
    format!("{:02}:{:02}", local.hour(), local.minute())
}

/// A number of touches in a time, as a limit counts them: "2 phone touches per 7 days".
pub(crate) fn rate(most: u32, channel: Option<Channel>, per: Duration) -> String {
    let over = channel.map_or(String::new(), |channel| format!("{channel} "));
    let plural = if most == 1 { "" } else { "es" };
    format!("{most} {over}touch{plural} per {per}")
}

/// A number as people read it, with commas between the thousands and as many decimals as matter: "39,300", "0.125".
pub(crate) fn figure(value: f64) -> String {
    let text = if value.abs() < 1.0 { format!("{value:.3}") } else { format!("{value:.2}") };
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    grouped(text)
}

/// The digits of a number with a comma between the thousands; what stands behind a decimal point is left as it is.
pub(crate) fn grouped(number: &str) -> String {
    let whole = number.find(|letter: char| !letter.is_ascii_digit() && letter != '-').unwrap_or(number.len());
    let (whole, rest) = number.split_at_checked(whole).unwrap_or((number, ""));
    // A power of ten has no thousands to be told apart.
    if rest.starts_with('e') {
        return number.to_owned();
    }
    let digits = whole.trim_start_matches('-');
    let mut text = number.get(..whole.len() - digits.len()).unwrap_or_default().to_owned();
    for (nth, digit) in digits.chars().enumerate() {
        if nth > 0 && (digits.len() - nth).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text + rest
}

/// A sentence as its author wrote it, fit to stand inside another.
pub(crate) fn quoted(reason: Option<&str>) -> String {
    reason.map_or(String::new(), |reason| format!(": {}", reason.trim_end_matches('.')))
}

/// A sentence of ours, fit to stand after a colon. Only our own opening words are lowered, never a name.
pub(crate) fn lower(text: &str) -> String {
    ["No ", "A "].iter().find(|word| text.starts_with(**word)).map_or_else(
        || text.to_owned(),
        |word| format!("{}{}", word.to_lowercase(), text.get(word.len()..).unwrap_or_default()),
    )
}

/// The same text with a capital in front.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl Advice {
    /// What to do, in a few words and without a time: "Phone Anna de Vries (decider)".
    pub fn deed(&self) -> String {
        let Some(touch) = &self.touch else {
            return match self.verdict {
                Verdict::Hold => "On hold".to_owned(),
                _ => "Nothing for now".to_owned(),
            };
        };
        if let Some(role) = touch.find {
            return format!("Find out who is the {role}");
        }
        if let Some(team) = &touch.hand_over {
            return format!("Hand over to {team}");
        }
        let whom = touch.person.as_ref().map_or_else(
            || "them".to_owned(),
            |person| {
                let name = person.name.as_deref().unwrap_or(&person.id);
                person.role.map_or_else(|| name.to_owned(), |role| format!("{name} ({role})"))
            },
        );
        touch.channel.map_or_else(String::new, |channel| contact(channel, &whom))
    }

    /// The advice in one sentence: "Phone Anna de Vries (decider) between 13:30 and 15:12, their time".
    pub fn headline(&self) -> String {
        let Some(touch) = &self.touch else {
            return match self.verdict {
                Verdict::Hold => format!("Hold: {}", self.reason),
                _ => format!("Wait: {}", self.reason),
            };
        };
        let when = touch.window.as_ref().and_then(|window| {
            let zone = Zone::parse(&window.zone).ok()?;
            let (now, from, until) = (zone.local(self.now), zone.local(window.from), zone.local(window.until));
            let named = |local: LocalTime| format!("{} {}", day(local), clock(local));
            let on = if now.date() == from.date() { String::new() } else { format!(" on {}", day(from)) };
            let late = if window.late { " (later than promised)" } else { "" };
            let midnight = until.naive().time() == NaiveTime::MIN;
            let last_day = if midnight { until.date().pred_opt().unwrap_or_default() } else { until.date() };
            Some(match (from.date() == last_day, midnight) {
                (true, true) => format!("{on} between {} and 24:00, their time{late}", clock(from)),
                (true, false) => format!("{on} between {} and {}, their time{late}", clock(from), clock(until)),
                (false, _) => format!(" between {} and {}, their time{late}", named(from), named(until)),
            })
        });
        format!("{}{}", self.deed(), when.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::{figure, grouped};

    #[test]
    fn thousands_are_told_apart() {
        for (value, text) in [
            (39_300.0, "39,300"),
            (999.0, "999"),
            (1_000.0, "1,000"),
            (-1_234_567.891, "-1,234,567.89"),
            (0.125, "0.125"),
            (0.0, "0"),
            (12.5, "12.5"),
        ] {
            assert_eq!(figure(value), text);
        }
        assert_eq!(grouped("1234.5678"), "1,234.5678");
        assert_eq!(grouped("-123"), "-123");
        assert_eq!(grouped("1e300"), "1e300");
        assert_eq!(grouped(""), "");
    }
}
