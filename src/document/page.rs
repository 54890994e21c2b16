//! The raw text as lines that a person would see: entities decoded, invisible characters dropped.
//!
//! Why: a pasted page carries `&nbsp;`, zero-width spaces and a BOM; each would cut a word in two, and no rule
//! further on should have to know of them. Lines are numbered as an editor numbers them (LF, CRLF, CR).
//! Radicals and compatibility forms, which PDFs give for hanzi, become the hanzi (Unicode's NFKC).

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::Why;

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
            let text = tidy(part);
            if !text.is_empty() {
                let indented = part.starts_with(['\u{3000}', '\t']) || part.starts_with("  ");
                pieces.push(Piece { text, first_line: line, last_line: line, indented, cut: None });
            }
        }
    }
    pieces
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
fn tidy(line: &str) -> String {
    let line = line.trim();
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    loop {
        let plain = rest.find(|c| !is_plain(c)).unwrap_or(rest.len());
        text.push_str(&rest[..plain]);
        rest = &rest[plain..];
        let Some(c) = rest.chars().next() else { break };
        let (c, length) = if c == '&' { entity(rest) } else { (c, c.len_utf8()) };
        rest = &rest[length..];
        push(&mut text, c);
    }
    if text.ends_with(' ') {
        text.pop();
    }
    let heading = text.trim_start_matches('#');
    // `# Title` of Markdown; `#话题#` has no blank.
    match heading.strip_prefix(' ') {
        Some(title) if text.len() - heading.len() <= 6 => title.to_owned(),
        _ => text,
    }
}

/// Whether `c` stays as it is wherever it stands: all but a few characters of an article, so they go quickly.
fn is_plain(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '!'..='%' | '\''..='~' | '、'..='〟' | '！'..='～')
}

fn push(text: &mut String, c: char) {
    match c {
        _ if c.is_whitespace() => {
            if !text.is_empty() && !text.ends_with(' ') {
                text.push(' ');
            }
        }
        // A joiner and a variation selector belong to an emoji, and to nothing that a dictionary has.
        '\u{200D}' | '\u{FE0F}'
            if text.chars().next_back().is_some_and(|before| before >= '\u{2190}' && !is_cjk(before)) =>
        {
            text.push(c);
        }
        _ if is_invisible(c) => {}
        '\u{2E80}'..='\u{2FDF}' | '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}' => {
            text.extend(std::iter::once(c).nfkc());
        }
        _ => text.push(c),
    }
}

fn is_cjk(c: char) -> bool {
    crate::hanzi::is_hanzi(c) || matches!(c, '\u{3000}'..='\u{30FF}' | '\u{FF00}'..='\u{FFEF}')
}

fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E0FFF}')
}

/// The character that the entity at the start of `text` stands for, and the entity's length; `&` itself where
/// there is none.
fn entity(text: &str) -> (char, usize) {
    // `&amp;nbsp;` was escaped twice on its way.
    let (body, before) = text.strip_prefix("&amp;").map_or((&text[1..], 1), |rest| (rest, 5));
    let found = body
        .bytes()
        .take(10)
        .position(|b| b == b';')
        .and_then(|end| named(&body[..end]).map(|c| (c, before + end + 1)));
    found.unwrap_or(('&', before))
}

fn named(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return char::from_u32(code.ok()?);
    }
    Some(match name {
        "nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "ldquo" => '“',
        "rdquo" => '”',
        "lsquo" => '‘',
        "rsquo" => '’',
        "hellip" => '…',
        "mdash" => '—',
        "ndash" => '–',
        "middot" => '·',
        "bull" => '•',
        "times" => '×',
        "copy" => '©',
        "yen" => '¥',
        "laquo" => '«',
        "raquo" => '»',
        "zwj" | "zwnj" | "shy" => '\u{200B}',
        _ => return None,
    })
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
