//! A rule's expressions as our own typed tree, with spans.
//!
//! The tree is what the checker, the evaluator and the explanation share. It means exactly what Rhai means (the list is in
//! `tests/semantics/`): an expression that cannot be said in this tree stays a Rhai program and runs on the walker.

use std::sync::Arc;

use crate::book::catalogue::{Fact, Subject};
use crate::book::value::Value;
use crate::diagnostics::Span;
use crate::pack::interpreter::Interpreted;
use crate::wording::Sentence;

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
    pub program: Arc<dyn Interpreted>,
    /// True when it reads `person`: it is asked for each member of the buying group.
    pub reads_person: bool,
}

impl Clause {
    /// Whether it reads this fact, itself or in a helper function put in its place. What runs on the walker cannot tell.
    pub fn reads(&self, subject: Subject, fact: Fact) -> bool {
        fn within(node: &Node, wanted: (Subject, Fact)) -> bool {
            matches!(&node.kind, NodeKind::Fact { subject, fact, .. } if (*subject, *fact) == wanted)
                || node.kind.parts().into_iter().any(|part| within(part, wanted))
        }
        match &self.body {
            Body::Compiled(node) => within(node, (subject, fact)),
            Body::Interpreted { .. } => false,
        }
    }
}

/// How a clause runs.
#[derive(Clone, Debug)]
pub enum Body {
    /// On our tree.
    Compiled(Node),
    /// On Rhai's walker, with the reason why, for the author.
    Interpreted {
        /// What the tree cannot say.
        why: Sentence,
    },
}

/// One node of the tree.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its number in the tree of its clause: the root is 0, and each node comes before its parts.
    pub id: u32,
    /// Where it stands. What comes from a helper function has its place there.
    pub span: Span,
    /// What it is.
    pub kind: NodeKind,
}

impl Node {
    /// A node by itself; [`number`](Self::number) gives a whole tree its numbers.
    pub fn new(span: Span, kind: NodeKind) -> Self {
        Self { id: 0, span, kind }
    }

    /// Numbers this node and its parts, from `next` on.
    pub fn number(&mut self, next: &mut u32) {
        self.id = *next;
        *next += 1;
        for part in self.kind.parts_mut() {
            part.number(next);
        }
    }

    /// How many nodes this is, its parts included.
    pub fn size(&self) -> usize {
        1 + self.kind.parts().iter().map(|part| part.size()).sum::<usize>()
    }
}

/// What a node computes. What each means is told line by line in `tests/semantics/`.
#[derive(Clone, Debug)]
pub enum NodeKind {
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
    /// `a in b`, `b.contains(a)` where b is not a written list: a list fact or a text.
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
    Action(crate::pack::touch::Action),
    /// `….within(4.hours)`: a builder method on a touch.
    Build {
        /// The touch so far.
        on: Box<Node>,
        /// The method.
        method: Arc<str>,
        /// Its arguments.
        args: Vec<Node>,
    },
    /// `lead.name.starts_with("A")`: something asked of a text, a list or a number.
    Method {
        /// Of what.
        on: Box<Node>,
        /// What.
        method: Method,
        /// With what.
        args: Vec<Node>,
    },
    /// `hot(lead)`: a helper function, with what was handed over in the place of its parameters.
    Call {
        /// Its name.
        name: Arc<str>,
        /// What was handed over and can fail: it is computed first, as Rhai does, and then not needed any more.
        args: Vec<Node>,
        /// What it comes to. An error in it is told at the call.
        body: Box<Node>,
    },
}

impl NodeKind {
    /// The nodes that this one is made of.
    pub fn parts(&self) -> Vec<&Node> {
        match self {
            Self::Literal(_) | Self::Setting { .. } | Self::Now | Self::Own { .. } | Self::Action(_) => Vec::new(),
            Self::And(nodes) | Self::Or(nodes) | Self::Coalesce(nodes) | Self::Text(nodes) | Self::List(nodes) => {
                nodes.iter().collect()
            }
            Self::Fact { args, .. } => args.iter().collect(),
            Self::Not(node) | Self::Negate(node) | Self::InRange(node, ..) => vec![node],
            Self::Compare(_, left, right) | Self::Arith(_, left, right) | Self::Contains(left, right) => {
                vec![left, right]
            }
            Self::If(condition, yes, no) => [&**condition, yes].into_iter().chain(no.as_deref()).collect(),
            Self::In(one, more)
            | Self::Build { on: one, args: more, .. }
            | Self::Method { on: one, args: more, .. }
            | Self::Call { body: one, args: more, .. } => more.iter().chain([&**one]).collect(),
        }
    }

    /// The same, to change them.
    pub fn parts_mut(&mut self) -> Vec<&mut Node> {
        match self {
            Self::Literal(_) | Self::Setting { .. } | Self::Now | Self::Own { .. } | Self::Action(_) => Vec::new(),
            Self::And(nodes) | Self::Or(nodes) | Self::Coalesce(nodes) | Self::Text(nodes) | Self::List(nodes) => {
                nodes.iter_mut().collect()
            }
            Self::Fact { args, .. } => args.iter_mut().collect(),
            Self::Not(node) | Self::Negate(node) | Self::InRange(node, ..) => vec![node],
            Self::Compare(_, left, right) | Self::Arith(_, left, right) | Self::Contains(left, right) => {
                vec![left, right]
            }
            Self::If(condition, yes, no) => [&mut **condition, yes].into_iter().chain(no.as_deref_mut()).collect(),
            Self::In(one, more)
            | Self::Build { on: one, args: more, .. }
            | Self::Method { on: one, args: more, .. }
            | Self::Call { body: one, args: more, .. } => more.iter_mut().chain([&mut **one]).collect(),
        }
    }

    /// True for what is a touch whatever the lead.
    pub fn is_touch(&self) -> bool {
        match self {
            Self::Action(_) | Self::Build { .. } => true,
            Self::Call { body, .. } => body.kind.is_touch(),
            _ => false,
        }
    }
}

/// What can be asked of a text, a list or a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// `.len()`, `.len`: characters of a text, items of a list.
    Length,
    /// `.is_empty()`
    IsEmpty,
    /// `.starts_with("A")`
    StartsWith,
    /// `.ends_with("Ltd")`
    EndsWith,
    /// `.to_lower()`
    Lower,
    /// `.to_upper()`
    Upper,
    /// `.days` of a number that is only known when the rule runs.
    Unit(&'static str),
}

impl Method {
    /// How it is written, for messages.
    pub fn written(self) -> String {
        let name = match self {
            Self::Length => "len",
            Self::IsEmpty => "is_empty",
            Self::StartsWith => "starts_with",
            Self::EndsWith => "ends_with",
            Self::Lower => "to_lower",
            Self::Upper => "to_upper",
            Self::Unit(unit) => unit,
        };
        format!(".{name}")
    }
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

impl Comparison {
    /// The comparison with its sides changed over: `2 <= x` is `x >= 2`.
    pub const fn mirrored(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::Greater => Self::Less,
            Self::GreaterOrEqual => Self::LessOrEqual,
            same => same,
        }
    }

    /// The comparison that holds of known values exactly when this one does not.
    pub const fn opposite(self) -> Self {
        match self {
            Self::Equal => Self::NotEqual,
            Self::NotEqual => Self::Equal,
            Self::Less => Self::GreaterOrEqual,
            Self::LessOrEqual => Self::Greater,
            Self::Greater => Self::LessOrEqual,
            Self::GreaterOrEqual => Self::Less,
        }
    }
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
