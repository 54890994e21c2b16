//! Pieces: what tokens are while the rules still work on them.
//!
//! *Invariant*: pieces tile their text. A cut is written down as the place where each piece ends; where a piece begins is
//! where the one before it ends, so that no rule can say a gap, an overlap or an empty piece. A rule joins pieces, cuts
//! one after so many characters, moves a boundary by characters, or says what a piece is ([`Cursor`]).

mod cursor;

use std::ops::Deref;

pub use cursor::Cursor;

use crate::hanzi::is_hanzi;
use crate::span::Span;
use crate::tokens::jieba;
use crate::tokens::{Kind, Token, Tokens};

/// The nature of a piece, wherever it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nature {
    /// The kind that it is taken for so far.
    pub kind: Kind,
    /// 2 ln(frequency) of a word of the list, 0 for anything else.
    pub level: u8,
    /// No dictionary has it, but the article uses it as a word.
    pub proposed: bool,
}

impl Nature {
    /// Of no known frequency.
    #[must_use]
    pub const fn of(kind: Kind) -> Self {
        Self { kind, level: 0, proposed: false }
    }

    /// That of a word, as frequent as the list has it.
    #[must_use]
    pub fn word(text: &str) -> Self {
        Self { level: jieba::level(text), ..Self::of(Kind::Word) }
    }
}

/// A stretch of a text that the rules see as one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    start: u32,
    end: u32,
    /// The nature.
    pub nature: Nature,
}

impl Deref for Piece {
    type Target = Nature;

    fn deref(&self) -> &Nature {
        &self.nature
    }
}

impl Piece {
    /// Its first byte in the text.
    #[must_use]
    pub fn start(&self) -> usize {
        self.start as usize
    }

    /// The byte after its last one.
    #[must_use]
    pub fn end(&self) -> usize {
        self.end as usize
    }

    /// Its text.
    #[must_use]
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start()..self.end()).unwrap_or_default()
    }

    /// How many characters it has.
    #[must_use]
    pub fn count(&self, text: &str) -> usize {
        self.of(text).chars().count()
    }

    /// Whether it has more than so many characters.
    #[must_use]
    pub fn is_over(&self, most: usize, text: &str) -> bool {
        self.of(text).chars().nth(most).is_some()
    }

    /// Its only character, if it has one only.
    #[must_use]
    pub fn single(&self, text: &str) -> Option<char> {
        let mut chars = self.of(text).chars();
        chars.next().filter(|_| chars.next().is_none())
    }
}

/// The pieces of a text, which they tile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pieces<'t> {
    text: &'t str,
    pieces: Vec<Piece>,
}

/// All of them, to be looked at.
impl Deref for Pieces<'_> {
    type Target = [Piece];

    fn deref(&self) -> &[Piece] {
        &self.pieces
    }
}

impl<'t> Pieces<'t> {
    /// The pieces that `cut` lays down, from the beginning of the text to its end. What it leaves at the end is one more,
    /// of kind [`Other`](Kind::Other). There are none of a text that is longer than a [`Span`] can tell of, 4 GB.
    pub fn lay(text: &'t str, cut: impl FnOnce(&mut Laid<'t>)) -> Self {
        let mut laid = Laid::new(text, text.len() / 4 + 1);
        if u32::try_from(text.len()).is_ok() {
            cut(&mut laid);
            laid.to(text.len(), Nature::of(Kind::Other));
        }
        Self { text, pieces: laid.pieces }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Goes through the pieces from the first to the last and asks `at` what becomes of each; where it does nothing the
    /// piece stays.
    pub fn rework(&mut self, at: impl FnMut(&mut Cursor<'_>)) {
        self.pieces = Cursor::run(self.text, std::mem::take(&mut self.pieces), at);
    }

    /// Lays other boundaries: `cut` is given the pieces as they are.
    pub fn relay(&mut self, cut: impl FnOnce(&[Piece], &mut Laid<'t>)) {
        let old = std::mem::take(&mut self.pieces);
        *self = Self::lay(self.text, |laid| cut(&old, laid));
    }

    /// Says what piece `i` is.
    pub fn set_kind(&mut self, i: usize, kind: Kind) {
        if let Some(piece) = self.pieces.get_mut(i) {
            piece.nature.kind = kind;
        }
    }

    /// The tokens of `text`, whose hanzi these are in their simplified forms: of as many bytes, character for character.
    #[must_use]
    pub fn tokens(&self, text: &str) -> Tokens {
        let token = |piece: &Piece| {
            let span = Span::new(text, piece.start()..piece.end())?;
            Some(Token { span, kind: piece.kind, proposed: piece.proposed })
        };
        Tokens::tile(text, self.iter().filter_map(token).collect()).unwrap_or_default()
    }
}

/// Pieces that are being laid down one after another.
#[derive(Debug)]
pub struct Laid<'t> {
    text: &'t str,
    pieces: Vec<Piece>,
}

impl<'t> Laid<'t> {
    fn new(text: &'t str, capacity: usize) -> Self {
        Self { text, pieces: Vec::with_capacity(capacity) }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The byte up to which they reach.
    #[must_use]
    pub fn end(&self) -> usize {
        self.pieces.last().map_or(0, Piece::end)
    }

    /// The next piece, up to byte `end`; none where that is not beyond the last one, or no boundary of characters.
    pub fn to(&mut self, end: usize, nature: Nature) {
        let start = self.end();
        if let (true, Ok(last)) = (start < end && self.text.is_char_boundary(end), u32::try_from(end)) {
            self.pieces.push(Piece { start: start as u32, end: last, nature });
        }
    }

    /// The last piece goes on up to byte `end`.
    pub fn on_to(&mut self, end: usize) {
        if let Some(last) = self.pieces.pop() {
            self.to(end.max(last.end()), last.nature);
        }
    }
}

/// The kind of a character outside the word list.
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
