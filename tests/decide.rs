//! Advices for given leads and rules: gates, caps, hours, people, cadences, priority.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics has failed")]

mod support;

#[path = "decide/cadences.rs"]
mod cadences;
#[path = "decide/choosing.rs"]
mod choosing;
#[path = "decide/examples.rs"]
mod examples;
#[path = "decide/faults.rs"]
mod faults;
#[path = "decide/gates.rs"]
mod gates;
#[path = "decide/people.rs"]
mod people;
#[path = "decide/timing.rs"]
mod timing;
