//! From Rhai's tree to ours. The only file that names `rhai::Expr`.
//!
//! Every node gets the stretch of text it was written as: Rhai tells where a node starts, our own scan where it ends. What
//! our tree cannot say leaves the clause to Rhai's walker, with a reason that its author understands. Names are checked
//! here, because after this step they are gone: an unknown field, method or function is a diagnostic, never a silent miss.
//!
//! What a dot is followed by is told in `steps`, what a call of a helper function becomes in `helpers` and `bodies`, what a name stands for in `parts`.

mod bodies;
mod helpers;
mod parts;
mod steps;

pub(super) use bodies::{body_of, look_into};

use std::rc::Rc;
use std::sync::Arc;

use rhai::{AST, ASTFlags, Expr, FnCallExpr, Position, Stmt};

use crate::book::value::Value;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::{Span, codes};
use crate::language::lower::helpers::{HelperArgument, HelperFrame};
use crate::language::lower::parts::TokenRange;
use crate::language::lower::steps::ChainStep;
use crate::language::names::{HelperFunction, PackNames};
use crate::language::scan::TokenKind;
use crate::language::source_map::SourceMap;
use crate::language::values::from_dynamic;
use crate::language::{dialect, unknown_names};
use crate::pack::expression::{Arithmetic, Body, Comparison, Node, NodeKind};
use crate::pack::touch::Action;
use crate::wording::Sentence;

/// A clause after lowering.
pub(super) struct LoweredClause {
    pub body: Body,
    /// As much of the clause as the tree can say, for the checker: the rest is an unknown value in it.
    pub tree: Node,
    pub findings: Vec<Finding>,
}

/// Lowers a parsed clause; `clause` is its text and `place` where that stands in the file.
pub(super) fn lower(tree: &AST, clause: &Arc<str>, place: Span, names: &PackNames) -> LoweredClause {
    let mut lowering = ClauseLowering::new(Rc::new(SourceMap::new(clause, place)), names);
    if let [Stmt::Expr(whole)] = tree.statements() {
        lowering.no_subject_alone(whole);
    }
    let part = lowering.block(tree.statements());
    let mut node = lowering.node(part);
    names.inlined.set(names.inlined.get().saturating_add(lowering.inlined));
    node.number(&mut 0);
    let body = match lowering.why {
        None => Body::Compiled(node.clone()),
        Some(why) => Body::Interpreted { why },
    };
    LoweredClause { body, tree: node, findings: lowering.findings }
}

struct ClauseLowering<'a> {
    /// Of the clause, or of the helper function that is being put in its place.
    places: Rc<SourceMap>,
    names: &'a PackNames,
    /// The helper functions that are being put in their place, outermost first.
    frames: Vec<HelperFrame>,
    /// Nodes made for helper functions so far.
    inlined: usize,
    why: Option<Sentence>,
    findings: Vec<Finding>,
    /// The variables of the statements that are being looked through.
    locals: Vec<String>,
    /// True where statements are looked through for their names, which make no tree.
    looking: bool,
}

impl<'a> ClauseLowering<'a> {
    fn new(places: Rc<SourceMap>, names: &'a PackNames) -> Self {
        Self {
            places,
            names,
            frames: Vec::new(),
            inlined: 0,
            why: None,
            findings: Vec::new(),
            locals: Vec::new(),
            looking: false,
        }
    }

    fn operand(&mut self, expression: &'a Expr) -> TokenRange {
        self.no_subject_alone(expression);
        let part = self.expression(expression);
        self.widen(part)
    }

    /// Tells of `lead is "x"`: a subject has facts, and is no value itself.
    fn no_subject_alone(&mut self, expression: &'a Expr) {
        if let Expr::Variable(variable, _, point) = expression
            && self.frames.is_empty()
            && let Some(subject) = self.subject(&variable.1)
        {
            self.findings.push(unknown_names::subject_alone(self.places.span_at(*point), subject));
        }
    }

    /// Looks through what the tree cannot hold, for the sake of the names in it.
    fn look_through(&mut self, expressions: impl IntoIterator<Item = &'a Expr>) {
        for expression in expressions {
            self.expression(expression);
        }
    }

    /// The same for statements.
    fn look_into(&mut self, statements: &'a [Stmt]) {
        let known = self.locals.len();
        let looking = std::mem::replace(&mut self.looking, true);
        for statement in statements {
            match statement {
                Stmt::Expr(_) | Stmt::FnCall(..) | Stmt::Switch(..) => _ = self.statement(statement),
                Stmt::Assignment(both) => {
                    self.look_through([&both.1.lhs, &both.1.rhs]);
                    // From here on it may be anything.
                    if let Expr::Variable(variable, ..) = &both.1.lhs {
                        self.locals.push(variable.1.to_string());
                    }
                }
                _ => self.look_at(statement),
            }
        }
        self.looking = looking;
        self.locals.truncate(known);
    }

    /// What holds more than the tree can.
    fn several(&mut self, why: &'static str, statements: &'a [Stmt], point: Position) -> TokenRange {
        let part = self.other(why, point);
        self.look_into(statements);
        part
    }

    // ---- expressions --------------------------------------------------------------------------------------------

    fn expression(&mut self, expression: &'a Expr) -> TokenRange {
        let point = expression.start_position();
        match expression {
            Expr::DynamicConstant(..)
            | Expr::BoolConstant(..)
            | Expr::IntegerConstant(..)
            | Expr::FloatConstant(..)
            | Expr::StringConstant(..)
            | Expr::Unit(..) => self.literal(expression, point),
            // Rhai adds and prints characters in ways of their own.
            Expr::CharConstant(..) => self.other("walker-character", point),
            Expr::Variable(variable, ..) => self.variable(&variable.1, point),
            Expr::InterpolatedString(parts, ..) => {
                let parts: Vec<Node> = parts
                    .iter()
                    .map(|part| {
                        let part = self.expression(part);
                        self.node(part)
                    })
                    .collect();
                self.part(NodeKind::Text(parts), point)
            }
            Expr::Array(items, ..) => {
                let items = self.nodes(items.iter());
                self.part(NodeKind::List(items), point)
            }
            Expr::Map(map, ..) => {
                self.look_through(map.0.iter().map(|(_, value)| value));
                self.other("walker-map", point)
            }
            Expr::And(operands, ..) => self.row(operands, NodeKind::And),
            Expr::Or(operands, ..) => self.row(operands, NodeKind::Or),
            Expr::Coalesce(operands, ..) => self.row(operands, NodeKind::Coalesce),
            Expr::Dot(..) | Expr::Index(..) => self.chain(expression),
            Expr::FnCall(call, point) => self.call(call, *point),
            Expr::Stmt(block) => match block.statements() {
                [] => self.part(NodeKind::Literal(Value::Unknown), point),
                [statement] => self.statement(statement),
                several => self.several("walker-statements", several, point),
            },
            _ => self.other("walker-rare", point),
        }
    }

    fn nodes(&mut self, expressions: impl IntoIterator<Item = &'a Expr>) -> Vec<Node> {
        let mut nodes = Vec::new();
        for expression in expressions {
            let part = self.operand(expression);
            nodes.push(self.node(part));
        }
        nodes
    }

    fn row(&mut self, operands: &'a [Expr], kind: fn(Vec<Node>) -> NodeKind) -> TokenRange {
        let mut nodes = Vec::with_capacity(operands.len());
        let (mut first, mut last) = (usize::MAX, 0);
        for operand in operands {
            let part = self.operand(operand);
            first = first.min(part.first);
            last = last.max(part.last);
            nodes.push(self.node(part));
        }
        TokenRange { kind: kind(nodes), first, last }
    }

    fn block(&mut self, statements: &'a [Stmt]) -> TokenRange {
        match statements {
            [statement] => self.statement(statement),
            several => self.several("walker-statements", several, Position::NONE),
        }
    }

    fn statement(&mut self, statement: &'a Stmt) -> TokenRange {
        match statement {
            Stmt::Expr(expression) => self.expression(expression),
            Stmt::FnCall(call, point) => self.call(call, *point),
            // `return x` at the end of a helper function. The flag tells it from `throw x`.
            Stmt::Return(Some(expression), flags, _)
                if !flags.intersects(ASTFlags::BREAK) && !self.frames.is_empty() =>
            {
                self.operand(expression)
            }
            Stmt::Block(block) if block.statements().len() == 1 => match block.statements() {
                [inner] => self.statement(inner),
                several => self.several("walker-statements", several, statement.position()),
            },
            Stmt::If(flow, point) => {
                let condition = self.operand(&flow.expr);
                let yes = self.branch(flow.body.statements(), *point);
                let no = (!flow.branch.is_empty()).then(|| self.branch(flow.branch.statements(), *point));
                let first = self.places.token_at(*point).unwrap_or(condition.first);
                let widest = no.as_ref().unwrap_or(&yes).last;
                let closes = |place: usize| self.places.kind(place) == Some(TokenKind::Close('}'));
                let last = if closes(widest + 1) { widest + 1 } else { widest };
                let condition = Box::new(self.node(condition));
                let yes = Box::new(self.node(yes));
                let no = no.map(|no| Box::new(self.node(no)));
                TokenRange { kind: NodeKind::If(condition, yes, no), first, last }
            }
            Stmt::Switch(cases, _) => {
                self.expression(&cases.0);
                for case in &cases.1.expressions {
                    self.look_through([&case.lhs, &case.rhs]);
                }
                self.other("walker-switch", statement.position())
            }
            other => self.several("walker-let", std::slice::from_ref(other), other.position()),
        }
    }

    fn branch(&mut self, statements: &'a [Stmt], point: Position) -> TokenRange {
        match statements {
            [] => self.part(NodeKind::Literal(Value::Unknown), point),
            [statement] => {
                let part = self.statement(statement);
                self.widen(part)
            }
            several => self.several("walker-statements", several, point),
        }
    }

    fn literal(&mut self, expression: &'a Expr, point: Position) -> TokenRange {
        match expression.get_literal_value(None).map(from_dynamic) {
            Some(Ok(value)) => self.part(NodeKind::Literal(value), point),
            _ => self.other("walker-value", point),
        }
    }

    // ---- chains -------------------------------------------------------------------------------------------------

    fn chain(&mut self, expression: &'a Expr) -> TokenRange {
        let mut steps: Vec<ChainStep<'a>> = Vec::new();
        let mut careful = false;
        let mut at = expression;
        let mut root: Option<&'a Expr> = None;
        // `a.b.c` is Dot(a, Dot(b, c)): each left side is a step, save the first, which is the root.
        loop {
            let (next, rest) = match at {
                Expr::Dot(both, flags, _) => {
                    careful |= flags.intersects(ASTFlags::NEGATED);
                    (&both.lhs, Some((&both.rhs, false)))
                }
                Expr::Index(both, flags, _) => {
                    careful |= flags.intersects(ASTFlags::NEGATED);
                    (&both.lhs, Some((&both.rhs, true)))
                }
                last => (last, None),
            };
            match (root, next) {
                (None, root_expression) => root = Some(root_expression),
                (Some(_), Expr::Property(name, point)) => steps.push(ChainStep::Field(&name.2, *point)),
                (Some(_), Expr::MethodCall(call, point)) => {
                    let args = self.nodes(call.args.iter());
                    steps.push(ChainStep::Method(&call.name, args, *point));
                }
                (Some(_), other) => {
                    return self.other("walker-rare", other.start_position());
                }
            }
            match rest {
                Some((_, true)) => {
                    // Indexing is left to Rhai; what stands in the brackets is not looked into.
                    let point = expression.start_position();
                    return self.other("walker-item", point);
                }
                Some((rest, false)) => at = rest,
                None => break,
            }
        }
        let Some(root) = root else { return self.other("walker-empty", expression.start_position()) };
        if careful {
            return self.other("walker-careful", expression.start_position());
        }
        let mut steps = steps.into_iter();
        let mut part = match root {
            Expr::Variable(variable, ..) if self.subject(&variable.1).is_some() => {
                match (self.subject(&variable.1), steps.next()) {
                    (Some(subject), Some(step)) => self.fact(subject, root.start_position(), step),
                    _ => self.other("walker-empty", root.start_position()),
                }
            }
            _ => {
                let part = self.expression(root);
                self.widen(part)
            }
        };
        for step in steps {
            part = self.step(part, step);
        }
        part
    }

    // ---- calls and operators ------------------------------------------------------------------------------------

    fn call(&mut self, call: &'a FnCallExpr, point: Position) -> TokenRange {
        let name = call.name.as_str();
        match call.args.as_slice() {
            [left, right] if name == "contains" => self.membership(right, left),
            [left, right] if call.is_operator_call() => self.binary(name, left, right, point),
            [only] if call.is_operator_call() => self.unary(name, only, point),
            args => self.function(name, args, point),
        }
    }

    fn unary(&mut self, name: &str, operand: &'a Expr, point: Position) -> TokenRange {
        let part = self.operand(operand);
        let last = part.last;
        // `a !in b` is `!(a in b)` with the sign in the middle: the whole starts where `a` does.
        let first = self.places.token_at(point).unwrap_or(part.first).min(part.first);
        let node = Box::new(self.node(part));
        let kind = match name {
            "!" => NodeKind::Not(node),
            "-" => NodeKind::Negate(node),
            _ => return self.other_named("walker-sign", name, point),
        };
        TokenRange { kind, first, last }
    }

    fn binary(&mut self, name: &str, left: &'a Expr, right: &'a Expr, point: Position) -> TokenRange {
        let left = self.operand(left);
        let right = self.operand(right);
        let (first, last) = (left.first, right.last);
        let (left, right) = (Box::new(self.node(left)), Box::new(self.node(right)));
        let kind = match name {
            "==" => NodeKind::Compare(Comparison::Equal, left, right),
            "!=" => NodeKind::Compare(Comparison::NotEqual, left, right),
            "<" => NodeKind::Compare(Comparison::Less, left, right),
            "<=" => NodeKind::Compare(Comparison::LessOrEqual, left, right),
            ">" => NodeKind::Compare(Comparison::Greater, left, right),
            ">=" => NodeKind::Compare(Comparison::GreaterOrEqual, left, right),
            "+" => NodeKind::Arith(Arithmetic::Add, left, right),
            "-" => NodeKind::Arith(Arithmetic::Subtract, left, right),
            "*" => NodeKind::Arith(Arithmetic::Multiply, left, right),
            "/" => NodeKind::Arith(Arithmetic::Divide, left, right),
            "%" => NodeKind::Arith(Arithmetic::Remainder, left, right),
            ".." | "..=" => return self.other("walker-range", point),
            _ => return self.other_named("walker-sign", name, point),
        };
        TokenRange { kind, first, last }
    }

    /// `item in haystack`
    fn membership(&mut self, item: &'a Expr, haystack: &'a Expr) -> TokenRange {
        let item_part = self.operand(item);
        let first = item_part.first;
        if let Expr::FnCall(call, _) = haystack
            && let ".." | "..=" = call.name.as_str()
            && let [from, until] = call.args.as_slice()
        {
            let (from, until) = (self.operand(from), self.operand(until));
            let last = until.last;
            return match (whole(&from.kind), whole(&until.kind)) {
                (Some(from), Some(until)) => {
                    let item = Box::new(self.node(item_part));
                    TokenRange { kind: NodeKind::InRange(item, from, until, call.name == "..="), first, last }
                }
                _ => self.other("walker-range", haystack.start_position()),
            };
        }
        let haystack_part = self.operand(haystack);
        let last = haystack_part.last;
        let item = Box::new(self.node(item_part));
        let haystack = self.node(haystack_part);
        let kind = match haystack.kind {
            NodeKind::List(items) => NodeKind::In(item, items),
            _ => NodeKind::Contains(item, Box::new(haystack)),
        };
        TokenRange { kind, first, last }
    }

    fn function(&mut self, name: &str, args: &'a [Expr], point: Position) -> TokenRange {
        match (name, args) {
            ("find", [Expr::StringConstant(role, at)]) => match dialect::find_action(role) {
                Ok(action) => self.part(NodeKind::Action(action), point),
                Err(_) => self.find(unknown_names::role(self.places.span_at(*at), role), point),
            },
            ("hand_over", [Expr::StringConstant(team, _)]) => {
                self.part(NodeKind::Action(Action::HandOver(team.as_str().into())), point)
            }
            ("date" | "moment", [Expr::StringConstant(written, at)]) => match dialect::moment(written) {
                Ok(moment) => self.part(NodeKind::Literal(Value::Moment(moment)), point),
                Err(why) => {
                    let finding = Finding::error(codes::BAD_MOMENT, self.places.span_at(*at));
                    self.find(finding.with("sentence", why.sentence()), point)
                }
            },
            ("find" | "hand_over" | "date" | "moment", args) if !may_be_text(args) => {
                self.find(unknown_names::takes_text(self.places.span_at(point), name), point)
            }
            _ => match self.names.helpers.iter().find(|helper| helper.is(name, args.len())) {
                Some(helper) => self.helper(helper, args, point),
                None => {
                    let part = self.named_function(name, args.len(), point);
                    self.look_through(args);
                    part
                }
            },
        }
    }

    /// `hot(lead)`
    fn helper(&mut self, helper: &'a HelperFunction, args: &'a [Expr], point: Position) -> TokenRange {
        let mut handed = Vec::with_capacity(args.len());
        for arg in args {
            let subject = match arg {
                Expr::Variable(variable, ..) => self.subject(&variable.1),
                _ => None,
            };
            handed.push(match subject {
                Some(subject) => HelperArgument::Subject(subject),
                None => {
                    let part = self.operand(arg);
                    HelperArgument::Value(self.node(part))
                }
            });
        }
        if helper.body.statements().len() != 1 {
            let part = self.other("walker-statements", point);
            self.look_at_body(helper, &handed);
            return part;
        }
        if let Err(why) = self.may_enter(helper) {
            return self.other_named(why, &helper.name, point);
        }
        let (first, last) = self.places.reach(point);
        let before = self.enter(helper, handed);
        let part = self.block(helper.body.statements());
        let body = Box::new(self.node(part));
        let args = self.leave(before);
        TokenRange { kind: NodeKind::Call { name: helper.name.clone(), args, body }, first, last }
    }
}

/// A whole number that is known while reading.
fn whole(kind: &NodeKind) -> Option<i64> {
    match kind {
        NodeKind::Literal(Value::Whole(number)) | NodeKind::Setting { value: Value::Whole(number), .. } => {
            Some(*number)
        }
        _ => None,
    }
}

/// True for one value that is a text, or something that is only known when the rule runs.
fn may_be_text(args: &[Expr]) -> bool {
    let [arg] = args else { return false };
    match arg.get_literal_value(None) {
        Some(value) => value.is_string(),
        None => true,
    }
}
