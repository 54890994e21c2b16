//! How often each word stands in an article, and in which sentences.

use std::collections::{BTreeSet, HashMap};

use crate::span::Span;
use crate::tokens::Kind;
use crate::words::{Evidence, Occurrence, WordKey};

/// A word of one article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordCount {
    /// The word.
    pub key: WordKey,
    /// The kind of word; where occurrences differ, that of most.
    pub kind: Kind,
    /// The best evidence for its reading in this article.
    pub evidence: Evidence,
    /// Whether any occurrence is sure.
    pub sure: bool,
    /// A word that no dictionary has.
    pub proposed: bool,
    /// Where it stands: the index of the sentence, and the span in the clean text. Never empty.
    pub places: Vec<(u32, Span)>,
    /// Sentences in which its reading is not sure.
    pub unsure: BTreeSet<u32>,
}

impl WordCount {
    /// How often it stands in the article.
    #[must_use]
    pub fn count(&self) -> u32 {
        u32::try_from(self.places.len()).unwrap_or(u32::MAX)
    }
}

/// The words of an article in the order in which they first stand, each with all its places.
#[must_use]
pub fn count(occurrences: &[Occurrence], sentences: &[Span]) -> Vec<WordCount> {
    let mut words: Vec<WordCount> = Vec::new();
    let mut votes: Vec<[u32; Kind::ALL.len()]> = Vec::new();
    let mut index: HashMap<&WordKey, usize> = HashMap::with_capacity(occurrences.len() / 2);
    let mut sentence = 0;
    for occurrence in occurrences {
        while sentences.get(sentence).is_some_and(|s| s.end() <= occurrence.span.start()) {
            sentence += 1;
        }
        let place = (u32::try_from(sentence).unwrap_or(u32::MAX), occurrence.span);
        let at = *index.entry(&*occurrence.key).or_insert_with(|| {
            votes.push(Default::default());
            words.push(WordCount {
                key: WordKey::clone(&occurrence.key),
                kind: occurrence.kind,
                evidence: occurrence.evidence,
                sure: false,
                proposed: occurrence.proposed,
                places: Vec::new(),
                unsure: BTreeSet::new(),
            });
            words.len() - 1
        });
        let word = &mut words[at];
        word.places.push(place);
        word.evidence = word.evidence.max(occurrence.evidence);
        word.sure |= occurrence.sure;
        if !occurrence.sure {
            word.unsure.insert(place.0);
        }
        votes[at][occurrence.kind as usize] += 1;
    }
    for (word, votes) in words.iter_mut().zip(&votes) {
        let voted = Kind::ALL.into_iter().rev().max_by_key(|&kind| votes[kind as usize]);
        word.kind = voted.unwrap_or(word.kind);
    }
    words
}
