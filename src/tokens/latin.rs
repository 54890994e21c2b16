//! Letters: AI, AI/ML, AlphaGo, 3D, and names of several words such as Scale AI and Y Combinator.
//!
//! Words that mix letters with hanzi (T恤, 卡拉OK) are words of the list and come whole from jieba.

use crate::tokens::Kind;
use crate::tokens::lists;
use crate::tokens::pieces::{Nature, Piece, Pieces, is_digit};

/// Joins the letters and digits of one name.
pub(super) fn join(pieces: &mut Pieces<'_>) {
    if !pieces.iter().any(|piece| piece.kind == Kind::Latin) {
        return;
    }
    pieces.rework(|cursor| {
        let (text, here) = (cursor.text(), cursor.rest());
        let mut end = run(text, here, 0);
        if end == 0 {
            return;
        }
        // One blank between words of a name: each begins with a capital, or is a version number.
        while is_name_word(text, here[0]) && here.get(end).is_some_and(|blank| blank.of(text) == " ") {
            let next = run(text, here, end + 1);
            let version = || {
                here.get(end + 1).is_some_and(|n| n.kind == Kind::Number && !n.is_over(2, text))
                    && !here.get(end + 2).is_some_and(|after| goes_on(text, *after))
            };
            if next > end + 1 && is_name_word(text, here[end + 1]) {
                end = next;
            } else if version() {
                end += 2;
            } else {
                break;
            }
        }
        cursor.join(end, Nature::of(Kind::Latin));
    });
}

fn is_name_word(text: &str, piece: Piece) -> bool {
    piece.kind == Kind::Latin && piece.of(text).chars().next().is_some_and(char::is_uppercase)
}

/// Where a run of letters, digits and what joins them ends that begins at piece `i`; `i` if there is none.
fn run(text: &str, pieces: &[Piece], i: usize) -> usize {
    let kind = |i: usize| pieces.get(i).map(|piece| piece.kind);
    let begins = match kind(i) {
        Some(Kind::Latin) => true,
        Some(Kind::Number) => kind(i + 1) == Some(Kind::Latin),
        _ => false,
    };
    if !begins {
        return i;
    }
    let mut end = i + 1;
    loop {
        match kind(end) {
            Some(Kind::Latin) => end += 1,
            // `Scale AI49%`: the number is not part of the name.
            Some(Kind::Number) if !pieces.get(end + 1).is_some_and(|after| goes_on(text, *after)) => end += 1,
            Some(Kind::Other)
                if joins(text, pieces[end]) && matches!(kind(end + 1), Some(Kind::Latin | Kind::Number)) =>
            {
                end += 2;
            }
            _ => return end,
        }
    }
}

/// Whether a number that this stands behind is a number, and not the end of a name.
fn goes_on(text: &str, piece: Piece) -> bool {
    piece.single(text).is_some_and(|c| lists::AFTER_DIGITS.contains(c))
        || piece.of(text).chars().next().is_some_and(is_digit)
}

fn joins(text: &str, piece: Piece) -> bool {
    matches!(piece.of(text), "-" | "&" | "/" | "." | "'" | "’" | "_" | "+" | "@")
}
