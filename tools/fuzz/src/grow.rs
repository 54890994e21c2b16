//! Good input made bad: a few changes at places that chance picks.

use fastrand::Rng;
use serde_json::Value;

use crate::hostile;

/// The longest text that is made, in bytes: a stage that works in the square of it shows, and one that doesn't
/// stays quick without optimisation.
const LONGEST: usize = 6_000;

/// A text with some changes.
pub fn text(rng: &mut Rng, base: &str) -> String {
    let mut text = base.to_owned();
    for _ in 0..rng.usize(0..9) {
        change(rng, &mut text);
    }
    while text.len() > LONGEST {
        text.pop();
    }
    text
}

fn change(rng: &mut Rng, text: &mut String) {
    let at = place(rng, text);
    let from = place(rng, text);
    let (from, to) = (at.min(from), at.max(from));
    match rng.u8(..9) {
        0..4 => text.insert_str(at, &hostile::text(rng)),
        4 => text.replace_range(from..to, ""),
        5 => {
            let some: String = text[from..to].chars().take(rng.usize(1..40)).collect();
            let times = [2, 3, 50, 1000][rng.usize(..4)].min(LONGEST / some.len().max(1));
            text.insert_str(at, &some.repeat(times));
        }
        6 => {
            let times = LONGEST / 12 / rng.usize(1..20);
            text.insert_str(at, &hostile::text(rng).repeat(times.min(800)));
        }
        7 => {
            let mut lines: Vec<&str> = text.split('\n').collect();
            rng.shuffle(&mut lines);
            *text = lines.join("\n");
        }
        _ => {
            let some = text[from..to].to_owned();
            text.insert_str(place(rng, text), &some);
        }
    }
}

/// An offset at which a character begins, or the end.
fn place(rng: &mut Rng, text: &str) -> usize {
    let mut at = rng.usize(..=text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Some bytes with some changes.
pub fn bytes(rng: &mut Rng, base: &[u8]) -> Vec<u8> {
    let mut bytes = base.to_vec();
    for _ in 0..[1, 1, 2, 4, 30][rng.usize(..5)] {
        let at = rng.usize(..=bytes.len());
        let length = [1, 2, 4, 16, 100, 4096][rng.usize(..6)].min(bytes.len() - at);
        match rng.u8(..8) {
            0 | 1 if at < bytes.len() => bytes[at] ^= 1 << rng.u8(..8),
            2 if at < bytes.len() => bytes[at] = rng.u8(..),
            3 => bytes.truncate(at),
            4 => {
                let number = hostile::number(rng);
                let all = if rng.bool() { number.to_le_bytes() } else { number.to_be_bytes() };
                let width = length.min(8);
                bytes[at..at + width].copy_from_slice(&all[..width]);
            }
            5 => {
                let some = bytes[at..at + length].to_vec();
                let to = rng.usize(..=bytes.len());
                bytes.splice(to..to, some);
            }
            6 => drop(bytes.drain(at..at + length)),
            _ => bytes[at..at + length].fill([0, 0xff, b'A', 0x80][rng.usize(..4)]),
        }
    }
    bytes
}

/// A JSON value with one change somewhere in it.
pub fn json(rng: &mut Rng, value: &mut Value) {
    match value {
        Value::Object(map) if !map.is_empty() && rng.u8(..12) > 0 => {
            let key = map.keys().nth(rng.usize(..map.len())).cloned().unwrap_or_default();
            match rng.u8(..12) {
                0 => drop(map.remove(&key)),
                1 => {
                    let value = map.remove(&key).unwrap_or_default();
                    map.insert(hostile::text(rng), value);
                }
                _ => json(rng, &mut map[&key]),
            }
        }
        Value::Array(list) if !list.is_empty() && rng.u8(..12) > 0 => {
            let at = rng.usize(..list.len());
            json(rng, &mut list[at]);
        }
        Value::String(text) if rng.u8(..3) == 0 => change(rng, text),
        Value::Number(number) if rng.u8(..3) == 0 => {
            *value = (number.as_i64().unwrap_or_default().wrapping_add(rng.i64(-2..=2))).into();
        }
        value => {
            *value = match rng.u8(..8) {
                0 => Value::Null,
                1 => Value::Bool(rng.bool()),
                2 => serde_json::json!([]),
                3 => serde_json::json!({}),
                4 => serde_json::json!(1.5e300),
                5 | 6 => hostile::number(rng).into(),
                _ => hostile::text(rng).into(),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_those_of_the_seed_and_stay_within_bounds() {
        for seed in 0..2000 {
            let grown = |rng: &mut Rng| {
                let mut value = serde_json::json!({"a": [1, {"b": "公司"}], "c": null});
                json(rng, &mut value);
                (text(rng, "公司今天\n发布新闻。"), bytes(rng, b"some bytes"), value)
            };
            let first = grown(&mut Rng::with_seed(seed));
            assert!(first.0.len() <= LONGEST + 4);
            assert_eq!(first, grown(&mut Rng::with_seed(seed)));
        }
    }
}
