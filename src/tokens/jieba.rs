//! jieba-rs over a learner's word list: text becomes pieces that a dictionary has.
//!
//! Without jieba's hidden Markov model: it invents words, and its inventions made half of the cuts through
//! words on tagged news (0.62 % of tokens with it, 0.49 % without, on jieba's own list; 0.15 % with this list).

use jieba_rs::Jieba;

use crate::tokens::Kind;
use crate::tokens::pieces::{Piece, kind_of};

static LIST: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words.txt"));

/// The word list as it was built, `word frequency tag` a line: for `tools/segmentation`, which corrects it.
#[must_use]
pub fn word_list() -> &'static str {
    std::str::from_utf8(LIST).unwrap_or_default()
}

/// The word list, loaded.
#[derive(Debug)]
pub(super) struct WordList {
    jieba: Jieba,
}

impl WordList {
    pub(super) fn load() -> Self {
        let jieba = Jieba::with_dict(&mut &*LIST).expect("the build writes `word frequency tag` lines");
        Self { jieba }
    }

    /// Appends the pieces of `text`, which begins at byte `base` of the whole.
    pub(super) fn cut(&self, text: &str, base: usize, pieces: &mut Vec<Piece>) {
        for tagged in self.jieba.tag(text, false) {
            let start = base + tagged.byte_start;
            match tagged.tag.as_bytes() {
                [kind @ (b'w' | b'i' | b'p' | b's' | b'o' | b'j'), level] => pieces.push(Piece {
                    start: start as u32,
                    end: (base + tagged.byte_end) as u32,
                    kind: match kind {
                        b'i' => Kind::Idiom,
                        b'p' => Kind::Person,
                        b's' => Kind::Place,
                        b'o' => Kind::Organisation,
                        _ => Kind::Word,
                    },
                    level: char::from(*level).to_digit(36).unwrap_or(0) as u8,
                    proposed: *kind == b'j',
                }),
                _ => runs(tagged.word, start, pieces),
            }
        }
    }
}

/// What is no word of the list: runs of digits and of letters, and every other character by itself.
fn runs(text: &str, base: usize, pieces: &mut Vec<Piece>) {
    let mut last = None;
    for (at, c) in text.char_indices() {
        let kind = kind_of(c);
        let (start, end) = ((base + at) as u32, (base + at + c.len_utf8()) as u32);
        match pieces.last_mut() {
            Some(piece) if last == Some(kind) && matches!(kind, Kind::Number | Kind::Latin) => {
                piece.end = end
            }
            _ => pieces.push(Piece::new(start, end, kind)),
        }
        last = Some(kind);
    }
}
