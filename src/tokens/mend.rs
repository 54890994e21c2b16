//! Forms that no dictionary lists though every learner meets them, put together again: 漂漂亮亮, 试试, 去不去.
//!
//! jieba cuts them into single hanzi. They stand under their own form, marked as proposed. And one word that jieba
//! cannot tell from two: 的话.

use crate::dictionary::Dictionary;
use crate::tokens::Kind;
use crate::tokens::pieces::Piece;

/// Joins doubled words and questions of the kind A不A.
pub(super) fn join(text: &str, dictionary: Dictionary, pieces: &mut Vec<Piece>) {
    let mut i = 0;
    while i < pieces.len() {
        if pieces[i].of(text) == "的话" && !is_condition(text, pieces, i) {
            let (start, end) = (pieces[i].start, pieces[i].end);
            let at = start + '的'.len_utf8() as u32;
            pieces[i] = Piece { level: pieces[i].level, ..Piece::new(start, at, Kind::Word) };
            pieces.insert(i + 1, Piece { level: pieces[i].level, ..Piece::new(at, end, Kind::Word) });
        }
        let length = doubled(text, dictionary, pieces, i).or_else(|| question(text, pieces, i));
        if let Some(length) = length {
            let proposed =
                !dictionary.has(&text[pieces[i].start as usize..pieces[i + length - 1].end as usize]);
            let joined =
                Piece { proposed, ..Piece::new(pieces[i].start, pieces[i + length - 1].end, Kind::Word) };
            pieces[i] = joined;
            pieces.drain(i + 1..i + length);
        }
        i += 1;
    }
}

/// Whether 的话 at piece `i` ends a condition (下雨的话，), and is not what somebody said (他说的话).
fn is_condition(text: &str, pieces: &[Piece], i: usize) -> bool {
    let of = |i: usize| pieces.get(i).map_or("", |piece| piece.of(text));
    let said = i > 0
        && of(i - 1).ends_with(['说', '讲', '听', '写', '问', '骂', '过', '道', '我', '你', '他', '她']);
    let clause = pieces[..i].iter().rev().take_while(|piece| piece.kind != Kind::Other);
    let condition =
        clause.into_iter().any(|p| matches!(p.of(text), "如果" | "要是" | "假如" | "若" | "要" | "万一"));
    let ends = pieces
        .get(i + 1)
        .is_none_or(|next| next.kind == Kind::Other || matches!(of(i + 1), "呢" | "吗" | "吧"));
    condition || ends && !said
}

/// A single hanzi that is a word by itself and no mere particle.
fn single(text: &str, piece: Option<&Piece>) -> Option<char> {
    let piece =
        piece.filter(|piece| piece.kind == Kind::Word && piece.end - piece.start == 3 && piece.level > 0)?;
    piece.single(text).filter(|c| {
        !"的了是在我你他她它和与或就都也很又还地得着过不没有年月日人个一二三四五六七八九十百千万".contains(*c)
    })
}

/// How many pieces are one doubled word: 试|试, or 漂|漂亮|亮 and the like of a word of two hanzi.
fn doubled(text: &str, dictionary: Dictionary, pieces: &[Piece], i: usize) -> Option<usize> {
    let start = pieces[i].start as usize;
    // Most pieces fail here: the two hanzi at the start must be alike.
    if pieces[i].kind != Kind::Word || text.get(start..start + 3)? != text.get(start + 3..start + 6)? {
        return None;
    }
    if let (Some(b), Some(d)) = (text.get(start + 6..start + 9), text.get(start + 9..start + 12))
        && b == d
        && b != &text[start..start + 3]
        && dictionary.has(&text[start + 3..start + 9])
    {
        let end = (start + 12) as u32;
        let length = pieces[i..].iter().take(4).position(|piece| piece.end == end)? + 1;
        return (length > 1).then_some(length);
    }
    single(text, pieces.get(i))?;
    single(text, pieces.get(i + 1))?;
    Some(2)
}

/// 去不去, 好没好.
fn question(text: &str, pieces: &[Piece], i: usize) -> Option<usize> {
    let middle = pieces.get(i + 1)?;
    // 能|不能: the dictionary has the second half.
    if let (Some(first), Some(again)) = (pieces[i].single(text), middle.of(text).strip_prefix('不'))
        && again.chars().eq([first])
        && "能会要该敢肯可想行好对".contains(first)
    {
        return Some(2);
    }
    if !matches!(middle.of(text), "不" | "没") {
        return None;
    }
    let first = single(text, pieces.get(i)).or_else(|| Some('有').filter(|_| pieces[i].of(text) == "有"))?;
    (pieces.get(i + 2)?.single(text) == Some(first)).then_some(3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubled_words_and_questions_are_one_token() {
        for (cut, tokens) in [
            ("漂 漂亮 亮 的", "漂漂亮亮 的"),
            ("去 试 试", "去 试试"),
            ("你 去 不 去", "你 去不去"),
            ("能 不能 来", "能不能 来"),
            ("想 说 的话 写 下", "想 说 的 话 写 下"),
            ("如果 去 的话 我 也 去", "如果 去 的话 我 也 去"),
            ("了 了 的 的", "了 了 的 的"),
            ("他 不 他 说", "他 不 他 说"),
        ] {
            let text: String = cut.split(' ').collect();
            let mut at = 0;
            let mut pieces: Vec<Piece> = Vec::new();
            for part in cut.split(' ') {
                let end = at + part.len() as u32;
                pieces.push(Piece { level: 20, ..Piece::new(at, end, Kind::Word) });
                at = end;
            }
            join(&text, Dictionary::embedded(), &mut pieces);
            let joined: Vec<&str> = pieces.iter().map(|piece| piece.of(&text)).collect();
            assert_eq!(joined.join(" "), tokens);
        }
    }
}
