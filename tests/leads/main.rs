//! What comes in: lead files of every kind, exports of other systems, and how one human in several records is found.

mod book;
mod earlier_sample;
mod import;
mod import_json;
mod importers;
mod intake;
mod lead_format;
mod one_human;
mod real_data;
mod refusals;
