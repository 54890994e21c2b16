//! How much of an HSK list is known, level by level.
//!
//! A word is a form with a reading, here as everywhere: 长 cháng and 长 zhǎng each have their level.

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
    /// The words of a library, counted by the levels of some lists. One walk through the dictionary serves them all.
    pub fn of<const N: usize>(words: &[(WordKey, Status)], versions: [HskVersion; N]) -> [Self; N] {
        let dictionary = Dictionary::embedded();
        let mut counts = [[Count::default(); LEVELS]; N];
        let mut each_level = |hsk: Hsk, tell: &dyn Fn(&mut Count)| {
            for (counts, &version) in counts.iter_mut().zip(&versions) {
                if let Some(level) = hsk.level(version) {
                    tell(&mut counts[usize::from(level.number()) - 1]);
                }
            }
        };
        for word in dictionary.words() {
            // Words without a level are most of them; only the others are worth a closer look.
            if word.entries().all(|entry| entry.hsk == Hsk::default()) {
                continue;
            }
            for reading in word.readings() {
                let of = word.read_as(&reading).fold(Hsk::default(), |hsk, entry| hsk.or(entry.hsk));
                each_level(of, &|count| count.total += 1);
            }
        }
        for (key, status) in words {
            let of = hsk(dictionary, key);
            match status {
                Status::Known => each_level(of, &|count| count.known += 1),
                Status::Learning => each_level(of, &|count| count.learning += 1),
                Status::New | Status::Ignored => {}
            }
        }
        let mut lists = versions.iter().zip(counts).map(|(version, counts)| {
            let named = (1..).filter_map(HskLevel::new).zip(counts);
            let level = |(level, count): (HskLevel, Count)| Level {
                level: level.to_string(),
                known: count.known,
                learning: count.learning,
                total: count.total,
            };
            let levels = named.filter(|(_, count)| count.total > 0).map(level).collect();
            Self { version: version.to_string(), levels }
        });
        std::array::from_fn(|_| lists.next().expect("there is a list for each version"))
    }
}

/// 1 to 6, and 7–9 as one.
const LEVELS: usize = 7;

/// The words of a level.
#[derive(Clone, Copy, Default)]
struct Count {
    known: u32,
    learning: u32,
    total: u32,
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
        let lists = Levels::of(&words, HskVersion::ALL);
        for Levels { version, levels } in &lists {
            assert_eq!(levels.iter().map(|level| level.known).sum::<u32>(), 1, "{version}");
            assert_eq!(levels.iter().map(|level| level.learning).sum::<u32>(), 1, "{version}");
            assert!(levels.iter().all(|level| level.known + level.learning <= level.total));
        }
        assert_eq!(lists.map(|list| list.levels.len()), [6, 7, 7]);
        assert_eq!(Levels::of(&words, [HskVersion::V2021])[0].version, "2021");
    }
}
