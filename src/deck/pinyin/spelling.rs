//! How the syllables of one word stand: joined, with a hyphen or apart, each with or without a capital.

use super::{names, numerals, phrases};
use crate::dictionary::{Dictionary, Word};
use crate::hanzi::is_hanzi;
use crate::pinyin::Syllable;
use crate::tokens::Kind;

/// How a syllable stands to the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// In one: gōngsī.
    Joined,
    /// dì-yī.
    Hyphen,
    /// Behind a blank.
    Apart,
}

/// The syllables of a word, each with its joint and whether it has a capital.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spelling(Vec<(Joint, bool)>);

impl Spelling {
    /// All in one, in small letters.
    pub fn joined(syllables: usize) -> Self {
        Self(vec![(Joint::Joined, false); syllables])
    }

    /// Of the word `headword`, in simplified hanzi, that is read so.
    pub fn of(headword: &str, syllables: &[Syllable], kind: Kind, dictionary: Dictionary) -> Self {
        let mut all = Self(Vec::with_capacity(syllables.len()));
        // Letters and marks part a word: each stretch of hanzi is spelled by itself.
        for run in headword.split(|c| !is_hanzi(c)).filter(|run| !run.is_empty()) {
            let end = (all.0.len() + run.chars().count()).min(syllables.len());
            let run = Run { hanzi: run, syllables: &syllables[all.0.len()..end], dictionary };
            if run.len() < syllables.len() && kind == Kind::Person {
                // A part of a foreign name.
                all.0.extend(names::whole(run).0);
            } else if run.hanzi.chars().count() == run.syllables.len() {
                all.0.extend(run.spelled(kind).0);
            }
        }
        all.0.resize(syllables.len(), (Joint::Joined, false));
        all
    }

    /// The joint of a syllable, by its place.
    pub fn joint(&self, at: usize) -> Joint {
        self.0.get(at).map_or(Joint::Joined, |start| start.0)
    }

    /// Whether a syllable has a capital.
    pub fn capital(&self, at: usize) -> bool {
        self.0.get(at).is_some_and(|start| start.1)
    }

    /// Says how a syllable stands to the one before.
    pub fn set(&mut self, at: usize, joint: Joint) {
        if let Some(start) = self.0.get_mut(at) {
            start.0 = joint;
        }
    }

    /// Gives a syllable its capital.
    pub fn raise(&mut self, at: usize) {
        if let Some(start) = self.0.get_mut(at) {
            start.1 = true;
        }
    }

    /// A capital for each part that stands apart (6.3.2).
    pub fn raise_parts(&mut self) {
        for (at, start) in self.0.iter_mut().enumerate() {
            start.1 |= at == 0 || start.0 == Joint::Apart;
        }
    }

    /// Appends another one, which stands so to what is here.
    pub fn append(&mut self, joint: Joint, mut other: Self) {
        if !self.0.is_empty() {
            other.set(0, joint);
        }
        self.0.append(&mut other.0);
    }
}

/// A stretch of hanzi with a syllable for each.
#[derive(Clone, Copy)]
pub(super) struct Run<'t> {
    pub hanzi: &'t str,
    pub syllables: &'t [Syllable],
    pub dictionary: Dictionary,
}

impl<'t> Run<'t> {
    fn spelled(self, kind: Kind) -> Spelling {
        if kind != Kind::Person
            && let Some(short) = names::short(self)
        {
            return short;
        }
        match kind {
            Kind::Person => names::person(self),
            Kind::Place => names::place(self),
            Kind::Organisation => names::body(self),
            Kind::Number | Kind::Measure | Kind::Time => numerals::counted(self),
            Kind::Idiom => names::listed(self).unwrap_or_else(|| phrases::idiom(self)),
            _ => names::listed(self)
                .or_else(|| numerals::of_words(self))
                .unwrap_or_else(|| phrases::phrase(self)),
        }
    }

    /// How many hanzi there are.
    pub fn len(self) -> usize {
        self.syllables.len()
    }

    /// The hanzi `from..to`.
    pub fn part(self, from: usize, to: usize) -> Self {
        let byte = |at| self.hanzi.char_indices().nth(at).map_or(self.hanzi.len(), |(byte, _)| byte);
        Run { hanzi: &self.hanzi[byte(from)..byte(to)], syllables: &self.syllables[from..to], ..self }
    }

    /// The word of the dictionary that this is, read so but for its tones.
    pub fn word(self) -> Option<Word<'static>> {
        let alike = |syllables: &[Syllable]| {
            syllables.len() == self.len()
                && syllables.iter().zip(self.syllables).all(|(a, b)| a.base() == b.base())
        };
        self.dictionary.find(self.hanzi).filter(|word| word.readings().iter().any(|reading| alike(reading)))
    }

    /// All in one.
    pub fn joined(self) -> Spelling {
        Spelling::joined(self.len())
    }
}
