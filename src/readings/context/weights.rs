//! The model's numbers, read where they lie in the program: nothing is parsed or copied at start.
//!
//! Written by `tools/train`, which uses this layout: a header of offsets, then the sections of [`Section`], all
//! little-endian.

use super::network::{GATES, TOP, UNITS};
use crate::pinyin::Syllable;

/// The first bytes of the file.
pub const MAGIC: &[u8; 4] = b"SCW2";

/// The parts of the file, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// For each of U+4E00 to U+9FFF: 0, or 1 + its number among the hanzi that have a choice. u16.
    Hanzi,
    /// For each such hanzi, its first candidate; one more at the end. u16.
    First,
    /// For each candidate, the code of its syllable. u16.
    Candidate,
    /// The hashed weights, a power of two of them, four in three bytes; the first [`TAIL`] stand at the end again.
    Linear,
    /// The worth of one unit of them. f32, one.
    LinearUnit,
    /// The characters that the network knows, sorted. u16.
    NetworkChars,
    /// For each of them, and the two edges, and the unknown: a row of gates. i8.
    NetworkInput,
    /// The worth of one unit of each gate. f32.
    NetworkInputUnit,
    /// The recurrent weights, for each direction and unit a row of gates. f32.
    Recurrent,
    /// The layer above: for each unit of both directions a row over that layer. f32.
    Top,
    /// Its biases. f32.
    TopBias,
    /// For each candidate a row over the layer above. i8.
    Output,
    /// The worth of one unit of each row. f32.
    OutputUnit,
    /// For each candidate its bias; not a number where the network doesn't know it. f32.
    OutputBias,
    /// How the two and the dictionary are weighed together. f32.
    Blend,
    /// For each of U+4E00 to U+9FFF the code of its commonest reading, or 0. u16.
    Common,
    /// For each hanzi that has a choice, how sure the linear model must be of it to be asked alone. u8, of 10,000:
    /// what is left to certainty.
    Settled,
}

impl Section {
    /// How many there are.
    pub const COUNT: usize = 17;
}

/// A hashed weight has so many bits, with its sign.
pub const WEIGHT_BITS: usize = 6;

/// The hashed weights that stand once more behind the last one, so that a row which ends the table goes on.
pub const TAIL: usize = 12;

/// A view of the file.
#[derive(Clone, Copy, Debug)]
pub struct Weights {
    bytes: &'static [u8],
}

impl Weights {
    /// A view of a file that `tools/train` wrote.
    #[must_use]
    pub const fn new(bytes: &'static [u8]) -> Self {
        Self { bytes }
    }

    /// The candidates of a hanzi: the number of the first one, and how many. None where there is no choice.
    #[must_use]
    pub fn candidates(&self, hanzi: char) -> Option<(usize, usize)> {
        let number = self.number(hanzi)?;
        let first = usize::from(self.u16(Section::First, number));
        let end = usize::from(self.u16(Section::First, number + 1));
        Some((first, end.saturating_sub(first)))
    }

    /// How sure the linear model must be of a hanzi that has a choice, so that nothing else is asked.
    #[must_use]
    pub fn settled(&self, hanzi: char) -> f32 {
        let left = self.number(hanzi).and_then(|number| self.section(Section::Settled).get(number));
        1.0 - f32::from(left.copied().unwrap_or_default()) / 10_000.0
    }

    fn number(&self, hanzi: char) -> Option<usize> {
        let at = u32::from(hanzi).checked_sub(0x4E00).filter(|&at| at < 0x5200)? as usize;
        usize::from(self.u16(Section::Hanzi, at)).checked_sub(1)
    }

    /// The commonest reading of a hanzi.
    #[must_use]
    pub fn common(&self, hanzi: char) -> Option<Syllable> {
        let at = u32::from(hanzi).checked_sub(0x4E00)? as usize;
        Syllable::from_code(self.u16(Section::Common, at))
    }

    /// The syllable of a candidate.
    #[must_use]
    pub fn syllable(&self, candidate: usize) -> Option<Syllable> {
        Syllable::from_code(self.u16(Section::Candidate, candidate))
    }

    /// The hashed weights.
    #[must_use]
    pub fn linear(&self) -> Linear {
        let weights = self.section(Section::Linear);
        let count = (8 * weights.len() / WEIGHT_BITS).max(2);
        Linear { weights, shift: 32 - count.ilog2(), unit: self.f32(Section::LinearUnit, 0) }
    }

    /// How one thing is weighed.
    #[must_use]
    pub fn blend(&self, at: usize) -> f32 {
        self.f32(Section::Blend, at)
    }

    /// The rows that characters bring to the gates.
    pub(super) fn inputs(&self) -> Inputs {
        Inputs {
            known: self.section(Section::NetworkChars).as_chunks::<2>().0,
            rows: self.section(Section::NetworkInput).as_chunks::<GATES>().0,
        }
    }

    /// The worth of one unit of each gate.
    pub(super) fn input_units(&self, direction: usize) -> [f32; GATES] {
        let mut units = [0.0; GATES];
        for (unit, value) in
            units.iter_mut().zip(self.floats(Section::NetworkInputUnit, direction * GATES, GATES))
        {
            *unit = value;
        }
        units
    }

    /// The recurrent weights of a direction: for each unit a row of gates.
    pub(super) fn recurrent(&self, direction: usize) -> &'static [Numbers<GATES>] {
        let all = self.section(Section::Recurrent).as_chunks::<4>().0.as_chunks::<GATES>().0;
        all.get(direction * UNITS..(direction + 1) * UNITS).unwrap_or_default()
    }

    pub(super) fn top_row(&self, input: usize) -> impl Iterator<Item = f32> + use<> {
        self.floats(Section::Top, input * TOP, TOP)
    }

    pub(super) fn top_bias(&self, top: &mut [f32; TOP]) {
        for (unit, bias) in top.iter_mut().zip(self.floats(Section::TopBias, 0, TOP)) {
            *unit = bias;
        }
    }

    /// The network's score of a candidate, if it knows it.
    pub(super) fn output(&self, candidate: usize, top: &[f32; TOP]) -> Option<f32> {
        let bias = self.f32(Section::OutputBias, candidate);
        if bias.is_nan() {
            return None;
        }
        let row = self.section(Section::Output).get(candidate * TOP..(candidate + 1) * TOP)?;
        let sum: f32 = row.iter().zip(top).map(|(&w, t)| f32::from(w.cast_signed()) * t).sum();
        Some(bias + sum * self.f32(Section::OutputUnit, candidate))
    }

    fn section(&self, section: Section) -> &'static [u8] {
        let at = MAGIC.len() + 4 * section as usize;
        let offset = |at: usize| {
            self.bytes.get(at..at + 4).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]) as usize)
        };
        self.bytes.get(offset(at)..offset(at + 4)).unwrap_or_default()
    }

    fn u16(&self, section: Section, at: usize) -> u16 {
        self.section(section).as_chunks::<2>().0.get(at).map_or(0, |&b| u16::from_le_bytes(b))
    }

    fn f32(&self, section: Section, at: usize) -> f32 {
        self.section(section).as_chunks::<4>().0.get(at).map_or(0.0, |&b| f32::from_le_bytes(b))
    }

    fn floats(&self, section: Section, start: usize, count: usize) -> impl Iterator<Item = f32> + use<> {
        let all = self.section(section).as_chunks::<4>().0;
        all.get(start..start + count).unwrap_or_default().iter().map(|&b| f32::from_le_bytes(b))
    }
}

/// `COUNT` values of `f32` as they lie in the file.
pub(super) type Numbers<const COUNT: usize> = [[u8; 4]; COUNT];

/// The rows that characters bring to the gates of the network: for each known one, for the two edges, for all others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Inputs {
    known: &'static [[u8; 2]],
    rows: &'static [[u8; GATES]],
}

impl Inputs {
    /// The row of a character.
    pub fn row(&self, c: char) -> usize {
        u16::try_from(u32::from(c))
            .ok()
            .and_then(|c| self.known.binary_search_by_key(&c, |&b| u16::from_le_bytes(b)).ok())
            .unwrap_or(self.known.len() + 2)
    }

    /// The row of what stands before the first character.
    pub fn begin(&self) -> usize {
        self.known.len()
    }

    /// The row of what stands after the last one.
    pub fn end(&self) -> usize {
        self.known.len() + 1
    }

    /// The numbers of a row for one direction.
    pub fn of(&self, row: usize, direction: usize) -> Option<&'static [u8; GATES]> {
        self.rows.get(row * 2 + direction)
    }
}

/// The hashed weights, ready to be summed.
#[derive(Clone, Copy, Debug)]
pub struct Linear {
    weights: &'static [u8],
    shift: u32,
    unit: f32,
}

impl Linear {
    /// Adds the weights of one feature to the sums of all candidates; they lie side by side.
    pub fn add(&self, feature: u32, sums: &mut [i32]) {
        let mut row = self.row(feature);
        for sum in sums {
            *sum += first(row);
            row >>= WEIGHT_BITS;
        }
    }

    /// The weight of a feature that is shared by all candidates that have it.
    #[must_use]
    pub fn shared(&self, feature: u32) -> i32 {
        first(self.row(feature))
    }

    /// The logit of a sum of weights.
    #[must_use]
    #[allow(clippy::cast_precision_loss)] // sums of some dozens of small numbers
    pub fn worth(&self, sum: i32) -> f32 {
        sum as f32 * self.unit
    }

    /// The weights of a feature, the first one lowest: more than there are candidates.
    fn row(&self, feature: u32) -> u64 {
        let bit = row(feature, self.shift) * WEIGHT_BITS;
        let bytes = self.weights.get(bit / 8..).and_then(<[u8]>::first_chunk);
        bytes.map_or(0, |&bytes| u64::from_le_bytes(bytes) >> (bit % 8))
    }
}

/// The first weight of a row.
fn first(row: u64) -> i32 {
    const ABOVE: usize = i32::BITS as usize - WEIGHT_BITS;
    #[allow(clippy::cast_possible_truncation)] // the others are left out on purpose
    let lowest = row as u32;
    (lowest << ABOVE).cast_signed() >> ABOVE
}

/// Where the weights of a feature begin.
#[must_use]
pub fn row(feature: u32, shift: u32) -> usize {
    (feature >> shift) as usize
}
