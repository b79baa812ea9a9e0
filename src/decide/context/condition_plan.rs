//! How the conditions of a rulebook are evaluated for a lead: quietly, with the moments at which they can change noted once for all of them.
//!
//! Evaluated one by one, and noting their own changes: conditions that run interpreted or may meet the limit of operations, and all conditions for
//! a lead somebody of which leaves at some time, since then not everybody is asked for.
//!
//! Invariant: outcomes and changes are those of evaluating every condition by itself.

use crate::columnar::ConditionKind;
use crate::decide::context::statement_set::{StatementFilter, StatementSet};
use crate::decide::context::statements::StatementIndex;
use crate::evaluate::clause::operands_without_person;
use crate::evaluate::condition_changes::ConditionChanges;
use crate::evaluate::facts::FactContext;
use crate::evaluate::matching::per_person;
use crate::limits;
use crate::pack::Pack;
use crate::pack::expression::{Body, Clause};

/// Which conditions of a rulebook are evaluated quietly.
#[derive(Clone, Debug, Default)]
pub(crate) struct ConditionPlan {
    quiet: StatementSet,
    /// For each rule how many operands of its `when`, from the first on, do not read `person`; 0 for a rule that is asked for the lead.
    before_person: Vec<usize>,
    /// The changes of all of them.
    pub(crate) all_changes: PlannedChanges,
}

/// The changes of the conditions that are evaluated quietly, by pack.
#[derive(Clone, Debug, Default)]
pub(crate) struct PlannedChanges(Vec<PackChanges>);

#[derive(Clone, Debug, Default)]
struct PackChanges {
    /// Of statements that are asked for the lead.
    of_lead: ConditionChanges,
    /// Of statements that are asked for each person.
    of_people: ConditionChanges,
}

/// The contexts of one lead in which conditions are evaluated quietly.
pub(crate) struct QuietContexts {
    lead: FactContext,
    people: Vec<FactContext>,
}

/// A statement with its conditions, as far as evaluating them differs.
struct Conditions<'p> {
    kind: ConditionKind,
    number: usize,
    clauses: [Option<&'p Clause>; 2],
    /// Whether both clauses are asked for each person when one of them reads `person`, or the statement does otherwise.
    together: Option<bool>,
}

impl ConditionPlan {
    /// The plan for some packs.
    pub(crate) fn new(packs: &[Pack], statements: &StatementIndex) -> Self {
        let mut plan = Self::default();
        for conditions in all_conditions(packs, statements).into_iter().flatten() {
            plan.quiet.push(conditions.kind, conditions.may_be_quiet());
        }
        let rules = packs.iter().flat_map(|pack| &pack.rules);
        plan.before_person =
            rules.map(|rule| if per_person(rule) { operands_without_person(&rule.when) } else { 0 }).collect();
        plan.all_changes = plan.changes(packs, statements, StatementFilter::All);
        plan
    }

    /// Whether the conditions of a statement are evaluated quietly.
    pub(crate) fn is_quiet(&self, kind: ConditionKind, number: usize) -> bool {
        self.quiet.contains(kind, number)
    }

    /// How many operands of the `when` of a rule that is asked for each person are the same for all of them.
    pub(crate) fn before_person(&self, rule: usize) -> usize {
        self.before_person.get(rule).copied().unwrap_or_default()
    }

    /// The changes of those statements that pass a filter.
    pub(crate) fn changes(
        &self,
        packs: &[Pack],
        statements: &StatementIndex,
        filter: StatementFilter<'_>,
    ) -> PlannedChanges {
        let of_pack = |all: Vec<Conditions<'_>>| {
            let mut changes = PackChanges::default();
            let quiet =
                |one: &Conditions<'_>| self.is_quiet(one.kind, one.number) && filter.passes(one.kind, one.number);
            for one in all.into_iter().filter(quiet) {
                for clause in one.clauses.into_iter().flatten() {
                    let for_people = one.together.unwrap_or(clause.reads_person);
                    if for_people { &mut changes.of_people } else { &mut changes.of_lead }.add(clause);
                }
            }
            changes
        };
        PlannedChanges(all_conditions(packs, statements).into_iter().map(of_pack).collect())
    }
}

impl PlannedChanges {
    /// Notes the changes of the conditions of these packs, by number, for a lead and everybody in it.
    pub(crate) fn note(&self, cx: &FactContext, packs: impl Iterator<Item = usize>) {
        let people = cx.lead().map_or(0, |lead| lead.people.len());
        let of_people: Vec<FactContext> = (0..people).map(|person| cx.for_person(Some(person))).collect();
        for changes in packs.filter_map(|pack| self.0.get(pack)) {
            changes.of_lead.note_of_lead(cx);
            if people > 0 {
                changes.of_people.note_of_lead(cx);
            }
            of_people.iter().for_each(|cx| changes.of_people.note_of_person(cx));
        }
    }
}

impl QuietContexts {
    /// Those of a lead; `None` when somebody of it leaves at some time.
    pub(crate) fn new(cx: &FactContext) -> Option<Self> {
        let people = cx.lead().map_or(0, |lead| lead.people.len());
        cx.departures().is_empty().then(|| {
            let lead = cx.quietly().without_limit();
            Self { people: (0..people).map(|person| lead.for_person(Some(person))).collect(), lead }
        })
    }

    /// The context without a person.
    pub(crate) const fn of_lead(&self) -> &FactContext {
        &self.lead
    }

    /// The contexts in which a statement is evaluated: one for the lead, or one for each person, with the person's index.
    pub(crate) fn each(&self, per_person: bool) -> impl Iterator<Item = (Option<usize>, &FactContext)> {
        let lead = (!per_person).then_some((None, &self.lead));
        let people = if per_person { self.people.as_slice() } else { &[] };
        lead.into_iter().chain(people.iter().enumerate().map(|(index, cx)| (Some(index), cx)))
    }
}

impl Conditions<'_> {
    fn may_be_quiet(&self) -> bool {
        let clauses = || self.clauses.into_iter().flatten();
        let operations: u64 = clauses().map(|clause| clause.operations).fold(0, u64::saturating_add);
        clauses().all(|clause| matches!(clause.body, Body::Compiled(_)))
            && operations.saturating_mul(limits::PEOPLE_PER_LEAD as u64) <= limits::OPERATIONS
    }
}

/// The statements of each pack that have conditions, save for `enter`, those of a kind in the order of their numbers.
fn all_conditions<'p>(packs: &'p [Pack], statements: &StatementIndex) -> Vec<Vec<Conditions<'p>>> {
    let of_pack = packs.iter().zip(&statements.offsets).map(|(pack, first)| {
        let mut all = Vec::new();
        let mut add = |kind, number, clauses: [Option<&'p Clause>; 2], for_people: bool| {
            let reads = clauses.into_iter().flatten().any(|clause| clause.reads_person);
            // A cadence asks for whom its `when` holds, and then for whom its `until` does.
            let together = (kind != ConditionKind::Cadence).then_some(for_people || reads);
            all.push(Conditions { kind, number, clauses, together });
        };
        for (number, rule) in (first.rules..).zip(&pack.rules) {
            add(ConditionKind::Rule, number, [Some(&rule.when), rule.unless.as_ref()], per_person(rule));
        }
        for (number, cadence) in (first.cadences..).zip(&pack.cadences) {
            add(ConditionKind::Cadence, number, [Some(&cadence.when), cadence.until.as_ref()], false);
        }
        for (number, never) in (first.nevers..).zip(&pack.nevers) {
            add(ConditionKind::Never, number, [never.when.as_ref(), never.unless.as_ref()], false);
        }
        for (number, limit) in (first.limits..).zip(&pack.limits) {
            add(ConditionKind::Limit, number, [limit.when.as_ref(), None], false);
        }
        for (number, hours) in (first.hours..).zip(&pack.hours) {
            add(ConditionKind::Hours, number, [hours.when.as_ref(), None], false);
        }
        for (number, pause) in (first.pauses..).zip(&pack.pauses) {
            add(ConditionKind::Pause, number, [Some(&pause.when), None], false);
        }
        all
    });
    of_pack.collect()
}

#[cfg(test)]
mod tests;
