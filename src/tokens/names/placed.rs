//! Names take the place of what stands where they were found; what they cut into is cut anew around them.

use crate::tokens::Kind;
use crate::tokens::jieba::Words;
use crate::tokens::pieces::{Laid, Nature, Piece, Pieces};

/// Puts names in the place of what stands there, and cuts anew what they leave of pieces that they cut into.
pub(super) fn place(words: &Words, names: &[(usize, usize)], pieces: &mut Pieces<'_>) {
    if names.is_empty() {
        return;
    }
    let whole = pieces.text().len();
    pieces.relay(|old, laid| {
        for &(start, end) in names {
            between(words, old, start, laid);
            laid.to(end, Nature::of(Kind::Person));
        }
        between(words, old, whole, laid);
    });
}

/// Lays the pieces of what stands before the next name, which begins at byte `to`.
fn between(words: &Words, old: &[Piece], to: usize, laid: &mut Laid<'_>) {
    let from = laid.end();
    let first = old.partition_point(|piece| piece.start() < from);
    let end = old.partition_point(|piece| piece.end() <= to);
    let mut inner = old.get(first..end).unwrap_or_default();
    if inner.first().is_some_and(|piece| piece.start() > from) {
        // Half a piece is left over, and may belong with what follows (江泽|民主|席: 江泽民 + 主席).
        let clause = inner.iter().position(|piece| piece.kind == Kind::Other).unwrap_or(inner.len());
        words.cut(inner.get(clause).map_or(to, Piece::start), laid);
        inner = &inner[clause..];
    }
    for piece in inner {
        laid.to(piece.end(), piece.nature);
    }
    words.cut(to, laid);
}
