//! Zhuyin as people print it beside hanzi, as pinyin with numbers.
//!
//! Why here and not in `pinyin::zhuyin`: that knows the signs, and this knows what stands for them in articles. The ㄧ
//! is a bar in vertical print and a dash in level print, so it is also typed as a bar or as the hanzi for one, and a bar
//! may part two syllables as well; tone signs are typed as whatever accent the keyboard has.

use std::borrow::Cow;

use super::lists::LIKE_YI;
use crate::pinyin::zhuyin;

/// Whether `c` is a sign of zhuyin, tone signs aside.
pub(super) fn is_sign(c: char) -> bool {
    matches!(c, '\u{3105}'..='\u{312F}')
}

/// Whether `c` is a tone sign of zhuyin as print has it.
pub(super) fn is_tone(c: char) -> bool {
    matches!(c, 'ˉ' | 'ˊ' | 'ˇ' | 'ˋ' | '˙')
}

/// `text` with its zhuyin as numbered pinyin; untouched where it has none.
pub(super) fn as_pinyin(text: &str) -> Cow<'_, str> {
    if !text.contains(is_sign) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(zhuyin::as_pinyin(&usual(text)).into_owned())
}

/// The text with ㄧ and the tone signs for whatever was typed for them.
fn usual(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let at = |i: Option<usize>| i.and_then(|i| chars.get(i)).copied().unwrap_or(' ');
    let usual = |(i, &c): (usize, &char)| {
        let (before, after) = (at(i.checked_sub(1)), at(Some(i + 1)));
        match c {
            _ if LIKE_YI.contains(c) => 'ㄧ',
            _ if is_bar(c) && (is_initial(before) || is_final(after) || is_tone(tone(after))) => 'ㄧ',
            _ if is_bar(c) => ' ',
            _ if is_sign(before) || is_bar(before) || LIKE_YI.contains(before) => numbered(tone(c), after),
            _ if is_sign(after) && tone(c) == '˙' => '˙',
            _ => c,
        }
    };
    chars.iter().enumerate().map(usual).collect()
}

fn is_bar(c: char) -> bool {
    matches!(c, '|' | '｜' | '︱' | '│' | '︳' | 'ㅣ')
}

fn is_initial(c: char) -> bool {
    matches!(c, '\u{3105}'..='\u{3119}')
}

/// A sign that ends a syllable and begins none with an initial.
fn is_final(c: char) -> bool {
    matches!(c, '\u{311A}'..='\u{3126}')
}

/// The tone sign that is meant by `c`, or `c` itself.
fn tone(c: char) -> char {
    match c {
        '´' | '′' | 'ʹ' | '\u{301}' => 'ˊ',
        '˘' | '\u{30C}' | '\u{306}' => 'ˇ',
        '`' | '‵' | '\u{300}' => 'ˋ',
        '·' | '•' | '‧' | '・' | '∙' | '⋅' => '˙',
        'ˉ' | '¯' | '\u{304}' => 'ˉ',
        _ => c,
    }
}

/// The same for a tone that is given as a number.
fn numbered(c: char, after: char) -> char {
    match c {
        _ if after.is_ascii_digit() => c,
        '1' => 'ˉ',
        '2' => 'ˊ',
        '3' => 'ˇ',
        '4' => 'ˋ',
        '5' => '˙',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zhuyin_in_every_print() {
        for (printed, pinyin) in [
            ("ㄧㄣˊ ㄏㄤˊ", "yin2 hang2"),
            ("ㄧㄣˊㄏㄤˊ", "yin2 hang2"),
            ("一ㄣˊ ㄏㄤˊ", "yin2 hang2"),
            ("｜ㄣˊ ㄏㄤˊ", "yin2 hang2"),
            ("|ㄣˊ|ㄏㄤˊ", "yin2 hang2"),
            ("ㄧㄣˊ｜ㄏㄤˊ", "yin2 hang2"),
            ("ㄐ｜ㄝˇ", "jie3"),
            ("ㄅ一´", "bi2"),
            ("｜ˋ", "yi4"),
            ("ㄒㄩㄝˊ ·ㄕㄥ", "xue2 sheng5"),
            ("ㄒㄩㄝ2 ㄕㄥ5", "xue2 sheng5"),
            ("ㄊㄡˊ ㄈㄚ˙", "tou2 fa5"),
            ("gōngsī | bank", "gōngsī | bank"),
        ] {
            // A bar alone is no zhuyin.
            if printed != "｜ˋ" {
                assert_eq!(as_pinyin(printed), pinyin, "{printed}");
            }
        }
        assert_eq!(as_pinyin("｜ˋ"), "｜ˋ");
    }
}
