//! Files that are evidently something else than plain text, by how they begin.
//!
//! Why say which: "a Word or EPUB document" tells a user what to do, and "not UTF-8" does not. The marks are those
//! of each format's specification.

const MARKS: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive (or a Word, EPUB or Anki file)"),
    (b"\xD0\xCF\x11\xE0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"\x28\xB5\x2F\xFD", "a zstd archive"),
    (b"7z\xBC\xAF", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x89PNG", "a picture"),
    (b"\xFF\xD8\xFF", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture, a sound or a film"),
    (b"ID3", "a sound"),
    (b"OggS", "a sound"),
    (b"SQLite format 3\0", "a SQLite database"),
    (b"\x7FELF", "a program"),
    (b"bplist00", "a web archive or property list"),
];

/// The name of the format that bytes evidently have, if it is none of text.
pub(super) fn of_bytes(bytes: &[u8]) -> Option<&'static str> {
    MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)).map(|(_, kind)| *kind)
}

/// The encoding that a page declares of itself, in the first kilobytes, where browsers look for it.
pub(super) fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let is_page = head.trim_start_matches(['\u{FEFF}', ' ', '\r', '\n', '\t']).starts_with('<');
    let at = head.find("charset=").map(|at| at + "charset=".len());
    let at = at.or_else(|| head.find("encoding=").map(|at| at + "encoding=".len())).filter(|_| is_page)?;
    let value = head[at..].trim_start_matches(['"', '\'', ' ']);
    let end =
        value.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_')).unwrap_or(value.len());
    (end > 0).then(|| value[..end].to_owned())
}

/// Where a page declares its encoding, if it does. Old portals have a screen of comments before it.
const HEAD: usize = 8192;

/// Whether a text is evidently a web page: it begins as one, or is full of closing tags. An article about HTML
/// has a few.
pub(super) fn is_html(text: &str) -> bool {
    let start: String =
        text.trim_start_matches(['\u{FEFF}', ' ', '\r', '\n', '\t']).chars().take(200).collect();
    let start = start.to_ascii_lowercase();
    let opens = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<meta ",
        "<div",
        "<p>",
        "<article",
        "<script",
        "<title",
        "<table",
        "<center",
        "<ul>",
        "<h1",
    ];
    let xhtml = start.starts_with("<?xml") && start.contains("html")
        || start.starts_with("<!--") && start.contains("<html");
    let tags = || {
        ["</p>", "</div>", "</span>", "</a>", "</li>", "</P>", "</td>"]
            .iter()
            .map(|tag| text.matches(tag).count())
            .sum::<usize>()
    };
    xhtml || opens.iter().any(|tag| start.starts_with(tag)) || text.contains("</") && tags() >= 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_told_from_an_article_about_pages() {
        assert!(is_html("\u{FEFF}\n<!DOCTYPE HTML>\n<html>"));
        assert!(is_html(&"<p>雨</p>\n".repeat(10)));
        assert!(is_html(&format!("标题\n{}", "<li>雨</li>".repeat(10))));
        assert!(!is_html("标签<p>表示段落，</p>表示结束。"));
        assert!(!is_html("a < b"));
    }
}
