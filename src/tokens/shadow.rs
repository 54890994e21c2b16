//! A simplified shadow of a traditional text, so that one word list serves both scripts.
//!
//! The shadow has as many bytes, hanzi for hanzi, so what is found in it stands at the same place in the text.
//! Most traditional hanzi have one simplified form. Some simplify in one word and stay in another (乾 in 乾淨 and
//! 乾隆, 著 in 看著 and 著名): the dictionary's word that they stand in decides, and only in a text that has other
//! traditional hanzi, so that a simplified text is left as it is. The table is written by `build/simplify.rs`.

use std::borrow::Cow;

use crate::dictionary::Dictionary;

static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/simplify.bin"));
const FIRST: u32 = 0x4E00;
const FORMS: usize = 0x9FFF - 0x4E00 + 1;

/// The simplified form of a hanzi that is traditional wherever it stands.
fn simple(c: char) -> Option<char> {
    let at = (u32::from(c).wrapping_sub(FIRST) as usize).checked_mul(2).filter(|&at| at < FORMS * 2)?;
    let form = u16::from_le_bytes([BYTES[at], BYTES[at + 1]]);
    if form == 0 { None } else { char::from_u32(form.into()) }
}

/// How many hanzi of a text no simplified text has.
#[must_use]
pub fn traditional(text: &str) -> usize {
    text.chars().filter(|&c| simple(c).is_some()).count()
}

/// What a hanzi mostly becomes that stays in some words.
fn mostly(c: char) -> Option<char> {
    let pairs = std::str::from_utf8(&BYTES[FORMS * 2..]).unwrap_or_default();
    let mut pairs = pairs.chars();
    while let (Some(from), Some(to)) = (pairs.next(), pairs.next()) {
        if from == c {
            return Some(to);
        }
    }
    None
}

/// `text` with its traditional hanzi simplified; byte for byte as long.
pub(super) fn of(text: &str, dictionary: Dictionary) -> Cow<'_, str> {
    if !text.chars().any(|c| simple(c).is_some()) {
        return Cow::Borrowed(text);
    }
    let chars: Vec<char> = text.chars().collect();
    let shadow = chars.iter().enumerate().map(|(i, &c)| {
        simple(c)
            .or_else(|| mostly(c).map(|most| in_word(&chars, i, dictionary).unwrap_or(most)))
            .filter(|form| form.len_utf8() == c.len_utf8())
            .unwrap_or(c)
    });
    Cow::Owned(shadow.collect())
}

/// What hanzi `i` becomes in the longest word of the dictionary that it stands in.
fn in_word(chars: &[char], i: usize, dictionary: Dictionary) -> Option<char> {
    (2..=4).rev().find_map(|length| {
        (0..length).find_map(|place| {
            let start = i.checked_sub(place)?;
            let word: String = chars.get(start..start + length)?.iter().collect();
            let found = dictionary.find_traditional(&word).or_else(|| dictionary.find(&word))?;
            found.simplified.chars().nth(place)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_hanzi_is_simplified_by_the_word_that_it_stands_in() {
        for (text, shadow) in [
            ("中國的後面有隻貓", "中国的后面有只猫"),
            ("他看著乾淨的頭髮", "他看着干净的头发"),
            ("著名的乾隆皇帝發展經濟", "著名的乾隆皇帝发展经济"),
            ("他們瞭解這裡的情況", "他们了解这里的情况"),
            ("这本著作很有名，乾坤", "这本著作很有名，乾坤"),
            ("plain text", "plain text"),
        ] {
            assert_eq!(of(text, Dictionary::embedded()), shadow);
            assert_eq!(of(text, Dictionary::embedded()).len(), text.len());
        }
    }
}
