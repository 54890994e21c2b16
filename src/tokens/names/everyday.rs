//! Surnames that are everyday words: 查地图, 曾随军 and 薄毛衣 are nobody, though 查, 曾 and 薄 are surnames.
//!
//! The weights know that a name often has a line of its own, and so take a phrase alone on its line for one, or at the
//! head or the end of it. Where the first hanzi is a word too and the others are no likely given name, only what
//! else speaks for a name counts, and there must be more of it than for others.

use super::evidence::{self, Feature, Line};
use super::{Candidate, Shape, surname_length, table};
use crate::tokens::Kind;
use crate::tokens::lists;
use crate::tokens::pieces::{Piece, is_dot};

/// The least weight of its characters for a given name of one and of two hanzi, in sixteenths of a logit.
const GIVEN: [i32; 2] = [12, 6];
/// The least weight if it is a word (建国).
const GIVEN_WORD: i32 = 30;
/// A hanzi that speaks so much against the end of a foreign name is the thing itself: 班, 目, 语.
const NO_SOUND: i32 = -35;
/// Foreign names that are longer are told by their sounds.
const SHORT: usize = 3;

/// Whether a candidate begins with such a surname and goes on as a phrase would: with a word, or with hanzi that
/// names are not made of.
pub(super) fn is_doubtful(line: &Line, candidate: Candidate) -> bool {
    let Candidate { start, end, shape } = candidate;
    if !line.char(start).is_some_and(|c| lists::SURNAMES_THAT_ARE_WORDS.contains(c)) {
        return false;
    }
    match shape {
        Shape::Chinese if surname_length(line, candidate) == 1 => {
            let speaks = sum(line, candidate, |f| matches!(f.class, 'g' | 'a' | 'b' | 'p'));
            let rest = line.piece(start + 1);
            let is_rest =
                rest.start() == line.at(start + 1) && rest.end() >= line.at(end) && is_word(line, rest);
            speaks < GIVEN[usize::from(end - start > 2)]
                || is_rest && rest.kind == Kind::Place
                || (is_rest || begins_with_word(line, candidate)) && speaks < GIVEN_WORD
        }
        Shape::Foreign if end - start <= SHORT && !(start..end).any(|i| line.char(i).is_some_and(is_dot)) => {
            let word = |i: usize| is_word(line, line.piece(i)) && line.piece(i).start() >= line.at(start);
            (start..end).any(word) || sum(line, candidate, |f| f.class == 'b') < NO_SOUND
        }
        _ => false,
    }
}

/// Whether a candidate says whither: 朝南.
pub(super) fn is_direction(line: &Line, candidate: Candidate) -> bool {
    candidate.end - candidate.start == 2
        && line.char(candidate.start).is_some_and(|c| matches!(c, '朝' | '向'))
        && line.char(candidate.start + 1).is_some_and(|c| "东西南北前后上下左右里外".contains(c))
}

/// Whether it is one of a list, as names are: 、曾平江、.
pub(super) fn is_one_of_many(line: &Line, candidate: Candidate) -> bool {
    let before = candidate.start.checked_sub(1).and_then(|i| line.char(i));
    before == Some('、') || line.char(candidate.end) == Some('、')
}

/// The score of a candidate by the ends of the line beside it.
pub(super) fn ends(line: &Line, candidate: Candidate) -> i32 {
    let mut sum = 0;
    evidence::outside(line, candidate, |feature| {
        if matches!(feature.value, "^" | "$") {
            sum += table::weight(feature);
        }
    });
    sum
}

/// The sum of some of the questions about its characters.
fn sum(line: &Line, candidate: Candidate, asked: impl Fn(&Feature) -> bool) -> i32 {
    let mut sum = 0;
    evidence::inside(line, candidate, |feature| {
        if asked(&feature) {
            sum += table::weight(feature);
        }
    });
    sum
}

fn begins_with_word(line: &Line, candidate: Candidate) -> bool {
    let piece = line.piece(candidate.start);
    piece.start() == line.at(candidate.start) && piece.end() < line.at(candidate.end) && is_word(line, piece)
}

/// A word of two hanzi or more that the dictionary has.
fn is_word(line: &Line, piece: Piece) -> bool {
    line.is_long(piece) && !piece.proposed && matches!(piece.kind, Kind::Word | Kind::Idiom | Kind::Place)
}
