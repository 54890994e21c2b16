//! The dictionary: of each word its readings, glosses, measure words, HSK levels, how frequent it is.
//!
//! CC-CEDICT (CC BY-SA 4.0), compiled at build time and looked up in place: nothing is parsed at start.
//! Simplified and traditional forms both find a word; a text goes with its shadow in simplified hanzi (`shadow.rs`).

mod characters;
mod entry;
pub mod gloss;
mod hash;
mod hsk;
mod meaning;
mod reference;
mod senses;
pub mod shadow;
mod table;

pub use characters::hanzi_readings;
pub use entry::{Entry, MeasureWord, Spoken, Syllables, Word};
pub use hsk::{Hsk, HskLevel, HskVersion};
pub use meaning::Meaning;
pub use shadow::{Script, Shadow};
pub use table::Dictionary;
