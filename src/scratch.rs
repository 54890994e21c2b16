//! Temporary folders that nothing outlives.
//!
//! A folder may contain a learner's whole collection. A command that ends takes its folder away, and so does one that a
//! signal stops (`cli/signals.rs`). One that was killed can't: but it held a lock in its folder, which ended with it,
//! and the next command that needs a folder takes away those whose lock nobody holds.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tempfile::TempDir;

/// How the names of the folders begin; six letters or digits follow.
const PREFIX: &str = "shengci-";
/// How those begin that lie beside what they are for.
const BESIDE: &str = ".shengci-";
/// The file whose lock says that the folder is in use.
const LOCK: &str = "lock";
/// A folder without a lock, where the system has none, is in use for so long.
const STALE: Duration = Duration::from_secs(3600);

/// The folders of this process, for [`clear`].
static FOLDERS: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// A folder among the system's temporary files, or beside what is made in it, which goes when this goes.
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
        let scratch = Self::locked(builder(PREFIX).tempdir()?)?;
        if let (Some(place), Ok(about)) = (scratch.path().parent(), fs::symlink_metadata(scratch.path())) {
            sweep_all(place, PREFIX, |path, there| path != scratch.path() && same_owner(&about, there));
        }
        Ok(scratch)
    }

    /// A new folder in another one, for what is to be renamed into that; what killed commands have left is taken away.
    ///
    /// # Errors
    /// When nothing can be made there.
    pub fn beside(place: &Path) -> io::Result<Self> {
        sweep(place);
        Self::locked(builder(BESIDE).tempdir_in(place)?)
    }

    fn locked(folder: TempDir) -> io::Result<Self> {
        folders().push(folder.path().to_owned());
        // Under its own name once it is locked: a lock that nobody holds would be taken for that of the dead.
        let fresh = folder.path().join("fresh");
        let lock = File::create(&fresh)?;
        if lock.try_lock().is_ok() {
            let _ = fs::rename(&fresh, folder.path().join(LOCK));
        }
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

/// Takes away what commands that are no more have left in a folder that something of ours lies in. A courtesy: what can't
/// be removed stays.
pub fn sweep(place: &Path) {
    sweep_all(place, BESIDE, |_, _| true);
}

fn sweep_all(place: &Path, prefix: &str, is_ours: impl Fn(&Path, &fs::Metadata) -> bool) {
    let Ok(entries) = fs::read_dir(place) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        let named =
            path.file_name().and_then(|name| name.to_str()?.strip_prefix(prefix)).is_some_and(is_random);
        if !named {
            continue;
        }
        let Ok(there) = fs::symlink_metadata(&path) else { continue };
        if !is_ours(&path, &there) {
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

/// Of folders that nobody else can look into.
fn builder(prefix: &str) -> tempfile::Builder<'_, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder
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
        sweep_all(place.path(), PREFIX, |path, _| path != own);
        let mut left: Vec<String> = fs::read_dir(place.path())
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        left.sort();
        assert_eq!(left, ["shengci-living", "shengci-myself", "shengci-nolock", "shengci-notes-of-mine"]);
    }

    #[test]
    fn what_the_dead_left_beside_a_file_goes() {
        let place = tempfile::tempdir().expect("a folder");
        let old = std::time::SystemTime::now() - 2 * STALE;
        for (name, age) in
            [(".shengci-aB3dE6", Some(old)), (".shengci-zzzzzz", None), (".shengci-notes.txt", Some(old))]
        {
            let file = File::create(place.path().join(name)).expect("a file");
            if let Some(age) = age {
                file.set_modified(age).expect("a time");
            }
        }
        let living = Scratch::beside(place.path()).expect("a folder");
        let dead = place.path().join(".shengci-killed");
        fs::create_dir(&dead).expect("a folder");
        fs::write(dead.join(LOCK), "").expect("a file");
        sweep(place.path());
        let left: Vec<PathBuf> = fs::read_dir(place.path())
            .expect("a folder")
            .map(|entry| entry.expect("an entry").path())
            .collect();
        assert!(left.contains(&living.path().to_owned()) && left.len() == 3, "{left:?}");
        assert!(!left.contains(&dead) && !left.contains(&place.path().join(".shengci-aB3dE6")), "{left:?}");
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
