//! Why something could not be done: what was wrong, where, and what to do.

use std::io;

use crate::deck::DeckFileError;
use crate::learned::LearnedError;
use crate::package::PackageError;
use crate::source::SourceError;
use crate::store::StoreError;

/// Why something could not be done, in words for the learner.
#[derive(Debug)]
pub struct Failure {
    what: String,
    hints: Vec<String>,
    /// Whoever read our output has closed the pipe (`shengci words | head`): nothing is wrong.
    closed_pipe: bool,
}

impl Failure {
    /// A failure with what was wrong and where.
    pub fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), hints: Vec::new(), closed_pipe: false }
    }

    /// The same with something to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The fault and its place.
    #[must_use]
    pub fn what(&self) -> &str {
        &self.what
    }

    /// The remedies, the nearest first.
    #[must_use]
    pub fn hints(&self) -> &[String] {
        &self.hints
    }

    /// Whether nothing is wrong, but that whoever read the output wants no more of it.
    #[must_use]
    pub fn is_closed_pipe(&self) -> bool {
        self.closed_pipe
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        let closed_pipe = error.kind() == io::ErrorKind::BrokenPipe;
        Self { what: format!("the output can't be written: {error}"), hints: Vec::new(), closed_pipe }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::from(io::Error::from(error))
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::new(error.to_string()).hint(error.hint())
    }
}

impl From<SourceError> for Failure {
    fn from(error: SourceError) -> Self {
        Self::new(error.to_string()).hint(error.hint())
    }
}

impl From<DeckFileError> for Failure {
    fn from(error: DeckFileError) -> Self {
        let failure = Self::new(error.to_string());
        match error.hint {
            Some(hint) => failure.hint(hint),
            None => failure.hint("`shengci check` looks all deck files through"),
        }
    }
}

impl From<PackageError> for Failure {
    fn from(error: PackageError) -> Self {
        Self::new(error.to_string())
            .hint("is there enough memory, and room on the disk and for temporary files (TMPDIR)? a deck with a limit needs less")
    }
}

impl From<LearnedError> for Failure {
    fn from(error: LearnedError) -> Self {
        let failure = Self::new(error.to_string());
        match (error.hint(), &error) {
            (Some(hint), _) => failure.hint(hint),
            (None, LearnedError::Refused { .. }) => {
                failure.hint("is the add-on AnkiConnect the newest, and does Anki's own window say more?")
            }
            (None, _) => failure.hint("`shengci help import` has examples"),
        }
    }
}
