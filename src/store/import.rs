//! Imports of what other programs know of the learner: all sources of one command, or none.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::{AnkiNote, Fault, Marked, Reading, Store, StoreError, anki, collections, marks, words};
use crate::words::{By, Moment, Status, WordKey};

/// One source: a list, or a collection of Anki's.
#[derive(Clone, Copy, Debug)]
pub struct Import<'a> {
    /// The source of the statuses.
    pub by: &'a By,
    /// The statuses that it gives words.
    pub marks: &'a [(WordKey, Status)],
    /// The notes of Anki's that hold them.
    pub notes: &'a [AnkiNote],
}

/// The effect of importing one source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// As of any marks.
    pub marked: Marked,
    /// How many words came to each status from another one.
    pub changes: BTreeMap<Status, u32>,
}

impl Store {
    /// Takes over what each source says, an act each, in one transaction: a command that fails has changed nothing.
    /// Words that the library has never met are born.
    ///
    /// # Errors
    /// When the library can't be written.
    pub fn import(&mut self, sources: &[Import<'_>], now: Moment) -> Result<Vec<Imported>, StoreError> {
        self.write(|connection| all(connection, sources, now))
    }

    /// As [`import`](Self::import), and keeps what the collections are like from which the notes are.
    ///
    /// # Errors
    /// When the library can't be written.
    pub fn import_read(
        &mut self,
        sources: &[Import<'_>],
        readings: &[&Reading],
        now: Moment,
    ) -> Result<Vec<Imported>, StoreError> {
        self.write(|connection| {
            let imported = all(connection, sources, now)?;
            readings.iter().try_for_each(|reading| collections::record(connection, reading, now))?;
            Ok(imported)
        })
    }

    /// The effect that [`import`](Self::import) would have; nothing is written.
    ///
    /// # Errors
    /// When the library can't be read, or is locked.
    pub fn import_dry(&mut self, sources: &[Import<'_>], now: Moment) -> Result<Vec<Imported>, StoreError> {
        self.dry(|connection| all(connection, sources, now))
    }
}

fn all(connection: &Connection, sources: &[Import<'_>], now: Moment) -> Result<Vec<Imported>, Fault> {
    sources.iter().map(|source| one(connection, source, now)).collect()
}

fn one(connection: &Connection, source: &Import<'_>, now: Moment) -> Result<Imported, Fault> {
    let keys = || source.marks.iter().map(|(key, _)| key);
    let before = words::statuses(connection, keys())?;
    // Marks first: they count the words that are born.
    let marks = source.marks.iter().map(|(key, status)| (key, *status));
    let marked = marks::mark(connection, marks, source.by, now)?;
    anki::record(connection, source.notes, now)?;
    let mut changes = BTreeMap::new();
    for (before, after) in before.into_iter().zip(words::statuses(connection, keys())?) {
        if before != after {
            *changes.entry(after).or_default() += 1;
        }
    }
    Ok(Imported { marked, changes })
}
