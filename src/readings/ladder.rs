//! The ladder: the rules by which a token is read, weakest first.
//!
//! All are asked from the bottom up; what a later one says of a hanzi overrules what an earlier one said. The order is
//! that of how much each knows of the place. A hanzi alone knows least; the sentence knows what stands nearby; a
//! traditional form knows which of several it is; numerals and surnames are read by what the token is. The dictionary
//! knows the word, and where it has one reading nothing below counts.
//! Then come those that know better than an entry does: usage, which settles neutral tones that no corpus marks;
//! the word beside, which settles what usage leaves open; forms that repeat a hanzi, whose word is in no dictionary;
//! surnames and 儿, which no entry tells from the same hanzi elsewhere; the verb of an object and what is done for
//! somebody, which stand too far off for all of these. What the article says of itself is above them all; the learner (`corrections/apply.rs`) above that.

use super::place::Place;
use super::verdict::Verdict;
use super::{apart, article, benefit, beside, doubled, single, usual, word, written};
use crate::words::Rule;

/// A rule that is asked of every place.
pub struct Rung {
    pub rule: Rule,
    /// Its verdict on the place, over the one so far, or nothing.
    pub ask: fn(&Place<'_>, &Verdict) -> Option<Verdict>,
}

const fn rung(rule: Rule, ask: fn(&Place<'_>, &Verdict) -> Option<Verdict>) -> Rung {
    Rung { rule, ask }
}

/// The rungs, weakest first.
pub static LADDER: [Rung; 20] = [
    rung(Rule::Character, single::character),
    rung(Rule::Inside, single::inside),
    rung(Rule::Sentence, single::sentence),
    rung(Rule::Written, written::written),
    rung(Rule::Numeral, single::numeral),
    rung(Rule::MeasureWord, single::measure_word),
    rung(Rule::Surname, single::surname),
    rung(Rule::Dictionary, word::dictionary),
    rung(Rule::Entry, word::entry),
    rung(Rule::Particle, word::particle),
    rung(Rule::FullTone, usual::full_tone),
    rung(Rule::OneHanzi, usual::one_hanzi),
    rung(Rule::Usual, usual::usual),
    rung(Rule::Beside, beside::beside),
    rung(Rule::Doubled, doubled::doubled),
    rung(Rule::Called, beside::called),
    rung(Rule::Erhua, beside::erhua),
    rung(Rule::Object, apart::object),
    rung(Rule::Benefit, benefit::benefit),
    rung(Rule::Article, article::article),
];

/// The verdict of the whole ladder on a place; `answered` is told of each rung that had a say. A hanzi that no rung
/// reads stays open.
pub fn climb(place: &Place<'_>, mut answered: impl FnMut(&Rung, &Verdict)) -> Verdict {
    let mut verdict = Verdict::open(place.hanzi.len());
    for rung in &LADDER {
        if let Some(said) = (rung.ask)(place, &verdict) {
            answered(rung, &said);
            verdict = said;
        }
    }
    verdict
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rungs_stand_in_the_order_of_their_rules() {
        assert!(LADDER.is_sorted_by_key(|rung| rung.rule), "of two that answer the later rule is told");
    }
}
