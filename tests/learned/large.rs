//! The collection of a learner of ten years: 50,000 notes, 100,000 cards. `benches/collection.rs` times it.

use shengci::learned::{AnkiState, Collection, Options, read_report};

use super::lookup;
use crate::support::Home;
pub use crate::support::collection::make;

const NOTES: usize = 50_000;

#[test]
fn a_hundred_thousand_cards_are_read() {
    let home = Home::new();
    let path = home.join("collection.anki2");
    make(&path, NOTES);
    let collection = Collection::read(&path).expect("a collection");
    let report = read_report(&collection, &lookup(), &Options::default());
    assert_eq!(collection.cards.len(), 2 * NOTES);
    assert_eq!(report.left_out.values().map(|(count, _)| count).sum::<usize>(), 0, "{:?}", report.left_out);
    let known = report.words.iter().filter(|word| word.state == AnkiState::Known).count();
    assert_eq!(known, (1..=NOTES).filter(|id| id % 42 >= 21).count());
}
