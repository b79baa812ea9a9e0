//! Names that refuse contact: of events, traits, columns and fields.
//!
//! In: the name as a system writes it (`Unsubscribed`, `smsOptOut`, `property_hs_whatsapp_optout`, `Do_Not_Call__c`, `Afgemeld`). Out: from which
//! channel it refuses contact. Only whole words count, however the name joins them.
//!
//! Left out: what the value under the name says, which the importer reads; in doubt it is a yes.

use crate::book::import::json_record::JsonField;
use crate::book::import::letters::plain;
use crate::book::lead::{Person, Signal};
use crate::book::vocabulary::{Channel, Direction, SignalKind};
use crate::calendar::Instant;

/// What a name refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OptOutName {
    /// The channel that the name says; otherwise it is mail.
    pub(super) channel: Option<Channel>,
    /// True when it refuses contact of any kind.
    pub(super) objects: bool,
}

/// Beginnings of words that end a subscription, in small letters without accents: English, Dutch, German, French, Spanish, Italian.
const BEGINNINGS: &[&str] = &[
    "unsubscri",
    "optout",
    "optedout",
    "afgemeld",
    "afmeld",
    "uitgeschreven",
    "uitschrijv",
    "abgemeld",
    "abmeld",
    "abbestell",
    "desabonn",
    "desinscri",
    "desuscri",
    "disiscri",
];
const MAILINGS: &[&str] = &["email", "emails", "mail", "newsletter", "newsletters", "mailing", "mailings"];
const TEXTS: &[&str] = &["sms", "text", "texts", "whatsapp", "mms"];
const ENDED: &[&str] = &["withdrawn", "revoked", "removed", "denied", "declined", "refused"];
/// Words of columns that stand beside an opt-out and are none (`Unsubscribe URL`), or that refuse what is no contact.
const BESIDE: &[&str] = &[
    "url",
    "urls",
    "link",
    "links",
    "href",
    "token",
    "page",
    "count",
    "number",
    "template",
    "rate",
    "fax",
    "tracking",
    "profiling",
    "cookie",
    "cookies",
];

/// The opt-out that the words of a name tell of, whatever else they say; `None` when they tell of none.
pub(super) fn opt_out(words: &[String]) -> Option<OptOutName> {
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let follows = |first: &[&str], then: &[&str]| {
        words.windows(2).any(|pair| matches!(pair, [a, b] if first.contains(&a.as_str()) && then.contains(&b.as_str())))
    };
    // "Do Not Contact", "Don't Call", "dontcall"
    let do_not = |then: &[&str]| {
        words.windows(3).any(|three| {
            matches!(three, [a, b, c] if matches!((a.as_str(), b.as_str()), ("do", "not") | ("don", "t")) && then.contains(&c.as_str()))
        }) || follows(&["dont"], then)
    };
    // "Marked as Spam", "Removed from Mailing List"
    let marked = has(&["marked", "flagged", "reported"]) && follows(&["as"], &["spam", "junk"]);
    let removed = follows(&["removed"], &["from", "me"]) && has(&["list", "lists"]) && has(MAILINGS);
    let takes_back = (follows(&["consent", "permission"], ENDED)
        || follows(&["withdraw", "withdrew", "withdrawn", "revoke", "revoked"], &["consent", "permission"]))
        && !has(&["cookie", "cookies", "tracking", "analytics"]);
    // The word that stops texts in every network.
    let stops_texts = has(&["stop", "stopped"]) && (words.len() == 1 || has(TEXTS));
    let channel = if stops_texts { Some(Channel::Chat) } else { channel_of(words) };
    let mail = has(MAILINGS);
    let objects = do_not(&["contact", "disturb"])
        || (words.len() <= 2 && has(&["objected"]))
        || (takes_back && channel.is_none() && !mail);
    let ends = |word: &String| BEGINNINGS.iter().any(|beginning| plain(word).starts_with(beginning));
    let opts_out = objects
        || takes_back
        || stops_texts
        || marked
        || removed
        || words.iter().any(ends)
        || follows(&["un"], &["subscribe", "subscribed"])
        || follows(&["opt", "opted", "opts", "opting"], &["out"])
        || follows(&["spam"], &["report", "reported", "complaint"])
        || follows(MAILINGS, &["complaint", "complained"])
        || has(&["unsub", "unsubbed"])
        || do_not(&["email", "mail", "call", "phone", "text", "sms"])
        || (has(&["subscription", "subscriptions"]) && has(&["cancelled", "canceled", "ended", "stopped"]));
    opts_out.then_some(OptOutName { channel, objects })
}

/// What a column or field refuses in which there is a yes; `None` for one that refuses nothing, or says something beside an opt-out.
pub(super) fn opt_out_field(name: &str) -> Option<OptOutName> {
    let words = words(name);
    opt_out(&words).filter(|_| !words.iter().any(|word| BESIDE.contains(&word.as_str())))
}

/// What a field refuses in which there is a no: `marketing_opt_in`, `emailSubscribed`; `None` for any other. `subscribed` alone may be about what
/// they pay for.
pub(super) fn opt_in_field(name: &str) -> Option<OptOutName> {
    let words = words(name);
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let opt_in =
        words.windows(2).any(|pair| matches!(pair, [a, b] if matches!(a.as_str(), "opt" | "opted") && b == "in"));
    let about_contact = has(&[
        "email",
        "emails",
        "mail",
        "newsletter",
        "newsletters",
        "mailing",
        "marketing",
        "contact",
        "call",
        "calls",
        "phone",
    ]) || has(TEXTS);
    let asks = opt_in || has(&["optin", "optedin"]) || (about_contact && has(&["subscribed", "consent", "permission"]));
    asks.then_some(OptOutName { channel: channel_of(&words), objects: false })
}

/// The channel that the words of a name or of a value say: texts before calls; `None` where they say neither.
pub(super) fn channel_of(words: &[String]) -> Option<Channel> {
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    if has(TEXTS) { Some(Channel::Chat) } else { has(&["call", "calls", "phone"]).then_some(Channel::Phone) }
}

/// The words of an opt-out in a name that joins them without capitals or signs (`hasoptedoutofemail`, `smsoptout`, `donotcall`); any other word
/// as it is. What stands around the opt-out must be words of such names too: `adoptoutfit` is none.
fn apart(word: String) -> Vec<String> {
    const REFUSES: &[(&str, &[&str])] = &[
        ("optedout", &["optedout"]),
        ("optout", &["optout"]),
        ("unsubscribed", &["unsubscribed"]),
        ("unsubscribe", &["unsubscribe"]),
        ("donot", &["do", "not"]),
        ("dont", &["dont"]),
    ];
    const AROUND: &[&str] = &[
        "has",
        "person",
        "lead",
        "account",
        "customer",
        "user",
        "is",
        "of",
        "from",
        "for",
        "all",
        "email",
        "emails",
        "mail",
        "newsletter",
        "marketing",
        "contact",
        "disturb",
        "call",
        "calls",
        "phone",
        "sms",
        "texts",
        "text",
        "whatsapp",
        "mms",
        "fax",
        "tracking",
        "at",
        "date",
    ];
    let around = |mut rest: &str| -> Option<Vec<String>> {
        let mut words = Vec::new();
        while !rest.is_empty() {
            // The longest first: "emails" before "email".
            let next = AROUND.iter().filter(|word| rest.starts_with(**word)).max_by_key(|word| word.len())?;
            words.push((*next).to_owned());
            rest = rest.strip_prefix(*next)?;
        }
        Some(words)
    };
    let found = REFUSES.iter().find_map(|(joined, words)| {
        let (before, after) = word.split_once(joined)?;
        let (before, after) = (around(before)?, around(after)?);
        Some(before.into_iter().chain(words.iter().map(|word| (*word).to_owned())).chain(after).collect())
    });
    found.unwrap_or_else(|| vec![word])
}

/// The words of a name in lower case. They are parted by what is neither letter nor digit, by a capital after a small letter, and by the last
/// of several capitals before a small letter (`SMSUnsubscribed`).
pub(super) fn words(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words = vec![String::new()];
    for (nth, letter) in letters.iter().enumerate() {
        let before = nth.checked_sub(1).and_then(|before| letters.get(before));
        let after = letters.get(nth + 1);
        let starts = letter.is_uppercase()
            && (before.is_some_and(|before| before.is_lowercase() || before.is_ascii_digit())
                || (before.is_some_and(|before| before.is_uppercase())
                    && after.is_some_and(|after| after.is_lowercase())));
        if starts || !letter.is_alphanumeric() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| letter.is_alphanumeric()) {
            word.extend(letter.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words.into_iter().flat_map(apart).collect()
}

/// What somebody refuses in columns or fields that are not the system's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct RefusedByName {
    pub(super) mail: bool,
    pub(super) calls: bool,
    pub(super) texts: bool,
    pub(super) all: bool,
}

impl RefusedByName {
    /// What the fields of a JSON object refuse.
    pub(super) fn in_fields<'r>(fields: impl Iterator<Item = (&'r str, JsonField<'r>)>) -> Self {
        let mut refused = Self::default();
        for (name, value) in fields {
            let value = if value.is_object() { value.get("value") } else { value };
            if let Some(what) = opt_out_field(name).filter(|_| value.is_known() && value.opts_out()) {
                refused.add(what);
            }
        }
        refused
    }

    /// What either refuses.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            mail: self.mail | other.mail,
            calls: self.calls | other.calls,
            texts: self.texts | other.texts,
            all: self.all | other.all,
        }
    }

    /// Adds a yes under a name.
    pub(super) fn add(&mut self, what: OptOutName) {
        match what.channel {
            _ if what.objects => self.all = true,
            None => self.mail = true,
            Some(Channel::Phone) => self.calls = true,
            Some(_) => self.texts = true,
        }
    }

    /// Sets what a person refuses. No flag stops texts: then the unsubscribe that does, since that moment, is returned.
    pub(super) fn stop(self, person: &mut Person, since: Instant) -> Option<Signal> {
        person.do_not_email |= self.mail;
        person.do_not_call |= self.calls;
        person.objected |= self.all;
        self.texts.then(|| stop_of_texts(&person.id, since))
    }
}

/// The unsubscribe of a person from texts.
pub(super) fn stop_of_texts(person: &str, since: Instant) -> Signal {
    Signal {
        person: Some(person.to_owned()),
        channel: Some(Channel::Chat),
        direction: Some(Direction::Inbound),
        ..Signal::new(since, SignalKind::Unsubscribe)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: OptOutName = OptOutName { channel: None, objects: false };
    const CALLS: OptOutName = OptOutName { channel: Some(Channel::Phone), objects: false };
    const TEXTS: OptOutName = OptOutName { channel: Some(Channel::Chat), objects: false };
    const ALL: OptOutName = OptOutName { channel: None, objects: true };

    #[test]
    fn the_name_of_a_column_says_what_a_yes_in_it_refuses() {
        for (name, what) in [
            ("property_hs_whatsapp_optout", TEXTS),
            ("SMS_Opt_Out__c", TEXTS),
            ("property_do_not_text", TEXTS),
            ("smsOptOut", TEXTS),
            ("Do_Not_Call__c", CALLS),
            ("Opted out of calls", CALLS),
            ("unsubscribed", MAIL),
            ("Opted out of email: Newsletter", MAIL),
            ("Unsubscribed_Date__c", MAIL),
            ("afgemeld_nieuwsbrief", MAIL),
            ("Vom Newsletter abgemeldet", MAIL),
            ("Désabonné", MAIL),
            ("Do Not Contact", ALL),
            ("consent_withdrawn", ALL),
            ("email_consent_revoked", MAIL),
            ("HASOPTEDOUTOFEMAIL", MAIL),
            ("PERSONHASOPTEDOUTOFEMAIL", MAIL),
            ("DONOTCALL", CALLS),
            ("SMSOPTOUT__C", TEXTS),
            ("DONOTTEXT__C", TEXTS),
            ("DONOTCONTACT", ALL),
            ("emailoptout", MAIL),
            ("whatsappunsubscribed", TEXTS),
            ("unsubscribedfromall", MAIL),
            ("dontcall", CALLS),
        ] {
            assert_eq!(opt_out_field(name), Some(what), "{name}");
        }
        for name in [
            "unsubscribe_url",
            "Unsubscribe Link",
            "HasOptedOutOfFax",
            "HasOptedOutTracking",
            "Opted out of cookies",
            "email",
            "subscribed",
            "sms_opt_in",
            "do_not",
            "cookie_consent_withdrawn",
            "bus stop",
            "HASOPTEDOUTOFFAX",
            "optouttracking",
            "adoptoutfit",
            "donotes",
            "donation",
            "Abschluss",
            "",
        ] {
            assert_eq!(opt_out_field(name), None, "{name}");
        }
    }

    #[test]
    fn the_name_of_an_opt_in_says_what_a_no_in_it_refuses() {
        for (name, what) in [
            ("marketing_opt_in", MAIL),
            ("optIn", MAIL),
            ("emailSubscribed", MAIL),
            ("sms_opt_in", TEXTS),
            ("phone_consent", CALLS),
            ("marketingConsent", MAIL),
        ] {
            assert_eq!(opt_in_field(name), Some(what), "{name}");
        }
        for name in ["subscribed", "subscription", "consent", "email", "option", "opted_out"] {
            assert_eq!(opt_in_field(name), None, "{name}");
        }
    }
}
