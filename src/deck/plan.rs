//! A deck whose words, order and sentences are settled, and whose notes are still to be written: thirty thousand of them
//! would fill the memory.

use std::collections::BTreeMap;

use super::spec::{Order, Spec};
use super::writer::Writer;
use super::{Candidate, DeckName, Note, choose, keep_edits, order, sentence};
use crate::dictionary::Dictionary;
use crate::words::{Given, Moment};

/// A deck whose words, order and sentences are settled.
pub struct Plan<'s> {
    spec: &'s Spec,
    writer: Writer<'s>,
    candidates: Vec<Candidate>,
    /// The names of decks in Anki, where they differ from ours.
    called: BTreeMap<DeckName, DeckName>,
}

/// The outline of a note, before it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Its guid.
    pub guid: String,
    /// When its word was first seen.
    pub created: Moment,
    /// The deck that its cards go to.
    pub deck: DeckName,
}

/// A note as it goes out.
#[derive(Clone, Debug)]
pub struct Written {
    /// The note, with what the learner wrote into it in Anki.
    pub note: Note,
    /// The record to keep of it, with when it last changed: an edit of the learner's is no change of ours.
    pub given: Given,
}

/// Plans the deck that `spec` describes, out of the words that [`select`](super::select()) left.
#[must_use]
pub fn plan(spec: &Spec, mut candidates: Vec<Candidate>, dictionary: Dictionary) -> Plan<'_> {
    for candidate in &mut candidates {
        let examples = std::mem::take(&mut candidate.examples);
        candidate.examples.extend(choose(spec, candidate, examples));
    }
    let unknown = |c: &Candidate| match c.examples.first() {
        Some(example) if spec.order.contains(&Order::Teaching) => sentence::unknown(&c.record.key, example),
        // A word without a sentence is taught as if its sentence were hard.
        _ => 9,
    };
    order::sort(spec, &mut candidates, |c| &c.record, unknown, dictionary);
    if let Some(limit) = spec.limit {
        order::cut(&mut candidates, limit, Candidate::is_given);
    }
    let writer = Writer::new(spec, &candidates, dictionary);
    Plan { spec, writer, candidates, called: BTreeMap::new() }
}

impl Plan<'_> {
    /// The deck's name in Anki.
    #[must_use]
    pub fn name(&self) -> &DeckName {
        self.in_anki(&self.spec.name)
    }

    fn in_anki<'n>(&'n self, name: &'n DeckName) -> &'n DeckName {
        self.called.get(name).unwrap_or(name)
    }

    /// Calls decks as they are called in Anki; `called` has the names there by ours.
    pub fn call(&mut self, called: BTreeMap<DeckName, DeckName>) {
        self.called = called;
    }

    /// The decks that its cards go to, by our names, note by note.
    pub fn decks(&self) -> impl Iterator<Item = DeckName> + '_ {
        self.candidates.iter().map(|candidate| self.writer.deck(candidate))
    }

    /// Leaves out the notes of which this is not so; how many these were.
    pub fn retain(&mut self, is_kept: impl Fn(&Note) -> bool) -> usize {
        let before = self.candidates.len();
        let writer = &self.writer;
        self.candidates.retain(|candidate| is_kept(&written(writer, candidate, Moment::default()).note));
        before - self.candidates.len()
    }

    /// How many notes it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.candidates.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.candidates.is_empty()
    }

    /// Its words, in the order in which they are to be learned.
    #[must_use]
    pub fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }

    /// The outlines of its notes, in that order.
    #[must_use]
    pub fn outlines(&self) -> Vec<Outline> {
        let outline = |candidate: &Candidate| Outline {
            guid: candidate.record.guid.clone(),
            created: candidate.record.first_seen,
            deck: self.in_anki(&self.writer.deck(candidate)).clone(),
        };
        self.candidates.iter().map(outline).collect()
    }

    /// The note at a place of that order, as the words alone make it.
    ///
    /// # Panics
    /// When there are not so many.
    #[must_use]
    pub fn note(&self, at: usize) -> Note {
        self.writer.note(&self.candidates[at])
    }

    /// The note at a place of that order, as it goes out now.
    ///
    /// # Panics
    /// When there are not so many.
    #[must_use]
    pub fn written(&self, at: usize, now: Moment) -> Written {
        written(&self.writer, &self.candidates[at], now)
    }
}

/// The learner's own goes in last.
fn written(writer: &Writer<'_>, candidate: &Candidate, now: Moment) -> Written {
    let mut note = writer.note(candidate);
    let given = candidate.before.given(&note, now);
    if let Some(edits) = candidate.before.edits() {
        keep_edits(&mut note, edits);
    }
    Written { note, given }
}
