//! Glosses that say no more than where to look: "variant of 记录", "see 湖北省".
//!
//! A card that shows them teaches nothing, so a word that has no others says what the word means that they name.

use super::gloss::words::{Piece, pieces};
use super::meaning::Meaning;
use super::table::Dictionary;
use crate::pinyin::{Syllable, parse};

/// A reference and nothing else: what another word is named with, right after it.
const STARTS: [&str; 17] = [
    "variant of ",
    "old variant of ",
    "archaic variant of ",
    "unofficial variant of ",
    "erhua variant of ",
    "Japanese variant of ",
    "popular variant of ",
    "see ",
    "same as ",
    "also written ",
    "erhua form of ",
    "dialectal equivalent of ",
    "contraction of ",
    "short for ",
    "abbr. for ",
    "abbr. of ",
    "abbr. to ",
];

/// The word that `gloss` refers to, with the reading that it names.
pub(super) fn referred(gloss: &str) -> Option<Meaning<'static>> {
    let rest = STARTS.iter().find_map(|start| gloss.strip_prefix(start))?;
    let (simplified, pinyin) = match pieces(rest)[..] {
        [Piece::Word { simplified, pinyin: Some(pinyin), .. }, ..] => (simplified, pinyin),
        // 空姐 is "abbr. for 空中小姐", and no more.
        [Piece::Word { simplified, .. }] => {
            return Meaning::of_only_reading(&Dictionary::embedded().find(simplified)?);
        }
        _ => return None,
    };
    let word = Dictionary::embedded().find(simplified)?;
    let pinyin = pinyin.replace("u : ", "u:");
    let syllables: Vec<Syllable> = pinyin.split_whitespace().filter_map(parse::syllable).collect();
    Meaning::of(&word, &syllables)
}

/// Whether `gloss` says of `word` no more than that its other form is another one: "variant of 嚮|向" of 向.
pub(super) fn is_variant_of(gloss: &str, word: &str) -> bool {
    let rest = gloss
        .split_once("variant of ")
        .filter(|(before, _)| !before.contains(['(', ';']))
        .map(|(_, rest)| rest);
    let first = rest.and_then(|rest| pieces(rest).into_iter().next());
    matches!(first, Some(Piece::Word { simplified, .. }) if simplified == word)
}

/// Whether `gloss` is a reference and nothing else.
pub(super) fn is_reference(gloss: &str) -> bool {
    let rest = STARTS.iter().find_map(|start| gloss.strip_prefix(start));
    rest.is_some_and(|rest| rest.starts_with(crate::hanzi::is_hanzi))
}

/// `(variant of 才[cai2]) just now` or `just now (variant of 才[cai2])` without what is in brackets; nothing where
/// it says no such thing.
pub(super) fn without_variant(gloss: &str) -> Option<&str> {
    let inside = |aside: &str| aside.starts_with("variant of ") || aside.starts_with("old variant of ");
    if let Some((aside, rest)) = gloss.strip_prefix('(').and_then(|rest| rest.split_once(") ")) {
        return inside(aside).then_some(rest);
    }
    let (bare, aside) = gloss.strip_suffix(')')?.rsplit_once(" (")?;
    inside(aside).then_some(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_followed_in_its_reading() {
        let first = |gloss| referred(gloss).map(|meaning| meaning.glosses()[0]);
        assert!(first("see 湖北省[Hu2 bei3 Sheng3]").is_some_and(|gloss| gloss.contains("Hubei")));
        assert_eq!(first("variant of 餡|馅[xian4]"), first("erhua variant of 餡|馅[xian4]"));
        assert!(first("variant of 計劃|计划[ji4 hua4]").is_some_and(|gloss| gloss == "plan"));
        assert_eq!(first("see also 白飯|白饭[bai2 fan4]"), None);
        assert_eq!(first("variant of 麴, a surname"), None);
        assert!(is_reference("see 過來|过来[guo4 lai2]") && !is_reference("see the light"));
    }

    #[test]
    fn what_a_variant_shares_is_known_again() {
        assert_eq!(without_variant("(variant of 才[cai2]) just now"), Some("just now"));
        assert_eq!(without_variant("just now (variant of 剛才|刚才[gang1 cai2])"), Some("just now"));
        assert_eq!(without_variant("just now (a moment ago)"), None);
    }
}
