//! A folder is its text files, one article each, in the order of their names.
//!
//! Why not the folders in it: a user who gives `Downloads` means the articles there, not all that lies below.

use std::ffi::OsStr;
use std::path::Path;

use super::file::refused;
use super::{Input, SourceError, web};

const TEXTS: [&str; 3] = ["txt", "md", "text"];
const PAGES: [&str; 5] = ["html", "htm", "xhtml", "xht", "shtml"];

/// The inputs that an argument names: a file, the text files of a folder, or a page on the web.
pub(super) fn inputs(argument: &OsStr) -> Result<Vec<Input>, SourceError> {
    let name = || argument.to_string_lossy().into_owned();
    let path = Path::new(argument);
    let is_folder = match path.metadata() {
        Ok(metadata) => metadata.is_dir(),
        Err(error) => {
            return match web::named(&name()) {
                Some(url) => Ok(vec![Input::Page(url.map_err(|fault| SourceError::Web(name(), fault))?)]),
                None => Err(refused(name(), error)),
            };
        }
    };
    if !is_folder {
        return Ok(vec![Input::File(path.to_owned())]);
    }
    let mut files = Vec::new();
    for entry in path.read_dir().map_err(|error| refused(name(), error))? {
        let file = entry.map_err(|error| refused(name(), error))?.path();
        if is_text(&file) && file.is_file() {
            files.push(file);
        }
    }
    if files.is_empty() {
        return Err(SourceError::EmptyFolder(name()));
    }
    files.sort();
    Ok(files.into_iter().map(Input::File).collect())
}

/// Whether the name is that of a text file which nobody hides.
fn is_text(path: &Path) -> bool {
    let hidden = path.file_name().is_none_or(|name| name.as_encoded_bytes().starts_with(b"."));
    !hidden && (ends(path, &TEXTS) || ends(path, &PAGES))
}

/// Whether the name is that of a web page.
pub(super) fn is_page(path: &Path) -> bool {
    ends(path, &PAGES)
}

fn ends(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| endings.contains(&ending.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_files_are_known_by_their_names() {
        for name in ["a.txt", "甲.MD", "b.text", "c.html", "d.HTM"] {
            assert!(is_text(Path::new(name)), "{name}");
        }
        for name in [".a.txt", "a.css", "txt", "a.txt~", "a.apkg", ".txt"] {
            assert!(!is_text(Path::new(name)), "{name}");
        }
    }
}
