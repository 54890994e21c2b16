//! Zhuyin (bopomofo), the other way to write a reading, which Taiwan's schools teach.
//!
//! An initial and a final each have their signs, so the table is of those and not of the 410 syllables. Source:
//! 國語注音符號 and the Ministry of Education's 國語辭典, which puts the dot of the neutral tone first.

use super::{Syllable, Tone};

/// Two letters before one, so that `zh` isn't read as `z`.
const INITIALS: [(&str, &str); 21] = [
    ("zh", "ㄓ"),
    ("ch", "ㄔ"),
    ("sh", "ㄕ"),
    ("b", "ㄅ"),
    ("p", "ㄆ"),
    ("m", "ㄇ"),
    ("f", "ㄈ"),
    ("d", "ㄉ"),
    ("t", "ㄊ"),
    ("n", "ㄋ"),
    ("l", "ㄌ"),
    ("g", "ㄍ"),
    ("k", "ㄎ"),
    ("h", "ㄏ"),
    ("j", "ㄐ"),
    ("q", "ㄑ"),
    ("x", "ㄒ"),
    ("r", "ㄖ"),
    ("z", "ㄗ"),
    ("c", "ㄘ"),
    ("s", "ㄙ"),
];

/// Syllables with zhuyin signs and tones, a blank between: `ㄍㄨㄥ ㄙ`.
#[must_use]
pub fn spaced(syllables: &[Syllable]) -> String {
    syllables.iter().map(|&s| zhuyin(s)).collect::<Vec<_>>().join(" ")
}

/// A syllable in zhuyin: `ㄏㄠˇ`, `˙ㄉㄜ`; the first tone has no sign, nor has the ㄦ of erhua.
#[must_use]
pub fn zhuyin(syllable: Syllable) -> String {
    let signs = signs(syllable.base());
    match syllable.tone() {
        _ if syllable.is_erhua() => signs,
        Tone::First => signs,
        Tone::Second => signs + "ˊ",
        Tone::Third => signs + "ˇ",
        Tone::Fourth => signs + "ˋ",
        Tone::Neutral => format!("˙{signs}"),
    }
}

fn signs(base: &str) -> String {
    let whole = match base {
        "r" | "er" => "ㄦ",
        "ê" => "ㄝ",
        "m" => "ㄇ",
        "n" => "ㄋ",
        "ng" => "ㄫ",
        "hm" => "ㄏㄇ",
        "hng" => "ㄏㄫ",
        _ => "",
    };
    if !whole.is_empty() {
        return whole.to_owned();
    }
    let (initial, sign, last) = INITIALS
        .iter()
        .find_map(|&(letters, sign)| Some((letters, sign, base.strip_prefix(letters)?)))
        .unwrap_or(("", "", base));
    let last = match (initial, last) {
        ("zh" | "ch" | "sh" | "r" | "z" | "c" | "s", "i") => "",
        ("j" | "q" | "x", last) => finals(&last.replacen('u', "ü", 1)),
        (_, last) => finals(last),
    };
    format!("{sign}{last}")
}

/// The signs of a final, also of one that begins a syllable (y, w).
fn finals(last: &str) -> &'static str {
    match last {
        "a" => "ㄚ",
        "o" => "ㄛ",
        "e" => "ㄜ",
        "ai" => "ㄞ",
        "ei" => "ㄟ",
        "ao" => "ㄠ",
        "ou" => "ㄡ",
        "an" => "ㄢ",
        "en" => "ㄣ",
        "ang" => "ㄤ",
        "eng" => "ㄥ",
        "i" | "yi" => "ㄧ",
        "ia" | "ya" => "ㄧㄚ",
        "io" | "yo" => "ㄧㄛ",
        "ie" | "ye" => "ㄧㄝ",
        "iao" | "yao" => "ㄧㄠ",
        "iu" | "iü" | "you" => "ㄧㄡ",
        "ian" | "yan" => "ㄧㄢ",
        "in" | "yin" => "ㄧㄣ",
        "iang" | "yang" => "ㄧㄤ",
        "ing" | "ying" => "ㄧㄥ",
        "u" | "wu" => "ㄨ",
        "ua" | "wa" => "ㄨㄚ",
        "uo" | "wo" => "ㄨㄛ",
        "uai" | "wai" => "ㄨㄞ",
        "ui" | "wei" => "ㄨㄟ",
        "uan" | "wan" => "ㄨㄢ",
        "un" | "wen" => "ㄨㄣ",
        "uang" | "wang" => "ㄨㄤ",
        "ong" | "weng" => "ㄨㄥ",
        "ü" | "yu" => "ㄩ",
        "üe" | "yue" => "ㄩㄝ",
        "üan" | "yuan" => "ㄩㄢ",
        "ün" | "yun" => "ㄩㄣ",
        "iong" | "yong" => "ㄩㄥ",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pinyin::{parse, syllable::BASES};

    fn of(numbered: &str) -> String {
        parse::syllable(numbered).map(zhuyin).expect("a syllable")
    }

    #[test]
    fn syllables_of_every_shape() {
        for (pinyin, expected) in [
            ("gong1", "ㄍㄨㄥ"),
            ("hao3", "ㄏㄠˇ"),
            ("de5", "˙ㄉㄜ"),
            ("shi4", "ㄕˋ"),
            ("zi5", "˙ㄗ"),
            ("ri4", "ㄖˋ"),
            ("yi1", "ㄧ"),
            ("wu3", "ㄨˇ"),
            ("yu2", "ㄩˊ"),
            ("ju2", "ㄐㄩˊ"),
            ("xue2", "ㄒㄩㄝˊ"),
            ("quan2", "ㄑㄩㄢˊ"),
            ("jun1", "ㄐㄩㄣ"),
            ("jiu3", "ㄐㄧㄡˇ"),
            ("lü4", "ㄌㄩˋ"),
            ("lüe4", "ㄌㄩㄝˋ"),
            ("xiong2", "ㄒㄩㄥˊ"),
            ("weng1", "ㄨㄥ"),
            ("yong4", "ㄩㄥˋ"),
            ("liu2", "ㄌㄧㄡˊ"),
            ("gui4", "ㄍㄨㄟˋ"),
            ("er2", "ㄦˊ"),
            ("r5", "ㄦ"),
            ("ê1", "ㄝ"),
            ("ng2", "ㄫˊ"),
            ("m2", "ㄇˊ"),
            ("biang2", "ㄅㄧㄤˊ"),
            ("fiao4", "ㄈㄧㄠˋ"),
            ("rua2", "ㄖㄨㄚˊ"),
        ] {
            assert_eq!(of(pinyin), expected, "{pinyin}");
        }
    }

    #[test]
    fn every_base_has_signs_of_its_own() {
        let mut seen = std::collections::BTreeMap::new();
        for base in BASES.iter().filter(|&&base| base != "r") {
            let signs = signs(base);
            assert!(signs.chars().all(|c| ('\u{3105}'..='\u{312B}').contains(&c)), "{base}: {signs}");
            let vowel_less = matches!(*base, "m" | "n" | "ng" | "hm" | "hng");
            let buzzing =
                base.ends_with('i') && base.trim_end_matches('i').chars().all(|c| "zcshr".contains(c));
            let finals = signs.chars().any(|c| ('\u{311A}'..='\u{3129}').contains(&c));
            assert!(finals != (vowel_less || buzzing), "{base}: {signs}");
            assert_eq!(seen.insert(signs, base), None, "{base}");
        }
    }

    #[test]
    fn words() {
        let syllables: Vec<Syllable> = "hua1 r5".split(' ').filter_map(parse::syllable).collect();
        assert_eq!(spaced(&syllables), "ㄏㄨㄚ ㄦ");
    }
}
