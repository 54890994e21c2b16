//! A collection, read as marks and as notes to remember.
//!
//! Notes of ours are known by their guids; what differs in them from all that was ever given is the learner's
//! edit, and kept for the next export.

use std::collections::{BTreeMap, BTreeSet};

use super::ours::Remembered;
use super::understood::Understood;
use super::{Intake, ours};
use crate::deck::{self, Field, note_type};
use crate::learned::{AnkiWord, Choice, Collection, Lookup, Options, read_report};
use crate::library::Failure;
use crate::library::settings::Settings;
use crate::library::vocabulary::Vocabulary;
use crate::package::TypeInAnki;
use crate::store::{AnkiNote, Edits, Exported, Held, Holding, Reading, Store};
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
    let form = collection.models.get(&note_type::ID).and_then(TypeInAnki::of);
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
            let is_moved = guid.is_some() && word.own && types.get(&word.note) != Some(&note_type::ID);
            let edited = match guid.as_deref().filter(|_| word.own) {
                // Another note type has other fields: what stands in them tells nothing of ours.
                Some(guid) if is_moved => edits_before(guid, &before).moved(),
                Some(guid) => edits(word, guid, &given, form.as_ref(), &edits_before(guid, &before)),
                None => Edits::default(),
            };
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
    let edited = notes.iter().filter(|note| note.edited.are_any()).count();
    let moved = notes.iter().filter(|note| note.edited.moved).count();
    let gone = match store.filter(|_| collection.whole) {
        Some(store) => ours::gone(&collection, &notes, &before, store, vocabulary)?,
        None => Vec::new(),
    };
    let deleted = gone.len();
    notes.extend(gone);
    let reading = reading(&collection, &notes, form.as_ref(), vocabulary);
    let marks =
        report.states().into_iter().filter_map(|(key, state)| Some((key.clone(), state.status()?))).collect();
    let understood = Understood::of_report(report, ours::Altered { edited, deleted, moved });
    Ok(Intake { marks, by: By::Anki, notes, reading, understood })
}

/// The record to keep of the learner's own collection; of a package, nothing.
fn reading(
    collection: &Collection,
    notes: &[AnkiNote],
    form: Option<&TypeInAnki>,
    vocabulary: &Vocabulary,
) -> Option<Reading> {
    Some(Reading {
        place: collection.place.clone()?,
        note_type: form.map(TypeInAnki::to_text),
        decks: collection.decks.clone(),
        notes: held(notes, &collection.homes, vocabulary),
    })
}

/// The state in a collection of those of these notes that are ours; `homes` are their decks by the numbers of the
/// notes.
pub fn held(notes: &[AnkiNote], homes: &BTreeMap<i64, i64>, vocabulary: &Vocabulary) -> Vec<Held> {
    let ours = notes.iter().filter_map(|note| {
        let guid = note.guid.clone().filter(|guid| vocabulary.of_guid(guid).is_some())?;
        let holding = match &note.edited {
            edited if edited.gone => Holding::Deleted,
            edited if edited.moved => Holding::Moved,
            _ => Holding::There,
        };
        Some(Held { guid, holding, deck: homes.get(&note.note).copied() })
    });
    ours.collect()
}

fn edits(word: &AnkiWord, guid: &str, given: &Given, form: Option<&TypeInAnki>, before: &Edits) -> Edits {
    let values = || word.fields.iter().map(|(_, html)| html.as_str());
    let read = form.map_or_else(|| by_names(word), |form| form.as_read(values(), &word.tags));
    let decks = given.get(guid).into_iter().flat_map(BTreeMap::values);
    deck::edits(decks.map(|exported| exported.note.versions.as_str()), &read, before)
}

/// A note of which no more is known than the names of its fields.
fn by_names(word: &AnkiWord) -> deck::AsRead {
    let mut read = deck::AsRead { tags: word.tags.clone(), ..deck::AsRead::default() };
    for (name, html) in &word.fields {
        match Field::ALL.into_iter().find(|field| field.name() == name) {
            Some(field) => drop(read.ours.insert(field, html.clone())),
            None => read.theirs.push((name.clone(), html.clone())),
        }
    }
    read
}

/// The learner's edits of a note when it was read the last time.
fn edits_before(guid: &str, before: &Remembered) -> Edits {
    before.get(guid).map(|note| note.edited.clone().of_learner()).unwrap_or_default()
}
