//! The status of a word for the learner, derived from what was recorded.
//!
//! **Invariant**: a status is never stored as a fact of its own. Marks are appended, and the last word of the
//! strongest source decides; so nothing that was recorded is ever lost, and `undo` is one more act.
//!
//! The rule, strongest first:
//! 1. the learner's newest own mark, if it says known or ignored: nothing overrules it but another one;
//! 2. the newer of the learner's own `new` or `learning` and what Anki says: whoever goes on studying such a
//!    word in Anki expects it to become known, and a lapse there brings it back to learning;
//! 3. the newest list (a word list, an HSK level): lists know a level, not a learner.

use std::fmt;
use std::str::FromStr;

use crate::dictionary::{HskLevel, HskVersion};
use crate::named::named;

named! {
    /// How far a learner is with a word.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Status {
        /// Nothing was said of it.
        #[default]
        New = "new",
        /// In Anki with an interval under the threshold, or marked so.
        Learning = "learning",
        /// Marked known, in a list of known words, or mature in Anki.
        Known = "known",
        /// The learner never wants to see it in a deck.
        Ignored = "ignored",
    }
    else "is no status; there are new, learning, known and ignored"
}

named! {
    /// How far Anki says the learner is, weakest first, so that `max` gives the strongest card of a note.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum AnkiState {
        /// Suspended before it was ever answered, where the learner has said that this means "never mind".
        Ignored = "ignored",
        /// Never answered: the word is in Anki, and that is all.
        InAnki = "in-anki",
        /// Answered, with an interval under the threshold; or forgotten, or a leech.
        Learning = "learning",
        /// The interval has reached the threshold.
        Known = "known",
    }
    else "is no state of a card"
}

impl AnkiState {
    /// The mark that it makes; none of a card that was never answered.
    #[must_use]
    pub fn status(self) -> Option<Status> {
        match self {
            Self::Ignored => Some(Status::Ignored),
            Self::InAnki => None,
            Self::Learning => Some(Status::Learning),
            Self::Known => Some(Status::Known),
        }
    }
}

/// The source of marks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum By {
    /// The learner, word by word.
    Hand,
    /// A word list, by its name.
    List(String),
    /// Levels of an HSK list.
    Hsk {
        /// Which list.
        version: HskVersion,
        /// Which levels of it.
        levels: Vec<HskLevel>,
    },
    /// The state of its cards in Anki.
    Anki,
}

/// As the library writes it: `hand`, `anki`, `list:NAME`, `hsk:2025:1,2,7-9`.
impl fmt::Display for By {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hand => f.write_str("hand"),
            Self::Anki => f.write_str("anki"),
            Self::List(name) => write!(f, "list:{name}"),
            Self::Hsk { version, levels } => {
                let levels: Vec<String> = levels.iter().map(ToString::to_string).collect();
                write!(f, "hsk:{version}:{}", levels.join(","))
            }
        }
    }
}

impl FromStr for By {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let unknown = || format!("“{text}” is no source of marks");
        match text.split_once(':') {
            None if text == "hand" => Ok(Self::Hand),
            None if text == "anki" => Ok(Self::Anki),
            Some(("list", name)) => Ok(Self::List(name.to_owned())),
            Some(("hsk", rest)) => {
                let (version, levels) = rest.split_once(':').ok_or_else(unknown)?;
                let level = |level: &str| level.split('-').next()?.parse().ok().and_then(HskLevel::new);
                let levels: Option<Vec<_>> = levels.split(',').map(level).collect();
                Ok(Self::Hsk { version: version.parse()?, levels: levels.ok_or_else(unknown)? })
            }
            _ => Err(unknown()),
        }
    }
}

/// The marks of one word, folded: what the rule above needs of them, and nothing else.
///
/// Marks are told in the order in which they were made; those of an act that was undone are not told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Said {
    hand: Option<Status>,
    anki: Option<Status>,
    list: Option<Status>,
    anki_is_newer: bool,
}

impl Said {
    /// Tells one mark more.
    pub fn tell(&mut self, by: &By, status: Status) {
        match by {
            By::Hand => {
                self.hand = Some(status);
                self.anki_is_newer = false;
            }
            By::Anki => {
                self.anki = Some(status);
                self.anki_is_newer = true;
            }
            By::List(_) | By::Hsk { .. } => self.list = Some(status),
        }
    }

    /// The status to which the marks fold, by the rule above.
    #[must_use]
    pub fn status(self) -> Status {
        match (self.hand, self.anki) {
            (Some(hand @ (Status::Known | Status::Ignored)), _) => hand,
            (Some(_), Some(anki)) if self.anki_is_newer => anki,
            (Some(hand), _) => hand,
            (None, Some(anki)) => anki,
            (None, None) => self.list.unwrap_or_default(),
        }
    }

    /// Whether a mark would tell nothing that isn't known already, so that it need not be kept: a second import
    /// of the same collection adds no row.
    #[must_use]
    pub fn knows(self, by: &By, status: Status) -> bool {
        match by {
            By::Hand => self.hand == Some(status) && !self.anki_is_newer,
            By::Anki => self.anki == Some(status),
            By::List(_) | By::Hsk { .. } => self.list == Some(status),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(marks: &[(By, Status)]) -> Status {
        let mut said = Said::default();
        marks.iter().for_each(|(by, status)| said.tell(by, *status));
        said.status()
    }

    #[test]
    fn the_strongest_source_decides_and_within_it_the_newest_mark() {
        use By::{Anki, Hand, List};
        use Status::{Ignored, Known, Learning, New};
        let list = || List("known.txt".to_owned());
        for (marks, expected) in [
            (vec![], New),
            (vec![(list(), Known)], Known),
            (vec![(list(), Known), (Anki, Learning)], Learning),
            (vec![(Anki, Learning), (list(), Known)], Learning),
            (vec![(Anki, Known), (Anki, Learning)], Learning),
            (vec![(Anki, Learning), (Hand, Known)], Known),
            (vec![(Hand, Known), (Anki, Learning)], Known),
            (vec![(Hand, Ignored), (Anki, Known)], Ignored),
            (vec![(Hand, Learning), (Anki, Known)], Known),
            (vec![(Hand, New), (Anki, Learning)], Learning),
            (vec![(Anki, Known), (Hand, New)], New),
            (vec![(list(), Known), (Hand, New)], New),
            (vec![(Hand, Known), (Hand, Learning)], Learning),
        ] {
            assert_eq!(status(&marks), expected, "{marks:?}");
        }
    }

    #[test]
    fn a_source_comes_back_as_it_was_written() {
        let levels = [1, 4, 9].into_iter().filter_map(HskLevel::new).collect();
        for by in
            [By::Hand, By::Anki, By::List("a:b,c".to_owned()), By::Hsk { version: HskVersion::V2025, levels }]
        {
            assert_eq!(by.to_string().parse(), Ok(by));
        }
        for text in ["", "hand:", "hsk:2025", "hsk:2025:x", "hsk:1999:1"] {
            assert!(text.parse::<By>().is_err(), "{text}");
        }
    }
}
