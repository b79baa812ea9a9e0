//! Zones, reachable hours and public holidays: everything that turns a moment into somebody's local time.

pub mod almanac;
mod clocks;
pub mod country;
mod holiday_rules;
pub mod holidays;
mod hours;
pub mod instant;
pub mod place;
pub mod reachable;
pub mod units;
pub mod windows;
pub mod working;
pub(crate) mod written;
mod yearly;
pub mod zone;

pub use almanac::OpenTimesCache;
pub use country::{Country, country_of, zones_of};
pub use holidays::{Holiday, Region, is_public_holiday};
pub use hours::slip::{HoursError, HoursProblem};
pub use instant::{Duration, Instant};
pub use place::{Location, LocationSource, RecordedLocation, ZoneSet};
pub use reachable::{Reachable, UnknownZone};
pub use windows::{Window, Windows};
pub use working::WorkingTime;
pub use zone::{LocalTime, Zone};
