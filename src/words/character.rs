//! A hanzi on its own: what it is commonly read, and what it is as a surname.
//!
//! The last rung of the ladder, for hanzi in which neither a word nor the context leaves a choice. Surnames follow
//! the entries of CC-CEDICT that say "surname"; where those are several, the commonest surname.

use super::context::Model;
use crate::dictionary::{Dictionary, Word, hanzi_readings};
use crate::pinyin::{Syllable, Tone};

/// The commonest reading of a hanzi, and whether it has no other.
#[must_use]
pub fn common(model: Model, dictionary: Dictionary, hanzi: char) -> Option<(Syllable, bool)> {
    if hanzi == '〇' {
        return Syllable::new("ling", Tone::Second).map(|s| (s, true));
    }
    if model.knows(hanzi) {
        return model.common(hanzi).map(|s| (s, false));
    }
    match model.common(hanzi) {
        Some(syllable) => Some((syllable, true)),
        None => hanzi_readings(dictionary, hanzi).first().map(|&s| (s, false)),
    }
}

/// Surnames with two entries in the dictionary: the one that bearers of the name use.
const SEVERAL: [(char, &str, Tone); 9] = [
    ('盖', "ge", Tone::Third),
    ('乐', "yue", Tone::Fourth),
    ('宁', "ning", Tone::Second),
    ('纪', "ji", Tone::Third),
    ('缪', "miao", Tone::Fourth),
    ('翟', "zhai", Tone::Second),
    ('覃', "qin", Tone::Second),
    ('隗', "wei", Tone::Third),
    ('那', "na", Tone::First),
];

/// How a hanzi is read as a surname, if it is one.
#[must_use]
pub fn surname(dictionary: Dictionary, hanzi: char) -> Option<Syllable> {
    if let Some(&(_, base, tone)) = SEVERAL.iter().find(|(c, ..)| *c == hanzi) {
        return Syllable::new(base, tone);
    }
    let mut buffer = [0; 4];
    let word = dictionary.find(hanzi.encode_utf8(&mut buffer))?;
    surname_entry(&word)
}

fn surname_entry(word: &Word<'_>) -> Option<Syllable> {
    let is_surname = |gloss: &str| gloss.starts_with("surname ");
    word.entries().find(|entry| entry.proper && entry.glosses().any(is_surname))?.syllables().next()
}

/// Hanzi that foreign names are written with, at their second and later places.
const SOUNDS: &str = "尔斯克特德普茨兹维夫姆顿森逊利蒂亚拉诺洛罗伊娜莎丝达奇莱士兰西格林恩曼里卡尼巴比勒默丁蒙伦托多贝迪瓦萨丽塔";
/// Those that given names have too. After 盖, 查 and 柏, which are seldom surnames, they are sounds: 盖博, 查文斯.
const MORE_SOUNDS: &str = "威韦纳文博凯朗嘉宾宁图";

/// Whether a person's name is a foreign one in Chinese sounds, so that it begins with no surname: 查尔斯·达尔文, 盖洛普.
#[must_use]
pub fn is_transliteration(name: &str) -> bool {
    let mut rest = name.chars();
    let rarely = match rest.next() {
        Some('盖') => name.chars().count() >= 2,
        Some('查' | '柏') => name.chars().count() >= 3,
        _ => false,
    };
    if rarely && rest.all(|c| SOUNDS.contains(c) || MORE_SOUNDS.contains(c)) {
        return true;
    }
    match name.chars().count() {
        0..=2 => false,
        3 => name.chars().skip(1).all(|c| SOUNDS.contains(c)),
        _ => name.contains(['·', '•', '・']) || name.chars().skip(2).all(|c| SOUNDS.contains(c)),
    }
}

/// How a hanzi is read as part of a number: 六 is lù in 六安 and 万 mò in a surname, but not there.
#[must_use]
pub fn numeral(hanzi: char) -> Option<Syllable> {
    let (base, tone) = match hanzi {
        '一' => ("yi", Tone::First),
        '二' => ("er", Tone::Fourth),
        '三' => ("san", Tone::First),
        '四' => ("si", Tone::Fourth),
        '五' => ("wu", Tone::Third),
        '六' => ("liu", Tone::Fourth),
        '七' => ("qi", Tone::First),
        '八' => ("ba", Tone::First),
        '九' => ("jiu", Tone::Third),
        '十' => ("shi", Tone::Second),
        '百' => ("bai", Tone::Third),
        '千' => ("qian", Tone::First),
        '万' => ("wan", Tone::Fourth),
        '亿' => ("yi", Tone::Fourth),
        '两' => ("liang", Tone::Third),
        '零' | '〇' => ("ling", Tone::Second),
        '余' => ("yu", Tone::Second),
        _ => return None,
    };
    Syllable::new(base, tone)
}

/// How a hanzi is read as a measure word, where the dictionary has one such reading.
#[must_use]
pub fn measure_word(dictionary: Dictionary, hanzi: char) -> Option<Syllable> {
    let mut buffer = [0; 4];
    let word = dictionary.find(hanzi.encode_utf8(&mut buffer))?;
    let counts = |gloss: &str| gloss.contains("classifier") || gloss.starts_with("(unit of");
    let mut readings = word
        .entries()
        .filter(|entry| entry.glosses().any(counts))
        .filter_map(|entry| entry.syllables().next());
    let first = readings.next()?;
    readings.all(|other: Syllable| other == first).then_some(first)
}

/// What follows a surname that stands alone: 单先生, 解老师.
const TITLES: [&str; 24] = [
    "先生", "女士", "小姐", "太太", "老师", "教授", "医生", "大夫", "主任", "经理", "总", "董", "书记",
    "市长", "省长", "部长", "局长", "院长", "校长", "同志", "师傅", "老板", "警官", "姓",
];

/// Whether `next` is a title, so that a hanzi before it may be a surname.
#[must_use]
pub fn is_title(next: &str) -> bool {
    TITLES.contains(&next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measure_words_with_one_reading_are_told() {
        let dictionary = Dictionary::embedded();
        for (hanzi, reading) in [
            ('台', Some("tai2")),
            ('口', Some("kou3")),
            ('只', Some("zhi1")),
            ('种', Some("zhong3")),
            ('行', Some("hang2")),
            ('场', None),
            ('的', None),
        ] {
            let found = measure_word(dictionary, hanzi).map(|s| s.to_string());
            assert_eq!(found.as_deref(), reading, "{hanzi}");
        }
    }

    #[test]
    fn foreign_names_begin_with_no_surname() {
        for name in ["查尔斯·达尔文", "盖洛普", "华莱士", "葛兰西", "盖塔诺", "盖博", "查德威克", "柏纳德"]
        {
            assert!(is_transliteration(name), "{name}");
        }
        for name in ["华罗庚", "查良镛", "单田芳", "任达华", "曾丽", "盖叫天"] {
            assert!(!is_transliteration(name), "{name}");
        }
    }

    #[test]
    fn surnames_are_read_as_their_bearers_do() {
        let dictionary = Dictionary::embedded();
        for (hanzi, reading) in [
            ('单', "shan4"),
            ('任', "ren2"),
            ('仇', "qiu2"),
            ('解', "xie4"),
            ('区', "ou1"),
            ('曾', "zeng1"),
            ('盖', "ge3"),
            ('查', "zha1"),
            ('朴', "piao2"),
            ('翟', "zhai2"),
        ] {
            assert_eq!(
                surname(dictionary, hanzi).map(|s| s.to_string()).as_deref(),
                Some(reading),
                "{hanzi}"
            );
        }
        assert_eq!(surname(dictionary, '的'), None);
    }
}
