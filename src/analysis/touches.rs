//! The touches that a rule or cadence proposes, as far as they are the same for every lead.

use std::sync::Arc;

use crate::analysis::classifier::constant_value;
use crate::book::value::Value;
use crate::diagnostics::Span;
use crate::pack::expression::{Body, Clause, Node, NodeKind};
use crate::pack::touch::Touch;

/// A touch as it is written.
#[derive(Clone, Debug)]
pub(crate) struct WrittenTouch {
    /// The touch, without what differs between leads.
    pub(crate) touch: Touch,
    /// The builder methods whose arguments differ between leads.
    pub(crate) varying: Vec<Arc<str>>,
    /// Where it stands.
    pub(crate) span: Span,
    /// Each builder method with the span of its first argument, or of the call where it has none.
    methods: Vec<(Arc<str>, Span)>,
}

/// The touches of a clause.
#[derive(Clone, Debug)]
pub(crate) struct WrittenTouches {
    /// Every touch that it may propose.
    pub(crate) touches: Vec<WrittenTouch>,
    /// True when it depends on the lead which of them it proposes.
    pub(crate) chosen: bool,
}

impl WrittenTouch {
    /// Whether what this method sets differs between leads.
    pub(crate) fn varies(&self, method: &str) -> bool {
        self.varying.iter().any(|one| **one == *method)
    }

    /// The span of the first argument of a builder method, or of its call where it has none; the whole touch where it has none by that name.
    pub(crate) fn span_of(&self, method: &str) -> Span {
        self.methods.iter().find(|(name, _)| **name == *method).map_or(self.span, |(_, span)| *span)
    }
}

/// The touches of a `then` or `steps` clause; `None` when they are only known when it runs.
pub(crate) fn written_touches(clause: &Clause) -> Option<WrittenTouches> {
    match &clause.body {
        Body::Compiled(node) => touches(node),
        Body::Interpreted { .. } => None,
    }
}

fn touches(node: &Node) -> Option<WrittenTouches> {
    match &node.kind {
        NodeKind::List(items) => {
            let all: Vec<WrittenTouches> = items.iter().map(touches).collect::<Option<_>>()?;
            let chosen = all.iter().any(|one| one.chosen);
            Some(WrittenTouches { touches: all.into_iter().flat_map(|one| one.touches).collect(), chosen })
        }
        NodeKind::If(_, yes, no) => {
            let mut all = touches(yes)?.touches;
            if let Some(no) = no {
                all.extend(touches(no)?.touches);
            }
            Some(WrittenTouches { touches: all, chosen: true })
        }
        NodeKind::Call { args, body, .. } if args.is_empty() => touches(body),
        _ => Some(WrittenTouches { touches: vec![touch(node)?], chosen: false }),
    }
}

fn touch(node: &Node) -> Option<WrittenTouch> {
    match &node.kind {
        NodeKind::Action(action) => Some(WrittenTouch {
            touch: Touch::new(action.clone()),
            varying: Vec::new(),
            span: node.span,
            methods: Vec::new(),
        }),
        NodeKind::Build { on, method, args } => {
            let mut built = touch(on)?;
            let values: Option<Vec<Value>> = args.iter().map(constant_value).collect();
            match values {
                Some(values) => built.touch = built.touch.clone().with(method, &values).ok()?,
                None => built.varying.push(method.clone()),
            }
            built.methods.push((method.clone(), args.first().map_or(node.span, |arg| arg.span)));
            Some(WrittenTouch { span: node.span, ..built })
        }
        NodeKind::Call { args, body, .. } if args.is_empty() => touch(body),
        _ => None,
    }
}
