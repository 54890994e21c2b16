//! How alike two texts are: wordings of one article, or two articles.
//!
//! A file that is written over with another article, `today.txt` day by day, is no new wording of yesterday's. An
//! article that was put right, lengthened, cut or rewritten in part is.

use std::collections::HashSet;

use crate::hanzi::is_hanzi;

/// How much of the shorter of two texts stands in the longer one, in hundredths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Likeness(u32);

impl Likeness {
    /// Less than this is next to nothing. Articles without a common source share 1 of 100 runs of three hanzi; the
    /// worst of 741 pairs of pages, with all that the same sites print round their articles, shared 29, and 13 the next.
    pub const SOME: Self = Self(25);
    /// The share that only a new wording has in common.
    pub const MUCH: Self = Self(50);
    /// The share that another print of the same article has in common, with a word put right or a line of the site's in
    /// it.
    pub const NEARLY_ALL: Self = Self(85);
}

/// The hanzi of a run that is compared.
const RUN: usize = 3;
/// The number of runs of a text that are enough to tell; of a longer one, a fixed choice of them is looked at.
const ENOUGH: usize = 50_000;

/// How alike two texts are. Only hanzi count, so that pinyin, punctuation and line ends make no difference.
#[must_use]
pub fn likeness(one: &str, other: &str) -> Likeness {
    let [mut shorter, mut longer] = [one, other].map(hanzi);
    if longer.len() < shorter.len() {
        std::mem::swap(&mut shorter, &mut longer);
    }
    if shorter.is_empty() {
        return Likeness(if one.trim() == other.trim() { 100 } else { 0 });
    }
    let run = RUN.min(shorter.len());
    let one_in = (shorter.len() / ENOUGH + 1) as u64;
    let wanted: HashSet<u64> = shorter.windows(run).map(stirred).filter(|run| run % one_in == 0).collect();
    let found: HashSet<u64> = longer.windows(run).map(stirred).filter(|run| wanted.contains(run)).collect();
    let hundredths = found.len() * 100 / wanted.len().max(1);
    Likeness(u32::try_from(hundredths).unwrap_or(100))
}

/// The hanzi of a text.
pub(super) fn hanzi(text: &str) -> Vec<char> {
    text.chars().filter(|&c| is_hanzi(c)).collect()
}

/// A number that stands for a run of hanzi: SplitMix64 over each of them.
pub(super) fn stirred(run: &[char]) -> u64 {
    run.iter().fold(0, |sum, &c| {
        let mut number = (sum ^ u64::from(c)).wrapping_add(0x9E37_79B9_7F4A_7C15);
        number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        number ^ (number >> 31)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const RAIN: &str =
        "昨天夜里，一场大雨让城里的许多街道变成了小河。住在老街的王奶奶说，她没有见过这样的雨。";
    const SCHOOL: &str = "老师带着学生去图书馆。他们在那里看了一个下午的书，晚上才坐公共汽车回到学校。";

    #[test]
    fn an_edited_text_is_a_wording_and_another_article_is_none() {
        for (one, other, expected) in [
            (RAIN, RAIN, true),
            (RAIN, SCHOOL, false),
            (RAIN, "昨天夜里，一场大雨让城里的许多街道变成了小河。", true),
            (RAIN, &format!("{RAIN}\n{SCHOOL}"), true),
            (RAIN, "昨天(zuótiān)夜里下了雨，街道变成了小河。王奶奶说，她没有见过这样的大雨。", true),
            ("学生去公司上班。", "学生去公司上班。好。", true),
            ("学生去公司上班。", "老师在学校教书。", false),
            ("好", "好。", true),
            ("好", "雨", false),
            ("AI", "AI ", true),
            ("AI", "好", false),
        ] {
            assert_eq!(likeness(one, other) >= Likeness::SOME, expected, "{one} / {other}");
            assert_eq!(likeness(one, other), likeness(other, one), "{one} / {other}");
        }
    }

    #[test]
    fn a_choice_of_the_runs_of_a_book_tells_as_much_as_all() {
        let book = |mut state: u32| -> String {
            let mut hanzi = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                char::from_u32(0x4E00 + (state >> 16) % 5000)
            };
            (0..300_000).filter_map(|_| hanzi()).collect()
        };
        let (one, other) = (book(1), book(2));
        assert_eq!(likeness(&one, &format!("{one}{other}")), Likeness(100));
        assert!(likeness(&one, &other) < Likeness::SOME);
        assert!(likeness(&one, SCHOOL) < Likeness::SOME);
    }
}
