//! Single hanzi: their readings, and their simplified forms.
//!
//! Readings come from the dictionary's one-hanzi words first, then from the crate `pinyin` (the Unihan-based
//! pinyin-data), which knows 40,000 hanzi and every rare reading of them.

use ::pinyin::ToPinyinMulti;

use super::Dictionary;
use crate::pinyin::{Syllable, parse};

/// Every reading that `hanzi` can have, the dictionary's first, without repeats.
#[must_use]
pub fn hanzi_readings(dictionary: Dictionary, hanzi: char) -> Vec<Syllable> {
    let mut readings: Vec<Syllable> = Vec::new();
    let mut buffer = [0; 4];
    let form: &str = hanzi.encode_utf8(&mut buffer);
    let words = [dictionary.find(form), dictionary.find_traditional(form)];
    for entry in words.into_iter().flatten().flat_map(|word| word.entries()) {
        readings.extend(entry.syllables().next());
    }
    if let Some(multi) = hanzi.to_pinyin_multi() {
        readings.extend(multi.into_iter().filter_map(|p| parse::syllable(p.with_tone_num_end())));
    }
    let mut seen: Vec<Syllable> = Vec::with_capacity(readings.len());
    readings.retain(|r| {
        !seen.contains(r) && {
            seen.push(*r);
            true
        }
    });
    readings
}

/// The simplified form of one hanzi, itself where it has no other.
#[must_use]
pub fn simplify(dictionary: Dictionary, hanzi: char) -> char {
    let mut buffer = [0; 4];
    let form: &str = hanzi.encode_utf8(&mut buffer);
    if dictionary.find(form).is_some_and(|word| word.frequency > 0) {
        return hanzi;
    }
    dictionary.find_traditional(form).and_then(|word| word.simplified.chars().next()).unwrap_or(hanzi)
}

/// `text` with each hanzi simplified by itself; nothing where that changes none. For words whose traditional form the
/// dictionary has otherwise: 臺北捷運, which it has as 台北捷運.
#[must_use]
pub fn simplified(dictionary: Dictionary, text: &str) -> Option<String> {
    let simple: String = text.chars().map(|c| simplify(dictionary, c)).collect();
    (simple != text).then_some(simple)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pinyin::write;

    #[test]
    fn the_everyday_readings_come_first() {
        let dictionary = Dictionary::embedded();
        let of = |c| write::spaced(&hanzi_readings(dictionary, c));
        assert!(of('长').starts_with("cháng zhǎng"));
        assert!(of('國').starts_with("guó"));
        assert_eq!(of('A'), "");
    }

    #[test]
    fn a_traditional_hanzi_is_simplified() {
        let dictionary = Dictionary::embedded();
        for (from, to) in [('國', '国'), ('後', '后'), ('中', '中'), ('A', 'A')] {
            assert_eq!(simplify(dictionary, from), to);
        }
        assert_eq!(simplified(dictionary, "臺北捷運").as_deref(), Some("台北捷运"));
        assert_eq!(simplified(dictionary, "台北"), None);
    }
}
