//! A rule's expressions as our own typed tree, with spans.
//!
//! The tree is what the checker, the evaluator and the explanation share. It means exactly what Rhai means (the list is in
//! `tests/semantics/`): an expression that cannot be said in this tree stays a Rhai program and runs on the walker.

use std::rc::Rc;
use std::sync::Arc;

use super::span::Span;
use crate::book::catalogue::{Fact, Subject};
use crate::book::value::Value;
use crate::language::walker::Program;

/// An expression of a rule: lowered to our tree, or left to Rhai's walker.
#[derive(Clone, Debug)]
pub struct Clause {
    /// The text as its author wrote it.
    pub source: Arc<str>,
    /// Where it stands.
    pub span: Span,
    /// How it runs.
    pub body: Body,
    /// The same expression for Rhai's walker: the oracle for the tree, and what runs when there is no tree.
    pub program: Rc<Program>,
    /// True when it reads `person`: it is asked for each member of the buying group.
    pub reads_person: bool,
}

/// How a clause runs.
#[derive(Clone, Debug)]
pub enum Body {
    /// On our tree.
    Compiled(Node),
    /// On Rhai's walker, with the reason why, for the author.
    Interpreted {
        /// What the tree cannot say.
        why: String,
    },
}

/// One node of the tree.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// What a node computes. What each means is told line by line in `tests/semantics/operators.csv`.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A value written in the rule, or a constant of the pack.
    Literal(Value),
    /// `hot_visits`: a setting of the pack. Its name is kept for explanations.
    Setting {
        /// Its name.
        name: Arc<str>,
        /// Its value, after overrides.
        value: Value,
    },
    /// `now`
    Now,
    /// `lead.visits("pricing", 7.days)`
    Fact {
        /// About whom.
        subject: Subject,
        /// Which.
        fact: Fact,
        /// With what.
        args: Vec<Node>,
    },
    /// `lead.budget`: a fact of the team's own.
    Own {
        /// Its name.
        name: Arc<str>,
    },
    /// `a and b and c`: left to right, stops at the first false; operands must be true or false.
    And(Vec<Node>),
    /// `a or b or c`.
    Or(Vec<Node>),
    /// `not a`.
    Not(Box<Node>),
    /// `-a`.
    Negate(Box<Node>),
    /// `a < b`.
    Compare(Comparison, Box<Node>, Box<Node>),
    /// `a + b`.
    Arith(Arithmetic, Box<Node>, Box<Node>),
    /// `a in [x, y, z]`.
    In(Box<Node>, Vec<Node>),
    /// `a in b` where b is not a written list: a list fact or a text.
    Contains(Box<Node>, Box<Node>),
    /// `a in 1..5`, `a in 1..=5`: only counts can be in a range. The flag is true when the end belongs to it.
    InRange(Box<Node>, i64, i64, bool),
    /// `a ?? b`.
    Coalesce(Vec<Node>),
    /// `if a { b } else { c }`.
    If(Box<Node>, Box<Node>, Option<Box<Node>>),
    /// `` `Looked at prices ${n} times` ``.
    Text(Vec<Node>),
    /// `[a, b]`
    List(Vec<Node>),
    /// `phone`, `wait`, `find("decider")`: a bare action, before its builder methods.
    Action(super::touch::Action),
    /// `….within(4.hours)`: a builder method on a touch.
    Build {
        /// The touch so far.
        on: Box<Node>,
        /// The method.
        method: Arc<str>,
        /// Its arguments.
        args: Vec<Node>,
    },
}

/// The six comparisons. `is` is another spelling of `==`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// The arithmetic that rules may use. `**` is left out: powers of decimals differ between machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}
