//! Names take the place of what stands where they were found; what they cut into is cut anew around them.

use crate::tokens::Kind;
use crate::tokens::jieba::Words;
use crate::tokens::pieces::Piece;

/// Puts names in the place of what stands there, and cuts anew what they leave of pieces that they cut into.
pub(super) fn place(text: &str, words: &Words, names: &[(u32, u32)], pieces: &mut Vec<Piece>) {
    if names.is_empty() {
        return;
    }
    let old = std::mem::take(pieces);
    pieces.reserve(old.len());
    let mut from = 0;
    for &(start, end) in names {
        between(text, words, &old, (from, start), pieces);
        pieces.push(Piece::new(start, end, Kind::Person));
        from = end;
    }
    between(text, words, &old, (from, text.len() as u32), pieces);
}

/// The pieces of what stands between two names.
fn between(text: &str, words: &Words, old: &[Piece], (from, to): (u32, u32), pieces: &mut Vec<Piece>) {
    let cut = |from: u32, to: u32, pieces: &mut Vec<Piece>| {
        if from < to {
            words.cut(&text[from as usize..to as usize], from as usize, pieces);
        }
    };
    let first = old.partition_point(|piece| piece.start < from);
    let end = old.partition_point(|piece| piece.end <= to);
    let Some(mut inner) = old.get(first..end).filter(|inner| !inner.is_empty()) else {
        return cut(from, to, pieces);
    };
    if inner[0].start > from {
        // Half a piece is left over, and may belong with what follows (江泽|民主|席: 江泽民 + 主席).
        let clause = inner.iter().position(|piece| piece.kind == Kind::Other).unwrap_or(inner.len());
        cut(from, inner.get(clause).map_or(to, |piece| piece.start), pieces);
        inner = &inner[clause..];
    }
    pieces.extend_from_slice(inner);
    if let Some(last) = inner.last() {
        cut(last.end, to, pieces);
    }
}
