//! The hint on the front of cards that tells apart two words written alike.
//!
//! 长 cháng and 长 zhǎng are two notes with one front. The hint is what a Chinese speaker would say: "长 as in
//! 市长"; it names the reading without spelling it. Where no word serves, the article's sentence does.

use std::collections::{BTreeMap, HashMap, HashSet};

use foldhash::fast::RandomState;

use crate::dictionary::{Dictionary, Word};
use crate::hanzi::is_hanzi;
use crate::pinyin::Syllable;
use crate::words::WordKey;

/// For a hanzi read in one way, the most frequent word of two hanzi that has it in that reading and can't be
/// read otherwise itself.
#[derive(Debug, Default)]
pub struct Contexts(BTreeMap<(char, Syllable), &'static str>);

/// Words that tell a hanzi better than the most frequent one: 将 is mostly "will", and that is not in 将军.
const BETTER: [(char, &str); 8] = [
    ('将', "将来"),
    ('便', "便是"),
    ('应', "应该"),
    ('更', "更加"),
    ('称', "称为"),
    ('只', "只有"),
    ('令', "令人"),
    ('省', "省份"),
];

impl Contexts {
    /// The words for the hanzi among `keys` that stand alone.
    #[must_use]
    pub fn of<'k>(keys: impl Iterator<Item = &'k WordKey>, dictionary: Dictionary) -> Self {
        let wanted: HashSet<char, RandomState> =
            keys.filter_map(|key| single(key.headword.as_str())).collect();
        let mut best: HashMap<(char, Syllable), (u32, &'static str), RandomState> = HashMap::default();
        if wanted.is_empty() {
            return Self::default();
        }
        // Two hanzi are six bytes, or eight where they are rare.
        for word in dictionary.words_of(6..=8).filter(|word| word.frequency > 0) {
            let mut hanzi = word.simplified.chars();
            let (Some(a), Some(b), None) = (hanzi.next(), hanzi.next(), hanzi.next()) else { continue };
            if a == b || !(wanted.contains(&a) || wanted.contains(&b)) || !(is_hanzi(a) && is_hanzi(b)) {
                continue;
            }
            let Some(syllables) = only_reading(&word) else { continue };
            for (c, syllable) in [a, b].into_iter().zip(syllables) {
                let candidate = (word.frequency, word.simplified);
                if wanted.contains(&c) && best.get(&(c, syllable)).is_none_or(|&known| known < candidate) {
                    best.insert((c, syllable), candidate);
                }
            }
        }
        for (c, form) in BETTER.into_iter().filter(|(c, _)| wanted.contains(c)) {
            let Some(word) = dictionary.find(form) else { continue };
            let syllables = only_reading(&word).unwrap_or_default();
            let place = form.chars().position(|other| other == c);
            if let Some(&syllable) = place.and_then(|at| syllables.get(at)) {
                best.insert((c, syllable), (u32::MAX, word.simplified));
            }
        }
        Self(best.into_iter().map(|(key, (_, word))| (key, word)).collect())
    }

    /// The word that tells how a lone hanzi is read.
    #[must_use]
    pub fn word(&self, key: &WordKey) -> Option<&'static str> {
        let hanzi = single(key.headword.as_str())?;
        self.0.get(&(hanzi, *key.reading.syllables().first()?)).copied()
    }
}

/// Whether the dictionary has another reading for the word that a learner will meet.
#[must_use]
pub fn has_other_readings(key: &WordKey, dictionary: Dictionary) -> bool {
    dictionary.find(key.headword.as_str()).is_some_and(|word| {
        let lively = word.entries().filter(|entry| !entry.minor && !entry.proper);
        lively.into_iter().any(|entry| !entry.syllables().eq(key.reading.syllables().iter().copied()))
    })
}

/// Whether a word is one hanzi and nothing else.
#[must_use]
pub fn is_lone_hanzi(key: &WordKey) -> bool {
    single(key.headword.as_str()).is_some()
}

fn single(headword: &str) -> Option<char> {
    let mut chars = headword.chars();
    chars.next().filter(|&c| is_hanzi(c) && chars.next().is_none())
}

/// The reading of a word that has one, and is no name.
fn only_reading(word: &Word<'static>) -> Option<Vec<Syllable>> {
    let mut entries = word.entries();
    let first = entries.next().filter(|entry| !entry.proper && !entry.minor)?;
    let same = entries.all(|entry| entry.syllables().eq(first.syllables()));
    same.then(|| first.syllables().collect())
}

#[cfg(test)]
mod tests {
    use super::super::testing::key;
    use super::*;

    #[test]
    fn a_lone_hanzi_is_told_by_a_word() {
        let dictionary = Dictionary::embedded();
        let keys = [
            key("长", "chang2"),
            key("长", "zhang3"),
            key("行", "hang2"),
            key("行", "xing2"),
            key("公司", "gong1 si1"),
        ];
        let contexts = Contexts::of(keys.iter(), dictionary);
        let words: Vec<_> = keys.iter().map(|key| contexts.word(key)).collect();
        for (word, syllable) in words.iter().zip(["chang2", "zhang3", "hang2", "xing2"]) {
            let word = dictionary.find(word.expect("a word")).expect("a word of the dictionary");
            assert!(word.readings()[0].iter().any(|s| s.to_string() == syllable), "{}", word.simplified);
        }
        assert_eq!(words[4], None);
        assert_ne!(words[0], words[1]);
    }

    #[test]
    fn the_better_words_are_known_and_read_in_one_way() {
        let dictionary = Dictionary::embedded();
        for (c, form) in BETTER {
            let word = dictionary.find(form).expect("a word of the dictionary");
            let reading = only_reading(&word).expect("one reading");
            let at = form.chars().position(|other| other == c).expect("the hanzi is in its word");
            let key = key(&c.to_string(), &reading[at].to_string());
            let contexts = Contexts::of(std::iter::once(&key), dictionary);
            assert_eq!(contexts.word(&key), Some(form), "{c}");
        }
    }

    #[test]
    fn only_lively_readings_count() {
        let other = |word, pinyin| has_other_readings(&key(word, pinyin), Dictionary::embedded());
        assert!(other("长", "chang2"));
        assert!(other("东西", "dong1 xi5"));
        assert!(!other("公司", "gong1 si1"));
        assert!(!other("不是词吧", "bu4 shi4 ci2 ba5"));
    }
}
