//! The collection inside an `.apkg` or `.colpkg`.
//!
//! A zip whose `meta` says which of the databases counts: none or 1 `collection.anki2` (`collection.anki21` where
//! there is one), 2 `collection.anki21`, 3 `collection.anki21b`, compressed with zstd. In the later forms
//! `collection.anki2` is a decoy that says "please update". Source: Anki's `rslib/src/import_export/package/meta.rs`.

use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::Path;

use ruzstd::decoding::StreamingDecoder;
use zip::ZipArchive;

use super::error::LearnedError;
use super::guarded::MAGIC;
use super::profile::Copy;
use crate::unpack::{self, RATIO};

/// A database may grow to so much however small its package is.
const LEAST: u64 = 16 << 20;
/// The bytes that are unpacked at a time.
const PIECE: usize = 1 << 18;

/// Whether the file begins as a zip does.
pub(super) fn is_zip(path: &Path) -> Result<bool, LearnedError> {
    let mut start = Vec::with_capacity(4);
    let file = File::open(path).map_err(LearnedError::read(path))?;
    file.take(4).read_to_end(&mut start).map_err(LearnedError::read(path))?;
    Ok(start == b"PK\x03\x04" || start == b"PK\x05\x06")
}

/// The database of a package, in a temporary file of its own.
pub(super) fn unpack(path: &Path) -> Result<Copy, LearnedError> {
    let package = |why: String| LearnedError::Package { path: path.to_owned(), why };
    let file = File::open(path).map_err(LearnedError::read(path))?;
    let size = file.metadata().map_err(LearnedError::read(path))?.len();
    let mut zip = ZipArchive::new(BufReader::new(file)).map_err(|e| package(e.to_string()))?;
    let version = match zip.by_name("meta") {
        Ok(meta) => {
            let mut bytes = Vec::new();
            meta.take(1024).read_to_end(&mut bytes).map_err(|e| package(e.to_string()))?;
            Some(version(&bytes).ok_or_else(|| package("its `meta` can't be read".to_owned()))?)
        }
        Err(_) => None,
    };
    let has_21 = zip.file_names().any(|name| name.is_ok_and(|name| name == "collection.anki21"));
    let (name, compressed) = match version {
        None if has_21 => ("collection.anki21", false),
        None | Some(1) => ("collection.anki2", false),
        Some(2) => ("collection.anki21", false),
        Some(3) => ("collection.anki21b", true),
        Some(newer) => {
            return Err(package(format!(
                "its form {newer} is newer than what shengci {} knows",
                env!("CARGO_PKG_VERSION")
            )));
        }
    };
    let entry = zip.by_name(name).map_err(|_| package(format!("there is no `{name}` in it")))?;
    let most = unpack::most(entry.compressed_size().min(size), LEAST);
    let copy = Copy::new()?;
    let mut to = File::create(copy.path()).map_err(LearnedError::Copy)?;
    let written = if compressed {
        let from = StreamingDecoder::new(BufReader::with_capacity(PIECE, entry));
        pour(from.map_err(|e| package(e.to_string()))?, &mut to, most)
    } else {
        pour(entry, &mut to, most)
    };
    written.map_err(|fault| match fault {
        Fault::Source(error) => package(error.to_string()),
        Fault::NoDatabase => package(format!("its `{name}` is no SQLite file")),
        Fault::TooLarge => package(format!(
            "its `{name}` grows to more than {RATIO} times its size when it is unpacked, and no collection does"
        )),
        Fault::Copy(error) => LearnedError::Copy(error),
    })?;
    Ok(copy)
}

/// Why a database is not unpacked.
enum Fault {
    Source(io::Error),
    NoDatabase,
    TooLarge,
    Copy(io::Error),
}

/// Writes `from` to a file, as long as it is a database and has no more than `most` bytes.
fn pour(mut from: impl Read, to: &mut File, most: u64) -> Result<(), Fault> {
    let mut piece = vec![0; PIECE];
    let mut written = 0;
    loop {
        // Whole pieces: the first has to show how the file begins.
        let mut length = 0;
        while length < piece.len() {
            match from.read(&mut piece[length..]) {
                Ok(0) => break,
                Ok(read) => length += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(Fault::Source(error)),
            }
        }
        if written == 0 && !piece[..length].starts_with(MAGIC) {
            return Err(Fault::NoDatabase);
        }
        if length == 0 {
            return Ok(());
        }
        written += length as u64;
        if written > most {
            return Err(Fault::TooLarge);
        }
        to.write_all(&piece[..length]).map_err(Fault::Copy)?;
    }
}

/// The version in `meta`: a protobuf message whose field 1 is a varint.
fn version(meta: &[u8]) -> Option<u32> {
    match meta {
        [] => Some(1),
        [0x08, version, ..] if *version < 0x80 => Some(u32::from(*version)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_a_package() {
        assert_eq!(version(&[]), Some(1));
        assert_eq!(version(&[8, 2]), Some(2));
        assert_eq!(version(&[8, 3]), Some(3));
        assert_eq!(version(&[1, 2, 3]), None);
    }
}
