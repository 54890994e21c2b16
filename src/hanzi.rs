//! Hanzi, and the form under which a dictionary lists a word.
//!
//! One definition for the whole program: alignment counts hanzi, a reading has a syllable for each, a headword
//! needs at least one. Ranges are those of the Unicode blocks of CJK ideographs. And what no word may hide: [`seen`].

pub mod classes;
mod set;
mod unseen;

use std::fmt;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

pub use set::{CharSet, HanziList, ListedWords};
pub use unseen::{Unseen, is_unseen, made_seen, seen, turns_direction};

/// Whether `c` is a hanzi: a CJK ideograph of any block, or `〇`, which is read like one.
#[must_use]
pub fn is_hanzi(c: char) -> bool {
    matches!(c,
        '\u{4E00}'..='\u{9FFF}'      // the unified ideographs: nearly all text
        | '\u{3400}'..='\u{4DBF}'    // extension A
        | '\u{20000}'..='\u{323AF}'  // extensions B to H and the supplement
        | '\u{F900}'..='\u{FAFF}'    // compatibility ideographs
        | '〇')
}

/// How many hanzi `text` has.
#[must_use]
pub fn count(text: &str) -> usize {
    text.chars().filter(|&c| is_hanzi(c)).count()
}

/// The dictionary form of a word: simplified, NFC, with at least one hanzi. Letters are allowed (T恤, 卡拉OK),
/// and the comma inside a saying (一不做，二不休); blanks are not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Headword(Arc<str>);

/// Why a text is no headword.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeadwordError {
    /// There is no hanzi in it.
    #[error("“{0}” has no hanzi")]
    NoHanzi(String),
    /// It has a blank or a control character.
    #[error("“{0}” has a blank or a control character in it")]
    Blank(String),
}

impl Headword {
    /// A headword from `text`. Simplifying is the dictionary's work, done before.
    ///
    /// # Errors
    /// When it has no hanzi, or has blanks or control characters.
    pub fn new(text: &str) -> Result<Self, HeadwordError> {
        // Nearly every word is of these alone, which composing leaves as they are.
        if !text.is_empty() && text.chars().all(|c| matches!(c, '\u{4E00}'..='\u{9FFF}')) {
            return Ok(Self(text.into()));
        }
        if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(HeadwordError::Blank(text.to_owned()));
        }
        if !text.chars().any(is_hanzi) {
            return Err(HeadwordError::NoHanzi(text.to_owned()));
        }
        Ok(Self(text.nfc().collect::<String>().into()))
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How many hanzi it has, and so how many syllables its reading.
    #[must_use]
    pub fn hanzi(&self) -> usize {
        count(&self.0)
    }
}

impl fmt::Display for Headword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headword_has_a_hanzi_and_no_blank() {
        assert_eq!(Headword::new("T恤").map(|h| h.hanzi()), Ok(1));
        assert_eq!(Headword::new("二〇二四").map(|h| h.hanzi()), Ok(4));
        assert!(Headword::new("AI").is_err());
        assert!(Headword::new("公 司").is_err());
        assert!(Headword::new("").is_err());
    }
}
