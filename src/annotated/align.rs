//! Ties the syllables of a bracket to the hanzi before it, from right to left.
//!
//! Why from the right: a bracket follows what it reads, but does not say how far back that goes; the number of
//! syllables does, and a run-together string has several lawful splits (`fangan`: fan gan, fang an) of which
//! only the readings of the hanzi can choose. Digits and letters among the hanzi may be read aloud, repeated or
//! spelled; signs are stepped over.

use std::collections::HashSet;

use super::fit::{Fit, Pair, Readings, best_fit, fit, has_base, is_er};
use super::numbers;
use crate::hanzi::is_hanzi;
use crate::pinyin::parse::{Sign, Written, ending_at, with_dots};
use crate::pinyin::{Syllable, Tone};

/// A hanzi of the text with its syllable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    /// Where the hanzi stands, in bytes of the clean text.
    pub at: usize,
    pub pair: Pair,
}

/// The syllables that one hanzi accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Demand {
    /// That it be a reading of the hanzi, or lawfully near one.
    Reading,
    /// That it be one in some tone: a misprint, or a reading that no dictionary has.
    Base,
}

/// The surroundings of a bracket.
#[derive(Clone, Copy)]
pub(super) struct Context<'t> {
    /// The clean text before the bracket, as far back as it may reach.
    pub before: &'t str,
    /// How many bytes of clean text stand before that.
    pub offset: usize,
    /// The character after the bracket.
    pub after: Option<char>,
    /// Whether the article marks tones.
    pub marked: bool,
    /// Readings that hanzi have only in a word that stands there: where, and which (彤 tōng in 红彤彤).
    pub in_words: &'t [(usize, Syllable)],
}

/// How many signs (a closing quote, 。, a blank) may stand between two hanzi, or between the last and the bracket.
const SIGNS: usize = 4;
/// How far back a bracket reaches at most, in characters.
const REACH: usize = 400;
/// Room for a number before the first hanzi, and for signs.
const ROOM: usize = 24;
/// Where the search gives up; the longest sentences need a tenth of it.
const STEPS: usize = 6000;
/// More solutions than these aren't told apart.
const SOLUTIONS: usize = 8;

/// How many characters before it a bracket of so many signs can reach.
pub(super) fn reach(signs: usize) -> usize {
    REACH.min(signs + ROOM)
}

/// Every way to tie all of `signs` to the end of the text, hanzi in the order of the text.
pub(super) fn align(
    signs: &[Sign],
    context: Context<'_>,
    demand: Demand,
    readings: &Readings,
) -> Vec<Vec<Placed>> {
    let text: Vec<(usize, char)> = context
        .before
        .char_indices()
        .rev()
        .take_while(|&(_, c)| c != '\n')
        .take(reach(signs.len()))
        .map(|(at, c)| (context.offset + at, narrow(c)))
        .collect();
    let first = signs.iter().position(|&s| s != Sign::Break).unwrap_or(0);
    let mut search = Search {
        signs,
        text,
        first,
        context,
        demand,
        readings,
        path: Vec::new(),
        dead: HashSet::new(),
        steps: 0,
        solutions: Vec::new(),
    };
    search.walk(0, signs.len(), 0);
    search.solutions
}

/// Full-width letters, digits and signs as their half-width twins.
fn narrow(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

struct Search<'a> {
    signs: &'a [Sign],
    /// The text before the bracket, backwards.
    text: Vec<(usize, char)>,
    /// The first sign that is no break.
    first: usize,
    context: Context<'a>,
    demand: Demand,
    readings: &'a Readings,
    /// The pairs on the way here, last hanzi first.
    path: Vec<Placed>,
    /// Places from which there is no way on.
    dead: HashSet<(usize, usize)>,
    steps: usize,
    solutions: Vec<Vec<Placed>>,
}

impl Search<'_> {
    /// Goes on from the text before `text[t]` and the signs before `signs[s]`. Whether that led anywhere.
    fn walk(&mut self, t: usize, s: usize, skipped: usize) -> bool {
        let s = (0..s).rev().find(|&i| self.signs[i] != Sign::Break).map_or(0, |i| i + 1);
        if s == 0 {
            if self.path.is_empty() {
                return false;
            }
            let solution: Vec<Placed> = self.path.iter().rev().copied().collect();
            if !self.solutions.contains(&solution) {
                self.solutions.push(solution);
            }
            return true;
        }
        self.steps += 1;
        let Some(&(at, c)) = self.text.get(t) else { return false };
        if self.steps > STEPS || self.solutions.len() >= SOLUTIONS || self.dead.contains(&(t, s)) {
            return false;
        }
        let found = if is_hanzi(c) {
            self.hanzi(t, s, at, c)
        } else if c.is_ascii_digit() || c == '%' {
            // Not `||`: every way is wanted, so that an ambiguity is seen.
            self.same_sign(t, s, c) | self.number(t, s) | self.silent(t, s)
        } else if c.is_ascii_alphabetic() {
            self.same_sign(t, s, c)
                | (c.is_ascii_uppercase() && self.letter_name(t, s, c))
                | self.silent(t, s)
        } else {
            skipped < SIGNS && self.walk(t + 1, s, skipped + 1)
        };
        if !found {
            self.dead.insert((t, s));
        }
        found
    }

    fn hanzi(&mut self, t: usize, s: usize, at: usize, hanzi: char) -> bool {
        let mut found = false;
        // 一点(yīdiǎnr): an `r` whose 儿 isn't in print belongs to the syllable before it.
        let silent_r = !is_er(hanzi) && self.signs[s - 1] == Sign::Letter('r', None);
        let ends = [Some(s), silent_r.then(|| s - 1)];
        for end in ends.into_iter().flatten() {
            let syllables: Vec<(usize, Written)> = ending_at(self.signs, end).collect();
            for (start, written) in syllables {
                let plain = self.pair(hanzi, written, start);
                let pair = if self.fits(at, plain) {
                    plain
                } else {
                    let dotted = with_dots(written).map(|written| Pair { written, ..plain });
                    let Some(dotted) = dotted.filter(|&pair| self.fits(at, pair)) else { continue };
                    dotted
                };
                self.path.push(Placed { at, pair });
                found |= self.walk(t + 1, start, 0);
                self.path.pop();
            }
        }
        found
    }

    fn pair(&self, hanzi: char, written: Written, start: usize) -> Pair {
        let before_third = match self.path.last() {
            Some(next) => {
                let syllable = next.pair.written.syllable;
                !matches!(syllable.tone(), Tone::First | Tone::Fourth)
                    && self.readings.of(next.pair.hanzi).contains(&syllable.with_tone(Tone::Third))
            }
            None => self.context.after.is_some_and(|c| is_hanzi(c) && self.readings.can_be_third(c)),
        };
        Pair { hanzi, written, before_third, marked: self.context.marked, first: start <= self.first }
    }

    fn fits(&self, at: usize, pair: Pair) -> bool {
        let in_word =
            |&(place, known): &(usize, Syllable)| place == at && fit(pair, known, self.readings).is_some();
        let fit = best_fit(pair, self.readings)
            .or_else(|| self.context.in_words.iter().any(in_word).then_some(Fit::Near));
        match self.demand {
            Demand::Reading => fit.is_some(),
            Demand::Base => fit.is_some() || has_base(pair.hanzi, pair.written, self.readings),
        }
    }

    /// A letter or digit that stands in both: the OK of 卡拉OK(kǎlāOK).
    fn same_sign(&mut self, t: usize, s: usize, c: char) -> bool {
        let same = match self.signs[s - 1] {
            Sign::Letter(letter, _) => {
                letter == c.to_ascii_lowercase() || (letter == 'ü' && matches!(c, 'v' | 'V'))
            }
            Sign::Digit(digit) => c.to_digit(10) == Some(u32::from(digit)),
            Sign::Break => false,
        };
        same && self.walk(t + 1, s - 1, 0)
    }

    /// A capital that is read by its name: the T of T恤(tīxù).
    fn letter_name(&mut self, t: usize, s: usize, c: char) -> bool {
        let starts: Vec<usize> = ending_at(self.signs, s)
            .filter(|(_, written)| {
                let base = written.syllable.base();
                base.starts_with(c.to_ascii_lowercase()) || (c == 'A' && base == "ei")
            })
            .map(|(start, _)| start)
            .collect();
        let mut found = false;
        for start in starts {
            found |= self.walk(t + 1, start, 0);
        }
        found
    }

    /// Letters or digits of a word, whose pinyin leaves them out: 卡拉OK(kǎlā), 大V(dà).
    fn silent(&mut self, t: usize, s: usize) -> bool {
        let alike = |c: char| c.is_ascii_alphanumeric();
        let toned = self.signs.iter().any(|s| matches!(s, Sign::Letter(_, Some(_)) | Sign::Digit(_)));
        if !toned || (t > 0 && alike(self.text[t - 1].1)) {
            return false;
        }
        let length = self.text[t..].iter().take_while(|&&(_, c)| alike(c)).count();
        // A sign such as %, which is no letter of a word.
        if length == 0 {
            return false;
        }
        let hanzi = |texts: &[(usize, char)]| texts.iter().take(3).take_while(|&&(_, c)| is_hanzi(c)).count();
        let before = hanzi(&self.text[t + length..]);
        let after = self.text[..t].iter().rev().take(3).take_while(|&&(_, c)| is_hanzi(c)).count();
        let is_word = |first: usize, last: usize| {
            let form: String = self.text[last..=first].iter().rev().map(|&(_, c)| c).collect();
            self.readings.dictionary.find_any(&form).is_some()
        };
        let first = t + length - 1;
        let of_a_word = (1..=before).any(|b| (0..=after).any(|a| is_word(first + b, t - a)));
        of_a_word && self.walk(t + length, s, 0)
    }

    /// A number that is read aloud: the 28 of 28岁(èrshíbā suì).
    fn number(&mut self, t: usize, s: usize) -> bool {
        let run: Vec<char> =
            self.text[t..].iter().map(|&(_, c)| c).take_while(|&c| numbers::is_part(c)).collect();
        let length = run.iter().rposition(char::is_ascii_digit).map_or(0, |last| last + 1);
        let number: String = run[..length].iter().rev().collect();
        let mut ends: Vec<usize> = Vec::new();
        for way in numbers::readings(&number) {
            step_over(self.signs, s, &way, &mut ends);
        }
        ends.sort_unstable();
        ends.dedup();
        let mut found = false;
        for end in ends {
            found |= self.walk(t + length, end, 0);
        }
        found
    }
}

/// Where one gets by stepping over the syllables of a number backwards.
pub(super) fn step_over(signs: &[Sign], s: usize, way: &[numbers::Slot], ends: &mut Vec<usize>) {
    let Some((slot, rest)) = way.split_last() else {
        ends.push(s);
        return;
    };
    let s = (0..s).rev().find(|&i| signs[i] != Sign::Break).map_or(0, |i| i + 1);
    for (start, written) in ending_at(signs, s) {
        if slot.contains(&written.syllable.base()) {
            step_over(signs, start, rest, ends);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;
    use crate::pinyin::parse;

    /// The pairs of each solution, such as `公gong1 司si1`.
    fn ways(before: &str, written: &str, demand: Demand) -> Vec<String> {
        let readings = Readings::new(Dictionary::embedded());
        let signs = parse::signs(written).expect("pinyin");
        let context = Context { before, offset: 0, after: None, marked: true, in_words: &[] };
        let show = |pairs: Vec<Placed>| {
            pairs
                .iter()
                .map(|p| format!("{}{}", p.pair.hanzi, p.pair.written.syllable))
                .collect::<Vec<_>>()
                .join(" ")
        };
        align(&signs, context, demand, &readings).into_iter().map(show).collect()
    }

    #[test]
    fn only_the_split_that_fits_the_hanzi_is_found() {
        for (before, written, expected) in [
            ("一家公司", "gōngsī", "公gong1 司si1"),
            ("方案", "fangan", "方fang5 案an5"),
            ("反感", "fangan", "反fan5 感gan5"),
            ("去西安", "xīān", "西xi1 安an1"),
            ("领先", "xiān", "先xian1"),
            ("女儿", "nǚér", "女nü3 儿er2"),
            ("哪儿", "nǎr", "哪na3 儿r5"),
            ("一点", "yīdiǎnr", "一yi1 点dian3"),
        ] {
            assert_eq!(ways(before, written, Demand::Reading), [expected], "{before}({written})");
        }
    }

    #[test]
    fn digits_and_letters_among_the_hanzi_are_stepped_over() {
        for (before, written, expected) in [
            ("年仅28岁", "èrshíbā suì", "岁sui4"),
            ("年仅28岁", "28 suì", "岁sui4"),
            ("卡拉OK", "kǎlāOK", "卡ka3 拉la1"),
            ("一件T恤", "T xù", "恤xu4"),
            ("一件T恤", "tīxù", "恤xu4"),
            ("有７至9位", "qī zhì jiǔ wèi", "至zhi4 位wei4"),
            ("占17%的", "bǎi fēn zhī shíqī de", "的de5"),
            ("“公司”", "gōngsī", "公gong1 司si1"),
        ] {
            assert_eq!(ways(before, written, Demand::Reading), [expected], "{before}({written})");
        }
    }

    #[test]
    fn what_does_not_fit_is_not_found() {
        for (before, written) in [
            ("可以", "can"),
            ("公司", "qǐyè"),
            ("Meta", "de"),
            ("", "gōngsī"),
            ("公\n司", "gōngsī"),
            ("司", "gōngsī"),
        ] {
            assert!(ways(before, written, Demand::Reading).is_empty(), "{before}({written})");
        }
        assert!(ways("动作", "dǒngzuò", Demand::Reading).is_empty());
        assert_eq!(ways("动作", "dōngzuò", Demand::Base), ["动dong1 作zuo4"]);
    }

    #[test]
    fn a_hostile_bracket_ends() {
        let written = "an".repeat(150);
        let before = "安".repeat(200) + "啊";
        assert!(ways(&before, &written, Demand::Reading).is_empty());
    }
}
