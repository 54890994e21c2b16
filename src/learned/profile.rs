//! Where Anki keeps the learner's collections, and how a live one is copied.
//!
//! Anki holds its collection locked while it runs, with recent changes in a write-ahead log beside it. So the
//! file and its log are copied, and copied again if either changed meanwhile; the copy is read. Places: the Anki
//! manual, "Managing files"; `ANKI_BASE` is Anki's own variable.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::error::LearnedError;
use crate::scratch::Scratch;

/// Where to look; the caller asks the environment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The learner's home folder.
    pub home: Option<PathBuf>,
    /// `ANKI_BASE`.
    pub anki_base: Option<PathBuf>,
    /// `XDG_DATA_HOME`.
    pub xdg_data_home: Option<PathBuf>,
    /// `APPDATA`, on Windows.
    pub app_data: Option<PathBuf>,
}

/// A profile of Anki's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Its name.
    pub name: String,
    /// Its `collection.anki2`.
    pub collection: PathBuf,
    /// When the collection was changed last.
    pub modified: Option<SystemTime>,
}

impl Places {
    /// The folders that can hold profiles, on any system; each once.
    #[must_use]
    pub fn folders(&self) -> Vec<PathBuf> {
        let home = |rest: &str| self.home.as_ref().map(|home| home.join(rest));
        let all = [
            self.anki_base.clone(),
            self.xdg_data_home.as_ref().map(|data| data.join("Anki2")),
            home(".local/share/Anki2"),
            home(".var/app/net.ankiweb.Anki/data/Anki2"),
            home("Library/Application Support/Anki2"),
            self.app_data.as_ref().map(|data| data.join("Anki2")),
            home("AppData/Roaming/Anki2"),
            home("Documents/Anki"),
            home("Anki"),
        ];
        let mut folders: Vec<PathBuf> = Vec::new();
        for folder in all.into_iter().flatten() {
            if !folders.contains(&folder) {
                folders.push(folder);
            }
        }
        folders
    }
}

/// The profiles in these places, the one used last first.
#[must_use]
pub fn profiles(places: &Places) -> Vec<Profile> {
    let mut found: Vec<Profile> = Vec::new();
    for folder in places.folders() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            let collection = entry.path().join("collection.anki2");
            let Ok(about) = fs::metadata(&collection) else { continue };
            // Changes of today may be in the log alone.
            let log = fs::metadata(beside(&collection, "-wal")).and_then(|log| log.modified()).ok();
            let modified = about.modified().ok().max(log);
            found.push(Profile {
                name: entry.file_name().to_string_lossy().into_owned(),
                collection,
                modified,
            });
        }
    }
    found.sort_by(|one, other| other.modified.cmp(&one.modified).then_with(|| one.name.cmp(&other.name)));
    found
}

/// How often a collection that changes under our hands is copied anew.
const TRIES: usize = 8;

/// A copy of a collection, in a folder that goes when this goes.
#[derive(Debug)]
pub(super) struct Copy {
    folder: Scratch,
}

impl Copy {
    /// A place for one.
    pub(super) fn new() -> Result<Self, LearnedError> {
        Ok(Self { folder: Scratch::new().map_err(LearnedError::Copy)? })
    }

    pub(super) fn path(&self) -> PathBuf {
        self.folder.path().join("collection.anki2")
    }

    /// Takes its names away, once all of its files are open.
    pub(super) fn unlink(&self) {
        self.folder.unlink();
    }
}

/// A stamp by which a changed file is known: its length, its time, and its first bytes, in which a database counts its
/// changes and a log its beginnings.
type Stamp = Option<(u64, Option<SystemTime>, Vec<u8>)>;

/// Copies the collection with what belongs to it.
pub(super) fn copy(collection: &Path) -> Result<Copy, LearnedError> {
    let copy = Copy::new()?;
    let of = copy.path();
    for _ in 0..TRIES {
        let before = stamps(collection)?;
        for (ending, stamp) in ENDINGS.iter().zip(&before) {
            let (from, to) = (beside(collection, ending), beside(&of, ending));
            if stamp.is_some() {
                match fs::copy(&from, &to) {
                    // A log that went away meanwhile: the stamps will differ.
                    Err(e) if e.kind() == std::io::ErrorKind::NotFound && !ending.is_empty() => {}
                    copied => drop(copied.map_err(LearnedError::copying(&from))?),
                }
            } else if to.exists() {
                fs::remove_file(&to).map_err(LearnedError::Copy)?;
            }
        }
        if same(&before, &stamps(collection)?) {
            writable(&of)?;
            return Ok(copy);
        }
    }
    Err(LearnedError::Busy(collection.to_owned()))
}

/// The file, its write-ahead log, and the journal of a version that kept one. Not the `-shm`: it is an index
/// of the log, built anew by whoever opens it.
const ENDINGS: [&str; 3] = ["", "-wal", "-journal"];

/// Whether what was copied between these stamps is one state of the collection. While the log begins as it did,
/// it holds every change that Anki has moved into the file since, so file and log together are whole; frames
/// that were cut in half at its end fail their checksums and count for nothing. Source: SQLite's "WAL-mode File
/// Format", section 4.
fn same(before: &[Stamp], after: &[Stamp]) -> bool {
    const HEADER: usize = 32;
    match (&before[1], &after[1]) {
        (Some((size, _, head)), Some((later, _, now))) if head.len() >= HEADER && later >= size => {
            now.get(..HEADER) == head.get(..HEADER) && before[2] == after[2]
        }
        _ => before == after,
    }
}

fn stamps(collection: &Path) -> Result<Vec<Stamp>, LearnedError> {
    ENDINGS.iter().map(|ending| stamp(&beside(collection, ending), ending.is_empty())).collect()
}

fn stamp(path: &Path, needed: bool) -> Result<Stamp, LearnedError> {
    let read = || -> std::io::Result<(u64, Option<SystemTime>, Vec<u8>)> {
        let file = fs::File::open(path)?;
        let about = file.metadata()?;
        let mut head = Vec::with_capacity(100);
        file.take(100).read_to_end(&mut head)?;
        Ok((about.len(), about.modified().ok(), head))
    };
    match read() {
        Ok(stamp) => Ok(Some(stamp)),
        Err(e) if !needed && e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(LearnedError::read(path)(e)),
    }
}

/// A copy keeps the permissions of what was copied; a collection that is read-only still has a log to recover.
fn writable(copy: &Path) -> Result<(), LearnedError> {
    for ending in ENDINGS {
        let path = beside(copy, ending);
        let Ok(about) = fs::metadata(&path) else { continue };
        let mut permissions = about.permissions();
        if permissions.readonly() {
            #[allow(clippy::permissions_set_readonly_false, reason = "the folder is ours alone")]
            permissions.set_readonly(false);
            fs::set_permissions(&path, permissions).map_err(LearnedError::Copy)?;
        }
    }
    Ok(())
}

pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// The newest backup that Anki made of this collection.
pub(super) fn newest_backup(collection: &Path) -> Option<PathBuf> {
    let entries = fs::read_dir(collection.parent()?.join("backups")).ok()?;
    entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("colpkg")))
        .max_by_key(|path| (fs::metadata(path).and_then(|about| about.modified()).ok(), path.clone()))
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    #[test]
    fn profiles_are_found_in_every_usual_place() {
        let home = TempDir::new().expect("a folder");
        let places = Places {
            home: Some(home.path().to_owned()),
            anki_base: Some(home.path().join("base")),
            ..Places::default()
        };
        for folder in ["base/User 1", ".local/share/Anki2/学生", "Library/Application Support/Anki2/User 1"]
        {
            let folder = home.path().join(folder);
            fs::create_dir_all(&folder).expect("a folder");
            fs::write(folder.join("collection.anki2"), "").expect("a file");
        }
        fs::create_dir_all(home.path().join(".local/share/Anki2/addons21")).expect("a folder");
        let mut names: Vec<String> = profiles(&places).into_iter().map(|p| p.name).collect();
        names.sort();
        assert_eq!(names, ["User 1", "User 1", "学生"]);
        assert!(profiles(&Places::default()).is_empty());
    }

    #[test]
    fn a_log_that_grew_is_the_same_and_one_that_began_anew_is_not() {
        let stamp = |bytes: &[u8], size| Some((size, None, bytes.to_vec()));
        let with_log = |file, log: &[u8], size| vec![stamp(file, 1), stamp(log, size), None];
        let (one, other) = ([1; 100], [2; 100]);
        assert!(same(&with_log(b"a", &one, 100), &with_log(b"b", &one, 200)));
        assert!(!same(&with_log(b"a", &one, 100), &with_log(b"a", &other, 100)));
        assert!(!same(&with_log(b"a", &one, 100), &with_log(b"a", &one, 0)));
        let without = |file: &[u8]| vec![stamp(file, 1), None, None];
        assert!(same(&without(b"a"), &without(b"a")));
        assert!(!same(&without(b"a"), &without(b"b")));
        assert!(!same(&without(b"a"), &with_log(b"a", &one, 100)));
    }

    #[test]
    fn a_copy_has_the_log_and_not_the_index() {
        let folder = TempDir::new().expect("a folder");
        let path = folder.path().join("collection.anki2");
        for ending in ["", "-wal", "-shm"] {
            fs::write(beside(&path, ending), ending).expect("a file");
        }
        let copied = copy(&path).expect("a copy");
        assert_eq!(fs::read(beside(&copied.path(), "-wal")).expect("the log"), b"-wal");
        assert!(!beside(&copied.path(), "-shm").exists());
        assert!(matches!(copy(&folder.path().join("none")), Err(LearnedError::Read { .. })));
    }
}
