//! What a learner knows of a word, derived from what was recorded.
//!
//! **Invariant**: a status is never stored as a fact of its own. Marks are appended, and the last word of the
//! strongest source decides; so nothing that was recorded is ever lost, and `undo` is one more mark.

use std::fmt;
use std::str::FromStr;

/// How far a learner is with a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Nothing was said of it.
    #[default]
    New,
    /// In Anki with an interval under the threshold, or marked so.
    Learning,
    /// Marked known, in a list of known words, or mature in Anki.
    Known,
    /// The learner never wants to see it in a deck.
    Ignored,
}

impl Status {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::New, Self::Learning, Self::Known, Self::Ignored];

    /// As the command line, deck files and the library write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Learning => "learning",
            Self::Known => "known",
            Self::Ignored => "ignored",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Status {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|status| status.as_str() == text)
            .ok_or_else(|| format!("“{text}” is no status; there are new, learning, known and ignored"))
    }
}
