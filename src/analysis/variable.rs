//! What conditions test: a fact with its arguments, a fact of the team's own, how two facts compare, or a part of a condition that is not
//! taken apart.
//!
//! Two variables are the same when their notation is: `lead.visits(7.days)` and `lead.visits(168.hours)` are.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::analysis::value_set::{KnownValues, Span, ValueSet};
use crate::book::catalogue::{Fact, Subject};
use crate::book::value::{Type, Value};
use crate::book::vocabulary::{Basis, LegalForm, Outcome, QuoteStatus, Role, Stage, Stance};
use crate::check::types::entry;
use crate::limits;
use crate::pack::fact_arguments::FactArguments;

/// What a condition tests.
#[derive(Clone, Debug)]
pub struct Variable {
    /// In the notation of a rule.
    notation: Arc<str>,
    reads: Arc<Reads>,
}

/// What a variable reads.
#[derive(Debug)]
pub(crate) enum Reads {
    /// A fact of the catalogue.
    Fact {
        /// About whom.
        subject: Subject,
        /// Which.
        fact: Fact,
        /// With what.
        arguments: FactArguments,
    },
    /// A fact that a pack declares.
    Own {
        /// Its type.
        kind: Type,
    },
    /// How two facts compare: one of the words of [`ORDERS`].
    Order,
    /// A part of a condition that is not taken apart: true, false, or the word [`FAULT`] where it cannot be evaluated.
    Part,
}

/// How two values compare: the one is less, equal or greater, both are unknown, or they cannot be compared.
pub(crate) const ORDERS: [&str; 5] = ["less", "equal", "greater", "unknown", "other"];

/// What stands for a part of a condition that cannot be evaluated.
pub(crate) const FAULT: &str = "fault";

impl PartialEq for Variable {
    fn eq(&self, other: &Self) -> bool {
        self.notation == other.notation
    }
}

impl Eq for Variable {}

impl PartialOrd for Variable {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Variable {
    fn cmp(&self, other: &Self) -> Ordering {
        self.notation.cmp(&other.notation)
    }
}

impl Variable {
    /// A fact asked with these arguments; `None` when one of them is unknown or it does not take them.
    pub(crate) fn fact(subject: Subject, fact: Fact, args: &[Value]) -> Option<Self> {
        let arguments = FactArguments::read(subject, fact, args).ok()??;
        let name = entry(subject, fact)?.name;
        let written: Vec<String> = args.iter().map(Value::in_rule).collect();
        let notation = match written.as_slice() {
            [] => format!("{}.{name}", subject.word()),
            written => format!("{}.{name}({})", subject.word(), written.join(", ")),
        };
        Some(Self { notation: notation.into(), reads: Arc::new(Reads::Fact { subject, fact, arguments }) })
    }

    /// A fact that a pack declares.
    pub(crate) fn own(name: &Arc<str>, kind: Type) -> Self {
        Self { notation: format!("lead.{name}").into(), reads: Arc::new(Reads::Own { kind }) }
    }

    /// How the first compares with the second.
    pub(crate) fn order(first: &Self, second: &Self) -> Self {
        Self { notation: format!("{} to {}", first.notation, second.notation).into(), reads: Arc::new(Reads::Order) }
    }

    /// A part of a condition that is not taken apart, by its notation.
    pub(crate) fn part(notation: String) -> Self {
        Self { notation: notation.into(), reads: Arc::new(Reads::Part) }
    }

    /// In the notation of a rule.
    pub fn notation(&self) -> &str {
        &self.notation
    }

    pub(crate) fn reads(&self) -> &Reads {
        &self.reads
    }

    /// The fact, with whose it is.
    pub(crate) fn as_fact(&self) -> Option<(Subject, Fact, &FactArguments)> {
        match &*self.reads {
            Reads::Fact { subject, fact, arguments } => Some((*subject, *fact, arguments)),
            _ => None,
        }
    }

    /// Whether it is about the person for whom a statement is evaluated.
    pub(crate) fn is_about_person(&self) -> bool {
        match &*self.reads {
            Reads::Fact { subject, .. } => *subject == Subject::Person,
            Reads::Own { .. } => false,
            Reads::Order | Reads::Part => self.notation.contains("person."),
        }
    }

    /// Whether its values and what they have to do with those of others are known here; not so for what is not taken apart.
    pub(crate) fn is_understood(&self) -> bool {
        matches!(*self.reads, Reads::Fact { .. } | Reads::Own { .. })
    }

    /// Its family, as a bit: laws are known only between facts of one family, and about how two facts compare. 0 for a fact without any.
    pub(crate) fn family(&self) -> u32 {
        let Some((_, fact, _)) = self.as_fact() else {
            return match *self.reads {
                // It may be about facts of every family.
                Reads::Order => u32::MAX,
                _ => 0,
            };
        };
        match fact {
            Fact::Stage | Fact::Open => 1,
            Fact::Waiting | Fact::WaitingFor | Fact::Question | Fact::Tried => 1 << 1,
            Fact::QuotesOpen
            | Fact::QuoteOpenFor
            | Fact::QuoteAmount
            | Fact::LastQuote
            | Fact::QuoteClosedFor
            | Fact::QuoteValidFor => 1 << 2,
            Fact::Customer | Fact::CustomerFor => 1 << 3,
            Fact::Consent | Fact::ConsentBasis => 1 << 4,
            Fact::Knows | Fact::People => 1 << 5,
            Fact::IsA | Fact::Role => 1 << 6,
            Fact::Planned => 1 << 7,
            Fact::Touches
            | Fact::LastTouch
            | Fact::LastHeard
            | Fact::LastTouchTo
            | Fact::LastOutcome
            | Fact::Unanswered => 1 << 8,
            Fact::Count(_) | Fact::MissedCalls | Fact::Signals | Fact::Since | Fact::First | Fact::Replied => 1 << 9,
            Fact::Score => 1 << 10,
            _ => 0,
        }
    }

    /// The type of its known values.
    pub(crate) fn kind(&self) -> Type {
        match &*self.reads {
            Reads::Fact { subject, fact, .. } => entry(*subject, *fact).map_or(Type::Any, |entry| entry.returns),
            Reads::Own { kind } => *kind,
            Reads::Order | Reads::Part => Type::Text,
        }
    }

    /// Every value that it can have.
    pub(crate) fn domain(&self) -> ValueSet {
        let unknown = match &*self.reads {
            Reads::Fact { subject, fact, .. } => !entry(*subject, *fact).is_some_and(|entry| entry.total),
            Reads::Own { .. } => true,
            Reads::Order | Reads::Part => false,
        };
        let known = match self.kind() {
            Type::Whole | Type::Number | Type::Length => KnownValues::Spans(vec![self.span()]),
            _ => match self.words() {
                Some(words) => KnownValues::listed(words),
                None => KnownValues::Listed { values: Vec::new(), all_but: true },
            },
        };
        ValueSet { unknown, known }
    }

    /// The numbers that it can have.
    fn span(&self) -> Span {
        let Some((_, fact, _)) = self.as_fact() else { return Span::between(-limits::NUMBER, limits::NUMBER) };
        match fact {
            Fact::Churn | Fact::Influence | Fact::InboundShare => Span::between(0.0, 1.0),
            Fact::DaysTo => Span::ALL,
            Fact::Leads => Span::from(1.0),
            _ => Span::from(0.0),
        }
    }

    /// Its known values where there are few; `None` where it may have any text.
    pub(crate) fn words(&self) -> Option<Vec<Value>> {
        fn all(words: impl Iterator<Item = &'static str>) -> Option<Vec<Value>> {
            Some(words.map(Value::text).collect())
        }
        match &*self.reads {
            Reads::Order => return all(ORDERS.into_iter()),
            Reads::Part => return Some(vec![true.into(), false.into(), FAULT.into()]),
            _ if self.kind() == Type::Truth => return Some(vec![true.into(), false.into()]),
            _ => {}
        }
        match self.as_fact()?.1 {
            Fact::Stage => all(Stage::words()),
            Fact::Stance => all(Stance::words()),
            Fact::Role => all(Role::words()),
            Fact::LegalForm => all(LegalForm::words()),
            Fact::ConsentBasis => all(Basis::words()),
            Fact::LastOutcome => all(Outcome::words()),
            Fact::LastQuote => all(QuoteStatus::words()),
            _ => None,
        }
    }
}
