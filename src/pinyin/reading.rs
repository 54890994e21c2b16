//! The reading of a word: one syllable for each of its hanzi.
//!
//! A reading that is a syllable short or long can't be built, so nothing downstream has to ask.

use std::fmt;
use std::sync::Arc;

use super::{Syllable, parse};
use crate::hanzi::{self, Headword};

/// One syllable for each hanzi of a word, in citation tones; shared, because a word is named wherever it stands.
///
/// Letters of the word have none (卡拉OK: kǎ lā).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reading(Arc<[Syllable]>);

/// Why syllables are no reading of a word.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadingError {
    /// The word has another number of hanzi than there are syllables.
    #[error("“{word}” has {hanzi} hanzi, but {syllables} syllables were given")]
    Length {
        /// The word.
        word: String,
        /// Its hanzi.
        hanzi: usize,
        /// The syllables given.
        syllables: usize,
    },
    /// Something is no pinyin syllable.
    #[error("“{0}” is no pinyin syllable")]
    Syllable(String),
}

impl Reading {
    /// The reading of `headword` with these syllables.
    ///
    /// # Errors
    /// When there isn't one syllable for each hanzi.
    pub fn new(headword: &Headword, syllables: impl Into<Box<[Syllable]>>) -> Result<Self, ReadingError> {
        Self::of(headword.as_str(), syllables)
    }

    /// The reading of a stretch of text with these syllables.
    ///
    /// # Errors
    /// When there isn't one syllable for each hanzi, or there is none at all.
    pub fn of(text: &str, syllables: impl Into<Box<[Syllable]>>) -> Result<Self, ReadingError> {
        let syllables = syllables.into();
        let hanzi = hanzi::count(text);
        if hanzi != syllables.len() || hanzi == 0 {
            return Err(ReadingError::Length { word: text.to_owned(), hanzi, syllables: syllables.len() });
        }
        Ok(Self(syllables.into()))
    }

    /// The reading of a stretch of text, from pinyin with a blank between syllables: `gong1 si1` or `gōng sī`.
    ///
    /// # Errors
    /// When something is no syllable, or there isn't one for each hanzi.
    pub fn parse(text: &str, pinyin: &str) -> Result<Self, ReadingError> {
        let syllables: Result<Vec<Syllable>, _> = pinyin
            .split_whitespace()
            .map(|s| parse::syllable(s).ok_or_else(|| ReadingError::Syllable(s.to_owned())))
            .collect();
        Self::of(text, syllables?)
    }

    /// The syllables, first hanzi first.
    #[must_use]
    pub fn syllables(&self) -> &[Syllable] {
        &self.0
    }
}

/// As the store writes it: `gong1 si1`.
impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, syllable) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str(" ")?;
            }
            write!(f, "{syllable}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_has_a_syllable_for_each_hanzi() {
        assert_eq!(Reading::parse("公司", "gōng sī").map(|r| r.to_string()), Ok("gong1 si1".to_owned()));
        assert_eq!(Reading::parse("卡拉OK", "ka3 la1").map(|r| r.to_string()), Ok("ka3 la1".to_owned()));
        assert_eq!(Reading::parse("花儿", "hua1 r5").map(|r| r.to_string()), Ok("hua1 r5".to_owned()));
        assert!(matches!(Reading::parse("公司", "gong1"), Err(ReadingError::Length { .. })));
        assert!(matches!(Reading::parse("公司", "gong1 sx1"), Err(ReadingError::Syllable(_))));
        assert!(Reading::parse("AI", "").is_err());
    }
}
