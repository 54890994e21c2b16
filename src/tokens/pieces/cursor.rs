//! The way of a rule through the pieces of a text.

use super::{Laid, Nature, Piece};

/// A place among the pieces: those before it are done, the one here and those after it are still to come.
#[derive(Debug)]
pub struct Cursor<'t> {
    done: Laid<'t>,
    rest: Vec<Piece>,
    next: usize,
    /// Whether the rule has gone on by itself.
    moved: bool,
}

impl<'t> Cursor<'t> {
    /// All pieces, as `at` leaves them.
    pub(super) fn run(text: &'t str, pieces: Vec<Piece>, mut at: impl FnMut(&mut Self)) -> Vec<Piece> {
        let done = Laid::new(text, pieces.len());
        let mut cursor = Self { done, rest: pieces, next: 0, moved: false };
        while cursor.next < cursor.rest.len() {
            cursor.moved = false;
            at(&mut cursor);
            if !cursor.moved {
                cursor.keep();
            }
        }
        cursor.done.pieces
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.done.text
    }

    /// The pieces that are done.
    #[must_use]
    pub fn done(&self) -> &[Piece] {
        &self.done.pieces
    }

    /// The one here and those after it.
    #[must_use]
    pub fn rest(&self) -> &[Piece] {
        self.rest.get(self.next..).unwrap_or_default()
    }

    /// The piece here stays as it is.
    pub fn keep(&mut self) {
        if let Some(&here) = self.rest().first() {
            self.is(here.nature);
        }
    }

    /// The piece here is this, and done.
    pub fn is(&mut self, nature: Nature) {
        if let Some(&here) = self.rest().first() {
            self.done.to(here.end(), nature);
            self.next += 1;
            self.moved = true;
        }
    }

    /// The piece here and those after it, `count` in all, are one, and done.
    pub fn join(&mut self, count: usize, nature: Nature) {
        self.gather(count);
        self.is(nature);
    }

    /// The piece here takes in those after it, `count` in all.
    pub fn gather(&mut self, count: usize) {
        let last = (self.next + count).min(self.rest.len());
        if let (true, Some(&here)) = (count > 1, self.rest().first()) {
            self.next = last - 1;
            self.rest[self.next].start = here.start;
            self.rest[self.next].nature = here.nature;
        }
    }

    /// The piece here takes in the last `count` that were done.
    pub fn take_back(&mut self, count: usize) {
        let kept = self.done.pieces.len().saturating_sub(count);
        self.done.pieces.truncate(kept);
        let start = self.done.end();
        if let Some(here) = self.rest.get_mut(self.next) {
            here.start = start as u32;
        }
    }

    /// The first `chars` characters of the piece here are a piece of this nature, and done; the others stay here. Nothing
    /// happens where either would be empty.
    pub fn split_off(&mut self, chars: usize, nature: Nature) {
        let Some(&here) = self.rest().first() else { return };
        let end = here.start() + before(here.of(self.text()), chars);
        if here.start() < end && end < here.end() {
            self.done.to(end, nature);
            self.rest[self.next].start = end as u32;
            self.moved = true;
        }
    }

    /// The piece here is two words, of which the first has so many characters; that one is done.
    pub fn split(&mut self, chars: usize) {
        let Some(&here) = self.rest().first() else { return };
        let text = here.of(self.text());
        let (first, second) = text.split_at(before(text, chars));
        if !first.is_empty() && !second.is_empty() {
            self.split_off(chars, Nature::word(first));
            self.rest[self.next].nature = Nature::word(second);
        }
    }

    /// The boundary between the piece here and the next one moves so many characters on, or back. Nothing happens where
    /// either would be empty.
    pub fn shift(&mut self, by: isize) {
        let text = self.text();
        let [here, next, ..] = &mut self.rest[self.next..] else { return };
        let at = if by < 0 {
            let back = here.of(text).char_indices().rev().nth(by.unsigned_abs() - 1);
            back.map_or(here.start(), |(at, _)| here.start() + at)
        } else {
            here.end() + before(next.of(text), by.unsigned_abs())
        };
        if here.start() < at && at < next.end() {
            (here.end, next.start) = (at as u32, at as u32);
        }
    }

    /// Says what the piece here is, which is still to be looked at.
    pub fn set(&mut self, nature: Nature) {
        if let Some(here) = self.rest.get_mut(self.next) {
            here.nature = nature;
        }
    }

    /// The piece here is a word, as frequent as the list has it.
    pub fn set_word(&mut self) {
        if let Some(&here) = self.rest().first() {
            self.set(Nature::word(here.of(self.text())));
        }
    }
}

/// How many bytes the first so many characters of a text have.
fn before(text: &str, chars: usize) -> usize {
    text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Pieces;
    use super::*;
    use crate::tokens::Kind;

    fn tiles(pieces: &Pieces<'_>) -> bool {
        let mut end = 0;
        pieces.iter().all(|piece| {
            let follows = piece.start() == end && piece.start() < piece.end();
            end = piece.end();
            follows && pieces.text().is_char_boundary(end)
        }) && end == pieces.text().len()
    }

    proptest! {
        #[test]
        fn whatever_is_done_to_them_pieces_tile_their_text(
            text in "[a0一大𠮷𡃁，·\u{1F600}]{0,24}",
            ends in proptest::collection::vec(0_usize..100, 0..12),
            acts in proptest::collection::vec((0_u8..9, -9_isize..9), 0..40),
        ) {
            let nature = Nature::of(Kind::Word);
            let mut pieces = Pieces::lay(&text, |laid| ends.iter().for_each(|&end| laid.to(end, nature)));
            prop_assert!(tiles(&pieces));
            let mut acts = acts.into_iter();
            for _ in 0..3 {
                pieces.rework(|cursor| {
                    let Some((act, by)) = acts.next() else { return };
                    let count = by.unsigned_abs();
                    match act {
                        0 => cursor.keep(),
                        1 => cursor.is(nature),
                        2 => cursor.join(count, nature),
                        3 => cursor.gather(count),
                        4 => cursor.take_back(count),
                        5 => cursor.split_off(count, nature),
                        6 => cursor.split(count),
                        7 => cursor.shift(by),
                        _ => cursor.set(nature),
                    }
                });
                prop_assert!(tiles(&pieces));
            }
            pieces.relay(|old, laid| {
                for (piece, &end) in old.iter().zip(&ends) {
                    laid.to(piece.end() + end % 3, piece.nature);
                    laid.on_to(end);
                }
            });
            prop_assert!(tiles(&pieces));
        }
    }

    #[test]
    fn boundaries_are_counted_in_characters() {
        let text = "𠮷野家来";
        let mut pieces = Pieces::lay(text, |laid| laid.to(text.len(), Nature::of(Kind::Word)));
        pieces.rework(|cursor| cursor.split_off(2, Nature::of(Kind::Place)));
        let forms = |pieces: &Pieces<'_>| pieces.iter().map(|p| p.of(text).to_owned()).collect::<Vec<_>>();
        assert_eq!(forms(&pieces), ["𠮷野", "家来"]);
        pieces.rework(|cursor| cursor.shift(if cursor.done().is_empty() { -1 } else { 0 }));
        assert_eq!(forms(&pieces), ["𠮷", "野家来"]);
    }
}
