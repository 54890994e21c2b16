//! The learner's collections of Anki's, as each was read last: our note type as it is there, the decks, and which of
//! our notes are there, were deleted there, or have another note type there.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::{AnkiNote, Fault, Store, StoreError, anki};
use crate::named::named;
use crate::words::Moment;

named! {
    /// The state of a note of ours in a collection.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Holding {
        /// It is there.
        There = "there",
        /// It was there, and the learner deleted it.
        Deleted = "deleted",
        /// The learner gave it another note type.
        Moved = "moved",
        /// It was read from another collection alone.
        Elsewhere = "elsewhere",
    }
    else "is nothing that a collection has of a note"
}

/// A note of ours that was read from a collection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its guid.
    pub guid: String,
    /// Its state in the collection.
    pub holding: Holding,
    /// The number of the deck in which its first card lies, where that is told.
    pub deck: Option<i64>,
}

/// A collection that was read just now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Its identity: the place of its file.
    pub place: String,
    /// Our note type as it has it, in whatever form the reader writes it.
    pub note_type: Option<String>,
    /// The names of its decks by number.
    pub decks: BTreeMap<i64, String>,
    /// Our notes in it, and those that are no more.
    pub notes: Vec<Held>,
}

/// A collection as it was read last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownCollection {
    /// As in [`Reading::place`].
    pub place: String,
    /// As in [`Reading::note_type`].
    pub note_type: Option<String>,
    /// As in [`Reading::decks`].
    pub decks: BTreeMap<i64, String>,
    /// The numbers of decks that were given to it, by the names under which they were given.
    pub given_decks: BTreeMap<String, i64>,
    /// Our notes that were ever read from it, or from another, by guid, with the decks in which they lie. A note of
    /// which it has none was read before collections were told apart, or never.
    pub notes: BTreeMap<String, (Holding, Option<i64>)>,
    /// The style of which it was told that the learner's own goes before it.
    pub style: Option<String>,
}

impl Store {
    /// Keeps notes that were read back from Anki, in the place of those read before with the same numbers, and the
    /// collection that they are from, where it is the learner's own. Words that the library has never met are born.
    /// Statuses are told apart from this.
    ///
    /// # Errors
    /// When the library can't be written.
    pub fn record_reading(
        &mut self,
        reading: Option<&Reading>,
        notes: &[AnkiNote],
        now: Moment,
    ) -> Result<(), StoreError> {
        self.write(|connection| {
            anki::record(connection, notes, now)?;
            reading.map_or(Ok(()), |reading| record(connection, reading, now))
        })
    }

    /// The collection at a place as it was read last; without a place, the one that was read last of all. `None` where
    /// no collection was ever read.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn collection(&self, place: Option<&str>) -> Result<Option<KnownCollection>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, place, note_type, decks, style FROM collection
                 WHERE ?1 IS NULL OR place = ?1 ORDER BY read DESC, id DESC LIMIT 1",
            )?;
            let row = statement.query_row([place], |row| {
                let decks: String = row.get(3)?;
                let known = KnownCollection {
                    place: row.get(1)?,
                    note_type: row.get(2)?,
                    style: row.get(4)?,
                    ..KnownCollection::default()
                };
                Ok((row.get::<_, i64>(0)?, decks, known))
            });
            // Of a place that is new it is known that all notes were read elsewhere.
            let new = || {
                place.map(|place| {
                    (
                        0,
                        "{}".to_owned(),
                        KnownCollection { place: place.to_owned(), ..KnownCollection::default() },
                    )
                })
            };
            let Some((id, decks, mut known)) = row.optional()?.or_else(new) else { return Ok(None) };
            let decks: BTreeMap<String, String> =
                serde_json::from_str(&decks).map_err(|error| Fault::Corrupt(error.to_string()))?;
            known.decks = decks.into_iter().filter_map(|(id, name)| Some((id.parse().ok()?, name))).collect();
            known.given_decks = connection
                .prepare_cached("SELECT name, number FROM given_deck WHERE collection = ?1")?
                .query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<Result<_, _>>()?;
            let mut statement =
                connection.prepare_cached("SELECT collection, guid, state, deck FROM holding")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let (of, guid): (i64, String) = (row.get(0)?, row.get(1)?);
                if of == id {
                    let holding = row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?;
                    let holding = holding.parse().map_err(Fault::Corrupt)?;
                    known.notes.insert(guid, (holding, row.get(3)?));
                } else {
                    known.notes.entry(guid).or_insert((Holding::Elsewhere, None));
                }
            }
            Ok(Some(known))
        })
    }

    /// Remembers what was given to a collection: the numbers of decks, notes that are there now, and the style of which
    /// it was told. A place that was never read is passed over.
    ///
    /// # Errors
    /// When the library can't be written.
    pub fn record_given(
        &mut self,
        place: &str,
        decks: &BTreeMap<String, i64>,
        notes: &[&str],
        style: Option<&str>,
    ) -> Result<(), StoreError> {
        self.write(|connection| {
            let mut hold = connection.prepare_cached(
                "INSERT INTO holding (collection, guid, state) SELECT id, ?2, 'there' FROM collection WHERE place = ?1
                 ON CONFLICT (collection, guid) DO UPDATE SET state = excluded.state",
            )?;
            for guid in notes {
                hold.execute([place, guid])?;
            }
            let mut number = connection.prepare_cached(
                "INSERT INTO given_deck (collection, name, number)
                 SELECT id, ?2, ?3 FROM collection WHERE place = ?1
                 ON CONFLICT (collection, name) DO UPDATE SET number = excluded.number",
            )?;
            for (name, deck) in decks {
                number.execute(params![place, name, deck])?;
            }
            if let Some(style) = style {
                connection
                    .prepare_cached("UPDATE collection SET style = ?2 WHERE place = ?1")?
                    .execute([place, style])?;
            }
            Ok(())
        })
    }
}

pub(super) fn record(connection: &Connection, reading: &Reading, now: Moment) -> Result<(), Fault> {
    let decks: BTreeMap<String, &String> =
        reading.decks.iter().map(|(number, name)| (number.to_string(), name)).collect();
    let decks = serde_json::to_string(&decks).map_err(|error| Fault::Corrupt(error.to_string()))?;
    let id: i64 = connection
        .prepare_cached(
            "INSERT INTO collection (place, read, note_type, decks) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (place) DO UPDATE SET read = excluded.read, note_type = excluded.note_type,
               decks = excluded.decks
             RETURNING id",
        )?
        .query_row(params![reading.place, now.0, reading.note_type, decks], |row| row.get(0))?;
    let mut hold = connection.prepare_cached(
        "INSERT INTO holding (collection, guid, state, deck) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (collection, guid) DO UPDATE SET state = excluded.state,
           deck = coalesce(excluded.deck, deck)",
    )?;
    for note in reading.notes.iter().filter(|note| note.holding != Holding::Elsewhere) {
        hold.execute(params![id, note.guid, note.holding.as_str(), note.deck])?;
    }
    Ok(())
}
