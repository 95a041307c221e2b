//! SHA-256 as lower-case hexadecimal, of bytes and of texts one after another. Never a promise of secrecy.

use sha2::{Digest as _, Sha256};

/// The hash of `bytes`: 64 digits.
pub(crate) fn of(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// A hash of texts, each closed off from the next.
#[derive(Default)]
pub(crate) struct Texts(Sha256);

impl Texts {
    /// Adds `text`.
    pub(crate) fn say(&mut self, text: &str) {
        self.0.update(text.as_bytes());
        self.0.update([0]);
    }

    /// The hash of all: 64 digits.
    pub(crate) fn finish(self) -> String {
        hexadecimal(&self.0.finalize())
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
