//! The sentences that words stood in, with everything that a card shows of them.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use rusqlite::{Connection, params};

use super::blob::{self, Marks, Place};
use super::lexicon::Lexicon;
use super::standing::{self, bytes};
use super::{Fault, Selection, Store, StoreError, articles};
use crate::span::Span;
use crate::words::{Cited, Example, ExampleWord, Moment, Shown};

/// The most selected articles that are searched sentence by sentence; of more, what a word keeps at hand is looked at
/// first.
const FEW_ARTICLES: usize = 64;

/// From so many words on, all keys are loaded at once.
const MANY_WORDS: usize = 400;

/// Sentences of so many words are held at a time.
const AT_A_TIME: usize = 2000;

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
        self.examples_by(words, selection, most, &BTreeMap::new(), |_, examples| examples)
    }

    /// The same, and of each word the sentence that its note shows already, wherever that is from, as long as it
    /// still stands there: it is the last one where it isn't among the others. Of all of them what `pick` makes of
    /// them is kept: the sentences of ten thousand words would fill the memory.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn examples_by<R: Send>(
        &self,
        words: &[i64],
        selection: &Selection,
        most: usize,
        shown: &BTreeMap<i64, Shown>,
        pick: impl Fn(i64, Vec<Example>) -> R + Send + Sync,
    ) -> Result<BTreeMap<i64, R>, StoreError> {
        // Words that were first met together share sentences.
        let mut words = words.to_vec();
        words.sort_unstable();
        self.read(|connection| {
            let selected = selection.articles(connection)?;
            let mut lexicon = Lexicon::default();
            if words.len() > MANY_WORDS {
                lexicon.load_all(connection)?;
            }
            let mut picked = BTreeMap::new();
            for words in words.chunks(AT_A_TIME) {
                let mut places = places(connection, words, selected.as_ref(), most)?;
                for &word in words {
                    let Some(shown) = shown.get(&word) else { continue };
                    let Some(place) = place_of(connection, word, shown)? else { continue };
                    let of_word = places.entry(word).or_default();
                    if !of_word.contains(&place) {
                        of_word.push(place);
                    }
                }
                let sentences = Sentences::load(connection, &places, &mut lexicon)?;
                picked.extend(in_parallel(
                    places.into_iter().collect(),
                    |(word, places): (i64, Vec<Place>)| {
                        let of_word: Result<Vec<Example>, Fault> =
                            places.into_iter().map(|place| sentences.example(word, place)).collect();
                        Ok((word, pick(word, of_word?)))
                    },
                )?);
            }
            Ok(picked)
        })
    }
}

/// Where each word stands, newest articles first.
fn places(
    connection: &Connection,
    words: &[i64],
    selected: Option<&BTreeSet<i64>>,
    most: usize,
) -> Result<BTreeMap<i64, Vec<Place>>, Fault> {
    let mut places: BTreeMap<i64, Vec<Place>> = BTreeMap::new();
    let few = selected.is_some_and(|articles| articles.len() <= FEW_ARTICLES);
    if !few {
        let mut at_hand = connection.prepare_cached("SELECT places FROM standing WHERE word = ?1")?;
        for &word in words {
            let mut rows = at_hand.query([word])?;
            let Some(row) = rows.next()? else { continue };
            let mut of_word = blob::read_places(bytes(row, 0)?)?;
            of_word.retain(|place| selected.is_none_or(|ids| ids.contains(&place.article)));
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
        // Of a long sentence the note shows a clause.
        "SELECT id, words FROM sentence WHERE id >= ?1 AND id < ?2 AND instr(text, ?3) > 0
         ORDER BY text <> ?3, id",
    )?;
    let (from, to) = (standing::sentence_id(shown.article, 0), standing::sentence_id(shown.article + 1, 0));
    let mut rows = statement.query(params![from, to, &*shown.sentence])?;
    while let Some(row) = rows.next()? {
        if blob::read_sentence(bytes(row, 1)?)?.iter().any(|seen| seen.word == word) {
            let (article, sentence) = standing::sentence_of(row.get(0)?);
            return Ok(Some(Place { article, sentence }));
        }
    }
    Ok(None)
}

/// The ones among `words` that stand in an article.
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

/// Sentences with their words, each read once; and the articles that they are from.
struct Sentences {
    articles: BTreeMap<i64, Told>,
    /// Sorted.
    places: Vec<Place>,
    sentences: Vec<Sentence>,
}

struct Sentence {
    text: Arc<str>,
    words: Arc<[ExampleWord]>,
    /// The number of each word.
    numbers: Box<[i64]>,
}

impl Sentences {
    fn load(
        connection: &Connection,
        places: &BTreeMap<i64, Vec<Place>>,
        lexicon: &mut Lexicon,
    ) -> Result<Self, Fault> {
        let mut places: Vec<Place> = places.values().flatten().copied().collect();
        places.sort_unstable();
        places.dedup();
        // In the order of the rows, so that the disk is read forwards; what was read is unpacked on all processors.
        let mut statement = connection.prepare_cached("SELECT text, words FROM sentence WHERE id = ?1")?;
        let mut packed: Vec<(Arc<str>, Vec<u8>)> = Vec::with_capacity(places.len());
        for &place in &places {
            let mut rows = statement.query([standing::sentence_id(place.article, place.sentence)])?;
            let row = rows.next()?.ok_or_else(|| missing(place))?;
            let text = row.get_ref(0)?.as_str().map_err(|error| Fault::Corrupt(error.to_string()))?;
            packed.push((text.into(), bytes(row, 1)?.to_vec()));
        }
        if !lexicon.has_all() {
            for (_, words) in &packed {
                for word in blob::read_sentence(words)? {
                    lexicon.load(connection, word.word)?;
                }
            }
        }
        let lexicon = &*lexicon;
        let sentences = in_parallel(packed, |(text, words)| Sentence::unpack(text, &words, lexicon))?;
        let mut articles = BTreeMap::new();
        for place in &places {
            if let Entry::Vacant(vacant) = articles.entry(place.article) {
                vacant.insert(article(connection, place.article)?);
            }
        }
        Ok(Self { articles, places, sentences })
    }

    fn example(&self, word: i64, place: Place) -> Result<Example, Fault> {
        let Sentence { text, words, numbers } = self
            .places
            .binary_search(&place)
            .ok()
            .and_then(|at| self.sentences.get(at))
            .ok_or_else(|| missing(place))?;
        let here = numbers.iter().zip(&**words).filter(|&(&number, _)| number == word);
        let places: Vec<Span> = here.map(|(_, word)| word.span).collect();
        if places.is_empty() {
            return Err(missing(place));
        }
        let (title, origin, added, cited) =
            self.articles.get(&place.article).ok_or_else(|| missing(place))?.clone();
        let (sentence, words) = (Arc::clone(text), Arc::clone(words));
        Ok(Example { sentence, places, words, article: place.article, title, origin, added, cited })
    }
}

impl Sentence {
    fn unpack(text: Arc<str>, packed: &[u8], lexicon: &Lexicon) -> Result<Self, Fault> {
        let seen = blob::read_sentence(packed)?;
        let (mut words, mut numbers) = (Vec::with_capacity(seen.len()), Vec::with_capacity(seen.len()));
        for seen in seen {
            let Some(span) = Span::new(&text, seen.start..seen.end) else { continue };
            let (key, status) = lexicon.get(seen.word)?.clone();
            let Marks { kind, sure, .. } = seen.marks;
            words.push(ExampleWord { span, kind, key, sure, status });
            numbers.push(seen.word);
        }
        Ok(Self { text, words: words.into(), numbers: numbers.into() })
    }
}

/// Title, origin and first moment of an article, and what it says of itself.
type Told = (Arc<str>, Arc<str>, Moment, Arc<Cited>);

fn article(connection: &Connection, id: i64) -> Result<Told, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(d.title, a.origin), a.origin_kind, a.origin, a.location, a.added, d.author,
                d.published, d.site, d.address
         FROM article a LEFT JOIN digest d ON d.article = a.id WHERE a.id = ?1",
    )?;
    Ok(statement.query_row([id], |row| {
        let origin = articles::read_origin(row, 1)?.to_string();
        Ok((
            row.get_ref(0)?.as_str()?.into(),
            origin.into(),
            Moment(row.get(4)?),
            Arc::new(articles::read_cited(row, 5)?),
        ))
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
