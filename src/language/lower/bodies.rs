//! Checks the names in the bodies of helper functions that are not inlined.
//!
//! A helper function of several statements, or one that no clause calls, is not lowered to a tree. Unknown names in it are reported all the
//! same: `lead.vists()` fails for every lead, wherever it occurs. A parameter stands for a subject when the call passes one, and, in a
//! function that no clause calls, when it has the name of one. Any other parameter may hold any value, and nothing is reported about it.

use std::rc::Rc;

use rhai::{AST, ASTNode, Stmt};

use crate::book::catalogue::Subject;
use crate::book::value::Value;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::{Span, codes};
use crate::language::lower::helpers::HelperArgument;
use crate::language::lower::{ClauseLowering, loops};
use crate::language::names::{CheckedHelper, HelperFunction, PackNames};
use crate::limits;
use crate::pack::expression::{Node, NodeKind};

/// The statements of the only function that `function` defines, as a tree of their own.
pub(in crate::language) fn function_body(function: &AST) -> AST {
    let mut statements: Vec<Stmt> = Vec::new();
    function.walk(&mut |path| {
        if let [ASTNode::Stmt(statement)] = path {
            statements.push((*statement).clone());
        }
        true
    });
    AST::new(statements, rhai::Module::new())
}

/// The findings about the names in a helper function that no clause calls.
pub(in crate::language) fn check_helper(helper: &HelperFunction, names: &PackNames) -> Vec<Finding> {
    let mut lowering = ClauseLowering::new(Rc::clone(&helper.source_map), names);
    let arguments: Vec<HelperArgument> = helper
        .params
        .iter()
        .map(|param| {
            match [Subject::Lead, Subject::Person, Subject::Account].into_iter().find(|one| one.word() == &**param) {
                Some(subject) => HelperArgument::Subject(subject),
                None => unknown_argument(),
            }
        })
        .collect();
    lowering.check_helper_body(helper, &arguments);
    lowering.findings
}

impl<'a> ClauseLowering<'a> {
    /// Checks the names in the body of a helper function, once for each combination of subjects that calls pass to it.
    pub(super) fn check_helper_body(&mut self, helper: &'a HelperFunction, arguments: &[HelperArgument]) {
        if self.is_too_deep(helper) {
            return;
        }
        let subjects: Vec<Option<Subject>> = arguments
            .iter()
            .map(|argument| match argument {
                HelperArgument::Subject(subject) => Some(*subject),
                HelperArgument::Value(_) => None,
            })
            .collect();
        let (name, in_example) = (helper.name.clone(), self.names.in_example);
        let mut checked = CheckedHelper { name, subjects, in_example, findings: Vec::new() };
        let known = self
            .names
            .checked_helpers
            .borrow()
            .iter()
            .find(|other| other.is_same_call(&checked))
            .map(|one| one.findings.clone());
        if let Some(findings) = known {
            return self.findings.extend(findings);
        }
        // Recorded before its body is checked, so that a function that calls itself is checked once.
        let index = self.names.checked_helpers.borrow().len();
        self.names.checked_helpers.borrow_mut().push(checked.clone());
        let (inlined, before) = (self.inlined, std::mem::take(&mut self.findings));
        let arguments = checked
            .subjects
            .iter()
            .map(|subject| subject.map_or_else(unknown_argument, HelperArgument::Subject))
            .collect();
        let outside = self.enter(helper, arguments);
        self.check_statements(helper.body.statements());
        self.leave(outside);
        self.inlined = inlined;
        checked.findings = std::mem::replace(&mut self.findings, before);
        self.findings.extend(checked.findings.iter().cloned());
        if let Some(recorded) = self.names.checked_helpers.borrow_mut().get_mut(index) {
            *recorded = checked;
        }
    }

    /// Checks the names in a statement that is not an expression. A block in it has its own variables.
    pub(super) fn check_statement(&mut self, statement: &'a Stmt) {
        if let Some(position) = loops::endless(statement) {
            self.findings.push(Finding::warning(codes::ENDLESS_LOOP, self.source_map.span_at(position)));
        }
        match statement {
            Stmt::Var(declared, ..) => {
                self.check_names([&declared.1]);
                self.locals.push(declared.0.name.to_string());
            }
            Stmt::If(flow, _) | Stmt::While(flow, _) | Stmt::Do(flow, ..) => {
                self.check_names([&flow.expr]);
                self.check_statements(flow.body.statements());
                self.check_statements(flow.branch.statements());
            }
            Stmt::TryCatch(flow, _) => {
                self.check_statements(flow.body.statements());
                self.check_statements(flow.branch.statements());
            }
            Stmt::For(each, _) => {
                let (name, counter, flow) = &**each;
                self.check_names([&flow.expr]);
                let known = self.locals.len();
                self.locals
                    .extend([Some(name), counter.as_ref()].into_iter().flatten().map(|one| one.name.to_string()));
                self.check_statements(flow.body.statements());
                self.locals.truncate(known);
            }
            Stmt::Block(block) => self.check_statements(block.statements()),
            Stmt::Return(Some(value), ..) | Stmt::BreakLoop(Some(value), ..) => self.check_names([&**value]),
            _ => {}
        }
    }

    /// Whether the body of this function is nested too deep to be checked here.
    fn is_too_deep(&self, helper: &HelperFunction) -> bool {
        self.frames.len() >= limits::INLINED_CALLS || self.depth() + helper.depth > limits::INLINED_DEPTH
    }
}

/// An argument that may be any value.
fn unknown_argument() -> HelperArgument {
    HelperArgument::Value(Node::new(Span::START, NodeKind::Literal(Value::Unknown)))
}
