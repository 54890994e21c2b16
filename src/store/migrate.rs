//! Opening a library: whose it is, which version, and how it gets to the newest one.
//!
//! A library that is not ours, or from a newer shengci, is refused before a byte of it is written. Before a
//! pending migration an existing library is copied into `backups/` beside it.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use rusqlite_migration::{M, Migrations};

use super::kept::{self, Why};
use super::patience::Patience;
use super::place::{self, Identity};
use super::{Fault, Store, StoreError};
use crate::words::Moment;

/// `PRAGMA application_id` of a library: "shng".
const APPLICATION: i32 = i32::from_be_bytes(*b"shng");

const STEPS: &[M<'static>] = &[
    M::up(include_str!("../../migrations/0001_library.sql")),
    M::up(include_str!("../../migrations/0002_location.sql")),
    M::up(include_str!("../../migrations/0003_collections.sql")),
    M::up(include_str!("../../migrations/0004_views.sql")),
    M::up(include_str!("../../migrations/0005_corrections.sql")),
    M::up(include_str!("../../migrations/0006_about.sql")),
    M::up(include_str!("../../migrations/0007_notes.sql")),
    M::up(include_str!("../../migrations/0008_copies.sql")),
    M::up(include_str!("../../migrations/0009_feeds.sql")),
];

/// How often another file may come into the place of the library while it is being opened.
const REPLACED: usize = 5;

impl Store {
    /// Opens the library at `path`, and makes it, with its folder, if there is none. One that can't be written is
    /// opened all the same, to be read.
    ///
    /// # Errors
    /// When it can't be read or written, is locked, from a newer shengci, or no library at all.
    pub fn open(path: &Path, now: Moment) -> Result<Self, StoreError> {
        Self::open_with(path, now, Patience::default())
    }

    /// As [`open`](Self::open), and waits for others as long as `patience` says.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn open_with(path: &Path, now: Moment, patience: Patience) -> Result<Self, StoreError> {
        find(path, now, patience).map_err(|fault| StoreError::new(path, fault))
    }

    /// Opens the library at `path`, which must be there.
    ///
    /// # Errors
    /// As [`open`](Self::open), and when there is none.
    pub fn open_existing(path: &Path, now: Moment) -> Result<Self, StoreError> {
        Self::open_existing_with(path, now, Patience::default())
    }

    /// As [`open_existing`](Self::open_existing), and waits for others as long as `patience` says.
    ///
    /// # Errors
    /// As [`open_existing`](Self::open_existing).
    pub fn open_existing_with(path: &Path, now: Moment, patience: Patience) -> Result<Self, StoreError> {
        match place::resolve(path) {
            Ok(file) if !file.exists() => Err(StoreError::new(path, Fault::Missing)),
            _ => Self::open_with(path, now, patience),
        }
    }
}

/// Opens the library at `path`, or makes it.
pub fn find(path: &Path, now: Moment, patience: Patience) -> Result<Store, Fault> {
    let file = place::resolve(path)?;
    let mut tries = 0;
    loop {
        let opened = match open(path, &file, Some(now), patience, STEPS) {
            Err(fault @ Fault::Unwritable(_)) => open_to_read(path, &file, patience).ok_or(fault),
            opened => opened,
        };
        match opened {
            Err(Fault::Replaced) if tries < REPLACED => tries += 1,
            opened => return opened,
        }
    }
}

/// Makes or opens a library that nobody else sees, which will be told of as the one at `path`.
pub fn make(path: &Path, file: &Path, patience: Patience) -> Result<Store, Fault> {
    open(path, file, None, patience, STEPS)
}

/// Opens the library that lies in `file`. Where a migration is pending, a copy of `keep`'s moment is kept before.
fn open(
    path: &Path,
    file: &Path,
    keep: Option<Moment>,
    patience: Patience,
    steps: &'static [M<'static>],
) -> Result<Store, Fault> {
    if place::is_void(file) && place::has_log(file) {
        // SQLite would begin anew, and throw away what stands there.
        let log = place::beside(file, "-wal");
        return Err(Fault::Corrupt(format!(
            "its file is empty or gone, and what was recorded last lies in {}",
            log.display()
        )));
    }
    place::prepare(file)?;
    let identity = Identity::of(file);
    let is_in_place = || if Identity::of(file) == identity { Ok(()) } else { Err(Fault::Replaced) };
    let connect = || -> Result<Connection, Fault> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(file, flags)?;
        let version = patience.wait(path, |limit| {
            connection.busy_timeout(limit)?;
            identify(&connection, steps.len())
        })?;
        // From here on nobody can put another file in its place unless that is told: `Store::write` asks again.
        is_in_place()?;
        configure(&connection, version > 0, path, patience)?;
        if version < steps.len() {
            if let (1.., Some(now)) = (version, keep) {
                kept::keep(&connection, file, Why::Migration(version), now)?;
            }
            migrate(&mut connection, steps, path, patience)?;
            place::make_private(file);
        }
        connection.execute_batch("PRAGMA synchronous = NORMAL")?;
        connection.busy_timeout(patience.end)?;
        Ok(connection)
    };
    let opened = connect();
    is_in_place()?;
    Ok(Store::new(opened?, path, file, identity, patience))
}

/// A library whose folder can't be written: SQLite needs a file beside it even to read, unless it is told that
/// nobody changes it. `None` where that is not certain, or where it is no library of this version.
fn open_to_read(path: &Path, file: &Path, patience: Patience) -> Option<Store> {
    // The contents of its journal would be overlooked.
    if !file.is_file() || place::has_journal(file) {
        return None;
    }
    let connection = place::open_still(file).ok()?;
    if identify(&connection, STEPS.len()).ok()? != STEPS.len() {
        return None;
    }
    configure(&connection, true, path, patience).ok()?;
    Some(Store::new(connection, path, file, None, patience))
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

fn configure(connection: &Connection, recorded: bool, path: &Path, patience: Patience) -> Result<(), Fault> {
    connection.set_prepared_statement_cache_capacity(64);
    // A library that is only being made holds nothing yet that a power cut could take: its bytes are waited for
    // with the first thing that is recorded in it.
    connection.execute_batch(if recorded {
        "PRAGMA synchronous = NORMAL"
    } else {
        "PRAGMA synchronous = OFF"
    })?;
    // No page is mapped into memory: where a file is cut short or its disk fails, the system would answer a mapped page
    // with a signal and not with an error. Reading pages costs an export of 5,000 notes some 3 % more and the small
    // commands 10 % less (a library of 2,000 articles), and mapped pages counted as memory.
    connection.execute_batch(
        "PRAGMA page_size = 8192;
         PRAGMA foreign_keys = ON;
         PRAGMA cache_size = -16384;
         PRAGMA mmap_size = 0;
         PRAGMA temp_store = MEMORY;",
    )?;
    // A file that can't be written is still good to read.
    if connection.is_readonly("main")? {
        return Ok(());
    }
    // Two processes that make the same library at once: SQLite does not wait by itself here.
    connection.busy_timeout(Duration::ZERO)?;
    patience.poll(path, || {
        connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get::<_, String>(0))?;
        Ok(())
    })
}

fn migrate(
    connection: &mut Connection,
    steps: &'static [M<'static>],
    path: &Path,
    patience: Patience,
) -> Result<(), Fault> {
    connection.set_transaction_behavior(TransactionBehavior::Immediate);
    let migrations = Migrations::from_slice(steps);
    patience.wait(path, |limit| {
        connection.busy_timeout(limit)?;
        match migrations.to_latest(connection).map_err(Fault::from) {
            // Another process may have been first: then there is nothing left to do.
            Err(_) if identify(connection, steps.len()).ok() == Some(steps.len()) => Ok(()),
            // The steps are held against libraries of each version by tests.
            Err(Fault::Sql(error)) => Err(Fault::Corrupt(error.to_string())),
            done => done,
        }
    })
}

/// Whether an open library of this version has all its tables and columns.
pub fn fits(connection: &Connection) -> Result<(), Fault> {
    let columns = |connection: &Connection| -> Result<BTreeSet<(String, String)>, Fault> {
        let mut statement = connection.prepare(
            "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'",
        )?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    };
    let mut fresh = Connection::open_in_memory()?;
    Migrations::from_slice(STEPS).to_latest(&mut fresh)?;
    let there = columns(connection)?;
    match columns(&fresh)?.into_iter().find(|column| !there.contains(column)) {
        None => Ok(()),
        Some((table, column)) => Err(Fault::Corrupt(format!("it has no “{column}” in “{table}”"))),
    }
}

/// The version of an open library; 0 of an empty file.
pub fn version(connection: &Connection) -> Result<usize, Fault> {
    identify(connection, STEPS.len())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn open(path: &Path, now: Moment, steps: &'static [M<'static>]) -> Result<Store, Fault> {
        super::open(path, path, Some(now), Patience::default(), steps)
    }

    const NEXT: &[M<'static>] = &[
        M::up(include_str!("../../migrations/0001_library.sql")),
        M::up(include_str!("../../migrations/0002_location.sql")),
        M::up(include_str!("../../migrations/0003_collections.sql")),
        M::up(include_str!("../../migrations/0004_views.sql")),
        M::up(include_str!("../../migrations/0005_corrections.sql")),
        M::up(include_str!("../../migrations/0006_about.sql")),
        M::up(include_str!("../../migrations/0007_notes.sql")),
        M::up(include_str!("../../migrations/0008_copies.sql")),
        M::up(include_str!("../../migrations/0009_feeds.sql")),
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
            .map(|s| s.replace("{EDITS}", crate::store::anki::EDITS))
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
        assert_eq!(copies[0], "library-1970-01-03T000000Z-v9.db");
        let copy = open(&folder.path().join("backups").join(&copies[4]), Moment(0), STEPS);
        assert!(copy.is_ok(), "a backup is a library of the version before: {copy:?}");
    }

    #[test]
    fn a_newer_library_is_refused_and_left_as_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("library.db");
        drop(open(&path, Moment(0), NEXT).expect("a library"));
        let before = fs::read(&path).expect("bytes");
        assert!(matches!(open(&path, Moment(0), STEPS), Err(Fault::Newer { found: 10, known: 9 })));
        assert_eq!(fs::read(&path).expect("bytes"), before);
    }
}
