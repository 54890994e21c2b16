//! Corrections in a file, to keep or to share.

use std::path::Path;

use super::{Failure, Library, Want, Wish};
use crate::corrections::{read as read_corrections, write as write_corrections};
use crate::library::plural;
use crate::source;
use crate::store::{Recorded, Store};

/// The corrections that a library follows.
#[derive(Debug)]
pub struct Kept {
    /// In the order in which they were recorded.
    pub corrections: Vec<Recorded>,
}

impl Wish {
    /// All that somebody wrote into this file.
    ///
    /// # Errors
    /// When it can't be read, has a fault, or no correction in it.
    pub fn file(path: &Path) -> Result<Self, Failure> {
        let shown = path.display();
        let text = source::text(path)?;
        let corrections = read_corrections(&text).map_err(|error| {
            Failure::new(format!("{shown}:{}: {}", error.line, error.message))
                .hint("`shengci corrections --export -` shows how such a file looks; nothing was taken over")
        })?;
        if corrections.is_empty() {
            return Err(Failure::new(format!("there is no correction in {shown}"))
                .hint("`shengci corrections --export -` shows how such a file looks"));
        }
        Ok(Self(Want::File(corrections)))
    }
}

impl Library {
    /// The corrections, without those that a later one has overruled.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn corrections(&self) -> Result<Kept, Failure> {
        Ok(Kept { corrections: in_force(self.store.corrections()?) })
    }

    /// Refuses to write over corrections that this library never had: a hand, or somebody else, put them there. What is
    /// no file of corrections was refused before.
    ///
    /// # Errors
    /// When the file has some.
    pub fn spare_what_is_new(&self, path: &Path) -> Result<(), Failure> {
        spare_what_is_new(path, &self.store)
    }
}

impl Kept {
    /// As a file has them.
    #[must_use]
    pub fn to_text(&self) -> String {
        write_corrections(self.corrections.iter().map(|recorded| &recorded.correction))
    }
}

fn spare_what_is_new(path: &Path, store: &Store) -> Result<(), Failure> {
    // A file of anything else was refused before; an empty file, a pipe or a device holds no corrections.
    let is_file = path.is_file() && std::fs::metadata(path).is_ok_and(|about| about.len() > 0);
    let text = if is_file { std::fs::read_to_string(path)? } else { String::new() };
    let theirs = read_corrections(&text).unwrap_or_default();
    let ours = if theirs.is_empty() { Vec::new() } else { store.corrections_ever()? };
    let new = theirs.iter().filter(|one| !ours.contains(one)).count();
    if new == 0 {
        return Ok(());
    }
    let shown = path.display();
    Err(Failure::new(format!("{shown} has {} that your library lacks", plural(new, "correction")))
        .hint(format!("take them over first: shengci corrections --import {shown}"))
        .hint("or choose another place: --export FILE; it was left as it is"))
}

/// Without those that a later one has overruled.
pub fn in_force(recorded: Vec<Recorded>) -> Vec<Recorded> {
    let overruled = |at: usize| {
        let later = &recorded[at + 1..];
        later.iter().any(|later| recorded[at].correction.is_overruled_by(&later.correction))
    };
    let kept: Vec<bool> = (0..recorded.len()).map(|at| !overruled(at)).collect();
    recorded.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(one, _)| one).collect()
}
