//! The zip around a package. Fixed times and a fixed order, so that the same files make the same bytes.

use std::io::{self, Read, Seek, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Writes a zip of `files` to `out`, deflated fast: Anki unpacks it once, and a learner waits for it.
pub fn pack(files: &mut [(&str, &mut dyn Read)], out: &mut (impl Write + Seek)) -> io::Result<()> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(1))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(out);
    let mut buffer = vec![0; 1 << 16];
    for (name, bytes) in files {
        zip.start_file(*name, options)?;
        loop {
            match bytes.read(&mut buffer)? {
                0 => break,
                length => zip.write_all(&buffer[..length])?,
            }
        }
    }
    zip.finish()?.flush()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn packed() -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        pack(&mut [("a", &mut &b"aaaaaaaaaa"[..]), ("b", &mut &b""[..])], &mut out).expect("memory");
        out.into_inner()
    }

    #[test]
    fn what_is_packed_comes_out_and_twice_is_the_same() {
        assert_eq!(packed(), packed());
        let mut archive = zip::ZipArchive::new(Cursor::new(packed())).expect("a zip");
        let names: Vec<String> =
            archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
        assert_eq!(names, ["a", "b"]);
        let mut text = String::new();
        archive.by_name("a").expect("a file").read_to_string(&mut text).expect("its text");
        assert_eq!(text, "aaaaaaaaaa");
    }
}
