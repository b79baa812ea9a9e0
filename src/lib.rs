//! Cadans: the next best contact for every lead.

pub mod calendar;
