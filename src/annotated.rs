//! Pinyin that an article carries, such as `公司(gōngsī)`, lifted out and tied to its hanzi.
//!
//! It may stand in brackets or bare behind its hanzi, on a line above or below them, or in a column beside them, as
//! pinyin or as zhuyin: each of these becomes the same annotation.
//!
//! Why before segmentation: cutting the raw text would lose 刚刚 in `刚(gāng)刚` and make words of pinyin
//! shards. So readings are anchored to spans of clean text, and tokens gather the syllables inside them.

mod align;
mod apart;
mod bare;
mod cells;
mod content;
mod find;
mod fit;
mod gloss;
mod lift;
mod lines;
mod numbers;
mod settle;
#[cfg(test)]
mod testing;
mod tie;
mod write;
mod zhuyin;

/// The lists of `data/lists.txt`.
mod lists {
    include!(concat!(env!("OUT_DIR"), "/annotated-lists.rs"));
}

pub use lift::{Run, lift, lift_with_runs};
pub use write::write;

use crate::named::named;
use crate::pinyin::Syllable;
use crate::span::Span;

/// Clean text, the readings that it carried, and what could not be settled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnnotatedText {
    text: String,
    annotations: Vec<Annotation>,
    doubts: Vec<Doubt>,
}

/// A reading that the article itself gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// The hanzi that it reads, in the clean text.
    pub span: Span,
    /// One syllable for each hanzi of the span, in citation tones: sandhi is undone, and where the article has
    /// a neutral tone or none the dictionary's stands, but a full tone that it gives is kept.
    pub syllables: Box<[Syllable]>,
    /// The pinyin as written, between brackets or where its layout has it: `gōngsī`.
    pub written: String,
    /// How many times the bracket stood in a row: 3 in `的(de)(de)(de)`.
    pub times: u32,
    /// Whether the dictionary can read the hanzi so. Where it can't (视为 given as shì wèi), the pair is what
    /// the article says, but may be a misprint and no evidence for a card.
    pub agrees: bool,
}

/// Text that looks like pinyin of the hanzi before it and was not taken, or was taken with a doubt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// Byte offset in the clean text at which the bracket stands, or stood.
    pub at: usize,
    /// The text between the brackets.
    pub written: String,
    /// The reason of the doubt.
    pub why: DoubtWhy,
    /// Whether the bracket was lifted out without an annotation; else it is still in the text, or annotates it.
    pub lifted: bool,
}

/// A place as an editor shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line of the clean text, from 0, as [`Document::raw_line`](crate::document::Document::raw_line) asks.
    pub line: usize,
    /// The character in that line, from 1.
    pub column: usize,
}

named! {
    /// The reason why a bracket is doubtful.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum DoubtWhy {
        /// It is pinyin, but not of the hanzi before it.
        Misfit = "misfit",
        /// It can be split in several ways that all fit.
        Ambiguous = "ambiguous",
        /// Its syllables are the hanzi's, but in a tone that none of them has; it was not taken.
        UnknownReading = "unknown-reading",
        /// It was taken, but the dictionary reads these hanzi otherwise.
        AgainstDictionary = "against-dictionary",
    }
    else "is no reason"
}

/// Why annotations can't stand on a text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnnotationError {
    /// Two overlap or they are out of order.
    #[error("annotation {0} overlaps the one before it")]
    Overlap(usize),
    /// There isn't one syllable for each hanzi of the span.
    #[error("annotation {0} hasn't one syllable for each hanzi")]
    Length(usize),
}

impl AnnotatedText {
    /// Annotations on a clean text.
    ///
    /// # Errors
    /// When they overlap, are out of order, or one hasn't one syllable for each hanzi of its span.
    pub fn new(
        text: String,
        annotations: Vec<Annotation>,
        doubts: Vec<Doubt>,
    ) -> Result<Self, AnnotationError> {
        let mut end = 0;
        for (i, annotation) in annotations.iter().enumerate() {
            if annotation.span.start() < end {
                return Err(AnnotationError::Overlap(i));
            }
            if crate::hanzi::count(annotation.span.of(&text)) != annotation.syllables.len() {
                return Err(AnnotationError::Length(i));
            }
            end = annotation.span.end();
        }
        Ok(Self { text, annotations, doubts })
    }

    /// The text without its pinyin.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The readings, in the order of the text; they never overlap.
    #[must_use]
    pub fn annotations(&self) -> &[Annotation] {
        &self.annotations
    }

    /// The doubts, in the order of the text.
    #[must_use]
    pub fn doubts(&self) -> &[Doubt] {
        &self.doubts
    }

    /// The line and column of bytes of the clean text, such as those of its doubts.
    #[must_use]
    pub fn places(&self) -> Places<'_> {
        Places { text: &self.text, at: 0, place: Place { line: 0, column: 1 } }
    }
}

/// Finds places in a text, which it goes through once where they are asked for in its order.
#[derive(Clone, Debug)]
pub struct Places<'t> {
    text: &'t str,
    at: usize,
    place: Place,
}

impl Places<'_> {
    /// The line and column of a byte; the text's end where it has none.
    #[must_use]
    pub fn of(&mut self, at: usize) -> Place {
        let at = if self.text.is_char_boundary(at) { at } else { self.text.len() };
        if at < self.at {
            (self.at, self.place) = (0, Place { line: 0, column: 1 });
        }
        for c in self.text[self.at..at].chars() {
            self.place = match c {
                '\n' => Place { line: self.place.line + 1, column: 1 },
                _ => Place { column: self.place.column + 1, ..self.place },
            };
        }
        self.at = at;
        self.place
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;

    #[test]
    fn annotations_that_break_the_law_are_refused() {
        let text = "公司".to_owned();
        let annotation = |range, syllables: &str| Annotation {
            span: Span::new("公司", range).expect("a span"),
            syllables: syllables.split(' ').filter_map(crate::pinyin::parse::syllable).collect(),
            written: syllables.to_owned(),
            times: 1,
            agrees: true,
        };
        let new = |annotations| AnnotatedText::new(text.clone(), annotations, Vec::new()).map(|_| ());
        assert_eq!(new(vec![annotation(0..6, "gong1 si1")]), Ok(()));
        assert_eq!(new(vec![annotation(0..6, "gong1")]), Err(AnnotationError::Length(0)));
        let twice = vec![annotation(0..6, "gong1 si1"), annotation(3..6, "si1")];
        assert_eq!(new(twice), Err(AnnotationError::Overlap(1)));
    }

    #[test]
    fn a_doubt_has_a_place() {
        let text = lift("第一行\n他的公司(qǐyè)。", Dictionary::embedded());
        let doubt = &text.doubts()[0];
        assert_eq!(doubt.why, DoubtWhy::Misfit);
        let mut places = text.places();
        assert_eq!(places.of(doubt.at), Place { line: 1, column: 5 });
        assert_eq!(places.of(9999), Place { line: 1, column: 6 });
        assert_eq!(places.of(3), Place { line: 0, column: 2 }, "backwards too");
    }
}
