//! The facts that policies read, as far as a [policy cache](crate::decide::batch::policy_cache) can tell leads apart by them.
//!
//! In: the packs. Out: the facts, and the policies that read no others. A comparison of a fact that moves with time, such as "our last touch was
//! after the quote ended", is an input as a whole: leads are told apart by whether it holds.
//!
//! Left out: policies that read any other fact, and clauses that run interpreted.

use crate::book::catalogue::{Fact, Subject};
use crate::book::signal_view::is_interest;
use crate::book::value::Value;
use crate::book::vocabulary::{Channel, SignalKind};
use crate::calendar::Duration;
use crate::columnar::ConditionKind;
use crate::decide::context::statement_set::StatementSet;
use crate::pack::Pack;
use crate::pack::expression::{Body, Clause, Comparison, Node, NodeKind};
use crate::pack::fact_arguments::FactArguments;

/// The facts that the policies of a rulebook read.
#[derive(Debug, Default)]
pub(crate) struct PolicyInputs {
    /// Those of the lead.
    pub(super) of_lead: Vec<LeadInput>,
    /// Those of each person.
    pub(super) of_person: Vec<PersonInput>,
    /// The policies that read no other facts.
    covered: StatementSet,
}

/// A fact of a person that policies read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PersonInput {
    Country,
    LegalForm,
    DoNotCall,
    DoNotEmail,
    Objected,
    Roles,
    FirstRole,
    Channels,
    Stance,
    Answered,
    Waiting,
    ConsentBasis(Channel),
    /// How the last touch on a channel ended, where it lies in the window.
    LastOutcome(Option<Channel>, Option<Duration>),
}

/// A fact of the lead that policies read.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum LeadInput {
    Answered,
    Waiting,
    Stage,
    Country,
    Region,
    LegalForm,
    Source,
    Owner,
    LastQuote,
    QuotesOpen,
    /// How the last touch on a channel ended, where it lies in the window.
    LastOutcome(Option<Channel>, Option<Duration>),
    /// Whether a comparison holds.
    Compares(Comparison, Measure, Measure),
}

/// What is compared: a length of time, or a number of signals.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Measure {
    Constant(Value),
    /// How long ago our last touch on a channel was.
    LastTouch(Option<Channel>),
    /// A fact about quotes that is a length of time.
    OfQuotes(Fact),
    /// How many signals of a kind, all theirs, there are about a topic and in a window.
    Count(SignalKind, Box<FactArguments>),
    /// The first that is known.
    FirstKnown(Vec<Self>),
}

impl PolicyInputs {
    /// The facts that the policies of these packs read.
    pub(crate) fn new(packs: &[Pack]) -> Self {
        let mut inputs = Self::default();
        for pack in packs {
            for never in &pack.nevers {
                inputs.add(ConditionKind::Never, [never.when.as_ref(), never.unless.as_ref()]);
            }
            for limit in &pack.limits {
                inputs.add(ConditionKind::Limit, [limit.when.as_ref(), None]);
            }
            for hours in &pack.hours {
                inputs.add(ConditionKind::Hours, [hours.when.as_ref(), None]);
            }
            for pause in &pack.pauses {
                inputs.add(ConditionKind::Pause, [Some(&pause.when), None]);
            }
        }
        inputs
    }

    /// The policies that read no facts but these.
    pub(crate) const fn covered(&self) -> &StatementSet {
        &self.covered
    }

    /// Adds the next policy of its kind.
    fn add(&mut self, kind: ConditionKind, clauses: [Option<&Clause>; 2]) {
        let before = (self.of_lead.len(), self.of_person.len());
        let covered = clauses.into_iter().flatten().try_for_each(|clause| self.add_clause(clause)).is_some();
        if !covered {
            self.of_lead.truncate(before.0);
            self.of_person.truncate(before.1);
        }
        self.covered.push(kind, covered);
    }

    /// Adds the facts that a condition reads; `None` when one of them is no input.
    fn add_clause(&mut self, clause: &Clause) -> Option<()> {
        if clause.owners.is_some() {
            self.add_of_lead(LeadInput::Owner);
        }
        match &clause.body {
            Body::Compiled(node) => self.add_node(node),
            Body::Interpreted { .. } => None,
        }
    }

    fn add_node(&mut self, node: &Node) -> Option<()> {
        match &node.kind {
            NodeKind::Literal(_) | NodeKind::Setting { .. } => Some(()),
            NodeKind::And(nodes) | NodeKind::Or(nodes) | NodeKind::Coalesce(nodes) | NodeKind::List(nodes) => {
                nodes.iter().try_for_each(|node| self.add_node(node))
            }
            NodeKind::Not(inner) => self.add_node(inner),
            NodeKind::Compare(comparison, left, right) => {
                if let (Some(left), Some(right)) = (Measure::of(left), Measure::of(right)) {
                    self.add_of_lead(LeadInput::Compares(*comparison, left, right));
                    return Some(());
                }
                self.add_node(left)?;
                self.add_node(right)
            }
            NodeKind::Contains(left, right) => {
                self.add_node(left)?;
                self.add_node(right)
            }
            NodeKind::In(needle, items) => {
                self.add_node(needle)?;
                items.iter().try_for_each(|item| self.add_node(item))
            }
            NodeKind::Fact { subject, fact, args, .. } => self.add_fact(*subject, *fact, args),
            _ => None,
        }
    }

    fn add_fact(&mut self, subject: Subject, fact: Fact, args: &[Node]) -> Option<()> {
        let FactArguments { channel, window, .. } = arguments(subject, fact, args)?;
        match (subject, fact) {
            (Subject::Person, _) => self.add_of_person(match fact {
                Fact::Country => PersonInput::Country,
                Fact::LegalForm => PersonInput::LegalForm,
                Fact::DoNotCall => PersonInput::DoNotCall,
                Fact::DoNotEmail => PersonInput::DoNotEmail,
                Fact::Objected => PersonInput::Objected,
                Fact::Roles | Fact::IsA => PersonInput::Roles,
                Fact::Role => PersonInput::FirstRole,
                Fact::Has => PersonInput::Channels,
                Fact::Stance => PersonInput::Stance,
                Fact::Answered => PersonInput::Answered,
                Fact::Waiting => PersonInput::Waiting,
                Fact::Consent | Fact::ConsentBasis => PersonInput::ConsentBasis(channel?),
                Fact::LastOutcome => PersonInput::LastOutcome(channel, window),
                _ => return None,
            }),
            (Subject::Lead, _) => self.add_of_lead(match fact {
                Fact::Source => LeadInput::Source,
                Fact::Waiting => LeadInput::Waiting,
                Fact::Answered => LeadInput::Answered,
                Fact::Stage | Fact::Open => LeadInput::Stage,
                Fact::Country => LeadInput::Country,
                Fact::LegalForm => LeadInput::LegalForm,
                Fact::LastQuote => LeadInput::LastQuote,
                Fact::QuotesOpen => LeadInput::QuotesOpen,
                Fact::LastOutcome => LeadInput::LastOutcome(channel, window),
                _ => return None,
            }),
            (Subject::Account, Fact::Region) => self.add_of_lead(LeadInput::Region),
            (Subject::Account, Fact::LegalForm) => self.add_of_lead(LeadInput::LegalForm),
            (Subject::Account, _) => return None,
        }
        Some(())
    }

    fn add_of_lead(&mut self, input: LeadInput) {
        if !self.of_lead.contains(&input) {
            self.of_lead.push(input);
        }
    }

    fn add_of_person(&mut self, input: PersonInput) {
        if !self.of_person.contains(&input) {
            self.of_person.push(input);
        }
    }
}

impl Measure {
    /// What an expression measures; `None` when it is none of these, or a length of working time, which counts from a moment of the lead. Whole numbers
    /// are measured for what is compared with a number of signals.
    fn of(node: &Node) -> Option<Self> {
        match &node.kind {
            NodeKind::Literal(_) | NodeKind::Setting { .. } => {
                let value = node.constant().filter(|value| matches!(value, Value::Length(_) | Value::Whole(_)))?;
                Some(Self::Constant(value.clone()))
            }
            NodeKind::Coalesce(nodes) => nodes.iter().map(Self::of).collect::<Option<_>>().map(Self::FirstKnown),
            NodeKind::Fact { subject: Subject::Lead, fact, args, .. } => {
                let args = arguments(Subject::Lead, *fact, args)?;
                match fact {
                    Fact::LastTouch => Some(Self::LastTouch(args.channel)),
                    Fact::Count(kind) if is_interest(*kind) => Some(Self::Count(*kind, Box::new(args))),
                    Fact::QuoteOpenFor | Fact::QuoteClosedFor | Fact::QuoteValidFor => Some(Self::OfQuotes(*fact)),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

/// The arguments of a fact, where they are constants that it takes.
fn arguments(subject: Subject, fact: Fact, args: &[Node]) -> Option<FactArguments> {
    let args: Vec<Value> = args.iter().map(|arg| arg.constant().cloned()).collect::<Option<_>>()?;
    FactArguments::read(subject, fact, &args).ok()?
}
