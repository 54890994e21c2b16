//! Readings by the neighbour of a word: 这个地方 (dìfang, a place), but 地方政府 (dìfāng, not central); 姓仇; 缝儿.

use super::place::Place;
use super::verdict::{Heard, Verdict};
use super::{SURE, character, lists, rules};
use crate::hanzi::is_hanzi;
use crate::pinyin::{Syllable, Tone};
use crate::tokens::Kind;
use crate::words::{Evidence, Rule};

/// The reading of the word in `beside.txt`.
pub fn beside(place: &Place<'_>, _: &Verdict) -> Option<Verdict> {
    let rule = rules::beside(place.headword, place.before(), place.after())?;
    let syllables = rules::syllables(rule.pinyin)?;
    Some(Verdict::whole(syllables, true, Evidence::Context, Rule::Beside).by_line(rule.line))
}

/// Whether the hanzi of a word may just stand side by side, though the dictionary has one reading of it.
pub fn is_loose(headword: &str) -> bool {
    lists::LOOSE.contains(headword)
}

/// A surname that stands alone: after 姓, or in 小朴 and 老单.
pub fn called(place: &Place<'_>, said: &Verdict) -> Option<Verdict> {
    let mut hanzi = place.form().chars();
    let (at, name) = match (hanzi.next()?, hanzi.next(), hanzi.next()) {
        (only, None, _)
            if place.before().is_some_and(|text| text.ends_with(|c| lists::CALLED.contains(c))) =>
        {
            (0, only)
        }
        (first, Some(name), None)
            if place.kind() == Kind::Person && lists::BEFORE_SURNAMES.contains(first) =>
        {
            (1, name)
        }
        _ => return None,
    };
    let syllable = character::surname(place.dictionary, name)?;
    said.with(|i, before| {
        let heard = before.filter(|_| i == at)?;
        Some(Heard { syllable, evidence: heard.evidence.max(Evidence::Context), rule: Rule::Called, ..heard })
    })
}

/// 儿 that only colours the vowel before it (缝儿), in a token of its own or at the end of one that no dictionary has;
/// no child, and no syllable of a foreign name (孛儿只斤).
pub fn erhua(place: &Place<'_>, said: &Verdict) -> Option<Verdict> {
    let alone = place.hanzi.len() == 1;
    let own = place.word().is_some() && !alone;
    if own || !colours(place.form(), place.kind(), place.before(), place.after()) {
        return None;
    }
    let full = |(syllable, odds): (Syllable, f32)| odds > SURE && syllable.tone() != Tone::Neutral;
    if place.hanzi.last()?.best().is_some_and(full) {
        return None;
    }
    said.with(|i, before| {
        let heard = before.filter(|_| i + 1 == place.hanzi.len())?;
        Some(Heard {
            syllable: Syllable::erhua(),
            sure: heard.sure || alone,
            evidence: heard.evidence.max(Evidence::Context),
            rule: Rule::Erhua,
        })
    })
}

fn colours(form: &str, kind: Kind, before: Option<&str>, after: Option<&str>) -> bool {
    let stem = form.strip_suffix(|c| lists::ERHUA.contains(c)).filter(|_| !kind.is_name());
    let Some(stem) = stem else { return false };
    let stem = if stem.is_empty() { before.unwrap_or_default() } else { stem };
    let last = stem.chars().next_back();
    last.is_some_and(|c| is_hanzi(c) && !lists::PARENTS.contains(c))
        && !after.is_some_and(|text| text.starts_with(|c| lists::KIN.contains(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn erhua_is_told_from_a_child() {
        assert!(colours("儿", Kind::Word, Some("缝"), None));
        assert!(colours("圈儿", Kind::Word, None, None));
        assert!(!colours("儿", Kind::Word, Some("一"), Some("一")));
        assert!(!colours("儿", Kind::Word, Some("我"), None));
        assert!(!colours("儿", Kind::Word, None, None));
        assert!(!colours("缝", Kind::Word, None, None));
    }
}
