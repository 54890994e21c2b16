//! Notes of ours in a package that may be somebody else's.
//!
//! A note's guid is a function of its word, so a package that anybody made with this program has the guids of ours. What
//! is written in such a note, which tags it has, how far its cards are and of which note type it is would count as the
//! learner's own doing, and go out with every later export.

use std::collections::BTreeSet;

use super::ours;
use crate::deck::note_type;
use crate::learned::Collection;
use crate::library::Failure;
use crate::library::vocabulary::Vocabulary;
use crate::store::Store;

/// Takes the notes that this program made out of a collection, and counts them. Words of other notes are read on.
///
/// # Errors
/// When the library can't be read.
pub fn leave(
    collection: &mut Collection,
    vocabulary: &Vocabulary,
    store: Option<&Store>,
) -> Result<usize, Failure> {
    let remembered = store.map(|store| ours::remembered(store, vocabulary)).transpose()?.unwrap_or_default();
    let numbers: BTreeSet<i64> = remembered.values().map(|note| note.note).collect();
    let types: BTreeSet<i64> = collection
        .note_types
        .values()
        .filter(|kind| kind.id == note_type::ID || kind.name.to_lowercase().starts_with(note_type::NAME))
        .map(|kind| kind.id)
        .collect();
    let before = collection.notes.len();
    collection.notes.retain(|note| {
        let is_ours = note.guid.as_deref().is_some_and(|guid| vocabulary.of_guid(guid).is_some());
        !is_ours && !types.contains(&note.note_type) && !numbers.contains(&note.id)
    });
    Ok(before - collection.notes.len())
}
