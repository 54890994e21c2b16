//! A word as the library knows it, and a sentence that it stood in: what decks are built from.

use std::sync::Arc;

use super::{Evidence, Status, WordKey};
use crate::span::Span;
use crate::tokens::Kind;

/// A moment: seconds since 1970-01-01 00:00 UTC. The clock is asked in `cli` alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

impl Moment {
    /// The last one: the end of the year 9998. Calendars end within 9999, jiff's on its last day but one.
    pub const LAST: Self = Self(253_370_764_799);

    /// The moment so many seconds after 1970 began, if that is a moment between 1970 and 9998. Milliseconds are none.
    #[must_use]
    pub fn new(seconds: i64) -> Option<Self> {
        (0..=Self::LAST.0).contains(&seconds).then_some(Self(seconds))
    }

    /// The moment that is nearest to so many seconds: what a wrong clock or another program wrote down.
    #[must_use]
    pub fn nearest(seconds: i64) -> Self {
        Self(seconds.clamp(0, Self::LAST.0))
    }
}

/// A word of the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The library's number for it.
    pub id: i64,
    /// Dictionary form and reading.
    pub key: WordKey,
    /// The guid of its Anki note, derived from headword and reading when the word was born, and kept for ever.
    pub guid: String,
    /// The kind of word.
    pub kind: Kind,
    /// The best evidence for its reading, over all that was read.
    pub evidence: Evidence,
    /// Whether any occurrence was sure.
    pub sure: bool,
    /// A word that no dictionary has.
    pub proposed: bool,
    /// The gloss that the learner chose for it.
    pub sense: Option<String>,
    /// The learner's status of it.
    pub status: Status,
    /// How often it was seen, over all articles.
    pub count: u32,
    /// In how many articles.
    pub articles: u32,
    /// When it was first seen.
    pub first_seen: Moment,
}

/// A sentence that a word stood in, with everything that a card shows of it. What the examples of its other words
/// have too is shared with them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The clean text of the sentence.
    pub sentence: Arc<str>,
    /// Where the word stands in the sentence, every time; never empty.
    pub places: Vec<Span>,
    /// The words of the sentence in order, with their readings; spans are of the sentence.
    pub words: Arc<[ExampleWord]>,
    /// The article's number in the library.
    pub article: i64,
    /// The article's title, or what stands for it.
    pub title: Arc<str>,
    /// Where the article came from, as the user gave it.
    pub origin: Arc<str>,
    /// When the article was added.
    pub added: Moment,
    /// The article's facts about itself.
    pub cited: Arc<Cited>,
}

/// The author of an article, its date and its place, as far as it says so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cited {
    /// The author.
    pub author: Option<String>,
    /// When it was published: ISO 8601.
    pub published: Option<String>,
    /// The site or paper.
    pub site: Option<String>,
    /// Its address on the web.
    pub address: Option<String>,
}

impl Example {
    /// How the word that the sentence is shown for is written in it.
    #[must_use]
    pub fn form(&self) -> Option<&str> {
        self.places.first().map(|place| place.of(&self.sentence))
    }

    /// Whether the word that the sentence is shown for is read in it beyond doubt.
    #[must_use]
    pub fn is_sure(&self) -> bool {
        !self.words.iter().any(|word| !word.sure && self.places.contains(&word.span))
    }
}

/// A word inside an [`Example`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleWord {
    /// Where it stands in the sentence.
    pub span: Span,
    /// The kind of word.
    pub kind: Kind,
    /// The word.
    pub key: WordKey,
    /// Whether its reading here is sure.
    pub sure: bool,
    /// The learner's status of it.
    pub status: Status,
}
