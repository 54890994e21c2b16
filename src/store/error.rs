//! The faults of a library, in words for the person who owns it.
//!
//! Each fault says what is wrong and where, and has a hint; none of them is an invitation to delete the file.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{ErrorCode, ffi};

/// An error, with the library that has it.
#[derive(Debug)]
pub struct StoreError {
    library: PathBuf,
    fault: Box<Fault>,
}

/// A fault of a library.
#[derive(Debug)]
pub enum Fault {
    /// There is no library there yet.
    Missing,
    /// Another process writes to it.
    Locked,
    /// A newer shengci made it.
    Newer {
        /// Its version.
        found: u32,
        /// The newest version that this program knows.
        known: u32,
    },
    /// The named thing is no file, and can't be one. Which it is: “a folder”.
    NotAFile(&'static str),
    /// A database of another program.
    NotALibrary,
    /// No SQLite database at all.
    NotSqlite,
    /// The file or its folder can't be written.
    Unwritable(String),
    /// The disk, or the way to it, fails.
    Disk(String),
    /// No room on the disk.
    Full,
    /// No room for a file beside the library.
    NoRoom(PathBuf),
    /// Another file was put in the place of the library while it was in use.
    Replaced,
    /// SQLite, or this program, finds the content damaged.
    Corrupt(String),
    /// A copy that was to be put back is damaged.
    BadCopy(String),
    /// No article is called so.
    NoArticle {
        /// The name that was asked for.
        reference: String,
        /// How many articles there are.
        articles: u32,
    },
    /// Several articles are called so.
    ManyArticles {
        /// The name that was asked for.
        reference: String,
        /// Number and title of each.
        matches: Vec<(i64, String)>,
    },
    /// An article has more sentences than the library can number.
    TooLong {
        /// How many it has.
        sentences: usize,
    },
    /// Nothing was recorded that could be taken back.
    NothingToUndo,
    /// A dump can only be loaded into an empty library.
    NotEmpty,
    /// A line of a dump can't be read.
    Dump {
        /// From 1.
        line: usize,
        /// The fault in it.
        what: String,
    },
    /// A file beside the library can't be read or written.
    File {
        /// Which file.
        path: PathBuf,
        /// The system's message.
        what: String,
    },
    /// Anything else that SQLite says: a fault of this program.
    Sql(rusqlite::Error),
}

impl Fault {
    /// The system's error about a file beside the library.
    pub(super) fn file(path: &Path, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::NoRoom(path.to_owned()),
            _ => Self::File { path: path.to_owned(), what: error.to_string() },
        }
    }

    /// Whether a library that says so is damaged, so that a backup has to take its place.
    pub(super) fn is_damage(&self) -> bool {
        matches!(self, Self::NotSqlite | Self::Corrupt(_) | Self::Disk(_))
    }
}

impl StoreError {
    pub(super) fn new(library: &Path, fault: Fault) -> Self {
        Self { library: library.to_owned(), fault: Box::new(fault) }
    }

    /// The fault.
    #[must_use]
    pub fn fault(&self) -> &Fault {
        &self.fault
    }

    /// The advice for the owner.
    #[must_use]
    pub fn hint(&self) -> String {
        match &*self.fault {
            Fault::Missing => "add a first article: shengci add FILE".to_owned(),
            Fault::Locked => "wait until the other shengci is done, then try again".to_owned(),
            Fault::Newer { .. } => {
                "install the newest shengci, or name another library with --library FILE".to_owned()
            }
            Fault::NotAFile(_) => "name a file with --library FILE".to_owned(),
            Fault::NotALibrary => {
                "name another file with --library FILE; this one was left as it is".to_owned()
            }
            Fault::NotSqlite => format!(
                "name another file with --library FILE; if it was your library, look for a copy in {}, which \
                 shengci restore FILE puts back",
                super::kept::folder(&self.library).display()
            ),
            Fault::Unwritable(_) => {
                "give yourself the right to write there, or name another place with --library FILE".to_owned()
            }
            Fault::Disk(_) => format!(
                "is the disk sound, and are files allowed to grow (ulimit -f)? copies are in {}",
                super::kept::folder(&self.library).display()
            ),
            Fault::Full | Fault::NoRoom(_) => {
                "make room on that disk and run the command again; nothing was changed".to_owned()
            }
            Fault::Replaced => "nothing was changed; run the command again".to_owned(),
            Fault::Corrupt(_) => format!(
                "keep the file, and look for a copy in {}; shengci restore FILE puts one back",
                super::kept::folder(&self.library).display()
            ),
            Fault::BadCopy(_) => "take an older backup; nothing was changed".to_owned(),
            Fault::NoArticle { articles: 0, .. } => "add a first article: shengci add FILE".to_owned(),
            Fault::NoArticle { .. } => {
                "shengci articles lists them; a number, `last`, or a part of a title names one".to_owned()
            }
            Fault::ManyArticles { .. } => "name it by its number".to_owned(),
            Fault::TooLong { .. } => "split the text into several files".to_owned(),
            Fault::NothingToUndo => "only marks and corrections can be taken back".to_owned(),
            Fault::NotEmpty => "name a library that does not exist yet with --library FILE".to_owned(),
            Fault::Dump { .. } => {
                "a dump is what shengci dump writes, one JSON object a line; nothing was loaded".to_owned()
            }
            Fault::File { .. } => "check the path and your right to it".to_owned(),
            Fault::Sql(_) => {
                "this is a fault of shengci: please report it with the command that led here".to_owned()
            }
        }
    }
}

impl std::error::Error for StoreError {}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let library = self.library.display();
        match &*self.fault {
            Fault::Missing => write!(f, "there is no library at {library} yet"),
            Fault::Locked => write!(f, "the library {library} is in use by another program"),
            Fault::Newer { found, known } => write!(
                f,
                "the library {library} is from a newer shengci (its version is {found}, this program knows {known})"
            ),
            Fault::NotAFile(what) => write!(f, "“{library}” can't be a library: it is {what}"),
            Fault::NotALibrary => {
                write!(f, "{library} is a database of another program, not a library of shengci")
            }
            Fault::NotSqlite => write!(f, "{library} is not a library of shengci: it is no SQLite database"),
            Fault::Unwritable(what) => write!(f, "the library {library} can't be opened or written: {what}"),
            Fault::Disk(what) => write!(f, "the library {library} can't be read or written: {what}"),
            Fault::NoRoom(path) => write!(f, "there is no room on the disk for {}", path.display()),
            Fault::Replaced => {
                write!(f, "another file was put in the place of the library {library} while it was in use")
            }
            Fault::Full => write!(f, "there is no room on the disk of the library {library}"),
            Fault::Corrupt(what) => write!(f, "the library {library} is damaged: {what}"),
            Fault::BadCopy(what) => write!(f, "the backup {library} is damaged: {what}"),
            Fault::NoArticle { reference, articles: 0 } => {
                write!(f, "there is no article “{reference}”: the library {library} is empty")
            }
            Fault::NoArticle { reference, .. } => {
                write!(f, "there is no article “{reference}” in the library {library}")
            }
            Fault::ManyArticles { reference, matches } => {
                write!(f, "“{reference}” could be {} articles:", matches.len())?;
                for (id, title) in matches.iter().take(8) {
                    write!(f, "\n  {id:>5}  {title}")?;
                }
                if matches.len() > 8 { write!(f, "\n  …") } else { Ok(()) }
            }
            Fault::TooLong { sentences } => {
                write!(f, "the text has {sentences} sentences, more than the library {library} can number")
            }
            Fault::NothingToUndo => write!(f, "there is nothing to undo in the library {library}"),
            Fault::NotEmpty => write!(f, "the library {library} is not empty"),
            Fault::Dump { line, what } => write!(f, "line {line} of the dump: {what}"),
            Fault::File { path, what } => write!(f, "{}: {what}", path.display()),
            Fault::Sql(error) => write!(f, "the library {library}: {error}"),
        }
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::Error;
        match &error {
            // A test holds every statement against the schema: what is missing was there once.
            Error::SqlInputError { msg, .. } | Error::SqliteFailure(_, Some(msg)) if lacks(msg) => {
                return Self::Corrupt(msg.clone());
            }
            Error::FromSqlConversionFailure(..)
            | Error::IntegralValueOutOfRange(..)
            | Error::InvalidColumnType(..)
            | Error::Utf8Error(..)
            | Error::QueryReturnedNoRows => return Self::Corrupt(error.to_string()),
            _ => {}
        }
        if error.sqlite_error().is_some_and(|error| FAILS.contains(&error.extended_code)) {
            return Self::Disk(error.to_string());
        }
        match error.sqlite_error_code() {
            Some(
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed,
            ) => Self::Locked,
            Some(ErrorCode::NotADatabase) => Self::NotSqlite,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::TypeMismatch | ErrorCode::TooBig) => {
                Self::Corrupt(error.to_string())
            }
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(
                ErrorCode::ReadOnly
                | ErrorCode::CannotOpen
                | ErrorCode::PermissionDenied
                | ErrorCode::SystemIoFailure,
            ) => Self::Unwritable(error.to_string()),
            _ => Self::Sql(error),
        }
    }
}

/// Whether SQLite misses a table or a column, or finds something else in its place. Our statements go with our schema (a
/// test prepares them all), so the schema is not ours any more.
fn lacks(message: &str) -> bool {
    message.starts_with("no such ")
        || [" has no column named ", " because it is a view", " already exists", "may not be modified"]
            .iter()
            .any(|part| message.contains(part))
        || message.starts_with("malformed ")
}

/// SQLite's codes where reading or writing itself fails. Its other I/O errors are about rights to files beside the
/// library.
const FAILS: [i32; 8] = [
    ffi::SQLITE_IOERR_READ,
    ffi::SQLITE_IOERR_SHORT_READ,
    ffi::SQLITE_IOERR_WRITE,
    ffi::SQLITE_IOERR_FSYNC,
    ffi::SQLITE_IOERR_TRUNCATE,
    ffi::SQLITE_IOERR_FSTAT,
    ffi::SQLITE_IOERR_DATA,
    ffi::SQLITE_IOERR_CORRUPTFS,
];

impl From<rusqlite_migration::Error> for Fault {
    fn from(error: rusqlite_migration::Error) -> Self {
        match error {
            rusqlite_migration::Error::RusqliteError { err, .. } => Self::from(err),
            other => Self::Corrupt(other.to_string()),
        }
    }
}
