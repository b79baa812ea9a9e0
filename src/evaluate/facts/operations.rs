//! The operations of clauses: how many they may take, and how many interpreted ones took.

use std::cell::Cell;
use std::rc::Rc;

use crate::evaluate::facts::FactContext;
use crate::limits;

/// How many operations clauses may take.
#[derive(Clone)]
pub(super) enum OperationLimit {
    /// Each clause as many as a statement.
    Clause,
    /// The clauses of one statement together; this many are left.
    Statement(Rc<Cell<u64>>),
    /// Any number.
    None,
}

impl FactContext {
    /// This context for one statement: its clauses share one limit of operations, for all people together.
    pub(crate) fn for_statement(&self) -> Self {
        let operations = OperationLimit::Statement(Rc::new(Cell::new(limits::OPERATIONS)));
        Self { operations, ..self.clone() }
    }

    /// This context without a limit of operations.
    pub(crate) fn without_limit(&self) -> Self {
        Self { operations: OperationLimit::None, ..self.clone() }
    }

    /// How many operations the clause that is evaluated may still take.
    pub(crate) fn operations_left(&self) -> u64 {
        match &self.operations {
            OperationLimit::Clause => limits::OPERATIONS,
            OperationLimit::Statement(left) => left.get(),
            OperationLimit::None => u64::MAX,
        }
    }

    /// Counts operations of a clause. False when they are more than it may take.
    pub(crate) fn take_operations(&self, operations: u64) -> bool {
        if matches!(self.operations, OperationLimit::None) {
            return true;
        }
        let left = self.operations_left();
        if let OperationLimit::Statement(shared) = &self.operations {
            shared.set(left.saturating_sub(operations));
        }
        operations <= left
    }

    /// Counts operations that an interpreted clause took.
    pub(crate) fn count_interpreted(&self, operations: u64) {
        self.shared.spent.set(self.shared.spent.get().saturating_add(operations));
    }

    /// The operations that interpreted clauses took so far in this context and its clones.
    pub fn operations_taken(&self) -> u64 {
        self.shared.spent.get()
    }
}
