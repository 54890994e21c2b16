//! The sentences that words stood in, with everything that a card shows of them.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rusqlite::{Connection, params};

use super::blob::{self, Place, SentenceWord};
use super::lexicon::Lexicon;
use super::standing::{self, bytes};
use super::{Fault, Selection, Shown, Store, StoreError, articles};
use crate::span::Span;
use crate::words::{Example, ExampleWord, Moment};

/// Up to so many selected articles are searched sentence by sentence; of more, what a word keeps at hand is
/// looked at first.
const FEW_ARTICLES: usize = 64;

/// From so many words on, all keys are loaded at once.
const MANY_WORDS: usize = 400;

impl Store {
    /// Sentences with these words out of the selected articles, newest articles first, at most `most` a word.
    /// A word without one is not in the map.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn examples(
        &self,
        words: &[i64],
        selection: &Selection,
        most: usize,
    ) -> Result<BTreeMap<i64, Vec<Example>>, StoreError> {
        self.examples_keeping(words, selection, most, &BTreeMap::new())
    }

    /// The same, and of each word the sentence that its note shows already, wherever that is from, as long as it
    /// still stands there: it is the last one where it isn't among the others.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn examples_keeping(
        &self,
        words: &[i64],
        selection: &Selection,
        most: usize,
        shown: &BTreeMap<i64, Shown>,
    ) -> Result<BTreeMap<i64, Vec<Example>>, StoreError> {
        self.read(|connection| {
            let mut places = places(connection, words, selection, most)?;
            for &word in words {
                let Some(shown) = shown.get(&word) else { continue };
                let Some(place) = place_of(connection, word, shown)? else { continue };
                let of_word = places.entry(word).or_default();
                if !of_word.contains(&place) {
                    of_word.push(place);
                }
            }
            let sentences = Sentences::load(connection, &places, words.len() > MANY_WORDS)?;
            let examples = in_parallel(places.into_iter().collect(), |(word, places): (i64, Vec<Place>)| {
                let of_word: Result<Vec<Example>, Fault> =
                    places.into_iter().map(|place| sentences.example(word, place)).collect();
                Ok((word, of_word?))
            })?;
            Ok(examples.into_iter().collect())
        })
    }
}

/// Where each word stands, newest articles first.
fn places(
    connection: &Connection,
    words: &[i64],
    selection: &Selection,
    most: usize,
) -> Result<BTreeMap<i64, Vec<Place>>, Fault> {
    let selected = selection.articles(connection)?;
    let mut places: BTreeMap<i64, Vec<Place>> = BTreeMap::new();
    let few = selected.as_ref().is_some_and(|articles| articles.len() <= FEW_ARTICLES);
    if !few {
        let mut at_hand = connection.prepare_cached("SELECT places FROM standing WHERE word = ?1")?;
        for &word in words {
            let mut rows = at_hand.query([word])?;
            let Some(row) = rows.next()? else { continue };
            let mut of_word = blob::read_places(bytes(row, 0)?)?;
            of_word.retain(|place| selected.as_ref().is_none_or(|ids| ids.contains(&place.article)));
            of_word.sort_unstable_by_key(|place| (std::cmp::Reverse(place.article), place.sentence));
            of_word.truncate(most);
            if !of_word.is_empty() {
                places.insert(word, of_word);
            }
        }
    }
    let Some(selected) = selected else { return Ok(places) };
    let mut wanted: BTreeSet<i64> = words.iter().copied().filter(|word| !places.contains_key(word)).collect();
    for &article in selected.iter().rev() {
        if wanted.is_empty() || most == 0 {
            break;
        }
        let here = words_of(connection, article, &wanted)?;
        if here.is_empty() {
            continue;
        }
        for (word, found) in standing::places_in(connection, article, &here, standing::PLACES_AN_ARTICLE)? {
            let of_word = places.entry(word).or_default();
            of_word.extend(found);
            of_word.truncate(most);
            if of_word.len() == most {
                wanted.remove(&word);
            }
        }
    }
    Ok(places)
}

/// Where the sentence is that a word's note shows.
fn place_of(connection: &Connection, word: i64, shown: &Shown) -> Result<Option<Place>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT id, words FROM sentence WHERE id >= ?1 AND id < ?2 AND text = ?3 ORDER BY id",
    )?;
    let (from, to) = (standing::sentence_id(shown.article, 0), standing::sentence_id(shown.article + 1, 0));
    let mut rows = statement.query(params![from, to, shown.sentence])?;
    while let Some(row) = rows.next()? {
        if blob::read_sentence(bytes(row, 1)?)?.iter().any(|seen| seen.word == word) {
            let (article, sentence) = standing::sentence_of(row.get(0)?);
            return Ok(Some(Place { article, sentence }));
        }
    }
    Ok(None)
}

/// Those of the words that stand in an article.
fn words_of(connection: &Connection, article: i64, words: &BTreeSet<i64>) -> Result<BTreeSet<i64>, Fault> {
    let mut statement = connection.prepare_cached("SELECT profile FROM digest WHERE article = ?1")?;
    let mut rows = statement.query([article])?;
    let Some(row) = rows.next()? else { return Ok(BTreeSet::new()) };
    let mut here = BTreeSet::new();
    for entry in blob::read_profile(bytes(row, 0)?) {
        let word = entry?.word;
        if words.contains(&word) {
            here.insert(word);
        }
    }
    Ok(here)
}

/// Sentences with their words, each read once; the words; and the articles that they are from.
struct Sentences {
    lexicon: Lexicon,
    articles: BTreeMap<i64, (String, String, Moment)>,
    /// Sorted.
    places: Vec<Place>,
    sentences: Vec<(String, Vec<SentenceWord>)>,
}

impl Sentences {
    fn load(connection: &Connection, places: &BTreeMap<i64, Vec<Place>>, many: bool) -> Result<Self, Fault> {
        let mut places: Vec<Place> = places.values().flatten().copied().collect();
        places.sort_unstable();
        places.dedup();
        // In the order of the rows, so that the disk is read forwards; what was read is unpacked on all processors.
        let mut statement = connection.prepare_cached("SELECT text, words FROM sentence WHERE id = ?1")?;
        let mut packed: Vec<(String, Vec<u8>)> = Vec::with_capacity(places.len());
        for &place in &places {
            let mut rows = statement.query([standing::sentence_id(place.article, place.sentence)])?;
            let row = rows.next()?.ok_or_else(|| missing(place))?;
            packed.push((row.get(0)?, row.get(1)?));
        }
        let sentences = in_parallel(packed, |(text, words)| Ok((text, blob::read_sentence(&words)?)))?;
        let mut lexicon = Lexicon::default();
        if many {
            lexicon.load_all(connection)?;
        } else {
            for word in sentences.iter().flat_map(|(_, words)| words) {
                lexicon.load(connection, word.word)?;
            }
        }
        let mut articles = BTreeMap::new();
        for place in &places {
            if let Entry::Vacant(vacant) = articles.entry(place.article) {
                vacant.insert(article(connection, place.article)?);
            }
        }
        Ok(Self { lexicon, articles, places, sentences })
    }

    fn example(&self, word: i64, place: Place) -> Result<Example, Fault> {
        let (sentence, words) = self
            .places
            .binary_search(&place)
            .ok()
            .and_then(|at| self.sentences.get(at))
            .ok_or_else(|| missing(place))?;
        let mut places = Vec::new();
        let mut example_words = Vec::with_capacity(words.len());
        for seen in words {
            let Some(span) = Span::new(sentence, seen.start..seen.end) else { continue };
            if seen.word == word {
                places.push(span);
            }
            let (key, status) = self.lexicon.get(seen.word)?.clone();
            example_words.push(ExampleWord {
                span,
                kind: seen.marks.kind,
                key,
                sure: seen.marks.sure,
                status,
            });
        }
        if places.is_empty() {
            return Err(missing(place));
        }
        let (title, origin, added) = self.articles.get(&place.article).ok_or_else(|| missing(place))?.clone();
        Ok(Example {
            sentence: sentence.clone(),
            places,
            words: example_words,
            article: place.article,
            title,
            origin,
            added,
        })
    }
}

/// Title, origin and first moment of an article.
fn article(connection: &Connection, id: i64) -> Result<(String, String, Moment), Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(d.title, a.origin), a.origin_kind, a.origin, a.added
         FROM article a LEFT JOIN digest d ON d.article = a.id WHERE a.id = ?1",
    )?;
    Ok(statement.query_row([id], |row| {
        Ok((row.get(0)?, articles::read_origin(row, 1)?.to_string(), Moment(row.get(3)?)))
    })?)
}

/// Works on many things at once, and on few without waking other processors for them. The order stays.
fn in_parallel<T: Send, R: Send>(
    things: Vec<T>,
    work: impl Fn(T) -> Result<R, Fault> + Send + Sync,
) -> Result<Vec<R>, Fault> {
    if things.len() < MANY_WORDS {
        things.into_iter().map(work).collect()
    } else {
        things.into_par_iter().with_min_len(64).map(work).collect()
    }
}

fn missing(place: Place) -> Fault {
    Fault::Corrupt(format!(
        "sentence {} of article {} is not as a word has it",
        place.sentence, place.article
    ))
}
