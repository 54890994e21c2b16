//! The lowest rungs: a hanzi alone, or several that no dictionary has as a word.

use super::place::{Known, Place};
use super::verdict::{Heard, Verdict};
use super::{SURE, character, lists};
use crate::pinyin::{Syllable, listed};
use crate::tokens::Kind;
use crate::words::{Evidence, Rule};

/// The odds below which the sentence speaks against a surname.
const NO_NAME: f32 = 0.05;

/// The verdict of `read` on each hanzi of a token that is read hanzi by hanzi; nothing of any other token.
fn each(
    place: &Place<'_>,
    said: &Verdict,
    mut read: impl FnMut(usize, &Known, Option<Heard>) -> Option<Heard>,
) -> Option<Verdict> {
    if !place.is_spelled() {
        return None;
    }
    said.with(|i, before| read(i, place.hanzi.get(i)?, before))
}

/// The commonest reading of a hanzi of which the sentence says nothing.
pub fn character(place: &Place<'_>, said: &Verdict) -> Option<Verdict> {
    let evidence = if place.word().is_some() { Evidence::Dictionary } else { Evidence::Character };
    each(place, said, |_, known, _| {
        known.best().is_none().then_some(())?;
        let (syllable, sure) = character::common(place.model, place.dictionary, known.hanzi)?;
        Some(Heard { syllable, sure, evidence, rule: Rule::Character })
    })
}

/// The reading in a smaller word inside the token, where the sentence says nothing.
pub fn inside(place: &Place<'_>, said: &Verdict) -> Option<Verdict> {
    if place.hanzi.len() < 2 {
        return None;
    }
    each(place, said, |_, known, _| {
        known.best().is_none().then_some(())?;
        let syllable = place.inside(known)?;
        Some(Heard { syllable, sure: true, evidence: Evidence::Context, rule: Rule::Inside })
    })
}

/// The likeliest reading of a hanzi in its sentence. Names use more readings of a lone hanzi than the dictionary lists
/// (媛 yuán), so there the dictionary only confirms; of several hanzi a word inside overrules a sentence that is not
/// sure.
pub fn sentence(place: &Place<'_>, said: &Verdict) -> Option<Verdict> {
    each(place, said, |_, known, _| {
        let (syllable, odds) = known.best()?;
        let (syllable, odds) = match place.inside(known) {
            Some(part) if part == syllable => (part, odds.max(SURE)),
            Some(part) if place.hanzi.len() > 1 && (odds < SURE || part.base() == syllable.base()) => {
                (part, odds.max(SURE))
            }
            _ => (syllable, odds),
        };
        let sure = odds >= if is_plain(place, known.hanzi, syllable) { LIKELY } else { SURE };
        Some(Heard { syllable, sure, evidence: Evidence::Context, rule: Rule::Sentence })
    })
}

/// Above this such a reading needs no mark.
const LIKELY: f32 = 0.5;

/// Whether a hanzi is hardly ever read otherwise where it is no part of a word, or is part of a name, most of whose hanzi
/// are read as they commonly are.
fn is_plain(place: &Place<'_>, hanzi: char, syllable: Syllable) -> bool {
    place.kind() == Kind::Person || listed(lists::PLAIN_ALONE, hanzi).any(|plain| plain == syllable)
}

/// A numeral inside a number, unless the sentence is sure of another reading (六安).
pub fn numeral(place: &Place<'_>, said: &Verdict) -> Option<Verdict> {
    if !matches!(place.kind(), Kind::Number | Kind::Measure | Kind::Time) {
        return None;
    }
    each(place, said, |_, known, before| {
        let sure = before.is_some_and(|heard| heard.rule == Rule::Sentence && heard.sure);
        let syllable = character::numeral(known.hanzi).filter(|_| !sure)?;
        Some(Heard { syllable, sure: true, evidence: Evidence::Context, rule: Rule::Numeral })
    })
}

/// The last hanzi of a number with a measure word, where the dictionary reads it in one way as such.
pub fn measure_word(place: &Place<'_>, said: &Verdict) -> Option<Verdict> {
    if place.kind() != Kind::Measure {
        return None;
    }
    each(place, said, |i, known, before| {
        let free = i + 1 == place.hanzi.len() && before.is_none_or(|heard| heard.rule != Rule::Numeral);
        let syllable = free.then(|| character::measure_word(place.dictionary, known.hanzi)).flatten()?;
        Some(Heard { syllable, sure: true, evidence: Evidence::Context, rule: Rule::MeasureWord })
    })
}

/// The first hanzi of a person's name, or a lone one before a title. 盛碗汤 is cut as a name, but read by the sentence as
/// a bowl of soup: then it is marked.
pub fn surname(place: &Place<'_>, said: &Verdict) -> Option<Verdict> {
    let named = match place.kind() {
        Kind::Person => !character::is_transliteration(place.form()),
        _ => place.hanzi.len() == 1 && place.next().is_some_and(character::is_title),
    };
    if !named {
        return None;
    }
    each(place, said, |i, known, _| {
        let syllable = (i == 0).then(|| character::surname(place.dictionary, known.hanzi)).flatten()?;
        let sure = known.odds.is_none_or(|odds| odds.of(syllable) >= NO_NAME);
        Some(Heard { syllable, sure, evidence: Evidence::Context, rule: Rule::Surname })
    })
}
