//! `cargo xtask check`, with which `cargo xtask test` begins: formatting, lints, documentation, and the types of the page's JavaScript.

use std::process::Command;

use crate::run::{cargo, output, root, run};
use crate::{node, pack};

const NO_CARGO: &str = "cargo could not be started.";

/// Runs every check, also when one before it fails. The modules, which the last one needs, are built meanwhile.
///
/// # Errors
/// A line for each check that failed; the tools have printed what they found.
pub fn checks() -> Result<(), String> {
    pack::begin()?;
    failures([rust(), javascript()])
}

/// The checks that need no modules: formatting, lints and documentation.
///
/// # Errors
/// Those of [`checks`].
pub fn rust() -> Result<(), String> {
    failures([formatting(), lints(), documentation()])
}

/// The lines of those that failed.
fn failures<const N: usize>(checks: [Result<(), String>; N]) -> Result<(), String> {
    let failed: Vec<String> = checks.into_iter().filter_map(Result::err).collect();
    if failed.is_empty() { Ok(()) } else { Err(failed.join("\n")) }
}

fn formatting() -> Result<(), String> {
    add_component("fmt", "rustfmt")?;
    run(cargo().args(["fmt", "--all", "--check"]), NO_CARGO)
        .map_err(|why| format!("{why} `cargo fmt --all` formats every file."))
}

fn lints() -> Result<(), String> {
    add_component("clippy", "clippy")?;
    run(cargo().args(["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"]), NO_CARGO)?;
    // What only WebAssembly and its vectors compile. What one of the modules does not use is told where they are built (xtask/src/pack.rs).
    let mut module = cargo();
    module.args(["clippy", "--package", "cadans", "--lib", "--target", pack::TARGET]);
    module.args(["--no-default-features", "--features", "wasm,editing,importing", "--", "-D", "warnings"]);
    run(module.env("CARGO_ENCODED_RUSTFLAGS", pack::VECTORS), NO_CARGO)
}

fn documentation() -> Result<(), String> {
    run(
        cargo().args(["doc", "--no-deps", "--package", "cadans", "--all-features"]).env("RUSTDOCFLAGS", "-D warnings"),
        NO_CARGO,
    )
}

/// Checks the types of what `www/tsconfig.json` names, with the compiler that `tests/package-lock.json` names; first the modules are built,
/// because the types of what they export are written then.
///
/// # Errors
/// A module could not be built, or tsc found something and has printed it.
pub fn javascript() -> Result<(), String> {
    pack::pack()?;
    let project = root().join("www/tsconfig.json");
    let tests = root().join("tests");
    node::install_packages(&tests)?;
    let mut tsc = node::node()?;
    tsc.arg(tests.join("node_modules/typescript/bin/tsc")).args(["--noEmit", "--project"]).arg(project);
    run(&mut tsc, "Node could not be started.")
}

/// Installs a component of the Rust toolchain unless its subcommand of cargo is there.
///
/// # Errors
/// It cannot be had; one line says what to do.
fn add_component(subcommand: &str, component: &str) -> Result<(), String> {
    let is_there = || output(cargo().args([subcommand, "--version"])).is_some();
    if !is_there() {
        let mut add = Command::new("rustup");
        // What counts is whether the subcommand runs then.
        let _added = output(add.args(["component", "add", component]).current_dir(root()));
        if !is_there() {
            return Err(format!(
                "cargo {subcommand} is missing and could not be installed; run `rustup component add {component}`, or install your \
                 distribution's package."
            ));
        }
    }
    Ok(())
}
