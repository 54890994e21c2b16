//! Tones as they are said in a row, from citation tones: what people may write in brackets, though a reading is one thing
//! whatever follows it (一个 is yī gè, and yí gè is lifted as that). Rules: 现代汉语词典, notes on 一 and 不; 黄伯荣, 廖序东, 现代汉语,
//! on third tones. A run of more than two third tones is said in groups that only syntax tells; all but the
//! last rise, which is right in quick speech for any grouping.

use shengci::hanzi::is_hanzi;
use shengci::pinyin::{Syllable, Tone};

/// The syllables as they are said. `text` has one hanzi for each of them; where it hasn't, nothing changes.
pub fn spoken(text: &str, syllables: &[Syllable]) -> Vec<Syllable> {
    let hanzi: Vec<char> = text.chars().filter(|&c| is_hanzi(c)).collect();
    if hanzi.len() != syllables.len() {
        return syllables.to_vec();
    }
    (0..hanzi.len()).map(|i| syllables[i].with_tone(tone(&hanzi, syllables, i))).collect()
}

fn tone(hanzi: &[char], syllables: &[Syllable], i: usize) -> Tone {
    let own = syllables[i].tone();
    let before = i.checked_sub(1).map(|b| hanzi[b]);
    let Some(&next) = syllables.get(i + 1) else { return own };
    let next_hanzi = hanzi[i + 1];
    match (hanzi[i], own) {
        ('一', Tone::First) if !is_counted(before, next_hanzi) => match said_as(next_hanzi, next) {
            Tone::Fourth => Tone::Second,
            Tone::Neutral => own,
            _ => Tone::Fourth,
        },
        // 看一看, 试一试: unstressed between the two.
        ('一', Tone::First) if before == Some(next_hanzi) => Tone::Neutral,
        ('不', Tone::Fourth) if before == Some(next_hanzi) => Tone::Neutral,
        ('不', Tone::Fourth) if said_as(next_hanzi, next) == Tone::Fourth => Tone::Second,
        (_, Tone::Third) if next.tone() == Tone::Third => Tone::Second,
        _ => own,
    }
}

/// 个 is neutral in 一个 but still pulls 一 up: yí ge.
fn said_as(hanzi: char, syllable: Syllable) -> Tone {
    if hanzi == '个' || hanzi == '個' { Tone::Fourth } else { syllable.tone() }
}

/// Whether 一 is a number in a row or an ordinal, and so keeps its tone: 第一, 十一, 一月, 一九四九, 一一.
fn is_counted(before: Option<char>, next: char) -> bool {
    const DIGITS: &str = "〇零一二三四五六七八九";
    matches!(before, Some('第' | '初' | '十' | '周' | '期' | '拜' | '之'))
        || before.is_some_and(|c| DIGITS.contains(c) || c == next)
        || DIGITS.contains(next)
        || matches!(next, '月' | '号' | '號' | '日')
}

mod tests {
    use shengci::pinyin::{parse, write};

    use super::*;

    fn said(text: &str, citation: &str) -> String {
        let syllables: Vec<Syllable> = citation.split(' ').filter_map(parse::syllable).collect();
        write::spaced(&spoken(text, &syllables))
    }

    #[test]
    fn yi_and_bu_go_by_what_follows() {
        for (text, citation, expected) in [
            ("一个", "yī gè", "yí gè"),
            ("一个", "yī ge", "yí ge"),
            ("一切", "yī qiè", "yí qiè"),
            ("一天", "yī tiān", "yì tiān"),
            ("一年", "yī nián", "yì nián"),
            ("一起", "yī qǐ", "yì qǐ"),
            ("一封", "yī fēng", "yì fēng"),
            ("第一次", "dì yī cì", "dì yī cì"),
            ("十一个", "shí yī gè", "shí yī gè"),
            ("一月", "yī yuè", "yī yuè"),
            ("统一", "tǒng yī", "tǒng yī"),
            ("看一看", "kàn yī kàn", "kàn yi kàn"),
            ("不是", "bù shì", "bú shì"),
            ("不好", "bù hǎo", "bù hǎo"),
            ("是不是", "shì bù shì", "shì bu shì"),
            ("对不起", "duì bu qǐ", "duì bu qǐ"),
            ("不", "bù", "bù"),
        ] {
            assert_eq!(said(text, citation), expected, "{text}");
        }
    }

    #[test]
    fn a_third_tone_rises_before_another() {
        for (text, citation, expected) in [
            ("你好", "nǐ hǎo", "ní hǎo"),
            ("展览馆", "zhǎn lǎn guǎn", "zhán lán guǎn"),
            ("老师", "lǎo shī", "lǎo shī"),
            ("姐姐", "jiě jie", "jiě jie"),
        ] {
            assert_eq!(said(text, citation), expected, "{text}");
        }
    }

    #[test]
    fn letters_have_no_syllable_and_a_wrong_count_changes_nothing() {
        assert_eq!(said("AA制", "zhì"), "zhì");
        assert_eq!(said("你好", "nǐ"), "nǐ");
    }
}
