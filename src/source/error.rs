//! Errors of an input: what is wrong, where, and what to do.
//!
//! Why one type: the command line prints all of them alike, the message first and then the hint.

use std::{fmt, io};

use super::forms::Fault;
use super::web::WebFault;
use crate::text::NotText;

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// In bytes, from 0.
    pub offset: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// Why an input gives no text. The first field is its name.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// There is no such file or folder.
    #[error("{0}: there is no such file or folder")]
    Missing(String),
    /// The system refuses to give it.
    #[error("{0} can't be read: {1}")]
    Unreadable(String, io::Error),
    /// A folder without text files.
    #[error("{0}: the folder has no text file in it")]
    EmptyFolder(String),
    /// A folder where a file is wanted.
    #[error("{0} is a folder")]
    IsFolder(String),
    /// Nothing in it.
    #[error("{0} is empty")]
    Empty(String),
    /// More than is read whole.
    #[error("{0} is larger than {largest} MiB", largest = super::LARGEST / 1024 / 1024)]
    TooLarge(String),
    /// A file of another kind.
    #[error("{0} is {1}, not plain text")]
    NotText(String, &'static str),
    /// A NUL, which no text has.
    #[error("{0}:{1}: there is a NUL byte here, so this is not a text")]
    Nul(String, Place),
    /// Bytes that are no text in any encoding we know.
    #[error("{0}:{1}: this is not UTF-8 (byte {offset}), and no other encoding fits", offset = .1.offset)]
    NotUtf8(String, Place),
    /// A page that no browser would show.
    #[error("{0} is a web page whose tags stand deeper in each other than any page's")]
    TooDeep(String),
    /// A file of another form, and what is wrong with it.
    #[error("{0} {1}")]
    Form(String, Fault),
    /// A page that did not come.
    #[error("{0}: {1}")]
    Web(String, WebFault),
    /// Not one hanzi.
    #[error("{0} has no Chinese in it")]
    NoChinese(String),
}

/// Why `bytes` are no text, with the place.
pub(super) fn not_text(bytes: &[u8], fault: NotText, name: &str) -> SourceError {
    let name = name.to_owned();
    let (NotText::Nul(offset) | NotText::NoEncoding(offset)) = fault;
    let before = &bytes[..offset];
    let line = before.iter().filter(|&&b| b == b'\n').count() + 1;
    let line_start = before.iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
    let column = String::from_utf8_lossy(&before[line_start..]).chars().count() + 1;
    let place = Place { line, column, offset };
    match fault {
        NotText::Nul(_) => SourceError::Nul(name, place),
        NotText::NoEncoding(_) => SourceError::NotUtf8(name, place),
    }
}

impl SourceError {
    /// Advice for the user.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Missing(..) => "is the name right? put quotes round a name with blanks in it",
            Self::Unreadable(..) => "do you have the right to read it?",
            Self::EmptyFolder(..) => {
                "articles are its files that end in .txt, .md, .html, .epub, .srt and the like"
            }
            Self::IsFolder(..) => "name the files in it, or give the folder to `add` or `make`",
            Self::Empty(..) => "paste the article into it and save it",
            Self::TooLarge(..) => {
                "split it: one article a file, and give the folder; a list in several parts"
            }
            Self::NotText(..) => "open it, copy the article, and save it as plain text (.txt)",
            Self::Nul(..) | Self::NotUtf8(..) => {
                "save it as plain text in UTF-8; if you know its encoding: iconv -f ENCODING -t UTF-8 FILE"
            }
            Self::TooDeep(..) => "open the page, copy the article, and save it as plain text (.txt)",
            Self::Form(_, fault) => fault.hint(),
            Self::Web(_, fault) => fault.hint(),
            Self::NoChinese(..) => "is it the right file? an article in hanzi is needed",
        }
    }
}
