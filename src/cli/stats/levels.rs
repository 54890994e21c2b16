//! How much of an HSK list is known, level by level.
//!
//! A word is a form with a reading, here as everywhere: 长 cháng and 长 zhǎng each have their level.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::dictionary::{Dictionary, Hsk, HskLevel, HskVersion};
use crate::words::{Status, WordKey, hsk};

/// An HSK list.
#[derive(Debug, Serialize)]
pub struct Levels {
    /// The list: 2015, 2021 or 2025.
    pub version: String,
    /// Its levels, the lowest first.
    pub levels: Vec<Level>,
}

/// A level of a list.
#[derive(Debug, Serialize)]
pub struct Level {
    /// `1` to `6`, `7-9`.
    pub level: String,
    /// Words of it that are known.
    pub known: u32,
    /// Words of it that are being learned.
    pub learning: u32,
    /// Words that it has.
    pub total: u32,
}

impl Levels {
    /// What the words of a library come to in one list.
    pub fn of(words: &[(WordKey, Status)], version: HskVersion) -> Self {
        let dictionary = Dictionary::embedded();
        let mut totals: BTreeMap<HskLevel, u32> = BTreeMap::new();
        for word in dictionary.words() {
            // Words without a level are most of them; only the others are worth a closer look.
            if word.entries().all(|entry| entry.hsk.level(version).is_none()) {
                continue;
            }
            for reading in word.readings() {
                let of = word.read_as(&reading).fold(Hsk::default(), |hsk, entry| hsk.or(entry.hsk));
                if let Some(level) = of.level(version) {
                    *totals.entry(level).or_default() += 1;
                }
            }
        }
        let mut counts: BTreeMap<HskLevel, (u32, u32)> = BTreeMap::new();
        for (key, status) in words {
            let Some(level) = hsk(dictionary, key).level(version) else { continue };
            let (known, learning) = counts.entry(level).or_default();
            match status {
                Status::Known => *known += 1,
                Status::Learning => *learning += 1,
                Status::New | Status::Ignored => {}
            }
        }
        let level = |(level, total): (HskLevel, u32)| {
            let (known, learning) = counts.get(&level).copied().unwrap_or_default();
            Level { level: level.to_string(), known, learning, total }
        };
        Self { version: version.to_string(), levels: totals.into_iter().map(level).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hanzi::Headword;
    use crate::pinyin::Reading;

    fn word(hanzi: &str, pinyin: &str, status: Status) -> (WordKey, Status) {
        let headword = Headword::new(hanzi).expect("a headword");
        let reading = Reading::parse(hanzi, pinyin).expect("a reading");
        (WordKey { headword, reading }, status)
    }

    #[test]
    fn known_words_are_never_more_than_there_are() {
        let words = [
            word("学生", "xue2 sheng5", Status::Known),
            word("老师", "lao3 shi1", Status::Learning),
            word("电视", "dian4 shi4", Status::New),
            word("扎克伯格", "zha1 ke4 bo2 ge2", Status::Known),
        ];
        for version in HskVersion::ALL {
            let levels = Levels::of(&words, version).levels;
            assert_eq!(levels.iter().map(|level| level.known).sum::<u32>(), 1, "{version}");
            assert_eq!(levels.iter().map(|level| level.learning).sum::<u32>(), 1, "{version}");
            assert!(levels.iter().all(|level| level.known + level.learning <= level.total));
        }
        assert_eq!(Levels::of(&words, HskVersion::V2015).levels.len(), 6);
        assert_eq!(Levels::of(&words, HskVersion::V2025).levels.len(), 7);
    }
}
