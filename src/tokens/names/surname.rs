//! Where the surname ends and the given name begins.

use super::table;
use crate::tokens::lists;

/// How many hanzi of a person's name without dots are its surname: 2 of 欧阳修 and 安倍晋三, 1 of 王小明, none of 扎克伯格.
#[must_use]
pub fn surname(name: &str) -> Option<usize> {
    let hanzi: Vec<char> = name.chars().collect();
    let begins = |list: &[&str]| {
        let found = list.iter().filter(|surname| name.starts_with(**surname)).map(|s| s.chars().count());
        found.max().filter(|&length| length < hanzi.len())
    };
    if let Some(length) = begins(&lists::DOUBLE_SURNAMES) {
        return Some(length);
    }
    if hanzi.len() > 3 {
        return begins(&lists::JAPANESE_SURNAMES);
    }
    // Nearly any hanzi spells a sound somewhere; these hardly do anything else.
    let foreign =
        hanzi.iter().all(|&c| table::sound(c)) && hanzi.iter().any(|&c| lists::HARD_SOUNDS.contains(c));
    (hanzi.len() > 1 && table::surname(hanzi[0]) && !foreign).then_some(1)
}

#[cfg(test)]
mod tests {
    use super::surname;

    #[test]
    fn a_surname_ends_before_the_given_name() {
        for (name, length) in [
            ("王小明", Some(1)),
            ("欧阳修", Some(2)),
            ("诸葛孔明", Some(2)),
            ("安倍晋三", Some(2)),
            ("李华", Some(1)),
            ("扎克伯格", None),
            ("欧阳", Some(1)),
        ] {
            assert_eq!(surname(name), length, "{name}");
        }
    }
}
