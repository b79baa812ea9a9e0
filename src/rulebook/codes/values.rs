//! What is written down in a statement and cannot be so.

use super::Code;

/// missing-type
pub(crate) const MISSING_TYPE: Code = Code::new("missing-type");
/// missing-value
pub(crate) const MISSING_VALUE: Code = Code::new("missing-value");
/// bad-setting
pub(crate) const BAD_SETTING: Code = Code::new("bad-setting");
/// outside-range
pub(crate) const OUTSIDE_RANGE: Code = Code::new("outside-range");
/// bad-range
pub(crate) const BAD_RANGE: Code = Code::new("bad-range");
/// bad-override
pub(crate) const BAD_OVERRIDE: Code = Code::new("bad-override");
/// bad-entry
pub(crate) const BAD_ENTRY: Code = Code::new("bad-entry");
/// bad-moment
pub(crate) const BAD_MOMENT: Code = Code::new("bad-moment");
/// missing-number
pub(crate) const MISSING_NUMBER: Code = Code::new("missing-number");
/// missing-length
pub(crate) const MISSING_LENGTH: Code = Code::new("missing-length");
/// not-a-length
pub(crate) const NOT_A_LENGTH: Code = Code::new("not-a-length");
/// not-a-text
pub(crate) const NOT_A_TEXT: Code = Code::new("not-a-text");
/// no-value
pub(crate) const NO_VALUE: Code = Code::new("no-value");
/// missing-hours
pub(crate) const MISSING_HOURS: Code = Code::new("missing-hours");
/// opening-hours
pub(crate) const OPENING_HOURS: Code = Code::new("opening-hours");
/// bad-given
pub(crate) const BAD_GIVEN: Code = Code::new("bad-given");
/// bad-expect
pub(crate) const BAD_EXPECT: Code = Code::new("bad-expect");
/// ago-outside-example
pub(crate) const AGO_OUTSIDE_EXAMPLE: Code = Code::new("ago-outside-example");
/// by-outside-expect
pub(crate) const BY_OUTSIDE_EXPECT: Code = Code::new("by-outside-expect");
