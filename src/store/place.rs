//! Where a library lies: which paths may be one, who may read it, and whether the file there is still the one that
//! was opened.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, FileType, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use super::Fault;

/// Links that lead to links end somewhere, or never.
const LINKS: usize = 40;

/// The file that a path leads to, as the system has it; it need not be there yet.
///
/// # Errors
/// When SQLite would take the name for something else than a file, or what is there is no file.
pub fn resolve(path: &Path) -> Result<PathBuf, Fault> {
    let name = path.as_os_str().as_encoded_bytes();
    // To SQLite these are a database in memory, which would keep nothing, and addresses with options.
    if name.is_empty() {
        return Err(Fault::NotAFile("an empty name"));
    } else if name == b":memory:" {
        return Err(Fault::NotAFile("SQLite's name for what is kept nowhere"));
    } else if name.starts_with(b"file:") {
        return Err(Fault::NotAFile("an address, not the name of a file"));
    }
    follow(path)
}

/// The file that a path leads to, whatever its name; that of a library is asked of [`resolve`].
///
/// # Errors
/// When what is there is no file.
pub fn follow(path: &Path) -> Result<PathBuf, Fault> {
    let mut file = path.to_owned();
    for _ in 0..LINKS {
        let Ok(to) = fs::read_link(&file) else { break };
        file = file.parent().unwrap_or(Path::new("")).join(to);
    }
    if let Ok(about) = fs::metadata(&file)
        && !about.is_file()
    {
        return Err(Fault::NotAFile(kind(about.file_type())));
    }
    if let Ok(file) = file.canonicalize() {
        return Ok(file);
    }
    let file = std::path::absolute(&file).unwrap_or(file);
    match (file.parent().and_then(|folder| folder.canonicalize().ok()), file.file_name()) {
        (Some(folder), Some(name)) => Ok(folder.join(name)),
        _ => Ok(file),
    }
}

#[cfg(unix)]
fn kind(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    if kind.is_dir() {
        "a folder"
    } else if kind.is_fifo() {
        "a pipe"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

#[cfg(not(unix))]
fn kind(kind: FileType) -> &'static str {
    if kind.is_dir() { "a folder" } else { "a device" }
}

/// Makes the file, empty, and its folder, where they are not there yet: for their owner's eyes only. SQLite gives what
/// it writes beside a file the rights of the file.
///
/// # Errors
/// When the system refuses it.
pub fn prepare(file: &Path) -> Result<(), Fault> {
    if file.exists() {
        return Ok(());
    }
    if let Some(folder) = file.parent() {
        private_folder(folder).map_err(|error| refused(folder, &error))?;
    }
    private_file(file).map_err(|error| refused(file, &error))
}

/// The fault behind the system's error about the library or its folder.
pub fn refused(path: &Path, error: &io::Error) -> Fault {
    match Fault::file(path, error) {
        Fault::File { path, what } => Fault::Unwritable(format!("{}: {what}", path.display())),
        other => other,
    }
}

/// Takes from all but its owner the right to look into a file: libraries from before that was promised. Where the system
/// refuses it, it is another's file, and the other's to say.
pub fn make_private(file: &Path) {
    #[cfg(unix)]
    let _ = fs::set_permissions(file, std::os::unix::fs::PermissionsExt::from_mode(0o600));
}

/// Makes an empty file that its owner alone may read, unless one is there.
pub fn private_file(file: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(file) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// Makes a folder, with those that it lies in, that its owner alone may look into, unless it is there.
pub fn private_folder(folder: &Path) -> io::Result<()> {
    if folder.exists() && !folder.is_dir() {
        return Err(io::Error::new(ErrorKind::NotADirectory, "it is a file, and should be a folder"));
    }
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// A file that SQLite keeps beside a database: `-wal`, `-shm`, `-journal`.
#[must_use]
pub fn beside(file: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(suffix);
    PathBuf::from(name)
}

/// Whether something stands in a journal that was not taken over into the database yet.
#[must_use]
pub fn has_journal(file: &Path) -> bool {
    has_log(file) || !is_void(&beside(file, "-journal"))
}

/// Whether something stands in a write-ahead log.
#[must_use]
pub fn has_log(file: &Path) -> bool {
    !is_void(&beside(file, "-wal"))
}

/// Whether a file is not there, or empty.
#[must_use]
pub fn is_void(file: &Path) -> bool {
    fs::metadata(file).map_or(true, |about| about.len() == 0)
}

/// Opens a database that nobody changes meanwhile, so that nothing has to be written beside it. What stands in a journal
/// is overlooked.
///
/// # Errors
/// When it can't be read.
pub fn open_still(file: &Path) -> Result<Connection, Fault> {
    let mut address = String::from("file:");
    for &byte in file.as_os_str().as_encoded_bytes() {
        if byte.is_ascii_alphanumeric() || b"/._-".contains(&byte) {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    address.push_str("?immutable=1");
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Ok(Connection::open_with_flags(address, flags)?)
}

/// Which file stands at a path: another one of the same name is another file. Nothing where the system has no numbers
/// for files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    device: u64,
    number: u64,
}

impl Identity {
    /// Of the file at a path; `None` where there is none.
    #[cfg(unix)]
    pub fn of(file: &Path) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        let about = fs::metadata(file).ok()?;
        Some(Self { device: about.dev(), number: about.ino() })
    }

    /// Elsewhere a file that is open can't be replaced.
    #[cfg(not(unix))]
    pub fn of(file: &Path) -> Option<Self> {
        file.exists().then_some(Self { device: 0, number: 0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_sqlite_takes_for_something_else_is_no_name() {
        for name in ["", ":memory:", "file:x?mode=memory", "file:/tmp/x.db"] {
            assert!(matches!(resolve(Path::new(name)), Err(Fault::NotAFile(_))), "{name}");
        }
        for name in ["./:memory:", "./file:x", "memory", "a b?.db"] {
            let file = resolve(Path::new(name)).expect("a file's name");
            assert!(file.is_absolute(), "{}", file.display());
            assert_eq!(file.file_name(), Path::new(name).file_name());
        }
    }
}
