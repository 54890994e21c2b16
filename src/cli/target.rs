//! Writes a file whole or not at all: to a temporary file beside it, then by rename.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::Failure;

/// A file that will stand at its place once it is complete. Opened before the work, so that a target that can't
/// be written is known before anything is recorded.
#[derive(Debug)]
pub struct Target {
    path: PathBuf,
    file: NamedTempFile,
}

impl Target {
    /// A target that can be written.
    ///
    /// # Errors
    /// When it is a folder, or its folder isn't there or can't be written.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
        if path.is_dir() {
            return Err(Failure::new(format!("{} is a folder, not a file", path.display()))
                .hint("name the file: -o FOLDER/NAME"));
        }
        if !folder.is_dir() {
            return Err(Failure::new(format!(
                "{} can't be written: there is no folder {}",
                path.display(),
                folder.display()
            ))
            .hint("make the folder first, or choose another place with -o FILE"));
        }
        let file = tempfile::Builder::new()
            .prefix(".shengci-")
            .permissions(permissions())
            .tempfile_in(folder)
            .map_err(|error| failed(path, &error))?;
        Ok(Self { path: path.to_owned(), file })
    }

    /// Puts `bytes` there. What stood there before stays until the new file is complete.
    ///
    /// # Errors
    /// When the disk is full or fails.
    pub fn write(mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.file.write_all(bytes).map_err(|error| failed(&self.path, &error))?;
        self.finish()
    }

    /// The file, to be written bit by bit.
    pub fn file(&mut self) -> &mut File {
        self.file.as_file_mut()
    }

    /// What was written is complete: it stands there now.
    ///
    /// # Errors
    /// When the disk is full or fails.
    pub fn finish(self) -> Result<(), Failure> {
        self.file.as_file().sync_data().map_err(|error| failed(&self.path, &error))?;
        self.file.persist(&self.path).map_err(|error| failed(&self.path, &error.error))?;
        Ok(())
    }
}

fn failed(path: &Path, error: &io::Error) -> Failure {
    Failure::new(format!("{} can't be written: {error}", path.display()))
        .hint("choose another place with -o FILE; nothing was written there")
}

/// As any program would create it: the process's umask takes its share.
#[cfg(unix)]
fn permissions() -> std::fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o666)
}

#[cfg(not(unix))]
fn permissions() -> std::fs::Permissions {
    // Elsewhere tempfile ignores what it can't set; any value serves.
    std::fs::metadata(".").map(|m| m.permissions()).expect("the current folder can be asked")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stood_there_stays_until_the_new_file_is_complete() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("deck.apkg");
        std::fs::write(&path, "old").expect("a file");
        let target = Target::open(&path).expect("a target");
        assert_eq!(std::fs::read(&path).expect("a file"), b"old");
        target.write(b"new").expect("room on the disk");
        assert_eq!(std::fs::read(&path).expect("a file"), b"new");
        drop(Target::open(&path).expect("a target"));
        assert_eq!(
            std::fs::read_dir(folder.path()).expect("a folder").count(),
            1,
            "no temporary file is left"
        );
    }
}
