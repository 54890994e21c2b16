//! The article that shengci was made for, held against lists that were read by hand.
//!
//! It is not ours to keep, so it lies beside the checkout (`../shared/articles/meta-scale-ai.txt`) where somebody has it,
//! and nowhere else. These tests are told as ignored; `.ci/run` runs them where the article is, and says so where it is
//! not. `tests/articles/glacier-radio.txt`, our own, has every oddity of it and is tested everywhere.

use std::fs;

mod page;
mod pairs;
mod words;

/// The article. Who asks for these tests has it.
fn article() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/articles/meta-scale-ai.txt");
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{path}: {e}"))
}
