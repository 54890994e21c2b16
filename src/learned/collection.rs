//! An Anki collection's notes and cards, read from a copy of its file.
//!
//! Schema 11 keeps note types as JSON in `col.models`, schemas 15 to 18 in tables with the collation `unicase`.
//! Sources: Anki's `rslib/src/storage/upgrades/*.sql`, and trials with Anki 26.9.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rusqlite::ErrorCode;

use super::card::Card;
use super::error::LearnedError;
use super::guarded::{Fault, Guarded};
use super::profile::Copy;
use super::{archive, decks, models, profile};

/// The separator between the fields of a note, as Anki stores them.
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
    /// The identifier that it has in all collections; AnkiConnect doesn't tell it.
    pub guid: Option<String>,
    /// The number of its note type.
    pub note_type: i64,
    /// When it was changed last, in seconds.
    pub modified: i64,
    /// Whether it has the tag `leech`.
    pub leech: bool,
    /// Its tags, blanks between.
    pub tags: String,
    /// The fields in order, with U+001F between; empty where [`Collection::fields`] has them.
    pub fields: String,
}

/// All of a collection that tells what a learner knows.
#[derive(Debug, Default)]
pub struct Collection {
    /// The note types by number.
    pub note_types: BTreeMap<i64, NoteType>,
    /// The notes, in the order of their numbers.
    pub notes: Vec<Note>,
    /// The cards, in the order of their notes' numbers.
    pub cards: Vec<Card>,
    /// The numbers of notes that were deleted, as far as Anki remembers: until the next full sync.
    pub deleted: Vec<i64>,
    /// Remarks for the reader on how it was read.
    pub remarks: Vec<String>,
    /// Whether it is all of a collection as it is this moment, so that a note that isn't in it is no more. A package
    /// may be a part, a backup is of another day.
    pub whole: bool,
    /// The identity of this collection, where it is the learner's own: the place of its file.
    pub place: Option<String>,
    /// The note types by number with all that Anki knows of them, in the form of schema 11; of a package, none.
    pub models: BTreeMap<i64, serde_json::Value>,
    /// The names of the decks by number; of a package, none.
    pub decks: BTreeMap<i64, String>,
    /// The deck in which a note's first card is at home, by the note's number.
    pub homes: BTreeMap<i64, i64>,
    /// The copy of a large collection, in which most fields were left.
    pub(super) copy: Option<Mutex<Guarded>>,
}

/// The most bytes of fields that are held; those of further notes are asked for when they are needed.
const HELD: usize = 256 << 20;

impl Collection {
    /// Reads a file of Anki's: `.apkg`, `.colpkg`, or a `collection.anki2`, live or not. The file is copied
    /// first and never opened.
    ///
    /// # Errors
    /// When it is none of these, or damaged.
    pub fn read(path: &Path) -> Result<Self, LearnedError> {
        if archive::is_zip(path)? {
            let copy = archive::unpack(path)?;
            return Self::from_copy(&copy, path, Reads::Notes);
        }
        match profile::copy(path).and_then(|copy| Self::from_copy(&copy, path, Reads::All)) {
            Ok(collection) => {
                let place = path.canonicalize().unwrap_or_else(|_| path.to_owned());
                Ok(Self { whole: true, place: Some(place.to_string_lossy().into_owned()), ..collection })
            }
            Err(
                why @ (LearnedError::Collection { .. } | LearnedError::Busy(_) | LearnedError::Read { .. }),
            ) => {
                let Some(backup) = profile::newest_backup(path) else { return Err(why) };
                let Ok(copy) = archive::unpack(&backup) else { return Err(why) };
                let mut collection = Self::from_copy(&copy, &backup, Reads::Notes)?;
                collection
                    .remarks
                    .push(format!("{why}; read the newest backup instead: {}", backup.display()));
                Ok(collection)
            }
            Err(other) => Err(other),
        }
    }

    /// The fields of some notes, in their order.
    #[must_use]
    pub fn fields<'a>(&self, notes: &[&'a Note]) -> Vec<Cow<'a, str>> {
        let copy = self.copy.as_ref().map(|copy| copy.lock().unwrap_or_else(PoisonError::into_inner));
        let of = |note: &&'a Note| match &copy {
            // A note that can't be read any more, though the table was found whole, is told as one without a word.
            Some(copy) if note.fields.is_empty() => {
                Cow::Owned(copy.text("SELECT flds FROM notes WHERE id = ?1", note.id).unwrap_or_default())
            }
            _ => Cow::Borrowed(note.fields.as_str()),
        };
        notes.iter().map(of).collect()
    }

    /// Reads a copy that nobody else has. `named` is the file that the messages speak of.
    fn from_copy(copy: &Copy, named: &Path, reads: Reads) -> Result<Self, LearnedError> {
        read(copy, reads).map_err(|fault| match fault {
            Fault::Sql(error) if error.sqlite_error_code() == Some(ErrorCode::DiskFull) => {
                LearnedError::Copy(ErrorKind::StorageFull.into())
            }
            Fault::Sql(error) => {
                LearnedError::Collection { path: named.to_owned(), why: plain_words(&error) }
            }
            Fault::Said(why) => LearnedError::Collection { path: named.to_owned(), why },
        })
    }
}

/// How much of a collection is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reads {
    /// The notes alone, with the states of their cards.
    Notes,
    /// Also what note types and decks are like, to which a package can be fitted.
    All,
}

fn read(copy: &Copy, reads: Reads) -> Result<Collection, Fault> {
    let from = Guarded::open(&copy.path())?;
    // From here on the copy needs no name.
    copy.unlink();
    let mut tables = BTreeSet::new();
    for table in ["col", "notes", "cards", "notetypes", "fields", "graves"] {
        if from.has(table)? {
            tables.insert(table);
        }
    }
    // The others aren't looked through: a big review log takes long, and tables ordered by another folding of case
    // than ours would look damaged.
    for table in ["col", "notes", "cards"] {
        if !tables.contains(table) {
            return Err(Fault::Said(format!("it has no table `{table}`")));
        }
        if let Some(damage) = from.damage(table)? {
            return Err(Fault::Said(format!("it is damaged ({damage})")));
        }
    }
    let note_types =
        if tables.contains("notetypes") { types_in_tables(&from)? } else { types_in_json(&from)? };
    let mut collection = Collection { note_types, ..Collection::default() };
    let held = notes(&from, &mut collection.notes, HELD)?;
    cards(&from, &mut collection.cards)?;
    if tables.contains("graves") {
        // Anki keeps them for its sync server; those of type 1 are notes.
        from.each("SELECT oid FROM graves WHERE type = 1", |row| {
            collection.deleted.push(row.number(0)?);
            Ok(())
        })?;
    }
    if reads == Reads::All {
        // Whatever of this can't be read is not told: words need none of it.
        collection.models = models::all(&from, tables.contains("notetypes")).unwrap_or_default();
        collection.decks = decks::decks(&from).unwrap_or_default();
        collection.homes = decks::homes(&from).unwrap_or_default();
    }
    if !held {
        collection.copy = Some(Mutex::new(from));
    }
    Ok(collection)
}

/// SQLite's own words for what happens to people, said plainly.
fn plain_words(error: &rusqlite::Error) -> String {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => "it is no SQLite file".to_owned(),
        Some(ErrorCode::DatabaseCorrupt) => format!("it is damaged ({error})"),
        Some(ErrorCode::OperationInterrupted) => {
            "reading it takes more work than any collection does".to_owned()
        }
        Some(ErrorCode::TooBig) => "a value in it is larger than the file itself".to_owned(),
        _ => error.to_string(),
    }
}

/// More note types, or fields of one, than Anki can show.
const MOST_TYPES: usize = 20_000;
const MOST_FIELDS: usize = 1_000;

fn types_in_tables(from: &Guarded) -> Result<BTreeMap<i64, NoteType>, Fault> {
    let mut types = BTreeMap::new();
    from.each("SELECT id, name FROM notetypes", |row| {
        let (id, name) = (row.number(0)?, row.text(1)?);
        types.insert(id, NoteType { id, name, fields: Vec::new() });
        few_enough(types.len(), MOST_TYPES, "note types")
    })?;
    let mut fields: BTreeMap<i64, Vec<(i64, String)>> = BTreeMap::new();
    from.each("SELECT ntid, ord, name FROM fields", |row| {
        let of = fields.entry(row.number(0)?).or_default();
        of.push((row.number(1)?, row.text(2)?));
        few_enough(of.len(), MOST_FIELDS, "fields of one note type")
    })?;
    for (id, mut fields) in fields {
        if let Some(note_type) = types.get_mut(&id) {
            fields.sort_by_key(|(ord, _)| *ord);
            note_type.fields = fields.into_iter().map(|(_, name)| name).collect();
        }
    }
    Ok(types)
}

fn types_in_json(from: &Guarded) -> Result<BTreeMap<i64, NoteType>, Fault> {
    let mut json = None;
    from.each("SELECT models FROM col LIMIT 1", |row| {
        json = Some(row.text(0)?);
        Ok(())
    })?;
    let models: BTreeMap<String, Model> = serde_json::from_str(json.as_deref().unwrap_or("{}"))
        .map_err(|error| Fault::Said(format!("its note types can't be read ({error})")))?;
    few_enough(models.len(), MOST_TYPES, "note types")?;
    let mut types = BTreeMap::new();
    for (id, mut model) in models {
        let Ok(id) = id.parse() else { continue };
        few_enough(model.flds.len(), MOST_FIELDS, "fields of one note type")?;
        model.flds.sort_by_key(|field| field.ord);
        let fields = model.flds.into_iter().map(|field| field.name).collect();
        types.insert(id, NoteType { id, name: model.name, fields });
    }
    Ok(types)
}

fn few_enough(count: usize, most: usize, what: &str) -> Result<(), Fault> {
    if count <= most { Ok(()) } else { Err(Fault::Said(format!("it has more than {most} {what}"))) }
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

/// The last second of the year 9999: no note was changed later.
const LATEST: i64 = 253_402_300_799;

/// The notes; whether all of their fields are held, which are no more than about `most` bytes.
fn notes(from: &Guarded, notes: &mut Vec<Note>, most: usize) -> Result<bool, Fault> {
    let mut held = 0;
    from.each("SELECT id, guid, mid, mod, tags, flds FROM notes", |row| {
        let tags = row.text(4)?;
        let fields = if held < most { row.text(5)? } else { String::new() };
        held += fields.len();
        notes.push(Note {
            id: row.number(0)?,
            guid: Some(row.text(1)?),
            note_type: row.number(2)?,
            modified: row.number(3)?.clamp(0, LATEST),
            leech: has_leech(tags.split_whitespace()),
            tags: tags.trim().to_owned(),
            fields,
        });
        Ok(())
    })?;
    notes.sort_by_key(|note| note.id);
    Ok(held < most)
}

/// Whether the tag of leeches is among `tags`.
pub(super) fn has_leech<'t>(mut tags: impl Iterator<Item = &'t str>) -> bool {
    tags.any(|tag| tag.eq_ignore_ascii_case("leech"))
}

fn cards(from: &Guarded, cards: &mut Vec<Card>) -> Result<(), Fault> {
    from.each("SELECT nid, ord, type, queue, ivl, reps, lapses FROM cards", |row| {
        cards.push(Card {
            note: row.number(0)?,
            ord: u16::try_from(row.number(1)?).unwrap_or(u16::MAX),
            kind: row.number(2)?,
            queue: row.number(3)?,
            interval: row.number(4)?,
            reviews: row.number(5)?,
            lapses: row.number(6)?,
        });
        Ok(())
    })?;
    cards.sort_by_key(|card| (card.note, card.ord));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_that_are_not_held_are_read_when_they_are_asked_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("collection.anki2");
        let connection = rusqlite::Connection::open(&path).expect("a file");
        connection
            .execute_batch(
                "CREATE TABLE notes (id integer PRIMARY KEY, guid, mid, mod, tags, flds);
                 INSERT INTO notes VALUES (2, 'b', 1, 1, '', '公司'), (1, 'a', 1, 1, '', '学生'), (3, 'c', 1, 1, '', '');",
            )
            .expect("notes");
        let from = Guarded::open(&path).expect("a database");
        let mut collection = Collection::default();
        assert!(!notes(&from, &mut collection.notes, 1).expect("notes"));
        assert_eq!(
            collection.notes.iter().map(|note| note.fields.as_str()).collect::<Vec<_>>(),
            ["学生", "", ""]
        );
        collection.copy = Some(Mutex::new(from));
        let all: Vec<&Note> = collection.notes.iter().collect();
        assert_eq!(collection.fields(&all), ["学生", "公司", ""]);
        assert_eq!(collection.fields(&[&collection.notes[1]]), ["公司"]);
    }
}
