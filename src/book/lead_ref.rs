//! A lead whose texts are borrowed: from a [`Lead`], or from the bytes of a file.
//!
//! Pages are filled from it, so that a lead read from a file need not become a record with texts of its own first.
//!
//! Invariant: a [`LeadRef`] made from a [`Lead`] has the same values in all fields. Code that stores all of a lead takes it apart field by field,
//! with none left out by `..`, so that a new field cannot be forgotten.

use crate::book::absence::Absence;
use crate::book::lead::{Account, Consent, Feedback, FieldValue, Lead, Person, PlannedTouch, Quote, Signal};
use crate::book::not_counted::NotCountedRef;
use crate::book::vocabulary::{
    Channel, Direction, Excluded, FeedbackVerdict, LegalForm, Outcome, QuoteStatus, Role, SignalKind, Stage, StageBy,
    Stance,
};
use crate::calendar::Instant;
use crate::order;

/// See [`Lead`].
#[derive(Clone, Debug, Default)]
#[allow(missing_docs, reason = "each field is that of the lead")]
pub struct LeadRef<'a> {
    pub id: &'a str,
    pub name: Option<&'a str>,
    pub account: AccountRef<'a>,
    pub stage: Option<Stage>,
    pub stage_since: Option<Instant>,
    pub created_at: Option<Instant>,
    pub source: Option<&'a str>,
    pub topic: Option<&'a str>,
    pub country: Option<&'a str>,
    pub zone: Option<&'a str>,
    pub language: Option<&'a str>,
    pub owner: Option<&'a str>,
    pub value: Option<f64>,
    pub churn: Option<f64>,
    pub fields: Vec<(&'a str, FieldRef<'a>)>,
    pub people: Vec<PersonRecordRef<'a>>,
    pub signals: Vec<SignalRef<'a>>,
    pub planned: Vec<PlannedTouchRef<'a>>,
    pub quotes: Vec<QuoteRef>,
    pub stage_by: Option<StageBy>,
    pub spam: bool,
    pub feedback: Vec<FeedbackRef<'a>>,
    pub not_counted: NotCountedRef<'a>,
}

/// See [`Account`].
#[derive(Clone, Copy, Debug, Default)]
#[allow(missing_docs, reason = "each field is that of the account")]
pub struct AccountRef<'a> {
    pub id: &'a str,
    pub name: Option<&'a str>,
    pub country: Option<&'a str>,
    pub region: Option<&'a str>,
    pub zone: Option<&'a str>,
    pub legal_form: Option<LegalForm>,
    pub industry: Option<&'a str>,
    pub employees: Option<i64>,
    pub customer_since: Option<Instant>,
}

/// See [`FieldValue`].
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs, reason = "each is that of the value")]
pub enum FieldRef<'a> {
    Truth(bool),
    Number(f64),
    Text(&'a str),
}

/// See [`Person`].
#[derive(Clone, Debug, Default)]
#[allow(missing_docs, reason = "each field is that of the person")]
pub struct PersonRecordRef<'a> {
    pub id: &'a str,
    pub aliases: Vec<&'a str>,
    pub human: Option<&'a str>,
    pub name: Option<&'a str>,
    pub roles: Vec<Role>,
    pub title: Option<&'a str>,
    pub channels: Vec<Channel>,
    pub country: Option<&'a str>,
    pub zone: Option<&'a str>,
    pub language: Option<&'a str>,
    pub legal_form: Option<LegalForm>,
    pub reachable: Option<&'a str>,
    pub influence: Option<f64>,
    pub stance: Option<Stance>,
    pub do_not_call: bool,
    pub do_not_email: bool,
    pub objected: bool,
    pub consents: Vec<ConsentRef<'a>>,
    pub left_at: Option<Instant>,
    pub absences: Vec<Absence>,
    pub internal: bool,
}

/// See [`Consent`].
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs, reason = "each field is that of the consent")]
pub struct ConsentRef<'a> {
    pub channel: Option<Channel>,
    pub basis: crate::book::vocabulary::Basis,
    pub given_at: Instant,
    pub withdrawn_at: Option<Instant>,
    pub valid_to: Option<Instant>,
    pub proof: Option<&'a str>,
}

/// See [`Signal`].
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs, reason = "each field is that of the signal")]
pub struct SignalRef<'a> {
    pub at: Instant,
    pub kind: SignalKind,
    pub topic: Option<&'a str>,
    pub person: Option<&'a str>,
    pub channel: Option<Channel>,
    pub direction: Option<Direction>,
    pub rep: Option<&'a str>,
    pub outcome: Option<Outcome>,
    pub content: Option<&'a str>,
    pub weight: Option<f64>,
    pub cadence: Option<&'a str>,
    pub step: Option<u32>,
    pub acknowledges: bool,
    pub pack: Option<&'a str>,
    pub rule: Option<&'a str>,
    pub by: Option<Excluded>,
}

/// See [`PlannedTouch`].
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs, reason = "each field is that of the planned touch")]
pub struct PlannedTouchRef<'a> {
    pub at: Instant,
    pub channel: Channel,
    pub person: Option<&'a str>,
    pub rep: Option<&'a str>,
    pub zone: Option<&'a str>,
}

/// See [`Quote`].
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs, reason = "each field is that of the quote")]
pub struct QuoteRef {
    pub sent_at: Instant,
    pub status: QuoteStatus,
    pub amount: Option<f64>,
    pub decided_at: Option<Instant>,
    pub valid_until: Option<Instant>,
}

/// See [`Feedback`].
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs, reason = "each field is that of the feedback")]
pub struct FeedbackRef<'a> {
    pub at: Instant,
    pub rule: &'a str,
    pub pack: Option<&'a str>,
    pub person: Option<&'a str>,
    pub verdict: FeedbackVerdict,
    pub until: Option<Instant>,
    pub reason: Option<&'a str>,
    pub rep: Option<&'a str>,
}

impl PersonRecordRef<'_> {
    /// Whether this is their id or one of their aliases.
    pub fn is_called(&self, id: &str) -> bool {
        self.id == id || self.aliases.contains(&id)
    }
}

impl LeadRef<'_> {
    /// The lead's country, else the account's.
    pub fn country_of(&self) -> Option<&str> {
        self.country.or(self.account.country)
    }

    /// The lead's zone, else the account's unless the two have different countries.
    pub fn zone_of(&self) -> Option<&str> {
        let elsewhere =
            self.country.is_some() && self.account.country.is_some() && self.country != self.account.country;
        self.zone.or(if elsewhere { None } else { self.account.zone })
    }

    /// Sorts the signals by time; those of one moment keep their order.
    pub fn sort_signals(&mut self) {
        order::sort_by_key(&mut self.signals, |signal| signal.at);
    }

    /// The place of the person with this id, else of the first who has it as an alias; `None` when there is neither.
    pub fn person(&self, id: &str) -> Option<usize> {
        let named = self.people.iter().position(|person| person.id == id);
        named.or_else(|| self.people.iter().position(|person| person.aliases.contains(&id)))
    }
}

impl<'a> From<&'a Lead> for LeadRef<'a> {
    fn from(lead: &'a Lead) -> Self {
        let Lead {
            id,
            name,
            account,
            stage,
            stage_since,
            created_at,
            source,
            topic,
            country,
            zone,
            language,
            owner,
            value,
            churn,
            fields,
            people,
            signals,
            planned,
            quotes,
            stage_by,
            spam,
            feedback,
            not_counted,
        } = lead;
        Self {
            id,
            name: name.as_deref(),
            account: AccountRef::from(account),
            stage: *stage,
            stage_since: *stage_since,
            created_at: *created_at,
            source: source.as_deref(),
            topic: topic.as_deref(),
            country: country.as_deref(),
            zone: zone.as_deref(),
            language: language.as_deref(),
            owner: owner.as_deref(),
            value: *value,
            churn: *churn,
            fields: fields.iter().map(|(name, value)| (name.as_str(), FieldRef::from(value))).collect(),
            people: people.iter().map(PersonRecordRef::from).collect(),
            signals: signals.iter().map(SignalRef::from).collect(),
            planned: planned.iter().map(PlannedTouchRef::from).collect(),
            quotes: quotes.iter().map(QuoteRef::from).collect(),
            stage_by: *stage_by,
            spam: *spam,
            feedback: feedback.iter().map(FeedbackRef::from).collect(),
            not_counted: NotCountedRef::from(not_counted),
        }
    }
}

impl<'a> From<&'a Account> for AccountRef<'a> {
    fn from(account: &'a Account) -> Self {
        let Account { id, name, country, region, zone, legal_form, industry, employees, customer_since } = account;
        Self {
            id,
            name: name.as_deref(),
            country: country.as_deref(),
            region: region.as_deref(),
            zone: zone.as_deref(),
            legal_form: *legal_form,
            industry: industry.as_deref(),
            employees: *employees,
            customer_since: *customer_since,
        }
    }
}

impl<'a> From<&'a FieldValue> for FieldRef<'a> {
    fn from(value: &'a FieldValue) -> Self {
        match value {
            FieldValue::Truth(truth) => Self::Truth(*truth),
            FieldValue::Number(number) => Self::Number(*number),
            FieldValue::Text(text) => Self::Text(text),
        }
    }
}

impl<'a> From<&'a Person> for PersonRecordRef<'a> {
    fn from(person: &'a Person) -> Self {
        let Person {
            id,
            aliases,
            human,
            name,
            roles,
            title,
            channels,
            country,
            zone,
            language,
            legal_form,
            reachable,
            influence,
            stance,
            do_not_call,
            do_not_email,
            objected,
            consents,
            left_at,
            absences,
            internal,
        } = person;
        Self {
            id,
            aliases: aliases.iter().map(String::as_str).collect(),
            human: human.as_deref(),
            name: name.as_deref(),
            roles: roles.clone(),
            title: title.as_deref(),
            channels: channels.clone(),
            country: country.as_deref(),
            zone: zone.as_deref(),
            language: language.as_deref(),
            legal_form: *legal_form,
            reachable: reachable.as_deref(),
            influence: *influence,
            stance: *stance,
            do_not_call: *do_not_call,
            do_not_email: *do_not_email,
            objected: *objected,
            consents: consents.iter().map(ConsentRef::from).collect(),
            left_at: *left_at,
            absences: absences.clone(),
            internal: *internal,
        }
    }
}

impl<'a> From<&'a Consent> for ConsentRef<'a> {
    fn from(consent: &'a Consent) -> Self {
        let Consent { channel, basis, given_at, withdrawn_at, valid_to, proof } = consent;
        Self {
            channel: *channel,
            basis: *basis,
            given_at: *given_at,
            withdrawn_at: *withdrawn_at,
            valid_to: *valid_to,
            proof: proof.as_deref(),
        }
    }
}

impl<'a> From<&'a Signal> for SignalRef<'a> {
    fn from(signal: &'a Signal) -> Self {
        let Signal {
            at,
            kind,
            topic,
            person,
            channel,
            direction,
            rep,
            outcome,
            content,
            weight,
            cadence,
            step,
            acknowledges,
            pack,
            rule,
            by,
        } = signal;
        Self {
            at: *at,
            kind: *kind,
            topic: topic.as_deref(),
            person: person.as_deref(),
            channel: *channel,
            direction: *direction,
            rep: rep.as_deref(),
            outcome: *outcome,
            content: content.as_deref(),
            weight: *weight,
            cadence: cadence.as_deref(),
            step: *step,
            acknowledges: *acknowledges,
            pack: pack.as_deref(),
            rule: rule.as_deref(),
            by: *by,
        }
    }
}

impl<'a> From<&'a PlannedTouch> for PlannedTouchRef<'a> {
    fn from(touch: &'a PlannedTouch) -> Self {
        let PlannedTouch { at, channel, person, rep, zone } = touch;
        let (person, rep, zone) = (person.as_deref(), rep.as_deref(), zone.as_deref());
        Self { at: *at, channel: *channel, person, rep, zone }
    }
}

impl From<&Quote> for QuoteRef {
    fn from(quote: &Quote) -> Self {
        let Quote { sent_at, status, amount, decided_at, valid_until } = quote;
        Self { sent_at: *sent_at, status: *status, amount: *amount, decided_at: *decided_at, valid_until: *valid_until }
    }
}

impl<'a> From<&'a Feedback> for FeedbackRef<'a> {
    fn from(feedback: &'a Feedback) -> Self {
        let Feedback { at, rule, pack, person, verdict, until, reason, rep } = feedback;
        Self {
            at: *at,
            rule,
            pack: pack.as_deref(),
            person: person.as_deref(),
            verdict: *verdict,
            until: *until,
            reason: reason.as_deref(),
            rep: rep.as_deref(),
        }
    }
}
