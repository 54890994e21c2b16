//! XHTML becomes HTML that a browser's parser reads alike.
//!
//! Why: `<script/>` and `<title/>` end themselves in XML. A parser of HTML takes them for open, and the rest of the
//! page for a script. What a DTD inside the page declares would show as text.

/// Elements that have no end in HTML either.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];

/// Whether a text says that it is XML.
pub(in crate::source) fn is_xml(text: &str) -> bool {
    text.trim_start_matches(['\u{FEFF}', ' ', '\r', '\n', '\t']).starts_with("<?xml")
}

/// The same page for a parser of HTML: elements that end themselves have an end of their own, and what XML alone has
/// (instructions, declarations, marked sections) is gone or plain text.
pub(in crate::source) fn html(xml: &str) -> String {
    let mut html = String::with_capacity(xml.len() + xml.len() / 16);
    let mut rest = xml;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        html.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = if rest.starts_with("<!--") {
            let length = after(rest, "-->");
            html.push_str(&rest[..length]);
            length
        } else if let Some(text) = rest.strip_prefix("<![CDATA[") {
            let length = text.find("]]>").unwrap_or(text.len());
            html.push_str(&text[..length].replace('&', "&amp;").replace('<', "&lt;"));
            (rest.len() - text.len() + length + 3).min(rest.len())
        } else if rest.starts_with("<?") {
            after(rest, "?>")
        } else if rest.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype")) {
            declaration(rest)
        } else {
            tag(rest, &mut html)
        };
        rest = &rest[length..];
    }
    html.push_str(rest);
    html
}

fn after(text: &str, end: &str) -> usize {
    text.find(end).map_or(text.len(), |at| at + end.len())
}

/// How long a DOCTYPE is, with the declarations inside it.
fn declaration(text: &str) -> usize {
    let plain = after(text, ">");
    match text[..plain].find('[') {
        Some(at) => {
            let inside = at + after(&text[at..], "]");
            inside + after(&text[inside..], ">")
        }
        None => plain,
    }
}

/// Writes the tag that `text` begins with. How long it was.
fn tag(text: &str, html: &mut String) -> usize {
    let bytes = text.as_bytes();
    if !bytes.get(1).is_some_and(u8::is_ascii_alphabetic) {
        html.push('<');
        return 1;
    }
    let mut quote = None;
    let end = bytes.iter().position(|&byte| match quote {
        Some(open) if byte == open => {
            quote = None;
            false
        }
        Some(_) => false,
        None if matches!(byte, b'"' | b'\'') => {
            quote = Some(byte);
            false
        }
        None => byte == b'>',
    });
    // A quotation that never ends swallows the rest in a browser too.
    let Some(end) = end else {
        html.push_str(text);
        return text.len();
    };
    let name = &text[1..];
    let name =
        &name[..name.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).unwrap_or(name.len())];
    match text[..end].strip_suffix('/') {
        Some(open) if !VOID.iter().any(|void| name.eq_ignore_ascii_case(void)) => {
            html.push_str(open);
            html.push_str("></");
            html.push_str(name);
            html.push('>');
        }
        _ => html.push_str(&text[..=end]),
    }
    end + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_itself_has_an_end() {
        for (xml, expected) in [
            ("<?xml version='1.0'?>\n<html><title/></html>", "\n<html><title></title></html>"),
            ("<script src='a>b' /><br/>雨", "<script src='a>b' ></script><br/>雨"),
            ("<p a=\"/\">雨</p><a id='x'/>", "<p a=\"/\">雨</p><a id='x'></a>"),
            ("<!-- <a/> --><![CDATA[<b>&]]>停", "<!-- <a/> -->&lt;b>&amp;停"),
            ("<!DOCTYPE html [<!ENTITY x '雨'> <!ENTITY y '停'>]><p>a < b</p>", "<p>a < b</p>"),
            ("<!doctype html><p", "<p"),
            ("<", "<"),
            ("<![CDATA[雨", "雨"),
        ] {
            assert_eq!(html(xml), expected, "{xml}");
        }
        assert!(is_xml("\u{FEFF}<?xml version='1.0'?>") && !is_xml("<html>"));
    }
}
