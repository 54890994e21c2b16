//! How much of a text the learner knows, and which stored article can be read now.
//!
//! A text need not be in the library, and there need not be one: then every word is new.

use std::collections::HashMap;
use std::path::Path;

use serde::Serialize;

use super::{Failure, Library, Place, StandardInput};
use crate::dictionary::HskVersion;
use crate::document;
use crate::pipeline::{Article, Reader};
use crate::source;
use crate::store::{ArticleRow, Selection, Store};
use crate::words::{Coverage, Share, Status, WordKey, coverage};

/// How much of a text the learner knows. `text` is a file, `-`, or an article of the library.
///
/// # Errors
/// When there is no such text or article, or the library can't be read.
pub fn report(
    text: &str,
    version: HskVersion,
    place: &Place,
    stdin: StandardInput,
) -> Result<Report, Failure> {
    let library = place.open_if_there()?;
    let raw = raw(text, library.as_ref(), place, stdin)?;
    let without;
    let reader = match &library {
        Some(library) => library.reader(),
        None => {
            without = Reader::new();
            &without
        }
    };
    let article = reader.read(&raw);
    let known = statuses(&article, library.as_ref().map(|library| &library.store))?;
    let status = |key: &WordKey| known.get(key).copied().unwrap_or_default();
    let coverage = coverage(&article.words, status, reader.dictionary(), version);
    Ok(Report::new(&article, &coverage, version))
}

/// A file wins over an article: whoever has a file called `12` can write `./12`, and an article has its number.
fn raw(
    text: &str,
    library: Option<&Library>,
    place: &Place,
    stdin: StandardInput,
) -> Result<String, Failure> {
    let is_number = text.parse::<i64>().is_ok() || text == "last";
    if text == "-" || (!is_number && Path::new(text).is_file()) {
        let inputs = source::gather(&[text.to_owned()])?;
        let mut raws = Vec::new();
        for input in &inputs {
            raws.extend(source::read(input, &mut stdin(), None)?);
        }
        // A book is reported of as one text.
        return Ok(match &mut raws[..] {
            [one] => std::mem::take(&mut one.text),
            several => several.iter().map(|raw| document::clean(&raw.text).text() + "\n\n").collect(),
        });
    }
    if let Some(Library { store, .. }) = library {
        return Ok(store.text(store.article(text)?)?.0);
    }
    if !is_number && text.contains(['.', '/']) {
        for input in source::gather(&[text.to_owned()])? {
            source::read(&input, &mut std::io::empty(), None)?;
        }
    }
    Err(place.open_existing().err().unwrap_or_else(|| Failure::new(format!("{text} is no text"))))
}

fn statuses<'a>(
    article: &'a Article,
    store: Option<&Store>,
) -> Result<HashMap<&'a WordKey, Status>, Failure> {
    let Some(store) = store else { return Ok(HashMap::new()) };
    let keys = || article.words.iter().map(|word| &word.key);
    Ok(keys().zip(store.statuses(keys())?).collect())
}

/// A text, against what the learner knows: what `report --json` prints.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Its title, if it has one.
    pub title: String,
    /// Its running words, without names.
    pub tokens: ShareRow,
    /// Its running words.
    pub tokens_with_names: ShareRow,
    /// Its different words, without names.
    pub types: ShareRow,
    /// Its different words.
    pub types_with_names: ShareRow,
    /// Its different hanzi.
    pub hanzi: u32,
    /// The hanzi that stand in a known word.
    pub hanzi_known: u32,
    /// How many words are to be learned until so much is known.
    pub needed: Vec<Needed>,
    /// The HSK list that levels are of.
    pub hsk_version: String,
    /// How many of its words each level has.
    pub hsk: Vec<LevelWords>,
    /// Its hardest sentences.
    pub hardest: Vec<Hard>,
}

/// How many words are known, and how many are not.
#[derive(Debug, Serialize)]
pub struct ShareRow {
    /// Known ones.
    pub known: u32,
    /// The words being learned.
    pub learning: u32,
    /// New ones.
    pub new: u32,
    /// The known part, in percent.
    pub coverage: f64,
}

/// The words that are missing until so much of a text is known.
#[derive(Debug, Serialize)]
pub struct Needed {
    /// The part that is then known.
    pub percent: u8,
    /// The number of words.
    pub words: u32,
}

/// A level of an HSK list.
#[derive(Debug, Serialize)]
pub struct LevelWords {
    /// The level.
    pub level: &'static str,
    /// The number of words.
    pub words: u32,
}

/// A sentence with much in it that is not known.
#[derive(Debug, Serialize)]
pub struct Hard {
    /// The sentence.
    pub sentence: String,
    /// The part of its words that is not known, in percent.
    pub unknown: f64,
}

/// The names of the slots of `Coverage::hsk`.
const LEVELS: [&str; 8] = ["1", "2", "3", "4", "5", "6", "7-9", "unlisted"];

/// One digit after the point, always downwards: 94.96 % is not 95.
fn percent(share: f64) -> f64 {
    (share * 1000.0 + 1e-9).floor() / 10.0
}

impl From<Share> for ShareRow {
    fn from(share: Share) -> Self {
        Self {
            known: share.known,
            learning: share.learning,
            new: share.new,
            coverage: percent(share.coverage()),
        }
    }
}

impl Report {
    fn new(article: &Article, coverage: &Coverage, version: HskVersion) -> Self {
        let text = article.annotated.text();
        let sentence = |index: u32| {
            article
                .sentences
                .get(index as usize)
                .map(|span| span.of(text).trim().to_owned())
                .unwrap_or_default()
        };
        Self {
            title: article.document.title.as_ref().map(|title| title.text.clone()).unwrap_or_default(),
            tokens: coverage.tokens.into(),
            tokens_with_names: coverage.tokens_with_names.into(),
            types: coverage.types.into(),
            types_with_names: coverage.types_with_names.into(),
            hanzi: coverage.hanzi.0,
            hanzi_known: coverage.hanzi.1,
            needed: coverage.needed.map(|(percent, words)| Needed { percent, words }).into(),
            hsk_version: version.to_string(),
            hsk: LEVELS
                .into_iter()
                .zip(coverage.hsk)
                .map(|(level, words)| LevelWords { level, words })
                .collect(),
            hardest: coverage
                .hardest
                .iter()
                .map(|&(index, unknown)| Hard { sentence: sentence(index), unknown: percent(unknown) })
                .collect(),
        }
    }
}

/// A row of the ranking.
#[derive(Debug, Serialize)]
pub struct Ranked {
    /// Its number.
    pub id: i64,
    /// Its title, if it has one.
    pub title: String,
    /// The part of its running words that is known, without names, in percent.
    pub coverage: f64,
    /// The same with names.
    pub coverage_with_names: f64,
    /// Different words of it that are being learned.
    pub learning: u32,
    /// Different words of it that are new.
    pub new: u32,
    /// Different words that it has.
    pub words: u32,
}

/// Stored articles, the most readable first.
#[derive(Debug)]
pub struct Ranking {
    /// The first ones.
    pub rows: Vec<Ranked>,
    /// How many come after them.
    pub more: usize,
}

impl Library {
    /// Its articles, the most readable first, at most so many.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn rank(&self, limit: usize) -> Result<Ranking, Failure> {
        self.ranked(&Selection::All, limit)
    }

    /// Some of its articles, the most readable first, at most so many.
    pub(super) fn ranked(&self, some: &Selection, limit: usize) -> Result<Ranking, Failure> {
        let mut articles = self.store.articles(some)?;
        let unknown = |row: &ArticleRow| row.types.new + row.types.learning;
        articles.sort_by(|one, other| {
            let shares = other.tokens.coverage().total_cmp(&one.tokens.coverage());
            shares.then_with(|| unknown(one).cmp(&unknown(other))).then_with(|| other.id.cmp(&one.id))
        });
        let total = articles.len();
        let rows = articles.into_iter().take(limit).map(|row| Ranked {
            id: row.id,
            coverage: percent(row.tokens.coverage()),
            coverage_with_names: percent(row.tokens_with_names.coverage()),
            learning: row.types.learning,
            new: row.types.new,
            words: row.types.total(),
            title: row.title,
        });
        let rows: Vec<Ranked> = rows.collect();
        Ok(Ranking { more: total - rows.len(), rows })
    }
}
