//! Where a tag of HTML ends, and what its name is: its attributes are passed over.
//!
//! Why by hand: a parser compares each attribute of a tag with all others, so that a tag with a hundred thousand of them,
//! which only a trap has, would take minutes. The states are those of the standard (WHATWG HTML, 13.2.5.8 and
//! 13.2.5.32 to 40).

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

/// What stands inside a tag behind its name.
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

/// A tag's beginning with its name (`<b`, `</b`), and what follows the tag; nothing where it never ends.
pub(super) fn parted(text: &str) -> Option<(&str, &str)> {
    let first = if text.starts_with("</") { 2 } else { 1 };
    let name = first + text.bytes().skip(first).position(ends_name)?;
    let mut inside = Inside::BeforeName;
    for (at, byte) in text.bytes().enumerate().skip(name) {
        if byte == b'>' && !matches!(inside, Inside::Quoted(_)) {
            return Some((&text[..name], &text[at + 1..]));
        }
        inside = inside.after(byte);
    }
    None
}
