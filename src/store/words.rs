//! The vocabulary: which words the library has met, how often, and what the learner knows of them.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{Connection, Row};

use super::blob::{self, Marks, Tally};
use super::lexicon::{self, Keys};
use super::standing::bytes;
use super::{Fault, Selection, Store, StoreError, corrections};
use crate::hanzi::Headword;
use crate::tokens::Kind;
use crate::words::{Evidence, Moment, Record, Status, WordKey};

/// Which words; the default is every word that was ever seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordFilter {
    /// With one of these statuses; all, where none is named.
    pub statuses: Vec<Status>,
    /// With one of these kinds; all, where none is named.
    pub kinds: Vec<Kind>,
    /// That stand in these articles.
    pub articles: Selection,
    /// At least so often, over all that was read.
    pub seen: u32,
    /// Also words that were marked but never seen; of no use with a selection of articles.
    pub unseen: bool,
}

/// How often a word stands in the selected articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Occurrences.
    pub count: u32,
    /// Articles.
    pub articles: u32,
}

pub(super) const COLUMNS: &str =
    "w.id, w.headword, w.reading, w.guid, s.status, s.count, s.articles, s.tally,
    s.first, w.born";

impl Store {
    /// The words that pass a filter, most seen first, with how often they stand in the selected articles.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn words(&self, filter: &WordFilter) -> Result<Vec<(Record, Seen)>, StoreError> {
        self.read(|connection| {
            let selected = seen_in(connection, &filter.articles)?;
            let mut reader = Reader::new(connection)?;
            let mut words = Vec::new();
            let mut statement = connection.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM standing s JOIN word w ON w.id = s.word WHERE s.count >= ?1 ORDER BY w.id"
            ))?;
            let least = if filter.unseen { filter.seen } else { filter.seen.max(1) };
            let mut rows = statement.query([least])?;
            while let Some(row) = rows.next()? {
                let seen = match &selected {
                    Some(selected) => match selected.get(&row.get(0)?) {
                        Some(&seen) => seen,
                        None => continue,
                    },
                    None => Seen { count: row.get(5)?, articles: row.get(6)? },
                };
                let status = lexicon::status(row, 4)?;
                if !filter.statuses.is_empty() && !filter.statuses.contains(&status) {
                    continue;
                }
                let marks = marks(row)?;
                if !filter.kinds.is_empty() && !filter.kinds.contains(&marks.kind) {
                    continue;
                }
                words.push((reader.record(row, status, marks)?, seen));
            }
            // They come by their numbers, and those of a count stay so.
            words.sort_by_cached_key(|(record, seen)| std::cmp::Reverse((seen.count, record.count)));
            Ok(words)
        })
    }

    /// The words with this headword, one for each reading, most seen first; marked ones that were never seen too.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn readings_of(&self, headword: &Headword) -> Result<Vec<Record>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM word w JOIN standing s ON s.word = w.id WHERE w.headword = ?1
                 ORDER BY s.count DESC, w.id"
            ))?;
            let mut rows = statement.query([headword.as_str()])?;
            let (mut reader, mut records) = (Reader::new(connection)?, Vec::new());
            while let Some(row) = rows.next()? {
                records.push(reader.record(row, lexicon::status(row, 4)?, marks(row)?)?);
            }
            Ok(records)
        })
    }

    /// The word of every guid: how notes that came back from Anki find their words.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn guids(&self) -> Result<BTreeMap<String, WordKey>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT guid, headword, reading FROM word")?;
            let mut rows = statement.query([])?;
            let (mut keys, mut guids) = (Keys::default(), BTreeMap::new());
            while let Some(row) = rows.next()? {
                guids.insert(row.get(0)?, keys.key(row, 1)?);
            }
            Ok(guids)
        })
    }

    /// The learner's statuses of these words, in their order; a word that the library has never met is new.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn statuses<'k>(
        &self,
        keys: impl IntoIterator<Item = &'k WordKey>,
    ) -> Result<Vec<Status>, StoreError> {
        self.read(|connection| statuses(connection, keys))
    }
}

pub(super) fn statuses<'k>(
    connection: &Connection,
    keys: impl IntoIterator<Item = &'k WordKey>,
) -> Result<Vec<Status>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT s.status FROM word w JOIN standing s ON s.word = w.id
         WHERE w.headword = ?1 AND w.reading = ?2",
    )?;
    let mut statuses = Vec::new();
    for key in keys {
        let mut rows = statement.query([key.headword.as_str(), &key.reading.to_string()])?;
        statuses.push(rows.next()?.map_or(Ok(Status::New), |row| lexicon::status(row, 0))?);
    }
    Ok(statuses)
}

/// How often each word stands in the selected articles; `None` where that is all of them.
fn seen_in(connection: &Connection, selection: &Selection) -> Result<Option<HashMap<i64, Seen>>, Fault> {
    let Some(articles) = selection.articles(connection)? else { return Ok(None) };
    let mut words: HashMap<i64, Seen> = HashMap::new();
    let mut statement = connection.prepare_cached("SELECT profile FROM digest WHERE article = ?1")?;
    for article in articles {
        let mut rows = statement.query([article])?;
        while let Some(row) = rows.next()? {
            for entry in blob::read_profile(bytes(row, 0)?) {
                let entry = entry?;
                let seen = words.entry(entry.word).or_default();
                seen.count = seen.count.saturating_add(entry.count);
                seen.articles += 1;
            }
        }
    }
    Ok(Some(words))
}

/// The marks of a word that was seen. Of one that was only marked, the dictionary is all there is.
fn marks(row: &Row<'_>) -> Result<Marks, Fault> {
    let unseen = Marks { kind: Kind::Word, evidence: Evidence::Dictionary, sure: true, proposed: false };
    Ok(Tally::read(bytes(row, 7)?)?.marks().unwrap_or(unseen))
}

/// Reads records from the columns of [`COLUMNS`].
struct Reader {
    keys: Keys,
    senses: BTreeMap<WordKey, String>,
    /// When each article was added: asked for each word, it would take as long as all the rest.
    added: HashMap<i64, Moment>,
}

impl Reader {
    fn new(connection: &Connection) -> Result<Self, Fault> {
        let mut statement = connection.prepare_cached("SELECT id, added FROM article")?;
        let added = statement.query_map([], |row| Ok((row.get(0)?, Moment(row.get(1)?))))?;
        Ok(Self {
            keys: Keys::default(),
            senses: corrections::senses(connection)?,
            added: added.collect::<rusqlite::Result<_>>()?,
        })
    }

    fn record(&mut self, row: &Row<'_>, status: Status, marks: Marks) -> Result<Record, Fault> {
        let key = self.keys.key(row, 1)?;
        let first: Option<i64> = row.get(8)?;
        let added = first.and_then(|first| self.added.get(&first));
        Ok(Record {
            id: row.get(0)?,
            sense: if self.senses.is_empty() { None } else { self.senses.get(&key).cloned() },
            key,
            guid: row.get(3)?,
            kind: marks.kind,
            evidence: marks.evidence,
            sure: marks.sure,
            proposed: marks.proposed,
            status,
            count: row.get(5)?,
            articles: row.get(6)?,
            first_seen: added.map_or_else(|| row.get(9).map(Moment), |&added| Ok(added))?,
        })
    }
}
