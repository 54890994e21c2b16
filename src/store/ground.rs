//! The rows of the ground as the program's own types: what a line of a dump or a row of a library has to be.
//!
//! SQL's constraints let through what no verb can work with: a reading of a syllable too few, a moment of the year 58,000.
//! So whatever comes in by `load` goes through here, and `check` asks the same of a library. A row names others by
//! their numbers; whether those are there is asked in `links.rs`.

mod reader;

use std::collections::BTreeMap;

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde_json::{Map, Value};

use super::corrections::Written;
use super::lexicon::Keys;
use super::{Fault, Holding};
use crate::document::Location;
use crate::hanzi::{Headword, seen};
use crate::words::{AnkiState, By, Fingerprints, Status, WordKey};
use reader::Reader;

/// The tables, in an order in which every row comes after those that it names, and the order of their rows.
pub const TABLES: [(&str, &str); 15] = [
    ("article", "id"),
    ("text", "id"),
    ("tag", "article, tag"),
    ("copy", "article, origin"),
    ("word", "id"),
    ("act", "id"),
    ("mark", "id"),
    ("correction", "id"),
    ("export", "deck, guid"),
    ("anki", "word, note"),
    ("collection", "id"),
    ("holding", "collection, guid"),
    ("given_deck", "collection, name"),
    ("feed", "id"),
    ("feed_item", "feed, key"),
];

/// The columns of a row, by name.
pub type Columns = Map<String, Value>;

/// A row that is right in itself, and the numbers that it names.
#[derive(Debug)]
pub enum Row {
    Article { id: i64 },
    Text { id: i64, article: i64, raw: String },
    Tag { article: i64 },
    Copy { article: i64 },
    Word { id: i64, key: WordKey },
    Act { id: i64, act: ActKind },
    Mark { id: i64, act: i64, word: i64 },
    Correction { id: i64, act: i64, renamed: Option<Renamed> },
    Export { article: Option<i64> },
    Anki { word: i64 },
    Collection { id: i64 },
    Holding { collection: i64 },
    GivenDeck { collection: i64 },
    Feed { id: i64 },
    FeedItem { feed: i64, article: Option<i64> },
}

/// The kind of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActKind {
    Mark,
    Correct,
    /// It takes this one back.
    Undo(i64),
}

/// The row whose reading a correction put right, and what that has to be of.
#[derive(Debug)]
pub struct Renamed {
    pub word: i64,
    pub headword: String,
}

type Read<T> = Result<T, String>;

/// Reads a row of `table`.
pub fn read(table: &str, columns: &Columns, keys: &mut Keys) -> Read<Row> {
    let mut row = Reader { columns, read: Vec::with_capacity(columns.len()) };
    let read = match table {
        "article" => article(&mut row)?,
        "text" => text(&mut row)?,
        "tag" => tag(&mut row)?,
        "copy" => copy(&mut row)?,
        "word" => word(&mut row, keys)?,
        "act" => act(&mut row)?,
        "mark" => mark(&mut row)?,
        "correction" => correction(&mut row, keys)?,
        "export" => export(&mut row)?,
        "anki" => anki(&mut row)?,
        "collection" => collection(&mut row)?,
        "holding" => holding(&mut row)?,
        "given_deck" => given_deck(&mut row)?,
        "feed" => feed(&mut row)?,
        "feed_item" => feed_item(&mut row)?,
        other => return Err(format!("“{}” is no table of a library", short(other))),
    };
    match columns.keys().find(|column| !row.read.contains(&column.as_str())) {
        Some(column) => Err(format!("“{}” is no column of “{table}”", short(column))),
        None => Ok(read),
    }
}

fn article(row: &mut Reader<'_>) -> Read<Row> {
    let (id, kind, origin) = (row.number("id")?, row.text("origin_kind")?, row.text("origin")?);
    let (added, changed) = (row.moment("added")?, row.moment("changed")?);
    row.optional("removed", Reader::moment)?;
    // A dump from before there were locations has none.
    let location = if row.columns.contains_key("location") { location(row)? } else { None };
    origin_is_right(&kind, &origin, location.as_ref())?;
    if changed < added {
        return Err("it was changed before it was added".to_owned());
    }
    Ok(Row::Article { id })
}

fn location(row: &mut Reader<'_>) -> Read<Option<Location>> {
    row.optional("location", |row, column| {
        let text = row.text(column)?;
        Location::written(text.clone()).ok_or_else(|| format!("“{}” is no location of a file", short(&text)))
    })
}

fn origin_is_right(kind: &str, origin: &str, location: Option<&Location>) -> Read<()> {
    let is_right = match kind {
        "file" => !origin.is_empty(),
        "stdin" => origin == "-" && location.is_none(),
        "web" => {
            ["http://", "https://"].iter().any(|scheme| origin.starts_with(scheme)) && location.is_none()
        }
        other => return Err(format!("“{}” is no kind of origin", short(other))),
    };
    if is_right {
        Ok(())
    } else {
        Err(format!("“{}” is no origin of the kind “{kind}”", short(origin)))
    }
}

fn text(row: &mut Reader<'_>) -> Read<Row> {
    let (id, article) = (row.number("id")?, row.number("article")?);
    row.number("hash")?;
    row.moment("at")?;
    Ok(Row::Text { id, article, raw: row.text("raw")? })
}

fn tag(row: &mut Reader<'_>) -> Read<Row> {
    let article = row.number("article")?;
    row.plain("tag")?;
    Ok(Row::Tag { article })
}

fn copy(row: &mut Reader<'_>) -> Read<Row> {
    let article = row.number("article")?;
    let (kind, origin) = (row.text("origin_kind")?, row.text("origin")?);
    row.moment("at")?;
    let location = location(row)?;
    origin_is_right(&kind, &origin, location.as_ref())?;
    if kind == "stdin" { Err("standard input is no place".to_owned()) } else { Ok(Row::Copy { article }) }
}

fn word(row: &mut Reader<'_>, keys: &mut Keys) -> Read<Row> {
    let (id, text) = (row.number("id")?, row.text("headword")?);
    let headword = Headword::new(&text).map_err(|error| error.to_string())?;
    seen(&text).map_err(|unseen| format!("“{text}”: {unseen}"))?;
    if headword.as_str() != text {
        return Err(format!("“{text}” is not written as a headword is (Unicode's form NFC)"));
    }
    let reading = row.reading("reading", &text, keys)?;
    row.guid("guid")?;
    row.moment("born")?;
    Ok(Row::Word { id, key: WordKey { headword, reading } })
}

fn act(row: &mut Reader<'_>) -> Read<Row> {
    let (id, what) = (row.number("id")?, row.text("what")?);
    let by = row.optional("source", Reader::parsed::<By>)?;
    row.moment("at")?;
    let undoes = row.optional("undoes", Reader::number)?;
    let act = match (what.as_str(), by, undoes) {
        ("mark", Some(_), None) => ActKind::Mark,
        ("correct", None, None) => ActKind::Correct,
        ("undo", None, Some(undone)) => ActKind::Undo(undone),
        ("mark" | "correct" | "undo", ..) => {
            return Err(format!(
                "an act of the kind “{what}” has a source if it marks, and undoes if it is an undo"
            ));
        }
        (other, ..) => return Err(format!("“{}” is no kind of act", short(other))),
    };
    Ok(Row::Act { id, act })
}

fn mark(row: &mut Reader<'_>) -> Read<Row> {
    row.parsed::<Status>("status")?;
    Ok(Row::Mark { id: row.number("id")?, act: row.number("act")?, word: row.number("word")? })
}

fn correction(row: &mut Reader<'_>, keys: &mut Keys) -> Read<Row> {
    let (id, act) = (row.number("id")?, row.number("act")?);
    let written = Written {
        kind: row.text("kind")?,
        target: row.text("target")?,
        reading: row.optional("reading", Reader::text)?,
        instead_of: row.optional("instead_of", Reader::text)?,
        phrase: row.optional("phrase", Reader::text)?,
        parts: row.optional("parts", Reader::text)?,
        name: row.optional("name", Reader::text)?,
        gloss: row.optional("gloss", Reader::text)?,
    };
    let correction = written.read(keys);
    let (kind, target) = (written.kind, written.target);
    if let Some(fault) = correction.map_err(said)?.fault() {
        return Err(fault);
    }
    let word = row.optional("word", Reader::number)?;
    let was = row.optional("was", |row, column| row.reading(column, &target, keys))?;
    let renamed = match (word, was) {
        (None, None) => None,
        (Some(word), Some(_)) if kind == "reading" => Some(Renamed { word, headword: target }),
        _ => return Err("“word” and “was” stand together, where a reading was put right".to_owned()),
    };
    Ok(Row::Correction { id, act, renamed })
}

fn export(row: &mut Reader<'_>) -> Read<Row> {
    // Named as its file is, which may be called anything.
    if row.text("deck")?.is_empty() {
        return Err("“deck” is empty".to_owned());
    }
    row.guid("guid")?;
    // Their forms are the deck's to know: here they are compared with one another, and no more.
    for column in ["hash", "cards"] {
        row.of(column, "fingerprint", |text| text.chars().all(|c| c.is_ascii_graphic() || c == ' '))?;
    }
    let versions = row.text("versions")?;
    serde_json::from_str::<Vec<Fingerprints<'_>>>(&versions)
        .map_err(|error| format!("“versions” is no list of versions: {error}"))?;
    let (article, sentence) =
        (row.optional("article", Reader::number)?, row.optional("sentence", Reader::text)?);
    row.moment("modified")?;
    row.moment("given")?;
    if article.is_some() != sentence.is_some() {
        return Err("“article” and “sentence” stand together".to_owned());
    }
    Ok(Row::Export { article })
}

fn anki(row: &mut Reader<'_>) -> Read<Row> {
    let word = row.number("word")?;
    for column in ["note", "interval", "lapses"] {
        row.number(column)?;
    }
    row.optional("guid", Reader::guid)?;
    row.parsed::<AnkiState>("state")?;
    row.moment("modified")?;
    row.moment("at")?;
    for column in ["fields", "own"] {
        serde_json::from_str::<BTreeMap<String, String>>(&row.text(column)?)
            .map_err(|error| format!("“{column}” is no list of fields: {error}"))?;
    }
    for column in ["tags", "untagged"] {
        serde_json::from_str::<Vec<String>>(&row.text(column)?)
            .map_err(|error| format!("“{column}” is no list of tags: {error}"))?;
    }
    for column in ["older", "gone", "moved"] {
        if !(0..=1).contains(&row.number(column)?) {
            return Err(format!("“{column}” is neither 0 nor 1"));
        }
    }
    Ok(Row::Anki { word })
}

fn collection(row: &mut Reader<'_>) -> Read<Row> {
    let id = row.number("id")?;
    row.of("place", "place", |place| !place.is_empty())?;
    row.moment("read")?;
    let decks = row.text("decks")?;
    serde_json::from_str::<BTreeMap<i64, String>>(&decks)
        .map_err(|error| format!("“decks” is no list of decks: {error}"))?;
    if let Some(note_type) = row.optional("note_type", Reader::text)? {
        serde_json::from_str::<Value>(&note_type)
            .map_err(|error| format!("“note_type” is no note type: {error}"))?;
    }
    row.optional("style", |row, column| {
        row.of(column, "fingerprint", |text| text.chars().all(|c| c.is_ascii_graphic()))
    })?;
    Ok(Row::Collection { id })
}

fn holding(row: &mut Reader<'_>) -> Read<Row> {
    row.guid("guid")?;
    row.parsed::<Holding>("state")?;
    row.optional("deck", Reader::number)?;
    Ok(Row::Holding { collection: row.number("collection")? })
}

fn given_deck(row: &mut Reader<'_>) -> Read<Row> {
    row.of("name", "name", |name| !name.is_empty())?;
    row.number("number")?;
    Ok(Row::GivenDeck { collection: row.number("collection")? })
}

fn feed(row: &mut Reader<'_>) -> Read<Row> {
    let id = row.number("id")?;
    row.of("url", "web address", |url| ["http://", "https://"].iter().any(|scheme| url.starts_with(scheme)))?;
    for column in ["title", "tag", "modified"] {
        row.optional(column, Reader::text)?;
    }
    row.moment("added")?;
    row.optional("fetched", Reader::moment)?;
    Ok(Row::Feed { id })
}

fn feed_item(row: &mut Reader<'_>) -> Read<Row> {
    row.of("key", "name of an item", |key| !key.is_empty())?;
    Ok(Row::FeedItem { feed: row.number("feed")?, article: row.optional("article", Reader::number)? })
}

/// The message of a fault of a single value.
fn said(fault: Fault) -> String {
    match fault {
        Fault::Corrupt(what) => what,
        _ => "it can't be read".to_owned(),
    }
}

/// The beginning of a text that may be anything.
fn short(text: &str) -> String {
    const LENGTH: usize = 40;
    match text.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Calls `each` with every row of a table. A value that is neither text nor a number is a fault of its row.
pub fn each_row(
    connection: &Connection,
    (table, order): (&str, &str),
    mut each: impl FnMut(Read<Columns>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut statement = connection.prepare(&format!("SELECT * FROM {table} ORDER BY {order}"))?;
    let names: Vec<String> = statement.column_names().into_iter().map(str::to_owned).collect();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let mut columns = Columns::new();
        let mut fault = None;
        for (at, name) in names.iter().enumerate() {
            match json(row.get_ref(at)?) {
                Ok(value) => drop(columns.insert(name.clone(), value)),
                Err(what) => fault = Some(format!("“{name}” {what}")),
            }
        }
        each(fault.map_or(Ok(columns), Err))?;
    }
    Ok(())
}

fn json(value: ValueRef<'_>) -> Read<Value> {
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => number.into(),
        ValueRef::Text(text) => {
            std::str::from_utf8(text).map_err(|error| format!("is no UTF-8: {error}"))?.into()
        }
        ValueRef::Blob(_) => return Err("holds bytes in the place of a text".to_owned()),
    })
}
