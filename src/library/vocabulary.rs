//! The words that the library has, as finding words in lists and in Anki needs them.
//!
//! Loaded once and kept apart from the library, because notes are read on all processors at a time.

use std::collections::BTreeMap;

use crate::hanzi::Headword;
use crate::store::{Store, StoreError};
use crate::words::WordKey;

/// The words of a library, by headword and by guid.
#[derive(Debug, Default)]
pub struct Vocabulary {
    by_headword: BTreeMap<Headword, Vec<WordKey>>,
    by_guid: BTreeMap<String, WordKey>,
}

impl Vocabulary {
    /// Of a library; of none, nothing.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn of(store: Option<&Store>) -> Result<Self, StoreError> {
        let Some(store) = store else { return Ok(Self::default()) };
        let by_guid = store.guids()?;
        let mut by_headword: BTreeMap<Headword, Vec<WordKey>> = BTreeMap::new();
        for key in by_guid.values() {
            by_headword.entry(key.headword.clone()).or_default().push(key.clone());
        }
        by_headword.values_mut().for_each(|keys| keys.sort());
        Ok(Self { by_headword, by_guid })
    }

    /// The words with this headword.
    #[must_use]
    pub fn readings_of(&self, headword: &Headword) -> Vec<WordKey> {
        self.by_headword.get(headword).cloned().unwrap_or_default()
    }

    /// The word of one of our notes.
    #[must_use]
    pub fn of_guid(&self, guid: &str) -> Option<WordKey> {
        self.by_guid.get(guid).cloned()
    }

    /// The guid of each word, for notes of ours that don't tell theirs.
    #[must_use]
    pub fn guids(&self) -> BTreeMap<&WordKey, &str> {
        self.by_guid.iter().map(|(guid, key)| (key, guid.as_str())).collect()
    }
}
