//! Characters that stand in a text without being seen, and those that command a screen.
//!
//! One definition for the whole program: nothing of the kind reaches a terminal as it is, and no gloss, name or tag
//! may hold any. Control characters (C0, DEL, C1), line and paragraph separators, interlinear annotations, and what
//! Unicode calls `Default_Ignorable_Code_Point`: zero-width characters, those that turn the direction of writing,
//! tags, fillers. Line breaks and tabs are among them; where these may stand, the caller says so.

use std::borrow::Cow;

/// An invisible character in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("it has a character in it that is not seen (U+{:04X})", u32::from(*.0))]
pub struct Unseen(pub char);

/// Whether `c` is not seen where it follows `before`. A variation selector, which chooses a form of the character
/// before it, is at home after a hanzi or a symbol, and hidden anywhere else.
#[must_use]
pub fn is_unseen(c: char, before: Option<char>) -> bool {
    match c {
        // Nearly all text is of these: ASCII, hanzi, letters with marks.
        ' '..='~' | '\u{4E00}'..='\u{9FFF}' | '\u{C0}'..='\u{24F}' => false,
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => {
            !before.is_some_and(|before| !before.is_ascii() && !is_unseen(before, None))
        }
        _ => matches!(c,
            '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}'
            | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
            | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}'),
    }
}

/// Whether `c` turns the direction of writing (Unicode's `Bidi_Control`).
#[must_use]
pub fn turns_direction(c: char) -> bool {
    matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The characters of `text` that are not seen, each with its place.
pub fn unseen_in(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut before = None;
    text.char_indices().filter(move |&(_, c)| is_unseen(c, before.replace(c)))
}

/// Holds a text of one line to being seen as a whole.
///
/// # Errors
/// When it has a character that is not seen; a line break and a tab count as such.
pub fn seen(text: &str) -> Result<(), Unseen> {
    unseen_in(text).next().map_or(Ok(()), |(_, c)| Err(Unseen(c)))
}

/// A text of one line with all that is not seen written as Rust writes it: `\u{1b}`, a line break as `\u{a}`.
#[must_use]
pub fn made_seen(text: &str) -> Cow<'_, str> {
    let mut shown = String::new();
    let mut from = 0;
    for (at, c) in unseen_in(text) {
        shown.push_str(&text[from..at]);
        shown.extend(c.escape_unicode());
        from = at + c.len_utf8();
    }
    if from == 0 {
        return text.into();
    }
    shown.push_str(&text[from..]);
    shown.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_is_written() {
        let hostile =
            "a\u{1b}[2J\r\u{7f}\u{9b}\u{202e}\u{2066}\u{200b}\u{200d}\u{feff}\u{ad}\u{61c}\u{2028}\u{e0041}b";
        assert_eq!(
            made_seen(hostile),
            "a\\u{1b}[2J\\u{d}\\u{7f}\\u{9b}\\u{202e}\\u{2066}\\u{200b}\\u{200d}\\u{feff}\\u{ad}\\u{61c}\\u{2028}\\u{e0041}b"
        );
        for plain in ["公司（gōngsī）：“好”。", "T恤 — naïve e\u{301}", "ＡＩ\u{3000}①", "한국어 カタカナ"]
        {
            assert!(matches!(made_seen(plain), Cow::Borrowed(text) if text == plain), "{plain}");
            assert_eq!(seen(plain), Ok(()));
        }
        assert_eq!(seen("two\nlines"), Err(Unseen('\n')));
        assert_eq!(Unseen('\u{202e}').to_string(), "it has a character in it that is not seen (U+202E)");
    }

    #[test]
    fn a_variation_selector_is_at_home_after_one_character_that_is_seen() {
        for at_home in ["葛\u{e0100}城", "﨑\u{fe00}", "❤\u{fe0f}"] {
            assert_eq!(seen(at_home), Ok(()), "{at_home:?}");
        }
        for hidden in ["葛\u{e0100}\u{e0101}", "a\u{fe0f}", "\u{e0100}", "\u{200b}\u{fe00}"] {
            assert!(seen(hidden).is_err(), "{hidden:?}");
        }
    }
}
