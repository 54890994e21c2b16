//! A book's description of itself: its chapters in their order with the titles of its contents, its author.

use std::collections::{BTreeMap, BTreeSet};

use super::super::archive::Archive;
use super::super::xml::{self, Element};
use super::Fault;

/// Parts of a book that are no chapter, by the names that EPUB has for them.
const ASIDE: &[&str] =
    &["cover", "toc", "title-page", "titlepage", "copyright-page", "loi", "lot", "landmarks", "index"];

/// A book.
#[derive(Debug)]
pub(super) struct Package {
    pub title: Option<String>,
    pub author: Option<String>,
    /// The names in the archive of its files, in the order of reading.
    pub files: Vec<String>,
    pub contents: Contents,
}

/// A file that the book lists.
struct Item {
    path: String,
    kind: String,
    properties: String,
}

impl Package {
    /// Reads it. Of an archive without the file that says where it is, the first `.opf`.
    pub fn read(archive: &mut Archive<'_>) -> Result<Self, Fault> {
        let form = archive.form;
        let damaged = |why| Fault::Damaged(form, why);
        let container =
            archive.named("META-INF/container.xml").ok().and_then(|bytes| xml::parse(&bytes).ok());
        let path = container.and_then(|root| {
            root.all("rootfile").first().and_then(|file| file.attribute("full-path")).map(str::to_owned)
        });
        let any = || archive.names().iter().find(|name| name.ends_with(".opf")).cloned();
        let path = path
            .or_else(any)
            .ok_or_else(|| damaged("nothing in it says which its chapters are".to_owned()))?;
        let package = xml::parse(&archive.named(&path)?).map_err(damaged)?;
        let mut items = BTreeMap::new();
        for item in package.child("manifest").into_iter().flat_map(Element::children) {
            if let (Some(id), Some(href)) = (item.attribute("id"), item.attribute("href")) {
                let own = |name| item.attribute(name).unwrap_or_default().to_owned();
                let path = beside(&path, href);
                items.insert(id, Item { path, kind: own("media-type"), properties: own("properties") });
            }
        }
        let spine = package.child("spine").ok_or_else(|| damaged("it has no order of reading".to_owned()))?;
        let mut contents = Contents::default();
        contents.aside_of_guide(&package, &path);
        let nav = items.values().find(|item| item.properties.split_whitespace().any(|name| name == "nav"));
        if let Some(nav) = nav {
            contents.aside.insert(nav.path.clone());
            contents.of_nav(archive, &nav.path);
        }
        let ncx = spine.attribute("toc").and_then(|id| items.get(id));
        let ncx = ncx.or_else(|| items.values().find(|item| item.kind == "application/x-dtbncx+xml"));
        if let Some(ncx) = ncx.filter(|_| contents.entries.is_empty()) {
            contents.of_ncx(archive, &ncx.path);
        }
        let mut seen = BTreeSet::new();
        let files = spine
            .children()
            .filter(|place| place.name == "itemref" && place.attribute("linear") != Some("no"))
            .filter_map(|place| items.get(place.attribute("idref")?))
            .filter(|item| item.kind.contains("html") && !contents.aside.contains(&item.path))
            .filter(|item| seen.insert(item.path.clone()))
            .map(|item| item.path.clone())
            .collect();
        let metadata = package.child("metadata");
        let field = |name: &str| -> Vec<String> {
            let all = metadata.into_iter().flat_map(|metadata| metadata.all(name));
            all.map(Element::text).filter(|text| !text.is_empty()).collect()
        };
        let authors = field("creator").join("、");
        Ok(Self {
            title: field("title").into_iter().next(),
            author: (!authors.is_empty()).then_some(authors),
            files,
            contents,
        })
    }
}

/// The table of contents of a book.
#[derive(Debug, Default)]
pub(super) struct Contents {
    /// Its entries, by the file that they lead to.
    entries: BTreeMap<String, Vec<Entry>>,
    /// Files that are no chapters.
    aside: BTreeSet<String>,
}

/// A line of the contents.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub title: String,
    /// The name of the place inside the file that it leads to, if it is not the file.
    pub place: Option<String>,
    /// Whether it stands below another one that leads to the same file.
    pub is_section: bool,
}

impl Contents {
    /// The entries that lead to a file, in the order of the contents.
    pub fn entries(&self, file: &str) -> impl Iterator<Item = &Entry> {
        self.entries.get(file).into_iter().flatten()
    }

    /// Notes a line that stands in `from`, below those that lead to the files `above`; gives the file that it leads to.
    fn put(&mut self, from: &str, href: &str, title: String, above: &[String]) -> Option<String> {
        let (file, place) = href.split_once('#').map_or((href, None), |(file, place)| (file, Some(place)));
        if title.is_empty() || file.is_empty() {
            return None;
        }
        let file = beside(from, file);
        let place = place.map(unescaped).filter(|place| !place.is_empty());
        let is_section = above.contains(&file);
        self.entries.entry(file.clone()).or_default().push(Entry { title, place, is_section });
        Some(file)
    }

    fn aside_of_guide(&mut self, package: &Element, path: &str) {
        for reference in package.child("guide").into_iter().flat_map(Element::children) {
            if let (Some(kind), Some(href)) = (reference.attribute("type"), reference.attribute("href"))
                && ASIDE.contains(&kind.to_ascii_lowercase().as_str())
            {
                self.aside.insert(beside(path, href));
            }
        }
    }

    fn of_nav(&mut self, archive: &mut Archive<'_>, path: &str) {
        let Some(root) = archive.named(path).ok().and_then(|bytes| xml::parse(&bytes).ok()) else { return };
        for nav in root.all("nav") {
            let kind = nav.attribute("type").unwrap_or("toc");
            if kind == "toc" {
                self.of_list(path, nav, &mut Vec::new());
            }
            for link in nav.all("a").into_iter().filter(|_| kind == "landmarks") {
                let Some(href) = link.attribute("href") else { continue };
                if link.attribute("type").is_some_and(|kind| ASIDE.contains(&kind)) {
                    self.aside.insert(beside(path, href));
                }
            }
        }
    }

    /// The lines of a list, and of the lists in it.
    fn of_list(&mut self, path: &str, element: &Element, above: &mut Vec<String>) {
        let depth = above.len();
        for child in element.children() {
            if child.name == "a" {
                let href = child.attribute("href").unwrap_or_default();
                above.extend(self.put(path, href, child.text(), above));
            } else {
                self.of_list(path, child, above);
            }
        }
        // Lists in a line stand below it; what stands beside it does not.
        if element.name == "li" {
            above.truncate(depth);
        }
    }

    fn of_ncx(&mut self, archive: &mut Archive<'_>, path: &str) {
        let Some(root) = archive.named(path).ok().and_then(|bytes| xml::parse(&bytes).ok()) else { return };
        if let Some(map) = root.child("navMap") {
            self.of_points(path, map, &mut Vec::new());
        }
    }

    fn of_points(&mut self, path: &str, element: &Element, above: &mut Vec<String>) {
        for point in element.children().filter(|child| child.name == "navPoint") {
            let title = point.child("navLabel").map(Element::text).unwrap_or_default();
            let href =
                point.child("content").and_then(|content| content.attribute("src")).unwrap_or_default();
            let depth = above.len();
            above.extend(self.put(path, href, title, above));
            self.of_points(path, point, above);
            above.truncate(depth);
        }
    }
}

/// The name in the archive of what `from` calls `href`. Steps upwards end at the archive's own top.
fn beside(from: &str, href: &str) -> String {
    let href = unescaped(href.split('#').next().unwrap_or(href));
    let folder =
        if href.starts_with('/') { "" } else { from.rsplit_once('/').map_or("", |(folder, _)| folder) };
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(href.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// An address without its `%20`.
pub(super) fn unescaped(href: &str) -> String {
    let digit = |byte: Option<&u8>| byte.and_then(|&byte| char::from(byte).to_digit(16));
    let raw = href.as_bytes();
    let mut bytes = Vec::with_capacity(raw.len());
    let mut at = 0;
    while at < raw.len() {
        match (raw[at], digit(raw.get(at + 1)), digit(raw.get(at + 2))) {
            (b'%', Some(high), Some(low)) => {
                bytes.extend(u8::try_from(high * 16 + low));
                at += 3;
            }
            (byte, ..) => {
                bytes.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_beside_each_other_and_never_outside() {
        for (from, href, expected) in [
            ("OEBPS/content.opf", "Text/1.xhtml", "OEBPS/Text/1.xhtml"),
            ("OEBPS/toc/nav.xhtml", "../Text/%E9%9B%A8.xhtml#a", "OEBPS/Text/雨.xhtml"),
            ("content.opf", "../../../etc/passwd", "etc/passwd"),
            ("a/b.opf", "/c.xhtml", "c.xhtml"),
            ("a/b.opf", "100%.xhtml", "a/100%.xhtml"),
        ] {
            assert_eq!(beside(from, href), expected);
        }
    }
}
