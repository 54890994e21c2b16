//! A note: what Anki will know of one word.

use std::collections::BTreeMap;

use sha1::{Digest, Sha1};

use super::{Card, Cards, DeckName, Field, Html};
use crate::words::{Moment, Shown};

/// A note of a deck.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Anki's key for it, the word's for ever.
    pub guid: String,
    /// The library's number for the word.
    pub word: i64,
    /// When the word was first seen: what Anki shows as the day on which the note was made.
    pub created: Moment,
    /// The deck that its cards go to.
    pub deck: DeckName,
    /// The fields, in the order of [`Field::ALL`].
    pub fields: [Html; Field::ALL.len()],
    /// The contents of the learner's own fields of the note type, by their names.
    pub own: BTreeMap<String, Html>,
    /// The tags, sorted, each once.
    pub tags: Vec<String>,
    /// The sentence that it shows: remembered, so that the next run keeps it.
    pub shown: Option<Shown>,
}

impl Note {
    /// The content of a field.
    #[must_use]
    pub fn field(&self, field: Field) -> &Html {
        &self.fields[field as usize]
    }

    /// Its cards: those whose question has something to ask.
    #[must_use]
    pub fn cards(&self) -> Cards {
        let has = |field| !self.field(field).is_empty();
        Card::ALL
            .into_iter()
            .filter(|card| match card {
                Card::Recognition => has(Field::Recognition),
                Card::Production => has(Field::Production),
                Card::Listening => has(Field::Listening) && (has(Field::Speak) || has(Field::Sound)),
                Card::Cloze => has(Field::Cloze),
            })
            .collect()
    }

    /// A fingerprint of its content. How often the word was seen is left out: it grows with every article, and a
    /// note that counts as changed overwrites what the learner wrote into it.
    #[must_use]
    pub fn hash(&self) -> String {
        let mut hash = Sha1::new();
        for field in Field::ALL.into_iter().filter(|&field| field != Field::Count) {
            hash.update(self.field(field).as_str().as_bytes());
            hash.update([0x1f]);
        }
        for tag in &self.tags {
            hash.update(tag.as_bytes());
            hash.update(b" ");
        }
        hex(&hash.finalize(), 16)
    }

    /// A short fingerprint of each field, in the order of [`Field::ALL`]: what differs from it in Anki was edited there.
    #[must_use]
    pub fn field_hashes(&self) -> Vec<String> {
        self.fields.iter().map(|field| hex(&Sha1::digest(field.as_str().as_bytes()), 4)).collect()
    }
}

pub(super) fn hex(bytes: &[u8], first: usize) -> String {
    let digits = bytes.iter().take(first).flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}
