//! Citation tones for aligned pairs, from the dictionary's words over them.
//!
//! Why: an article writes `bú shì`, `zhīdao`, or no tones at all, and what is stored is the citation form.
//! Words know more than hanzi (得 in 觉得, 长 in 长大), so the stretch is covered by as few words as can be, each
//! with a reading that fits; single hanzi are what remains. A word that the dictionary reads otherwise (视为
//! given as shì wèi) is told, for the article may be misprinted.

use super::align::{Placed, reach};
use super::fit::{Fit, Readings, citation, fit};
use crate::hanzi::is_hanzi;
use crate::pinyin::{Syllable, Tone};

/// How far back words are looked for that know more readings than their hanzi, in hanzi.
const WORDS_REACH: usize = 40;

/// The readings that the dictionary's words before a bracket of so many `signs` give their hanzi.
pub(super) fn in_words(
    text: &str,
    offset: usize,
    signs: usize,
    readings: &Readings,
) -> Vec<(usize, Syllable)> {
    let mut starts: Vec<usize> = text
        .char_indices()
        .rev()
        .take_while(|&(_, c)| c != '\n')
        // Farther than the bracket reaches by more than a word.
        .take(reach(signs) + 2 * LONGEST)
        .filter(|&(_, c)| is_hanzi(c))
        .map(|(at, _)| at)
        .take(signs.min(WORDS_REACH))
        .collect();
    starts.reverse();
    let mut found = Vec::new();
    for (i, &start) in starts.iter().enumerate() {
        for &last in starts[i..].iter().take(LONGEST).skip(1) {
            let end = last + text[last..].chars().next().map_or(0, char::len_utf8);
            let Some(word) = readings.dictionary.find_any(&text[start..end]) else { continue };
            for reading in word.readings() {
                found.extend(starts[i..].iter().map(|at| at + offset).zip(reading));
            }
        }
    }
    found
}

/// The outcome of pairing one bracket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Settled {
    /// The citation syllables; nothing where a tone that was not written can't be told.
    pub syllables: Option<Vec<Syllable>>,
    /// Whether each hanzi has a reading that fits, by itself or in a word.
    pub fits: bool,
    /// Whether the dictionary can read it so.
    pub agrees: bool,
    /// Words needed, and pairs that are only near: the fewer, the likelier.
    pub cost: (usize, usize),
}

/// The clean text round the pairs.
#[derive(Clone, Copy)]
pub(super) struct Around<'t> {
    /// The clean text up to the bracket.
    pub before: &'t str,
    /// The text behind the bracket.
    pub after: &'t str,
}

/// The longest word that is looked for inside a stretch, in hanzi; the stretch as a whole may be a longer saying.
const LONGEST: usize = 8;
/// How far a word may reach out of the bracket's stretch, in characters.
const OUT: usize = 3;

struct Piece {
    pairs: usize,
    fits: bool,
    syllables: Option<Vec<Syllable>>,
    cost: (usize, usize),
}

/// Settles the pairs of one bracket, which are in the order of the text and not empty.
pub(super) fn settle(pairs: &[Placed], around: Around<'_>, readings: &Readings) -> Settled {
    let pieces = cover(pairs, around, readings);
    let cost = pieces.iter().fold((0, 0), |(w, n), piece| (w + piece.cost.0, n + piece.cost.1));
    let fits = pieces.iter().all(|piece| piece.fits);
    let agrees = agrees(pairs, &pieces, around, readings);
    let mut start = 0;
    let mut syllables = Some(Vec::with_capacity(pairs.len()));
    for piece in pieces {
        let inside = start..start + piece.pairs;
        start = inside.end;
        // A tone that wasn't written, or not as the hanzi has it alone, is a longer word's: 友 you in 朋友.
        let near = piece.pairs == 1 && piece.cost.1 > 0;
        let outside = if near { from_outside(pairs, inside, around, readings) } else { None };
        let settled = outside.or(piece.syllables);
        syllables = syllables.zip(settled).map(|(mut all, more)| {
            all.extend(more);
            all
        });
    }
    Settled { syllables, fits, agrees, cost }
}

/// The fewest words and hanzi that cover the pairs, each with a reading that fits.
fn cover(pairs: &[Placed], around: Around<'_>, readings: &Readings) -> Vec<Piece> {
    let n = pairs.len();
    let mut best: Vec<Option<((usize, usize), Piece)>> = (0..n).map(|_| None).collect();
    for start in (0..n).rev() {
        let whole = (start == 0 && n > LONGEST).then_some(n);
        for length in (1..=LONGEST.min(n - start)).chain(whole) {
            let piece = if length == 1 {
                Some(hanzi(&pairs[start], readings))
            } else {
                word(&pairs[start..start + length], around, readings)
            };
            let Some(piece) = piece else { continue };
            let rest = best.get(start + length).and_then(Option::as_ref).map_or((0, 0), |(cost, _)| *cost);
            let cost = (piece.cost.0 + rest.0, piece.cost.1 + rest.1);
            if best[start].as_ref().is_none_or(|(known, _)| cost < *known) {
                best[start] = Some((cost, piece));
            }
        }
    }
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some((_, piece)) = best.get_mut(at).and_then(Option::take) {
        at += piece.pairs;
        pieces.push(piece);
    }
    pieces
}

/// A word of the dictionary over all of `pairs`, if one has a reading that fits.
fn word(pairs: &[Placed], around: Around<'_>, readings: &Readings) -> Option<Piece> {
    let word = readings.dictionary.find_any(text_of(pairs, around)?)?;
    choose(pairs, word.readings().iter().map(Vec::as_slice), readings)
}

/// A hanzi by itself. What the dictionary lists as its own word outweighs the rare readings of tables.
fn hanzi(placed: &Placed, readings: &Readings) -> Piece {
    let pairs = std::slice::from_ref(placed);
    let all = readings.of(placed.pair.hanzi);
    let mut piece = choose(pairs, all.chunks(1), readings).unwrap_or(Piece {
        pairs: 1,
        fits: false,
        syllables: None,
        cost: (1, 1),
    });
    if piece.syllables.is_none() {
        let own: Vec<Syllable> = own_readings(placed.pair.hanzi, readings);
        piece.syllables = choose(pairs, own.chunks(1), readings).and_then(|p| p.syllables);
        // A particle (吗, 吧): its first reading is the neutral one, and the others are rare.
        let particle = own.first().filter(|s| s.tone() == Tone::Neutral);
        if piece.syllables.is_none() && particle.is_some_and(|&s| fit(placed.pair, s, readings).is_some()) {
            piece.syllables = particle.map(|&s| vec![s]);
        }
    }
    piece
}

/// The readings under which the dictionary has `hanzi` as a word, but for surnames and old forms.
fn own_readings(hanzi: char, readings: &Readings) -> Vec<Syllable> {
    let mut buffer = [0; 4];
    let word = readings.dictionary.find_any(hanzi.encode_utf8(&mut buffer));
    let mut own: Vec<Syllable> = Vec::new();
    for entry in word.iter().flat_map(crate::dictionary::Word::entries).filter(|e| !e.minor && !e.proper) {
        own.extend(entry.syllables().next().filter(|s| !own.contains(s)));
    }
    own
}

/// The reading that fits best; without syllables if several fit as well.
fn choose<'r>(
    pairs: &[Placed],
    known: impl Iterator<Item = &'r [Syllable]>,
    readings: &Readings,
) -> Option<Piece> {
    let mut best: Option<(usize, Vec<Syllable>, bool)> = None;
    for reading in known.filter(|r| r.len() == pairs.len()) {
        let Some(near) = nearness(pairs, reading, readings) else { continue };
        let cited: Vec<Syllable> = pairs.iter().zip(reading).map(|(p, &k)| citation(p.pair, k)).collect();
        match &mut best {
            Some((known_near, known, several)) if *known_near == near => *several |= *known != cited,
            Some((known_near, ..)) if *known_near < near => {}
            _ => best = Some((near, cited, false)),
        }
    }
    let (near, cited, several) = best?;
    Some(Piece { pairs: pairs.len(), fits: true, syllables: (!several).then_some(cited), cost: (1, near) })
}

/// How many of the pairs are only near to `reading`, if all fit.
fn nearness(pairs: &[Placed], reading: &[Syllable], readings: &Readings) -> Option<usize> {
    pairs.iter().zip(reading).try_fold(0, |near, (placed, &known)| {
        Some(near + usize::from(fit(placed.pair, known, readings)? == Fit::Near))
    })
}

/// The syllables of a word that reaches out of the stretch, the longest that is read as written, or else the longest
/// that ends with it and is nearly read so: 在 in 正在(zai).
fn from_outside(
    pairs: &[Placed],
    inside: std::ops::Range<usize>,
    around: Around<'_>,
    readings: &Readings,
) -> Option<Vec<Syllable>> {
    let here = pairs.get(inside)?;
    let mut near = None;
    for Longer { form, before, ends } in contexts(here, around) {
        let Some(word) = readings.dictionary.find_any(&form) else { continue };
        let cut: Vec<Vec<Syllable>> = word
            .readings()
            .into_iter()
            .filter_map(|r| Some(r.get(before..before + here.len())?.to_vec()))
            .collect();
        let Some(piece) = choose(here, cut.iter().map(Vec::as_slice), readings) else { continue };
        // 个 ge is that of 一个 and not that of 个人, whichever is longer.
        if piece.cost.1 == 0 && piece.syllables.is_some() {
            return piece.syllables;
        }
        // A lone hanzi may make a word with the next one that isn't meant: 中的 zhòng dì in 竞赛中的.
        near = near.or(piece.syllables.filter(|_| ends));
    }
    near
}

/// A longer stretch of text over some pairs.
struct Longer {
    form: String,
    /// How many hanzi it has before them.
    before: usize,
    /// Whether it ends with them.
    ends: bool,
}

/// Longer stretches of text over `pairs`, the longest first.
fn contexts(pairs: &[Placed], around: Around<'_>) -> impl Iterator<Item = Longer> {
    let text = text_of(pairs, around).unwrap_or_default();
    let start = pairs.first().map_or(0, |p| p.at);
    let end = start + text.len();
    let head: Vec<usize> = around.before[..start].char_indices().rev().take(OUT).map(|(at, _)| at).collect();
    // Of what follows the stretch, first what is still before the bracket.
    let tail: String = around.before[end..]
        .chars()
        .chain(around.after.chars())
        .take_while(|&c| c != '\n')
        .take(OUT)
        .collect();
    let ways = (1..=2 * OUT).rev().flat_map(|out| (0..=out.min(OUT)).map(move |left| (left, out - left)));
    ways.filter_map(move |(left, right)| {
        let from = if left == 0 { start } else { *head.get(left - 1)? };
        let right = if right == 0 {
            0
        } else {
            tail.char_indices().nth(right - 1).map(|(at, c)| at + c.len_utf8())?
        };
        let before = &around.before[from..start];
        let form = format!("{before}{text}{}", &tail[..right]);
        Some(Longer { form, before: crate::hanzi::count(before), ends: right == 0 })
    })
}

fn text_of<'t>(pairs: &[Placed], around: Around<'t>) -> Option<&'t str> {
    let (first, last) = (pairs.first()?, pairs.last()?);
    around.before.get(first.at..last.at + last.pair.hanzi.len_utf8())
}

/// Whether the dictionary can read the pairs so: no word of it lies over hanzi that stayed single, and a lone
/// hanzi has a reading that the dictionary, not just a table of rare ones, knows.
fn agrees(pairs: &[Placed], pieces: &[Piece], around: Around<'_>, readings: &Readings) -> bool {
    let mut at = 0;
    let mut single = vec![false; pairs.len()];
    for piece in pieces {
        single[at] = piece.pairs == 1;
        at += piece.pairs;
    }
    let contradicted = (0..pairs.len()).any(|start| {
        let run = single[start..].iter().take_while(|&&s| s).count().min(LONGEST);
        (2..=run).any(|length| {
            let over = text_of(&pairs[start..start + length], around);
            over.is_some_and(|form| readings.dictionary.find_any(form).is_some())
        })
    });
    !contradicted && (pairs.len() > 1 || is_usual(&pairs[0], around, readings))
}

fn is_usual(placed: &Placed, around: Around<'_>, readings: &Readings) -> bool {
    let own = own_readings(placed.pair.hanzi, readings);
    let pairs = std::slice::from_ref(placed);
    own.is_empty()
        || placed.pair.written.syllable.tone() == Tone::Neutral
        || own.iter().any(|&known| fit(placed.pair, known, readings).is_some())
        || from_outside(pairs, 0..1, around, readings).is_some()
}
