//! The kinds of files that are written, and how one of ours is known: only such a file is written over.

use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// What kind of file is written.
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

/// So much of a file tells what it is.
const HEAD: u64 = 1024;

impl Form {
    /// Whether the file at `path` is one that this program wrote, or empty: then nothing is lost with it.
    pub fn is_of(self, path: &Path) -> bool {
        let mut head = Vec::new();
        let read = File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
        read.is_ok() && (head.is_empty() || self.begins(&head))
    }

    fn begins(self, head: &[u8]) -> bool {
        let text = String::from_utf8_lossy(head);
        match self {
            // A zip that begins with the collection, at the time that we give all files; Anki's own begin with
            // `meta`, and other programs' have the time of the day.
            Self::Package => {
                head.starts_with(b"PK\x03\x04")
                    && head.get(10..14) == Some(&[0, 0, 0x21, 0])
                    && head.get(30..46) == Some(b"collection.anki2")
            }
            Self::Dump => text.lines().next().is_some_and(|line| line.contains("\"shengci\":\"dump\"")),
            Self::Page => text.starts_with("<!doctype html>") && text.contains("<title>生词"),
            Self::Corrections => text.starts_with(crate::words::CORRECTIONS_HEADER),
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
