//! Writes a file whole or not at all: to a temporary file beside it, then by rename.
//!
//! Only what this program wrote itself is written over. Links are followed to the file that they name; a pipe or a
//! device is written to as it is, and `-` is standard output.

use std::fs::{self, File, FileType, OpenOptions};
use std::io::{self, IsTerminal, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::printer::Printer;
use super::{Context, Failure};
use crate::library::export::Outlet;
pub use crate::library::written::Form;
use crate::library::written::{followed, spare, sweep};

/// A file that will stand at its place once it is complete. Opened before the work, so that a target that can't
/// be written is known before anything is recorded.
#[derive(Debug)]
pub struct Target {
    place: Place,
    form: Form,
    /// Without a name, so that a command that is killed during its work leaves nothing.
    spool: File,
}

#[derive(Debug)]
enum Place {
    Stdout,
    /// A pipe or a device.
    Stream(PathBuf),
    File {
        path: PathBuf,
        folder: PathBuf,
    },
}

/// How the names of temporary files begin.
const PREFIX: &str = ".shengci-";

impl Target {
    /// A target that can be written.
    ///
    /// # Errors
    /// When something stands there that this program did not write, when it is a folder, or its folder isn't there
    /// or can't be written.
    pub fn open(path: &Path, form: Form, context: &Context) -> Result<Self, Failure> {
        if is_stdout(path) {
            let what = if context.json {
                Some("what --json prints goes there, too")
            } else if form == Form::Package && io::stdout().is_terminal() {
                Some("a package is no text, and standard output is a terminal")
            } else {
                None
            };
            return match what {
                None => Self::elsewhere(Place::Stdout, form),
                Some(what) => {
                    Err(Failure::new(format!("{form} can't be written to standard output: {what}"))
                        .hint(format!("name a file: {}", form.option())))
                }
            };
        }
        Self::open_file(path, form, context.library.path().ok())
    }

    fn open_file(path: &Path, form: Form, library: Option<&Path>) -> Result<Self, Failure> {
        let shown = path.display();
        let elsewhere = format!("choose another place: {}", form.option());
        let path = followed(path);
        match fs::metadata(&path).map(|about| about.file_type()) {
            Ok(kind) if kind.is_dir() => {
                return Err(Failure::new(format!("{shown} is a folder, not a file"))
                    .hint(format!("name the file in it: {}", form.option())));
            }
            Ok(kind) if is_stream(kind) => {
                if form == Form::Package && is_terminal(&path, kind) {
                    return Err(Failure::new(format!("a package is no text, and {shown} is a terminal"))
                        .hint(elsewhere));
                }
                return Self::elsewhere(Place::Stream(path), form);
            }
            Ok(kind) if !kind.is_file() => {
                return Err(Failure::new(format!("{shown} is no file that can be written")).hint(elsewhere));
            }
            _ => {}
        }
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if !folder.is_dir() {
            return Err(Failure::new(format!(
                "{shown} can't be written: there is no folder {}",
                folder.display()
            ))
            .hint(format!("make the folder first, or {elsewhere}")));
        }
        if let Some(library) = library {
            spare(&path, library)?;
        }
        if path.exists() && !form.is_of(&path) {
            let failure =
                Failure::new(format!("{shown} is there already, and is not {form} that shengci wrote"))
                    .hint(format!("{elsewhere}; it was left as it is"));
            return Err(match form.remark(&path) {
                Some(remark) => failure.hint(remark),
                None => failure,
            });
        }
        let spool = tempfile::tempfile_in(folder).map_err(|error| failed(&path, form, &error))?;
        let folder = folder.to_owned();
        Ok(Self { place: Place::File { path, folder }, form, spool })
    }

    /// Gathers bytes for a target that is no file: it has no folder to keep them in until they are complete.
    fn elsewhere(place: Place, form: Form) -> Result<Self, Failure> {
        let spool = tempfile::tempfile().map_err(|error| {
            let folder = std::env::temp_dir();
            Failure::new(format!("{form} can't be gathered in {}: {error}", folder.display()))
                .hint(format!("name another folder for it with TMPDIR, or a file: {}", form.option()))
        })?;
        Ok(Self { place, form, spool })
    }

    /// Whether it is standard output, which then holds the file and nothing else.
    #[must_use]
    pub fn is_stdout(&self) -> bool {
        matches!(self.place, Place::Stdout)
    }

    /// Puts the gathered bytes, now complete, in their place.
    ///
    /// # Errors
    /// When the disk is full or fails.
    pub fn finish(mut self) -> Result<(), Failure> {
        let named = match &self.place {
            Place::Stdout => Path::new("-"),
            Place::Stream(path) | Place::File { path, .. } => path,
        };
        self.spool.seek(SeekFrom::Start(0)).map_err(|error| failed(named, self.form, &error))?;
        put(&self.place, self.form, &mut self.spool)
    }

    /// Puts `bytes` there. What stood there before stays until the new file is complete.
    ///
    /// # Errors
    /// When the disk is full or fails.
    pub fn write(self, bytes: &[u8]) -> Result<(), Failure> {
        put(&self.place, self.form, &mut &*bytes)
    }
}

/// It is gathered until it is complete.
impl Outlet for Target {
    fn file(&mut self) -> &mut File {
        &mut self.spool
    }

    fn put(self) -> Result<(), Failure> {
        self.finish()
    }
}

fn put<R: Read>(place: &Place, form: Form, from: &mut R) -> Result<(), Failure> {
    match place {
        Place::Stdout => {
            let mut stdout = Printer::stdout(false);
            io::copy(from, stdout.file())?;
            Ok(stdout.flush()?)
        }
        Place::Stream(path) => put_stream(path, from).map_err(|error| failed(path, form, &error)),
        Place::File { path, folder } => {
            sweep(folder);
            put_file(path, folder, form, from).map_err(|error| failed(path, form, &error))
        }
    }
}

fn put_stream<R: Read>(path: &Path, from: &mut R) -> io::Result<()> {
    let mut stream = OpenOptions::new().write(true).open(path)?;
    // A terminal by its name is one all the same.
    if stream.is_terminal() {
        let mut shown = Printer::text(stream);
        io::copy(from, &mut shown)?;
        return shown.flush();
    }
    io::copy(from, &mut stream).map(drop)
}

fn put_file<R: Read>(path: &Path, folder: &Path, form: Form, from: &mut R) -> io::Result<()> {
    let permissions = fs::metadata(path).map_or_else(|_| permissions(form), |about| about.permissions());
    let mut file = tempfile::Builder::new().prefix(PREFIX).permissions(permissions).tempfile_in(folder)?;
    io::copy(from, file.as_file_mut())?;
    file.as_file().sync_data()?;
    file.persist(path)?;
    Ok(())
}

fn is_stdout(path: &Path) -> bool {
    ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"].iter().any(|name| path == Path::new(name))
}

fn failed(path: &Path, form: Form, error: &io::Error) -> Failure {
    Failure::new(format!("{} can't be written: {error}", path.display()))
        .hint(format!("choose another place: {}; nothing was written there", form.option()))
}

/// Whether it takes bytes in without keeping them under a name: a pipe, a terminal, `/dev/null`.
#[cfg(unix)]
fn is_stream(kind: FileType) -> bool {
    use std::os::unix::fs::FileTypeExt;
    kind.is_fifo() || kind.is_char_device()
}

#[cfg(not(unix))]
fn is_stream(_: FileType) -> bool {
    false
}

/// Whether a device is a terminal. A pipe is not asked: to open one is to wait for whoever reads it.
fn is_terminal(path: &Path, kind: FileType) -> bool {
    #[cfg(unix)]
    if std::os::unix::fs::FileTypeExt::is_fifo(&kind) {
        return false;
    }
    let _ = kind;
    OpenOptions::new().write(true).open(path).is_ok_and(|device| device.is_terminal())
}

/// As any program would create it, and the process's umask takes its share; but what all of a library stands in is for
/// its owner's eyes only.
#[cfg(unix)]
fn permissions(form: Form) -> fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(if form == Form::Dump { 0o600 } else { 0o666 })
}

#[cfg(not(unix))]
fn permissions(_: Form) -> fs::Permissions {
    // Elsewhere tempfile ignores what it can't set; any value serves.
    fs::metadata(".").map(|m| m.permissions()).expect("the current folder can be asked")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(path: &Path) -> Result<Target, Failure> {
        Target::open_file(path, Form::Corrections, Some(Path::new("/nowhere/library.db")))
    }

    #[test]
    fn what_stood_there_stays_until_the_new_file_is_complete() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("mine.yaml");
        let ours = crate::corrections::write(&[]);
        fs::write(&path, &ours).expect("a file");
        let target = open(&path).expect("a target");
        assert_eq!(fs::read(&path).expect("a file"), ours.as_bytes());
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing beside it meanwhile");
        target.write(b"new").expect("room on the disk");
        assert_eq!(fs::read(&path).expect("a file"), b"new");
        fs::write(&path, &ours).expect("a file");
        let mut target = open(&path).expect("a target");
        target.file().write_all(b"bit by bit").expect("room on the disk");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing beside it meanwhile");
        target.finish().expect("room on the disk");
        assert_eq!(fs::read(&path).expect("a file"), b"bit by bit");
        drop(open(&folder.path().join("other.yaml")).expect("a target"));
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "no temporary file is left");
    }
}
