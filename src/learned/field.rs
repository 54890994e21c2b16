//! What a field of an Anki note says, without its HTML.
//!
//! Fields hold what an editor typed: `<div>`, `&nbsp;`, ruby and furigana with the reading over the hanzi,
//! cloze deletions, sounds. Sources: the Anki manual, "Field replacements" and "Cloze deletion".

use std::borrow::Cow;

use crate::hanzi::is_hanzi;

/// A field as a reader sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plain {
    /// The text; a block of HTML begins a new line.
    pub text: String,
    /// What stood over the hanzi, as ruby or furigana.
    pub reading: String,
    /// What the cloze deletions hide, with the number of each, from 1.
    pub deletions: Vec<(u16, String)>,
}

/// The plain text of `html`.
#[must_use]
pub fn plain(html: &str) -> Plain {
    let mut plain = Plain::default();
    let text: Cow<'_, str> =
        if html.contains(['<', '&']) { without_tags(html, &mut plain.reading).into() } else { html.into() };
    let text: Cow<'_, str> = if text.contains('[') { without_media(&text).into() } else { text };
    let text: Cow<'_, str> =
        if text.contains("{{c") { without_cloze(&text, &mut plain.deletions).into() } else { text };
    let text: Cow<'_, str> =
        if text.contains('[') { without_furigana(&text, &mut plain.reading).into() } else { text };
    for line in text.lines() {
        let line: String = line
            .chars()
            .filter(|c| !matches!(c, '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{AD}' | '\u{2060}'))
            .collect();
        let line = line.trim();
        if !line.is_empty() {
            if !plain.text.is_empty() {
                plain.text.push('\n');
            }
            plain.text.push_str(line);
        }
    }
    plain.reading.truncate(plain.reading.trim_end().len());
    plain
}

/// Text without tags, entities decoded; what stands in `<rt>` goes to `reading`.
fn without_tags(html: &str, reading: &mut String) -> String {
    let mut text = String::with_capacity(html.len());
    let (mut over, mut hidden) = (false, false);
    let mut rest = html;
    while !rest.is_empty() {
        let next = rest.find('<').unwrap_or(rest.len());
        let (before, from) = rest.split_at(next);
        if !before.is_empty() && !hidden {
            let to = if over { &mut *reading } else { &mut text };
            to.push_str(&html_escape::decode_html_entities(before));
        }
        let Some((name, after)) = tag(from) else {
            // A lone `<` is text.
            let mut chars = from.chars();
            if let Some(c) = chars.next() {
                text.push(c);
            }
            rest = chars.as_str();
            continue;
        };
        rest = after;
        match name.as_str() {
            "rt" => over = true,
            "/rt" | "/ruby" => {
                if over && !reading.is_empty() {
                    reading.push(' ');
                }
                over = false;
            }
            "rp" | "style" | "script" => hidden = true,
            "/rp" | "/style" | "/script" => hidden = false,
            "br" | "div" | "/div" | "p" | "/p" | "li" | "/li" | "tr" | "/tr" | "td" | "th" | "hr" | "ul"
            | "ol" | "table" | "/table" | "dd" | "dt" | "h1" | "h2" | "h3" | "h4" | "/h1" | "/h2" | "/h3"
            | "/h4" => text.push('\n'),
            _ => {}
        }
    }
    text
}

/// The name of the tag that `from` begins with, and what follows the tag; a comment has an empty name.
fn tag(from: &str) -> Option<(String, &str)> {
    let inner = from.strip_prefix('<')?;
    if let Some(comment) = inner.strip_prefix("!--") {
        let end = comment.find("-->").map_or(comment.len(), |at| at + 3);
        return Some((String::new(), &comment[end..]));
    }
    if !inner.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!') {
        return None;
    }
    let end = inner.find('>')?;
    let name: String = inner[..end]
        .char_indices()
        .take_while(|&(at, c)| c.is_ascii_alphanumeric() || (at == 0 && c == '/'))
        .map(|(_, c)| c.to_ascii_lowercase())
        .collect();
    Some((name, &inner[end + 1..]))
}

/// Text without `[sound:…]`, `[anki:…]` and LaTeX.
fn without_media(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        kept.push_str(&rest[..at]);
        let from = &rest[at..];
        let ends = [("[sound:", "]"), ("[anki:", "[/anki:"), ("[latex]", "[/latex]"), ("[$", "[/$")];
        let end = ends.iter().find(|(start, _)| from.starts_with(start)).and_then(|(start, end)| {
            let close = from[start.len()..].find(end)? + start.len();
            Some(close + from[close..].find(']')? + 1)
        });
        match end {
            Some(end) => rest = &from[end..],
            None => {
                kept.push('[');
                rest = &from[1..];
            }
        }
    }
    kept.push_str(rest);
    kept
}

/// Text with what each deletion hides in its place.
fn without_cloze(text: &str, deletions: &mut Vec<(u16, String)>) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("{{c") {
        shown.push_str(&rest[..at]);
        let from = &rest[at..];
        let inner = &from[3..];
        let number: String = inner.chars().take_while(char::is_ascii_digit).collect();
        let opened = inner.find("::").filter(|&colons| {
            !number.is_empty() && inner[..colons].chars().all(|c| c.is_ascii_digit() || c == ',')
        });
        let closed = opened.and_then(|colons| {
            let body = &inner[colons + 2..];
            closing(body).map(|end| (&body[..end], &body[end + 2..]))
        });
        let (Some((body, after)), Ok(number)) = (closed, number.parse::<u16>()) else {
            shown.push_str("{{c");
            rest = inner;
            continue;
        };
        let answer = if body.contains("{{c") {
            without_cloze(body, deletions)
        } else {
            body.split("::").next().unwrap_or_default().to_owned()
        };
        shown.push_str(&answer);
        deletions.push((number, answer));
        rest = after;
    }
    shown.push_str(rest);
    shown
}

/// Where the `}}` stands that closes a deletion, past those that are inside it.
fn closing(body: &str) -> Option<usize> {
    let (mut depth, mut at) = (0_usize, 0);
    while at < body.len() {
        let rest = &body[at..];
        if rest.starts_with("{{") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest.starts_with("}}") {
            if depth == 0 {
                return Some(at);
            }
            (depth, at) = (depth - 1, at + 2);
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    None
}

/// Text without what stands in square brackets right after a hanzi, where that has no hanzi itself (`汉[hàn]`
/// is a reading, `发[髮]` another form).
fn without_furigana(text: &str, reading: &mut String) -> String {
    let mut base = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        base.push_str(&rest[..at]);
        let inner = &rest[at + 1..];
        let over = inner.find(']').map(|end| (&inner[..end], &inner[end + 1..]));
        match over {
            Some((over, after)) if base.ends_with(is_hanzi) && !over.chars().any(is_hanzi) => {
                // Anki cuts at `;` in `汉[hàn;4]`, which add-ons use for the tone's number.
                reading.push_str(over.split(';').next().unwrap_or_default());
                reading.push(' ');
                // A blank before the word says where it begins; Anki shows none.
                if let Some(at) = base.rfind([' ', '>']).filter(|&at| base[at..].starts_with(' ')) {
                    base.remove(at);
                }
                rest = after;
            }
            _ => {
                base.push('[');
                rest = inner;
            }
        }
    }
    base.push_str(rest);
    base
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn html_entities_sounds_and_blocks() {
        for (html, text) in [
            ("学生", "学生"),
            ("<div>学生</div>", "学生"),
            ("&nbsp;学生&nbsp;<br>xué&#363;", "学生\nxuéū"),
            ("<span style=\"color:red\">学</span><b>生</b>[sound:a.mp3]", "学生"),
            ("<!-- 汉 -->学生<style>.x{}</style>", "学生"),
            ("学生&lt;b&gt;", "学生<b>"),
            ("1 < 2 学", "1 < 2 学"),
            ("学\u{200B}生", "学生"),
            ("", ""),
        ] {
            assert_eq!(plain(html).text, text, "{html}");
        }
    }

    #[test]
    fn ruby_and_furigana_give_the_reading() {
        for html in [
            "<ruby>汉<rp>(</rp><rt>hàn</rt><rp>)</rp>字<rt>zì</rt></ruby>",
            "汉[hàn]字[zì]",
            " 汉字[hàn zì]",
            " 汉[hàn] 字[zì]",
        ] {
            let plain = plain(html);
            assert_eq!((plain.text.as_str(), plain.reading.as_str()), ("汉字", "hàn zì"), "{html}");
        }
        assert_eq!(plain("发[髮]").text, "发[髮]");
    }

    #[test]
    fn a_cloze_shows_what_it_hides() {
        let one = plain("我是{{c1::学生::人}}，{{c2::{{c3::老}}师}}来了");
        assert_eq!(one.text, "我是学生，老师来了");
        assert_eq!(one.deletions, [(1, "学生".into()), (3, "老".into()), (2, "老师".into())]);
        assert_eq!(plain("{{c1::学生").text, "{{c1::学生");
    }

    proptest! {
        #[test]
        fn any_text_has_a_plain_form(html in "(<|>|&|;|\\[|\\]|\\{\\{c1::|\\}\\}|::|学|rt|/|!--|[a-z]|\\PC){0,40}") {
            let _ = plain(&html);
        }
    }
}
