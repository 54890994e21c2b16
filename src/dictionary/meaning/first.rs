//! The first place of a card: a few senses, short, each in its synonyms.

use super::Meaning;
use crate::dictionary::entry::Entry;
use crate::dictionary::gloss::{brief, is_brief, is_marginal, is_minor};
use crate::dictionary::senses;

/// The senses of a word as its card has them: a few in the first place, and the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Senses<'d> {
    /// One sense each, in synonyms.
    pub first: Vec<Vec<&'d str>>,
    /// All glosses that don't stand there, or are told there in brief.
    pub rest: Vec<&'d str>,
}

/// So many bytes the senses in the first place have at most, and so many the synonyms of one.
const ROOM: usize = 110;
const SLOT: usize = 44;
/// How many synonyms say one sense.
const SYNONYMS: usize = 3;

impl<'d> Meaning<'d> {
    /// At most `limit` senses for the first place of a card, short, and each with its synonyms; the other glosses.
    /// Remarks on the word's form, surnames and names for it elsewhere stand first only where there is nothing else.
    #[must_use]
    pub fn senses(&self, limit: usize) -> Senses<'d> {
        let glosses = self.glosses();
        let named = senses::named(self.word, &self.entries, &glosses);
        let is_named = |gloss: &&str| named.senses.iter().any(|sense| sense.first() == Some(gloss));
        let mut senses = Senses::default();
        let mut taken: Vec<&str> = Vec::new();
        let mut room = ROOM;
        for &gloss in &glosses {
            let lone = senses.first.is_empty();
            let aside = is_minor(gloss) || is_marginal(gloss) || self.is_of_name(gloss) || named.alone;
            let shut = aside && !is_named(&gloss);
            let fits = lone || !shut && brief(gloss).len() <= room && senses.first.len() < limit;
            if limit == 0 || !fits || taken.contains(&gloss) {
                continue;
            }
            let mut slot = vec![gloss];
            let mut length = brief(gloss).len();
            let is_synonym = |other: &&'d str| {
                !is_named(other)
                    && !is_minor(other)
                    && !is_marginal(other)
                    && !taken.contains(other)
                    && *other != gloss
            };
            for other in self.synonyms(gloss, &named).into_iter().filter(is_synonym) {
                let longer = length + "; ".len() + other.len();
                if slot.len() < SYNONYMS && longer <= SLOT && longer <= room && !slot.contains(&other) {
                    slot.push(other);
                    length = longer;
                }
            }
            room = room.saturating_sub(length);
            taken.extend(&slot);
            senses.first.push(slot);
        }
        senses.rest = glosses.into_iter().filter(|g| !taken.contains(g) || !is_brief(g)).collect();
        senses
    }

    /// Whether a gloss is of an entry that is a name, while the word is none: 大众 is a firm, too.
    fn is_of_name(&self, gloss: &str) -> bool {
        let common = self.entries.iter().any(|entry| !entry.proper && !entry.minor);
        let of_name = |entry: &&Entry<'_>| entry.proper && entry.glosses().any(|of| of == gloss);
        common && self.entries.iter().any(|entry| of_name(&entry))
    }

    /// The glosses of the sense that `gloss` is of: those that the table joins, else those of its entry.
    fn synonyms(&self, gloss: &str, named: &senses::Named<'d>) -> Vec<&'d str> {
        let mut synonyms: Vec<&'d str> = Vec::new();
        synonyms.extend(named.senses.iter().filter(|sense| sense.contains(&gloss)).flatten());
        for entry in &self.entries {
            for sense in entry.senses() {
                let sense: Vec<&'d str> = sense.collect();
                if sense.contains(&gloss) {
                    synonyms.extend(sense);
                }
            }
        }
        synonyms
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;
    use crate::pinyin::{Syllable, parse};

    fn meaning(word: &str, pinyin: &str) -> Meaning<'static> {
        let word = Dictionary::embedded().find(word).expect("a word of the dictionary");
        let syllables: Vec<Syllable> = pinyin.split(' ').filter_map(parse::syllable).collect();
        Meaning::of(&word, &syllables).expect("a reading of it")
    }

    fn first(word: &str, pinyin: &str) -> Vec<String> {
        let senses = meaning(word, pinyin).senses(3);
        senses.first.iter().map(|synonyms| synonyms.join("; ")).collect()
    }

    #[test]
    fn synonyms_of_one_sense_fill_one_place() {
        assert_eq!(
            first("表现", "biao3 xian4"),
            ["performance (at work etc); behavior", "to show; to display", "expression; manifestation"]
        );
        assert_eq!(first("担心", "dan1 xin1")[0], "to worry; to be anxious");
        assert_eq!(first("已", "yi3"), ["already"], "no other sense stands beside it");
        assert!(meaning("已", "yi3").senses(3).rest.contains(&"afterwards"));
        assert!(meaning("已", "yi3").senses(0).first.is_empty());
    }

    #[test]
    fn what_is_no_meaning_stands_in_small_print() {
        for (word, pinyin) in
            [("部分", "bu4 fen5"), ("挖角", "wa1 jue2"), ("向", "xiang4"), ("大众", "da4 zhong4")]
        {
            for gloss in first(word, pinyin) {
                let noise = ["Taiwan", "variant", "surname", "Volkswagen"];
                assert!(!noise.iter().any(|noise| gloss.contains(noise)), "{word}: {gloss}");
            }
        }
        assert!(
            meaning("向", "xiang4").glosses().iter().all(|gloss| !gloss.contains("variant of")),
            "of itself"
        );
        let decision = meaning("决定", "jue2 ding4");
        assert!(decision.glosses().contains(&"decision"), "its measure words are none of its gloss");
        let measures = decision.led_by("decision").measure_words();
        assert_eq!(measures.iter().map(|m| m.simplified).collect::<Vec<_>>(), ["个", "项"]);
    }

    #[test]
    fn what_points_elsewhere_says_what_it_means() {
        assert_eq!(first("女孩儿", "nü3 hai2 r5"), ["girl; lass"]);
        assert_eq!(first("体检", "ti3 jian3")[0], "physical examination");
        assert_eq!(first("空姐", "kong1 jie3")[0], "stewardess; air hostess");
    }

    #[test]
    fn the_first_place_is_short() {
        for word in Dictionary::embedded().words() {
            for syllables in word.readings() {
                let meaning = Meaning::of(&word, &syllables).expect("a reading of the word");
                let senses = meaning.senses(3);
                let brief = senses.first.iter().flatten().map(|gloss| brief(gloss).len());
                let (count, length) = (senses.first.len(), brief.sum::<usize>());
                assert!((1..=3).contains(&count), "{}", word.simplified);
                assert!(length <= ROOM || count == 1, "{}: {length}", word.simplified);
            }
        }
    }
}
