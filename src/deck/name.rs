//! The name of a deck in Anki: `新闻::生词`, where `::` makes a child deck.

use std::fmt;
use std::str::FromStr;

use super::title;
use crate::hanzi::{Unseen, seen};

/// A deck's name, such that Anki takes it as it is: no part of it is blank, none has a straight quotation mark
/// (Anki's `normalize_deck_name`) or a character that is not seen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeckName(String);

/// Why a text is no name of a deck.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeckNameError {
    /// Nothing stands before, between or after `::`.
    #[error("“{0}” is no name for a deck: a part of it is empty")]
    Empty(String),
    /// There is a character that Anki would replace.
    #[error("“{0}” is no name for a deck: it has a straight quotation mark")]
    Character(String),
    /// There is a character that nobody sees.
    #[error("“{0}” is no name for a deck: {1}")]
    Unseen(String, Unseen),
}

impl DeckName {
    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A deck's name that stands in Anki: the learner's, taken as it is.
    #[must_use]
    pub fn of_anki(name: &str) -> Option<Self> {
        (!name.is_empty() && !name.contains(['\0', '\u{1f}'])).then(|| Self(name.to_owned()))
    }

    /// The child deck for an article: its title, made fit to be a name.
    #[must_use]
    pub fn child(&self, title: &str) -> Self {
        let fit: String =
            title::fit(title).chars().map(|c| if c == '"' { '\'' } else { c }).take(60).collect();
        match fit.trim_matches([' ', ':']) {
            "" => self.clone(),
            fit => Self(format!("{}::{fit}", self.0)),
        }
    }

    /// Its parents and itself, the topmost first: `新闻`, `新闻::生词`.
    #[must_use]
    pub fn with_parents(&self) -> Vec<Self> {
        let ends = self.0.match_indices("::").map(|(at, _)| at).chain([self.0.len()]);
        ends.map(|end| Self(self.0[..end].to_owned())).collect()
    }
}

impl FromStr for DeckName {
    type Err = DeckNameError;

    fn from_str(text: &str) -> Result<Self, DeckNameError> {
        if text.contains('"') {
            return Err(DeckNameError::Character(text.to_owned()));
        }
        seen(text).map_err(|unseen| DeckNameError::Unseen(text.to_owned(), unseen))?;
        let parts: Vec<&str> = text.split("::").map(str::trim).collect();
        if parts.iter().any(|part| part.trim_matches(':').is_empty()) {
            return Err(DeckNameError::Empty(text.to_owned()));
        }
        Ok(Self(parts.join("::")))
    }
}

impl fmt::Display for DeckName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_of_a_name_is_empty() {
        assert_eq!("新闻 :: 生词".parse::<DeckName>().map(|n| n.to_string()), Ok("新闻::生词".to_owned()));
        for wrong in ["", "::", "新闻::", "a::::b", "a\u{1f}b", "a\"b"] {
            assert!(wrong.parse::<DeckName>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_title_becomes_a_child_deck() {
        let name: DeckName = "新闻".parse().expect("a name");
        assert_eq!(name.child("A::B \"C\"").as_str(), "新闻::A:B 'C'");
        assert_eq!(name.child(" :: "), name);
        let names: Vec<String> = name.child("B").with_parents().iter().map(ToString::to_string).collect();
        assert_eq!(names, ["新闻", "新闻::B"]);
    }
}
