//! The meaning of a word in one reading: the entries of that reading, told as one.
//!
//! The reading chooses the entry, so that 长 zhǎng never shows "long". CC-CEDICT lists 发 fā "to send" and 发 fà
//! "hair" apart, but also 後 "after" and 后 "empress", which share a reading and one simplified form: those are
//! one word for a reader, with two traditional forms.

mod first;

use std::cell::OnceCell;

use super::entry::{Entry, MeasureWord, Word};
use super::gloss::{is_figurative, is_marginal, is_minor, outside_brackets};
use super::hsk::Hsk;
use super::reference::{is_reference, is_variant_of, referred, without_variant};
use super::senses;
use crate::pinyin::{Syllable, Tone};

/// The entries of a word for one of its readings, never none, the most useful first.
#[derive(Clone, Debug)]
pub struct Meaning<'d> {
    word: &'d str,
    entries: Vec<Entry<'d>>,
    /// The glosses in order, once they were asked for.
    glosses: OnceCell<Vec<&'d str>>,
}

/// A gloss of more bytes than this explains usage and is no translation.
const LONG: usize = 120;

/// How far references are followed: 妸 to 婀 to 婀娜. More would be a circle.
const DEPTH: usize = 2;

impl<'d> Meaning<'d> {
    /// The meaning of `word` in this reading. A reading that has no entry takes those that differ from it in nothing
    /// but a neutral tone (`dōngxi` for `dōng xī` would be such a pair, if the dictionary had only one of them); there
    /// is no meaning rather than a wrong one.
    #[must_use]
    pub fn of(word: &Word<'d>, syllables: &[Syllable]) -> Option<Self> {
        let mut entries: Vec<Entry<'d>> = word.read_as(syllables).collect();
        if entries.is_empty() {
            entries = word.entries().filter(|entry| nearly(entry.syllables(), syllables)).collect();
            let first: Vec<Syllable> = entries.first()?.syllables().collect();
            entries.retain(|entry| entry.syllables().eq(first.iter().copied()));
        }
        let glosses = OnceCell::new();
        (!entries.is_empty()).then_some(Self { word: word.simplified, entries, glosses })
    }

    /// The meaning in its only reading, for a word whose reading is unknown or wrong; nothing where it has several.
    #[must_use]
    pub fn of_only_reading(word: &Word<'d>) -> Option<Self> {
        let mut readings = word.readings().into_iter();
        let only = readings.next().filter(|_| readings.next().is_none())?;
        Self::of(word, &only)
    }

    /// The meaning of `word` in this reading, or in its only one: a reading that the dictionary lacks, such as one of
    /// Taiwan's, is still of the same word.
    #[must_use]
    pub fn however_read(word: &Word<'d>, syllables: &[Syllable]) -> Option<Self> {
        Self::of(word, syllables).or_else(|| Self::of_only_reading(word))
    }

    /// Whether all of it is in our own words, because CC-CEDICT lacks it.
    #[must_use]
    pub fn is_ours(&self) -> bool {
        self.entries.iter().all(|entry| entry.ours)
    }

    /// Whether one of its glosses is our own.
    #[must_use]
    pub fn is_own(&self, gloss: &str) -> bool {
        self.entries.iter().any(|entry| entry.ours && entry.glosses().any(|own| own == gloss))
    }

    /// This, led by one of its glosses.
    #[must_use]
    pub fn led_by(self, lead: &'d str) -> Self {
        let mut glosses = self.glosses();
        if let Some(at) = glosses.iter().position(|&gloss| gloss == lead) {
            glosses[..=at].rotate_right(1);
        }
        Self { glosses: OnceCell::from(glosses), ..self }
    }

    /// This, led by the meaning of this traditional form: 後 is after, 后 an empress.
    #[must_use]
    pub fn written(self, form: &str) -> Self {
        let so: Vec<&Entry<'d>> = self.entries.iter().filter(|entry| entry.traditional == form).collect();
        let mut glosses = self.glosses();
        glosses.sort_by_key(|gloss| !so.iter().any(|entry| entry.glosses().any(|other| other == *gloss)));
        Self { glosses: OnceCell::from(glosses), ..self }
    }

    /// The traditional form that goes with its leading sense.
    #[must_use]
    pub fn form(&self) -> &'d str {
        let lead = self.glosses().first().copied();
        let with_lead = |entry: &&Entry<'d>| entry.glosses().any(|gloss| Some(gloss) == lead);
        let entry = self.entries.iter().find(with_lead).or(self.entries.first());
        entry.map_or(self.word, |entry| entry.traditional)
    }

    /// The glosses as CC-CEDICT has them, each once, in the order of their use; essays on usage (打 has one),
    /// surnames, variants and old forms last. A word that only refers to another means what that one means.
    #[must_use]
    pub fn glosses(&self) -> Vec<&'d str> {
        self.glosses.get_or_init(|| self.ordered(false, 0)).clone()
    }

    /// The glosses of what the word means inside another one.
    #[must_use]
    pub fn glosses_of_part(&self) -> Vec<&'d str> {
        self.ordered(true, 0)
    }

    fn ordered(&self, part: bool, depth: usize) -> Vec<&'d str> {
        let mut glosses: Vec<&'d str> = Vec::new();
        let common = self.entries.iter().any(|entry| !entry.proper && !entry.minor);
        for entry in &self.entries {
            for gloss in entry.glosses() {
                // 资源 is a county, too, but "see 资源县" says so to nobody.
                let idle = common && entry.proper && is_reference(gloss) || is_variant_of(gloss, self.word);
                if !idle && !glosses.contains(&gloss) {
                    glosses.push(gloss);
                }
            }
        }
        if self.entries.len() > 1 {
            let all = glosses.clone();
            glosses.retain(|gloss| without_variant(gloss).is_none_or(|bare| !all.contains(&bare)));
        }
        let figurative = glosses.iter().any(|gloss| is_figurative(gloss));
        glosses.sort_by_key(|gloss| {
            let literal = figurative && (gloss.starts_with("lit. ") || gloss.starts_with("(lit.)"));
            (is_minor(gloss), is_marginal(gloss), outside_brackets(gloss) > LONG, literal)
        });
        if depth < DEPTH && glosses.first().is_some_and(|gloss| is_minor(gloss)) {
            self.follow(&mut glosses, depth);
        }
        senses::order(self.word, &self.entries, part, &mut glosses);
        glosses
    }

    /// Puts what the words mean that `glosses` refer to before the references.
    fn follow(&self, glosses: &mut Vec<&'d str>, depth: usize) {
        let Some(first) = glosses.iter().position(|gloss| is_reference(gloss)) else { return };
        let mut meant: Vec<&'d str> = Vec::new();
        for other in glosses[first..].iter().filter_map(|gloss| referred(gloss)) {
            let known = |gloss: &&str| !is_minor(gloss) && !meant.contains(gloss) && !glosses.contains(gloss);
            let of_other: Vec<&'d str> = other.ordered(false, depth + 1).into_iter().filter(known).collect();
            meant.extend(of_other);
        }
        glosses.splice(first..first, meant);
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

    /// The measure words that go with it, each once. None where it leads with what is no noun: 分析 takes 个 as
    /// an analysis, and none as "to analyze".
    #[must_use]
    pub fn measure_words(&self) -> Vec<MeasureWord<'d>> {
        let none = self.entries.iter().all(|entry| !entry.has_measure_words());
        if none || self.glosses().first().is_some_and(|gloss| !may_be_noun(gloss)) {
            return Vec::new();
        }
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

/// Words that a gloss begins with which is no noun, though it isn't "to do sth" either.
const NO_NOUNS: [&str; 24] = [
    "to",
    "might",
    "possible",
    "probable",
    "maybe",
    "unexpected",
    "abstract",
    "civilized",
    "according",
    "based",
    "fundamental",
    "nervous",
    "mistaken",
    "fragrant",
    "highly",
    "difficult",
    "loose",
    "dark",
    "classifier",
    "all",
    "very",
    "because",
    "in",
    "by",
];

fn may_be_noun(gloss: &str) -> bool {
    let bare = gloss.strip_prefix('(').and_then(|rest| rest.split_once(") ")).map_or(gloss, |(_, bare)| bare);
    let first = bare.split([' ', ';', ',']).next().unwrap_or_default();
    !NO_NOUNS.contains(&first)
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
        assert_eq!(of_after[0], "after");
        assert!(of_after.contains(&"empress"));
        assert_eq!(of_after.last(), Some(&"surname Hou"));
        assert_eq!(meaning("里", "li3").map(|m| m.traditional()), Some(vec!["里", "裡"]));
        assert_eq!(glosses("年", "nian2")[0], "year");
        assert_eq!(glosses("面", "mian4")[0], "face");
        assert_eq!(glosses("台", "tai2")[0], "platform");
    }

    #[test]
    fn a_word_that_refers_to_another_means_what_that_one_means() {
        let glosses = glosses("纪录", "ji4 lu4");
        assert_eq!(glosses[0], "record (in sports etc)");
        assert!(glosses.last().is_some_and(|gloss| gloss.starts_with("variant of ")));
        assert!(Meaning::of_only_reading(&Dictionary::embedded().find("长").expect("a word")).is_none());
    }

    #[test]
    fn no_county_stands_among_the_senses_of_a_word() {
        assert!(!glosses("资源", "zi1 yuan2").iter().any(|gloss| gloss.starts_with("see ")));
        assert!(glosses("湖北", "hu2 bei3")[0].starts_with("Hubei"));
    }

    #[test]
    fn senses_of_ours_stand_beside_the_dictionary_s() {
        let meaning = meaning("占", "zhan4").expect("a reading of it");
        assert_eq!(meaning.glosses()[0], "to account for (a share)");
        assert!(
            !meaning.is_ours() && meaning.is_own("to account for (a share)") && !meaning.is_own("to take up")
        );
        assert_eq!(meaning.traditional().len(), 1, "that of the dictionary");
    }

    #[test]
    fn only_a_noun_takes_measure_words() {
        let has = |word, pinyin| meaning(word, pinyin).is_some_and(|m| !m.measure_words().is_empty());
        assert!(has("公司", "gong1 si1") && has("收入", "shou1 ru4"));
        assert!(!has("可能", "ke3 neng2") && !has("分析", "fen1 xi1") && !has("经过", "jing1 guo4"));
        let as_noun = meaning("分析", "fen1 xi1").map(|m| m.led_by("analysis"));
        assert!(as_noun.is_some_and(|m| !m.measure_words().is_empty()), "an analysis takes 个");
    }
}
