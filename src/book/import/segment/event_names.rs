//! What the name of an event says: the kind of signal that it is.
//!
//! Event names are the sender's own. Only whole words of English count, however the name joins them (`Form Submitted`, `form_submitted`,
//! `formSubmitted`); an event without such words is a page visit. What was only looked at, begun or left (`Form Abandoned`) is no more than
//! that, save that in doubt about an unsubscribe it is one.

use crate::book::import::opt_out_names::{self, OptOutName, opt_in_field, opt_out, opt_out_field};
use crate::book::vocabulary::{Channel, SignalKind};

/// Words of a name that make it an event of a kind: one of each list must be there, and none of `without`.
struct NamePattern {
    kind: SignalKind,
    words: &'static [&'static [&'static str]],
    without: &'static [&'static [&'static str]],
}

const LOOKED_AT: &[&str] = &[
    "view",
    "viewed",
    "views",
    "seen",
    "shown",
    "displayed",
    "display",
    "impression",
    "impressions",
    "loaded",
    "rendered",
    "visited",
    "hovered",
    "opened",
    "scrolled",
    "page",
];
const NOT_DONE: &[&str] = &[
    "abandon",
    "abandoned",
    "abandonment",
    "cancel",
    "cancelled",
    "canceled",
    "cancellation",
    "fail",
    "failed",
    "failure",
    "error",
    "errored",
    "invalid",
    "rejected",
    "declined",
    "denied",
    "dismissed",
    "closed",
    "left",
    "exited",
    "skipped",
    "incomplete",
    "partial",
    "partially",
    "not",
    "never",
    "no",
    "refunded",
    "deleted",
    "removed",
    "expired",
    "blocked",
];
const BEGUN: &[&str] = &[
    "start",
    "started",
    "starts",
    "begin",
    "began",
    "begun",
    "initiated",
    "focused",
    "focus",
    "clicked",
    "click",
    "clicks",
    "changed",
    "typed",
    "resumed",
    "saved",
    "draft",
    "field",
    "step",
    "button",
];
const DOWNLOAD: &[&str] = &["download", "downloads", "downloaded", "downloading"];
const SEARCH: &[&str] = &["search", "searches", "searched", "searching"];
const SENT: &[&str] = &[
    "submit",
    "submits",
    "submitted",
    "submission",
    "sent",
    "send",
    "complete",
    "completed",
    "completion",
    "filled",
    "posted",
    "finished",
    "received",
    "requested",
    "success",
    "succeeded",
    "successful",
];
const MAIL: &[&str] = &["email", "emails", "mail", "newsletter"];

const PATTERNS: &[NamePattern] = &[
    NamePattern { kind: SignalKind::Download, words: &[DOWNLOAD], without: &[LOOKED_AT, NOT_DONE] },
    // Whoever saw results has searched.
    NamePattern { kind: SignalKind::Search, words: &[SEARCH, &["result", "results"]], without: &[NOT_DONE] },
    NamePattern { kind: SignalKind::Search, words: &[SEARCH], without: &[LOOKED_AT, NOT_DONE] },
    NamePattern { kind: SignalKind::Form, words: &[&["form", "forms"], SENT], without: &[LOOKED_AT, NOT_DONE, BEGUN] },
    NamePattern {
        kind: SignalKind::Form,
        words: &[
            &[
                "demo",
                "contact",
                "quote",
                "trial",
                "callback",
                "call",
                "consultation",
                "meeting",
                "pricing",
                "price",
                "offer",
                "proposal",
                "info",
                "information",
                "brochure",
                "sample",
                "appointment",
                "estimate",
            ],
            &["request", "requests", "requested"],
        ],
        without: &[LOOKED_AT, NOT_DONE, BEGUN],
    },
    NamePattern {
        kind: SignalKind::Form,
        words: &[&["signed", "sign"], &["up"]],
        without: &[LOOKED_AT, NOT_DONE, BEGUN],
    },
    NamePattern { kind: SignalKind::Form, words: &[&["signup", "lead"], SENT], without: &[LOOKED_AT, NOT_DONE, BEGUN] },
    NamePattern {
        kind: SignalKind::Form,
        words: &[&["generate", "generated"], &["lead"]],
        without: &[LOOKED_AT, NOT_DONE],
    },
    NamePattern { kind: SignalKind::Open, words: &[MAIL, &["open", "opens", "opened"]], without: &[NOT_DONE] },
    NamePattern { kind: SignalKind::Click, words: &[MAIL, &["click", "clicks", "clicked"]], without: &[NOT_DONE] },
    NamePattern {
        kind: SignalKind::Bounce,
        words: &[&["bounced"]],
        without: &[LOOKED_AT, &["rate", "session", "sessions", "visitor", "visitors"]],
    },
    NamePattern {
        kind: SignalKind::Bounce,
        words: &[
            &["bounce", "bounces"],
            &["email", "emails", "mail", "message", "hard", "soft", "block", "reported", "received", "delivery"],
        ],
        without: &[LOOKED_AT, &["rate", "session", "sessions", "visitor", "visitors"]],
    },
    NamePattern {
        kind: SignalKind::Order,
        words: &[
            &["order", "checkout", "purchase"],
            &["complete", "completed", "placed", "paid", "confirmed", "success", "succeeded", "successful"],
        ],
        without: &[LOOKED_AT, NOT_DONE],
    },
    NamePattern { kind: SignalKind::Order, words: &[&["purchased"]], without: &[LOOKED_AT, NOT_DONE] },
    NamePattern { kind: SignalKind::Order, words: &[&["subscription"], &["started"]], without: &[LOOKED_AT, NOT_DONE] },
];

/// What the name of an event says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct EventMeaning {
    pub(super) kind: SignalKind,
    /// Of an unsubscribe, where the name says from which channel; otherwise it is from mail.
    pub(super) channel: Option<Channel>,
    /// True when they want no contact at all.
    pub(super) objects: bool,
}

impl EventMeaning {
    /// A page that was looked at.
    pub(super) const VISIT: Self = Self { kind: SignalKind::PageVisit, channel: None, objects: false };
}

/// What the name of an event says.
pub(super) fn meaning(event: &str) -> EventMeaning {
    let words = words(event);
    if let Some(opt_out) = opt_out(&words) {
        return EventMeaning::unsubscribe(opt_out);
    }
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let fits = |pattern: &&NamePattern| {
        pattern.words.iter().all(|list| has(list)) && !pattern.without.iter().any(|list| has(list))
    };
    let alone = words.len() == 1 && has(&["bounce", "bounces"]);
    let kind = PATTERNS.iter().find(fits).map_or(SignalKind::PageVisit, |pattern| pattern.kind);
    let kind = if alone { SignalKind::Bounce } else { kind };
    EventMeaning { kind, ..EventMeaning::VISIT }
}

impl EventMeaning {
    /// The unsubscribe that an opt-out is.
    pub(super) const fn unsubscribe(opt_out: OptOutName) -> Self {
        Self { kind: SignalKind::Unsubscribe, channel: opt_out.channel, objects: opt_out.objects }
    }
}

/// What the name of a trait or property says when its value is yes: `unsubscribed`, `emailOptOut`; `None` when it is no opt-out.
pub(super) fn opt_out_trait(name: &str) -> Option<EventMeaning> {
    opt_out_field(name).map(EventMeaning::unsubscribe)
}

/// What the name of a trait or property says when its value is no: `marketingOptIn`; `None` when it is no opt-in.
pub(super) fn opt_in_trait(name: &str) -> Option<EventMeaning> {
    opt_in_field(name).map(EventMeaning::unsubscribe)
}

/// What a no to a trait or property named `subscribed` says; `None` for any other name. It may be about what they pay for, so that it counts
/// only where no opt-in beside it is a yes.
pub(super) fn subscribed_trait(name: &str) -> Option<EventMeaning> {
    let words = opt_out_names::words(name);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    matches!(words.as_slice(), ["subscribed"] | ["is", "subscribed"])
        .then_some(EventMeaning::unsubscribe(OptOutName { channel: None, objects: false }))
}

/// What a trait or property says whose name is that of a status (`subscription_status`, `email_consent`) and whose value tells of an opt-out.
pub(super) fn opt_out_status(name: &str, value: &str) -> Option<EventMeaning> {
    const STATUS: [&str; 6] = ["status", "state", "subscription", "consent", "preference", "preferences"];
    let is_status = opt_out_names::words(name).iter().any(|word| STATUS.contains(&word.as_str()));
    opt_out_field(value).filter(|_| is_status).map(EventMeaning::unsubscribe)
}

/// The words of the name of an event in lower case. A name of one word in small letters that two words of the patterns make up
/// (`formsubmitted`) is these two.
fn words(event: &str) -> Vec<String> {
    let words = opt_out_names::words(event);
    if let [only] = words.as_slice() {
        let lists = || PATTERNS.iter().filter(|pattern| pattern.words.len() == 2);
        let parts = lists().find_map(|pattern| {
            let [first, second] = pattern.words else { return None };
            let in_order = |head: &[&str], tail: &[&str]| {
                let head =
                    head.iter().find(|head| only.strip_prefix(**head).is_some_and(|rest| tail.contains(&rest)))?;
                Some(vec![(*head).to_owned(), only.strip_prefix(*head)?.to_owned()])
            };
            in_order(first, second).or_else(|| in_order(second, first))
        });
        return parts.unwrap_or(words);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_decide_however_the_name_joins_them() {
        for (kind, events) in [
            (
                SignalKind::Form,
                "Form Submitted|form_submitted|FormSubmitted|formSubmitted|form-submitted|formsubmitted|FORM SUBMITTED|form.submit|\
                 Contact Form Sent|Form Completed|Demo Requested|demo_request|Requested Demo|Contact Requested|Signed Up|sign_up|\
                 UserSignedUp|Signup Completed|generate_lead|Quote Requested|Form Submission|Lead Form Submitted",
            ),
            (SignalKind::Download, "Guide Downloaded|file_download|eBookDownloaded|Download Completed|Downloads"),
            (SignalKind::Search, "Products Searched|search|view_search_results|SiteSearch|Search Results Viewed"),
            (SignalKind::Open, "Email Opened|email_open|Newsletter Opened"),
            (SignalKind::Click, "Email Link Clicked|email clicked|EmailClicked"),
            (SignalKind::Bounce, "Email Bounced|email_bounce|Bounced|bounce|Hard Bounce|Message Bounced"),
            (
                SignalKind::Order,
                "Order Completed|orderCompleted|Checkout Completed|Subscription Started|Order Placed|purchase_completed",
            ),
            (
                SignalKind::Unsubscribe,
                "Newsletter Unsubscribed|unsubscribe|Unsubscribe Clicked|UnsubscribedFromList|Email Unsubscription|Opted Out|opt_out|OptOut|\
                 Un-Subscribed|Spam Reported|Don't Email Me|SMS Unsubscribed|SMSUnsubscribed|Unsubscribe Page Viewed|Do Not Contact|optout|\
                 Afgemeld voor nieuwsbrief|Vom Newsletter abgemeldet|Désabonnement|Marketing Consent Withdrawn|STOP|SMS Stop Received|Marked as Spam|\
                 Email Marked As Spam|email_reported_as_spam|Removed from Mailing List",
            ),
            (
                SignalKind::PageVisit,
                "Platform Tour Viewed|Research Paper Viewed|Form Abandoned|Form Viewed|Form Started|Form Field Changed|Performance Report|\
                 Information Requested Page|Form|Form Submission Failed|Form Not Submitted|Order Cancelled|Order Failed|Order Updated|\
                 Download Failed|Download Page Viewed|Demo Request Viewed|Did Not Call Back|Researched|Transformed|Reformatted|Checkout Started|\
                 Sign Up Button Clicked|Bounce Rate Viewed|Preorder Completed|Workshop Reordered|Searchlight Ordered|Upload|Product Viewed|\
                 Signup Page Viewed|Form Opened|Bounced Session|Bus Stop Viewed|Cookie Consent Withdrawn||...|\
                 Bounce House Booked|Item Removed from List|Marked as Done|Spam Filter Settings Viewed",
            ),
        ] {
            for event in events.split('|') {
                assert_eq!(meaning(event).kind, kind, "{event}");
            }
        }
    }

    #[test]
    fn an_unsubscribe_is_from_the_channel_that_the_name_says() {
        for (event, channel) in [
            ("SMS Unsubscribed", Some(Channel::Chat)),
            ("smsOptOut", Some(Channel::Chat)),
            ("Do Not Call", Some(Channel::Phone)),
            ("STOP", Some(Channel::Chat)),
            ("Text STOP Received", Some(Channel::Chat)),
            ("Newsletter Unsubscribed", None),
            ("Unsubscribed", None),
        ] {
            assert_eq!((meaning(event).kind, meaning(event).channel), (SignalKind::Unsubscribe, channel), "{event}");
        }
    }
}
