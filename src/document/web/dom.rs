//! A page as a tree, without what no reader sees: scripts, forms' controls, what is hidden.
//!
//! By the WHATWG's parser (html5ever), since old pages close tags in any order and browsers agree on what that means.

use dom_query::{Document, NodeRef};

/// A page whose open tags stand deeper in each other has no reader, and the parser's time grows with their square.
const DEEPEST: usize = 1_000;

/// Elements that show no text of the page.
const UNREAD: &str = "script,style,noscript,template,iframe,object,embed,svg,select,option,button,textarea,input,\
                      audio,video,canvas,map,datalist,meter,progress,applet,frameset,.mw-editsection,head > *";

/// The tree of a page; `None` where its tags are nested deeper than anybody nests them.
pub(super) fn parse(html: &str) -> Option<Document> {
    (depth(html) <= DEEPEST).then(|| Document::from(html))
}

/// Takes out what is no text to read.
pub(super) fn strip(document: &Document) {
    document.select(UNREAD).remove();
    document.normalize();
}

/// Whether an element is not shown, by its own attributes.
pub(super) fn is_hidden(node: &NodeRef<'_>) -> bool {
    if node.has_attr("hidden") {
        return true;
    }
    let Some(style) = node.attr("style") else { return false };
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    style.to_ascii_lowercase().contains("display:none")
}

/// How deep tags stand in each other at most, as far as their names tell: those whose end may be left out count for
/// nothing.
fn depth(html: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0_usize);
    let mut rest = html.as_bytes();
    while let Some(at) = memchr::memchr(b'<', rest) {
        rest = &rest[at + 1..];
        let closes = rest.first() == Some(&b'/');
        let name = &rest[usize::from(closes)..];
        let length = name.iter().take(12).take_while(|b| b.is_ascii_alphanumeric()).count();
        let name = &name[..length];
        if name.is_empty() || !name[0].is_ascii_alphabetic() || is_open_ended(name) {
            continue;
        }
        if closes {
            depth = depth.saturating_sub(1);
        } else {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    deepest
}

/// Elements without an end, or whose end may be left out.
fn is_open_ended(name: &[u8]) -> bool {
    const NAMES: &[&str] = &[
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
        "track", "wbr", "p", "li", "dt", "dd", "td", "tr", "th", "tbody", "thead", "tfoot", "option",
        "optgroup", "rb", "rt", "rp", "rtc", "colgroup", "html", "head", "body", "path", "circle", "rect",
        "use", "image", "font", "a", "b", "i", "span", "strong", "em", "u",
    ];
    NAMES.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes()))
}
