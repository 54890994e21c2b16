//! Forms that repeat a hanzi, which stand in no dictionary: 漂漂亮亮, 便不便宜, 少不少, 晃一晃.
//!
//! Both times the hanzi is read alike, and as in the word that is repeated: 漂 in 漂漂亮亮 is that of 漂亮. In a question
//! such as 长不长 it is what can be said of something (`doubled.txt`): long, not to grow.

use smallvec::SmallVec;

use super::context::Said;
use super::place::Place;
use super::verdict::{Heard, Verdict};
use super::{character, lists, rules};
use crate::dictionary::Dictionary;
use crate::pinyin::{Syllable, Tone};
use crate::words::{Evidence, Rule};

/// The reading of such a form.
pub fn doubled(place: &Place<'_>, said: &Verdict) -> Option<Verdict> {
    if place.word().is_some() {
        return None;
    }
    let hanzi: SmallVec<[char; 8]> = place.hanzi.iter().map(|known| known.hanzi).collect();
    let asking = |c: char| lists::ASKING.contains(c);
    match hanzi[..] {
        [a, b, c, d] if a == b && c == d => twice(place, said, a, c),
        [a, between, b, c] if asking(between) && a == b => {
            let [Some(first), Some(last)] = parts(place.dictionary, a, c)? else { return None };
            put(said, &[Some(first), None, Some(first), Some(last)])
        }
        [a, between, b] if a == b && asking(between) => {
            let rule = rules::doubled(a, true)?;
            let syllable = rules::syllables(rule.pinyin)?.first().copied();
            Some(put(said, &[syllable, None, syllable])?.by_line(rule.line))
        }
        [a, between, b] if a == b && lists::A_LITTLE.contains(between) => match rules::doubled(a, false) {
            Some(rule) => {
                let syllable = rules::syllables(rule.pinyin)?.first().copied();
                Some(put(said, &[syllable, None, syllable])?.by_line(rule.line))
            }
            None => {
                let first = said.at(0)?;
                said.with(|i, before| {
                    before.filter(|_| i == 2).map(|heard| Heard { syllable: first.syllable, ..heard })
                })
            }
        },
        _ => None,
    }
}

/// The syllables that leave no doubt, over what was said of the rest.
fn put(said: &Verdict, syllables: &[Option<Syllable>]) -> Option<Verdict> {
    said.with(|i, before| {
        let heard = Heard { sure: true, ..before? };
        Some(match syllables.get(i).copied().flatten() {
            Some(syllable) => Heard {
                syllable,
                evidence: heard.evidence.max(Evidence::Context),
                rule: Rule::Doubled,
                ..heard
            },
            None => heard,
        })
    })
}

/// 漂漂亮亮: each hanzi as in 漂亮, and with its full tone.
fn twice(place: &Place<'_>, said: &Verdict, a: char, c: char) -> Option<Verdict> {
    let parts = parts(place.dictionary, a, c)?;
    let stressed = |part: Option<Syllable>, hanzi: char| match part {
        Some(part) if part.tone() != Tone::Neutral => Some(part),
        _ => character::common(place.model, place.dictionary, hanzi).map(|(syllable, _)| syllable),
    };
    let (first, third) = (said.at(0)?.syllable, said.at(2)?.syllable);
    let (first, third) = (stressed(parts[0], a).unwrap_or(first), stressed(parts[1], c).unwrap_or(third));
    said.with(|i, before| {
        let heard = before?;
        let syllable = if i < 2 { first } else { third };
        Some(Heard {
            syllable,
            evidence: heard.evidence.max(Evidence::Context),
            rule: Rule::Doubled,
            ..heard
        })
    })
}

/// How the word of two hanzi is read, each of them: nothing where its entries differ.
fn parts(dictionary: Dictionary, a: char, b: char) -> Option<[Option<Syllable>; 2]> {
    let form: String = [a, b].iter().collect();
    if let Some(rule) = rules::usual(&form).filter(|rule| !rule.divided)
        && let Some([a, b]) = rules::syllables(rule.pinyin).as_deref()
    {
        return Some([Some(*a), Some(*b)]);
    }
    let word = dictionary.find(&form)?;
    Some([0, 1].map(|i| Said::by(&word, i).only()))
}
