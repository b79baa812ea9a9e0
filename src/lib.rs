//! Cadans: the next best contact for every lead.

pub mod book;
pub mod calendar;
pub mod decide;
pub mod language;
pub mod rulebook;
pub mod team;
