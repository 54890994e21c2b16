//! Forms that repeat a hanzi, which stand in no dictionary: 漂漂亮亮, 便不便宜, 少不少, 晃一晃.
//!
//! Both times the hanzi is read alike, and as in the word that is repeated: 漂 in 漂漂亮亮 is that of 漂亮. In a question
//! such as 长不长 it is what can be said of something: long, not to grow.

use super::character;
use super::context::{Model, Said};
use super::usual;
use crate::dictionary::Dictionary;
use crate::pinyin::{Syllable, Tone, parse};

/// Hanzi of several readings that are asked about: 少不少 is few or not, 种不种 to plant or not. Those which can be asked
/// about in two readings (干不干, 倒不倒) are left to the sentence.
const ASKED: &[(char, &str)] = &[
    ('少', "shao3"),
    ('长', "chang2"),
    ('种', "zhong4"),
    ('好', "hao3"),
    ('还', "huan2"),
    ('重', "zhong4"),
    ('难', "nan2"),
    ('乐', "le4"),
    ('假', "jia3"),
    ('薄', "bao2"),
    ('传', "chuan2"),
    ('藏', "cang2"),
    ('看', "kan4"),
    ('冲', "chong1"),
    ('量', "liang2"),
    ('累', "lei4"),
    ('教', "jiao1"),
    ('行', "xing2"),
    ('会', "hui4"),
    ('要', "yao4"),
    ('切', "qie1"),
    ('弹', "tan2"),
    ('挑', "tiao1"),
    ('血', "xue4"),
    ('当', "dang1"),
    ('准', "zhun3"),
];

/// Hanzi of several readings that are done a little: 晃一晃 is to shake (huàng), not to flash past.
const DONE: &[(char, &str)] = &[
    ('晃', "huang4"),
    ('抹', "ma1"),
    ('扇', "shan1"),
    ('凉', "liang4"),
    ('卷', "juan3"),
    ('炸', "zha2"),
    ('数', "shu3"),
    ('量', "liang2"),
    ('看', "kan4"),
    ('切', "qie1"),
    ('缝', "feng2"),
    ('调', "tiao2"),
    ('散', "san4"),
    ('磨', "mo2"),
    ('煞', "sha1"),
    ('刹', "sha1"),
    ('澄', "deng4"),
];

/// Puts in the readings of such a form; `hanzi` are its hanzi. Whether that leaves no doubt.
pub(super) fn read(dictionary: Dictionary, model: Model, hanzi: &[char], syllables: &mut [Syllable]) -> bool {
    match (hanzi, syllables) {
        (&[a, b, c, d], [first, second, third, fourth]) if a == b && c == d => {
            let Some(said) = parts(dictionary, a, c) else { return false };
            let stressed = |said: Option<Syllable>, hanzi: char, ours: Syllable| match said {
                Some(said) if said.tone() != Tone::Neutral => said,
                _ => character::common(model, dictionary, hanzi).map_or(ours, |(syllable, _)| syllable),
            };
            *first = stressed(said[0], a, *first);
            *third = stressed(said[1], c, *third);
            (*second, *fourth) = (*first, *third);
            false
        }
        (&[a, '不' | '没', b, c], [first, _, third, fourth]) if a == b => {
            let Some([Some(of_a), Some(of_c)]) = parts(dictionary, a, c) else { return false };
            (*first, *third, *fourth) = (of_a, of_a, of_c);
            true
        }
        (&[a, '不' | '没', b], [first, _, third]) if a == b => {
            let asked = ASKED.iter().find(|(hanzi, _)| *hanzi == a);
            let Some(syllable) = asked.and_then(|(_, pinyin)| parse::syllable(pinyin)) else { return false };
            (*first, *third) = (syllable, syllable);
            true
        }
        (&[a, '一', b], [first, _, third]) if a == b => {
            let done = DONE.iter().find(|(hanzi, _)| *hanzi == a);
            let syllable = done.and_then(|(_, pinyin)| parse::syllable(pinyin));
            *first = syllable.unwrap_or(*first);
            *third = *first;
            syllable.is_some()
        }
        _ => false,
    }
}

/// How the word of two hanzi is read, each of them: nothing where its entries differ.
fn parts(dictionary: Dictionary, a: char, b: char) -> Option<[Option<Syllable>; 2]> {
    let form: String = [a, b].iter().collect();
    if let Some([a, b]) = usual::of(&form).as_deref() {
        return Some([Some(*a), Some(*b)]);
    }
    let word = dictionary.find(&form)?;
    Some([0, 1].map(|i| Said::by(&word, i).only()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_hanzi_is_read_as_in_its_word() {
        for (form, guess, right, sure) in [
            ("漂漂亮亮", "piao1 piao1 liang4 liang4", "piao4 piao4 liang4 liang4", false),
            ("便不便宜", "bian4 bu4 bian4 yi2", "pian2 bu4 pian2 yi5", true),
            ("漂不漂亮", "piao1 bu4 piao4 liang5", "piao4 bu4 piao4 liang5", true),
            ("少不少", "shao4 bu4 shao3", "shao3 bu4 shao3", true),
            ("种没种", "zhong3 mei2 zhong3", "zhong4 mei2 zhong4", true),
            ("干不干", "gan4 bu4 gan4", "gan4 bu4 gan4", false),
        ] {
            let hanzi: Vec<char> = form.chars().collect();
            let syllables = |pinyin: &str| -> Vec<Syllable> {
                pinyin.split(' ').map(|one| parse::syllable(one).expect("a syllable")).collect()
            };
            let mut ours = syllables(guess);
            let decided = read(Dictionary::embedded(), Model::embedded(), &hanzi, &mut ours);
            assert_eq!((ours, decided), (syllables(right), sure), "{form}");
        }
    }
}
