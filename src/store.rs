//! The learner's library: all SQL of it.
//!
//! **Invariant**: what was recorded (articles and their texts, words with their guids, marks, corrections,
//! exports) is never recomputed and never dropped. What the pipeline reads out of it (sentences, counts, pairs,
//! statuses) is derived, by one rule, and can be rebuilt at will.
//!
//! Every command is one transaction: killed in the middle, it leaves the library as it was.

mod add;
mod anki;
mod articles;
mod backup;
mod blob;
mod check;
mod corrections;
mod dump;
mod error;
mod examples;
mod exports;
mod ground;
mod import;
mod known;
mod lexicon;
mod links;
mod marks;
mod migrate;
mod numbered;
mod pairs;
mod select;
mod standing;
mod stats;
mod words;

pub use add::{Added, Adding, Outcome};
pub use anki::{AnkiNote, Edited};
pub use articles::{ArticleRow, Outdated};
pub use check::Finding;
pub use corrections::Recorded;
pub use dump::Form as DumpForm;
pub use error::{Fault, StoreError};
pub use exports::{Exported, Given, Shown};
pub use import::{Import, Imported};
pub use marks::{Marked, PastMark, Undone};
pub use pairs::Pair;
pub use select::Selection;
pub use stats::{Stats, Week};
pub use words::{Seen, WordFilter};

use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction, TransactionBehavior};

/// An open library.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
}

impl Store {
    /// The file that it lies in.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether something can be recorded in it.
    ///
    /// # Errors
    /// When it can only be read.
    pub fn writable(&self) -> Result<(), StoreError> {
        match self.connection.is_readonly(rusqlite::MAIN_DB) {
            Ok(false) => Ok(()),
            Ok(true) => Err(StoreError::new(&self.path, Fault::Unwritable("it can only be read".to_owned()))),
            Err(error) => Err(StoreError::new(&self.path, error.into())),
        }
    }

    /// Changes the library: all of it or nothing.
    fn write<T>(&mut self, work: impl FnOnce(&Transaction<'_>) -> Result<T, Fault>) -> Result<T, StoreError> {
        let run = || {
            // Immediate: a second writer waits here, where waiting can succeed, and not in the middle.
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let value = work(&transaction)?;
            transaction.commit()?;
            Ok(value)
        };
        run().map_err(|fault| StoreError::new(&self.path, fault))
    }

    /// What a change would do: it is made, looked at, and unmade.
    fn dry<T>(&mut self, work: impl FnOnce(&Transaction<'_>) -> Result<T, Fault>) -> Result<T, StoreError> {
        let run = || {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let value = work(&transaction)?;
            transaction.rollback()?;
            Ok(value)
        };
        run().map_err(|fault| StoreError::new(&self.path, fault))
    }

    /// Looks at the library as it is at one moment, whoever else writes to it.
    fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T, StoreError> {
        let run = || {
            let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Deferred)?;
            work(&transaction)
        };
        run().map_err(|fault| StoreError::new(&self.path, fault))
    }
}
