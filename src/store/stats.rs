//! How the library has grown: totals, words by status, and week by week.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::{Fault, Store, StoreError, lexicon, marks};
use crate::words::{Moment, Said, Status};

/// The library in figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Articles.
    pub articles: u32,
    /// Occurrences: all tokens that have hanzi.
    pub occurrences: u64,
    /// Distinct words that were seen.
    pub words: u32,
    /// Of those, the ones that the learner knows.
    pub seen: BTreeMap<Status, u32>,
    /// Words that were marked but never seen, by status.
    pub unseen: BTreeMap<Status, u32>,
    /// Week by week, from the first to the last in which anything happened; quiet weeks between are there too.
    pub weeks: Vec<Week>,
}

/// One week of the library.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Week {
    /// Its Monday, 00:00 UTC.
    pub start: Moment,
    /// Articles added in it.
    pub articles: u32,
    /// Words first seen in it.
    pub new_words: u32,
    /// Words known at its end.
    pub known: u32,
    /// Words being learned at its end.
    pub learning: u32,
}

const WEEK: i64 = 7 * 86_400;
/// 1970-01-01 was a Thursday.
const FIRST_MONDAY: i64 = 4 * 86_400;

impl Store {
    /// The library in figures.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn stats(&self) -> Result<Stats, StoreError> {
        self.read(|connection| {
            let (articles, occurrences): (u32, i64) = connection.query_row(
                "SELECT count(*), coalesce(sum(d.tokens), 0) FROM article a LEFT JOIN digest d ON d.article = a.id
                 WHERE a.removed IS NULL",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?;
            let mut stats =
                Stats { articles, occurrences: occurrences.unsigned_abs(), ..Stats::default() };
            let mut statement = connection
                .prepare_cached("SELECT status, count > 0, count(*) FROM standing GROUP BY 1, 2")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let (status, number): (Status, u32) = (lexicon::status(row, 0)?, row.get(2)?);
                if row.get(1)? {
                    stats.words += number;
                    stats.seen.insert(status, number);
                } else {
                    stats.unseen.insert(status, number);
                }
            }
            stats.weeks = weeks(connection)?;
            Ok(stats)
        })
    }
}

#[derive(Default)]
struct Changes {
    articles: u32,
    new_words: u32,
    known: i64,
    learning: i64,
}

fn weeks(connection: &Connection) -> Result<Vec<Week>, Fault> {
    let mut changes: BTreeMap<i64, Changes> = BTreeMap::new();
    let mut statement = connection.prepare_cached("SELECT added FROM article WHERE removed IS NULL")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        changes.entry(week(row.get(0)?)).or_default().articles += 1;
    }
    let mut statement = connection.prepare_cached(
        "SELECT a.added, count(*) FROM standing s JOIN article a ON a.id = s.first GROUP BY 1",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        changes.entry(week(row.get(0)?)).or_default().new_words += row.get::<_, u32>(1)?;
    }
    let mut said: BTreeMap<i64, Said> = BTreeMap::new();
    marks::each_mark(connection, |word, by, status, at| {
        let said = said.entry(word).or_default();
        let before = said.status();
        said.tell(by, status);
        let change = changes.entry(week(at.0)).or_default();
        for (status, by) in [(before, -1), (said.status(), 1)] {
            match status {
                Status::Known => change.known += by,
                Status::Learning => change.learning += by,
                Status::New | Status::Ignored => {}
            }
        }
    })?;
    let (Some(&first), Some(&last)) = (changes.keys().next(), changes.keys().next_back()) else {
        return Ok(Vec::new());
    };
    let (mut known, mut learning) = (0, 0);
    let natural = |number: i64| u32::try_from(number).unwrap_or(0);
    Ok((first..=last)
        .map(|week| {
            let change = changes.remove(&week).unwrap_or_default();
            known += change.known;
            learning += change.learning;
            Week {
                start: Moment(week * WEEK + FIRST_MONDAY),
                articles: change.articles,
                new_words: change.new_words,
                known: natural(known),
                learning: natural(learning),
            }
        })
        .collect())
}

fn week(at: i64) -> i64 {
    (at - FIRST_MONDAY).div_euclid(WEEK)
}
