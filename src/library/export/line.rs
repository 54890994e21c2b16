//! A package into the Anki that runs on this machine, through AnkiConnect, and what is read back before.
//!
//! Anki's own importer takes a note over as a whole, so what the learner has written there since the last `import`
//! has to be known first.

use std::collections::{BTreeMap, BTreeSet};

use super::in_anki;
use crate::deck::{DeckName, note_type};
use crate::dictionary::Dictionary;
use crate::hanzi::Headword;
use crate::learned::{Choice, Connect, LearnedError, Lookup, Pushed};
use crate::library::import::{PATIENCE, collection, ours};
use crate::library::vocabulary::Vocabulary;
use crate::library::{Failure, Settings};
use crate::scratch::Scratch;
use crate::store::Store;
use crate::words::Moment;

/// A line to the Anki that runs.
#[derive(Debug)]
pub struct Line {
    connect: Connect,
    settings: Settings,
}

/// A package, and what Anki is to be asked for when it has taken it.
pub(super) struct Package<'p> {
    /// The package.
    pub bytes: &'p [u8],
    /// The notes' guids by the numbers that it gives them.
    pub notes: &'p BTreeMap<i64, String>,
    /// The names of the decks in Anki, by those under which they are given.
    pub called: &'p BTreeMap<DeckName, DeckName>,
}

impl Line {
    /// To Anki, which answers; `waiting` is called when it takes its time.
    ///
    /// # Errors
    /// When Anki doesn't run, or has no AnkiConnect.
    pub fn open(settings: Settings, waiting: fn()) -> Result<Self, Failure> {
        let connect =
            Connect::new(&settings.anki.url, settings.anki.key.as_deref(), PATIENCE).telling(waiting);
        // Asked first, so that no file is written for an Anki that isn't there.
        connect.version().map_err(|error| match error {
            LearnedError::NotRunning { .. } => Failure::new(error.to_string())
                .hint("start Anki, with the add-on AnkiConnect (code 2055492159) installed")
                .hint("or leave out `--to anki`, and open the package with Anki: that needs no add-on"),
            other => other.into(),
        })?;
        Ok(Self { connect, settings })
    }

    /// Reads our notes in the Anki that runs, and remembers what the learner wrote there; gives the place of the
    /// collection. What Anki says of words is left to `import`: nothing is marked.
    ///
    /// # Errors
    /// When Anki can't be asked, or the library can't be written.
    pub(super) fn read_back(&self, store: &mut Store, now: Moment) -> Result<Option<String>, Failure> {
        let days = self.settings.known_from_days;
        let mut collection = self.connect.read_type(note_type::ID, note_type::NAME, days)?;
        let place = collection.place.clone();
        let vocabulary = Vocabulary::of(Some(store))?;
        let mut missing = None;
        if collection.whole {
            // The whole file was read; other notes are no matter of this.
            collection
                .notes
                .retain(|note| note.guid.as_deref().is_some_and(|g| vocabulary.of_guid(g).is_some()));
        } else {
            let before = ours::remembered(store, &vocabulary)?;
            ours::tell_guids(&mut collection, &before, store, &vocabulary)?;
            let had = ours::had(&collection, &before, store)?;
            missing = Some((ours::elsewhere(&collection, &before, store)?, before, had));
        }
        let is_ours_there = collection.notes.iter().any(|note| note.guid.is_some());
        let library = |headword: &Headword| vocabulary.readings_of(headword);
        let lookup = Lookup::new(Dictionary::embedded(), &library);
        let intake = collection::read(
            collection,
            &lookup,
            Choice::default(),
            &self.settings,
            &vocabulary,
            Some(store),
        )?;
        let mut found: Vec<_> = intake.notes.into_iter().filter(|note| note.guid.is_some()).collect();
        let mut reading = intake.reading;
        if let Some((missing, before, had)) = missing {
            let numbers: Vec<i64> = missing.keys().copied().collect();
            let there: BTreeSet<i64> = self.connect.existing(&numbers)?.into_iter().collect();
            let elsewhere: BTreeSet<&String> =
                missing.iter().filter(|(number, _)| there.contains(number)).map(|(_, guid)| guid).collect();
            let mut gone = Vec::new();
            for (number, guid) in &missing {
                let edited = before.get(guid).map(|note| note.edited.clone()).unwrap_or_default();
                let edited = if there.contains(number) {
                    edited.moved()
                } else if is_ours_there && had.contains_key(guid) && !elsewhere.contains(guid) {
                    edited.gone()
                } else {
                    continue;
                };
                let key = vocabulary.of_guid(guid);
                gone.extend(key.map(|key| ours::found(key, *number, guid.clone(), edited)));
            }
            if let Some(reading) = &mut reading {
                reading.notes.extend(collection::held(&gone, &BTreeMap::new(), &vocabulary));
            }
            found.extend(gone);
        }
        store.record_reading(reading.as_ref(), &found, now)?;
        Ok(place)
    }

    /// Has Anki import a package, and remembers what it has then. `place` is where its collection lies.
    ///
    /// # Errors
    /// When Anki refuses, or the library can't be written.
    pub(super) fn push(
        &self,
        package: &Package<'_>,
        place: Option<&str>,
        store: &mut Store,
    ) -> Result<Pushed, Failure> {
        let failed = |error: std::io::Error| {
            Failure::new(format!("a temporary package can't be written: {error}"))
                .hint("write it with -o FILE and open that with Anki")
        };
        // A folder of our own: nobody else can put another package there before Anki reads it.
        let scratch = Scratch::new().map_err(failed)?;
        let path = scratch.path().join("shengci.apkg");
        std::fs::write(&path, package.bytes).map_err(failed)?;
        let pushed = self.connect.push(&path, note_type::ID, note_type::NAME)?;
        if let Some(place) = place {
            // Anki has taken the package: if it goes away now, the next run finds out what it has.
            let numbers = self.connect.numbers_of_type(note_type::ID, note_type::NAME).unwrap_or_default();
            let numbers: BTreeSet<i64> = numbers.into_iter().collect();
            let there = package.notes.iter().filter(|(number, _)| numbers.contains(number));
            let there: Vec<&str> = there.map(|(_, guid)| guid.as_str()).collect();
            let decks = self.connect.deck_numbers().unwrap_or_default();
            store.record_given(place, &in_anki::numbers(package.called, &decks), &there, None)?;
        }
        Ok(pushed)
    }
}
