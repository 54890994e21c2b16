//! A surname before a title: 陈女士, 张老师, 江主席, and 姓王的.
//!
//! The surname alone is the name; the title is a word that a learner wants, and stays one. A card for 陈 as “to lay
//! out” would be wrong.

use crate::hanzi::classes;
use crate::tokens::lists;
use std::sync::LazyLock;

use crate::tokens::Kind;
use crate::tokens::pieces::{Piece, Pieces};

static SURNAME: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut flags = vec![0; 0x1_0000];
    lists::SURNAMES_BEFORE_TITLES.as_str().chars().for_each(|c| flags[c as usize] |= 1);
    lists::EVERYDAY_SURNAMES.as_str().chars().for_each(|c| flags[c as usize] |= 2);
    flags
});

/// Whether `word` is what a surname stands before.
pub(super) fn is_title(word: &str) -> bool {
    classes::ADDRESSES.contains(word) || classes::TITLES.contains(word)
}

/// Marks surnames before titles, and after 姓.
pub(super) fn mark(pieces: &mut Pieces<'_>) {
    let text = pieces.text();
    for i in 0..pieces.len() {
        let piece = pieces[i];
        if piece.kind != Kind::Word {
            continue;
        }
        let surname = piece.single(text).and_then(|c| SURNAME.get(c as usize).copied()).unwrap_or(0);
        if surname == 0 {
            continue;
        }
        let next = pieces.get(i + 1).filter(|next| next.kind == Kind::Word).map_or("", |next| next.of(text));
        let before = i.checked_sub(1).map_or("", |i| pieces[i].of(text));
        let named = classes::ADDRESSES.contains(next)
            || surname & 1 != 0 && (classes::TITLES.contains(next) || before == "姓");
        if named && (next != "总" || ends(text, pieces.get(i + 2))) {
            pieces.set_kind(i, Kind::Person);
        }
    }
}

/// 王总 is a title where it ends: 王总说, but 王总是.
fn ends(text: &str, after: Option<&Piece>) -> bool {
    after.is_none_or(|piece| piece.kind == Kind::Other || matches!(piece.of(text), "说" | "的" | "和" | "在"))
}
