//! Advice for given leads and rules: gates, caps, hours, people, cadences, priority; many leads at once, several threads, two
//! languages, the second opinion on policy, and weeks lived with the advice.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics has failed")]

mod advice_languages;
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
mod many_at_once;
mod memory;
mod not_counted;
mod people;
mod planned;
mod policy;
mod promises;
mod reps;
mod rest;
mod series;
mod simulate;
mod story;
mod threads;
mod timing;
mod unknown_holidays;
