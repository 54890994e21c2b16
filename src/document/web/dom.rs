//! A page as a tree, without what no reader sees: scripts, forms' controls, what is hidden.
//!
//! By the WHATWG's parser (html5ever), since old pages close tags in any order and browsers agree on what that means.

use dom_query::{Document, NodeRef};

/// A page whose open tags stand deeper in each other has no reader, and the parser's time grows with their square.
const DEEPEST: usize = 1_000;

/// A tag of fewer bytes has no more attributes than a parser bears, which compares each with all before it.
const WIDEST: usize = 4_096;
const MOST: usize = 2_000;

/// The most styles that are opened anew.
const REOPENED: usize = 4_000_000;

/// Elements without an end, or whose end may be left out, and those that stand in lines.
const OPEN_ENDED: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "p", "li", "dt", "dd", "td", "tr", "th", "tbody", "thead", "tfoot", "option", "optgroup", "rb",
    "rt", "rp", "rtc", "colgroup", "html", "head", "body", "path", "circle", "rect", "use", "image", "span",
];

/// Elements that a parser opens anew in each paragraph until they are closed (WHATWG HTML, 13.2.4.3).
const STYLES: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Elements that show no text of the page.
const UNREAD: &str = "script,style,noscript,template,iframe,object,embed,svg,select,option,button,textarea,input,\
                      audio,video,canvas,map,datalist,meter,progress,applet,frameset,.mw-editsection,head > *";

/// The tree of a page; `None` where its tags are nested deeper than anybody nests them.
pub(super) fn parse(html: &str) -> Option<Document> {
    is_bearable(html).then(|| Document::from(html))
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

/// Whether the parser's work stays near the page's length: it grows with how deep tags stand in each other (as far as their
/// names tell: those whose end may be left out count for nothing), with the attributes of one tag, and with how many
/// letters' styles are open at each paragraph, where all of them are opened anew.
fn is_bearable(html: &str) -> bool {
    let bytes = html.as_bytes();
    let (mut depth, mut styles, mut opened) = (0_usize, 0_usize, 0_usize);
    // Where the tag ends that is looked at: asked once for all the `<` before it.
    let mut end = 0;
    for at in memchr::memchr_iter(b'<', bytes) {
        let closes = bytes.get(at + 1) == Some(&b'/');
        let name = &bytes[(at + 1 + usize::from(closes)).min(bytes.len())..];
        let length = name.iter().take(12).take_while(|b| b.is_ascii_alphanumeric()).count();
        let name = &name[..length];
        if !name.first().is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        if end <= at {
            end = memchr::memchr(b'>', &bytes[at..]).map_or(bytes.len(), |length| at + length);
            let blanks = || bytes[at..end].iter().filter(|b| b.is_ascii_whitespace()).count();
            if end - at > WIDEST && blanks() > MOST {
                return false;
            }
        }
        let is = |names: &[&str]| names.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes()));
        let step = |count: usize| if closes { count.saturating_sub(1) } else { count + 1 };
        if is(STYLES) {
            styles = step(styles);
        } else {
            opened += styles * usize::from(!closes);
            depth = if is(OPEN_ENDED) { depth } else { step(depth) };
        }
        if depth > DEEPEST || opened > REOPENED {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bombs_are_no_pages_and_pages_are() {
        for bomb in [
            "<div>".repeat(100_000),
            format!("<a {}>", "x ".repeat(100_000)),
            format!("<p {}", "x=1 ".repeat(50_000)),
            format!("{}{}", "<b>".repeat(3_000), "<p>".repeat(3_000)),
        ] {
            assert!(parse(&bomb).is_none());
        }
        for page in
            ["<p>".repeat(3_000), "<".repeat(100_000), "<a<a<a".repeat(10_000), "<div></div>".repeat(10_000)]
        {
            assert!(parse(&page).is_some());
        }
    }
}
