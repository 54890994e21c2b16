//! Foreign names that fell apart: sounds in a row (诺|森|布|里|亚), and parts with a dot between (马克|·|扎克伯格).

use super::evidence::Feature;
use super::{LONGEST_PART, Shape, table};
use crate::tokens::Kind;
use crate::tokens::pieces::{Piece, is_dot};

/// Sounds that nothing else explains are a foreign name; most of those left over by now are places (诺森布里亚).
pub(super) fn join_sounds(text: &str, pieces: &mut Vec<Piece>) {
    let lone = |piece: &Piece| {
        piece.kind == Kind::Word && piece.level < COMMON && piece.single(text).is_some_and(table::sound)
    };
    let foreign = |piece: &Piece| {
        table::weight(Feature { shape: Shape::Foreign.letter(), class: 'a', value: piece.of(text) })
    };
    let old = std::mem::take(pieces);
    pieces.reserve(old.len());
    let mut rest = &old[..];
    while !rest.is_empty() {
        let run = rest.iter().take_while(|piece| lone(piece)).count();
        let (sounds, after) = rest.split_at(run);
        let speak: i32 = sounds.iter().map(foreign).sum();
        match sounds {
            [first, .., last]
                if (LEFT_OVER..=MOST_SOUNDS).contains(&run) && speak >= FOREIGN * run as i32 =>
            {
                pieces.push(Piece::new(first.start, last.end, Kind::Place));
            }
            _ => pieces.extend_from_slice(sounds),
        }
        // What ended the run is no sound.
        let other = after.len().min(1);
        pieces.extend_from_slice(&after[..other]);
        rest = &after[other..];
    }
}

/// How much each of them must speak for a foreign name, in sixteenths of a logit.
const FOREIGN: i32 = 2;
/// So many sounds in a row, and no more.
const LEFT_OVER: usize = 3;
pub(super) const MOST_SOUNDS: usize = 40;
/// No name is longer, in bytes: what dots join goes on only so far.
pub(super) const MOST_BYTES: u32 = 60 * 3;
/// Hanzi that are words so often are no sounds: 2 ln of a frequency of 100,000 in 600 million.
pub(super) const COMMON: u8 = 23;

/// A dot joins the parts of a foreign name, also where only one of them was taken for a name: 马克·扎克伯格.
pub(super) fn join_parts(text: &str, pieces: &mut Vec<Piece>) {
    let old = std::mem::take(pieces);
    pieces.reserve(old.len());
    let mut rest = &old[..];
    while let Some((&piece, after)) = rest.split_first() {
        rest = after;
        let dot = piece.single(text).is_some_and(is_dot);
        let left = pieces.last_mut().filter(|left| dot && left.end - left.start <= MOST_BYTES);
        let (Some(left), Some(&right)) = (left, after.first()) else {
            pieces.push(piece);
            continue;
        };
        let part = |piece: Piece| {
            piece.kind.is_name()
                || piece.kind == Kind::Word
                    && piece.of(text).chars().all(table::sound)
                    && piece.end - piece.start > 3
        };
        let joined = if left.kind.is_name() && !part(right) {
            // The other part may have fallen into single sounds: 塞缪尔·哈|内|曼.
            let sounds = after
                .iter()
                .take_while(|p| p.kind == Kind::Word && p.of(text).chars().all(table::sound))
                .take(LONGEST_PART)
                .count();
            if sounds >= 2 { sounds } else { 0 }
        } else {
            let person = left.kind == Kind::Person || right.kind == Kind::Person;
            usize::from(part(*left) && part(right) && person)
        };
        match after[..joined].last() {
            Some(last) => {
                *left = Piece::new(left.start, last.end, Kind::Person);
                rest = &after[joined..];
            }
            None => pieces.push(piece),
        }
    }
}
