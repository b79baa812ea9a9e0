//! Leads as checked records: the types that the rest of the engine reads.
//!
//! [`crate::book::ingest`] and the importers build them from files; unknown is `None`, never 0 or "".
//!
//! Invariant, kept by the readers: signals and planned touches are in order of time, numbers are finite and within
//! [`limits`](crate::limits), and ids are unique where the fields say so.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::book::absence::Absence;
use crate::book::not_counted::NotCounted;
use crate::book::signal_view::SignalView;
use crate::book::vocabulary::{
    Basis, Channel, Direction, Excluded, FeedbackVerdict, LegalForm, Outcome, QuoteStatus, Role, SignalKind, Stage,
    StageBy, Stance,
};
use crate::calendar::{Country, Instant, Location, RecordedLocation, Region, WrittenMoment, Zone};

/// A possible customer: an account with people, on its way from first interest to order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lead {
    /// Unique in its book.
    pub id: String,
    /// What people call it; the account's name where the lead has none.
    pub name: Option<String>,
    /// The organisation (or household) behind the lead.
    pub account: Account,
    /// Where the lead is on its journey, as recorded.
    pub stage: Option<Stage>,
    /// Since when it is there.
    pub stage_since: Option<Instant>,
    /// When the lead came in.
    pub created_at: Option<Instant>,
    /// Where it came from: "website", "fair", "referral" ...
    pub source: Option<String>,
    /// What it is about, in the team's own words.
    pub topic: Option<String>,
    /// ISO 3166-1 alpha-2; the account's where the lead has none.
    pub country: Option<String>,
    /// IANA time zone name.
    pub zone: Option<String>,
    /// Two-letter language code.
    pub language: Option<String>,
    /// Id of the rep who looks after the lead.
    pub owner: Option<String>,
    /// Expected yearly value, in the team's currency.
    pub value: Option<f64>,
    /// Expected share of such customers that leaves within a year, 0 to 1.
    pub churn: Option<f64>,
    /// The team's own facts (`fact budget as number`), by name.
    pub fields: BTreeMap<String, FieldValue>,
    /// The buying group, in file order; ids unique within the lead.
    pub people: Vec<Person>,
    /// What happened, oldest first.
    pub signals: Vec<Signal>,
    /// Touches agreed on but not yet made, oldest first.
    pub planned: Vec<PlannedTouch>,
    /// Quotes sent.
    pub quotes: Vec<Quote>,
    /// What of it counts for nothing. In a book it stands here alone; the people, signals and planned touches above are those that count.
    pub not_counted: NotCounted,
    /// Who put it at its stage; unknown counts as a system.
    pub stage_by: Option<StageBy>,
    /// Whether it is no lead at all but spam: nobody is contacted, and nobody waits.
    pub spam: bool,
    /// What reps did with the advice they got about it, oldest first.
    pub feedback: Vec<Feedback>,
}

impl Lead {
    /// The signals that have happened by `now`, oldest first.
    pub fn past_signals(&self, now: Instant) -> &[Signal] {
        let end = self.signals.partition_point(|signal| signal.at <= now);
        self.signals.get(..end).unwrap_or_default()
    }

    /// Where a person of the lead is: zone and country of their own record, else of the lead, else of the account. What cannot be parsed
    /// counts as not known.
    pub fn location_of(&self, person: &Person) -> Location {
        let account = &self.account;
        let zone = |text: Option<&String>| text.and_then(|name| Zone::parse(name).ok());
        let country = |text: Option<&String>| text.and_then(|code| Country::parse(code).ok());
        let own = RecordedLocation {
            zone: zone(person.zone.as_ref()),
            country: country(person.country.as_ref()),
            region: None,
        };
        let shared = RecordedLocation {
            zone: zone(self.zone.as_ref().or(account.zone.as_ref())),
            country: country(self.country.as_ref().or(account.country.as_ref())),
            region: account.region.as_ref().and_then(|code| Region::parse(code).ok()),
        };
        Location::of(own, shared)
    }

    /// Whether another lead may be about what this one is about: the topic is the same, or one of the two does not say it.
    pub(crate) fn may_be_about_the_same(&self, other: &Self) -> bool {
        self.topic.as_ref().zip(other.topic.as_ref()).is_none_or(|(own, theirs)| own == theirs)
    }

    /// When the first signal after `now` will have happened.
    pub fn next_signal(&self, now: Instant) -> Option<Instant> {
        self.signals.get(self.past_signals(now).len()).map(|signal| signal.at)
    }
}

/// The organisation behind one or more leads. Leads with the same account id share its caps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Account {
    /// The lead's own id where the file names none.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Part of the country as ISO 3166-2 without the country (`BY`, `SCT`), for regional holidays.
    pub region: Option<String>,
    /// IANA time zone name.
    pub zone: Option<String>,
    /// Its legal form; unknown is treated as a natural person.
    pub legal_form: Option<LegalForm>,
    /// Line of business, in the team's own words.
    pub industry: Option<String>,
    /// Number of people it employs.
    pub employees: Option<i64>,
    /// Since when it buys from us.
    pub customer_since: Option<Instant>,
}

/// A member of the buying group.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Unique within the lead. The same id in two leads of one account is the same human.
    pub id: String,
    /// Other ids of the same human: limits count them together. An alias that two people list is one human, also in two accounts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Id of the human in the whole file: the same in every lead, also of other accounts, in which they appear. Limits, objections and
    /// opt-outs then hold for all of these leads together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub human: Option<String>,
    /// What they are called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The parts they play in the decision.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Role>,
    /// Job title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Channels on which they can be reached: there is a number, an address, a profile.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<Channel>,
    /// Country as two letters (ISO 3166-1); the lead's where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Time zone by its IANA name; the lead's where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// Language as two letters (ISO 639-1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Legal form, where it differs from the account's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_form: Option<LegalForm>,
    /// Own hours in OpenStreetMap notation: Mo-Th 10:00-16:00.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reachable: Option<String>,
    /// Weight in the group's decision, from 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "command", schemars(range(min = 0.0, max = 1.0)))]
    pub influence: Option<f64>,
    /// How they stand towards us.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stance: Option<Stance>,
    /// Asked not to be called, or is on a register that says so.
    #[serde(default, skip_serializing_if = "is_false")]
    pub do_not_call: bool,
    /// Asked not to be mailed, or unsubscribed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub do_not_email: bool,
    /// Objected to direct marketing: stops every channel.
    #[serde(default, skip_serializing_if = "is_false")]
    pub objected: bool,
    /// Consents and other grounds for contact, with proof.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consents: Vec<Consent>,
    /// Since when they are no longer there: left the company, retired, changed jobs. Nobody contacts them; what they did stays in the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_at: Option<Instant>,
    /// When they are away: a holiday, a leave, an out-of-office mail that names its end.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absences: Vec<Absence>,
    /// One of our own people, as in a test account: their signals count for nothing, and nobody contacts them.
    #[serde(default, skip_serializing_if = "is_false")]
    pub internal: bool,
}

/// Consent, or another ground for contact, with its proof.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// The channel it is for; absent means every channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// The ground.
    pub basis: Basis,
    /// When it was given.
    pub given_at: Instant,
    /// When it was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn_at: Option<Instant>,
    /// Until when it holds, not included, where it ends by itself: a consent for a period, or the time for which somebody counts as a customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Instant>,
    /// Where the proof is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<String>,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Signal {
    /// When.
    pub at: Instant,
    /// What.
    pub kind: SignalKind,
    /// About what: a page, a product, a subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// Id of the person it came from or went to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// The channel, where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// Who started it. In a file, absent means inbound, save for a `quote` and for whatever names a `rep`: outbound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// Id of the rep who made the touch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rep: Option<String>,
    /// How it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// Id of the content involved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// Weight in the decayed score; 1 where absent. A visit, form, reply or other sign of interest of theirs with 0 counts for nothing at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<f64>,
    /// Name of the cadence the touch was a step of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cadence: Option<String>,
    /// Which step, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<u32>,
    /// For a touch that only tells them that we have their question: it counts as a touch, and the question stays open.
    #[serde(default, skip_serializing_if = "is_false")]
    pub acknowledges: bool,
    /// Name of the pack whose advice the touch carried out, as the advice names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pack: Option<String>,
    /// Name of the rule whose advice the touch carried out, as the advice names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Who made it, where that was no customer: it counts for nothing, and is kept and shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Excluded>,
}

/// Whether a truth is left out when a record is written.
pub(in crate::book) fn is_false(truth: &bool) -> bool {
    !truth
}

impl Person {
    /// What people call them: their name, else their id.
    pub fn called(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }

    /// Whether they are no longer there at this moment, as their own record has it.
    pub fn has_left(&self, at: Instant) -> bool {
        self.left_at.is_some_and(|left| left <= at)
    }

    /// Whether they are away at this moment.
    pub fn is_away(&self, at: Instant) -> bool {
        self.absences.iter().any(|absence| absence.from <= at && at < absence.until)
    }

    /// Whether this is their id or one of their aliases.
    pub fn is_called(&self, id: &str) -> bool {
        self.id == id || self.aliases.iter().any(|alias| alias == id)
    }
}

impl Signal {
    /// A signal that only says when and what.
    pub const fn new(at: Instant, kind: SignalKind) -> Self {
        Self {
            at,
            kind,
            topic: None,
            person: None,
            channel: None,
            direction: None,
            rep: None,
            outcome: None,
            content: None,
            weight: None,
            cadence: None,
            step: None,
            acknowledges: false,
            pack: None,
            rule: None,
            by: None,
        }
    }

    /// True for a contact moment of ours: outbound over a channel, advised by the engine or made by hand alike.
    pub fn is_touch(&self) -> bool {
        self.view().is_touch()
    }

    /// True when the customer started it.
    pub fn is_inbound(&self) -> bool {
        self.view().inbound
    }

    /// The properties on which its meaning depends.
    pub fn view(&self) -> SignalView {
        SignalView::from(self)
    }
}

/// A touch agreed on but not yet made. It counts under every cap.
///
/// In a lead file `at` is written in the local time of `zone`, where it has one, and worked out again when it is read: see [`WrittenMoment`].
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedTouch {
    /// For when.
    pub at: Instant,
    /// Over which channel.
    pub channel: Channel,
    /// To whom.
    pub person: Option<String>,
    /// By whom.
    pub rep: Option<String>,
    /// The time zone in whose local time it was agreed on, by its IANA name. From a file that was not checked yet it may be any text.
    pub zone: Option<String>,
}

// The planned touch as a lead file has it; what follows is told by the schema.
/// A touch agreed on but not yet made. It counts under every cap.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema), schemars(rename = "PlannedTouch"))]
#[serde(deny_unknown_fields)]
struct WrittenPlannedTouch {
    /// For when.
    at: WrittenMoment,
    /// Over which channel.
    channel: Channel,
    /// To whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    person: Option<String>,
    /// By whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rep: Option<String>,
    /// Time zone by its IANA name in whose local time it was agreed on: `at` is that local time, also when the clocks there change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    zone: Option<String>,
}

impl<'de> Deserialize<'de> for PlannedTouch {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let WrittenPlannedTouch { at, channel, person, rep, zone } = Deserialize::deserialize(deserializer)?;
        let known = zone.as_deref().and_then(|name| Zone::parse(name).ok()); // any other is refused when the record is checked
        Ok(Self { at: at.moment(known), channel, person, rep, zone })
    }
}

impl Serialize for PlannedTouch {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { at, channel, person, rep, zone } = self.clone();
        let known = zone.as_deref().and_then(|name| Zone::parse(name).ok());
        WrittenPlannedTouch { at: WrittenMoment::of(at, known), channel, person, rep, zone }.serialize(serializer)
    }
}

#[cfg(feature = "command")]
impl schemars::JsonSchema for PlannedTouch {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        WrittenPlannedTouch::schema_name()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        WrittenPlannedTouch::json_schema(generator)
    }
}

/// A quote or proposal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// When it was sent.
    pub sent_at: Instant,
    /// Where it stands.
    pub status: QuoteStatus,
    /// What it is worth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<f64>,
    /// When it was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<Instant>,
    /// Until when it holds, not included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Instant>,
}

impl Quote {
    /// The moments at which it may begin to stand otherwise: sent, decided, no longer valid.
    pub(crate) fn moments(&self) -> impl Iterator<Item = Instant> + use<> {
        [Some(self.sent_at), self.decided_at, self.valid_until].into_iter().flatten()
    }
}

/// What a rep did with an advice about the lead. It teaches the advice, and never counts for or against the rep.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Feedback {
    /// When.
    pub at: Instant,
    /// Name of the rule whose advice it was, as the advice names it.
    pub rule: String,
    /// Name of its pack; every pack with such a rule where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pack: Option<String>,
    /// Id of the person whom the advice named; everybody in the lead where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// What the rep did.
    pub verdict: FeedbackVerdict,
    /// Until when it is put off, not included; for `snoozed` alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
    /// Why, in the rep's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Id of the rep.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rep: Option<String>,
}

/// A value of one of the team's own facts.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "command", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum FieldValue {
    /// Yes or no.
    Truth(bool),
    /// A finite number; whole numbers too are held as floating point, so that division never depends on the value.
    Number(f64),
    /// A text.
    Text(String),
}

/// What a [`FieldValue`] must be, as serde asks for it.
pub(in crate::book) const FIELD_VALUE: &str = "true or false, a number or a text";

/// Written by hand, because the message of serde's derive for an untagged enum does not say what the value must be.
impl<'de> Deserialize<'de> for FieldValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Scalar;
        impl Visitor<'_> for Scalar {
            type Value = FieldValue;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(FIELD_VALUE)
            }
            fn visit_bool<E: de::Error>(self, truth: bool) -> Result<FieldValue, E> {
                Ok(FieldValue::Truth(truth))
            }
            fn visit_i64<E: de::Error>(self, whole: i64) -> Result<FieldValue, E> {
                Ok(FieldValue::Number(whole as f64))
            }
            fn visit_u64<E: de::Error>(self, whole: u64) -> Result<FieldValue, E> {
                Ok(FieldValue::Number(whole as f64))
            }
            fn visit_f64<E: de::Error>(self, number: f64) -> Result<FieldValue, E> {
                Ok(FieldValue::Number(number))
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<FieldValue, E> {
                Ok(FieldValue::Text(text.to_owned()))
            }
        }
        deserializer.deserialize_any(Scalar)
    }
}
