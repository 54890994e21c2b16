//! An article enters the library, or a new wording of it takes the place of the old one.
//!
//! An article is identified by where its file lies, and by its text (`store/known.rs`). Another text from there is an
//! edited version, whose derived rows replace the old ones, unless it shares next to nothing with the old text: then it
//! is another article. The same text under any origin is the same article and changes no count, and texts that differ
//! in line ends, blanks at the ends of lines and empty lines round them are the same. Standard input has no origin to
//! speak of, so there the text alone counts.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};

use super::blob::{self, Entry, Marks, SentenceWord};
use super::standing::{self, Change, Sentences, Turn};
use super::{Fault, Store, StoreError, articles, corrections, known, lexicon, pairs, prints};
use crate::document::Origin;
use crate::pipeline::{self, Article};
use crate::span::Span;
use crate::words::{Moment, WordCount};

/// The outcome of adding an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The library hadn't it.
    New,
    /// The library has this text already; nothing was changed.
    Same,
    /// The library had another text from there, which it keeps; its words were counted anew.
    Edited,
    /// The library has this article from elsewhere, word for word or nearly so. The place is kept; nothing was counted.
    Copy,
}

/// An article that was added, or was there before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// Its number.
    pub article: i64,
    /// The outcome.
    pub outcome: Outcome,
    /// Where the library knows it from: of [`Outcome::Same`], perhaps another place than was asked for.
    pub origin: Origin,
    /// Its title, or what stands for it.
    pub title: String,
    /// Its distinct words.
    pub words: u32,
    /// The words among them that the library had never met.
    pub born: u32,
    /// Of [`Outcome::New`], the article that came from the same file before, with next to nothing in common. It stays.
    pub held_before: Option<i64>,
}

/// Articles on their way into the library, in one transaction.
pub struct Adding<'t> {
    connection: &'t Connection,
    now: Moment,
    /// Whether the other print of an article is counted again.
    again: bool,
    met: lexicon::Met,
    /// The version that is told of what was read: none that is current where a correction came meanwhile.
    version: i64,
    changes: Vec<Change>,
    /// The articles that `changes` counts in.
    pending: BTreeSet<i64>,
}

/// The most words of articles that are counted in memory at a time: some hundred articles, five megabytes.
const AT_A_TIME: usize = 100_000;

impl Store {
    /// Adds an article: its raw text, where it came from, and what the pipeline read in it.
    ///
    /// # Errors
    /// When the library can't be written; it is then as before.
    pub fn add(
        &mut self,
        raw: &str,
        origin: &Origin,
        article: &Article,
        now: Moment,
    ) -> Result<Added, StoreError> {
        self.adding(now, |adding| adding.add(raw, origin, article))
    }

    /// Adds several articles in one transaction: all of them or none.
    ///
    /// # Errors
    /// When the library can't be written or `work` fails; it is then as before.
    pub fn adding<T>(
        &mut self,
        now: Moment,
        work: impl FnOnce(&mut Adding<'_>) -> Result<T, Fault>,
    ) -> Result<T, StoreError> {
        let mut met = std::mem::take(&mut self.met);
        let followed = self.followed.get();
        let (value, met) = self.write(|connection| {
            met.renew(connection)?;
            let overtaken = match followed {
                Some(act) => corrections::last_act(connection)? != act,
                None => false,
            };
            let version = if overtaken { 0 } else { pipeline::VERSION };
            let (changes, pending) = (Vec::new(), BTreeSet::new());
            let mut adding = Adding { connection, now, again: false, met, version, changes, pending };
            let value = work(&mut adding)?;
            adding.apply()?;
            Ok((value, adding.met))
        })?;
        self.met = met;
        Ok(value)
    }

    /// Whether something was put right since the corrections were last asked for: what was read meanwhile is then
    /// [`outdated`](Self::outdated).
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn is_overtaken(&self) -> Result<bool, StoreError> {
        match self.followed.get() {
            Some(act) => self.read(|connection| Ok(corrections::last_act(connection)? != act)),
            None => Ok(false),
        }
    }

    /// Puts newly read articles in the place of what another pipeline, or one without a correction, had read. Those
    /// that somebody else has read anew or removed meanwhile stay as they are.
    ///
    /// # Errors
    /// When the library can't be written; it is then as before.
    pub fn reread(&mut self, articles: &[(i64, Article)], now: Moment) -> Result<(), StoreError> {
        self.adding(now, |adding| {
            articles.iter().try_for_each(|(id, article)| {
                if adding.is_outdated(*id)? { adding.replace(*id, article).map(drop) } else { Ok(()) }
            })
        })
    }
}

impl Adding<'_> {
    /// Counts an article again that the library has from elsewhere.
    pub fn again(&mut self, again: bool) {
        self.again = again;
    }

    /// Whether something was put right since the corrections were last asked for: what was read meanwhile is then
    /// outdated from the start.
    #[must_use]
    pub fn is_overtaken(&self) -> bool {
        self.version != pipeline::VERSION
    }

    /// Adds one article.
    ///
    /// # Errors
    /// When the library can't be written.
    pub fn add(&mut self, raw: &str, origin: &Origin, article: &Article) -> Result<Added, Fault> {
        let plain = plain(raw);
        let hash = hash(&plain);
        if let Some(id) = self.same(raw, &plain, hash)? {
            known::locate(self.connection, id, origin)?;
            prints::keep(self.connection, id, origin, self.now)?;
            return self.describe(id, Outcome::Same, article, 0);
        }
        drop(plain);
        let known = known::of(self.connection, origin, &article.document)?;
        let near = match known.article {
            None if !self.again => prints::near(self.connection, &article.document.text())?,
            _ => None,
        };
        if let Some(id) = near {
            prints::keep(self.connection, id, origin, self.now)?;
            return self.describe(id, Outcome::Copy, article, 0);
        }
        let (id, outcome) = match known.article {
            Some(id) => {
                known::locate(self.connection, id, origin)?;
                self.connection
                    .prepare_cached("UPDATE article SET changed = max(changed, ?2) WHERE id = ?1")?
                    .execute(params![id, self.now.0])?;
                (id, Outcome::Edited)
            }
            None => {
                let (kind, place, location) = articles::write_origin(origin);
                self.connection
                    .prepare_cached(
                        "INSERT INTO article (origin_kind, origin, location, added, changed)
                         VALUES (?1, ?2, ?3, ?4, ?4)",
                    )?
                    .execute(params![kind, place, location, self.now.0])?;
                (self.connection.last_insert_rowid(), Outcome::New)
            }
        };
        self.connection
            .prepare_cached("INSERT INTO text (article, hash, at, raw) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![id, hash, self.now.0, raw])?;
        let born = self.replace(id, article)?;
        Ok(Added { held_before: known.other, ..self.describe(id, outcome, article, born)? })
    }

    fn is_outdated(&self, id: i64) -> Result<bool, Fault> {
        let mut statement = self.connection.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM article a WHERE a.id = ?1 AND a.removed IS NULL AND NOT EXISTS
               (SELECT 1 FROM digest d WHERE d.article = a.id AND d.version = ?2))",
        )?;
        Ok(statement.query_row(params![id, pipeline::VERSION], |row| row.get(0))?)
    }

    /// The article that has just this text now. Older libraries have hashes of the text as it was given.
    fn same(&self, raw: &str, plain: &str, hash: i64) -> Result<Option<i64>, Fault> {
        let mut statement = self.connection.prepare_cached(
            "SELECT a.id, t.raw FROM text t JOIN article a ON a.id = t.article
             WHERE t.hash IN (?1, ?2) AND a.removed IS NULL
               AND t.id = (SELECT max(id) FROM text WHERE article = a.id)
             ORDER BY a.id",
        )?;
        let mut rows = statement.query([hash, self::hash(raw)])?;
        while let Some(row) = rows.next()? {
            if self::plain(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?) == plain {
                return Ok(Some(row.get(0)?));
            }
        }
        Ok(None)
    }

    fn describe(&self, id: i64, outcome: Outcome, article: &Article, born: u32) -> Result<Added, Fault> {
        let origin = self
            .connection
            .prepare_cached("SELECT origin_kind, origin, location FROM article WHERE id = ?1")?
            .query_row([id], |row| articles::read_origin(row, 0))?;
        let words = small(article.words.len());
        Ok(Added {
            article: id,
            outcome,
            origin,
            title: articles::title(article),
            words,
            born,
            held_before: None,
        })
    }

    /// Puts what was read in an article in the place of what was read before; how many words were born.
    fn replace(&mut self, id: i64, article: &Article) -> Result<u32, Fault> {
        if article.sentences.len() >= standing::SENTENCES {
            return Err(Fault::TooLong { sentences: article.sentences.len() });
        }
        if id > standing::LARGEST {
            return Err(Fault::Corrupt(format!("the number {id} of an article is too large")));
        }
        self.forget(id)?;
        let (words, born) = self.find_words(article)?;
        self.write_sentences(id, article, &words)?;
        let profile = self.count_in(id, article, &words);
        let about = &article.document.about;
        let tokens: u64 = profile.iter().map(|entry| u64::from(entry.count)).sum();
        self.connection
            .prepare_cached(
                "INSERT INTO digest (article, version, title, tokens, types, sentences, profile, author, published, site,
                                     address)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            )?
            .execute(params![
                id,
                self.version,
                articles::title(article),
                i64::try_from(tokens).unwrap_or(i64::MAX),
                small(profile.len()),
                small(article.sentences.len()),
                blob::write_profile(&profile),
                about.author,
                about.published.map(|at| at.to_string()),
                about.site,
                about.address,
            ])?;
        pairs::write(self.connection, id, article)?;
        prints::write(self.connection, id, &article.document.text())?;
        Ok(born)
    }

    /// The number of each word of an article, in their order; how many of them were born.
    fn find_words(&mut self, article: &Article) -> Result<(Vec<i64>, u32), Fault> {
        let mut finder = lexicon::Finder::new(self.connection)?;
        let mut numbers = Vec::with_capacity(article.words.len());
        let mut born = 0;
        for word in &article.words {
            let number = match self.met.ids.get(&word.key) {
                Some(&number) => number,
                None => {
                    let (number, is_born) = if self.met.has_all {
                        (finder.bear(&word.key, self.now)?, true)
                    } else {
                        finder.find_or_bear(&word.key, self.now)?
                    };
                    self.met.ids.insert(word.key.clone(), number);
                    born += u32::from(is_born);
                    number
                }
            };
            numbers.push(number);
        }
        Ok((numbers, born))
    }

    /// Takes an article out of all counts and lists; its texts are kept.
    pub(super) fn remove(&mut self, id: i64) -> Result<bool, Fault> {
        self.forget(id)?;
        let mut update = self
            .connection
            .prepare_cached("UPDATE article SET removed = ?2 WHERE id = ?1 AND removed IS NULL")?;
        Ok(update.execute(params![id, self.now.0])? > 0)
    }

    /// Counts an article out and drops what was read in it. Its texts stay.
    fn forget(&mut self, id: i64) -> Result<(), Fault> {
        // The readings of the article by this same command are counted in memory only.
        if self.pending.contains(&id) || self.changes.len() > AT_A_TIME {
            self.apply()?;
        }
        let profile: Option<Vec<u8>> = self
            .connection
            .prepare_cached("SELECT profile FROM digest WHERE article = ?1")?
            .query_row([id], |row| row.get(0))
            .optional()?;
        let Some(profile) = profile else { return Ok(()) };
        for entry in blob::read_profile(&profile) {
            self.changes.push(Change { article: id, entry: entry?, turn: Turn::Out });
        }
        for table in ["digest", "pair", "doubt", "cut", "sketch"] {
            self.connection
                .prepare_cached(&format!("DELETE FROM {table} WHERE article = ?1"))?
                .execute([id])?;
        }
        self.connection
            .prepare_cached("DELETE FROM sentence WHERE id >= ?1 AND id < ?2")?
            .execute([standing::sentence_id(id, 0), standing::sentence_id(id + 1, 0)])?;
        Ok(())
    }

    fn apply(&mut self) -> Result<(), Fault> {
        self.pending.clear();
        standing::apply(self.connection, std::mem::take(&mut self.changes))
    }

    /// Writes the sentences; `words` has the number of each word of the article.
    fn write_sentences(&self, id: i64, article: &Article, words: &[i64]) -> Result<(), Fault> {
        // Every occurrence is a place of its word: so in the order of the text, they go side by side.
        let mut places: Vec<(u32, u32)> = Vec::with_capacity(article.occurrences.len());
        for (index, word) in (0..).zip(&article.words) {
            places.extend(word.places.iter().map(|(_, span)| (small(span.start()), index)));
        }
        places.sort_unstable();
        let mut places = places.into_iter().map(|(start, index)| (start as usize, index as usize)).peekable();
        let mut insert =
            self.connection.prepare_cached("INSERT INTO sentence (id, text, words) VALUES (?1, ?2, ?3)")?;
        let mut occurrences = article.occurrences.iter().peekable();
        let mut of_sentence = Vec::new();
        for (at, sentence) in (0..).zip(&article.sentences) {
            of_sentence.clear();
            while let Some(occurrence) = occurrences.next_if(|o| o.span.start() < sentence.end()) {
                let start = occurrence.span.start();
                while places.next_if(|&(place, _)| place < start).is_some() {}
                let Some((_, index)) = places.next_if(|&(place, _)| place == start) else { continue };
                let Some(&word) = words.get(index) else { continue };
                of_sentence.push(SentenceWord {
                    start: start.saturating_sub(sentence.start()),
                    end: occurrence.span.end().saturating_sub(sentence.start()),
                    word,
                    marks: Marks {
                        kind: occurrence.kind,
                        evidence: occurrence.evidence,
                        sure: occurrence.sure,
                        proposed: occurrence.proposed,
                    },
                });
            }
            insert.execute(params![
                standing::sentence_id(id, at),
                sentence.of(article.annotated.text()),
                blob::write_sentence(&of_sentence),
            ])?;
        }
        Ok(())
    }

    /// The article's profile; its words' changes are noted, to be applied once at the end.
    fn count_in(&mut self, id: i64, article: &Article, words: &[i64]) -> Vec<Entry> {
        let mut profile = Vec::with_capacity(article.words.len());
        for (word, &number) in article.words.iter().zip(words) {
            let marks =
                Marks { kind: word.kind, evidence: word.evidence, sure: word.sure, proposed: word.proposed };
            let entry = Entry { word: number, count: word.count(), marks };
            profile.push(entry);
            let turn = Turn::In(best_sentences(word, &article.sentences));
            self.changes.push(Change { article: id, entry, turn });
        }
        self.pending.insert(id);
        profile.sort_unstable_by_key(|entry| entry.word);
        profile
    }
}

/// The sentences of an article that show a word best: its reading in them is sure, and they are neither a fragment nor
/// endless; else the first ones.
fn best_sentences(word: &WordCount, sentences: &[Span]) -> Sentences {
    if let &[(only, _)] = &word.places[..] {
        return [only].into_iter().collect();
    }
    let mut places: Vec<u32> = word.places.iter().map(|&(sentence, _)| sentence).collect();
    places.dedup();
    let flaws = |sentence: &u32| {
        let bytes = sentences.get(*sentence as usize).map_or(0, |s| s.end() - s.start());
        // Some 8 to 60 hanzi.
        (word.unsure.contains(sentence), !(24..=180).contains(&bytes))
    };
    places.sort_by_key(flaws);
    places.truncate(standing::PLACES_AN_ARTICLE);
    places.sort_unstable();
    places.into_iter().collect()
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// A text without what nobody sees: one kind of line end, no blanks at the ends of lines, no empty lines round it.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len() + 1);
    for line in text.replace("\r\n", "\n").split(['\n', '\r']) {
        plain.push_str(line.trim_end());
        plain.push('\n');
    }
    let first = plain.len() - plain.trim_start_matches('\n').len();
    plain.truncate(plain.trim_end_matches('\n').len() + 1);
    plain.split_off(first.min(plain.len()))
}

/// The hash under which a text that came with one is found: the same, where it is of this text.
pub(super) fn known_hash(raw: &str, hash: &serde_json::Value) -> i64 {
    let of_plain = self::hash(&plain(raw));
    hash.as_i64().filter(|&hash| hash == self::hash(raw)).unwrap_or(of_plain)
}

/// FNV-1a, 64 bits: finds a text quickly; equality is then asked of the texts themselves.
fn hash(text: &str) -> i64 {
    text.bytes()
        .fold(0xCBF2_9CE4_8422_2325_u64, |hash, b| (hash ^ u64::from(b)).wrapping_mul(0x100_0000_01B3))
        .cast_signed()
}
