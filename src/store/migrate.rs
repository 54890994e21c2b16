//! Opening a library: whose it is, which version, and how it gets to the newest one.
//!
//! A library that is not ours, or from a newer shengci, is refused before a byte of it is written. Before a
//! pending migration an existing library is copied into `backups/` beside it; the last five copies are kept.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use rusqlite_migration::{M, Migrations};

use super::{Fault, Store, StoreError};
use crate::words::Moment;

/// `PRAGMA application_id` of a library: "shng".
const APPLICATION: i32 = i32::from_be_bytes(*b"shng");

/// How long a command waits for another one that writes.
const PATIENCE: Duration = Duration::from_millis(2500);

/// How many backups are kept.
const BACKUPS: usize = 5;

const STEPS: &[M<'static>] = &[
    M::up(include_str!("../../migrations/0001_library.sql")),
    M::up(include_str!("../../migrations/0002_location.sql")),
];

impl Store {
    /// Opens the library at `path`, and makes it, with its folder, if there is none. One that can't be written is
    /// opened all the same, to be read.
    ///
    /// # Errors
    /// When it can't be read or written, is locked, from a newer shengci, or no library at all.
    pub fn open(path: &Path, now: Moment) -> Result<Self, StoreError> {
        let opened = match open(path, now, STEPS) {
            Err(fault @ Fault::Unwritable(_)) => open_to_read(path).ok_or(fault),
            opened => opened,
        };
        opened.map_err(|fault| StoreError::new(path, fault))
    }

    /// Opens the library at `path`, which must be there.
    ///
    /// # Errors
    /// As [`open`](Self::open), and when there is none.
    pub fn open_existing(path: &Path, now: Moment) -> Result<Self, StoreError> {
        if !path.exists() {
            return Err(StoreError::new(path, Fault::Missing));
        }
        Self::open(path, now)
    }
}

/// Where backups of a library lie.
pub fn backup_folder(library: &Path) -> PathBuf {
    library.with_file_name("backups")
}

fn open(path: &Path, now: Moment, steps: &'static [M<'static>]) -> Result<Store, Fault> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder)
            .map_err(|error| Fault::Unwritable(format!("{}: {error}", folder.display())))?;
    }
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    let version = identify(&connection, steps.len())?;
    configure(&connection, version > 0)?;
    if version < steps.len() {
        if version > 0 {
            back_up(&connection, path, &format!("v{version}"), now)?;
        }
        migrate(&mut connection, steps)?;
    }
    connection.execute_batch("PRAGMA synchronous = NORMAL")?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(Store { connection, path: path.to_owned() })
}

/// A library whose folder can't be written: SQLite needs a file beside it even to read, unless it is told that
/// nobody changes it. `None` where that is not certain, or where it is no library of this version.
fn open_to_read(path: &Path) -> Option<Store> {
    let beside = |suffix: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        fs::metadata(name).is_ok_and(|about| about.len() > 0)
    };
    // What stands in its journal would be overlooked.
    if !path.is_file() || beside("-wal") || beside("-journal") {
        return None;
    }
    let mut address = String::from("file:");
    for byte in path.canonicalize().ok()?.to_str()?.bytes() {
        if byte.is_ascii_alphanumeric() || b"/._-".contains(&byte) {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    address.push_str("?immutable=1");
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(address, flags).ok()?;
    if identify(&connection, STEPS.len()).ok()? != STEPS.len() {
        return None;
    }
    configure(&connection, true).ok()?;
    connection.set_prepared_statement_cache_capacity(64);
    Some(Store { connection, path: path.to_owned() })
}

/// The version of the library; 0 of a file that is still empty.
fn identify(connection: &Connection, known: usize) -> Result<usize, Fault> {
    // At one moment: between two questions another process may have made the library.
    let moment = Transaction::new_unchecked(connection, TransactionBehavior::Deferred)?;
    let tables: u32 = moment.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let application: i32 = moment.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let version: u32 = moment.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    drop(moment);
    let empty = tables == 0 && version == 0 && application == 0;
    if application != APPLICATION && !empty {
        return Err(Fault::NotALibrary);
    }
    let known = u32::try_from(known).unwrap_or(u32::MAX);
    if version > known {
        return Err(Fault::Newer { found: version, known });
    }
    Ok(version as usize)
}

fn configure(connection: &Connection, recorded: bool) -> Result<(), Fault> {
    // A library that is only being made holds nothing yet that a power cut could take: its bytes are waited for
    // with the first thing that is recorded in it.
    connection.execute_batch(if recorded {
        "PRAGMA synchronous = NORMAL"
    } else {
        "PRAGMA synchronous = OFF"
    })?;
    connection.execute_batch(
        "PRAGMA page_size = 8192;
         PRAGMA foreign_keys = ON;
         PRAGMA cache_size = -16384;
         PRAGMA mmap_size = 1073741824;
         PRAGMA temp_store = MEMORY;",
    )?;
    // A file that can't be written is still good to read.
    if connection.is_readonly("main")? {
        return Ok(());
    }
    let mode = |connection: &Connection| -> rusqlite::Result<String> {
        connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))
    };
    // Two processes that make the same library at once: SQLite does not wait by itself here.
    let mut tries = 0;
    loop {
        match mode(connection).map_err(Fault::from) {
            Err(Fault::Locked) if tries < 100 => {
                tries += 1;
                std::thread::sleep(PATIENCE / 100);
            }
            Err(fault) => return Err(fault),
            Ok(_) => return Ok(()),
        }
    }
}

fn migrate(connection: &mut Connection, steps: &'static [M<'static>]) -> Result<(), Fault> {
    connection.set_transaction_behavior(rusqlite::TransactionBehavior::Immediate);
    let migrations = Migrations::from_slice(steps);
    if let Err(error) = migrations.to_latest(connection) {
        // Another process may have been first: then there is nothing left to do.
        if identify(connection, steps.len()).ok() != Some(steps.len()) {
            return Err(error.into());
        }
    }
    Ok(())
}

/// The version of an open library; 0 of an empty file.
pub fn version(connection: &Connection) -> Result<usize, Fault> {
    identify(connection, STEPS.len())
}

/// A moment as file names have it.
pub fn date(now: Moment) -> String {
    jiff::Timestamp::from_second(now.0).unwrap_or_default().strftime("%Y-%m-%dT%H%M%SZ").to_string()
}

/// Copies the library into `backups/` beside it; the path of the copy. The last five are kept.
pub fn back_up(connection: &Connection, path: &Path, why: &str, now: Moment) -> Result<PathBuf, Fault> {
    let folder = backup_folder(path);
    let failed = |error: std::io::Error| Fault::File { path: folder.clone(), what: error.to_string() };
    fs::create_dir_all(&folder).map_err(failed)?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let named = |number: u32| {
        let again = if number == 1 { String::new() } else { format!("-{number}") };
        folder.join(format!("{stem}-{}-{why}{again}.db", date(now)))
    };
    let copy = (1..).map(named).find(|copy| !copy.exists()).unwrap_or_else(|| named(1));
    connection.execute("VACUUM INTO ?1", [copy.to_string_lossy()])?;
    let mut copies: Vec<PathBuf> = fs::read_dir(&folder)
        .map_err(failed)?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            name.starts_with(&format!("{stem}-")) && name.ends_with(".db")
        })
        .collect();
    copies.sort();
    for old in copies.iter().rev().skip(BACKUPS) {
        fs::remove_file(old).map_err(failed)?;
    }
    Ok(copy)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEXT: &[M<'static>] = &[
        M::up(include_str!("../../migrations/0001_library.sql")),
        M::up(include_str!("../../migrations/0002_location.sql")),
        M::up("CREATE TABLE extra (id INTEGER PRIMARY KEY) STRICT;"),
    ];

    /// The SQL of a source file: its string literals that begin like a statement, up to the tests.
    fn statements(source: &str) -> Vec<String> {
        let code = source.split("#[cfg(test)]").next().unwrap_or_default();
        code.split('"')
            .skip(1)
            .step_by(2)
            .map(|literal| literal.trim().to_owned())
            .filter(|s| ["SELECT ", "INSERT ", "UPDATE ", "DELETE "].iter().any(|verb| s.starts_with(verb)))
            .map(|s| s.replace("{table}", "digest").replace("{condition}", "a.origin = ?1"))
            .map(|s| s.replace("{COLUMNS} FROM export", "* FROM export").replace("ORDER BY {order}", ""))
            .map(|s| s.replace("{COLUMNS}", crate::store::words::COLUMNS))
            .filter(|s| !s.starts_with("INSERT INTO digest ({}") && !s.starts_with("SELECT ?2, "))
            .collect()
    }

    #[test]
    fn every_statement_goes_with_the_schema() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = open(&folder.path().join("library.db"), Moment(0), STEPS).expect("a library");
        let mut prepared = 0;
        let folders = ["src/store", "src/store/dump"].map(|folder| fs::read_dir(folder).expect("the folder"));
        let files = folders.into_iter().flatten().map(|entry| entry.expect("an entry").path());
        for path in files.filter(|path| path.is_file()) {
            for sql in statements(&fs::read_to_string(&path).expect("a source file")) {
                prepared += 1;
                if let Err(error) = store.connection.prepare(&sql) {
                    panic!("{}: {sql}: {error}", path.display());
                }
            }
        }
        assert!(prepared > 60, "only {prepared} statements were found");
    }

    #[test]
    fn every_migration_is_a_step() {
        let files = fs::read_dir("migrations").expect("the folder").count();
        assert_eq!(files, STEPS.len());
    }

    #[test]
    fn a_pending_migration_writes_a_backup_first_and_keeps_five() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("library.db");
        for day in 0..7 {
            let _ = fs::remove_file(&path);
            drop(open(&path, Moment(0), STEPS).expect("a library"));
            let store = open(&path, Moment(day * 86_400), NEXT).expect("a library");
            assert_eq!(identify(&store.connection, NEXT.len()).ok(), Some(NEXT.len()));
        }
        let mut copies: Vec<_> = fs::read_dir(folder.path().join("backups"))
            .expect("backups")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        copies.sort();
        assert_eq!(copies.len(), 5, "{copies:?}");
        assert_eq!(copies[0], "library-1970-01-03T000000Z-v2.db");
        let copy = open(&folder.path().join("backups").join(&copies[4]), Moment(0), STEPS);
        assert!(copy.is_ok(), "a backup is a library of the version before: {copy:?}");
    }

    #[test]
    fn a_newer_library_is_refused_and_left_as_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("library.db");
        drop(open(&path, Moment(0), NEXT).expect("a library"));
        let before = fs::read(&path).expect("bytes");
        assert!(matches!(open(&path, Moment(0), STEPS), Err(Fault::Newer { found: 3, known: 2 })));
        assert_eq!(fs::read(&path).expect("bytes"), before);
    }
}
