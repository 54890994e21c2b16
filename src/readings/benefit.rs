//! 为 before what somebody does for another: 去年为公司带来了三亿元.
//!
//! The verb may stand a whole clause away, further than the sentence's model sees.

use super::lists;
use super::place::Place;
use super::verdict::Verdict;
use crate::pinyin::listed;
use crate::words::{Evidence, Rule};

/// The verb is looked for so many characters after it.
const MOST: usize = 40;

/// The reading before a verb of giving, with somebody between the two.
pub fn benefit(place: &Place<'_>, said: &Verdict) -> Option<Verdict> {
    if place.hanzi.len() > 1 || said.at(0).is_some_and(|heard| heard.rule == Rule::Beside) {
        return None;
    }
    let syllable = listed(lists::FOR, place.hanzi.first()?.hanzi).next()?;
    let after = place.text.get(place.pending().token.span.end()..)?;
    is_done_for(after).then(|| Verdict::whole([syllable], true, Evidence::Context, Rule::Benefit))
}

/// Whether the clause tells what is done, and for whom before it.
fn is_done_for(after: &str) -> bool {
    let end = after.char_indices().take(MOST).find(|&(_, c)| lists::CLAUSE_ENDS.contains(c));
    let clause = end.map_or_else(
        || after.char_indices().nth(MOST).map_or(after, |(at, _)| &after[..at]),
        |(at, _)| &after[..at],
    );
    let begins = |words: &[&str]| words.iter().any(|word| clause.starts_with(word));
    !begins(&lists::DOING)
        && !begins(&lists::DONE_FOR)
        && lists::DONE_FOR.iter().any(|verb| clause.contains(verb))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_stands_between() {
        for (after, expected) in [
            ("客户提供服务。", true),
            ("“714”平台、“小贷”提供土壤。", true),
            ("公司总裁，提供服务。", false),
            ("提供服务。", false),
            ("向企业提供贷款。", false),
            ("第二大城市。", false),
        ] {
            assert_eq!(is_done_for(after), expected, "{after}");
        }
    }
}
