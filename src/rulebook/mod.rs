//! What packs mean: statements as data, merged into a rulebook and checked.

pub mod diagnostic;
pub mod pack;
pub mod span;
pub mod touch;
pub mod tree;

pub use diagnostic::{Diagnostic, Severity};
pub use pack::Pack;
pub use span::Span;
