//! Writes the compiled dictionary: an index by hash, then records that are read in place.
//!
//! All integers are little-endian. The reader, with the same layout, is `src/dictionary/table.rs`.
//!
//! ```text
//! magic "SCD3" · u32 words · u32 slots of the simplified index · u32 slots of the traditional index
//! u32 × slots   simplified index (open addressing, FNV-1a): where the record stands in 24 bits, above them the upper 8 of
//!   the hash, so that hardly a record is opened in vain; 0 for an empty slot
//! u32 × slots   traditional index, for forms that differ from the simplified one
//! records       u8 length + simplified · u32 frequency · u32 rank · u16 bytes of what follows · u8 entries, then for each:
//!   u8 length + traditional (0: as simplified) · u8 flags (1 proper, 2 minor, 4 ours) · 3 × u8 HSK masks · u16 capitals
//!   (of a name: which syllables have one) · u8 syllables × u16 code · u8 measure words (form, form, syllables each) · u16 length + senses by \n, the glosses of
//!   one sense by \t
//! ```
//!
//! A traditional form points at its record through a small one: u8 length + traditional · u32 record.

use std::collections::BTreeMap;

use crate::cedict::Word;
use crate::hash::fnv1a;
use crate::syllable::Syllable;
use crate::synonyms::Synonyms;

pub fn compile(words: &[Word]) -> Vec<u8> {
    let mut traditional: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, word) in words.iter().enumerate() {
        let written = word.entries.iter().map(|entry| &entry.traditional).chain(&word.variants);
        for form in written.filter(|form| **form != word.simplified) {
            let of = traditional.entry(form).or_default();
            if !of.contains(&i) {
                of.push(i);
            }
        }
    }
    let slots = (words.len() * 2).next_power_of_two();
    let traditional_slots = (traditional.len() * 2).next_power_of_two();
    let header = 16 + 4 * (slots + traditional_slots);

    let synonyms = Synonyms::of(words);
    let mut records = Vec::new();
    let mut places = Vec::with_capacity(words.len());
    for word in words {
        places.push(offset(header + records.len()));
        write_word(&mut records, word, &synonyms);
    }
    let mut index = vec![0_u32; slots];
    for (word, &place) in words.iter().zip(&places) {
        insert(&mut index, &word.simplified, place);
    }
    let mut traditional_index = vec![0_u32; traditional_slots];
    for (form, of) in &traditional {
        // Where a traditional form has several simplified ones (乾: 干, 乾), the more frequent word is meant.
        let Some(&word) = of.iter().max_by_key(|&&i| words[i].frequency) else { continue };
        let place = offset(header + records.len());
        string(&mut records, form);
        records.extend(places[word].to_le_bytes());
        insert(&mut traditional_index, form, place);
    }

    let mut out = b"SCD3".to_vec();
    for number in [offset(words.len()), offset(slots), offset(traditional_slots)] {
        out.extend(number.to_le_bytes());
    }
    for slot in index.iter().chain(&traditional_index) {
        out.extend(slot.to_le_bytes());
    }
    out.extend(records);
    out
}

fn write_word(out: &mut Vec<u8>, word: &Word, synonyms: &Synonyms) {
    string(out, &word.simplified);
    out.extend(word.frequency.to_le_bytes());
    out.extend(word.rank.to_le_bytes());
    let at = out.len();
    out.extend([0, 0]);
    out.push(byte(word.entries.len()));
    for entry in &word.entries {
        string(out, if entry.traditional == word.simplified { "" } else { &entry.traditional });
        out.push(u8::from(entry.proper) | u8::from(entry.minor) << 1 | u8::from(entry.ours) << 2);
        out.extend(entry.hsk);
        if entry.proper {
            out.extend(entry.capitals.to_le_bytes());
        }
        syllables(out, &entry.syllables);
        out.push(byte(entry.measure_words.len()));
        for measure in &entry.measure_words {
            string(out, &measure.simplified);
            string(out, if measure.traditional == measure.simplified { "" } else { &measure.traditional });
            syllables(out, &measure.syllables);
        }
        let senses = synonyms.senses(&entry.glosses).into_iter().map(|sense| sense.join("\t"));
        let glosses = senses.collect::<Vec<_>>().join("\n");
        let length = u16::try_from(glosses.len()).expect("CC-CEDICT has no entry over 64 KB");
        out.extend(length.to_le_bytes());
        out.extend(glosses.as_bytes());
    }
    let length = u16::try_from(out.len() - at - 2).expect("CC-CEDICT has no word over 64 KB");
    out[at..at + 2].copy_from_slice(&length.to_le_bytes());
}

fn insert(index: &mut [u32], form: &str, place: u32) {
    let mask = index.len() - 1;
    let hash = fnv1a(form.as_bytes());
    let mut slot = hash as usize & mask;
    while index[slot] != 0 {
        slot = (slot + 1) & mask;
    }
    assert!(place >> 24 == 0, "the index has 24 bits for a place: the dictionary is over 16 MB");
    index[slot] = hash >> 24 << 24 | place;
}

fn string(out: &mut Vec<u8>, text: &str) {
    out.push(byte(text.len()));
    out.extend(text.as_bytes());
}

fn syllables(out: &mut Vec<u8>, syllables: &[Syllable]) {
    out.push(byte(syllables.len()));
    for syllable in syllables {
        out.extend(syllable.code().to_le_bytes());
    }
}

fn byte(length: usize) -> u8 {
    u8::try_from(length).expect("CC-CEDICT has no word of over 255 bytes")
}

fn offset(length: usize) -> u32 {
    u32::try_from(length).expect("the dictionary is far under 4 GB")
}
