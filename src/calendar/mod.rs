//! Time: moments and durations, time zones, opening hours, public holidays and working time.
//!
//! Nothing here reads the system clock or the system's time zone: `now` is an argument, and the tables of zones and holidays are part of
//! the crate, so that an answer is the same on every machine and in WebAssembly.

mod clocks;
pub mod country;
pub mod data_versions;
mod holiday_rules;
mod holiday_table;
pub mod holidays;
mod hours;
pub mod in_words;
pub mod instant;
pub(crate) mod iso_date;
pub mod location;
pub mod open_times_cache;
pub mod reachable;
pub(crate) mod rfc3339;
mod team_holidays;
pub mod units;
pub mod windows;
pub mod working_time;
pub mod written_moment;
mod yearly;
pub mod zone;

pub use country::{Country, country_of, zones_of};
pub use data_versions::{DATA_VERSIONS, DataVersions, HOLIDAY_DATA_VERSION, TZ_DATA_VERSION};
pub use holidays::{Holiday, Region, is_public_holiday};
pub use hours::problem::{HoursError, HoursProblem};
pub use instant::{Duration, Instant};
pub use location::{Location, LocationSource, RecordedLocation, ZoneSet};
pub use open_times_cache::OpenTimesCache;
pub use reachable::{Reachable, UndoneClosing, UnknownZone};
pub use team_holidays::TeamHolidays;
pub use windows::{Window, Windows};
pub use working_time::WorkingTime;
pub use written_moment::WrittenMoment;
pub use zone::{LocalTime, Zone};
