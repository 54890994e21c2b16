//! The aligned pairs of an article, its doubts and its cuts, as the pipeline found them.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::blob;
use super::lexicon::Keys;
use super::{Fault, Selection, Store, StoreError, standing};
use crate::annotated::Doubt;
use crate::document::Cut;
use crate::pinyin::{Reading, Syllable, write};
use crate::pipeline::Article;

/// A distinct annotation of an article, as it stands: 高度评价 gāo dù píng jià is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The article's number.
    pub article: i64,
    /// The hanzi that it reads, just those.
    pub hanzi: String,
    /// A syllable for each hanzi.
    pub reading: Reading,
    /// Where it stands: byte offsets in the clean text. A bracket that is repeated, 的(de)(de)(de), is one place.
    pub places: Vec<usize>,
}

impl Store {
    /// The aligned pairs of articles, in the order of their texts.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn pairs(&self, selection: &Selection) -> Result<Vec<Pair>, StoreError> {
        self.read(|connection| {
            let selected = selection.articles(connection)?;
            let mut keys = Keys::default();
            let mut pairs = Vec::new();
            let mut collect = |sql: &str, parameters: &[i64]| -> Result<(), Fault> {
                let mut statement = connection.prepare_cached(sql)?;
                let mut rows = statement.query(rusqlite::params_from_iter(parameters))?;
                while let Some(row) = rows.next()? {
                    let hanzi: String = row.get(1)?;
                    let reading = keys.reading(&hanzi, &row.get::<_, String>(2)?)?;
                    let places = blob::read_offsets(standing::bytes(row, 3)?)?;
                    pairs.push(Pair { article: row.get(0)?, hanzi, reading, places });
                }
                Ok(())
            };
            match selected {
                None => collect("SELECT article, hanzi, reading, spots FROM pair ORDER BY article, place", &[])?,
                Some(articles) => {
                    for article in articles {
                        collect(
                            "SELECT article, hanzi, reading, spots FROM pair WHERE article = ?1 ORDER BY place",
                            &[article],
                        )?;
                    }
                }
            }
            Ok(pairs)
        })
    }

    /// The doubts of an article.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn doubts(&self, article: i64) -> Result<Vec<Doubt>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT at, written, why, lifted FROM doubt WHERE article = ?1 ORDER BY place",
            )?;
            let mut rows = statement.query([article])?;
            let mut doubts = Vec::new();
            while let Some(row) = rows.next()? {
                let why = row.get::<_, String>(2)?.parse().map_err(Fault::Corrupt)?;
                doubts.push(Doubt {
                    at: row.get::<_, u32>(0)? as usize,
                    written: row.get(1)?,
                    why,
                    lifted: row.get(3)?,
                });
            }
            Ok(doubts)
        })
    }

    /// The stretches that were cut out of an article's raw text.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn cuts(&self, article: i64) -> Result<Vec<Cut>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT first_line, last_line, text, why FROM cut WHERE article = ?1 ORDER BY place",
            )?;
            let mut rows = statement.query([article])?;
            let mut cuts = Vec::new();
            while let Some(row) = rows.next()? {
                let why = row.get::<_, String>(3)?.parse().map_err(Fault::Corrupt)?;
                cuts.push(Cut { first_line: row.get(0)?, last_line: row.get(1)?, text: row.get(2)?, why });
            }
            Ok(cuts)
        })
    }
}

/// Writes what an article carried.
pub(super) fn write(connection: &Connection, id: i64, article: &Article) -> Result<(), Fault> {
    let text = article.annotated.text();
    let mut index: BTreeMap<(&str, &[Syllable]), usize> = BTreeMap::new();
    let mut pairs: Vec<(&str, &[Syllable], Vec<usize>)> = Vec::new();
    for annotation in article.annotated.annotations() {
        let (hanzi, syllables) = (annotation.span.of(text), &*annotation.syllables);
        let at = *index.entry((hanzi, syllables)).or_insert_with(|| {
            pairs.push((hanzi, syllables, Vec::new()));
            pairs.len() - 1
        });
        pairs[at].2.push(annotation.span.start());
    }
    let mut insert = connection.prepare_cached(
        "INSERT INTO pair (article, place, hanzi, reading, spots) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (place, (hanzi, syllables, spots)) in (0_u32..).zip(&pairs) {
        insert.execute(params![id, place, hanzi, write::numbered(syllables), blob::write_offsets(spots)])?;
    }
    let mut insert = connection.prepare_cached(
        "INSERT INTO doubt (article, place, at, written, why, lifted) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (place, doubt) in (0_u32..).zip(article.annotated.doubts()) {
        insert.execute(params![
            id,
            place,
            u32::try_from(doubt.at).unwrap_or(u32::MAX),
            doubt.written,
            doubt.why.as_str(),
            doubt.lifted,
        ])?;
    }
    let mut insert = connection.prepare_cached(
        "INSERT INTO cut (article, place, first_line, last_line, text, why) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (place, cut) in (0_u32..).zip(&article.document.cuts) {
        insert.execute(params![id, place, cut.first_line, cut.last_line, cut.text, cut.why.as_str()])?;
    }
    Ok(())
}
