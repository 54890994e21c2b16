//! The kinds of files that are written, and how one of ours is known: only such a file is written over, and never the
//! library.
//!
//! Each has a mark that no other program gives, and is looked at from both ends: into what was written by us somebody
//! may have put more since.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::Failure;
use crate::corrections::is_as_written;
use crate::package::{Maker, maker};
pub use crate::scratch::sweep;
use crate::store::Store;

/// The kind of file to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// An Anki package.
    Package,
    /// A dump of the library.
    Dump,
    /// A page with plots.
    Page,
    /// A file of corrections.
    Corrections,
}

/// How every page begins, with a mark that no other program gives. A browser that saves a page changes both ends.
pub const PAGE_BEGINS: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
                               <meta name=\"generator\" content=\"shengci stats 1\">\n";
/// How every page ends.
pub const PAGE_ENDS: &str = "</body>\n</html>\n";

/// The bytes at each end of a file that tell what it is.
const END: u64 = 1024;

/// No file of corrections is larger.
const LARGEST: u64 = 4 << 20;

impl Form {
    /// Whether the file at `path` is one that this program wrote, or empty: then nothing is lost with it.
    pub fn is_of(self, path: &Path) -> bool {
        File::open(path).is_ok_and(|mut file| self.is_in(&mut file).unwrap_or(false))
    }

    fn is_in(self, file: &mut File) -> io::Result<bool> {
        if file.metadata()?.len() == 0 {
            return Ok(true);
        }
        Ok(match self {
            Self::Package => maker(file)? == Maker::Ours,
            Self::Dump => {
                let (head, tail) = ends(file)?;
                Store::is_dump(&head, &tail)
            }
            Self::Page => {
                let (head, tail) = ends(file)?;
                head.starts_with(PAGE_BEGINS) && tail.ends_with(PAGE_ENDS)
            }
            Self::Corrections => {
                let mut text = String::new();
                // A file that is no UTF-8 is none of ours.
                let read = file.take(LARGEST + 1).read_to_string(&mut text);
                read.is_ok() && is_as_written(&text)
            }
        })
    }

    /// The further remark on a file that is none of ours.
    pub fn remark(self, path: &Path) -> Option<&'static str> {
        let unmarked = || {
            let maker = File::open(path).and_then(|mut file| maker(&mut file));
            maker.is_ok_and(|maker| maker == Maker::Unmarked)
        };
        match self {
            Self::Package if unmarked() => Some(
                "it has no mark of shengci, as packages of its first versions have none: if it is one, delete it yourself",
            ),
            Self::Corrections => Some("what a person has written into such a file is never written over"),
            _ => None,
        }
    }

    /// How another place is named.
    pub fn option(self) -> &'static str {
        match self {
            Self::Package => "-o FILE",
            Self::Dump => "shengci dump FILE",
            Self::Page => "--html FILE",
            Self::Corrections => "--export FILE",
        }
    }
}

/// The first and the last bytes of a file, as text.
fn ends(file: &mut File) -> io::Result<(String, String)> {
    let length = file.metadata()?.len();
    let mut part = |from: u64| -> io::Result<String> {
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(from))?;
        file.by_ref().take(END).read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    };
    Ok((part(0)?, part(length.saturating_sub(END))?))
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Package => "an Anki package",
            Self::Dump => "a dump",
            Self::Page => "a page of `stats`",
            Self::Corrections => "a file of corrections",
        })
    }
}

/// Links that lead to links end somewhere, or never.
const LINKS: usize = 40;

/// The file that a path leads to, though it may not be there yet.
pub fn followed(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        let Ok(to) = fs::read_link(&path) else { break };
        // A link among a process's open files need not name a path: `pipe:[4711]`.
        if fs::metadata(&path).is_ok_and(|about| !about.is_file()) {
            break;
        }
        path = path.parent().unwrap_or(Path::new("")).join(to);
    }
    path
}

/// Refuses the library, and what SQLite keeps beside it.
///
/// # Errors
/// When the path leads there.
pub fn spare(path: &Path, library: &Path) -> Result<(), Failure> {
    let path = whole(path);
    let library = whole(&followed(library));
    for suffix in ["", "-wal", "-shm", "-journal"] {
        let mut own = library.clone().into_os_string();
        own.push(suffix);
        if path.as_os_str() == own {
            return Err(Failure::new(format!("{} is the library itself", path.display()))
                .hint("choose another name; the library was left as it is"));
        }
    }
    Ok(())
}

/// A path as the system has it; of a file that isn't there yet, with its folder as the system has it.
fn whole(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    path.canonicalize().unwrap_or_else(|_| {
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        folder.join(path.file_name().unwrap_or_default())
    })
}
