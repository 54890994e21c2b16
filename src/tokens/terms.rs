//! Terms that no dictionary has but the text uses as words: 大模型, 撤单潮, 刷榜.
//!
//! Proposed on three kinds of evidence only, since a wrong word on a card is worse than none: a short string that
//! the text itself puts into quotes and that would fall into single hanzi; an adjective of one hanzi that
//! stands before the same noun at least three times and mostly before no other; or two hanzi that mostly stand side by
//! side, of which one is no common word, or that stand before a number as models do or before what firms are called
//! (同盾科技, 含光800). What is proposed once is one word wherever the text has it.

use std::collections::BTreeMap;

use crate::hanzi::classes;
use crate::tokens::Kind;
use crate::tokens::lists;
use crate::tokens::pieces::{Nature, Piece, Pieces};

/// Finds the terms of a text and joins their pieces.
pub(super) fn propose(pieces: &mut Pieces<'_>) {
    let text = pieces.text();
    // Where two begin at one place, the one that was found first counts.
    let mut terms: BTreeMap<&str, usize> = BTreeMap::new();
    for term in quoted(text, pieces).into_iter().chain(repeated(text, pieces)).chain(clinging(text, pieces)) {
        let rank = terms.len();
        terms.entry(term).or_insert(rank);
    }
    if terms.is_empty() {
        return;
    }
    pieces.rework(|cursor| {
        let [piece, after @ ..] = cursor.rest() else { return };
        if let Some(more) = term_at(text, &terms, *piece, after) {
            cursor.join(1 + more, Nature { proposed: true, ..Nature::of(Kind::Word) });
        }
    });
}

/// How many of the pieces after `piece` make a term with it, all of them words.
fn term_at(text: &str, terms: &BTreeMap<&str, usize>, piece: Piece, after: &[Piece]) -> Option<usize> {
    let first = piece.of(text);
    // Most pieces fail here: no term begins with them.
    let begins = terms.range(first..).next().is_some_and(|(term, _)| term.starts_with(first));
    if !begins || piece.kind != Kind::Word {
        return None;
    }
    let words = after.iter().take_while(|piece| piece.kind == Kind::Word).take(LONGEST - 1).zip(1..);
    let found = words.filter_map(|(last, length)| {
        let form = text.get(piece.start()..last.end())?;
        Some((*terms.get(form)?, length))
    });
    found.min().map(|(_, length)| length)
}

/// The most hanzi of a term.
const LONGEST: usize = 3;

/// Strings in quotes of two or three hanzi, of which none or one is a longer word of the dictionary.
fn quoted<'t>(text: &'t str, pieces: &[Piece]) -> Vec<&'t str> {
    let mut terms = Vec::new();
    for (i, piece) in pieces.iter().enumerate().filter(|(_, p)| p.kind == Kind::Other) {
        let close = match piece.of(text) {
            "“" => "”",
            "「" => "」",
            "‘" => "’",
            "『" => "』",
            _ => continue,
        };
        let inside: Vec<Piece> =
            pieces[i + 1..].iter().take_while(|p| p.kind == Kind::Word).copied().collect();
        if pieces.get(i + 1 + inside.len()).is_none_or(|p| p.of(text) != close) || inside.len() < 2 {
            continue;
        }
        let term = &text[inside[0].start()..inside[inside.len() - 1].end()];
        let singles = inside.iter().filter(|p| !p.is_over(1, text)).count();
        let phrase = term.chars().any(|c| lists::MAKING_PHRASES.contains(c));
        if term.chars().count() <= LONGEST && singles + 1 >= inside.len() && !phrase {
            terms.push(term);
        }
    }
    terms
}

const REPEATS: usize = 3;

/// An adjective and a noun that stand together so often that they are one thing.
fn repeated<'t>(text: &'t str, pieces: &[Piece]) -> Vec<&'t str> {
    let mut pairs: BTreeMap<&str, usize> = BTreeMap::new();
    let mut alone: BTreeMap<char, usize> = BTreeMap::new();
    for (i, piece) in pieces.iter().enumerate() {
        let Some(adjective) = piece.single(text).filter(|c| lists::TERM_ADJECTIVES.contains(*c)) else {
            continue;
        };
        *alone.entry(adjective).or_default() += 1;
        let before = i.checked_sub(1).map(|i| pieces[i]);
        // 最大, and 五大: the adjective belongs with what stands before it.
        let degree = before.is_some_and(|piece| {
            matches!(piece.kind, Kind::Number | Kind::Measure | Kind::Latin)
                || lists::DEGREES.contains(piece.of(text))
        });
        let Some(noun) =
            pieces.get(i + 1).filter(|noun| noun.kind == Kind::Word && noun.level > 0 && !degree)
        else {
            continue;
        };
        if noun.count(text) == 2 {
            *pairs.entry(&text[piece.start()..noun.end()]).or_default() += 1;
        }
    }
    pairs
        .into_iter()
        .filter(|(term, count)| {
            let all = term.chars().next().and_then(|c| alone.get(&c)).copied().unwrap_or(0);
            *count >= REPEATS && count * 2 >= all
        })
        .map(|(term, _)| term)
        .collect()
}

/// A hanzi of at most this level is no common word: twice the natural logarithm of its frequency (盾, 蝎, but not 粥).
const UNCOMMON: u8 = 17;
/// The same before what firms are called (颜, 川).
const UNCOMMON_IN_A_FIRM: u8 = 21;

/// Two hanzi side by side.
#[derive(Default)]
struct Pair {
    count: usize,
    /// That of the rarer.
    level: u8,
    /// The places before a number or Latin letters.
    models: usize,
    /// The places before what firms are called.
    firms: usize,
}

/// Two hanzi that no dictionary has as a word, and that the text hardly has but side by side.
fn clinging<'t>(text: &'t str, pieces: &[Piece]) -> Vec<&'t str> {
    let lone = |piece: &Piece| {
        let hanzi = piece.single(text).filter(|_| piece.kind == Kind::Word)?;
        let grammar = classes::OFTEN_ALONE.contains(hanzi)
            || lists::MAKING_PHRASES.contains(hanzi)
            || lists::BEFORE_MANY.contains(hanzi)
            || lists::DEGREES.contains(piece.of(text));
        (!grammar).then_some(hanzi)
    };
    let mut alone: BTreeMap<char, usize> = BTreeMap::new();
    let mut pairs: BTreeMap<&str, Pair> = BTreeMap::new();
    let mut from = 0;
    while from < pieces.len() {
        let run: Vec<char> = pieces[from..].iter().map_while(lone).collect();
        run.iter().for_each(|&hanzi| *alone.entry(hanzi).or_default() += 1);
        // Three in a row may be cut either way.
        if let [first, second, ..] = pieces[from..]
            && run.len() == 2
        {
            let pair = pairs.entry(&text[first.start()..second.end()]).or_default();
            let follows = pieces.get(from + 2);
            pair.count += 1;
            pair.level = first.level.min(second.level);
            pair.models += usize::from(follows.is_some_and(|p| matches!(p.kind, Kind::Number | Kind::Latin)));
            pair.firms += usize::from(follows.is_some_and(|p| lists::CALLED.contains(p.of(text))));
        }
        from += run.len().max(1);
    }
    let holds = |term: &str, pair: &Pair| {
        let mostly = term.chars().all(|c| pair.count * 2 > alone.get(&c).copied().unwrap_or(0));
        let often = pair.count >= REPEATS && (pair.level <= UNCOMMON || pair.models * 2 > pair.count);
        mostly && (often || pair.firms > 0 && pair.level <= UNCOMMON_IN_A_FIRM)
    };
    pairs.into_iter().filter(|(term, pair)| holds(term, pair)).map(|(term, _)| term).collect()
}

#[cfg(test)]
mod tests {
    use crate::dictionary::Dictionary;
    use crate::tokens::Segmenter;

    fn cut(text: &str) -> String {
        let tokens = Segmenter::new(Dictionary::embedded()).cut(text);
        let words: Vec<&str> = tokens.iter().map(|token| token.span.of(text)).collect();
        words.join(" ")
    }

    #[test]
    fn two_hanzi_that_cling_are_a_term() {
        for (text, term) in [
            ("含光800发布了。一块含光800相当于十块。使用含光800以后，速度很快。", "含光"),
            ("行业里的同盾科技被传解散。", "同盾"),
            ("虽然亿欧智库发布了报告，人们不信。", "亿欧"),
        ] {
            assert!(cut(text).split(' ').any(|word| word == term), "{}", cut(text));
        }
    }

    #[test]
    fn what_stands_side_by_side_as_words_do_is_none() {
        for text in
            ["他喝粥。她喝粥。我们喝粥。", "法案涉港。言论涉港。消息涉港。", "人很多。树很多。花很多。"]
        {
            assert!(
                !cut(text).split(' ').any(|word| ["喝粥", "涉港", "很多"].contains(&word)),
                "{}",
                cut(text)
            );
        }
    }
}
