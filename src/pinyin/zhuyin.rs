//! Zhuyin (bopomofo), the other way to write a reading, which Taiwan's schools teach; written and read.
//!
//! An initial and a final each have their signs, so the table is of those and not of the 410 syllables. Source:
//! 國語注音符號 and the Ministry of Education's 國語辭典, which puts the dot of the neutral tone first.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::syllable::BASES;
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

/// `text` with its zhuyin written as pinyin with numbers: `ㄍㄨㄥ ㄙ` → `gong1 si1`. What is no zhuyin stays, and so does
/// what is no syllable. The dot of the neutral tone may stand before its syllable, as in Taiwan's dictionaries, or
/// after it; a ㄦ without a tone is that of erhua.
#[must_use]
pub fn as_pinyin(text: &str) -> Cow<'_, str> {
    if !text.contains(is_sign) {
        return Cow::Borrowed(text);
    }
    let mut pinyin = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some((base, tone, after)) = syllable(rest) {
            if pinyin.ends_with(|c: char| c.is_ascii_digit()) {
                pinyin.push(' ');
            }
            pinyin.push_str(base);
            pinyin.push(char::from(b'0' + tone.number()));
            rest = after;
        } else {
            pinyin.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    Cow::Owned(pinyin)
}

/// Bopomofo, without the signs of other languages than Mandarin.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{3105}'..='\u{312B}')
}

const DOT: [char; 2] = ['˙', '·'];

/// The syllable that `text` begins with, and what follows it.
fn syllable(text: &str) -> Option<(&'static str, Tone, &str)> {
    static BY_SIGNS: OnceLock<BTreeMap<String, &'static str>> = OnceLock::new();
    let by_signs = BY_SIGNS.get_or_init(|| BASES.iter().map(|&base| (signs(base), base)).collect());
    let body = text.strip_prefix(DOT).unwrap_or(text);
    let neutral = body.len() < text.len();
    let run = body.char_indices().take(3).take_while(|(_, c)| is_sign(*c));
    // The longest: ㄒㄧㄢ is xian, and what may be xi'an has a tone or a blank between.
    let ends = run.map(|(at, c)| at + c.len_utf8());
    let (end, base) = ends.filter_map(|end| Some((end, *by_signs.get(&body[..end])?))).last()?;
    let after = &body[end..];
    let marked = after.chars().next().and_then(|c| match c {
        'ˉ' => Some(Tone::First),
        'ˊ' | '\u{301}' => Some(Tone::Second),
        'ˇ' | '\u{30C}' => Some(Tone::Third),
        'ˋ' | '\u{300}' => Some(Tone::Fourth),
        // A dot before signs is theirs.
        c if DOT.contains(&c) && !after[c.len_utf8()..].starts_with(is_sign) => Some(Tone::Neutral),
        _ => None,
    });
    let sign = after.chars().next().filter(|_| marked.is_some()).map_or(0, char::len_utf8);
    let after = &after[sign..];
    let base = if base == "r" { "er" } else { base };
    Some(match marked {
        _ if neutral => (base, Tone::Neutral, after),
        Some(tone) => (base, tone, after),
        None if base == "er" => ("r", Tone::Neutral, after),
        None => (base, Tone::First, after),
    })
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
    use crate::pinyin::parse;

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
    fn what_is_written_is_read_again() {
        for base in BASES {
            for tone in [Tone::First, Tone::Second, Tone::Third, Tone::Fourth, Tone::Neutral] {
                // ㄦ without a tone is that of erhua; no word is ēr.
                let syllable = Syllable::new(base, tone).filter(|_| *base != "er" || tone != Tone::First);
                let Some(syllable) = syllable else { continue };
                let read = as_pinyin(&zhuyin(syllable)).into_owned();
                let same =
                    if syllable.is_erhua() { "r5".to_owned() } else { format!("{base}{}", tone.number()) };
                assert_eq!(read, same, "{}", zhuyin(syllable));
            }
        }
    }

    #[test]
    fn zhuyin_as_people_type_it() {
        for (zhuyin, pinyin) in [
            ("ㄍㄨㄥ ㄙ", "gong1 si1"),
            ("ㄍㄨㄥㄙ", "gong1 si1"),
            ("ㄒㄩㄝˊ ˙ㄕㄥ", "xue2 sheng5"),
            ("ㄒㄩㄝˊ˙ㄕㄥ", "xue2 sheng5"),
            ("ㄊㄡˊ ㄈㄚ˙", "tou2 fa5"),
            ("ㄏㄨㄚ ㄦ", "hua1 r5"),
            ("ㄦˊ ㄗ˙", "er2 zi5"),
            ("ㄔㄤˊ, ㄓㄤˇ", "chang2, zhang3"),
            ("ㄒㄧ ㄢ", "xi1 an1"),
            ("pinyin", "pinyin"),
            ("ㄅㄅ", "ㄅㄅ"),
        ] {
            assert_eq!(as_pinyin(zhuyin), pinyin, "{zhuyin}");
        }
    }

    #[test]
    fn words() {
        let syllables: Vec<Syllable> = "hua1 r5".split(' ').filter_map(parse::syllable).collect();
        assert_eq!(spaced(&syllables), "ㄏㄨㄚ ㄦ");
    }
}
