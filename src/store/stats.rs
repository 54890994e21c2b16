//! How the library has grown: totals, words by status, and week by week.

use std::collections::{BTreeMap, HashMap};

use rusqlite::Connection;

use super::lexicon::Keys;
use super::{Fault, Store, StoreError, lexicon, marks};
use crate::words::{Moment, Said, Status, WordKey};

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
    /// Week by week, from the first to the last in which anything happened; quiet weeks between are there too, unless
    /// there are more of them than of a lifetime: a clock was wrong then.
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
/// Quiet weeks are rows as long as all weeks are those of a lifetime.
const LIFETIME: i64 = 100 * 52;
/// 1970-01-01 was a Thursday.
const FIRST_MONDAY: i64 = 4 * 86_400;

impl Store {
    /// The library in figures.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn stats(&self) -> Result<Stats, StoreError> {
        self.read(|connection| {
            let mut stats = Stats::default();
            let mut changes: BTreeMap<i64, Changes> = BTreeMap::new();
            let added = articles(connection, &mut stats, &mut changes)?;
            words(connection, &added, &mut stats, &mut changes)?;
            marks(connection, &mut changes)?;
            stats.weeks = weeks(changes);
            Ok(stats)
        })
    }

    /// The words that the learner knows or is learning, also those that were never seen.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn begun(&self) -> Result<Vec<(WordKey, Status)>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT w.headword, w.reading, s.status FROM standing s JOIN word w ON w.id = s.word
                 WHERE s.status IN ('learning', 'known')",
            )?;
            let mut rows = statement.query([])?;
            let (mut keys, mut begun) = (Keys::default(), Vec::new());
            while let Some(row) = rows.next()? {
                begun.push((keys.key(row, 0)?, lexicon::status(row, 2)?));
            }
            Ok(begun)
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

/// Counts the articles; the week in which each was added.
fn articles(
    connection: &Connection,
    stats: &mut Stats,
    changes: &mut BTreeMap<i64, Changes>,
) -> Result<HashMap<i64, i64>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT a.id, a.added, a.removed IS NULL, coalesce(d.tokens, 0)
         FROM article a LEFT JOIN digest d ON d.article = a.id",
    )?;
    let mut rows = statement.query([])?;
    let mut added = HashMap::new();
    while let Some(row) = rows.next()? {
        let week = week(row.get(1)?);
        added.insert(row.get(0)?, week);
        if row.get(2)? {
            stats.articles += 1;
            stats.occurrences += row.get::<_, i64>(3)?.unsigned_abs();
            changes.entry(week).or_default().articles += 1;
        }
    }
    Ok(added)
}

/// Counts the words, each in the week in which its first article was added.
fn words(
    connection: &Connection,
    added: &HashMap<i64, i64>,
    stats: &mut Stats,
    changes: &mut BTreeMap<i64, Changes>,
) -> Result<(), Fault> {
    // Each row once, as they lie: grouping by status would look up every word by itself.
    let mut statement = connection.prepare_cached("SELECT status, count, first FROM standing NOT INDEXED")?;
    let mut rows = statement.query([])?;
    let mut new_words: HashMap<i64, u32> = HashMap::new();
    while let Some(row) = rows.next()? {
        let status = lexicon::status(row, 0)?;
        if row.get::<_, u32>(1)? == 0 {
            *stats.unseen.entry(status).or_default() += 1;
            continue;
        }
        stats.words += 1;
        *stats.seen.entry(status).or_default() += 1;
        if let Some(&week) = row.get::<_, Option<i64>>(2)?.and_then(|first| added.get(&first)) {
            *new_words.entry(week).or_default() += 1;
        }
    }
    for (week, number) in new_words {
        changes.entry(week).or_default().new_words += number;
    }
    Ok(())
}

/// Follows what was said of words, week by week.
fn marks(connection: &Connection, changes: &mut BTreeMap<i64, Changes>) -> Result<(), Fault> {
    let mut said: HashMap<i64, Said> = HashMap::new();
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
    })
}

fn weeks(mut changes: BTreeMap<i64, Changes>) -> Vec<Week> {
    let (Some(&first), Some(&last)) = (changes.keys().next(), changes.keys().next_back()) else {
        return Vec::new();
    };
    let (mut known, mut learning) = (0, 0);
    let natural = |number: i64| u32::try_from(number).unwrap_or(0);
    let weeks: Vec<i64> =
        if last - first <= LIFETIME { (first..=last).collect() } else { changes.keys().copied().collect() };
    weeks
        .into_iter()
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
        .collect()
}

/// Of a moment that a wrong clock wrote down, the nearest one that can be shown.
fn week(at: i64) -> i64 {
    (Moment::nearest(at).0 - FIRST_MONDAY).div_euclid(WEEK)
}
