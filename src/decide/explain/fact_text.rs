//! What facts are called in the sentences of conditions: the noun of a value, what is counted, and what holds or does not.

use crate::book::catalogue::{Fact, SignalMeaning, Subject};
use crate::book::value::Value;
use crate::book::vocabulary::{Channel, Direction, Role, SignalKind};
use crate::decide::explain::condition_text::{ConditionText, shown};
use crate::decide::explain::vocabulary;
use crate::evaluate::clause::value_of;
use crate::evaluate::facts::FactContext;
use crate::pack::expression::{Arithmetic, Node, NodeKind};
use crate::pack::fact_arguments::direction;
use crate::wording::{Arg, Sentence};

/// A fact of the team's own, by the name that it has in the pack: `net_budget` is "net budget".
pub(super) fn own_name(name: &str) -> Sentence {
    Sentence::as_is(name.replace('_', " "))
}

/// What a node's value is of: "stage", "time since the last form"; `None` for what has no name.
pub(super) fn noun_of(node: &Node, cx: &FactContext) -> Option<Sentence> {
    match &node.kind {
        NodeKind::Own { name, .. } => Some(own_name(name)),
        NodeKind::Now => Some(Sentence::new("fact-now")),
        NodeKind::Arith(..) => between_moments(node),
        // `lead.value ?? 0` is about the value.
        NodeKind::Coalesce(nodes) => noun_of(nodes.first()?, cx),
        NodeKind::Fact { subject, fact, args, .. } => {
            let args: Option<Vec<Value>> = args.iter().map(|arg| value_of(arg, cx).ok()).collect();
            let args = args?;
            if let Some(counted) = counted(*subject, *fact, &args, 2) {
                return Some(Sentence::new("fact-number-of").with("counted", counted));
            }
            let noun = noun(*fact, &args);
            Some(match subject {
                Subject::Lead => noun,
                Subject::Person => Sentence::new("fact-of-person").with("noun", noun),
                Subject::Account => Sentence::new("fact-of-account").with("noun", noun),
            })
        }
        _ => None,
    }
}

/// The time until or since a moment of the team's own: `lead.renewal - now`. `None` for any other sum.
pub(super) fn between_moments(node: &Node) -> Option<Sentence> {
    let NodeKind::Arith(Arithmetic::Subtract, left, right) = &node.kind else { return None };
    let (key, name) = match (&left.kind, &right.kind) {
        (NodeKind::Own { name, is_time: true }, NodeKind::Now) => ("fact-time-to", name),
        (NodeKind::Now, NodeKind::Own { name, is_time: true }) => ("fact-time-since", name),
        _ => return None,
    };
    Some(Sentence::new(key).with("name", own_name(name)))
}

fn noun(fact: Fact, args: &[Value]) -> Sentence {
    let first = args.first();
    match fact {
        Fact::Since | Fact::First => {
            let key = if fact == Fact::Since { "fact-since" } else { "fact-first" };
            let signal = signal(first, topic_after_kind(args), 1);
            let way = args.iter().find_map(direction);
            Sentence::new(key).with("signal", way.map_or(signal.clone(), |way| one_way(signal, way)))
        }
        Fact::LastTouch | Fact::LastHeard | Fact::ConsentBasis => by_channel(Sentence::new(noun_key(fact)), first),
        Fact::LastOutcome => {
            let window = args.iter().find(|arg| matches!(arg, Value::Length(_)));
            in_window(by_channel(Sentence::new(noun_key(fact)), first), window)
        }
        Fact::LastTouchTo => Sentence::new("fact-last-touch-to").with("role", role(first, vocabulary::a_role)),
        Fact::DaysTo => {
            let name = first.map_or_else(|| Sentence::as_is(""), |name| own_name(&name.to_string()));
            Sentence::new("fact-days-to").with("name", name)
        }
        Fact::InboundShare => in_window(Sentence::new("fact-inbound-share"), first),
        _ => Sentence::new(noun_key(fact)),
    }
}

/// What is counted: `visits of "pricing" in 7 days`; singular for exactly one. `None` when the fact is no count.
pub(super) fn counted(subject: Subject, fact: Fact, args: &[Value], number: i64) -> Option<Sentence> {
    // A direction is no topic.
    let text = args.iter().find(|arg| matches!(arg, Value::Text(_)) && direction(arg).is_none());
    let way = args.iter().find_map(direction);
    let of_number = |key| Sentence::new(key).with("number", number);
    let what = match fact {
        Fact::Count(kind) => of_kind(kind, text, number),
        Fact::Signals => signal(args.first(), topic_after_kind(args), number),
        Fact::MissedCalls => match text {
            Some(topic) => Sentence::new("signal-about")
                .with("signal", of_number("signal-missed-call"))
                .with("topic", shown(topic)),
            None => of_number("signal-missed-call"),
        },
        Fact::Touches => by_channel(of_number("count-touches"), text),
        Fact::Unanswered => match channel(text) {
            Some(channel) => of_number("count-unanswered-by").with("by", vocabulary::by(channel)),
            None => of_number("count-unanswered"),
        },
        Fact::Planned => by_channel(of_number("count-planned"), text),
        Fact::People => match text {
            Some(_) => of_number("count-people-in-role").with("roles", role(text, vocabulary::roles)),
            None => of_number("count-people"),
        },
        Fact::Leads => of_number("count-leads"),
        Fact::QuotesOpen => of_number("count-quotes-open"),
        Fact::Tried => of_number("count-tried"),
        _ => return None,
    };
    let what = way.map_or(what.clone(), |way| one_way(what, way));
    let whose = match (subject, fact) {
        (Subject::Lead, _) => None,
        (Subject::Person, Fact::Count(_) | Fact::MissedCalls | Fact::Signals) => Some("counted-from-person"),
        (Subject::Person, _) => Some("counted-with-person"),
        (Subject::Account, _) => Some("counted-at-account"),
    };
    let what = whose.map_or(what.clone(), |key| Sentence::new(key).with("counted", what));
    Some(in_window(what, args.iter().find(|arg| matches!(arg, Value::Length(_)))))
}

/// A fact that holds or does not; `None` for a fact with another value.
pub(super) fn truth_text(
    subject: Subject,
    fact: Fact,
    args: &[Value],
    wanted: bool,
    saw: &Value,
) -> Option<ConditionText> {
    let first = args.first();
    let (yes, no) = match fact {
        Fact::Replied => ("needs-reply", "needs-no-reply"),
        Fact::Answered => ("needs-answered", "needs-not-answered"),
        Fact::Waiting => ("needs-waiting", "needs-not-waiting"),
        Fact::WaitingElsewhere => ("needs-waiting-elsewhere", "needs-not-waiting-elsewhere"),
        Fact::Bought => ("needs-bought", "needs-not-bought"),
        Fact::Open => ("needs-open", "needs-closed"),
        Fact::IsA => ("needs-is-a", "needs-is-no"),
        Fact::Knows => ("needs-knows", "needs-knows-no"),
        Fact::Left => ("needs-left", "needs-left-none"),
        Fact::DoNotCall => ("needs-do-not-call", "needs-may-call"),
        Fact::DoNotEmail => ("needs-do-not-email", "needs-may-email"),
        Fact::Objected => ("needs-objected", "needs-not-objected"),
        Fact::Has => ("needs-way", "needs-no-way"),
        Fact::Consent => ("needs-ground", "needs-no-ground"),
        Fact::Customer => ("needs-customer", "needs-no-customer"),
        _ => return None,
    };
    let needs = Sentence::new(if wanted { yes } else { no });
    let needs = match fact {
        Fact::Replied | Fact::Bought => in_window(needs, first),
        Fact::Has | Fact::Consent => by_channel(needs, first),
        Fact::IsA if wanted => needs.with("role", role(first, vocabulary::a_role)),
        Fact::IsA | Fact::Knows | Fact::Left => needs.with("role", role(first, vocabulary::role)),
        _ => needs,
    };
    let truth = match saw {
        Value::Unknown => return Some(ConditionText::counted(needs, Sentence::new("saw-not-known"))),
        saw => *saw == Value::Truth(true),
    };
    let (yes, no) = match fact {
        Fact::Replied => ("saw-one", "saw-none"),
        Fact::Answered => ("saw-nothing-waits", "saw-something-waits"),
        Fact::Waiting | Fact::WaitingElsewhere => ("saw-something-waits", "saw-nothing-waits"),
        Fact::Open => ("saw-open", "saw-closed"),
        Fact::Knows | Fact::Left | Fact::Has | Fact::Consent => ("saw-there-is", "saw-there-is-none"),
        Fact::DoNotCall | Fact::DoNotEmail if !wanted => ("saw-person-may-not", "saw-person-may"),
        Fact::DoNotCall | Fact::DoNotEmail | Fact::Objected | Fact::Bought => ("saw-person-did", "saw-person-did-not"),
        _ if subject == Subject::Person => ("saw-person-is", "saw-person-is-not"),
        _ => ("saw-account-is", "saw-account-is-not"),
    };
    Some(ConditionText::counted(needs, Sentence::new(if truth { yes } else { no })))
}

/// What is counted, of one direction only.
fn one_way(what: Sentence, way: Direction) -> Sentence {
    let key = if way == Direction::Inbound { "counted-inbound" } else { "counted-outbound" };
    Sentence::new(key).with("counted", what)
}

/// The topic of a fact whose first argument is a kind of signal.
fn topic_after_kind(args: &[Value]) -> Option<&Value> {
    args.get(1).filter(|arg| matches!(arg, Value::Text(_)) && direction(arg).is_none())
}

/// Signals of a kind given by its word.
fn signal(kind: Option<&Value>, topic: Option<&Value>, number: i64) -> Sentence {
    let meaning =
        kind.and_then(|kind| if let Value::Text(kind) = kind { SignalMeaning::from_word(kind) } else { None });
    if let Some(meaning) = meaning {
        let key = match meaning {
            SignalMeaning::MissedCall => "signal-missed-call",
            SignalMeaning::Conversation => "signal-conversation",
            SignalMeaning::Complaint => "signal-complaint",
        };
        return Sentence::new(key).with("number", number);
    }
    match kind.and_then(|kind| if let Value::Text(kind) = kind { SignalKind::from_word(kind) } else { None }) {
        Some(kind) => of_kind(kind, topic, number),
        None => Sentence::new("signal-any").with("number", number),
    }
}

fn of_kind(kind: SignalKind, topic: Option<&Value>, number: i64) -> Sentence {
    let (kind, about) = match kind {
        SignalKind::PageVisit => ("signal-visit", "signal-of"),
        SignalKind::Search => ("signal-search", "signal-for"),
        SignalKind::Download => ("signal-download", "signal-download-of"),
        SignalKind::Form => ("signal-form", "signal-about"),
        SignalKind::Open => ("signal-open", "signal-about"),
        SignalKind::Click => ("signal-click", "signal-on"),
        SignalKind::Reply => ("signal-reply", "signal-about"),
        SignalKind::AutoReply => ("signal-auto-reply", "signal-about"),
        SignalKind::Call => ("signal-call", "signal-about"),
        SignalKind::Email => ("signal-email", "signal-about"),
        SignalKind::Message => ("signal-message", "signal-about"),
        SignalKind::Chat => ("signal-chat", "signal-about"),
        SignalKind::Meeting => ("signal-meeting", "signal-about"),
        SignalKind::Quote => ("signal-quote", "signal-quote-for"),
        SignalKind::Engage => ("signal-engage", "signal-about"),
        SignalKind::Unsubscribe => ("signal-unsubscribe", "signal-from"),
        SignalKind::Bounce => ("signal-bounce", "signal-about"),
        SignalKind::Order => ("signal-order", "signal-order-for"),
        SignalKind::ContactChanged => ("signal-contact-changed", "signal-about"),
        SignalKind::Note => ("signal-note", "signal-about"),
    };
    let signal = Sentence::new(kind).with("number", number);
    match topic {
        Some(topic) => Sentence::new(about).with("signal", signal).with("topic", shown(topic)),
        None => signal,
    }
}

/// `... in 7 days`
fn in_window(what: Sentence, window: Option<&Value>) -> Sentence {
    match window {
        Some(window) => Sentence::new("in-window").with("what", what).with("window", shown(window)),
        None => what,
    }
}

/// `... by phone`
fn by_channel(what: Sentence, word: Option<&Value>) -> Sentence {
    match channel(word) {
        Some(channel) => Sentence::new("by-channel").with("what", what).with("by", vocabulary::by(channel)),
        None => what,
    }
}

fn channel(word: Option<&Value>) -> Option<Channel> {
    match word {
        Some(Value::Text(word)) => Channel::from_word(word),
        _ => None,
    }
}

/// A role given by its word, as one of the vocabulary's names for it.
fn role(word: Option<&Value>, name: impl Fn(Role) -> Arg) -> Arg {
    match word {
        Some(Value::Text(word)) => Role::from_word(word).map_or_else(|| Arg::from(&**word), name),
        Some(other) => other.to_string().into(),
        None => Arg::from(""),
    }
}

const fn noun_key(fact: Fact) -> &'static str {
    match fact {
        Fact::Id => "fact-id",
        Fact::Name => "fact-name",
        Fact::Stage => "fact-stage",
        Fact::StageFor => "fact-stage-for",
        Fact::Age => "fact-age",
        Fact::Source => "fact-source",
        Fact::Topic => "fact-topic",
        Fact::Country => "fact-country",
        Fact::Region => "fact-region",
        Fact::Zone => "fact-zone",
        Fact::Language => "fact-language",
        Fact::Owner => "fact-owner",
        Fact::Worth => "fact-value",
        Fact::Churn => "fact-churn",
        Fact::Open => "fact-open",
        Fact::Title => "fact-title",
        Fact::Role => "fact-role",
        Fact::Roles => "fact-roles",
        Fact::IsA => "fact-is-a",
        Fact::LegalForm => "fact-legal-form",
        Fact::Influence => "fact-influence",
        Fact::Stance => "fact-stance",
        Fact::DoNotCall => "fact-do-not-call",
        Fact::DoNotEmail => "fact-do-not-email",
        Fact::Objected => "fact-objected",
        Fact::Has => "fact-has",
        Fact::Consent => "fact-consent",
        Fact::ConsentBasis => "fact-consent-basis",
        Fact::Industry => "fact-industry",
        Fact::Employees => "fact-employees",
        Fact::Customer => "fact-customer",
        Fact::CustomerFor => "fact-customer-for",
        Fact::Score => "fact-score",
        Fact::Replied => "fact-replied",
        Fact::Answered => "fact-answered",
        Fact::Waiting => "fact-waiting",
        Fact::WaitingFor => "fact-waiting-for",
        Fact::WaitingElsewhere => "fact-waiting-elsewhere",
        Fact::Bought => "fact-bought",
        Fact::Question => "fact-question",
        Fact::Tried => "count-tried",
        Fact::InboundShare => "fact-inbound-share",
        Fact::Knows => "fact-knows",
        Fact::Left => "fact-left",
        Fact::RolesMissing => "fact-roles-missing",
        Fact::LastTouch => "fact-last-touch",
        Fact::LastHeard => "fact-last-heard",
        Fact::LastTouchTo => "fact-last-touch-to",
        Fact::LastOutcome => "fact-last-outcome",
        Fact::Since => "fact-since",
        Fact::First => "fact-first",
        Fact::QuoteOpenFor => "fact-quote-open-for",
        Fact::QuoteAmount => "fact-quote-amount",
        Fact::LastQuote => "fact-last-quote",
        Fact::QuoteClosedFor => "fact-quote-closed-for",
        Fact::QuoteValidFor => "fact-quote-valid-for",
        Fact::Leads => "count-leads",
        Fact::Count(_) | Fact::Signals => "signal-any",
        Fact::MissedCalls => "signal-missed-call",
        Fact::Touches => "count-touches",
        Fact::Unanswered => "count-unanswered",
        Fact::People => "count-people",
        Fact::QuotesOpen => "count-quotes-open",
        Fact::Planned => "count-planned",
        Fact::DaysTo => "fact-days-to",
    }
}
