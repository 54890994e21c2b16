//! What was last read back from Anki: which notes hold which words, how far they are, what the learner edited.
//!
//! Only the newest reading is kept; what it says of a word's status is told by a mark, and marks are kept.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::lexicon::{self, Keys};
use super::{Fault, Store, StoreError, marks};
use crate::hanzi::seen;
use crate::words::{AnkiState, Edited, Moment, Status, WordKey};

/// A note of the learner's collection that holds a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnkiNote {
    /// The word.
    pub key: WordKey,
    /// The note's number in Anki.
    pub note: i64,
    /// Its guid, where it is told: ours, or another's.
    pub guid: Option<String>,
    /// What its strongest card says.
    pub state: AnkiState,
    /// The interval of that card, in days.
    pub interval: i64,
    /// How often that card was forgotten.
    pub lapses: i64,
    /// When the note was last changed.
    pub modified: Moment,
    /// Fields of our own notes that the learner has edited, by name, as HTML.
    pub edited: BTreeMap<String, String>,
}

impl Store {
    /// Keeps what was read back, in the place of what was read of the same notes before. Words that the library has
    /// never met are born. Statuses are told apart from this.
    ///
    /// # Errors
    /// When the library can't be written.
    pub fn record_anki(&mut self, notes: &[AnkiNote], now: Moment) -> Result<(), StoreError> {
        self.write(|connection| record(connection, notes, now))
    }

    /// What was read back of our notes beside their states, by guid: what was edited, and when the note was last
    /// changed. Of a note that was read several times (its number in Anki can change) the newest reading counts.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn edited(&self) -> Result<BTreeMap<String, Edited>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT guid, edited, modified FROM anki WHERE guid IS NOT NULL ORDER BY at, note",
            )?;
            let mut rows = statement.query([])?;
            let mut newest: BTreeMap<String, (String, Moment)> = BTreeMap::new();
            while let Some(row) = rows.next()? {
                newest.insert(row.get(0)?, (row.get(1)?, Moment::nearest(row.get(2)?)));
            }
            newest
                .into_iter()
                .map(|(guid, (edited, modified))| {
                    let fields = match edited.as_str() {
                        "{}" => BTreeMap::new(),
                        edited => {
                            serde_json::from_str(edited).map_err(|error| Fault::Corrupt(error.to_string()))?
                        }
                    };
                    Ok((guid, Edited { fields, modified }))
                })
                .collect()
        })
    }

    /// What was read back, in the order of words and notes, with the moment of reading.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn anki(&self) -> Result<Vec<(AnkiNote, Moment)>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT w.headword, w.reading, a.note, a.guid, a.state, a.interval, a.lapses, a.modified, a.edited, a.at
                 FROM anki a JOIN word w ON w.id = a.word ORDER BY a.word, a.note",
            )?;
            let mut rows = statement.query([])?;
            let (mut keys, mut notes) = (Keys::default(), Vec::new());
            while let Some(row) = rows.next()? {
                let edited = serde_json::from_str(&row.get::<_, String>(8)?)
                    .map_err(|error| Fault::Corrupt(error.to_string()))?;
                let note = AnkiNote {
                    key: keys.key(row, 0)?,
                    note: row.get(2)?,
                    guid: row.get(3)?,
                    state: row.get::<_, String>(4)?.parse().map_err(Fault::Corrupt)?,
                    interval: row.get(5)?,
                    lapses: row.get(6)?,
                    modified: Moment(row.get(7)?),
                    edited,
                };
                notes.push((note, Moment(row.get(9)?)));
            }
            Ok(notes)
        })
    }
}

pub(super) fn record(connection: &Connection, notes: &[AnkiNote], now: Moment) -> Result<(), Fault> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO anki (word, note, guid, state, interval, lapses, modified, edited, at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (word, note) DO UPDATE SET guid = excluded.guid, state = excluded.state,
           interval = excluded.interval, lapses = excluded.lapses, modified = excluded.modified,
           edited = excluded.edited, at = excluded.at",
    )?;
    for note in notes {
        let (word, born) = lexicon::find_or_bear(connection, &note.key, now)?;
        if born {
            marks::set_status(connection, word, Status::New)?;
        }
        let edited =
            serde_json::to_string(&note.edited).map_err(|error| Fault::Corrupt(error.to_string()))?;
        // A collection may be another program's work: what no guid of ours could be finds no note of ours.
        let guid = note.guid.as_ref().filter(|guid| !guid.trim().is_empty() && seen(guid).is_ok());
        insert.execute(params![
            word,
            note.note,
            guid,
            note.state.as_str(),
            note.interval,
            note.lapses,
            Moment::nearest(note.modified.0).0,
            edited,
            now.0
        ])?;
    }
    Ok(())
}
