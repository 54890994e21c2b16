//! The raw text as lines that a person would see, its characters in their usual form ([`printed`]).
//!
//! Why: a pasted page carries `&nbsp;`, zero-width spaces and a BOM, and no rule further on should have to know of them.
//! Lines are numbered as an editor numbers them (LF, CRLF, CR).

use std::ops::Range;

use super::Why;
use crate::text::{printed, unescaped};

/// A stretch of the page on its way to be a paragraph or a cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub text: String,
    pub first_line: u32,
    pub last_line: u32,
    /// Its line began with blanks, as a Chinese paragraph does.
    pub indented: bool,
    /// Why it is no article; `None` while it is.
    pub cut: Option<Why>,
}

impl Piece {
    pub fn kept(&self) -> bool {
        self.cut.is_none()
    }

    /// Cuts the piece in two at byte `at`. The second is empty where nothing but blanks is left.
    pub fn split(&self, at: usize) -> (Self, Self) {
        (self.slice(0..at), self.slice(at..self.text.len()))
    }

    /// The part of it with these bytes of its text.
    pub fn slice(&self, range: Range<usize>) -> Self {
        let text = self.text[range].trim().to_owned();
        let &Self { first_line, last_line, indented, cut, .. } = self;
        Self { text, first_line, last_line, indented, cut }
    }
}

/// The lines of `raw` that hold anything.
pub(super) fn pieces(raw: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (line, text) in (1..).zip(lines(raw)) {
        // A page break or a line separator ends a paragraph, though no editor counts a line there.
        for part in text.split(['\u{B}', '\u{C}', '\u{85}', '\u{2028}', '\u{2029}']) {
            pieces.extend(piece(part, line));
        }
    }
    pieces
}

/// A line that holds anything.
pub(super) fn piece(line: &str, number: u32) -> Option<Piece> {
    let text = tidy(line);
    let indented = line.starts_with(['\u{3000}', '\t']) || line.starts_with("  ");
    (!text.is_empty()).then_some(Piece { text, first_line: number, last_line: number, indented, cut: None })
}

fn lines(raw: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(raw);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(end) = text.find(['\n', '\r']) else {
            rest = None;
            return Some(text);
        };
        let break_length = if text[end..].starts_with("\r\n") { 2 } else { 1 };
        rest = Some(&text[end + break_length..]);
        Some(&text[..end])
    })
}

/// One line without what nobody sees: no blanks at its ends, one blank where several stood.
pub(super) fn tidy(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    for word in printed(&unescaped(line)).split_whitespace() {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
    let heading = text.trim_start_matches('#');
    // `# Title` of Markdown; `#话题#` has no blank.
    match heading.strip_prefix(' ') {
        Some(title) if text.len() - heading.len() <= 6 => title.to_owned(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(raw: &str) -> Vec<(u32, String)> {
        pieces(raw).into_iter().map(|p| (p.first_line, p.text)).collect()
    }

    #[test]
    fn lines_are_counted_as_an_editor_counts_them() {
        let expected = [(1, "一"), (2, "二"), (3, "三"), (5, "五")].map(|(n, t)| (n, t.to_owned()));
        assert_eq!(texts("一\r\n二\r三\n\n五\n"), expected);
        assert_eq!(texts("一\u{C}二\u{2028}三\n四").last(), Some(&(2, "四".to_owned())));
        assert_eq!(texts(""), []);
        assert_eq!(texts("\u{FEFF}\n \u{200B} \n\u{3000}"), []);
    }

    #[test]
    fn what_nobody_sees_is_gone() {
        assert_eq!(tidy("\u{FEFF}\u{3000}\u{3000}公\u{200B}司\u{AD}的\u{A0}\u{A0}AI\u{E0100} "), "公司的 AI");
        assert_eq!(tidy("葛\u{E0100}城 👨\u{200D}👩"), "葛城 👨\u{200D}👩");
        assert_eq!(tidy("⽂⼈ \u{F90A}"), "文人 金");
    }

    #[test]
    fn entities_are_decoded_and_a_bare_ampersand_stays() {
        assert_eq!(tidy("A&amp;B&nbsp;&amp;nbsp;公司&ldquo;好&rdquo;&#20013;&#x56fd;"), "A&B 公司“好”中国");
        assert_eq!(tidy("AT&T和R&D; &; & &#xZZ; &#99999999;"), "AT&T和R&D; &; & &#xZZ; &#99999999;");
    }

    #[test]
    fn a_heading_of_markdown_is_its_text_and_a_topic_is_itself() {
        assert_eq!(tidy("## 标题"), "标题");
        assert_eq!(tidy("#话题# 好"), "#话题# 好");
    }
}
