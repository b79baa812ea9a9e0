//! The fact catalogue: everything that rules can read about a lead, its people and its account.
//!
//! One table serves the checker (names, arguments, types), the evaluator (which [`Fact`] to compute), the interpreter (which functions to
//! register in Rhai), completion and the documentation. How a fact is computed is in [`crate::evaluate::facts`].
//!
//! Invariant: a name stands at most once in [`FACTS`] for each subject.

use strum::IntoStaticStr;

use crate::book::value::Type;
use crate::book::vocabulary::SignalKind;
use crate::wording::Arg;

/// What a fact is about. Spelled as the variable that stands for it in a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Subject {
    /// `lead`
    Lead,
    /// `person`: one member of the buying group. A rule that reads it is evaluated for each person.
    Person,
    /// `account`: the organisation; its signals are those of all its leads.
    Account,
}

impl Subject {
    /// The variable that stands for it in a rule.
    pub fn word(self) -> &'static str {
        self.into()
    }
}

/// What an argument of a fact must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParamKind {
    /// A kind of signal: "visit", "form" ...
    Kind,
    /// What a signal was about: any text but the words of [`Direction`](Self::Direction) where that may follow.
    Topic,
    /// Who started it: "inbound", they, or "outbound", we.
    Direction,
    /// A channel: "phone" ...
    Channel,
    /// A role: "decider" ...
    Role,
    /// How far back: `7.days`.
    Window,
    /// Half-life of the decayed score: `14.days`.
    HalfLife,
    /// The name of a fact that a pack declares as a time: `renewal`.
    OwnTime,
}

impl ParamKind {
    /// The type of its values.
    pub const fn kind(self) -> Type {
        match self {
            Self::Kind | Self::Topic | Self::Direction | Self::Channel | Self::Role | Self::OwnTime => Type::Text,
            Self::Window | Self::HalfLife => Type::Length,
        }
    }

    /// Whether it may have a value of this type. For a moment of the team's own the moment itself will do.
    pub(crate) fn takes(self, kind: Type) -> bool {
        kind == self.kind() || (self == Self::OwnTime && kind == Type::Moment)
    }

    /// Its name in messages, as the key of a text.
    pub(crate) const fn described(self) -> Arg {
        Arg::Key(match self {
            Self::Kind => "a-signal",
            Self::Topic => "a-topic",
            Self::Direction => "a-direction",
            Self::Channel => "a-channel",
            Self::Role => "a-role",
            Self::Window => "a-window",
            Self::HalfLife => "a-half-life",
            Self::OwnTime => "an-own-time",
        })
    }
}

/// A fact that rules can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "documented by its row in FACTS")]
pub enum Fact {
    Id,
    Name,
    Stage,
    StageFor,
    Age,
    Source,
    Topic,
    Country,
    Region,
    Zone,
    Language,
    Owner,
    Worth,
    Churn,
    Open,
    Title,
    Role,
    Roles,
    IsA,
    LegalForm,
    Influence,
    Stance,
    DoNotCall,
    DoNotEmail,
    Objected,
    Has,
    Consent,
    ConsentBasis,
    Industry,
    Employees,
    Customer,
    CustomerFor,
    Leads,
    Count(SignalKind),
    MissedCalls,
    Signals,
    Since,
    First,
    Touches,
    Unanswered,
    LastTouch,
    LastHeard,
    LastOutcome,
    Score,
    Replied,
    Answered,
    Waiting,
    WaitingFor,
    WaitingElsewhere,
    Bought,
    Tried,
    Question,
    InboundShare,
    People,
    Knows,
    RolesMissing,
    Left,
    LastTouchTo,
    QuotesOpen,
    QuoteOpenFor,
    QuoteAmount,
    LastQuote,
    QuoteClosedFor,
    QuoteValidFor,
    Planned,
    DaysTo,
}

/// One row of the catalogue.
#[derive(Clone, Copy, Debug)]
pub struct FactEntry {
    /// The name a rule uses after the dot.
    pub name: &'static str,
    /// The subjects that have it.
    pub subjects: &'static [Subject],
    /// What to compute.
    pub fact: Fact,
    /// The arguments of a method in order; `None` for a field (`lead.stage`).
    pub params: Option<FactParams>,
    /// The type of its value; the value may also be unknown unless `total`.
    pub returns: Type,
    /// True when the value is never unknown.
    pub total: bool,
    /// One line for hover and documentation.
    pub doc: &'static str,
}

/// Arguments of a method: the required ones first, then the optional ones. An optional argument may be skipped when a later one of another
/// type is given: `visits("pricing", 7.days)`, `visits(7.days)`, `visits()`.
#[derive(Clone, Copy, Debug)]
pub struct FactParams {
    /// The required ones.
    pub required: &'static [ParamKind],
    /// The optional ones.
    pub optional: &'static [ParamKind],
}

use Subject::{Account, Lead, Person};

const EACH: &[Subject] = &[Lead, Person, Account];
const LEAD: &[Subject] = &[Lead];
const PERSON: &[Subject] = &[Person];
const ACCOUNT: &[Subject] = &[Account];
const LEAD_PERSON: &[Subject] = &[Lead, Person];

const fn field(
    name: &'static str,
    subjects: &'static [Subject],
    fact: Fact,
    returns: Type,
    doc: &'static str,
) -> FactEntry {
    FactEntry { name, subjects, fact, params: None, returns, total: false, doc }
}

const fn total(entry: FactEntry) -> FactEntry {
    FactEntry { total: true, ..entry }
}

const fn method(
    name: &'static str,
    subjects: &'static [Subject],
    fact: Fact,
    (required, optional): (&'static [ParamKind], &'static [ParamKind]),
    returns: Type,
    doc: &'static str,
) -> FactEntry {
    FactEntry { name, subjects, fact, params: Some(FactParams { required, optional }), returns, total: false, doc }
}

const fn count(name: &'static str, kind: SignalKind, doc: &'static str) -> FactEntry {
    total(method(name, EACH, Fact::Count(kind), (&[], &[ParamKind::Topic, ParamKind::Window]), Type::Whole, doc))
}

/// A count of signals that go both ways.
const fn count_both(name: &'static str, kind: SignalKind, doc: &'static str) -> FactEntry {
    let params: (&[ParamKind], &[ParamKind]) = (&[], &[ParamKind::Topic, ParamKind::Direction, ParamKind::Window]);
    total(method(name, EACH, Fact::Count(kind), params, Type::Whole, doc))
}

const CHANNEL_WINDOW: (&[ParamKind], &[ParamKind]) = (&[], &[ParamKind::Channel, ParamKind::Window]);
const CHANNEL: (&[ParamKind], &[ParamKind]) = (&[], &[ParamKind::Channel]);
const ONE_CHANNEL: (&[ParamKind], &[ParamKind]) = (&[ParamKind::Channel], &[]);
const KIND_TOPIC: (&[ParamKind], &[ParamKind]) = (&[ParamKind::Kind], &[ParamKind::Topic, ParamKind::Direction]);
const ONE_ROLE: (&[ParamKind], &[ParamKind]) = (&[ParamKind::Role], &[]);
const WINDOW: (&[ParamKind], &[ParamKind]) = (&[], &[ParamKind::Window]);

/// The catalogue.
pub const FACTS: &[FactEntry] = &[
    total(field("id", EACH, Fact::Id, Type::Text, "its id")),
    field("name", EACH, Fact::Name, Type::Text, "what people call it"),
    field("stage", LEAD, Fact::Stage, Type::Text, "where the lead is on its journey"),
    field("stage_for", LEAD, Fact::StageFor, Type::Length, "how long it has been in this stage"),
    field("age", LEAD, Fact::Age, Type::Length, "how long ago the lead came in"),
    field("source", LEAD, Fact::Source, Type::Text, "where the lead came from"),
    field("topic", LEAD, Fact::Topic, Type::Text, "what the lead is about"),
    field("country", EACH, Fact::Country, Type::Text, "the country, as NL, BE, DE ..."),
    field("region", ACCOUNT, Fact::Region, Type::Text, "the part of the country, as BY for Bavaria"),
    field("zone", EACH, Fact::Zone, Type::Text, "the time zone, as Europe/Amsterdam"),
    field("language", LEAD_PERSON, Fact::Language, Type::Text, "the language, as nl, en ..."),
    field("owner", LEAD, Fact::Owner, Type::Text, "the id of the rep who looks after the lead"),
    field("value", LEAD, Fact::Worth, Type::Number, "the expected yearly value"),
    field("churn", LEAD, Fact::Churn, Type::Number, "the expected share of such customers that leaves within a year"),
    total(field("open", LEAD, Fact::Open, Type::Truth, "true while it is neither customer nor lost")),
    field("title", PERSON, Fact::Title, Type::Text, "the job title"),
    field("role", PERSON, Fact::Role, Type::Text, "the first role this person plays"),
    total(field("roles", PERSON, Fact::Roles, Type::List, "every role this person plays")),
    total(method("is_a", PERSON, Fact::IsA, ONE_ROLE, Type::Truth, "true when this person plays that role")),
    field(
        "legal_form",
        EACH,
        Fact::LegalForm,
        Type::Text,
        "the legal form; a person's is the account's where not given",
    ),
    field("influence", PERSON, Fact::Influence, Type::Number, "weight in the decision, from 0 to 1"),
    field("stance", PERSON, Fact::Stance, Type::Text, "how this person stands towards us"),
    total(field("do_not_call", PERSON, Fact::DoNotCall, Type::Truth, "asked not to be called")),
    total(field("do_not_email", PERSON, Fact::DoNotEmail, Type::Truth, "asked not to be mailed, or unsubscribed")),
    total(field("objected", PERSON, Fact::Objected, Type::Truth, "objected to direct marketing")),
    total(method(
        "has",
        PERSON,
        Fact::Has,
        ONE_CHANNEL,
        Type::Truth,
        "true when this person can be reached on that channel",
    )),
    total(method(
        "consent",
        PERSON,
        Fact::Consent,
        ONE_CHANNEL,
        Type::Truth,
        "true when there is a ground for that channel, not taken back",
    )),
    method(
        "consent_basis",
        PERSON,
        Fact::ConsentBasis,
        ONE_CHANNEL,
        Type::Text,
        "the newest ground for that channel: opt_in, existing_customer ...",
    ),
    field("industry", ACCOUNT, Fact::Industry, Type::Text, "the line of business"),
    field("employees", ACCOUNT, Fact::Employees, Type::Whole, "the number of people it employs"),
    total(field("customer", ACCOUNT, Fact::Customer, Type::Truth, "true when the account already buys from us")),
    field("customer_for", ACCOUNT, Fact::CustomerFor, Type::Length, "how long the account has been buying from us"),
    total(field("leads", ACCOUNT, Fact::Leads, Type::Whole, "the number of leads of this account")),
    count("visits", SignalKind::PageVisit, "page visits of theirs: visits(\"pricing\", 7.days)"),
    count("searches", SignalKind::Search, "searches of theirs"),
    count("downloads", SignalKind::Download, "downloads of theirs"),
    count("forms", SignalKind::Form, "forms that they filled in"),
    count("opens", SignalKind::Open, "mails that they opened"),
    count("clicks", SignalKind::Click, "their clicks in mails and advertisements"),
    count("replies", SignalKind::Reply, "replies of theirs on any channel"),
    count_both("calls", SignalKind::Call, "calls, either way, or one way: calls(\"inbound\", 7.days)"),
    total(method(
        "missed_calls",
        EACH,
        Fact::MissedCalls,
        (&[], &[ParamKind::Topic, ParamKind::Window]),
        Type::Whole,
        "calls of theirs that nobody took",
    )),
    count_both("chats", SignalKind::Chat, "chat sessions, either way, or one way"),
    count_both("meetings", SignalKind::Meeting, "meetings, either way, or one way"),
    count("engagements", SignalKind::Engage, "their reactions to posts; ours to theirs are touches"),
    count("bounces", SignalKind::Bounce, "mails that came back"),
    count("orders", SignalKind::Order, "orders"),
    total(method(
        "signals",
        EACH,
        Fact::Signals,
        (&[ParamKind::Kind], &[ParamKind::Topic, ParamKind::Direction, ParamKind::Window]),
        Type::Whole,
        "signals of one kind, either way or one way: signals(\"note\", \"fair\", 30.days)",
    )),
    method(
        "since",
        EACH,
        Fact::Since,
        KIND_TOPIC,
        Type::Length,
        "how long ago the last signal of this kind was, either way or one way: since(\"call\", \"inbound\"); since(\"missed_call\"); since(\"conversation\")",
    ),
    method(
        "first",
        EACH,
        Fact::First,
        KIND_TOPIC,
        Type::Length,
        "how long ago the first signal of this kind was, either way or one way",
    ),
    total(method(
        "touches",
        EACH,
        Fact::Touches,
        CHANNEL_WINDOW,
        Type::Whole,
        "contact moments of ours, advised or made by hand: touches(\"phone\", 7.days)",
    )),
    total(method(
        "unanswered",
        EACH,
        Fact::Unanswered,
        CHANNEL,
        Type::Whole,
        "touches in a row without any reaction, up to now",
    )),
    method("last_touch", EACH, Fact::LastTouch, CHANNEL, Type::Length, "how long ago our last touch was"),
    method(
        "last_heard",
        PERSON,
        Fact::LastHeard,
        CHANNEL,
        Type::Length,
        "how long ago they last heard from us: our last touch that neither failed nor came back",
    ),
    method(
        "last_outcome",
        EACH,
        Fact::LastOutcome,
        CHANNEL_WINDOW,
        Type::Text,
        "how our last touch ended, while it matters: no_answer, booked ...: last_outcome(\"video\", 14.days)",
    ),
    total(method(
        "score",
        EACH,
        Fact::Score,
        (&[ParamKind::HalfLife], &[]),
        Type::Number,
        "inbound signals by weight, each halved every half-life: score(14.days)",
    )),
    total(method("replied", EACH, Fact::Replied, WINDOW, Type::Truth, "true when there was a reply")),
    total(field(
        "answered",
        LEAD_PERSON,
        Fact::Answered,
        Type::Truth,
        "false while a form, reply, chat or missed call of theirs waits for our answer",
    )),
    total(field(
        "waiting",
        LEAD_PERSON,
        Fact::Waiting,
        Type::Truth,
        "true while they wait for us: asked something in the last 30 days, and not reached since",
    )),
    total(field(
        "waiting_elsewhere",
        LEAD,
        Fact::WaitingElsewhere,
        Type::Truth,
        "true while somebody who asked in another lead of the account waits for us",
    )),
    total(method(
        "bought",
        PERSON,
        Fact::Bought,
        WINDOW,
        Type::Truth,
        "true when they ordered what this lead is about, in any lead of theirs: bought(90.days)",
    )),
    field("waiting_for", LEAD_PERSON, Fact::WaitingFor, Type::Length, "how long they have waited for our answer"),
    field(
        "question",
        PERSON,
        Fact::Question,
        Type::Text,
        "what waits for our answer: form, reply, chat, message, email, or a call that they made in vain",
    ),
    total(field(
        "tried",
        PERSON,
        Fact::Tried,
        Type::Whole,
        "how often we tried in vain to reach them since they asked",
    )),
    method(
        "inbound_share",
        EACH,
        Fact::InboundShare,
        WINDOW,
        Type::Number,
        "share of contact moments that the customer started, 0 to 1",
    ),
    total(method(
        "people",
        LEAD,
        Fact::People,
        (&[], &[ParamKind::Role]),
        Type::Whole,
        "people known, or known in that role",
    )),
    total(method("knows", LEAD, Fact::Knows, ONE_ROLE, Type::Truth, "true when somebody is known in that role")),
    total(field("roles_missing", LEAD, Fact::RolesMissing, Type::List, "roles for which nobody is known")),
    total(method("left", LEAD, Fact::Left, ONE_ROLE, Type::Truth, "true when somebody in that role has left")),
    method(
        "last_touch_to",
        LEAD,
        Fact::LastTouchTo,
        ONE_ROLE,
        Type::Length,
        "how long ago our last touch to that role was",
    ),
    total(field("quotes_open", LEAD, Fact::QuotesOpen, Type::Whole, "quotes sent and not decided")),
    field("quote_open_for", LEAD, Fact::QuoteOpenFor, Type::Length, "how long the oldest open quote has been out"),
    field("quote_amount", LEAD, Fact::QuoteAmount, Type::Number, "worth of the open quotes together"),
    field(
        "last_quote",
        LEAD,
        Fact::LastQuote,
        Type::Text,
        "open while a quote is, else how the last one ended: accepted, declined, expired",
    ),
    field(
        "quote_closed_for",
        LEAD,
        Fact::QuoteClosedFor,
        Type::Length,
        "how long ago the last quote ended; unknown while one is open",
    ),
    method(
        "days_to",
        LEAD,
        Fact::DaysTo,
        (&[ParamKind::OwnTime], &[]),
        Type::Whole,
        "days until the day of a moment of your own (`fact renewal as time`), 0 on that day: days_to(renewal)",
    ),
    field(
        "quote_valid_for",
        LEAD,
        Fact::QuoteValidFor,
        Type::Length,
        "how long the open quote that runs out first is still valid",
    ),
    total(method("planned", LEAD_PERSON, Fact::Planned, CHANNEL, Type::Whole, "touches agreed on but not yet made")),
];

/// What signals may have in common besides their kind. Its word stands where a fact takes a kind of signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignalMeaning {
    /// A call of theirs that nobody took.
    MissedCall,
    /// A real conversation: both spoke, or what they wrote was answered ([`crate::book::questions::conversations`]).
    Conversation,
    /// Something of theirs, or a note, with one of the topics [`COMPLAINT_TOPICS`].
    Complaint,
}

/// The topics that make a signal a complaint.
pub const COMPLAINT_TOPICS: [&str; 2] = ["complaint", "klacht"];

impl SignalMeaning {
    const ALL: [Self; 3] = [Self::MissedCall, Self::Conversation, Self::Complaint];

    /// The word that stands for it in a rule.
    pub const fn word(self) -> &'static str {
        match self {
            Self::MissedCall => "missed_call",
            Self::Conversation => "conversation",
            Self::Complaint => "complaint",
        }
    }

    /// The meaning with this word; `None` for any other word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|meaning| meaning.word() == word)
    }
}

/// The words for kinds of signal where a fact takes one.
pub fn kind_words() -> impl Iterator<Item = &'static str> {
    SignalKind::words().chain(SignalMeaning::ALL.map(SignalMeaning::word))
}

/// The row of the fact with this name for this subject; `None` when the subject has no such fact.
pub fn find(subject: Subject, name: &str) -> Option<&'static FactEntry> {
    FACTS.iter().find(|entry| entry.name == name && entry.subjects.contains(&subject))
}

/// The names of all facts of a subject, in catalogue order: for completion and suggestions.
pub fn names(subject: Subject) -> impl Iterator<Item = &'static str> {
    FACTS.iter().filter(move |entry| entry.subjects.contains(&subject)).map(|entry| entry.name)
}
