//! Forms that no dictionary lists though every learner meets them, put together again: 漂漂亮亮, 试试, 去不去.
//!
//! jieba cuts them into single hanzi. They stand under their own form, marked as proposed. And one word that jieba
//! cannot tell from two: 的话.

use smallvec::SmallVec;

use crate::dictionary::Dictionary;
use crate::tokens::Kind;
use crate::tokens::lists;
use crate::tokens::pieces::{Cursor, Nature, Piece, Pieces};

/// Joins doubled words and questions of the kind A不A.
pub(super) fn join(dictionary: Dictionary, pieces: &mut Pieces<'_>) {
    pieces.rework(|cursor| {
        let (text, here) = (cursor.text(), cursor.rest());
        let first = here[0];
        if let Some(count) = doubled(text, dictionary, here).or_else(|| question(text, dictionary, here)) {
            let form = &text[first.start()..here[count - 1].end()];
            let proposed = !dictionary.has(form);
            return cursor.join(count, Nature { proposed, ..Nature::of(Kind::Word) });
        }
        match text[first.start()..].chars().next() {
            Some('的') => condition(cursor),
            Some('似') => alike(cursor, dictionary),
            Some('穿') => worn(cursor),
            Some('明' | '去' | '今' | '创' | '种' | '树' | '完') => shifted(cursor),
            _ => {}
        }
    });
}

/// The pieces before 的话 that are searched for an 如果: more than a clause has.
const CLAUSE: usize = 100;

/// 的话 that ends a condition (下雨的话，) is one word; what somebody said (他说的话) is two.
fn condition(cursor: &mut Cursor<'_>) {
    let (text, before, [piece, after @ ..]) = (cursor.text(), cursor.done(), cursor.rest()) else { return };
    if piece.of(text) != "的话" {
        return;
    }
    let said = before.last().is_some_and(|before| before.of(text).ends_with(|c| lists::SAYING.contains(c)));
    let mut clause = before.iter().rev().take(CLAUSE).take_while(|piece| piece.kind != Kind::Other);
    let condition = clause.any(|p| lists::IF.contains(p.of(text)));
    let ends = after
        .first()
        .is_none_or(|next| next.kind == Kind::Other || matches!(next.of(text), "呢" | "吗" | "吧"));
    if !condition && (!ends || said) {
        cursor.split(1);
    }
}

/// A single hanzi that is a word by itself and no mere particle.
fn single(text: &str, piece: &Piece) -> Option<char> {
    let word = piece.kind == Kind::Word && piece.level > 0;
    piece.single(text).filter(|c| word && !lists::NOT_DOUBLED.contains(*c))
}

/// The four characters with which a stretch of a text begins, and the byte after each.
fn ahead(text: &str, start: usize) -> SmallVec<[(char, usize); 4]> {
    let chars = text[start..].char_indices().take(4);
    chars.map(|(at, c)| (c, start + at + c.len_utf8())).collect()
}

/// How many of the pieces reach just up to byte `end`, if they are four at most and two at least.
fn up_to(pieces: &[Piece], end: usize) -> Option<usize> {
    let last = pieces.iter().take(4).position(|piece| piece.end() == end)?;
    (last > 0).then_some(last + 1)
}

/// How many pieces, from the first on, are one doubled word: 试|试, or 漂|漂亮|亮 and the like of a word of two hanzi.
fn doubled(text: &str, dictionary: Dictionary, pieces: &[Piece]) -> Option<usize> {
    // Most pieces fail here: the two hanzi at the start must be alike.
    let start = pieces[0].start();
    let mut two = text[start..].chars();
    if pieces[0].kind != Kind::Word || two.next()? != two.next()? {
        return None;
    }
    let ahead = ahead(text, start);
    if let [(a, first), (_, _), (b, third), (d, fourth)] = ahead[..]
        && b == d
        && b != a
        && dictionary.has(&text[first..third])
    {
        return up_to(pieces, fourth);
    }
    single(text, &pieces[0])?;
    let next = pieces.get(1)?;
    // 散|散步, where 散步 is one thing to do.
    let verb = next.count(text) == 2 && next.kind == Kind::Word && is_done(dictionary, next.of(text));
    (verb || single(text, next).is_some()).then_some(2)
}

/// Whether a word of two hanzi is something that one does.
fn is_done(dictionary: Dictionary, word: &str) -> bool {
    let gloss = |word: crate::dictionary::Word<'static>| word.entries().next()?.glosses().next();
    dictionary.find(word).and_then(gloss).is_some_and(|gloss| gloss.starts_with("to "))
}

/// Two words whose boundary stands one hanzi too far: 明|年底, 创新|高, 种种|子.
fn shifted(cursor: &mut Cursor<'_>) {
    let (text, [piece, next, ..]) = (cursor.text(), cursor.rest()) else { return };
    match (piece.of(text), next.of(text)) {
        ("明" | "去" | "今", "年底" | "年初" | "年末" | "年中") => cursor.shift(1),
        ("创新", "高" | "低") | ("种种" | "树叶", "子") | ("完全", "程") => cursor.shift(-1),
        // No dictionary has 新纪录: 创, 新 and what was set.
        ("创新", "纪录" | "记录") => cursor.split(1),
        _ => {}
    }
}

/// 类|似的 is 类似|的, and 种类|似的 is 种|类似|的.
fn alike(cursor: &mut Cursor<'_>, dictionary: Dictionary) {
    let (text, Some(before), [piece, ..]) = (cursor.text(), cursor.done().last(), cursor.rest()) else {
        return;
    };
    let kinds = before.of(text) == "种类";
    if piece.of(text) != "似的" || !kinds && before.single(text).is_none() {
        return;
    }
    let (hanzi, _) = before.of(text).char_indices().next_back().unwrap_or_default();
    let middle = piece.start() + '似'.len_utf8();
    if dictionary.has(&text[before.start() + hanzi..middle]) {
        cursor.take_back(1);
        if kinds {
            cursor.split(1);
        }
        cursor.split(2);
    }
}

/// 穿着 before what is worn is 穿 and 着; the word 穿着 is the clothes.
fn worn(cursor: &mut Cursor<'_>) {
    let (text, [piece, after @ ..]) = (cursor.text(), cursor.rest()) else { return };
    if piece.of(text) != "穿着" {
        return;
    }
    let next = after.first().map_or("", |next| next.of(text));
    let noun = next.is_empty() || lists::AFTER_CLOTHES.contains(next);
    let ends = after.first().is_none_or(|next| next.kind == Kind::Other);
    let of_somebody = cursor.done().last().is_some_and(|before| before.of(text).ends_with('的'));
    if !noun && !ends && !of_somebody {
        cursor.split(1);
    }
}

/// 去不去, 好没好; 喜不喜欢 and 可不可以 of words of two hanzi; 想一想.
fn question(text: &str, dictionary: Dictionary, pieces: &[Piece]) -> Option<usize> {
    // Most pieces fail here: the first hanzi must be the third too.
    let start = pieces[0].start();
    let mut three = text[start..].chars();
    let (hanzi, between) = (three.next()?, three.next().filter(|c| matches!(c, '不' | '没' | '一'))?);
    if three.next() != Some(hanzi) || pieces[0].kind != Kind::Word {
        return None;
    }
    let of = |i: usize| pieces.get(i).map_or("", |piece| piece.of(text));
    let ahead = ahead(text, start);
    let words =
        |count: &usize| pieces[..*count].iter().all(|piece| matches!(piece.kind, Kind::Word | Kind::Number));
    if let [_, (_, second), _, (last, fourth)] = ahead[..]
        && let Some(long) = up_to(pieces, fourth).filter(words)
        && between != '一'
        && dictionary.has(&text[second..fourth])
        && !lists::NOT_ASKED_OF_TWO.contains(hanzi)
        && !lists::COMPLEMENTS.contains(last)
        && of(long - 1).chars().nth(1).is_some()
    {
        return Some(long);
    }
    let &(_, third) = ahead.get(2)?;
    let short = up_to(pieces, third).filter(words)?;
    let verb = !lists::NOT_ASKED.contains(hanzi);
    // 一 only between what one does: 想一想, but not 人一人.
    let done = between != '一'
        || dictionary.find(hanzi.encode_utf8(&mut [0; 4])).is_some_and(|word| {
            word.entries().any(|entry| entry.glosses().any(|gloss| gloss.starts_with("to ")))
        }) && pieces[0].single(text).is_some()
            && of(1) == lists::ONE.as_str();
    (verb && done).then_some(short)
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
            let nature = Nature { level: 20, ..Nature::of(Kind::Word) };
            let mut pieces = Pieces::lay(&text, |laid| {
                cut.split(' ').for_each(|part| laid.to(laid.end() + part.len(), nature));
            });
            join(Dictionary::embedded(), &mut pieces);
            let joined: Vec<&str> = pieces.iter().map(|piece| piece.of(&text)).collect();
            assert_eq!(joined.join(" "), tokens);
        }
    }
}
