//! Locking a cache that several threads may share.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// The value behind a mutex. A thread that panicked while it held the lock may have left out an entry, never half of one, because entries
/// are inserted whole: so the value is used all the same.
pub(crate) fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
