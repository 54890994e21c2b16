//! How a word stands to the one before it: particles of aspect, endings and results are joined to theirs
//! (GB/T 16159-2012, 6.1.1.2, 6.1.2.1, 6.1.2.4).

use super::line::{Stands, latin};
use super::lists;
use super::spelling::Joint;
use crate::dictionary::Dictionary;
use crate::hanzi::{self, classes};
use crate::pinyin::Tone;
use crate::tokens::Kind;
use crate::words::{Example, ExampleWord};

/// How the word at `place` of the sentence stands to what is before; `short` says which words are short for places.
pub(super) fn joint(example: &Example, place: usize, short: &[bool], dictionary: Dictionary) -> Joint {
    let word = &example.words[place];
    let Some(before) = place.checked_sub(1).map(|before| &example.words[before]) else { return Joint::Apart };
    if before.span.end() != word.span.start() {
        return Joint::Apart;
    }
    let form = word.key.headword.as_str();
    let neutral = word.key.reading.syllables().iter().all(|syllable| syllable.tone() == Tone::Neutral);
    let is_ordinal = lists::ORDINALS.has(before.key.headword.as_str());
    if is_ordinal && form.starts_with(|c| classes::NUMERALS.contains(c)) {
        return Joint::Hyphen;
    }
    if short[place - 1] {
        let both = together(before, word);
        return if short[place] || lists::PAIRS.contains(both.as_str()) {
            Joint::Hyphen
        } else if lists::OF_PLACES.has(form) {
            Joint::Joined
        } else {
            Joint::Apart
        };
    }
    let is_joined = if lists::ENDINGS.has(form) && neutral {
        true
    } else if lists::ENDINGS_OF_NAMES.has(form) && names_something(before) {
        !is_short(before)
    } else if lists::SUFFIXES.has(form) {
        takes_suffix(before) && !is_word_by_itself(example, place)
    } else if lists::SUFFIXES_OF_VERBS.has(form) {
        takes_suffix(before) && is_verb(before, dictionary) && ends_phrase(example, place)
    } else if lists::ASPECT.has(form) {
        is_verb(before, dictionary) && (neutral || is_short(before))
    } else if lists::DONE.has(form) {
        neutral && !ends_clause(example, place) && can_be_done(before)
    } else {
        // 覆盖度高: an ending takes no result.
        let alone = || place < 2 || joint(example, place - 1, short, dictionary) == Joint::Apart;
        is_short(before) && lists::RESULTS.has(form) && takes_result(before, dictionary) && alone()
            || is_short(before) && lists::VERB_AND_RESULT.contains(together(before, word).as_str())
    };
    if is_joined { Joint::Joined } else { Joint::Apart }
}

/// Whether the word is a numeral and a measure word that something points at: 那一刻.
pub(super) fn is_counted(example: &Example, place: usize) -> bool {
    let word = &example.words[place];
    let before = place.checked_sub(1).map(|before| &example.words[before]);
    lists::ONE_AND_MEASURE.contains(word.key.headword.as_str())
        && before.is_some_and(|before| {
            before.span.end() == word.span.start() && lists::BEFORE_ONE.has(before.key.headword.as_str())
        })
}

/// The headwords of two words, one behind the other.
fn together(before: &ExampleWord, word: &ExampleWord) -> String {
    format!("{}{}", before.key.headword.as_str(), word.key.headword.as_str())
}

/// A word of the language of two syllables and more that is neither a pronoun nor an adverb.
fn takes_suffix(word: &ExampleWord) -> bool {
    word.kind == Kind::Word
        && !is_short(word)
        && !lists::NO_SUFFIX_BEHIND.contains(word.key.headword.as_str())
}

fn names_something(word: &ExampleWord) -> bool {
    matches!(word.kind, Kind::Place | Kind::Organisation)
}

/// The word that begins where the one at `place` ends.
fn next(example: &Example, place: usize) -> Option<&ExampleWord> {
    let end = example.words[place].span.end();
    example.words.get(place + 1).filter(|next| next.span.start() == end)
}

/// Whether what follows shows that the hanzi is a word of its own and no ending: 方可, 度过.
fn is_word_by_itself(example: &Example, place: usize) -> bool {
    next(example, place).is_some_and(|next| lists::NO_SUFFIX_BEFORE.contains(next.key.headword.as_str()))
}

/// Whether the phrase ends with the word: a mark follows, or what stands behind a noun.
fn ends_phrase(example: &Example, place: usize) -> bool {
    match next(example, place) {
        Some(next) => lists::BEHIND_NOUNS.contains(next.key.headword.as_str()),
        None => ends_clause(example, place),
    }
}

/// Whether what is done or has become so can stand in it: no particle, pronoun or adverb, but 没有 is no adverb before 了.
fn can_be_done(word: &ExampleWord) -> bool {
    let form = word.key.headword.as_str();
    matches!(word.kind, Kind::Word | Kind::Idiom)
        && (lists::DONE_AS_WELL.contains(form) || !lists::NO_VERBS.contains(form))
}

/// Whether a word has one syllable.
fn is_short(word: &ExampleWord) -> bool {
    hanzi::count(word.key.headword.as_str()) == 1
}

/// Whether it is a verb first of all (not 车, though it is to turn on a lathe, too) that a result can follow.
fn takes_result(word: &ExampleWord, dictionary: Dictionary) -> bool {
    let form = word.key.headword.as_str();
    if lists::RESULT_VERBS.has(form) {
        return true;
    }
    let Some(listed) = dictionary.find(form).filter(|_| !lists::NO_RESULT.contains(form)) else {
        return false;
    };
    let first = listed.read_as(word.key.reading.syllables()).next();
    first.and_then(|entry| entry.glosses().next()).is_some_and(|gloss| gloss.starts_with("to "))
}

/// Whether aspect can stand behind it: a word that the dictionary has as a verb, or has not.
fn is_verb(word: &ExampleWord, dictionary: Dictionary) -> bool {
    let form = word.key.headword.as_str();
    if !matches!(word.kind, Kind::Word | Kind::Idiom) || lists::NO_VERBS.contains(form) {
        return false;
    }
    let Some(listed) = dictionary.find(form) else { return true };
    let syllables = word.key.reading.syllables();
    let verb = |gloss: &str| gloss.starts_with("to ") || gloss.contains(") to ");
    listed.read_as(syllables).any(|entry| entry.glosses().any(verb))
}

/// Whether nothing of the clause follows but particles: `Huǒchē dào le.`
fn ends_clause(example: &Example, place: usize) -> bool {
    let end = example.words[place].span.end();
    match next(example, place) {
        Some(next) => lists::ENDING.contains(next.key.headword.as_str()),
        None => example.sentence[end..].chars().next().is_none_or(|c| !goes_on(c)),
    }
}

/// Whether the clause goes on with it: a digit, a letter, what opens a quotation.
fn goes_on(c: char) -> bool {
    matches!(latin(c).1, Stands::AsLetter | Stands::After)
}
