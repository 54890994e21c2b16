//! All tests that look at the program from outside, in one binary: it links once.

mod annotated;
mod architecture;
mod document;
mod source;
mod readings;
mod support;
mod words_gold;
