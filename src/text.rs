//! The text that bytes, HTML and odd characters stand for: the one answer, whoever asks.
//!
//! Why a room of its own: an article, a list of words, a field of Anki's and a word on the command line come from the
//! same pages and the same keyboards. Were each read by rules of its own, a word would be known in one and new in
//! another.
//!
//! [`decode`] makes text of bytes, [`flat`] of HTML, [`usual`] brings characters into the form that dictionaries have;
//! [`closing`] knows which marks come in pairs.

mod encoding;
mod entities;
mod forms;
mod html;
mod pairs;
mod tag;

/// The lists of `common.txt` and `radicals.txt`.
mod lists {
    include!(concat!(env!("OUT_DIR"), "/text-lists.rs"));
    include!(concat!(env!("OUT_DIR"), "/radicals-lists.rs"));
}

pub use encoding::{Decoded, NotText, decode};
pub use entities::unescaped;
pub use forms::{Usual, narrow, printed, typed, usual};
pub use html::{Flat, flat};
pub use pairs::{closing, is_closing};
pub use tag::without_traps;
