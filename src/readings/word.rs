//! The middle rungs: a word of several hanzi that the dictionary has.

use super::place::{Place, is_particle};
use super::verdict::{Heard, Verdict};
use super::{SURE, beside};
use crate::hanzi::classes;
use crate::pinyin::Tone;
use crate::words::{Evidence, Rule};

/// The only reading that the dictionary has. It is marked where what stands nearby speaks against it, and the word may be
/// two: of 更为 and 中将 each hanzi is often a word alone. Of others the dictionary knows more than the sentence.
pub fn dictionary(place: &Place<'_>, _: &Verdict) -> Option<Verdict> {
    let only = place.readings().only()?;
    let may_be_two = || place.hanzi.iter().all(|known| classes::OFTEN_ALONE.contains(known.hanzi));
    let sure = !place.hanzi.iter().any(|known| known.disputed) || !may_be_two();
    Some(Verdict::whole(only.iter(), sure, Evidence::Dictionary, Rule::Dictionary))
}

/// The one among the readings of the word that the sentence likes best.
pub fn entry(place: &Place<'_>, said: &Verdict) -> Option<Verdict> {
    if said.at(0).is_some_and(|heard| heard.rule == Rule::Dictionary) {
        return None;
    }
    let mut best = None;
    let mut sum = 0.0;
    for reading in place.readings().iter() {
        let likely: f32 = reading
            .iter()
            .zip(place.hanzi)
            .map(|(syllable, known)| known.odds.map_or(1.0, |odds| odds.of_unstressed(syllable)))
            .product();
        sum += likely;
        if best.is_none_or(|(_, most)| likely > most) {
            best = Some((reading, likely));
        }
    }
    let (reading, likely) = best?;
    Some(Verdict::whole(reading.iter(), likely > SURE * sum, Evidence::Context, Rule::Entry))
}

/// The particle that the sentence has where the dictionary has a noun: 她穿着(zhe)红衣服, but 她的穿着(zhuó); likewise in
/// words that are mostly chance neighbours.
pub fn particle(place: &Place<'_>, said: &Verdict) -> Option<Verdict> {
    if said.at(0)?.rule != Rule::Dictionary {
        return None;
    }
    let loose = place.word().is_some_and(|word| beside::is_loose(word.simplified));
    let other = |i: usize, heard: Heard| {
        let known = place.hanzi.get(i).filter(|known| loose || is_particle(known.hanzi))?;
        let (other, _) = known.best().filter(|&(other, odds)| other != heard.syllable && odds > SURE)?;
        // A particle has no tone: 只得 with děi is in no dictionary.
        if !loose && other.tone() != Tone::Neutral {
            return None;
        }
        Some(Heard { syllable: other, evidence: Evidence::Context, rule: Rule::Particle, ..heard })
    };
    let overruled = said.with(|i, before| other(i, before?))?;
    // One hanzi that the dictionary reads otherwise is enough: the word as a whole is not the dictionary's.
    overruled.with(|_, before| Some(Heard { evidence: Evidence::Context, ..before? }))
}
