//! The people who sell and what they have to offer: reps and content.

pub mod content;
pub mod rep;

pub use content::Content;
pub use rep::{Absence, Rep};
