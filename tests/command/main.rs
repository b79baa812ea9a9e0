//! The command as its user meets it, and the language server it starts.
#![cfg(feature = "command")]

mod answers;
mod broken;
mod compare;
mod dutch;
mod examples;
mod files;
mod fmt;
mod handover;
mod kinds;
mod lsp;
mod process;
mod readme_sharing;
mod rulebook;
