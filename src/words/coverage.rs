//! How much of a text a learner knows, and what it would take to know more of it.
//!
//! Why: a text reads well for study from about 95 % known tokens, and for pleasure from 98 % (Hu & Nation 2000,
//! "Unknown vocabulary density and reading comprehension"; Laufer & Ravenhorst-Kalovski 2010). Tokens are what
//! a reader meets; types are what a learner has to learn. Numbers, dates and letters count for nothing: everyone
//! reads them. Words that the learner ignores are left out on both sides.

use std::collections::BTreeSet;

use super::{Status, WordCount, WordKey};
use crate::dictionary::{Dictionary, Hsk, HskVersion, Meaning};
use crate::hanzi::is_hanzi;
use crate::tokens::Kind;

/// Known, learning and new, of tokens or of types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Known.
    pub known: u32,
    /// Learning.
    pub learning: u32,
    /// New.
    pub new: u32,
}

impl Share {
    /// All three.
    #[must_use]
    pub fn total(self) -> u32 {
        self.known + self.learning + self.new
    }

    /// The known part, 0 to 1; 1 of an empty text.
    #[must_use]
    pub fn coverage(self) -> f64 {
        if self.total() == 0 { 1.0 } else { f64::from(self.known) / f64::from(self.total()) }
    }

    fn add(&mut self, status: Status, count: u32) {
        match status {
            Status::Known => self.known += count,
            Status::Learning => self.learning += count,
            Status::New => self.new += count,
            Status::Ignored => {}
        }
    }
}

/// How much of a text a learner knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coverage {
    /// Running words, without names.
    pub tokens: Share,
    /// Running words, names among them.
    pub tokens_with_names: Share,
    /// Distinct words, without names.
    pub types: Share,
    /// Distinct words, names among them.
    pub types_with_names: Share,
    /// Distinct hanzi, and how many of them stand in a word that is known.
    pub hanzi: (u32, u32),
    /// For 90, 95 and 98 % of the tokens: how many of the words that are not known have to be learned, the
    /// most frequent first.
    pub needed: [(u8, u32); 3],
    /// Distinct words at each level, 1 to 6 and 7–9, then those that the list has not.
    pub hsk: [u32; 8],
    /// Sentences by their share of tokens that are not known, hardest first: index and share, at most five, of
    /// those with four words or more.
    pub hardest: Vec<(u32, f64)>,
}

/// The coverage of a text with these words. `status` says what the learner knows of a word; `version` is the
/// HSK list to count by.
#[must_use]
pub fn coverage(
    words: &[WordCount],
    status: impl Fn(&WordKey) -> Status,
    dictionary: Dictionary,
    version: HskVersion,
) -> Coverage {
    let mut coverage = Coverage::default();
    let mut hanzi = BTreeSet::new();
    let mut hanzi_known = BTreeSet::new();
    let mut unknown_counts = Vec::new();
    let mut sentences: Vec<(u32, u32)> = Vec::new();
    for word in words.iter().filter(|word| is_vocabulary(word.kind) || word.kind.is_name()) {
        let status = status(&word.key);
        coverage.tokens_with_names.add(status, word.count());
        coverage.types_with_names.add(status, 1);
        let letters = word.key.headword.as_str().chars().filter(|&c| is_hanzi(c));
        hanzi.extend(letters.clone());
        if status == Status::Known {
            hanzi_known.extend(letters);
        }
        if word.kind.is_name() || status == Status::Ignored {
            continue;
        }
        coverage.tokens.add(status, word.count());
        coverage.types.add(status, 1);
        coverage.hsk[level_slot(dictionary, &word.key, version)] += 1;
        if status != Status::Known {
            unknown_counts.push(word.count());
        }
        for &(sentence, _) in &word.places {
            let at = sentence as usize;
            if sentences.len() <= at {
                sentences.resize(at + 1, (0, 0));
            }
            sentences[at].0 += 1;
            sentences[at].1 += u32::from(status != Status::Known);
        }
    }
    coverage.hanzi = (
        u32::try_from(hanzi.len()).unwrap_or(u32::MAX),
        u32::try_from(hanzi_known.len()).unwrap_or(u32::MAX),
    );
    unknown_counts.sort_unstable_by(|a, b| b.cmp(a));
    coverage.needed =
        [90, 95, 98].map(|percent| (percent, needed(coverage.tokens, &unknown_counts, percent)));
    coverage.hardest = hardest(&sentences);
    coverage
}

/// Whether a kind is vocabulary: what decks and coverage are about.
#[must_use]
pub fn is_vocabulary(kind: Kind) -> bool {
    matches!(kind, Kind::Word | Kind::Idiom)
}

/// The levels of a word, all its entries with this reading together.
#[must_use]
pub fn hsk(dictionary: Dictionary, key: &WordKey) -> Hsk {
    let Some(word) = dictionary.find(key.headword.as_str()) else { return Hsk::default() };
    let mut entries = word.read_as(key.reading.syllables()).peekable();
    if entries.peek().is_none() {
        return Meaning::of_only_reading(&word).map_or_else(Hsk::default, |meaning| meaning.hsk());
    }
    entries.fold(Hsk::default(), |hsk, entry| hsk.or(entry.hsk))
}

fn level_slot(dictionary: Dictionary, key: &WordKey, version: HskVersion) -> usize {
    hsk(dictionary, key).level(version).map_or(7, |level| usize::from(level.number()) - 1)
}

/// How many of the unknown words, the most frequent first, until `percent` of the tokens are known.
fn needed(tokens: Share, unknown_counts: &[u32], percent: u8) -> u32 {
    let wanted = (u64::from(tokens.total()) * u64::from(percent)).div_ceil(100);
    let mut known = u64::from(tokens.known);
    let mut words = 0;
    for &count in unknown_counts {
        if known >= wanted {
            break;
        }
        known += u64::from(count);
        words += 1;
    }
    words
}

fn hardest(sentences: &[(u32, u32)]) -> Vec<(u32, f64)> {
    let mut hardest: Vec<(u32, f64)> = (0..)
        .zip(sentences)
        .filter(|&(_, &(words, unknown))| words >= 4 && unknown > 0)
        .map(|(index, &(words, unknown))| (index, f64::from(unknown) / f64::from(words)))
        .collect();
    hardest.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    hardest.truncate(5);
    hardest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hanzi::Headword;
    use crate::pinyin::Reading;
    use crate::span::Span;
    use crate::words::Evidence;

    fn word(headword: &str, pinyin: &str, kind: Kind, sentences: &[u32]) -> WordCount {
        let headword = Headword::new(headword).expect("a headword");
        let reading = Reading::parse(headword.as_str(), pinyin).expect("a reading");
        let span = Span::new("字", 0..3).expect("a span");
        WordCount {
            key: WordKey { headword, reading },
            kind,
            evidence: Evidence::Dictionary,
            sure: true,
            proposed: false,
            unsure: std::collections::BTreeSet::new(),
            places: sentences.iter().map(|&s| (s, span)).collect(),
        }
    }

    #[test]
    fn tokens_types_hanzi_and_what_is_needed() {
        let words = [
            word("学生", "xue2 sheng5", Kind::Word, &[0, 0, 1, 1]),
            word("公司", "gong1 si1", Kind::Word, &[0, 1, 1]),
            word("股份", "gu3 fen4", Kind::Word, &[1]),
            word("北京", "bei3 jing1", Kind::Place, &[0]),
            word("三", "san1", Kind::Number, &[0]),
            word("啊", "a5", Kind::Word, &[0]),
        ];
        let status = |key: &WordKey| match key.headword.as_str() {
            "学生" => Status::Known,
            "股份" => Status::Learning,
            "啊" => Status::Ignored,
            _ => Status::New,
        };
        let coverage = coverage(&words, status, Dictionary::embedded(), HskVersion::V2025);
        assert_eq!(coverage.tokens, Share { known: 4, learning: 1, new: 3 });
        assert_eq!(coverage.tokens_with_names, Share { known: 4, learning: 1, new: 4 });
        assert_eq!(coverage.types, Share { known: 1, learning: 1, new: 1 });
        assert_eq!(coverage.hanzi, (9, 2));
        // 7 of 8 tokens are 87.5 %: 公司 alone is not enough for 90 %.
        assert_eq!(coverage.needed, [(90, 2), (95, 2), (98, 2)]);
        assert_eq!(coverage.hsk.iter().sum::<u32>(), 3);
        assert_eq!(coverage.hardest, vec![(1, 0.6)]);
    }
}
