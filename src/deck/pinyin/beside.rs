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

/// How the word at `place` of the sentence stands to what is before.
pub(super) fn joint(example: &Example, place: usize, dictionary: Dictionary) -> Joint {
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
    let is_joined = if lists::ENDINGS.has(form) && neutral {
        true
    } else if lists::SUFFIXES.has(form) {
        before.kind == Kind::Word && !is_short(before)
    } else if lists::ASPECT.has(form) {
        is_verb(before, dictionary) && (neutral || is_short(before))
    } else if lists::DONE.has(form) {
        neutral && !ends_clause(example, place) && (is_verb(before, dictionary) || is_changed(example, place))
    } else {
        lists::RESULTS.has(form) && is_short(before) && takes_result(before, dictionary)
    };
    if is_joined { Joint::Joined } else { Joint::Apart }
}

/// Whether a word has one syllable.
fn is_short(word: &ExampleWord) -> bool {
    hanzi::count(word.key.headword.as_str()) == 1
}

/// Whether it is a verb first of all (not 车, though it is to turn on a lathe, too) that a result can follow.
fn takes_result(word: &ExampleWord, dictionary: Dictionary) -> bool {
    let form = word.key.headword.as_str();
    let Some(listed) = dictionary.find(form).filter(|_| !lists::NO_RESULT.contains(&form)) else {
        return false;
    };
    let first = listed.read_as(word.key.reading.syllables()).next();
    first.and_then(|entry| entry.glosses().next()).is_some_and(|gloss| gloss.starts_with("to "))
}

/// Whether aspect can stand behind it: a word that the dictionary has as a verb, or has not.
fn is_verb(word: &ExampleWord, dictionary: Dictionary) -> bool {
    let form = word.key.headword.as_str();
    if !matches!(word.kind, Kind::Word | Kind::Idiom) || lists::NO_VERBS.contains(&form) {
        return false;
    }
    let Some(listed) = dictionary.find(form) else { return true };
    let syllables = word.key.reading.syllables();
    let verb = |gloss: &str| gloss.starts_with("to ") || gloss.contains(") to ");
    listed.read_as(syllables).any(|entry| entry.glosses().any(verb))
}

/// Whether it becomes so by an amount: `liàngle xǔduō`, `gāole liǎng mǐ`.
fn is_changed(example: &Example, place: usize) -> bool {
    let (before, next) = (&example.words[place - 1], example.words.get(place + 1));
    let amount = |next: &ExampleWord| {
        matches!(next.kind, Kind::Measure | Kind::Number)
            || lists::AMOUNTS.contains(&next.key.headword.as_str())
    };
    before.kind == Kind::Word
        && !lists::NO_VERBS.contains(&before.key.headword.as_str())
        && next.is_some_and(amount)
}

/// Whether nothing of the clause follows but particles: `Huǒchē dào le.`
fn ends_clause(example: &Example, place: usize) -> bool {
    let word = &example.words[place];
    let next = example.words.get(place + 1).filter(|next| next.span.start() == word.span.end());
    match next {
        Some(next) => lists::ENDING.contains(&next.key.headword.as_str()),
        None => example.sentence[word.span.end()..].chars().next().is_none_or(|c| !goes_on(c)),
    }
}

/// Whether the clause goes on with it: a digit, a letter, what opens a quotation.
fn goes_on(c: char) -> bool {
    matches!(latin(c).1, Stands::AsLetter | Stands::After)
}
