//! What more than one test, the fuzz target or a generator needs. A library, so that each part is compiled once.
//!
//! A function that cannot do what it is asked panics: its caller is a test, which has then failed.

pub mod english_words;
pub mod intake;
pub mod meaning;
pub mod random;
pub mod real_data;
pub mod scenario;
