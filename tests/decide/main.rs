//! Advices for given leads and rules: gates, caps, hours, people, cadences, priority.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics has failed")]

mod answers;
mod attempts;
mod cadences;
mod choosing;
mod departures;
mod examples;
mod faults;
mod feedback;
mod gates;
mod humans;
mod journey;
mod law;
mod law_stays;
mod layers;
mod machines;
mod memory;
mod not_counted;
mod people;
mod planned;
mod promises;
mod reps;
mod rest;
mod series;
mod timing;
mod unknown_holidays;
