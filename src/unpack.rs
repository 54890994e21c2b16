//! How much may come out of what is packed: a guard against archives that are made to fill a memory or a disk.
//!
//! Text packs to a fourth, the tables of a document to a tenth, an empty collection of Anki's to a fiftieth. Nothing that
//! people write packs to less than a hundredth; what is made as a trap packs to a thousandth.

use std::io::{self, Read};

/// How many times its packed size a thing may grow to.
pub const RATIO: u64 = 100;

/// How many bytes may come out of `packed` ones. Small things may grow to `least`.
#[must_use]
pub fn most(packed: u64, least: u64) -> u64 {
    least.saturating_add(RATIO.saturating_mul(packed))
}

/// All that `from` gives; nothing where that is more than `most` bytes.
///
/// # Errors
/// When it can't be read.
pub fn whole(from: impl Read, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    from.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_taken_than_may_come() {
        assert_eq!((most(0, 10), most(3, 10), most(u64::MAX, 1)), (10, 310, u64::MAX));
        assert_eq!(whole(&b"12345"[..], 5).expect("bytes"), Some(b"12345".to_vec()));
        assert_eq!(whole(std::io::repeat(1), 5).expect("bytes"), None);
    }
}
