//! A place in a text: a token that is to be read, and all that a rung may ask about it.

use super::context::{Model, Odds, Said, Sentence};
use super::lists;
use smallvec::SmallVec;

use crate::annotated::Annotation;
use crate::dictionary::{Dictionary, Syllables, Word};
use crate::pinyin::Syllable;
use crate::tokens::{Kind, Token};

/// A hanzi of a sentence, with all that is known of it before any rung is asked.
#[derive(Clone, Copy)]
pub struct Known {
    /// Where it stands in the sentence, in characters.
    pub at: usize,
    pub hanzi: char,
    /// The same as it is written in the text, where that is traditional.
    pub written: char,
    /// Its readings in the dictionary, through the word that it stands in.
    pub said: Said,
    /// How likely the sentence finds its readings; none where it wasn't asked.
    pub odds: Option<Odds>,
    /// Whether the hanzi and words nearby speak against the dictionary's only reading.
    pub disputed: bool,
}

impl Known {
    /// The likeliest reading in the sentence.
    pub fn best(&self) -> Option<(Syllable, f32)> {
        self.odds.and_then(|odds| odds.best())
    }
}

/// The readings of a word of several hanzi, each once, in the order of its entries; none for a hanzi alone, and for
/// what no dictionary has. Entries without a syllable for each hanzi do not count, and those that are nothing but a
/// surname, a variant or an old form only where there is no other.
#[derive(Clone, Debug, Default)]
pub struct Readings(SmallVec<[Syllables<'static>; 2]>);

impl Readings {
    /// The readings of a token with so many hanzi; `written` is its traditional form. Where that belongs to some of the
    /// entries, only theirs count.
    pub fn of(word: Option<&Word<'static>>, hanzi: usize, written: &str) -> Self {
        let Some(word) = word.filter(|_| hanzi > 1) else { return Self::default() };
        let mut readings = Self::default();
        if word.simplified != written {
            let so = word.entries().filter(|entry| entry.traditional == written);
            so.for_each(|entry| readings.add(entry.spoken(), hanzi));
        }
        if readings.0.is_empty() {
            let main = word.spoken().any(|spoken| !spoken.minor);
            let all = word.spoken().filter(|spoken| !(main && spoken.minor));
            all.for_each(|spoken| readings.add(spoken.syllables, hanzi));
        }
        readings
    }

    fn add(&mut self, syllables: Syllables<'static>, hanzi: usize) {
        if syllables.len() == hanzi && !self.0.contains(&syllables) {
            self.0.push(syllables);
        }
    }

    pub fn are_none(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = Syllables<'static>> {
        self.0.iter().copied()
    }

    /// The only one.
    pub fn only(&self) -> Option<Syllables<'static>> {
        if let [only] = self.0[..] { Some(only) } else { None }
    }
}

/// A token with hanzi that waits for the end of its sentence.
#[derive(Clone)]
pub struct Pending {
    pub token: Token,
    pub word: Option<Word<'static>>,
    pub readings: Readings,
    /// Its number among the tokens of the sentence.
    pub number: usize,
    /// Its first hanzi among the hanzi of the sentence.
    pub first: usize,
    /// How many it has.
    pub hanzi: usize,
}

/// The token that is read, in its sentence.
#[derive(Clone, Copy)]
pub struct Place<'p> {
    pub dictionary: Dictionary,
    pub model: Model,
    /// The text in simplified hanzi.
    pub text: &'p str,
    pub annotations: &'p [Annotation],
    pub sentence: &'p Sentence,
    /// The tokens with hanzi of the sentence, of which this is one.
    pub tokens: &'p [Pending],
    /// Its number among them.
    pub number: usize,
    /// Its hanzi.
    pub hanzi: &'p [Known],
    /// Its dictionary form; the form in the text where no dictionary has it.
    pub headword: &'p str,
}

impl<'p> Place<'p> {
    pub fn pending(&self) -> &'p Pending {
        &self.tokens[self.number]
    }

    pub fn kind(&self) -> Kind {
        self.pending().token.kind
    }

    /// As it stands in the text, in simplified hanzi.
    pub fn form(&self) -> &'p str {
        self.pending().token.span.of(self.text)
    }

    /// The word of the dictionary.
    pub fn word(&self) -> Option<&'p Word<'static>> {
        self.pending().word.as_ref()
    }

    /// The token with hanzi before it, where it touches.
    pub fn before(&self) -> Option<&'p str> {
        let before = self.number.checked_sub(1).and_then(|i| self.tokens.get(i))?.token.span;
        (before.end() == self.pending().token.span.start()).then(|| before.of(self.text))
    }

    /// The token with hanzi after it, where it touches.
    pub fn after(&self) -> Option<&'p str> {
        let after = self.tokens.get(self.number + 1)?.token.span;
        (after.start() == self.pending().token.span.end()).then(|| after.of(self.text))
    }

    /// The next token with hanzi of the sentence, also beyond a comma.
    pub fn next(&self) -> Option<&'p str> {
        Some(self.tokens.get(self.number + 1)?.token.span.of(self.text))
    }

    /// At most so many tokens with hanzi before it that touch each other and it, in their order.
    pub fn clause(&self, most: usize) -> Vec<&'p str> {
        let mut end = self.pending().token.span.start();
        let touching = self.tokens[..self.number].iter().rev().take(most).take_while(|before| {
            let touches = before.token.span.end() == end;
            end = before.token.span.start();
            touches
        });
        let mut clause: Vec<&str> = touching.map(|before| before.token.span.of(self.text)).collect();
        clause.reverse();
        clause
    }

    /// How the dictionary reads it as a word of several hanzi.
    pub fn readings(&self) -> &'p Readings {
        &self.pending().readings
    }

    /// Whether it is read hanzi by hanzi: no entry of the dictionary reads it as a word of several.
    pub fn is_spelled(&self) -> bool {
        self.readings().are_none()
    }

    /// The dictionary's reading of one of its hanzi where it has no word of several: the only one as a word by itself,
    /// or that in a smaller word inside the token (先生 in 任先生).
    pub fn inside(&self, known: &Known) -> Option<Syllable> {
        let token = self.pending();
        if let (1, Some(word)) = (token.hanzi, &token.word) {
            return Said::by(word, 0).only().filter(|_| word.simplified.len() == known.hanzi.len_utf8());
        }
        if token.hanzi < 3 || token.word.is_some() {
            return None;
        }
        let bounds = *self.sentence.tokens().get(token.number)?;
        Said::inside(self.dictionary, self.sentence, known.at, bounds).only()
    }
}

/// Hanzi that are particles after any verb, so that a word of the dictionary may be a chance neighbour.
pub fn is_particle(hanzi: char) -> bool {
    lists::PARTICLES.contains(hanzi)
}
