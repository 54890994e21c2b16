//! The learner's collections of Anki's are told apart: what was read from one says nothing of another.

use std::collections::BTreeMap;

use shengci::store::{Held, Holding, KnownCollection, Reading};

use super::sample::{Library, day};

fn reading(place: &str, notes: &[(&str, Holding, Option<i64>)]) -> Reading {
    Reading {
        place: place.to_owned(),
        note_type: Some(format!("the type in {place}")),
        decks: BTreeMap::from([(1, "Default".to_owned()), (7, "新闻::生词".to_owned())]),
        notes: notes
            .iter()
            .map(|&(guid, holding, deck)| Held { guid: guid.to_owned(), holding, deck })
            .collect(),
    }
}

fn holdings(known: &KnownCollection) -> Vec<(&str, Holding, Option<i64>)> {
    known.notes.iter().map(|(guid, (holding, deck))| (guid.as_str(), *holding, *deck)).collect()
}

#[test]
fn what_a_collection_has_of_a_note_is_told_of_that_collection_alone() {
    let mut library = Library::new();
    let store = &mut library.store;
    assert_eq!(store.collection(None).expect("it reads"), None);
    let first = reading("a", &[("x", Holding::There, Some(7)), ("y", Holding::There, Some(7))]);
    store.record_reading(Some(&first), &[], day(1)).expect("it is kept");
    let second = reading("b", &[("x", Holding::There, None), ("z", Holding::Moved, None)]);
    store.record_reading(Some(&second), &[], day(2)).expect("it is kept");
    let again = reading("a", &[("x", Holding::Deleted, None), ("y", Holding::There, None)]);
    store.record_reading(Some(&again), &[], day(3)).expect("it is kept");

    let a = store.collection(Some("a")).expect("it reads").expect("a collection");
    let expected =
        [("x", Holding::Deleted, Some(7)), ("y", Holding::There, Some(7)), ("z", Holding::Elsewhere, None)];
    assert_eq!(holdings(&a), expected);
    assert_eq!(a.note_type.as_deref(), Some("the type in a"));
    assert_eq!(a.decks[&7], "新闻::生词");
    let b = store.collection(Some("b")).expect("it reads").expect("a collection");
    assert_eq!(
        holdings(&b),
        [("x", Holding::There, None), ("y", Holding::Elsewhere, None), ("z", Holding::Moved, None)]
    );
    assert_eq!(store.collection(None).expect("it reads"), Some(a), "the one that was read last");
    let new = store.collection(Some("c")).expect("it reads").expect("all was read elsewhere");
    assert!(holdings(&new).iter().all(|(_, holding, _)| *holding == Holding::Elsewhere));
    assert_eq!((new.note_type, new.decks.len()), (None, 0));
}

#[test]
fn what_was_given_to_a_collection_is_remembered_of_it() {
    let mut library = Library::new();
    let store = &mut library.store;
    let decks = BTreeMap::from([("新闻::生词".to_owned(), 7)]);
    store.record_given("a", &decks, &["x"], Some("s")).expect("a place that was never read is passed over");
    assert_eq!(store.collection(Some("a")).expect("it reads").map(|a| a.notes.len()), Some(0));
    store
        .record_reading(Some(&reading("a", &[("x", Holding::Deleted, Some(7))])), &[], day(1))
        .expect("it is kept");
    store.record_given("a", &decks, &["x", "y"], Some("s")).expect("it is kept");
    store.record_given("a", &BTreeMap::new(), &[], None).expect("it is kept");
    let a = store.collection(Some("a")).expect("it reads").expect("a collection");
    assert_eq!(holdings(&a), [("x", Holding::There, Some(7)), ("y", Holding::There, None)]);
    assert_eq!((a.given_decks, a.style.as_deref()), (decks, Some("s")));
}
