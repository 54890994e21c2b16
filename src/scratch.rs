//! Temporary folders that nothing outlives.
//!
//! What lies in one may be a learner's whole collection. A command that ends takes its folder away, and so does one
//! that a signal stops (`cli/signals.rs`). One that was killed can't: but it held a lock in its folder, which ended
//! with it, and the next command that needs a folder takes away those whose lock nobody holds.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tempfile::TempDir;

/// How the names of the folders begin; six letters or digits follow.
const PREFIX: &str = "shengci-";
/// The file whose lock says that the folder is in use.
const LOCK: &str = "lock";
/// A folder without a lock, where the system has none, is in use for so long.
const STALE: Duration = Duration::from_secs(3600);

/// The folders of this process, for [`clear`].
static FOLDERS: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// A folder among the system's temporary files, which goes when this goes.
#[derive(Debug)]
pub struct Scratch {
    folder: TempDir,
    /// Held, not read.
    _lock: File,
}

impl Scratch {
    /// A new folder that is the user's alone; what killed commands have left is taken away.
    ///
    /// # Errors
    /// When there is no place for temporary files, or no room.
    pub fn new() -> io::Result<Self> {
        let folder = folder()?;
        folders().push(folder.path().to_owned());
        // Under its own name once it is locked: a lock that nobody holds would be taken for that of the dead.
        let fresh = folder.path().join("fresh");
        let lock = File::create(&fresh)?;
        if lock.try_lock().is_ok() {
            let _ = fs::rename(&fresh, folder.path().join(LOCK));
        }
        sweep(folder.path());
        Ok(Self { folder, _lock: lock })
    }

    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Takes away the names of what lies in it, where files that are open live on without a name. Then not even a
    /// command that is killed leaves anything.
    pub fn unlink(&self) {
        if cfg!(unix) {
            let _ = fs::remove_dir_all(self.folder.path());
        }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // `TempDir` takes the folder itself away after this.
        folders().retain(|path| path != self.folder.path());
    }
}

/// Takes away all folders of this process, which is about to end.
pub fn clear() {
    for folder in folders().drain(..) {
        // Another thread may be writing a file into it this moment: then once more.
        for _ in 0..3 {
            if fs::remove_dir_all(&folder).is_ok() {
                break;
            }
        }
    }
}

fn folders() -> std::sync::MutexGuard<'static, Vec<PathBuf>> {
    FOLDERS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes away what lies beside `own` and belongs to commands that are no more. A courtesy: what can't be removed stays.
fn sweep(own: &Path) {
    let (Some(place), Ok(about)) = (own.parent(), fs::symlink_metadata(own)) else { return };
    let Ok(entries) = fs::read_dir(place) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        let named =
            path.file_name().and_then(|name| name.to_str()?.strip_prefix(PREFIX)).is_some_and(is_random);
        let Ok(there) = fs::symlink_metadata(&path) else { continue };
        if !named || path == own || !same_owner(&about, &there) {
            continue;
        }
        if there.is_dir() && is_abandoned(&path, &there) {
            let _ = fs::remove_dir_all(&path);
        } else if there.is_file() && is_old(&there) {
            let _ = fs::remove_file(&path);
        }
    }
}

/// As `tempfile` makes the rest of a name.
fn is_random(rest: &str) -> bool {
    rest.len() == 6 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn is_abandoned(folder: &Path, about: &fs::Metadata) -> bool {
    match File::open(folder.join(LOCK)) {
        Ok(lock) => lock.try_lock().is_ok(),
        Err(_) => is_old(about),
    }
}

fn is_old(about: &fs::Metadata) -> bool {
    about.modified().ok().and_then(|at| at.elapsed().ok()).is_some_and(|age| age > STALE)
}

/// A new folder that nobody else can look into.
fn folder() -> io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.tempdir()
}

/// On a system with many users the folder of temporary files is everybody's.
#[cfg(unix)]
fn same_owner(own: &fs::Metadata, there: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    own.uid() == there.uid()
}

#[cfg(not(unix))]
fn same_owner(_: &fs::Metadata, _: &fs::Metadata) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_dead_left_goes_and_what_the_living_use_stays() {
        let place = tempfile::tempdir().expect("a folder");
        let make = |name: &str, lock: bool| {
            let folder = place.path().join(name);
            fs::create_dir(&folder).expect("a folder");
            fs::write(folder.join("collection.anki2"), "secret").expect("a file");
            lock.then(|| File::create(folder.join(LOCK)).expect("a file"))
        };
        let living = make("shengci-living", true).expect("its lock");
        living.lock().expect("a lock");
        make("shengci-killed", true);
        make("shengci-nolock", false);
        make("shengci-notes-of-mine", true);
        let file = File::create(place.path().join("shengci-oldone")).expect("a file");
        file.set_modified(std::time::SystemTime::now() - 2 * STALE).expect("a time");
        let own = place.path().join("shengci-myself");
        make("shengci-myself", true);
        sweep(&own);
        let mut left: Vec<String> = fs::read_dir(place.path())
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        left.sort();
        assert_eq!(left, ["shengci-living", "shengci-myself", "shengci-nolock", "shengci-notes-of-mine"]);
    }

    #[test]
    fn a_folder_goes_with_its_value_and_its_files_can_be_read_without_names() {
        use std::io::Read;
        let scratch = Scratch::new().expect("a folder");
        let path = scratch.path().to_owned();
        fs::write(path.join("x"), "text").expect("a file");
        let mut open = File::open(path.join("x")).expect("the file");
        scratch.unlink();
        assert_eq!(path.exists(), !cfg!(unix));
        let mut text = String::new();
        open.read_to_string(&mut text).expect("the text");
        assert_eq!(text, "text");
        drop(scratch);
        assert!(!path.exists());
    }
}
