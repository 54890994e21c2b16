//! Pinyin as people type it, read into syllables.
//!
//! Tone marks (composed or decomposed, a breve for the caron), tone numbers (also raised), or no tone at all;
//! `ü` also as `v`, `u:` or `yu`; capitals; full-width letters; the look-alikes ɡ, ɑ and α. Runs of several
//! syllables become [`Sign`]s, which `annotated` splits, because only the hanzi can tell how. The spellings are
//! those of ISO 7098 and of what keyboards without diacritics make of them.

use unicode_normalization::UnicodeNormalization;

use super::{Syllable, Tone};

/// A syllable as it was written: without a tone it may be neutral or just unmarked, and only the hanzi can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// The syllable; neutral where no tone was written.
    pub syllable: Syllable,
    /// Whether a tone was written.
    pub toned: bool,
}

/// One sign of written pinyin, after every way to write it has been made one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A lower-case letter (`a`–`z`, `ü` or `ê`) with the tone mark that it carries.
    Letter(char, Option<Tone>),
    /// A digit: a tone, or part of a number that stands among the pinyin.
    Digit(u8),
    /// A blank, hyphen, apostrophe or other sign between syllables, which no syllable goes across.
    Break,
}

/// The most letters that a syllable has: `zhuang`, `chuang`, `shuang`.
const LONGEST: usize = 6;

/// The signs of `text`, or nothing if it has a character that no pinyin has.
#[must_use]
pub fn signs(text: &str) -> Option<Vec<Sign>> {
    let mut signs = Vec::with_capacity(text.len());
    for c in text.chars() {
        // NFKD would make a blank and a combining accent of these, which people use as apostrophes.
        if is_break(c) {
            signs.push(Sign::Break);
            continue;
        }
        for c in std::iter::once(c).nfkd() {
            read_sign(&mut signs, c)?;
        }
    }
    Some(signs)
}

fn read_sign(signs: &mut Vec<Sign>, c: char) -> Option<()> {
    let letter = match c {
        'a'..='z' => c,
        'A'..='Z' => c.to_ascii_lowercase(),
        'ɑ' | 'α' => 'a',
        'ɡ' => 'g',
        '0'..='9' => {
            signs.push(Sign::Digit(u8::try_from(c).ok()? - b'0'));
            return Some(());
        }
        _ if is_break(c) => {
            signs.push(Sign::Break);
            return Some(());
        }
        ':' if !matches!(signs.last(), Some(Sign::Letter('u', _))) => {
            signs.push(Sign::Break);
            return Some(());
        }
        _ => return read_mark(signs.last_mut()?, c),
    };
    signs.push(Sign::Letter(if letter == 'v' { 'ü' } else { letter }, None));
    Some(())
}

/// A combining mark, or the colon of `u:`, changes the letter before it.
fn read_mark(last: &mut Sign, c: char) -> Option<()> {
    let Sign::Letter(letter, tone) = last else { return None };
    let mark = match c {
        '\u{304}' => Tone::First,
        '\u{301}' => Tone::Second,
        '\u{30C}' | '\u{306}' => Tone::Third,
        '\u{300}' => Tone::Fourth,
        '\u{308}' | ':' if *letter == 'u' => {
            *letter = 'ü';
            return Some(());
        }
        '\u{302}' if *letter == 'e' => {
            *letter = 'ê';
            return Some(());
        }
        _ => return None,
    };
    if tone.is_some() || !matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'ü' | 'ê' | 'm' | 'n' | 'r') {
        return None;
    }
    *tone = Some(mark);
    Some(())
}

fn is_break(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '－')
        || matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʹ' | '′' | '`' | '´' | '＇' | '"' | '“' | '”')
        || matches!(
            c,
            '·' | '・' | '•' | '‧' | ',' | '，' | '、' | '.' | '。' | '!' | '！' | '?' | '？' | ';' | '；'
        )
        || matches!(c, '：' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}')
}

/// The syllables that end just before `signs[end]`, the shortest first, each with where it begins.
pub fn ending_at(signs: &[Sign], end: usize) -> impl Iterator<Item = (usize, Written)> {
    let (letters_end, number) = match end.checked_sub(1).and_then(|last| signs.get(last)) {
        Some(Sign::Digit(digit)) => (end - 1, Tone::from_number(*digit)),
        Some(Sign::Letter(..)) => (end, None),
        _ => (0, None),
    };
    let numbered = letters_end < end;
    // A digit that is no tone ends no syllable.
    let reach = if numbered && number.is_none() { 0 } else { LONGEST.min(letters_end) };
    (1..=reach)
        .map(move |length| letters_end - length)
        .take_while(|&start| matches!(signs.get(start), Some(Sign::Letter(..))))
        .filter_map(move |start| Some((start, read(signs.get(start..letters_end)?, number)?)))
}

/// The syllable that these letters are.
fn read(letters: &[Sign], number: Option<Tone>) -> Option<Written> {
    let mut base = String::with_capacity(LONGEST + 2);
    let mut tone = number;
    for sign in letters {
        let Sign::Letter(letter, mark) = sign else { return None };
        base.push(*letter);
        if mark.is_some() {
            if tone.is_some() {
                return None;
            }
            tone = *mark;
        }
    }
    let syllable = known(&base)?.with_tone(tone.unwrap_or(Tone::Neutral));
    Some(Written { syllable, toned: tone.is_some() })
}

/// The syllable of a base in any of its spellings, in the neutral tone.
fn known(base: &str) -> Option<Syllable> {
    let syllable = |base: &str| Syllable::new(base, Tone::Neutral);
    syllable(base).or_else(|| match base {
        "lue" | "lyue" => syllable("lüe"),
        "nue" | "nyue" => syllable("nüe"),
        "lyu" => syllable("lü"),
        "nyu" => syllable("nü"),
        // A keyboard with `v` gives these for ju, qu, xu, yu.
        _ if base.starts_with(['j', 'q', 'x', 'y']) && base.contains('ü') => {
            syllable(&base.replace('ü', "u"))
        }
        _ => None,
    })
}

/// The syllable that is meant where the dots of `ü` were left out, if that is a syllable: `nu` may be nü.
#[must_use]
pub fn with_dots(written: Written) -> Option<Written> {
    let base = written.syllable.base();
    if !base.starts_with(['l', 'n']) {
        return None;
    }
    let rest = base.get(1..)?.strip_prefix('u')?;
    let syllable = Syllable::new(&format!("{}ü{rest}", &base[..1]), written.syllable.tone())?;
    Some(Written { syllable, ..written })
}

/// The fewest syllables that the signs can be cut into, digits read as tones; nothing if they are no pinyin.
#[must_use]
pub fn fewest_syllables(signs: &[Sign]) -> Option<usize> {
    let mut fewest: Vec<Option<usize>> = vec![Some(0)];
    for end in 1..=signs.len() {
        let here = if signs[end - 1] == Sign::Break {
            fewest[end - 1]
        } else {
            ending_at(signs, end).filter_map(|(start, _)| fewest[start].map(|n| n + 1)).min()
        };
        fewest.push(here);
    }
    fewest.pop().flatten()
}

/// Every way to cut the signs into just so many syllables, the first ones at most: a word has few.
#[must_use]
pub fn cuts(signs: &[Sign], syllables: usize) -> Vec<Vec<Written>> {
    const MOST: usize = 64;
    // ways[end][n]: the ways to cut what stands before `end` into n syllables.
    let mut ways: Vec<Vec<Vec<Vec<Written>>>> = vec![vec![Vec::new(); syllables + 1]; signs.len() + 1];
    ways[0][0].push(Vec::new());
    for end in 1..=signs.len() {
        if signs[end - 1] == Sign::Break {
            ways[end] = ways[end - 1].clone();
            continue;
        }
        for (start, written) in ending_at(signs, end) {
            for n in 1..=syllables {
                for before in ways[start][n - 1].clone() {
                    if ways[end][n].len() < MOST {
                        ways[end][n].push([&before[..], &[written]].concat());
                    }
                }
            }
        }
    }
    ways.pop().and_then(|mut last| last.pop()).unwrap_or_default()
}

/// The syllable that `text` is, where no tone means the neutral one.
#[must_use]
pub fn syllable(text: &str) -> Option<Syllable> {
    written(text).map(|w| w.syllable)
}

/// The syllable that `text` is, and whether its tone was written.
#[must_use]
pub fn written(text: &str) -> Option<Written> {
    let signs = signs(text)?;
    ending_at(&signs, signs.len()).find(|&(start, _)| start == 0).map(|(_, written)| written)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(text: &str) -> Option<String> {
        syllable(text).map(|s| s.to_string())
    }

    #[test]
    fn marks_numbers_and_every_way_to_write_u_umlaut() {
        for (text, expected) in [
            ("gōng", "gong1"),
            ("gong1", "gong1"),
            ("gong¹", "gong1"),
            ("ｇｏｎｇ１", "gong1"),
            ("Běi", "bei3"),
            ("BĚI", "bei3"),
            ("be\u{30C}i", "bei3"),
            ("bĕi", "bei3"),
            ("ɡōnɡ", "gong1"),
            ("mɑ\u{304}", "ma1"),
            ("lǜ", "lü4"),
            ("lv4", "lü4"),
            ("lu:4", "lü4"),
            ("lù:", "lü4"),
            ("lyu4", "lü4"),
            ("lüè", "lüe4"),
            ("lue4", "lüe4"),
            ("jv2", "ju2"),
            ("xü1", "xu1"),
            ("ế", "ê2"),
            ("ńg", "ng2"),
            ("de", "de5"),
            ("de5", "de5"),
            ("de0", "de5"),
            ("r", "r5"),
            ("zhuāng", "zhuang1"),
        ] {
            assert_eq!(numbered(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_syllable_is_none() {
        for text in [
            "", "CEO", "gōng1", "4", "gong9", "g", "can't", "公", "lǘv", "\u{304}a", "ḡong", "gō ng",
            "chuangg",
        ] {
            assert_eq!(syllable(text), None, "{text}");
        }
    }

    #[test]
    fn an_unmarked_syllable_says_so() {
        assert_eq!(written("de").map(|w| w.toned), Some(false));
        assert_eq!(written("de5").map(|w| w.toned), Some(true));
    }

    #[test]
    fn all_syllables_that_end_at_a_place() {
        let signs = signs("xian").expect("letters");
        let found: Vec<_> = ending_at(&signs, 4).map(|(start, w)| (start, w.syllable.base())).collect();
        assert_eq!(found, [(3, "n"), (2, "an"), (0, "xian")]);
        assert_eq!(ending_at(&signs, 0).count(), 0);
        assert_eq!(ending_at(&signs, 99).count(), 0);
    }

    #[test]
    fn a_string_is_cut_into_the_fewest_syllables() {
        for (text, expected) in [
            ("gōngsī", Some(2)),
            ("xian", Some(1)),
            ("xī'ān", Some(2)),
            ("gong1 si1", Some(2)),
            ("Málaga", Some(3)),
            ("company", None),
            ("", Some(0)),
        ] {
            assert_eq!(signs(text).and_then(|s| fewest_syllables(&s)), expected, "{text}");
        }
    }

    #[test]
    fn a_string_is_cut_into_just_so_many_syllables() {
        let cut = |text: &str, n| -> Vec<String> {
            let show =
                |cut: &Vec<Written>| cut.iter().map(|w| w.syllable.to_string()).collect::<Vec<_>>().join(" ");
            cuts(&signs(text).expect("pinyin"), n).iter().map(show).collect()
        };
        assert_eq!(cut("xi1an1", 2), ["xi1 an1"]);
        assert_eq!(cut("gōng sī", 2), ["gong1 si1"]);
        assert_eq!(cut("píngān", 2), ["ping2 an1", "pin2 gan1"]);
        assert_eq!(cut("gōngsī", 1), Vec::<String>::new());
        assert_eq!(cut("", 1), Vec::<String>::new());
    }

    #[test]
    fn dots_that_were_left_out() {
        let dotted = |text| written(text).and_then(with_dots).map(|w| w.syllable.to_string());
        assert_eq!(dotted("nǔ").as_deref(), Some("nü3"));
        assert_eq!(dotted("shǔ"), None);
    }
}
