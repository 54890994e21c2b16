//! The rows of JSON, for machines. They are a promise: a field is never renamed or dropped.

use std::ops::Range;

use serde::{Serialize, Serializer};

use super::add::Taken;
use super::clean::{Cleaned, Refused};
use super::show::CutRow;
use crate::dictionary::{Dictionary, Hsk, HskLevel, HskVersion, Meaning, gloss};
use crate::document::Origin;
use crate::hanzi::is_hanzi;
use crate::pinyin::write;
use crate::pipeline::Line;
use crate::store::{ArticleRow, Outcome, Pair, Seen};
use crate::words::{Moment, Occurrence, Record, WordKey};

/// A line of text, read: a row of `read --json`.
#[derive(Debug, Serialize)]
pub struct LineRow<'a> {
    /// The line.
    pub text: &'a str,
    /// The tokens that tile it.
    pub tokens: Vec<TokenRow<'a>>,
}

/// A token of a line. `pinyin`, `evidence`, `rule` and `sure` are null where it has no hanzi.
#[derive(Debug, Serialize)]
pub struct TokenRow<'a> {
    /// As it was given.
    pub text: &'a str,
    /// Tone marks, a blank between syllables.
    pub pinyin: Option<String>,
    /// The kind of token.
    pub kind: &'static str,
    /// The source of the reading.
    pub evidence: Option<&'static str>,
    /// The rule that decided it.
    pub rule: Option<&'static str>,
    /// Whether it is beyond doubt.
    pub sure: Option<bool>,
}

impl<'a> LineRow<'a> {
    /// The row of a text that is one line.
    #[must_use]
    pub fn new(line: &'a Line) -> Self {
        let mut row = Self { text: line.text(), tokens: Vec::new() };
        row.tokens.extend(tokens(line).map(|(place, token)| token.row(&line.text()[place])));
        row
    }

    /// The rows of a text that was read whole, a line each.
    #[must_use]
    pub fn each(text: &'a Line) -> Vec<Self> {
        let all = text.text();
        let mut rows: Vec<Self> =
            all.split('\n').map(|line| Self { text: line, tokens: Vec::new() }).collect();
        let mut number = 0;
        for (place, token) in tokens(text) {
            // Only what is no word can hold the end of a line.
            for (i, part) in all[place].split('\n').enumerate() {
                number += usize::from(i > 0);
                if !part.is_empty()
                    && let Some(row) = rows.get_mut(number)
                {
                    row.tokens.push(token.row(part));
                }
            }
        }
        rows
    }
}

/// A token as a row shows it, but for its text.
struct Told<'a> {
    kind: &'static str,
    occurrence: Option<&'a Occurrence>,
}

impl Told<'_> {
    fn row<'t>(&self, text: &'t str) -> TokenRow<'t> {
        let occurrence = self.occurrence;
        TokenRow {
            text,
            pinyin: occurrence.map(|o| o.key.pinyin(o.kind)),
            kind: self.kind,
            evidence: occurrence.map(|o| o.evidence.as_str()),
            rule: occurrence.map(|o| o.rule.as_str()),
            sure: occurrence.map(|o| o.sure),
        }
    }
}

/// The tokens of a text, and where each stands in the text as it was given.
fn tokens(line: &Line) -> impl Iterator<Item = (Range<usize>, Told<'_>)> {
    let mut occurrences = line.occurrences.iter().peekable();
    line.tokens.iter().map(move |token| {
        let occurrence = occurrences.next_if(|o| o.span == token.span);
        (line.place(token.span), Told { kind: token.kind.as_str(), occurrence })
    })
}

/// An article that was added: a row of `add --json`.
#[derive(Debug, Serialize)]
pub struct AddedRow<'a> {
    article: i64,
    title: &'a str,
    origin: String,
    outcome: &'static str,
    words: u32,
    new: u32,
    pairs: usize,
    doubts: usize,
    cuts: usize,
    /// The article that the same file held before, where this is another one.
    held_before: Option<i64>,
}

impl<'a> AddedRow<'a> {
    /// The row of an article.
    #[must_use]
    pub fn new(taken: &'a Taken) -> Self {
        Self {
            article: taken.added.article,
            title: &taken.added.title,
            origin: taken.added.origin.to_string(),
            outcome: outcome(taken.added.outcome),
            words: taken.added.words,
            new: taken.added.born,
            pairs: taken.pairs,
            doubts: taken.doubts,
            cuts: taken.cuts,
            held_before: taken.added.held_before,
        }
    }
}

/// An article that was cleaned: a row of `clean --json`.
#[derive(Debug, Serialize)]
pub struct CleanedRow<'a> {
    origin: String,
    title: Option<&'a str>,
    author: Option<&'a str>,
    /// ISO 8601.
    date: Option<String>,
    site: Option<&'a str>,
    url: Option<&'a str>,
    script: &'static str,
    /// The body, a line a paragraph.
    text: String,
    cuts: Vec<CutRow<'a>>,
}

impl<'a> CleanedRow<'a> {
    /// The row of an article.
    #[must_use]
    pub fn new(cleaned: &'a Cleaned) -> Self {
        let Cleaned { origin, article, script, .. } = cleaned;
        let paragraphs: Vec<&str> =
            article.paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
        Self {
            origin: origin.to_string(),
            title: article.title.as_ref().map(|title| title.text.as_str()),
            author: article.about.author.as_deref(),
            date: article.about.published.map(|at| at.to_string()),
            site: article.about.site.as_deref(),
            url: article.about.address.as_deref().or(match origin {
                Origin::Web(url) => Some(url),
                _ => None,
            }),
            script: script.as_str(),
            text: paragraphs.join("\n"),
            cuts: article.cuts.iter().map(CutRow::new).collect(),
        }
    }
}

/// An input in which no article was found: a row of `clean --json`.
#[derive(Debug, Serialize)]
pub struct RefusedRow<'a> {
    origin: &'a str,
    error: String,
    hint: &'static str,
}

impl<'a> RefusedRow<'a> {
    /// The row of an input.
    #[must_use]
    pub fn new(refused: &'a Refused) -> Self {
        Self { origin: &refused.origin, error: refused.error.to_string(), hint: refused.error.hint() }
    }
}

/// The levels of a word, list by list: `{"2015": "4", "2021": "7-9", "2025": null}`.
#[derive(Clone, Copy, Debug)]
pub struct LevelsRow(pub Hsk);

impl LevelsRow {
    /// Each list, and the word's level in it.
    pub fn iter(self) -> impl Iterator<Item = (HskVersion, Option<HskLevel>)> {
        HskVersion::ALL.into_iter().map(move |version| (version, self.0.level(version)))
    }
}

impl Serialize for LevelsRow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer
            .collect_map(self.iter().map(|(version, level)| (version.as_str(), level.map(HskLevel::as_str))))
    }
}

/// The dictionary's meaning of a word in its reading.
#[must_use]
pub fn meaning(key: &WordKey) -> Option<Meaning<'static>> {
    let word = Dictionary::embedded().find(key.headword.as_str())?;
    Meaning::however_read(&word, key.reading.syllables())
}

/// The senses of a word, the learner's choice first; `meaning` is the dictionary's.
pub fn glosses<'r>(
    record: &'r Record,
    meaning: Option<&Meaning<'static>>,
) -> impl Iterator<Item = String> + use<'r> {
    let headword = record.key.headword.as_str();
    let chosen = record.sense.as_deref();
    let listed = meaning.map(Meaning::glosses).unwrap_or_default();
    let others = listed.into_iter().filter(move |&gloss| Some(gloss) != chosen);
    chosen.into_iter().chain(others).map(move |gloss| gloss::pretty(gloss, headword))
}

/// A word of the library: a row of `words --json`. `count` and `articles` are of the articles that were asked for.
#[derive(Debug, Serialize)]
pub struct WordRow {
    /// Dictionary form.
    pub simplified: String,
    /// Traditional form.
    pub traditional: String,
    /// Tone marks, a blank between syllables.
    pub pinyin: String,
    /// The senses in this reading, the most useful first.
    pub glosses: Vec<String>,
    /// Level by list.
    pub hsk: LevelsRow,
    /// Occurrences.
    pub count: u32,
    /// Articles that have it.
    pub articles: u32,
    /// The kind of word.
    pub kind: &'static str,
    /// The learner's status of it.
    pub status: &'static str,
    /// Why we believe the reading.
    pub evidence: &'static str,
    /// Whether the reading needs no second look.
    pub sure: bool,
    /// A word that no dictionary has.
    pub proposed: bool,
}

impl WordRow {
    /// The row of a word.
    #[must_use]
    pub fn new(record: &Record, seen: Seen) -> Self {
        let headword = record.key.headword.as_str();
        let meaning = meaning(&record.key);
        let form = meaning.as_ref().map(Meaning::form);
        let traditional: &str = form.unwrap_or(headword);
        Self {
            simplified: headword.to_owned(),
            traditional: traditional.to_owned(),
            pinyin: record.key.pinyin(record.kind),
            glosses: glosses(record, meaning.as_ref()).collect(),
            hsk: LevelsRow(meaning.as_ref().map(Meaning::hsk).unwrap_or_default()),
            count: seen.count,
            articles: seen.articles,
            kind: record.kind.as_str(),
            status: record.status.as_str(),
            evidence: record.evidence.as_str(),
            sure: record.sure,
            proposed: record.proposed,
        }
    }
}

/// An aligned pair: a row of `pairs --json`.
#[derive(Debug, Serialize)]
pub struct PairRow {
    /// Just the hanzi that it reads.
    pub hanzi: String,
    /// Tone marks, a blank between syllables.
    pub pinyin: String,
    /// In how many places it stands.
    pub count: usize,
    /// The article's number.
    pub article: i64,
}

impl PairRow {
    /// The row of a pair.
    #[must_use]
    pub fn new(pair: &Pair) -> Self {
        Self {
            hanzi: pair.hanzi.chars().filter(|&c| is_hanzi(c)).collect(),
            pinyin: write::spaced(pair.reading.syllables()),
            count: pair.places.len(),
            article: pair.article,
        }
    }
}

/// An article of the library: a row of `articles --json`. Shares are of running words without names, 0 to 1.
#[derive(Debug, Serialize)]
pub struct ArticleJson {
    id: i64,
    title: String,
    origin: String,
    author: Option<String>,
    /// When it was published, ISO 8601.
    date: Option<String>,
    site: Option<String>,
    url: Option<String>,
    /// Where else it was found, word for word or nearly so.
    copies: Vec<String>,
    added: String,
    tags: Vec<String>,
    sentences: u32,
    tokens: u32,
    words: u32,
    known: f64,
    learning: u32,
    new: u32,
}

impl ArticleJson {
    /// The row of an article.
    #[must_use]
    pub fn new(row: &ArticleRow) -> Self {
        Self {
            id: row.id,
            title: row.title.clone(),
            origin: row.origin.to_string(),
            author: row.cited.author.clone(),
            date: row.cited.published.clone(),
            site: row.cited.site.clone(),
            url: row.cited.address.clone(),
            copies: row.copies.iter().map(ToString::to_string).collect(),
            added: time(row.added),
            tags: row.tags.clone(),
            sentences: row.sentences,
            tokens: row.tokens.total(),
            words: row.types.total(),
            known: row.tokens.coverage(),
            learning: row.types.learning,
            new: row.types.new,
        }
    }
}

/// A moment as `2026-11-23T09:00:00Z`.
#[must_use]
pub fn time(moment: Moment) -> String {
    jiff::Timestamp::from_second(moment.0).unwrap_or_default().to_string()
}

/// A moment as a day: `2026-11-23`.
#[must_use]
pub fn day(moment: Moment) -> String {
    time(moment).chars().take(10).collect()
}

/// The name of an outcome in JSON.
#[must_use]
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::New => "new",
        Outcome::Same => "same",
        Outcome::Edited => "edited",
        Outcome::Copy => "copy",
    }
}
