//! Zones, opening hours, holidays and working time, against tables and readers that are not ours.

mod holidays;
mod hostile;
mod hours;
mod national_holidays;
mod notation;
mod tables;
mod working;
mod zoneinfo;
