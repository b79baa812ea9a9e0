//! The facts that the running clause may read, per thread.
//!
//! Rhai's values must be Send and Sync so that rulebooks can be shared between threads, and facts are neither: they belong to one lead that
//! one thread evaluates. So `lead`, `person` and `account` are only names in Rhai, and what they stand for is kept here while a clause runs.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use crate::book::value::Value;
use crate::diagnostics::ValueError;
use crate::pack::interpreter::FactSource;

/// Facts, and the names of those that the pack of the clause declares as times.
#[derive(Clone)]
struct CurrentFacts {
    facts: Rc<dyn FactSource>,
    times: Arc<[Arc<str>]>,
}

thread_local! {
    static CURRENT: RefCell<Option<CurrentFacts>> = const { RefCell::new(None) };
}

/// Puts back what was current before, also when the clause panics.
struct Restore(Option<CurrentFacts>);

impl Drop for Restore {
    fn drop(&mut self) {
        CURRENT.set(self.0.take());
    }
}

/// Runs `work` with these facts as the current ones of this thread, of which the pack declares `times` as times.
pub(super) fn with_facts<T>(facts: Rc<dyn FactSource>, times: Arc<[Arc<str>]>, work: impl FnOnce() -> T) -> T {
    let _restore = Restore(CURRENT.replace(Some(CurrentFacts { facts, times })));
    work()
}

/// The facts of the clause that runs on this thread; `None` where none runs.
pub(super) fn current_facts() -> Option<Rc<dyn FactSource>> {
    CURRENT.with_borrow(|current| current.as_ref().map(|current| current.facts.clone()))
}

/// A fact that a pack declares, of the clause that runs on this thread; unknown where none runs.
///
/// # Errors
/// It is declared as a time, and the lead has something else there.
pub(super) fn own_fact(name: &str) -> Result<Value, ValueError> {
    let Some(CurrentFacts { facts, times }) = CURRENT.with_borrow(Clone::clone) else { return Ok(Value::Unknown) };
    if times.iter().any(|time| **time == *name) { facts.own_time(name) } else { Ok(facts.own(name)) }
}
