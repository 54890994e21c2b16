//! A simplified shadow of a traditional text, so that one word list serves both scripts.
//!
//! The shadow has the same bytes in number, hanzi for hanzi, so what is found in it stands at the same place in
//! the text. Most hanzi have one simplified form; where one has several (乾: 干 or 乾, 著: 着 or 著), the
//! words that it stands in decide, by CC-CEDICT's own pairs.

use std::borrow::Cow;

use crate::dictionary::{Dictionary, simplify};
use crate::hanzi::is_hanzi;

/// `text` with every traditional hanzi simplified; byte for byte as long.
pub(super) fn of(text: &str, dictionary: Dictionary) -> Cow<'_, str> {
    let mut shadow: Option<String> = None;
    for (at, c) in text.char_indices() {
        let simple = if is_hanzi(c) && u32::from(c) < 0x10000 { simplify(dictionary, c) } else { c };
        if simple != c && simple.len_utf8() == c.len_utf8() {
            shadow.get_or_insert_with(|| text[..at].to_owned()).push(simple);
        } else if let Some(shadow) = &mut shadow {
            shadow.push(c);
        }
    }
    shadow.map_or(Cow::Borrowed(text), Cow::Owned)
}
