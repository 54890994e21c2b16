//! What a collection says, as marks and as notes to remember.
//!
//! Notes of ours are known by their guids; what differs in them from all that was ever given is the learner's
//! edit, and kept for the next export.

use std::collections::BTreeMap;

use super::{Intake, Understood};
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
    collection: &Collection,
    lookup: &Lookup<'_>,
    fields: Choice,
    settings: &Settings,
    vocabulary: &Vocabulary,
    store: Option<&Store>,
) -> Result<Intake, Failure> {
    let own = |guid: &str| vocabulary.of_guid(guid);
    let options = Options {
        known_from_days: settings.known_from_days,
        ignore_suspended_new: settings.ignore_suspended_new,
        fields,
        by_note_type: settings.anki.fields.clone(),
        own: &own,
        own_note_types: &[(note_type::ID, note_type::NAME)],
        guid_field: None,
    };
    let report = read_report(collection, lookup, &options);
    let given = store.map(Store::exported_by_all).transpose()?.unwrap_or_default();
    let guids = vocabulary.guids();
    let notes: Vec<AnkiNote> = report
        .words
        .iter()
        .flat_map(|word| {
            let guid = word.guid.clone().or_else(|| match &word.keys[..] {
                // AnkiConnect tells no guids: a note of ours is known by its word.
                [key] if word.own => guids.get(key).map(|&guid| guid.to_owned()),
                _ => None,
            });
            let edited = guid.as_deref().map(|guid| edits(word, guid, &given)).unwrap_or_default();
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
    let marks =
        report.states().into_iter().filter_map(|(key, state)| Some((key.clone(), state.status()?))).collect();
    let edited = notes.iter().filter(|note| !note.edited.is_empty()).count();
    let understood = Understood::of_report(report, edited);
    Ok(Intake { marks, by: By::Anki, notes, understood })
}

fn edits(word: &AnkiWord, guid: &str, given: &Given) -> deck::Edits {
    if !word.own {
        return deck::Edits::new();
    }
    let decks = given.get(guid).into_iter().flat_map(BTreeMap::values);
    deck::edits(decks.map(|exported| exported.note.fields.as_str()), &word.fields, &word.tags)
}
