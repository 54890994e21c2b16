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
mod segmenter;
mod shadow;
mod terms;

pub use amend::Amendments;
pub use jieba::word_list;
pub use passes::Step;
pub use segmenter::Segmenter;
pub use shadow::traditional;

/// The lists of `data/lists.txt`.
mod lists {
    include!(concat!(env!("OUT_DIR"), "/tokens-lists.rs"));
}

use std::fmt;
use std::str::FromStr;

use crate::span::Span;

/// What a token is. Decks take words and idioms; the rest is recognised so that it can be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A word of the dictionary, or one that the article proposes.
    Word,
    /// A saying of four hanzi or more.
    Idiom,
    /// A personal name.
    Person,
    /// A place name.
    Place,
    /// A company, an office, a team.
    Organisation,
    /// A number: 150亿, 三分之一, 7至9位.
    Number,
    /// A number with its measure word: 28岁, 一封.
    Measure,
    /// A date or a time with digits: 2016年, 4月底.
    Time,
    /// Letters: AI, Scale AI.
    Latin,
    /// Punctuation, blanks, anything else.
    Other,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 10] = [
        Self::Word,
        Self::Idiom,
        Self::Person,
        Self::Place,
        Self::Organisation,
        Self::Number,
        Self::Measure,
        Self::Time,
        Self::Latin,
        Self::Other,
    ];

    /// As the command line, deck files and the library write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Idiom => "idiom",
            Self::Person => "person",
            Self::Place => "place",
            Self::Organisation => "organisation",
            Self::Number => "number",
            Self::Measure => "measure",
            Self::Time => "time",
            Self::Latin => "latin",
            Self::Other => "other",
        }
    }

    /// Whether its pinyin is written with a capital.
    #[must_use]
    pub fn is_name(self) -> bool {
        matches!(self, Self::Person | Self::Place | Self::Organisation)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| format!("“{text}” is no kind of word"))
    }
}

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the clean text.
    pub span: Span,
    /// What it is.
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
