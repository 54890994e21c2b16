//! A word in the library and in the dictionary, and an article with its pinyin.

mod why;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use super::rows::{LevelsRow, LineRow, WordRow};
use super::{Failure, Library, deck_file};
use crate::annotated::DoubtWhy;
use crate::deck::{Notation, sentence_pinyin};
use crate::dictionary::{Dictionary, Meaning, gloss};
use crate::document::{Cut, Why};
use crate::hanzi::{Headword, is_hanzi};
use crate::pinyin::write;
use crate::pipeline::{Article, Line};
use crate::span::Span;
use crate::store::{Exported, Fault, Seen, Selection, Store};
use crate::text::{flat, usual};
use crate::words::{Example, ExampleWord, Moment, Status};

pub use why::{CutBy, ExplainedRow, ReadBy, RungRow, why};

/// The word or article that a name means.
#[derive(Debug)]
pub enum Found {
    /// A word of the library, in each of its readings.
    Words(Vec<ShownWord>),
    /// A word that only the dictionary has.
    Entries(Vec<Entry>),
    /// An article.
    Article(Box<ShownArticle>),
}

/// A word of the library: a row of `show --json`.
#[derive(Debug, Serialize)]
pub struct ShownWord {
    /// The word.
    #[serde(flatten)]
    pub word: WordRow,
    /// The part of it that the dictionary has from us, because CC-CEDICT lacks it.
    #[serde(skip)]
    pub ours: Ours,
    /// The decks that have given it.
    pub decks: Vec<String>,
    /// Sentences that it stands in.
    pub sentences: Vec<Sentence>,
}

/// A sentence of an article.
#[derive(Debug, Serialize)]
pub struct Sentence {
    /// The text.
    pub text: String,
    /// The article's number.
    pub article: i64,
    /// The article's title.
    pub title: String,
}

/// A word in a reading, as the dictionary has it. The fields are called as those of a word of the library.
#[derive(Debug, Serialize)]
pub struct Entry {
    /// Dictionary form.
    pub simplified: String,
    /// Traditional form.
    pub traditional: String,
    /// Tone marks, a blank between syllables.
    pub pinyin: String,
    /// The senses, the most useful first.
    pub glosses: Vec<String>,
    /// Level by list.
    pub hsk: LevelsRow,
    count: u32,
    articles: u32,
    /// Our own entries and senses of it, which CC-CEDICT lacks.
    #[serde(skip)]
    pub ours: Ours,
}

/// The part of a word that is ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ours {
    /// All of it is CC-CEDICT's.
    Nothing,
    /// Some of its senses.
    Senses(Vec<&'static str>),
    /// The whole word.
    Word,
}

impl Ours {
    fn of(meaning: &Meaning<'static>) -> Self {
        let senses: Vec<&str> = meaning.glosses().into_iter().filter(|gloss| meaning.is_own(gloss)).collect();
        match senses.is_empty() {
            _ if meaning.is_ours() => Self::Word,
            true => Self::Nothing,
            false => Self::Senses(senses),
        }
    }
}

/// An article, read as it is read now.
#[derive(Debug)]
pub struct ShownArticle {
    /// Its number.
    pub id: i64,
    /// The article.
    pub article: Article,
    /// The doubts about its brackets.
    pub doubts: Vec<DoubtRow>,
}

/// A doubt about pinyin in brackets.
#[derive(Clone, Debug, Serialize)]
pub struct DoubtRow {
    /// The line of the raw text.
    pub line: Option<u32>,
    /// The hanzi of that line, from 1 on.
    pub column: usize,
    /// The text between the brackets.
    pub written: String,
    /// The doubt, in words.
    pub why: &'static str,
}

/// A stretch that was cut from an article. Lines are those of the file; of a page, those that it shows.
#[derive(Debug, Serialize)]
pub struct CutRow<'a> {
    /// The first line of the raw text.
    pub first_line: u32,
    /// The last one.
    pub last_line: u32,
    /// The reason.
    pub why: &'static str,
    /// The text that was cut.
    pub text: &'a str,
}

impl<'a> CutRow<'a> {
    pub(super) fn new(cut: &'a Cut) -> Self {
        Self {
            first_line: cut.first_line,
            last_line: cut.last_line,
            why: cut_reason(cut.why),
            text: &cut.text,
        }
    }
}

/// An article with the readings of its words: a row of `show --json`.
#[derive(Debug, Serialize)]
pub struct ReadArticleRow<'a> {
    article: i64,
    title: &'a str,
    paragraphs: Vec<LineRow<'a>>,
    doubts: &'a [DoubtRow],
    cuts: Vec<CutRow<'a>>,
}

impl<'a> ReadArticleRow<'a> {
    /// From an article and its text, a line a paragraph.
    #[must_use]
    pub fn new(shown: &'a ShownArticle, text: &'a Line) -> Self {
        let title = text.text().lines().next().unwrap_or_default();
        let paragraphs = LineRow::each(text);
        Self { article: shown.id, title, paragraphs, doubts: &shown.doubts, cuts: shown.cuts() }
    }
}

/// A reading that is not sure.
#[derive(Debug)]
pub struct Unsure {
    /// The line of the raw text.
    pub line: u32,
    /// The hanzi of that line, from 1 on.
    pub column: usize,
    /// The form that stands there.
    pub form: String,
    /// The reading.
    pub pinyin: String,
}

impl Library {
    /// The meaning of a name: a word, else an article, else a word that only the dictionary has.
    ///
    /// # Errors
    /// When it means nothing, or the library can't be read.
    pub fn find(&self, what: &str) -> Result<Found, Failure> {
        let form = usual(what);
        if form.chars().all(is_hanzi)
            && let Some(simplified) = Dictionary::embedded().find_any(&form).map(|word| word.simplified)
            && let Some(words) = words(simplified, &self.store)?
        {
            return Ok(Found::Words(words));
        }
        if let Some(words) = words(&form, &self.store)? {
            return Ok(Found::Words(words));
        }
        let id = match self.store.article(what) {
            Ok(id) => id,
            Err(error) if matches!(error.fault(), Fault::NoArticle { .. }) => {
                let entries = entries(&form);
                if !entries.is_empty() {
                    return Ok(Found::Entries(entries));
                }
                let failure = Failure::from(error);
                let has_hanzi = what.chars().any(is_hanzi);
                return Err(if has_hanzi {
                    failure.hint("no dictionary has such a word, either")
                } else {
                    failure
                });
            }
            Err(error) => return Err(error.into()),
        };
        let (raw, _) = self.store.text(id)?;
        let article = self.reader().read(&raw);
        let doubts = doubts(&article);
        Ok(Found::Article(Box::new(ShownArticle { id, article, doubts })))
    }

    /// An article's clean text, a line a paragraph.
    #[must_use]
    pub fn paragraphs(&self, article: &Article) -> Line {
        self.reader().read_line(article.document.text().trim_end_matches('\n'))
    }
}

/// A word in all its readings, if the library has it.
fn words(form: &str, store: &Store) -> Result<Option<Vec<ShownWord>>, Failure> {
    let Ok(headword) = Headword::new(form) else { return Ok(None) };
    let records = store.readings_of(&headword)?;
    if records.is_empty() {
        return Ok(None);
    }
    let exported = store.exported_by_all()?;
    let mut rows = Vec::new();
    for record in &records {
        let examples =
            store.examples(&[record.id], &Selection::All, 3)?.remove(&record.id).unwrap_or_default();
        let word = Dictionary::embedded().find(form);
        let meaning = word.and_then(|word| Meaning::of(&word, record.key.reading.syllables()));
        rows.push(ShownWord {
            ours: meaning.map_or(Ours::Nothing, |meaning| Ours::of(&meaning)),
            word: WordRow::new(record, Seen { count: record.count, articles: record.articles }),
            decks: exported.get(&record.guid).map(names).unwrap_or_default(),
            sentences: examples
                .into_iter()
                .map(|example| Sentence {
                    text: example.sentence.to_string(),
                    article: example.article,
                    title: example.title.to_string(),
                })
                .collect(),
        });
    }
    Ok(Some(rows))
}

/// The names of decks, each once.
fn names(decks: &BTreeMap<String, Exported>) -> Vec<String> {
    let names: BTreeSet<&str> = decks.keys().map(|deck| deck_file::name(deck)).collect();
    names.into_iter().map(str::to_owned).collect()
}

/// The dictionary's entries of a word, reading by reading.
fn entries(form: &str) -> Vec<Entry> {
    let Some(word) = Dictionary::embedded().find_any(form) else { return Vec::new() };
    let mut entries = Vec::new();
    for syllables in word.readings() {
        let Some(meaning) = Meaning::of(&word, &syllables) else { continue };
        entries.push(Entry {
            simplified: word.simplified.to_owned(),
            traditional: meaning.form().to_owned(),
            pinyin: write::spaced(&syllables),
            glosses: meaning.glosses().into_iter().map(|g| gloss::pretty(g, word.simplified)).collect(),
            hsk: LevelsRow(meaning.hsk()),
            count: 0,
            articles: 0,
            ours: Ours::of(&meaning),
        });
    }
    entries
}

impl ShownArticle {
    /// The stretches that were cut from it.
    #[must_use]
    pub fn cuts(&self) -> Vec<CutRow<'_>> {
        self.article.document.cuts.iter().map(CutRow::new).collect()
    }

    /// Its readings that are not sure.
    #[must_use]
    pub fn unsure(&self) -> Vec<Unsure> {
        let article = &self.article;
        let mut places = article.annotated.places();
        let unsure = article.occurrences.iter().filter(|occurrence| !occurrence.sure);
        unsure
            .map(|occurrence| {
                let place = places.of(occurrence.span.start());
                Unsure {
                    line: article.document.raw_line(place.line).unwrap_or(0),
                    column: place.column,
                    form: occurrence.span.of(article.annotated.text()).to_owned(),
                    pinyin: occurrence.key.pinyin(occurrence.kind),
                }
            })
            .collect()
    }

    /// Its sentences, each with its pinyin; what is not sure has a `?`.
    #[must_use]
    pub fn sentences(&self) -> Vec<(&str, String)> {
        let article = &self.article;
        let text = article.annotated.text();
        let mut occurrences = article.occurrences.iter().peekable();
        let mut sentences = Vec::new();
        for sentence in &article.sentences {
            let mut words = Vec::new();
            while let Some(occurrence) = occurrences.next_if(|o| o.span.start() < sentence.end()) {
                let from = |at: usize| at.saturating_sub(sentence.start());
                let place = from(occurrence.span.start())..from(occurrence.span.end());
                let Some(span) = Span::new(sentence.of(text), place) else { continue };
                words.push(ExampleWord {
                    span,
                    kind: occurrence.kind,
                    key: (*occurrence.key).clone(),
                    sure: occurrence.sure,
                    status: Status::New,
                });
            }
            sentences.push((sentence.of(text), pinyin_of(sentence.of(text), words)));
        }
        sentences
    }
}

/// The pinyin of a sentence, as cards have it.
fn pinyin_of(sentence: &str, words: Vec<ExampleWord>) -> String {
    let example = Example {
        sentence: sentence.into(),
        places: Vec::new(),
        words: words.into_iter().collect(),
        article: 0,
        title: "".into(),
        origin: "".into(),
        added: Moment::default(),
        cited: Arc::default(),
    };
    let html = sentence_pinyin(&example, Notation::Marks, Dictionary::embedded());
    flat(html.as_str()).text.trim().to_owned()
}

fn doubts(article: &Article) -> Vec<DoubtRow> {
    let mut places = article.annotated.places();
    article
        .annotated
        .doubts()
        .iter()
        .map(|doubt| {
            let place = places.of(doubt.at);
            DoubtRow {
                line: article.document.raw_line(place.line),
                column: place.column,
                written: doubt.written.clone(),
                why: match doubt.why {
                    DoubtWhy::Misfit => "is pinyin, but not of the hanzi before it",
                    DoubtWhy::Ambiguous => "can be read in several ways",
                    DoubtWhy::UnknownReading => "gives a tone that no dictionary has; it was not taken",
                    DoubtWhy::AgainstDictionary => "is against the dictionary; cards follow the dictionary",
                },
            }
        })
        .collect()
}

/// Why a stretch was cut, in words.
#[must_use]
pub fn cut_reason(why: Why) -> &'static str {
    match why {
        Why::RepeatedTitle => "the title once more",
        Why::Repeated => "stood there before",
        Why::Noise => "what the site prints round an article",
        Why::Comments => "the comment box",
        Why::Elsewhere => "what stands outside the article",
    }
}
