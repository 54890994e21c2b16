//! Notes that a correction leaves behind: decks gave them, Anki has them, and no article has their word any more.
//!
//! Anki deletes nothing when a deck is imported again, so the learner has to be told what to look for there.

use std::collections::{BTreeMap, BTreeSet};

use crate::corrections::Correction;
use crate::deck::{Field, note_type};
use crate::hanzi::Headword;
use crate::library::Failure;
use crate::store::Store;
use crate::words::{Record, WordKey, is_vocabulary};

/// Words that decks have given, and that corrections may do away with.
#[derive(Debug, Default)]
pub struct Given(BTreeMap<String, WordKey>);

/// The longest stretch of hanzi whose words are looked at.
const LONGEST: usize = 12;

impl Given {
    /// The notes of words that stand within what the corrections are about.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn within(corrections: &[Correction], store: &Store) -> Result<Self, Failure> {
        let forms: BTreeSet<String> =
            corrections.iter().filter_map(Correction::concerns).flat_map(|text| stretches(&text)).collect();
        let mut words = BTreeMap::new();
        for form in forms {
            let Ok(headword) = Headword::new(&form) else { continue };
            let records = store.readings_of(&headword)?.into_iter().filter(in_decks);
            words.extend(records.map(|record| (record.guid, record.key)));
        }
        if !words.is_empty() {
            let given = store.exported_by_all()?;
            words.retain(|guid, _| given.contains_key(guid));
        }
        Ok(Self(words))
    }

    /// The words that no article has any more, or has only as a name or as no word.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn stale(self, store: &Store) -> Result<Vec<WordKey>, Failure> {
        let mut stale = Vec::new();
        for (guid, key) in self.0 {
            let records = store.readings_of(&key.headword)?;
            if !records.iter().any(|record| record.guid == guid && in_decks(record)) {
                stale.push(key);
            }
        }
        Ok(stale)
    }
}

/// Whether decks have a word, as a word.
fn in_decks(record: &Record) -> bool {
    record.count > 0 && is_vocabulary(record.kind)
}

/// All stretches of a text: what was cut otherwise stood within it.
fn stretches(text: &str) -> Vec<String> {
    let signs: Vec<char> = text.chars().take(LONGEST).collect();
    let mut stretches = Vec::new();
    for first in 0..signs.len() {
        stretches.extend((first..signs.len()).map(|last| signs[first..=last].iter().collect::<String>()));
    }
    stretches
}

/// The most notes that a search names.
const NAMED: usize = 10;

/// The search in Anki's browser that finds the notes of these words.
#[must_use]
pub fn search_in_anki(keys: &[WordKey]) -> String {
    let of = |key: &WordKey| format!("\"note:{}\" {}:{}", note_type::NAME, Field::Hanzi.name(), key.headword);
    keys.iter().take(NAMED).map(of).collect::<Vec<_>>().join(" or ")
}
