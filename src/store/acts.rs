//! Acts: what one command of the learner said, marks or corrections, and what takes it back.
//!
//! An act is never changed and never deleted. `undo` is an act too: it names the last one that still counts, whose marks
//! or corrections are then no longer told.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};

use super::{Fault, Store, StoreError, corrections, marks};
use crate::corrections::Correction;
use crate::words::{By, Moment};

/// The acts that `undo` has taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undone {
    /// When it had been said.
    pub at: Moment,
    /// The source of the marks; `None` of corrections.
    pub by: Option<By>,
    /// How many marks it was.
    pub marks: u32,
    /// The corrections that it was.
    pub corrections: Vec<Correction>,
}

/// An act: the work of one command.
#[derive(Clone, Copy, Debug)]
pub(super) enum Act<'b> {
    /// It marks words, on the word of somebody.
    Mark(&'b By),
    /// It puts something right.
    Correct,
    /// It takes this act back.
    Undo(i64),
}

impl Store {
    /// Takes back what the last command said that still counts. Where that were corrections, the articles that may
    /// change are [`outdated`](Self::outdated) from then on, to be read anew.
    ///
    /// # Errors
    /// When nothing was said that could be taken back.
    pub fn undo(&mut self, now: Moment) -> Result<Undone, StoreError> {
        self.write(|connection| undo(connection, now))
    }
}

/// The source of marks, as a library writes it.
pub(super) fn source(text: String) -> Result<By, Fault> {
    text.parse().map_err(Fault::Corrupt)
}

/// Records an act; its number.
pub(super) fn act(connection: &Connection, act: Act<'_>, now: Moment) -> Result<i64, Fault> {
    let (what, source, undoes) = match act {
        Act::Mark(by) => ("mark", Some(by.to_string()), None),
        Act::Correct => ("correct", None, None),
        Act::Undo(undone) => ("undo", None, Some(undone)),
    };
    connection
        .prepare_cached("INSERT INTO act (what, source, at, undoes) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![what, source, now.0, undoes])?;
    Ok(connection.last_insert_rowid())
}

fn undo(connection: &Connection, now: Moment) -> Result<Undone, Fault> {
    let last = connection
        .prepare_cached(
            "SELECT id, source, at FROM act a
             WHERE what <> 'undo' AND NOT EXISTS (SELECT 1 FROM act u WHERE u.undoes = a.id)
             ORDER BY id DESC LIMIT 1",
        )?
        .query_row([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Option<String>>(1)?, row.get(2)?)))
        .optional()?;
    let (undone, by, at) = last.ok_or(Fault::NothingToUndo)?;
    let corrections = corrections::take_back(connection, undone)?;
    corrections::outdate(connection, corrections.iter())?;
    act(connection, Act::Undo(undone), now)?;
    let words: BTreeSet<i64> = connection
        .prepare_cached("SELECT word FROM mark WHERE act = ?1")?
        .query_map([undone], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for &word in &words {
        marks::set_status(connection, word, marks::said_of(connection, word)?.status())?;
    }
    let marks = u32::try_from(words.len()).unwrap_or(u32::MAX);
    Ok(Undone { at: Moment(at), by: by.map(source).transpose()?, marks, corrections })
}
