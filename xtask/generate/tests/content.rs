//! The comparison of what the tables of the calendar said and say.

#![allow(clippy::unwrap_used)] // a panic fails the test

use generate::content::Content;

const BEFORE: &str = "\
clock America/Vancouver 0 -28800
clock America/Vancouver 1772964000000 -25200
clock America/Vancouver 1793523600000 -28800
clock America/Vancouver 1805018400000 -25200
clock America/Vancouver 1825578000000 -28800
clock Europe/Amsterdam 0 3600
clock Etc/Gone 0 0
zone CA America/Vancouver
holiday CA 2026-07-01
holiday CA 2026-09-07
holiday NL 2026-04-27
";

const AFTER: &str = "\
clock America/Vancouver 0 -28800
clock America/Vancouver 1772964000000 -25200
clock Europe/Amsterdam 0 3600
clock Etc/New 0 0
zone CA America/Vancouver
zone CA America/Whitehorse
holiday CA 2026-07-01
holiday CA 2026-09-30
holiday NL 2026-04-27
";

#[test]
fn changes_name_zones_and_days() {
    let (before, after) = (Content::read(BEFORE).unwrap(), Content::read(AFTER).unwrap());
    assert_eq!(
        after.changes_since(&before),
        "zone America/Vancouver: -07:00 instead of -08:00 from 2026-11-01T09:00:00Z until 2027-03-14T10:00:00Z, and once more later\n\
         zone Etc/Gone: gone\n\
         zone Etc/New: new\n\
         country CA, its zones: +America/Whitehorse\n\
         country CA, its holidays: -2026-09-07 +2026-09-30\n"
    );
    assert_eq!(after.changes_since(&after), "The tables say what they said.\n");
}

#[test]
fn what_the_tables_say_is_read_as_it_is_written() {
    let content = Content::compiled();
    // The text of the two would be megabytes.
    assert!(Content::read(&content.written()).unwrap() == content);
    assert!(content.written().contains("holiday NL 2026-04-27\n"));
    assert!(Content::read("clock Europe/Amsterdam").is_err());
}
