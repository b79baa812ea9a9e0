//! Inlining of helper functions.
//!
//! A call `hot(lead)` of `fn hot(lead) { lead.visits(7.days) >= 2 }` is replaced by the body of `hot`, with the arguments in place of the
//! parameters. Expressions have no side effects, so this means the same as the call, except that Rhai evaluates arguments before the body,
//! also those that the body does not use. So the arguments that can fail are kept with the call and evaluated first.
//!
//! Not inlined, and so interpreted: a function of more than one expression, a recursive one, and nested calls that would make the tree
//! larger or deeper than `limits` allows.

use std::rc::Rc;
use std::sync::Arc;

use rhai::Position;

use crate::book::catalogue::Subject;
use crate::language::lower::ClauseLowering;
use crate::language::lower::parts::TokenRange;
use crate::language::names::HelperFunction;
use crate::language::source_map::SourceMap;
use crate::limits;
use crate::pack::expression::{Node, NodeKind};

/// An argument of a helper function's call.
#[derive(Clone)]
pub(super) enum HelperArgument {
    /// `lead`, `person` or `account`, or a parameter that stands for one.
    Subject(Subject),
    /// Any other expression.
    Value(Node),
}

/// A helper function that is being inlined or checked.
pub(super) struct HelperFrame {
    name: Arc<str>,
    /// The arguments by parameter name.
    arguments: Vec<(Arc<str>, HelperArgument)>,
    /// An upper bound on the depth of its body.
    depth: usize,
}

/// The state of the caller, restored after the body of a helper function.
pub(super) struct SavedScope {
    source_map: Rc<SourceMap>,
    /// The arguments that can fail, to be evaluated before the body.
    args: Vec<Node>,
    checking_names: bool,
    locals: Vec<String>,
}

impl ClauseLowering<'_> {
    /// The subject that this name stands for here; `None` for any other name.
    pub(super) fn subject(&self, name: &str) -> Option<Subject> {
        if self.is_local(name) {
            return None;
        }
        if self.frames.is_empty() {
            return [Subject::Lead, Subject::Person, Subject::Account].into_iter().find(|each| each.word() == name);
        }
        match self.argument(name) {
            Some(HelperArgument::Subject(subject)) => Some(subject),
            _ => None,
        }
    }

    /// Whether a local variable of the statements around has this name, so that its value is not known.
    pub(super) fn is_local(&self, name: &str) -> bool {
        self.locals.iter().any(|local| local == name)
    }

    /// The argument for the parameter with this name; `None` when the helper function has no such parameter.
    pub(super) fn argument(&self, name: &str) -> Option<HelperArgument> {
        let arguments = &self.frames.last()?.arguments;
        arguments.iter().rev().find(|(known, _)| &**known == name).map(|(_, argument)| argument.clone())
    }

    /// A parameter used as a value: the argument takes its place.
    pub(super) fn argument_value(&mut self, name: &str, argument: HelperArgument, position: Position) -> TokenRange {
        match argument {
            HelperArgument::Subject(_) => self.interpreted_because_of("interpreted-whole", name, position),
            HelperArgument::Value(node) => {
                self.inlined += node.size();
                self.part(node.kind, position)
            }
        }
    }

    /// Whether this function can be inlined here.
    ///
    /// # Errors
    /// The key of the message that says why not.
    pub(super) fn may_enter(&self, helper: &HelperFunction) -> Result<(), &'static str> {
        let name = &helper.name;
        if self.frames.iter().any(|frame| frame.name == *name) {
            return Err("interpreted-itself");
        }
        let all = self.inlined.saturating_add(self.names.inlined.get());
        if self.frames.len() >= limits::INLINED_CALLS
            || self.depth() + helper.depth > limits::INLINED_DEPTH
            || self.inlined > limits::INLINED
            || all > limits::INLINED_IN_PACK
        {
            return Err("interpreted-too-large");
        }
        Ok(())
    }

    /// An upper bound on the depth of the helper functions around the current position.
    pub(super) fn depth(&self) -> usize {
        self.frames.iter().map(|frame| frame.depth).sum()
    }

    /// Enters the body of a helper function; [`leave`](Self::leave) takes what this returns.
    pub(super) fn enter(&mut self, helper: &HelperFunction, arguments: Vec<HelperArgument>) -> SavedScope {
        let args = arguments.iter().filter_map(|argument| match argument {
            HelperArgument::Value(node) if may_fail(node) => Some(node.clone()),
            _ => None,
        });
        let args: Vec<Node> = args.collect();
        self.inlined += args.iter().map(Node::size).sum::<usize>();
        let arguments = helper.params.iter().cloned().zip(arguments).collect();
        helper.is_called.set(true);
        self.frames.push(HelperFrame { name: helper.name.clone(), arguments, depth: helper.depth });
        let (checking_names, locals) = (std::mem::take(&mut self.checking_names), std::mem::take(&mut self.locals));
        SavedScope {
            source_map: std::mem::replace(&mut self.source_map, helper.source_map.clone()),
            args,
            checking_names,
            locals,
        }
    }

    /// Returns to the caller; gives the arguments that must be evaluated before the body.
    pub(super) fn leave(&mut self, before: SavedScope) -> Vec<Node> {
        self.frames.pop();
        (self.source_map, self.checking_names, self.locals) = (before.source_map, before.checking_names, before.locals);
        before.args
    }
}

/// Whether evaluating this node may fail. One that cannot fail need not be evaluated where its value is not used.
pub(super) fn may_fail(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Literal(_)
        | NodeKind::Setting { .. }
        | NodeKind::Now
        | NodeKind::Action(_)
        | NodeKind::Own { is_time: false, .. } => false,
        NodeKind::Fact { args, .. } => !args.is_empty(),
        _ => true,
    }
}
