//! The history of a word's note: how decks gave it, and how Anki has it.
//!
//! The cards and the sentence that it has stay. And a note that reads as it did is as old as it was: Anki takes one of a
//! package over its own only where that is newer, and so leaves the learner's edits alone.

use std::collections::BTreeMap;

use super::{Cards, Note, fingerprints};
use crate::words::{Edits, Exported, Given, Moment, ReadBack};

/// The history of a word's note.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Before {
    /// How decks gave it, by the names under which they are remembered.
    pub decks: BTreeMap<String, Exported>,
    /// Whether this deck is among them.
    pub here: bool,
    /// How Anki has it, where that was read.
    pub anki: Option<ReadBack>,
}

impl Before {
    /// As it was given last, by whichever deck, with the name of that.
    #[must_use]
    pub fn last(&self) -> Option<(&str, &Given)> {
        let last = self.decks.iter().max_by_key(|(_, exported)| exported.note.modified);
        last.map(|(deck, exported)| (deck.as_str(), &exported.note))
    }

    /// Its cards, over all decks: they stay, or they would be blank in Anki.
    #[must_use]
    pub fn cards(&self) -> Cards {
        let cards = self.decks.values().filter_map(|exported| exported.note.cards.parse::<Cards>().ok());
        cards.fold(Cards::default(), Cards::or)
    }

    /// The sentence that it shows: it stays, too.
    #[must_use]
    pub fn sentence(&self) -> Option<&str> {
        Some(&*self.last()?.1.shown.as_ref()?.sentence)
    }

    /// The learner's edits of it in Anki.
    #[must_use]
    pub fn edits(&self) -> Option<&Edits> {
        self.anki.as_ref().map(|anki| &anki.edits)
    }

    /// The record to keep of the note as it is given now.
    pub(super) fn given(&self, note: &Note, now: Moment) -> Given {
        let hash = note.hash();
        let last = self.last().map(|(_, last)| last);
        // Where Anki held an older version that the learner changed since, it would never take one that is as old as it
        // was.
        let owed = |last: &Given| {
            self.anki.as_ref().is_some_and(|anki| anki.edits.older && anki.modified >= last.modified)
        };
        let same = last.filter(|last| last.hash == hash && !owed(last));
        // Nor one that is no newer: an edit of this very second, or from a phone whose clock is ahead.
        let later = self.anki.as_ref().map_or(now, |anki| Moment::nearest(now.0.max(anki.modified.0 + 1)));
        Given {
            modified: same.map_or(later, |last| last.modified),
            guid: note.guid.clone(),
            hash,
            versions: fingerprints(note, last.map(|last| last.versions.as_str())),
            cards: note.cards().to_string(),
            shown: note.shown.clone(),
        }
    }
}
