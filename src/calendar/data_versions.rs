//! The releases of the published data in the tables of this folder.
//!
//! A table that is written from published data begins with `# `, the name of the data and its release, and a semicolon, so that the release
//! that is told is always that of the rows below it. What is read from them here is read when the crate is compiled.

use crate::calendar::clocks;

/// The release of the IANA time zone database that the clocks are from: `2026f`.
pub const TZ_DATA_VERSION: &str = before_semicolon(clocks::TABLE, "# tzdb ");

/// What follows `start`, with which the table begins, up to the first semicolon. Tables of another form do not compile.
const fn before_semicolon(table: &'static str, start: &str) -> &'static str {
    let (head, rest) = table.split_at(start.len());
    assert!(equal(head.as_bytes(), start.as_bytes()), "the first line of the table names other data");
    let (mut length, mut left) = (0, rest.as_bytes());
    while let [first, others @ ..] = left
        && *first != b';'
    {
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
