//! Words, idioms and phrases: up to three syllables in one, from four on by their words (GB/T 16159-2012, 6.1.1.4, 6.1.12).

use super::lists;
use super::spelling::{Joint, Run, Spelling};

/// An idiom of four syllables stands in two and two with a hyphen (6.1.12.1): `shíshì-qiúshì`; a longer saying by its
/// words.
pub(super) fn idiom(run: Run<'_>) -> Spelling {
    if let Some(listed) = listed(run) {
        return listed;
    }
    let mut spelling = run.joined();
    match run.len() {
        4 if !is_doubled(run) => spelling.set(2, Joint::Hyphen),
        5.. => return parted(run, Parts::AnyLength).unwrap_or(spelling),
        _ => {}
    }
    spelling
}

/// A phrase of four and more syllables that is the sum of words stands in its words (5.2): `gōngzuò rényuán`; else in one.
pub(super) fn phrase(run: Run<'_>) -> Spelling {
    if let Some(listed) = listed(run) {
        return listed;
    }
    if let Some(apart) = short(run) {
        return apart;
    }
    if lists::HALVES.contains(run.hanzi) {
        let mut spelling = run.joined();
        spelling.set(2, Joint::Hyphen);
        return spelling;
    }
    if run.len() < 4 || is_doubled(run) {
        return run.joined();
    }
    parted(run, Parts::Words).unwrap_or_else(|| run.joined())
}

/// A name of several words, of which the dictionary may lack some: `Téngxùn Gōngsī`.
pub(super) fn name(run: Run<'_>) -> Spelling {
    if run.len() < 4 { run.joined() } else { parted(run, Parts::Unknown).unwrap_or_else(|| run.joined()) }
}

/// The spelling of a phrase whose parts `orthography.txt` lists.
pub(super) fn listed(run: Run<'_>) -> Option<Spelling> {
    let (_, parts) = lists::PARTED.iter().find(|(word, _)| *word == run.hanzi)?;
    let mut spelling = run.joined();
    let mut at = 0;
    for part in parts.split('+') {
        if at > 0 {
            spelling.set(at, Joint::Apart);
        }
        at += part.parse::<usize>().ok()?;
    }
    Some(spelling)
}

/// Two and three syllables of the dictionary that are several words all the same: an adverb and its word, a noun
/// and its side, a verb and itself, a verb and a direction.
fn short(run: Run<'_>) -> Option<Spelling> {
    let hanzi: Vec<char> = run.hanzi.chars().collect();
    let twice = matches!(hanzi[..], [a, b, c] if a == c && lists::BETWEEN_TWICE.contains(b));
    let goes = hanzi.len() == 3 && lists::DIRECTIONS.iter().any(|direction| run.hanzi.ends_with(direction));
    let two = lists::ADVERB_AND_WORD.contains(run.hanzi) || lists::NOUN_AND_SIDE.contains(run.hanzi);
    if !twice && !goes && !two && !is_word_before_word(run) {
        return None;
    }
    let mut spelling = run.joined();
    spelling.set(1, Joint::Apart);
    if twice {
        spelling.set(2, Joint::Apart);
    }
    Some(spelling)
}

/// Three syllables, of which the first is a word before a word of two: `yǒu kěnéng`, `bù mǎnyì`, `kāi wánxiào`.
fn is_word_before_word(run: Run<'_>) -> bool {
    let mut hanzi = run.hanzi.chars();
    let (Some(first), Some(second)) = (hanzi.next(), hanzi.next()) else { return false };
    if run.len() != 3 || lists::ONE_OF_THREE.contains(run.hanzi) || run.part(1, 3).word().is_none() {
        return false;
    }
    let is_verb = || {
        let entry = run.word().and_then(|word| word.read_as(run.syllables).next());
        entry.and_then(|entry| entry.glosses().next()).is_some_and(|gloss| gloss.starts_with("to "))
    };
    lists::BEFORE_A_WORD.contains(first)
        || lists::VERBS_BEFORE_OBJECTS.contains(first) && !lists::INSIDE_ONE.contains(second) && is_verb()
}

/// Doubled in pairs, which stands in one (5.4): `qīngqīngchǔchǔ`.
fn is_doubled(run: Run<'_>) -> bool {
    let hanzi: Vec<char> = run.hanzi.chars().collect();
    matches!(hanzi[..], [a, b, c, d] if a == b && c == d)
}

/// The words that may be parts of a phrase.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Parts {
    /// Words of two syllables and more.
    Words,
    /// Words of any length.
    AnyLength,
    /// Words of two syllables and more, and runs that the dictionary lacks.
    Unknown,
}

/// The cost of a part: the fewest parts win, and of these the more frequent words.
fn cost(part: Run<'_>, parts: Parts) -> Option<u32> {
    const PART: u32 = 100;
    let word = part.word();
    let frequency = word.map_or(0, |word| word.frequency);
    let rarity = 24_u32.saturating_sub(u32::BITS - frequency.leading_zeros());
    match (word, part.len(), parts) {
        (Some(_), 1, Parts::AnyLength) => Some(PART + PART / 2 + rarity),
        (_, 1, _) => None,
        (Some(_), ..) => Some(PART + rarity),
        (None, length, Parts::Unknown) if length < 5 => Some(3 * PART + rarity),
        _ => None,
    }
}

/// The phrase in the parts that cost least; none where it doesn't part.
fn parted(run: Run<'_>, parts: Parts) -> Option<Spelling> {
    // For each end the least cost, and where its last part begins.
    let mut best: Vec<Option<(u32, usize)>> = vec![None; run.len() + 1];
    best[0] = Some((0, 0));
    for end in 1..=run.len() {
        for start in 0..end {
            if end - start == run.len() {
                continue;
            }
            let Some((before, _)) = best[start] else { continue };
            let Some(cost) = cost(run.part(start, end), parts) else { continue };
            if best[end].is_none_or(|(least, _)| before + cost < least) {
                best[end] = Some((before + cost, start));
            }
        }
    }
    let mut spelling = run.joined();
    let mut end = run.len();
    while end > 0 {
        let (_, start) = best[end]?;
        if start > 0 {
            spelling.set(start, Joint::Apart);
        }
        end = start;
    }
    Some(spelling)
}
