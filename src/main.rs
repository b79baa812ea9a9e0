//! The `cadans` command.

fn main() {}
