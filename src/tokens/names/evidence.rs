//! Evidence that a stretch of text is a personal name: its characters, what it would cut, its neighbours.
//!
//! A feature is a class (which question), and a value (the answer as text); `tools/segmentation` learns a weight for
//! each from tagged news, and the sum of the weights is the score. The features are those of the classic
//! recognisers by role (surname, first and second given character, left and right neighbour: Zhang Hua-Ping and
//! Liu Qun, 2004), joined with how jieba would cut the same characters.

use super::{Candidate, Shape};
use crate::hanzi;
use crate::tokens::pieces::{Piece, Pieces};
use crate::tokens::{Kind, pieces};

/// One answer to one question.
#[derive(Clone, Copy, Debug)]
pub struct Feature<'t> {
    /// The shape of the candidate, or `*` for a question asked of all shapes alike.
    pub shape: char,
    /// Which question.
    pub class: char,
    /// Text of the article, or one character that stands for a number.
    pub value: &'t str,
}

impl Feature<'_> {
    /// FNV-1a of shape, class and value.
    #[must_use]
    pub fn hash(self) -> u32 {
        let step = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        let start = step(step(0x811C_9DC5, self.shape as u8), self.class as u8);
        self.value.bytes().fold(start, step)
    }
}

/// A text cut into pieces, by character.
#[derive(Debug)]
pub struct Line<'t> {
    pub(super) text: &'t str,
    pieces: &'t [Piece],
    /// Byte offset, character, number of its piece.
    pub(super) chars: Vec<(u32, char, u32)>,
}

impl<'t> Line<'t> {
    /// By the characters of its pieces.
    #[must_use]
    pub fn new(pieces: &'t Pieces<'t>) -> Self {
        let text = pieces.text();
        let mut chars = Vec::with_capacity(text.len() / 3 + 1);
        let mut number = 0;
        for (at, c) in text.char_indices() {
            while pieces.get(number).is_some_and(|piece| piece.end() <= at) {
                number += 1;
            }
            chars.push((at as u32, c, number as u32));
        }
        Self { text, pieces, chars }
    }

    /// Where character `i` begins.
    #[must_use]
    pub fn at(&self, i: usize) -> usize {
        self.chars.get(i).map_or(self.text.len(), |c| c.0 as usize)
    }

    /// The number of the character that begins at byte `at`.
    pub(super) fn char_at(&self, at: usize) -> usize {
        self.chars.partition_point(|c| (c.0 as usize) < at)
    }

    /// Whether a piece has four hanzi or more, as sayings have.
    pub(super) fn is_saying(&self, piece: Piece) -> bool {
        hanzi::count(piece.of(self.text)) > 3
    }

    /// Whether a piece has two characters or more.
    pub(super) fn is_long(&self, piece: Piece) -> bool {
        piece.is_over(1, self.text)
    }

    /// Characters `from..to` as text.
    pub(super) fn slice(&self, from: usize, to: usize) -> &'t str {
        &self.text[self.at(from)..self.at(to)]
    }

    pub(super) fn char(&self, i: usize) -> Option<char> {
        self.chars.get(i).map(|c| c.1)
    }

    /// The piece that character `i` belongs to.
    pub(super) fn piece(&self, i: usize) -> Piece {
        self.pieces[self.chars[i].2 as usize]
    }

    /// The text of the piece of character `i`.
    pub(super) fn piece_text(&self, i: usize) -> &'t str {
        self.piece(i).of(self.text)
    }

    fn bytes(&self, from: usize, to: usize) -> &'t str {
        &self.text[from..to]
    }
}

impl Feature<'_> {
    /// The number that its value stands for, where it stands for one.
    #[must_use]
    pub fn number(self) -> Option<usize> {
        let numbers = matches!(self.class, 'n' | 'd' | 'u' | 'v' | 'L' | 'R' | 'W' | 'H' | 'T' | 'P');
        let byte = *self.value.as_bytes().first().filter(|_| numbers)?;
        Some(usize::from(if byte <= b'9' { byte.wrapping_sub(b'0') } else { byte.wrapping_sub(b'A' - 10) }))
    }
}

/// Values for numbers, as one character each.
const NUMBERS: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

fn number(n: usize) -> &'static str {
    let n = n.min(NUMBERS.len() - 1);
    &NUMBERS[n..=n]
}

/// Six steps of how frequent a piece is.
fn step(level: u8) -> usize {
    [0, 7, 12, 16, 20, 24].iter().position(|&top| level <= top).unwrap_or(6)
}

/// The features of the candidate's characters.
pub fn inside<'t>(line: &Line<'t>, candidate: Candidate, mut emit: impl FnMut(Feature<'t>)) {
    let Candidate { start, end, shape } = candidate;
    let letter = shape.letter();
    let mut say = |class: char, value: &'t str| emit(Feature { shape: letter, class, value });
    let one = |i: usize| line.slice(i, i + 1);
    match shape {
        Shape::Chinese => {
            let given = start + super::surname_length(line, candidate);
            if given - start == 1 {
                say('s', one(start));
            }
            if end - given == 1 {
                say('g', one(given));
            } else {
                say('a', one(given));
                say('b', one(given + 1));
                say('p', line.slice(given, end));
            }
            say('n', number((given - start) * 3 + end - given));
        }
        Shape::Foreign => {
            say('s', one(start));
            for i in start..end - 1 {
                sound(line, start, i, &mut say);
            }
            foreign_end(line, candidate, &mut say);
        }
        Shape::Listed => {
            say('n', number(end - start));
            say('s', line.slice(start, end));
        }
        Shape::Familiar => {
            say('s', one(start));
            say('b', one(start + 1));
        }
    }
}

/// The features of character `i` of a foreign name that begins at `start` and goes on after it.
pub(super) fn sound<'t>(line: &Line<'t>, start: usize, i: usize, say: &mut impl FnMut(char, &'t str)) {
    if i > start && !line.char(i).is_some_and(pieces::is_dot) {
        say('a', line.slice(i, i + 1));
    }
    say('p', line.slice(i, i + 2));
}

/// The features of its last character, its length and its dots.
pub(super) fn foreign_end<'t>(line: &Line<'t>, candidate: Candidate, say: &mut impl FnMut(char, &'t str)) {
    let Candidate { start, end, .. } = candidate;
    let dots = (start..end).filter(|&i| line.char(i).is_some_and(pieces::is_dot)).count();
    say('n', number((end - start).min(9)));
    say('d', number(dots.min(3)));
    say('b', line.slice(end - 1, end));
}

/// The features of what it would cut and what it covers: asked first, since most candidates fail here.
pub fn edges<'t>(line: &Line<'t>, candidate: Candidate, mut emit: impl FnMut(Feature<'t>)) {
    let Candidate { start, end, shape } = candidate;
    let (from, to) = (line.at(start), line.at(end));
    let (first, last) = (line.chars[start].2 as usize, line.chars[end - 1].2 as usize);
    let cut = |cuts: bool, piece: Piece| if cuts { 1 + step(piece.level) } else { 0 };
    let mut say = |class: char, value: usize| {
        emit(Feature { shape: shape.letter(), class, value: number(value) });
    };
    say('L', cut(line.pieces[first].start() < from, line.pieces[first]));
    say('R', cut(line.pieces[last].end() > to, line.pieces[last]));
    let (mut whole, mut long) = (0, 0);
    for piece in line.pieces[first..=last].iter().filter(|p| p.start() >= from && p.end() <= to) {
        whole += 1;
        if line.is_long(*piece) {
            long += 1;
            let kind = match piece.kind {
                Kind::Person => 7,
                Kind::Place => 14,
                _ => 0,
            };
            let class = match (piece.start() == from, piece.end() == to) {
                (true, true) => 'W',
                (true, false) => 'H',
                _ => 'T',
            };
            say(class, kind + step(piece.level));
        }
    }
    say('P', whole.min(5) + 6 * usize::min(long, 2));
}

/// The features of its neighbours.
pub fn outside<'t>(line: &Line<'t>, candidate: Candidate, mut emit: impl FnMut(Feature<'t>)) {
    let Candidate { start, end, shape } = candidate;
    let letter = shape.letter();
    let (from, to) = (line.at(start), line.at(end));
    let (first, last) = (line.chars[start].2 as usize, line.chars[end - 1].2 as usize);
    let (cuts_left, cuts_right) = (line.pieces[first].start() < from, line.pieces[last].end() > to);
    let mut say = |shape: char, class: char, value: &'t str| emit(Feature { shape, class, value });
    if shape == Shape::Foreign {
        if end < line.chars.len() {
            say(letter, 'y', line.slice(end, end + 1));
        }
        if start > 0 {
            say(letter, 'x', line.slice(start - 1, start));
        }
    }

    // The corpus that was learned from had a paragraph a line, and no line breaks.
    let edge = |piece: &Piece| line.text.as_bytes()[piece.start()] == b'\n';
    let left = if cuts_left {
        line.bytes(line.pieces[first].start(), from)
    } else {
        let before = first.checked_sub(1).map(|i| line.pieces[i]).filter(|piece| !edge(piece));
        before.map_or("^", |piece| piece.of(line.text))
    };
    say('*', 'l', left);
    say(letter, 'l', left);
    let near = left.char_indices().next_back().map_or(left, |(at, _)| &left[at..]);
    say('*', 'm', near);
    say(letter, 'u', number(left.chars().count().min(4)));
    let right = if cuts_right {
        line.bytes(to, line.pieces[last].end())
    } else {
        line.pieces.get(last + 1).filter(|piece| !edge(piece)).map_or("$", |piece| piece.of(line.text))
    };
    say('*', 'r', right);
    say(letter, 'r', right);
    let near = right.chars().next().map_or(right, |c| &right[..c.len_utf8()]);
    say('*', 'q', near);
    say(letter, 'v', number(right.chars().count().min(4)));
}
