//! A statement by name and place: how an answer names the rule, cadence or policy that it comes from.

use serde::Serialize;

use crate::diagnostics::Span;
use crate::pack::Pack;

/// A rule or cadence, by name and place.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RuleRef {
    /// Name of the pack.
    pub pack: String,
    /// The pack's file.
    pub file: String,
    /// Name of the rule.
    pub name: String,
    /// Where it stands.
    pub span: Span,
}

/// A statement by name and place.
pub fn rule_ref(pack: &Pack, name: &str, span: Span) -> RuleRef {
    RuleRef { pack: pack.about.name.clone(), file: pack.file.clone(), name: name.to_owned(), span }
}
