//! Deck files: the learner's own first, then those that the program carries.

mod memory;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub use memory::name;

use self::memory::Memory;
use super::Failure;
use super::settings::{self, Config, Settings};
use crate::deck::{self, Spec};
use crate::source;
use crate::store::{Exported, Predecessor};

/// A deck's definition and the name under which its exports are remembered.
#[derive(Debug)]
pub struct Definition {
    /// The file's name without its ending: `news`.
    pub handle: String,
    /// Under which the library knows what it has given.
    memory: Memory,
    /// Where the learner's own deck files are.
    config: Config,
    /// The contents of the deck file, as values.
    pub spec: Spec,
}

/// The definition that `name` means: a file, a deck of the user's own, or a shipped one.
///
/// # Errors
/// When there is none (the nearest name is suggested), or its file has a fault.
pub fn find(name: &str, config: &Config) -> Result<Definition, Failure> {
    let mut definition = find_as_written(name, config)?;
    if let Some(colours) = Settings::load(config)?.tone_colours {
        definition.spec.fields.tone_colours = colours;
    }
    Ok(definition)
}

fn find_as_written(name: &str, config: &Config) -> Result<Definition, Failure> {
    let path = Path::new(name);
    if is_deck_file(path) {
        return from_file(path, config);
    }
    let own = own(config);
    if let Some(path) = own.iter().find(|path| handle(path) == name) {
        return from_file(path, config);
    }
    if let Some(shipped) = deck::shipped().iter().find(|shipped| shipped.handle == name) {
        let spec = deck::parse(&format!("decks/{name}.yaml"), shipped.text)?;
        return Ok(Definition {
            handle: name.to_owned(),
            memory: Memory::of_shipped(name),
            config: config.clone(),
            spec,
        });
    }
    let handles: Vec<String> = own.iter().map(|path| handle(path)).collect();
    let known: Vec<&str> = handles.iter().map(String::as_str).collect();
    let failure = Failure::new(format!("there is no deck “{name}”"));
    Err(match deck::nearest(name, &known) {
        Some(nearest) => failure.hint(format!("did you mean `{nearest}`?")),
        None => {
            let shipped = deck::shipped().iter().map(|deck| deck.handle);
            let all: Vec<&str> = shipped.chain(known.iter().copied()).collect();
            failure.hint(format!("there are {}", all.join(", ")))
        }
    })
}

/// The deck files in the learner's settings, by name.
#[must_use]
pub fn own(config: &Config) -> Vec<PathBuf> {
    let folder = config.join(memory::OWN);
    let Some(entries) = folder.and_then(|folder| std::fs::read_dir(folder).ok()) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| is_deck_file(path) && !settings::is_pipe(path))
        .collect();
    files.sort();
    files
}

/// Reads a deck file.
///
/// # Errors
/// When it can't be read, or has a fault.
pub fn from_file(path: &Path, config: &Config) -> Result<Definition, Failure> {
    let text = source::text(path)?;
    let spec = deck::parse(&path.display().to_string(), &text)?;
    Ok(Definition {
        handle: handle(path),
        memory: Memory::of_file(path, config),
        config: config.clone(),
        spec,
    })
}

impl Definition {
    /// Under which name the library knows what the deck has given.
    pub(super) fn memory(&self) -> &str {
        self.memory.as_str()
    }

    /// From whom the deck goes on, if it has given nothing under its name yet; `exported` is what all decks have given.
    pub(super) fn predecessor(
        &self,
        exported: &BTreeMap<String, BTreeMap<String, Exported>>,
    ) -> Option<Predecessor> {
        let known = exported.values().flat_map(BTreeMap::keys).map(String::as_str).collect();
        self.memory.predecessor(&self.handle, &known, &self.config)
    }
}

fn is_deck_file(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}

fn handle(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
