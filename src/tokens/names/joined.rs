//! Foreign names that fell apart: sounds in a row (诺|森|布|里|亚), and parts with a dot between (马克|·|扎克伯格).

use super::evidence::Feature;
use super::{LONGEST_PART, Shape, table};
use crate::tokens::Kind;
use crate::tokens::pieces::{Nature, Piece, Pieces, is_dot};

/// Sounds that nothing else explains are a foreign name; most of those left over by now are places (诺森布里亚).
pub(super) fn join_sounds(pieces: &mut Pieces<'_>) {
    let text = pieces.text();
    let lone = |piece: &Piece| {
        piece.kind == Kind::Word && piece.level < COMMON && piece.single(text).is_some_and(table::sound)
    };
    let foreign = |piece: &Piece| {
        table::weight(Feature { shape: Shape::Foreign.letter(), class: 'a', value: piece.of(text) })
    };
    pieces.rework(|cursor| {
        let run = cursor.rest().iter().take_while(|piece| lone(piece)).count();
        let speak = || cursor.rest()[..run].iter().map(foreign).sum::<i32>();
        if (LEFT_OVER..=MOST_SOUNDS).contains(&run) && speak() >= FOREIGN * run as i32 {
            cursor.join(run, Nature::of(Kind::Place));
        } else {
            (0..run).for_each(|_| cursor.keep());
        }
    });
}

/// How much each of them must speak for a foreign name, in sixteenths of a logit.
const FOREIGN: i32 = 2;
/// The number of sounds in a row, and no more.
const LEFT_OVER: usize = 3;
pub(super) const MOST_SOUNDS: usize = 40;
/// No name is longer, in characters: what dots join goes on only so far.
pub(super) const LONGEST: usize = 60;
/// Hanzi that are words so often are no sounds: 2 ln of a frequency of 100,000 in 600 million.
pub(super) const COMMON: u8 = 23;

/// A dot joins the parts of a foreign name, also where only one of them was taken for a name: 马克·扎克伯格.
pub(super) fn join_parts(pieces: &mut Pieces<'_>) {
    let text = pieces.text();
    let part = |piece: Piece| {
        let sounds = || piece.of(text).chars().all(table::sound) && piece.is_over(1, text);
        piece.kind.is_name() || piece.kind == Kind::Word && sounds()
    };
    pieces.rework(|cursor| {
        let [dot, right, ..] = *cursor.rest() else { return };
        let Some(&left) = cursor.done().last().filter(|_| dot.single(text).is_some_and(is_dot)) else {
            return;
        };
        if left.is_over(LONGEST, text) {
            return;
        }
        let joined = if left.kind.is_name() && !part(right) {
            // The other part may have fallen into single sounds: 塞缪尔·哈|内|曼.
            let sound = |p: &&Piece| p.kind == Kind::Word && p.of(text).chars().all(table::sound);
            let sounds = cursor.rest()[1..].iter().take_while(sound).take(LONGEST_PART).count();
            if sounds >= 2 { sounds } else { 0 }
        } else {
            let person = left.kind == Kind::Person || right.kind == Kind::Person;
            usize::from(part(left) && part(right) && person)
        };
        if joined > 0 {
            cursor.take_back(1);
            cursor.join(1 + joined, Nature::of(Kind::Person));
        }
    });
}
