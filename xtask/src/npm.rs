//! `cargo xtask npm`: the package for npm in `target/npm/`, and its tests: types, exports, and the examples, each with its own tool.
//!
//! The package is installed from its tarball into `examples/`, as a user would. It is never published from here.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{find, root, run, target_folder};
use crate::test::test_files;
use crate::{chromium, node, pack};

const NO_NODE: &str = "Node could not be started.";

/// Builds the modules, makes the package, and tests it.
pub fn npm() -> Result<(), String> {
    pack::pack()?;
    let (target, examples) = (target_folder().join("npm"), root().join("examples"));
    // Without packages of earlier versions.
    let _emptied = fs::remove_dir_all(&target);
    fs::create_dir_all(&target).map_err(|why| format!("{}: {why}", target.display()))?;
    run(node::node()?.arg(root().join("xtask/scripts/package.mjs")).arg(&target), NO_NODE)?;
    node::install_packages(&root().join("tests"))?;
    node::install_packages(&examples)?;
    let tarball = tarball(&target)?;
    let npm = find("npm").unwrap_or_else(|| if cfg!(windows) { "npm.cmd" } else { "npm" }.into());
    let mut install = Command::new(npm);
    install.args(["install", "--no-save", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"]);
    run(install.arg(&tarball).current_dir(&examples), "npm could not be started.")?;
    let chromium = chromium::find_or_install()?;
    let mut tests = node::node()?;
    tests.arg("--test").args(test_files("npm")?).current_dir(root().join("tests"));
    tests.env("CADANS_CHROMIUM", &chromium.program).env("CADANS_PACKAGE", &tarball).envs(chromium.environment);
    run(&mut tests, NO_NODE)
}

/// The package that was made: the tarball in the folder.
fn tarball(folder: &Path) -> Result<PathBuf, String> {
    let entries = fs::read_dir(folder).map_err(|why| format!("{}: {why}", folder.display()))?;
    let packed = entries.filter_map(|entry| Some(entry.ok()?.path()));
    packed
        .filter(|path| path.extension().is_some_and(|extension| extension == "tgz"))
        .max()
        .ok_or_else(|| format!("{}: no package was made.", folder.display()))
}
