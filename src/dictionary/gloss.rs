//! Glosses as a learner reads them.
//!
//! CC-CEDICT names other words as `白飯|白饭[bai2 fan4]`. On the back of a card that becomes `白饭 (báifàn)`;
//! on the front of a production card, where the English asks for the Chinese, nothing may give the answer away:
//! neither its hanzi nor its pinyin, in whatever notation (CC-CEDICT's syntax: <https://cc-cedict.org/wiki/>).

mod brief;
pub(super) mod words;

use unicode_normalization::UnicodeNormalization;

pub use self::brief::{brief, is_brief, is_figurative, is_marginal, is_minor, outside_brackets};
use self::words::{Piece, pieces, readable};
use crate::hanzi::is_hanzi;
use crate::pinyin::Syllable;

/// The word that a production card asks for.
#[derive(Clone, Debug)]
pub struct Answer<'a> {
    /// Its forms, simplified and traditional.
    pub forms: Vec<&'a str>,
    /// Its reading.
    pub syllables: &'a [Syllable],
}

/// A gloss for the back of a card: other words in simplified hanzi with tone marks. A word that has the same
/// simplified form as `headword` is named by its traditional one: "also written 裏".
#[must_use]
pub fn pretty(gloss: &str, headword: &str) -> String {
    let mut out = String::with_capacity(gloss.len());
    let mut depth = 0_usize;
    for piece in pieces(gloss) {
        match piece {
            Piece::Text(text) => {
                for c in text.chars() {
                    match c {
                        '(' => depth += 1,
                        ')' => depth = depth.saturating_sub(1),
                        _ => {}
                    }
                }
                out.push_str(&text.replace("Taiwan pr. ", "in Taiwan ").replace("also pr. ", "also read "));
            }
            Piece::Word { traditional, simplified, pinyin } => {
                out.push_str(if simplified == headword { traditional } else { simplified });
                match pinyin.map(|pinyin| readable(pinyin, simplified)) {
                    Some(pinyin) if depth > 0 => out.extend([" ", &pinyin]),
                    Some(pinyin) => out.extend([" (", &pinyin, ")"]),
                    None => {}
                }
            }
            Piece::Pinyin(pinyin) => out.push_str(&readable(pinyin, "")),
        }
    }
    out
}

/// A gloss for the front of a production card, or nothing where it is about the word's form and not its sense,
/// or where nothing is left without the answer.
#[must_use]
pub fn prompt(gloss: &str, answer: &Answer<'_>) -> Option<String> {
    if is_minor(gloss) || is_about_form(gloss) {
        return None;
    }
    let mut out = String::with_capacity(gloss.len());
    for piece in pieces(&without_asides(gloss)) {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Pinyin(_) => return None,
            Piece::Word { traditional, simplified, .. } => {
                let given_away = |c: char| answer.forms.iter().any(|form| form.contains(c));
                let leaks =
                    traditional.chars().chain(simplified.chars()).any(|c| is_hanzi(c) && given_away(c));
                out.push_str(if leaks { "~" } else { simplified });
            }
        }
    }
    let out = tidy(&blank_pinyin(&out, answer.syllables));
    out.chars().any(char::is_alphabetic).then_some(out)
}

/// A gloss in a word or two, for composing: without its asides, up to the first synonym.
#[must_use]
pub fn short(gloss: &str, headword: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_usize;
    for c in pretty(gloss, headword).chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ';' | ',' if depth == 0 => break,
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    tidy(&out)
}

fn is_about_form(gloss: &str) -> bool {
    ["abbr. for ", "abbr. of ", "abbr. to ", "short for ", "short name for ", "pronounced "]
        .iter()
        .any(|start| gloss.starts_with(start))
}

/// `gloss` without the brackets that name Chinese words or readings.
fn without_asides(gloss: &str) -> String {
    with_asides(gloss, |_, aside| !aside.chars().any(|c| is_hanzi(c) || c == '['))
}

/// `gloss` with those of its brackets that `keeps` says, of which it is told what is before, too.
fn with_asides(gloss: &str, keeps: impl Fn(&str, &str) -> bool) -> String {
    let mut out = String::with_capacity(gloss.len());
    let mut rest = gloss;
    while let Some(open) = rest.find('(') {
        out.push_str(&rest[..open]);
        let end = closing(&rest[open..]).map_or(rest.len(), |length| open + length);
        let aside = &rest[open..end];
        if keeps(&out, aside) {
            out.push_str(aside);
        }
        rest = &rest[end..];
    }
    out + rest
}

/// How long the bracket is that `text` begins with, brackets inside it included.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    text.char_indices().find_map(|(at, c)| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        (depth == 0).then_some(at + c.len_utf8())
    })
}

/// Syllables that are English words too, so that alone they give nothing away: 能 néng "can".
const ENGLISH: [&str; 36] = [
    "a", "ban", "bang", "bin", "can", "chi", "den", "die", "ding", "e", "fan", "fang", "fen", "gang", "gun",
    "hang", "he", "hen", "long", "ma", "man", "me", "men", "nun", "pan", "pie", "pin", "ran", "rang", "sang",
    "she", "song", "sun", "tang", "you", "o",
];

/// Replaces the answer's pinyin by `~`: the whole reading, or two of its syllables in a row, with or without
/// tones, joined or apart. `Beijing` in the gloss of 北京 is its pinyin, too.
fn blank_pinyin(text: &str, syllables: &[Syllable]) -> String {
    let letters = letters(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < letters.len() {
        let starts_word = at == 0 || !letters[at - 1].letter;
        let end = if starts_word && letters[at].letter { longest_run(&letters, at, syllables) } else { None };
        match end {
            Some(end) => {
                out.push('~');
                at = end;
            }
            None => {
                out.push_str(letters[at].written);
                at += 1;
            }
        }
    }
    out
}

/// A character of a gloss with the marks that follow it, and what it is without them.
struct Letter<'t> {
    written: &'t str,
    plain: char,
    letter: bool,
    toned: bool,
}

fn letters(text: &str) -> Vec<Letter<'_>> {
    let mut letters: Vec<Letter<'_>> = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let written = &text[at..at + c.len_utf8()];
        if c.is_ascii() {
            let digit = matches!(c, '1'..='5');
            letters.push(Letter {
                written,
                plain: c.to_ascii_lowercase(),
                letter: c.is_ascii_alphabetic(),
                toned: digit,
            });
            continue;
        }
        let mut parts = c.nfd();
        let plain = parts.next().unwrap_or(c).to_ascii_lowercase();
        let umlaut = parts.clone().any(|mark| mark == '\u{308}');
        let toned = parts.any(|mark| matches!(mark, '\u{300}' | '\u{301}' | '\u{304}' | '\u{30C}'));
        let plain = if umlaut && plain == 'u' { 'ü' } else { plain };
        letters.push(Letter { written, plain, letter: plain.is_alphabetic() && !is_hanzi(c), toned });
    }
    letters
}

/// Where the longest run of the answer's syllables ends that begins at `start` and is a word by itself.
fn longest_run(letters: &[Letter<'_>], start: usize, syllables: &[Syllable]) -> Option<usize> {
    let mut longest = None;
    for first in 0..syllables.len() {
        let mut at = start;
        for (taken, syllable) in (1..).zip(&syllables[first..]) {
            let Some(end) = one_syllable(letters, at, *syllable) else { break };
            let ends_word = letters.get(end).is_none_or(|l| !l.letter);
            let toned = letters[start..end].iter().any(|l| l.toned);
            let alone_but_telling =
                syllables.len() == 1 && (toned || !ENGLISH.contains(&syllables[0].base()));
            if ends_word && (taken > 1 || alone_but_telling) {
                longest = longest.max(Some(end));
            }
            at = end;
            if letters.get(at).is_some_and(|l| matches!(l.plain, ' ' | '-' | '\'' | '’')) {
                at += 1;
            }
        }
    }
    longest
}

fn one_syllable(letters: &[Letter<'_>], start: usize, syllable: Syllable) -> Option<usize> {
    let mut at = start;
    for wanted in syllable.base().chars() {
        let found = letters.get(at)?.plain;
        let same = found == wanted || wanted == 'ü' && matches!(found, 'u' | 'v');
        if !same {
            return None;
        }
        at += 1;
    }
    if letters.get(at).is_some_and(|l| l.plain.is_ascii_digit() && l.toned) {
        at += 1;
    }
    Some(at)
}

/// One blank between words, none before punctuation or inside brackets.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let clings = word.starts_with([',', ';', ')', '.', ':']);
        if !out.is_empty() && !clings && !out.ends_with('(') {
            out.push(' ');
        }
        out.push_str(word);
    }
    out.trim_matches([' ', ',', ';', ':']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pinyin::parse;

    fn prompt_of(gloss: &str, forms: &[&str], pinyin: &str) -> Option<String> {
        let syllables: Vec<Syllable> = pinyin.split(' ').filter_map(parse::syllable).collect();
        prompt(gloss, &Answer { forms: forms.to_vec(), syllables: &syllables })
    }

    #[test]
    fn other_words_are_simplified_with_tone_marks() {
        for (gloss, headword, expected) in [
            ("see 白飯|白饭[bai2 fan4]", "米饭", "see 白饭 (báifàn)"),
            (
                "abbr. for 北京大學|北京大学[Bei3 jing1 Da4 xue2]",
                "北大",
                "abbr. for 北京大学 (Běijīng Dàxué)",
            ),
            ("(variant of 瞭|了[liao3])", "料", "(variant of 了 liǎo)"),
            ("also written 裏|里[li3]", "里", "also written 裏 (lǐ)"),
            ("Taiwan pr. [fa3]", "发", "in Taiwan fǎ"),
            ("also pr. [qia3wei4]", "卡位", "also read qiǎwèi"),
            ("square brackets [ ]", "中括号", "square brackets [ ]"),
            (
                "(from Taiwanese 萵仔菜, Tai-lo pr. [ue-á-tshài])",
                "A菜",
                "(from Taiwanese 萵仔菜, Tai-lo pr. ue-á-tshài)",
            ),
            ("variant of 西安[Xi1 an1]", "长安", "variant of 西安 (Xī'ān)"),
        ] {
            assert_eq!(pretty(gloss, headword), expected);
        }
    }

    #[test]
    fn a_prompt_never_gives_the_answer_away() {
        let prompt = |gloss, forms: &[&str], pinyin| prompt_of(gloss, forms, pinyin);
        assert_eq!(prompt("abbr. for 公司[gong1 si1]", &["公司"], "gong1 si1"), None);
        assert_eq!(prompt("see 行長|行长[hang2 zhang3]", &["行长", "行長"], "hang2 zhang3"), None);
        assert_eq!(prompt("Taiwan pr. [fa3]", &["发", "髮"], "fa4"), None);
        assert_eq!(
            prompt("Peking University (abbr. for 北京大學|北京大学)", &["北大"], "bei3 da4").as_deref(),
            Some("Peking University")
        );
        assert_eq!(
            prompt("a move in chess (Taiwan pr. [zhuo2])", &["着", "著"], "zhao1").as_deref(),
            Some("a move in chess")
        );
        assert_eq!(
            prompt("Beijing municipality, capital of China (short name 京[Jing1])", &["北京"], "bei3 jing1")
                .as_deref(),
            Some("~ municipality, capital of China")
        );
        assert_eq!(
            prompt("part of the 天干[tian1 gan1], a stem", &["干"], "gan1").as_deref(),
            Some("part of the ~, a stem")
        );
        assert_eq!(prompt("opposite of 脫|脱[tuo1]", &["穿"], "chuan1").as_deref(), Some("opposite of 脱"));
    }

    #[test]
    fn pinyin_is_found_in_every_notation_and_english_is_left_alone() {
        let prompt = |gloss, forms: &[&str], pinyin| prompt_of(gloss, forms, pinyin).unwrap_or_default();
        for written in ["Tài jí", "taiji", "tai4ji2", "tai-ji", "Tai Ji", "tàijí"] {
            let gloss = format!("{written} boxing");
            assert_eq!(prompt_of(&gloss, &["太极"], "tai4 ji2").as_deref(), Some("~ boxing"), "{written}");
        }
        assert_eq!(prompt("li, a Chinese mile", &["里"], "li3"), "~, a Chinese mile");
        assert_eq!(prompt("can; be able to", &["能"], "neng2"), "can; be able to");
        assert_eq!(prompt("he; him", &["他"], "ta1"), "he; him");
        assert_eq!(prompt("he and she", &["和"], "he2"), "he and she");
        assert_eq!(prompt("hé, with", &["和"], "he2"), "~, with");
        assert_eq!(prompt("Shanghai city", &["上海市"], "shang4 hai3 shi4"), "~ city");
        assert_eq!(prompt("Lüshun or Lvshun port", &["旅顺"], "lü3 shun4"), "~ or ~ port");
    }

    #[test]
    fn a_gloss_in_a_word_or_two() {
        assert_eq!(short("(bound form) row; line", "行"), "row");
        assert_eq!(short("model, pattern", "模型"), "model");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_survived(text in "[()\\[\\]|a-z1-5 行长長·，;~ǎü]{0,40}") {
            let _ = pretty(&text, "行");
            let shown = prompt_of(&text, &["行长", "行長"], "hang2 zhang3").unwrap_or_default();
            proptest::prop_assert!(!shown.contains(['行', '长', '長']), "{shown}");
        }
    }
}
