//! Lowering: from Rhai's syntax tree to our expression tree. The only module that uses `rhai::Expr`.
//!
//! Every node gets the span of its text: Rhai reports where a node starts, our scanner where it ends. A clause that our tree cannot express
//! is interpreted by Rhai, with a reason for its author. Names are checked here, because our tree no longer has them: an unknown field,
//! method or function is a diagnostic.
//!
//! `steps` lowers what follows a dot, `helpers` and `bodies` calls of helper functions, `parts` names; `loops` finds loops without an end.

mod bodies;
mod helpers;
mod loops;
mod parts;
mod steps;

pub(super) use bodies::{check_helper, function_body};

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
use crate::limits;
use crate::pack::expression::{Arithmetic, Body, Comparison, Node, NodeKind};
use crate::pack::operations::most_operations;
use crate::pack::touch::Action;
use crate::wording::Sentence;

/// The result of lowering a clause.
pub(super) struct LoweredClause {
    /// How the clause is evaluated.
    pub body: Body,
    /// The tree for the checker: what our tree cannot express is an unknown value in it.
    pub tree: Node,
    /// The findings about names.
    pub findings: Vec<Finding>,
}

/// Lowers a parsed clause. `clause` is its text and `span` the span of that text in the file.
pub(super) fn lower(tree: &AST, clause: &Arc<str>, span: Span, names: &PackNames) -> LoweredClause {
    let mut lowering = ClauseLowering::new(Rc::new(SourceMap::new(clause, span)), names);
    if let [Stmt::Expr(whole)] = tree.statements() {
        lowering.report_bare_subject(whole);
    }
    let part = lowering.block(tree.statements());
    let mut node = lowering.node(part);
    names.inlined.set(names.inlined.get().saturating_add(lowering.inlined));
    node.number(&mut 0);
    let body = match lowering.why {
        None if most_operations(&node) > limits::COMPILED_OPERATIONS => {
            let limit = i64::try_from(limits::COMPILED_OPERATIONS).unwrap_or(i64::MAX);
            Body::Interpreted { why: Sentence::new("interpreted-long").with("limit", limit) }
        }
        None => Body::Compiled(node.clone()),
        Some(why) => Body::Interpreted { why },
    };
    LoweredClause { body, tree: node, findings: lowering.findings }
}

/// The state while one clause is lowered.
struct ClauseLowering<'a> {
    /// The positions of the clause, or of the helper function that is being inlined.
    source_map: Rc<SourceMap>,
    names: &'a PackNames,
    /// The helper functions that are being inlined, outermost first.
    frames: Vec<HelperFrame>,
    /// How many nodes were made for helper functions so far.
    inlined: usize,
    /// Why the clause must be interpreted; `None` while our tree can express it.
    why: Option<Sentence>,
    findings: Vec<Finding>,
    /// The local variables of the statements that are being checked.
    locals: Vec<String>,
    /// Whether statements are being checked for names only, without making a tree.
    checking_names: bool,
}

impl<'a> ClauseLowering<'a> {
    fn new(source_map: Rc<SourceMap>, names: &'a PackNames) -> Self {
        Self {
            source_map,
            names,
            frames: Vec::new(),
            inlined: 0,
            why: None,
            findings: Vec::new(),
            locals: Vec::new(),
            checking_names: false,
        }
    }

    /// An expression as an operand, including the parentheses around it.
    fn operand(&mut self, expression: &'a Expr) -> TokenRange {
        self.report_bare_subject(expression);
        let part = self.expression(expression);
        self.widen(part)
    }

    /// Reports a subject used as a value: `lead is "x"`.
    fn report_bare_subject(&mut self, expression: &'a Expr) {
        if let Expr::Variable(variable, _, position) = expression
            && self.frames.is_empty()
            && let Some(subject) = self.subject(&variable.1)
        {
            self.findings.push(unknown_names::bare_subject(self.source_map.span_at(*position), subject));
        }
    }

    /// Checks the names in expressions that our tree cannot express.
    fn check_names(&mut self, expressions: impl IntoIterator<Item = &'a Expr>) {
        for expression in expressions {
            self.expression(expression);
        }
    }

    /// Checks the names in statements that our tree cannot express.
    fn check_statements(&mut self, statements: &'a [Stmt]) {
        let known = self.locals.len();
        let checking_names = std::mem::replace(&mut self.checking_names, true);
        for statement in statements {
            match statement {
                Stmt::Expr(_) | Stmt::FnCall(..) | Stmt::Switch(..) => _ = self.statement(statement),
                Stmt::Assignment(both) => {
                    self.check_names([&both.1.lhs, &both.1.rhs]);
                    // From here on its value is not known.
                    if let Expr::Variable(variable, ..) = &both.1.lhs {
                        self.locals.push(variable.1.to_string());
                    }
                }
                _ => self.check_statement(statement),
            }
        }
        self.checking_names = checking_names;
        self.locals.truncate(known);
    }

    /// Statements that our tree cannot express: the clause is interpreted, and their names are checked.
    fn interpreted_statements(&mut self, why: &'static str, statements: &'a [Stmt], position: Position) -> TokenRange {
        let part = self.interpreted(why, position);
        self.check_statements(statements);
        part
    }

    // ---- expressions --------------------------------------------------------------------------------------------

    fn expression(&mut self, expression: &'a Expr) -> TokenRange {
        let position = expression.start_position();
        match expression {
            Expr::DynamicConstant(..)
            | Expr::BoolConstant(..)
            | Expr::IntegerConstant(..)
            | Expr::FloatConstant(..)
            | Expr::StringConstant(..)
            | Expr::Unit(..) => self.literal(expression, position),
            // Rhai adds and formats characters differently from texts.
            Expr::CharConstant(..) => self.interpreted("interpreted-character", position),
            Expr::Variable(variable, ..) => self.variable(&variable.1, position),
            Expr::InterpolatedString(parts, ..) => {
                let parts: Vec<Node> = parts
                    .iter()
                    .map(|part| {
                        let part = self.expression(part);
                        self.node(part)
                    })
                    .collect();
                self.part(NodeKind::Text(parts), position)
            }
            Expr::Array(items, ..) => {
                let items = self.nodes(items.iter());
                self.part(NodeKind::List(items), position)
            }
            Expr::Map(map, ..) => {
                self.check_names(map.0.iter().map(|(_, value)| value));
                self.interpreted("interpreted-map", position)
            }
            Expr::And(operands, ..) => self.operands(operands, NodeKind::And),
            Expr::Or(operands, ..) => self.operands(operands, NodeKind::Or),
            Expr::Coalesce(operands, ..) => self.operands(operands, NodeKind::Coalesce),
            Expr::Dot(..) | Expr::Index(..) => self.chain(expression),
            Expr::FnCall(call, position) => self.call(call, *position),
            Expr::Stmt(block) => match block.statements() {
                [] => self.part(NodeKind::Literal(Value::Unknown), position),
                [statement] => self.statement(statement),
                several => self.interpreted_statements("interpreted-statements", several, position),
            },
            _ => self.interpreted("interpreted-rare", position),
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

    /// The operands of `and`, `or` or `??`.
    fn operands(&mut self, operands: &'a [Expr], kind: fn(Vec<Node>) -> NodeKind) -> TokenRange {
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
            several => self.interpreted_statements("interpreted-statements", several, Position::NONE),
        }
    }

    fn statement(&mut self, statement: &'a Stmt) -> TokenRange {
        match statement {
            Stmt::Expr(expression) => self.expression(expression),
            Stmt::FnCall(call, position) => self.call(call, *position),
            // `return x` at the end of a helper function. The flag distinguishes it from `throw x`.
            Stmt::Return(Some(expression), flags, _)
                if !flags.intersects(ASTFlags::BREAK) && !self.frames.is_empty() =>
            {
                self.operand(expression)
            }
            Stmt::Block(block) if block.statements().len() == 1 => match block.statements() {
                [inner] => self.statement(inner),
                several => self.interpreted_statements("interpreted-statements", several, statement.position()),
            },
            Stmt::If(flow, position) => {
                let condition = self.operand(&flow.expr);
                let yes = self.branch(flow.body.statements(), *position);
                let no = (!flow.branch.is_empty()).then(|| self.branch(flow.branch.statements(), *position));
                let first = self.source_map.token_at(*position).unwrap_or(condition.first);
                let widest = no.as_ref().unwrap_or(&yes).last;
                let closes = |index: usize| self.source_map.kind(index) == Some(TokenKind::Close('}'));
                let last = if closes(widest + 1) { widest + 1 } else { widest };
                let condition = Box::new(self.node(condition));
                let yes = Box::new(self.node(yes));
                let no = no.map(|no| Box::new(self.node(no)));
                TokenRange { kind: NodeKind::If(condition, yes, no), first, last }
            }
            Stmt::Switch(cases, _) => {
                self.expression(&cases.0);
                for case in &cases.1.expressions {
                    self.check_names([&case.lhs, &case.rhs]);
                }
                self.interpreted("interpreted-switch", statement.position())
            }
            other => self.interpreted_statements("interpreted-let", std::slice::from_ref(other), other.position()),
        }
    }

    fn branch(&mut self, statements: &'a [Stmt], position: Position) -> TokenRange {
        match statements {
            [] => self.part(NodeKind::Literal(Value::Unknown), position),
            [statement] => {
                let part = self.statement(statement);
                self.widen(part)
            }
            several => self.interpreted_statements("interpreted-statements", several, position),
        }
    }

    fn literal(&mut self, expression: &'a Expr, position: Position) -> TokenRange {
        match expression.get_literal_value(None).map(from_dynamic) {
            Some(Ok(value)) => self.part(NodeKind::Literal(value), position),
            _ => self.interpreted("interpreted-value", position),
        }
    }

    // ---- chains -------------------------------------------------------------------------------------------------

    fn chain(&mut self, expression: &'a Expr) -> TokenRange {
        let mut steps: Vec<ChainStep<'a>> = Vec::new();
        let mut optional_chaining = false;
        let mut at = expression;
        let mut root: Option<&'a Expr> = None;
        // `a.b.c` is Dot(a, Dot(b, c)): each left side is a step, except the first, which is the root.
        loop {
            let (next, rest) = match at {
                Expr::Dot(both, flags, _) => {
                    optional_chaining |= flags.intersects(ASTFlags::NEGATED);
                    (&both.lhs, Some((&both.rhs, false)))
                }
                Expr::Index(both, flags, _) => {
                    optional_chaining |= flags.intersects(ASTFlags::NEGATED);
                    (&both.lhs, Some((&both.rhs, true)))
                }
                last => (last, None),
            };
            match (root, next) {
                (None, root_expression) => root = Some(root_expression),
                (Some(_), Expr::Property(name, position)) => steps.push(ChainStep::Field(&name.2, *position)),
                (Some(_), Expr::MethodCall(call, position)) => {
                    let args = self.nodes(call.args.iter());
                    steps.push(ChainStep::Method(&call.name, args, *position));
                }
                (Some(_), other) => {
                    return self.interpreted("interpreted-rare", other.start_position());
                }
            }
            match rest {
                Some((_, true)) => {
                    // Indexing is interpreted; the names in the brackets are not checked.
                    let position = expression.start_position();
                    return self.interpreted("interpreted-item", position);
                }
                Some((rest, false)) => at = rest,
                None => break,
            }
        }
        let Some(root) = root else { return self.interpreted("interpreted-empty", expression.start_position()) };
        if optional_chaining {
            return self.interpreted("interpreted-careful", expression.start_position());
        }
        let mut steps = steps.into_iter();
        let mut part = match root {
            Expr::Variable(variable, ..) if self.subject(&variable.1).is_some() => {
                match (self.subject(&variable.1), steps.next()) {
                    (Some(subject), Some(step)) => self.fact(subject, root.start_position(), step),
                    _ => self.interpreted("interpreted-empty", root.start_position()),
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

    fn call(&mut self, call: &'a FnCallExpr, position: Position) -> TokenRange {
        let name = call.name.as_str();
        match call.args.as_slice() {
            [left, right] if name == "contains" => self.membership(right, left),
            [left, right] if call.is_operator_call() => self.binary(name, left, right, position),
            [only] if call.is_operator_call() => self.unary(name, only, position),
            args => self.function(name, args, position),
        }
    }

    fn unary(&mut self, name: &str, operand: &'a Expr, position: Position) -> TokenRange {
        let part = self.operand(operand);
        let last = part.last;
        // `a !in b` is `!(a in b)` with the operator in the middle: the node starts where `a` does.
        let first = self.source_map.token_at(position).unwrap_or(part.first).min(part.first);
        let node = Box::new(self.node(part));
        let kind = match name {
            "!" => NodeKind::Not(node),
            "-" => NodeKind::Negate(node),
            _ => return self.interpreted_because_of("interpreted-sign", name, position),
        };
        TokenRange { kind, first, last }
    }

    fn binary(&mut self, name: &str, left: &'a Expr, right: &'a Expr, position: Position) -> TokenRange {
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
            ".." | "..=" => return self.interpreted("interpreted-range", position),
            _ => return self.interpreted_because_of("interpreted-sign", name, position),
        };
        TokenRange { kind, first, last }
    }

    /// `item in haystack`.
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
                // Interpreted; the checker compares the item with both ends.
                _ if number(&from.kind) || number(&until.kind) => {
                    self.interpreted("interpreted-range", haystack.start_position());
                    let items = [from, until].map(|end| self.node(end)).into();
                    TokenRange { kind: NodeKind::In(Box::new(self.node(item_part)), items), first, last }
                }
                _ => self.interpreted("interpreted-range", haystack.start_position()),
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

    fn function(&mut self, name: &str, args: &'a [Expr], position: Position) -> TokenRange {
        match (name, args) {
            ("find", [Expr::StringConstant(role, at)]) => match dialect::find_action(role) {
                Ok(action) => self.part(NodeKind::Action(action), position),
                Err(_) => self.report(unknown_names::role(self.source_map.span_at(*at), role), position),
            },
            ("hand_over", [Expr::StringConstant(team, _)]) => {
                self.part(NodeKind::Action(Action::HandOver(team.as_str().into())), position)
            }
            ("date" | "moment", [Expr::StringConstant(written, at)]) => match dialect::moment(written) {
                Ok(moment) => self.part(NodeKind::Literal(Value::Moment(moment)), position),
                Err(why) => {
                    let finding = Finding::error(codes::BAD_MOMENT, self.source_map.span_at(*at));
                    self.report(finding.with("sentence", why.sentence()), position)
                }
            },
            ("find" | "hand_over" | "date" | "moment", args) if !may_be_text(args) => {
                self.report(unknown_names::takes_text(self.source_map.span_at(position), name), position)
            }
            _ => match self.names.helpers.iter().find(|helper| helper.is(name, args.len())) {
                Some(helper) => self.helper(helper, args, position),
                None => {
                    let part = self.named_function(name, args.len(), position);
                    self.check_names(args);
                    part
                }
            },
        }
    }

    /// A call of a helper function: `hot(lead)`.
    fn helper(&mut self, helper: &'a HelperFunction, args: &'a [Expr], position: Position) -> TokenRange {
        let mut arguments = Vec::with_capacity(args.len());
        for arg in args {
            let subject = match arg {
                Expr::Variable(variable, ..) => self.subject(&variable.1),
                _ => None,
            };
            arguments.push(match subject {
                Some(subject) => HelperArgument::Subject(subject),
                None => {
                    let part = self.operand(arg);
                    HelperArgument::Value(self.node(part))
                }
            });
        }
        if helper.body.statements().len() != 1 {
            let part = self.interpreted("interpreted-statements", position);
            self.check_helper_body(helper, &arguments);
            return part;
        }
        if let Err(why) = self.may_enter(helper) {
            return self.interpreted_because_of(why, &helper.name, position);
        }
        let (first, last) = self.source_map.token_range(position);
        let before = self.enter(helper, arguments);
        let part = self.block(helper.body.statements());
        let body = Box::new(self.node(part));
        let args = self.leave(before);
        TokenRange { kind: NodeKind::Call { name: helper.name.clone(), args, body }, first, last }
    }
}

/// The whole number that is known while the pack is read; `None` for any other node.
fn whole(kind: &NodeKind) -> Option<i64> {
    match kind {
        NodeKind::Literal(Value::Whole(number)) | NodeKind::Setting { value: Value::Whole(number), .. } => {
            Some(*number)
        }
        _ => None,
    }
}

/// Whether the node is a number with decimals that is known while the pack is read.
fn number(kind: &NodeKind) -> bool {
    matches!(kind, NodeKind::Literal(Value::Number(_)) | NodeKind::Setting { value: Value::Number(_), .. })
}

/// Whether the arguments are one that is a text or may be one when the rule runs.
fn may_be_text(args: &[Expr]) -> bool {
    let [arg] = args else { return false };
    match arg.get_literal_value(None) {
        Some(value) => value.is_string(),
        None => true,
    }
}
