//! The notes that each deck has given, so that the next export adds what is new and touches only what has changed.
//!
//! `modified` is when a note's fields last changed, never when a file was written: Anki then leaves alone what
//! the learner edited there.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Row, params};

use super::{Fault, Store, StoreError};
use crate::words::{Exported, Given, Moment, Shown};

const COLUMNS: &str = "guid, hash, versions, cards, article, sentence, modified, given, deck";

impl Store {
    /// The notes that a deck has given, by guid.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn exported(&self, deck: &str) -> Result<BTreeMap<String, Exported>, StoreError> {
        self.read(|connection| {
            let mut statement =
                connection.prepare_cached(&format!("SELECT {COLUMNS} FROM export WHERE deck = ?1"))?;
            let mut rows = statement.query([deck])?;
            let mut notes = BTreeMap::new();
            while let Some(row) = rows.next()? {
                let exported = exported(row)?;
                notes.insert(exported.note.guid.clone(), exported);
            }
            Ok(notes)
        })
    }

    /// The notes that all decks have given, by guid and then by deck. A note is one in Anki, whichever deck gives it.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn exported_by_all(&self) -> Result<BTreeMap<String, BTreeMap<String, Exported>>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM export"))?;
            let mut rows = statement.query([])?;
            let mut notes: BTreeMap<String, BTreeMap<String, Exported>> = BTreeMap::new();
            while let Some(row) = rows.next()? {
                let exported = exported(row)?;
                notes.entry(exported.note.guid.clone()).or_default().insert(row.get(8)?, exported);
            }
            Ok(notes)
        })
    }

    /// Remembers the notes that a deck gives now. Those that it gave before and gives no longer stay remembered. With a
    /// predecessor, the deck goes on from the notes which that one has given.
    ///
    /// # Errors
    /// When the library can't be written.
    pub fn record_export(
        &mut self,
        deck: &str,
        before: Option<&Predecessor>,
        notes: &[Given],
        now: Moment,
    ) -> Result<(), StoreError> {
        self.write(|connection| {
            match before {
                Some(Predecessor::Moved(from)) => rename(connection, from, deck)?,
                Some(Predecessor::Shared(from)) => copy(connection, from, deck)?,
                None => {}
            }
            record(connection, deck, notes, now)
        })
    }

    /// The decks that have given anything.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn decks(&self) -> Result<BTreeSet<String>, StoreError> {
        self.read(|connection| {
            // From one deck to the next: there are few of them, and many notes of each.
            let mut next = connection.prepare_cached("SELECT min(deck) FROM export WHERE deck > ?1")?;
            let mut decks = BTreeSet::new();
            let mut last = String::new();
            while let Some(deck) = next.query_row([&last], |row| row.get::<_, Option<String>>(0))? {
                last.clone_from(&deck);
                decks.insert(deck);
            }
            Ok(decks)
        })
    }
}

/// From whom a deck goes on that has given nothing under its own name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Predecessor {
    /// It is the same deck, under the name that it had.
    Moved(String),
    /// It is another deck, which stays: what that has given, this one has given, too.
    Shared(String),
}

fn record(connection: &Connection, deck: &str, notes: &[Given], now: Moment) -> Result<(), Fault> {
    let first = !connection.prepare_cached("SELECT 1 FROM export WHERE deck = ?1 LIMIT 1")?.exists([deck])?;
    // A row that can't be there already is put in without a look, and without a journal for the case that it is.
    let mut insert = connection.prepare_cached(if first {
        "INSERT INTO export (deck, guid, hash, versions, cards, article, sentence, modified, given)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
    } else {
        "INSERT INTO export (deck, guid, hash, versions, cards, article, sentence, modified, given)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (deck, guid) DO UPDATE SET hash = excluded.hash, versions = excluded.versions,
           cards = excluded.cards, article = excluded.article, sentence = excluded.sentence,
           modified = excluded.modified"
    })?;
    // An article may be gone since the deck was built: another command has put a backup back.
    let mut articles: BTreeMap<i64, bool> = BTreeMap::new();
    let mut has = connection.prepare_cached("SELECT 1 FROM article WHERE id = ?1")?;
    for shown in notes.iter().filter_map(|note| note.shown.as_ref()) {
        if let Entry::Vacant(place) = articles.entry(shown.article) {
            place.insert(has.exists([shown.article])?);
        }
    }
    // In the order of the rows: SQLite appends faster than it inserts.
    let mut notes: Vec<&Given> = notes.iter().collect();
    notes.sort_unstable_by_key(|note| &note.guid);
    for note in notes {
        let shown = note.shown.as_ref().filter(|shown| articles.get(&shown.article) == Some(&true));
        let (article, sentence) = shown.map(|shown| (shown.article, &*shown.sentence)).unzip();
        insert.execute(params![
            deck,
            note.guid,
            note.hash,
            note.versions,
            note.cards,
            article,
            sentence,
            note.modified.0,
            now.0,
        ])?;
    }
    Ok(())
}

fn rename(connection: &Connection, from: &str, to: &str) -> Result<(), Fault> {
    connection.prepare_cached("UPDATE export SET deck = ?2 WHERE deck = ?1")?.execute([from, to])?;
    Ok(())
}

fn copy(connection: &Connection, from: &str, to: &str) -> Result<(), Fault> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO export (deck, guid, hash, versions, cards, article, sentence, modified, given)
             SELECT ?2, guid, hash, versions, cards, article, sentence, modified, given
             FROM export WHERE deck = ?1",
        )?
        .execute([from, to])?;
    Ok(())
}

/// The note in the columns of [`COLUMNS`].
fn exported(row: &Row<'_>) -> Result<Exported, Fault> {
    let article: Option<i64> = row.get(4)?;
    let sentence: Option<String> = row.get(5)?;
    let note = Given {
        guid: row.get(0)?,
        hash: row.get(1)?,
        versions: row.get(2)?,
        cards: row.get(3)?,
        shown: article.zip(sentence).map(|(article, sentence)| Shown { article, sentence: sentence.into() }),
        modified: Moment(row.get(6)?),
    };
    Ok(Exported { note, given: Moment(row.get(7)?) })
}
