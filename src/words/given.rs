//! What became of the note of a word: as a deck gave it, and as it was read back from Anki.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Moment;

/// A note as a deck gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Its guid.
    pub guid: String,
    /// A fingerprint of its content.
    pub hash: String,
    /// Fingerprints of its fields, in whatever form the deck writes them: what differs in Anki was edited there.
    pub fields: String,
    /// Its cards, as the deck writes them.
    pub cards: String,
    /// The sentence that it shows.
    pub shown: Option<Shown>,
    /// When its content last changed.
    pub modified: Moment,
}

/// The sentence that a note shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The library's number for the article that it is from.
    pub article: i64,
    /// Its plain text.
    pub sentence: Arc<str>,
}

/// A note that a deck has given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// As it was given last.
    pub note: Given,
    /// When the deck first gave it.
    pub given: Moment,
}

/// What was read back of a note of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edited {
    /// What the learner wrote into it, field by field, as HTML.
    pub fields: BTreeMap<String, String>,
    /// When it was last changed in Anki.
    pub modified: Moment,
}
