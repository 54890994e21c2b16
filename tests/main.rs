//! All tests that look at the program from outside, in one binary: it links once.

// Tests stand outside the core: they may read files.
#![allow(clippy::disallowed_methods)]

mod anki;
mod architecture;
mod support;
