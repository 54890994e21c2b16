//! The network's weights as `label.py` wrote them, and their quantised form.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use shengci::pinyin::{Syllable, parse};
use shengci::readings::context::network::{GATES, TOP, UNITS};

/// The network, unquantised.
pub struct Network {
    /// The characters that it knows, sorted.
    pub chars: Vec<u16>,
    /// The input of each to the gates of both directions; then the two edges and the unknown.
    pub input: Vec<f32>,
    /// Recurrent weights, both directions.
    pub recurrent: Vec<f32>,
    /// The layer above.
    pub top: Vec<f32>,
    /// Its biases.
    pub top_bias: Vec<f32>,
    classes: BTreeMap<Syllable, (Vec<f32>, f32)>,
    pairs: BTreeSet<(char, Syllable)>,
    known: BTreeSet<char>,
}

struct Cursor<'b>(&'b [u8]);

impl<'b> Cursor<'b> {
    fn take(&mut self, count: usize) -> Result<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(count).context("the network's file ends too early")?;
        self.0 = rest;
        Ok(taken)
    }

    fn number(&mut self) -> Result<usize> {
        let bytes = self.take(4)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) as usize)
    }

    fn floats(&mut self, count: usize) -> Result<Vec<f32>> {
        Ok(self.take(4 * count)?.as_chunks::<4>().0.iter().map(|&b| f32::from_le_bytes(b)).collect())
    }

    fn syllable(&mut self) -> Result<Option<Syllable>> {
        let text = std::str::from_utf8(self.take(8)?)?.trim_end_matches('\0');
        Ok(parse::syllable(text))
    }
}

impl Network {
    /// Reads what `label.py --network` wrote.
    pub fn read(path: &Path) -> Result<Self> {
        let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
        let mut cursor = Cursor(&bytes);
        let count = cursor.number()?;
        let chars =
            cursor.take(2 * count)?.as_chunks::<2>().0.iter().map(|&b| u16::from_le_bytes(b)).collect();
        let input = cursor.floats((count + 3) * 2 * GATES)?;
        let recurrent = cursor.floats(2 * UNITS * GATES)?;
        let top = cursor.floats(TOP * 2 * UNITS)?;
        let top_bias = cursor.floats(TOP)?;
        let mut classes = BTreeMap::new();
        for _ in 0..cursor.number()? {
            let syllable = cursor.syllable()?;
            let (row, bias) = (cursor.floats(TOP)?, cursor.floats(1)?[0]);
            if let Some(syllable) = syllable {
                classes.insert(syllable, (row, bias));
            }
        }
        let (mut pairs, mut known) = (BTreeSet::new(), BTreeSet::new());
        for _ in 0..cursor.number()? {
            let hanzi = char::from_u32(u32::try_from(cursor.number()?)?).context("no hanzi")?;
            known.insert(hanzi);
            if let Some(syllable) = cursor.syllable()? {
                pairs.insert((hanzi, syllable));
            }
        }
        Ok(Self { chars, input, recurrent, top, top_bias, classes, pairs, known })
    }

    /// The output row and bias for one candidate of one hanzi, where the network was taught it.
    pub fn output(&self, hanzi: char, reading: Syllable) -> Option<(&[f32], f32)> {
        if !self.known.contains(&hanzi) {
            return None;
        }
        let (row, bias) = self.classes.get(&reading)?;
        // The network was never shown this reading of this hanzi: believe it less.
        let doubt = if self.pairs.contains(&(hanzi, reading)) { 0.0 } else { 4.0 };
        Some((row, bias - doubt))
    }
}

/// Rows of numbers as eight-bit ones, each row with what one of its units is worth.
#[allow(clippy::cast_possible_truncation)] // clamped just before
pub fn quantise_rows(rows: &[f32], width: usize) -> (Vec<i8>, Vec<f32>) {
    let mut numbers = Vec::with_capacity(rows.len());
    let mut units = Vec::new();
    for row in rows.chunks(width) {
        let unit = (row.iter().fold(0.0_f32, |most, v| most.max(v.abs())) / 127.0).max(1e-9);
        numbers.extend(row.iter().map(|v| (v / unit).round().clamp(-127.0, 127.0) as i8));
        units.push(unit);
    }
    (numbers, units)
}

/// The same with a unit for each column.
#[allow(clippy::cast_possible_truncation)] // clamped just before
pub fn quantise_columns(rows: &[f32], width: usize) -> (Vec<i8>, Vec<f32>) {
    let mut units = vec![1e-9_f32; width];
    for row in rows.chunks(width) {
        for (unit, v) in units.iter_mut().zip(row) {
            *unit = unit.max(v.abs() / 127.0);
        }
    }
    let numbers = rows
        .chunks(width)
        .flat_map(|row| row.iter().zip(&units).map(|(v, unit)| (v / unit).round().clamp(-127.0, 127.0) as i8))
        .collect();
    (numbers, units)
}
