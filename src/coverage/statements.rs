//! What the examples of a pack try of its statements.

use crate::analysis::Proof;
use crate::analysis::statements::{Condition, Rulebooks, proof};
use crate::book::Book;
use crate::calendar::Instant;
use crate::coverage::conditions::Sides;
use crate::coverage::never_holds::never_holds;
use crate::coverage::{ConditionCoverage, Decided, PackCoverage, StatementCoverage, StepCoverage, Totals};
use crate::decide::Decider;
use crate::decide::advice::{Advice, RuleRef};
use crate::diagnostics::Span;
use crate::evaluate::clause::holds;
use crate::evaluate::facts::FactContext;
use crate::evaluate::matching::{contexts, in_force, rule_contexts, runs};
use crate::evaluate::stage::StageFacts;
use crate::examples::{DecidedExample, decide_example, is_other_advice};
use crate::limits;
use crate::order;
use crate::pack::Pack;
use crate::pack::expression::{Body, Clause, Node, NodeKind};
use crate::pack::policies::Channels;
use crate::pack::statement_forms::StatementKind;
use crate::pack::statements::{Cadence, Enter, Rule};
use crate::wording::Language;

/// A statement that is tried.
struct Tried<'p> {
    statement: Statement<'p>,
    coverage: StatementCoverage,
}

/// The statement itself.
enum Statement<'p> {
    Enter(&'p Enter),
    Rule(&'p Rule),
    Cadence(&'p Cadence),
    Policy { by: RuleRef, channels: Channels, when: Option<&'p Clause>, unless: Option<&'p Clause> },
}

/// An example that passed: its facts, and the advice for it.
struct PassedExample<'d, 'a> {
    decider: &'d mut Decider<'a>,
    recorded: FactContext,
    cx: FactContext,
    advice: &'d Advice,
}

/// What the examples of a pack try of it.
pub(super) fn cover(pack: &Pack) -> PackCoverage {
    let mut helpers = Vec::new();
    let mut tried = statements(pack, &mut helpers);
    let (mut passed, mut failed) = (0, 0);
    let mut decisions_left = limits::COVERAGE_DECISIONS;
    for (example, case) in pack.examples.iter().flat_map(|one| one.cases.iter().map(move |case| (one, case))) {
        // The words do not matter: only what was decided is looked at.
        let decided = decide_example(pack, example, case, Language::English).ok().filter(DecidedExample::passes);
        let Some(DecidedExample { lead, advice, .. }) = decided else {
            failed += 1;
            continue;
        };
        passed += 1;
        let mut decider = lead.decider(std::slice::from_ref(pack));
        let [recorded, cx] = decider.fact_contexts(0);
        if in_force(&pack.about, &cx) {
            let mut example = PassedExample { decider: &mut decider, recorded, cx, advice: &advice };
            for one in &mut tried {
                one.try_with(pack, &mut example, &mut helpers, &mut decisions_left);
            }
        }
    }
    let mut statements: Vec<StatementCoverage> = tried.into_iter().map(|one| one.coverage).collect();
    order::sort_by_key(&mut statements, |one| one.span);
    statements.iter_mut().for_each(|one| order::sort_by_key(&mut one.conditions, |side| side.span));
    order::sort_by_key(&mut helpers, |side| side.span);
    let totals = Totals::new(&statements, &helpers);
    PackCoverage { pack: pack.about.name.clone(), file: pack.file.clone(), passed, failed, statements, helpers, totals }
}

/// The statements of a pack that can be tried, with nothing tried. The sides in helper functions that they call are added to `helpers`.
fn statements<'p>(pack: &'p Pack, helpers: &mut Vec<ConditionCoverage>) -> Vec<Tried<'p>> {
    let mut all = Vec::new();
    for (index, enter) in pack.enters.iter().enumerate() {
        let name = enter.stage.word();
        all.push(Tried::new(StatementKind::Enter, index, name, enter.span, Statement::Enter(enter)));
    }
    for (index, rule) in pack.rules.iter().enumerate() {
        all.push(Tried::new(StatementKind::Rule, index, &rule.name, rule.span, Statement::Rule(rule)));
    }
    for (index, cadence) in pack.cadences.iter().enumerate() {
        let mut tried =
            Tried::new(StatementKind::Cadence, index, &cadence.name, cadence.span, Statement::Cadence(cadence));
        tried.coverage.steps = steps(cadence);
        all.push(tried);
    }
    let book = Book::default();
    let decider = Decider::for_packs(std::slice::from_ref(pack), &book, Instant::from_millis(0));
    let mut policy = |kind, index, span, channels, [when, unless]: [Option<&'p Clause>; 2]| {
        if let Some(by) = decider.policy_refs().find(|by| by.span == span) {
            let statement = Statement::Policy { by: by.clone(), channels, when, unless };
            all.push(Tried::new(kind, index, &by.name, span, statement));
        }
    };
    for (index, one) in pack.nevers.iter().enumerate() {
        policy(StatementKind::Never, index, one.span, one.channels, [one.when.as_ref(), one.unless.as_ref()]);
    }
    for (index, one) in pack.limits.iter().enumerate() {
        policy(StatementKind::Limit, index, one.span, one.channels, [one.when.as_ref(), None]);
    }
    for (index, one) in pack.hours.iter().enumerate() {
        policy(StatementKind::Reachable, index, one.span, one.channels, [one.when.as_ref(), None]);
    }
    for (index, one) in pack.pauses.iter().enumerate() {
        policy(StatementKind::Pause, index, one.span, one.channels, [Some(&one.when), None]);
    }
    let rulebooks = Rulebooks::new(std::slice::from_ref(pack));
    for one in &mut all {
        let [when, unless] = conditions(&one.statement);
        let impossible = proof(&rulebooks, Condition { pack, when, unless }) == Proof::Impossible;
        one.coverage.never_holds = impossible || never_holds(when, unless);
        one.list_conditions(pack, helpers);
    }
    all
}

/// The steps of a cadence, none of them tried; none where they are not written as a list in the statement.
fn steps(cadence: &Cadence) -> Vec<StepCoverage> {
    let Body::Compiled(Node { kind: NodeKind::List(steps), .. }) = &cadence.steps.body else { return Vec::new() };
    (1..).zip(steps).map(|(number, step)| StepCoverage { number, span: step.span, advised: false }).collect()
}

impl<'p> Tried<'p> {
    fn new(kind: StatementKind, index: usize, name: &str, span: Span, statement: Statement<'p>) -> Self {
        let [when, unless] = conditions(&statement);
        let interpreted =
            |clause: &Option<&Clause>| matches!(clause.map(|one| &one.body), Some(Body::Interpreted { .. }));
        let coverage = StatementCoverage {
            kind,
            index,
            name: name.to_owned(),
            span,
            decided: Decided::default(),
            won: false,
            failed: false,
            never_holds: false,
            interpreted: [when, unless].iter().any(interpreted),
            conditions: Vec::new(),
            steps: Vec::new(),
        };
        Self { statement, coverage }
    }

    /// Lists the sides of its conditions.
    fn list_conditions(&mut self, pack: &Pack, helpers: &mut Vec<ConditionCoverage>) {
        let [when, unless] = conditions(&self.statement);
        let is_policy = matches!(self.statement, Statement::Policy { .. });
        let second = if matches!(self.statement, Statement::Cadence(_)) { "until" } else { "unless" };
        let mut sides = Sides { source: &pack.source, own: &mut self.coverage.conditions, helpers };
        if let Some(when) = when {
            sides.list("when", when, is_policy || unless.is_some());
        }
        if let Some(unless) = unless {
            sides.list(second, unless, true);
        }
    }

    /// Adds what an example decides of it.
    fn try_with(
        &mut self,
        pack: &Pack,
        example: &mut PassedExample<'_, '_>,
        helpers: &mut Vec<ConditionCoverage>,
        decisions_left: &mut usize,
    ) {
        let Self { statement, coverage } = self;
        let mut sides = Sides { source: &pack.source, own: &mut coverage.conditions, helpers };
        let cx = &example.cx.for_statement();
        match statement {
            Statement::Enter(enter) => {
                let recorded = example.recorded.recorded_stage();
                if !enter.may_go_back && recorded.is_some_and(|stage| enter.stage <= stage) {
                    return;
                }
                let facts = StageFacts::of(&example.recorded);
                match &facts {
                    StageFacts::All(cx) => sides.decide(&enter.when, cx),
                    StageFacts::SetByHand { since, .. } => sides.decide(&enter.when, since),
                }
                match facts.move_by(enter) {
                    Ok(moves) => coverage.decided.add(moves),
                    Err(_) => coverage.failed = true,
                }
            }
            Statement::Rule(rule) => {
                for (_, cx) in rule_contexts(rule, cx) {
                    match stands(&mut sides, Some(&rule.when), rule.unless.as_ref(), &cx) {
                        Some(holds) => coverage.decided.add(holds),
                        None => coverage.failed = true,
                    }
                }
            }
            Statement::Cadence(cadence) => {
                let begins = holds_for_anybody(&mut sides, &cadence.when, cx);
                if let Some(until) = cadence.until.as_ref().filter(|_| begins) {
                    holds_for_anybody(&mut sides, until, cx);
                }
                match runs(cadence, cx) {
                    Ok(runs) => coverage.decided.add(runs),
                    Err(_) => coverage.failed = true,
                }
            }
            Statement::Policy { by, channels, when, unless } => {
                let per_person = [*when, *unless].into_iter().flatten().any(|clause| clause.reads_person);
                let held: Vec<(Option<usize>, Option<bool>)> = contexts(per_person, cx)
                    .map(|(person, cx)| (person, stands(&mut sides, *when, *unless, &cx)))
                    .collect();
                coverage.failed |= held.iter().any(|(_, held)| held.is_none());
                let lets_through = example.advised_over(*channels);
                if coverage.decided.both_ways() || coverage.decided.yes && !lets_through {
                    return;
                }
                // Of one that fails too: a hard one forbids then.
                let may_matter = held.iter().any(|(_, held)| *held != Some(false));
                let forbids = |person: Option<usize>| held.contains(&(person, Some(true)));
                let changes = may_matter
                    && (when.is_some_and(|when| example.refused_by_record(when, *channels, forbids))
                        || example.changes_without(by, decisions_left));
                if changes {
                    coverage.decided.add(true);
                } else if lets_through {
                    coverage.decided.add(false);
                }
            }
        }
        let is_this = |by: &RuleRef| by.span == coverage.span && by.file == pack.file;
        if example.advice.rule.as_ref().is_some_and(is_this) {
            coverage.won = true;
            let advised = example.advice.touch.as_ref().and_then(|touch| touch.step);
            coverage.steps.iter_mut().filter(|step| Some(step.number) == advised).for_each(|step| step.advised = true);
        }
    }
}

impl PassedExample<'_, '_> {
    /// Whether a touch on one of these channels is advised.
    fn advised_over(&self, channels: Channels) -> bool {
        let channel = self.advice.touch.as_ref().and_then(|touch| touch.channel);
        channel.is_some_and(|channel| channels.cover(channel))
    }

    /// Whether the engine's own check of what somebody asked of us stopped a touch on one of these channels, where a policy with this `when` reads the
    /// same and forbids it too; `forbids` tells it of a person, by index, or of the lead. That check comes first, so no advice shows the policy itself.
    fn refused_by_record(&self, when: &Clause, channels: Channels, forbids: impl Fn(Option<usize>) -> bool) -> bool {
        let people = self.cx.lead().map(|lead| &*lead.people).unwrap_or_default();
        self.advice.blocks.iter().any(|block| {
            let person = people.iter().position(|person| block.person.as_deref() == Some(person.id.as_str()));
            let read = match block.policy {
                "objection" => "person.objected",
                "do-not-call" => "person.do_not_call",
                "do-not-email" => "person.do_not_email",
                _ => return false,
            };
            when.source.contains(read)
                && block.channel.is_some_and(|channel| channels.cover(channel))
                && (forbids(None) || person.is_some_and(|person| forbids(Some(person))))
        })
    }

    /// Whether the advice would differ from what it is without a policy. False when no decision is left for it.
    fn changes_without(&mut self, policy: &RuleRef, decisions_left: &mut usize) -> bool {
        let Some(left) = decisions_left.checked_sub(1) else { return false };
        *decisions_left = left;
        is_other_advice(self.advice, &self.decider.lead_without(policy, 0))
    }
}

/// The conditions of a statement: that under which it holds, and that which stops or ends it.
fn conditions<'p>(statement: &Statement<'p>) -> [Option<&'p Clause>; 2] {
    match statement {
        Statement::Enter(enter) => [Some(&enter.when), None],
        Statement::Rule(rule) => [Some(&rule.when), rule.unless.as_ref()],
        Statement::Cadence(cadence) => [Some(&cadence.when), cadence.until.as_ref()],
        Statement::Policy { when, unless, .. } => [*when, *unless],
    }
}

/// Whether a statement holds for a lead (and person), with what its conditions came to added to their sides; `None` when it cannot be told.
fn stands(sides: &mut Sides<'_>, when: Option<&Clause>, unless: Option<&Clause>, cx: &FactContext) -> Option<bool> {
    let mut asked = |clause: &Clause| {
        sides.decide(clause, cx);
        let holds = holds(clause, cx).ok()?;
        sides.add(clause, clause.span, holds);
        Some(holds)
    };
    if !when.map_or(Some(true), &mut asked)? {
        return Some(false);
    }
    unless.map_or(Some(false), asked).map(|stopped| !stopped)
}

/// Whether a clause of a cadence holds for anybody, with what it came to added to its sides.
fn holds_for_anybody(sides: &mut Sides<'_>, clause: &Clause, cx: &FactContext) -> bool {
    let held: Vec<Option<bool>> =
        contexts(clause.reads_person, cx).map(|(_, cx)| stands(sides, Some(clause), None, &cx)).collect();
    held.contains(&Some(true))
}
