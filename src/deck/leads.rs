//! The lines of `data/leads.txt`: which sense of a word leads by what stands beside it.

use super::context::Place;
use super::lists;

include!(concat!(env!("OUT_DIR"), "/leads.rs"));

/// A line of the file, as the build wrote it.
pub(super) struct Lead {
    word: &'static str,
    side: Side,
    texts: &'static [&'static str],
    gloss: &'static str,
    /// Its number there.
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests look its sentences up by it"))]
    line: u32,
}

/// Where a text stands.
enum Side {
    Before,
    After,
    Anywhere,
}

/// The one of `glosses` that a line of `word` puts first where it stands.
pub(super) fn of_word<'g>(word: &str, glosses: &[&'g str], place: &Place<'_>) -> Option<&'g str> {
    LEADS.iter().filter(|lead| lead.word == word && lead.holds(place)).find_map(|lead| lead.among(glosses))
}

/// Whether the line of `word` that holds where it stands calls for the name of a country or a place. The hanzi behind a
/// number is none: 4日.
pub(super) fn names_place(word: &str, place: &Place<'_>) -> bool {
    let lead = LEADS.iter().find(|lead| lead.word == word && lead.holds(place));
    lead.is_some_and(|lead| lead.gloss.starts_with(char::is_uppercase)) && !place.before.ends_with(is_number)
}

/// The hanzi that some line has as short for a country or a place.
pub(super) fn short_for_places() -> impl Iterator<Item = char> {
    let named = LEADS.iter().filter(|lead| lead.gloss.starts_with(char::is_uppercase));
    named.filter_map(|lead| lead.word.chars().next())
}

/// The first of `glosses` that is a verb, or a noun, where what stands beside a word says that it is one, and the gloss
/// that leads is of the other kind.
pub(super) fn of_kind<'g>(glosses: &[&'g str], place: &Place<'_>) -> Option<&'g str> {
    let leads_as_verb = is_verb(glosses.first()?);
    let kind = LEADS.iter().find(|lead| matches!(lead.word, "noun" | "verb") && lead.holds(place))?;
    let wants_verb = kind.word == "verb";
    // Before an adverb stand the same words as before a verb: 也十分.
    let is_adverb = wants_verb && glosses.iter().take(FIRST).any(|gloss| is_adverb(gloss));
    if wants_verb == leads_as_verb || is_adverb {
        return None;
    }
    glosses.iter().copied().find(|gloss| if wants_verb { is_verb(gloss) } else { is_noun(gloss) })
}

/// The senses that tell whether a word is an adverb.
const FIRST: usize = 5;

fn is_adverb(gloss: &str) -> bool {
    without_bracket(gloss).split([';', ',']).any(|word| word.ends_with("ly") && !word.trim().contains(' '))
}

fn is_verb(gloss: &str) -> bool {
    without_bracket(gloss).starts_with("to ")
}

/// Whether a gloss may be a noun: neither a verb nor a word of grammar, an adverb or a remark.
fn is_noun(gloss: &str) -> bool {
    const NONE: [&str; 8] =
        ["classifier", "surname ", "variant ", "see ", "in ", "according", "based", "by "];
    let bare = without_bracket(gloss);
    let first = bare.split([' ', ';', ',']).next().unwrap_or_default();
    !is_verb(gloss) && !first.ends_with("ly") && !NONE.iter().any(|none| bare.starts_with(none))
}

/// A gloss without what it begins with in brackets: "(fig.) (of talent) to go elsewhere".
fn without_bracket(mut gloss: &str) -> &str {
    while let Some((_, bare)) = gloss.strip_prefix('(').and_then(|rest| rest.split_once(") ")) {
        gloss = bare;
    }
    gloss
}

impl Lead {
    fn holds(&self, place: &Place<'_>) -> bool {
        self.texts.iter().any(|text| match self.side {
            Side::Before => is_before(text, place),
            Side::After => is_after(text, place),
            Side::Anywhere => place.before.contains(text) || place.after.contains(text),
        })
    }

    /// The gloss that is meant: the one that begins so, else the first that has it.
    fn among<'g>(&self, glosses: &[&'g str]) -> Option<&'g str> {
        let begins = glosses.iter().find(|gloss| gloss.starts_with(self.gloss));
        begins.or_else(|| glosses.iter().find(|gloss| gloss.contains(self.gloss))).copied()
    }
}

fn is_before(text: &str, place: &Place<'_>) -> bool {
    let word = place.previous.map(|word| word.key.headword.as_str());
    match (text, text.strip_prefix('=')) {
        ("NUMBER", _) => place.before.ends_with(is_number),
        ("PLACE", _) => {
            place.before.ends_with(is_place) && word.is_none_or(|word| word.chars().all(is_place))
        }
        (_, Some(whole)) => word.map_or_else(|| place.before.ends_with(whole), |word| word == whole),
        (text, None) => place.before.ends_with(text),
    }
}

fn is_after(text: &str, place: &Place<'_>) -> bool {
    let word = place.next.map(|word| word.key.headword.as_str());
    match (text, text.strip_prefix('=')) {
        ("NUMBER", _) => place.after.starts_with(is_number),
        ("PLACE", _) => {
            place.after.starts_with(is_place) && word.is_none_or(|word| word.chars().all(is_place))
        }
        (_, Some(whole)) => word.map_or_else(|| place.after.starts_with(whole), |word| word == whole),
        (text, None) => place.after.starts_with(text),
    }
}

fn is_number(c: char) -> bool {
    c.is_ascii_digit() || lists::COUNTING_NUMERALS.contains(c)
}

fn is_place(c: char) -> bool {
    lists::PLACES.contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::{Dictionary, Meaning};

    /// Where `word` stands first in `sentence`, of which no words are known.
    fn place<'s>(word: &str, sentence: &'s str) -> Place<'s> {
        let at = sentence.find(word).expect("the word stands in its sentence");
        Place { before: &sentence[..at], after: &sentence[at + word.len()..], previous: None, next: None }
    }

    /// The fields of the line that `lead` is made of.
    fn fields(lead: &Lead) -> Vec<&'static str> {
        let line = include_str!("data/leads.txt").lines().nth(lead.line as usize - 1);
        line.expect("a line of the file").split(" | ").map(str::trim).collect()
    }

    #[test]
    fn each_line_holds_in_its_sentence_and_not_in_the_other() {
        let mut faults = Vec::new();
        for lead in LEADS.iter().filter(|lead| !lead.gloss.is_empty()) {
            let fields = fields(lead);
            let (word, pro, contra) = (lead.word, fields[3], fields[4]);
            let found = Dictionary::embedded().find(word).expect("a word of the dictionary");
            let meanings = found.readings().into_iter().filter_map(|reading| Meaning::of(&found, &reading));
            let holds = lead.holds(&place(word, pro));
            let fails = !contra.contains(word) || !lead.holds(&place(word, contra));
            if !holds || !fails || !meanings.into_iter().any(|m| lead.among(&m.glosses()).is_some()) {
                faults.push(format!("{fields:?}: {holds}, {fails}"));
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    #[test]
    fn what_stands_beside_it_says_verb_or_noun() {
        let (verb_first, noun_first) = (["to trade", "transaction"], ["transaction", "to trade"]);
        for lead in LEADS.iter().filter(|lead| lead.gloss.is_empty()) {
            let pro = fields(lead)[3];
            let word = Dictionary::embedded().words_of(6..=6).map(|word| word.simplified);
            let found: Vec<&str> = word
                .filter(|word| pro.contains(word) && lead.holds(&place(word, pro)))
                .filter_map(|word| {
                    of_kind(if lead.word == "verb" { &noun_first } else { &verb_first }, &place(word, pro))
                })
                .collect();
            let expected = if lead.word == "verb" { "to trade" } else { "transaction" };
            assert!(found.contains(&expected), "{pro}");
        }
        assert!(is_verb("(of people) to carry out") && is_noun("decision") && !is_noun("really"));
    }
}
