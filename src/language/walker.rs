//! Rhai's own tree walker: the oracle for our compiled rules, and what runs the rest.

/// An expression for Rhai's walker.
#[derive(Clone, Debug)]
pub struct Program;
