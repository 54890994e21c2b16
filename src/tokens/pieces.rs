//! A piece: what a token is while the rules still work on it.
//!
//! Lighter than a `Token`, and it remembers how frequent the word is, which the rules weigh.

use crate::hanzi::is_hanzi;
use crate::tokens::Kind;

/// A stretch of the text, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// First byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
    /// What it is taken for so far.
    pub kind: Kind,
    /// 2 ln(frequency) of a word of the list, 0 for anything else.
    pub level: u8,
    /// No dictionary has it, but the article uses it as a word.
    pub proposed: bool,
}

impl Piece {
    /// A piece of no known frequency.
    #[must_use]
    pub fn new(start: u32, end: u32, kind: Kind) -> Self {
        Self { start, end, kind, level: 0, proposed: false }
    }

    /// Its text.
    #[must_use]
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }

    /// The two words that it is where a boundary stands at byte `at` of the text.
    #[must_use]
    pub fn halves(self, at: u32) -> (Self, Self) {
        let word = |start, end| Self { level: self.level, ..Self::new(start, end, Kind::Word) };
        (word(self.start, at), word(at, self.end))
    }

    /// Its only character, if it has one only.
    #[must_use]
    pub fn single(&self, text: &str) -> Option<char> {
        let mut chars = self.of(text).chars();
        chars.next().filter(|_| chars.next().is_none())
    }
}

/// What a character outside the word list is.
#[must_use]
pub fn kind_of(c: char) -> Kind {
    if is_hanzi(c) {
        Kind::Word
    } else if is_digit(c) {
        Kind::Number
    } else if c.is_alphabetic() {
        Kind::Latin
    } else {
        Kind::Other
    }
}

/// A digit, of either width.
#[must_use]
pub fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

/// The dot between the parts of a foreign name.
#[must_use]
pub fn is_dot(c: char) -> bool {
    matches!(c, '·' | '•' | '・' | '‧' | '∙' | '．')
}
