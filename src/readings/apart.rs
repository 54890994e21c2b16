//! Separable verbs: 放了两周假 is 放假 (jià) with what belongs between, 上了一当 is 上当 (dàng).
//!
//! The verb stands a few words before its object, at once followed by what can part the two (了, 过, a number, …), and the
//! object ends the clause or nearly so: 放了两天假新闻 is something else.

use super::context::Said;
use super::lists;
use super::place::Place;
use super::verdict::Verdict;
use crate::dictionary::Dictionary;
use crate::pinyin::{Syllable, Tone};
use crate::words::{Evidence, Rule};

/// The words before the object in which its verb is looked for.
const MOST: usize = 6;

/// The object of a separable verb that stands some words before it.
pub fn object(place: &Place<'_>, _: &Verdict) -> Option<Verdict> {
    if place.hanzi.len() > 1 {
        return None;
    }
    place.hanzi.first()?.odds?;
    // Most are none: asked before the words of the clause are gathered.
    if !may_be_object(place.form(), place.after()) {
        return None;
    }
    let syllable = reading(place.dictionary, &place.clause(MOST), place.form())?;
    Some(Verdict::whole([syllable], true, Evidence::Context, Rule::Object))
}

fn is_particle(word: &str) -> bool {
    word.starts_with(|c| lists::NO_OBJECTS.contains(c))
}

/// Whether a hanzi that stands alone before `after` may be an object: no particle is, and it ends its clause or nearly so.
fn may_be_object(object: &str, after: Option<&str>) -> bool {
    !is_particle(object) && after.is_none_or(|after| lists::AFTER_OBJECTS.contains(after))
}

/// How such a hanzi is read as the object of a separable verb; `clause` are the words before it that touch it, in their
/// order.
fn reading(dictionary: Dictionary, clause: &[&str], object: &str) -> Option<Syllable> {
    let begins = |text: &str| {
        lists::PARTING.contains(text)
            || text.starts_with(|c| lists::PARTING_NUMERALS.contains(c)) && text.chars().count() < 4
    };
    let verbs = clause.windows(2).rev().filter(|pair| begins(pair[1]));
    for verb in verbs
        .map(|pair| pair[0])
        .filter(|verb| verb.chars().count() == 1 && !is_particle(verb) && *verb != object)
    {
        let word = [verb, object].concat();
        let Some(word) = dictionary.find(&word) else { continue };
        let done = word.entries().any(|entry| entry.glosses().any(|gloss| gloss.starts_with("to ")));
        let stressed = |syllable: &Syllable| done && syllable.tone() != Tone::Neutral;
        if let Some(only) = Said::by(&word, 1).only().filter(stressed) {
            return Some(only);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(clause: &str, after: Option<&str>) -> Option<String> {
        let mut words: Vec<&str> = clause.split(' ').collect();
        let object = words.pop().expect("an object");
        let syllable = may_be_object(object, after).then(|| reading(Dictionary::embedded(), &words, object));
        syllable.flatten().map(|syllable| syllable.to_string())
    }

    #[test]
    fn an_object_is_read_as_with_its_verb() {
        for (clause, reading) in [
            ("学校 放 了 两周 假", "jia4"),
            ("他 上 了 一 当", "dang4"),
            ("他 请 过 三天 假", "jia4"),
            ("出 了 趟 差", "chai1"),
            ("睡 了 一 觉", "jiao4"),
            ("照 了 几张 相", "xiang4"),
            ("理 个 发", "fa4"),
        ] {
            assert_eq!(read(clause, None).as_deref(), Some(reading), "{clause}");
        }
    }

    #[test]
    fn what_only_stands_behind_a_verb_is_none() {
        assert_eq!(read("放 了 两天 假", Some("新闻")), None);
        assert_eq!(read("他 放 假", None), None, "a word, not apart");
        assert_eq!(read("看 了 长", None), None, "no such verb");
        assert_eq!(read("住 了 半个 月 了", None), None, "not 了了");
        assert_eq!(read("买来 看 了 看", None), None, "not 看看");
        assert_eq!(read("连 成 了 数公里 长", None), None, "not 成长");
    }
}
