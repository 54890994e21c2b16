//! Where the library and the user's settings lie: the XDG folders, or what the platform has in their place.
//!
//! There may be no home folder to have them in: a service, or a container with any user's number. Then nothing is asked
//! for until it is needed: settings are the defaults, and only a library that nobody named is missed.

use std::fmt;
use std::path::{Path, PathBuf};

use etcetera::{BaseStrategy, choose_base_strategy};

use super::Failure;

/// The library file, if there is a place for one.
#[derive(Clone, Debug)]
pub struct Library(Option<PathBuf>);

impl Library {
    /// The one that was named, else the one in the user's data folder.
    #[must_use]
    pub fn of(named: Option<PathBuf>) -> Self {
        let own = choose_base_strategy().ok().map(|base| base.data_dir());
        let folder = || or_named(own, "XDG_DATA_HOME");
        Self(named.or_else(|| Some(folder()?.join("shengci").join("library.db"))))
    }

    /// Its path.
    ///
    /// # Errors
    /// When none was named, and there is no home folder.
    pub fn path(&self) -> Result<&Path, Failure> {
        self.0.as_deref().ok_or_else(|| {
            Failure::new("there is no home folder to keep the library in")
                .hint("name a library: --library FILE, or SHENGCI_LIBRARY")
        })
    }

    /// Whether there is one already.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.0.as_ref().is_some_and(|path| path.exists())
    }

    /// As people read it.
    #[must_use]
    pub fn display(&self) -> impl fmt::Display + '_ {
        Shown(self.0.as_deref())
    }
}

/// The folder with `config.yaml` and `decks/`, if there is a place for one.
#[derive(Clone, Debug)]
pub struct Config(Option<PathBuf>);

impl Config {
    /// The user's.
    #[must_use]
    pub fn of_user() -> Self {
        let own = choose_base_strategy().ok().map(|base| base.config_dir());
        Self(or_named(own, "XDG_CONFIG_HOME").map(|folder| folder.join("shengci")))
    }

    /// What is called so in it.
    #[must_use]
    pub fn join(&self, name: &str) -> Option<PathBuf> {
        self.0.as_ref().map(|folder| folder.join(name))
    }

    /// As people read it.
    #[must_use]
    pub fn display(&self) -> impl fmt::Display + '_ {
        Shown(self.0.as_deref())
    }
}

struct Shown<'p>(Option<&'p Path>);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(path) => path.display().fmt(f),
            None => f.write_str("nowhere (there is no home folder)"),
        }
    }
}

/// The folder of this variable where there is no home folder, but somebody has said where the user's files go.
///
/// A folder that depends on where one stands is none: it would be another library in each.
fn or_named(own: Option<PathBuf>, variable: &str) -> Option<PathBuf> {
    let named = std::env::var_os(variable).map(PathBuf::from);
    [own, named].into_iter().flatten().find(|folder| folder.is_absolute())
}
