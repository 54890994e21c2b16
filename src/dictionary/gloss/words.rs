//! The Chinese words that a gloss names, and their pinyin as a reader expects it.

use crate::dictionary::Dictionary;
use crate::hanzi::{self, is_hanzi};
use crate::pinyin::{parse, write};

/// A piece of a gloss; its pieces tile it.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::dictionary) enum Piece<'g> {
    Text(&'g str),
    /// Another word: `白飯|白饭[bai2 fan4]`, or without its pinyin.
    Word {
        traditional: &'g str,
        simplified: &'g str,
        pinyin: Option<&'g str>,
    },
    /// A reading by itself: `Taiwan pr. [fa3]`.
    Pinyin(&'g str),
}

pub(in crate::dictionary) fn pieces(gloss: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = gloss;
    while let Some(c) = rest.chars().next() {
        let length = if let Some(forms) = forms(rest) {
            let (traditional, simplified) = forms.split_once('|').unwrap_or((forms, forms));
            let pinyin = bracketed(&rest[forms.len()..]);
            pieces.push(Piece::Word { traditional, simplified, pinyin });
            forms.len() + pinyin.map_or(0, |p| p.len() + 2)
        } else if let Some(pinyin) = bracketed(rest) {
            pieces.push(Piece::Pinyin(pinyin));
            pinyin.len() + 2
        } else {
            let mut end = c.len_utf8();
            let mut last = c;
            for c in rest[end..].chars() {
                // A word may begin with a number or a letter (237号房间), but not in the middle of one.
                if c == '[' || !last.is_alphanumeric() && forms(&rest[end..]).is_some() || is_hanzi(c) {
                    break;
                }
                end += c.len_utf8();
                last = c;
            }
            pieces.push(Piece::Text(&rest[..end]));
            end
        };
        rest = &rest[length..];
    }
    pieces
}

/// The forms of the word that `text` begins with: `白飯|白饭`, `237號房間|237号房间`, `對…|对…`.
fn forms(text: &str) -> Option<&str> {
    let before = |c: char| c.is_ascii_digit() || c.is_alphabetic() && !is_hanzi(c) || c == '∼';
    if !text.trim_start_matches(before).starts_with(is_hanzi) {
        return None;
    }
    let inside = |c: char| is_hanzi(c) || matches!(c, '|' | '·' | '，' | '…');
    let mut end = 0;
    loop {
        let rest = &text[end..];
        let led = rest.trim_start_matches(before);
        if !led.starts_with(is_hanzi) || end > 0 && led.len() < rest.len() && !text[..end].ends_with('|') {
            break;
        }
        end = text.len() - led.trim_start_matches(inside).len();
    }
    Some(text[..end].trim_end_matches(['|', '·', '，']))
}

/// The inside of the square brackets that `text` begins with, unless it is blank.
fn bracketed(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('[')?;
    let inside = &inside[..inside.find(']')?];
    (!inside.trim().is_empty()).then_some(inside)
}

/// More syllables than this in a row, none of them with a capital, are a sentence and no word.
const LONG: usize = 4;

/// CC-CEDICT's pinyin as a reader expects it: `Bei3 jing1 Da4 xue2` is `Běijīng Dàxué`. `hanzi` is what is read
/// so: the dictionary's words in it divide a sentence, in which CC-CEDICT divides every syllable.
pub(super) fn readable(pinyin: &str, hanzi: &str) -> String {
    let pinyin = pinyin.replace("u : ", "u:");
    let parts: Vec<&str> = pinyin
        .split_whitespace()
        .flat_map(|part| part.split_inclusive(|c: char| c.is_ascii_digit()))
        // `xx5` stands for what has no reading: the gap in 对…
        .filter(|part| !part.starts_with("xx"))
        .collect();
    let starts = word_starts(&parts, hanzi);
    let mut out = String::new();
    let mut in_word = false;
    for (at, &part) in parts.iter().enumerate() {
        let capital = part.chars().next().is_some_and(char::is_uppercase);
        let numbered = part.ends_with(|c: char| c.is_ascii_digit());
        match parse::syllable(part).filter(|_| numbered) {
            Some(syllable) => {
                let marked = write::marked(syllable);
                if in_word && !capital && !starts.contains(&at) {
                    if syllable.base().starts_with(['a', 'e', 'o']) {
                        out.push('\'');
                    }
                } else if !out.is_empty() && !out.ends_with('·') {
                    out.push(' ');
                }
                out.push_str(&if capital { write::capitalised(marked) } else { marked.to_owned() });
                in_word = true;
            }
            None => {
                if !out.is_empty() && !matches!(part, "," | "·") {
                    out.push(' ');
                }
                out.push_str(part);
                in_word = false;
            }
        }
    }
    out
}

/// Where the words of a sentence begin, as numbers of `parts`; none where the dictionary has `hanzi` as a word, or
/// where it is as short as one.
fn word_starts(parts: &[&str], hanzi: &str) -> Vec<usize> {
    let spoken: Vec<usize> = (0..parts.len()).filter(|&at| parse::syllable(parts[at]).is_some()).collect();
    let chars: Vec<char> = hanzi.chars().filter(|&c| is_hanzi(c)).collect();
    let plain = parts.first().is_none_or(|part| part.starts_with(char::is_lowercase));
    if spoken.len() <= LONG || !plain || spoken.len() != chars.len() || hanzi::count(hanzi) != chars.len() {
        return Vec::new();
    }
    let mut starts = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        starts.push(spoken[at]);
        let known = |&length: &usize| {
            let form: String = chars[at..at + length].iter().collect();
            Dictionary::embedded().has(&form)
        };
        at += (2..=LONG.min(chars.len() - at)).rev().find(known).unwrap_or(1);
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_numbers_letters_and_gaps_are_divided() {
        for (gloss, simplified) in [
            ("白飯|白饭[bai2 fan4]", "白饭"),
            ("(e.g. 237號房間|237号房间[er4 san1 qi1 hao4 fang2 jian1] \"Room 237\")", "237号房间"),
            ("preceded by 對…|对…[dui4 xx5] etc", "对…"),
            ("like ∼的大門|∼的大门[xx5 de5 da4 men2]", "∼的大门"),
            ("abbr. for B型超聲|B型超声[B xing2 chao1 sheng1]", "B型超声"),
            ("除了他，誰也沒來|除了他，谁也没来[chu2 le5 ta1 , shei2 ye3 mei2 lai2]", "除了他，谁也没来"),
        ] {
            let words: Vec<&str> = pieces(gloss)
                .into_iter()
                .filter_map(|piece| match piece {
                    Piece::Word { simplified, .. } => Some(simplified),
                    _ => None,
                })
                .collect();
            assert_eq!(words, [simplified], "{gloss}");
        }
    }

    #[test]
    fn pinyin_is_written_in_words() {
        for (pinyin, hanzi, expected) in [
            ("Bei3 jing1 Da4 xue2", "北京大学", "Běijīng Dàxué"),
            ("bei4 lu : 3 you2", "被旅游", "bèilǚyóu"),
            ("nu:3 ren2", "女人", "nǚrén"),
            ("dui4 xx5", "对…", "duì"),
            ("chu2 le5 ta1 , shei2 ye3 mei2 lai2", "除了他，谁也没来", "chúle tā, shéi yě méi lái"),
            (
                "chu2 le5 Ying1 yu3 , ta1 ye3 hui4 Fa3 yu3",
                "除了英语，他也会法语",
                "chúle Yīngyǔ, tā yě huì Fǎyǔ",
            ),
        ] {
            assert_eq!(readable(pinyin, hanzi), expected);
        }
    }
}
