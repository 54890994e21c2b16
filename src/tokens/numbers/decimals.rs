//! Numerals that a word has taken from a decimal or a time: 一点|五五万, 十分|钟.

use super::is_numeral;
use crate::hanzi::classes;
use crate::tokens::pieces::Piece;
use crate::tokens::{Kind, lists};

/// Frees them.
pub fn free(text: &str, pieces: &mut Vec<Piece>) {
    free_points(text, pieces);
    free_minutes(text, pieces);
}

/// A numeral before a point that is said, in one word: 一点|五五万. The point is a word of its own then.
///
/// 一点 before one numeral alone may be a time (一点五分) or a little of something; before two, before one and a
/// unit of numbers, and in a percentage, it is a decimal. So is 零点 before any numeral.
fn free_points(text: &str, pieces: &mut Vec<Piece>) {
    let mut old = std::mem::take(pieces);
    pieces.reserve(old.len());
    let mut i = 0;
    while let Some(&piece) = old.get(i) {
        i += 1;
        let said = piece.of(text);
        let whole = said.strip_suffix(lists::POINT.as_str()).filter(|whole| is_numeral(whole));
        let before = pieces.last().map_or("", |before| before.of(text));
        let (number, share) = (is_numeral(before), before.ends_with(lists::SHARE.as_str()));
        let decimal = piece.kind == Kind::Word
            && (whole.is_some() || said == lists::POINT.as_str() && number)
            && is_decimal(&text[piece.end as usize..], share || whole == Some(lists::ZERO.as_str()));
        if !decimal {
            pieces.push(piece);
            continue;
        }
        match whole {
            Some(whole) => pieces.extend(<[Piece; 2]>::from(piece.halves(piece.start + whole.len() as u32))),
            None => pieces.push(piece),
        }
        // 五|点|二级: the unit has taken the numeral.
        let Some(next) = old.get_mut(i) else { continue };
        let digits = digits(next.of(text)).len() as u32;
        if next.kind == Kind::Word && digits > 0 && next.start + digits < next.end {
            let (numeral, unit) = next.halves(next.start + digits);
            pieces.push(numeral);
            *next = unit;
        }
    }
}

/// 十分|钟 is 十|分钟.
fn free_minutes(text: &str, pieces: &mut [Piece]) {
    for i in 1..pieces.len() {
        let (before, after) = (pieces[i - 1], pieces[i]);
        let number = before.of(text).strip_suffix(lists::MINUTE.as_str()).filter(|number| is_numeral(number));
        if let Some(number) =
            number.filter(|_| after.of(text) == lists::CLOCK.as_str() && before.end == after.start)
        {
            let at = before.start + number.len() as u32;
            pieces[i - 1].end = at;
            pieces[i].start = at;
        }
    }
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
