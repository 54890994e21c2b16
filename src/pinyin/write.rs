//! Pinyin as it is shown: tone marks, numbers or zhuyin.
//!
//! Where the mark goes is ISO 7098: on a or e, else on the o of ou, else on the last vowel.

use super::{Syllable, Tone};

/// A syllable with its tone mark: `gōng`, `lǜ`, `de`.
#[must_use]
pub fn marked(syllable: Syllable) -> String {
    let mark = match syllable.tone() {
        Tone::First => '\u{304}',
        Tone::Second => '\u{301}',
        Tone::Third => '\u{30C}',
        Tone::Fourth => '\u{300}',
        Tone::Neutral => return syllable.base().to_owned(),
    };
    let base = syllable.base();
    let place = place_of_mark(base);
    let (before, after) = base.split_at(place);
    use unicode_normalization::UnicodeNormalization;
    format!("{before}{mark}{after}").nfc().collect()
}

/// Byte offset just after the letter that carries the mark.
fn place_of_mark(base: &str) -> usize {
    let vowel = |c: char| "aeiouüê".contains(c);
    if let Some(at) = base.find(['a', 'e']) {
        return at + 1;
    }
    if let Some(at) = base.find("ou") {
        return at + 1;
    }
    base.char_indices()
        .rfind(|&(_, c)| vowel(c))
        .or_else(|| base.char_indices().find(|&(_, c)| matches!(c, 'm' | 'n')))
        .map_or(base.len(), |(at, c)| at + c.len_utf8())
}

/// Syllables with tone marks, a blank between: `gōng sī`. The form of every `--json` row.
#[must_use]
pub fn spaced(syllables: &[Syllable]) -> String {
    join(syllables, " ", marked)
}

/// Syllables with tone numbers, a blank between: `gong1 si1`.
#[must_use]
pub fn numbered(syllables: &[Syllable]) -> String {
    join(syllables, " ", |s| s.to_string())
}

fn join(syllables: &[Syllable], separator: &str, write: impl Fn(Syllable) -> String) -> String {
    syllables.iter().map(|&s| write(s)).collect::<Vec<_>>().join(separator)
}

/// `text` with its first letter in upper case, for names: `Běi jīng`.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pinyin::{parse, syllable::BASES};

    #[test]
    fn the_mark_goes_where_iso_7098_puts_it() {
        for (number, mark) in [
            ("gong1", "gōng"),
            ("lü4", "lǜ"),
            ("lüe4", "lüè"),
            ("liu2", "liú"),
            ("gui4", "guì"),
            ("dou1", "dōu"),
            ("xiong2", "xióng"),
            ("quan2", "quán"),
            ("er2", "ér"),
            ("de5", "de"),
            ("r5", "r"),
        ] {
            assert_eq!(parse::syllable(number).map(marked).as_deref(), Some(mark));
        }
    }

    #[test]
    fn every_syllable_comes_back_as_it_was_written() {
        for base in BASES {
            for tone in Tone::ALL {
                let syllable = Syllable::new(base, tone).expect("a base of the table");
                assert_eq!(parse::syllable(&marked(syllable)), Some(syllable), "{}", marked(syllable));
                assert_eq!(parse::syllable(&syllable.to_string()), Some(syllable), "{syllable}");
            }
        }
    }
}
