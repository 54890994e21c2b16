//! Ties a row of pinyin words to a row of hanzi, from left to right, and counts what does not fit.
//!
//! Why beside `align`: a bracket says where its hanzi end and not where they begin, and has to fit. A line of pinyin
//! stands beside a line of hanzi, so both ends are known, and one misprint must not part the two lines. All ways to
//! split the words are tried at once, as the few places in the row of hanzi that they can lead to.

use std::ops::Range;

use super::align::step_over;
use super::content::Content;
use super::find::is_letter;
use super::fit::{Pair, Readings, best_fit, is_er};
use super::{numbers, zhuyin};
use crate::hanzi::is_hanzi;
use crate::pinyin::parse::{Sign, Written, ending_at, with_dots};

/// A word of a row of pinyin; a number or a name may be among them.
#[derive(Clone, Debug)]
pub(super) struct Word<'t> {
    pub range: Range<usize>,
    pub content: Content<'t>,
}

/// A row of hanzi to which syllables are tied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit<'t> {
    pub range: Range<usize>,
    /// The hanzi; nothing for a number or a name in Latin letters.
    pub hanzi: Option<char>,
    pub text: &'t str,
}

/// A row of words tied to a row of hanzi.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tie {
    /// How many of the words it takes.
    pub words: usize,
    /// Hanzi whose syllable is none of theirs.
    pub misfits: usize,
    /// Which word reads hanzi, and where in the text the last of them ends.
    pub pieces: Vec<(usize, usize)>,
}

/// No word that is joined together has more syllables or letters.
const SYLLABLES: usize = 24;
const LETTERS: usize = 100;
/// The most places in the row of hanzi that are kept in mind; two or three are usual.
const PLACES: usize = 12;
/// A number is read with so many words at most.
const NUMBER: usize = 12;

/// The words of `text`, which begins at `offset`; nothing where it has a letter that no pinyin has.
pub(super) fn words(text: &str, offset: usize) -> Option<Vec<Word<'_>>> {
    let mut words = Vec::new();
    let mut start = None;
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let next = rest.peek().map(|&(_, next)| next);
        // An apostrophe or a hyphen inside a word.
        let joint = matches!(c, '\'' | '’' | '-') && start.is_some() && next.is_some_and(is_letter);
        let of_word = is_letter(c) || c.is_ascii_digit() || is_mark(c) || joint;
        if !of_word && c.is_alphanumeric() {
            return None;
        }
        let begin = if of_word { *start.get_or_insert(at) } else { start.take().unwrap_or(at) };
        let end = match (of_word, next) {
            (true, None) => at + c.len_utf8(),
            (true, Some(_)) => continue,
            (false, _) => at,
        };
        if begin < end {
            let content = Content::read(&text[begin..end])?;
            words.push(Word { range: offset + begin..offset + end, content });
        }
    }
    Some(words)
}

/// A tone that stands beside its letter.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{30F}') || zhuyin::is_tone(c)
}

/// The hanzi, numbers and names of `text`, which begins at `offset`.
pub(super) fn units(text: &str, offset: usize) -> Vec<Unit<'_>> {
    let mut units: Vec<Unit<'_>> = Vec::new();
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if is_hanzi(c) {
            units.push(Unit { range: offset + at..offset + end, hanzi: Some(c), text: &text[at..end] });
        } else if c.is_alphanumeric() {
            match units.last_mut() {
                Some(last) if last.hanzi.is_none() && last.range.end == offset + at => {
                    last.range.end = offset + end;
                    last.text = &text[last.range.start - offset..end];
                }
                _ => units.push(Unit { range: offset + at..offset + end, hanzi: None, text: &text[at..end] }),
            }
        }
    }
    units
}

/// A place in the row of hanzi, and how one gets there.
struct Step {
    unit: usize,
    misfits: usize,
    /// The step before, and the word that was tied.
    from: Option<(usize, Option<usize>)>,
}

/// Ties all units to the words, or to as many of the first of them as fit without a fault; nothing if there is no way.
pub(super) fn tie(words: &[Word<'_>], units: &[Unit<'_>], all: bool, readings: &Readings) -> Option<Tie> {
    // Whether a tone is written anywhere, so that no mark is the neutral one.
    let marked = words.iter().any(|word| word.content.tones > 0);
    units.iter().any(|unit| unit.hanzi.is_some()).then_some(())?;
    let mut search =
        Search { words, units, beyond: beyond_others(units), readings, marked, steps: Vec::new() };
    let mut places: Vec<Vec<usize>> = vec![Vec::new(); words.len() + 1];
    search.reach(&mut places[0], Step { unit: 0, misfits: 0, from: None });
    let mut last = None;
    for word in 0..=words.len() {
        let here = std::mem::take(&mut places[word]);
        let through = here.iter().filter(|&&step| search.is_through(step));
        let through = through.min_by_key(|&&step| search.steps[step].misfits);
        let whole = word == words.len();
        if let Some(&step) = through.filter(|&&step| whole || !all && search.steps[step].misfits == 0) {
            last = Some((word, step));
        }
        for step in here.into_iter().filter(|_| !whole) {
            search.go_on(word, step, &mut places);
        }
    }
    let (words, step) = last?;
    Some(search.tie(words, step))
}

/// Where one gets from each unit by passing over numbers and names.
fn beyond_others(units: &[Unit<'_>]) -> Vec<usize> {
    let mut beyond = vec![units.len(); units.len() + 1];
    for (i, unit) in units.iter().enumerate().rev() {
        beyond[i] = if unit.hanzi.is_some() { i } else { beyond[i + 1] };
    }
    beyond
}

struct Search<'a, 't> {
    words: &'a [Word<'t>],
    units: &'a [Unit<'t>],
    beyond: Vec<usize>,
    readings: &'a Readings,
    marked: bool,
    steps: Vec<Step>,
}

impl Search<'_, '_> {
    /// Whether nothing but numbers and names is left after a step.
    fn is_through(&self, step: usize) -> bool {
        self.beyond[self.steps[step].unit] == self.units.len()
    }

    /// Every way on from a step with the next word.
    fn go_on(&mut self, word: usize, step: usize, places: &mut [Vec<usize>]) {
        let Step { unit: here, misfits, .. } = self.steps[step];
        // Numbers and names that the pinyin leaves out are passed over.
        let beyond = self.beyond[here];
        let mut units = vec![here];
        units.extend((beyond > here).then_some(beyond));
        for unit in units {
            let Some(Unit { hanzi, text, .. }) = self.units.get(unit) else { continue };
            if hanzi.is_none() {
                let written = self.words[word].content.written;
                if written.eq_ignore_ascii_case(text) {
                    let from = Some((step, None));
                    self.reach(&mut places[word + 1], Step { unit: unit + 1, misfits, from });
                }
                for end in self.number(word, text) {
                    let from = Some((step, None));
                    self.reach(&mut places[end], Step { unit: unit + 1, misfits, from });
                }
                continue;
            }
            for (length, more) in self.ways(word, unit) {
                let from = Some((step, Some(word)));
                let misfits = misfits + more;
                self.reach(&mut places[word + 1], Step { unit: unit + length, misfits, from });
            }
        }
    }

    fn reach(&mut self, place: &mut Vec<usize>, step: Step) {
        let known = place.iter().position(|&known| self.steps[known].unit == step.unit);
        match known {
            Some(known) if self.steps[place[known]].misfits <= step.misfits => return,
            Some(known) => place[known] = self.steps.len(),
            None if place.len() < PLACES => place.push(self.steps.len()),
            None => return,
        }
        self.steps.push(step);
    }

    /// How many of the hanzi from `unit` on the word can read, each with the number of syllables that don't fit.
    fn ways(&self, word: usize, unit: usize) -> Vec<(usize, usize)> {
        let content = &self.words[word].content;
        let signs = &content.signs;
        if content.syllables.is_none() || signs.len() > LETTERS {
            return Vec::new();
        }
        let most = signs.len().min(SYLLABLES);
        let hanzi: Vec<char> = self.units[unit..].iter().map_while(|u| u.hanzi).take(most).collect();
        // best[end][n]: the misfits of the signs before `end` over the first n hanzi.
        let mut best = vec![vec![None; hanzi.len() + 1]; signs.len() + 1];
        best[0][0] = Some(0);
        for end in 1..=signs.len() {
            if signs[end - 1] == Sign::Break {
                best[end] = best[end - 1].clone();
                continue;
            }
            let mut here = vec![None; hanzi.len() + 1];
            let mut take = |n: usize, misfits: usize| {
                if here[n].is_none_or(|known| misfits < known) {
                    here[n] = Some(misfits);
                }
            };
            for (start, written) in ending_at(signs, end) {
                for (n, &hanzi) in hanzi.iter().enumerate() {
                    if let Some(misfits) = best[start][n] {
                        take(n + 1, misfits + usize::from(!self.fits(hanzi, written)));
                    }
                }
            }
            // An `r` whose hanzi isn't in print.
            if end > 1 && signs[end - 1] == Sign::Letter('r', None) {
                for n in 1..=hanzi.len() {
                    if let Some(misfits) = best[end - 1][n].filter(|_| !is_er(hanzi[n - 1])) {
                        take(n, misfits);
                    }
                }
            }
            best[end] = here;
        }
        let last = best.pop().unwrap_or_default();
        last.into_iter().enumerate().skip(1).filter_map(|(n, misfits)| Some((n, misfits?))).collect()
    }

    /// Where the words end that read a number aloud.
    fn number(&self, word: usize, number: &str) -> Vec<usize> {
        let ways = numbers::readings(number);
        let mut signs: Vec<Sign> = Vec::new();
        let mut ends = Vec::new();
        for (i, word) in self.words.iter().enumerate().skip(word).take(NUMBER) {
            let content = &word.content;
            if ways.is_empty() || content.syllables.is_none() || content.signs.len() > LETTERS {
                break;
            }
            signs.extend(&content.signs);
            let mut starts = Vec::new();
            for way in &ways {
                step_over(&signs, signs.len(), way, &mut starts);
            }
            if starts.contains(&0) {
                ends.push(i + 1);
            }
            signs.push(Sign::Break);
        }
        ends
    }

    fn fits(&self, hanzi: char, written: Written) -> bool {
        let pair = |written| Pair { hanzi, written, before_third: true, marked: self.marked, first: false };
        let fits = |written| best_fit(pair(written), self.readings).is_some();
        fits(written) || with_dots(written).is_some_and(fits)
    }

    /// The way to a step.
    fn tie(&self, words: usize, mut step: usize) -> Tie {
        let misfits = self.steps[step].misfits;
        let mut pieces = Vec::new();
        while let Step { unit, from: Some((before, word)), .. } = self.steps[step] {
            pieces.extend(word.map(|word| (word, self.units[unit - 1].range.end)));
            step = before;
        }
        pieces.reverse();
        Tie { words, misfits, pieces }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;

    /// The words with the hanzi that each reads, and the misfits.
    fn tied(pinyin: &str, hanzi: &str, all: bool) -> Option<String> {
        let readings = Readings::new(Dictionary::embedded());
        let (words, units) = (words(pinyin, 0)?, units(hanzi, 0));
        let tie = tie(&words, &units, all, &readings)?;
        let mut from = 0;
        let pieces = tie.pieces.iter().map(|&(word, end)| {
            let over = &hanzi[std::mem::replace(&mut from, end)..end];
            format!("{over}={}", words[word].content.written)
        });
        Some(format!("{} {}/{}", pieces.collect::<Vec<_>>().join(" "), tie.misfits, tie.words))
    }

    #[test]
    fn each_word_gets_its_hanzi() {
        for (pinyin, hanzi, expected) in [
            ("Wǒ qù yínháng.", "我去银行。", "我=Wǒ 去=qù 银行=yínháng 0/3"),
            ("wǒ qù yín háng", "我 去 银 行", "我=wǒ  去=qù  银=yín  行=háng 0/4"),
            ("Xī'ān hé xiān", "西安和先", "西安=Xī'ān 和=hé 先=xiān 0/3"),
            ("Tā zài nǎr?", "他在哪儿？", "他=Tā 在=zài 哪儿=nǎr 0/3"),
            ("yīdiǎnr hǎo", "一点好", "一点=yīdiǎnr 好=hǎo 0/2"),
            ("lǚxíng nuren", "旅行女人", "旅行=lǚxíng 女人=nuren 0/2"),
            ("A: Nǐ hǎo!", "A：你好！", "A：你=Nǐ 好=hǎo 0/3"),
            ("2016 nián", "2016年", "2016年=nián 0/2"),
            ("èr líng yī liù nián de shì", "2016年的事", "2016年=nián 的=de 事=shì 0/7"),
            ("shì qù", "是AI去", "是=shì AI去=qù 0/2"),
            ("Wǒ zài gōngsī", "我在企业", "我=Wǒ 在=zài 企业=gōngsī 2/3"),
            ("ㄨㄛˇ ㄑㄩˋ", "我去", "我=ㄨㄛˇ 去=ㄑㄩˋ 0/2"),
        ] {
            assert_eq!(tied(pinyin, hanzi, true).as_deref(), Some(expected), "{pinyin} {hanzi}");
        }
    }

    #[test]
    fn rows_of_other_lengths_are_not_tied() {
        for (pinyin, hanzi) in [("wǒ qù", "我"), ("wǒ", "我去"), ("hello", "你好"), ("", "我"), ("wǒ", "")]
        {
            assert_eq!(tied(pinyin, hanzi, true), None, "{pinyin} {hanzi}");
        }
        assert!(words("wǒ привет", 0).is_none());
    }

    #[test]
    fn the_first_words_may_be_enough() {
        assert_eq!(tied("gōngsī company", "公司", false).as_deref(), Some("公司=gōngsī 0/1"));
        assert_eq!(tied("gōng sī can", "公司", false).as_deref(), Some("公=gōng 司=sī 0/2"));
        assert_eq!(tied("qǐyè company", "公司", false), None);
    }
}
