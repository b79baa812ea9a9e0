//! Helper functions, put in the place of their calls.
//!
//! `hot(lead)` with `fn hot(lead) { lead.visits(7.days) >= 2 }` becomes the body of `hot`, with what was handed over in the
//! place of its parameters. Values cannot change within a rule and computing one has no effect, so this means what Rhai
//! means by the call, save for one thing: Rhai computes what is handed over before the body, and also when the body does
//! not need it. So whatever can fail is kept with the call and computed first.
//!
//! Left to the walker: a function that is more than one expression, one that calls itself, and calls within calls that
//! would make the tree larger or deeper than `limits` allows.

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

/// What a helper function was handed.
#[derive(Clone)]
pub(super) enum HelperArgument {
    /// `lead`, `person` or `account`, under whatever name.
    Subject(Subject),
    /// Anything else.
    Value(Node),
}

/// A helper function whose body is being lowered.
pub(super) struct HelperFrame {
    name: Arc<str>,
    handed: Vec<(Arc<str>, HelperArgument)>,
    depth: usize,
}

/// What to go back to after the body of a helper function.
pub(super) struct SavedScope {
    places: Rc<SourceMap>,
    args: Vec<Node>,
    looking: bool,
    locals: Vec<String>,
}

impl ClauseLowering<'_> {
    /// The subject that this name stands for here.
    pub(super) fn subject(&self, name: &str) -> Option<Subject> {
        if self.is_local(name) {
            return None;
        }
        if self.frames.is_empty() {
            return [Subject::Lead, Subject::Person, Subject::Account].into_iter().find(|each| each.word() == name);
        }
        match self.handed(name) {
            Some(HelperArgument::Subject(subject)) => Some(subject),
            _ => None,
        }
    }

    /// Whether a variable of the statements around has this name, so that it may be anything.
    pub(super) fn is_local(&self, name: &str) -> bool {
        self.locals.iter().any(|local| local == name)
    }

    /// What was handed over under this name.
    pub(super) fn handed(&self, name: &str) -> Option<HelperArgument> {
        let handed = &self.frames.last()?.handed;
        handed.iter().rev().find(|(known, _)| &**known == name).map(|(_, handed)| handed.clone())
    }

    /// A parameter by itself: what was handed over, in its place.
    pub(super) fn handed_over(&mut self, name: &str, handed: HelperArgument, point: Position) -> TokenRange {
        match handed {
            HelperArgument::Subject(_) => self.other_named("walker-whole", name, point),
            HelperArgument::Value(node) => {
                self.inlined += node.size();
                self.part(node.kind, point)
            }
        }
    }

    /// Whether the body of this function can be put in the place of a call here, or why not.
    pub(super) fn may_enter(&self, helper: &HelperFunction) -> Result<(), &'static str> {
        let name = &helper.name;
        if self.frames.iter().any(|frame| frame.name == *name) {
            return Err("walker-itself");
        }
        let all = self.inlined.saturating_add(self.names.inlined.get());
        if self.frames.len() >= limits::INLINED_CALLS
            || self.depth() + helper.depth > limits::INLINED_DEPTH
            || self.inlined > limits::INLINED
            || all > limits::INLINED_IN_PACK
        {
            return Err("walker-too-large");
        }
        Ok(())
    }

    /// A bound on the depth of the helper functions that this is in.
    pub(super) fn depth(&self) -> usize {
        self.frames.iter().map(|frame| frame.depth).sum()
    }

    /// Goes into the body of a helper function.
    pub(super) fn enter(&mut self, helper: &HelperFunction, handed: Vec<HelperArgument>) -> SavedScope {
        let args = handed.iter().filter_map(|handed| match handed {
            HelperArgument::Value(node) if may_fail(node) => Some(node.clone()),
            _ => None,
        });
        let args: Vec<Node> = args.collect();
        self.inlined += args.iter().map(Node::size).sum::<usize>();
        let handed = helper.params.iter().cloned().zip(handed).collect();
        helper.is_called.set(true);
        self.frames.push(HelperFrame { name: helper.name.clone(), handed, depth: helper.depth });
        let (looking, locals) = (std::mem::take(&mut self.looking), std::mem::take(&mut self.locals));
        SavedScope { places: std::mem::replace(&mut self.places, helper.places.clone()), args, looking, locals }
    }

    /// Goes back to the call; gives what has to be computed before the body.
    pub(super) fn leave(&mut self, before: SavedScope) -> Vec<Node> {
        self.frames.pop();
        (self.places, self.looking, self.locals) = (before.places, before.looking, before.locals);
        before.args
    }
}

/// False for what always has a value, so that it need not be computed where it is not used.
pub(super) fn may_fail(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Literal(_)
        | NodeKind::Setting { .. }
        | NodeKind::Now
        | NodeKind::Action(_)
        | NodeKind::Own { .. } => false,
        NodeKind::Fact { args, .. } => !args.is_empty(),
        _ => true,
    }
}
