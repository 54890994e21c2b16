//! Numerals that a word has taken from a decimal or a time: 一点|五五万, 十分|钟.

use super::is_numeral;
use crate::hanzi::classes;
use crate::tokens::pieces::Pieces;
use crate::tokens::{Kind, lists};

/// Frees them.
pub fn free(pieces: &mut Pieces<'_>) {
    free_points(pieces);
    free_minutes(pieces);
}

/// A numeral before a point that is said, in one word: 一点|五五万. The point is a word of its own then.
///
/// 一点 before one numeral alone may be a time (一点五分) or a little of something; before two, before one and a
/// unit of numbers, and in a percentage, it is a decimal. So is 零点 before any numeral.
fn free_points(pieces: &mut Pieces<'_>) {
    pieces.rework(|cursor| {
        let (text, &[piece, ..]) = (cursor.text(), cursor.rest()) else { return };
        let said = piece.of(text);
        let Some(whole) = said.strip_suffix(lists::POINT.as_str()).filter(|_| piece.kind == Kind::Word)
        else {
            return;
        };
        let before = cursor.done().last().map_or("", |before| before.of(text));
        let number = if whole.is_empty() { is_numeral(before) } else { is_numeral(whole) };
        let surely = before.ends_with(lists::SHARE.as_str()) || whole == lists::ZERO.as_str();
        if !number || !is_decimal(&text[piece.end()..], surely) {
            return;
        }
        cursor.split(whole.chars().count());
        cursor.keep();
        // 五|点|二级: the unit has taken the numeral.
        let Some(&next) = cursor.rest().first() else { return };
        let digits = digits(next.of(text));
        if next.kind == Kind::Word && !digits.is_empty() {
            cursor.split(digits.chars().count());
        }
    });
}

/// 十分|钟 is 十|分钟.
fn free_minutes(pieces: &mut Pieces<'_>) {
    pieces.rework(|cursor| {
        let (text, &[before, after, ..]) = (cursor.text(), cursor.rest()) else { return };
        let clock = after.of(text) == lists::CLOCK.as_str();
        let number = before.of(text).strip_suffix(lists::MINUTE.as_str()).filter(|_| clock);
        if number.is_some_and(is_numeral) {
            cursor.shift(-1);
        }
    });
}

/// The numerals at the head of `text` that can be read one by one.
fn digits(text: &str) -> &str {
    let end = text.find(|c| !classes::DIGITS.contains(c)).unwrap_or(text.len());
    &text[..end]
}

/// Whether `rest` begins with what is said after a decimal point. `surely`: what stands before is part of no time.
fn is_decimal(rest: &str, surely: bool) -> bool {
    let digits = digits(rest);
    let after = &rest[digits.len()..];
    let clock = after.starts_with(|c| lists::AFTER_HOURS.contains(c));
    match digits.chars().count() {
        0 => false,
        1 => surely && !clock || lists::AFTER_DECIMALS.iter().any(|unit| after.starts_with(unit)),
        _ => !clock,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_after_a_point_is_told_from_a_time() {
        for rest in ["五五万", "四一五九", "五万人", "六倍", "五公里", "二级地震", "五个百分点"]
        {
            assert!(is_decimal(rest, false), "{rest}");
        }
        for rest in ["五分", "五十分", "一个人", "儿水", "", "四五十分", "五"] {
            assert!(!is_decimal(rest, false), "{rest}");
        }
        assert!(is_decimal("三。", true) && !is_decimal("三十", true));
    }
}
