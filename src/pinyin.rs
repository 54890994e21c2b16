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

pub use reading::{Reading, ReadingError};
pub use syllable::{Syllable, Tone};
