//! The collection inside a package: Anki's schema 11, built in memory.
//!
//! Which keys the importer needs was tried on the real one; see `tests/anki`. `mod` of everything but the notes
//! is fixed, because a newer one would make Anki take it over the learner's own settings.

use std::collections::BTreeMap;

use rusqlite::{Connection, OpenFlags, params};
use serde_json::{Value, json};

use super::checksum::checksum;
use super::ids::Ids;
use crate::deck::note_type::{self, STYLE, TEMPLATES};
use crate::deck::{Card, Deck, DeckName, Field, Note};
use crate::words::Moment;

/// Midnight of the day on which a collection begins; packages all have the same.
const CREATED: i64 = 1_759_276_800;

/// The collection of `deck`.
pub fn build(deck: &Deck, changed: impl Fn(&Note) -> Moment) -> Result<Connection, rusqlite::Error> {
    // SQLite's own "memdb" keeps the file in one piece, which can be read where it lies; the usual `:memory:` would
    // have to be copied.
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_URI;
    let mut db = Connection::open_with_flags("file:collection?vfs=memdb", flags)?;
    // A note is about 1 KB, so small pages would be half empty. Nothing is ever written to a disk.
    db.execute_batch("PRAGMA page_size = 16384; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY;")?;
    let transaction = db.transaction()?;
    transaction.execute_batch(include_str!("schema.sql"))?;
    let decks = deck_ids(deck);
    transaction.execute(
        "INSERT INTO col VALUES (1, ?1, ?2, ?2, 11, 0, 0, 0, ?3, ?4, ?5, ?6, '{}')",
        params![
            CREATED,
            note_type::MODIFIED * 1000,
            json!({"nextPos": 1, "schedVer": 2, "sched2021": true}).to_string(),
            json!({note_type::ID.to_string(): note_type_json()}).to_string(),
            decks_json(&decks).to_string(),
            json!({"1": options_json()}).to_string(),
        ],
    )?;
    fill(&transaction, deck, &decks, changed)?;
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
    Ok(db)
}

/// A row of `cards`.
struct CardRow {
    id: i64,
    note: i64,
    deck: i64,
    card: Card,
    modified: i64,
    due: i64,
}

/// Writes notes and cards, each in the order of their numbers: SQLite appends faster than it inserts.
fn fill(
    db: &Connection,
    deck: &Deck,
    decks: &BTreeMap<DeckName, i64>,
    changed: impl Fn(&Note) -> Moment,
) -> Result<(), rusqlite::Error> {
    let (mut note_ids, mut card_ids) = (Ids::default(), Ids::default());
    let mut notes: Vec<(i64, &Note, i64)> = Vec::with_capacity(deck.notes.len());
    let mut cards: Vec<CardRow> = Vec::with_capacity(deck.notes.len());
    for (due, note) in (1..).zip(&deck.notes) {
        let id = note_ids.give(note.created, &note.guid, 0);
        let modified = changed(note).0;
        notes.push((id, note, modified));
        let deck = decks.get(&note.deck).copied().unwrap_or(1);
        for card in note.cards().iter() {
            let card_id = card_ids.give(note.created, &note.guid, card as u8 + 1);
            cards.push(CardRow { id: card_id, note: id, deck, card, modified, due });
        }
    }
    notes.sort_unstable_by_key(|&(id, ..)| id);
    cards.sort_unstable_by_key(|row| row.id);

    let mut add = db.prepare("INSERT INTO notes VALUES (?1, ?2, ?3, ?4, -1, ?5, ?6, ?7, ?8, 0, '')")?;
    let mut fields = String::new();
    for (id, note, modified) in notes {
        let first = unescaped(note.field(Field::Hanzi).as_str());
        fields.clear();
        for (i, field) in note.fields.iter().enumerate() {
            fields.push_str(if i > 0 { "\x1f" } else { "" });
            fields.push_str(field.as_str());
        }
        let tags = if note.tags.is_empty() { String::new() } else { format!(" {} ", note.tags.join(" ")) };
        add.execute(params![id, note.guid, note_type::ID, modified, tags, fields, first, checksum(&first)])?;
    }
    let mut add = db
        .prepare("INSERT INTO cards VALUES (?1, ?2, ?3, ?4, ?5, -1, 0, 0, ?6, 0, 0, 0, 0, 0, 0, 0, 0, '')")?;
    for row in cards {
        add.execute(params![row.id, row.note, row.deck, row.card as u8, row.modified, row.due])?;
    }
    Ok(())
}

/// The text of a field that has no tags.
fn unescaped(html: &str) -> String {
    let named = html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#91;", "[");
    named.replace("&amp;", "&")
}

/// A number for each deck and each parent of one: without parents, Anki's Check Database complains.
fn deck_ids(deck: &Deck) -> BTreeMap<DeckName, i64> {
    let mut ids = Ids::default();
    let mut names: Vec<DeckName> = deck
        .notes
        .iter()
        .map(|note| &note.deck)
        .chain([&deck.name])
        .flat_map(DeckName::with_parents)
        .collect();
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

fn note_type_json() -> Value {
    let fields: Vec<Value> = (0..)
        .zip(Field::ALL)
        .map(|(ord, field): (u32, Field)| {
            json!({
                "name": field.name(), "ord": ord, "id": field.id(), "description": field.description(),
                "sticky": false, "rtl": false, "font": "Noto Sans CJK SC", "size": 20,
            })
        })
        .collect();
    let templates: Vec<Value> = Card::ALL
        .iter()
        .zip(TEMPLATES)
        .map(|(&card, template)| {
            json!({
                "name": template.name, "ord": card as u8, "id": template.id, "qfmt": template.front,
                "afmt": template.back, "bqfmt": "", "bafmt": "", "did": null, "bfont": "", "bsize": 0,
            })
        })
        .collect();
    json!({
        "id": note_type::ID, "name": note_type::NAME, "type": 0, "mod": note_type::MODIFIED, "usn": 0, "sortf": 0,
        "did": null, "tmpls": templates, "flds": fields, "css": STYLE,
        "latexPre": "\\documentclass[12pt]{article}\n\\begin{document}\n", "latexPost": "\\end{document}",
        "latexsvg": false, "req": [],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The guard of the note type: what may not change, as one text. The style sheet may.
    #[test]
    fn the_note_type_is_frozen() {
        let mut value = note_type_json();
        let map = value.as_object_mut().expect("a map");
        map.remove("css");
        map.remove("mod");
        let golden: Value =
            serde_json::from_str(include_str!("../../tests/golden/note_type.json")).expect("JSON");
        assert_eq!(value, golden, "a changed note type strands every exported note: see deck::note_type");
    }
}
