//! A folder is its text files, one article each, in the order of their names.
//!
//! Why not the folders in it: a user who gives `Downloads` means the articles there, not all that lies below.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::file::refused;
use super::{Input, SourceError, web};

const TEXTS: [&str; 3] = ["txt", "md", "text"];
const FORMS: [&str; 11] =
    ["mht", "mhtml", "markdown", "srt", "vtt", "ass", "ssa", "epub", "docx", "zip", "pdf"];
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
    if let Some(page) = page_of(path) {
        return Ok(vec![Input::File(page)]);
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

/// The page beside a folder with a page's pictures, as browsers save them: `雨.html` of `雨_files`.
fn page_of(folder: &Path) -> Option<PathBuf> {
    let name = folder.file_name()?.to_str()?;
    let page = ["_files", ".files"].iter().find_map(|tail| name.strip_suffix(tail))?;
    let beside = |ending: &str| folder.with_file_name(format!("{page}.{ending}"));
    PAGES.iter().map(|ending| beside(ending)).find(|page| page.is_file())
}

/// Whether the name is that of a text file which nobody hides.
pub(super) fn is_text(path: &Path) -> bool {
    let hidden = path.file_name().is_none_or(|name| name.as_encoded_bytes().starts_with(b"."));
    let ending = ending(path);
    !hidden && [&TEXTS[..], &PAGES, &FORMS].iter().any(|endings| endings.contains(&ending.as_str()))
}

/// Whether a file whose name ends so is a web page.
pub(super) fn is_page(ending: &str) -> bool {
    PAGES.contains(&ending)
}

/// The ending of a file's name, in lower case and without the dot; empty where it has none.
pub(super) fn ending(path: &Path) -> String {
    path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default()
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
