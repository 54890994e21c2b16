//! Are the settings and the deck files right, and is the library whole?

use std::path::PathBuf;

use serde::Serialize;

use super::settings::{self, Config, Settings};
use super::{Failure, Place, deck_file};
use crate::deck;
use crate::dictionary::Dictionary;

/// The result of a check, as `check --json` prints it.
#[derive(Debug, Default, Serialize)]
pub struct Looked {
    /// The file of settings, if there is one.
    pub settings: Option<String>,
    /// Deck files without a fault.
    pub decks: Vec<DeckRow>,
    /// How many decks the program carries.
    pub shipped_decks: usize,
    /// How many words the dictionary has.
    pub dictionary_words: usize,
    /// The library, if there is one.
    pub library: Option<String>,
    #[serde(rename = "faults")]
    told: Vec<String>,
    /// The faults that were found.
    #[serde(skip)]
    pub faults: Vec<Failure>,
}

/// A deck file.
#[derive(Debug, Serialize)]
pub struct DeckRow {
    /// Where it is.
    pub file: String,
    /// The name of its deck in Anki.
    pub name: String,
}

/// Looks through deck files; where none is named, through the learner's own, the settings and the library. Every fault is
/// told, not just the first.
///
/// # Errors
/// When the library can't be looked through.
pub fn check(files: &[PathBuf], config: &Config, place: &Place) -> Result<Looked, Failure> {
    let mut faults = Vec::new();
    let mut looked = Looked::default();
    let everything = files.is_empty();
    let files = if everything { deck_file::own(config) } else { files.to_vec() };
    for file in &files {
        match deck_file::from_file(file, config) {
            Ok(definition) => looked.decks.push(DeckRow {
                file: file.display().to_string(),
                name: definition.spec.name.as_str().to_owned(),
            }),
            Err(fault) => faults.push(fault),
        }
    }
    if everything {
        for shipped in deck::shipped() {
            deck::parse(&format!("decks/{}.yaml", shipped.handle), shipped.text)?;
        }
        looked.shipped_decks = deck::shipped().len();
        looked.dictionary_words = Dictionary::embedded().len();
        if let Some(file) = config.join(settings::FILE).filter(|file| file.exists()) {
            looked.settings = Some(file.display().to_string());
        }
        faults.extend(Settings::load(config).err());
        if place.exists() {
            looked.library = Some(place.display().to_string());
            for finding in place.open_as_it_is()?.check()? {
                faults.push(Failure::new(format!("{}: {}", place.display(), finding.what)));
            }
        }
    }
    looked.told = faults.iter().map(|fault| fault.what().to_owned()).collect();
    looked.faults = faults;
    Ok(looked)
}
