//! Words that jieba made of neighbours by chance, cut anew by what stands round them: 三|天才|到 is 三|天|才|到.
//!
//! Where a model of the [seams](model) between hanzi contradicts a cut, the stretch round the place is cut anew in all ways that
//! the word list has, and the likeliest is taken if it is likelier by far. A word that is two where it stands (才|能) is cut
//! only if `data/split.txt` names it: most words could be cut, and the list decides which stay whole.

pub mod model;

use smallvec::SmallVec;

use crate::dictionary::Dictionary;
use crate::hanzi::classes;
use crate::tokens::Kind;
use crate::tokens::jieba;
use crate::tokens::numbers::is_numeral;
use crate::tokens::pieces::{Laid, Piece, Pieces};

/// A seam of a cut is doubted from these odds on, and one that no cut has.
const DOUBTED: i32 = -8;
const MISSED: i32 = 8;
/// Another cut has to be likelier by so much.
const SHIFT: i32 = 21;
/// The weight of a word's level, which is 2 ln of its frequency in jieba's list: 0.7 of the logarithm.
const FREQUENCY: i32 = 6;
/// The level of a word that the list would have once, less that of all words together.
const RAREST: i32 = 40;
/// The bonus for a hanzi left over that is often a word alone.
const ALONE: i32 = 40;
/// A word is cut in two at a seam of such odds.
const SPLIT: i32 = 16;
/// No word that is made here is longer, in characters.
const LONGEST: usize = 5;
/// No stretch that is cut anew is longer, in characters.
const STRETCH: usize = 24;

/// Cuts anew where the seams contradict.
pub(super) fn mend(dictionary: Dictionary, pieces: &mut Pieces<'_>) {
    let text = pieces.text();
    let mut places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    places.push(text.len());
    let seen: Vec<u32> = text.chars().map(model::seen).collect();
    let sight = Sight { dictionary, text, places, seen };
    pieces.relay(|old, laid| {
        let (mut from, mut start) = (0, 0);
        while from < old.len() {
            let run = sight.run(&old[from..], start);
            if run.ends.is_empty() {
                start += old[from].count(text);
                laid.to(old[from].end(), old[from].nature);
                from += 1;
                continue;
            }
            from += run.ends.len();
            start = run.end();
            sight.lay(&run, laid);
        }
    });
}

/// A text as the model sees it.
struct Sight<'t> {
    dictionary: Dictionary,
    text: &'t str,
    /// The byte of each character, and the end.
    places: Vec<usize>,
    seen: Vec<u32>,
}

/// Pieces of nothing but hanzi, one behind the other.
struct Run<'p> {
    text: &'p str,
    pieces: &'p [Piece],
    /// Its first character.
    start: usize,
    /// The character after each piece.
    ends: SmallVec<[usize; 32]>,
    /// The odds of the seam before each character but the first.
    odds: SmallVec<[i32; 64]>,
}

impl Run<'_> {
    fn end(&self) -> usize {
        self.ends.last().copied().unwrap_or(self.start)
    }

    fn start_of(&self, piece: usize) -> usize {
        piece.checked_sub(1).map_or(self.start, |before| self.ends[before])
    }

    fn odds(&self, at: usize) -> i32 {
        self.odds[at - self.start - 1]
    }

    /// Whether nothing is cut of a piece: sayings and persons are more than their hanzi.
    fn is_whole(&self, piece: usize) -> bool {
        matches!(self.pieces[piece].kind, Kind::Idiom | Kind::Person)
            || is_numeral(self.pieces[piece].of(self.text))
    }

    /// The pieces whose cut is doubted, each with those beside it, as stretches that do not touch.
    fn doubted(&self) -> SmallVec<[(usize, usize); 4]> {
        let mut stretches: SmallVec<[(usize, usize); 4]> = SmallVec::new();
        for piece in 0..self.ends.len() {
            let (start, end) = (self.start_of(piece), self.ends[piece]);
            let is_split = !self.is_whole(piece) && (start + 1..end).any(|at| self.odds(at) >= MISSED);
            let is_joined = piece > 0 && self.odds(start) <= DOUBTED;
            if !is_split && !is_joined {
                continue;
            }
            let first = piece.saturating_sub(if is_joined { 2 } else { 1 });
            let last = (piece + 2).min(self.ends.len());
            match stretches.last_mut() {
                Some((_, end)) if first <= *end => *end = last,
                _ => stretches.push((first, last)),
            }
        }
        stretches
    }
}

impl Sight<'_> {
    /// The run with which these pieces begin, at character `start`.
    fn run<'p>(&'p self, pieces: &'p [Piece], start: usize) -> Run<'p> {
        let mut ends: SmallVec<[usize; 32]> = SmallVec::new();
        let mut end = start;
        for piece in pieces {
            let count = piece.count(self.text);
            if !self.seen[end..end + count].iter().all(|&c| model::is_hanzi(c)) {
                break;
            }
            end += count;
            ends.push(end);
        }
        let odds = (start + 1..end).map(|at| model::odds(&self.seen, at)).collect();
        Run { text: self.text, pieces: &pieces[..ends.len()], start, ends, odds }
    }

    /// Lays the run, doubted stretches as they are likeliest.
    fn lay(&self, run: &Run<'_>, laid: &mut Laid<'_>) {
        let mut piece = 0;
        let to = |piece: usize, laid: &mut Laid<'_>| self.lay_piece(run, piece, laid);
        for (first, last) in run.doubted() {
            (piece..first).for_each(|piece| to(piece, laid));
            piece = last;
            if !self.is_crossed(run, first, last) {
                (first..last).for_each(|piece| to(piece, laid));
                continue;
            }
            let anew = self.anew(run, first, last);
            for (old, new) in parts(run, first, last, &anew) {
                if self.is_better(run, old.clone(), &new) {
                    let mut start = run.start_of(old.start);
                    for end in new {
                        laid.to(self.places[end], jieba::nature(self.word(start, end)));
                        start = end;
                    }
                } else {
                    old.for_each(|piece| to(piece, laid));
                }
            }
        }
        (piece..run.ends.len()).for_each(|piece| to(piece, laid));
    }

    /// Lays a piece as it was, or in two where it is one of those words that may be two.
    fn lay_piece(&self, run: &Run<'_>, piece: usize, laid: &mut Laid<'_>) {
        let (start, end, old) = (run.start_of(piece), run.ends[piece], &run.pieces[piece]);
        let may_be_two = end - start == 2 && run.odds(start + 1) >= SPLIT;
        if may_be_two && SPLITS.binary_search(&old.of(self.text)).is_ok() {
            for at in [start, start + 1] {
                laid.to(self.places[at + 1], jieba::nature(self.word(at, at + 1)));
            }
        } else {
            laid.to(old.end(), old.nature);
        }
    }

    /// Whether a word goes across a boundary between the pieces `first..last`: else no other cut of them is but finer or
    /// coarser.
    fn is_crossed(&self, run: &Run<'_>, first: usize, last: usize) -> bool {
        let (start, end) = (run.start_of(first), run.ends[last - 1]);
        (first..last - 1).map(|piece| run.ends[piece]).any(|boundary| {
            (start.max(boundary.saturating_sub(LONGEST - 1))..boundary).any(|from| {
                (boundary + 1..=end.min(from + LONGEST)).any(|to| self.dictionary.has(self.word(from, to)))
            })
        })
    }

    /// The ends of the words of the likeliest cut of the pieces `first..last`.
    fn anew(&self, run: &Run<'_>, first: usize, last: usize) -> SmallVec<[usize; 16]> {
        let (start, end) = (run.start_of(first), run.ends[last - 1]);
        if end - start > STRETCH {
            return run.ends[first..last].iter().copied().collect();
        }
        // For each character the best sum of a cut that ends before it, and where its last word begins.
        let mut best: SmallVec<[Option<(i32, usize)>; 32]> = SmallVec::from_elem(None, end - start + 1);
        best[0] = Some((0, start));
        let old = |from: usize, to: usize| {
            (first..last).find(|&piece| run.start_of(piece) == from && run.ends[piece] == to)
        };
        let cuts_whole = |from: usize, to: usize| {
            (first..last).filter(|&piece| run.is_whole(piece)).any(|piece| {
                let (start, end) = (run.start_of(piece), run.ends[piece]);
                start < from && from < end || start < to && to < end
            })
        };
        for from in start..end {
            let Some((sum, _)) = best[from - start] else { continue };
            for to in from + 1..=end {
                let level = match old(from, to) {
                    Some(piece) => run.pieces[piece].level,
                    None if to - from > LONGEST || cuts_whole(from, to) => continue,
                    None => match self.level(from, to) {
                        Some(level) => level,
                        None => continue,
                    },
                };
                let sum = sum + self.usual(from, to, level) + if to < end { run.odds(to) } else { 0 };
                if best[to - start].is_none_or(|(most, _)| sum > most) {
                    best[to - start] = Some((sum, from));
                }
            }
        }
        let mut ends: SmallVec<[usize; 16]> = SmallVec::new();
        let mut at = end;
        while at > start {
            ends.push(at);
            at = best[at - start].map_or(start, |(_, from)| from);
        }
        ends.reverse();
        ends
    }

    /// How usual the words are that end here, the first of which begins at `start`.
    fn words(&self, start: usize, ends: impl Iterator<Item = usize>) -> i32 {
        let mut from = start;
        ends.map(|to| {
            let usual = self.usual(from, to, jieba::level(self.word(from, to)));
            from = to;
            usual
        })
        .sum()
    }

    /// How usual a word of this level is: its frequency, and whether a hanzi is often a word alone.
    fn usual(&self, from: usize, to: usize, level: u8) -> i32 {
        let first = self.word(from, to).chars().next();
        let alone = to - from == 1 && first.is_some_and(|c| classes::OFTEN_ALONE.contains(c));
        (i32::from(level) - RAREST) * FREQUENCY + if alone { ALONE } else { 0 }
    }

    fn word(&self, from: usize, to: usize) -> &str {
        &self.text[self.places[from]..self.places[to]]
    }

    /// Whether a hanzi stands before a word that begins with it.
    fn is_said_twice(&self, pieces: &[Piece]) -> bool {
        pieces.windows(2).any(|two| {
            let [first, second] = [&two[0], &two[1]].map(|piece| piece.of(self.text));
            two[0].single(self.text).is_some() && second.starts_with(first)
        })
    }

    /// The level of a hanzi, or of a word of the list and the dictionary.
    fn level(&self, from: usize, to: usize) -> Option<u8> {
        let word = self.word(from, to);
        match to - from {
            1 => Some(jieba::level(word)),
            _ if self.dictionary.has(word) => jieba::listed_level(word),
            _ => None,
        }
    }

    /// Whether the words that end at `new` are to stand where the pieces `old` stood.
    fn is_better(&self, run: &Run<'_>, old: std::ops::Range<usize>, new: &[usize]) -> bool {
        let before: i32 = old.clone().skip(1).map(|piece| run.odds(run.start_of(piece))).sum();
        let after: i32 = new.iter().rev().skip(1).map(|&end| run.odds(end)).sum();
        match (old.len(), new.len()) {
            (1, _) | (_, 1) => false,
            // 摇|摇头: what is said twice is joined later.
            _ if self.is_said_twice(&run.pieces[old.clone()]) => false,
            _ => {
                let ends = old.clone().map(|piece| run.ends[piece]);
                let start = run.start_of(old.start);
                let before = before + self.words(start, ends);
                let after = after + self.words(start, new.iter().copied());
                after - before >= SHIFT
            }
        }
    }
}

/// Stretches between the places where both the pieces `first..last` and the words that end at `anew` have a boundary.
fn parts(
    run: &Run<'_>,
    first: usize,
    last: usize,
    anew: &[usize],
) -> Vec<(std::ops::Range<usize>, SmallVec<[usize; 16]>)> {
    let mut parts = Vec::new();
    let (mut from, mut words) = (first, SmallVec::new());
    let mut ends = anew.iter().copied().peekable();
    for piece in first..last {
        let end = run.ends[piece];
        while let Some(word) = ends.next_if(|&word| word <= end) {
            words.push(word);
        }
        if words.last() == Some(&end) {
            parts.push((from..piece + 1, std::mem::take(&mut words)));
            from = piece + 1;
        }
    }
    parts
}

include!(concat!(env!("OUT_DIR"), "/split.rs"));

#[cfg(test)]
mod tests {
    use crate::dictionary::Dictionary;
    use crate::tokens::Segmenter;

    #[test]
    fn every_word_of_the_list_is_cut_where_it_is_two_and_nowhere_else() {
        let segmenter = Segmenter::new(Dictionary::embedded());
        let lines =
            include_str!("data/split.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let mut faults = Vec::new();
        for line in lines {
            let [word, pro, contra] = line.split(" | ").collect::<Vec<_>>()[..] else { panic!("{line}") };
            let (place, text) = (pro.find('/').expect("a cut"), pro.replace('/', ""));
            if !segmenter.cut(&text).iter().any(|token| token.span.start() == place) {
                faults.push(format!("{word} is whole in {pro}"));
            }
            if !segmenter.cut(contra).iter().any(|token| token.span.of(contra) == word) {
                faults.push(format!("{word} is cut in {contra}"));
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
