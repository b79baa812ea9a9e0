//! The bodies of helper functions that are not put in the place of their calls, looked through for the names in them.
//!
//! A function of several statements, or one that nothing calls, makes no tree. What is wrong with the names in it is told all the
//! same: `lead.vists()` fails for every lead, wherever it stands. A parameter is known where a subject was handed over, and where it
//! has the name of one in a function that nothing calls; any other may be anything, and nothing is said of it.

use std::rc::Rc;

use rhai::{AST, ASTNode, Stmt};

use crate::book::catalogue::Subject;
use crate::book::value::Value;
use crate::diagnostics::Span;
use crate::diagnostics::finding::Finding;
use crate::language::lower::ClauseLowering;
use crate::language::lower::helpers::HelperArgument;
use crate::language::names::{HelperFunction, HelperNames, PackNames};
use crate::limits;
use crate::pack::expression::{Node, NodeKind};

/// The statements of the one function that a tree defines, as a tree of their own.
pub(in crate::language) fn body_of(function: &AST) -> AST {
    let mut statements: Vec<Stmt> = Vec::new();
    function.walk(&mut |path| {
        if let [ASTNode::Stmt(statement)] = path {
            statements.push((*statement).clone());
        }
        true
    });
    AST::new(statements, rhai::Module::new())
}

/// What is wrong with the names in a helper function that nothing calls.
pub(in crate::language) fn look_into(helper: &HelperFunction, names: &PackNames) -> Vec<Finding> {
    let mut lowering = ClauseLowering::new(Rc::clone(&helper.places), names);
    let handed: Vec<HelperArgument> = helper
        .params
        .iter()
        .map(|param| {
            match [Subject::Lead, Subject::Person, Subject::Account].into_iter().find(|one| one.word() == &**param) {
                Some(subject) => HelperArgument::Subject(subject),
                None => anything(),
            }
        })
        .collect();
    lowering.look_at_body(helper, &handed);
    lowering.findings
}

impl<'a> ClauseLowering<'a> {
    /// Looks into the body of a helper function, once for each way in which subjects are handed to it.
    pub(super) fn look_at_body(&mut self, helper: &'a HelperFunction, handed: &[HelperArgument]) {
        if self.is_too_deep(helper) {
            return;
        }
        let handed: Vec<Option<Subject>> = handed
            .iter()
            .map(|handed| match handed {
                HelperArgument::Subject(subject) => Some(*subject),
                HelperArgument::Value(_) => None,
            })
            .collect();
        let (name, in_example) = (helper.name.clone(), self.names.in_example);
        let mut looked = HelperNames { name, handed, in_example, findings: Vec::new() };
        let known =
            self.names.looked.borrow().iter().find(|other| other.is_like(&looked)).map(|one| one.findings.clone());
        if let Some(findings) = known {
            return self.findings.extend(findings);
        }
        // Kept before it is known, so that a function that calls itself comes to an end.
        let place = self.names.looked.borrow().len();
        self.names.looked.borrow_mut().push(looked.clone());
        let (inlined, before) = (self.inlined, std::mem::take(&mut self.findings));
        let handed =
            looked.handed.iter().map(|subject| subject.map_or_else(anything, HelperArgument::Subject)).collect();
        let outside = self.enter(helper, handed);
        self.look_into(helper.body.statements());
        self.leave(outside);
        self.inlined = inlined;
        looked.findings = std::mem::replace(&mut self.findings, before);
        self.findings.extend(looked.findings.iter().cloned());
        if let Some(kept) = self.names.looked.borrow_mut().get_mut(place) {
            *kept = looked;
        }
    }

    /// Looks at a statement that is no expression. Those within it have their own variables.
    pub(super) fn look_at(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Var(declared, ..) => {
                self.look_through([&declared.1]);
                self.locals.push(declared.0.name.to_string());
            }
            Stmt::If(flow, _) | Stmt::While(flow, _) | Stmt::Do(flow, ..) => {
                self.look_through([&flow.expr]);
                self.look_into(flow.body.statements());
                self.look_into(flow.branch.statements());
            }
            // What is caught is told apart by nobody.
            Stmt::TryCatch(flow, _) => {
                self.look_into(flow.body.statements());
                self.look_into(flow.branch.statements());
            }
            Stmt::For(each, _) => {
                let (name, counter, flow) = &**each;
                self.look_through([&flow.expr]);
                let known = self.locals.len();
                self.locals
                    .extend([Some(name), counter.as_ref()].into_iter().flatten().map(|one| one.name.to_string()));
                self.look_into(flow.body.statements());
                self.locals.truncate(known);
            }
            Stmt::Block(block) => self.look_into(block.statements()),
            Stmt::Return(Some(value), ..) | Stmt::BreakLoop(Some(value), ..) => self.look_through([&**value]),
            _ => {}
        }
    }

    fn is_too_deep(&self, helper: &HelperFunction) -> bool {
        self.frames.len() >= limits::INLINED_CALLS || self.depth() + helper.depth > limits::INLINED_DEPTH
    }
}

/// A value of which nothing is known.
fn anything() -> HelperArgument {
    HelperArgument::Value(Node::new(Span::START, NodeKind::Literal(Value::Unknown)))
}
