//! The learner's corrections: recorded once, kept for ever, taken back by `undo`.
//!
//! A corrected reading keeps the word's row, and so its guid and its reviews in Anki: the row is read otherwise
//! from then on. Only where the library knows the word under the right reading already are there two rows; the
//! wrong one then loses its occurrences when the articles are read anew. Of their two guids the one that a deck gave
//! first goes to the right row then, so that the card which the learner has reviewed is the one that is put right.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::acts::{Act, act};
use super::lexicon::Keys;
use super::{Fault, Store, StoreError};
use crate::corrections::Correction;
use crate::dictionary::Shadow;
use crate::hanzi::Headword;
use crate::words::{Moment, WordKey};

/// A correction that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Its number.
    pub id: i64,
    /// The correction.
    pub correction: Correction,
    /// When.
    pub at: Moment,
}

/// A correction as its columns have it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Written {
    pub kind: String,
    pub target: String,
    pub reading: Option<String>,
    /// Of a reading: what it replaces, where not every other.
    pub instead_of: Option<String>,
    /// Of a reading: the phrase in which it is right, where not everywhere.
    pub phrase: Option<String>,
    /// Of a split: the parts, as a JSON array.
    pub parts: Option<String>,
    /// Of a name: its kind.
    pub name: Option<String>,
    /// Of a sense.
    pub gloss: Option<String>,
}

impl Store {
    /// Records corrections, as one command. Those that count already are left out; how many were recorded.
    ///
    /// The articles that may change are [`outdated`](Self::outdated) from then on, to be read anew.
    ///
    /// # Errors
    /// When the library can't be written.
    pub fn correct(&mut self, corrections: &[Correction], now: Moment) -> Result<u32, StoreError> {
        self.write(|connection| {
            let known: Vec<Correction> = list(connection)?.into_iter().map(|r| r.correction).collect();
            // A correction that a later one has overruled may be said again; a list that ends as ours does has nothing
            // new.
            let is_known = |c: &Correction| {
                let ours: Vec<&Correction> = known.iter().filter(|k| k.is_about_the_same(c)).collect();
                let theirs: Vec<&Correction> =
                    corrections.iter().filter(|t| t.is_about_the_same(c)).collect();
                ours.ends_with(&theirs)
            };
            let fresh: Vec<&Correction> = corrections.iter().filter(|c| !is_known(c)).collect();
            if fresh.is_empty() {
                return Ok(0);
            }
            let act = act(connection, Act::Correct, now)?;
            fresh.iter().try_for_each(|correction| record(connection, act, correction))?;
            outdate(connection, fresh.iter().copied())?;
            Ok(u32::try_from(fresh.len()).unwrap_or(u32::MAX))
        })
    }

    /// The corrections that count, oldest first: where two disagree, the later one is right.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn corrections(&self) -> Result<Vec<Recorded>, StoreError> {
        self.read(|connection| {
            self.followed.set(Some(last_act(connection)?));
            list(connection)
        })
    }

    /// All that was ever put right, also what was taken back since.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn corrections_ever(&self) -> Result<Vec<Correction>, StoreError> {
        self.read(|connection| {
            let mut statement = connection
                .prepare_cached(
                    "SELECT kind, target, reading, instead_of, phrase, parts, name, gloss FROM correction ORDER BY id",
                )?;
            let mut rows = statement.query([])?;
            let (mut keys, mut all) = (Keys::default(), Vec::new());
            while let Some(row) = rows.next()? {
                all.push(correction(row, &mut keys)?);
            }
            Ok(all)
        })
    }

    /// Whether any correction counts: cheaper to ask than to list them.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn has_corrections(&self) -> Result<bool, StoreError> {
        self.read(|connection| {
            self.followed.set(Some(last_act(connection)?));
            Ok(connection.prepare_cached("SELECT 1 FROM correction LIMIT 1")?.exists([])?)
        })
    }
}

/// The last act that put something right or took something back; 0 if there is none.
pub(super) fn last_act(connection: &Connection) -> Result<i64, Fault> {
    let mut statement =
        connection.prepare_cached("SELECT id FROM act WHERE what <> 'mark' ORDER BY id DESC LIMIT 1")?;
    Ok(statement.query_row([], |row| row.get(0)).optional()?.unwrap_or(0))
}

/// The glosses that the learner chose, the last one for each word.
pub(super) fn senses(connection: &Connection) -> Result<BTreeMap<WordKey, String>, Fault> {
    if !connection.prepare_cached("SELECT 1 FROM correction WHERE kind = 'sense' LIMIT 1")?.exists([])? {
        return Ok(BTreeMap::new());
    }
    Ok(list(connection)?
        .into_iter()
        .filter_map(|recorded| match recorded.correction {
            Correction::Sense { key, gloss } => Some((key, gloss)),
            _ => None,
        })
        .collect())
}

fn record(connection: &Connection, act: i64, correction: &Correction) -> Result<(), Fault> {
    let written = Written::of(correction)?;
    let renamed = match correction {
        Correction::Reading { headword, from, to } => {
            rename(connection, headword.as_str(), from.as_ref().map(ToString::to_string), &to.to_string())?
        }
        _ => None,
    };
    let (word, was) = renamed.unzip();
    connection
        .prepare_cached(
            "INSERT INTO correction (act, kind, target, reading, instead_of, phrase, parts, name, gloss, word, was)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            act,
            written.kind,
            written.target,
            written.reading,
            written.instead_of,
            written.phrase,
            written.parts,
            written.name,
            written.gloss,
            word,
            was
        ])?;
    Ok(())
}

/// Makes the articles outdated that corrections may change: they are read anew even if this command is killed
/// before it does so. One look at the sentences, however many corrections there are: others wait for this.
pub(super) fn outdate<'c>(
    connection: &Connection,
    corrections: impl Iterator<Item = &'c Correction>,
) -> Result<(), Fault> {
    let mut forms: HashMap<char, BTreeSet<String>> = HashMap::new();
    let mut look_for = |form: String| {
        if let Some(first) = form.chars().next() {
            forms.entry(first).or_default().insert(form);
        }
    };
    for text in corrections.filter_map(Correction::concerns) {
        // An article may be in traditional hanzi, and so may what was typed.
        look_for(Shadow::of(&text).into_simple().into_owned());
        look_for(text);
    }
    if forms.is_empty() {
        return Ok(());
    }
    let stands_in = |text: &str| {
        text.char_indices().any(|(at, first)| {
            forms.get(&first).is_some_and(|forms| forms.iter().any(|form| text[at..].starts_with(form)))
        })
    };
    let mut articles = BTreeSet::new();
    let mut sentences = connection.prepare_cached("SELECT id >> 24, text FROM sentence")?;
    let mut rows = sentences.query([])?;
    while let Some(row) = rows.next()? {
        let article: i64 = row.get(0)?;
        let text = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
        if !articles.contains(&article) && (stands_in(text) || stands_in(Shadow::of(text).simple())) {
            articles.insert(article);
        }
    }
    let mut update =
        connection.prepare_cached("UPDATE digest SET version = 0 WHERE version <> 0 AND article = ?1")?;
    articles.iter().try_for_each(|article| update.execute([article]).map(drop))?;
    Ok(())
}

/// Gives a word's row its right reading, or the row with the right reading the guid of the wrong one; the row that was
/// wrong and what it had been. Nothing where there is no such row, or several that could be meant, or no guid to save.
fn rename(
    connection: &Connection,
    headword: &str,
    from: Option<String>,
    to: &str,
) -> Result<Option<(i64, String)>, Fault> {
    let mut statement = connection.prepare_cached("SELECT id, reading FROM word WHERE headword = ?1")?;
    let rows: Vec<(i64, String)> = statement
        .query_map([headword], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let right = rows.iter().find(|(_, reading)| reading == to).map(|(id, _)| *id);
    let mut meant = rows
        .into_iter()
        .filter(|(_, reading)| reading != to && from.as_ref().is_none_or(|from| from == reading));
    let (Some((id, was)), None) = (meant.next(), meant.next()) else { return Ok(None) };
    match right {
        None => {
            let mut update = connection.prepare_cached("UPDATE word SET reading = ?2 WHERE id = ?1")?;
            update.execute(params![id, to])?;
        }
        Some(right) => match (first_given(connection, id)?, first_given(connection, right)?) {
            (Some(wrong), Some(right)) if right <= wrong => return Ok(None),
            (None, _) => return Ok(None),
            _ => swap_guids(connection, id, right)?,
        },
    }
    Ok(Some((id, was)))
}

/// When a deck first gave a word's note, or Anki told of it; nothing of a note that no one has.
fn first_given(connection: &Connection, word: i64) -> Result<Option<i64>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT min(at) FROM (SELECT e.given AS at FROM word w JOIN export e ON e.guid = w.guid WHERE w.id = ?1
         UNION ALL SELECT a.at FROM word w JOIN anki a ON a.word = w.id AND a.guid = w.guid WHERE w.id = ?1)",
    )?;
    Ok(statement.query_row([word], |row| row.get(0))?)
}

/// Two words change guids, and what was read back of their notes goes along.
fn swap_guids(connection: &Connection, a: i64, b: i64) -> Result<(), Fault> {
    let guid = |word: i64| -> Result<String, Fault> {
        let mut statement = connection.prepare_cached("SELECT guid FROM word WHERE id = ?1")?;
        Ok(statement.query_row([word], |row| row.get(0))?)
    };
    let guids = [guid(a)?, guid(b)?];
    let mut give = connection.prepare_cached("UPDATE word SET guid = ?2 WHERE id = ?1")?;
    // No two words may have one guid, not even for a moment.
    give.execute(params![a, format!("{} {}", guids[0], guids[1])])?;
    give.execute(params![b, guids[0]])?;
    give.execute(params![a, guids[1]])?;
    let mut take_along =
        connection.prepare_cached("UPDATE OR IGNORE anki SET word = ?2 WHERE word = ?1 AND guid = ?3")?;
    take_along.execute(params![a, b, guids[0]])?;
    take_along.execute(params![b, a, guids[1]])?;
    Ok(())
}

/// Undoes what an act's corrections did to words; gives the corrections.
pub(super) fn take_back(connection: &Connection, act: i64) -> Result<Vec<Correction>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT kind, target, reading, instead_of, phrase, parts, name, gloss, word, was FROM correction
         WHERE act = ?1 ORDER BY id DESC",
    )?;
    let mut rows = statement.query([act])?;
    let (mut keys, mut corrections) = (Keys::default(), Vec::new());
    while let Some(row) = rows.next()? {
        corrections.push(correction(row, &mut keys)?);
        let (Some(word), Some(was)) = (row.get::<_, Option<i64>>(8)?, row.get::<_, Option<String>>(9)?)
        else {
            continue;
        };
        let mut other = connection.prepare_cached(
            "SELECT o.id FROM word w JOIN word o ON o.headword = w.headword WHERE w.id = ?1 AND o.reading = ?2",
        )?;
        let mut with = |reading: &str| -> Result<Option<i64>, Fault> {
            Ok(other.query_row(params![word, reading], |row| row.get(0)).optional()?)
        };
        match with(&was)? {
            None => {
                let mut update = connection.prepare_cached("UPDATE word SET reading = ?2 WHERE id = ?1")?;
                update.execute(params![word, was])?;
            }
            // It kept its reading and gave its guid away.
            Some(same) if same == word => {
                let right = row.get::<_, Option<String>>(2)?.unwrap_or_default();
                if let Some(right) = with(&right)? {
                    swap_guids(connection, word, right)?;
                }
            }
            // The word was met anew under its old reading since.
            Some(anew) => swap_guids(connection, word, anew)?,
        }
    }
    corrections.reverse();
    Ok(corrections)
}

fn list(connection: &Connection) -> Result<Vec<Recorded>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT c.kind, c.target, c.reading, c.instead_of, c.phrase, c.parts, c.name, c.gloss, c.id, a.at
         FROM correction c JOIN act a ON a.id = c.act
         WHERE NOT EXISTS (SELECT 1 FROM act u WHERE u.undoes = a.id) ORDER BY c.id",
    )?;
    let mut rows = statement.query([])?;
    let (mut keys, mut recorded) = (Keys::default(), Vec::new());
    while let Some(row) = rows.next()? {
        let correction = correction(row, &mut keys)?;
        recorded.push(Recorded { id: row.get(8)?, correction, at: Moment(row.get(9)?) });
    }
    Ok(recorded)
}

/// The correction in the first eight columns.
fn correction(row: &Row<'_>, keys: &mut Keys) -> Result<Correction, Fault> {
    let written = Written {
        kind: row.get(0)?,
        target: row.get(1)?,
        reading: row.get(2)?,
        instead_of: row.get(3)?,
        phrase: row.get(4)?,
        parts: row.get(5)?,
        name: row.get(6)?,
        gloss: row.get(7)?,
    };
    written.read(keys)
}

impl Written {
    fn of(correction: &Correction) -> Result<Self, Fault> {
        let of = |kind: &str, target: String| Self { kind: kind.to_owned(), target, ..Self::default() };
        Ok(match correction {
            Correction::Reading { headword, from, to } => Self {
                reading: Some(to.to_string()),
                instead_of: from.as_ref().map(ToString::to_string),
                ..of("reading", headword.to_string())
            },
            Correction::ReadingIn { phrase, headword, to } => Self {
                reading: Some(to.to_string()),
                phrase: Some(phrase.clone()),
                ..of("reading", headword.to_string())
            },
            Correction::Split { parts } => {
                let json = serde_json::to_string(parts).map_err(|error| Fault::Corrupt(error.to_string()))?;
                Self { parts: Some(json), ..of("split", parts.concat()) }
            }
            Correction::Join { text } => of("join", text.clone()),
            Correction::Name { text, kind } => {
                Self { name: Some(kind.to_string()), ..of("name", text.clone()) }
            }
            Correction::Sense { key, gloss } => Self {
                reading: Some(key.reading.to_string()),
                gloss: Some(gloss.clone()),
                ..of("sense", key.headword.to_string())
            },
            Correction::Ignore { text } => of("ignore", text.clone()),
        })
    }

    /// The correction that the columns hold.
    pub fn read(&self, keys: &mut Keys) -> Result<Correction, Fault> {
        let target = self.target.as_str();
        let cut_off = || Fault::Corrupt(format!("the correction of “{target}” is cut off"));
        let there = |column: &Option<String>| column.clone().ok_or_else(cut_off);
        let text = target.to_owned();
        let headword = || Headword::new(target).map_err(|error| Fault::Corrupt(error.to_string()));
        let mut reading = || keys.reading(target, self.reading.as_deref().ok_or_else(cut_off)?);
        Ok(match self.kind.as_str() {
            "reading" => {
                let to = reading()?;
                if let Some(phrase) = self.phrase.clone() {
                    return Ok(Correction::ReadingIn { phrase, headword: headword()?, to });
                }
                let from = self.instead_of.as_ref().map(|from| keys.reading(target, from)).transpose()?;
                Correction::Reading { headword: headword()?, from, to }
            }
            "split" => {
                let parts = serde_json::from_str(&there(&self.parts)?).map_err(|error| {
                    Fault::Corrupt(format!("the parts of “{target}” are no list of words: {error}"))
                })?;
                Correction::Split { parts }
            }
            "name" => Correction::Name { kind: there(&self.name)?.parse().map_err(Fault::Corrupt)?, text },
            "sense" => {
                let gloss = there(&self.gloss)?;
                Correction::Sense { gloss, key: WordKey { reading: reading()?, headword: headword()? } }
            }
            "ignore" => Correction::Ignore { text },
            "join" => Correction::Join { text },
            other => return Err(Fault::Corrupt(format!("“{other}” is no kind of correction"))),
        })
    }
}
