//! A package into the Anki that runs on this machine, through AnkiConnect, and what is read back before.
//!
//! Anki's own importer takes a note over as a whole, so what the learner has written there since the last `import`
//! has to be known first.

use super::source::PATIENCE;
use super::{Choice, Dictionary, Headword, Lookup, anki, ours};
use crate::cli::settings::Settings;
use crate::cli::vocabulary::Vocabulary;
use crate::cli::{Context, Failure};
use crate::deck::{self, note_type};
use crate::learned::{Connect, LearnedError, Pushed};
use crate::scratch::Scratch;
use crate::store::Store;

/// Has Anki import the bytes of a package.
///
/// # Errors
/// When Anki doesn't run, has no AnkiConnect, or refuses.
pub fn push(context: &Context, package: &[u8]) -> Result<Pushed, Failure> {
    let (connect, _) = connect(context)?;
    let failed = |error: std::io::Error| {
        Failure::new(format!("a temporary package can't be written: {error}"))
            .hint("write it with -o FILE and open that with Anki")
    };
    // A folder of our own: nobody else can put another package there before Anki reads it.
    let scratch = Scratch::new().map_err(failed)?;
    let path = scratch.path().join("shengci.apkg");
    std::fs::write(&path, package).map_err(failed)?;
    Ok(connect.push(&path, note_type::ID, note_type::NAME)?)
}

/// Reads our notes in the Anki that runs, and remembers the learner's edits of them. What Anki says of words is left
/// to `import`: nothing is marked.
///
/// # Errors
/// When Anki doesn't run, has no AnkiConnect, or the library can't be written.
pub fn read_back(context: &Context, store: &mut Store) -> Result<(), Failure> {
    let (connect, settings) = connect(context)?;
    let mut collection = connect.read_type(note_type::ID, note_type::NAME, settings.known_from_days)?;
    let vocabulary = Vocabulary::of(Some(store))?;
    if collection.whole {
        // The whole file was read; other notes are no matter of this.
        collection.notes.retain(|note| note.guid.as_deref().is_some_and(|g| vocabulary.of_guid(g).is_some()));
    }
    let missing = if collection.whole {
        None
    } else {
        let before = ours::remembered(store, &vocabulary)?;
        ours::tell_guids(&mut collection, &before, store, &vocabulary)?;
        Some(ours::elsewhere(&collection, &before, store)?)
    };
    let library = |headword: &Headword| vocabulary.readings_of(headword);
    let lookup = Lookup::new(Dictionary::embedded(), &library);
    let intake = anki::read(collection, &lookup, Choice::default(), &settings, &vocabulary, Some(store))?;
    let mut found: Vec<_> = intake.notes.into_iter().filter(|note| note.guid.is_some()).collect();
    if let Some(missing) = missing {
        for number in connect.existing(&missing.keys().copied().collect::<Vec<_>>())? {
            let guid = missing.get(&number).cloned().unwrap_or_default();
            let key = vocabulary.of_guid(&guid);
            let moved = deck::moved(deck::Edits::new());
            found.extend(key.map(|key| ours::found(key, number, guid, moved)));
        }
    }
    store.record_anki(&found, context.now)?;
    Ok(())
}

/// A line to Anki, which answers.
fn connect(context: &Context) -> Result<(Connect, Settings), Failure> {
    let settings = Settings::load(&context.config)?;
    let connect = Connect::new(&settings.anki.url, settings.anki.key.as_deref(), PATIENCE);
    // Asked first, so that no file is written for an Anki that isn't there.
    connect.version().map_err(|error| match error {
        LearnedError::NotRunning { .. } => Failure::new(error.to_string())
            .hint("start Anki, with the add-on AnkiConnect (code 2055492159) installed")
            .hint("or leave out `--to anki`, and open the package with Anki: that needs no add-on"),
        other => other.into(),
    })?;
    Ok((connect, settings))
}
