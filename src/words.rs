//! The learner's vocabulary: what a word is, how often it was seen, what is known of it.
//!
//! A word is its dictionary form and its reading: the reading chooses the dictionary entry, so that 长 zhǎng never shows
//! "long".

mod count;
mod coverage;
mod evidence;
mod given;
mod guid;
mod record;
mod status;

pub use count::{WordCount, count};
pub use coverage::{Coverage, Share, coverage, hsk, is_vocabulary};
pub use evidence::{Evidence, Rule};
pub use given::{Edits, Exported, Fingerprints, Given, ReadBack, Shown};
pub use guid::guid;
pub use record::{Cited, Example, ExampleWord, Moment, Record};
pub use status::{AnkiState, By, Said, Status};

use std::sync::Arc;

use crate::hanzi::{Headword, is_hanzi};
use crate::pinyin::{Reading, write};
use crate::span::Span;
use crate::tokens::Kind;

/// The identity of a word: 长 cháng and 长 zhǎng are two.
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

/// A token that has hanzi, with its reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// Where it stands in the clean text.
    pub span: Span,
    /// The kind of word.
    pub kind: Kind,
    /// The word: dictionary form and reading; shared by all the places of a text that have it.
    pub key: Arc<WordKey>,
    /// Why we believe the reading.
    pub evidence: Evidence,
    /// The rule that it comes from.
    pub rule: Rule,
    /// Whether we are sure enough to teach it without a mark.
    pub sure: bool,
    /// A word that no dictionary has but the article uses as one.
    pub proposed: bool,
}
