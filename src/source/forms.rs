//! Files that are neither plain text nor a page by themselves: saved pages with their pictures, subtitles, books,
//! documents, archives.
//!
//! Each form is a function from bytes to the texts in it, in a file of its own. *Law*: nothing of it is written to disk;
//! no more comes out than [`TOTAL`]; archives in archives stay shut; whoever gives a wrong form is told which it is. The
//! readers are other people's: where one of them panics, that is told as damage.

use std::io::Cursor;

use super::{SourceError, folder, kind};
use crate::document;

mod archive;
mod docx;
mod epub;
mod fault;
mod leaf;
mod markdown;
mod mhtml;
mod pdf;
mod subtitles;
mod texts;
pub(super) mod xhtml;
mod xml;

use archive::{Archive, Kind, Seekable};
pub use fault::Fault;

/// A text that was in a file.
#[derive(Debug)]
pub(super) struct Part {
    /// Its name in the file, where that holds several.
    pub name: Option<String>,
    /// As libraries keep it.
    pub text: String,
    /// Remarks for the user on how it was read.
    pub notes: Vec<String>,
}

/// The texts of a file whose name ends so.
pub(super) fn read(bytes: &[u8], ending: &str, name: &str) -> Result<Vec<Part>, SourceError> {
    if is_archive(bytes) {
        return unpacked(Box::new(Cursor::new(bytes)), ending, name);
    }
    text(bytes, ending, name).map(|part| vec![part])
}

/// The texts of an archive.
pub(super) fn unpacked<'a>(
    from: Box<dyn Seekable + 'a>,
    ending: &str,
    name: &str,
) -> Result<Vec<Part>, SourceError> {
    let fault = |fault| SourceError::Form(name.to_owned(), fault);
    caught(Form::Archive.name(), name, || {
        let mut archive = Archive::open(from).map_err(fault)?;
        let kind = archive.kind();
        let called = match ending {
            "epub" => Some(Kind::Epub),
            "docx" => Some(Kind::Docx),
            _ => None,
        };
        match (called, kind) {
            (Some(called), is) if called != is => {
                Err(fault(Fault::Misnamed { called: called.name(), is: is.name() }))
            }
            (_, Kind::Epub) => epub::read(&mut archive, name),
            (_, Kind::Docx) => {
                let page = docx::read(&mut archive).map_err(fault)?;
                with_chinese(whole(&page, Vec::new(), name)?, name).map(|part| vec![part])
            }
            (_, Kind::Other(is)) => Err(SourceError::NotText(name.to_owned(), is)),
            (_, Kind::Files) => texts::read(&mut archive, name),
        }
    })
}

/// The one text of a file that is no archive: of its form, or as a plain text or page.
fn text(bytes: &[u8], ending: &str, name: &str) -> Result<Part, SourceError> {
    match (Form::of(bytes, ending), called(ending)) {
        (Some(form), _) => caught(form.name(), name, || form.text(bytes, name)),
        (None, Some(called)) => Err(misnamed(bytes, called, name)),
        (None, None) => {
            let (text, notes) = super::plain(bytes, None, folder::is_page(ending), name)?;
            Ok(Part { name: None, text, notes })
        }
    }
}

/// Lines as a page, a paragraph each.
pub(super) fn of_lines<'l>(lines: impl IntoIterator<Item = &'l str>) -> String {
    leaf::page(&leaf::Head::default(), &leaf::paragraphs(lines))
}

/// The text that `read` finds, or a word for its panic.
fn caught<T>(
    form: &'static str,
    name: &str,
    read: impl FnOnce() -> Result<T, SourceError>,
) -> Result<T, SourceError> {
    super::caught::caught(read).unwrap_or_else(|| Err(SourceError::Form(name.to_owned(), Fault::Panic(form))))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Archive,
    Pdf,
    Mhtml,
    Subtitles,
    Markdown,
}

impl Form {
    /// The form that the first bytes show; where they show none, the one that the name says.
    fn of(bytes: &[u8], ending: &str) -> Option<Self> {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]);
        if is_archive(bytes) {
            Some(Self::Archive)
        } else if bytes.starts_with(b"%PDF") {
            Some(Self::Pdf)
        } else if mhtml::is_one(bytes) {
            Some(Self::Mhtml)
        } else if subtitles::kind(&head).is_some()
            || ["srt", "vtt", "ass", "ssa"].contains(&ending) && is_wide(bytes)
        {
            Some(Self::Subtitles)
        } else if ["md", "markdown"].contains(&ending)
            && kind::of_bytes(bytes).is_none()
            && !begins_as_page(&head)
        {
            Some(Self::Markdown)
        } else {
            None
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Archive => "a zip archive",
            Self::Pdf => "a PDF",
            Self::Mhtml => "a saved page (MHTML)",
            Self::Subtitles => "subtitles",
            Self::Markdown => "Markdown",
        }
    }

    /// The one text of it. An archive has several.
    fn text(self, bytes: &[u8], name: &str) -> Result<Part, SourceError> {
        let fault = |fault| SourceError::Form(name.to_owned(), fault);
        let part = match self {
            Self::Archive => Err(fault(Fault::Nested)),
            Self::Pdf => {
                pdf::read(bytes).map(|text| Part { name: None, text, notes: Vec::new() }).map_err(fault)
            }
            Self::Mhtml => saved_page(bytes, name),
            Self::Subtitles => {
                let (text, notes) = super::decoded(bytes, None, name)?;
                let Some(kind) = subtitles::kind(&text) else {
                    return Err(misnamed(bytes, self.name(), name));
                };
                let lines = subtitles::lines(&text, kind);
                whole(&of_lines(lines.iter().map(String::as_str)), notes, name)
            }
            Self::Markdown => {
                let (text, notes) = super::decoded(bytes, None, name)?;
                whole(&markdown::read(&text), notes, name)
            }
        }?;
        with_chinese(part, name)
    }
}

/// Whether bytes begin as a zip does, with an entry or without one.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// So much tells what a file is.
const HEAD: usize = 4096;

/// Whether bytes say by their mark that each character has two of them.
fn is_wide(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF")
}

fn begins_as_page(head: &str) -> bool {
    let head = head.trim_start_matches(['\u{FEFF}', ' ', '\r', '\n', '\t']).to_ascii_lowercase();
    ["<!doctype html", "<html", "<?xml"].iter().any(|start| head.starts_with(start))
}

/// The name of the form that an ending promises; none for endings under which other things are read too.
fn called(ending: &str) -> Option<&'static str> {
    match ending {
        "srt" | "vtt" | "ass" | "ssa" => Some(Form::Subtitles.name()),
        "epub" => Some(Kind::Epub.name()),
        "docx" => Some(Kind::Docx.name()),
        "zip" => Some(Form::Archive.name()),
        "pdf" => Some(Form::Pdf.name()),
        _ => None,
    }
}

/// HTML of which all is article.
fn whole(html: &str, notes: Vec<String>, name: &str) -> Result<Part, SourceError> {
    let text = document::leaf(html).ok_or_else(|| SourceError::TooDeep(name.to_owned()))?;
    Ok(Part { name: None, text, notes })
}

/// A file that is not what it is called.
fn misnamed(bytes: &[u8], called: &'static str, name: &str) -> SourceError {
    let is = kind::of_bytes(bytes).unwrap_or_else(|| {
        if kind::is_html(&String::from_utf8_lossy(bytes)) { "a web page" } else { "plain text" }
    });
    SourceError::Form(name.to_owned(), Fault::Misnamed { called, is })
}

fn saved_page(bytes: &[u8], name: &str) -> Result<Part, SourceError> {
    let form = Form::Mhtml.name();
    let saved = mhtml::page(bytes).ok_or_else(|| SourceError::Form(name.to_owned(), Fault::Nothing(form)))?;
    let (mut text, notes) = super::decoded(&saved.html, saved.charset.as_deref(), name)?;
    if xhtml::is_xml(&text) {
        text = xhtml::html(&text);
    }
    // As Internet Explorer says it of pages without their pictures.
    let from =
        saved.address.map(|address| format!("<!-- saved from url=({:04}){address} -->", address.len()));
    let text = document::page(&(from.unwrap_or_default() + &text))
        .ok_or_else(|| SourceError::TooDeep(name.to_owned()))?;
    Ok(Part { name: None, text, notes })
}

/// A part, if there is Chinese in it.
fn with_chinese(part: Part, name: &str) -> Result<Part, SourceError> {
    if part.text.chars().any(crate::hanzi::is_hanzi) {
        Ok(part)
    } else {
        Err(SourceError::NoChinese(name.to_owned()))
    }
}
