//! The hash by which a file is accepted.

use sha2::{Digest, Sha256};

/// The hash of the text of a rule file: SHA-256 over its bytes, as 64 digits and letters.
pub fn content_hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
