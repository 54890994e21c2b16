//! The zip around a package. Fixed times and a fixed order, so that the same files make the same bytes.

use std::io::{self, Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// A zip of `files`, deflated fast: Anki unpacks it once, and a learner waits for it.
pub fn pack(files: &[(&str, &[u8])]) -> io::Result<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(1))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let size = files.iter().map(|(_, bytes)| bytes.len()).sum::<usize>();
    let mut zip = ZipWriter::new(Cursor::new(Vec::with_capacity(size / 4)));
    for (name, bytes) in files {
        zip.start_file(*name, options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn what_is_packed_comes_out_and_twice_is_the_same() {
        let files: [(&str, &[u8]); 2] = [("a", b"aaaaaaaaaa"), ("b", b"")];
        let packed = pack(&files).expect("memory");
        assert_eq!(packed, pack(&files).expect("memory"));
        let mut archive = zip::ZipArchive::new(Cursor::new(packed)).expect("a zip");
        let names: Vec<String> =
            archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
        assert_eq!(names, ["a", "b"]);
        let mut text = String::new();
        archive.by_name("a").expect("a file").read_to_string(&mut text).expect("its text");
        assert_eq!(text, "aaaaaaaaaa");
    }
}
