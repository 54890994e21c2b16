//! Where a library lies, or would, and how it is opened.

use std::fmt;
use std::path::{Path, PathBuf};

use super::settings::shown;
use super::{Failure, Library};
use crate::store::{Patience, Store};
use crate::words::Moment;

/// The place of a library, which need not be there yet.
#[derive(Clone, Debug)]
pub struct Place {
    file: Option<PathBuf>,
    now: Moment,
    patience: Patience,
}

impl Place {
    /// A library in this file; none where there is no home folder to have it in. `now` is the moment at which all that
    /// is done with the library happens, `patience` how long somebody else who writes to it is waited for.
    #[must_use]
    pub fn new(file: Option<PathBuf>, now: Moment, patience: Patience) -> Self {
        Self { file, now, patience }
    }

    /// Its path.
    ///
    /// # Errors
    /// When none was named, and there is no home folder.
    pub fn path(&self) -> Result<&Path, Failure> {
        self.file.as_deref().ok_or_else(|| {
            Failure::new("there is no home folder to keep the library in")
                .hint("name a library: --library FILE, or SHENGCI_LIBRARY")
        })
    }

    /// Whether there is one already.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.file.as_ref().is_some_and(|path| path.exists())
    }

    /// As people read it.
    #[must_use]
    pub fn display(&self) -> impl fmt::Display + '_ {
        shown(self.file.as_deref())
    }

    /// The library; a new one where there is none yet.
    ///
    /// # Errors
    /// When it can't be opened.
    pub fn open(&self) -> Result<Library, Failure> {
        let store = Store::open_with(self.path()?, self.now, self.patience)?;
        Library::of(store, self.now)
    }

    /// The library, which has to be there: a question to one that does not exist makes none.
    ///
    /// # Errors
    /// When there is none, or it can't be opened.
    pub fn open_existing(&self) -> Result<Library, Failure> {
        Library::of(self.open_as_it_is()?, self.now)
    }

    /// The library, if there is one.
    ///
    /// # Errors
    /// When it can't be opened.
    pub fn open_if_there(&self) -> Result<Option<Library>, Failure> {
        self.exists().then(|| self.open_existing()).transpose()
    }

    /// The moment at which all that is done with it happens.
    pub(super) fn now(&self) -> Moment {
        self.now
    }

    /// How long somebody else who writes to it is waited for.
    pub(super) fn patience(&self) -> Patience {
        self.patience
    }

    /// The library to be looked through: nothing in it need make sense.
    pub(super) fn open_as_it_is(&self) -> Result<Store, Failure> {
        Ok(Store::open_existing_with(self.path()?, self.now, self.patience)?)
    }
}
