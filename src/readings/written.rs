//! The readings that a traditional form has: 髮 is fà and 發 fā, where 发 is either.

use smallvec::SmallVec;

use super::place::{Known, Place};
use super::verdict::{Heard, Verdict};
use crate::dictionary::Dictionary;
use crate::pinyin::Syllable;
use crate::words::{Evidence, Rule};

/// The readings that go with the form in which a hanzi is written; none where the form says nothing.
pub fn readings(dictionary: Dictionary, written: char, hanzi: char) -> SmallVec<[Syllable; 4]> {
    let mut readings = SmallVec::new();
    if written == hanzi {
        return readings;
    }
    let (mut form, mut simple) = ([0; 4], [0; 4]);
    let form: &str = written.encode_utf8(&mut form);
    let word = dictionary.find(hanzi.encode_utf8(&mut simple));
    for entry in word.iter().flat_map(|word| word.entries()).filter(|entry| entry.traditional == form) {
        readings.extend(entry.syllables().next().filter(|syllable| !readings.contains(syllable)));
    }
    readings
}

/// The only reading that the form of a hanzi has, in a token that is read hanzi by hanzi.
pub fn written(place: &Place<'_>, said: &Verdict) -> Option<Verdict> {
    if !place.is_spelled() || place.hanzi.iter().all(|known| known.written == known.hanzi) {
        return None;
    }
    let only = |known: &Known| {
        let readings = readings(place.dictionary, known.written, known.hanzi);
        if let [only] = readings[..] { Some(only) } else { None }
    };
    said.with(|i, _| {
        let syllable = only(place.hanzi.get(i)?)?;
        Some(Heard { syllable, sure: true, evidence: Evidence::Context, rule: Rule::Written })
    })
}
