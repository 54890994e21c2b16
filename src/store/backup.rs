//! A copy of the library in one file, and back.
//!
//! A copy is written beside its target and then renamed, so that there is never half of one. Before anything is
//! put in the place of a library, that library is kept: as a dated backup, or, if it is too damaged for that, as
//! the file it was under another name. Nothing is ever deleted.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags};

use super::migrate;
use super::{Fault, Store, StoreError};
use crate::words::Moment;

impl Store {
    /// Writes a copy of the library to a file, in the place of one that was there.
    ///
    /// # Errors
    /// When the file can't be written; a copy that was there is then as before.
    pub fn backup(&self, to: &Path) -> Result<(), StoreError> {
        let copy = || {
            let file = |error: std::io::Error| Fault::File { path: to.to_owned(), what: error.to_string() };
            if same_file(to, &self.path) {
                return Err(file(std::io::Error::other("this is the library itself")));
            }
            let folder =
                to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let part = tempfile::Builder::new().prefix(".shengci-").tempdir_in(folder).map_err(file)?;
            let part_file = part.path().join("library.db");
            self.connection.execute("VACUUM INTO ?1", [part_file.to_string_lossy()])?;
            fs::File::open(&part_file).and_then(|written| written.sync_all()).map_err(file)?;
            fs::rename(&part_file, to).map_err(file)
        };
        copy().map_err(|fault| StoreError::new(&self.path, fault))
    }

    /// Puts a copy in the place of the library at `path`, of which a backup is kept; its path, if there was one.
    ///
    /// # Errors
    /// When the copy is no whole library, or the library can't be written.
    pub fn restore(path: &Path, from: &Path, now: Moment) -> Result<Option<PathBuf>, StoreError> {
        if same_file(from, path) {
            let what = "this is the library itself".to_owned();
            return Err(StoreError::new(path, Fault::File { path: from.to_owned(), what }));
        }
        let source = whole(from).map_err(|fault| {
            let fault = if let Fault::Corrupt(what) = fault { Fault::BadCopy(what) } else { fault };
            StoreError::new(from, fault)
        })?;
        let restore = || {
            let (mut target, kept) = match Self::open(path, now) {
                Ok(store) if store.is_empty()? => (store.connection, None),
                Ok(store) => {
                    let kept = migrate::back_up(&store.connection, path, "before-restore", now)?;
                    (store.connection, Some(kept))
                }
                Err(error) if is_damaged(error.fault()) => {
                    let aside = set_aside(path, now)?;
                    let fresh = Self::open(path, now)
                        .map_err(|_| Fault::Unwritable("it can't be made anew".to_owned()))?;
                    (fresh.connection, Some(aside))
                }
                Err(error) => return Err(error.into_fault()),
            };
            Backup::new(&source, &mut target)?.run_to_completion(4096, std::time::Duration::ZERO, None)?;
            Ok(kept)
        };
        let kept = restore().map_err(|fault| StoreError::new(path, fault))?;
        // A copy of an older version is brought up to this one.
        Self::open(path, now)?;
        Ok(kept)
    }

    fn is_empty(&self) -> Result<bool, Fault> {
        let sql = "SELECT NOT EXISTS (SELECT 1 FROM article) AND NOT EXISTS (SELECT 1 FROM word)
                     AND NOT EXISTS (SELECT 1 FROM act)";
        Ok(self.connection.query_row(sql, [], |row| row.get(0))?)
    }
}

/// Opens a library that must be there and whole, without changing it.
fn whole(path: &Path) -> Result<Connection, Fault> {
    if !path.exists() {
        return Err(Fault::File { path: path.to_owned(), what: "there is no such file".to_owned() });
    }
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    if migrate::version(&connection)? == 0 {
        return Err(Fault::NotALibrary);
    }
    let says: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if says == "ok" { Ok(connection) } else { Err(Fault::Corrupt(says)) }
}

fn is_damaged(fault: &Fault) -> bool {
    matches!(fault, Fault::NotSqlite | Fault::Corrupt(_))
}

/// Renames a library that can't be opened, with what SQLite keeps beside it.
fn set_aside(path: &Path, now: Moment) -> Result<PathBuf, Fault> {
    let named = |suffix: &str| {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(suffix);
        path.with_file_name(name)
    };
    let aside = named(&format!(".damaged-{}", migrate::date(now)));
    for (suffix, to) in [("-wal", "-wal"), ("-shm", "-shm"), ("", "")] {
        let mut target = aside.clone().into_os_string();
        target.push(to);
        let from = named(suffix);
        if from.exists() {
            fs::rename(&from, target).map_err(|error| Fault::File { path: from, what: error.to_string() })?;
        }
    }
    Ok(aside)
}

fn same_file(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}
