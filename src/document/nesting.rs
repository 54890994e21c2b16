//! Which characters of a line stand inside quotes or brackets.
//!
//! Why: a sentence does not end inside a bracket or a title, and not needlessly inside a quotation. Only pairs
//! that close on the same line count, so a bracket that someone forgot to close changes nothing.

use crate::text::{closing, is_closing};

/// No bracket is longer; one that seems to be was forgotten and met by a later one.
const LONGEST_BRACKET: usize = 200;
/// Levels that are searched for the opening of a pair.
const DEEPEST: usize = 8;

/// The nesting of one line, by character.
pub(super) struct Nesting {
    quotes: Vec<u16>,
    brackets: Vec<u16>,
    /// The other half of each pair.
    partner: Vec<Option<u32>>,
}

impl Nesting {
    pub fn new(chars: &[(usize, char)]) -> Self {
        let none = || vec![0_u16; chars.len() + 1];
        let mut nesting = Self { quotes: none(), brackets: none(), partner: vec![None; chars.len()] };
        let straight = chars.iter().filter(|(_, c)| *c == '"').count();
        let mut open: Vec<(char, usize)> = Vec::new();
        let mut straight_open = false;
        for (index, &(_, c)) in chars.iter().enumerate() {
            let (opens, closes) = match c {
                // Straight quotes pair off in turn, where they pair off at all.
                '"' if straight % 2 == 1 => (None, None),
                '"' => {
                    straight_open = !straight_open;
                    if straight_open { (Some('"'), None) } else { (None, Some('"')) }
                }
                _ => (closing(c), is_closing(c).then_some(c)),
            };
            if let Some(close) = opens {
                open.push((close, index));
            }
            if let Some(close) = closes {
                let found = open.iter().rev().take(DEEPEST).position(|&(wanted, _)| wanted == close);
                if let Some(depth) = found {
                    let start = open[open.len() - 1 - depth].1;
                    open.truncate(open.len() - 1 - depth);
                    nesting.pair(start, index, close);
                }
            }
        }
        nesting.add_up();
        nesting
    }

    fn pair(&mut self, start: usize, end: usize, close: char) {
        let quote = is_quote(close);
        if !quote && end - start > LONGEST_BRACKET {
            return;
        }
        let (Ok(start_index), Ok(end_index)) = (u32::try_from(start), u32::try_from(end)) else { return };
        self.partner[start] = Some(end_index);
        self.partner[end] = Some(start_index);
        let levels = if quote { &mut self.quotes } else { &mut self.brackets };
        // Steps up and down for now; `add_up` makes levels of them.
        levels[start + 1] = levels[start + 1].wrapping_add(1);
        levels[end] = levels[end].wrapping_sub(1);
    }

    fn add_up(&mut self) {
        for levels in [&mut self.quotes, &mut self.brackets] {
            let mut level = 0_u16;
            for step in levels.iter_mut() {
                level = level.wrapping_add(*step);
                *step = level;
            }
        }
    }

    /// Whether the place before character `index` is inside a quotation.
    pub fn in_quote(&self, index: usize) -> bool {
        self.quotes.get(index).is_some_and(|&level| level > 0)
    }

    /// Whether the place before character `index` is inside a bracket or a title.
    pub fn in_bracket(&self, index: usize) -> bool {
        self.brackets.get(index).is_some_and(|&level| level > 0)
    }

    /// The other half of the pair to which character `index` belongs.
    pub fn partner(&self, index: usize) -> Option<usize> {
        self.partner.get(index).copied().flatten().map(|partner| partner as usize)
    }
}

fn is_quote(close: char) -> bool {
    matches!(close, '”' | '’' | '」' | '』' | '"')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The characters inside quotes, and those inside brackets.
    fn inside(text: &str) -> (String, String) {
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let nesting = Nesting::new(&chars);
        let pick = |test: &dyn Fn(usize) -> bool| {
            chars.iter().enumerate().filter(|(i, _)| test(*i)).map(|(_, c)| c.1).collect::<String>()
        };
        (pick(&|i| nesting.in_quote(i)), pick(&|i| nesting.in_bracket(i)))
    }

    #[test]
    fn pairs_that_close_have_an_inside() {
        assert_eq!(inside("他说“好(嗯)”。"), ("好(嗯)".to_owned(), "嗯".to_owned()));
        assert_eq!(inside("\"好\"和《书》"), ("好".to_owned(), "书".to_owned()));
    }

    #[test]
    fn what_never_closes_has_none() {
        for text in ["他说“好。", "好）。", "5\"的屏幕", "（“好）”"] {
            let (quoted, bracketed) = inside(text);
            assert!(quoted.is_empty(), "{text}: {quoted}");
            assert!(bracketed.is_empty() || text.starts_with('（'), "{text}");
        }
        let forgotten = format!("（{}）", "好".repeat(300));
        assert_eq!(inside(&forgotten).1, "");
    }
}
