//! Where an article came from, and what tells one file from another.

use std::fmt;
use std::path::Path;

use crate::hanzi::{is_unseen, seen};

/// Where an article came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A file.
    File {
        /// Its path as the user gave it, to be shown.
        path: String,
        /// Where it lies. Of a file that the library has from before it kept locations, only the path is known.
        location: Option<Location>,
    },
    /// Standard input, or a pipe that was named: nothing that can be looked at again.
    Stdin,
    /// A page on the web.
    Web(String),
}

impl Origin {
    /// A part of what came from here: `book.epub › chapter-3.xhtml`. A part of what can't be looked at again can't either.
    #[must_use]
    pub fn part(&self, name: &str) -> Self {
        match self {
            Self::File { path, location } => {
                let location = location.as_ref().map(|location| location.part(name));
                Self::File { path: format!("{path} › {}", written(name.as_bytes())), location }
            }
            other => other.clone(),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, .. } => f.write_str(path),
            Self::Stdin => f.write_str("-"),
            Self::Web(url) => f.write_str(url),
        }
    }
}

/// A canonical path as text. Two paths are the same file if and only if their locations are equal: what is no UTF-8 is
/// written byte by byte, `\xFF`, as are characters that nobody sees, and a backslash is `\\`.
///
/// A part of a file (a chapter of a book) is written behind it, after `\›`, which stands in no path that is written so.
///
/// A symbolic link is the file that it names. A hard link is a file of its own, as a copy is: editors that save by
/// renaming part the two without a word.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location(String);

impl Location {
    /// The location of a path that is canonical: absolute, without links and dots. That is the caller's to see to, for
    /// it means to ask the disk.
    #[must_use]
    pub fn of(canonical: &Path) -> Self {
        Self(written(canonical.as_os_str().as_encoded_bytes()))
    }

    /// The location of a part of what lies here, by the name that it has there.
    #[must_use]
    pub fn part(&self, name: &str) -> Self {
        Self(format!("{}{PART}{}", self.0, written(name.as_bytes())))
    }

    /// The file that lies there, without the part of it.
    #[must_use]
    pub fn file(location: &str) -> &str {
        location.split_once(PART).map_or(location, |(file, _)| file)
    }

    /// The location that was written so, if it can be one.
    #[must_use]
    pub fn written(text: String) -> Option<Self> {
        (!text.is_empty() && seen(&text).is_ok()).then_some(Self(text))
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Between a file and a part of it.
const PART: &str = "\\›";

/// Bytes as they are shown and kept: what is no UTF-8, and what nobody sees, byte by byte.
fn written(bytes: &[u8]) -> String {
    let mut text = String::new();
    let mut before = None;
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\\' => text.push_str("\\\\"),
                c if is_unseen(c, before) => {
                    let mut buffer = [0; 4];
                    c.encode_utf8(&mut buffer).bytes().for_each(|byte| escape(byte, &mut text));
                }
                c => text.push(c),
            }
            before = Some(c);
        }
        for &byte in chunk.invalid() {
            escape(byte, &mut text);
            before = None;
        }
    }
    text
}

fn escape(byte: u8, text: &mut String) {
    text.push_str("\\x");
    let digits = [byte >> 4, byte & 15].into_iter().filter_map(|digit| char::from_digit(digit.into(), 16));
    text.extend(digits.map(|digit| digit.to_ascii_uppercase()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn no_two_paths_have_one_location() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let of = |bytes: &[u8]| Location::of(Path::new(OsStr::from_bytes(bytes))).as_str().to_owned();
        assert_eq!(of("/新闻/a.txt".as_bytes()), "/新闻/a.txt");
        assert_eq!(of(b"/\xff.txt"), "/\\xFF.txt");
        let alike: [&[u8]; 10] = [
            b"/\xff",
            b"/\xfe",
            b"/\\xFF",
            b"/\\\\xFF",
            "/\u{FFFD}".as_bytes(),
            b"/\n",
            b"/\\x0A",
            "/\u{85}".as_bytes(),
            "/\u{202e}".as_bytes(),
            "/x\u{fe0f}".as_bytes(),
        ];
        let locations: std::collections::BTreeSet<String> = alike.iter().map(|bytes| of(bytes)).collect();
        assert_eq!(locations.len(), alike.len(), "{locations:?}");
        assert!(locations.iter().all(|text| Location::written(text.clone()).is_some()));
    }
}
