//! The stages in a row: raw text in, an article with its words out.
//!
//! Pure, so that the same text gives the same article on every machine, and articles can be read in parallel.

mod given;

use std::ops::Range;

use self::given::Given;
use crate::annotated::{self, AnnotatedText};
use crate::corrections::{Correction, Corrections};
use crate::dictionary::{Dictionary, Script, Shadow};
use crate::document::{self, Document};
use crate::readings::{self, Why};
use crate::span::Span;
use crate::text::Usual;
use crate::tokens::{Segmenter, Step, Tokens};
use crate::words::{self, Occurrence, WordCount};

/// Which program reads: a fingerprint of the sources of the stages, the weights and the tables, computed by the build
/// (`build/fingerprint.rs`). An article that another one has read is read anew before the next deck is made. Two
/// programs that share a library read in turn what the other has read, which costs them time and nothing else.
pub const VERSION: i64 = match i64::from_str_radix(env!("SHENGCI_READING"), 10) {
    Ok(version) => version,
    Err(_) => panic!("the build writes the fingerprint as a number of 63 bits"),
};

/// The resources of the stages: the dictionary and the segmenter's word list. Build one and share it.
#[derive(Debug)]
pub struct Reader {
    dictionary: Dictionary,
    segmenter: Segmenter,
    corrections: Corrections,
}

/// An article, read.
#[derive(Clone, Debug)]
pub struct Article {
    /// Title, paragraphs, cuts.
    pub document: Document,
    /// Clean text with the pairs that it carried.
    pub annotated: AnnotatedText,
    /// The sentences of the clean text.
    pub sentences: Vec<Span>,
    /// The tokens that tile the clean text.
    pub tokens: Tokens,
    /// The tokens that have hanzi, with their readings.
    pub occurrences: Vec<Occurrence>,
    /// The words, in the order in which they first stand.
    pub words: Vec<WordCount>,
}

/// A line of text, read on its own.
#[derive(Clone, Debug)]
pub struct Line {
    /// Clean text with the pairs that it carried, its characters in their usual form.
    pub annotated: AnnotatedText,
    /// The tokens that tile the clean text.
    pub tokens: Tokens,
    /// The tokens that have hanzi, with their readings.
    pub occurrences: Vec<Occurrence>,
    /// The same text as it was given, where that is another one.
    given: Option<Given>,
}

impl Line {
    /// The text without its pinyin, as it was given: with its radicals, full-width letters and zero-width characters.
    #[must_use]
    pub fn text(&self) -> &str {
        self.given.as_ref().map_or(self.annotated.text(), Given::text)
    }

    /// Where a token stands in [the text as it was given](Self::text), which all of them tile.
    #[must_use]
    pub fn place(&self, token: Span) -> Range<usize> {
        self.given.as_ref().map_or_else(|| token.range(), |given| given.place(token))
    }

    /// The text that was given for a token.
    #[must_use]
    pub fn form(&self, token: Span) -> &str {
        self.text().get(self.place(token)).unwrap_or_default()
    }
}

/// A line, read, with the rules that did it.
#[derive(Clone, Debug)]
pub struct Explained {
    /// The line.
    pub line: Line,
    /// The changes by each pass of the segmenter.
    pub steps: Vec<Step>,
    /// Which rungs of the ladder had a say about each word.
    pub whys: Vec<Why>,
}

impl Reader {
    /// Loads what reading needs.
    #[must_use]
    pub fn new() -> Self {
        Self::with(&[])
    }

    /// The same, for a learner who has put things right: the corrections in force, oldest first. Without any it
    /// is as fast as ever.
    #[must_use]
    pub fn with<'c>(corrections: impl IntoIterator<Item = &'c Correction>) -> Self {
        let dictionary = Dictionary::embedded();
        let corrections = Corrections::new(corrections, dictionary);
        Self { dictionary, segmenter: Segmenter::with(dictionary, corrections.amendments()), corrections }
    }

    /// The dictionary.
    #[must_use]
    pub fn dictionary(&self) -> Dictionary {
        self.dictionary
    }

    /// Reads a raw text.
    #[must_use]
    pub fn read(&self, raw: &str) -> Article {
        let document = document::clean(raw);
        let Line { annotated, tokens, occurrences, .. } = self.read_line(&document.text());
        let sentences = document::sentences(annotated.text());
        let words = words::count(&occurrences, &sentences);
        Article { document, annotated, sentences, tokens, occurrences, words }
    }

    /// Reads a text that has nothing to be cut: a sentence, a paragraph.
    #[must_use]
    pub fn read_line(&self, text: &str) -> Line {
        self.read_line_within(text, None)
    }

    /// The same, of a text that stands within others of this script.
    #[must_use]
    pub fn read_line_within(&self, text: &str, script: Option<Script>) -> Line {
        let usual = Usual::of(text);
        let (annotated, runs) = annotated::lift_with_runs(&usual.text, self.dictionary);
        let given = Given::new(text, &usual, annotated.text(), &runs);
        let shadow = Shadow::within(annotated.text(), script);
        let tokens = self.segmenter.cut_by(&shadow);
        let mut occurrences = readings::read_as(&annotated, &shadow, &tokens, self.dictionary);
        self.corrections.put_right(&mut occurrences);
        Line { annotated, tokens, occurrences, given }
    }

    /// The same, with the rules that cut the text and read its words. The learner's corrections come after them.
    #[must_use]
    pub fn explain(&self, text: &str) -> Explained {
        let line = self.read_line(text);
        let steps = self.segmenter.why(line.annotated.text());
        let whys = readings::why(&line.annotated, &line.tokens, self.dictionary);
        Explained { line, steps, whys }
    }
}

impl Default for Reader {
    fn default() -> Self {
        Self::new()
    }
}
