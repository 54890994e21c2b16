//! Names that the text shows elsewhere: what it has beyond doubt at one place is a name at the others, and what recurs
//! is more probably one than what stands once.

use std::collections::{BTreeMap, BTreeSet};

use super::evidence::Line;
use super::{BAR, CERTAIN, Candidate, Shape, cuts_saying, everyday};
use crate::tokens::Kind;
use crate::tokens::pieces::is_dot;

/// The evidence of each further place for a name, in sixteenths of a logit: a phrase of three hanzi that jieba doesn't
/// know seldom recurs, a name does.
const AGAIN: i32 = 8;
/// The most further places that count.
const OFTEN: i32 = 3;

/// Adds to the candidates that are `scored` above their bars those of the `doubtful` that others speak for, and puts
/// them above what they cross.
pub(super) fn believe(line: &Line, scored: &mut Vec<(i32, Candidate)>, mut doubtful: Vec<(i32, Candidate)>) {
    let text = |c: &Candidate| line.slice(c.start, c.end);
    let recurring = recurring(line, scored, &doubtful);
    for (score, candidate) in scored.iter_mut().chain(&mut doubtful) {
        *score = recurring.get(text(candidate)).map_or(*score, |&together| together.max(*score));
    }
    let mut known: BTreeSet<&str> = BTreeSet::new();
    let mut whole: BTreeMap<&str, Shape> = BTreeMap::new();
    for (_, c) in scored.iter().filter(|(score, _)| *score > CERTAIN) {
        let name = text(c);
        known.insert(name);
        known.extend(name.split(is_dot).filter(|part| is_long(part)));
        if is_long(name) {
            whole.insert(name, c.shape);
        }
    }
    for (score, _) in scored.iter_mut().filter(|(_, c)| whole.contains_key(text(c))) {
        *score = CERTAIN.max(*score);
    }
    doubtful.retain(|(_, c)| known.contains(text(c)) || recurring.contains_key(text(c)));
    scored.append(&mut doubtful);
    let seen: BTreeSet<(usize, usize)> = scored.iter().map(|(_, c)| (c.start, c.end)).collect();
    for (name, shape) in whole {
        let length = name.chars().count();
        let places = line.text.match_indices(name).map(|(at, _)| line.char_at(at));
        let candidates = places.map(|start| Candidate { start, end: start + length, shape });
        let unseen = candidates.filter(|c| !seen.contains(&(c.start, c.end)) && !cuts_saying(line, *c));
        scored.extend(unseen.map(|candidate| (CERTAIN, candidate)));
    }
}

/// Three hanzi or more: two are part of so many words that each place has to speak for itself.
fn is_long(name: &str) -> bool {
    name.chars().nth(2).is_some()
}

/// The names that only their places together make probable, with the score of all.
fn recurring<'t>(
    line: &Line<'t>,
    scored: &[(i32, Candidate)],
    doubtful: &[(i32, Candidate)],
) -> BTreeMap<&'t str, i32> {
    let mut places: BTreeMap<&str, (i32, BTreeSet<usize>)> = BTreeMap::new();
    // A phrase has another bar, and recurs as words do; so does a stretch with a word in it, 黄金周.
    let has_word = |c: Candidate| {
        (c.start..c.end).map(|i| line.piece(i)).any(|p| p.kind == Kind::Word && line.is_long(p))
    };
    let is_plain = |c: Candidate| super::bar(line, c, everyday::is_doubtful(line, c)) == BAR;
    let recurs = |c: Candidate| match c.shape {
        Shape::Chinese => is_plain(c) && !has_word(c),
        Shape::Foreign => is_plain(c),
        Shape::Listed | Shape::Familiar => false,
    };
    for &(score, c) in doubtful.iter().filter(|(_, c)| recurs(*c)) {
        let name = line.slice(c.start, c.end);
        if is_long(name) {
            let entry = places.entry(name).or_insert((score, BTreeSet::new()));
            entry.0 = entry.0.max(score);
            entry.1.insert(c.start);
        }
    }
    for (score, c) in scored {
        if let Some(entry) = places.get_mut(line.slice(c.start, c.end)) {
            entry.0 = entry.0.max(*score);
            entry.1.insert(c.start);
        }
    }
    let together =
        places.into_iter().filter(|(_, (_, places))| places.len() > 1).map(|(name, (best, places))| {
            let further = i32::try_from(places.len() - 1).unwrap_or(OFTEN).min(OFTEN);
            (name, best + AGAIN * further)
        });
    together.filter(|&(_, score)| score > BAR).collect()
}
