//! What a run of decisions takes in all: its operations, against the total that its caller allows, and the statements that met their limit.
//!
//! The operations of a lead are [`LEAD_OPERATIONS`], the most that the compiled clauses of the rulebook take, and what its interpreted clauses
//! took. Invariant: they depend on the lead and the rulebook alone, so that the total is the same for every order and partition of the leads.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use crate::decide::advice::RuleRef;
use crate::decide::context::rule_outcomes::RuleOutcomes;
use crate::diagnostics::codes::OVER_LIMIT;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::{Diagnostic, EvaluationErrorCode};
use crate::limits;
use crate::lock::lock;
use crate::pack::Pack;

/// The operations of a lead beside those of its rules: its record, its gates and its placement.
const LEAD_OPERATIONS: u64 = 100;

/// How many operations a run of decisions may take in all. Whoever holds a clone of it can [cancel](Self::cancel) the run from another thread.
#[derive(Clone, Debug)]
pub struct Budget(Arc<AtomicU64>);

/// Deciding took more operations than its budget, or was cancelled: there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OverBudget {
    /// The operations that were allowed; 0 for a run that was cancelled.
    pub limit: u64,
}

impl Budget {
    /// A budget of this many operations.
    pub fn of(operations: u64) -> Self {
        Self(Arc::new(AtomicU64::new(operations)))
    }

    /// Stops the run at the next lead.
    pub fn cancel(&self) {
        self.0.store(0, Ordering::Relaxed);
    }

    fn limit(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl Default for Budget {
    /// No limit.
    fn default() -> Self {
        Self::of(u64::MAX)
    }
}

/// The totals of a run.
#[derive(Debug, Default)]
pub(crate) struct RunTotals {
    budget: Budget,
    /// The operations of each lead that are the same for all leads.
    each: u64,
    spent: AtomicU64,
    /// For each statement that met its limit, for how many leads.
    over_limit: Mutex<BTreeMap<RuleRef, usize>>,
}

impl RunTotals {
    /// Nothing spent yet of this budget.
    pub(crate) fn new(packs: &[Pack], budget: Budget) -> Self {
        let compiled = packs.iter().map(|pack| pack.operations).fold(0, u64::saturating_add);
        Self { budget, each: compiled.saturating_add(LEAD_OPERATIONS), ..Self::default() }
    }

    /// Adds a lead that was decided with these outcomes.
    pub(crate) fn add_lead(&self, outcomes: &RuleOutcomes) {
        self.spent.fetch_add(self.each.saturating_add(outcomes.operations), Ordering::Relaxed);
        for fault in outcomes.faults.iter().filter(|fault| fault.code == EvaluationErrorCode::Limit) {
            *lock(&self.over_limit).entry(fault.rule.clone()).or_default() += 1;
        }
    }

    /// Whether the budget has a limit.
    pub(crate) fn is_limited(&self) -> bool {
        self.budget.limit() < u64::MAX
    }

    /// Fails when more was spent than allowed, or the run was cancelled.
    ///
    /// # Errors
    /// [`OverBudget`].
    pub(crate) fn check(&self) -> Result<(), OverBudget> {
        let limit = self.budget.limit();
        if self.spent.load(Ordering::Relaxed) > limit { Err(OverBudget { limit }) } else { Ok(()) }
    }

    /// A warning for each statement that met its limit, in the order of files and places.
    pub(crate) fn over_limit(&self) -> Vec<Diagnostic> {
        let limit = i64::try_from(limits::OPERATIONS).unwrap_or(i64::MAX);
        let warning = |(rule, leads): (&RuleRef, &usize)| {
            let finding = Finding::warning(OVER_LIMIT, rule.span).with("limit", limit).with("leads", *leads);
            finding.with("statement", rule.name.as_str()).render(&rule.file)
        };
        let mut found: Vec<Diagnostic> = lock(&self.over_limit).iter().map(warning).collect();
        crate::order::sort_by(&mut found, |one, other| (&one.file, one.span).cmp(&(&other.file, other.span)));
        found
    }
}
