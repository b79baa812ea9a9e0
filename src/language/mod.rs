//! Rhai as the rule language.

pub mod walker;
