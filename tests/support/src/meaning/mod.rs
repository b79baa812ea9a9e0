//! Worlds generated from bytes, and the comparison of every evaluator of rules with Rhai, the oracle. Shared by the tests
//! `meaning` and `many_at_once` and the fuzz target in `fuzz/`.

pub mod agree;
pub mod bytes;
pub mod expressions;
pub mod leads;
pub mod many;
pub mod mutations;
pub mod packs;
pub mod reference;
pub mod rows;
pub mod watch;
pub mod world;
