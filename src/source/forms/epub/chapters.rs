//! Which stretches of which files are a chapter, by the table of contents.
//!
//! Why not a file a chapter: converters cut a long chapter into several files (`_split_001`), give its heading a file of its
//! own, and write whole books into one. *Law*: every file of the order of reading is in some chapter, in that order; a
//! chapter begins where the contents say that one does, and goes on until the next begins. A file that the contents do not
//! name begins a chapter if its heading is of the rank of theirs, or where they name next to nothing.

use std::collections::HashMap;

use super::package::{Contents, Entry};
use crate::hanzi;

/// A chapter.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Chapter {
    /// Its name in the archive: its first file, and the place in it where that is not its beginning.
    pub name: String,
    /// Its title in the contents.
    pub title: Option<String>,
    /// HTML, one file after the other.
    pub body: String,
    pub notes: Vec<String>,
    /// The rank of the heading that it begins with.
    rank: Option<u8>,
    /// Its last file.
    file: String,
}

/// Chapters that are put together, file by file.
pub(super) struct Chapters<'c> {
    contents: &'c Contents,
    /// Whether the contents name enough of the files for the others to be parts of those.
    is_complete: bool,
    chapters: Vec<Chapter>,
}

/// Stretches of so many hanzi are chapters, also where the contents have them as sections of one.
const LONG: usize = 1000;

/// So many hanzi are no end of a chapter in the file of the next.
const SHORT: usize = 150;

/// Files that the contents must name, of so many.
const NAMED: usize = 5;

impl<'c> Chapters<'c> {
    /// None yet, of a book with these files.
    pub fn new(contents: &'c Contents, files: &[String]) -> Self {
        let named = files.iter().filter(|file| contents.entries(file).next().is_some()).count();
        Self { contents, is_complete: named * NAMED >= files.len(), chapters: Vec::new() }
    }

    /// Adds the next file.
    pub fn add(&mut self, file: &str, body: &str, notes: Vec<String>) {
        let places = self.places(file, body);
        let first = places.first().map_or(body.len(), |(at, _)| *at);
        let (head, mut before) = (&body[..first], "");
        if places.is_empty() || hanzi::count(head) > 0 {
            // A few lines over a heading are an epigraph of it, and no end of another chapter.
            let is_above = !places.is_empty() && hanzi::count(head) < SHORT;
            if !is_above && self.goes_on(file, head) {
                if let Some(last) = self.chapters.last_mut() {
                    last.body.push_str(head);
                    last.notes.extend(
                        notes.iter().filter(|note| !last.notes.contains(note)).cloned().collect::<Vec<_>>(),
                    );
                    file.clone_into(&mut last.file);
                }
            } else if places.is_empty() {
                self.begin(file.to_owned(), None, head, &notes, file);
            } else {
                before = head;
            }
        }
        for (index, (at, entry)) in places.iter().enumerate() {
            let end = places.get(index + 1).map_or(body.len(), |(at, _)| *at);
            let name = match &entry.place {
                Some(place) if index > 0 => format!("{file}#{place}"),
                _ => file.to_owned(),
            };
            let text = format!("{before}{}", &body[*at..end]);
            before = "";
            self.begin(name, Some(entry.title.clone()), &text, &notes, file);
        }
    }

    /// All of them.
    pub fn all(self) -> Vec<Chapter> {
        self.chapters
    }

    fn begin(&mut self, name: String, title: Option<String>, body: &str, notes: &[String], file: &str) {
        let (rank, body) = (rank(body), body.to_owned());
        self.chapters.push(Chapter { name, title, body, notes: notes.to_vec(), rank, file: file.to_owned() });
    }

    /// Whether what the contents do not name belongs to the chapter before it.
    fn goes_on(&self, file: &str, body: &str) -> bool {
        let Some(last) = self.chapters.last() else { return false };
        if is_split(&last.file, file) {
            return true;
        }
        let begins = rank(body).is_some_and(|rank| rank <= last.rank.unwrap_or(2));
        last.title.is_some() && self.is_complete && !begins
    }

    /// Where chapters begin in a file, in its order.
    fn places(&self, file: &str, body: &str) -> Vec<(usize, &'c Entry)> {
        let entries: Vec<&Entry> = self.contents.entries(file).collect();
        if entries.is_empty() {
            return Vec::new();
        }
        let named = named(body);
        // Behind the tag of the body itself.
        let start = if body.starts_with("<body") { body.find('>').map_or(0, |end| end + 1) } else { 0 };
        let start = start + body[start..].len() - body[start..].trim_start().len();
        let place = |entry: &Entry| match &entry.place {
            Some(place) => named.get(place.as_str()).map(|&at| opening(body, at)),
            None => Some(start),
        };
        let mut places: Vec<(usize, &Entry)> =
            entries.iter().filter_map(|&entry| Some((place(entry)?.max(start), entry))).collect();
        // An entry for a place that is not there leads to the file.
        if places.is_empty() {
            places.extend(entries.first().map(|&entry| (start, entry)));
        }
        places.sort_by_key(|(at, _)| *at);
        let mut different: Vec<usize> = places.iter().map(|(at, _)| *at).collect();
        different.dedup();
        if hanzi::count(body) < LONG * different.len() {
            places.retain(|(_, entry)| !entry.is_section);
        }
        // Of those that begin at one place the last is the chapter, and the others are what it is in.
        let next: Vec<Option<usize>> = places.iter().skip(1).map(|(at, _)| Some(*at)).chain([None]).collect();
        let mut next = next.into_iter();
        places.retain(|(at, _)| next.next().flatten() != Some(*at));
        places
    }
}

/// Whether a file is the next piece of one that a converter has cut: `a_split_000.html`, `a_split_001.html`.
fn is_split(before: &str, file: &str) -> bool {
    let parts = |file: &str| {
        let (stem, rest) = file.rsplit_once("_split_")?;
        let (number, _) = rest.split_once('.')?;
        Some((stem.to_owned(), number.parse::<u32>().ok()?))
    };
    match (parts(before), parts(file)) {
        (Some((one, from)), Some((two, to))) => one == two && from.checked_add(1) == Some(to),
        _ => false,
    }
}

/// The rank of the heading that a page begins with.
fn rank(html: &str) -> Option<u8> {
    let mut rest = html;
    loop {
        let at = rest.find('<')?;
        if !rest[..at].trim().is_empty() {
            return None;
        }
        let tag = &rest.as_bytes()[at + 1..];
        if let [b'h' | b'H', rank @ b'1'..=b'6', b'>' | b' ' | b'\t' | b'\r' | b'\n', ..] = tag {
            return Some(rank - b'0');
        }
        rest = &rest[at + rest[at..].find('>')? + 1..];
    }
}

/// Where the elements begin that have a name.
fn named(html: &str) -> HashMap<&str, usize> {
    let mut named = HashMap::new();
    let mut at = 0;
    while let Some(open) = html[at..].find('<').map(|open| at + open) {
        let end = html[open..].find('>').map_or(html.len(), |end| open + end);
        let tag = &html[open..end];
        for attribute in ["id=", "name="] {
            let value = tag.split_once(attribute).filter(|(before, _)| before.ends_with(char::is_whitespace));
            if let Some((_, value)) = value {
                let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
                let value = match quote {
                    Some(quote) => value[1..].split(quote).next(),
                    None => value.split(|c: char| c.is_whitespace() || c == '/').next(),
                };
                if let Some(value) = value.filter(|value| !value.is_empty()) {
                    named.entry(value).or_insert(open);
                }
            }
        }
        at = (end + 1).min(html.len());
    }
    named
}

/// The beginning of the elements that open just before `at`, so that a heading is not cut from the mark inside it.
fn opening(html: &str, at: usize) -> usize {
    const DEEPEST: usize = 8;
    let mut at = at;
    for _ in 0..DEEPEST {
        let before = html[..at].trim_end();
        let Some(open) = before.ends_with('>').then(|| before.rfind('<')).flatten() else { break };
        let tag = &before[open + 1..];
        let is_one = |name: &str| tag.get(..name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name));
        let closed =
            tag.ends_with("/>") || ["/", "!", "br", "hr", "img", "body"].iter().any(|name| is_one(name));
        if closed {
            break;
        }
        at = open;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_one_file_are_known_by_their_names() {
        assert!(is_split("t/a_split_000.html", "t/a_split_001.html"));
        assert!(!is_split("t/a_split_000.html", "t/a_split_002.html"));
        assert!(!is_split("t/a_split_000.html", "t/b_split_001.html") && !is_split("a.html", "b.html"));
    }

    #[test]
    fn a_page_begins_with_a_heading_or_with_text() {
        for (html, expected) in [
            ("<body><div class='x'>\n<h2>甲</h2>", Some(2)),
            ("<hr/><H1 id=a>甲</H1>", Some(1)),
            ("<p>乙</p><h1>甲</h1>", None),
            ("<header>甲</header>", None),
            ("", None),
        ] {
            assert_eq!(rank(html), expected, "{html}");
        }
    }

    #[test]
    fn a_place_is_where_its_heading_begins() {
        let html = "<body><p>甲</p><div>\n<h2 class='c'><a id=\"二\"></a>乙</h2><p>丙</p><a name=3></a><p ID='x' id='4'>丁</p></div>";
        let cut = |name: &str| {
            named(html).get(name).map(|&at| html[opening(html, at)..].chars().take(12).collect::<String>())
        };
        assert_eq!(cut("二").as_deref(), Some("<div>\n<h2 cl"));
        assert_eq!(cut("3").as_deref(), Some("<a name=3></"));
        assert_eq!(cut("4").as_deref(), Some("<p ID='x' id"));
        assert_eq!(cut("5"), None);
    }
}
