//! A collection of Anki's with as many notes as one likes.

use std::path::Path;

use rusqlite::Connection;
use shengci::dictionary::Dictionary;
use shengci::pinyin::write;

/// Fills an empty file with what Anki's schema 18 has of notes and cards, words of the dictionary in them.
fn fill(connection: &Connection, notes: usize) -> rusqlite::Result<()> {
    connection.execute_batch(
        "PRAGMA synchronous = OFF;
         BEGIN;
         CREATE TABLE col (id integer PRIMARY KEY, ver integer);
         INSERT INTO col VALUES (1, 18);
         CREATE TABLE notetypes (id integer PRIMARY KEY, name text NOT NULL COLLATE unicase);
         INSERT INTO notetypes VALUES (7, 'Chinese');
         CREATE TABLE fields (ntid integer, ord integer, name text COLLATE unicase, PRIMARY KEY (ntid, ord)) WITHOUT ROWID;
         INSERT INTO fields VALUES (7, 0, 'Hanzi'), (7, 1, 'Pinyin'), (7, 2, 'English'), (7, 3, 'Sentence');
         CREATE TABLE notes (id integer PRIMARY KEY, guid text, mid integer, mod integer, usn integer, tags text,
           flds text, sfld integer, csum integer, flags integer, data text);
         CREATE TABLE cards (id integer PRIMARY KEY, nid integer, did integer, ord integer, mod integer, usn integer,
           type integer, queue integer, due integer, ivl integer, factor integer, reps integer, lapses integer,
           left integer, odue integer, odid integer, flags integer, data text);
         CREATE INDEX ix_notes_csum ON notes (csum);
         CREATE INDEX ix_cards_nid ON cards (nid);",
    )?;
    let mut note = connection.prepare(
        "INSERT INTO notes VALUES (?1, 'g' || ?1, 7, 1700000000, -1, ' news ', ?2, ?3, ?1, 0, '')",
    )?;
    let mut card = connection.prepare(
        "INSERT INTO cards VALUES (?1 * 2 + ?2, ?1, 1, ?2, 1700000000, -1, 2, 2, 1, ?3, 2500, 9, 0, 0, 0, 0, 0,
         '{\"s\":8.2956,\"d\":1.0,\"dr\":0.9,\"decay\":0.154,\"lrt\":1795460629}')",
    )?;
    for (id, word) in (1_i64..).zip(Dictionary::embedded().words().take(notes)) {
        let reading = word.readings().into_iter().next().unwrap_or_default();
        let fields = format!(
            "<div>{}</div>\u{1F}<span style=\"color:#ee363e\">{}</span>\u{1F}some gloss of it; another one\u{1F}\
             这是一个很长的句子，里面有很多<b>字</b>，只是为了让笔记和真的一样长。",
            word.simplified,
            write::spaced(&reading)
        );
        note.execute((id, &fields, word.simplified))?;
        for ord in 0..2 {
            card.execute((id, ord, id % 42))?;
        }
    }
    connection.execute_batch("COMMIT")
}

/// A collection of so many notes, two cards each, half of them mature.
pub fn make(path: &Path, notes: usize) {
    let connection = Connection::open(path).expect("a file");
    connection.create_collation("unicase", |one, other| one.cmp(other)).expect("a collation");
    fill(&connection, notes).expect("a collection");
}
