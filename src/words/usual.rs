//! Readings that are a matter of usage: what a word is read nearly always, where the dictionary lists several.
//!
//! Corpora mark no neutral tone, so no model that learned from them tells 东西 dōngxi (thing) from dōngxī (east and
//! west), or 故事 gùshi (story) from gùshì (old practice). The table below says what a reader of news meets; where
//! usage is divided, it says so, and the card is marked. Source: the entries of CC-CEDICT with several readings
//! that differ in the neutral tone alone, gone through one by one, with 现代汉语词典's order of senses in mind.

use crate::dictionary::{Dictionary, Word};
use crate::hanzi::is_hanzi;
use crate::pinyin::{Syllable, Tone, parse};
use crate::tokens::Kind;

/// Words with one everyday reading. No mark is needed.
const USUAL: &[(&str, &str)] = &[
    ("东西", "dong1 xi5"),
    ("好吃", "hao3 chi1"),
    ("好玩", "hao3 wan2"),
    ("花儿", "hua1 r5"),
    ("上头", "shang4 tou5"),
    ("下场", "xia4 chang3"),
    ("下水", "xia4 shui3"),
    ("不是", "bu4 shi4"),
    ("冷战", "leng3 zhan4"),
    ("出来", "chu1 lai2"),
    ("出息", "chu1 xi5"),
    ("口音", "kou3 yin1"),
    ("告诉", "gao4 su5"),
    ("土地", "tu3 di4"),
    ("大夫", "dai4 fu5"),
    ("大方", "da4 fang5"),
    ("大爷", "da4 ye5"),
    ("女人", "nü3 ren2"),
    ("好处", "hao3 chu5"),
    ("妻子", "qi1 zi5"),
    ("媳妇", "xi2 fu5"),
    ("媳妇儿", "xi2 fu5 r5"),
    ("孙子", "sun1 zi5"),
    ("小子", "xiao3 zi5"),
    ("工夫", "gong1 fu5"),
    ("得罪", "de2 zui5"),
    ("狮子", "shi1 zi5"),
    ("单子", "dan1 zi5"),
    ("管子", "guan3 zi5"),
    ("粒子", "li4 zi3"),
    ("金子", "jin1 zi5"),
    ("结实", "jie1 shi5"),
    ("老公", "lao3 gong1"),
    ("裁缝", "cai2 feng5"),
    ("说法", "shuo1 fa5"),
    ("说道", "shuo1 dao4"),
    ("款式", "kuan3 shi4"),
    ("照应", "zhao4 ying5"),
    ("开通", "kai1 tong1"),
    ("故事", "gu4 shi5"),
    ("本事", "ben3 shi5"),
    ("生意", "sheng1 yi5"),
    ("多少", "duo1 shao5"),
    ("起来", "qi3 lai5"),
    ("过去", "guo4 qu4"),
    ("过来", "guo4 lai2"),
    ("便宜", "pian2 yi5"),
    ("利害", "li4 hai4"),
    ("烟火", "yan1 huo3"),
    ("跟前", "gen1 qian2"),
    ("重装", "chong2 zhuang1"),
    ("重读", "chong2 du2"),
    ("这", "zhe4"),
    ("那", "na4"),
    ("哪", "na3"),
    ("谁", "shei2"),
    ("的", "de5"),
];

/// Words that no dictionary has, whose hanzi alone would mislead.
const UNLISTED: &[(&str, &str)] = &[("累活", "lei4 huo2")];

/// Words whose usage is divided: the commoner reading, and a mark.
const DIVIDED: &[(&str, &str)] = &[
    ("人家", "ren2 jia5"),
    ("买卖", "mai3 mai5"),
    ("公道", "gong1 dao4"),
    ("分量", "fen4 liang5"),
    ("地方", "di4 fang5"),
    ("大意", "da4 yi4"),
    ("字号", "zi4 hao4"),
    ("对头", "dui4 tou5"),
    ("把手", "ba3 shou5"),
    ("摆设", "bai3 she5"),
    ("精神", "jing1 shen2"),
    ("铺盖", "pu1 gai5"),
];

/// How a word is read nearly always, where the dictionary lists several readings and the table one.
#[must_use]
pub(super) fn of(headword: &str) -> Option<Vec<Syllable>> {
    find(USUAL, headword)
}

fn find(table: &[(&str, &str)], headword: &str) -> Option<Vec<Syllable>> {
    let pinyin = table.iter().find(|(one, _)| is_same(one, headword))?.1;
    pinyin.split(' ').map(parse::syllable).collect()
}

/// What usage says of a word that was read as `ours`, surely or not: the reading, and whether it is beyond doubt. None where
/// usage has nothing to say. `next` is the token after it.
#[must_use]
pub fn reading(
    dictionary: Dictionary,
    headword: &str,
    word: Option<&Word<'_>>,
    kind: Kind,
    next: Option<&str>,
    (ours, sure): (&[Syllable], bool),
) -> Option<(Vec<Syllable>, bool)> {
    let listed = |table| find(table, headword);
    if headword == "重重" {
        // 困难重重 is layer upon layer; only 重重地 is heavily.
        let pinyin = if next == Some("地") { "zhong4" } else { "chong2" };
        return Some((vec![parse::syllable(pinyin)?; 2], true));
    }
    if let Some(usual) = listed(USUAL).or_else(|| listed(UNLISTED)) {
        return Some((usual, true));
    }
    if let Some(divided) = listed(DIVIDED) {
        return Some((divided, false));
    }
    match (word, ours) {
        (Some(word), &[ours]) => alone(word, ours, sure).map(|(syllable, sure)| (vec![syllable], sure)),
        (None, _) if !kind.is_name() => stressed(dictionary, headword, ours).map(|read| (read, false)),
        _ => None,
    }
}

/// Whether two words are the same. Most of a list begin with another hanzi, which is seen here without a call.
pub(super) fn is_same(a: &str, b: &str) -> bool {
    a.as_bytes().first_chunk::<3>() == b.as_bytes().first_chunk::<3>() && a == b
}

/// A hanzi that is a word of its own: one of the readings that the dictionary has for it as such; if that is only
/// one, there is no doubt. A full tone that the sentence is sure of stands: names and old texts use more (媛 yuán).
fn alone(word: &Word<'_>, ours: Syllable, sure: bool) -> Option<(Syllable, bool)> {
    let mut main = Vec::new();
    let mut name = false;
    for entry in word.entries() {
        let syllable = entry.syllables().next()?;
        if entry.proper {
            name |= syllable == ours;
        } else if !entry.minor && !main.contains(&syllable) {
            main.push(syllable);
        }
    }
    let chosen = sure && ours.tone() != Tone::Neutral && !main.contains(&ours);
    match main[..] {
        _ if chosen => None,
        [only] if only == ours || (!name && ours.tone() == Tone::Neutral) => Some((only, true)),
        // A surname was recognised.
        _ if name && !main.contains(&ours) => None,
        [first, ..] if !main.contains(&ours) => {
            let same_base = main.iter().copied().find(|syllable| syllable.base() == ours.base());
            Some((same_base.unwrap_or(first), false))
        }
        _ => None,
    }
}

/// Hanzi that are unstressed also in words that no dictionary has.
const UNSTRESSED: &str = "的地得了着过们子么吗呢吧啊呀嘛头儿";

/// What no dictionary has is read with full tones: 4月底 dǐ, which is `de` only as an old particle.
fn stressed(dictionary: Dictionary, headword: &str, ours: &[Syllable]) -> Option<Vec<Syllable>> {
    let mut read = ours.to_vec();
    let mut changed = false;
    for (hanzi, syllable) in headword.chars().filter(|&c| is_hanzi(c)).zip(&mut read) {
        if syllable.tone() != Tone::Neutral || UNSTRESSED.contains(hanzi) {
            continue;
        }
        let readings = crate::dictionary::hanzi_readings(dictionary, hanzi);
        let toned = |s: &&Syllable| s.tone() != Tone::Neutral;
        let same_base = readings.iter().filter(toned).find(|s| s.base() == syllable.base());
        if let Some(&full) = same_base.or_else(|| readings.iter().find(toned)) {
            *syllable = full;
            changed = true;
        }
    }
    changed.then_some(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reading_of_the_tables_is_one_of_the_dictionary() {
        let dictionary = Dictionary::embedded();
        for (headword, pinyin) in USUAL.iter().chain(DIVIDED) {
            let syllables: Vec<Syllable> =
                pinyin.split(' ').map(|s| parse::syllable(s).expect("a syllable")).collect();
            let word = dictionary.find(headword).expect("a word of the dictionary");
            assert!(word.read_as(&syllables).next().is_some(), "{headword} {pinyin}");
        }
    }

    #[test]
    fn what_the_dictionary_has_is_not_listed_as_missing() {
        for (headword, _) in UNLISTED {
            assert!(!Dictionary::embedded().has(headword), "{headword}");
        }
    }

    #[test]
    fn a_hanzi_with_one_reading_as_a_word_is_beyond_doubt() {
        let dictionary = Dictionary::embedded();
        for (hanzi, wrong, right) in [("是", "shi5", "shi4"), ("人", "ren5", "ren2"), ("来", "lai5", "lai2")]
        {
            let word = dictionary.find(hanzi).expect("a word");
            let ours = parse::syllable(wrong).expect("a syllable");
            let (read, sure) = reading(dictionary, hanzi, Some(&word), Kind::Word, None, (&[ours], true))
                .expect("a reading");
            assert_eq!((read[0].to_string().as_str(), sure), (right, true), "{hanzi}");
        }
    }

    #[test]
    fn a_measure_or_date_has_full_tones() {
        let ours = ["yue4", "de5"].map(|s| parse::syllable(s).expect("a syllable"));
        let read = reading(Dictionary::embedded(), "4月底", None, Kind::Time, None, (&ours, true))
            .expect("a reading");
        assert_eq!(read.0.iter().map(ToString::to_string).collect::<Vec<_>>(), ["yue4", "di3"]);
    }
}
