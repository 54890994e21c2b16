//! The note of a word: as a deck gave it, and as it was read back from Anki.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Moment;

/// A note as a deck gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Its guid.
    pub guid: String,
    /// A fingerprint of its content.
    pub hash: String,
    /// The [`Fingerprints`] of its versions, the newest first, as JSON: what is none of them was written in Anki.
    pub versions: String,
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

/// The fingerprints by which one version of a note is known again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fingerprints<'f> {
    /// One for each field, in the fields' order.
    #[serde(borrow)]
    pub fields: Vec<&'f str>,
    /// One for all tags. Of the first versions none was remembered.
    #[serde(borrow)]
    pub tags: Option<&'f str>,
    /// One for each tag. Of versions of before 2026-12 none were remembered.
    #[serde(borrow)]
    pub each_tag: Option<Vec<&'f str>>,
}

/// The facts that were read back of a note of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadBack {
    /// The learner's edits.
    pub edits: Edits,
    /// When it was last changed in Anki.
    pub modified: Moment,
}

/// The learner's edits of a note of ours in Anki, and in which state it was found there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edits {
    /// The contents of those of our fields that the learner edited, by our names of them, as HTML.
    pub fields: BTreeMap<String, String>,
    /// The contents of the learner's own fields, by their names, as HTML.
    pub own: BTreeMap<String, String>,
    /// The tags that the learner gave.
    pub tags: Vec<String>,
    /// The fingerprints of the tags of ours that the learner took away.
    pub untagged: Vec<String>,
    /// Anki holds an older version of ours, so that what changed since is still owed to it: its importer takes a newer one
    /// only if that was made later than the learner's last change of the note.
    pub older: bool,
    /// The note was in Anki, and is no more: the learner deleted it.
    pub gone: bool,
    /// The note has another note type in Anki than ours, which must keep it out of every package: an Anki that merges note
    /// types on import, as AnkiConnect has it do, would merge that one into ours, empty the note, and hang the reviewed
    /// cards of all our notes on the other's template (seen with Anki 26.9).
    pub moved: bool,
}

impl Edits {
    /// Whether the learner wrote anything into the note.
    #[must_use]
    pub fn are_any(&self) -> bool {
        !(self.fields.is_empty() && self.own.is_empty() && self.tags.is_empty() && self.untagged.is_empty())
    }

    /// Without the state in which the note was found: that is told by each reading anew.
    #[must_use]
    pub fn of_learner(self) -> Self {
        Self { older: false, gone: false, moved: false, ..self }
    }

    /// Of a note that is no more in Anki. The edits stay known, should it come back.
    #[must_use]
    pub fn gone(self) -> Self {
        Self { gone: true, ..self }
    }

    /// Of a note that has another note type in Anki. The edits stay known, should it come back.
    #[must_use]
    pub fn moved(self) -> Self {
        Self { gone: false, moved: true, ..self }
    }
}
