//! Compiles what was learned about personal names into a table that is looked up in place.
//!
//! Layout, little-endian: a byte for each of U+4E00 to U+9FFF (1 may be a surname, 2 may be a sound of a foreign
//! name) · a byte for each shape (C F D X), class (A to z) and number (0 to 9, A to Z) · u32 slots · u32 × slots, each 24 bits of the hash and the weight in sixteenths, 0 for an empty slot
//! (open addressing, FNV-1a). The reader is `src/tokens/names/table.rs`.

use std::error::Error;
use std::fs;
use std::path::Path;

use crate::hash::fnv1a;

const FIRST: u32 = 0x4E00;
const LAST: u32 = 0x9FFF;

const CLASSES: usize = (b'z' - b'A' + 1) as usize;
const NUMBERS: usize = 36;

/// From the lines of `names.txt`: `surnames 王李…`, `sounds 阿巴…`, `feature<TAB>value<TAB>weight`.
pub fn compile(path: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    let mut flags = vec![0_u8; (LAST - FIRST + 1) as usize];
    let mut numbers = vec![0_u8; 4 * CLASSES * NUMBERS];
    let mut weights = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut mark = |list: &str, bit: u8| {
            for c in list.chars().filter(|&c| (FIRST..=LAST).contains(&u32::from(c))) {
                flags[(u32::from(c) - FIRST) as usize] |= bit;
            }
        };
        if let Some(list) = line.strip_prefix("surnames ") {
            mark(list, 1);
        } else if let Some(list) = line.strip_prefix("sounds ") {
            mark(list, 2);
        } else {
            let mut parts = line.split('\t');
            let (Some(feature), Some(value), Some(weight)) = (parts.next(), parts.next(), parts.next())
            else {
                return Err(format!("names.txt: “{line}” is no `feature value weight`").into());
            };
            let weight = weight.parse::<i8>()?;
            if let [shape, class] = *feature.as_bytes()
                && b"nduvLRWHTP".contains(&class)
                && let Some(row) = b"CFDX".iter().position(|&s| s == shape)
                && let Some(value) = value.chars().next().and_then(|c| c.to_digit(36))
            {
                numbers[(row * CLASSES + usize::from(class - b'A')) * NUMBERS + value as usize] =
                    weight as u8;
                continue;
            }
            weights.push((fnv1a(format!("{feature}{value}").as_bytes()), weight));
        }
    }
    let slots = (weights.len() * 3 / 2).next_power_of_two().max(1024);
    let mut table = vec![0_u32; slots];
    for (hash, weight) in weights.into_iter().filter(|&(_, weight)| weight != 0) {
        let mut slot = hash as usize & (slots - 1);
        while table[slot] != 0 {
            slot = (slot + 1) & (slots - 1);
        }
        table[slot] = (hash & 0xFFFF_FF00) | u32::from(weight as u8);
    }
    let mut out = flags;
    out.extend(numbers);
    out.extend(u32::try_from(slots)?.to_le_bytes());
    for slot in table {
        out.extend(slot.to_le_bytes());
    }
    Ok(out)
}
