//! All tests that look at the program from outside, in one binary: it links once.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests stand at the rim")]

mod architecture;
mod learned;
mod support;
