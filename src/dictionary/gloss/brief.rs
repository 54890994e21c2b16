//! The worth of a gloss to a learner, and long ones in brief: for the first place of a card.

use std::borrow::Cow;

use super::words::{Piece, pieces};
use super::{tidy, with_asides};
use crate::hanzi::is_hanzi;

/// A gloss in brief tells all where it is the gloss.
#[must_use]
pub fn is_brief(gloss: &str) -> bool {
    brief(gloss) == gloss
}

/// Whether a gloss tells a learner little: a surname, a variant, an old form, a note on pronunciation.
#[must_use]
pub fn is_minor(gloss: &str) -> bool {
    const STARTS: [&str; 26] = [
        "surname ",
        "variant of ",
        "old variant of ",
        "archaic variant of ",
        "erroneous variant of ",
        "unofficial variant of ",
        "erhua variant of ",
        "Japanese variant of ",
        "simplified variant of ",
        "see ",
        "same as ",
        "also written ",
        "used in ",
        "(used in ",
        "(archaic)",
        "(old)",
        "Kangxi radical",
        "Taiwan pr. ",
        "also pr. ",
        "pr. ",
        "Beijing pr. ",
        "erhua form of ",
        "dialectal equivalent of ",
        "contraction of ",
        "two-character surname ",
        "also called ",
    ];
    STARTS.iter().any(|start| gloss.starts_with(start)) || is_bare_abbreviation(gloss)
}

/// Whether a gloss says what an image stands for: "fig. to overdo it", beside "lit. to draw legs on a snake".
#[must_use]
pub fn is_figurative(gloss: &str) -> bool {
    gloss.starts_with("fig. ") || gloss.starts_with("(fig.)")
}

/// Whether a gloss is of a use that hardly a reader of news meets: dialect, slang, a loan for its sound.
#[must_use]
pub fn is_marginal(gloss: &str) -> bool {
    const STARTS: [&str; 14] = [
        "(dialect)",
        "(slang)",
        "(vulgar)",
        "(euph.)",
        "(loanword)",
        "(Tw)",
        "(classical",
        "(ancient",
        "(in former times)",
        "(Buddhism)",
        "(Internet slang)",
        "(derog.)",
        "From: ",
        "(Cantonese)",
    ];
    STARTS.iter().any(|start| gloss.starts_with(start))
}

/// "abbr. for 體格檢查|体格检查[ti3 ge2 jian3 cha2]" says nothing in English.
fn is_bare_abbreviation(gloss: &str) -> bool {
    abbreviation(gloss).is_some_and(|english| !english.chars().any(char::is_alphabetic))
}

/// The words behind the Chinese that an abbreviation stands for.
fn abbreviation(gloss: &str) -> Option<&str> {
    let rest =
        ["abbr. for ", "abbr. of ", "abbr. to ", "short for "].iter().find_map(|s| gloss.strip_prefix(s))?;
    let word = pieces(rest).into_iter().next().filter(|piece| matches!(piece, Piece::Word { .. }))?;
    let Piece::Word { traditional, simplified, pinyin } = word else { return None };
    let forms = if rest[traditional.len()..].starts_with('|') { simplified.len() + 1 } else { 0 };
    let pinyin = pinyin.map_or(0, |pinyin| pinyin.len() + "[]".len());
    Some(rest[traditional.len() + forms + pinyin..].trim_start_matches([',', ';', ' ']))
}

/// A gloss of more bytes than this is told in brief.
const BRIEF: usize = 56;

/// A gloss as it stands in the first place of a card: an abbreviation by what it means, a long gloss without its
/// examples and its longer brackets, and no further than one line.
#[must_use]
pub fn brief(gloss: &str) -> Cow<'_, str> {
    let english = abbreviation(gloss).filter(|english| english.chars().any(char::is_alphabetic));
    let gloss = english.or_else(|| gloss.strip_prefix("abbr. for ")).unwrap_or(gloss);
    // "lit. to draw legs on a snake (idiom); fig. to overdo it": the image alone would mislead.
    let literal = gloss.starts_with("lit. ") || gloss.starts_with("(lit.)");
    let figurative = gloss.split_once("; fig. ").filter(|_| literal).map(|(_, figurative)| figurative);
    let gloss = figurative.unwrap_or(gloss);
    if gloss.len() <= BRIEF && !gloss.contains("(abbr. for ") {
        return Cow::Borrowed(gloss);
    }
    let out = with_asides(gloss, |before, aside| {
        // A bracket at the head of a sense says where it is used: (of a person).
        let leads = before.trim().is_empty() && aside.len() < BRIEF;
        leads || aside.len() < 24 && !aside.chars().any(is_hanzi) && !aside.contains("e.g.")
    });
    let out = tidy(&out);
    if !out.chars().any(char::is_alphabetic) {
        return Cow::Borrowed(gloss);
    }
    if out.len() <= BRIEF {
        return Cow::Owned(out);
    }
    let whole = |end: usize| out[..end].matches('(').count() == out[..end].matches(')').count();
    let stops = out.match_indices("; ").chain(out.match_indices(", ")).map(|(at, _)| at);
    let end = stops.filter(|&at| at <= BRIEF && at > 3 && whole(at)).max();
    Cow::Owned(end.map_or_else(|| out.clone(), |end| out[..end].to_owned()))
}

/// How many bytes stand outside all brackets.
#[must_use]
pub fn outside_brackets(gloss: &str) -> usize {
    let mut depth = 0_usize;
    gloss
        .bytes()
        .filter(|byte| {
            depth += usize::from(*byte == b'(');
            let outside = depth == 0;
            depth = depth.saturating_sub(usize::from(*byte == b')'));
            outside
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_gloss_is_told_in_brief() {
        for (gloss, expected) in [
            ("short", "short"),
            (
                "apart from; besides; in addition to (used to exclude, as in 除了他[chu2 le5 ta1] \"apart from him\")",
                "apart from; besides; in addition to",
            ),
            (
                "abbr. for 中國共產黨|中国共产党[Zhong1 guo2 Gong4 chan3 dang3], Chinese Communist Party",
                "Chinese Communist Party",
            ),
            ("abbr. for China", "China"),
            ("lit. to draw legs on a snake (idiom); fig. to overdo it", "to overdo it"),
            (
                "(of people) to carry out; to conduct (an investigation or discussion etc); to proceed slowly",
                "(of people) to carry out; to conduct; to proceed slowly",
            ),
        ] {
            assert_eq!(brief(gloss), expected);
        }
        assert!(is_minor("abbr. for 體格檢查|体格检查[ti3 ge2 jian3 cha2]"));
        assert!(!is_minor("abbr. for 中國共產黨|中国共产党[Zhong1 guo2], Chinese Communist Party"));
    }
}
