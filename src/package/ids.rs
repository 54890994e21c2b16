//! Anki's numbers for notes, cards and decks: milliseconds of the moment at which they were made.
//!
//! Anki shows them as "created" and searches by them (`added:7`), so they begin at the moment when the word was
//! first seen. They come from the guid, so two packages agree; where Anki has one already, it takes another
//! itself, for notes are matched by guid and decks by name.

use std::collections::BTreeSet;

use crate::words::Moment;

/// Numbers given so far, so that none is given twice.
#[derive(Debug, Default)]
pub struct Ids(BTreeSet<i64>);

/// The milliseconds after the first over which the words of one moment are spread.
const SPREAD: u64 = 600_000;

impl Ids {
    /// A number for what is called `name`, made at `moment`.
    pub fn give(&mut self, moment: Moment, name: &str, part: u8) -> i64 {
        let offset = i64::try_from(hash(name, part) % SPREAD).unwrap_or(0);
        let mut id = moment.0.clamp(1_000_000_000, 9_000_000_000) * 1000 + offset;
        while !self.0.insert(id) {
            id += 1;
        }
        id
    }
}

/// FNV-1a over the name and the part, stirred so that names alike end far apart.
fn hash(name: &str, part: u8) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = name.bytes().chain([part]).fold(0xcbf2_9ce4_8422_2325, step);
    (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_agree_between_packages_and_are_never_given_twice() {
        let give = |ids: &mut Ids, name| ids.give(Moment(1_780_000_000), name, 0);
        let (mut one, mut other) = (Ids::default(), Ids::default());
        assert_eq!(give(&mut one, "a"), give(&mut other, "a"));
        assert_ne!(give(&mut one, "a"), give(&mut other, "a b"));
        let ids: BTreeSet<i64> = (0..1000).map(|_| give(&mut one, "a")).collect();
        assert_eq!(ids.len(), 1000);
        assert!(ids.iter().all(|id| id / 1_000_000_000 == 1780), "they are the word's own time");
    }

    #[test]
    fn a_moment_out_of_range_makes_a_sane_number() {
        let mut ids = Ids::default();
        assert!(ids.give(Moment(0), "a", 0) > 0);
        assert!(ids.give(Moment(i64::MAX), "a", 0) > 0);
        assert!(ids.give(Moment(i64::MIN), "a", 0) > 0);
    }
}
