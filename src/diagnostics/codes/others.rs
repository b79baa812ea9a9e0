//! What is good to know about a sound statement.

use crate::diagnostics::codes::DiagnosticCode;

/// Nothing reads a setting
///
/// ## What it does
/// Warns when a setting stands in no rule of its pack.
///
/// ## Why it matters
/// Whoever turns it will see nothing change.
///
/// ## Example
/// ```rhai
/// setting hot_visits = 2;
/// never phone when lead.visits(7.days) > 2;
/// ```
///
/// ## Do instead
/// ```rhai
/// setting hot_visits = 2;
/// never phone when lead.visits(7.days) > hot_visits;
/// ```
pub(crate) const UNUSED_SETTING: DiagnosticCode = DiagnosticCode::new("unused-setting");

/// A condition runs interpreted
///
/// ## What it does
/// Notes that a clause runs on Rhai's own walker, and why. Nothing needs to be done.
///
/// ## Why it matters
/// It means the same, but takes longer and is explained in less detail.
///
/// ## Example
/// ```rhai
/// never phone when switch lead.stage { "lost" => true, _ => false };
/// ```
///
/// ## Do instead
/// ```rhai
/// never phone when lead.stage is "lost";
/// ```
pub(crate) const INTERPRETED: DiagnosticCode = DiagnosticCode::new("interpreted");
