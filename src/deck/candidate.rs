//! A word that may enter a deck, and the sentence that its note will show.

use super::spec::Spec;
use super::{Before, clause, sentence};
use crate::words::{Example, Record};

/// A word with its sentences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The word.
    pub record: Record,
    /// Sentences that it stood in; the one of [`Before::sentence`] among them, if it is still there. None before
    /// [`select`](super::select()).
    pub examples: Vec<Example>,
    /// The history of its note.
    pub before: Before,
}

impl Candidate {
    /// Whether this deck gave it before: it stays, so that its note is brought up to date, and counts for no limit.
    #[must_use]
    pub fn is_given(&self) -> bool {
        self.before.here
    }
}

/// Which of a word's sentences its note will show.
#[must_use]
pub fn choose(spec: &Spec, candidate: &Candidate, mut examples: Vec<Example>) -> Option<Example> {
    let given = candidate.before.sentence();
    for example in &mut examples {
        // The sentence that a note shows already stays, though it is long.
        if given == Some(&*example.sentence) {
            continue;
        }
        if let Some(part) = sentence::excerpt(example).or_else(|| clause::around(example)) {
            *example = part;
        }
    }
    let at = sentence::choose(&candidate.record.key, &examples, spec.fields.sentence, given)?;
    Some(examples.swap_remove(at))
}
