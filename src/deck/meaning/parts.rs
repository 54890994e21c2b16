//! Words that no dictionary has: their meaning by their parts, or by a line of ours.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::dictionary::{Dictionary, Meaning, Shadow, gloss};
use crate::hanzi::is_hanzi;
use crate::pinyin::Syllable;
use crate::words::Record;

/// `data/proposed.txt`: words that no dictionary has, and what they mean.
pub(super) static EXPLAINED: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
    let lines = include_str!("../data/proposed.txt").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(" | ")).collect()
});

/// The parts of a word that no dictionary has, each with a gloss in a word or two; none where it can't be made of them.
#[must_use]
pub fn composed(record: &Record, dictionary: Dictionary) -> Vec<(String, String)> {
    parts(record.key.headword.as_str(), record.key.reading.syllables(), dictionary).unwrap_or_default()
}

/// Whether a card could say nothing of a word: no dictionary has it, nor its parts, nor did the learner say what it means.
#[must_use]
pub fn says_nothing(record: &Record, dictionary: Dictionary) -> bool {
    let headword = record.key.headword.as_str();
    let known = || dictionary.has(headword) || EXPLAINED.contains_key(headword);
    record.proposed && record.sense.is_none() && !known() && composed(record, dictionary).is_empty()
}

/// A verb that is said twice is done a little: 想想.
fn doubled(word: &str, syllables: &[Syllable], dictionary: Dictionary) -> Option<Vec<(String, String)>> {
    let mut hanzi = word.chars();
    let (Some(first), Some(second), None) = (hanzi.next(), hanzi.next(), hanzi.next()) else { return None };
    let form = first.to_string();
    let (english, _) = (first == second).then(|| part(&form, syllables.get(..1)?, dictionary)).flatten()?;
    Some(if english.starts_with("to ") { vec![(form, format!("{english} a little"))] } else { Vec::new() })
}

/// The dictionary's words that a word is made of, read as they are in it: the fewest, and of those the most
/// frequent. Nothing where some part has no gloss in that reading.
fn parts(word: &str, syllables: &[Syllable], dictionary: Dictionary) -> Option<Vec<(String, String)>> {
    let simple = Shadow::of(word).into_simple();
    let word = simple.as_ref();
    if let Some(doubled) = doubled(word, syllables, dictionary) {
        return (!doubled.is_empty()).then_some(doubled);
    }
    let chars: Vec<char> = word.chars().collect();
    let spoken: Vec<usize> = std::iter::once(0)
        .chain(chars.iter().scan(0, |n, &c| {
            *n += usize::from(is_hanzi(c));
            Some(*n)
        }))
        .collect();
    // best[i]: how to make the first i characters: parts, rarest part's frequency, where the last part begins.
    let mut best: Vec<Option<(usize, u32, usize)>> = vec![None; chars.len() + 1];
    best[0] = Some((0, u32::MAX, 0));
    let mut english: Vec<String> = vec![String::new(); chars.len() + 1];
    for end in 1..=chars.len() {
        for start in 0..end {
            let Some((count, rarest, _)) = best[start] else { continue };
            if end - start == chars.len() {
                continue;
            }
            let form: String = chars[start..end].iter().collect();
            let Some((meaning, frequency)) =
                part(&form, syllables.get(spoken[start]..spoken[end]).unwrap_or_default(), dictionary)
            else {
                continue;
            };
            let rarest = rarest.min(frequency);
            let better = best[end]
                .is_none_or(|(n, f, _)| (count + 1, std::cmp::Reverse(rarest)) < (n, std::cmp::Reverse(f)));
            if better {
                best[end] = Some((count + 1, rarest, start));
                english[end] = meaning;
            }
        }
    }
    let mut parts = Vec::new();
    let mut end = chars.len();
    while end > 0 {
        let (_, _, start) = best[end]?;
        parts.push((chars[start..end].iter().collect(), std::mem::take(&mut english[end])));
        end = start;
    }
    parts.reverse();
    Some(parts)
}

fn part(form: &str, syllables: &[Syllable], dictionary: Dictionary) -> Option<(String, u32)> {
    if !form.chars().any(is_hanzi) {
        return Some((String::new(), u32::MAX));
    }
    let word = dictionary.find(form)?;
    let meaning = Meaning::of(&word, syllables)?;
    // A meaning as a surname, or in one other word alone, is none that a hanzi has here.
    let glosses = meaning.glosses_of_part();
    let telling = glosses.iter().filter(|gloss| !gloss::is_minor(gloss));
    let english = telling.map(|g| gloss::short(g, form)).find(|g| !g.is_empty())?;
    Some((english, word.frequency))
}
