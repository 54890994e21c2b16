//! Where a tag of HTML ends, and what its name is: its attributes are passed over.
//!
//! Why by hand: a parser compares each attribute of a tag with all others, so that a tag with a hundred thousand of them,
//! which only a trap has, would take minutes. The states are those of the standard (WHATWG HTML, 13.2.5.8 and
//! 13.2.5.32 to 40).

use std::borrow::Cow;

/// Whether a tag begins where `text` does, and not a comment or a lone `<`.
pub(super) fn begins(text: &str) -> bool {
    let name = text.strip_prefix("</").or_else(|| text.strip_prefix('<'));
    name.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// Whether the end of the element `name` begins where `text` does.
pub(super) fn ends(text: &str, name: &str) -> bool {
    let Some(text) = text.strip_prefix("</") else { return false };
    let is_name = text.get(..name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name));
    is_name && text.as_bytes().get(name.len()).is_some_and(|&byte| ends_name(byte))
}

fn ends_name(byte: u8) -> bool {
    byte == b'/' || byte == b'>' || is_blank(byte)
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0C')
}

/// The inside of a tag behind its name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    BeforeName,
    Name,
    AfterName,
    BeforeValue,
    Bare,
    Quoted(u8),
    AfterQuoted,
}

impl Inside {
    /// The state after `byte`, which doesn't end the tag.
    fn after(self, byte: u8) -> Self {
        match (self, byte) {
            (Self::Quoted(quote), _) if byte == quote => Self::AfterQuoted,
            (Self::Quoted(_), _) => self,
            (Self::BeforeValue, b'"' | b'\'') => Self::Quoted(byte),
            (Self::BeforeValue, _) if is_blank(byte) => self,
            (Self::Bare, _) if !is_blank(byte) => self,
            (Self::BeforeValue, _) => Self::Bare,
            (Self::Name | Self::AfterName, b'=') => Self::BeforeValue,
            (Self::Name | Self::AfterName, _) if is_blank(byte) => Self::AfterName,
            (_, b'/') => Self::BeforeName,
            _ if is_blank(byte) => Self::BeforeName,
            _ => Self::Name,
        }
    }
}

/// A tag has no more attributes than this, unless it was made to keep a parser busy.
const MOST: usize = 250;

/// HTML in which each tag that has hundreds of attributes has none; all else stays byte for byte. What a tag hides that
/// has them inside a comment or a script is read the same way, which changes nothing that anybody sees.
#[must_use]
pub fn without_traps(html: &str) -> Cow<'_, str> {
    let mut kept = String::new();
    let (mut from, mut at) = (0, 0);
    while let Some(open) = html[at..].find('<').map(|open| at + open) {
        at = open + 1;
        if !begins(&html[open..]) {
            continue;
        }
        let tag = Tag::read(&html[open..]);
        at = tag.end.map_or(html.len(), |end| open + end);
        if tag.attributes > MOST {
            kept.push_str(&html[from..open + tag.name]);
            kept.push('>');
            from = at;
        }
    }
    if from == 0 {
        return html.into();
    }
    kept.push_str(&html[from..]);
    kept.into()
}

/// A tag of HTML, without what its attributes are.
struct Tag {
    /// Where its name ends.
    name: usize,
    /// How many attributes it has, or more than are looked at.
    attributes: usize,
    /// Where it ends, if it does.
    end: Option<usize>,
}

impl Tag {
    fn read(text: &str) -> Self {
        let first = if text.starts_with("</") { 2 } else { 1 };
        let found = text.bytes().skip(first).position(ends_name);
        let mut tag =
            Self { name: found.map_or(text.len(), |length| first + length), attributes: 0, end: None };
        let mut inside = Inside::BeforeName;
        for (at, byte) in text.bytes().enumerate().skip(tag.name) {
            if byte == b'>' && !matches!(inside, Inside::Quoted(_)) {
                tag.end = Some(at + 1);
                break;
            }
            let before = inside;
            inside = inside.after(byte);
            tag.attributes += usize::from(inside == Inside::Name && before != Inside::Name);
        }
        tag
    }
}

/// A tag's beginning with its name (`<b`, `</b`), and what follows the tag; nothing where it never ends.
pub(super) fn parted(text: &str) -> Option<(&str, &str)> {
    let tag = Tag::read(text);
    Some((&text[..tag.name], &text[tag.end?..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_hundreds_of_attributes_lose_them() {
        let many: String = (0..100_000).map(|n| format!(" a{n}='>'")).collect();
        let trapped = format!("<i x=1>公</i><b{many}>司</b{many}> <!-- <b{many}> --><b{many}");
        assert_eq!(without_traps(&trapped), "<i x=1>公</i><b>司</b> <!-- <b> --><b>");
        let few = "1 < 2 <b title=\"a > b\" class=x>公</b><!-- x --><a";
        assert!(matches!(without_traps(few), Cow::Borrowed(same) if same == few));
        for opening in ["<a ", "<a x", "<", "<a '", "<!--<a b"] {
            let _ = without_traps(&opening.repeat(200_000));
        }
    }
}
