//! The features of the model: the hanzi beside the doubtful one, the words around it, its place in its word.
//!
//! Each sight is hashed to 32 bits on the fly (feature hashing, Weinberger et al. 2009), so there is no list of
//! features to carry or to load. The trainer uses this very code: what it learnt is what is asked.

use super::sentence::Sentence;

/// The most features of one hanzi.
pub const MOST: usize = 96;

/// Hanzi whose reading hangs on words far off: what 为 wèi is for is told before what is done (为困难群众解一时之困).
pub const LOOKS_FAR: &str = "为";
/// The words before it in its clause that are looked at, and twice as many after it.
const FAR: usize = 8;

/// The features of one hanzi.
#[derive(Clone, Debug)]
pub struct Features {
    ids: [u32; MOST],
    len: usize,
    base: u64,
}

/// The sign in the place of a hanzi beyond the ends of the sentence.
const EDGE: u64 = 1;
/// The sign in the place of a hanzi of which nothing is known: outside a dictionary word that is given alone.
const UNKNOWN: u64 = 0;

pub(super) fn mix(a: u64, b: u64) -> u64 {
    (a ^ b).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29)
}

/// A number, a letter, a hanzi, the edge, or something else.
fn class(c: u64) -> u64 {
    match u32::try_from(c).ok().and_then(char::from_u32) {
        Some(
            '0' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千' | '万'
            | '两' | '几' | '〇',
        ) => 1,
        Some('a') => 2,
        Some('\u{4E00}'..='\u{9FFF}') => 3,
        Some('\u{1}') => 4,
        _ => 5,
    }
}

impl Features {
    /// The features of the hanzi at `at`, which lies in the token `token`. `alone`: the sentence is a dictionary word
    /// without a context, so nothing may be learnt from its edges.
    #[must_use]
    pub fn of(sentence: &Sentence, at: usize, token: usize, alone: bool) -> Self {
        let chars = &sentence.folded;
        let tokens = &sentence.tokens;
        let mut features =
            Self { ids: [0; MOST], len: 0, base: mix(chars.get(at).map_or(0, |&c| u64::from(c)), 77) };
        let outside = if alone { UNKNOWN } else { EDGE };
        let near = |offset: isize| {
            at.checked_add_signed(offset).and_then(|i| chars.get(i)).map_or(outside, |&c| u64::from(c))
        };
        let (l3, l2, l1, r1, r2, r3) = (near(-3), near(-2), near(-1), near(1), near(2), near(3));
        let known = |c: u64| c != UNKNOWN;
        features.put(0, 0, 0, 0);
        if known(l1) {
            features.put(1, l1, 0, 0);
            features.put(30, class(l1), 0, 0);
        }
        if known(r1) {
            features.put(2, r1, 0, 0);
            features.put(31, class(r1), 0, 0);
        }
        if known(l2) {
            features.put(3, l2, 0, 0);
            features.put(4, l2, l1, 0);
        }
        if known(r2) {
            features.put(5, r2, 0, 0);
            features.put(6, r1, r2, 0);
        }
        if known(l1) && known(r1) {
            features.put(7, l1, r1, 0);
            features.put(32, class(l1), class(r1), 0);
        }
        if known(l3) {
            features.put(8, l3, l2, l1);
            features.put(20, l3, 0, 0);
        }
        if known(r3) {
            features.put(9, r1, r2, r3);
            features.put(21, r3, 0, 0);
        }
        if known(l2) && known(r1) {
            features.put(10, l2, l1, r1);
        }
        if known(l1) && known(r2) {
            features.put(11, l1, r1, r2);
        }
        if let Some(&(start, end)) = tokens.get(token) {
            let word = |i: Option<usize>| i.and_then(|i| sentence.hashes.get(i)).copied().unwrap_or(outside);
            let span = |i: Option<usize>| i.and_then(|i| tokens.get(i)).copied();
            let (before, after) = (token.checked_sub(1), Some(token + 1));
            let length = |(a, b): (usize, usize)| (b - a).min(4) as u64;
            let single = u64::from(end - start == 1);
            features.put(12, (end - start).min(5) as u64, at.saturating_sub(start).min(4) as u64, 0);
            if single == 0 {
                features.put(13, word(Some(token)), at.saturating_sub(start) as u64, 0);
            }
            for (side, neighbour) in [(0, word(before)), (1, word(after))] {
                if known(neighbour) {
                    features.put(14 + side, neighbour, single, 0);
                    if single == 0 {
                        features.put(24 + side, neighbour, word(Some(token)), 0);
                    }
                }
            }
            if single == 1 {
                if let Some(left) = span(before) {
                    let last = u64::from(chars[left.1 - 1]);
                    features.put(16, length(left), last, 0);
                    features.put(26, length(left), class(last), 0);
                    if let Some(two) = before.and_then(|b| b.checked_sub(1)) {
                        features.put(18, word(Some(two)), 0, 0);
                    }
                }
                if let Some(right) = span(after) {
                    let (first, last) = (u64::from(chars[right.0]), u64::from(chars[right.1 - 1]));
                    features.put(17, length(right), first, 0);
                    features.put(27, length(right), class(first), 0);
                    features.put(28, last, length(right), 0);
                    if token + 2 < tokens.len() {
                        features.put(19, word(Some(token + 2)), 0, 0);
                    }
                    if let Some(left) = span(before) {
                        features.put(29, length(right), length(left), 0);
                    }
                }
            }
        }
        if !alone && sentence.chars.get(at).is_some_and(|&c| LOOKS_FAR.contains(c)) {
            features.of_clause(sentence, token);
        }
        if !alone {
            let mut seen = 0_u64;
            for distance in 1..=8_isize {
                for offset in [-distance, distance] {
                    let Some(&c) = at.checked_add_signed(offset).and_then(|i| chars.get(i)) else { continue };
                    let bit = 1_u64 << (mix(u64::from(c), 3) >> 58);
                    if seen & bit == 0 {
                        seen |= bit;
                        features.put(22, u64::from(c), 0, 0);
                    }
                }
            }
        }
        features
    }

    /// The words of the clause: those before, those after, and the first and the last of all.
    fn of_clause(&mut self, sentence: &Sentence, token: usize) {
        let ends = |&token: &usize| {
            let first = sentence.tokens.get(token).and_then(|&(start, _)| sentence.chars.get(start));
            first.is_some_and(|c| "，。；：？！…,;:?!".contains(*c))
        };
        let word = |token: usize| sentence.hashes.get(token).copied().unwrap_or_default();
        let count = sentence.tokens.len();
        let before = (0..token.min(count)).rev().take_while(|token| !ends(token)).take(FAR);
        let after = (token + 1..count).take_while(|token| !ends(token)).take(2 * FAR);
        for (template, number, last) in [
            (33, before.clone().count(), before.clone().last()),
            (34, after.clone().count(), after.clone().last()),
        ] {
            self.put(template + 2, number.min(4) as u64, 0, 0);
            self.put(template + 4, last.map_or(EDGE, word), 0, 0);
        }
        before.for_each(|token| self.put(33, word(token), 0, 0));
        after.for_each(|token| self.put(34, word(token), 0, 0));
    }

    /// The hashes.
    #[must_use]
    pub fn ids(&self) -> &[u32] {
        &self.ids[..self.len]
    }

    #[allow(clippy::cast_possible_truncation)] // the upper half is the hash; the lower half is dropped on purpose
    fn put(&mut self, template: u64, a: u64, b: u64, c: u64) {
        if let Some(slot) = self.ids.get_mut(self.len) {
            *slot = (mix(mix(mix(mix(self.base, template), a), b), c) >> 32) as u32;
            self.len += 1;
        }
    }
}

/// One candidate in the dictionary: whether a word around the hanzi has it, and only it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    /// No word of the dictionary is there.
    NoWord,
    /// The word has this reading and no other.
    Only,
    /// The word has this reading among others.
    Among,
    /// The word has one reading, and it is another.
    Not,
    /// The word has several readings, and none is this.
    NotAmong,
}

impl Listed {
    /// The features of it: one for all hanzi, one for this hanzi.
    #[must_use]
    #[allow(clippy::cast_possible_truncation)] // as in `put`
    pub fn ids(self, hanzi: char) -> [u32; 2] {
        let code = self as u64;
        [(mix(0xD1C7, code) >> 32) as u32, (mix(mix(0xD1C8, code), u64::from(u32::from(hanzi))) >> 32) as u32]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_not_read_whole_for_each_of_its_hanzi() {
        let mut sentence = Sentence::default();
        sentence.push(&"一".repeat(100_000));
        let all: usize = (0..100_000).map(|at| Features::of(&sentence, at, 0, false).ids().len()).sum();
        assert!(all > 100_000, "each asks more than one question");
    }
}
