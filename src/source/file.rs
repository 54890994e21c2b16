//! The bytes of a file or a stream, up to the limit.
//!
//! Why a limit on the stream too: a pipe or `/dev/zero` tells no size beforehand.

use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::Path;

use super::{LARGEST, SourceError, forms};

/// The bytes of the file at `path`.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, SourceError> {
    let name = path.to_string_lossy().into_owned();
    let mut file = File::open(path).map_err(|error| refused(name.clone(), error))?;
    let metadata = file.metadata().map_err(|error| refused(name.clone(), error))?;
    if metadata.is_dir() {
        return Err(SourceError::IsFolder(name));
    }
    if metadata.len() > LARGEST {
        return Err(SourceError::TooLarge(name));
    }
    limited(&mut file, &name)
}

/// No archive that holds articles is larger, pictures and all.
const LARGEST_ARCHIVE: u64 = 1 << 30;

/// The file at `path`, open, if it is one that begins as a zip does.
pub(super) fn archive(path: &Path) -> Result<Option<File>, SourceError> {
    let refused = |error| refused(path.to_string_lossy().into_owned(), error);
    if !path.is_file() {
        return Ok(None);
    }
    let mut file = File::open(path).map_err(refused)?;
    let mut start = Vec::with_capacity(4);
    file.by_ref().take(4).read_to_end(&mut start).map_err(refused)?;
    if !forms::is_archive(&start) {
        return Ok(None);
    }
    if file.metadata().map_err(refused)?.len() > LARGEST_ARCHIVE {
        return Err(SourceError::TooLarge(path.to_string_lossy().into_owned()));
    }
    file.rewind().map_err(refused)?;
    Ok(Some(file))
}

/// The bytes of a stream.
pub(super) fn limited(stream: &mut impl Read, name: &str) -> Result<Vec<u8>, SourceError> {
    let name = || name.to_owned();
    let mut bytes = Vec::new();
    let read = stream.take(LARGEST + 1).read_to_end(&mut bytes);
    if read.map_err(|error| refused(name(), error))? as u64 > LARGEST {
        return Err(SourceError::TooLarge(name()));
    }
    Ok(bytes)
}

/// The error of an input for that of the system.
pub(super) fn refused(name: String, error: io::Error) -> SourceError {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => SourceError::Missing(name),
        io::ErrorKind::IsADirectory => SourceError::IsFolder(name),
        _ => SourceError::Unreadable(name, error),
    }
}
