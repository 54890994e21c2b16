//! The whole library elsewhere, and back: backups, and dumps as text.

use std::fs::File;
use std::io::{BufRead, Read, Write};
use std::path::{Path, PathBuf};

use super::{Failure, Library, Listener, Place, written};
use crate::store::{Draft, Store};

/// A backup that was made.
#[derive(Clone, Copy, Debug)]
pub struct BackedUp {
    /// Its size.
    pub bytes: u64,
    /// Whether an older one stood in its place.
    pub replaced: bool,
}

/// Copies the library into one file. Only an older backup is written over.
///
/// # Errors
/// When there is no library, or the file can't be written.
pub fn back_up(place: &Place, file: &Path) -> Result<BackedUp, Failure> {
    if file.is_dir() {
        return Err(Failure::new(format!("{} is a folder, not a file", file.display()))
            .hint("name the file: shengci backup FOLDER/words.db"));
    }
    let to = written::followed(file);
    written::spare(&to, place.path()?)?;
    let replaced = to.exists();
    if replaced && !to.is_file() {
        return Err(Failure::new(format!("{} is no file that can be written over", file.display()))
            .hint("name the file: shengci backup FOLDER/words.db"));
    }
    if replaced && !is_backup(&to) {
        return Err(Failure::new(format!("{} is there already, and is no backup", file.display()))
            .hint("choose another name: only an older backup is written over"));
    }
    place.open_existing()?.store.backup(&to)?;
    let bytes = std::fs::metadata(&to).map(|about| about.len()).unwrap_or_default();
    Ok(BackedUp { bytes, replaced })
}

/// Whether a file is empty or begins as a backup does: SQLite's header with our application id, and no journal
/// beside the file. A library that somebody uses has one.
fn is_backup(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(72).read_to_end(&mut head));
    let is_library = || head.starts_with(b"SQLite format 3\0") && head.get(68..) == Some(b"shng");
    let in_use = head.get(18) == Some(&2);
    read.is_ok() && (head.is_empty() || (is_library() && !in_use))
}

/// Puts a backup in the place of the library; where the library that was there is kept, if there was one.
///
/// # Errors
/// When the file is no whole library, or the library can't be written.
pub fn restore(place: &Place, from: &Path) -> Result<Option<PathBuf>, Failure> {
    Ok(Store::restore_with(place.path()?, from, place.now(), place.patience())?)
}

impl Library {
    /// Writes all that was recorded, as text that outlives this program.
    ///
    /// # Errors
    /// When the library can't be read, or `out` can't be written.
    pub fn dump(&self, out: &mut dyn Write) -> Result<(), Failure> {
        Ok(self.store.dump(out)?)
    }
}

/// Makes a library of a dump; of how many articles. They are read anew, since a dump holds only what was recorded.
///
/// # Errors
/// When the dump can't be read, or the library holds something already; it is then as before.
pub fn load(place: &Place, dump: &mut dyn BufRead, listener: &mut dyn Listener) -> Result<usize, Failure> {
    // It is made beside its place and put there when it is whole: a dump that has a fault leaves nothing, and whoever
    // uses the library meanwhile is not disturbed.
    let mut draft = Draft::new(place.path()?, place.now(), place.patience())?;
    if draft.store().load(dump)?.is_older() {
        listener.note("note: this dump is of an older form, which does not say where it ends; if it was cut off, nobody can tell");
    }
    let read = super::renew::reread(draft.store(), place.now(), listener)?;
    draft.put()?;
    Ok(read)
}
