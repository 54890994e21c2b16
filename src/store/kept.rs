//! Copies that the program keeps by itself, in `backups/` beside the library: before a migration, and of what a restore
//! puts something else in the place of.
//!
//! A copy is called `STEM-DATE-WHY.db` after its library (`STEM-DATE-WHY-2.db` for the second one of a second). Only
//! what is called so from end to end is ever looked at or deleted: the folder is the learner's, too, and may hold the
//! copies of other libraries. Five whole copies are kept, and always the one just made.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::types::{ToSqlOutput, ValueRef};

use super::{Fault, place, spool};
use crate::scratch::Scratch;
use crate::words::Moment;

/// How many copies are kept.
const KEPT: usize = 5;

/// The change before which a copy was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// A restore.
    Restore,
    /// A migration, from this version.
    Migration(usize),
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Restore => f.write_str(RESTORE),
            Self::Migration(version) => write!(f, "v{version}"),
        }
    }
}

const RESTORE: &str = "before-restore";

/// Where copies of a library lie.
#[must_use]
pub fn folder(library: &Path) -> PathBuf {
    place::resolve(library).unwrap_or_else(|_| library.to_owned()).with_file_name("backups")
}

/// A moment as file names have it.
#[must_use]
pub fn date(now: Moment) -> String {
    jiff::Timestamp::from_second(now.0).unwrap_or_default().strftime("%Y-%m-%dT%H%M%SZ").to_string()
}

/// Keeps a copy of the library that lies in `file`; the path of the copy. Copies that are too many go.
pub fn keep(connection: &Connection, file: &Path, why: Why, now: Moment) -> Result<PathBuf, Fault> {
    let folder = folder(file);
    let failed = |error: std::io::Error| Fault::file(&folder, &error);
    place::private_folder(&folder).map_err(failed)?;
    let part = Scratch::beside(&folder).map_err(failed)?;
    let copy = part.path().join("copy.db");
    copy_into(connection, &copy).map_err(|fault| match fault {
        Fault::NoRoom(_) => Fault::NoRoom(folder.clone()),
        other => other,
    })?;
    let naming = Naming::of(file);
    let date = date(now);
    // Never a number again that one had which is gone: they tell which was first.
    let taken =
        copies(&folder, &naming).into_iter().filter(|copy| copy.date == date).map(|copy| copy.number).max();
    for number in taken.unwrap_or(0) + 1.. {
        let kept = folder.join(naming.name(&date, why, number));
        if spool::put_new(&copy, &kept).map_err(failed)? {
            prune(&folder, &naming, &kept, &date);
            return Ok(kept);
        }
    }
    Err(Fault::File { path: folder, what: "it is full of copies".to_owned() })
}

/// Copies a database into a new file, which its owner alone may read, through to the disk.
pub fn copy_into(connection: &Connection, file: &Path) -> Result<(), Fault> {
    let failed = |error: std::io::Error| Fault::file(file, &error);
    place::private_file(file).map_err(failed)?;
    let copied = connection.execute("VACUUM INTO ?1", [as_sql(file.as_os_str())]);
    copied.map_err(|error| match Fault::from(error) {
        Fault::Full => Fault::NoRoom(file.to_owned()),
        // Rows that contradict one another can be read, and not be written again.
        Fault::Sql(error) => Fault::Corrupt(error.to_string()),
        other => other,
    })?;
    File::open(file).and_then(|written| written.sync_all()).map_err(failed)
}

/// A name as it is, though it be no UTF-8.
fn as_sql(name: &OsStr) -> ToSqlOutput<'_> {
    ToSqlOutput::Borrowed(ValueRef::Text(name.as_encoded_bytes()))
}

/// How the copies of one library are called.
#[derive(Debug)]
struct Naming {
    stem: OsString,
    /// With its dot; two libraries that differ only in this share no copies.
    ending: OsString,
}

impl Naming {
    fn of(file: &Path) -> Self {
        let mut ending = OsString::new();
        if let Some(extension) = file.extension() {
            ending.push(".");
            ending.push(extension);
        }
        Self { stem: file.file_stem().unwrap_or_default().to_owned(), ending }
    }

    fn name(&self, date: &str, why: Why, number: u32) -> OsString {
        let mut name = self.stem.clone();
        name.push(format!("-{date}-{why}"));
        if number > 1 {
            name.push(format!("-{number}"));
        }
        name.push(&self.ending);
        name
    }

    /// Date and number of a copy, if that is what is called so.
    fn read(&self, name: &OsStr) -> Option<(String, u32)> {
        let rest = name.as_encoded_bytes().strip_prefix(self.stem.as_encoded_bytes())?;
        let rest = rest.strip_suffix(self.ending.as_encoded_bytes())?.strip_prefix(b"-")?;
        let rest = std::str::from_utf8(rest).ok()?;
        let (date, rest) = rest.split_at_checked("2026-11-30T100005Z".len())?;
        let shape: String = date.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        let rest = rest.strip_prefix('-').filter(|_| shape == "0000-00-00T000000Z")?;
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = match rest.strip_prefix(RESTORE) {
            Some(number) => number,
            None => {
                let rest = rest.strip_prefix('v')?;
                let end = rest.find('-').unwrap_or(rest.len());
                let (version, number) = rest.split_at(end);
                if !digits(version) {
                    return None;
                }
                number
            }
        };
        let number = match number.strip_prefix('-') {
            Some(number) if digits(number) => number.parse().ok()?,
            None if number.is_empty() => 1,
            _ => return None,
        };
        Some((date.to_owned(), number))
    }
}

/// A file that is called as a copy is.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Copy {
    date: String,
    number: u32,
    path: PathBuf,
}

/// The copies of one library in the folder.
fn copies(folder: &Path, naming: &Naming) -> Vec<Copy> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let entries =
        entries.filter_map(Result::ok).filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
    let named = entries.filter_map(|entry| {
        let (date, number) = naming.read(&entry.file_name())?;
        Some(Copy { date, number, path: entry.path() })
    });
    named.collect()
}

/// Removes the oldest copies beyond five whole ones, and empty ones, which a version before this one could leave. What
/// is dated later than the copy just made stands outside of that: the clock was wrong then, or is now. A courtesy: what
/// can't be removed stays.
fn prune(folder: &Path, naming: &Naming, kept: &Path, now: &str) {
    let others = copies(folder, naming).into_iter().filter(|copy| copy.path != kept);
    let (empty, mut others): (Vec<Copy>, Vec<Copy>) = others.partition(|copy| place::is_void(&copy.path));
    for copy in empty {
        let _ = fs::remove_file(&copy.path);
    }
    others.retain(|copy| copy.date.as_str() <= now);
    if others.len() < KEPT {
        return;
    }
    others.sort_unstable();
    let mut whole = 1;
    for copy in others.into_iter().rev() {
        if whole == KEPT {
            let _ = fs::remove_file(&copy.path);
        } else {
            whole += usize::from(is_whole(&copy.path));
        }
    }
}

/// Whether a copy is a library that could be put back: as long as it says it is, and sound.
fn is_whole(copy: &Path) -> bool {
    let mut head = [0; 72];
    let read = File::open(copy).and_then(|mut file| file.read_exact(&mut head).and(file.metadata()));
    let Ok(about) = read else { return false };
    // SQLite's file format: the page size at 16 (1 stands for 65,536), the number of pages at 28, whose it is at 68.
    let page = match u16::from_be_bytes([head[16], head[17]]) {
        1 => 65_536,
        size => u64::from(size),
    };
    let pages = u64::from(u32::from_be_bytes([head[28], head[29], head[30], head[31]]));
    head.starts_with(b"SQLite format 3\0")
        && head.ends_with(b"shng")
        && about.len() == page * pages
        && place::open_still(copy).is_ok_and(|connection| is_sound(&connection).is_ok())
}

/// Looks for damage to the file of a database.
pub fn is_sound(connection: &Connection) -> Result<(), Fault> {
    let says: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if says == "ok" { Ok(()) } else { Err(Fault::Corrupt(says)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_copies_of_this_very_library_are_called_so() {
        let naming = Naming::of(Path::new("/x/library.db"));
        let read = |name: &str| naming.read(OsStr::new(name));
        let date = "2026-11-30T100005Z".to_owned();
        for (why, number) in
            [(Why::Restore, 1), (Why::Restore, 12), (Why::Migration(1), 1), (Why::Migration(10), 3)]
        {
            let name = naming.name(&date, why, number);
            assert_eq!(naming.read(&name), Some((date.clone(), number)), "{name:?}");
        }
        for other in [
            "library-work-2026-11-30T100005Z-before-restore.db",
            "library-before-exam.db",
            "library-1-before-exam.db",
            "library-2026-11-30T100005Z-before-restore-exam.db",
            "library-2026-11-30T100005Z-before-restore-.db",
            "library-2026-11-30T100005Z-before-exam.db",
            "library-2026-11-30T100005Z-v.db",
            "library-2026-11-30T100005Z-v1x.db",
            "library-2026-11-30T100005Z-v1-2026-11-30T100005Z-before-restore.db",
            "library-2026-11-30T100005Z-before-restore.sqlite",
            "library-2026-11-30T100005Z-before-restore (copy).db",
            "library-2026-11-30.db",
            "library.db",
            "生词-2026-11-30T100005Z-v1.db",
        ] {
            assert_eq!(read(other), None, "{other}");
        }
        let other = Naming::of(Path::new("/x/library.sqlite"));
        assert_eq!(other.name(&date, Why::Restore, 1), "library-2026-11-30T100005Z-before-restore.sqlite");
    }
}
