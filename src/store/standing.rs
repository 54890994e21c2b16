//! Where a word stands: how often it was seen, in how many articles, as what, and in which sentences.
//!
//! A word's row is the sum over the profiles of all articles. It is kept up to date by adding and subtracting
//! what an article says, once for each word and command; a word whose first article or last sentence was taken
//! away is summed anew. `check` holds the sum against a recount.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{CachedStatement, Connection, params};

use super::Fault;
use super::blob::{self, Entry, Place, Tally};

/// How many sentences a word keeps at hand for its cards…
const PLACES: usize = 12;
/// …of which the first ones found stay, so that a card doesn't change with every article…
const FIRST_PLACES: usize = 4;
/// …and at most so many from one article.
pub const PLACES_AN_ARTICLE: usize = 3;

/// The row of a word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub count: u32,
    pub articles: u32,
    pub first: Option<i64>,
    pub tally: Tally,
    pub places: Vec<Place>,
}

/// The change of one word by a command.
#[derive(Clone, Copy, Debug)]
pub struct Change {
    /// The article that says so.
    pub article: i64,
    /// The word, and what the article says of it.
    pub entry: Entry,
    /// The kind of change.
    pub turn: Turn,
}

/// The ways in which an article's count of a word can change.
#[derive(Clone, Copy, Debug)]
pub enum Turn {
    /// It no longer counts.
    Out,
    /// It counts, with the sentences to show.
    In(Sentences),
}

/// The sentences of one article that show a word, in order.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sentences {
    numbers: [u32; PLACES_AN_ARTICLE],
    len: usize,
}

impl FromIterator<u32> for Sentences {
    fn from_iter<I: IntoIterator<Item = u32>>(numbers: I) -> Self {
        let mut sentences = Self::default();
        for (slot, number) in sentences.numbers.iter_mut().zip(numbers) {
            *slot = number;
            sentences.len += 1;
        }
        sentences
    }
}

impl Standing {
    fn count_in(&mut self, article: i64, entry: &Entry) {
        self.count = self.count.saturating_add(entry.count);
        self.articles += 1;
        self.first = Some(self.first.map_or(article, |first| first.min(article)));
        self.tally.add(entry);
    }

    fn show_in(&mut self, places: impl IntoIterator<Item = Place>) {
        self.places.extend(places);
        self.places.sort_unstable();
        while self.places.len() > PLACES {
            self.places.remove(FIRST_PLACES);
        }
    }

    fn count_out(&mut self, article: i64, entry: &Entry) {
        self.count = self.count.saturating_sub(entry.count);
        self.articles = self.articles.saturating_sub(1);
        self.tally.remove(entry);
        self.places.retain(|place| place.article != article);
    }

    /// The row after the changes of its word, those that count out first; `None` where only a look at the other
    /// articles can tell it.
    fn after(mut self, changes: &[Change]) -> Option<Self> {
        let (out, into) =
            changes.split_at(changes.partition_point(|change| matches!(change.turn, Turn::Out)));
        for change in out {
            self.count_out(change.article, &change.entry);
        }
        if self.count == 0 {
            self = Self::default();
        }
        // The same article in a new wording is still the first one.
        let comes_back = |first: i64| into.iter().any(|change| change.article == first);
        let goes = |first: i64| out.iter().any(|change| change.article == first);
        if self.first.is_some_and(|first| goes(first) && !comes_back(first)) {
            return None;
        }
        for change in into {
            self.count_in(change.article, &change.entry);
            if let Turn::In(sentences) = change.turn {
                let numbers = sentences.numbers.into_iter().take(sentences.len);
                self.show_in(numbers.map(|sentence| Place { article: change.article, sentence }));
            }
        }
        (self.count == 0 || !self.places.is_empty()).then_some(self)
    }
}

/// Applies changes, in the order of the words' numbers: neighbours share pages.
pub fn apply(connection: &Connection, mut changes: Vec<Change>) -> Result<(), Fault> {
    changes.sort_by_key(|change| (change.entry.word, matches!(change.turn, Turn::In(_))));
    let mut to_sum_anew = BTreeSet::new();
    let (mut reader, mut writer) = (connection.prepare_cached(READ)?, Writer::new(connection)?);
    for of_word in changes.chunk_by(|one, next| one.entry.word == next.entry.word) {
        let word = of_word[0].entry.word;
        let before = read_with(&mut reader, word)?;
        let first = before.as_ref().map(|standing| standing.first);
        match before.unwrap_or_default().after(of_word) {
            Some(standing) => writer.write(word, &standing, first)?,
            None => drop(to_sum_anew.insert(word)),
        }
    }
    if to_sum_anew.is_empty() { Ok(()) } else { sum_anew(connection, Some(&to_sum_anew)) }
}

/// Sums words (or all) anew from the profiles and sentences of all articles.
pub fn sum_anew(connection: &Connection, words: Option<&BTreeSet<i64>>) -> Result<(), Fault> {
    let mut sums = sums(connection, words)?;
    let mut wanted: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
    for (&word, (_, articles)) in &sums {
        for &article in articles {
            wanted.entry(article).or_default().insert(word);
        }
    }
    for (article, words) in wanted {
        for (word, places) in places_in(connection, article, &words, PLACES_AN_ARTICLE)? {
            if let Some((standing, _)) = sums.get_mut(&word) {
                standing.show_in(places);
            }
        }
    }
    let known: Vec<i64> = match words {
        Some(words) => words.iter().copied().collect(),
        None => {
            let mut statement = connection.prepare_cached("SELECT id FROM word ORDER BY id")?;
            statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?
        }
    };
    let mut writer = Writer::new(connection)?;
    for word in known {
        let first = read(connection, word)?.map(|before| before.first);
        let sum = sums.remove(&word).map(|(standing, _)| standing).unwrap_or_default();
        writer.write(word, &sum, first)?;
    }
    Ok(())
}

/// The sums over all profiles, without places; and the articles to look for places in: the first and the last.
type Sums = BTreeMap<i64, (Standing, Vec<i64>)>;

pub fn sums(connection: &Connection, words: Option<&BTreeSet<i64>>) -> Result<Sums, Fault> {
    let mut sums = Sums::new();
    let mut statement = connection.prepare_cached("SELECT article, profile FROM digest ORDER BY article")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let article: i64 = row.get(0)?;
        for entry in blob::read_profile(bytes(row, 1)?) {
            let entry = entry?;
            if words.is_some_and(|words| !words.contains(&entry.word)) {
                continue;
            }
            let (standing, articles) = sums.entry(entry.word).or_default();
            standing.count_in(article, &entry);
            articles.push(article);
            if articles.len() > PLACES {
                articles.remove(FIRST_PLACES);
            }
        }
    }
    Ok(sums)
}

/// Sentences of an article with these words, at most `most` each; those in which the reading is sure go first.
pub fn places_in(
    connection: &Connection,
    article: i64,
    words: &BTreeSet<i64>,
    most: usize,
) -> Result<BTreeMap<i64, Vec<Place>>, Fault> {
    let mut found: BTreeMap<i64, Vec<(bool, Place)>> = BTreeMap::new();
    let mut statement =
        connection.prepare_cached("SELECT id, words FROM sentence WHERE id >= ?1 AND id < ?2 ORDER BY id")?;
    let mut rows = statement.query([sentence_id(article, 0), sentence_id(article + 1, 0)])?;
    while let Some(row) = rows.next()? {
        let (article, sentence) = sentence_of(row.get(0)?);
        for word in blob::read_sentence(bytes(row, 1)?)? {
            if !words.contains(&word.word) {
                continue;
            }
            let places = found.entry(word.word).or_default();
            let (unsure, place) = (!word.marks.sure, Place { article, sentence });
            match places.last_mut().filter(|(_, last)| *last == place) {
                Some((doubtful, _)) => *doubtful |= unsure,
                None => places.push((unsure, place)),
            }
        }
    }
    let best = |mut places: Vec<(bool, Place)>| {
        places.sort();
        places.truncate(most);
        places.sort_by_key(|&(_, place)| place);
        places.into_iter().map(|(_, place)| place).collect()
    };
    Ok(found.into_iter().map(|(word, places)| (word, best(places))).collect())
}

/// The most sentences that an article can have.
pub const SENTENCES: usize = 1 << 24;

/// The largest number of an article or a word: what `blob` can read again.
pub const LARGEST: i64 = u32::MAX as i64;

/// The number of a sentence's row. Of an article beyond [`LARGEST`], which a damaged library may have, it is one that no
/// row has.
pub fn sentence_id(article: i64, sentence: u32) -> i64 {
    article.saturating_mul(1 << 24).saturating_add(sentence.into())
}

/// Article and place of a sentence's row.
pub fn sentence_of(id: i64) -> (i64, u32) {
    (id >> 24, u32::try_from(id & 0xFF_FFFF).unwrap_or(0))
}

/// The blob in a column, without a copy.
pub fn bytes<'r>(row: &'r rusqlite::Row<'_>, at: usize) -> Result<&'r [u8], Fault> {
    row.get_ref(at)?.as_blob().map_err(|error| Fault::Corrupt(error.to_string()))
}

const READ: &str = "SELECT count, articles, first, tally, places FROM standing WHERE word = ?1";
pub fn read(connection: &Connection, word: i64) -> Result<Option<Standing>, Fault> {
    read_with(&mut connection.prepare_cached(READ)?, word)
}

fn read_with(statement: &mut CachedStatement<'_>, word: i64) -> Result<Option<Standing>, Fault> {
    let mut rows = statement.query([word])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let (tally, places) = (Tally::read(bytes(row, 3)?)?, blob::read_places(bytes(row, 4)?)?);
    Ok(Some(Standing { count: row.get(0)?, articles: row.get(1)?, first: row.get(2)?, tally, places }))
}

/// Writes rows. A row that is there is changed and not put in its place: a key that stays as it is need not be
/// looked for in the table that it points to.
struct Writer<'c> {
    insert: CachedStatement<'c>,
    update: CachedStatement<'c>,
    update_first: CachedStatement<'c>,
}

impl<'c> Writer<'c> {
    fn new(connection: &'c Connection) -> Result<Self, Fault> {
        Ok(Self {
            insert: connection.prepare_cached(
                "INSERT INTO standing (word, count, articles, tally, places, first, status)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'new')",
            )?,
            update: connection.prepare_cached(
                "UPDATE standing SET count = ?2, articles = ?3, tally = ?4, places = ?5 WHERE word = ?1",
            )?,
            update_first: connection.prepare_cached(
                "UPDATE standing SET count = ?2, articles = ?3, tally = ?4, places = ?5, first = ?6
                 WHERE word = ?1",
            )?,
        })
    }

    /// Writes the row of a word; `before` is the first article of the one that is there.
    fn write(&mut self, word: i64, row: &Standing, before: Option<Option<i64>>) -> Result<(), Fault> {
        let (tally, places) = (row.tally.write(), blob::write_places(&row.places));
        match before {
            Some(first) if first == row.first => {
                self.update.execute(params![word, row.count, row.articles, tally, places])?
            }
            Some(_) => {
                let all = params![word, row.count, row.articles, tally, places, row.first];
                self.update_first.execute(all)?
            }
            None => self.insert.execute(params![word, row.count, row.articles, tally, places, row.first])?,
        };
        Ok(())
    }
}
