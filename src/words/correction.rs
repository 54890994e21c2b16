//! What the learner puts right, once, for all past and future articles.
//!
//! A value, so that the stages can take a list of them and the library can keep them.

use crate::hanzi::Headword;
use crate::pinyin::Reading;
use crate::tokens::Kind;

use super::WordKey;

/// A correction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Correction {
    /// A word is read otherwise: wherever the stages give it `from`, or whatever they give it.
    Reading {
        /// The word.
        headword: Headword,
        /// The reading that is wrong; any, if none is named.
        from: Option<Reading>,
        /// The right one.
        to: Reading,
    },
    /// What was one word is several.
    Split {
        /// Their texts in order; joined, they are the word.
        parts: Vec<String>,
    },
    /// What was several words is one.
    Join {
        /// Its text.
        text: String,
    },
    /// It is the name of a person, a place or an organisation.
    Name {
        /// Its text.
        text: String,
        /// What is called so.
        kind: Kind,
    },
    /// What a word means on cards.
    Sense {
        /// The word.
        key: WordKey,
        /// The gloss that stands first.
        gloss: String,
    },
    /// It is no word at all, and never enters a deck.
    Ignore {
        /// Its text.
        text: String,
    },
}
