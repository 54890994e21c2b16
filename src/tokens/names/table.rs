//! The learned weights for personal names, read where they lie.
//!
//! Written by `build/names.rs` from `data/names.txt`, which `tools/segmentation` writes; the layout is described there.

use super::evidence::Feature;
use crate::tokens::lists;

static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/names.bin"));
const FIRST: u32 = 0x4E00;
const FLAGS: usize = 0x9FFF - 0x4E00 + 1;

/// Features whose value is a number: by shape, class and number.
const CLASSES: usize = 'z' as usize - 'A' as usize + 1;
const NUMBERS: usize = 36;
const SLOTS: usize = FLAGS + 4 * CLASSES * NUMBERS;

fn shape_row(shape: char) -> usize {
    match shape {
        'C' => 0,
        'F' => 1,
        'D' => 2,
        _ => 3,
    }
}

fn flag(c: char, bit: u8) -> bool {
    let place = u32::from(c).wrapping_sub(FIRST) as usize;
    place < FLAGS && BYTES[place] & bit != 0
}

/// Whether a Chinese name can begin with `c`. 观 begins so few, and so many 观其行 and 观沧海, that none is believed.
pub(super) fn surname(c: char) -> bool {
    c != '观' && flag(c, 1)
}

/// Whether `c` spells a sound of a foreign name: 阿 尔 斯.
pub(super) fn sound(c: char) -> bool {
    flag(c, 2) || lists::FURTHER_SOUNDS.contains(c)
}

fn number(at: usize) -> u32 {
    u32::from_le_bytes([BYTES[at], BYTES[at + 1], BYTES[at + 2], BYTES[at + 3]])
}

/// How much a feature speaks for a name, in sixteenths of a logit; 0 for one that says nothing.
pub(super) fn weight(feature: Feature) -> i32 {
    if let Some(value) = feature.number() {
        let place =
            (shape_row(feature.shape) * CLASSES + feature.class as usize - 'A' as usize) * NUMBERS + value;
        return BYTES.get(FLAGS + place).map_or(0, |&weight| i32::from(weight as i8));
    }
    let mask = number(SLOTS) as usize - 1;
    let hash = feature.hash();
    let mut slot = hash as usize & mask;
    loop {
        let entry = number(SLOTS + 4 + 4 * slot);
        if entry == 0 {
            return 0;
        }
        if entry & 0xFFFF_FF00 == hash & 0xFFFF_FF00 {
            return i32::from((entry & 0xFF) as u8 as i8);
        }
        slot = (slot + 1) & mask;
    }
}
