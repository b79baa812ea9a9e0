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
/// saved in another encoding. A file in UTF-16 or UTF-32 has an error instead: nothing of it can be read, so it counts as law and holds all contact.
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

/// A loop has no end
///
/// ## What it does
/// Warns about `loop` and `while true` without a `break`, `return` or `throw` that ends them.
///
/// ## Why it matters
/// The statement is stopped after a limited number of operations, for every lead, and counts as one that cannot be evaluated.
///
/// ## Example
/// ```rhai
/// fn quiet_days(lead) { let days = 0; loop { days += 1; } }
/// never phone when quiet_days(lead) > 7;
/// ```
///
/// ## Do instead
/// ```rhai
/// never phone when lead.since("visit") > 7.days;
/// ```
pub(crate) const ENDLESS_LOOP: DiagnosticCode = DiagnosticCode::new("endless-loop");

/// A statement takes too many operations
///
/// ## What it does
/// Warns when a statement takes more operations than it may, and tells for how many leads. Only reported where leads are decided:
/// `cadans decide` and `cadans check --leads`.
///
/// ## Why it matters
/// For those leads it is stopped and counts as a statement that cannot be evaluated. Mostly a loop goes on too long, or searches a long list
/// again and again.
pub(crate) const OVER_LIMIT: DiagnosticCode = DiagnosticCode::new("over-limit");
