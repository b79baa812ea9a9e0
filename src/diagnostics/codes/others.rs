//! Codes about statements that can be used as they are.

use crate::diagnostics::codes::DiagnosticCode;

/// Nothing reads a setting
///
/// ## What it does
/// Warns when no statement of the pack reads a setting.
///
/// ## Why it matters
/// Changing it has no effect.
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
/// Notes that a clause is run by Rhai's own interpreter, and why. Nothing needs to be done.
///
/// ## Why it matters
/// It has the same result, but takes longer and is explained in less detail.
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

/// Characters that could not be read
///
/// ## What it does
/// Warns when a file has the character U+FFFD (�). Bytes that are not UTF-8 are read as this character, most often because the file was
/// saved in another encoding.
///
/// ## Why it matters
/// A text with this character is not the text that was written: it is equal to nothing in the leads, and people see it in reasons.
///
/// ## Example
/// ```rhai
/// never phone when lead.topic is "caf�";
/// ```
///
/// ## Do instead
/// ```rhai
/// never phone when lead.topic is "café";
/// ```
pub(crate) const UNREADABLE_CHARACTERS: DiagnosticCode = DiagnosticCode::new("unreadable-characters");
