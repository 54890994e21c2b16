//! Firms that bear a name: in 沃尔夫研究公司, 沃尔夫 is no person.
//!
//! Only the name is marked. The words after it (研究, 公司) are words that a learner wants, and stay words.

use crate::tokens::Kind;
use crate::tokens::lists;
use crate::tokens::pieces::Pieces;

/// Marks names that a body bears.
pub(super) fn mark(pieces: &mut Pieces<'_>) {
    let text = pieces.text();
    for i in 0..pieces.len() {
        if pieces[i].kind != Kind::Person {
            continue;
        }
        let next = pieces.get(i + 1).map_or("", |p| p.of(text));
        let second = pieces.get(i + 2).map_or("", |p| p.of(text));
        if lists::BODIES.contains(next) || lists::TRADES.contains(next) && lists::BODIES.contains(second) {
            pieces.set_kind(i, Kind::Organisation);
        }
    }
}
