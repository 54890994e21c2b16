//! In which order a deck's notes come.
//!
//! Every rule ends in the same last ones (frequency in the language, headword, reading), so that no two words are
//! ever equal and the order never depends on how they came in.

use super::select;
use super::spec::{Order, Spec};
use crate::dictionary::Dictionary;
use crate::hanzi;
use crate::words::Record;

/// Sorts `words` by the rules of `spec`. `unknown` says how many other new words a word's sentence has.
pub fn sort<W>(
    spec: &Spec,
    words: &mut Vec<W>,
    record: impl Fn(&W) -> &Record,
    unknown: impl Fn(&W) -> usize,
    dictionary: Dictionary,
) {
    let key = |word: &W| {
        let of = record(word);
        let known = dictionary.find(of.key.headword.as_str());
        let rank = known.and_then(|w| w.rank).unwrap_or(u32::MAX);
        let frequency = known.map_or(0, |w| w.frequency);
        let rules: Vec<i64> = spec
            .order
            .iter()
            .map(|rule| match rule {
                Order::MostSeen => -i64::from(of.count),
                Order::HskLevel => {
                    select::hsk(&of.key, dictionary).level(spec.hsk_version).map_or(8, |l| l.number()).into()
                }
                Order::Frequency => rank.into(),
                Order::FirstSeen => of.first_seen.0,
                Order::Teaching => -score(of.count, frequency, unknown(word)),
            })
            .collect();
        (rules, rank, of.key.headword.clone(), of.key.reading.clone(), of.id)
    };
    words.sort_by_cached_key(key);
    if spec.order.contains(&Order::Teaching) {
        parts_first(words, &record);
        // A part that teaches nothing is no reason to begin with it.
        words.sort_by_cached_key(|word| select::is_transparent(record(word), dictionary));
    }
}

/// How much a word is worth learning: often met, frequent in the language (its root, for it spans five orders of
/// magnitude), and readable. Whole numbers, so that every machine sorts alike.
fn score(count: u32, frequency: u32, unknown: usize) -> i64 {
    let worth = i64::from(count) * (1 + i64::from(frequency.isqrt())) * 64;
    worth / (1 + i64::try_from(unknown).unwrap_or(i64::MAX - 1))
}

/// Puts words that others are made of before those: 模型 before 大模型, if it is read alike in it.
fn parts_first<W>(words: &mut Vec<W>, record: &impl Fn(&W) -> &Record) {
    let mut at: Vec<(&str, usize)> =
        words.iter().enumerate().map(|(i, word)| (record(word).key.headword.as_str(), i)).collect();
    at.sort_unstable();
    let mut order: Vec<usize> = Vec::with_capacity(words.len());
    let mut placed = vec![false; words.len()];
    for i in 0..words.len() {
        let mut parts = parts(words, &at, i, record);
        // The shortest first: 大 before 大学 before 大学生.
        parts.sort_by_key(|&part| (record(&words[part]).key.headword.as_str().len(), part));
        for i in parts.into_iter().chain([i]) {
            if !std::mem::replace(&mut placed[i], true) {
                order.push(i);
            }
        }
    }
    let mut taken: Vec<Option<W>> = words.drain(..).map(Some).collect();
    words.extend(order.into_iter().filter_map(|i| taken[i].take()));
}

/// The words of the list that stand in word `i`.
fn parts<W>(words: &[W], at: &[(&str, usize)], i: usize, record: &impl Fn(&W) -> &Record) -> Vec<usize> {
    let whole = &record(&words[i]).key;
    let text = whole.headword.as_str();
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut parts = Vec::new();
    for (n, &start) in ends.iter().enumerate() {
        for &end in &ends[n + 1..] {
            let part = &text[start..end];
            if part.len() == text.len() {
                continue;
            }
            let before = hanzi::count(&text[..start]);
            let syllables =
                whole.reading.syllables().get(before..before + hanzi::count(part)).unwrap_or_default();
            let first = at.partition_point(|&(word, _)| word < part);
            let written_so = at[first..].iter().take_while(|&&(word, _)| word == part).map(|&(_, j)| j);
            parts.extend(written_so.filter(|&j| record(&words[j]).key.reading.syllables() == syllables));
        }
    }
    parts
}

/// Leaves `limit` words that were not given, in order; those that were given all stay.
pub fn cut<W>(words: &mut Vec<W>, limit: u32, given: impl Fn(&W) -> bool) {
    let mut room = limit;
    words.retain(|word| {
        given(word) || {
            let fits = room > 0;
            room = room.saturating_sub(1);
            fits
        }
    });
}

#[cfg(test)]
mod tests {
    use super::super::testing::record;
    use super::super::yaml::parse;
    use super::*;
    use crate::words::Moment;

    fn sorted(order: &str, records: Vec<Record>) -> Vec<String> {
        let spec = parse("x.yaml", &format!("name: x\norder: [{order}]")).expect("a deck");
        let mut words = records;
        sort(
            &spec,
            &mut words,
            |r| r,
            |r| usize::from(r.key.headword.as_str() == "融资"),
            Dictionary::embedded(),
        );
        words.iter().map(|r| r.key.headword.to_string()).collect()
    }

    fn counted(headword: &str, pinyin: &str, count: u32) -> Record {
        Record { count, ..record(headword, pinyin) }
    }

    #[test]
    fn each_rule_orders_and_the_next_settles_a_draw() {
        let words = || {
            vec![
                Record { first_seen: Moment(3), ..counted("发展", "fa1 zhan3", 2) },
                Record { first_seen: Moment(1), ..counted("扎堆", "zha1 dui1", 2) },
                Record { first_seen: Moment(2), ..counted("股份", "gu3 fen4", 5) },
            ]
        };
        assert_eq!(sorted("most-seen", words()), ["股份", "发展", "扎堆"]);
        assert_eq!(sorted("hsk-level", words()), ["发展", "股份", "扎堆"]);
        assert_eq!(sorted("frequency", words()), ["发展", "股份", "扎堆"]);
        assert_eq!(sorted("first-seen", words()), ["扎堆", "股份", "发展"]);
        assert_eq!(sorted("most-seen, first-seen", words()), ["股份", "扎堆", "发展"]);
        let mut reversed = words();
        reversed.reverse();
        assert_eq!(sorted("most-seen", reversed), sorted("most-seen", words()));
    }

    #[test]
    fn a_deck_never_begins_with_what_teaches_nothing() {
        let words = vec![counted("不是", "bu4 shi4", 900), counted("扎堆", "zha1 dui1", 1)];
        assert_eq!(sorted("teaching", words.clone()), ["扎堆", "不是"]);
        assert_eq!(sorted("most-seen", words), ["不是", "扎堆"]);
    }

    #[test]
    fn parts_come_before_the_words_they_make() {
        let words = vec![
            counted("大模型", "da4 mo2 xing2", 100_000),
            counted("融资", "rong2 zi1", 3),
            counted("模型", "mo2 xing2", 1),
            counted("型", "xing1", 1),
        ];
        let order = sorted("teaching", words);
        let place = |word: &str| order.iter().position(|w| w == word).expect("in the list");
        assert!(place("模型") < place("大模型"), "{order:?}");
        assert_eq!(order.len(), 4);
        assert!(place("型") > place("大模型"), "型 xīng is not the 型 of 模型: {order:?}");
    }
}
