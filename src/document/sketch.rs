//! Sketches, which find the other prints of a text: an agency's report on five sites, a corrected copy under another
//! name.
//!
//! The smallest of the numbers that stand for a text's runs of hanzi are those of its copies too, all but surely (Broder
//! 1997, "On the resemblance and containment of documents"): of two texts that share 60 of 100 runs one in a thousand
//! pairs has none of eight in common. So a library is asked for eight numbers, not compared article by article. Whether
//! what is found is a copy, [`is_copy`] tells.

use std::collections::BTreeSet;

use super::wording::{Likeness, hanzi, likeness, stirred};

/// The number of hanzi in a run: no two writers write eight alike by chance, set phrases aside.
const RUN: usize = 8;
/// The numbers that are kept of a text.
const KEPT: usize = 8;
/// The numbers that may differ in a copy.
const FEW: usize = 3;
/// A shorter text is a headline or a saying, which different articles share.
const SHORTEST: usize = 60;

/// The numbers that find a text's copies; none of a text that is too short to have any.
#[must_use]
pub fn sketch(text: &str) -> Vec<u64> {
    let hanzi = hanzi(text);
    if hanzi.len() < SHORTEST {
        return Vec::new();
    }
    let mut smallest = BTreeSet::new();
    for number in hanzi.windows(RUN).map(stirred) {
        if smallest.len() < KEPT || smallest.last().is_some_and(|&last| number < last) {
            smallest.insert(number);
            if smallest.len() > KEPT {
                smallest.pop_last();
            }
        }
    }
    smallest.into_iter().collect()
}

/// Whether two texts are one article: nearly all of the shorter stands in the longer, which is not much longer, and they tell
/// of the same numbers. Reports of two earthquakes differ in nothing else.
#[must_use]
pub fn is_copy(one: &str, other: &str) -> bool {
    let lengths = [one, other].map(|text| hanzi(text).len());
    let (shorter, longer) = (lengths[0].min(lengths[1]), lengths[0].max(lengths[1]));
    shorter * 10 >= longer * 7 && likeness(one, other) >= Likeness::NEARLY_ALL && tell_the_same(one, other)
}

/// Whether either text tells of the numbers of the other, each as often, but for a few: a site's own date, a figure put right.
fn tell_the_same(one: &str, other: &str) -> bool {
    // Each with the hanzi before it: 3人2次 and 2人3次 tell of two things.
    let numbers = |text: &str| -> Vec<(char, String)> {
        let (mut numbers, mut before, mut run) = (Vec::new(), ' ', String::new());
        for c in text.chars().chain([' ']) {
            if c.is_ascii_digit() {
                run.push(c);
            } else {
                if !run.is_empty() {
                    numbers.push((before, std::mem::take(&mut run)));
                }
                before = c;
            }
        }
        numbers.sort_unstable();
        numbers
    };
    let (one, other) = (numbers(one), numbers(other));
    let (mut at, mut there, mut common) = (0, 0, 0);
    while let (Some(here), Some(beside)) = (one.get(at), other.get(there)) {
        match here.cmp(beside) {
            std::cmp::Ordering::Less => at += 1,
            std::cmp::Ordering::Greater => there += 1,
            std::cmp::Ordering::Equal => (at, there, common) = (at + 1, there + 1, common + 1),
        }
    }
    let apart = one.len().max(other.len()) - common;
    apart <= FEW || apart * 10 <= common
}

#[cfg(test)]
mod tests {
    use super::*;

    const RAIN: &str = "昨天夜里，一场大雨让城里的许多街道变成了小河。住在老街的王奶奶说，她没有见过这样的雨。\
                        公交车不得不在半路停下来，司机们打开车门，请大家到旁边的店里等一等。";
    const QUAKE: &str = "据中国地震台网测定，5月20日13时10分在新疆阿图什市发生5.2级地震，震源深度19公里，震中位于北纬40.28度，\
                         东经77.05度。震中附近的村庄有房屋损坏，没有人员伤亡的报告，当地消防队已经出发前往震中。";

    fn meet(one: &str, other: &str) -> bool {
        let other_sketch = sketch(other);
        sketch(one).iter().any(|number| other_sketch.contains(number))
    }

    #[test]
    fn copies_meet_and_are_told() {
        let corrected = RAIN.replace("许多街道", "很多街道");
        let with_foot = format!("{RAIN}\n（来源：小城晚报，记者王某）");
        for copy in [RAIN, &corrected, &with_foot] {
            assert!(meet(RAIN, copy) && is_copy(RAIN, copy), "{copy}");
        }
        assert!(!meet(RAIN, QUAKE) && !is_copy(RAIN, QUAKE));
    }

    #[test]
    fn what_differs_in_numbers_or_is_a_part_is_another_article() {
        let another = QUAKE
            .replace("5月20日13时10分", "6月3日8时44分")
            .replace("5.2", "4.7")
            .replace("19公里", "10公里")
            .replace("40.28", "39.12")
            .replace("77.05", "75.50");
        assert!(!is_copy(QUAKE, &another));
        let longer = format!("{RAIN}{QUAKE}");
        assert!(!is_copy(RAIN, &longer));
        assert!(sketch("大雨过后，街道变成了河。").is_empty());
    }
}
