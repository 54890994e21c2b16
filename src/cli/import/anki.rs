//! What a collection says, as marks and as notes to remember.
//!
//! Notes of ours are known by their guids; what differs in them from all that was ever given is the learner's
//! edit, and kept for the next export.

use std::collections::{BTreeMap, BTreeSet};

use super::{Intake, Understood, ours};
use crate::cli::Failure;
use crate::cli::settings::Settings;
use crate::cli::vocabulary::Vocabulary;
use crate::deck::{self, note_type};
use crate::learned::{AnkiWord, Choice, Collection, Lookup, Options, read_report};
use crate::store::{AnkiNote, Exported, Store};
use crate::words::By;

/// All that decks have given, by guid and by deck.
type Given = BTreeMap<String, BTreeMap<String, Exported>>;

/// Reads a collection.
pub fn read(
    mut collection: Collection,
    lookup: &Lookup<'_>,
    fields: Choice,
    settings: &Settings,
    vocabulary: &Vocabulary,
    store: Option<&Store>,
) -> Result<Intake, Failure> {
    let before = store.map(|store| ours::remembered(store, vocabulary)).transpose()?.unwrap_or_default();
    if let Some(store) = store {
        ours::tell_guids(&mut collection, &before, store, vocabulary)?;
    }
    let own = |guid: &str| vocabulary.of_guid(guid);
    let options = Options {
        known_from_days: settings.known_from_days,
        ignore_suspended_new: settings.ignore_suspended_new,
        fields,
        by_note_type: settings.anki.fields.clone(),
        own: &own,
        own_note_types: &[(note_type::ID, note_type::NAME)],
    };
    let report = read_report(&collection, lookup, &options);
    let given = store.map(Store::exported_by_all).transpose()?.unwrap_or_default();
    let guids = vocabulary.guids();
    let types: BTreeMap<i64, i64> = collection.notes.iter().map(|note| (note.id, note.note_type)).collect();
    let told: BTreeSet<&str> = collection.notes.iter().filter_map(|note| note.guid.as_deref()).collect();
    let mut notes: Vec<AnkiNote> = report
        .words
        .iter()
        .flat_map(|word| {
            let guid = word.guid.clone().or_else(|| match &word.keys[..] {
                // Nothing told the guid: a note of ours is known by its word, unless that has its note.
                [key] if word.own => {
                    guids.get(key).filter(|guid| !told.contains(*guid)).map(|&guid| guid.to_owned())
                }
                _ => None,
            });
            let edited = guid.as_deref().map(|guid| edits(word, guid, &given)).unwrap_or_default();
            let is_moved = guid.is_some() && word.own && types.get(&word.note) != Some(&note_type::ID);
            let edited = if is_moved { deck::moved(edited) } else { edited };
            word.keys.iter().map(move |key| AnkiNote {
                key: key.clone(),
                note: word.note,
                guid: guid.clone(),
                state: word.state,
                interval: word.interval,
                lapses: word.lapses,
                modified: word.modified,
                edited: edited.clone(),
            })
        })
        .collect();
    let edited = notes.iter().filter(|note| deck::has_edits(&note.edited)).count();
    let moved = notes.iter().filter(|note| deck::is_moved(&note.edited)).count();
    let gone = match store.filter(|_| collection.whole) {
        Some(store) => ours::gone(&collection, &notes, before, store, vocabulary)?,
        None => Vec::new(),
    };
    let deleted = gone.len();
    notes.extend(gone);
    let marks =
        report.states().into_iter().filter_map(|(key, state)| Some((key.clone(), state.status()?))).collect();
    let understood = Understood::of_report(report, ours::Found { edited, deleted, moved });
    Ok(Intake { marks, by: By::Anki, notes, understood })
}

fn edits(word: &AnkiWord, guid: &str, given: &Given) -> deck::Edits {
    if !word.own {
        return deck::Edits::new();
    }
    let decks = given.get(guid).into_iter().flat_map(BTreeMap::values);
    deck::edits(decks.map(|exported| exported.note.fields.as_str()), &word.fields, &word.tags)
}
