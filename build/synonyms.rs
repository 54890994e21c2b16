//! The glosses of an entry that say one sense in several words.
//!
//! CC-CEDICT parts synonyms by `/` as it parts senses: 表现 is "to show/to show off/to display/…/performance". A card
//! shows a few senses first, so it must know which glosses are one. The dictionary tells itself: two glosses are of one
//! sense where it writes them side by side with `;` in some entry, or has both in several entries. Never glosses of two
//! parts of speech, nor one that begins with a bracket, which says where a sense of its own is used.

use std::collections::HashMap;

use crate::cedict::Word;
use crate::hash::fnv1a;

/// In so many entries both glosses stand.
const ENTRIES: u8 = 2;
/// An entry of more glosses has many senses.
const MANY: usize = 6;
/// A longer gloss is an explanation.
const LONGEST: usize = 40;

pub struct Synonyms {
    /// How many entries have both, or [`ENTRIES`] at once where they are joined by `;`.
    pairs: HashMap<(u32, u32), u8>,
}

impl Synonyms {
    pub fn of(words: &[Word]) -> Self {
        let mut pairs: HashMap<(u32, u32), u8> = HashMap::new();
        let entries = words.iter().flat_map(|word| word.entries.iter().map(move |entry| (word, entry)));
        for (word, entry) in entries.filter(|(_, entry)| !entry.ours) {
            let glosses: Vec<Vec<String>> = entry.glosses.iter().map(|gloss| parts(gloss)).collect();
            // A hanzi alone means many things at once, and its variants say them again.
            let plain = word.simplified.chars().nth(1).is_some() && glosses.len() <= MANY;
            for (at, parts) in glosses.iter().enumerate() {
                for (i, a) in parts.iter().enumerate() {
                    for b in &parts[..i] {
                        pairs.insert(pair(a, b), ENTRIES);
                    }
                    for b in glosses[..at].iter().flatten().filter(|_| plain) {
                        let count = pairs.entry(pair(a, b)).or_default();
                        *count = count.saturating_add(1);
                    }
                }
            }
        }
        Self { pairs }
    }

    /// The glosses of an entry, those of one sense together.
    pub fn senses<'g>(&self, glosses: &'g [String]) -> Vec<Vec<&'g str>> {
        let mut senses: Vec<Vec<&str>> = Vec::new();
        for gloss in glosses {
            let joins = |sense: &&mut Vec<&str>| !gloss.starts_with('(') && self.are_one(sense[0], gloss);
            match senses.iter_mut().find(joins) {
                Some(sense) => sense.push(gloss),
                None => senses.push(vec![gloss]),
            }
        }
        senses
    }

    fn are_one(&self, a: &str, b: &str) -> bool {
        let (a, b) = (parts(a), parts(b));
        let is_verb = |parts: &[String]| parts.first().is_some_and(|part| part.starts_with("to "));
        let joined = |a: &String, b: &String| {
            a == b || self.pairs.get(&pair(a, b)).is_some_and(|&count| count >= ENTRIES)
        };
        is_verb(&a) == is_verb(&b) && a.iter().any(|a| b.iter().any(|b| joined(a, b)))
    }
}

/// The synonyms that a gloss puts side by side, without brackets.
fn parts(gloss: &str) -> Vec<String> {
    let mut bare = String::new();
    let mut depth = 0_usize;
    for c in gloss.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => bare.extend(c.to_lowercase()),
            _ => {}
        }
    }
    let words = |part: &str| part.split_whitespace().collect::<Vec<_>>().join(" ");
    bare.split(';').map(words).filter(|part| !part.is_empty() && part.len() < LONGEST).collect()
}

fn pair(a: &str, b: &str) -> (u32, u32) {
    let (a, b) = (fnv1a(a.as_bytes()), fnv1a(b.as_bytes()));
    (a.min(b), a.max(b))
}
