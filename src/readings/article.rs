//! The highest rung of the text itself: the pinyin that the article carries.

use super::lists;
use super::place::Place;
use super::verdict::{Heard, Verdict};
use crate::hanzi::is_hanzi;
use crate::pinyin::{Syllable, Tone};
use crate::words::{Evidence, Rule};

/// The article's own pinyin. A reading that the dictionary lacks may be a misprint (视为 given as shì wèi), and is no
/// evidence. Cards carry citation readings: where the article's is the same but for sandhi (yí gè) or the neutral tone
/// (xiān shēng), and the dictionary hasn't it, ours stays.
pub fn article(place: &Place<'_>, said: &Verdict) -> Option<Verdict> {
    let given = given(place)?;
    let ours = said.syllables()?;
    let asked: Vec<Syllable> = given.iter().zip(&ours).map(|(given, &ours)| given.unwrap_or(ours)).collect();
    let listed = place.word().is_some_and(|word| word.read_as(&asked).next().is_some());
    let whole = given.iter().all(Option::is_some);
    said.with(|i, before| {
        let (before, syllable) = (before?, (*given.get(i)?)?);
        let hanzi = place.hanzi.get(i)?.hanzi;
        let syllable = if listed { syllable } else { cited(hanzi, before.syllable, syllable) };
        Some(Heard { syllable, sure: whole || before.sure, evidence: Evidence::Article, rule: Rule::Article })
    })
}

/// The article's syllable for each hanzi of the token, where it has one; nothing where it has none at all.
fn given(place: &Place<'_>) -> Option<Vec<Option<Syllable>>> {
    let span = place.pending().token.span;
    let from = place.annotations.partition_point(|a| a.span.end() <= span.start());
    let mut all = None;
    // Where the hanzi looked at last stands, and how many stand before it: annotations are in the order of the text.
    let (mut counted_to, mut before) = (span.start(), 0);
    let over = place.annotations[from..].iter().take_while(|a| a.span.start() < span.end());
    for annotation in over.filter(|annotation| annotation.agrees) {
        let hanzi = annotation.span.of(place.text).char_indices().filter(|&(_, c)| is_hanzi(c));
        for ((at, _), &syllable) in hanzi.zip(&annotation.syllables) {
            let at = annotation.span.start() + at;
            if at < span.start() || at >= span.end() {
                continue;
            }
            before += place.text.get(counted_to..at).map_or(0, crate::hanzi::count);
            counted_to = at;
            let slots = all.get_or_insert_with(|| vec![None; place.hanzi.len()]);
            if let Some(slot) = slots.get_mut(before) {
                *slot = Some(syllable);
            }
        }
    }
    all
}

/// Ours, where `given` is the same but for sandhi or the neutral tone.
fn cited(hanzi: char, ours: Syllable, given: Syllable) -> Syllable {
    let neutral = ours.tone() == Tone::Neutral || given.tone() == Tone::Neutral;
    let same = ours.base() == given.base() && (neutral || lists::CHANGING.contains(hanzi));
    if same { ours } else { given }
}
