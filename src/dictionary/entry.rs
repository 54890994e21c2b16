//! A word of the dictionary and its entries, as views of the compiled table.

use super::hsk::Hsk;
use super::table::Bytes;
use crate::pinyin::Syllable;

/// A word: all entries that share one simplified form, in a learner's order (surnames, variants and old forms
/// last).
#[derive(Clone, Copy, Debug)]
pub struct Word<'d> {
    /// The simplified form.
    pub simplified: &'d str,
    /// Occurrences in the corpus that jieba's list was counted on; 0 where it has none.
    pub frequency: u32,
    /// The place in that list among the dictionary's words, 1 for the most frequent.
    pub rank: Option<u32>,
    pub(super) entries: u8,
    pub(super) bytes: Bytes<'d>,
}

/// One entry of CC-CEDICT, or of what we added to it.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'d> {
    /// The traditional form.
    pub traditional: &'d str,
    /// Written with a capital in CC-CEDICT: a person, a place, an organisation, a surname.
    pub proper: bool,
    /// Nothing but a surname, a variant or an old form.
    pub minor: bool,
    /// Written by us, because CC-CEDICT lacks it (`added.txt`).
    pub ours: bool,
    /// Levels in the three lists.
    pub hsk: Hsk,
    pub(super) syllables: &'d [u8],
    pub(super) measure_words: (u8, Bytes<'d>),
    /// UTF-8; checked when they are asked for, since a reading is asked for far more often.
    pub(super) glosses: &'d [u8],
}

/// A measure word (classifier) that goes with a noun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasureWord<'d> {
    /// Simplified form.
    pub simplified: &'d str,
    /// Traditional form.
    pub traditional: &'d str,
    /// A syllable for each hanzi.
    pub syllables: Vec<Syllable>,
}

impl<'d> Word<'d> {
    /// Its entries, the ones that a learner wants first.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'d>> + use<'d> {
        let simplified = self.simplified;
        let mut bytes = self.bytes;
        (0..self.entries).map(move |_| bytes.entry(simplified))
    }

    /// Its distinct readings, in the order of the entries.
    #[must_use]
    pub fn readings(&self) -> Vec<Vec<Syllable>> {
        let mut readings: Vec<Vec<Syllable>> = Vec::new();
        for entry in self.entries() {
            let syllables: Vec<Syllable> = entry.syllables().collect();
            if !readings.contains(&syllables) {
                readings.push(syllables);
            }
        }
        readings
    }

    /// The entries that are read so.
    pub fn read_as(&self, syllables: &[Syllable]) -> impl Iterator<Item = Entry<'d>> {
        self.entries().filter(move |entry| entry.syllables().eq(syllables.iter().copied()))
    }
}

impl<'d> Entry<'d> {
    /// A syllable for each hanzi.
    pub fn syllables(&self) -> impl ExactSizeIterator<Item = Syllable> + use<'d> {
        self.syllables.chunks_exact(2).map(|code| {
            Syllable::from_code(u16::from_le_bytes([code[0], code[1]]))
                .expect("the build writes codes of lawful syllables only")
        })
    }

    /// Its glosses as CC-CEDICT has them, with `白飯|白饭[bai2 fan4]` where it names other words.
    pub fn glosses(&self) -> impl Iterator<Item = &'d str> + use<'d> {
        std::str::from_utf8(self.glosses)
            .expect("the build writes UTF-8")
            .split('\n')
            .filter(|gloss| !gloss.is_empty())
    }

    /// The measure words that go with it.
    #[must_use]
    pub fn measure_words(&self) -> Vec<MeasureWord<'d>> {
        let (count, mut bytes) = self.measure_words;
        (0..count).map(|_| bytes.measure_word()).collect()
    }
}
