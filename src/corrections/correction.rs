//! A correction by the learner, made once for all past and future articles.
//!
//! A value, so that the stages can take a list of them and the library can keep them.

use crate::hanzi::{Headword, Unseen, seen};
use crate::pinyin::Reading;
use crate::tokens::Kind;

use crate::words::WordKey;

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
    /// Within a phrase a word is read so: 长 in 队长. Elsewhere nothing changes.
    ReadingIn {
        /// The phrase, which holds the word.
        phrase: String,
        /// The word.
        headword: Headword,
        /// How it is read there.
        to: Reading,
    },
    /// One word becomes several.
    Split {
        /// Their texts in order; joined, they are the word.
        parts: Vec<String>,
    },
    /// Several words become one.
    Join {
        /// Its text.
        text: String,
    },
    /// It is the name of a person, a place or an organisation.
    Name {
        /// Its text.
        text: String,
        /// The kind of name.
        kind: Kind,
    },
    /// Sets the meaning of a word on cards.
    Sense {
        /// The word.
        key: WordKey,
        /// The gloss that stands first.
        gloss: String,
    },
    /// It is no word at all, in whichever reading: it never enters a deck, and counts for nothing.
    Ignore {
        /// Its text.
        text: String,
    },
}

impl Correction {
    /// The hanzi that an article must hold to be read otherwise; none, where only cards change.
    #[must_use]
    pub fn concerns(&self) -> Option<String> {
        match self {
            Self::Reading { headword, .. } => Some(headword.to_string()),
            Self::ReadingIn { phrase, .. } => Some(phrase.clone()),
            Self::Split { parts } => Some(parts.concat()),
            Self::Join { text } | Self::Name { text, .. } | Self::Ignore { text } => Some(text.clone()),
            Self::Sense { .. } => None,
        }
    }

    /// Holds it to being seen as a whole: others share corrections, and what a gloss hides would reach every card.
    ///
    /// # Errors
    /// When a word, a part or a gloss of it has a character that is not seen.
    pub fn seen(&self) -> Result<(), Unseen> {
        match self {
            Self::Reading { headword, .. } => seen(headword.as_str()),
            Self::ReadingIn { phrase, headword, .. } => seen(phrase).and_then(|()| seen(headword.as_str())),
            Self::Split { parts } => parts.iter().try_for_each(|part| seen(part)),
            Self::Join { text } | Self::Name { text, .. } | Self::Ignore { text } => seen(text),
            Self::Sense { key, gloss } => seen(gloss).and_then(|()| seen(key.headword.as_str())),
        }
    }

    /// Whether a later correction leaves nothing of this one. A reading that was put right only where it was another
    /// one stands beside what was said of the word before.
    #[must_use]
    pub fn is_overruled_by(&self, later: &Self) -> bool {
        match later {
            Self::Reading { from: Some(_), .. } => self == later,
            _ => self.is_about_the_same(later),
        }
    }

    /// Whether this is about the same thing as another, so that the later of the two counts.
    #[must_use]
    pub fn is_about_the_same(&self, other: &Self) -> bool {
        let is_cut = |c: &Self| {
            matches!(c, Self::Split { .. } | Self::Join { .. } | Self::Name { .. } | Self::Ignore { .. })
        };
        match (self, other) {
            (Self::Reading { headword: a, .. }, Self::Reading { headword: b, .. }) => a == b,
            (
                Self::ReadingIn { phrase: a, headword: x, .. },
                Self::ReadingIn { phrase: b, headword: y, .. },
            ) => a == b && x == y,
            (Self::Sense { key: a, .. }, Self::Sense { key: b, .. }) => a == b,
            _ => is_cut(self) && is_cut(other) && self.concerns() == other.concerns(),
        }
    }

    /// The fault in it, where a dump or a damaged library holds it: one that the commands make has nothing wrong. What
    /// it hides is not asked here: what an earlier version let in is the learner's, and comes along.
    #[must_use]
    pub fn fault(&self) -> Option<String> {
        let word = |text: &str| Headword::new(text).err().map(|error| error.to_string());
        match self {
            Self::Reading { .. } => None,
            Self::ReadingIn { phrase, headword, .. } => word(phrase).or_else(|| {
                (!phrase.contains(headword.as_str()))
                    .then(|| format!("{headword} does not stand in {phrase}"))
            }),
            Self::Split { parts } => word(&parts.concat()).or_else(|| {
                let whole = parts.len() < 2 || parts.iter().any(String::is_empty);
                whole.then(|| format!("{} is split into nothing", parts.concat()))
            }),
            Self::Name { text, kind } => {
                word(text).or_else(|| (!kind.is_name()).then(|| format!("“{kind}” is no kind of name")))
            }
            Self::Join { text } | Self::Ignore { text } => word(text),
            Self::Sense { gloss, .. } => gloss.trim().is_empty().then(|| "the sense is empty".to_owned()),
        }
    }
}
