//! The file that the program carries, in the layout of `shengci::readings::context::weights`.

use std::collections::BTreeMap;

use shengci::dictionary::{Dictionary, hanzi_readings};
use shengci::pinyin::Syllable;
use shengci::readings::context::BLENDED;
use shengci::readings::context::network::{GATES, TOP, UNITS};
use shengci::readings::context::weights::{MAGIC, Section, TAIL, WEIGHT_BITS};

use crate::linear::Linear;
use crate::network::{Network, quantise_columns, quantise_rows};
use crate::samples::{Candidates, Common};

/// How far the network is to be believed of each hanzi: 1 where it isn't said.
pub type Trust = BTreeMap<char, f32>;

/// How often each hanzi stands in sentences.
pub type Seen = BTreeMap<char, usize>;

/// A hanzi seen so often is known well enough to be settled by what is nearby; others less easily.
const OFTEN: usize = 1000;
/// The share that may be left to certainty for each, of 10,000.
const OF_OFTEN: u8 = 100;
const OF_SELDOM: u8 = 5;

/// The bytes of a model.
pub fn file(
    linear: &Linear,
    network: &Network,
    trust: &Trust,
    (candidates, common, seen): (&Candidates, &Common, &Seen),
    blend: &[f32; BLENDED],
) -> Vec<u8> {
    let common = all_common(common);
    let mut hanzi = vec![0_u16; 0x5200];
    let mut first = vec![0_u16];
    let mut codes = Vec::new();
    let mut settled = Vec::new();
    let (mut rows, mut biases) = (Vec::new(), Vec::new());
    for (&c, readings) in candidates {
        let Some(slot) = (c as usize).checked_sub(0x4E00).and_then(|at| hanzi.get_mut(at)) else { continue };
        *slot = u16::try_from(first.len()).expect("fewer hanzi than a u16 counts");
        let trust = trust.get(&c).copied().unwrap_or(1.0);
        for &reading in readings {
            codes.push(reading.code());
            let (row, bias) = network.output(c, reading).unwrap_or((&[0.0; TOP], f32::NAN));
            rows.extend(row.iter().map(|weight| weight * trust));
            biases.push(bias * trust);
        }
        settled.push(if seen.get(&c).is_some_and(|&times| times >= OFTEN) { OF_OFTEN } else { OF_SELDOM });
        first.push(u16::try_from(codes.len()).expect("fewer candidates than a u16 counts"));
    }
    let (weights, unit) = linear.quantised();
    let (input, input_units) = quantise_columns(&network.input, 2 * GATES);
    let (output, output_units) = quantise_rows(&rows, TOP);
    let mut sections: [Vec<u8>; Section::COUNT] = [
        shorts(&hanzi),
        shorts(&first),
        shorts(&codes),
        packed(&weights),
        floats(&[unit]),
        shorts(&network.chars),
        bytes(&input),
        floats(&input_units),
        floats(&network.recurrent),
        floats(&across(&network.top)),
        floats(&network.top_bias),
        bytes(&output),
        floats(&output_units),
        floats(&biases),
        floats(blend),
        shorts(&common),
        settled,
    ];
    let start = MAGIC.len() + 4 * (Section::COUNT + 1);
    align(&mut sections, start);
    let mut file = MAGIC.to_vec();
    let mut place = start;
    for section in &sections {
        file.extend(u32::try_from(place).expect("a file under 4 GiB").to_le_bytes());
        place += section.len();
    }
    file.extend(u32::try_from(place).expect("a file under 4 GiB").to_le_bytes());
    sections.iter().for_each(|section| file.extend(section));
    file
}

/// Lets the recurrent weights, which are read the most, begin on a line of the processor's cache: the section before
/// them, which is read by places, is made longer.
fn align(sections: &mut [Vec<u8>; Section::COUNT], start: usize) {
    const LINE: usize = 64;
    let (before, _) = sections.split_at_mut(Section::Recurrent as usize);
    let end = start + before.iter().map(Vec::len).sum::<usize>();
    if let Some(last) = before.last_mut() {
        last.resize(last.len() + end.next_multiple_of(LINE) - end, 0);
    }
}

/// The commonest reading of every hanzi: by the samples, else the dictionary's first.
fn all_common(common: &Common) -> Vec<u16> {
    let dictionary = Dictionary::embedded();
    (0x4E00..0xA000_u32)
        .map(|code| {
            let Some(hanzi) = char::from_u32(code) else { return 0 };
            let first = common.get(&hanzi).copied();
            first.or_else(|| hanzi_readings(dictionary, hanzi).first().copied()).map_or(0, Syllable::code)
        })
        .collect()
}

/// The layer above as it is read: a row for each input, not for each unit.
fn across(rows: &[f32]) -> Vec<f32> {
    let inputs = 2 * UNITS;
    (0..inputs).flat_map(|input| rows.iter().skip(input).step_by(inputs).copied()).collect()
}

fn shorts(values: &[u16]) -> Vec<u8> {
    values.iter().flat_map(|v| v.to_le_bytes()).collect()
}

fn floats(values: &[f32]) -> Vec<u8> {
    values.iter().flat_map(|v| v.to_le_bytes()).collect()
}

fn bytes(values: &[i8]) -> Vec<u8> {
    values.iter().map(|v| v.cast_unsigned()).collect()
}

/// Weights of six bits, four in three bytes, the lowest first.
fn packed(weights: &[i8]) -> Vec<u8> {
    let mut packed = Vec::with_capacity((weights.len() + TAIL) * WEIGHT_BITS / 8);
    let all: Vec<i8> = weights.iter().chain(weights.iter().take(TAIL)).copied().collect();
    for four in all.chunks(4) {
        let bits = four.iter().rev().fold(0_u32, |bits, weight| {
            bits << WEIGHT_BITS | u32::from(weight.cast_unsigned()) & ((1 << WEIGHT_BITS) - 1)
        });
        packed.extend(&bits.to_le_bytes()[..3]);
    }
    packed
}
