//! Hanzi that are spoken in another tone before others: 一 yí and yì, 不 bú.
//!
//! Readings are citation tones everywhere, so what somebody writes as it is spoken means the citation form. The third
//! tone before another third is a matter of both, and of `fit`.

use super::{Syllable, parse};
use crate::hanzi::classes;

/// The citation form of a hanzi that is written as it is spoken before others; nothing where it isn't.
#[must_use]
pub fn cited(hanzi: char, written: Syllable) -> Option<Syllable> {
    let of = |list: &[(&str, &str)], fits: &dyn Fn(Syllable) -> bool| {
        let own = list.iter().filter(|(one, _)| one.chars().eq([hanzi]));
        own.filter_map(|(_, pinyin)| parse::syllable(pinyin)).find(|&syllable| fits(syllable))
    };
    of(classes::SPOKEN, &|spoken| spoken == written)?;
    of(classes::CITED, &|_| true)
}

#[cfg(test)]
mod tests {
    use super::*;

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
