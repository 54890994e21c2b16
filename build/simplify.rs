//! Writes which simplified hanzi each traditional one has, from the pairs of CC-CEDICT's own words.
//!
//! Layout, little-endian: u16 for each of U+4E00 to U+9FFF, its simplified form or 0 where it has no other · then
//! as UTF-8, pairs of a hanzi that simplifies in one word and stays in another, and what it mostly becomes (乾干,
//! 著着). The reader is `src/tokens/shadow.rs`.

use std::collections::{BTreeMap, BTreeSet};

use crate::cedict::Word;

const FIRST: u32 = 0x4E00;
const LAST: u32 = 0x9FFF;

pub fn compile(words: &[Word]) -> Vec<u8> {
    // A hanzi of simplified text is never changed there, whatever it is a traditional form of besides (么 of 幺).
    let simplified: BTreeSet<char> =
        words.iter().filter(|w| w.frequency > 0).flat_map(|w| w.simplified.chars()).collect();
    // For each traditional hanzi, how often it becomes which. An old form of a word says nothing of how a text is
    // written today, unless there is no other (妳).
    let mut becomes = pairs(words, false);
    for (from, forms) in pairs(words, true) {
        becomes.entry(from).or_insert(forms);
    }
    let mut table = vec![0_u16; (LAST - FIRST + 1) as usize];
    let mut doubtful = String::new();
    for (from, forms) in becomes {
        let Some((&to, _)) = forms.iter().max_by_key(|(_, count)| **count) else { continue };
        if forms.contains_key(&from) && forms.len() > 1 {
            doubtful.push(from);
            doubtful.push(to);
        } else if to != from && !simplified.contains(&from) {
            table[(u32::from(from) - FIRST) as usize] = u32::from(to) as u16;
        }
    }
    table.iter().flat_map(|form| form.to_le_bytes()).chain(doubtful.bytes()).collect()
}

/// The simplified hanzi of each traditional one, counted in the entries that are minor or in those that are not.
fn pairs(words: &[Word], minor: bool) -> BTreeMap<char, BTreeMap<char, u64>> {
    let mut becomes: BTreeMap<char, BTreeMap<char, u64>> = BTreeMap::new();
    for word in words {
        let entries = word.entries.iter().filter(|entry| entry.minor == minor);
        for entry in entries.filter(|e| e.traditional.chars().count() == word.simplified.chars().count()) {
            for (from, to) in entry.traditional.chars().zip(word.simplified.chars()) {
                if from.len_utf8() == to.len_utf8() && (FIRST..=LAST).contains(&u32::from(from)) {
                    *becomes.entry(from).or_default().entry(to).or_default() += u64::from(word.frequency) + 1;
                }
            }
        }
    }
    becomes
}
