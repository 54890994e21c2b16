//! Writes a file whole or not at all: to a temporary file beside it, then by rename.

use std::io::Write;
use std::path::Path;

use super::Failure;

/// Puts `bytes` at `path`. What stood there stays until the new file is complete.
///
/// # Errors
/// When the folder can't be written, or the disk is full.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let failed = |error: std::io::Error| {
        Failure::new(format!("{} can't be written: {error}", path.display()))
            .hint("choose another place with -o FILE; nothing was written")
    };
    if path.is_dir() {
        return Err(Failure::new(format!("{} is a folder, not a file", path.display()))
            .hint("name the file: -o FOLDER/NAME.apkg"));
    }
    let mut file = tempfile::Builder::new()
        .prefix(".shengci-")
        .permissions(permissions())
        .tempfile_in(folder)
        .map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
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
