//! Roads by their house numbers: 三林路15号.
//!
//! The hanzi of a road's name are words or numerals by themselves, so only what stands behind tells that they are none.

use crate::hanzi::classes;
use crate::tokens::pieces::{Cursor, Nature, Piece, Pieces};
use crate::tokens::{Kind, lists};

/// No name of a road is longer, in hanzi that stand alone.
const LONGEST: usize = 3;

/// Joins the hanzi before a road's kind, where a house number follows.
pub(super) fn join(pieces: &mut Pieces<'_>) {
    pieces.rework(|cursor| {
        if let Some(count) = road(cursor) {
            cursor.join(count, Nature::of(Kind::Place));
        }
    });
}

/// How many pieces the road has that begins here.
fn road(cursor: &Cursor<'_>) -> Option<usize> {
    let (text, here) = (cursor.text(), cursor.rest());
    let is_lone = |piece: &&Piece| {
        let hanzi = piece.single(text).filter(|&c| crate::hanzi::is_hanzi(c));
        hanzi.is_some_and(|c| !classes::OFTEN_ALONE.contains(c)) && !lists::ROADS.contains(piece.of(text))
    };
    let name = here.iter().take(LONGEST).take_while(is_lone).count();
    let [kind, number, ..] = here.get(name..)? else { return None };
    let is_road = name > 1 && lists::ROADS.contains(kind.of(text)) && number.kind == Kind::Number;
    is_road.then_some(name + 1)
}
