//! Deciding, as a rep and a manager notice it: gates, caps, hours, people, cadences, priority.

mod support;

#[path = "decide/cadences.rs"]
mod cadences;
#[path = "decide/choosing.rs"]
mod choosing;
#[path = "decide/examples.rs"]
mod examples;
#[path = "decide/gates.rs"]
mod gates;
#[path = "decide/people.rs"]
mod people;
#[path = "decide/timing.rs"]
mod timing;
