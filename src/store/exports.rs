//! What each deck has given, so that the next export adds what is new and touches only what has changed.
//!
//! `modified` is when a note's fields last changed, never when a file was written: Anki then leaves alone what
//! the learner edited there.

use std::collections::BTreeMap;

use rusqlite::{Row, params};

use super::{Fault, Store, StoreError};
use crate::words::Moment;

/// A note as a deck last gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exported {
    /// The hash of its fields.
    pub hash: u64,
    /// When they last changed.
    pub modified: Moment,
    /// When the deck first gave it.
    pub given: Moment,
}

/// A note that a deck gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Its guid.
    pub guid: String,
    /// The hash of its fields.
    pub hash: u64,
    /// When they last changed.
    pub modified: Moment,
}

impl Store {
    /// What a deck has given, by guid.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn exported(&self, deck: &str) -> Result<BTreeMap<String, Exported>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT guid, hash, modified, given FROM export WHERE deck = ?1 ORDER BY guid",
            )?;
            let mut rows = statement.query([deck])?;
            let mut notes = BTreeMap::new();
            while let Some(row) = rows.next()? {
                notes.insert(row.get(0)?, exported(row)?);
            }
            Ok(notes)
        })
    }

    /// What any deck has given, by guid: of each note the newest form. A note is one in Anki, whichever deck
    /// gives it.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn exported_by_any(&self) -> Result<BTreeMap<String, Exported>, StoreError> {
        self.read(|connection| {
            let mut statement = connection
                .prepare_cached("SELECT guid, hash, modified, given FROM export ORDER BY modified, deck")?;
            let mut rows = statement.query([])?;
            let mut notes = BTreeMap::new();
            while let Some(row) = rows.next()? {
                let mut note = exported(row)?;
                let guid: String = row.get(0)?;
                if let Some(older) = notes.get(&guid) {
                    let older: &Exported = older;
                    note.given = note.given.min(older.given);
                }
                notes.insert(guid, note);
            }
            Ok(notes)
        })
    }

    /// Remembers what a deck gives now.
    ///
    /// # Errors
    /// When the library can't be written.
    pub fn record_export(&mut self, deck: &str, notes: &[Given], now: Moment) -> Result<(), StoreError> {
        self.write(|connection| {
            let mut insert = connection.prepare_cached(
                "INSERT INTO export (deck, guid, hash, modified, given) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (deck, guid) DO UPDATE SET hash = excluded.hash, modified = excluded.modified
                 WHERE hash <> excluded.hash OR modified <> excluded.modified",
            )?;
            for note in notes {
                insert.execute(params![deck, note.guid, note.hash.cast_signed(), note.modified.0, now.0])?;
            }
            Ok(())
        })
    }

    /// Forgets what a deck has given: its next export gives everything once more.
    ///
    /// # Errors
    /// When the library can't be written.
    pub fn forget_exports(&mut self, deck: &str) -> Result<usize, StoreError> {
        self.write(|connection| {
            Ok(connection.prepare_cached("DELETE FROM export WHERE deck = ?1")?.execute([deck])?)
        })
    }
}

fn exported(row: &Row<'_>) -> Result<Exported, Fault> {
    Ok(Exported {
        hash: row.get::<_, i64>(1)?.cast_unsigned(),
        modified: Moment(row.get(2)?),
        given: Moment(row.get(3)?),
    })
}
