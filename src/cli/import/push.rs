//! A package into the Anki that runs on this machine, through AnkiConnect.
//!
//! Anki's own importer does it: it matches notes by guid, leaves scheduling alone, and takes over only what is
//! newer.

use super::source::PATIENCE;
use crate::cli::settings::Settings;
use crate::cli::{Context, Failure};
use crate::deck::note_type;
use crate::learned::{Connect, LearnedError, Pushed};

/// Has Anki import the bytes of a package.
///
/// # Errors
/// When Anki doesn't run, has no AnkiConnect, or refuses.
pub fn push(context: &Context, package: &[u8]) -> Result<Pushed, Failure> {
    let settings = Settings::load(&context.config)?;
    let connect = Connect::new(&settings.anki.url, settings.anki.key.as_deref(), PATIENCE);
    // Asked first, so that no file is written for an Anki that isn't there.
    connect.version().map_err(|error| match error {
        LearnedError::NotRunning { .. } => Failure::new(error.to_string())
            .hint("start Anki, with the add-on AnkiConnect (code 2055492159) installed")
            .hint("or leave out `--to anki`, and open the package with Anki: that needs no add-on"),
        other => other.into(),
    })?;
    let failed = |error: std::io::Error| {
        Failure::new(format!("a temporary package can't be written: {error}"))
            .hint("write it with -o FILE and open that with Anki")
    };
    // A folder of our own: nobody else can put another package there before Anki reads it.
    let folder = tempfile::Builder::new().prefix("shengci-").tempdir().map_err(failed)?;
    let path = folder.path().join("shengci.apkg");
    std::fs::write(&path, package).map_err(failed)?;
    Ok(connect.push(&path, &format!("\"note:{}\"", note_type::NAME))?)
}
