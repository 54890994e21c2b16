//! Finds the brackets of a text that could hold pinyin.
//!
//! Why apart: a page can be nothing but brackets, so finding them must be linear whatever they hold. A bracket
//! that opens another before it closes holds no pinyin, so one look ahead is enough and there is no stack. The
//! kinds are those that Chinese print uses (GB/T 15834), in either width, because people mix the two. Round, square
//! and lenticular ones gloss; tortoise-shell and curly ones do where their text has none of those at hand; title marks
//! hold titles, so they gloss only where their content shows tones. The rarer kinds are looked for by themselves: a
//! title inside a round bracket is no reason to take that for less.

use std::ops::Range;

use super::gloss::{Gloss, Manner};
use super::zhuyin;

/// The longest content that is looked at, in bytes: some 80 syllables, more than any sentence has.
pub(super) const LONGEST: usize = 600;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Round,
    Square,
    Lenticular,
    Shell,
    Curly,
    Title,
}

/// The kind of bracket that `c` opens.
pub(super) fn opens(c: char) -> Option<Kind> {
    match c {
        '(' | '（' => Some(Kind::Round),
        '[' | '［' => Some(Kind::Square),
        '【' => Some(Kind::Lenticular),
        '〔' | '〖' => Some(Kind::Shell),
        '{' | '｛' => Some(Kind::Curly),
        '《' | '〈' => Some(Kind::Title),
        _ => None,
    }
}

fn closes(c: char) -> Option<Kind> {
    match c {
        ')' | '）' => Some(Kind::Round),
        ']' | '］' => Some(Kind::Square),
        '】' => Some(Kind::Lenticular),
        '〕' | '〗' => Some(Kind::Shell),
        '}' | '｝' => Some(Kind::Curly),
        '》' | '〉' => Some(Kind::Title),
        _ => None,
    }
}

impl Kind {
    fn is_rare(self) -> bool {
        matches!(self, Self::Shell | Self::Curly | Self::Title)
    }
}

/// The brackets of `text` that hold no other, stand on one line and hold at least a letter, in its order.
pub(super) fn brackets(text: &str) -> Vec<Gloss<'_>> {
    let mut found: Vec<Gloss<'_>> = Vec::new();
    // The bracket that is open, of the usual kinds and of the rare ones.
    let mut open: [Option<(Kind, usize, usize)>; 2] = [None; 2];
    for (at, c) in text.char_indices() {
        if let Some(kind) = opens(c) {
            open[usize::from(kind.is_rare())] = Some((kind, at, at + c.len_utf8()));
        } else if let Some(kind) = closes(c) {
            if let Some((opened, outer, inner)) = open[usize::from(kind.is_rare())].take()
                && opened == kind
                && at - inner <= LONGEST
                && text[inner..at].contains(is_letter)
            {
                let outer = outer..at + c.len_utf8();
                if let Some(gloss) = gloss(text, kind, outer, inner..at) {
                    // A usual bracket takes what stands in it along.
                    while found.last().is_some_and(|last| last.outer.start > gloss.outer.start) {
                        found.pop();
                    }
                    if found.last().is_none_or(|last| last.outer.end <= gloss.outer.start) {
                        found.push(gloss);
                    }
                }
            }
        } else if c == '\n' {
            open = [None; 2];
        }
    }
    found
}

fn gloss(text: &str, kind: Kind, outer: Range<usize>, inner: Range<usize>) -> Option<Gloss<'_>> {
    let written = &text[inner.clone()];
    let nested = |c: char| opens(c).is_some() || closes(c).is_some();
    if kind.is_rare() && written.contains(nested) {
        return None;
    }
    let manner = if kind == Kind::Title { Manner::Title } else { Manner::Bracket };
    Some(Gloss { outer, inner, written, manner })
}

/// Whether pinyin could have this letter: Latin with or without marks, full-width Latin, the look-alike α; or a sign
/// of zhuyin.
pub(super) fn is_letter(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | 'À'..='ɏ' | 'ɑ' | 'ɡ' | 'α' | '\u{1E00}'..='\u{1EFF}')
        || matches!(c, 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
        || zhuyin::is_sign(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contents(text: &str) -> Vec<&str> {
        brackets(text).into_iter().map(|b| b.written).collect()
    }

    #[test]
    fn every_kind_in_every_width_even_mixed() {
        assert_eq!(contents("a(b)（c）[d]［e］【f】(g）（h)[i］"), ["b", "c", "d", "e", "f", "g", "h", "i"]);
        assert_eq!(contents("(a] [b) 【c)"), Vec::<&str>::new());
        assert_eq!(contents("《a》〈b〉〔c〕〖d〗｛e｝{f}"), ["a", "b", "c", "d", "e", "f"]);
        assert_eq!(contents("(ㄍㄨㄥ ㄙ)"), ["ㄍㄨㄥ ㄙ"]);
    }

    #[test]
    fn only_the_inner_one_only_on_a_line_only_with_a_letter() {
        assert_eq!(contents("(外(a)内(b)) (中文) (600519) () (a\nb)"), ["a", "b"]);
        assert_eq!(contents(&format!("({})", "a".repeat(LONGEST + 1))), Vec::<&str>::new());
    }

    #[test]
    fn the_rare_kinds_change_nothing_about_the_usual_ones() {
        assert_eq!(contents("(a，《b》)"), ["a，《b》"]);
        assert_eq!(contents("(《b》"), ["b"]);
        assert_eq!(contents("《书(a)》"), ["a"]);
        assert_eq!(contents("《(a》)"), ["a》"]);
    }

    #[test]
    fn a_bracket_is_found_with_its_signs() {
        let text = "公（ɡ）司";
        let found = brackets(text);
        assert_eq!(found.iter().map(|b| &text[b.outer.clone()]).collect::<Vec<_>>(), ["（ɡ）"]);
    }
}
