//! Zones, reachable hours and public holidays: everything that turns a moment into somebody's local time.

pub mod country;
pub mod instant;
pub mod windows;
pub mod zone;

pub use country::{Country, country_of, zones_of};
pub use instant::{Duration, Instant};
pub use windows::{Window, Windows};
pub use zone::{LocalTime, Zone};
