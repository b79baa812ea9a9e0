//! Zones, reachable hours and public holidays: everything that turns a moment into somebody's local time.

pub mod instant;

pub use instant::{Duration, Instant};
