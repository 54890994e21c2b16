//! All tests that look at the program from outside, in one binary: it links once.

mod architecture;
mod learned;
mod support;
