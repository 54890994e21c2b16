//! Whether some pinyin, however it was typed, is a given reading of a word.
//!
//! A note says `chángchéng`, `chang2 cheng2`, `Cháng-chéng` or `changcheng`; the dictionary says which readings
//! there are. Asking each reading whether the pinyin could be it needs no splitting of runs. Tones may be
//! written as they are spoken: sandhi of 一, 不 and third tones (ISO 7098:2015, 10.2), neutral second syllables.

use unicode_normalization::UnicodeNormalization;

use crate::hanzi::is_hanzi;
use crate::pinyin::{Syllable, Tone, parse, sandhi, zhuyin};

/// How well pinyin fits a reading, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// Every tone is that of the reading.
    Exact,
    /// As it is spoken before others: sandhi of 一, 不 and third tones.
    Sandhi,
    /// A neutral tone for a full one, or the other way round.
    Spoken,
    /// No tone is written at all.
    Untoned,
    /// Some tone is another one.
    OtherTone,
}

/// Pinyin taken apart into letters, so that it can be held against readings.
#[derive(Clone, Debug)]
pub struct Typed {
    units: Vec<Unit>,
    toned: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Unit {
    Letter(char, Option<Tone>),
    Number(Tone),
    Gap,
    Other,
}

impl Typed {
    /// Takes `text`, pinyin or zhuyin, apart. `None` where it has no letter, so can't be either.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = zhuyin::as_pinyin(text);
        let mut units: Vec<Unit> = Vec::with_capacity(text.len());
        for c in text.nfkd().flat_map(char::to_lowercase) {
            let mark = match c {
                '\u{304}' | 'ˉ' => Some(Tone::First),
                '\u{301}' | 'ˊ' => Some(Tone::Second),
                '\u{30C}' | '\u{306}' | 'ˇ' => Some(Tone::Third),
                '\u{300}' | 'ˋ' => Some(Tone::Fourth),
                _ => None,
            };
            let last = units.last_mut();
            match (c, mark, last) {
                (_, Some(tone), Some(Unit::Letter(_, t))) => *t = Some(tone),
                ('\u{308}' | ':', _, Some(Unit::Letter(u @ 'u', _))) => *u = 'ü',
                ('\u{302}', _, Some(Unit::Letter(e @ 'e', _))) => *e = 'ê',
                ('v', ..) => units.push(Unit::Letter('ü', None)),
                ('ɡ', ..) => units.push(Unit::Letter('g', None)),
                ('ɑ', ..) => units.push(Unit::Letter('a', None)),
                ('0'..='5', _, Some(Unit::Letter(..))) => {
                    let number = u8::try_from(c).ok().and_then(|c| Tone::from_number(c - b'0'));
                    units.extend(number.map(Unit::Number));
                }
                (c, ..) if c.is_ascii_alphabetic() => units.push(Unit::Letter(c, None)),
                (c, ..) if c.is_whitespace() || "'’‘`´-–·•.…,，;；!！?？()（）[]/|\"“”".contains(c) =>
                {
                    units.push(Unit::Gap);
                }
                _ => units.push(Unit::Other),
            }
        }
        let toned = units.iter().any(|u| matches!(u, Unit::Number(_) | Unit::Letter(_, Some(_))));
        units.iter().any(|u| matches!(u, Unit::Letter(..))).then_some(Self { units, toned })
    }

    /// Whether a tone is written anywhere.
    #[must_use]
    pub fn toned(&self) -> bool {
        self.toned
    }

    /// Whether it is this reading of `word`, and how well it fits.
    #[must_use]
    pub fn fit(&self, word: &str, reading: &[Syllable]) -> Option<Fit> {
        let mut syllables = reading.iter();
        let mut at = 0;
        let mut worst = Fit::Exact;
        let (mut previous, mut before) = (None, '\0');
        for c in word.chars() {
            at = self.past_gaps(at);
            if is_hanzi(c) {
                let &syllable = syllables.next()?;
                let (tone, next) = self.syllable(at, syllable)?;
                worst = worst.max(self.tone_fit(c, syllable, tone));
                // 3 + 3 is spoken 2 + 3: the second of the two excuses the first.
                if previous == Some(Tone::Third) && syllable.tone() != Tone::Third && before != '\0' {
                    worst = worst.max(Fit::OtherTone);
                }
                before = if is_spoken_second(syllable, tone) { c } else { '\0' };
                previous = Some(syllable.tone());
                at = next;
            } else if c.is_ascii_alphanumeric()
                && self.units.get(at) == Some(&Unit::Letter(c.to_ascii_lowercase(), None))
            {
                at += 1;
            }
        }
        if before != '\0' {
            worst = worst.max(Fit::OtherTone);
        }
        (self.past_gaps(at) == self.units.len()).then_some(worst)
    }

    /// The reading of `word` that this is, with any syllable that each hanzi can have.
    #[must_use]
    pub fn any_of(&self, word: &str, each: &[Vec<Syllable>]) -> Option<Vec<Syllable>> {
        let hanzi: Vec<char> = word.chars().filter(|&c| is_hanzi(c)).collect();
        (hanzi.len() == each.len() && word.chars().all(is_hanzi)).then_some(())?;
        let mut chosen = Vec::with_capacity(each.len());
        self.choose(0, &hanzi, each, &mut chosen).then_some(chosen)
    }

    fn choose(&self, at: usize, hanzi: &[char], each: &[Vec<Syllable>], chosen: &mut Vec<Syllable>) -> bool {
        let place = chosen.len();
        let at = self.past_gaps(at);
        if place == each.len() {
            return at == self.units.len();
        }
        let mut options: Vec<(Fit, Syllable, usize)> = each[place]
            .iter()
            .filter_map(|&s| {
                let (tone, next) = self.syllable(at, s)?;
                Some((self.tone_fit(hanzi[place], s, tone), s, next))
            })
            .filter(|(fit, ..)| *fit <= Fit::Spoken)
            .collect();
        options.sort_by_key(|(fit, ..)| *fit);
        for (_, syllable, next) in options {
            chosen.push(syllable);
            if self.choose(next, hanzi, each, chosen) {
                return true;
            }
            chosen.pop();
        }
        false
    }

    fn past_gaps(&self, at: usize) -> usize {
        at + self.units[at.min(self.units.len())..].iter().take_while(|u| **u == Unit::Gap).count()
    }

    /// Whether the syllable's letters stand at `at`; its tone as written, and where it ends.
    fn syllable(&self, at: usize, syllable: Syllable) -> Option<(Option<Tone>, usize)> {
        let base = syllable.base();
        if base == "r" {
            // 儿 after a word is `r` to most, `er` to some.
            return self.letters(at, "er").or_else(|| self.letters(at, "r"));
        }
        self.letters(at, base)
    }

    fn letters(&self, mut at: usize, base: &str) -> Option<(Option<Tone>, usize)> {
        let mut tone = None;
        let mut before = '\0';
        for expected in base.chars() {
            // Who writes ü after l or n means it; u may be meant as ü.
            if self.units.get(at).is_some_and(|u| matches!(u, Unit::Letter('ü', _)))
                && expected == 'u'
                && matches!(before, 'l' | 'n')
            {
                return None;
            }
            before = expected;
            match self.units.get(at)? {
                &Unit::Letter(c, t) if same_letter(c, expected) => tone = tone.or(t),
                _ => return None,
            }
            at += 1;
        }
        if let Some(Unit::Number(number)) = self.units.get(at) {
            return Some((tone.or(Some(*number)), at + 1));
        }
        Some((tone, at))
    }

    fn tone_fit(&self, hanzi: char, syllable: Syllable, written: Option<Tone>) -> Fit {
        if !self.toned {
            return Fit::Untoned;
        }
        if syllable.base() == "r" {
            return Fit::Exact;
        }
        let written = written.unwrap_or(Tone::Neutral);
        let tone = syllable.tone();
        if written == tone {
            return Fit::Exact;
        }
        let spoken = sandhi::cited(hanzi, syllable.with_tone(written)) == Some(syllable);
        if spoken || is_spoken_second(syllable, Some(written)) {
            return Fit::Sandhi;
        }
        if written == Tone::Neutral || tone == Tone::Neutral { Fit::Spoken } else { Fit::OtherTone }
    }
}

fn is_spoken_second(syllable: Syllable, written: Option<Tone>) -> bool {
    syllable.tone() == Tone::Third && written == Some(Tone::Second)
}

/// `ü` is typed `u` after j, q, x and y, and by many after l and n; the hanzi tells which it is.
fn same_letter(written: char, expected: char) -> bool {
    written == expected || matches!((written, expected), ('u', 'ü') | ('ü', 'u') | ('e', 'ê'))
}

/// Whether `text` is nothing but lawful syllables, of pinyin or zhuyin.
#[must_use]
pub fn is_pinyin(text: &str) -> bool {
    let text = zhuyin::as_pinyin(text);
    let mut found = false;
    for run in
        text.split(|c: char| !(c.is_alphanumeric() || c == ':' || ('\u{300}'..='\u{30F}').contains(&c)))
    {
        if run.is_empty() {
            continue;
        }
        found = true;
        if !is_run(run) {
            return false;
        }
    }
    found
}

/// The most characters of a syllable, tone and `:` with them: `zhuang:4`.
const LONGEST_SYLLABLE: usize = 8;

fn is_run(run: &str) -> bool {
    let run: String = run.nfc().collect();
    let places: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
    let mut reached = vec![false; places.len()];
    reached[0] = true;
    for (start, &from) in places.iter().enumerate() {
        if !reached[start] {
            continue;
        }
        for (end, &to) in places.iter().enumerate().skip(start + 1).take(LONGEST_SYLLABLE) {
            reached[end] |= parse::syllable(&run[from..to]).is_some();
        }
    }
    reached[places.len() - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(pinyin: &str) -> Vec<Syllable> {
        pinyin.split(' ').map(|s| parse::syllable(s).expect("a syllable")).collect()
    }

    #[test]
    fn every_way_to_type_a_reading_fits_it() {
        for (word, of, typed, fit) in [
            ("公司", "gong1 si1", "gōngsī", Some(Fit::Exact)),
            ("公司", "gong1 si1", "Gōng Sī", Some(Fit::Exact)),
            ("公司", "gong1 si1", "gong1si1", Some(Fit::Exact)),
            ("公司", "gong1 si1", "gongsi", Some(Fit::Untoned)),
            ("公司", "gong1 si1", "gòngsī", Some(Fit::OtherTone)),
            ("公司", "gong1 si1", "gōngsīrén", None),
            ("公司", "gong1 si1", "ㄍㄨㄥ ㄙ", Some(Fit::Exact)),
            ("学生", "xue2 sheng5", "ㄒㄩㄝˊ˙ㄕㄥ", Some(Fit::Exact)),
            ("长", "chang2", "ㄓㄤˇ", None),
            ("哪儿", "na3 r5", "ㄋㄚˇㄦ", Some(Fit::Exact)),
            ("绿", "lü4", "lu:4", Some(Fit::Exact)),
            ("绿", "lu4", "lu:4", None),
            ("局", "ju2", "jü2", Some(Fit::Exact)),
            ("西安", "xi1 an1", "Xī'ān", Some(Fit::Exact)),
            ("女儿", "nü3 er2", "nv3 er2", Some(Fit::Exact)),
            ("女儿", "nü3 er2", "nu:3'er2", Some(Fit::Exact)),
            ("哪儿", "na3 r5", "nǎr", Some(Fit::Exact)),
            ("哪儿", "na3 r5", "nǎ er", Some(Fit::Exact)),
            ("学生", "xue2 sheng5", "xué shēng", Some(Fit::Spoken)),
            ("不是", "bu4 shi4", "bú shì", Some(Fit::Sandhi)),
            ("一个", "yi1 ge4", "yí gè", Some(Fit::Sandhi)),
            ("你好", "ni3 hao3", "ní hǎo", Some(Fit::Sandhi)),
            ("好人", "hao3 ren2", "háo rén", Some(Fit::OtherTone)),
            ("长", "chang2", "zhǎng", None),
            ("卡拉OK", "ka3 la1", "kǎlā OK", Some(Fit::Exact)),
            ("一不做，二不休", "yi1 bu4 zuo4 er4 bu4 xiu1", "yī bù zuò, èr bù xiū", Some(Fit::Exact)),
        ] {
            let typed = Typed::new(typed).expect("letters");
            assert_eq!(typed.fit(word, &reading(of)), fit, "{word} {of} {typed:?}");
        }
        assert!(Typed::new("汉字 123").is_none());
    }

    #[test]
    fn what_is_pinyin_and_what_is_english() {
        for text in ["gōngsī", "gong1 si1", "lǜ", "lu:4", "Xī'ān", "zhe5"] {
            assert!(is_pinyin(text), "{text}");
        }
        for text in ["student", "the company", "", "公司", "gōngsx"] {
            assert!(!is_pinyin(text), "{text}");
        }
    }
}
