//! The command as its user meets it, the language server it starts, and the pages that show its output.
#![cfg(feature = "command")]

mod answers;
mod broken;
mod compare;
mod examples;
mod files;
mod fmt;
mod handover;
mod kinds;
mod lsp;
mod readme;
mod readme_sharing;
mod rulebook;
