//! The ladder: each token that has hanzi gets a reading, from the best evidence there is.

use crate::annotated::AnnotatedText;
use crate::dictionary::{Dictionary, hanzi_readings};
use crate::hanzi::{Headword, is_hanzi};
use crate::pinyin::{Reading, Syllable};
use crate::tokens::Tokens;
use crate::words::{Evidence, Occurrence, WordKey};

/// The words of a text, in its order.
#[must_use]
pub fn read(text: &AnnotatedText, tokens: &Tokens, dictionary: Dictionary) -> Vec<Occurrence> {
    tokens
        .iter()
        .filter_map(|token| {
            let form = token.span.of(text.text());
            let word = dictionary.find_any(form);
            let headword = Headword::new(word.map_or(form, |w| w.simplified)).ok()?;
            let syllables: Vec<Syllable> = match word.and_then(|w| w.readings().into_iter().next()) {
                Some(syllables) => syllables,
                None => form
                    .chars()
                    .filter(|&c| is_hanzi(c))
                    .filter_map(|c| hanzi_readings(dictionary, c).first().copied())
                    .collect(),
            };
            let reading = Reading::new(&headword, syllables).ok()?;
            Some(Occurrence {
                span: token.span,
                kind: token.kind,
                key: WordKey { headword, reading },
                evidence: if word.is_some() { Evidence::Dictionary } else { Evidence::Character },
                sure: word.is_some(),
                proposed: token.proposed,
            })
        })
        .collect()
}
