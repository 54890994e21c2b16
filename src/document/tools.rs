//! The tools of a site round an article: the rules of `data/tools.txt`.

use super::same::key;

/// Where in a line a phrase stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    Is,
    Begins,
    Ends,
    Holds,
}

include!(concat!(env!("OUT_DIR"), "/tools.rs"));

/// A line that holds a phrase and has more characters is a sentence.
const SHORT: usize = 40;

/// Whether the whole line is a tool of a site, where no article is.
pub(super) fn is_tool(text: &str) -> bool {
    if text.len() > 500 {
        return false;
    }
    let key = key(text);
    let may_hold = holds(text);
    TOOLS
        .iter()
        .any(|&(how, phrase, ..)| (how != How::Holds || may_hold) && is_cut_by(how, phrase, text, &key))
}

fn is_cut_by(how: How, phrase: &str, text: &str, key: &str) -> bool {
    match how {
        How::Is => key == phrase,
        How::Begins => key.starts_with(phrase),
        How::Ends => key.ends_with(phrase) && !text.trim_end_matches('。').contains('。'),
        How::Holds => key.contains(phrase) && holds(text),
    }
}

/// Whether a line is short enough to be known by a phrase anywhere in it.
fn holds(text: &str) -> bool {
    !text.contains('。') && text.chars().count() <= SHORT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_cuts_its_line_and_leaves_the_other() {
        for &(how, phrase, cuts, leaves) in TOOLS {
            assert_eq!(key(phrase), phrase, "a phrase is written as lines are compared");
            assert!(is_cut_by(how, phrase, cuts, &key(cuts)), "{phrase} does not cut {cuts}");
            assert!(!is_tool(leaves), "{leaves} is of an article");
        }
    }
}
