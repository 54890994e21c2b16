//! Words that are names where they stand: a hanzi that is short for a place (对华, 法德), a word in the name of a body
//! (GB/T 16159-2012, 6.3.2).

use std::sync::LazyLock;

use super::lists;
use crate::deck::context::Place;
use crate::deck::leads;
use crate::hanzi::{CharSet, classes};
use crate::tokens::Kind;
use crate::words::{Example, ExampleWord};

/// Whether the word at `at` is one hanzi that is short for a country or a place there: 赴美, 英、法.
///
/// What says so are the lines of `leads.txt`, from which its card takes the sense, and the pairs and verbs with a place
/// of `orthography.txt`.
pub(super) fn is_short_place(example: &Example, at: usize) -> bool {
    let word = &example.words[at];
    let form = word.key.headword.as_str();
    if form.chars().nth(1).is_some() || matches!(word.kind, Kind::Person | Kind::Number) {
        return false;
    }
    // Most hanzi are short for nothing.
    if !SHORT.begins(form) {
        return false;
    }
    let Some(place) = Place::of(word.span, example) else { return false };
    let before = place.previous.map(|word| format!("{}{form}", word.key.headword.as_str()));
    let behind = place.next.map(|word| format!("{form}{}", word.key.headword.as_str()));
    let towards = before.as_ref().is_some_and(|both| lists::TOWARDS_PLACES.contains(both.as_str()));
    let is_number_before =
        place.before.ends_with(|c: char| c.is_ascii_digit() || classes::NUMERALS.contains(c));
    let mut pairs = before.iter().chain(&behind).filter(|_| !is_number_before);
    let in_pair = pairs.any(|both| lists::PAIRS.contains(both.as_str()));
    let is_no_place =
        place.next.is_some_and(|next| lists::NO_PLACE_BEFORE.contains(next.key.headword.as_str()));
    towards || in_pair || !is_no_place && leads::names_place(form, &place)
}

/// The hanzi that may be short for a place.
static SHORT: LazyLock<CharSet> = LazyLock::new(|| {
    let pairs = lists::PAIRS.iter().chain(lists::TOWARDS_PLACES.iter()).flat_map(|pair| pair.chars());
    CharSet::new(pairs.chain(leads::short_for_places()))
});

/// Whether the word at `at` is one of the words of a body's name: a place or a body, then a word or two, then the kind
/// of body, each right behind the other: 武汉音乐学院.
pub(super) fn is_in_body(example: &Example, at: usize) -> bool {
    (at.saturating_sub(MOST)..=at).any(|first| {
        let last = kind_of_body(example, first);
        last.is_some_and(|last| first < at && at <= last)
    })
}

/// The words between a place and the kind of body, and that one.
const MOST: usize = 3;

/// Where the kind of body stands, if a name of one begins with the word at `first`.
fn kind_of_body(example: &Example, first: usize) -> Option<usize> {
    let begins = &example.words[first];
    let form = |word: &ExampleWord| word.key.headword.as_str().to_owned();
    let is_country = lists::COUNTRY_ENDS.iter().any(|end| form(begins).ends_with(end));
    if !matches!(begins.kind, Kind::Place | Kind::Organisation) || is_country {
        return None;
    }
    for at in first + 1..=first + MOST {
        let word = example.words.get(at)?;
        let name = form(word);
        let is_plain = matches!(word.kind, Kind::Word | Kind::Organisation) && name.chars().nth(1).is_some();
        if example.words[at - 1].span.end() != word.span.start() || !is_plain {
            return None;
        }
        let near = at == first + 1;
        // 体育中心 may be one word or two.
        let both = if near { String::new() } else { form(&example.words[at - 1]) + &name };
        let alone = lists::BODIES_BEHIND_PLACES.iter().any(|body| *body == name || *body == both)
            || begins.kind == Kind::Organisation && lists::BODIES_BEHIND_NAMES.contains(name.as_str());
        if alone || !near && lists::BODIES_BEHIND_WORDS.contains(name.as_str()) {
            return Some(at);
        }
        if lists::NOT_IN_NAMES.contains(name.as_str()) {
            return None;
        }
    }
    None
}
