//! Why a line of a list, or a field of a note, names no word.

use std::fmt;

use super::lookup::beginning;
use crate::hanzi::Unseen;

/// Why no word was read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unreadable {
    /// There is no hanzi in it.
    NoHanzi,
    /// Kana or hangul stand in it.
    OtherLanguage,
    /// More than a word: a phrase or a sentence.
    Sentence,
    /// Some of its bytes are no character.
    Damaged,
    /// It hides a character.
    Unseen(Unseen),
    /// No dictionary has it, and there is no reading beside it.
    Unknown(String),
    /// The word is never read so.
    NoSuchReading {
        /// The word.
        word: String,
        /// The pinyin that stood beside it.
        pinyin: String,
    },
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoHanzi => f.write_str("there is no hanzi in it"),
            Self::OtherLanguage => f.write_str("it isn't Chinese"),
            Self::Sentence => f.write_str("it is more than one word"),
            Self::Damaged => f.write_str("some of its bytes are damaged and show as \u{FFFD}"),
            Self::Unseen(unseen) => unseen.fmt(f),
            Self::Unknown(word) => {
                write!(f, "“{word}” is not in the dictionary; with its pinyin it can be taken all the same")
            }
            Self::NoSuchReading { word, pinyin } => write!(f, "“{pinyin}” is no reading of {word}"),
        }
    }
}

impl Unreadable {
    /// A word that is in no dictionary.
    pub(super) fn unknown(word: &str) -> Self {
        Self::Unknown(shown(word))
    }

    /// A reading that the word has not.
    pub(super) fn no_such_reading(word: &str, pinyin: &str) -> Self {
        Self::NoSuchReading { word: shown(word), pinyin: shown(pinyin) }
    }
}

/// As a message quotes it.
fn shown(text: &str) -> String {
    const LONGEST: usize = 120;
    let text = text.trim();
    let short = beginning(text, LONGEST);
    if short.len() < text.len() { format!("{short}…") } else { short.to_owned() }
}
