//! The learner's knowledge so far: read from lists and from Anki, never written back into either.
//!
//! A deck is worth having when it holds what is new *to this learner*, and most learners have told some other
//! program already. Everything here ends in [`WordKey`](crate::words::WordKey)s and a state; making marks of
//! them is the work of `store`.
//!
//! **Invariant**: the learner's collection is only ever copied. No connection is opened on it, no lock taken.

mod archive;
mod candidates;
mod card;
mod cards;
mod collection;
mod connect;
mod decks;
mod error;
mod field;
mod guarded;
mod lists;
mod lookup;
mod mapping;
mod models;
mod pieces;
mod profile;
mod push;
mod report;
mod shape;
mod unreadable;

/// The lists of `fields.txt`.
mod field_names {
    include!(concat!(env!("OUT_DIR"), "/learned-lists.rs"));
}

pub use card::Card;

pub use crate::words::AnkiState;
pub use collection::{Collection, Note, NoteType};
pub use connect::Connect;
pub use error::LearnedError;
pub use lists::{Learned, List, Shape, Unread, read_list};
pub use lookup::{Lookup, Script};
pub use mapping::{Choice, Chosen, Mapping};
pub use profile::{Places, Profile, profiles};
pub use push::Pushed;
pub use report::{AnkiWord, LeftOut, Options, Report, read_report};
pub use unreadable::Unreadable;
