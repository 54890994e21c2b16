//! The library's words by number and by key, looked up once each.
//!
//! Reading a reading back from text is the dearest step of listing 60,000 words, and there are only some 1,500
//! distinct syllables: so each is parsed once.

use std::collections::HashMap;

use rusqlite::{CachedStatement, Connection, OptionalExtension, Row, params};

use super::Fault;
use super::numbered::Numbered;
use crate::hanzi::Headword;
use crate::pinyin::{Reading, Syllable, parse};
use crate::words::{Moment, Status, WordKey, guid};

/// Reads keys and statuses from rows.
#[derive(Debug, Default)]
pub struct Keys {
    syllables: HashMap<Box<str>, Syllable>,
}

impl Keys {
    /// The key in columns `at` and `at + 1`.
    pub fn key(&mut self, row: &Row<'_>, at: usize) -> Result<WordKey, Fault> {
        let text = |at: usize| row.get_ref(at)?.as_str().map_err(|e| Fault::Corrupt(e.to_string()));
        let headword = Headword::new(text(at)?).map_err(|error| Fault::Corrupt(error.to_string()))?;
        let reading = self.reading(headword.as_str(), text(at + 1)?)?;
        Ok(WordKey { headword, reading })
    }

    /// A reading as the library writes it.
    pub fn reading(&mut self, hanzi: &str, text: &str) -> Result<Reading, Fault> {
        let mut syllables = Vec::with_capacity(4);
        for written in text.split(' ') {
            syllables.push(match self.syllables.get(written) {
                Some(&syllable) => syllable,
                None => {
                    let syllable = parse::syllable(written)
                        .ok_or_else(|| Fault::Corrupt(format!("“{written}” is no syllable")))?;
                    self.syllables.insert(written.into(), syllable);
                    syllable
                }
            });
        }
        Reading::of(hanzi, syllables).map_err(|error| Fault::Corrupt(error.to_string()))
    }
}

/// The status in column `at`.
pub fn status(row: &Row<'_>, at: usize) -> Result<Status, Fault> {
    let text = row.get_ref(at)?.as_str().map_err(|error| Fault::Corrupt(error.to_string()))?;
    text.parse().map_err(Fault::Corrupt)
}

/// Finds words by key, and bears those that the library hasn't: statements that an article asks six hundred times.
pub struct Finder<'c> {
    find: CachedStatement<'c>,
    bear: CachedStatement<'c>,
    connection: &'c Connection,
}

/// The most words that may share a guid before something is wrong.
const MOST_GUIDS: u32 = 1000;

impl<'c> Finder<'c> {
    pub fn new(connection: &'c Connection) -> Result<Self, Fault> {
        Ok(Self {
            find: connection.prepare_cached("SELECT id FROM word WHERE headword = ?1 AND reading = ?2")?,
            bear: connection.prepare_cached(
                "INSERT INTO word (headword, reading, guid, born) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (guid) DO NOTHING",
            )?,
            connection,
        })
    }

    /// The number of a word, which is born now if the library hasn't it; and whether it was.
    pub fn find_or_bear(&mut self, key: &WordKey, now: Moment) -> Result<(i64, bool), Fault> {
        let (headword, reading) = (key.headword.as_str(), key.reading.to_string());
        let found = self.find.query_row(params![headword, reading], |row| row.get(0)).optional()?;
        match found {
            Some(id) => Ok((id, false)),
            None => Ok((self.bear(key, now)?, true)),
        }
    }

    /// The number of a word that the library hasn't.
    pub fn bear(&mut self, key: &WordKey, now: Moment) -> Result<i64, Fault> {
        let (headword, reading) = (key.headword.as_str(), key.reading.to_string());
        // Of two words with one guid the later one gets another. (`RETURNING` would tell the number, too, but at
        // the price of a journal for the statement.)
        for attempt in 0..MOST_GUIDS {
            if self.bear.execute(params![headword, reading, guid(key, attempt), now.0])? > 0 {
                return Ok(self.connection.last_insert_rowid());
            }
        }
        Err(Fault::Corrupt(format!("there is no guid left for {headword}")))
    }
}

/// The number of a word, which is born now if the library hasn't it; and whether it was.
pub fn find_or_bear(connection: &Connection, key: &WordKey, now: Moment) -> Result<(i64, bool), Fault> {
    Finder::new(connection)?.find_or_bear(key, now)
}

/// Words whose numbers are known, from one portion of articles to the next.
#[derive(Debug, Default)]
pub struct Met {
    pub ids: HashMap<WordKey, i64>,
    /// Whether the library has no other words than those.
    pub has_all: bool,
    /// SQLite's number for the state of the library that somebody else has left; nothing was asked yet without it.
    as_of: Option<i64>,
}

impl Met {
    /// Forgets what somebody else may have changed.
    pub fn renew(&mut self, connection: &Connection) -> Result<(), Fault> {
        let state = connection.query_row("PRAGMA data_version", [], |row| row.get(0))?;
        if self.as_of != Some(state) {
            self.ids.clear();
            self.has_all =
                connection.query_row("SELECT NOT EXISTS (SELECT 1 FROM word)", [], |row| row.get(0))?;
            self.as_of = Some(state);
        }
        Ok(())
    }
}

/// Words by number, with their statuses.
#[derive(Debug, Default)]
pub struct Lexicon {
    words: Numbered<(WordKey, Status)>,
    keys: Keys,
    has_all: bool,
}

impl Lexicon {
    const ALL: &'static str = "SELECT w.id, w.headword, w.reading, coalesce(s.status, 'new')
        FROM word w LEFT JOIN standing s ON s.word = w.id ORDER BY w.id";
    const ONE: &'static str = "SELECT w.id, w.headword, w.reading, coalesce(s.status, 'new')
        FROM word w LEFT JOIN standing s ON s.word = w.id WHERE w.id = ?1";

    /// All words at once: better from some thousand lookups on.
    pub fn load_all(&mut self, connection: &Connection) -> Result<(), Fault> {
        let mut statement = connection.prepare_cached(Self::ALL)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            self.take(row)?;
        }
        self.has_all = true;
        Ok(())
    }

    /// Whether all words are there.
    pub fn has_all(&self) -> bool {
        self.has_all
    }

    /// One word, unless it is there.
    pub fn load(&mut self, connection: &Connection, id: i64) -> Result<(), Fault> {
        if self.get(id).is_err() {
            let mut statement = connection.prepare_cached(Self::ONE)?;
            let mut rows = statement.query([id])?;
            if let Some(row) = rows.next()? {
                self.take(row)?;
            }
        }
        Ok(())
    }

    fn take(&mut self, row: &Row<'_>) -> Result<(), Fault> {
        let word = (self.keys.key(row, 1)?, status(row, 3)?);
        self.words.insert(row.get(0)?, word);
        Ok(())
    }

    /// The word with this number, which was loaded.
    pub fn get(&self, id: i64) -> Result<&(WordKey, Status), Fault> {
        self.words
            .get(id)
            .ok_or_else(|| Fault::Corrupt(format!("a sentence names word {id}, which is not there")))
    }
}
