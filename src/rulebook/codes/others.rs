//! What is good to know about a sound statement.

use super::Code;

/// unused-setting
pub(crate) const UNUSED_SETTING: Code = Code::new("unused-setting");
/// interpreted
pub(crate) const INTERPRETED: Code = Code::new("interpreted");
