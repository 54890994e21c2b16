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
    /// Written by us, because CC-CEDICT lacks it: a word (`added.txt`), or a sense of a word (`own.txt`).
    pub ours: bool,
    /// Levels in the three lists.
    pub hsk: Hsk,
    pub(super) capitals: u16,
    pub(super) syllables: Syllables<'d>,
    pub(super) measure_words: Bytes<'d>,
    /// UTF-8; checked when they are asked for, since a reading is asked for far more often.
    pub(super) glosses: &'d [u8],
}

/// How an entry is read, without a look at its texts: asked of nearly every word of every article.
#[derive(Clone, Copy, Debug)]
pub struct Spoken<'d> {
    /// As in [`Entry::proper`].
    pub proper: bool,
    /// As in [`Entry::minor`].
    pub minor: bool,
    /// A syllable for each hanzi.
    pub syllables: Syllables<'d>,
}

/// The syllables of an entry as they lie in the table; equal where they are read alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Syllables<'d>(pub(super) &'d [[u8; 2]]);

impl<'d> Syllables<'d> {
    /// How many there are.
    #[must_use]
    pub fn len(self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// One after another.
    pub fn iter(self) -> impl ExactSizeIterator<Item = Syllable> + use<'d> {
        self.0.iter().map(|&code| {
            Syllable::from_code(u16::from_le_bytes(code))
                .expect("the build writes codes of lawful syllables only")
        })
    }
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

    /// How its entries are read, in their order.
    pub fn spoken(&self) -> impl Iterator<Item = Spoken<'d>> + use<'d> {
        let mut bytes = self.bytes;
        (0..self.entries).map(move |_| bytes.spoken())
    }

    /// Its distinct readings, in the order of the entries.
    #[must_use]
    pub fn readings(&self) -> Vec<Vec<Syllable>> {
        let mut readings: Vec<Vec<Syllable>> = Vec::new();
        for spoken in self.spoken() {
            let syllables: Vec<Syllable> = spoken.syllables.iter().collect();
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
    /// Its syllables as they lie in the table.
    #[must_use]
    pub fn spoken(&self) -> Syllables<'d> {
        self.syllables
    }

    /// A syllable for each hanzi.
    pub fn syllables(&self) -> impl ExactSizeIterator<Item = Syllable> + use<'d> {
        self.syllables.iter()
    }

    /// Whether CC-CEDICT begins a part of the name with the syllable at `place`: both of `Ou1 yang2 Xiu1` but yang2.
    #[must_use]
    pub fn begins_part(&self, place: usize) -> bool {
        place < 16 && self.capitals >> place & 1 == 1
    }

    /// Its glosses as CC-CEDICT has them, with `白飯|白饭[bai2 fan4]` where it names other words.
    pub fn glosses(&self) -> impl Iterator<Item = &'d str> + use<'d> {
        self.text().split(['\n', '\t']).filter(|gloss| !gloss.is_empty())
    }

    /// The same glosses, those together that are synonyms of one sense (`build/synonyms.rs` tells them).
    pub fn senses(&self) -> impl Iterator<Item = impl Iterator<Item = &'d str> + use<'d>> + use<'d> {
        self.text().split('\n').map(|sense| sense.split('\t').filter(|gloss| !gloss.is_empty()))
    }

    fn text(&self) -> &'d str {
        std::str::from_utf8(self.glosses).expect("the build writes UTF-8")
    }

    /// Whether any measure word is listed for it.
    #[must_use]
    pub fn has_measure_words(&self) -> bool {
        let mut bytes = self.measure_words;
        bytes.u8() > 0
    }

    /// The measure words that go with it.
    #[must_use]
    pub fn measure_words(&self) -> Vec<MeasureWord<'d>> {
        let mut bytes = self.measure_words;
        (0..bytes.u8()).map(|_| bytes.measure_word()).collect()
    }
}
