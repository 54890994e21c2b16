//! The learner's library: all SQL of it.
//!
//! **Invariant**: what was recorded (articles and their texts, words with their guids, marks, corrections,
//! exports) is never recomputed and never dropped. What the pipeline reads out of it (sentences, counts, pairs,
//! statuses) is derived, by one rule, and can be rebuilt at will.
//!
//! Every command is one transaction: killed in the middle, it leaves the library as it was. Only those that read many
//! articles (`add`, `make`, and reading anew) write them in portions, each of which is a transaction of whole articles:
//! what is computed and waited for lies between them, so that nobody else has to wait for long.

mod acts;
mod add;
mod anki;
mod articles;
mod backup;
mod blob;
mod check;
mod collections;
mod corrections;
mod draft;
mod dump;
mod error;
mod examples;
mod exports;
mod feeds;
mod ground;
mod import;
mod kept;
mod known;
mod lexicon;
mod links;
mod marks;
mod migrate;
mod numbered;
mod pairs;
mod patience;
mod place;
mod prints;
mod restore;
mod select;
mod snapshot;
mod spool;
mod standing;
mod stats;
mod words;

pub use acts::Undone;
pub use add::{Added, Adding, Outcome};
pub use anki::AnkiNote;
pub use articles::{ArticleRow, Outdated};
pub use check::Finding;
pub use collections::{Held, Holding, KnownCollection, Reading};
pub use corrections::Recorded;
pub use draft::Draft;
pub use dump::Form as DumpForm;
pub use error::{Fault, StoreError};
pub use exports::Predecessor;
pub use feeds::{Followed, Had};
pub use import::{Import, Imported};
pub use marks::{Marked, PastMark};
pub use pairs::Pair;
pub use patience::Patience;
pub use select::Selection;
pub use stats::{Stats, Week};
pub use words::{Seen, WordFilter};

use std::cell::Cell;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use place::Identity;

pub use crate::words::{Edits, Exported, Given, ReadBack, Shown};

/// An open library.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    /// The path as it was named.
    path: PathBuf,
    /// Where it lies.
    file: PathBuf,
    /// Which file it was when it was opened; `None` where it can only be read.
    identity: Option<Identity>,
    patience: Patience,
    /// The words that were met since the last change of another kind.
    met: lexicon::Met,
    /// The last act that put something right when the corrections were asked for.
    followed: Cell<Option<i64>>,
}

impl Store {
    fn new(
        connection: Connection,
        path: &Path,
        file: &Path,
        identity: Option<Identity>,
        patience: Patience,
    ) -> Self {
        Self {
            connection,
            path: path.to_owned(),
            file: file.to_owned(),
            identity,
            patience,
            met: lexicon::Met::default(),
            followed: Cell::new(None),
        }
    }

    /// Whether nothing was recorded in it.
    fn is_empty(&self) -> Result<bool, Fault> {
        let sql = "SELECT NOT EXISTS (SELECT 1 FROM article) AND NOT EXISTS (SELECT 1 FROM word)
                     AND NOT EXISTS (SELECT 1 FROM act) AND NOT EXISTS (SELECT 1 FROM export)
                     AND NOT EXISTS (SELECT 1 FROM feed)";
        Ok(self.connection.query_row(sql, [], |row| row.get(0))?)
    }

    /// Whether the file in the library's place is the one that was opened. What is written to another one is lost.
    fn in_place(&self) -> Result<(), Fault> {
        if self.identity.is_none() || Identity::of(&self.file) == self.identity {
            Ok(())
        } else {
            Err(Fault::Replaced)
        }
    }

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
        self.is_writable().map_err(|fault| StoreError::new(&self.path, fault))
    }

    fn is_writable(&self) -> Result<(), Fault> {
        if self.connection.is_readonly(rusqlite::MAIN_DB)? {
            return Err(Fault::Unwritable("it can only be read".to_owned()));
        }
        Ok(())
    }

    /// Changes the library: all of it or nothing.
    fn write<T>(&mut self, work: impl FnOnce(&Transaction<'_>) -> Result<T, Fault>) -> Result<T, StoreError> {
        self.met = lexicon::Met::default();
        let run = || {
            let transaction = self.patience.begin(&self.connection, &self.path)?;
            let value = work(&transaction)?;
            self.in_place()?;
            transaction.commit()?;
            Ok(value)
        };
        run().map_err(|fault| StoreError::new(&self.path, fault))
    }

    /// The effect that a change would have: it is made, looked at, and unmade.
    fn dry<T>(&mut self, work: impl FnOnce(&Transaction<'_>) -> Result<T, Fault>) -> Result<T, StoreError> {
        let run = || {
            let transaction = self.patience.begin(&self.connection, &self.path)?;
            let value = work(&transaction)?;
            transaction.rollback()?;
            Ok(value)
        };
        run().map_err(|fault| StoreError::new(&self.path, fault))
    }

    /// Several looks at the library as it is at one moment, whoever else writes to it. Nothing can be written meanwhile.
    ///
    /// # Errors
    /// When the library can't be read, or `look` fails.
    pub fn at_one_moment<T, E: From<StoreError>>(
        &self,
        look: impl FnOnce(&Self) -> Result<T, E>,
    ) -> Result<T, E> {
        let behaviour = TransactionBehavior::Deferred;
        let moment = Transaction::new_unchecked(&self.connection, behaviour)
            .map_err(|error| StoreError::new(&self.path, Fault::from(error)))?;
        let seen = look(self);
        drop(moment);
        seen
    }

    /// Looks at the library as it is at one moment, whoever else writes to it.
    fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T, StoreError> {
        let run = || {
            if !self.connection.is_autocommit() {
                return work(&self.connection);
            }
            let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Deferred)?;
            work(&transaction)
        };
        run().map_err(|fault| StoreError::new(&self.path, fault))
    }
}
