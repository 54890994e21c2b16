//! The dictionary's readings of one hanzi, through the word that it stands in.

use super::features::Listed;
use super::sentence::Sentence;
use crate::dictionary::{Dictionary, Syllables, Word};
use crate::pinyin::Syllable;

/// The readings that a word gives to one of its hanzi: none where there is no word.
#[derive(Clone, Copy, Debug, Default)]
pub struct Said {
    readings: [Option<Syllable>; 4],
}

/// The longest word that is looked for around a doubt.
const LONGEST: usize = 4;

impl Said {
    /// By `word`, of its hanzi number `offset`. Entries that are nothing but a variant, an old form or a surname
    /// count only where there is no other.
    #[must_use]
    pub fn by(word: &Word<'_>, offset: usize) -> Self {
        let hanzi = word.simplified.chars().count();
        let main = word.spoken().any(|spoken| !spoken.minor);
        let readings = word.spoken().filter(|spoken| !(main && spoken.minor)).map(|spoken| spoken.syllables);
        Self::among(readings.filter(|syllables| syllables.len() == hanzi), offset)
    }

    /// By these readings of a word, of its hanzi number `offset`.
    pub fn among<'d>(readings: impl Iterator<Item = Syllables<'d>>, offset: usize) -> Self {
        let mut said = Self::default();
        for reading in readings {
            said.add(reading.iter().nth(offset));
        }
        said
    }

    /// By the longest dictionary word in the sentence that covers the character at `at`, wherever tokens end.
    #[must_use]
    pub fn around(dictionary: Dictionary, sentence: &Sentence, at: usize) -> Self {
        for length in (2..=LONGEST).rev() {
            for start in (at + 1).saturating_sub(length)..=at {
                let end = start + length;
                if end > sentence.chars().len() {
                    break;
                }
                if let Some(word) = dictionary.find(sentence.between(start, end)) {
                    return Self::by(&word, at - start);
                }
            }
        }
        Self::default()
    }

    /// By the longest dictionary word that covers the character at `at` and lies inside `bounds`, smaller than these.
    #[must_use]
    pub fn inside(dictionary: Dictionary, sentence: &Sentence, at: usize, bounds: (usize, usize)) -> Self {
        for length in (2..(bounds.1 - bounds.0).min(LONGEST + 1)).rev() {
            for start in (at + 1).saturating_sub(length).max(bounds.0)..=at {
                let end = start + length;
                if end > bounds.1 {
                    break;
                }
                if let Some(word) = dictionary.find(sentence.between(start, end)) {
                    return Self::by(&word, at - start);
                }
            }
        }
        Self::default()
    }

    /// The only reading, if there is just one.
    #[must_use]
    pub fn only(&self) -> Option<Syllable> {
        if self.readings[1].is_none() { self.readings[0] } else { None }
    }

    /// How it stands to one candidate.
    #[must_use]
    pub fn of(&self, candidate: Syllable) -> Listed {
        match (self.readings[0], self.readings[1], self.readings.contains(&Some(candidate))) {
            (None, ..) => Listed::NoWord,
            (_, None, true) => Listed::Only,
            (_, None, false) => Listed::Not,
            (_, Some(_), true) => Listed::Among,
            (_, Some(_), false) => Listed::NotAmong,
        }
    }

    fn add(&mut self, syllable: Option<Syllable>) {
        if syllable.is_none() || self.readings.contains(&syllable) {
            return;
        }
        if let Some(free) = self.readings.iter_mut().find(|slot| slot.is_none()) {
            *free = syllable;
        }
    }
}
