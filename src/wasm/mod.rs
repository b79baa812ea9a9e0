//! The WebAssembly module as JavaScript sees it: classes and functions that convert values and call the library.
//!
//! JavaScript sees the classes `Rulebook`, `Book`, `Watch`, `Loader` and `FlatRows`, which are handles to values in the memory of the
//! module, and the functions `decide`, `decideJson`, `explain`, `match`,
//! `version` and `versions`. `www/lib` builds the public API on them.
//!
//! A list of advice is passed as JSON text, which the JavaScript engine parses: this is faster than building objects one by one, and equal to
//! the output of the command byte for byte. Single answers are built by serde-wasm-bindgen. Arguments are converted to JSON text before they
//! are read, because reading an object in place would run getters of the caller during a call. `types.d.ts`, which is part of the generated
//! types, declares the arguments.
//!
//! Three modules are built of it. The deciding module has all of that; the editing module, with the feature `editing`, has the functions for authors
//! of rules besides (`wasm/editing/`). The importing module (feature `importing`, `wasm/importing.rs`) has nothing of either: it reads other systems' files
//! into a lead file.
//!
//! **Architecture invariant:** no JavaScript value causes a trap, because after a trap the module cannot be used any more. Exported methods
//! take `&self`, so that even then no handle stays locked. Wrong use throws an `Error` named `CadansError` with a message, a `code` and a
//! `help` text; problems in rules and leads are not thrown but returned as data.

#[cfg(feature = "wasm")]
mod deciding;
#[cfg(all(feature = "wasm", feature = "editing"))]
mod editing;
#[cfg(feature = "importing")]
mod importing;
#[cfg(feature = "wasm")]
mod load;
#[cfg(feature = "wasm")]
mod matcher;
#[cfg(feature = "wasm")]
mod rulebook_options;
#[cfg(feature = "wasm")]
mod table;
mod values;
#[cfg(feature = "wasm")]
mod watch;

#[cfg(feature = "wasm")]
use deciding::{Book, DecideOptions, Rulebook, budget_of, find, over_budget, rep_called};
#[cfg(all(feature = "wasm", feature = "editing"))]
use deciding::{pack_files, told_in};
use values::*;
