//! Whether a syllable as written can be a hanzi's reading, and what its citation form then is.
//!
//! Why one place: splitting a string and holding it against the dictionary's words must judge alike. What
//! people write differs from citation tones in lawful ways: tone sandhi (不 bú, 一 yí and yì, a third tone as
//! second before another third), neutral tones in quick speech, the `r` of erhua. Sources: 现代汉语词典, notes
//! on 一 and 不; Chao, A Grammar of Spoken Chinese, 1.3.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::dictionary::{Dictionary, hanzi_readings};
use crate::pinyin::parse::Written;
use crate::pinyin::{Syllable, Tone, sandhi};

/// The readings of hanzi, each looked up once a text.
pub(super) struct Readings {
    pub dictionary: Dictionary,
    known: RefCell<HashMap<char, Rc<[Syllable]>>>,
}

impl Readings {
    pub fn new(dictionary: Dictionary) -> Self {
        Self { dictionary, known: RefCell::default() }
    }

    /// Every citation reading of `hanzi`. Sandhi forms that character tables list (不 bú, 一 yí) are left out.
    pub fn of(&self, hanzi: char) -> Rc<[Syllable]> {
        if let Some(known) = self.known.borrow().get(&hanzi) {
            return Rc::clone(known);
        }
        let all = hanzi_readings(self.dictionary, hanzi).into_iter();
        let readings: Rc<[Syllable]> = all.filter(|&s| sandhi::cited(hanzi, s).is_none()).collect();
        self.known.borrow_mut().insert(hanzi, Rc::clone(&readings));
        readings
    }

    /// Whether `hanzi` can be a third tone.
    pub fn can_be_third(&self, hanzi: char) -> bool {
        self.of(hanzi).iter().any(|s| s.tone() == Tone::Third)
    }
}

/// A hanzi with the syllable that stands for it, and what must be known to judge the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub hanzi: char,
    pub written: Written,
    /// Whether a third tone may follow, which turns this one, if third, into a second.
    pub before_third: bool,
    /// Whether the article marks tones, so that no mark means the neutral tone.
    pub marked: bool,
    /// Whether it begins its bracket.
    pub first: bool,
}

/// How well a pair fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// As the dictionary has it.
    Exact,
    /// Sandhi, a neutral tone for a full one or the other way round, a tone that was not written.
    Near,
}

pub(super) fn is_er(hanzi: char) -> bool {
    matches!(hanzi, '儿' | '兒')
}

/// How `pair` fits the citation syllable `known`, if it does.
pub(super) fn fit(pair: Pair, known: Syllable, readings: &Readings) -> Option<Fit> {
    let Written { syllable, toned } = pair.written;
    if is_er(pair.hanzi) && (known.is_erhua() || syllable.is_erhua()) {
        return fit_er(pair, known);
    }
    if syllable.base() != known.base() {
        return None;
    }
    if !toned && !pair.marked {
        return Some(Fit::Near);
    }
    if syllable.tone() == known.tone() {
        return Some(Fit::Exact);
    }
    let near = match (syllable.tone(), known.tone()) {
        // Unstressed in quick speech: zhīdao, yíge.
        (Tone::Neutral, _) => true,
        // Said with care: nàgè, péngyǒu; only in a tone that the hanzi has.
        (_, Tone::Neutral) => readings.of(pair.hanzi).contains(&syllable),
        (Tone::Second, Tone::Third) => pair.before_third,
        _ => sandhi::cited(pair.hanzi, syllable) == Some(known),
    };
    near.then_some(Fit::Near)
}

/// 儿 is `r` after another syllable, `ér` of its own; both are also written `er`.
fn fit_er(pair: Pair, known: Syllable) -> Option<Fit> {
    let Written { syllable, toned } = pair.written;
    match (syllable.base(), known.is_erhua()) {
        ("r", true) => Some(Fit::Exact),
        ("er", true) if !toned && !pair.first => Some(Fit::Exact),
        ("er", true) => Some(Fit::Near),
        ("r", false) if known.base() == "er" => Some(Fit::Near),
        _ => None,
    }
}

/// The citation form of a pair that fits `known`: the dictionary's, but a full tone that was written stays, for
/// it is a citation tone already (那个 nà gè, where the dictionary has nà ge).
pub(super) fn citation(pair: Pair, known: Syllable) -> Syllable {
    let syllable = pair.written.syllable;
    let full = known.tone() == Tone::Neutral && syllable.tone() != Tone::Neutral;
    if full && !known.is_erhua() { syllable } else { known }
}

/// The best fit of a pair among all readings of its hanzi.
pub(super) fn best_fit(pair: Pair, readings: &Readings) -> Option<Fit> {
    readings.of(pair.hanzi).iter().filter_map(|&known| fit(pair, known, readings)).min()
}

/// Whether the hanzi has a reading of this base in any tone.
pub(super) fn has_base(hanzi: char, written: Written, readings: &Readings) -> bool {
    readings.of(hanzi).iter().any(|known| known.base() == written.syllable.base())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pinyin::parse;

    fn judge(hanzi: char, written: &str, known: &str, before_third: bool, marked: bool) -> Option<Fit> {
        let readings = Readings::new(Dictionary::embedded());
        let written = parse::written(written).expect("a syllable");
        let pair = Pair { hanzi, written, before_third, marked, first: false };
        fit(pair, parse::syllable(known).expect("a syllable"), &readings)
    }

    #[test]
    fn lawful_ways_to_differ_from_the_citation_tone() {
        for (hanzi, written, known, before_third, expected) in [
            ('司', "sī", "si1", false, Some(Fit::Exact)),
            ('司', "sì", "si1", false, None),
            ('司', "gōng", "si1", false, None),
            ('不', "bú", "bu4", false, Some(Fit::Near)),
            ('一', "yí", "yi1", false, Some(Fit::Near)),
            ('一', "yì", "yi1", false, Some(Fit::Near)),
            ('一', "yǐ", "yi1", false, None),
            ('你', "ní", "ni3", true, Some(Fit::Near)),
            ('你', "ní", "ni3", false, None),
            ('道', "dao", "dao4", false, Some(Fit::Near)),
            ('个', "gè", "ge5", false, Some(Fit::Near)),
            ('个', "gē", "ge5", false, None),
            ('儿', "r", "r5", false, Some(Fit::Exact)),
            ('儿', "er", "r5", false, Some(Fit::Exact)),
            ('儿', "ér", "r5", false, Some(Fit::Near)),
            ('儿', "r", "er2", false, Some(Fit::Near)),
        ] {
            assert_eq!(
                judge(hanzi, written, known, before_third, true),
                expected,
                "{hanzi} {written} {known}"
            );
        }
    }

    #[test]
    fn no_mark_is_the_neutral_tone_only_where_others_are_marked() {
        assert_eq!(judge('得', "de", "de5", false, true), Some(Fit::Exact));
        assert_eq!(judge('得', "de", "de2", false, true), Some(Fit::Near));
        assert_eq!(judge('得', "de", "de5", false, false), Some(Fit::Near));
        assert_eq!(judge('得', "de", "de2", false, false), Some(Fit::Near));
    }

    #[test]
    fn a_full_tone_that_was_written_is_kept() {
        let of = |hanzi, written: &str, known: &str| {
            let written = parse::written(written).expect("a syllable");
            let pair = Pair { hanzi, written, before_third: false, marked: true, first: false };
            citation(pair, parse::syllable(known).expect("a syllable")).to_string()
        };
        assert_eq!(of('个', "gè", "ge5"), "ge4");
        assert_eq!(of('道', "dao", "dao4"), "dao4");
        assert_eq!(of('不', "bú", "bu4"), "bu4");
        assert_eq!(of('儿', "ér", "r5"), "r5");
    }
}
