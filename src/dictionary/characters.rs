//! The readings of single hanzi: the dictionary's one-hanzi words first, then the crate `pinyin` (the Unihan-based
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
}
