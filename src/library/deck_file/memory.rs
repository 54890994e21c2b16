//! Under which name the library remembers what a deck has given.
//!
//! Not the deck's own: two folders may have a `my.yaml` each, and a `news.yaml` may stand beside the shipped `news`. Each
//! of them has a memory of its own, by where its file lies. Two things are taken over, so that no deck begins anew: the
//! memory of a file that was moved, and what a library of before, which knew decks by their bare names, has under this
//! name.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::library::Config;
use crate::source;
use crate::store::Predecessor;

/// The folder of a learner's own decks, in that of the settings.
pub const OWN: &str = "decks";

/// The name of a memory. All but those of before have a slash in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Memory(String);

impl Memory {
    /// That of a deck that the program carries.
    pub fn of_shipped(handle: &str) -> Self {
        Self(format!("shipped/{handle}"))
    }

    /// That of a deck file. One in the settings is known by its name there, wherever they lie.
    pub fn of_file(path: &Path, config: &Config) -> Self {
        let own = config.join(OWN).and_then(|folder| folder.canonicalize().ok());
        let canonical = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if own.is_some() && canonical.parent() == own.as_deref() {
            let name = canonical.file_name().unwrap_or_default().to_string_lossy().into_owned();
            return Self(format!("{OWN}/{name}"));
        }
        match source::location(path) {
            Some(location) => Self(location.as_str().to_owned()),
            None => Self(canonical.to_string_lossy().into_owned()),
        }
    }

    /// As the library writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// From whom a deck goes on that has none of its own yet: from itself under the name that it had, or from what a
    /// library of before has under its bare name. `known` are all memories.
    pub fn predecessor(&self, handle: &str, known: &BTreeSet<&str>, config: &Config) -> Option<Predecessor> {
        if known.contains(self.0.as_str()) {
            return None;
        }
        let is_gone =
            |known: &&&str| name(known) == handle && file(known, config).is_some_and(|file| !file.exists());
        let gone: Vec<&&str> = known.iter().filter(is_gone).collect();
        // Of two that are gone nobody can say which of them was moved.
        if let ([moved], false) = (&gone[..], self.0.starts_with("shipped/")) {
            return Some(Predecessor::Moved((**moved).to_owned()));
        }
        known.contains(handle).then(|| Predecessor::Shared(handle.to_owned()))
    }
}

/// The deck's name, as people know it: the file's without its ending.
pub fn name(memory: &str) -> &str {
    let Some((_, file)) = memory.rsplit_once(['/', '\\']) else { return memory };
    if memory.starts_with("shipped/") {
        return file;
    }
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// The file that a memory is of, where that can be told from its name.
fn file(memory: &str, config: &Config) -> Option<PathBuf> {
    match memory.split_once('/') {
        Some((OWN, file)) => config.join(OWN).map(|folder| folder.join(file)),
        Some(("shipped", _)) | None => None,
        // A path that locations write otherwise is taken to be there.
        Some(_) if memory.contains('\\') => None,
        Some(_) => Some(PathBuf::from(memory)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_memory_is_called_as_its_deck() {
        for (memory, expected) in [
            ("my.deck", "my.deck"),
            ("shipped/news", "news"),
            ("decks/news.yaml", "news"),
            ("/home/a/my.deck.yml", "my.deck"),
        ] {
            assert_eq!(name(memory), expected);
        }
    }
}
