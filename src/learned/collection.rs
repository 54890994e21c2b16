//! An Anki collection's notes and cards, read from a copy of its file.
//!
//! Schema 11 keeps note types as JSON in `col.models`, schemas 15 to 18 in tables with the collation `unicase`.
//! Sources: Anki's `rslib/src/storage/upgrades/*.sql`, and trials with Anki 26.9.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, Row};

use super::card::Card;
use super::error::LearnedError;
use super::{archive, profile};

/// What stands between the fields of a note, as Anki stores them.
pub(super) const FIELD_SEPARATOR: char = '\u{1F}';

/// A note type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteType {
    /// Anki's number for it.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The names of its fields, in order.
    pub fields: Vec<String>,
}

/// A note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Anki's number for it.
    pub id: i64,
    /// What identifies it between collections; AnkiConnect doesn't tell it.
    pub guid: Option<String>,
    /// The number of its note type.
    pub note_type: i64,
    /// When it was changed last, in seconds.
    pub modified: i64,
    /// Whether it has the tag `leech`.
    pub leech: bool,
    /// Its tags, blanks between.
    pub tags: String,
    /// The fields in order, with U+001F between.
    pub fields: String,
}

/// All of a collection that tells what a learner knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collection {
    /// The note types by number.
    pub note_types: BTreeMap<i64, NoteType>,
    /// The notes, in the order of their numbers.
    pub notes: Vec<Note>,
    /// The cards, in the order of their notes' numbers.
    pub cards: Vec<Card>,
    /// The numbers of notes that were deleted, as far as Anki remembers: until the next full sync.
    pub deleted: Vec<i64>,
    /// What a reader should know about how it was read.
    pub remarks: Vec<String>,
    /// Whether it is all of a collection as it is this moment, so that a note that isn't in it is no more. A package
    /// may be a part, a backup is of another day.
    pub whole: bool,
}

impl Collection {
    /// Reads a file of Anki's: `.apkg`, `.colpkg`, or a `collection.anki2`, live or not. The file is copied
    /// first and never opened.
    ///
    /// # Errors
    /// When it is none of these, or damaged.
    pub fn read(path: &Path) -> Result<Self, LearnedError> {
        if archive::is_zip(path)? {
            let copy = archive::unpack(path)?;
            return Self::from_copy(copy.path(), path);
        }
        match profile::copy(path).and_then(|copy| Self::from_copy(&copy.path(), path)) {
            Ok(collection) => Ok(Self { whole: true, ..collection }),
            Err(
                why @ (LearnedError::Collection { .. } | LearnedError::Busy(_) | LearnedError::Read { .. }),
            ) => {
                let Some(backup) = profile::newest_backup(path) else { return Err(why) };
                let Ok(copy) = archive::unpack(&backup) else { return Err(why) };
                let mut collection = Self::from_copy(copy.path(), &backup)?;
                collection
                    .remarks
                    .push(format!("{why}; read the newest backup instead: {}", backup.display()));
                Ok(collection)
            }
            Err(other) => Err(other),
        }
    }

    /// Reads a copy that nobody else has. `named` is the file that the messages speak of.
    fn from_copy(copy: &Path, named: &Path) -> Result<Self, LearnedError> {
        let broken = |why: String| LearnedError::Collection { path: named.to_owned(), why };
        let read = || -> Result<Result<Self, String>, rusqlite::Error> {
            let connection = open(copy)?;
            if let Some(damage) = damage(&connection)? {
                return Ok(Err(damage));
            }
            let mut collection = Self { note_types: note_types(&connection)?, ..Self::default() };
            collection.notes = notes(&connection)?;
            collection.cards = cards(&connection)?;
            collection.deleted = deleted(&connection).unwrap_or_default();
            Ok(Ok(collection))
        };
        read().map_err(|e| broken(plain_words(&e)))?.map_err(broken)
    }
}

/// SQLite's own words for the two things that happen to people, said plainly.
fn plain_words(error: &rusqlite::Error) -> String {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase) => "it is no SQLite file".to_owned(),
        Some(rusqlite::ErrorCode::DatabaseCorrupt) => format!("it is damaged ({error})"),
        _ => error.to_string(),
    }
}

fn open(copy: &Path) -> Result<Connection, rusqlite::Error> {
    // Not read-only: a copy with a write-ahead log has to be recovered, and it is ours.
    let connection = Connection::open_with_flags(copy, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.create_collation("unicase", unicase)?;
    Ok(connection)
}

/// The collation of Anki's names: without regard to case.
fn unicase(one: &str, other: &str) -> Ordering {
    one.chars().flat_map(char::to_lowercase).cmp(other.chars().flat_map(char::to_lowercase))
}

/// What is wrong with the tables that we read. The others aren't looked at: a big review log takes long, and
/// tables ordered by another folding of case than ours would look damaged.
fn damage(connection: &Connection) -> Result<Option<String>, rusqlite::Error> {
    for table in ["col", "notes", "cards"] {
        let there: bool = connection.query_row(
            "SELECT EXISTS(SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?1)",
            [table],
            |row| row.get(0),
        )?;
        if !there {
            return Ok(Some(format!("it has no table `{table}`")));
        }
        let said: String =
            connection.query_row(&format!("PRAGMA quick_check({table})"), [], |row| row.get(0)).or_else(
                |e| if e == rusqlite::Error::QueryReturnedNoRows { Ok("ok".to_owned()) } else { Err(e) },
            )?;
        if said != "ok" {
            return Ok(Some(format!("it is damaged ({said})")));
        }
    }
    Ok(None)
}

fn note_types(connection: &Connection) -> Result<BTreeMap<i64, NoteType>, rusqlite::Error> {
    let in_tables: bool = connection.query_row(
        "SELECT EXISTS(SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'notetypes')",
        [],
        |row| row.get(0),
    )?;
    let mut types = BTreeMap::new();
    if in_tables {
        let mut statement = connection.prepare("SELECT id, name FROM notetypes")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (id, name) = (row.get(0)?, text(row, 1)?);
            types.insert(id, NoteType { id, name, fields: Vec::new() });
        }
        let mut statement = connection.prepare("SELECT ntid, name FROM fields ORDER BY ntid, ord")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let of: i64 = row.get(0)?;
            let name = text(row, 1)?;
            if let Some(note_type) = types.get_mut(&of) {
                note_type.fields.push(name);
            }
        }
        return Ok(types);
    }
    let models: String = connection.query_row("SELECT models FROM col", [], |row| text(row, 0))?;
    let models: BTreeMap<String, Model> = serde_json::from_str(&models).unwrap_or_default();
    for (id, mut model) in models {
        let Ok(id) = id.parse() else { continue };
        model.flds.sort_by_key(|field| field.ord);
        let fields = model.flds.into_iter().map(|field| field.name).collect();
        types.insert(id, NoteType { id, name: model.name, fields });
    }
    Ok(types)
}

/// A note type in schema 11.
#[derive(serde::Deserialize)]
struct Model {
    name: String,
    flds: Vec<ModelField>,
}

#[derive(serde::Deserialize)]
struct ModelField {
    name: String,
    ord: i64,
}

fn notes(connection: &Connection) -> Result<Vec<Note>, rusqlite::Error> {
    let mut statement = connection.prepare("SELECT id, guid, mid, mod, tags, flds FROM notes ORDER BY id")?;
    let mut rows = statement.query([])?;
    let mut notes = Vec::new();
    while let Some(row) = rows.next()? {
        let tags = text(row, 4)?;
        notes.push(Note {
            id: row.get(0)?,
            guid: Some(text(row, 1)?),
            note_type: row.get(2)?,
            modified: row.get(3)?,
            leech: has_leech(tags.split_whitespace()),
            tags: tags.trim().to_owned(),
            fields: text(row, 5)?,
        });
    }
    Ok(notes)
}

/// Whether the tag of leeches is among `tags`.
pub(super) fn has_leech<'t>(mut tags: impl Iterator<Item = &'t str>) -> bool {
    tags.any(|tag| tag.eq_ignore_ascii_case("leech"))
}

fn cards(connection: &Connection) -> Result<Vec<Card>, rusqlite::Error> {
    let mut statement = connection.prepare("SELECT nid, ord, type, queue, ivl, reps, lapses FROM cards")?;
    let mut rows = statement.query([])?;
    let mut cards = Vec::new();
    while let Some(row) = rows.next()? {
        cards.push(Card {
            note: row.get(0)?,
            ord: u16::try_from(row.get::<_, i64>(1)?).unwrap_or(u16::MAX),
            kind: row.get(2)?,
            queue: row.get(3)?,
            interval: row.get(4)?,
            reviews: row.get(5)?,
            lapses: row.get(6)?,
        });
    }
    cards.sort_by_key(|card| (card.note, card.ord));
    Ok(cards)
}

/// The notes among Anki's graves, which it keeps for its sync server.
fn deleted(connection: &Connection) -> Result<Vec<i64>, rusqlite::Error> {
    let mut statement = connection.prepare("SELECT oid FROM graves WHERE type = 1")?;
    statement.query_map([], |row| row.get(0))?.collect()
}

/// A column that should be text; add-ons have been known to write numbers and broken UTF-8.
fn text(row: &Row<'_>, column: usize) -> Result<String, rusqlite::Error> {
    Ok(match row.get_ref(column)? {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => String::from_utf8_lossy(bytes).into_owned(),
        },
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Null => String::new(),
    })
}
