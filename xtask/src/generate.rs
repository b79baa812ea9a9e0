//! `cargo xtask generate`: runs the package in `xtask/generate`, which knows what can be generated.

use crate::run::{cargo, run};

/// Generates what the words ask for.
///
/// # Errors
/// The words are not known, or the generator failed; it has printed why.
pub fn generate(what: &[&str]) -> Result<(), String> {
    run(cargo().args(["run", "--quiet", "--package", "generate", "--"]).args(what), "cargo could not be started.")
}
