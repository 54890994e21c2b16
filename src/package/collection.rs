//! The collection inside a package: Anki's schema 11.
//!
//! Which keys the importer needs was tried on the real one; see `tests/anki`. `mod` of everything but the notes
//! is fixed, because a newer one would make Anki take it over the learner's own settings.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;
use rusqlite::{Connection, OpenFlags, params};
use serde_json::{Value, json};

use super::checksum::checksum;
use super::ids::Ids;
use super::type_in_anki::{Place, Style, TypeInAnki};
use crate::deck::note_type;
use crate::deck::{Card, Cards, DeckName, Field, Note, Outline};
use crate::words::Moment;

/// Midnight of the day on which a collection begins; packages all have the same.
const CREATED: i64 = 1_759_276_800;

/// A place for a collection in memory.
pub fn in_memory() -> Result<Connection, rusqlite::Error> {
    // SQLite's own "memdb" keeps the file in one piece, which can be read where it lies; the usual `:memory:` would
    // have to be copied.
    open(Path::new("file:collection?vfs=memdb"))
}

/// A place for a collection in a file of its own.
pub fn in_file(path: &Path) -> Result<Connection, rusqlite::Error> {
    open(path)
}

fn open(path: &Path) -> Result<Connection, rusqlite::Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_URI
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    // A note is about 1 KB, so small pages would be half empty. Nobody else sees the file, and nothing is lost with it.
    db.execute_batch(
        "PRAGMA page_size = 16384; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
         PRAGMA locking_mode = EXCLUSIVE; PRAGMA temp_store = MEMORY;",
    )?;
    Ok(db)
}

/// Which note type a package has.
#[derive(Clone, Copy, Debug, Default)]
pub struct Form<'t> {
    /// Ours as the learner's collection has it, if that was read.
    pub there: Option<&'t TypeInAnki>,
    /// The owner of the style sheet and templates.
    pub style: Style,
    /// When it is made, so that a style that is to replace another one is newer.
    pub now: Moment,
}

impl Form<'_> {
    fn note_type(self) -> Value {
        match (self.there, self.style) {
            (Some(there), style) => there.for_package(style, self.now.0),
            (None, Style::Theirs) => super::note_type::ours().into(),
            (None, Style::Ours) => {
                let mut ours = super::note_type::ours();
                ours.insert("mod".to_owned(), json!(self.now.0));
                ours.into()
            }
        }
    }

    /// The place of a kind of card among the templates, if it is there.
    fn place_of(self, card: Card) -> Option<i64> {
        self.there.map_or(Some(card as i64), |there| i64::try_from(there.place_of(card)?).ok())
    }
}

/// Makes the collection of a deck with this name, out of the notes that `note` gives for places of `outlines`. What is
/// kept of these comes back, in their order.
pub fn fill<K: Send>(
    db: &mut Connection,
    name: &DeckName,
    outlines: &[Outline],
    form: Form<'_>,
    note: impl Fn(usize) -> (Note, Moment, K) + Sync,
) -> Result<Vec<K>, rusqlite::Error> {
    let transaction = db.transaction()?;
    transaction.execute_batch(include_str!("schema.sql"))?;
    let decks = deck_ids(name, outlines);
    transaction.execute(
        "INSERT INTO col VALUES (1, ?1, ?2, ?2, 11, 0, 0, 0, ?3, ?4, ?5, ?6, '{}')",
        params![
            CREATED,
            note_type::MODIFIED * 1000,
            json!({"nextPos": 1, "schedVer": 2, "sched2021": true}).to_string(),
            json!({note_type::ID.to_string(): form.note_type()}).to_string(),
            decks_json(&decks).to_string(),
            json!({"1": options_json()}).to_string(),
        ],
    )?;
    let kept = fill_notes(&transaction, outlines, &decks, form, note)?;
    transaction.execute_batch(
        "CREATE INDEX ix_notes_usn ON notes (usn);
         CREATE INDEX ix_cards_usn ON cards (usn);
         CREATE INDEX ix_revlog_usn ON revlog (usn);
         CREATE INDEX ix_cards_nid ON cards (nid);
         CREATE INDEX ix_cards_sched ON cards (did, queue, due);
         CREATE INDEX ix_revlog_cid ON revlog (cid);
         CREATE INDEX ix_notes_csum ON notes (csum);",
    )?;
    transaction.commit()?;
    Ok(kept)
}

/// A row of `notes`, and what its cards need.
struct NoteRow {
    note: Note,
    modified: i64,
    first: String,
    checksum: u32,
    fields: String,
    tags: String,
}

/// A row of `cards`.
struct CardRow {
    id: i64,
    note: i64,
    deck: i64,
    place: i64,
    modified: i64,
    due: i64,
}

/// The notes that are written while those before them are put in.
const AT_A_TIME: usize = 512;

/// Writes notes and cards, each in the order of their numbers: SQLite appends faster than it inserts.
fn fill_notes<K: Send>(
    db: &Connection,
    outlines: &[Outline],
    decks: &BTreeMap<DeckName, i64>,
    form: Form<'_>,
    note: impl Fn(usize) -> (Note, Moment, K) + Sync,
) -> Result<Vec<K>, rusqlite::Error> {
    let mut ids = Ids::default();
    let numbers: Vec<i64> = outlines.iter().map(|of| ids.give(of.created, &of.guid, 0)).collect();
    let mut order: Vec<usize> = (0..outlines.len()).collect();
    order.sort_unstable_by_key(|&at| numbers[at]);
    let mut settled: Vec<(Cards, i64)> = vec![(Cards::default(), 0); outlines.len()];
    let mut add = db.prepare("INSERT INTO notes VALUES (?1, ?2, ?3, ?4, -1, ?5, ?6, ?7, ?8, 0, '')")?;
    let mut kept: Vec<Option<K>> = outlines.iter().map(|_| None).collect();
    let mut put = |at: usize, (row, of): (NoteRow, K)| {
        settled[at] = (row.note.cards(), row.modified);
        kept[at] = Some(of);
        let (guid, kind) = (&row.note.guid, note_type::ID);
        add.execute(params![
            numbers[at],
            guid,
            kind,
            row.modified,
            row.tags,
            row.fields,
            row.first,
            row.checksum
        ])
    };
    let row = |&at: &usize| {
        let (note, changed, of) = note(at);
        (NoteRow::of(note, changed, form.there), of)
    };
    let rows = |places: &[usize]| -> Vec<(NoteRow, K)> { places.par_iter().map(row).collect() };
    std::thread::scope(|scope| {
        let (send, receive) = std::sync::mpsc::sync_channel(1);
        let order = &order;
        scope.spawn(move || {
            // A receiver that is gone has failed, and says so itself.
            let _ = order.chunks(AT_A_TIME).try_for_each(|places| send.send(rows(places)));
        });
        let mut places = order.iter();
        receive.iter().flatten().try_for_each(|row| places.next().map_or(Ok(0), |&at| put(at, row)).map(drop))
    })?;
    fill_cards(db, outlines, &numbers, decks, form, &settled)?;
    Ok(kept.into_iter().flatten().collect())
}

/// Writes the cards of notes: `settled` has those of each note, and when it last changed.
fn fill_cards(
    db: &Connection,
    outlines: &[Outline],
    numbers: &[i64],
    decks: &BTreeMap<DeckName, i64>,
    form: Form<'_>,
    settled: &[(Cards, i64)],
) -> Result<(), rusqlite::Error> {
    let mut ids = Ids::default();
    let mut cards: Vec<CardRow> = Vec::with_capacity(outlines.len());
    for ((due, of), (&note, &(kinds, modified))) in (1..).zip(outlines).zip(numbers.iter().zip(settled)) {
        let deck = decks.get(&of.deck).copied().unwrap_or(1);
        for (card, place) in kinds.iter().filter_map(|card| Some((card, form.place_of(card)?))) {
            let id = ids.give(of.created, &of.guid, card as u8 + 1);
            cards.push(CardRow { id, note, deck, place, modified, due });
        }
    }
    cards.sort_unstable_by_key(|row| row.id);
    let mut add = db
        .prepare("INSERT INTO cards VALUES (?1, ?2, ?3, ?4, ?5, -1, 0, 0, ?6, 0, 0, 0, 0, 0, 0, 0, 0, '')")?;
    for row in cards {
        add.execute(params![row.id, row.note, row.deck, row.place, row.modified, row.due])?;
    }
    Ok(())
}

impl NoteRow {
    fn of(note: Note, changed: Moment, there: Option<&TypeInAnki>) -> Self {
        let first = note.field(Field::Hanzi).unescaped();
        let mut fields =
            String::with_capacity(note.fields.iter().map(|field| field.as_str().len() + 1).sum());
        let mut push = |i: usize, html: &str| {
            fields.push_str(if i > 0 { "\x1f" } else { "" });
            fields.push_str(html);
        };
        match there {
            None => note.fields.iter().enumerate().for_each(|(i, field)| push(i, field.as_str())),
            Some(there) => there.fields().iter().enumerate().for_each(|(i, place)| {
                push(
                    i,
                    match place {
                        Place::Ours(field) => note.field(*field).as_str(),
                        Place::Theirs(name) => note.own.get(name).map_or("", |html| html.as_str()),
                    },
                );
            }),
        }
        let tags = if note.tags.is_empty() { String::new() } else { format!(" {} ", note.tags.join(" ")) };
        Self { modified: changed.0, checksum: checksum(&first), first, fields, tags, note }
    }
}

/// A number for each deck and each parent of one: without parents, Anki's Check Database complains.
fn deck_ids(name: &DeckName, outlines: &[Outline]) -> BTreeMap<DeckName, i64> {
    let mut ids = Ids::default();
    let mut names: Vec<&DeckName> = outlines.iter().map(|of| &of.deck).chain([name]).collect();
    names.sort();
    names.dedup();
    let mut names: Vec<DeckName> = names.into_iter().flat_map(DeckName::with_parents).collect();
    names.sort();
    names.dedup();
    names.into_iter().map(|name| (name.clone(), ids.give(Moment(CREATED), name.as_str(), 0))).collect()
}

fn decks_json(decks: &BTreeMap<DeckName, i64>) -> Value {
    let default = DeckJson { id: 1, name: "Default" }.value();
    let named =
        decks.iter().map(|(name, &id)| (id.to_string(), DeckJson { id, name: name.as_str() }.value()));
    [("1".to_owned(), default)].into_iter().chain(named).collect::<serde_json::Map<_, _>>().into()
}

struct DeckJson<'a> {
    id: i64,
    name: &'a str,
}

impl DeckJson<'_> {
    fn value(&self) -> Value {
        json!({
            "id": self.id, "name": self.name, "mod": 0, "usn": 0, "desc": "", "dyn": 0, "conf": 1,
            "collapsed": false, "browserCollapsed": false, "extendNew": 0, "extendRev": 0,
            "newToday": [0, 0], "revToday": [0, 0], "lrnToday": [0, 0], "timeToday": [0, 0],
        })
    }
}

/// Deck options; an import leaves the learner's own in place.
fn options_json() -> Value {
    json!({
        "id": 1, "name": "Default", "mod": 0, "usn": 0, "maxTaken": 60, "autoplay": true, "timer": 0,
        "replayq": true, "dyn": false,
        "new": {"bury": false, "delays": [1.0, 10.0], "initialFactor": 2500, "ints": [1, 4, 0], "order": 1, "perDay": 20},
        "rev": {"bury": false, "ease4": 1.3, "ivlFct": 1.0, "maxIvl": 36500, "perDay": 200, "hardFactor": 1.2},
        "lapse": {"delays": [10.0], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0.0},
    })
}
