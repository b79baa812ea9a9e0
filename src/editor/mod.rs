//! The services of an editor for packs, as functions of text: completion, hover, layout, outline, definition, references, rename, tokens, folding.
//!
//! They are made for a file that is being written: they are built on the scanner and the splitting into statements, which never fail, and take
//! what still can be read of the rest. `text` says how places are counted. [`complete`] and [`hover`] answer in the language asked for.
//!
//! Invariants, tested: every service answers for every pack and every place, in time that grows with the length of the text and no faster;
//! none changes what a pack means, except as a rename says.

mod complete;
mod cursor;
mod document;
mod fold;
mod format;
mod hover;
mod literal;
mod names;
mod offers;
mod outline;
mod rename;
mod roles;
mod symbols;
mod text;
mod tokens;
mod words;

pub use complete::{Completion, CompletionKind, complete};
pub use fold::{Fold, FoldKind, fold};
pub use format::format;
pub use hover::{Hover, hover};
pub use outline::{Symbol, outline};
pub use rename::{FileEdits, RenameRefusal, Renameable, apply, prepare_rename, rename};
pub use symbols::{Location, definition, references};
pub use text::{Place, Position, TextEdit, TextIndex, TextRange};
pub use tokens::{ClassifiedToken, TokenClass, tokens};
