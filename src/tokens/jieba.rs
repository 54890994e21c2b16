//! jieba-rs with a learner's word list.

use crate::dictionary::Dictionary;
use crate::hanzi::is_hanzi;
use crate::span::Span;
use crate::tokens::{Kind, Token, Tokens};

/// Cuts text into tokens.
#[derive(Debug)]
pub struct Segmenter {
    dictionary: Dictionary,
}

impl Segmenter {
    /// Loads the word list.
    #[must_use]
    pub fn new(dictionary: Dictionary) -> Self {
        Self { dictionary }
    }

    /// The tokens of a clean text.
    #[must_use]
    pub fn cut(&self, text: &str) -> Tokens {
        let mut tokens = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let longest = rest
                .char_indices()
                .take(8)
                .map(|(i, c)| i + c.len_utf8())
                .filter(|&end| self.dictionary.find_any(&rest[..end]).is_some())
                .last();
            let first = rest.chars().next().map_or(1, char::len_utf8);
            let end = at + longest.unwrap_or(first);
            let kind = if text[at..end].chars().any(is_hanzi) { Kind::Word } else { Kind::Other };
            if let Some(span) = Span::new(text, at..end) {
                tokens.push(Token { span, kind, proposed: false });
            }
            at = end;
        }
        Tokens::tile(text, tokens).expect("each token begins where the one before it ends")
    }
}
