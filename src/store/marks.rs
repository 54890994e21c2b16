//! Marks, the word of the learner, a list or Anki on words: appended, never changed, never deleted.
//!
//! Whose they are and whether they still count, the act says that they are of (`acts.rs`). A word's status is what its
//! marks come to, by the rule in `words/status.rs`; it is kept beside the word so that lists need not ask for it, and
//! `check` proves it.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};

use super::acts::{Act, act, source};
use super::{Fault, Store, StoreError, lexicon};
use crate::words::{By, Moment, Said, Status, WordKey};

/// The effect of a command that marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// Words whose status is another one now.
    pub changed: u32,
    /// Words whose status is what it was.
    pub unchanged: u32,
    /// Words that the library had never met.
    pub born: u32,
}

/// A mark in a word's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastMark {
    /// The status that was given.
    pub status: Status,
    /// The source of the mark.
    pub by: By,
    /// When.
    pub at: Moment,
    /// Whether it was taken back.
    pub undone: bool,
}

impl Store {
    /// Marks words, all with one status. Words that the library has never met are born.
    ///
    /// # Errors
    /// When the library can't be written.
    pub fn mark(
        &mut self,
        words: &[WordKey],
        status: Status,
        by: &By,
        now: Moment,
    ) -> Result<Marked, StoreError> {
        self.write(|connection| mark(connection, words.iter().map(|key| (key, status)), by, now))
    }

    /// Marks words, each with its own status.
    ///
    /// # Errors
    /// When the library can't be written.
    pub fn mark_each(
        &mut self,
        words: &[(WordKey, Status)],
        by: &By,
        now: Moment,
    ) -> Result<Marked, StoreError> {
        self.write(|connection| mark(connection, words.iter().map(|(key, status)| (key, *status)), by, now))
    }

    /// The effect that marking would have; nothing is written.
    ///
    /// # Errors
    /// When the library can't be read, or is locked.
    pub fn mark_dry(
        &mut self,
        words: &[(WordKey, Status)],
        by: &By,
        now: Moment,
    ) -> Result<Marked, StoreError> {
        self.dry(|connection| mark(connection, words.iter().map(|(key, status)| (key, *status)), by, now))
    }

    /// All that was ever said of a word, oldest first.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn history(&self, word: i64) -> Result<Vec<PastMark>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT m.status, a.source, a.at, EXISTS (SELECT 1 FROM act u WHERE u.undoes = a.id)
                 FROM mark m JOIN act a ON a.id = m.act WHERE m.word = ?1 ORDER BY m.id",
            )?;
            let mut rows = statement.query([word])?;
            let mut history = Vec::new();
            while let Some(row) = rows.next()? {
                history.push(PastMark {
                    status: lexicon::status(row, 0)?,
                    by: source(row.get(1)?)?,
                    at: Moment(row.get(2)?),
                    undone: row.get(3)?,
                });
            }
            Ok(history)
        })
    }
}

pub(super) fn mark<'k>(
    connection: &Connection,
    words: impl Iterator<Item = (&'k WordKey, Status)>,
    by: &By,
    now: Moment,
) -> Result<Marked, Fault> {
    let mut marked = Marked::default();
    let mut act_id = None;
    let mut insert = connection.prepare_cached("INSERT INTO mark (act, word, status) VALUES (?1, ?2, ?3)")?;
    let mut told = BTreeSet::new();
    for (key, status) in words {
        let (word, born) = lexicon::find_or_bear(connection, key, now)?;
        marked.born += u32::from(born);
        if !told.insert(word) {
            continue;
        }
        let mut said = said_of(connection, word)?;
        let before = said.status();
        if !said.knows(by, status) {
            let act_id = match act_id {
                Some(id) => id,
                None => *act_id.insert(act(connection, Act::Mark(by), now)?),
            };
            insert.execute(params![act_id, word, status.as_str()])?;
            said.tell(by, status);
        }
        set_status(connection, word, said.status())?;
        if said.status() == before {
            marked.unchanged += 1;
        } else {
            marked.changed += 1;
        }
    }
    Ok(marked)
}

/// The marks of a word that count, folded.
pub(super) fn said_of(connection: &Connection, word: i64) -> Result<Said, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT m.status, a.source FROM mark m JOIN act a ON a.id = m.act
         WHERE m.word = ?1 AND NOT EXISTS (SELECT 1 FROM act u WHERE u.undoes = a.id) ORDER BY m.id",
    )?;
    let mut rows = statement.query([word])?;
    let mut said = Said::default();
    while let Some(row) = rows.next()? {
        said.tell(&source(row.get(1)?)?, lexicon::status(row, 0)?);
    }
    Ok(said)
}

/// Each mark that counts, in the order in which they were made.
pub(super) fn each_mark(
    connection: &Connection,
    mut tell: impl FnMut(i64, &By, Status, Moment),
) -> Result<(), Fault> {
    let mut sources: BTreeMap<i64, (By, Moment)> = BTreeMap::new();
    let mut statement = connection.prepare_cached(
        "SELECT id, source, at FROM act a
         WHERE what = 'mark' AND NOT EXISTS (SELECT 1 FROM act u WHERE u.undoes = a.id)",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        sources.insert(row.get(0)?, (source(row.get(1)?)?, Moment(row.get(2)?)));
    }
    let mut statement = connection.prepare_cached("SELECT act, word, status FROM mark ORDER BY id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if let Some((by, at)) = sources.get(&row.get(0)?) {
            tell(row.get(1)?, by, lexicon::status(row, 2)?, *at);
        }
    }
    Ok(())
}

pub(super) fn set_status(connection: &Connection, word: i64, status: Status) -> Result<(), Fault> {
    connection
        .prepare_cached(
            "INSERT INTO standing (word, status, count, articles, first, tally, places)
             VALUES (?1, ?2, 0, 0, NULL, x'00000000', x'')
             ON CONFLICT (word) DO UPDATE SET status = excluded.status WHERE status <> excluded.status",
        )?
        .execute(params![word, status.as_str()])?;
    Ok(())
}

/// Derives the status of every word anew.
pub(super) fn derive_all(connection: &Connection) -> Result<(), Fault> {
    for (word, said) in all_said(connection)? {
        set_status(connection, word, said.status())?;
    }
    let mut reset = connection.prepare_cached(
        "UPDATE standing SET status = 'new'
         WHERE status <> 'new' AND NOT EXISTS (SELECT 1 FROM mark m JOIN act a ON a.id = m.act
           WHERE m.word = standing.word AND NOT EXISTS (SELECT 1 FROM act u WHERE u.undoes = a.id))",
    )?;
    reset.execute([])?;
    Ok(())
}

/// The marks of each word, folded.
pub(super) fn all_said(connection: &Connection) -> Result<BTreeMap<i64, Said>, Fault> {
    let mut said: BTreeMap<i64, Said> = BTreeMap::new();
    each_mark(connection, |word, by, status, _| said.entry(word).or_default().tell(by, status))?;
    Ok(said)
}
