//! Words of the list that are two words where they stand: 算了|一笔账, 可不是|个小数, 正向|他汇报.
//!
//! jieba weighs a word by how often it is met, not by what follows it. Most of these are a verb or an adverb and a
//! particle; they are one word at the end of a clause or before a few others, and two before what they govern.

mod rules;

use crate::tokens::pieces::{Piece, Pieces};
use crate::tokens::{Kind, lists};

use rules::{Neighbours, Rule};

/// Cuts such words where they are two.
pub(super) fn split(pieces: &mut Pieces<'_>) {
    pieces.rework(|cursor| {
        let (text, [piece, after @ ..]) = (cursor.text(), cursor.rest()) else { return };
        let Some(rule) = rule(text, cursor.done(), *piece, after) else { return };
        // 没|收到信, 上|当当网
        let takes = !rule.takes.is_empty() && after.first().is_some_and(|next| next.of(text) == rule.takes);
        cursor.split(1);
        if takes {
            cursor.gather(2);
            cursor.set_word();
        }
        cursor.keep();
    });
}

/// The line of `data/chance.txt` that is about a word.
pub(super) fn line(word: &str) -> Option<u32> {
    Rule::about(word).map(|rule| rule.line)
}

/// The rule by which `piece` is two between what stands beside it.
fn rule(text: &str, cut: &[Piece], piece: Piece, after: &[Piece]) -> Option<&'static Rule> {
    let rule = Rule::about(piece.of(text))?;
    let fits = piece.kind == Kind::Word || rule.names && piece.kind.is_name();
    (fits && rule.holds(&Neighbours { text, done: cut, after })).then_some(rule)
}

/// 晃|一晃 is one verb said twice, and 一|幢幢 is 一幢|幢 as 一座|座 is.
pub(super) fn once_more(pieces: &mut Pieces<'_>) {
    pieces.rework(|cursor| {
        // 抹|一|抹
        if let (text, &[first, one, again, ..]) = (cursor.text(), cursor.rest())
            && lists::COUNTED_AND_DONE.has(first.of(text))
            && lists::ONE.has(one.of(text))
            && again.of(text) == first.of(text)
        {
            return cursor.join(3, first.nature);
        }
        let (text, &[first, second, ..]) = (cursor.text(), cursor.rest()) else { return };
        let form = first.of(text);
        let again = second.of(text).strip_prefix(lists::ONE.as_str()) == Some(form);
        let alone = first.single(text).is_some()
            && first.kind == Kind::Word
            && (second.kind == Kind::Word || lists::COUNTED_AND_DONE.has(form));
        if again && alone && !lists::NOT_ONCE_MORE.has(form) {
            cursor.join(2, first.nature);
        } else if lists::ONE.has(form) && lists::COUNTED_TWICE.contains(second.of(text)) {
            cursor.shift(1);
        }
    });
}
