//! A hanzi on its own: what it is commonly read, and what it is as a surname.
//!
//! The last rung of the ladder, for hanzi in which neither a word nor the context leaves a choice. Surnames follow
//! the entries of CC-CEDICT that say "surname"; where those are several, the commonest surname.

use super::context::Model;
use super::lists;
use crate::dictionary::{Dictionary, Word, hanzi_readings};
use crate::pinyin::{Syllable, listed};

/// The commonest reading of a hanzi, and whether it has no other.
#[must_use]
pub fn common(model: Model, dictionary: Dictionary, hanzi: char) -> Option<(Syllable, bool)> {
    if let Some(zero) = listed(lists::ROUND_ZERO, hanzi).next() {
        return Some((zero, true));
    }
    if model.knows(hanzi) {
        return model.common(hanzi).map(|s| (s, false));
    }
    match model.common(hanzi) {
        Some(syllable) => Some((syllable, true)),
        None => hanzi_readings(dictionary, hanzi).first().map(|&s| (s, false)),
    }
}

/// How a hanzi is read as a surname, if it is one.
#[must_use]
pub fn surname(dictionary: Dictionary, hanzi: char) -> Option<Syllable> {
    if let Some(syllable) = listed(lists::SURNAMES, hanzi).next() {
        return Some(syllable);
    }
    let mut buffer = [0; 4];
    let word = dictionary.find(hanzi.encode_utf8(&mut buffer))?;
    surname_entry(&word)
}

fn surname_entry(word: &Word<'_>) -> Option<Syllable> {
    let is_surname = |gloss: &str| gloss.starts_with("surname ");
    word.entries().find(|entry| entry.proper && entry.glosses().any(is_surname))?.syllables().next()
}

/// Whether a person's name is a foreign one in Chinese sounds, so that it begins with no surname: 查尔斯·达尔文, 盖洛普.
#[must_use]
pub fn is_transliteration(name: &str) -> bool {
    let is_sound = |c: char| lists::SOUNDS.contains(c);
    let count = name.chars().count();
    let mut rest = name.chars();
    let rarely = rest.next().is_some_and(|first| {
        count >= 2 && lists::SELDOM_SURNAME_OF_TWO.contains(first)
            || count >= 3 && lists::SELDOM_SURNAME_OF_THREE.contains(first)
    });
    if rarely && rest.all(|c| is_sound(c) || lists::MORE_SOUNDS.contains(c)) {
        return true;
    }
    match count {
        0..=2 => false,
        3 => name.chars().skip(1).all(is_sound),
        _ => name.contains(['·', '•', '・']) || name.chars().skip(2).all(is_sound),
    }
}

/// How a hanzi is read as part of a number: 六 is lù in 六安 and 万 mò in a surname, but not there.
#[must_use]
pub fn numeral(hanzi: char) -> Option<Syllable> {
    listed(lists::IN_NUMBERS, hanzi).next()
}

/// How a hanzi is read as a measure word, where the dictionary has one such reading.
#[must_use]
pub fn measure_word(dictionary: Dictionary, hanzi: char) -> Option<Syllable> {
    let mut buffer = [0; 4];
    let word = dictionary.find(hanzi.encode_utf8(&mut buffer))?;
    let counts = |gloss: &str| gloss.contains("classifier") || gloss.starts_with("(unit of");
    let mut readings = word
        .entries()
        .filter(|entry| entry.glosses().any(counts))
        .filter_map(|entry| entry.syllables().next());
    let first = readings.next()?;
    readings.all(|other: Syllable| other == first).then_some(first)
}

/// Whether `next` is a title, so that a hanzi before it may be a surname.
#[must_use]
pub fn is_title(next: &str) -> bool {
    lists::TITLES.contains(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measure_words_with_one_reading_are_told() {
        let dictionary = Dictionary::embedded();
        for (hanzi, reading) in [
            ('台', Some("tai2")),
            ('口', Some("kou3")),
            ('只', Some("zhi1")),
            ('种', Some("zhong3")),
            ('行', Some("hang2")),
            ('场', None),
            ('的', None),
        ] {
            let found = measure_word(dictionary, hanzi).map(|s| s.to_string());
            assert_eq!(found.as_deref(), reading, "{hanzi}");
        }
    }

    #[test]
    fn foreign_names_begin_with_no_surname() {
        for name in ["查尔斯·达尔文", "盖洛普", "华莱士", "葛兰西", "盖塔诺", "盖博", "查德威克", "柏纳德"]
        {
            assert!(is_transliteration(name), "{name}");
        }
        for name in ["华罗庚", "查良镛", "单田芳", "任达华", "曾丽", "盖叫天"] {
            assert!(!is_transliteration(name), "{name}");
        }
    }

    #[test]
    fn surnames_are_read_as_their_bearers_do() {
        let dictionary = Dictionary::embedded();
        for (hanzi, reading) in [
            ('单', "shan4"),
            ('任', "ren2"),
            ('仇', "qiu2"),
            ('解', "xie4"),
            ('区', "ou1"),
            ('曾', "zeng1"),
            ('盖', "ge3"),
            ('查', "zha1"),
            ('朴', "piao2"),
            ('翟', "zhai2"),
        ] {
            assert_eq!(
                surname(dictionary, hanzi).map(|s| s.to_string()).as_deref(),
                Some(reading),
                "{hanzi}"
            );
        }
        assert_eq!(surname(dictionary, '的'), None);
    }
}
