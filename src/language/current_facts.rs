//! The facts that the running clause may read, per thread.
//!
//! Rhai's values must be Send and Sync so that rulebooks can be shared between threads, and facts are neither: they belong to one lead that
//! one thread evaluates. So `lead`, `person` and `account` are only names in Rhai, and what they stand for is kept here while a clause runs.

use std::cell::RefCell;
use std::rc::Rc;

use crate::pack::interpreter::FactSource;

thread_local! {
    static CURRENT: RefCell<Option<Rc<dyn FactSource>>> = const { RefCell::new(None) };
}

/// Puts back what was current before, also when the clause panics.
struct Restore(Option<Rc<dyn FactSource>>);

impl Drop for Restore {
    fn drop(&mut self) {
        CURRENT.set(self.0.take());
    }
}

/// Runs `work` with these facts as the current ones of this thread.
pub(super) fn with_facts<T>(facts: Rc<dyn FactSource>, work: impl FnOnce() -> T) -> T {
    let _restore = Restore(CURRENT.replace(Some(facts)));
    work()
}

/// The facts of the clause that runs on this thread; `None` where none runs.
pub(super) fn current_facts() -> Option<Rc<dyn FactSource>> {
    CURRENT.with_borrow(Clone::clone)
}
