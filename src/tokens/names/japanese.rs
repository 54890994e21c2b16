//! Japanese names: 大谷翔平, 高市早苗, 小泉进次郎.
//!
//! The corpus that the weights were learned on has few of them, and a Chinese surname in the middle (谷, 田) leads the
//! weights astray. So by rule: a surname of the list, and a given name of hanzi that such names are made of.

use crate::tokens::lists;
use std::sync::LazyLock;

use smallvec::SmallVec;

use crate::tokens::Kind;
use crate::tokens::pieces::{Nature, Piece, Pieces};

/// Pieces of words so frequent are no given name: 2 ln of a frequency.
const FREQUENT: u8 = 16;
const COMMON: u8 = 25;

/// Joins the pieces of each Japanese name.
pub(super) fn join(pieces: &mut Pieces<'_>) {
    pieces.rework(|cursor| {
        if let Some(count) = name(cursor.text(), cursor.rest()) {
            cursor.join(count, Nature::of(Kind::Person));
        }
    });
}

/// How many of `pieces`, from the first on and at least two, are one name.
fn name(text: &str, pieces: &[Piece]) -> Option<usize> {
    let start = pieces.first()?.start();
    let rest = &text[start..];
    let surname = surname_of(rest)?;
    let after = &rest[surname.len()..];
    let ends: SmallVec<[usize; 3]> = after.char_indices().take(3).map(|(at, c)| at + c.len_utf8()).collect();
    let begin = start + surname.len();
    // The longest first: 纯一郎 before 纯一.
    (1..=3).rev().find_map(|hanzi| {
        let given = &after[..*ends.get(hanzi - 1)?];
        let end = begin + given.len();
        let all = given.chars().all(|c| lists::JAPANESE_GIVEN.contains(c));
        let lone = hanzi > 1 || given.starts_with(['诚', '骏', '让', '健', '进', '司', '诚', '茂', '爱']);
        let three = hanzi < 3 || given.ends_with(['郎', '子', '香', '美', '助']);
        let within = pieces.iter().take_while(|piece| piece.end() <= end);
        let count = within.zip(1..).find(|(piece, _)| piece.end() == end)?.1;
        let inside = |piece: &&Piece| piece.start() >= begin && piece.kind == Kind::Word;
        let words: Vec<&Piece> = pieces[..count].iter().filter(inside).collect();
        let everyday = words.iter().any(|word| word.is_over(1, text) && word.level >= FREQUENT)
            || words.len() == hanzi && words.iter().all(|word| word.level >= COMMON);
        // 佐藤健|和|石原: what joins two names is no given name.
        let joins = given.ends_with('和')
            && pieces
                .get(count)
                .is_some_and(|next| next.kind == Kind::Person || surname_of(&text[next.start()..]).is_some());
        (!joins && all && lone && three && count > 1 && !everyday).then_some(count)
    })
}

/// The surname that `text` begins with.
fn surname_of(text: &str) -> Option<&'static str> {
    /// For each first hanzi the number of its group, one up; 0 for none: small, since every piece asks.
    type Groups = (Vec<u8>, Vec<Vec<&'static str>>);
    static BY_FIRST: LazyLock<Groups> = LazyLock::new(|| {
        let (mut numbers, mut groups) = (vec![0_u8; 0x1_0000], Vec::<Vec<&str>>::new());
        for surname in lists::JAPANESE_SURNAMES.iter().copied() {
            let Some(number) = surname.chars().next().and_then(|c| numbers.get_mut(c as usize)) else {
                continue;
            };
            if *number == 0 {
                groups.push(Vec::new());
                *number = groups.len() as u8;
            }
            groups[usize::from(*number) - 1].push(surname);
        }
        (numbers, groups)
    });
    let first = text.chars().next()?;
    let number = BY_FIRST.0.get(first as usize).copied().filter(|&number| number > 0)?;
    let group = &BY_FIRST.1[usize::from(number) - 1];
    group.iter().copied().filter(|surname| text.starts_with(surname)).max_by_key(|surname| surname.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_surname_is_found_and_nothing_else() {
        for surname in lists::JAPANESE_SURNAMES.iter().copied() {
            assert!(surname_of(surname).is_some_and(|found| found.len() >= surname.len()), "{surname}");
        }
        assert_eq!(surname_of("长谷川英"), Some("长谷川"));
        assert_eq!(surname_of("大家"), None);
        assert_eq!(surname_of(""), None);
    }

    #[test]
    fn there_are_fewer_first_hanzi_than_a_byte_can_number() {
        let first: std::collections::BTreeSet<char> =
            lists::JAPANESE_SURNAMES.iter().copied().filter_map(|surname| surname.chars().next()).collect();
        assert!(first.len() < 255, "{}", first.len());
    }
}
