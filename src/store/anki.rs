//! The notes last read back from Anki: which notes hold which words, how far they are, what the learner edited.
//!
//! Only the newest reading is kept; what it says of a word's status is told by a mark, and marks are kept.

use std::collections::BTreeMap;

use rusqlite::{Connection, Row, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::lexicon::{self, Keys};
use super::{Fault, Store, StoreError, marks};
use crate::hanzi::seen;
use crate::words::{AnkiState, Edits, Moment, ReadBack, Status, WordKey};

/// A note of the learner's collection that holds a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnkiNote {
    /// The word.
    pub key: WordKey,
    /// The note's number in Anki.
    pub note: i64,
    /// Its guid, where it is told: ours, or another's.
    pub guid: Option<String>,
    /// The state of its strongest card.
    pub state: AnkiState,
    /// The interval of that card, in days.
    pub interval: i64,
    /// How often that card was forgotten.
    pub lapses: i64,
    /// When the note was last changed.
    pub modified: Moment,
    /// The learner's edits, where it is a note of ours.
    pub edited: Edits,
}

impl Store {
    /// The edits that were read back of our notes, by guid, and when the note was last changed. Of a note that was read
    /// several times (its number in Anki can change) the newest reading counts.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn read_back(&self) -> Result<BTreeMap<String, ReadBack>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT guid, modified, {EDITS} FROM anki WHERE guid IS NOT NULL ORDER BY at, note"
            ))?;
            let mut rows = statement.query([])?;
            let mut newest = BTreeMap::new();
            while let Some(row) = rows.next()? {
                let modified = Moment::nearest(row.get(1)?);
                newest.insert(row.get(0)?, ReadBack { edits: edits(row, 2)?, modified });
            }
            Ok(newest)
        })
    }

    /// The notes that were read back, in the order of words and notes, with the moment of reading.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn anki(&self) -> Result<Vec<(AnkiNote, Moment)>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT w.headword, w.reading, a.note, a.guid, a.state, a.interval, a.lapses, a.modified, a.at, {EDITS}
                 FROM anki a JOIN word w ON w.id = a.word ORDER BY a.word, a.note"
            ))?;
            let mut rows = statement.query([])?;
            let (mut keys, mut notes) = (Keys::default(), Vec::new());
            while let Some(row) = rows.next()? {
                let note = AnkiNote {
                    key: keys.key(row, 0)?,
                    note: row.get(2)?,
                    guid: row.get(3)?,
                    state: row.get::<_, String>(4)?.parse().map_err(Fault::Corrupt)?,
                    interval: row.get(5)?,
                    lapses: row.get(6)?,
                    modified: Moment(row.get(7)?),
                    edited: edits(row, 9)?,
                };
                notes.push((note, Moment(row.get(8)?)));
            }
            Ok(notes)
        })
    }
}

/// The columns of [`edits`].
pub(super) const EDITS: &str = "fields, own, tags, untagged, older, gone, moved";

/// The learner's edits, out of the columns [`EDITS`] from column `first` on.
fn edits(row: &Row<'_>, first: usize) -> Result<Edits, Fault> {
    Ok(Edits {
        fields: json(row, first)?,
        own: json(row, first + 1)?,
        tags: json(row, first + 2)?,
        untagged: json(row, first + 3)?,
        older: row.get(first + 4)?,
        gone: row.get(first + 5)?,
        moved: row.get(first + 6)?,
    })
}

/// A column that holds JSON. Most have nothing in them.
fn json<T: Default + DeserializeOwned>(row: &Row<'_>, column: usize) -> Result<T, Fault> {
    let corrupt = |error: &dyn std::fmt::Display| Fault::Corrupt(error.to_string());
    match row.get_ref(column)?.as_str().map_err(|error| corrupt(&error))? {
        "{}" | "[]" => Ok(T::default()),
        text => serde_json::from_str(text).map_err(|error| corrupt(&error)),
    }
}

pub(super) fn record(connection: &Connection, notes: &[AnkiNote], now: Moment) -> Result<(), Fault> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO anki (word, note, guid, state, interval, lapses, modified, at,
           fields, own, tags, untagged, older, gone, moved)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
         ON CONFLICT (word, note) DO UPDATE SET guid = excluded.guid, state = excluded.state,
           interval = excluded.interval, lapses = excluded.lapses, modified = excluded.modified, at = excluded.at,
           fields = excluded.fields, own = excluded.own, tags = excluded.tags, untagged = excluded.untagged,
           older = excluded.older, gone = excluded.gone, moved = excluded.moved",
    )?;
    for note in notes {
        let (word, born) = lexicon::find_or_bear(connection, &note.key, now)?;
        if born {
            marks::set_status(connection, word, Status::New)?;
        }
        let Edits { fields, own, tags, untagged, older, gone, moved } = &note.edited;
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
            now.0,
            written(fields)?,
            written(own)?,
            written(tags)?,
            written(untagged)?,
            older,
            gone,
            moved,
        ])?;
    }
    Ok(())
}

fn written(value: &impl Serialize) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|error| Fault::Corrupt(error.to_string()))
}
