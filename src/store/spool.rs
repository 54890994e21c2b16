//! Files that are made beside their place and put there once they are whole.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::Path;

use tempfile::TempPath;

/// The folder that a file lies in.
#[must_use]
pub fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Puts a file in a place where there is none; `false` if one is there, which is left alone.
pub fn put_new(from: &Path, to: &Path) -> io::Result<bool> {
    File::open(from)?.sync_all()?;
    let mut from = TempPath::try_from_path(from)?;
    // It goes with its folder, or stays where it is.
    from.disable_cleanup(true);
    match from.persist_noclobber(to) {
        Ok(()) => {
            sync_folder(folder_of(to));
            Ok(true)
        }
        Err(refused) if refused.error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(refused) => Err(refused.error),
    }
}

/// Puts a file in the place of what is there.
pub fn put_over(from: &Path, to: &Path) -> io::Result<()> {
    File::open(from)?.sync_all()?;
    fs::rename(from, to)?;
    sync_folder(folder_of(to));
    Ok(())
}

/// So that a name outlives a power cut. A courtesy: some systems know no such thing.
pub fn sync_folder(folder: &Path) {
    if cfg!(unix) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_not_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        let [a, b, c] = ["a", "b", "c"].map(|name| folder.path().join(name));
        fs::write(&a, "a").expect("a file");
        fs::write(&b, "b").expect("a file");
        assert!(!put_new(&a, &b).expect("it is tried"));
        assert_eq!(
            (fs::read(&a).expect("a file"), fs::read(&b).expect("a file")),
            (b"a".to_vec(), b"b".to_vec())
        );
        assert!(put_new(&a, &c).expect("it is put there"));
        assert!(!a.exists() && c.exists());
    }
}
