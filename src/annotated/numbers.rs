//! How digits are read aloud, so that `28岁(èrshíbā suì)` ties its last syllable to 岁.
//!
//! The syllables of a number are only stepped over (a digit is no hanzi), so bases without tones will do, and
//! every usual way to read it is offered: digit by digit (2016年) or as a number, with 两 or 二, 幺 or 一.

/// The readings that one syllable of a number may have.
pub(super) type Slot = &'static [&'static str];

const DIGITS: [Slot; 10] = [
    &["ling"],
    &["yi", "yao"],
    &["er", "liang"],
    &["san"],
    &["si"],
    &["wu"],
    &["liu"],
    &["qi"],
    &["ba"],
    &["jiu"],
];

/// Whether `c` can stand in a number.
pub(super) fn is_part(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ',' | '%')
}

/// The ways to read a number such as `28`, `1,500`, `3.25` or `17%`; none if it is no number.
pub(super) fn readings(number: &str) -> Vec<Vec<Slot>> {
    let (percent, number) = match number.strip_suffix('%') {
        Some(rest) => (true, rest),
        None => (false, number),
    };
    let number = number.replace(',', "");
    let (whole, decimals) = match number.split_once('.') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (number.as_str(), None),
    };
    let Some(whole_digits) = digits(whole) else { return Vec::new() };
    let Some(tail) = decimals.map_or(Some(Vec::new()), |d| {
        Some([vec![["dian"].as_slice()], digits(d)?.into_iter().map(|d| DIGITS[d]).collect()].concat())
    }) else {
        return Vec::new();
    };
    let mut ways = Vec::new();
    if let Some(cardinal) = cardinal(&whole_digits) {
        // 十五 and not 一十五.
        if (10..20).contains(&whole_digits.iter().fold(0, |n, d| n * 10 + d)) {
            ways.push(cardinal[1..].to_vec());
        }
        ways.push(cardinal);
    }
    if whole_digits.len() > 1 || ways.is_empty() {
        ways.push(whole_digits.iter().map(|&d| DIGITS[d]).collect());
    }
    for way in &mut ways {
        way.extend(&tail);
        if percent {
            way.splice(0..0, [["bai"].as_slice(), &["fen"], &["zhi"]]);
        }
    }
    ways
}

fn digits(text: &str) -> Option<Vec<usize>> {
    let digits: Option<Vec<usize>> =
        text.chars().map(|c| c.to_digit(10).and_then(|d| usize::try_from(d).ok())).collect();
    digits.filter(|d| !d.is_empty() && d.len() <= 16)
}

/// As a number: groups of four digits, 零 for a gap.
fn cardinal(digits: &[usize]) -> Option<Vec<Slot>> {
    if digits == [0] {
        return Some(vec![DIGITS[0]]);
    }
    if digits.first() == Some(&0) {
        return None;
    }
    let mut slots: Vec<Slot> = Vec::new();
    let mut gap = false;
    let mut group_has_digit = false;
    for (i, &digit) in digits.iter().enumerate() {
        let power = digits.len() - 1 - i;
        if digit == 0 {
            gap = true;
        } else {
            if std::mem::take(&mut gap) {
                slots.push(DIGITS[0]);
            }
            slots.push(DIGITS[digit]);
            group_has_digit = true;
            match power % 4 {
                3 => slots.push(&["qian"]),
                2 => slots.push(&["bai"]),
                1 => slots.push(&["shi"]),
                _ => {}
            }
        }
        if power.is_multiple_of(4) && std::mem::take(&mut group_has_digit) {
            gap = false;
            match power / 4 {
                1 => slots.push(&["wan"]),
                2 => slots.push(&["yi"]),
                3 => slots.extend([["wan"].as_slice(), &["yi"]]),
                _ => {}
            }
        }
    }
    Some(slots)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(number: &str) -> Vec<String> {
        let first = |way: Vec<Slot>| way.iter().map(|slot| slot[0]).collect::<Vec<_>>().join(" ");
        readings(number).into_iter().map(first).collect()
    }

    #[test]
    fn numbers_are_read_in_every_usual_way() {
        assert_eq!(read("7"), ["qi"]);
        assert_eq!(read("0"), ["ling"]);
        assert_eq!(read("28"), ["er shi ba", "er ba"]);
        assert_eq!(read("15"), ["shi wu", "yi shi wu", "yi wu"]);
        assert_eq!(read("2016"), ["er qian ling yi shi liu", "er ling yi liu"]);
        assert_eq!(read("1500"), ["yi qian wu bai", "yi wu ling ling"]);
        assert_eq!(read("10500")[0], "yi wan ling wu bai");
        assert_eq!(read("120,000")[0], "yi shi er wan");
        assert_eq!(read("3.25"), ["san dian er wu"]);
        assert_eq!(read("17%")[0], "bai fen zhi shi qi");
        assert_eq!(read("007"), ["ling ling qi"]);
    }

    #[test]
    fn what_is_no_number_has_no_reading() {
        for text in ["", "%", ".", "1.2.3", "1.", "99999999999999999"] {
            assert!(readings(text).is_empty(), "{text}");
        }
    }
}
