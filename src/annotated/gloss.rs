//! A piece of pinyin and the place in the text whose hanzi it may read.
//!
//! Why one value: in whatever layout pinyin is printed, it is tied to its hanzi by one set of rules (`lift`), so every
//! layout becomes the same annotation. Layouts differ in what has to go out of the text with the pinyin, and in what
//! the layout itself tells.

use std::ops::Range;

/// Pinyin, or what looks like it, that reads the hanzi before a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Gloss<'t> {
    /// The range that leaves the text with it, signs included; empty where it is out already.
    pub outer: Range<usize>,
    /// Its place between the signs; empty where it is out already.
    pub inner: Range<usize>,
    /// The pinyin.
    pub written: &'t str,
    pub manner: Manner,
}

/// How it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// In brackets that also hold other things.
    Bracket,
    /// In title marks: pinyin only where it shows a tone.
    Title,
    /// Behind its hanzi without any sign; it was held against them before.
    Bare,
    /// On a line or in a cell of its own, which is out of the text already, so that nothing may be left of it.
    Apart,
}
