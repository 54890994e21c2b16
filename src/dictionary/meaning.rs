//! What a word means when it is read in one way: the entries of that reading, told as one.
//!
//! The reading chooses the entry, so that 长 zhǎng never shows "long". CC-CEDICT lists 发 fā "to send" and 发 fà
//! "hair" apart, but also 後 "after" and 后 "empress", which share a reading and one simplified form: those are
//! one word for a reader, with two traditional forms.

use super::entry::{Entry, MeasureWord, Word};
use super::gloss::is_minor;
use super::hsk::Hsk;
use crate::pinyin::{Syllable, Tone};

/// The entries of a word for one of its readings, never none, the most useful first.
#[derive(Clone, Debug)]
pub struct Meaning<'d> {
    entries: Vec<Entry<'d>>,
}

/// A gloss of more bytes than this explains usage and is no translation.
const LONG: usize = 120;

impl<'d> Meaning<'d> {
    /// What `word` means when read so. A reading that has no entry takes those that differ from it in nothing
    /// but a neutral tone (`dōngxi` for `dōng xī` would be such a pair, if the dictionary had only one of
    /// them); there is no meaning rather than a wrong one.
    #[must_use]
    pub fn of(word: &Word<'d>, syllables: &[Syllable]) -> Option<Self> {
        let mut entries: Vec<Entry<'d>> = word.read_as(syllables).collect();
        if entries.is_empty() {
            entries = word.entries().filter(|entry| nearly(entry.syllables(), syllables)).collect();
            let first: Vec<Syllable> = entries.first()?.syllables().collect();
            entries.retain(|entry| entry.syllables().eq(first.iter().copied()));
        }
        (!entries.is_empty()).then_some(Self { entries })
    }

    /// What it means when nothing tells how it is read, or what tells so is wrong: that of its only reading.
    /// Nothing where it has several.
    #[must_use]
    pub fn of_only_reading(word: &Word<'d>) -> Option<Self> {
        let mut readings = word.readings().into_iter();
        let only = readings.next().filter(|_| readings.next().is_none())?;
        Self::of(word, &only)
    }

    /// What `word` means when read so. A reading that the dictionary lacks, such as one of Taiwan's, is still of the
    /// same word where the dictionary knows but one.
    #[must_use]
    pub fn however_read(word: &Word<'d>, syllables: &[Syllable]) -> Option<Self> {
        Self::of(word, syllables).or_else(|| Self::of_only_reading(word))
    }

    /// The glosses as CC-CEDICT has them, each once; essays on usage (打 has one), surnames, variants and old forms
    /// last.
    #[must_use]
    pub fn glosses(&self) -> Vec<&'d str> {
        let mut glosses: Vec<&'d str> = Vec::new();
        for gloss in self.entries.iter().flat_map(Entry::glosses) {
            if !glosses.contains(&gloss) {
                glosses.push(gloss);
            }
        }
        glosses.sort_by_key(|gloss| (is_minor(gloss), gloss.len() > LONG));
        glosses
    }

    /// Its traditional forms, each once. Those that are only a surname's or a variant's are left out where
    /// there are others.
    #[must_use]
    pub fn traditional(&self) -> Vec<&'d str> {
        let only_minor = self.entries.iter().all(|entry| entry.minor);
        let mut forms: Vec<&'d str> = Vec::new();
        for entry in self.entries.iter().filter(|entry| only_minor || !entry.minor) {
            if !forms.contains(&entry.traditional) {
                forms.push(entry.traditional);
            }
        }
        forms
    }

    /// The measure words that go with it, each once.
    #[must_use]
    pub fn measure_words(&self) -> Vec<MeasureWord<'d>> {
        let mut words: Vec<MeasureWord<'d>> = Vec::new();
        for word in self.entries.iter().flat_map(Entry::measure_words) {
            if !words.contains(&word) {
                words.push(word);
            }
        }
        words
    }

    /// Its levels.
    #[must_use]
    pub fn hsk(&self) -> Hsk {
        self.entries.iter().fold(Hsk::default(), |hsk, entry| hsk.or(entry.hsk))
    }

    /// Whether it is nothing but a name.
    #[must_use]
    pub fn is_proper(&self) -> bool {
        self.entries.iter().all(|entry| entry.proper)
    }
}

/// Whether two readings differ in nothing but neutral tones, or in how the 儿 of erhua is written.
fn nearly(entry: impl ExactSizeIterator<Item = Syllable>, syllables: &[Syllable]) -> bool {
    let er = |s: Syllable| s.is_erhua() || s.base() == "er";
    entry.len() == syllables.len()
        && entry.zip(syllables).all(|(a, &b)| {
            let neutral = a.tone() == Tone::Neutral || b.tone() == Tone::Neutral;
            a == b || a.base() == b.base() && neutral || er(a) && er(b)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;
    use crate::pinyin::parse;

    fn meaning(word: &str, pinyin: &str) -> Option<Meaning<'static>> {
        let word = Dictionary::embedded().find(word).expect("a word of the dictionary");
        let syllables: Vec<Syllable> = pinyin.split(' ').filter_map(parse::syllable).collect();
        Meaning::of(&word, &syllables)
    }

    fn glosses(word: &str, pinyin: &str) -> Vec<&'static str> {
        meaning(word, pinyin).map(|m| m.glosses()).unwrap_or_default()
    }

    #[test]
    fn the_reading_chooses_the_entry() {
        assert!(glosses("长", "zhang3").contains(&"chief"));
        assert!(!glosses("长", "zhang3").contains(&"long"));
        assert!(glosses("长", "chang2").contains(&"long"));
        assert!(glosses("发", "fa4").contains(&"hair"));
    }

    #[test]
    fn a_neutral_tone_finds_its_entry_and_another_reading_finds_none() {
        assert_eq!(glosses("东西", "dong1 xi5")[0], "thing");
        assert_eq!(glosses("东西", "dong1 xi1"), ["east and west"]);
        assert_eq!(glosses("公司", "gong1 si5")[0], "company; firm; corporation");
        assert!(meaning("公司", "gong4 si1").is_none());
        assert!(meaning("长", "chang4").is_none());
    }

    #[test]
    fn entries_of_one_reading_are_one_word() {
        let after = meaning("后", "hou4").expect("a reading of it");
        assert_eq!(after.traditional(), ["後", "后"]);
        let of_after = after.glosses();
        assert_eq!(of_after[0], "back");
        assert!(of_after.contains(&"empress"));
        assert_eq!(of_after.last(), Some(&"surname Hou"));
        assert_eq!(meaning("里", "li3").map(|m| m.traditional()), Some(vec!["里", "裡"]));
        assert_eq!(glosses("年", "nian2")[0], "year");
        assert_eq!(glosses("面", "mian4")[0], "face");
        assert_eq!(glosses("台", "tai2")[0], "platform");
    }
}
