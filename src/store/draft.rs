//! A library in the making: it lies beside the place that it is for, where nobody sees it, until it is whole.
//!
//! So a command that is killed, fails or takes long leaves what is at that place as it was, and nobody has to wait.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use super::kept::{self, Why};
use super::patience::Patience;
use super::{Fault, Store, StoreError, migrate, place, snapshot, spool};
use crate::scratch::Scratch;
use crate::words::Moment;

/// A library in the making.
#[derive(Debug)]
pub struct Draft {
    store: Store,
    /// Where it is to lie.
    place: PathBuf,
    patience: Patience,
    /// Goes when the library in it is closed.
    folder: Scratch,
}

/// The files that a draft may take the place of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Over {
    /// Nothing, and a library that holds nothing.
    Nothing,
    /// Any library: a copy of it is kept.
    Kept(Moment),
}

impl Draft {
    /// A new library, for a place where there is none, or one that holds nothing.
    ///
    /// # Errors
    /// When there is one that holds something, or nothing can be written there.
    pub fn new(path: &Path, now: Moment, patience: Patience) -> Result<Self, StoreError> {
        let draft = || {
            let place = place::resolve(path)?;
            if (place.exists() || place::has_journal(&place))
                && !migrate::find(path, now, patience)?.is_empty()?
            {
                return Err(Fault::NotEmpty);
            }
            let folder = Self::folder(&place)?;
            let store = migrate::make(path, &folder.path().join("library.db"), patience)?;
            Ok(Self { store, place, patience, folder })
        };
        draft().map_err(|fault| StoreError::new(path, fault))
    }

    /// A copy of the library at `from`, brought up to this version.
    ///
    /// # Errors
    /// When there is no whole library, or there is no room for the copy.
    pub(super) fn copy(path: &Path, from: &Path, patience: Patience) -> Result<Self, StoreError> {
        let place = place::resolve(path).map_err(|fault| StoreError::new(path, fault))?;
        let folder = Self::folder(&place).map_err(|fault| StoreError::new(path, fault))?;
        let file = folder.path().join("library.db");
        let copy = || {
            snapshot::copy(from, &file, &patience)?;
            {
                let copy = Connection::open(&file)?;
                if migrate::version(&copy)? == 0 {
                    return Err(Fault::NotALibrary);
                }
                kept::is_sound(&copy)?;
            }
            let store = migrate::make(path, &file, patience)?;
            migrate::fits(&store.connection)?;
            Ok(store)
        };
        let store = copy().map_err(|fault| match fault {
            Fault::Corrupt(what) => StoreError::new(from, Fault::BadCopy(what)),
            Fault::Full | Fault::NoRoom(_) => StoreError::new(path, Fault::Full),
            other => StoreError::new(from, other),
        })?;
        Ok(Self { store, place, patience, folder })
    }

    fn folder(place: &Path) -> Result<Scratch, Fault> {
        let around = spool::folder_of(place);
        place::private_folder(around)
            .and_then(|()| Scratch::beside(around))
            .map_err(|error| place::refused(around, &error))
    }

    /// The library, to be filled.
    pub fn store(&mut self) -> &mut Store {
        &mut self.store
    }

    /// Puts it at its place: where there is nothing, or a library that holds nothing.
    ///
    /// # Errors
    /// When a library there was filled meanwhile; it is left as it is.
    pub fn put(mut self) -> Result<(), StoreError> {
        self.put_over(Over::Nothing).map(drop).map_err(|fault| StoreError::new(&self.store.path, fault))
    }

    /// Puts it at its place, in one step for whoever looks; the path of the copy that is kept of what was there.
    pub(super) fn put_over(&mut self, over: Over) -> Result<Option<PathBuf>, Fault> {
        // Where a journal is left of a library that is gone, SQLite has to see to it before there is one again.
        if !self.place.exists() && !place::has_journal(&self.place) {
            let file = self.close()?;
            if spool::put_new(&file, &self.place).map_err(|error| place::refused(&self.place, &error))? {
                return Ok(None);
            }
            self.reopen()?;
        }
        self.fill(over)
    }

    /// Writes it into the library that is there, as one change: whoever has that open sees it change.
    fn fill(&mut self, over: Over) -> Result<Option<PathBuf>, Fault> {
        let path = self.store.path.clone();
        let now = if let Over::Kept(now) = over { now } else { Moment(0) };
        let mut there = migrate::find(&path, now, self.patience)?;
        there.is_writable()?;
        // A library can't change the size of its pages while it is in use; this one can.
        let size = page_size(&there.connection)?;
        if page_size(&self.store.connection)? != size {
            self.store.connection.execute_batch(&format!(
                "PRAGMA journal_mode = DELETE; PRAGMA page_size = {size}; VACUUM;"
            ))?;
        }
        let before = migrate::find(&path, now, self.patience)?;
        there.connection.busy_timeout(std::time::Duration::ZERO)?;
        let backup = Backup::new(&self.store.connection, &mut there.connection)?;
        // The first page takes the lock, and nothing is seen of it before the last one: what is kept is what there is
        // then, and nothing comes after it.
        self.patience.poll(&path, || step(&backup, 1))?;
        let kept = if before.is_empty()? {
            None
        } else {
            match over {
                Over::Nothing => return Err(Fault::NotEmpty),
                Over::Kept(now) => Some(kept::keep(&before.connection, &self.place, Why::Restore, now)?),
            }
        };
        before.in_place()?;
        step(&backup, -1)?;
        place::make_private(&self.place);
        Ok(kept)
    }

    /// Closes the library, so that it is all in one file; the file.
    pub(super) fn close(&mut self) -> Result<PathBuf, Fault> {
        let empty = Connection::open_in_memory()?;
        let open = std::mem::replace(&mut self.store.connection, empty);
        open.close().map_err(|(_, error)| error)?;
        Ok(self.file())
    }

    fn reopen(&mut self) -> Result<(), Fault> {
        self.store = migrate::make(&self.store.path, &self.file(), self.patience)?;
        Ok(())
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("library.db")
    }

    /// Where it is to lie.
    pub(super) fn place(&self) -> &Path {
        &self.place
    }
}

fn page_size(connection: &Connection) -> Result<u32, Fault> {
    Ok(connection.pragma_query_value(None, "page_size", |row| row.get(0))?)
}

fn step(backup: &Backup<'_, '_>, pages: i32) -> Result<(), Fault> {
    match backup.step(pages)? {
        StepResult::Done | StepResult::More => Ok(()),
        _ => Err(Fault::Locked),
    }
}
