//! Readings that are a matter of usage: what a word is read nearly always, where the dictionary lists several.

use smallvec::SmallVec;

use super::place::Place;
use super::verdict::{Heard, Verdict};
use super::{lists, rules};
use crate::dictionary::{Word, hanzi_readings};
use crate::pinyin::{Syllable, Tone};
use crate::words::{Evidence, Rule};

/// The reading of the word in `usual.txt`. Where usage is divided, it is not sure.
pub fn usual(place: &Place<'_>, _: &Verdict) -> Option<Verdict> {
    let rule = rules::usual(place.headword)?;
    let syllables = rules::syllables(rule.pinyin)?;
    Some(Verdict::whole(syllables, !rule.divided, Evidence::Context, Rule::Usual).by_line(rule.line))
}

/// One of the readings that the dictionary has for a hanzi as a word of its own; if that is only one, there is no doubt.
/// A full tone that the sentence is sure of stands: names and old texts use more (媛 yuán).
pub fn one_hanzi(place: &Place<'_>, said: &Verdict) -> Option<Verdict> {
    let (Some(word), 1, Some(ours)) = (place.word(), place.hanzi.len(), said.at(0)) else { return None };
    let (syllable, sure) = alone(word, ours.syllable, ours.sure)?;
    Some(Verdict::whole([syllable], sure, ours.evidence, Rule::OneHanzi))
}

fn alone(word: &Word<'_>, ours: Syllable, sure: bool) -> Option<(Syllable, bool)> {
    let mut main: SmallVec<[Syllable; 8]> = SmallVec::new();
    let mut name = false;
    for spoken in word.spoken() {
        let syllable = spoken.syllables.iter().next()?;
        if spoken.proper {
            name |= syllable == ours;
        } else if !spoken.minor && !main.contains(&syllable) {
            main.push(syllable);
        }
    }
    let chosen = sure && ours.tone() != Tone::Neutral && !main.contains(&ours);
    match main[..] {
        _ if chosen => None,
        [only] if only == ours || (!name && ours.tone() == Tone::Neutral) => Some((only, true)),
        // A surname was recognised.
        _ if name && !main.contains(&ours) => None,
        [first, ..] if !main.contains(&ours) => {
            let same_base = main.iter().copied().find(|syllable| syllable.base() == ours.base());
            Some((same_base.unwrap_or(first), false))
        }
        _ => None,
    }
}

/// The full tone of a hanzi whose token no dictionary has: 4月底 dǐ, which is `de` only as an old particle.
pub fn full_tone(place: &Place<'_>, said: &Verdict) -> Option<Verdict> {
    if place.word().is_some() || place.kind().is_name() {
        return None;
    }
    let toned = |s: &&Syllable| s.tone() != Tone::Neutral;
    let full = said.with(|i, before| {
        let (heard, hanzi) = (before?, place.hanzi.get(i)?.hanzi);
        if heard.syllable.tone() != Tone::Neutral || lists::UNSTRESSED.contains(hanzi) {
            return None;
        }
        let readings = hanzi_readings(place.dictionary, hanzi);
        let same_base = readings.iter().filter(toned).find(|s| s.base() == heard.syllable.base());
        let &syllable = same_base.or_else(|| readings.iter().find(toned))?;
        Some(Heard { syllable, rule: Rule::FullTone, ..heard })
    })?;
    full.with(|_, before| Some(Heard { sure: false, ..before? }))
}
