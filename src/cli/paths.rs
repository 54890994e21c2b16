//! Where the library and the user's settings lie: the XDG folders, or what the platform has in their place.

use std::path::PathBuf;

use etcetera::{BaseStrategy, choose_base_strategy};

use super::Failure;

/// The library file that is used when none is named.
///
/// # Errors
/// When there is no home folder.
pub fn library() -> Result<PathBuf, Failure> {
    Ok(base()?.data_dir().join("shengci").join("library.db"))
}

/// The folder with `config.yaml` and `decks/`.
///
/// # Errors
/// When there is no home folder.
pub fn config() -> Result<PathBuf, Failure> {
    Ok(base()?.config_dir().join("shengci"))
}

fn base() -> Result<impl BaseStrategy, Failure> {
    choose_base_strategy().map_err(|_| {
        Failure::new("there is no home folder to keep the library in")
            .hint("name a library: --library FILE, or SHENGCI_LIBRARY")
    })
}
