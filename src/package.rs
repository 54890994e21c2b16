//! A deck becomes the bytes of an Anki package.
//!
//! The legacy form (`collection.anki2`, schema 11, beside `media`), which every Anki from 2.1.49 on imports. A
//! package is a function of the deck and of when each note last changed: no clock is asked, no unordered map
//! stands on the way, so the same deck makes the same bytes.

mod archive;
mod checksum;
mod collection;
mod ids;
mod note_type;
mod type_in_anki;

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, Write};

use crate::deck::{Deck, DeckName, Note, Outline, Plan, Written};
use crate::scratch::Scratch;
use crate::words::{Given, Moment};

pub use checksum::checksum;
pub use collection::Form;
pub use type_in_anki::{Place, Style, TypeInAnki};

/// Why a package could not be made. Neither can be caused by a deck; both can by a machine without memory or room.
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
pub fn write(deck: &Deck, changed: impl Fn(&Note) -> Moment + Sync) -> Result<Vec<u8>, PackageError> {
    let outline =
        |note: &Note| Outline { guid: note.guid.clone(), created: note.created, deck: note.deck.clone() };
    let outlines: Vec<Outline> = deck.notes.iter().map(outline).collect();
    let note = |at: usize| (deck.notes[at].clone(), changed(&deck.notes[at]), ());
    let mut bytes = Cursor::new(Vec::new());
    write_each(&deck.name, &outlines, Form::default(), note, &mut bytes)?;
    Ok(bytes.into_inner())
}

/// The same into a file, of notes that are written as they are packed and not held. `form` is the note type; what is to
/// be remembered of the notes comes back, in their order.
///
/// # Errors
/// When the machine can't give the memory for it, or the disk the room.
pub fn write_plan(
    plan: &Plan<'_>,
    form: Form<'_>,
    out: &mut (impl Write + Seek),
) -> Result<Vec<Given>, PackageError> {
    let note = |at: usize| {
        let Written { note, given } = plan.written(at, form.now);
        (note, given.modified, given)
    };
    write_each(plan.name(), &plan.outlines(), form, note, out)
}

/// The collection of a deck of so many notes is built in memory, two kilobytes a note; a larger one in a temporary
/// file.
const HELD: usize = 4000;

/// `note` gives the note at a place of `outlines`, the moment at which it last changed, and what is kept of it.
fn write_each<K: Send>(
    name: &DeckName,
    outlines: &[Outline],
    form: Form<'_>,
    note: impl Fn(usize) -> (Note, Moment, K) + Sync,
    out: &mut (impl Write + Seek),
) -> Result<Vec<K>, PackageError> {
    if outlines.len() <= HELD {
        in_memory(name, outlines, form, note, out)
    } else {
        by_file(name, outlines, form, note, out)
    }
}

fn in_memory<K: Send>(
    name: &DeckName,
    outlines: &[Outline],
    form: Form<'_>,
    note: impl Fn(usize) -> (Note, Moment, K) + Sync,
    out: &mut (impl Write + Seek),
) -> Result<Vec<K>, PackageError> {
    let mut collection = collection::in_memory()?;
    let kept = collection::fill(&mut collection, name, outlines, form, note)?;
    let bytes = collection.serialize(rusqlite::MAIN_DB)?;
    pack(&mut &*bytes, out)?;
    Ok(kept)
}

fn by_file<K: Send>(
    name: &DeckName,
    outlines: &[Outline],
    form: Form<'_>,
    note: impl Fn(usize) -> (Note, Moment, K) + Sync,
    out: &mut (impl Write + Seek),
) -> Result<Vec<K>, PackageError> {
    let scratch = Scratch::new()?;
    let path = scratch.path().join(COLLECTION);
    let mut collection = collection::in_file(&path)?;
    let kept = collection::fill(&mut collection, name, outlines, form, note)?;
    collection.close().map_err(|(_, error)| error)?;
    pack(&mut File::open(path)?, out)?;
    Ok(kept)
}

/// The file of a package that holds the notes.
const COLLECTION: &str = "collection.anki2";

/// A collection, without media.
fn pack(collection: &mut dyn Read, out: &mut (impl Write + Seek)) -> Result<(), PackageError> {
    Ok(archive::pack(&mut [(COLLECTION, collection), ("media", &mut &b"{}"[..])], out)?)
}

/// The maker of a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Maker {
    /// This program: it has our mark.
    Ours,
    /// It has none, but looks as those of this program did before they had one; and as some of other programs do.
    Unmarked,
    /// Another program, or it is no package.
    Other,
}

/// The maker of the package in `file`.
///
/// # Errors
/// When it can't be read.
pub fn maker(file: &mut (impl Read + Seek)) -> io::Result<Maker> {
    let mut head = Vec::new();
    file.by_ref().take(64).read_to_end(&mut head)?;
    Ok(match archive::begins(&head, COLLECTION) {
        true if archive::is_marked(file, 2)? => Maker::Ours,
        true => Maker::Unmarked,
        false => Maker::Other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::{Field, Html};

    #[test]
    fn it_is_the_same_wherever_it_is_built() {
        let notes: Vec<Note> = (0..1500)
            .map(|number| {
                let mut fields: [Html; Field::ALL.len()] = Default::default();
                for (field, html) in fields.iter_mut().enumerate() {
                    *html = Html::text(&"公司".repeat((number + field) % 40));
                }
                Note {
                    guid: format!("guid{number}"),
                    word: 1,
                    created: Moment(1_780_000_000),
                    deck: "新闻::生词".parse().expect("a name"),
                    fields,
                    own: std::collections::BTreeMap::new(),
                    tags: vec!["shengci".to_owned()],
                    shown: None,
                }
            })
            .collect();
        let deck = Deck { name: "新闻".parse().expect("a name"), notes };
        let held = write(&deck, |_| Moment(7)).expect("a package");
        let outlines: Vec<Outline> = deck
            .notes
            .iter()
            .map(|note| Outline { guid: note.guid.clone(), created: note.created, deck: note.deck.clone() })
            .collect();
        let note = |at: usize| (deck.notes[at].clone(), Moment(7), ());
        let mut bytes = Cursor::new(Vec::new());
        by_file(&deck.name, &outlines, Form::default(), note, &mut bytes).expect("a package");
        assert!(held == bytes.into_inner());
    }
}
