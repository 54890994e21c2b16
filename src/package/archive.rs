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
    if let Err(error) = files.iter_mut().try_for_each(|(name, bytes)| {
        zip.start_file(*name, options)?;
        copy(*bytes, &mut zip)
    }) {
        // Dropped, it would try to end the archive on a disk that is full, and print that it can't.
        std::mem::forget(zip);
        return Err(error);
    }
    zip.finish()?.flush()
}

fn copy(from: &mut dyn Read, to: &mut impl Write) -> io::Result<()> {
    let mut buffer = vec![0; 1 << 16];
    loop {
        match from.read(&mut buffer)? {
            0 => return Ok(()),
            length => to.write_all(&buffer[..length])?,
        }
    }
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

    /// A disk with room for a hundred bytes.
    struct Small(Cursor<Vec<u8>>);

    impl Write for Small {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            match self.0.position() + bytes.len() as u64 {
                0..=100 => self.0.write(bytes),
                _ => Err(io::ErrorKind::StorageFull.into()),
            }
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Seek for Small {
        fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
            self.0.seek(to)
        }
    }

    #[test]
    fn a_full_disk_is_an_error() {
        let bytes: Vec<u8> = (0..200_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let packed = pack(&mut [("a", &mut &*bytes)], &mut Small(Cursor::default()));
        assert_eq!(packed.map_err(|error| error.kind()), Err(io::ErrorKind::StorageFull));
    }
}
