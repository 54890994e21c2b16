//! Pinyin as it is shown: tone marks or numbers, apart or joined into a word, and the tone classes for colours.
//!
//! Where the mark goes is ISO 7098: on a or e, else on the o of ou, else on the last vowel. Where the apostrophe
//! goes is GB/T 16159: before a syllable that begins with a, e or o and isn't the first.

use std::sync::LazyLock;

use super::syllable::BASES;
use super::{Syllable, Tone};
use crate::hanzi::is_hanzi;

/// A syllable with its tone mark: `gōng`, `lǜ`, `de`.
#[must_use]
pub fn marked(syllable: Syllable) -> &'static str {
    // Every word of every line is written so: composing the mark each time cost more than choosing the reading.
    static ALL: LazyLock<Vec<String>> = LazyLock::new(|| {
        let codes = 0..=u16::try_from(BASES.len() * 8).expect("some four hundred bases");
        codes.map(|code| Syllable::from_code(code).map(compose).unwrap_or_default()).collect()
    });
    ALL.get(usize::from(syllable.code())).map_or("", String::as_str)
}

fn compose(syllable: Syllable) -> String {
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
    let mut text = String::with_capacity(syllables.len() * 7);
    for (i, &syllable) in syllables.iter().enumerate() {
        if i > 0 {
            text.push(' ');
        }
        text.push_str(marked(syllable));
    }
    text
}

/// Syllables with tone numbers, a blank between: `gong1 si1`.
#[must_use]
pub fn numbered(syllables: &[Syllable]) -> String {
    syllables.iter().map(Syllable::to_string).collect::<Vec<_>>().join(" ")
}

/// The pinyin of a word in one piece: `gōngsī`, `Xī'ān` before the capital, `nǎr`, `kǎlāOK`. Letters of the word
/// stay, a comma inside a saying stays with a blank after it.
#[must_use]
pub fn joined(word: &str, syllables: &[Syllable]) -> String {
    let mut rest = syllables.iter();
    let mut out = String::with_capacity(word.len() * 2);
    for c in word.chars() {
        if is_hanzi(c) {
            let Some(&syllable) = rest.next() else { break };
            let apart = syllable.base().starts_with(['a', 'e', 'o', 'ê'])
                && out.chars().next_back().is_some_and(char::is_alphanumeric);
            if apart {
                out.push('\'');
            }
            out.push_str(marked(syllable));
        } else if matches!(c, ',' | '，' | '、' | '；') {
            out.push_str(", ");
        } else if c == '：' {
            out.push_str(": ");
        } else {
            out.push(c);
        }
    }
    out
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
    use crate::pinyin::parse;

    fn syllables(numbered: &str) -> Vec<Syllable> {
        numbered.split(' ').filter_map(parse::syllable).collect()
    }

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
            ("ng2", "ńg"),
        ] {
            assert_eq!(parse::syllable(number).map(marked), Some(mark));
        }
    }

    #[test]
    fn every_syllable_comes_back_as_it_was_written() {
        for base in BASES {
            for tone in Tone::ALL {
                let syllable = Syllable::new(base, tone).expect("a base of the table");
                assert_eq!(parse::syllable(marked(syllable)), Some(syllable), "{}", marked(syllable));
                assert_eq!(parse::syllable(&syllable.to_string()), Some(syllable), "{syllable}");
            }
        }
    }

    #[test]
    fn a_word_in_one_piece() {
        for (word, numbered, expected) in [
            ("公司", "gong1 si1", "gōngsī"),
            ("西安", "xi1 an1", "xī'ān"),
            ("女儿", "nü3 er2", "nǚ'ér"),
            ("哪儿", "na3 r5", "nǎr"),
            ("反感", "fan3 gan3", "fǎngǎn"),
            ("卡拉OK", "ka3 la1", "kǎlāOK"),
            ("T恤", "xu4", "Txù"),
            ("一不做，二不休", "yi1 bu4 zuo4 er4 bu4 xiu1", "yībùzuò, èrbùxiū"),
            ("恩爱", "en1 ai4", "ēn'ài"),
        ] {
            assert_eq!(joined(word, &syllables(numbered)), expected);
        }
        assert_eq!(capitalised(&joined("西安", &syllables("xi1 an1"))), "Xī'ān");
        assert_eq!(joined("公司", &[]), "");
    }
}
