//! The expressions of rules as a typed tree with spans.
//!
//! The checker, the evaluator and the explanation share the tree. A tree means exactly what the expression means in Rhai; the cases are
//! listed in `tests/semantics/`. An expression that the tree has no nodes for runs on the script interpreter.

use std::sync::Arc;

use crate::book::catalogue::{Fact, Subject};
use crate::book::value::Value;
use crate::diagnostics::Span;
use crate::pack::fact_table::FactId;
use crate::pack::interpreter::{Always, Interpreted};
use crate::pack::layers::LeadOwners;
use crate::wording::Sentence;

/// An expression of a rule: lowered to a tree, or left to the script interpreter.
#[derive(Clone, Debug)]
pub struct Clause {
    /// The text as its author wrote it.
    pub source: Arc<str>,
    /// Where it stands.
    pub span: Span,
    /// How it runs.
    pub body: Body,
    /// The expression as a program for the script interpreter: it runs where there is no tree, and tests compare the tree with it.
    pub program: Arc<dyn Interpreted>,
    /// True when it reads `person`: it is evaluated for each member of the buying group.
    pub reads_person: bool,
    /// The most operations that it takes for any lead (and person), where it is compiled; 0 where it is interpreted, which is counted as it
    /// runs.
    pub operations: u64,
    /// For a condition that holds for the leads of some reps only: whose.
    pub owners: Option<Arc<LeadOwners>>,
}

impl Clause {
    /// A condition that always holds, for a statement without one.
    pub(crate) fn always(span: Span) -> Self {
        let body = Body::Compiled(Node::new(span, NodeKind::Literal(Value::Truth(true))));
        let source = Arc::from("true");
        Self { source, span, body, program: Arc::new(Always), reads_person: false, operations: 0, owners: None }
    }

    /// Whether it reads this fact, directly or in a helper function that it calls. False for an interpreted clause, which is not searched.
    pub fn reads(&self, subject: Subject, fact: Fact) -> bool {
        self.reads_some(&|one, other| (one, other) == (subject, fact)).unwrap_or(false)
    }

    /// Whether it reads a fact that is wanted, directly or in a helper function that it calls; `None` for an interpreted clause, which is not
    /// searched.
    pub(crate) fn reads_some(&self, wanted: &dyn Fn(Subject, Fact) -> bool) -> Option<bool> {
        fn within(node: &Node, wanted: &dyn Fn(Subject, Fact) -> bool) -> bool {
            matches!(&node.kind, NodeKind::Fact { subject, fact, .. } if wanted(*subject, *fact))
                || node.kind.parts().into_iter().any(|part| within(part, wanted))
        }
        match &self.body {
            Body::Compiled(node) => Some(within(node, wanted)),
            Body::Interpreted { .. } => None,
        }
    }
}

impl Clause {
    /// Its value where it is a text that is the same for every lead; `None` for any other clause.
    #[cfg(feature = "editing")]
    pub(crate) fn constant_text(&self) -> Option<String> {
        match &self.body {
            Body::Compiled(node) => match node.constant() {
                Some(Value::Text(text)) => Some(text.to_string()),
                _ => None,
            },
            Body::Interpreted { .. } => None,
        }
    }
}

/// How a clause runs.
#[derive(Clone, Debug)]
pub enum Body {
    /// As a tree.
    Compiled(Node),
    /// On the script interpreter.
    Interpreted {
        /// Why it has no tree, for the author.
        why: Sentence,
    },
}

/// One node of the tree.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its number in the tree of its clause, in pre-order; the root is 0.
    pub id: u32,
    /// Where it stands in the rule file. The body of a helper function has its place in that function.
    pub span: Span,
    /// What it computes.
    pub kind: NodeKind,
}

/// Two nodes are equal when they compute the same, wherever they stand.
impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl Node {
    /// A node with number 0; [`number`](Self::number) numbers a whole tree.
    pub fn new(span: Span, kind: NodeKind) -> Self {
        Self { id: 0, span, kind }
    }

    /// Numbers this node and its parts in pre-order, from `next` on; `next` is left at the first number that is free.
    pub fn number(&mut self, next: &mut u32) {
        self.id = *next;
        *next += 1;
        for part in self.kind.parts_mut() {
            part.number(next);
        }
    }

    /// Its value where it is the same for every lead: a literal or a setting.
    pub fn constant(&self) -> Option<&Value> {
        match &self.kind {
            NodeKind::Literal(value) | NodeKind::Setting { value, .. } => Some(value),
            _ => None,
        }
    }

    /// Whether a fact of `person` is read somewhere in this tree.
    pub(crate) fn reads_person(&self) -> bool {
        matches!(self.kind, NodeKind::Fact { subject: Subject::Person, .. })
            || self.kind.parts().into_iter().any(Self::reads_person)
    }

    /// The number of nodes of this tree.
    pub fn size(&self) -> usize {
        1 + self.kind.parts().iter().map(|part| part.size()).sum::<usize>()
    }
}

/// What a node computes. The cases of each are listed in `tests/semantics/`.
#[derive(Clone, Debug, PartialEq)]
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
        /// Whose fact.
        subject: Subject,
        /// The fact of the catalogue.
        fact: Fact,
        /// Its arguments.
        args: Vec<Node>,
        /// Its number in the rulebook, where the arguments are constant; none before the rulebook is built.
        id: Option<FactId>,
    },
    /// `lead.budget`: a fact that a pack declares.
    Own {
        /// Its name.
        name: Arc<str>,
        /// Whether it is declared as a time, so that the text of the lead is read as a moment.
        is_time: bool,
    },
    /// `a and b and c`: from left to right, stops at the first false; the operands must be true or false.
    And(Vec<Node>),
    /// `a or b or c`: from left to right, stops at the first true; the operands must be true or false.
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
    /// `a in b`, `b.contains(a)`: the needle `a` and the haystack `b`, which is a text or a list that is not written out in the rule.
    Contains(Box<Node>, Box<Node>),
    /// `a in 1..5`, `a in 1..=5`: the needle must be a count. The flag is true when the end belongs to the range.
    InRange(Box<Node>, i64, i64, bool),
    /// `a ?? b`: the first that is known.
    Coalesce(Vec<Node>),
    /// `if a { b } else { c }`; unknown where it does not hold and there is no `else`.
    If(Box<Node>, Box<Node>, Option<Box<Node>>),
    /// `` `Looked at prices ${n} times` ``: the parts joined as text.
    Text(Vec<Node>),
    /// `[a, b]`
    List(Vec<Node>),
    /// `phone`, `wait`, `find("decider")`: a bare action, before its builder methods.
    Action(crate::pack::touch::Action),
    /// `….within(4.hours)`: a builder method of a touch.
    Build {
        /// The touch.
        on: Box<Node>,
        /// The name of the method.
        method: Arc<str>,
        /// Its arguments.
        args: Vec<Node>,
    },
    /// `lead.name.starts_with("A")`: a method of a text, a list or a number.
    Method {
        /// The value.
        on: Box<Node>,
        /// The method.
        method: Method,
        /// Its arguments.
        args: Vec<Node>,
    },
    /// `hot(lead)`: a call of a helper function.
    Call {
        /// The name of the function.
        name: Arc<str>,
        /// The arguments that can fail. As in Rhai they are evaluated before the body; their values are not used.
        args: Vec<Node>,
        /// The body of the function, with the arguments in the place of its parameters. The place of an error in it is the call.
        body: Box<Node>,
    },
}

impl NodeKind {
    /// The child nodes.
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

    /// The child nodes, mutable, in the order of [`parts`](Self::parts).
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

    /// True for a node that comes to a touch for every lead.
    pub fn is_touch(&self) -> bool {
        match self {
            Self::Action(_) | Self::Build { .. } => true,
            Self::Call { body, .. } => body.kind.is_touch(),
            _ => false,
        }
    }
}

/// A method of a text, a list or a number.
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
    /// As a rule writes it, for messages: `.len`.
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
    /// The comparison with its sides exchanged: `2 <= x` is `x >= 2`.
    pub const fn mirrored(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::Greater => Self::Less,
            Self::GreaterOrEqual => Self::LessOrEqual,
            same => same,
        }
    }

    /// The comparison that is true of known values exactly when this one is false.
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

/// The arithmetic operators of rules. `**` is left out: powers of numbers with decimals differ between machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}
