//! Where the library, the user's settings and fetched pages lie: the XDG folders, or what the platform has in their place.
//!
//! There may be no home folder to have them in: a service, or a container with any user's number. Then nothing is asked
//! for until it is needed: settings are the defaults, and only a library that nobody named is missed.

use std::path::PathBuf;

use etcetera::{BaseStrategy, choose_base_strategy};

use crate::library::Config;

/// The library file that was named, else the one in the user's data folder, if there is a place for it.
#[must_use]
pub fn library_or(named: Option<PathBuf>) -> Option<PathBuf> {
    let own = choose_base_strategy().ok().map(|base| base.data_dir());
    let folder = || or_named(own, "XDG_DATA_HOME");
    named.or_else(|| Some(folder()?.join("shengci").join("library.db")))
}

/// The user's folder of settings.
#[must_use]
pub fn config_of_user() -> Config {
    let own = choose_base_strategy().ok().map(|base| base.config_dir());
    Config::at(or_named(own, "XDG_CONFIG_HOME").map(|folder| folder.join("shengci")))
}

/// The folder in which fetched pages are kept, among those of the user's that may be emptied at any time.
#[must_use]
pub fn pages() -> Option<PathBuf> {
    let own = choose_base_strategy().ok().map(|base| base.cache_dir());
    Some(or_named(own, "XDG_CACHE_HOME")?.join("shengci").join("pages"))
}

/// The folder of this variable where there is no home folder, but somebody has said where the user's files go.
///
/// A folder that depends on where one stands is none: it would be another library in each.
fn or_named(own: Option<PathBuf>, variable: &str) -> Option<PathBuf> {
    let named = std::env::var_os(variable).map(PathBuf::from);
    [own, named].into_iter().flatten().find(|folder| folder.is_absolute())
}
