//! Which words of the library enter a deck: those that pass every rule of its file.

use std::collections::BTreeSet;

use super::spec::{Order, Spec};
use super::{Candidate, lists, meaning, order};
use crate::dictionary::{Dictionary, Hsk, HskLevel, HskVersion, Meaning};
use crate::hanzi::Headword;
use crate::words::{Record, WordKey};

/// The words that `spec` asks for, within its limit. `words` are those of the articles that
/// [`Spec::words`] names, which the library knows; everything else is judged here. They need no sentences yet: the
/// library looks those up for the words that are left.
///
/// Where the order is to teach, more than the limit come back (the order then needs the sentences): those that
/// are most frequent, out of which `build` takes the best.
#[must_use]
pub fn select(spec: &Spec, mut words: Vec<Candidate>, dictionary: Dictionary) -> Vec<Candidate> {
    let skip: BTreeSet<Headword> = spec.words.skip.iter().map(|word| simplified(word, dictionary)).collect();
    words.retain(|word| wanted(spec, &skip, &word.record, dictionary));
    if let Some(limit) = spec.limit {
        order::sort(spec, &mut words, |word| &word.record, |_| 0, dictionary);
        let room =
            if spec.order.contains(&Order::Teaching) { limit.saturating_mul(5).max(200) } else { limit };
        order::cut(&mut words, room, Candidate::is_given);
    }
    words
}

fn wanted(spec: &Spec, skip: &BTreeSet<Headword>, record: &Record, dictionary: Dictionary) -> bool {
    let rules = &spec.words;
    rules.status.contains(&record.status)
        && rules.kinds.contains(&record.kind)
        && record.count >= rules.seen
        && !skip.contains(&record.key.headword)
        && !(rules.skip_basic && is_basic(&record.key, dictionary))
        && !(rules.skip_transparent && is_transparent(record, dictionary))
        && !meaning::says_nothing(record, dictionary)
        && rules.hsk.as_ref().is_none_or(|levels| {
            let level = hsk(&record.key, dictionary).level(spec.hsk_version);
            level.map_or(levels.unlisted, |level| levels.levels.contains(&level))
        })
}

fn simplified(word: &Headword, dictionary: Dictionary) -> Headword {
    let found = dictionary.find_any(word.as_str());
    found.and_then(|found| Headword::new(found.simplified).ok()).unwrap_or_else(|| word.clone())
}

/// The levels of a word in its reading.
#[must_use]
pub fn hsk(key: &WordKey, dictionary: Dictionary) -> Hsk {
    let word = dictionary.find(key.headword.as_str());
    word.and_then(|word| Meaning::however_read(&word, key.reading.syllables()))
        .map_or_else(Hsk::default, |m| m.hsk())
}

/// A word of one hanzi that every reader of news knows: HSK 1 in any of the lists, a bare number, a particle.
#[must_use]
pub fn is_basic(key: &WordKey, dictionary: Dictionary) -> bool {
    let mut hanzi = key.headword.as_str().chars();
    let (Some(only), None) = (hanzi.next(), hanzi.next()) else { return false };
    let levels = hsk(key, dictionary);
    let first = HskLevel::new(1);
    HskVersion::ALL.into_iter().any(|version| levels.level(version) == first)
        || NUMBERS.contains(only)
        || PARTICLES.contains(only)
}

/// Whether a word is the sum of words of the first lessons: 不是, 这位, 回家, and what no dictionary has, such as 累活.
#[must_use]
pub fn is_transparent(record: &Record, dictionary: Dictionary) -> bool {
    let word = record.key.headword.as_str();
    let mut hanzi = word.chars();
    let pointed = hanzi.next().is_some_and(|c| lists::POINTERS.contains(c))
        && hanzi.next().is_some_and(|c| lists::UNITS.contains(c))
        && hanzi.next().is_none();
    let easy = |(part, _): &(String, String)| {
        let levels = dictionary.find(part).into_iter().flat_map(|word| word.entries().map(|entry| entry.hsk));
        let level = levels.flat_map(|hsk| HskVersion::ALL.map(|version| hsk.level(version))).flatten().min();
        level.is_some_and(|level| level.number() <= EASY)
    };
    let sum = || record.proposed && meaning::composed(record, dictionary).iter().all(easy);
    pointed || lists::TRANSPARENT.contains(word) || sum()
}

/// Words up to this level, of whichever list, are easy.
const EASY: u8 = 3;

const NUMBERS: &str = "〇零一二两三四五六七八九十百千万亿半几";
const PARTICLES: &str = "的地得了着过吗呢吧啊呀嘛么们是在和与及或也都就不没很这那个年月日";

#[cfg(test)]
mod tests {
    use super::super::Before;
    use super::super::testing::record;
    use super::super::yaml::parse;
    use super::*;
    use crate::tokens::Kind;
    use crate::words::Status;

    fn selected(yaml: &str, records: &[Record], given: &[&str]) -> Vec<String> {
        let spec = parse("x.yaml", &format!("name: x\n{yaml}")).expect("a deck");
        let words = records
            .iter()
            .map(|record| Candidate {
                record: record.clone(),
                examples: Vec::new(),
                before: Before { here: given.contains(&record.key.headword.as_str()), ..Before::default() },
            })
            .collect();
        let chosen = select(&spec, words, Dictionary::embedded());
        let mut words: Vec<String> = chosen.iter().map(|word| word.record.key.headword.to_string()).collect();
        words.sort();
        words
    }

    fn counted(headword: &str, pinyin: &str, count: u32) -> Record {
        Record { count, ..record(headword, pinyin) }
    }

    #[test]
    fn each_rule_leaves_words_out() {
        let records = [
            counted("发展", "fa1 zhan3", 3),
            Record { status: Status::Known, ..counted("股份", "gu3 fen4", 2) },
            Record { kind: Kind::Place, ..counted("硅谷", "gui1 gu3", 2) },
            counted("扎堆", "zha1 dui1", 1),
            counted("三", "san1", 9),
            counted("的", "de5", 9),
        ];
        assert_eq!(selected("words: {skip-basic: true}", &records, &[]), ["发展", "扎堆"]);
        let sums = [
            counted("不是", "bu4 shi4", 9),
            counted("这位", "zhe4 wei4", 1),
            Record { proposed: true, ..counted("累活", "lei4 huo2", 1) },
            Record { proposed: true, ..counted("大模型", "da4 mo2 xing2", 1) },
            counted("发展", "fa1 zhan3", 2),
        ];
        assert_eq!(selected("words: {skip-transparent: true}", &sums, &[]), ["发展", "大模型"]);
        assert_eq!(selected("words: {seen: 1}", &sums, &[]).len(), 5);
        let unknown = [Record { proposed: true, ..counted("行行行", "hang2 hang4 hang1", 1) }];
        assert_eq!(selected("words: {seen: 1}", &unknown, &[]), [""; 0], "a card that says nothing");
        assert_eq!(selected("words: {seen: 2, skip-basic: true}", &records, &[]), ["发展"]);
        assert_eq!(selected("words: {status: known}", &records, &[]), ["股份"]);
        assert_eq!(selected("words: {kinds: place}", &records, &[]), ["硅谷"]);
        assert_eq!(selected("words: {skip: [發展], skip-basic: true}", &records, &[]), ["扎堆"]);
        assert_eq!(selected("words: {hsk: unlisted}", &records, &[]), ["扎堆"]);
        assert!(selected("", &records, &[]).contains(&"的".to_owned()));
    }

    #[test]
    fn the_version_of_hsk_is_the_one_that_was_named() {
        let dictionary = Dictionary::embedded();
        let key = super::super::testing::key("公司", "gong1 si1");
        let level = |version| hsk(&key, dictionary).level(version).map(HskLevel::number);
        let (old, new) = (level(HskVersion::V2015).expect("a level"), level(HskVersion::V2025));
        let records = [counted("公司", "gong1 si1", 1)];
        assert_eq!(selected(&format!("hsk-version: 2015\nwords: {{hsk: {old}}}"), &records, &[]).len(), 1);
        assert_eq!(
            selected(&format!("words: {{hsk: {old}}}"), &records, &[]).len(),
            usize::from(new == Some(old))
        );
    }

    #[test]
    fn words_that_were_given_count_for_no_limit() {
        let records = [
            counted("公司", "gong1 si1", 3),
            counted("股份", "gu3 fen4", 2),
            counted("融资", "rong2 zi1", 1),
        ];
        assert_eq!(selected("limit: 1", &records, &[]), ["公司"]);
        assert_eq!(selected("limit: 1", &records, &["公司"]), ["公司", "股份"]);
        assert_eq!(selected("limit: 1", &records, &["融资"]), ["公司", "融资"]);
    }

    #[test]
    fn basic_words_are_one_hanzi() {
        let basic =
            |word, pinyin| is_basic(&super::super::testing::key(word, pinyin), Dictionary::embedded());
        for (word, pinyin) in
            [("的", "de5"), ("日", "ri4"), ("三", "san1"), ("亿", "yi4"), ("是", "shi4"), ("在", "zai4")]
        {
            assert!(basic(word, pinyin), "{word}");
        }
        assert!(!basic("我们", "wo3 men5"));
        assert!(!basic("股", "gu3"));
    }
}
