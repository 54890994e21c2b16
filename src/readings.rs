//! Tokens become words: each token that has hanzi gets a reading, and the rule that it comes from.
//!
//! `ladder.rs` is the list of the rules, weakest first; a rung is a function from a place in the text to a verdict, or to
//! nothing. Cards follow CC-CEDICT, so where it has one reading of a word of several hanzi, no model may overrule it.
//! The rules for single words and hanzi are in `data/`, a line a rule, with a sentence for it and one against.
//! *Invariant*: an occurrence has one syllable for each hanzi, and says which rule gave it, and whether that is sure.

mod apart;
mod article;
mod benefit;
mod beside;
mod character;
pub mod context;
mod doubled;
mod ladder;
mod place;
mod rules;
mod sentences;
mod single;
mod usual;
mod verdict;
mod why;
mod word;
mod written;

pub use sentences::{read, read_as, read_by};
pub use why::{Answer, Why, why};

/// Above this a reading that the sentence chose needs no mark.
pub const SURE: f32 = 0.9;

/// The lists of `data/lists.txt`.
mod lists {
    include!(concat!(env!("OUT_DIR"), "/readings-lists.rs"));
}
