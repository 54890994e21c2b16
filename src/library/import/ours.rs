//! Which notes of a collection are ours, and which of ours are no more in it.
//!
//! A guid tells, and the collection's file has it. AnkiConnect tells none, and no search of Anki's finds by it. Then
//! the note's number does: a package numbers its notes by word and guid, and Anki keeps those numbers. So a note
//! stays known when the learner has rewritten its word, and 长 cháng is never taken for 长 zhǎng.

use std::collections::{BTreeMap, BTreeSet};

use crate::deck::note_type;
use crate::learned::Collection;
use crate::library::Failure;
use crate::library::vocabulary::Vocabulary;
use crate::package;
use crate::store::{AnkiNote, Edits, Holding, Store, WordFilter};
use crate::words::{AnkiState, Moment, WordKey};

/// Our notes as they were read last, by guid.
pub type Remembered = BTreeMap<String, AnkiNote>;

/// How many of our notes are not as they were given.
#[derive(Clone, Copy, Debug)]
pub struct Altered {
    /// Notes with edits or tags of the learner's.
    pub edited: usize,
    /// No more in Anki.
    pub deleted: usize,
    /// Of another note type.
    pub moved: usize,
}

/// Our notes that were read from Anki before.
pub fn remembered(store: &Store, vocabulary: &Vocabulary) -> Result<Remembered, Failure> {
    let mut rows = store.anki()?;
    // The newest reading last, so that it stays.
    rows.sort_by_key(|(_, at)| *at);
    let ours = rows.into_iter().filter_map(|(note, _)| {
        let guid = note.guid.clone()?;
        vocabulary.of_guid(&guid).map(|_| (guid, note))
    });
    Ok(ours.collect())
}

/// Gives notes that came without a guid theirs.
pub fn tell_guids(
    collection: &mut Collection,
    before: &Remembered,
    store: &Store,
    vocabulary: &Vocabulary,
) -> Result<(), Failure> {
    if collection.notes.iter().all(|note| note.guid.is_some()) {
        return Ok(());
    }
    let known: BTreeMap<i64, &str> = before.iter().map(|(guid, note)| (note.note, guid.as_str())).collect();
    let numbered = numbers(store)?;
    let ours: BTreeSet<i64> = collection
        .note_types
        .values()
        .filter(|kind| kind.id == note_type::ID || kind.name.starts_with(note_type::NAME))
        .map(|kind| kind.id)
        .collect();
    let mut told: BTreeSet<String> = collection.notes.iter().filter_map(|note| note.guid.clone()).collect();
    for note in collection.notes.iter_mut().filter(|note| note.guid.is_none()) {
        let has_word = |guid: &str| {
            vocabulary.of_guid(guid).is_some_and(|key| note.fields.contains(key.headword.as_str()))
        };
        let by_number = || {
            let guid = numbered.get(&note.id).cloned().flatten();
            guid.filter(|guid| ours.contains(&note.note_type) || has_word(guid))
        };
        let guid = known.get(&note.id).map(|&guid| guid.to_owned()).or_else(by_number);
        note.guid = guid.filter(|guid| told.insert(guid.clone()));
    }
    Ok(())
}

/// The number that each of our notes is given, and its guid; `None` where two words share a number, of which Anki
/// shifts one.
fn numbers(store: &Store) -> Result<BTreeMap<i64, Option<String>>, Failure> {
    let mut numbered: BTreeMap<i64, Option<String>> = BTreeMap::new();
    for (record, _) in store.words(&WordFilter { unseen: true, ..WordFilter::default() })? {
        let number = package::note_id(record.first_seen, &record.guid);
        numbered.entry(number).and_modify(|guid| *guid = None).or_insert(Some(record.guid));
    }
    Ok(numbered)
}

/// The numbers of notes that were given or read before and aren't in `collection`, with their guids: where Anki has
/// them all the same, they are of another note type now.
pub fn elsewhere(
    collection: &Collection,
    before: &Remembered,
    store: &Store,
) -> Result<BTreeMap<i64, String>, Failure> {
    let given = store.exported_by_all()?;
    let there: BTreeSet<&str> = collection.notes.iter().filter_map(|note| note.guid.as_deref()).collect();
    let ids: BTreeSet<i64> = collection.notes.iter().map(|note| note.id).collect();
    let numbered = numbers(store)?.into_iter().filter_map(|(number, guid)| Some((number, guid?)));
    let known = before.iter().map(|(guid, note)| (note.note, guid.clone()));
    Ok(numbered
        .chain(known)
        .filter(|(number, guid)| {
            given.contains_key(guid) && !there.contains(guid.as_str()) && !ids.contains(number)
        })
        .collect())
}

/// Our notes that a collection has no more: the learner deleted them. They had been read from it or given to it before,
/// or it remembers that it had them; what another collection had tells nothing. Where none of ours is in it, it is one
/// that was begun anew, and nothing was deleted.
pub fn gone(
    collection: &Collection,
    notes: &[AnkiNote],
    before: &Remembered,
    store: &Store,
    vocabulary: &Vocabulary,
) -> Result<Vec<AnkiNote>, Failure> {
    let there: BTreeSet<&str> = notes
        .iter()
        .filter_map(|note| note.guid.as_deref())
        .chain(collection.notes.iter().filter_map(|note| note.guid.as_deref()))
        .collect();
    if !there.iter().any(|guid| vocabulary.of_guid(guid).is_some()) {
        return Ok(Vec::new());
    }
    let numbers: BTreeSet<i64> = collection.notes.iter().map(|note| note.id).collect();
    let mut gone: BTreeMap<String, AnkiNote> = BTreeMap::new();
    for (guid, number) in had(collection, before, store)? {
        if there.contains(guid.as_str()) || number.is_some_and(|number| numbers.contains(&number)) {
            continue;
        }
        let remembered = before.get(&guid).cloned();
        let note = remembered.or_else(|| {
            let key = vocabulary.of_guid(&guid)?;
            Some(found(key, number.unwrap_or_default(), guid.clone(), Edits::default()))
        });
        gone.extend(note.map(|note| (guid, note)));
    }
    let buried =
        if collection.deleted.is_empty() { BTreeMap::new() } else { elsewhere(collection, before, store)? };
    for number in &collection.deleted {
        let Some(guid) = buried.get(number).filter(|guid| !there.contains(guid.as_str())) else { continue };
        if let (None, Some(key)) = (gone.get(guid), vocabulary.of_guid(guid)) {
            gone.insert(guid.clone(), found(key, *number, guid.clone(), Edits::default()));
        }
    }
    let gone = gone.into_values().map(|note| AnkiNote { edited: note.edited.gone(), ..note });
    Ok(gone.collect())
}

/// Our notes that a collection had, by guid, with the numbers under which they were read: those that were read from it
/// or given to it, and those that were read before collections were told apart.
pub fn had(
    collection: &Collection,
    before: &Remembered,
    store: &Store,
) -> Result<BTreeMap<String, Option<i64>>, Failure> {
    let Some(place) = collection.place.as_deref() else { return Ok(BTreeMap::new()) };
    let known = store.collection(Some(place))?.unwrap_or_default();
    let unknown = before.iter().filter(|(guid, _)| !known.notes.contains_key(*guid));
    let mut had: BTreeMap<String, Option<i64>> =
        unknown.map(|(guid, note)| (guid.clone(), Some(note.note))).collect();
    for (guid, (holding, _)) in known.notes {
        if holding != Holding::Elsewhere {
            let number = before.get(&guid).map(|note| note.note);
            had.insert(guid, number);
        }
    }
    Ok(had)
}

/// The record of a note of which no more is known than that.
pub fn found(key: WordKey, note: i64, guid: String, edited: Edits) -> AnkiNote {
    let state = AnkiState::InAnki;
    let guid = Some(guid);
    AnkiNote { key, note, guid, state, interval: 0, lapses: 0, modified: Moment(0), edited }
}
