//! Clean text becomes tokens: words that a dictionary has, names, numbers, and the rest.
//!
//! **Invariant**: tokens tile the text. Their concatenation equals it, so nothing is lost or counted twice.

mod amend;
mod chance;
mod jieba;
mod latin;
mod mend;
pub mod names;
mod numbers;
mod organisations;
mod passes;
pub mod pieces;
mod roads;
pub mod seams;
mod segmenter;
mod terms;

pub use amend::Amendments;
pub use jieba::word_list;
pub use passes::Step;
pub use segmenter::Segmenter;

/// The lists of `data/lists.txt`.
mod lists {
    include!(concat!(env!("OUT_DIR"), "/tokens-lists.rs"));
}

use crate::named::named;
use crate::span::Span;

named! {
    /// The kind of a token. Decks take words and idioms; the rest is recognised so that it can be left out.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Kind {
        /// A word of the dictionary, or one that the article proposes.
        Word = "word",
        /// A saying of four hanzi or more.
        Idiom = "idiom",
        /// A personal name.
        Person = "person",
        /// A place name.
        Place = "place",
        /// A company, an office, a team.
        Organisation = "organisation",
        /// A number: 150亿, 三分之一, 7至9位.
        Number = "number",
        /// A number with its measure word: 28岁, 一封.
        Measure = "measure",
        /// A date or a time with digits: 2016年, 4月底.
        Time = "time",
        /// Letters: AI, Scale AI.
        Latin = "latin",
        /// Punctuation, blanks, anything else.
        Other = "other",
    }
    else "is no kind of word"
}

impl Kind {
    /// Whether its pinyin is written with a capital.
    #[must_use]
    pub fn is_name(self) -> bool {
        matches!(self, Self::Person | Self::Place | Self::Organisation)
    }
}

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the clean text.
    pub span: Span,
    /// The kind of token.
    pub kind: Kind,
    /// A word that no dictionary has but the article uses as one (大模型, 撤单潮).
    pub proposed: bool,
}

/// The tokens of one text, which they tile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tokens(Vec<Token>);

impl Tokens {
    /// Tokens that tile `text`, or nothing if they leave a gap or overlap.
    #[must_use]
    pub fn tile(text: &str, tokens: Vec<Token>) -> Option<Self> {
        let mut end = 0;
        for token in &tokens {
            if token.span.start() != end {
                return None;
            }
            end = token.span.end();
        }
        (end == text.len()).then_some(Self(tokens))
    }

    /// In the order of the text.
    pub fn iter(&self) -> std::slice::Iter<'_, Token> {
        self.0.iter()
    }

    /// As a slice.
    #[must_use]
    pub fn as_slice(&self) -> &[Token] {
        &self.0
    }
}
