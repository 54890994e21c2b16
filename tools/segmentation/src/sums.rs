//! Finds the dictionary's phrases that are no more than the sum of their words: 经济发展, economic development.
//!
//! A card for such a phrase teaches less than one for each of its words, so `src/tokens/data/sums.txt` takes it out
//! of the word list. The rule: of four hanzi and more; no name, no idiom, on no HSK list; every part a word of two
//! hanzi and more that is on an HSK list or frequent; and its gloss says what the parts' glosses say, no more
//! (every word of it is akin to one of theirs) and no less (each part has given one), and needs no remark in brackets.
//! The finds of the rule were read by eye: those that a teacher would put on a card all the same are in `whole.txt`.

use std::collections::HashSet;

use shengci::dictionary::{Dictionary, HskVersion, Word};

/// A part that is on no HSK list stands so often in jieba's counts.
const FREQUENT: u32 = 1000;
/// Parts of a phrase that jieba counts more rarely must be on an HSK list.
const MET: u32 = 5;
/// Words of a gloss that say nothing by themselves.
const EMPTY: &[&str] = &[
    "a", "an", "the", "of", "to", "in", "on", "for", "with", "and", "or", "by", "at", "from", "be", "one",
    "s", "sth", "sb", "is", "as", "into",
];

/// Prints `src/tokens/data/sums.txt`, or with `why` `phrase  parts  gloss`, to be read by eye.
pub fn run(why: bool) {
    let dictionary = Dictionary::embedded();
    let own = include_str!("../../../src/tokens/data/kinds.txt").lines();
    let whole: HashSet<&str> = own
        .chain(include_str!("../whole.txt").lines())
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split(' ').next())
        .collect();
    let mut found: Vec<(u32, &str, String)> = dictionary
        .words()
        .filter(|word| !whole.contains(word.simplified))
        .filter_map(|word| {
            let parts = parts(dictionary, &word)?;
            let gloss = word.entries().next()?.glosses().next()?;
            Some((word.frequency, word.simplified, format!("{}\t{gloss}", parts.join(" "))))
        })
        .collect();
    if why {
        found.sort_by_key(|(frequency, phrase, _)| (std::cmp::Reverse(*frequency), *phrase));
        found.iter().for_each(|(_, phrase, reason)| println!("{phrase}\t{reason}"));
        return;
    }
    found.sort_by_key(|(_, phrase, _)| *phrase);
    println!(
        "# Phrases of the dictionary that are the sum of their words, so that the words stand. Written by"
    );
    println!("# tools/segmentation (`sums`), which says how.");
    found.iter().for_each(|(_, phrase, _)| println!("{phrase}"));
}

/// The words that a phrase is the sum of.
fn parts<'w>(dictionary: Dictionary, word: &Word<'w>) -> Option<Vec<&'w str>> {
    let form = word.simplified;
    let length = form.chars().count();
    let mut entries = word.entries();
    let (Some(entry), None) = (entries.next(), entries.next()) else { return None };
    let more = entry.glosses().any(|gloss| gloss.contains('(') || gloss.contains("idiom"));
    let lawful = (4..=8).contains(&length) && form.len() == 3 * length;
    if !lawful || entry.proper || more || levelled(word) {
        return None;
    }
    let senses: Vec<&str> = entry.glosses().flat_map(|gloss| gloss.split(';')).collect();
    splits(form).into_iter().find(|parts| {
        let words: Option<Vec<Word<'_>>> = parts.iter().map(|part| dictionary.find(part)).collect();
        words.is_some_and(|words| {
            let known =
                |part: &Word<'_>| levelled(part) || word.frequency >= MET && part.frequency >= FREQUENT;
            words.iter().all(known) && senses.iter().any(|sense| says_the_same(sense, &words))
        })
    })
}

/// All ways to cut a form into parts of two hanzi and more.
fn splits(form: &str) -> Vec<Vec<&str>> {
    let mut all = Vec::new();
    for end in (6..form.len().saturating_sub(5)).step_by(3) {
        let (first, rest) = form.split_at(end);
        all.push(vec![first, rest]);
        all.extend(splits(rest).into_iter().map(|mut tail| {
            tail.insert(0, first);
            tail
        }));
    }
    all
}

fn levelled(word: &Word<'_>) -> bool {
    let versions = [HskVersion::V2015, HskVersion::V2021, HskVersion::V2025];
    word.entries().any(|entry| versions.iter().any(|version| entry.hsk.level(*version).is_some()))
}

/// Whether each word of the gloss comes from a part, and each part has given a word.
fn says_the_same(gloss: &str, parts: &[Word<'_>]) -> bool {
    let theirs: Vec<Vec<String>> = parts
        .iter()
        .map(|part| part.entries().flat_map(|e| e.glosses().flat_map(content).collect::<Vec<_>>()).collect())
        .collect();
    let own = content(gloss);
    let from = |word: &String, part: &Vec<String>| part.iter().any(|other| akin(word, other));
    own.iter().all(|word| theirs.iter().any(|part| from(word, part)))
        && theirs.iter().all(|part| own.iter().any(|word| from(word, part)))
        && own.len() >= parts.len()
}

/// The words of a gloss that say something, without what stands in brackets.
fn content(gloss: &str) -> Vec<String> {
    let mut depth = 0_usize;
    let plain: String = gloss
        .chars()
        .filter(|&c| {
            depth = if c == '(' { depth + 1 } else { depth };
            let keep = depth == 0;
            depth = if c == ')' { depth.saturating_sub(1) } else { depth };
            keep
        })
        .collect();
    let words = plain.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    words.filter(|word| !word.is_empty() && !EMPTY.contains(&word.as_str())).collect()
}

/// Whether two words have one stem: economy, economic.
fn akin(one: &str, other: &str) -> bool {
    let shared = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let (short, long) =
        (one.chars().count().min(other.chars().count()), one.chars().count().max(other.chars().count()));
    one == other || shared >= 4 && shared + 3 >= short && shared + 6 >= long
}
