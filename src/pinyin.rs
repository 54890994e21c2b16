//! Hanyu Pinyin: syllables, how they are written, and the reading of a word.
//!
//! Values only: nothing here knows an article or a dictionary. Readings are citation tones everywhere, whatever a
//! speaker makes of them in a row.

pub mod fit;
pub mod parse;
mod reading;
pub mod sandhi;
pub mod syllable;
pub mod write;
pub mod zhuyin;

/// The readings of a hanzi in a list of hanzi with readings (`hanzi/classes.txt`, a room's `data/lists.txt`): `拉 la2`.
pub fn listed(list: &[(&str, &str)], hanzi: char) -> impl Iterator<Item = Syllable> {
    let own = list.iter().filter(move |(one, _)| one.starts_with(hanzi));
    own.filter_map(|(_, pinyin)| parse::syllable(pinyin))
}

pub use reading::{Reading, ReadingError};
pub use syllable::{Syllable, Tone};
