//! Pinyin as people type it, read into syllables.
//!
//! Tone marks (composed or decomposed), tone numbers, or no tone at all; `ü` also as `v`, `u:` or `ue` after
//! l and n (`lue`); capitals. Runs of several syllables are split by `annotated`, which knows the hanzi.

use unicode_normalization::UnicodeNormalization;

use super::{Syllable, Tone};

/// A syllable as it was written: without a tone it may be neutral or just unmarked, and only the hanzi can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// The syllable; neutral where no tone was written.
    pub syllable: Syllable,
    /// Whether a tone was written.
    pub toned: bool,
}

/// The syllable that `text` is, where no tone means the neutral one.
#[must_use]
pub fn syllable(text: &str) -> Option<Syllable> {
    written(text).map(|w| w.syllable)
}

/// The syllable that `text` is, and whether its tone was written.
#[must_use]
pub fn written(text: &str) -> Option<Written> {
    let mut base = String::with_capacity(text.len());
    let mut tone = None;
    for c in text.nfd() {
        let mark = match c {
            '\u{304}' => Some(Tone::First),
            '\u{301}' => Some(Tone::Second),
            '\u{30C}' | '\u{306}' => Some(Tone::Third),
            '\u{300}' => Some(Tone::Fourth),
            '0'..='5' => Tone::from_number(u8::try_from(c).ok()? - b'0'),
            _ => None,
        };
        match (mark, c) {
            (Some(_), _) if tone.is_some() || base.is_empty() => return None,
            (Some(mark), _) => tone = Some(mark),
            (None, '\u{308}') if base.ends_with('u') => replace_last(&mut base, "ü"),
            (None, ':') if base.ends_with('u') => replace_last(&mut base, "ü"),
            (None, '\u{302}') if base.ends_with('e') => replace_last(&mut base, "ê"),
            (None, 'v' | 'V') => base.push('ü'),
            (None, 'ɡ') => base.push('g'),
            (None, 'ɑ') => base.push('a'),
            (None, c) if c.is_ascii_alphabetic() => base.push(c.to_ascii_lowercase()),
            _ => return None,
        }
    }
    if let Some(initial) = ["l", "n"].into_iter().find(|i| base == format!("{i}ue")) {
        base = format!("{initial}üe");
    }
    let known = Syllable::new(&base, tone.unwrap_or(Tone::Neutral)).or_else(|| {
        // jü, qü, xü, yü are what a keyboard with `v` gives for ju, qu, xu, yu.
        let plain = base.replace('ü', "u");
        (base.starts_with(['j', 'q', 'x', 'y']))
            .then(|| Syllable::new(&plain, tone.unwrap_or(Tone::Neutral)))?
    })?;
    Some(Written { syllable: known, toned: tone.is_some() })
}

fn replace_last(base: &mut String, with: &str) {
    base.pop();
    base.push_str(with);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(text: &str) -> Option<String> {
        syllable(text).map(|s| s.to_string())
    }

    #[test]
    fn marks_numbers_and_every_way_to_write_u_umlaut() {
        for (text, expected) in [
            ("gōng", "gong1"),
            ("gong1", "gong1"),
            ("Běi", "bei3"),
            ("be\u{30C}i", "bei3"),
            ("lǜ", "lü4"),
            ("lv4", "lü4"),
            ("lu:4", "lü4"),
            ("lüè", "lüe4"),
            ("lue4", "lüe4"),
            ("jv2", "ju2"),
            ("de", "de5"),
            ("de5", "de5"),
            ("r", "r5"),
        ] {
            assert_eq!(numbered(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_syllable_is_none() {
        for text in ["", "CEO", "gōng1", "4", "gong9", "g", "can't", "公", "lǘv"] {
            assert_eq!(syllable(text), None, "{text}");
        }
    }

    #[test]
    fn an_unmarked_syllable_says_so() {
        assert_eq!(written("de").map(|w| w.toned), Some(false));
        assert_eq!(written("de5").map(|w| w.toned), Some(true));
    }
}
