//! The `cadans` command: the engine for a terminal. See [`cli`] for what it can do.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
