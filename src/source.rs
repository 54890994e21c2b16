//! A path, a folder, a web address or standard input becomes raw text and its origin.
//!
//! Why here and nowhere else: this is the one place where bytes of unknown making enter. What leaves it is text
//! with Chinese in it; everything else is an error that says what it is, where, and what to do.

use std::ffi::OsStr;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::document::{self, Location, Origin};
use url::Url;

use crate::text::{Decoded, NotText, decode};

mod caught;
mod error;
pub mod feed;
mod file;
mod folder;
mod forms;
mod kind;
mod robots;
mod turned;
pub mod web;

pub use error::{Place, SourceError};
pub use forms::Fault;
pub use robots::Robots;
pub use web::Web;

use web::WebFault;

/// Nothing larger is read whole: an article, a list of words, a deck file, settings. A book of a million characters has a
/// tenth of this.
pub const LARGEST: u64 = 32 * 1024 * 1024;

/// Something to read, found but not yet read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
    /// A page on the web.
    Page(Url),
}

impl Input {
    /// Its name in messages.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => path.to_string_lossy().into_owned(),
            Self::Stdin => "standard input".to_owned(),
            Self::Page(url) => url.to_string(),
        }
    }
}

/// A text as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raw {
    /// The text.
    pub text: String,
    /// Where it came from.
    pub origin: Origin,
    /// Remarks for the user on how it was read: `read as GB18030`.
    pub notes: Vec<String>,
}

impl Raw {
    /// The same, with nothing of it cut when it is read: what a learner wants to keep whole.
    #[must_use]
    pub fn uncut(self) -> Self {
        let page = if document::is_page(&self.text) {
            document::leaf(&self.text)
        } else {
            document::leaf(&forms::of_lines(self.text.lines()))
        };
        Self { text: page.unwrap_or(self.text), ..self }
    }
}

/// The inputs that the arguments name, each once, folders as the text files in them. Nothing is read or fetched, so
/// that every wrong name is known before any work is done.
///
/// # Errors
/// When something isn't there, a folder has no text file, or an argument is no address that may be asked.
pub fn gather(arguments: &[impl AsRef<OsStr>]) -> Result<Vec<Input>, SourceError> {
    let mut inputs: Vec<Input> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for argument in arguments.iter().map(AsRef::as_ref) {
        let found = if argument == "-" { vec![Input::Stdin] } else { folder::inputs(argument)? };
        for input in found {
            let key = match &input {
                Input::File(path) => Some(path.canonicalize().unwrap_or_else(|_| path.clone())),
                Input::Page(url) => Some(PathBuf::from(url.as_str())),
                Input::Stdin => None,
            };
            if seen.insert(key) {
                inputs.push(input);
            }
        }
    }
    Ok(inputs)
}

/// Reads one input: an article, or the several that are in it (chapters of a book, texts of an archive). Without `web`, no
/// page is fetched.
///
/// # Errors
/// When it can't be read or fetched, is too large, or isn't a text with Chinese in it.
pub fn read(input: &Input, stdin: &mut impl Read, web: Option<&Web>) -> Result<Vec<Raw>, SourceError> {
    let name = input.name();
    let (origin, parts) = match input {
        Input::File(path) => (origin(path), of_file(path, &name)?),
        Input::Stdin => (Origin::Stdin, forms::read(&stream(stdin, &name)?, "", &name)?),
        Input::Page(url) => {
            let web = web.ok_or(SourceError::Web(name, WebFault::Unasked))?;
            return page(url, web, &mut |_| true).map(|raw| vec![raw]);
        }
    };
    let raw = |part: forms::Part| {
        let origin = match &part.name {
            Some(name) => origin.part(name),
            None => origin.clone(),
        };
        Raw { text: part.text, origin, notes: part.notes }
    };
    Ok(parts.into_iter().map(raw).collect())
}

/// The texts of a file. An archive is not read whole: it may have any number of pictures beside its texts.
fn of_file(path: &Path, name: &str) -> Result<Vec<forms::Part>, SourceError> {
    let ending = folder::ending(path);
    match file::archive(path)? {
        Some(file) => forms::unpacked(Box::new(file), &ending, name),
        None => forms::read(&bytes(path)?, &ending, name),
    }
}

/// The article at an address: its page, and those that follow it where the site prints it on several. `may` says of each
/// of these whether it may be asked for.
///
/// # Errors
/// When the page can't be fetched, or isn't a text with Chinese in it. Of the pages that follow none is missed so.
pub fn page(url: &Url, web: &Web, may: &mut dyn FnMut(&Url) -> bool) -> Result<Raw, SourceError> {
    turned::read(url, web, may)
}

/// The raw text of bytes that are a text or a page, and what a user should know of how it was read. `charset` is what
/// whoever sent them says of their encoding.
fn plain(
    bytes: &[u8],
    charset: Option<&str>,
    is_page: bool,
    name: &str,
) -> Result<(String, Vec<String>), SourceError> {
    let shown = shown(bytes, charset, is_page, name)?;
    let text = shown.raw(name)?;
    Ok((text, shown.notes))
}

/// A text or a page, as whoever sent it wrote it.
struct Shown {
    text: String,
    is_html: bool,
    notes: Vec<String>,
}

/// The article, or articles, in bytes that are a text or a page.
fn shown(bytes: &[u8], charset: Option<&str>, is_page: bool, name: &str) -> Result<Shown, SourceError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(SourceError::Empty(name.to_owned()));
    }
    if let Some(kind) = kind::of_bytes(bytes) {
        return Err(SourceError::NotText(name.to_owned(), kind));
    }
    let declared = charset.map(str::to_owned).or_else(|| kind::declared(bytes));
    let decoded = decode(bytes, declared.as_deref()).map_err(|fault| error::not_text(bytes, fault, name))?;
    let notes = notes(&decoded);
    let Decoded { mut text, evident, .. } = decoded;
    let is_html = kind::is_html(&text) || is_page && text.contains("</");
    if is_html && forms::xhtml::is_xml(&text) {
        text = forms::xhtml::html(&text);
    }
    if !is_html && !evident {
        return Err(error::not_text(bytes, NotText::of_utf8(bytes), name));
    }
    Ok(Shown { text, is_html, notes })
}

impl Shown {
    /// As libraries keep it, if there is Chinese in it.
    fn raw(&self, name: &str) -> Result<String, SourceError> {
        let text = if self.is_html {
            document::page(&self.text).ok_or_else(|| SourceError::TooDeep(name.to_owned()))?
        } else {
            self.text.clone()
        };
        if text.chars().any(crate::hanzi::is_hanzi) {
            Ok(text)
        } else {
            Err(SourceError::NoChinese(name.to_owned()))
        }
    }
}

/// The text of bytes, as it is, and what a user should know of how it was read.
fn decoded(bytes: &[u8], charset: Option<&str>, name: &str) -> Result<(String, Vec<String>), SourceError> {
    let declared = charset.map(str::to_owned).or_else(|| kind::declared(bytes));
    let decoded = decode(bytes, declared.as_deref()).map_err(|fault| error::not_text(bytes, fault, name))?;
    // Tags are evidence of a text; letters in an encoding that was guessed are not.
    if !decoded.evident && !decoded.text.contains("</") {
        return Err(error::not_text(bytes, NotText::of_utf8(bytes), name));
    }
    let notes = notes(&decoded);
    Ok((decoded.text, notes))
}

/// Remarks for the user on how a text was read: another encoding than UTF-8, damaged characters.
fn notes(decoded: &Decoded) -> Vec<String> {
    let other = (decoded.encoding != "UTF-8").then(|| format!("read as {}, not UTF-8", decoded.encoding));
    let damaged = match decoded.damaged {
        0 => None,
        1 => Some("1 character was damaged and shows as \u{FFFD}".to_owned()),
        n => Some(format!("{n} characters were damaged and show as \u{FFFD}")),
    };
    other.into_iter().chain(damaged).collect()
}

/// All that a file holds, whatever it is: a file, a pipe with a name, a device.
///
/// # Errors
/// When it can't be read, or is larger than [`LARGEST`].
pub fn bytes(path: &Path) -> Result<Vec<u8>, SourceError> {
    file::bytes(path)
}

/// All that comes out of a stream, which messages call `name`.
///
/// # Errors
/// When it can't be read, or more than [`LARGEST`] comes.
pub fn stream(stream: &mut impl Read, name: &str) -> Result<Vec<u8>, SourceError> {
    file::limited(stream, name)
}

/// A file of ours or the user's that is written in UTF-8: a deck file, settings, corrections.
///
/// # Errors
/// When it can't be read, is larger than [`LARGEST`], or isn't UTF-8.
pub fn text(path: &Path) -> Result<String, SourceError> {
    String::from_utf8(bytes(path)?).map_err(|error| {
        let bytes = error.as_bytes();
        error::not_text(bytes, NotText::of_utf8(bytes), &path.to_string_lossy())
    })
}

/// Where a file lies, if it is one. Whatever else has a path (a pipe, a device) is another thing each time.
#[must_use]
pub fn location(path: &Path) -> Option<Location> {
    path.is_file().then(|| Location::of(&path.canonicalize().unwrap_or_else(|_| absolute(path))))
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

fn origin(path: &Path) -> Origin {
    match location(path) {
        Some(location) => {
            Origin::File { path: path.to_string_lossy().into_owned(), location: Some(location) }
        }
        None => Origin::Stdin,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_bytes(bytes: &[u8]) -> Result<Raw, SourceError> {
        read(&Input::Stdin, &mut &bytes[..], None).map(|mut raws| raws.remove(0))
    }

    #[test]
    fn text_is_read_as_it_is() {
        let raw = read_bytes("雨停了。\r\n\u{E000}".as_bytes()).expect("a text");
        assert_eq!(
            (raw.text.as_str(), raw.origin, raw.notes),
            ("雨停了。\r\n\u{E000}", Origin::Stdin, vec![])
        );
    }

    #[test]
    fn what_is_no_chinese_text_is_refused() {
        assert!(matches!(read_bytes(b""), Err(SourceError::Empty(..))));
        assert!(matches!(read_bytes(b" \n\t"), Err(SourceError::Empty(..))));
        assert!(matches!(read_bytes(b"It rained."), Err(SourceError::NoChinese(..))));
        assert!(matches!(
            read_bytes("雨\0停".as_bytes()),
            Err(SourceError::Nul(_, Place { line: 1, column: 2, .. }))
        ));
        assert!(matches!(read_bytes(b"\x89PNG ..."), Err(SourceError::NotText(..))));
        let page = "<!DOCTYPE html><html><body><p>雨停了。</p></body></html>";
        assert!(read_bytes(page.as_bytes()).is_ok_and(|raw| raw.text.starts_with("<!DOCTYPE html>")));
        let deep = format!("{page}{}", "<div>".repeat(100_000));
        assert!(matches!(read_bytes(deep.as_bytes()), Err(SourceError::TooDeep(..))));
    }

    #[test]
    fn an_endless_stream_is_refused() {
        let mut endless = std::io::repeat(b'a');
        assert!(matches!(read(&Input::Stdin, &mut endless, None), Err(SourceError::TooLarge(..))));
    }

    #[test]
    fn a_web_address_and_a_missing_file_are_told_apart() {
        let gather = |argument: &str| gather(&[argument.to_owned()]);
        let page = Url::parse("https://news.example/1").expect("an address");
        assert!(
            matches!(gather("https://news.example/1#2"), Ok(inputs) if inputs == [Input::Page(page.clone())])
        );
        assert!(matches!(gather("https://"), Err(SourceError::Web(..))));
        let unasked = read(&Input::Page(page), &mut std::io::empty(), None);
        assert!(matches!(unasked, Err(SourceError::Web(_, WebFault::Unasked))));
        assert!(matches!(gather("no/such/file.txt"), Err(SourceError::Missing(..))));
        assert!(matches!(gather("-"), Ok(inputs) if inputs == [Input::Stdin]));
    }
}
