//! A database file, copied as it is at one moment, with what stands in its journal and no trace beside it.
//!
//! Opening a database can write beside it, and does where it was left in the middle of something; a backup that lies on
//! another disk, or is somebody's library just now, is left as it is. SQLite changes the file itself only out of the
//! log beside it, and begins that log anew with other numbers in its head: a file and a log head that are the same
//! before and after were one moment of the database.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::time::SystemTime;

use super::patience::Patience;
use super::{Fault, place};

/// The files beside a database that belong to it.
const JOURNALS: [&str; 2] = ["-wal", "-journal"];

/// The length of the head of a write-ahead log, by SQLite's file format.
const LOG_HEAD: u64 = 32;

/// Copies the database at `from` to `to`, where nothing is.
///
/// # Errors
/// When there is no database, it can't be read, or there is no room for it.
pub fn copy(from: &Path, to: &Path, patience: &Patience) -> Result<(), Fault> {
    let file = place::follow(from)?;
    let unread = |error: io::Error| Fault::File { path: from.to_owned(), what: error.to_string() };
    let mut head = Vec::new();
    File::open(&file).and_then(|file| file.take(16).read_to_end(&mut head)).map_err(unread)?;
    if !head.is_empty() && head != b"SQLite format 3\0" {
        return Err(Fault::NotSqlite);
    }
    patience.poll(from, || {
        let before = Seen::of(&file).map_err(unread)?;
        copy_file(&file, to)?;
        for suffix in JOURNALS {
            let (from, to) = (place::beside(&file, suffix), place::beside(to, suffix));
            if from.exists() {
                copy_file(&from, &to)?;
            } else if to.exists() {
                fs::remove_file(&to).map_err(|error| Fault::file(&to, &error))?;
            }
        }
        if Seen::of(&file).map_err(unread)? == before { Ok(()) } else { Err(Fault::Locked) }
    })
}

fn copy_file(from: &Path, to: &Path) -> Result<(), Fault> {
    let mut source =
        File::open(from).map_err(|error| Fault::File { path: from.to_owned(), what: error.to_string() })?;
    place::private_file(to).map_err(|error| Fault::file(to, &error))?;
    let mut target = File::create(to).map_err(|error| Fault::file(to, &error))?;
    io::copy(&mut source, &mut target).map(drop).map_err(|error| match Fault::file(to, &error) {
        Fault::File { what, .. } => Fault::File { path: from.to_owned(), what },
        full => full,
    })
}

/// The traits of a database that would differ if somebody had changed it meanwhile.
#[derive(PartialEq, Eq)]
struct Seen {
    length: u64,
    changed: Option<SystemTime>,
    log: Vec<u8>,
    has_journal: bool,
}

impl Seen {
    fn of(file: &Path) -> io::Result<Self> {
        let about = fs::metadata(file)?;
        let mut log = Vec::new();
        match File::open(place::beside(file, "-wal")) {
            Ok(file) => drop(file.take(LOG_HEAD).read_to_end(&mut log)?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        let has_journal = place::beside(file, "-journal").exists();
        Ok(Self { length: about.len(), changed: about.modified().ok(), log, has_journal })
    }
}
