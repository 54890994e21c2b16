//! Words of the list that are two words where they stand: 算了|一笔账, 可不是|个小数, 正向|他汇报.
//!
//! jieba weighs a word by how often it is met, not by what follows it. Most of these are a verb or an adverb and a
//! particle; they are one word at the end of a clause or before a few others, and two before what they govern.

mod rules;

use crate::tokens::pieces::Piece;
use crate::tokens::{Kind, lists};

use rules::{Neighbours, Rule};

/// Cuts such words where they are two.
pub(super) fn split(text: &str, pieces: &mut Vec<Piece>) {
    let old = std::mem::take(pieces);
    pieces.reserve(old.len());
    let mut rest = &old[..];
    while let Some((&piece, after)) = rest.split_first() {
        rest = after;
        let Some(rule) = rule(text, pieces, piece, after) else {
            pieces.push(piece);
            continue;
        };
        let (first, mut second) = piece.halves(piece.start + rule.cut);
        // 没|收到信, 上|当当网
        if let Some((next, after)) = rest.split_first()
            && !rule.takes.is_empty()
            && next.of(text) == rule.takes
        {
            second.end = next.end;
            rest = after;
        }
        pieces.extend([first, second]);
    }
}

/// The line of `data/chance.txt` that is about a word.
pub(super) fn line(word: &str) -> Option<u32> {
    Rule::about(word).map(|rule| rule.line)
}

/// The rule by which `piece` is two between what stands beside it.
fn rule(text: &str, cut: &[Piece], piece: Piece, after: &[Piece]) -> Option<&'static Rule> {
    let rule = Rule::about(piece.of(text))?;
    let fits = piece.kind == Kind::Word || rule.names && piece.kind.is_name();
    (fits && rule.holds(&Neighbours { text, before: cut.last(), after })).then_some(rule)
}

/// 晃|一晃 is one verb said twice, and 一|幢幢 is 一幢|幢 as 一座|座 is.
pub(super) fn once_more(text: &str, pieces: &mut Vec<Piece>) {
    const HANZI: u32 = 3;
    let (mut kept, mut i) = (0, 0);
    while let Some(&(mut first)) = pieces.get(i) {
        i += 1;
        let second = pieces.get(i).copied().unwrap_or(Piece::new(0, 0, Kind::Other));
        let touch = first.end == second.start;
        let again = second.of(text).strip_prefix(lists::ONE.as_str()) == Some(first.of(text));
        let alone = first.end - first.start == HANZI
            && first.kind == Kind::Word
            && (second.kind == Kind::Word || lists::COUNTED_AND_DONE.has(first.of(text)));
        if touch && again && alone && !lists::NOT_ONCE_MORE.has(first.of(text)) {
            first.end = second.end;
            i += 1;
        } else if touch && lists::ONE.has(first.of(text)) && lists::COUNTED_TWICE.contains(&second.of(text)) {
            first.end += HANZI;
            pieces[i].start += HANZI;
        }
        pieces[kept] = first;
        kept += 1;
    }
    pieces.truncate(kept);
}
