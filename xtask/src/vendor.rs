//! `cargo xtask vendor`: the libraries of the page, each as one file in www/vendor/.

use crate::node;
use crate::run::{root, run};

/// Makes the files from the npm packages that `tests/package-lock.json` names. They are checked in, so that the page is built without
/// npm; a test compares them.
///
/// # Errors
/// Node or npm is missing, or the packages cannot be bundled; one line says which.
pub fn vendor() -> Result<(), String> {
    node::install_packages(&root().join("tests"))?;
    let mut build = node::node()?;
    build.arg(root().join("xtask/vendor/build.mjs"));
    run(&mut build, "Node could not be started.")
}
