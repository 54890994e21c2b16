//! Forms that no dictionary lists though every learner meets them, put together again: 漂漂亮亮, 试试, 去不去.
//!
//! jieba cuts them into single hanzi. They stand under their own form, marked as proposed. And one word that jieba
//! cannot tell from two: 的话.

use crate::dictionary::Dictionary;
use crate::tokens::Kind;
use crate::tokens::lists;
use crate::tokens::pieces::Piece;

/// Joins doubled words and questions of the kind A不A.
pub(super) fn join(text: &str, dictionary: Dictionary, pieces: &mut Vec<Piece>) {
    let mut old = std::mem::take(pieces);
    pieces.reserve(old.len());
    let mut i = 0;
    while let Some(&piece) = old.get(i) {
        let here = &old[i..];
        if let Some(length) = doubled(text, dictionary, here).or_else(|| question(text, dictionary, here)) {
            let mut joined = Piece::new(piece.start, here[length - 1].end, Kind::Word);
            joined.proposed = !dictionary.has(joined.of(text));
            pieces.push(joined);
            i += length;
            continue;
        }
        let next = here.get(1).copied();
        let first = match text[piece.start as usize..].chars().next() {
            Some('的') => condition(text, pieces, piece, next),
            Some('似') => alike(text, dictionary, pieces, piece),
            Some('穿') => worn(text, pieces, piece, next),
            Some('明' | '去' | '今' | '创' | '种' | '树' | '完') => {
                shifted(text, piece, old.get_mut(i + 1))
            }
            _ => Mended::Stays,
        };
        match first {
            Mended::Stays => pieces.push(piece),
            Mended::Shifted(first) => pieces.push(first),
            Mended::Cut(first, rest) => {
                pieces.push(first);
                old[i] = rest;
                continue;
            }
        }
        i += 1;
    }
}

/// What becomes of a piece whose boundaries stand where they should not.
enum Mended {
    /// It is as it was.
    Stays,
    /// Its boundary was moved.
    Shifted(Piece),
    /// It is two; the second is looked at in its turn.
    Cut(Piece, Piece),
}

/// The pieces before 的话 that are searched for an 如果: more than a clause has.
const CLAUSE: usize = 100;

/// 的话 that ends a condition (下雨的话，) is one word; what somebody said (他说的话) is two.
fn condition(text: &str, before: &[Piece], piece: Piece, next: Option<Piece>) -> Mended {
    if piece.of(text) != "的话" {
        return Mended::Stays;
    }
    let said = before.last().is_some_and(|before| before.of(text).ends_with(|c| lists::SAYING.contains(c)));
    let mut clause = before.iter().rev().take(CLAUSE).take_while(|piece| piece.kind != Kind::Other);
    let condition = clause.any(|p| lists::IF.contains(&p.of(text)));
    let ends =
        next.is_none_or(|next| next.kind == Kind::Other || matches!(next.of(text), "呢" | "吗" | "吧"));
    if condition || ends && !said {
        return Mended::Stays;
    }
    let (first, rest) = piece.halves(piece.start + '的'.len_utf8() as u32);
    Mended::Cut(first, rest)
}

/// A single hanzi that is a word by itself and no mere particle.
fn single(text: &str, piece: Option<&Piece>) -> Option<char> {
    let piece =
        piece.filter(|piece| piece.kind == Kind::Word && piece.end - piece.start == 3 && piece.level > 0)?;
    piece.single(text).filter(|c| !lists::NOT_DOUBLED.contains(*c))
}

/// How many pieces, from the first on, are one doubled word: 试|试, or 漂|漂亮|亮 and the like of a word of two hanzi.
fn doubled(text: &str, dictionary: Dictionary, pieces: &[Piece]) -> Option<usize> {
    let start = pieces[0].start as usize;
    // Most pieces fail here: the two hanzi at the start must be alike.
    if pieces[0].kind != Kind::Word || text.get(start..start + 3)? != text.get(start + 3..start + 6)? {
        return None;
    }
    if let (Some(b), Some(d)) = (text.get(start + 6..start + 9), text.get(start + 9..start + 12))
        && b == d
        && b != &text[start..start + 3]
        && dictionary.has(&text[start + 3..start + 9])
    {
        let end = (start + 12) as u32;
        let length = pieces.iter().take(4).position(|piece| piece.end == end)? + 1;
        return (length > 1).then_some(length);
    }
    single(text, pieces.first())?;
    if let Some(next) = pieces.get(1).filter(|next| next.start as usize == start + 3) {
        // 散|散步, where 散步 is one thing to do.
        let verb =
            next.end - next.start == 6 && next.kind == Kind::Word && is_done(dictionary, next.of(text));
        if verb {
            return Some(2);
        }
        single(text, Some(next))?;
        return Some(2);
    }
    None
}

/// Whether a word of two hanzi is something that one does.
fn is_done(dictionary: Dictionary, word: &str) -> bool {
    let gloss = |word: crate::dictionary::Word<'static>| word.entries().next()?.glosses().next();
    dictionary.find(word).and_then(gloss).is_some_and(|gloss| gloss.starts_with("to "))
}

/// Two words whose boundary stands one hanzi too far: 明|年底, 创新|高, 种种|子.
fn shifted(text: &str, piece: Piece, next: Option<&mut Piece>) -> Mended {
    let Some(next) = next else { return Mended::Stays };
    let by = match (piece.of(text), next.of(text)) {
        ("明" | "去" | "今", "年底" | "年初" | "年末" | "年中") if next.start == piece.end => 3,
        ("创新", "高" | "低") | ("种种" | "树叶", "子") | ("完全", "程") => -3,
        // No dictionary has 新纪录: 创, 新 and what was set.
        ("创新", "纪录" | "记录") => {
            let (first, rest) = piece.halves(piece.start + 3);
            return Mended::Cut(Piece { end: first.end, ..piece }, rest);
        }
        _ => return Mended::Stays,
    };
    let at = piece.end.saturating_add_signed(by);
    next.start = at;
    Mended::Shifted(Piece { end: at, ..piece })
}

/// 类|似的 is 类似|的, and 种类|似的 is 种|类似|的.
fn alike(text: &str, dictionary: Dictionary, pieces: &mut Vec<Piece>, here: Piece) -> Mended {
    const HANZI: u32 = 3;
    let Some(before) = pieces.last().copied() else { return Mended::Stays };
    if here.of(text) != "似的" || before.end != here.start {
        return Mended::Stays;
    }
    let kinds = before.of(text) == "种类";
    let start = here.start - HANZI;
    if !kinds && (before.single(text).is_none() || before.start != start) {
        return Mended::Stays;
    }
    let (mut alike, of) = here.halves(here.start + HANZI);
    alike.start = start;
    if !dictionary.has(alike.of(text)) {
        return Mended::Stays;
    }
    pieces.pop();
    if kinds {
        pieces.push(before.halves(start).0);
    }
    Mended::Cut(alike, of)
}

/// 穿着 before what is worn is 穿 and 着; the word 穿着 is the clothes.
fn worn(text: &str, pieces: &[Piece], piece: Piece, after: Option<Piece>) -> Mended {
    if piece.of(text) != "穿着" {
        return Mended::Stays;
    }
    let next = after.map_or("", |next| next.of(text));
    let noun = next.is_empty() || lists::AFTER_CLOTHES.contains(&next);
    let ends = after.is_none_or(|next| next.kind == Kind::Other);
    let of_somebody = pieces.last().is_some_and(|before| before.of(text).ends_with('的'));
    if noun || ends || of_somebody {
        return Mended::Stays;
    }
    let (first, rest) = piece.halves(piece.start + '穿'.len_utf8() as u32);
    Mended::Cut(first, rest)
}

/// 去不去, 好没好; 喜不喜欢 and 可不可以 of words of two hanzi; 想一想.
fn question(text: &str, dictionary: Dictionary, pieces: &[Piece]) -> Option<usize> {
    let of = |i: usize| pieces.get(i).map_or("", |piece| piece.of(text));
    let start = pieces[0].start as usize;
    let hanzi = |n: usize| text.get(start + 3 * n..start + 3 * n + 3);
    // Most pieces fail here: the first hanzi must be the third too.
    let between = hanzi(1).filter(|between| matches!(*between, "不" | "没" | "一"))?;
    if hanzi(0) != hanzi(2) || pieces[0].kind != Kind::Word {
        return None;
    }
    let count = |bytes: usize| {
        let end = (start + bytes) as u32;
        Some(pieces.iter().take(4).position(|piece| piece.end == end)? + 1)
    };
    let words =
        |count: usize| pieces[..count].iter().all(|piece| matches!(piece.kind, Kind::Word | Kind::Number));
    if let Some(long) = count(12).filter(|&count| count > 1 && words(count))
        && between != "一"
        && text.get(start + 6..start + 12).is_some_and(|word| dictionary.has(word))
        && !lists::NOT_ASKED_OF_TWO.has(hanzi(0)?)
        && !lists::COMPLEMENTS.has(hanzi(3)?)
        && of(long - 1).chars().count() != 1
    {
        return Some(long);
    }
    let short = count(9).filter(|&count| count > 1 && words(count))?;
    let verb = single_hanzi(hanzi(0)?);
    // 一 only between what one does: 想一想, but not 人一人.
    let done = between != "一"
        || dictionary.find(hanzi(0)?).is_some_and(|word| {
            word.entries().any(|entry| entry.glosses().any(|gloss| gloss.starts_with("to ")))
        }) && pieces[0].end - pieces[0].start == 3
            && of(1) == "一";
    (verb && done).then_some(short)
}

/// A hanzi of which one can ask whether: no particle, no numeral, no unit.
fn single_hanzi(hanzi: &str) -> bool {
    !lists::NOT_ASKED.has(hanzi)
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
            ("可不 可以 喜 不 喜欢", "可不可以 喜不喜欢"),
            ("敢不 敢 知 不 知道", "敢不敢 知不知道"),
            ("去 散 散步", "去 散散步"),
            ("想 一 想 再 说", "想一想 再 说"),
            ("一天 比 一天 好", "一天 比 一天 好"),
            ("明 年底 建成", "明年 底 建成"),
            ("屡 创新 高", "屡 创 新高"),
            ("创新 纪录", "创 新 纪录"),
            ("去 种种 子", "去 种 种子"),
            ("游 完全 程", "游 完 全程"),
            ("两 种 类 似的 事", "两 种 类似 的 事"),
            ("两 种类 似的 事", "两 种 类似 的 事"),
            ("像 飞 似的 跑", "像 飞 似的 跑"),
            ("他 穿着 皮衣", "他 穿 着 皮衣"),
            ("他 的 穿着 很 讲究", "他 的 穿着 很 讲究"),
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
