//! Worlds made from bytes, and the comparison of everybody who evaluates rules with Rhai's walker. Shared by the tests
//! `meaning` and `many_at_once` and the fuzz target in `fuzz/`.

pub mod agree;
pub mod bytes;
pub mod expressions;
pub mod kept;
pub mod leads;
pub mod many;
pub mod packs;
pub mod rows;
pub mod said;
pub mod spoil;
pub mod world;
