//! Names that nobody knows, and names that are there twice.

use super::Code;

/// unknown-name
pub(crate) const UNKNOWN_NAME: Code = Code::new("unknown-name");
/// unknown-fact
pub(crate) const UNKNOWN_FACT: Code = Code::new("unknown-fact");
/// unknown-function
pub(crate) const UNKNOWN_FUNCTION: Code = Code::new("unknown-function");
/// unknown-builder
pub(crate) const UNKNOWN_BUILDER: Code = Code::new("unknown-builder");
/// unknown-channel
pub(crate) const UNKNOWN_CHANNEL: Code = Code::new("unknown-channel");
/// unknown-stage
pub(crate) const UNKNOWN_STAGE: Code = Code::new("unknown-stage");
/// unknown-role
pub(crate) const UNKNOWN_ROLE: Code = Code::new("unknown-role");
/// unknown-signal
pub(crate) const UNKNOWN_SIGNAL: Code = Code::new("unknown-signal");
/// unknown-unit
pub(crate) const UNKNOWN_UNIT: Code = Code::new("unknown-unit");
/// unknown-scope
pub(crate) const UNKNOWN_SCOPE: Code = Code::new("unknown-scope");
/// unknown-type
pub(crate) const UNKNOWN_TYPE: Code = Code::new("unknown-type");
/// unknown-setting
pub(crate) const UNKNOWN_SETTING: Code = Code::new("unknown-setting");
/// Nobody is `person` here
///
/// ## What it does
/// Tells when `person` is read where nobody is asked about: in an `enter` statement, in the steps of a cadence, and in the reason of a
/// rule (or cadence) that does not read `person` elsewhere.
///
/// ## Why it matters
/// A stage and a series belong to the lead as a whole, and a rule that reads no person is asked once for the lead. Everything about
/// `person` is unknown there: the condition fails for every lead, and the sentence has a gap.
///
/// ## Example
/// ```rhai
/// enter "consideration" when person.is_a("decider");
/// ```
///
/// ## Do instead
/// ```rhai
/// enter "consideration" when lead.knows("decider");
/// ```
pub(crate) const NO_PERSON: Code = Code::new("no-person");
/// missing-parentheses
pub(crate) const MISSING_PARENTHESES: Code = Code::new("missing-parentheses");
/// needless-parentheses
pub(crate) const NEEDLESS_PARENTHESES: Code = Code::new("needless-parentheses");
/// taken-name
pub(crate) const TAKEN_NAME: Code = Code::new("taken-name");
/// duplicate-name
pub(crate) const DUPLICATE_NAME: Code = Code::new("duplicate-name");
/// duplicate-pack
pub(crate) const DUPLICATE_PACK: Code = Code::new("duplicate-pack");
/// conflicting-fact
pub(crate) const CONFLICTING_FACT: Code = Code::new("conflicting-fact");
