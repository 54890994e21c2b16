//! The sense of a word on its card: one of the dictionary's senses, or the learner's own words.

use super::{Failure, Library, headword, not_seen, typed_as};
use crate::corrections::Correction;
use crate::dictionary::{Dictionary, Meaning, gloss};
use crate::hanzi::{Headword, seen};
use crate::pinyin::{Reading, write};
use crate::store::Store;
use crate::words::WordKey;

/// The senses of a word, reading by reading.
#[derive(Debug)]
pub struct Senses {
    /// The word.
    pub headword: Headword,
    /// Its readings, one at least.
    pub readings: Vec<SensesOf>,
}

/// The senses of a word in one reading.
#[derive(Debug)]
pub struct SensesOf {
    /// The reading, as it is written with tone marks.
    pub reading: String,
    /// The senses, by the numbers from 1 on that choose them.
    pub senses: Vec<String>,
}

impl Library {
    /// The senses of a word; of one reading alone, where it is named.
    ///
    /// # Errors
    /// When the word isn't known, or the pinyin doesn't fit it.
    pub fn senses(&self, word: &WordToList) -> Result<Senses, Failure> {
        let WordToList { headword, reading } = word;
        let readings = match reading {
            None => readings(headword, &self.store)?,
            Some(named) => vec![which(headword, Some(named), &self.store)?],
        };
        let word = Dictionary::embedded().find(headword.as_str());
        let of = |reading: &Reading| {
            let meaning = word.as_ref().and_then(|word| Meaning::however_read(word, reading.syllables()));
            let listed = meaning.iter().flat_map(Meaning::glosses);
            SensesOf {
                reading: write::spaced(reading.syllables()),
                senses: listed.map(|gloss| gloss::pretty(gloss, headword.as_str())).collect(),
            }
        };
        Ok(Senses { headword: headword.clone(), readings: readings.iter().map(of).collect() })
    }
}

/// A word whose senses are asked for.
#[derive(Clone, Debug)]
pub struct WordToList {
    headword: Headword,
    reading: Option<String>,
}

impl WordToList {
    /// This word, in this reading.
    ///
    /// # Errors
    /// When it is no word.
    pub fn new(word: &str, reading: Option<&str>) -> Result<Self, Failure> {
        Ok(Self { headword: headword(word)?, reading: reading.map(str::to_owned) })
    }
}

/// The correction that a choice is, and what holds with it.
pub fn chosen(
    headword: Headword,
    sense: &str,
    reading: Option<&str>,
    store: &Store,
) -> Result<(Correction, String), Failure> {
    let key = WordKey { reading: which(&headword, reading, store)?, headword };
    let word = Dictionary::embedded().find(key.headword.as_str());
    let meaning = word.as_ref().and_then(|word| Meaning::however_read(word, key.reading.syllables()));
    let glosses = meaning.as_ref().map(Meaning::glosses).unwrap_or_default();
    let pretty = |gloss: &str| gloss::pretty(gloss, key.headword.as_str());
    let gloss = match sense.parse::<usize>() {
        Ok(number) => match number.checked_sub(1).and_then(|at| glosses.get(at)) {
            Some(&gloss) => gloss.to_owned(),
            None => {
                let many = glosses.len();
                return Err(Failure::new(format!("{} has no sense {number}, but {many}", key.headword))
                    .hint(format!("`shengci sense {}` lists them", key.headword)));
            }
        },
        Err(_) => glosses.iter().find(|gloss| pretty(gloss) == sense).map_or(sense, |v| v).to_owned(),
    };
    seen(&gloss).map_err(|unseen| not_seen(&gloss, unseen))?;
    let pinyin = write::spaced(key.reading.syllables());
    let holds = format!("{} {pinyin} means “{}” on its card from now on", key.headword, pretty(&gloss));
    Ok((Correction::Sense { key, gloss }, holds))
}

/// The readings that a word was seen with, or else those of the dictionary.
fn readings(headword: &Headword, store: &Store) -> Result<Vec<Reading>, Failure> {
    let mut readings: Vec<Reading> = store
        .readings_of(headword)?
        .into_iter()
        .filter(|record| record.count > 0)
        .map(|record| record.key.reading)
        .collect();
    if readings.is_empty() {
        let word = Dictionary::embedded().find(headword.as_str());
        let entries = word.iter().flat_map(|word| word.entries()).filter(|entry| !entry.minor);
        for reading in entries.filter_map(|e| Reading::new(headword, e.syllables().collect::<Vec<_>>()).ok())
        {
            if !readings.contains(&reading) {
                readings.push(reading);
            }
        }
    }
    if readings.is_empty() {
        return Err(Failure::new(format!("{headword} stands in no article, and in no dictionary"))
            .hint("is it written as in the article? `shengci words` lists what was read"));
    }
    Ok(readings)
}

/// The reading that is meant: the one that was named, else the only one that was seen, else the dictionary's only.
fn which(headword: &Headword, named: Option<&str>, store: &Store) -> Result<Reading, Failure> {
    if let Some(named) = named {
        return typed_as(headword, named);
    }
    match &readings(headword, store)?[..] {
        [one] => Ok(one.clone()),
        several => {
            let list: Vec<String> = several.iter().map(|r| write::spaced(r.syllables())).collect();
            Err(Failure::new(format!("{headword} is several words: {}", list.join(", ")))
                .hint(format!("say which one: --reading {:?}", list[0])))
        }
    }
}
