//! Which words enter a deck, with which sentence, and what their notes say.
//!
//! A deck file ([`yaml`]) is read into a [`Spec`]; [`select`] takes the words that it asks for out of the
//! library's; [`build`] writes their notes. Pure: the same words and the same file make the same deck, byte for
//! byte, and no unordered map stands on the way.

mod before;
mod build;
mod candidate;
mod cards;
mod clause;
mod context;
mod edits;
mod fingerprints;
mod hint;
mod html;
mod leads;
mod meaning;
mod name;
mod note;
pub mod note_type;
mod order;
mod pinyin;
mod plan;
mod script;
mod select;
mod sentence;
mod shipped;
mod spec;
mod tags;
#[cfg(test)]
mod testing;
mod title;
mod writer;
mod yaml;

/// The lists of `data/lists.txt`.
mod lists {
    include!(concat!(env!("OUT_DIR"), "/deck-lists.rs"));
}

pub use before::Before;
pub use build::{Deck, build};
pub use candidate::{Candidate, choose};
pub use cards::{Card, Cards};
pub use edits::{AsRead, edits, keep_edits};
pub use fingerprints::fingerprints;
pub use html::Html;
pub use meaning::leading;
pub use name::{DeckName, DeckNameError};
pub use note::Note;
pub use note_type::Field;
pub use pinyin::sentence as sentence_pinyin;
pub use plan::{Outline, Plan, Written, plan};
pub use select::select;
pub use shipped::{Shipped, nearest, shipped};
pub use spec::{Articles, FieldSettings, Levels, Notation, Order, Sentence, Spec, ToneColours, Words};
pub use tags::{TagPattern, TagPatternError};
pub use yaml::{DeckFileError, Readable, Scalar, is_blank, parse, read};
