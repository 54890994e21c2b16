//! An archive of texts and pages, each an article.

use super::archive::Archive;
use super::{Fault, Part, SourceError};
use crate::source::folder;
use std::path::Path;

/// Endings of archives.
const ARCHIVES: &[&str] = &["zip", "epub", "docx", "rar", "7z", "gz", "apkg", "colpkg"];

/// The texts of an archive, in the order of their names. What can't be read is told beside the first one.
pub(super) fn read(archive: &mut Archive<'_>, name: &str) -> Result<Vec<Part>, SourceError> {
    let fault = |fault| SourceError::Form(name.to_owned(), fault);
    let mut places: Vec<usize> =
        (0..archive.names().len()).filter(|&at| is_wanted(&archive.names()[at])).collect();
    places.sort_by(|&one, &other| archive.names()[one].cmp(&archive.names()[other]));
    let (mut parts, mut passed) = (Vec::new(), Vec::new());
    for place in places {
        let own = archive.names()[place].clone();
        let shown = format!("{name} › {own}");
        let ending = folder::ending(Path::new(&own));
        if ARCHIVES.contains(&ending.as_str()) {
            passed.push(SourceError::Form(shown, Fault::Nested));
            continue;
        }
        match archive.read(place) {
            Ok(bytes) if bytes.iter().all(u8::is_ascii_whitespace) => {}
            Ok(bytes) => match super::text(&bytes, &ending, &shown) {
                Ok(part) => parts.push(Part { name: Some(own), ..part }),
                Err(error) => passed.push(error),
            },
            // An archive that was made as a trap is read no further.
            Err(error @ Fault::Grows(_)) => return Err(fault(error)),
            Err(error) => passed.push(SourceError::Form(shown, error)),
        }
    }
    match (parts.first_mut(), passed.len()) {
        (Some(first), 1..) => {
            first.notes.extend(passed.iter().map(|error| format!("beside it, passed over: {error}")))
        }
        (None, 1) => return Err(passed.swap_remove(0)),
        (None, _) => return Err(fault(Fault::Nothing(archive.form))),
        _ => {}
    }
    Ok(parts)
}

/// Whether an entry may be a text or an archive, and is no system's or page's own.
fn is_wanted(name: &str) -> bool {
    let mut folders = name.split(['/', '\\']);
    let file = folders.next_back().unwrap_or_default();
    let aside = |folder: &str| {
        folder == "__MACOSX" || folder.ends_with("_files") || folder.starts_with('.') && folder.len() > 2
    };
    let path = Path::new(file);
    !file.is_empty()
        && !folders.any(aside)
        && (folder::is_text(path)
            || ARCHIVES.contains(&folder::ending(path).as_str()) && !file.starts_with('.'))
}
