//! Text as HTML that Anki can show: the one place where anything is escaped.
//!
//! A field of a note is HTML. `<` and `&` of an article must not become markup, U+001F parts the fields of a note
//! in Anki's database, `[sound:…]` in a text would be played, `[latex]` typeset and `{{c1::…}}` hidden. MathJax, which
//! typesets `\(…\)` and `\[…\]`, looks for them in what the browser shows, where an entity is its character again; it
//! reads across `<wbr>`, `<br>` and comments, and stops at an element (MathJax 3.2 as Anki 26.9 has it).

mod edited;

use std::fmt;

use crate::hanzi::turns_direction;

/// A backslash that begins no formula, whatever follows it.
const BACKSLASH: &str = "&#92;<span></span>";

/// HTML that is safe to put into a field: made of escaped text and of tags that the program itself writes.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Html(String);

impl Html {
    /// The empty text.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A text, escaped.
    #[must_use]
    pub fn text(text: &str) -> Self {
        let mut html = Self::new();
        html.push_text(text);
        html
    }

    /// A text that the learner wrote in Anki, HTML of Anki's own making: it goes back as it came, without what could
    /// run.
    #[must_use]
    pub fn edited_in_anki(html: &str) -> Self {
        // U+001F parts the fields of a note, and a NUL ends SQLite's text.
        let html: String = html.chars().filter(|c| !matches!(c, '\u{1f}' | '\0')).collect();
        Self(edited::harmless(&html).into_owned())
    }

    /// The content of the learner's own field, from the learner's own collection: it goes back as it is.
    #[must_use]
    pub fn of_own_field(html: &str) -> Self {
        Self(html.chars().filter(|c| !matches!(c, '\u{1f}' | '\0')).collect())
    }

    /// Appends a text, escaped.
    pub fn push_text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = special(rest) {
            self.0.push_str(&rest[..at]);
            let mut chars = rest[at..].chars();
            chars.by_ref().take(1).for_each(|c| self.push_char(c));
            rest = chars.as_str();
        }
        self.0.push_str(rest);
    }

    /// Appends one character, escaped. Control characters and those that turn the direction of writing are dropped,
    /// line breaks become blanks.
    pub fn push_char(&mut self, c: char) {
        match c {
            '&' => self.0.push_str("&amp;"),
            '<' => self.0.push_str("&lt;"),
            '>' => self.0.push_str("&gt;"),
            '"' => self.0.push_str("&quot;"),
            // Anki plays `[sound:…]` and typesets `[latex]`.
            '[' => self.0.push_str("&#91;"),
            '{' => self.0.push_str("&#123;"),
            '}' => self.0.push_str("&#125;"),
            '\\' => self.0.push_str(BACKSLASH),
            '\n' | '\t' => self.0.push(' '),
            c if c.is_control() || turns_direction(c) => {}
            c => self.0.push(c),
        }
    }

    /// Appends the value of an attribute, in which there are no elements, and no formula is looked for.
    fn push_value(&mut self, value: &str) {
        for (at, part) in value.split('\\').enumerate() {
            self.0.push_str(if at > 0 { "&#92;" } else { "" });
            self.push_text(part);
        }
    }

    /// The text that was escaped, where nothing but text was appended.
    #[must_use]
    pub fn unescaped(&self) -> String {
        let mut text = self.0.replace(BACKSLASH, "\\");
        for (entity, c) in [
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&#91;", "["),
            ("&#123;", "{"),
            ("&#125;", "}"),
            ("&amp;", "&"),
        ] {
            text = text.replace(entity, c);
        }
        text
    }

    /// Appends HTML.
    pub fn push(&mut self, html: &Self) {
        self.0.push_str(&html.0);
    }

    /// Appends what `inside` writes, in an element with a class (none where that is empty).
    pub fn element(&mut self, tag: &'static str, class: &str, inside: impl FnOnce(&mut Self)) {
        self.0.push('<');
        self.0.push_str(tag);
        if !class.is_empty() {
            self.0.push_str(" class=\"");
            self.push_value(class);
            self.0.push('"');
        }
        self.0.push('>');
        inside(self);
        self.0.push_str("</");
        self.0.push_str(tag);
        self.0.push('>');
    }

    /// Appends a link to a page on the web.
    pub fn link(&mut self, url: &str, text: &str) {
        self.0.push_str("<a href=\"");
        self.push_value(url);
        self.0.push_str("\">");
        self.push_text(text);
        self.0.push_str("</a>");
    }

    /// Appends a line break.
    pub fn push_break(&mut self) {
        self.0.push_str("<br>");
    }

    /// As Anki stores it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Where the first character stands of which [`Html::push_char`] writes something else. Of nearly all text the first byte of
/// a character tells that it is none: what is special beyond ASCII begins with one of three.
fn special(text: &str) -> Option<usize> {
    let may_be = |&byte: &u8| {
        if byte.is_ascii() { is_special(byte.into()) } else { matches!(byte, 0xC2 | 0xD8 | 0xE2) }
    };
    let mut at = 0;
    loop {
        at += text.as_bytes()[at..].iter().position(may_be)?;
        let c = text.get(at..)?.chars().next()?;
        if is_special(c) {
            return Some(at);
        }
        at += c.len_utf8();
    }
}

/// Whether [`Html::push_char`] writes something else than the character.
fn is_special(c: char) -> bool {
    matches!(c, '&' | '<' | '>' | '"' | '[' | '{' | '}' | '\\') || c.is_control() || turns_direction(c)
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_special_character_is_told_by_its_first_byte() {
        for c in '\0'..=char::MAX {
            let text = format!("好{c}");
            assert_eq!(special(&text), is_special(c).then_some(3), "{c:?}");
        }
    }

    #[test]
    fn text_never_becomes_markup() {
        let hostile = "<b>R&D</b> \"x\" [sound:a.mp3]\u{1f}\0\u{202e}\n{{Hanzi}} \\(x\\)";
        let html = Html::text(hostile);
        assert_eq!(
            html.as_str(),
            "&lt;b&gt;R&amp;D&lt;/b&gt; &quot;x&quot; &#91;sound:a.mp3] &#123;&#123;Hanzi&#125;&#125; \
             &#92;<span></span>(x&#92;<span></span>)"
        );
        assert_eq!(html.unescaped(), "<b>R&D</b> \"x\" [sound:a.mp3] {{Hanzi}} \\(x\\)");
        assert_eq!(Html::text("&amp;lt; &#92;<span></span>").unescaped(), "&amp;lt; &#92;<span></span>");
    }

    #[test]
    fn elements_are_closed() {
        let mut html = Html::new();
        html.element("span", "tone1", |html| html.push_text("gōng"));
        html.element("b", "", |html| html.push_text("司"));
        html.push_break();
        html.link("https://example.org/?a=1&b=\"2\"\\(", "x<y");
        assert_eq!(
            html.as_str(),
            "<span class=\"tone1\">gōng</span><b>司</b><br>\
             <a href=\"https://example.org/?a=1&amp;b=&quot;2&quot;&#92;(\">x&lt;y</a>"
        );
    }
}
