//! Whether a library is whole: its file, its references, and whether what is derived follows from the ground.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use super::ground::{self, Columns, Row, TABLES};
use super::lexicon::Keys;
use super::links::Links;
use super::standing::{self, bytes};
use super::{Fault, Store, StoreError, blob, lexicon, marks, migrate};
use crate::span::Span;
use crate::words::Status;

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The finding, with its place.
    pub what: String,
    /// Whether [`Store::derive`] puts it right.
    pub derived: bool,
}

impl Store {
    /// Looks the whole library through; nothing found is good news.
    ///
    /// # Errors
    /// When the library can't be read at all.
    pub fn check(&self) -> Result<Vec<Finding>, StoreError> {
        self.read(|connection| {
            let mut findings = Vec::new();
            let found =
                pragma(connection, "PRAGMA integrity_check(20)", "the file is damaged", &mut findings);
            told(found, &mut findings)?;
            let what = "a row refers to one that is not there, in table";
            let found = pragma(connection, "PRAGMA foreign_key_check", what, &mut findings);
            told(found, &mut findings)?;
            told(check_tables(connection, &mut findings), &mut findings)?;
            for look in [check_ground, check_sentences, check_standings] {
                let found = look(connection, &mut findings);
                told(found, &mut findings)?;
            }
            Ok(findings)
        })
    }

    /// Derives counts and statuses anew from what the articles' profiles and the marks say.
    ///
    /// # Errors
    /// When the library can't be written.
    pub fn derive(&mut self) -> Result<(), StoreError> {
        self.write(|connection| {
            standing::sum_anew(connection, None)?;
            marks::derive_all(connection)
        })
    }
}

/// The most faulty rows of a table that are told.
const TOLD: usize = 20;

/// A table that lacks a column, or has become a view, is not as any shengci made it.
fn check_tables(connection: &Connection, findings: &mut Vec<Finding>) -> Result<(), Fault> {
    match migrate::fits(connection) {
        Err(Fault::Corrupt(what)) => {
            findings.push(Finding { what: format!("the file is damaged: {what}"), derived: false });
            Ok(())
        }
        looked => looked,
    }
}

/// A part that can't be read is a finding too: whoever checks a library wants to know all that is wrong with it.
fn told(looked: Result<(), Fault>, findings: &mut Vec<Finding>) -> Result<(), Fault> {
    let what = match looked {
        Ok(()) => return Ok(()),
        Err(Fault::Corrupt(what)) => what,
        Err(Fault::Sql(error)) => error.to_string(),
        Err(fault) => return Err(fault),
    };
    findings.push(Finding { what: format!("it can't be read to its end: {what}"), derived: false });
    Ok(())
}

fn pragma(connection: &Connection, sql: &str, what: &str, findings: &mut Vec<Finding>) -> Result<(), Fault> {
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    let mut found = 0;
    while let Some(row) = rows.next()? {
        let says: String = row.get::<_, Option<String>>(0)?.unwrap_or_default();
        if says == "ok" {
            continue;
        }
        found += 1;
        if found <= TOLD {
            findings.push(Finding { what: format!("{what}: {says}"), derived: false });
        }
    }
    more(found, what, findings);
    Ok(())
}

/// Each row of the ground is one that `load` would take.
fn check_ground(connection: &Connection, findings: &mut Vec<Finding>) -> Result<(), Fault> {
    let (mut links, mut keys) = (Links::default(), Keys::default());
    for (table, order) in TABLES {
        let mut found = 0;
        let mut find = |what: String| {
            found += 1;
            if found <= TOLD {
                findings.push(Finding { what, derived: false });
            }
        };
        let looked = ground::each_row(connection, (table, order), |columns| {
            let mut place = table.to_owned();
            let row = columns.and_then(|mut columns| {
                place = name(table, order, &columns);
                let row = ground::read(table, &columns, &mut keys)?;
                links.take(&row, &mut columns, 0)?;
                within(&row)
            });
            if let Err(what) = row {
                find(format!("{place}: {what}"));
            }
            Ok(())
        });
        more(found, table, findings);
        told(looked, findings)?;
    }
    for (id, _) in links.without_text() {
        findings.push(Finding { what: format!("article {id}: it has no text"), derived: false });
    }
    Ok(())
}

/// A row's name, by the columns that tell it from others.
fn name(table: &str, order: &str, columns: &Columns) -> String {
    let values =
        order.split(", ").filter_map(|column| columns.get(column)).map(|value| match value.as_str() {
            Some(text) => text.to_owned(),
            None => value.to_string(),
        });
    format!("{table} {}", values.collect::<Vec<_>>().join(" "))
}

/// The numbers that derived rows pack. `load` gives new ones.
fn within(row: &Row) -> Result<(), String> {
    let (Row::Article { id } | Row::Word { id, .. }) = row else { return Ok(()) };
    if (1..=standing::LARGEST).contains(id) {
        Ok(())
    } else {
        Err("its number is out of range; `dump` and `load` give it another".to_owned())
    }
}

fn more(found: usize, what: &str, findings: &mut Vec<Finding>) {
    if found > TOLD {
        findings.push(Finding { what: format!("{what}: and {} more", found - TOLD), derived: false });
    }
}

/// Each profile is the sum of its article's sentences.
fn check_sentences(connection: &Connection, findings: &mut Vec<Finding>) -> Result<(), Fault> {
    let mut profiles =
        connection.prepare("SELECT article, profile, tokens, types FROM digest ORDER BY article")?;
    let mut sentences = connection.prepare("SELECT words, text FROM sentence WHERE id >= ?1 AND id < ?2")?;
    let mut rows = profiles.query([])?;
    while let Some(row) = rows.next()? {
        let article: i64 = row.get(0)?;
        let mut profile = BTreeMap::new();
        for entry in blob::read_profile(bytes(row, 1)?) {
            let entry = entry?;
            profile.insert(entry.word, entry.count);
        }
        let mut counted: BTreeMap<i64, u32> = BTreeMap::new();
        let mut of_article =
            sentences.query([standing::sentence_id(article, 0), standing::sentence_id(article + 1, 0)])?;
        while let Some(sentence) = of_article.next()? {
            let text = sentence.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
            // A word that lies in no stretch of its sentence can be shown nowhere, so it does not count.
            let words = blob::read_sentence(bytes(sentence, 0)?)?;
            for word in words.iter().filter(|word| Span::new(text, word.start..word.end).is_some()) {
                *counted.entry(word.word).or_default() += 1;
            }
        }
        let tokens: u32 = counted.values().sum();
        if profile != counted
            || tokens != row.get::<_, u32>(2)?
            || counted.len() != row.get::<_, u32>(3)? as usize
        {
            findings.push(Finding {
                what: format!("the words of article {article} are not those of its sentences"),
                derived: false,
            });
        }
    }
    Ok(())
}

/// Each word's row is the sum of all profiles, its sentences hold it, and its status is what its marks come to.
fn check_standings(connection: &Connection, findings: &mut Vec<Finding>) -> Result<(), Fault> {
    let mut sums = standing::sums(connection, None)?;
    let said = marks::all_said(connection)?;
    let mut find = |what: String| findings.push(Finding { what, derived: true });
    let mut places: BTreeMap<i64, BTreeMap<i64, BTreeSet<u32>>> = BTreeMap::new();
    let mut statement = connection.prepare("SELECT word, status FROM standing ORDER BY word")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let word: i64 = row.get(0)?;
        let mut kept = standing::read(connection, word)?.unwrap_or_default();
        let seen: BTreeSet<_> = kept.places.drain(..).collect();
        if seen.is_empty() != (kept.count == 0) {
            find(format!("word {word} has {} sentences but was seen {} times", seen.len(), kept.count));
        }
        for place in seen {
            places.entry(place.article).or_default().entry(word).or_default().insert(place.sentence);
        }
        let sum = sums.remove(&word).map(|(sum, _)| sum).unwrap_or_default();
        if sum != kept {
            find(format!("word {word} was seen {} times, not {}", sum.count, kept.count));
        }
        let status: Status = lexicon::status(row, 1)?;
        let derived = said.get(&word).map(|said| said.status()).unwrap_or_default();
        if status != derived {
            find(format!("word {word} is {derived}, not {status}"));
        }
    }
    for word in sums.into_keys() {
        find(format!("word {word} stands in articles but has no row"));
    }
    for (article, words) in places {
        let wanted: BTreeSet<i64> = words.keys().copied().collect();
        let found = standing::places_in(connection, article, &wanted, usize::MAX)?;
        for (word, sentences) in words {
            let there: BTreeSet<u32> =
                found.get(&word).into_iter().flatten().map(|place| place.sentence).collect();
            if !sentences.is_subset(&there) {
                find(format!("word {word} does not stand where it should in article {article}"));
            }
        }
    }
    Ok(())
}
