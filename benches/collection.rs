//! Reading the collection of a learner of ten years: 50,000 notes, 100,000 cards. Two seconds are the most that it may
//! take.
//!
//! `cargo bench --bench collection`. The median of several rounds: to copy, check and load it, and to make a report of it.
#![allow(missing_docs, clippy::print_stdout, clippy::disallowed_methods, clippy::disallowed_types)]

#[path = "../tests/support/collection.rs"]
mod collection;

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use shengci::dictionary::Dictionary;
use shengci::learned::{Collection, Lookup, Options, read_report};

const NOTES: usize = 50_000;
const ROUNDS: usize = 5;
const MOST: Duration = Duration::from_secs(2);

fn main() -> ExitCode {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("collection.anki2");
    collection::make(&path, NOTES);
    let lookup = Lookup::new(Dictionary::embedded(), &|_| Vec::new());
    let mut rounds: Vec<(Duration, Duration)> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            let collection = Collection::read(&path).expect("a collection");
            let loaded = start.elapsed();
            drop(black_box(read_report(&collection, &lookup, &Options::default())));
            (start.elapsed(), loaded)
        })
        .collect();
    rounds.sort_unstable();
    let (all, loaded) = rounds[ROUNDS / 2];
    println!("{} cards: {loaded:.2?} to load, {all:.2?} in all; {MOST:?} is the most allowed", 2 * NOTES);
    if all > MOST { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
