//! A backup in the place of the library.
//!
//! The backup is copied beside the library first, looked through, and brought up to this version. A library that can
//! still be read is then filled with it in one transaction, under the lock that all who write wait for, after a copy of
//! it was kept. One that can't is set aside whole, as the file that it was, once nobody has it open any more, and the
//! new one is put in its place by a rename. Nothing is ever deleted, and there is no moment at which a command that is
//! killed would leave less than was there.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::draft::{Draft, Over};
use super::patience::Patience;
use super::{Fault, Store, StoreError, kept, place, spool};
use crate::words::Moment;

impl Store {
    /// Puts a copy in the place of the library at `path`, which is kept; the path of what is kept, if there was one.
    ///
    /// # Errors
    /// When the copy is no whole library, or the library can't be written.
    pub fn restore(path: &Path, from: &Path, now: Moment) -> Result<Option<PathBuf>, StoreError> {
        Self::restore_with(path, from, now, Patience::default())
    }

    /// As [`restore`](Self::restore), and waits for others as long as `patience` says.
    ///
    /// # Errors
    /// As [`restore`](Self::restore).
    pub fn restore_with(
        path: &Path,
        from: &Path,
        now: Moment,
        patience: Patience,
    ) -> Result<Option<PathBuf>, StoreError> {
        let place = place::resolve(path).map_err(|fault| StoreError::new(path, fault))?;
        let file = |what: &str| {
            let fault = Fault::File { path: from.to_owned(), what: what.to_owned() };
            Err(StoreError::new(path, fault))
        };
        match place::follow(from) {
            Err(Fault::NotAFile(what)) => return file(&format!("it is {what}")),
            Ok(from) if from == place => return file("this is the library itself"),
            _ if !from.exists() => return file("there is no such file"),
            _ => {}
        }
        let mut draft = Draft::copy(path, from, patience)?;
        let restored = match draft.put_over(Over::Kept(now)) {
            Err(fault) if fault.is_damage() => set_aside(&mut draft, path, now, patience).map(Some),
            restored => restored,
        };
        restored.map_err(|fault| StoreError::new(path, fault))
    }
}

/// The files that SQLite keeps beside a library. The log goes first: a library without its log is an older one, a log
/// without its library would be taken for the log of the new one.
const BESIDE: [&str; 3] = ["-wal", "-journal", "-shm"];

/// Renames what lies in the library's place, with what SQLite keeps beside it, and puts the draft there; the new name.
fn set_aside(draft: &mut Draft, path: &Path, now: Moment, patience: Patience) -> Result<PathBuf, Fault> {
    let new = draft.close()?;
    let place = draft.place().to_owned();
    let failed = |error: io::Error| Fault::file(&place, &error);
    let _alone = alone(&place, path, patience)?;
    let (aside, is_linked) = claim(&place, now).map_err(failed)?;
    for suffix in BESIDE {
        match fs::rename(place::beside(&place, suffix), place::beside(&aside, suffix)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(failed(error)),
            _ => {}
        }
    }
    if !is_linked && place.exists() {
        fs::rename(&place, &aside).map_err(failed)?;
    }
    spool::put_over(&new, &place).map_err(failed)?;
    Ok(aside)
}

/// A name that nothing has, and whether the library has it already beside its own: so there is no moment without one.
fn claim(place: &Path, now: Moment) -> io::Result<(PathBuf, bool)> {
    let mut number = 1;
    loop {
        let again = if number == 1 { String::new() } else { format!("-{number}") };
        let aside = place::beside(place, &format!(".damaged-{}{again}", kept::date(now)));
        number += 1;
        if aside.exists() || BESIDE.iter().any(|suffix| place::beside(&aside, suffix).exists()) {
            continue;
        }
        match fs::hard_link(place, &aside) {
            Ok(()) => return Ok((aside, true)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            // Not every file system has second names; and there may be a log alone.
            Err(_) => return Ok((aside, false)),
        }
    }
}

/// Waits until nobody else has the file open, and keeps others out for as long as the value lives. Whoever has a library
/// open holds a lock on its file, by which a lock on all of it is refused; and whoever opens it now waits for that lock,
/// and sees then that another file has come into its place.
#[cfg(unix)]
fn alone(file: &Path, path: &Path, patience: Patience) -> Result<Option<fs::File>, Fault> {
    use rustix::fs::{FlockOperation, fcntl_lock};
    use rustix::io::Errno;
    let open = match fs::File::options().read(true).write(true).open(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        open => open.map_err(|error| place::refused(file, &error))?,
    };
    patience.poll(path, || match fcntl_lock(&open, FlockOperation::NonBlockingLockExclusive) {
        Err(Errno::AGAIN | Errno::ACCESS) => Err(Fault::Locked),
        // A file system without locks has nobody who waits for one.
        _ => Ok(()),
    })?;
    Ok(Some(open))
}

/// Elsewhere a file that is open can't be renamed.
#[cfg(not(unix))]
fn alone(_: &Path, _: &Path, _: Patience) -> Result<(), Fault> {
    Ok(())
}
