//! Tokens become words: each with a reading, and with the evidence for it.
//!
//! The ladder: what the learner corrected, else what the article gives, else the dictionary where a word has
//! one reading, else the context, else the hanzi alone. The reading chooses the dictionary entry, so that
//! 长 zhǎng never shows "long".

mod apart;
mod beside;
pub mod character;
pub mod context;
mod correction;
mod corrections;
mod count;
mod coverage;
mod doubled;
mod exchange;
mod guid;
mod read;
mod record;
mod status;
mod typed;
mod usual;

pub use correction::Correction;
pub use corrections::Corrections;
pub use count::{WordCount, count};
pub use coverage::{Coverage, Share, coverage, hsk, is_vocabulary};
pub use exchange::{
    ExchangeError, Shared, is_as_written, read as read_corrections, write as write_corrections,
};
pub use guid::guid;
pub use read::{SURE, read, read_by};
pub use record::{Example, ExampleWord, Moment, Record};
pub use status::{AnkiState, By, Said, Status};
pub use typed::{TypedError, typed_reading};

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use crate::hanzi::{Headword, is_hanzi};
use crate::pinyin::{Reading, write};
use crate::span::Span;
use crate::tokens::Kind;

/// What makes a word one word: 长 cháng and 长 zhǎng are two.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordKey {
    /// The dictionary form.
    pub headword: Headword,
    /// Its reading, in lower case.
    pub reading: Reading,
}

impl WordKey {
    /// Its pinyin with tone marks, a blank between syllables; names with a capital, also after a dot
    /// (马克·扎克伯格: Mǎ kè Zhā kè bó gé).
    #[must_use]
    pub fn pinyin(&self, kind: Kind) -> String {
        if !kind.is_name() {
            return write::spaced(self.reading.syllables());
        }
        let mut capital = true;
        let mut syllables = self.reading.syllables().iter();
        let mut text = String::new();
        for c in self.headword.as_str().chars() {
            let Some(syllable) = is_hanzi(c).then(|| syllables.next()).flatten() else {
                capital |= !c.is_alphanumeric();
                continue;
            };
            if !text.is_empty() {
                text.push(' ');
            }
            let marked = write::marked(*syllable);
            if capital {
                text.push_str(&write::capitalised(marked));
            } else {
                text.push_str(marked);
            }
            capital = false;
        }
        text
    }
}

/// Why we believe a reading, weakest first, so that `max` picks the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// The commonest reading of each hanzi: a guess.
    Character,
    /// The sentence chose among the readings of the word.
    Context,
    /// The dictionary gives the word one reading.
    Dictionary,
    /// The article gives it.
    Article,
    /// The learner said so.
    Learner,
}

impl Evidence {
    /// All, weakest first.
    pub const ALL: [Self; 5] =
        [Self::Character, Self::Context, Self::Dictionary, Self::Article, Self::Learner];

    /// As `--json` and the library write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Character => "character",
            Self::Context => "context",
            Self::Dictionary => "dictionary",
            Self::Article => "article",
            Self::Learner => "learner",
        }
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Evidence {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|evidence| evidence.as_str() == text)
            .ok_or_else(|| format!("“{text}” is no kind of evidence"))
    }
}

/// A token that has hanzi, with its reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// Where it stands in the clean text.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    /// The word: dictionary form and reading; shared by all the places of a text that have it.
    pub key: Arc<WordKey>,
    /// Why we believe the reading.
    pub evidence: Evidence,
    /// Whether we are sure enough to teach it without a mark.
    pub sure: bool,
    /// A word that no dictionary has but the article uses as one.
    pub proposed: bool,
}
