//! All that a deck needs to know, out of the library as it is at one moment: its words, what their notes have behind them,
//! and a sentence for each.

use std::collections::{BTreeMap, HashMap};

use super::in_anki::InAnki;
use super::{Deleted, Giving};
use crate::deck::{self, Articles, Before, Candidate, Plan, Spec};
use crate::dictionary::Dictionary;
use crate::library::Failure;
use crate::library::deck_file::Definition;
use crate::store::{Exported, Holding, Predecessor, Selection, Store, WordFilter};
use crate::words::Shown;

/// A deck that is planned, and what was found on the way.
pub struct Gathered<'d> {
    /// The deck.
    pub plan: Plan<'d>,
    /// The collection that it is for.
    pub in_anki: InAnki,
    /// From whom the deck goes on.
    pub predecessor: Option<Predecessor>,
    /// The guids of all notes that the deck has given.
    pub from_here: Vec<String>,
    /// Notes left out, because the learner deleted them in Anki.
    pub deleted: usize,
    /// Notes left out, because the learner gave them another note type in Anki.
    pub moved: usize,
}

/// The most sentences of a word that are looked at to find the best one.
const SENTENCES: usize = 6;

/// Gathers it. `articles` takes the place of what the definition says of articles.
pub fn gather<'d>(
    definition: &'d Definition,
    articles: Option<Selection>,
    store: &Store,
    giving: Giving<'_>,
) -> Result<Gathered<'d>, Failure> {
    let (spec, memory) = (&definition.spec, definition.memory());
    let selection = articles.unwrap_or_else(|| match &spec.words.articles {
        Articles::All => Selection::All,
        Articles::Last(n) => Selection::Last(*n),
        Articles::Tag(tag) => Selection::Tag(tag.clone()),
    });
    let filter = WordFilter {
        statuses: spec.words.status.iter().copied().collect(),
        kinds: spec.words.kinds.iter().copied().collect(),
        articles: selection.clone(),
        seen: spec.words.seen,
        unseen: false,
    };
    let mut exported = store.exported_by_all()?;
    let predecessor = definition.predecessor(&exported);
    if let Some(predecessor) = &predecessor {
        go_on(&mut exported, predecessor, memory);
    }
    let from_here = exported.iter().filter(|(_, decks)| decks.contains_key(memory));
    let from_here = from_here.map(|(guid, _)| guid.clone()).collect();
    let mut read_back = store.read_back()?;
    let in_anki = InAnki::of(store, giving.place)?;
    let leave_out = giving.deleted == Deleted::LeftOut;
    let (mut deleted, mut moved) = (0, 0);
    let mut candidates = Vec::new();
    for (record, _) in store.words(&filter)? {
        let anki = read_back.remove(&record.guid);
        let decks = exported.remove(&record.guid).unwrap_or_default();
        let here = decks.contains_key(memory);
        match in_anki.holding(&record.guid, anki.as_ref()) {
            Some(Holding::Moved) => moved += usize::from(here),
            Some(Holding::Deleted) if leave_out => deleted += usize::from(here),
            _ => {
                let before = Before { decks, here, anki };
                candidates.push(Candidate { record, examples: Vec::new(), before });
            }
        }
    }
    let mut candidates = deck::select(spec, candidates, Dictionary::embedded());
    add_examples(spec, &mut candidates, &selection, store)?;
    let plan = deck::plan(spec, candidates, Dictionary::embedded());
    Ok(Gathered { plan, in_anki, predecessor, from_here, deleted, moved })
}

/// Lets the deck go on from its predecessor: the notes which that one has given count as given by this one.
fn go_on(
    exported: &mut BTreeMap<String, BTreeMap<String, Exported>>,
    predecessor: &Predecessor,
    memory: &str,
) {
    for decks in exported.values_mut() {
        let given = match predecessor {
            Predecessor::Moved(from) => decks.remove(from),
            Predecessor::Shared(from) => decks.get(from).cloned(),
        };
        decks.extend(given.map(|given| (memory.to_owned(), given)));
    }
}

/// Gives each word the sentence that its note will show.
fn add_examples(
    spec: &Spec,
    candidates: &mut [Candidate],
    selection: &Selection,
    store: &Store,
) -> Result<(), Failure> {
    let ids: Vec<i64> = candidates.iter().map(|candidate| candidate.record.id).collect();
    let shown = candidates.iter().filter_map(|candidate| {
        let (_, last) = candidate.before.last()?;
        Some((candidate.record.id, last.shown.clone()?))
    });
    let shown: BTreeMap<i64, Shown> = shown.collect();
    let by_id: HashMap<i64, &Candidate> = candidates.iter().map(|one| (one.record.id, one)).collect();
    let mut chosen = store.examples_by(&ids, selection, SENTENCES, &shown, |word, examples| {
        by_id.get(&word).and_then(|candidate| deck::choose(spec, candidate, examples))
    })?;
    for candidate in candidates {
        candidate.examples.extend(chosen.remove(&candidate.record.id).flatten());
    }
    Ok(())
}
