//! The collection inside an `.apkg` or `.colpkg`.
//!
//! A zip whose `meta` says which of the databases counts: none or 1 `collection.anki2` (`collection.anki21` where
//! there is one), 2 `collection.anki21`, 3 `collection.anki21b`, compressed with zstd. In the later forms
//! `collection.anki2` is a decoy that says "please update". Source: Anki's `rslib/src/import_export/package/meta.rs`.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;

use tempfile::NamedTempFile;
use zip::ZipArchive;

use super::error::LearnedError;

/// The largest database that is unpacked: a guard against packages made to fill a disk.
const LARGEST: u64 = 8 << 30;

/// Whether the file begins as a zip does.
pub(super) fn is_zip(path: &Path) -> Result<bool, LearnedError> {
    let mut start = Vec::with_capacity(4);
    let file = File::open(path).map_err(LearnedError::read(path))?;
    file.take(4).read_to_end(&mut start).map_err(LearnedError::read(path))?;
    Ok(start == b"PK\x03\x04" || start == b"PK\x05\x06")
}

/// The database of a package, in a temporary file of its own.
pub(super) fn unpack(path: &Path) -> Result<NamedTempFile, LearnedError> {
    let package = |why: String| LearnedError::Package { path: path.to_owned(), why };
    let file = File::open(path).map_err(LearnedError::read(path))?;
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
    let mut copy = NamedTempFile::with_prefix("shengci-").map_err(LearnedError::Copy)?;
    let written = {
        let mut to = BufWriter::with_capacity(1 << 18, copy.as_file_mut());
        let written = if compressed {
            let from = ruzstd::decoding::StreamingDecoder::new(BufReader::with_capacity(1 << 18, entry));
            let from = from.map_err(|e| package(e.to_string()))?;
            io::copy(&mut from.take(LARGEST), &mut to)
        } else {
            io::copy(&mut entry.take(LARGEST), &mut to)
        };
        written.and_then(|n| to.flush().map(|()| n)).map_err(|e| package(e.to_string()))?
    };
    if written == LARGEST {
        return Err(package("its database is larger than 8 GiB".to_owned()));
    }
    Ok(copy)
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
