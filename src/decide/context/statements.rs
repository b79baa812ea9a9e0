//! The rulebook as deciding needs it: every statement numbered, with what is the same for every lead worked out once.
//!
//! From here on a statement is a number; its name and place ([`RuleRef`]) and its sentence are looked up when an advice is put into
//! words. The touches of a `then` that reads nothing are made once and shared by all leads.
//!
//! Left out: whether a statement holds for a lead, which is asked in [`crate::decide::context::ask_rules`].

use std::sync::{Arc, Mutex};

use crate::book::AccountRecords;
use crate::book::catalogue::{Fact, Subject};
use crate::calendar::{Duration, Instant, Reachable};
use crate::decide::advice::RuleRef;
use crate::diagnostics::Span;
use crate::evaluate::facts::FactContext;
use crate::evaluate::matching::touches_of;
use crate::lock::lock;
use crate::pack::expression::{Body, Clause, Node, NodeKind};
use crate::pack::rule_ref::rule_ref;
use crate::pack::statements::{Channels, Limit, Pack, Scope};
use crate::pack::touch::Touch;

/// Every statement of some packs, each sort numbered in the order of the packs.
#[derive(Debug, Default)]
pub(crate) struct StatementIndex {
    /// Where the numbers of each pack begin.
    pub(crate) first: Vec<StatementOffsets>,
    /// The rules.
    pub(crate) rules: Vec<ProposingStatement>,
    /// The cadences.
    pub(crate) cadences: Vec<ProposingStatement>,
    /// What may not be done.
    pub(crate) nevers: Vec<PolicyStatement<()>>,
    /// The caps.
    pub(crate) limits: Vec<PolicyStatement<FrequencyCap>>,
    /// The hours.
    pub(crate) hours: Vec<PolicyStatement<OpenHours>>,
    /// The pauses, with their lengths.
    pub(crate) pauses: Vec<PolicyStatement<Duration>>,
    shapes: Mutex<Vec<Arc<Touch>>>,
}

/// The numbers of the first statements of a pack.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct StatementOffsets {
    pub(crate) rules: usize,
    pub(crate) cadences: usize,
    pub(crate) nevers: usize,
    pub(crate) limits: usize,
    pub(crate) hours: usize,
    pub(crate) pauses: usize,
}

/// The place of a statement in the rulebook: pack, line, column.
pub(crate) type StatementOrder = (usize, u32, u32);

/// A rule or a cadence.
#[derive(Debug)]
pub(crate) struct ProposingStatement {
    /// Its pack.
    pub(crate) pack: usize,
    /// Its place in the pack.
    pub(crate) nth: usize,
    /// Its name and place.
    pub(crate) by: RuleRef,
    /// Its place among everything that proposes.
    pub(crate) order: StatementOrder,
    /// True when its condition reads the stage, so that its author had closed leads in mind.
    pub(crate) reads_stage: bool,
    /// What it proposes, where that is the same for every lead.
    pub(crate) touches: Option<Arc<[ShapedTouch]>>,
}

/// A policy.
#[derive(Debug)]
pub(crate) struct PolicyStatement<T> {
    /// Its pack.
    pub(crate) pack: usize,
    /// Its place in the pack.
    pub(crate) nth: usize,
    /// Its name and place.
    pub(crate) by: RuleRef,
    /// Law and consent: nobody can lift it.
    pub(crate) hard: bool,
    /// Which channels it covers.
    pub(crate) channels: Channels,
    /// What it says.
    pub(crate) what: T,
}

/// A cap.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FrequencyCap {
    /// The highest number allowed.
    pub(crate) most: u32,
    /// The length of the stretch.
    pub(crate) per: Duration,
    /// Over whom it counts.
    pub(crate) across: Scope,
}

/// Hours.
#[derive(Debug)]
pub(crate) struct OpenHours {
    /// As written.
    pub(crate) text: Arc<str>,
    /// As read; `None` when they cannot be read, which was told when the pack was.
    pub(crate) hours: Option<Reachable>,
}

/// A touch with its shape.
#[derive(Clone, Debug)]
pub(crate) struct ShapedTouch {
    /// The touch.
    pub(crate) touch: Arc<Touch>,
    /// Equal for touches that only differ in what they are worth and what is asked: for the same lead all gates and the
    /// moment are the same. `None` when there are too many different ones.
    pub(crate) shape: Option<u16>,
}

/// The most shapes that are told apart.
const MOST_SHAPES: usize = 512;

impl StatementIndex {
    /// The statements of these packs.
    pub(crate) fn of(packs: &[Pack]) -> Self {
        let mut all = Self::default();
        for (pack, about) in packs.iter().enumerate() {
            all.add(pack, about);
        }
        all
    }

    fn add(&mut self, number: usize, pack: &Pack) {
        self.first.push(StatementOffsets {
            rules: self.rules.len(),
            cadences: self.cadences.len(),
            nevers: self.nevers.len(),
            limits: self.limits.len(),
            hours: self.hours.len(),
            pauses: self.pauses.len(),
        });
        let proposer = |nth: usize, name: &str, span: Span, when: &Clause, touches: &Clause| ProposingStatement {
            pack: number,
            nth,
            by: rule_ref(pack, name, span),
            order: (number, span.line, span.column),
            reads_stage: reads_stage(when),
            touches: constant(touches).map(|touches| self.shaped(touches)),
        };
        let rules = pack.rules.iter().enumerate();
        let rules: Vec<ProposingStatement> =
            rules.map(|(nth, rule)| proposer(nth, &rule.name, rule.span, &rule.when, &rule.then)).collect();
        let cadences = pack.cadences.iter().enumerate();
        let cadences: Vec<ProposingStatement> =
            cadences.map(|(nth, one)| proposer(nth, &one.name, one.span, &one.when, &one.steps)).collect();
        self.rules.extend(rules);
        self.cadences.extend(cadences);
        self.nevers.extend(pack.nevers.iter().enumerate().map(|(nth, never)| {
            let name = format!("never {}", word(never.channels));
            policy((number, pack, nth), &name, never.span, never.channels, ())
        }));
        self.limits.extend(pack.limits.iter().enumerate().map(|(nth, limit)| {
            let cap = FrequencyCap { most: limit.most, per: limit.per, across: limit.across };
            policy((number, pack, nth), &limit_name(limit), limit.span, limit.channels, cap)
        }));
        self.hours.extend(pack.hours.iter().enumerate().map(|(nth, hours)| {
            let name = format!("reachable {} \"{}\"", word(hours.channels), hours.hours);
            let open = OpenHours { text: hours.hours.clone(), hours: Reachable::parse(&hours.hours).ok() };
            policy((number, pack, nth), &name, hours.span, hours.channels, open)
        }));
        self.pauses.extend(pack.pauses.iter().enumerate().map(|(nth, pause)| {
            let name = format!("pause {} {}", word(pause.channels), pause.length);
            policy((number, pack, nth), &name, pause.span, pause.channels, pause.length)
        }));
    }

    /// Touches with their shapes.
    pub(crate) fn shaped(&self, touches: Vec<Touch>) -> Arc<[ShapedTouch]> {
        touches.into_iter().map(|touch| self.shape(Arc::new(touch))).collect()
    }

    fn shape(&self, touch: Arc<Touch>) -> ShapedTouch {
        let mut shapes = lock(&self.shapes);
        let known = shapes.iter().position(|one| same_shape(one, &touch)).or_else(|| {
            (shapes.len() < MOST_SHAPES).then(|| {
                shapes.push(touch.clone());
                shapes.len() - 1
            })
        });
        ShapedTouch { touch, shape: known.and_then(|known| u16::try_from(known).ok()) }
    }
}

fn policy<T>(
    (number, pack, nth): (usize, &Pack, usize),
    name: &str,
    span: Span,
    channels: Channels,
    what: T,
) -> PolicyStatement<T> {
    PolicyStatement { pack: number, nth, by: rule_ref(pack, name, span), hard: pack.about.hard, channels, what }
}

fn same_shape(one: &Touch, other: &Touch) -> bool {
    one.action == other.action
        && one.to == other.to
        && one.within == other.within
        && one.after == other.after
        && one.before == other.before
        && one.at_best == other.at_best
        && one.offer == other.offer
        && one.skill == other.skill
}

/// The touches of a clause that reads nothing of a lead.
fn constant(clause: &Clause) -> Option<Vec<Touch>> {
    let Body::Compiled(node) = &clause.body else { return None };
    let nobody = FactContext::new(&AccountRecords::default(), 0, Instant::from_millis(0)).quietly();
    if reads_nothing(node) { touches_of(clause, &nobody).ok() } else { None }
}

fn reads_nothing(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Literal(_) | NodeKind::Setting { .. } | NodeKind::Action(_) => true,
        NodeKind::List(nodes) => nodes.iter().all(reads_nothing),
        NodeKind::Build { on: one, args, .. } | NodeKind::Call { body: one, args, .. } => {
            reads_nothing(one) && args.iter().all(reads_nothing)
        }
        _ => false,
    }
}

/// Whether the author of a condition had in mind which leads are open. Told by the words, so that it holds on Rhai's walker too, and by
/// what helper functions read.
fn reads_stage(when: &Clause) -> bool {
    let facts = [(Subject::Lead, Fact::Stage), (Subject::Lead, Fact::Open), (Subject::Account, Fact::Customer)];
    ["lead.stage", "lead.open", "account.customer"].iter().any(|words| when.source.contains(words))
        || facts.into_iter().any(|(subject, fact)| when.reads(subject, fact))
}

fn limit_name(limit: &Limit) -> String {
    let across = match limit.across {
        Scope::Person => "",
        Scope::Lead => " across lead",
        Scope::Account => " across account",
    };
    format!("limit {} {} per {}{across}", word(limit.channels), limit.most, limit.per)
}

fn word(channels: Channels) -> &'static str {
    match channels {
        Channels::Any => "any",
        Channels::One(channel) => channel.word(),
    }
}
