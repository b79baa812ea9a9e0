//! `cargo xtask pack`: the library as a WebAssembly module with its JavaScript and its types, in `www/lib/pkg/`.
//!
//! Four modules are made of one source. Two decide, with vectors of 128 bits and without; one JavaScript serves both, and `init` of
//! `www/lib/cadans.js` takes the one that the engine can run. The third has the functions for authors of rules besides (`www/lib/editing.js`), the
//! fourth the importers alone (`www/lib/importing.js`).
//!
//! The generator is a library in our own lock file, so it can never disagree with the `wasm-bindgen` that the module was
//! compiled with. Left out: wasm-opt, which makes the compressed module larger. Two builds give the same bytes: paths of
//! this machine are cut out here, and the seed of Rhai's hasher is fixed in `.cargo/config.toml`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use wasm_bindgen_cli_support::Bindgen;

use crate::run::{cargo, output, root, run, target_folder};

/// What the module is compiled for.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// The flag with which the compiler uses vectors of 128 bits.
pub const VECTORS: &str = "-Ctarget-feature=+simd128";

/// What the module with vectors is called in `www/lib/pkg/`.
const WITH_VECTORS: &str = "cadans_simd_bg.wasm";

/// The features of the module that decides, of the one for authors of rules, and of the one that reads other systems' files.
const DECIDING: &str = "wasm";
const EDITING: &str = "wasm,editing";
const IMPORTING: &str = "importing";

/// How much is written out in line: a tenth of what the compiler does by itself for speed. What must be is marked `#[inline]` in the source;
/// the rest made the module larger and little faster (docs/performance.md).
const INLINE: &str = "-Cllvm-args=-inline-threshold=30";

/// Starts [`pack`] beside what this program does next; whoever calls `pack` then waits for its end.
///
/// # Errors
/// The compiler for the modules' target is not there. It is looked for first, because rustup does one thing at a time.
pub fn begin() -> Result<(), String> {
    add_target()?;
    std::thread::spawn(pack);
    Ok(())
}

/// As [`build_all`], once while this program runs. Modules with other features have one file name in cargo's folder, so cargo would build them
/// again each time.
///
/// # Errors
/// Those of the only build.
pub fn pack() -> Result<(), String> {
    static PACKED: OnceLock<Result<(), String>> = OnceLock::new();
    PACKED.get_or_init(build_all).clone()
}

/// Builds the modules into `www/lib/pkg/`, one after the other in one folder of cargo, so that what others wrote is built once.
///
/// # Errors
/// A module could not be built; cargo has printed why.
fn build_all() -> Result<(), String> {
    add_target()?;
    let into = root().join("www/lib/pkg");
    let with_vectors = target_folder().join("with-vectors");
    bind(&build(DECIDING, &[VECTORS])?, &with_vectors, "cadans")?;
    bind(&build(DECIDING, &[])?, &into, "cadans")?;
    bind(&build(EDITING, &[])?, &into, "cadans_editing")?;
    bind(&build(IMPORTING, &[])?, &into, "cadans_importing")?;
    let told = |path: &Path, why: &std::io::Error| format!("{}: {why}", path.display());
    let [script, other] = [&into, &with_vectors].map(|folder| folder.join("cadans.js"));
    let text = |path: &Path| fs::read_to_string(path).map_err(|why| told(path, &why));
    if text(&script)? != text(&other)? {
        return Err(format!("One JavaScript must serve both modules, and {} is another.", other.display()));
    }
    let module = with_vectors.join("cadans_bg.wasm");
    fs::copy(&module, into.join(WITH_VECTORS)).map(drop).map_err(|why| told(&module, &why))
}

/// Builds the module with these features; where it lies until the next build. As a module alone, not also as a library for Rust, because
/// what is both is never optimised as a whole ("lto" in Cargo.toml). The flags are for our own code alone, so that modules with
/// other flags share what others wrote. A warning is an error: what a module does not use is in none of its files.
fn build(features: &str, own_flags: &[&str]) -> Result<PathBuf, String> {
    let mut build = cargo();
    build.args([
        "rustc",
        "--package",
        "cadans",
        "--lib",
        "--crate-type",
        "cdylib",
        "--profile",
        "wasm",
        "--target",
        TARGET,
    ]);
    build.args(["--no-default-features", "--features", features, "--", "-Dwarnings"]).args(own_flags);
    let flags: Vec<String> = without_local_paths().into_iter().chain([INLINE.to_owned()]).collect();
    build.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
    run(&mut build, "cargo could not be started; install Rust from rustup.rs.")?;
    Ok(target_folder().join(TARGET).join("wasm/cadans.wasm"))
}

/// Writes the JavaScript, the types and the module as JavaScript loads it, under this name.
fn bind(module: &Path, into: &Path, name: &str) -> Result<(), String> {
    Bindgen::new()
        .input_path(module)
        .out_name(name)
        .web(true)
        .map(|bindgen| {
            bindgen
                .typescript(true)
                // The files of www/lib name the module, each for its host.
                .omit_default_module_path(true)
                // With which `init` makes a new instance after a trap.
                .reset_state_function(true)
                .remove_name_section(true)
                .remove_producers_section(true)
        })
        .and_then(|bindgen| bindgen.generate(into))
        .map_err(|why| format!("The JavaScript for the module could not be generated: {why:#}"))
}

/// Installs what the compiler needs for the module's target, unless it is there. Automatic installation by rustup may be switched
/// off, so it is asked for by name.
///
/// # Errors
/// rustup could not install it; it has printed why.
pub fn add_target() -> Result<(), String> {
    let mut list = Command::new("rustup");
    let installed = output(list.args(["target", "list", "--installed"]).current_dir(root()));
    match installed {
        Some(targets) if targets.lines().any(|target| target == TARGET) => Ok(()),
        Some(_) => {
            let mut add = Command::new("rustup");
            run(add.args(["target", "add", TARGET]).current_dir(root()), "rustup could not be started.")
        }
        // Rust without rustup (a distribution's package) has the target or cargo says that it does not.
        None => Ok(()),
    }
}

fn without_local_paths() -> Vec<String> {
    let home = std::env::home_dir().unwrap_or_default();
    let cargo_home = std::env::var_os("CARGO_HOME").map_or_else(|| home.join(".cargo"), PathBuf::from);
    // The last that fits wins, so the longer paths come last.
    [(home, "home"), (root().to_path_buf(), "cadans"), (cargo_home, "cargo")]
        .iter()
        .filter(|(path, _)| path.is_absolute())
        .map(|(path, name)| format!("--remap-path-prefix={}={name}", path.display()))
        .collect()
}
