//! The content of a bracket, read as pinyin; zhuyin is another spelling of it.
//!
//! Why: how a bracket is judged hangs on a few facts of its own (how many syllables it may be, how many of them
//! carry a tone), which are worked out once.

use unicode_normalization::UnicodeNormalization;

use super::zhuyin;
use crate::pinyin::parse::{self, Sign};

/// A content that could be pinyin.
#[derive(Clone, Debug)]
pub(super) struct Content<'t> {
    pub written: &'t str,
    pub signs: Vec<Sign>,
    /// The fewest syllables that it can be; nothing where letters or numbers stand among the pinyin.
    pub syllables: Option<usize>,
    /// How many of them carry a tone.
    pub tones: usize,
}

impl<'t> Content<'t> {
    /// Nothing, if `written` has a character that pinyin can't have.
    pub fn read(written: &'t str) -> Option<Self> {
        let signs = parse::signs(&zhuyin::as_pinyin(written))?;
        let syllables = parse::fewest_syllables(&signs);
        let marks = signs.iter().filter(|s| matches!(s, Sign::Letter(_, Some(_)))).count();
        let numbers =
            signs.windows(2).filter(|pair| matches!(pair, [Sign::Letter(..), Sign::Digit(0..=5)])).count();
        // A4, AI2: a lone number after capitals is part of a name.
        let a_name = numbers == 1 && written.chars().any(char::is_uppercase);
        let tones = if a_name || syllables.is_none() { marks } else { marks + numbers };
        Some(Self { written, signs, syllables, tones })
    }

    /// Most of it carries a tone: nothing else than pinyin looks so (Málaga, two of whose three don't).
    pub fn is_clearly_pinyin(&self) -> bool {
        self.syllables.is_some_and(|syllables| self.tones * 2 > syllables)
    }

    /// The letters alone, without tones: what two brackets must share to be the same one twice.
    pub fn letters(&self) -> Vec<char> {
        let letter = |sign: &Sign| match sign {
            Sign::Letter(letter, _) => Some(*letter),
            _ => None,
        };
        self.signs.iter().filter_map(letter).collect()
    }
}

/// Whether a letter carries a tone mark, or there is zhuyin, whose syllables all have a tone.
pub(super) fn has_mark(text: &str) -> bool {
    let mark = |c| matches!(c, '\u{300}' | '\u{301}' | '\u{304}' | '\u{306}' | '\u{30C}');
    !text.is_ascii() && text.nfd().any(|c| mark(c) || zhuyin::is_sign(c))
}

/// The parts of a bracket that says several things (`gōngsī, company`; `英文：Beijing；拼音：Běijīng`).
pub(super) struct Parts<'t> {
    inner: &'t str,
    parts: Vec<&'t str>,
}

const SEPARATORS: [char; 13] = [',', '，', ';', '；', ':', '：', '/', '／', '、', '=', '|', '–', '—'];

impl<'t> Parts<'t> {
    /// Nothing, if it is all one.
    pub fn of(inner: &'t str) -> Option<Self> {
        inner.contains(SEPARATORS).then(|| Self { inner, parts: inner.split(SEPARATORS).collect() })
    }

    /// The parts that could be pinyin and show it, with their numbers.
    pub fn pinyin(&self) -> impl Iterator<Item = (usize, Content<'t>)> {
        let marked = self.parts.iter().enumerate().filter(|(_, part)| has_mark(part));
        marked.filter_map(|(i, part)| Some((i, Content::read(part.trim())?)))
    }

    /// The content without its part `i` and the label before that.
    pub fn without(&self, i: usize) -> String {
        let label =
            |part: &str| matches!(part.trim(), "拼音" | "汉语拼音" | "漢語拼音" | "pinyin" | "Pinyin");
        let first = if i > 0 && label(self.parts[i - 1]) { i - 1 } else { i };
        let start = self.place(first);
        let end = self.place(i) + self.parts[i].len();
        let head = self.inner[..start].trim_end_matches(SEPARATORS).trim();
        let tail = self.inner[end..].trim_start_matches(SEPARATORS).trim();
        let separator =
            if head.is_empty() || tail.is_empty() { None } else { self.inner[end..].chars().next() };
        format!("{head}{}{tail}", separator.map(String::from).unwrap_or_default())
    }

    /// Where part `i` begins.
    fn place(&self, i: usize) -> usize {
        self.parts[i].as_ptr() as usize - self.inner.as_ptr() as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_clearly_pinyin() {
        let clearly = |text| Content::read(text).is_some_and(|content| content.is_clearly_pinyin());
        for text in ["gōngsī", "gong1 si1", "zhuōzi bǐ", "qǐyè", "liǎo"] {
            assert!(clearly(text), "{text}");
        }
        for text in ["Málaga", "gongsi", "AI", "A4", "café", "company", "5月", "", "zhuōzi"] {
            assert!(!clearly(text), "{text}");
        }
    }

    #[test]
    fn a_part_is_taken_out_with_its_label() {
        for (inner, i, expected) in [
            ("gōngsī, company", 0, "company"),
            ("company, gōngsī", 1, "company"),
            ("拼音：gōngsī", 1, ""),
            ("英文：Beijing；拼音：Běijīng", 3, "英文：Beijing"),
            ("拼音：Běijīng；英文：Beijing", 1, "英文：Beijing"),
            ("a、gōngsī、b", 1, "a、b"),
        ] {
            let parts = Parts::of(inner).expect("parts");
            assert_eq!(parts.pinyin().map(|(i, _)| i).collect::<Vec<_>>(), [i], "{inner}");
            assert_eq!(parts.without(i), expected, "{inner}");
        }
        assert!(Parts::of("gōngsī").is_none());
    }
}
