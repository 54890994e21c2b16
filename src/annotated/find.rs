//! Finds the brackets of a text that could hold pinyin.
//!
//! Why apart: a page can be nothing but brackets, so finding them must be linear whatever they hold. A bracket
//! that opens another before it closes holds no pinyin, so one look ahead is enough and there is no stack. The
//! kinds are those that Chinese print uses (GB/T 15834: round, square and black lenticular), in either width,
//! because people mix the two.

use std::ops::Range;

/// A bracket: where it stands in the text, with and without its signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bracket {
    /// From the opening sign to just after the closing one.
    pub outer: Range<usize>,
    /// What stands between.
    pub inner: Range<usize>,
}

/// The longest content that is looked at, in bytes: some 80 syllables, more than any sentence has.
const LONGEST: usize = 600;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Round,
    Square,
    Lenticular,
}

fn opens(c: char) -> Option<Kind> {
    match c {
        '(' | '（' => Some(Kind::Round),
        '[' | '［' => Some(Kind::Square),
        '【' => Some(Kind::Lenticular),
        _ => None,
    }
}

fn closes(c: char) -> Option<Kind> {
    match c {
        ')' | '）' => Some(Kind::Round),
        ']' | '］' => Some(Kind::Square),
        '】' => Some(Kind::Lenticular),
        _ => None,
    }
}

/// The brackets of `text` that hold no other, stand on one line and hold at least a letter, in its order.
pub(super) fn brackets(text: &str) -> Vec<Bracket> {
    let mut found = Vec::new();
    let mut open: Option<(Kind, usize, usize)> = None;
    for (at, c) in text.char_indices() {
        if let Some(kind) = opens(c) {
            open = Some((kind, at, at + c.len_utf8()));
        } else if let Some(kind) = closes(c) {
            if let Some((opened, outer, inner)) = open.take()
                && opened == kind
                && at - inner <= LONGEST
                && text[inner..at].contains(is_letter)
            {
                found.push(Bracket { outer: outer..at + c.len_utf8(), inner: inner..at });
            }
        } else if c == '\n' {
            open = None;
        }
    }
    found
}

/// Whether pinyin could have this letter: Latin with or without marks, full-width Latin, the look-alike α.
fn is_letter(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | 'À'..='ɏ' | 'ɑ' | 'ɡ' | 'α' | '\u{1E00}'..='\u{1EFF}')
        || matches!(c, 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contents(text: &str) -> Vec<&str> {
        brackets(text).into_iter().map(|b| &text[b.inner]).collect()
    }

    #[test]
    fn every_kind_in_every_width_even_mixed() {
        assert_eq!(contents("a(b)（c）[d]［e］【f】(g）（h)[i］"), ["b", "c", "d", "e", "f", "g", "h", "i"]);
        assert_eq!(contents("(a] [b) 【c)"), Vec::<&str>::new());
    }

    #[test]
    fn only_the_inner_one_only_on_a_line_only_with_a_letter() {
        assert_eq!(contents("(外(a)内(b)) (中文) (600519) () (a\nb)"), ["a", "b"]);
        assert_eq!(contents(&format!("({})", "a".repeat(LONGEST + 1))), Vec::<&str>::new());
    }

    #[test]
    fn a_bracket_is_found_with_its_signs() {
        let text = "公（ɡ）司";
        let found = brackets(text);
        assert_eq!(found.iter().map(|b| &text[b.outer.clone()]).collect::<Vec<_>>(), ["（ɡ）"]);
    }
}
