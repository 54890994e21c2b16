//! Statistics of reading and learning, week by week and level by level.

mod levels;
mod page;

use serde::Serialize;

use super::rows::day;
use super::{Failure, Library};
use crate::dictionary::HskVersion;
use crate::words::{Moment, Status, WordKey};

pub use crate::store::{Stats, Week};
pub use levels::{Level, Levels};

/// The reading and learning until now.
#[derive(Debug)]
pub struct Learned {
    /// The figures.
    pub stats: Stats,
    words: Vec<(WordKey, Status)>,
    now: Moment,
}

impl Library {
    /// The statistics of reading and learning until now.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn learned(&self) -> Result<Learned, Failure> {
        let mut stats = self.store.stats()?;
        until(self.now, &mut stats.weeks);
        Ok(Learned { stats, words: self.store.begun()?, now: self.now })
    }
}

impl Learned {
    /// How much of some HSK lists is known.
    #[must_use]
    pub fn levels<const N: usize>(&self, versions: [HskVersion; N]) -> [Levels; N] {
        Levels::of(&self.words, versions)
    }

    /// A page that needs nothing from elsewhere; `first` is the list that stands first.
    #[must_use]
    pub fn page(&self, first: HskVersion) -> String {
        let chosen = HskVersion::ALL.iter().position(|&of| of == first).unwrap_or_default();
        page::page(&self.stats, &self.levels(HskVersion::ALL), chosen, self.now)
    }
}

/// Quiet weeks since anything was recorded are weeks, too: what is known stays known. Those of more than a lifetime are
/// of a wrong clock.
fn until(now: Moment, weeks: &mut Vec<Week>) {
    const WEEK: i64 = 7 * 86_400;
    const LIFETIME: i64 = 100 * 52 * WEEK;
    if weeks.last().is_some_and(|last| last.start.0.saturating_add(LIFETIME) < now.0) {
        return;
    }
    while let Some(last) = weeks.last()
        && last.start.0.saturating_add(WEEK) <= now.0
    {
        let start = Moment(last.start.0 + WEEK);
        weeks.push(Week { start, known: last.known, learning: last.learning, ..Week::default() });
    }
}

/// A library in figures: what `stats --json` prints.
#[derive(Debug, Serialize)]
pub struct StatsRow<'a> {
    /// How many articles.
    pub articles: u32,
    /// How many running words.
    pub occurrences: u64,
    /// How many different words.
    pub words: u32,
    /// Words that stand in an article, by status.
    pub seen: Statuses,
    /// Words that stand in none, by status.
    pub never_seen: Statuses,
    /// Week by week.
    pub weeks: Vec<WeekRow>,
    /// Level by level, list by list.
    pub hsk: &'a [Levels],
}

/// How many words have which status.
#[derive(Debug, Serialize)]
pub struct Statuses {
    /// New ones.
    pub new: u32,
    /// The words being learned.
    pub learning: u32,
    /// Known ones.
    pub known: u32,
    /// Ignored ones.
    pub ignored: u32,
}

/// A week in figures.
#[derive(Debug, Serialize)]
pub struct WeekRow {
    /// Its Monday.
    pub start: String,
    /// Articles that were added.
    pub articles: u32,
    /// Words that stood in no article before.
    pub new_words: u32,
    /// Words that are known at its end.
    pub known: u32,
    /// Words that are being learned at its end.
    pub learning: u32,
}

impl Statuses {
    fn of(counts: &std::collections::BTreeMap<Status, u32>) -> Self {
        let count = |status| counts.get(&status).copied().unwrap_or(0);
        Self {
            new: count(Status::New),
            learning: count(Status::Learning),
            known: count(Status::Known),
            ignored: count(Status::Ignored),
        }
    }
}

impl<'a> StatsRow<'a> {
    /// The row of a library.
    #[must_use]
    pub fn new(stats: &Stats, hsk: &'a [Levels]) -> Self {
        let week = |week: &Week| WeekRow {
            start: day(week.start),
            articles: week.articles,
            new_words: week.new_words,
            known: week.known,
            learning: week.learning,
        };
        Self {
            articles: stats.articles,
            occurrences: stats.occurrences,
            words: stats.words,
            seen: Statuses::of(&stats.seen),
            never_seen: Statuses::of(&stats.unseen),
            weeks: stats.weeks.iter().map(week).collect(),
            hsk,
        }
    }
}
