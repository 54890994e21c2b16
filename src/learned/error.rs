//! Why something could not be read, with what to do about it.
//!
//! The reader of these is a learner with an Anki collection, so each says which file and what would help.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// A fault in reading what the learner knows.
#[derive(Debug, thiserror::Error)]
pub enum LearnedError {
    /// A file can't be read.
    #[error("can't read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: std::io::Error,
    },
    /// A temporary copy can't be written.
    #[error("can't make a temporary copy in {folder}: {0}", folder = std::env::temp_dir().display())]
    Copy(std::io::Error),
    /// The file is no package of Anki's.
    #[error("{} is no Anki package: {why}", path.display())]
    Package {
        /// The file.
        path: PathBuf,
        /// The fault.
        why: String,
    },
    /// The file is no collection, or a damaged one.
    #[error("{} can't be read as an Anki collection: {why}", path.display())]
    Collection {
        /// The file.
        path: PathBuf,
        /// The fault.
        why: String,
    },
    /// The collection changed each time it was copied.
    #[error("{} changed while it was copied, every time", .0.display())]
    Busy(PathBuf),
    /// A list that isn't text we can decode.
    #[error("the list isn't UTF-8 text (line {line})")]
    Encoding {
        /// The first line that isn't.
        line: usize,
    },
    /// A list without the column that was asked for.
    #[error("there is no column “{name}”; there are {}", there.join(", "))]
    Column {
        /// The name that was asked for.
        name: String,
        /// The columns that there are.
        there: Vec<String>,
    },
    /// Nobody answers where AnkiConnect should.
    #[error("Anki doesn't answer at {url}: {why}")]
    NotRunning {
        /// The address.
        url: String,
        /// The cause.
        why: String,
    },
    /// AnkiConnect took the question and has not answered.
    #[error("Anki took the question at {url} and does not answer")]
    Silent {
        /// The address.
        url: String,
    },
    /// AnkiConnect answers with more than is read.
    #[error("what answers at {url} says more than 64 MiB at once, and AnkiConnect never does")]
    TooLarge {
        /// The address.
        url: String,
    },
    /// AnkiConnect answers with an error.
    #[error("AnkiConnect refuses {action}: {why}")]
    Refused {
        /// The action that was asked of it.
        action: String,
        /// Its words.
        why: String,
    },
    /// Something answers, but not as AnkiConnect does.
    #[error("what answers at {url} isn't AnkiConnect version 6: {why}")]
    Protocol {
        /// The address.
        url: String,
        /// The oddity of the answer.
        why: String,
    },
}

impl LearnedError {
    /// The advice for the learner.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::Collection { .. } | Self::Busy(_) => {
                "close Anki and try again, or export the collection from Anki (File → Export → .colpkg) and \
                 import that with --mine"
            }
            Self::Copy(_) => {
                "make room there, or name a folder with more of it in TMPDIR; nothing was imported"
            }
            Self::Package { .. } => "in Anki: File → Export, with “Include scheduling information” ticked",
            Self::Encoding { .. } => "save the list as UTF-8",
            Self::NotRunning { .. } => {
                "start Anki, with the add-on AnkiConnect (code 2055492159) installed; or read the collection's \
                 file, which needs neither"
            }
            Self::Silent { .. } => {
                "Anki is at something that can't be interrupted (a sync, an import, a check of the database): look at \
                 its window, and try again when that is done"
            }
            Self::Refused { why, .. } if why.contains("api key") => {
                "AnkiConnect's settings have the key as `apiKey`: write it into config.yaml, `anki:` and under it, indented, \
                 `key: …`; where it is null there, leave `key:` out"
            }
            Self::Refused { why, .. } if why.contains("unsupported action") => {
                "update the add-on AnkiConnect: Tools → Add-ons → Check for updates"
            }
            Self::Refused { why, .. }
                if why.contains("collection is not available") || why.contains("NoneType") =>
            {
                "open a profile in Anki first; while it syncs for the first time, wait for that"
            }
            Self::Refused { action, .. } if action == "importPackage" => {
                "leave out `--to anki`, and open the package with Anki: it says more of what is wrong"
            }
            Self::Protocol { .. } => {
                "another program listens there, or the add-on is an old one (Tools → Add-ons → Check for updates); where \
                 AnkiConnect listens, its settings say (`webBindPort`), and config.yaml takes: `anki:` and under it, \
                 indented, `url: http://127.0.0.1:…`"
            }
            _ => return None,
        })
    }

    pub(super) fn read(path: &Path) -> impl FnOnce(std::io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::Read { path, source }
    }

    /// Of copying a file: the copy is at fault where there is no room for it.
    pub(super) fn copying(path: &Path) -> impl FnOnce(std::io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| {
            if is_room(&source) { Self::Copy(source) } else { Self::Read { path, source } }
        }
    }
}

/// Whether there is no room for what was to be written.
fn is_room(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge)
}
