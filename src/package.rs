//! A deck becomes the bytes of an Anki package.
//!
//! The legacy form (`collection.anki2`, schema 11, beside `media`), which every Anki from 2.1.49 on imports. A
//! package is a function of the deck and of when each note last changed: no clock is asked, no unordered map
//! stands on the way, so the same deck makes the same bytes.

mod archive;
mod checksum;
mod collection;
mod ids;

use crate::deck::{Deck, DeckName, Note, Outline};
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

/// The package of `deck`. `changed` says when the content of a note last changed: Anki takes a note that it has
/// over its own only if that is newer, so a note that did not change leaves the learner's edits alone.
///
/// # Errors
/// When the machine can't give the memory for it.
pub fn write(deck: &Deck, changed: impl Fn(&Note) -> Moment + Sync) -> Result<Vec<u8>, PackageError> {
    let outline = |note: &Note| Outline {
        guid: note.guid.clone(),
        created: note.created,
        deck: note.deck.clone(),
    };
    write_each(&deck.name, &deck.notes.iter().map(outline).collect::<Vec<_>>(), |places| {
        places.iter().map(|&at| (deck.notes[at].clone(), changed(&deck.notes[at]))).collect()
    })
}

/// The same, of notes that are written as they are asked for and not held: `notes` gives those at some places of
/// `outlines`, each with the moment at which it last changed.
///
/// # Errors
/// When the machine can't give the memory for it.
pub fn write_each(
    name: &DeckName,
    outlines: &[Outline],
    notes: impl FnMut(&[usize]) -> Vec<(Note, Moment)> + Send,
) -> Result<Vec<u8>, PackageError> {
    let collection = collection::build(name, outlines, notes)?;
    let bytes = collection.serialize(rusqlite::MAIN_DB)?;
    Ok(archive::pack(&[("collection.anki2", &bytes), ("media", b"{}")])?)
}
