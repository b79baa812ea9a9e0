//! Data made by programs: the lead sample that ships, tables of the calendar, and random worlds for the tests.
//!
//! A package apart from `xtask`, so that the other tasks do not wait for the engine to be compiled.

pub mod calendar;
pub mod content;
pub mod sample;
pub mod worlds;
