//! What was last read back from Anki: which notes hold which words, how far they are, what the learner edited.
//!
//! Only the newest reading is kept; what it says of a word's status is told by a mark, and marks are kept.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use rusqlite::params;

use super::lexicon::{self, Keys};
use super::{Fault, Store, StoreError, marks};
use crate::words::{Moment, Status, WordKey};

/// How far the strongest card of a note is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnkiState {
    /// Never answered.
    Unseen,
    /// Being learned.
    Learning,
    /// In review.
    Review,
    /// Lapsed, being learned again.
    Relearning,
    /// Suspended before it was ever answered.
    Suspended,
}

/// A note of the learner's collection that holds a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnkiNote {
    /// The word.
    pub key: WordKey,
    /// The note's guid in Anki: ours, or another's.
    pub guid: String,
    /// How far it is.
    pub state: AnkiState,
    /// Days until the next review.
    pub interval: u32,
    /// How often it was forgotten.
    pub lapses: u32,
    /// Fields of our own notes that the learner has edited, by name.
    pub edited: BTreeMap<String, String>,
}

impl AnkiState {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Unseen, Self::Learning, Self::Review, Self::Relearning, Self::Suspended];

    /// As the library writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unseen => "unseen",
            Self::Learning => "learning",
            Self::Review => "review",
            Self::Relearning => "relearning",
            Self::Suspended => "suspended",
        }
    }
}

impl fmt::Display for AnkiState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for AnkiState {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or_else(|| format!("“{text}” is no state of a card"))
    }
}

impl Store {
    /// Keeps what was read back, in the place of what was read before. Words that the library has never met are
    /// born. Statuses are told apart from this, with [`mark_each`](Self::mark_each).
    ///
    /// # Errors
    /// When the library can't be written.
    pub fn record_anki(&mut self, notes: &[AnkiNote], now: Moment) -> Result<(), StoreError> {
        self.write(|connection| {
            let mut insert = connection.prepare_cached(
                "INSERT INTO anki (word, guid, state, interval, lapses, edited, at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT (word, guid) DO UPDATE SET state = excluded.state, interval = excluded.interval,
                   lapses = excluded.lapses, edited = excluded.edited, at = excluded.at",
            )?;
            for note in notes {
                let (word, born) = lexicon::find_or_bear(connection, &note.key, now)?;
                if born {
                    marks::set_status(connection, word, Status::New)?;
                }
                let edited =
                    serde_json::to_string(&note.edited).map_err(|error| Fault::Corrupt(error.to_string()))?;
                let state = note.state.as_str();
                insert.execute(params![word, note.guid, state, note.interval, note.lapses, edited, now.0])?;
            }
            Ok(())
        })
    }

    /// What was read back, in the order of words and guids, with the moment of reading.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn anki(&self) -> Result<Vec<(AnkiNote, Moment)>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT w.headword, w.reading, a.guid, a.state, a.interval, a.lapses, a.edited, a.at
                 FROM anki a JOIN word w ON w.id = a.word ORDER BY a.word, a.guid",
            )?;
            let mut rows = statement.query([])?;
            let (mut keys, mut notes) = (Keys::default(), Vec::new());
            while let Some(row) = rows.next()? {
                let edited = serde_json::from_str(&row.get::<_, String>(6)?)
                    .map_err(|error| Fault::Corrupt(error.to_string()))?;
                let note = AnkiNote {
                    key: keys.key(row, 0)?,
                    guid: row.get(2)?,
                    state: row.get::<_, String>(3)?.parse().map_err(Fault::Corrupt)?,
                    interval: row.get(4)?,
                    lapses: row.get(5)?,
                    edited,
                };
                notes.push((note, Moment(row.get(7)?)));
            }
            Ok(notes)
        })
    }
}
