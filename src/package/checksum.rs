//! Anki's checksum of a first field, by which it finds duplicates: the first 32 bits of the SHA-1 of its text
//! (`rslib/src/notes/mod.rs`, `field_checksum`).

use sha1::{Digest, Sha1};

/// The checksum of a text without markup.
#[must_use]
pub fn checksum(text: &str) -> u32 {
    let digest = Sha1::digest(text.as_bytes());
    u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_one_that_anki_computes() {
        // From `anki.utils.field_checksum`.
        assert_eq!(checksum("a"), 2_264_392_759);
        assert_eq!(checksum(""), 3_661_210_606);
    }
}
