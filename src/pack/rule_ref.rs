//! A reference to a statement by name and place: advice names the rule, cadence or policy that it comes from.

use serde::Serialize;

use crate::diagnostics::Span;
use crate::pack::Pack;

/// A rule, cadence or other statement, by name and place.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RuleRef {
    /// Name of the pack.
    pub pack: String,
    /// The pack's file.
    pub file: String,
    /// Name of the statement.
    pub name: String,
    /// Where it stands.
    pub span: Span,
}

/// The reference to the statement of this name at this place of the pack.
pub fn rule_ref(pack: &Pack, name: &str, span: Span) -> RuleRef {
    RuleRef { pack: pack.about.name.clone(), file: pack.file.clone(), name: name.to_owned(), span }
}
