//! Index of the statements of a rulebook: each kind is numbered through all packs, and what does not depend on the lead is computed once.
//!
//! The later stages identify a statement by its number; its name and location ([`RuleRef`]) and its `because` are looked up when an advice is
//! rendered. What could not be read of a hard pack is a policy too. The touches of a `then` that reads no facts are built once and shared by all leads.
//!
//! Left out: whether a statement holds for a lead ([`crate::decide::context::evaluate_rules`]).

use std::sync::{Arc, Mutex};

use crate::book::GroupRecords;
use crate::book::catalogue::{Fact, Subject};
use crate::calendar::{Duration, Instant, Reachable};
use crate::columnar::ConditionKind;
use crate::decide::advice::RuleRef;
use crate::diagnostics::Span;
use crate::evaluate::facts::FactContext;
use crate::evaluate::matching::{touches_of, with_lever};
use crate::lock::lock;
use crate::pack::expression::{Body, Clause, Node, NodeKind};
use crate::pack::layers::LeadOwners;
use crate::pack::policies::{Channels, Scope};
use crate::pack::rule_ref::rule_ref;
use crate::pack::statements::{Cadence, GivenLever, Pack, PolicyCountries, Rule, UnreadPart, lever_given};
use crate::pack::touch::{Action, Touch};

/// The statements of some packs; each kind is numbered from 0 in the order of the packs.
#[derive(Debug, Default)]
pub(crate) struct StatementIndex {
    /// For each pack, the numbers of its first statements.
    pub(crate) offsets: Vec<StatementOffsets>,
    /// The rules.
    pub(crate) rules: Vec<ProposingStatement>,
    /// The cadences.
    pub(crate) cadences: Vec<ProposingStatement>,
    /// The `never` statements.
    pub(crate) nevers: Vec<PolicyStatement<()>>,
    /// The `limit` statements.
    pub(crate) limits: Vec<PolicyStatement<FrequencyCap>>,
    /// The `reachable` statements.
    pub(crate) hours: Vec<PolicyStatement<OpenHours>>,
    /// The `pause` statements, with their lengths.
    pub(crate) pauses: Vec<PolicyStatement<Duration>>,
    /// The numbers of the rules that hand leads over to another team, of those whose touches do not depend on the lead.
    pub(crate) hand_overs: Vec<usize>,
    /// The `enter` statements, as policies on all channels: a lead may be closed by one.
    pub(crate) enters: Vec<PolicyStatement<()>>,
    /// What could not be read of hard packs.
    pub(crate) unread: Vec<PolicyStatement<UnreadPart>>,
    /// One touch of each shape that has occurred; the index is the shape.
    shapes: Mutex<Vec<Arc<Touch>>>,
}

/// The numbers of the first statements of a pack, by kind.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct StatementOffsets {
    pub(crate) rules: usize,
    pub(crate) cadences: usize,
    pub(crate) nevers: usize,
    pub(crate) limits: usize,
    pub(crate) hours: usize,
    pub(crate) pauses: usize,
    pub(crate) enters: usize,
}

/// The position of a statement in the rulebook: index of the pack, line, column.
pub(crate) type StatementOrder = (usize, u32, u32);

/// A rule or a cadence: a statement that proposes touches.
#[derive(Debug)]
pub(crate) struct ProposingStatement {
    /// The index of its pack.
    pub(crate) pack: usize,
    /// Its index among the statements of its kind in the pack.
    pub(crate) index_in_pack: usize,
    /// Its name and location.
    pub(crate) by: RuleRef,
    /// The names under which records tell that it was done, besides that of [`by`](Self::by).
    aliases: StatementAliases,
    /// Its position among everything that proposes.
    pub(crate) order: StatementOrder,
    /// Whether its condition reads the stage. Only such a statement may propose touches for a closed lead.
    pub(crate) reads_stage: bool,
    /// Whether its condition reads `person.waiting`, so that its touches answer what the person asked.
    pub(crate) reads_waiting: bool,
    /// Whether its condition reads `lead.waiting`, so that it is about a question that somebody in the lead asked.
    pub(crate) reads_lead_waiting: bool,
    /// Whether its condition reads the stance of the person. Such a statement may mean somebody who opposes the purchase.
    pub(crate) reads_stance: bool,
    /// For a cadence: how its steps are counted. A rule has the default.
    pub(crate) terms: CadenceTerms,
    /// The touches it proposes; `None` when they depend on the lead.
    pub(crate) touches: Option<Arc<[ShapedTouch]>>,
}

/// How the steps of a cadence are counted.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct CadenceTerms {
    /// Whose steps are counted together; `None` where it is not said.
    pub(crate) across: Option<Scope>,
    /// How long after the last thing done in it it may begin anew; `None` for never.
    pub(crate) again_after: Option<Duration>,
}

/// Under which other names than its own a statement is known.
#[derive(Debug, Default)]
struct StatementAliases {
    /// The `id` of its pack.
    pack_id: Option<String>,
    /// Its own `id`.
    id: Option<String>,
    /// The names that it had before.
    former: Vec<String>,
}

impl ProposingStatement {
    /// Whether records call it so: by its name or `id`, or a name that it had before, and where they name a pack by the name or `id` of its pack.
    pub(crate) fn is_called(&self, pack: Option<&str>, name: &str) -> bool {
        let StatementAliases { pack_id, id, former } = &self.aliases;
        let is_own = self.by.name == name || id.as_deref() == Some(name) || former.iter().any(|one| one == name);
        is_own && pack.is_none_or(|pack| self.by.pack == pack || pack_id.as_deref() == Some(pack))
    }

    /// What records call its pack and itself: each by its `id`, by its name where it has none.
    pub(crate) fn recorded_names(&self) -> (&str, &str) {
        let StatementAliases { pack_id, id, .. } = &self.aliases;
        (pack_id.as_deref().unwrap_or(&self.by.pack), id.as_deref().unwrap_or(&self.by.name))
    }
}

/// A policy: a `never`, `limit`, `reachable` or `pause`, or what may forbid contact as one does.
#[derive(Debug)]
pub(crate) struct PolicyStatement<T> {
    /// The index of its pack.
    pub(crate) pack: usize,
    /// Its index among the statements of its kind in the pack.
    pub(crate) index_in_pack: usize,
    /// Its name and location.
    pub(crate) by: RuleRef,
    /// Whether its pack is marked `hard`: law or consent.
    pub(crate) hard: bool,
    /// For people in which countries it holds; `None` for everybody.
    pub(crate) countries: Option<Arc<PolicyCountries>>,
    /// For the leads of which reps its pack holds; `None` for all.
    pub(crate) owners: Option<Arc<LeadOwners>>,
    /// The channels it covers.
    pub(crate) channels: Channels,
    /// The content of the statement, by kind.
    pub(crate) what: T,
}

/// What a policy of every kind has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PolicyHead<'a> {
    /// Its name and location.
    pub(crate) by: &'a RuleRef,
    /// For people in which countries it holds; `None` for everybody.
    pub(crate) countries: Option<&'a PolicyCountries>,
    /// The channels it covers.
    pub(crate) channels: Channels,
}

impl ProposingStatement {
    /// The team to which it hands leads over; `None` for one that does not, and one whose touches depend on the lead.
    pub(crate) fn hands_over_to(&self) -> Option<&Arc<str>> {
        self.touches.iter().flat_map(|touches| touches.iter()).find_map(|one| match &one.touch.action {
            Action::HandOver(team) => Some(team),
            _ => None,
        })
    }
}

impl<T> PolicyStatement<T> {
    /// What it has in common with policies of other kinds.
    pub(crate) fn head(&self) -> PolicyHead<'_> {
        PolicyHead { by: &self.by, countries: self.countries.as_deref(), channels: self.channels }
    }
}

/// A kind of policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PolicyKind {
    Never,
    Limit,
    Hours,
    Pause,
    Enter,
}

impl PolicyKind {
    /// The kind of statement.
    pub(crate) const fn condition(self) -> ConditionKind {
        match self {
            Self::Never => ConditionKind::Never,
            Self::Limit => ConditionKind::Limit,
            Self::Hours => ConditionKind::Hours,
            Self::Pause => ConditionKind::Pause,
            Self::Enter => ConditionKind::Enter,
        }
    }

    /// The kind, as one stable word.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Limit => "limit",
            Self::Hours => "reachable",
            Self::Pause => "pause",
            Self::Enter => "enter",
        }
    }
}

/// The content of a `limit`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FrequencyCap {
    /// The highest number of touches allowed.
    pub(crate) most: u32,
    /// The length of the rolling window in which they are counted.
    pub(crate) per: Duration,
    /// Whose touches are counted together.
    pub(crate) across: Scope,
}

/// The content of a `reachable`.
#[derive(Debug)]
pub(crate) struct OpenHours {
    /// The opening hours as written.
    pub(crate) text: Arc<str>,
    /// The opening hours parsed; `None` when they cannot be parsed, which is reported when the pack is read.
    pub(crate) hours: Option<Reachable>,
}

/// A touch with the number of its shape.
#[derive(Clone, Debug)]
pub(crate) struct ShapedTouch {
    /// The touch.
    pub(crate) touch: Arc<Touch>,
    /// Equal for touches that have the same result at every gate and the same placement for the same lead: they differ at most in
    /// priority factors and in what is asked. `None` when more than [`MAX_SHAPES`] shapes occur.
    pub(crate) shape: Option<u16>,
}

/// The highest number of shapes that are numbered.
const MAX_SHAPES: usize = 512;

impl StatementIndex {
    /// The index of the statements of these packs.
    pub(crate) fn new(packs: &[Pack]) -> Self {
        let mut index = Self::default();
        for (number, pack) in packs.iter().enumerate() {
            index.add(number, pack);
        }
        index
    }

    fn add(&mut self, number: usize, pack: &Pack) {
        self.offsets.push(StatementOffsets {
            rules: self.rules.len(),
            cadences: self.cadences.len(),
            nevers: self.nevers.len(),
            limits: self.limits.len(),
            hours: self.hours.len(),
            pauses: self.pauses.len(),
            enters: self.enters.len(),
        });
        let proposer = |index_in_pack: usize,
                        (name, span): (&str, Span),
                        when: &Clause,
                        (touches, levers): (&Clause, &[GivenLever])| ProposingStatement {
            pack: number,
            index_in_pack,
            by: rule_ref(pack, name, span),
            aliases: StatementAliases { pack_id: pack.about.id.clone(), ..StatementAliases::default() },
            order: (number, span.line, span.column),
            reads_stage: reads_stage(when),
            reads_waiting: when.reads(Subject::Person, Fact::Waiting),
            reads_lead_waiting: when.reads(Subject::Lead, Fact::Waiting),
            reads_stance: when.source.contains("person.stance") || when.reads(Subject::Person, Fact::Stance),
            terms: CadenceTerms::default(),
            touches: touches_for_all(touches, levers).map(|touches| self.shape_touches(touches)),
        };
        let rules = pack.rules.iter().enumerate();
        let rules: Vec<ProposingStatement> = rules
            .map(|(index, rule)| {
                let statement = proposer(index, (&rule.name, rule.span), &rule.when, (&rule.then, &rule.levers));
                let (id, former) = (rule.id.clone(), rule.formerly.clone());
                ProposingStatement { aliases: StatementAliases { id, former, ..statement.aliases }, ..statement }
            })
            .collect();
        let cadences = pack.cadences.iter().enumerate();
        let cadences: Vec<ProposingStatement> = cadences
            .map(|(index, one)| ProposingStatement {
                terms: CadenceTerms { across: one.across, again_after: one.again_after },
                ..proposer(index, (&one.name, one.span), &one.when, (&one.steps, &one.levers))
            })
            .collect();
        let hands_over = |(number, rule): (usize, &ProposingStatement)| rule.hands_over_to().map(|_| number);
        self.hand_overs.extend((self.rules.len()..).zip(&rules).filter_map(hands_over));
        self.rules.extend(rules);
        self.cadences.extend(cadences);
        self.nevers.extend(
            pack.nevers
                .iter()
                .enumerate()
                .map(|(index, never)| policy((number, pack, index), &never.title(), never.span, never.channels, ())),
        );
        self.limits.extend(pack.limits.iter().enumerate().map(|(index, limit)| {
            let cap = FrequencyCap { most: limit.most, per: limit.per, across: limit.across };
            policy((number, pack, index), &limit.title(), limit.span, limit.channels, cap)
        }));
        self.hours.extend(pack.hours.iter().enumerate().map(|(index, hours)| {
            let content = OpenHours { text: hours.hours.clone(), hours: Reachable::parse(&hours.hours).ok() };
            policy((number, pack, index), &hours.title(), hours.span, hours.channels, content)
        }));
        self.pauses.extend(pack.pauses.iter().enumerate().map(|(index, pause)| {
            policy((number, pack, index), &pause.title(), pause.span, pause.channels, pause.length)
        }));
        self.enters.extend(
            pack.enters
                .iter()
                .enumerate()
                .map(|(index, enter)| policy((number, pack, index), &enter.title(), enter.span, Channels::Any, ())),
        );
        let unread = pack.unread.iter().filter(|_| pack.about.hard).enumerate();
        self.unread.extend(unread.map(|(index, unread)| {
            let name = match &unread.part {
                UnreadPart::Statement(name) => name.as_str(),
                UnreadPart::Rest | UnreadPart::File => pack.about.name.as_str(),
            };
            policy((number, pack, index), name, unread.span, unread.channels, unread.part.clone())
        }));
    }

    /// Whether records that name this rule, and its pack where they do, mean one of these statements.
    pub(crate) fn knows(&self, pack: Option<&str>, name: &str) -> bool {
        self.rules.iter().chain(&self.cadences).any(|statement| statement.is_called(pack, name))
    }

    /// The rule with this number, in the packs of which this is the index.
    pub(crate) fn rule<'p>(&self, packs: &'p [Pack], number: usize) -> Option<&'p Rule> {
        let rule = self.rules.get(number)?;
        packs.get(rule.pack)?.rules.get(rule.index_in_pack)
    }

    /// The cadence with this number, in the packs of which this is the index.
    pub(crate) fn cadence<'p>(&self, packs: &'p [Pack], number: usize) -> Option<&'p Cadence> {
        let cadence = self.cadences.get(number)?;
        packs.get(cadence.pack)?.cadences.get(cadence.index_in_pack)
    }

    /// The policy of this kind with this number: its name and place, for whom it holds, and the channels it covers.
    pub(crate) fn policy(&self, kind: PolicyKind, number: usize) -> Option<PolicyHead<'_>> {
        fn head<T>(policies: &[PolicyStatement<T>], number: usize) -> Option<PolicyHead<'_>> {
            policies.get(number).map(PolicyStatement::head)
        }
        match kind {
            PolicyKind::Never => head(&self.nevers, number),
            PolicyKind::Limit => head(&self.limits, number),
            PolicyKind::Hours => head(&self.hours, number),
            PolicyKind::Pause => head(&self.pauses, number),
            PolicyKind::Enter => head(&self.enters, number),
        }
    }

    /// Every policy and `enter` statement, with its kind, its number among those of its kind, and its name and place.
    #[cfg(feature = "editing")]
    pub(crate) fn policies(&self) -> impl Iterator<Item = (PolicyKind, usize, &RuleRef)> {
        fn of<T>(kind: PolicyKind, all: &[PolicyStatement<T>]) -> impl Iterator<Item = (PolicyKind, usize, &RuleRef)> {
            all.iter().enumerate().map(move |(number, policy)| (kind, number, &policy.by))
        }
        of(PolicyKind::Never, &self.nevers)
            .chain(of(PolicyKind::Limit, &self.limits))
            .chain(of(PolicyKind::Hours, &self.hours))
            .chain(of(PolicyKind::Pause, &self.pauses))
            .chain(of(PolicyKind::Enter, &self.enters))
    }

    /// Adds to each touch the number of its shape.
    pub(crate) fn shape_touches(&self, touches: Vec<Touch>) -> Arc<[ShapedTouch]> {
        touches.into_iter().map(|touch| self.shape(Arc::new(touch))).collect()
    }

    fn shape(&self, touch: Arc<Touch>) -> ShapedTouch {
        let mut shapes = lock(&self.shapes);
        let shape = shapes.iter().position(|one| same_shape(one, &touch)).or_else(|| {
            (shapes.len() < MAX_SHAPES).then(|| {
                shapes.push(touch.clone());
                shapes.len() - 1
            })
        });
        ShapedTouch { touch, shape: shape.and_then(|shape| u16::try_from(shape).ok()) }
    }
}

fn policy<T>(
    (number, pack, index_in_pack): (usize, &Pack, usize),
    name: &str,
    span: Span,
    channels: Channels,
    what: T,
) -> PolicyStatement<T> {
    PolicyStatement {
        pack: number,
        index_in_pack,
        by: rule_ref(pack, name, span),
        hard: pack.about.hard,
        countries: pack.about.countries.clone().map(Arc::new),
        owners: pack.owners.clone(),
        channels,
        what,
    }
}

/// Whether every part of the touches that gates or placement read is equal.
fn same_shape(one: &Touch, other: &Touch) -> bool {
    one.action == other.action
        && one.to == other.to
        && one.only == other.only
        && one.within == other.within
        && one.after == other.after
        && one.before == other.before
        && one.at_best == other.at_best
        && one.between == other.between
        && one.automatic == other.automatic
        && one.acknowledges == other.acknowledges
        && one.offers == other.offers
        && one.again == other.again
        && one.skill == other.skill
}

/// The touches of a clause that reads no facts, with the lever that layers give them; `None` where they depend on the lead or its owner.
fn touches_for_all(clause: &Clause, levers: &[GivenLever]) -> Option<Vec<Touch>> {
    let by_owner = levers.iter().any(|lever| lever.owners.is_some());
    constant_touches(clause).filter(|_| !by_owner).map(|touches| with_lever(touches, lever_given(levers, None)))
}

/// The touches of a clause that reads no facts; `None` for any other clause.
fn constant_touches(clause: &Clause) -> Option<Vec<Touch>> {
    let Body::Compiled(node) = &clause.body else { return None };
    let no_lead = FactContext::new(&GroupRecords::default(), 0, Instant::from_millis(0)).quietly();
    if reads_no_facts(node) { touches_of(clause, &no_lead).ok() } else { None }
}

fn reads_no_facts(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Literal(_) | NodeKind::Setting { .. } | NodeKind::Action(_) => true,
        NodeKind::List(nodes) => nodes.iter().all(reads_no_facts),
        NodeKind::Build { on: one, args, .. } | NodeKind::Call { body: one, args, .. } => {
            reads_no_facts(one) && args.iter().all(reads_no_facts)
        }
        _ => false,
    }
}

/// Whether a condition reads the stage or whether the account is a customer. Looks at the source text, because an interpreted condition has
/// no expression tree, and at the facts that the helper functions it calls read.
fn reads_stage(when: &Clause) -> bool {
    let facts = [(Subject::Lead, Fact::Stage), (Subject::Lead, Fact::Open), (Subject::Account, Fact::Customer)];
    ["lead.stage", "lead.open", "account.customer"].iter().any(|words| when.source.contains(words))
        || facts.into_iter().any(|(subject, fact)| when.reads(subject, fact))
}
