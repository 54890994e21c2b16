//! The compiled dictionary, read where it lies.
//!
//! The layout is described where it is written: `build/table.rs`. The bytes are part of the program, so a
//! wrong offset is a fault of the build and not of any input.

use std::ops::RangeInclusive;

use super::entry::{Entry, MeasureWord, Spoken, Syllables, Word};
use super::hash::fnv1a;
use super::hsk::Hsk;
use super::shadow::{Script, Shadow};

static EMBEDDED: Dictionary =
    Dictionary { bytes: include_bytes!(concat!(env!("OUT_DIR"), "/dictionary.bin")) };

/// A word of this rank may be a traditional form first, and a word of its own second.
const RARE: u32 = 10_000;
/// How many times more frequent the other word is then.
const TIMES: u32 = 100;

/// The dictionary. A handle to bytes; making one costs nothing.
#[derive(Clone, Copy, Debug)]
pub struct Dictionary {
    bytes: &'static [u8],
}

impl Dictionary {
    /// The dictionary that the program carries.
    #[must_use]
    pub fn embedded() -> Self {
        EMBEDDED
    }

    /// How many words it has.
    #[must_use]
    pub fn len(self) -> usize {
        self.number(4)
    }

    /// Whether it has none; it always has some.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The word of this simplified form.
    #[must_use]
    pub fn find(self, simplified: &str) -> Option<Word<'static>> {
        let slots = self.number(8);
        self.probe(16, slots, simplified).map(|place| self.word_at(place))
    }

    /// Whether it has a word of this simplified form.
    #[must_use]
    pub fn has(self, simplified: &str) -> bool {
        self.probe(16, self.number(8), simplified).is_some()
    }

    /// The word of this traditional form, where that differs from the simplified one. Where it is the
    /// traditional form of several words (乾: 干, 乾), the more frequent.
    #[must_use]
    pub fn find_traditional(self, traditional: &str) -> Option<Word<'static>> {
        let (slots, traditional_slots) = (self.number(8), self.number(12));
        let place = self.probe(16 + 4 * slots, traditional_slots, traditional)?;
        let mut record = Bytes(&self.bytes[place..]);
        record.string();
        Some(self.word_at(record.u32() as usize))
    }

    /// The word of this form, simplified or traditional, in whatever spelling. A form that is hardly ever simplified (於, an
    /// interjection and a surname) is the traditional form of the common word: 于.
    #[must_use]
    pub fn find_any(self, form: &str) -> Option<Word<'static>> {
        let word = self.find(form);
        if word.is_some_and(|word| word.rank.is_some_and(|rank| rank < RARE)) {
            return word;
        }
        let common = |other: &Word<'_>| word.is_none_or(|word| other.frequency / TIMES > word.frequency);
        self.find_traditional(form).filter(common).or(word).or_else(|| self.find_shadow(form))
    }

    /// The word of which this is a spelling that no entry has: 臺北捷運, which is there as 台北捷運; 羣眾.
    fn find_shadow(self, form: &str) -> Option<Word<'static>> {
        let shadow = Shadow::within(form, Some(Script::Traditional)).into_simple();
        if shadow == form { None } else { self.find(&shadow) }
    }

    /// All words, in the order of the bytes of their simplified forms.
    pub fn words(self) -> impl Iterator<Item = Word<'static>> {
        self.words_of(0..=usize::MAX)
    }

    /// The words whose simplified form has so many bytes, in the same order. Whoever walks through all words wants few of
    /// them: the others are not looked at.
    pub fn words_of(self, bytes: RangeInclusive<usize>) -> impl Iterator<Item = Word<'static>> {
        let mut rest = Bytes(&self.bytes[16 + 4 * (self.number(8) + self.number(12))..]);
        (0..self.len()).filter_map(move |_| {
            let record = rest;
            let length = usize::from(rest.u8());
            rest.take(length + 8);
            rest.counted();
            bytes.contains(&length).then(|| record.word())
        })
    }

    fn number(self, at: usize) -> usize {
        Bytes(&self.bytes[at..]).u32() as usize
    }

    /// Where the record of `form` stands, by the index of `slots` slots that begins at `index`.
    fn probe(self, index: usize, slots: usize, form: &str) -> Option<usize> {
        let mask = slots - 1;
        let hash = fnv1a(form.as_bytes()) as usize;
        let mut slot = hash & mask;
        loop {
            let found = self.number(index + 4 * slot);
            if found == 0 {
                return None;
            }
            if found >> 24 == hash >> 24 {
                let place = found & 0xFF_FFFF;
                let length = usize::from(self.bytes[place]);
                if self.bytes[place + 1..].get(..length) == Some(form.as_bytes()) {
                    return Some(place);
                }
            }
            slot = (slot + 1) & mask;
        }
    }

    /// The word whose record stands at `place`.
    fn word_at(self, place: usize) -> Word<'static> {
        Bytes(&self.bytes[place..]).word()
    }
}

/// A cursor over the table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bytes<'d>(&'d [u8]);

impl<'d> Bytes<'d> {
    fn take(&mut self, length: usize) -> &'d [u8] {
        let (taken, rest) = self.0.split_at(length);
        self.0 = rest;
        taken
    }

    pub(super) fn u8(&mut self) -> u8 {
        self.take(1)[0]
    }

    fn u32(&mut self) -> u32 {
        let bytes = self.take(4);
        u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
    }

    fn text(&mut self, length: usize) -> &'d str {
        std::str::from_utf8(self.take(length)).expect("the build writes UTF-8")
    }

    fn string(&mut self) -> &'d str {
        let length = usize::from(self.u8());
        self.text(length)
    }

    fn codes(&mut self) -> Syllables<'d> {
        let length = usize::from(self.u8());
        Syllables(self.take(length * 2).as_chunks().0)
    }

    /// How the next entry is read; goes past its texts.
    pub(super) fn spoken(&mut self) -> Spoken<'d> {
        self.skip_string();
        let flags = self.take(4)[0];
        self.take(if flags & 1 == 0 { 0 } else { 2 });
        let syllables = self.codes();
        self.skip_measure_words();
        self.counted();
        Spoken { proper: flags & 1 != 0, minor: flags & 2 != 0, syllables }
    }

    fn skip_measure_words(&mut self) {
        for _ in 0..self.u8() {
            self.skip_string();
            self.skip_string();
            self.codes();
        }
    }

    /// The bytes that follow a count of two bytes.
    fn counted(&mut self) -> &'d [u8] {
        let length = self.take(2);
        self.take(usize::from(u16::from_le_bytes([length[0], length[1]])))
    }

    fn skip_string(&mut self) {
        let length = usize::from(self.u8());
        self.take(length);
    }

    /// The word whose record begins here.
    fn word(mut self) -> Word<'d> {
        let simplified = self.string();
        let (frequency, rank) = (self.u32(), self.u32());
        let mut bytes = Bytes(self.counted());
        let entries = bytes.u8();
        Word { simplified, frequency, rank: (rank > 0).then_some(rank), entries, bytes }
    }

    pub(super) fn entry(&mut self, simplified: &'d str) -> Entry<'d> {
        let traditional = self.string();
        let traditional = if traditional.is_empty() { simplified } else { traditional };
        let flags = self.u8();
        let masks = self.take(3);
        let hsk = Hsk::from_masks([masks[0], masks[1], masks[2]]);
        let capitals = self.take(if flags & 1 == 0 { 0 } else { 2 });
        let capitals = capitals.try_into().map_or(0, u16::from_le_bytes);
        let syllables = self.codes();
        let measure_words = *self;
        self.skip_measure_words();
        let glosses = self.counted();
        Entry {
            traditional,
            proper: flags & 1 != 0,
            minor: flags & 2 != 0,
            ours: flags & 4 != 0,
            capitals,
            hsk,
            syllables,
            measure_words,
            glosses,
        }
    }

    pub(super) fn measure_word(&mut self) -> MeasureWord<'d> {
        let simplified = self.string();
        let traditional = self.string();
        let traditional = if traditional.is_empty() { simplified } else { traditional };
        MeasureWord { simplified, traditional, syllables: self.codes().iter().collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::{HskLevel, HskVersion};
    use crate::pinyin::{Syllable, parse, write};

    fn readings(word: &str) -> Vec<String> {
        let word = Dictionary::embedded().find(word).expect("a word of the dictionary");
        word.readings().iter().map(|r| write::spaced(r)).collect()
    }

    #[test]
    fn words_are_found_by_either_form() {
        let dictionary = Dictionary::embedded();
        assert_eq!(dictionary.find("公司").map(|w| w.simplified), Some("公司"));
        assert_eq!(dictionary.find_any("國家").map(|w| w.simplified), Some("国家"));
        assert_eq!(dictionary.find_traditional("乾").map(|w| w.simplified), Some("干"));
        assert_eq!(dictionary.find_any("於").map(|w| w.simplified), Some("于"));
        assert_eq!(dictionary.find_any("著").map(|w| w.simplified), Some("著"));
        assert!(dictionary.find("不是一个词啊").is_none());
        assert!(dictionary.len() > 115_000);
    }

    #[test]
    fn every_word_can_be_walked_and_found_again() {
        let dictionary = Dictionary::embedded();
        let mut walked = 0;
        for word in dictionary.words() {
            walked += 1;
            assert!(word.entries().count() > 0, "{}", word.simplified);
            for entry in word.entries() {
                assert_eq!(
                    entry.syllables().len(),
                    crate::hanzi::count(word.simplified),
                    "{}",
                    word.simplified
                );
                assert!(entry.measure_words().iter().all(|m| !m.syllables.is_empty()), "{}", word.simplified);
            }
            assert!(dictionary.has(word.simplified), "{}", word.simplified);
        }
        assert_eq!(walked, dictionary.len());
    }

    #[test]
    fn letters_have_no_syllable_and_erhua_is_r() {
        assert_eq!(readings("T恤"), ["xù"]);
        assert_eq!(readings("卡拉OK"), ["kǎ lā"]);
        assert_eq!(readings("哪儿"), ["nǎ r"]);
    }

    #[test]
    fn surnames_and_variants_come_last() {
        let dictionary = Dictionary::embedded();
        let first = |w: &str| {
            let entry = dictionary.find(w).and_then(|w| w.entries().next()).expect("an entry");
            entry.glosses().next().unwrap_or_default().to_owned()
        };
        assert!(first("白").starts_with("white"));
        assert!(first("王").starts_with("king"));
        assert_eq!(readings("着").len(), 4);
    }

    #[test]
    fn levels_measure_words_and_rank() {
        let word = Dictionary::embedded().find("公司").expect("a word");
        let entry = word.entries().next().expect("an entry");
        assert_eq!(entry.hsk.level(HskVersion::V2015), HskLevel::new(2));
        assert_eq!(entry.hsk.level(HskVersion::V2021), HskLevel::new(2));
        assert_eq!(entry.hsk.level(HskVersion::V2025), HskLevel::new(1));
        assert_eq!(entry.measure_words()[0].simplified, "家");
        let of = word.rank.expect("公司 stands in jieba's list");
        assert!(of < 1000, "{of}");
    }

    #[test]
    fn every_list_has_the_words_that_it_should() {
        let levels = |word: &str, pinyin: &str| -> [Option<HskLevel>; 3] {
            let word = Dictionary::embedded().find(word).expect("a word");
            let syllables: Vec<Syllable> = pinyin.split(' ').filter_map(parse::syllable).collect();
            let entry = word.entries().find(|e| e.syllables().eq(syllables.iter().copied()));
            let entry = entry.expect("an entry");
            HskVersion::ALL.map(|version| entry.hsk.level(version))
        };
        let are = |all: [u8; 3]| all.map(HskLevel::new);
        assert_eq!(levels("今天", "jin1 tian1"), are([1, 1, 1]));
        assert_eq!(levels("学生", "xue2 sheng5"), are([1, 1, 1]));
        assert_eq!(levels("中国", "zhong1 guo2"), are([1, 1, 1]));
        assert_eq!(levels("经济", "jing1 ji4"), are([4, 3, 4]));
        // The lists say which reading they mean, but for the oldest.
        assert_eq!(levels("还", "hai2"), are([2, 1, 1]));
        assert_eq!(levels("还", "huan2"), are([2, 1, 3]));
        assert_eq!(levels("长", "zhang3"), are([2, 2, 3]));
        // The list writes the sandhi, yì diǎnr; 2021 has 玩儿 only.
        assert_eq!(levels("一点儿", "yi1 dian3 r5"), are([1, 1, 1]));
        assert_eq!(levels("玩", "wan2"), are([2, 1, 1]));
        // It means 钱 the money, not the surname.
        let money = Dictionary::embedded().find("钱").expect("a word");
        let listed = |e: &crate::dictionary::Entry<'_>| e.hsk.level(HskVersion::V2025).is_some();
        assert_eq!(
            money.entries().map(|e| (e.proper, listed(&e))).collect::<Vec<_>>(),
            [(false, true), (true, false)]
        );
        assert_eq!(levels("不但", "bu4 dan4"), are([3, 2, 3]));
    }
}
