//! A zip whose entries are read into memory, one after the other, and never onto a disk.
//!
//! *Law*: an entry grows to no more than [`unpack::most`] allows, all of them together to no more than [`TOTAL`]; names are
//! shown, and lead nowhere.

use std::io::{Read, Seek};

use zip::ZipArchive;
use zip::result::ZipError;

use super::Fault;
use crate::source::LARGEST;
use crate::text::decode;
use crate::unpack;

/// All texts of an archive together: a long book has a tenth of it.
const TOTAL: u64 = 2 * LARGEST;
/// An entry may grow to so much, however small it was packed.
const LEAST: u64 = 1 << 20;
/// No archive of texts has more entries.
const MOST: usize = 20_000;

/// Where an archive is read from.
pub(in crate::source) trait Seekable: Read + Seek {}

impl<T: Read + Seek> Seekable for T {}

/// An open archive.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Box<dyn Seekable + 'a>>,
    /// The names of its entries, in its order.
    names: Vec<String>,
    /// The bytes that may still come out of it.
    left: u64,
    /// The name of its form in messages.
    pub form: &'static str,
}

/// The kind of an archive, by the files that it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Epub,
    Docx,
    /// Something that a program writes and that holds no article.
    Other(&'static str),
    /// Files that somebody has put together.
    Files,
}

impl Kind {
    /// Its name in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Epub => "an EPUB",
            Self::Docx => "a Word document",
            Self::Other(name) => name,
            Self::Files => "a zip archive",
        }
    }
}

impl<'a> Archive<'a> {
    /// Opens it. Nothing is unpacked yet.
    pub fn open(from: Box<dyn Seekable + 'a>) -> Result<Self, Fault> {
        let form = Kind::Files.name();
        let zip = ZipArchive::new(from).map_err(|error| fault(form, error))?;
        if zip.len() > MOST {
            return Err(Fault::Grows(form));
        }
        let raw: Vec<&[u8]> = zip.file_names_raw().collect();
        let names = names(&raw);
        let mut archive = Self { zip, names, left: TOTAL, form };
        archive.form = archive.kind().name();
        Ok(archive)
    }

    /// Its kind, by the names of its entries.
    pub fn kind(&self) -> Kind {
        let has = |name: &str| self.place(name).is_some();
        let begins = |start: &str| self.names.iter().any(|name| name.starts_with(start));
        if has("META-INF/container.xml") || self.names.iter().any(|name| name.ends_with(".opf")) {
            Kind::Epub
        } else if has("word/document.xml") {
            Kind::Docx
        } else if begins("xl/") {
            Kind::Other("a spreadsheet (Excel)")
        } else if begins("ppt/") {
            Kind::Other("a presentation (PowerPoint)")
        } else if begins("collection.anki2") {
            Kind::Other("an Anki file")
        } else if has("content.xml") && has("mimetype") {
            Kind::Other("an OpenDocument file (LibreOffice)")
        } else if begins("META-INF/MANIFEST.MF") {
            Kind::Other("a program (Java or Android)")
        } else {
            Kind::Files
        }
    }

    /// The names of its entries, in its order.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The place of the entry of this name; where there is none, of one that differs in capitals alone.
    pub fn place(&self, name: &str) -> Option<usize> {
        let exact = self.names.iter().position(|own| own == name);
        exact.or_else(|| self.names.iter().position(|own| own.eq_ignore_ascii_case(name)))
    }

    /// All bytes of an entry.
    pub fn read(&mut self, at: usize) -> Result<Vec<u8>, Fault> {
        let form = self.form;
        let entry = self.zip.by_index(at).map_err(|error| fault(form, error))?;
        let most = unpack::most(entry.compressed_size(), LEAST).min(LARGEST).min(self.left);
        let bytes = unpack::whole(entry, most).map_err(|error| Fault::Damaged(form, error.to_string()))?;
        let bytes = bytes.ok_or(Fault::Grows(form))?;
        self.left -= bytes.len() as u64;
        Ok(bytes)
    }

    /// All bytes of the entry of this name.
    pub fn named(&mut self, name: &str) -> Result<Vec<u8>, Fault> {
        let place = self
            .place(name)
            .ok_or_else(|| Fault::Damaged(self.form, format!("there is no `{name}` in it")))?;
        self.read(place)
    }
}

fn fault(form: &'static str, error: ZipError) -> Fault {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Fault::Locked(form),
        error => Fault::Damaged(form, error.to_string()),
    }
}

/// Names in UTF-8, or in what Windows has in China or Taiwan; which, all of them together tell.
fn names(raw: &[&[u8]]) -> Vec<String> {
    let odd: Vec<&[u8]> = raw.iter().copied().filter(|name| std::str::from_utf8(name).is_err()).collect();
    let decoded = decode(&odd.join(&b'\n'), None).map(|decoded| decoded.text).unwrap_or_default();
    let mut decoded = decoded.split('\n').map(str::to_owned);
    let name = |name: &&[u8]| match std::str::from_utf8(name) {
        Ok(name) => name.to_owned(),
        Err(_) => decoded
            .next()
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| String::from_utf8_lossy(name).into()),
    };
    raw.iter().map(name).collect()
}
