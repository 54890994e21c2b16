//! A deck becomes the bytes of an Anki package.
//!
//! The legacy form (`collection.anki2`, schema 11, beside `media`), which every Anki from 2.1.49 on imports. A
//! package is a function of the deck and of when each note last changed: no clock is asked, no unordered map
//! stands on the way, so the same deck makes the same bytes.

mod archive;
mod checksum;
mod collection;
mod ids;

use crate::deck::{Deck, Note};
use crate::words::Moment;

pub use checksum::checksum;

/// Why a package could not be made. Neither can be caused by a deck; both can by a machine without memory.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// SQLite could not build the collection.
    #[error("the package's collection could not be built: {0}")]
    Collection(#[from] rusqlite::Error),
    /// The archive could not be written.
    #[error("the package could not be packed: {0}")]
    Archive(#[from] std::io::Error),
}

/// Anki's number for a note, as a package has it; Anki keeps it where the collection has no other note of that
/// number, and shifts it by little where two words of a package would share one.
#[must_use]
pub fn note_id(created: Moment, guid: &str) -> i64 {
    ids::Ids::default().give(created, guid, 0)
}

/// The package of `deck`. `changed` says when the content of a note last changed: Anki takes a note that it has
/// over its own only if that is newer, so a note that did not change leaves the learner's edits alone.
///
/// # Errors
/// When the machine can't give the memory for it.
pub fn write(deck: &Deck, changed: impl Fn(&Note) -> Moment) -> Result<Vec<u8>, PackageError> {
    let collection = collection::build(deck, changed)?;
    let bytes = collection.serialize(rusqlite::MAIN_DB)?;
    Ok(archive::pack(&[("collection.anki2", &bytes), ("media", b"{}")])?)
}
