//! Hanzi that are spoken in another tone before others: 一 yí and yì, 不 bú.
//!
//! Readings are citation tones everywhere, so what somebody writes as it is spoken means the citation form. The third
//! tone before another third is a matter of both, and of `fit`.

use super::{Syllable, listed};
use crate::hanzi::classes;

/// The citation form of a hanzi that is written as it is spoken before others; nothing where it isn't.
#[must_use]
pub fn cited(hanzi: char, written: Syllable) -> Option<Syllable> {
    listed(classes::SPOKEN, hanzi).find(|&spoken| spoken == written)?;
    listed(classes::CITED, hanzi).next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pinyin::parse;

    #[test]
    fn the_spoken_form_means_the_citation_form() {
        for (hanzi, written, citation) in [
            ('一', "yi2", Some("yi1")),
            ('一', "yi1", None),
            ('不', "bu2", Some("bu4")),
            ('长', "chang2", None),
        ] {
            let syllable = |pinyin| parse::syllable(pinyin).expect("a syllable");
            assert_eq!(cited(hanzi, syllable(written)), citation.map(syllable), "{hanzi} {written}");
        }
    }
}
