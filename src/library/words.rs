//! The vocabulary with its counts.

use rayon::prelude::*;

use super::rows::{self, WordRow};
use super::{Failure, Library};
use crate::dictionary::{HskLevel, HskVersion};
use crate::store::{Seen, Selection, WordFilter};
use crate::tokens::Kind;
use crate::words::{Record, Status};

/// The words that are asked for.
#[derive(Clone, Debug, Default)]
pub struct WordQuery {
    /// Words of these statuses; of all, where none is named.
    pub statuses: Vec<Status>,
    /// Words of these kinds; of all, where none is named.
    pub kinds: Vec<Kind>,
    /// Words of this article; counts are then of it.
    pub article: Option<i64>,
    /// Words that were seen at least so often.
    pub seen: u32,
    /// Also words that were marked but never seen.
    pub unseen: bool,
    /// Words of these levels of a list.
    pub hsk: Option<(LevelFilter, HskVersion)>,
    /// At most so many.
    pub limit: Option<usize>,
}

/// HSK levels as typed: `4-6,unlisted`.
#[derive(Clone, Debug)]
pub struct LevelFilter {
    levels: Vec<u8>,
    unlisted: bool,
}

impl std::str::FromStr for LevelFilter {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("“{text}” names no HSK levels; write 4, 4-6, 7-9 or unlisted, commas between");
        let mut levels = Self { levels: Vec::new(), unlisted: false };
        for part in text.split(',').map(str::trim) {
            if part == "unlisted" {
                levels.unlisted = true;
                continue;
            }
            let (from, to) = part.split_once('-').unwrap_or((part, part));
            let from: u8 = from.parse().map_err(|_| wrong())?;
            let to: u8 = to.parse().map_err(|_| wrong())?;
            if !(1..=9).contains(&from) || !(from..=9).contains(&to) {
                return Err(wrong());
            }
            levels.levels.extend((from..=to).map(|level| level.min(7)));
        }
        Ok(levels)
    }
}

impl LevelFilter {
    fn has(&self, level: Option<HskLevel>) -> bool {
        level.map_or(self.unlisted, |level| self.levels.contains(&level.number()))
    }
}

/// Words of a library, the most frequent first.
#[derive(Debug)]
pub struct Words(Vec<(Record, Seen)>);

/// A word, for people.
#[derive(Debug)]
pub struct Listed {
    /// How often it was seen.
    pub count: u32,
    /// Dictionary form.
    pub simplified: String,
    /// Its pinyin.
    pub pinyin: String,
    /// Whether its reading needs no second look.
    pub sure: bool,
    /// Its level in the list that was asked for.
    pub level: Option<HskLevel>,
    /// The learner's status of it.
    pub status: Status,
    /// Its first two senses.
    pub glosses: Vec<String>,
}

impl Library {
    /// The words that are asked for.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn words(&self, which: &WordQuery) -> Result<Words, Failure> {
        let filter = WordFilter {
            statuses: which.statuses.clone(),
            kinds: which.kinds.clone(),
            articles: which.article.map_or(Selection::All, |article| Selection::Ids(vec![article])),
            // Once is what is asked for where nothing is; a word that was only marked was never seen.
            seen: if which.unseen && which.seen == 1 { 0 } else { which.seen },
            unseen: which.unseen,
        };
        let mut words = self.store.words(&filter)?;
        if let Some((wanted, version)) = &which.hsk {
            words.retain(|(record, _)| {
                wanted.has(rows::meaning(&record.key).and_then(|meaning| meaning.hsk().level(*version)))
            });
        }
        words.truncate(which.limit.unwrap_or(usize::MAX));
        Ok(Words(words))
    }
}

impl Words {
    /// The results of `work` for each, in parts: on all processors if the list is long, in its order.
    fn in_parts<T: Send>(
        &self,
        work: impl Fn(&[(Record, Seen)]) -> Result<T, Failure> + Send + Sync,
    ) -> Result<Vec<T>, Failure> {
        const PART: usize = 1024;
        match self.0.len() {
            0..=PART => Ok(vec![work(&self.0)?]),
            _ => self.0.par_chunks(PART).map(work).collect(),
        }
    }

    /// The results of `show` for each part of the list, in order; levels are of this list.
    ///
    /// # Errors
    /// Never by itself.
    pub fn listed<T: Send>(
        &self,
        version: HskVersion,
        show: impl Fn(&mut dyn Iterator<Item = Listed>) -> T + Send + Sync,
    ) -> Result<Vec<T>, Failure> {
        self.in_parts(|part| {
            Ok(show(&mut part.iter().map(|(record, seen)| Listed::new(record, *seen, version))))
        })
    }

    /// One JSON array, in parts.
    ///
    /// # Errors
    /// Never by itself.
    pub fn json(&self) -> Result<Vec<Vec<u8>>, Failure> {
        let mut parts = self.in_parts(|words| {
            let mut json = Vec::with_capacity(words.len() * 256);
            for (record, seen) in words {
                serde_json::to_writer(&mut json, &WordRow::new(record, *seen))?;
                json.push(b',');
            }
            Ok(json)
        })?;
        if let Some(last) = parts.last_mut() {
            last.pop_if(|byte| *byte == b',');
        }
        parts.insert(0, b"[".to_vec());
        parts.push(b"]".to_vec());
        Ok(parts)
    }
}

impl Listed {
    fn new(record: &Record, seen: Seen, version: HskVersion) -> Self {
        let meaning = rows::meaning(&record.key);
        Self {
            count: seen.count,
            simplified: record.key.headword.to_string(),
            pinyin: record.key.pinyin(record.kind),
            sure: record.sure,
            level: meaning.as_ref().and_then(|meaning| meaning.hsk().level(version)),
            status: record.status,
            glosses: rows::glosses(record, meaning.as_ref()).take(2).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_ranges_and_the_unlisted() {
        let levels: LevelFilter = "4-5, 8,unlisted".parse().expect("levels");
        let has = |level| levels.has(Some(HskLevel::new(level).expect("a level")));
        assert!(has(4) && has(5) && has(9) && levels.has(None));
        assert!(!has(6));
        assert!("0".parse::<LevelFilter>().is_err() && "5-4".parse::<LevelFilter>().is_err());
        assert!("x".parse::<LevelFilter>().is_err());
    }
}
