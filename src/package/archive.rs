//! The zip around a package. Fixed times and a fixed order, so that the same files make the same bytes; and a mark
//! that no other program gives, by which a package of ours is known later.

use std::io::{self, Read, Seek, SeekFrom, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The comment of the archive. Whoever puts something into the archive keeps it, but not the number of files.
const MARK: &[u8] = b"shengci 1";

/// The length of the record that ends a zip, without the comment after it (APPNOTE 4.3.16).
const END: usize = 22;

/// Whether the first file of an archive is one that [`pack`] may have put there: this name, and the date that we give
/// all files. Other programs have written such archives, too.
pub fn begins(head: &[u8], name: &str) -> bool {
    head.starts_with(b"PK\x03\x04")
        && head.get(10..14) == Some(&[0, 0, 0x21, 0])
        && head.get(30..30 + name.len()) == Some(name.as_bytes())
}

/// Whether an archive ends as [`pack`] ends those of `files` files: with our mark.
///
/// # Errors
/// When it can't be read.
pub fn is_marked(archive: &mut (impl Read + Seek), files: u8) -> io::Result<bool> {
    let mut end = [0; END + MARK.len()];
    let length = archive.seek(SeekFrom::End(0))?;
    if length < end.len() as u64 {
        return Ok(false);
    }
    archive.seek(SeekFrom::Start(length - end.len() as u64))?;
    archive.read_exact(&mut end)?;
    let (record, comment) = end.split_at(END);
    // On one disk, so many files on it and in all.
    let count = [0, 0, 0, 0, files, 0, files, 0];
    let told = record[20] as usize == MARK.len() && record[21] == 0;
    Ok(record.starts_with(b"PK\x05\x06") && record[4..12] == count && told && comment == MARK)
}

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
    zip.set_raw_comment(MARK.into())?;
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

    #[test]
    fn it_is_known_by_its_mark() {
        let marked = |bytes: &[u8], files| is_marked(&mut Cursor::new(bytes), files).expect("memory");
        assert!(begins(&packed(), "a") && !begins(&packed(), "b") && marked(&packed(), 2));
        assert!(!marked(&packed(), 1), "what was put into it since");
        assert!(!marked(&packed()[..packed().len() - 1], 2) && !marked(b"PK", 2) && !marked(b"", 2));
        let mut unmarked = ZipWriter::new(Cursor::new(Vec::new()));
        unmarked.start_file("a", SimpleFileOptions::default()).expect("memory");
        assert!(!marked(&unmarked.finish().expect("memory").into_inner(), 1));
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
