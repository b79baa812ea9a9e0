//! The releases of the published data in the tables of this folder.
//!
//! A table that is written from published data begins with `# `, the name of the data and its release, and a semicolon, so that the release
//! that is told is always that of the rows below it. What is read from them here is read when the crate is compiled.

use std::fmt;
use std::sync::LazyLock;

use serde::Serialize;

use crate::calendar::{clocks, holiday_table};

/// The release of the IANA time zone database that the clocks are from: `2026f`.
pub const TZ_DATA_VERSION: &str = before_semicolon(clocks::TABLE, "# tzdb ");

/// The source of the public holidays and its release: `python-holidays 0.109`.
pub const HOLIDAY_DATA_VERSION: &str = before_semicolon(holiday_table::TABLE, "# ");

/// The releases of the published data that an answer depends on, besides rules and leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct DataVersions {
    /// [`TZ_DATA_VERSION`].
    pub tz: &'static str,
    /// [`HOLIDAY_DATA_VERSION`].
    pub holidays: &'static str,
}

impl fmt::Display for DataVersions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tz {}, holidays {}", self.tz, self.holidays)
    }
}

/// Those of this crate.
pub const DATA_VERSIONS: DataVersions = DataVersions { tz: TZ_DATA_VERSION, holidays: HOLIDAY_DATA_VERSION };

/// The version of Cadans, and in brackets those of the data in it: `0.1.0 (tz 2026f, holidays python-holidays 0.109)`.
pub fn version() -> &'static str {
    static VERSION: LazyLock<String> = LazyLock::new(|| format!("{} ({DATA_VERSIONS})", env!("CARGO_PKG_VERSION")));
    &VERSION
}

/// What follows `start`, with which the table begins, up to the semicolon in its first line. A table of another form does not compile.
const fn before_semicolon(table: &'static str, start: &str) -> &'static str {
    let (head, rest) = table.split_at(start.len());
    assert!(equal(head.as_bytes(), start.as_bytes()), "the first line of the table names other data");
    let (mut length, mut left) = (0, rest.as_bytes());
    while let [first, others @ ..] = left
        && *first != b';'
    {
        assert!(*first != b'\n', "the first line of the table has no semicolon after the release");
        (length, left) = (length + 1, others);
    }
    rest.split_at(length).0
}

/// Whether two texts are the same; `==` cannot be asked when compiling.
const fn equal(mut one: &[u8], mut other: &[u8]) -> bool {
    while let ([first, left @ ..], [same, right @ ..]) = (one, other) {
        if *first != *same {
            return false;
        }
        (one, other) = (left, right);
    }
    one.is_empty() && other.is_empty()
}
