//! A book: each chapter is an article, in the order of reading (EPUB 2 and 3), by the table of contents.
//!
//! By hand: the crates for EPUB unpack an entry whole, whatever it grows to. What is no chapter (cover, table of contents,
//! pages with nothing but a picture or a heading) is left out.

mod chapters;
mod package;

use chapters::Chapters;
use package::Package;

use super::archive::Archive;
use super::leaf::{Head, page};
use super::{Fault, Part, SourceError, xhtml, xml};
use crate::document;
use crate::hanzi;
use crate::source::decoded;

/// The chapters of a book.
pub(super) fn read(archive: &mut Archive<'_>, name: &str) -> Result<Vec<Part>, SourceError> {
    let form = archive.form;
    let fault = |fault| SourceError::Form(name.to_owned(), fault);
    let book = Package::read(archive).map_err(fault)?;
    let locked = locked(archive);
    let mut chapters = Chapters::new(&book.contents, &book.files);
    let shown = |name_in: &str| format!("{name} › {name_in}");
    for file in &book.files {
        let Some(place) = archive.place(file) else { continue };
        if locked.contains(file) {
            return Err(fault(Fault::Locked(form)));
        }
        let bytes = archive.read(place).map_err(fault)?;
        let (text, notes) = decoded(&bytes, None, &shown(file))?;
        let body = body(&xhtml::html(&text));
        if !is_list(&body) {
            chapters.add(file, &body, notes);
        }
    }
    let mut parts = Vec::new();
    for chapter in chapters.all() {
        let head =
            Head { title: chapter.title, author: book.author.clone(), site: book.title.clone(), date: None };
        let text = document::leaf(&page(&head, &chapter.body))
            .ok_or_else(|| SourceError::TooDeep(shown(&chapter.name)))?;
        let has_text = document::clean(&text).paragraphs.iter().any(|line| hanzi::count(&line.text) > 0);
        if has_text {
            parts.push(Part { name: Some(chapter.name), text, notes: chapter.notes });
        }
    }
    if parts.is_empty() { Err(fault(Fault::Nothing(form))) } else { Ok(parts) }
}

/// The body of a page with its own opening tag, or all of a page that has none.
fn body(html: &str) -> String {
    let lower = html.to_ascii_lowercase();
    let Some(at) = lower.find("<body") else { return html.to_owned() };
    let end = lower.rfind("</body").filter(|&end| end > at).unwrap_or(html.len());
    // The body's own tag stays, in the place of the one that is made here.
    html[at..end].to_owned()
}

/// Whether most of a page is links: a table of contents that is called nothing.
fn is_list(html: &str) -> bool {
    let (mut links, mut linked) = (0, 0);
    let mut rest = html;
    while let Some(at) = rest.find("<a ") {
        let from = &rest[at + 3..];
        let end = from.find("</a").unwrap_or(from.len());
        let text = from[..end].split_once('>').map_or("", |(_, text)| text);
        links += 1;
        linked += hanzi::count(text);
        rest = &from[end..];
    }
    links >= 4 && linked * 5 > hanzi::count(html) * 3
}

/// The entries that a shop has encrypted.
fn locked(archive: &mut Archive<'_>) -> Vec<String> {
    let Some(place) = archive.place("META-INF/encryption.xml") else { return Vec::new() };
    let root = archive.read(place).ok().and_then(|bytes| xml::parse(&bytes).ok());
    let of = |root: xml::Element| -> Vec<String> {
        root.all("CipherReference")
            .iter()
            .filter_map(|one| one.attribute("URI"))
            .map(package::unescaped)
            .collect()
    };
    root.map(of).unwrap_or_default()
}
