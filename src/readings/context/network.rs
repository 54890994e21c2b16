//! A small network for what the hanzi nearby leave in doubt: it reads the whole sentence.
//!
//! One bidirectional LSTM layer, as in g2pM (Park and Lee, Interspeech 2020), whose weights it carries
//! (Apache-2.0), quantised. The product of embedding and input weights is stored for each character, so that a
//! step costs a 32 × 128 product.

use super::weights::{Inputs, Numbers, Weights};
use fearless_simd::{Level, dispatch};

/// Units of a direction.
pub const UNITS: usize = 32;
/// Gates of a direction: input, forget, cell, output.
pub const GATES: usize = 4 * UNITS;
/// Units of the layer above both directions.
pub const TOP: usize = 32;

/// Gates that are summed at a time, so that the sums stay in registers.
const BLOCK: usize = 32;

/// The states at the characters that were asked for.
#[derive(Clone, Debug, Default)]
pub struct States {
    first: usize,
    forward: Vec<[f32; UNITS]>,
    backward: Vec<[f32; UNITS]>,
    rows: Vec<usize>,
}

/// At most so many characters before and after a doubt are read.
pub const REACH: usize = 24;

impl States {
    /// Runs the network over `chars`, as far as the doubts between `first` and `last` need it.
    pub fn run(&mut self, weights: &Weights, chars: &[char], first: usize, last: usize) {
        // Wider registers than the processor's whole family has are asked for at run time, and nothing that rounds
        // otherwise: the states are the same to the last bit everywhere.
        dispatch!(Level::new(), _ => self.both_ways(weights, chars, first, last));
    }

    /// One step forward, one step backward: neither waits for the other, so the processor does both at once.
    #[inline(always)]
    fn both_ways(&mut self, weights: &Weights, chars: &[char], first: usize, last: usize) {
        self.forward.clear();
        self.backward.clear();
        let Some(end) = chars.len().checked_sub(1) else { return };
        let last = last.min(end);
        let first = first.min(last);
        let (from, to) = (first.saturating_sub(REACH), (last + REACH).min(end));
        let inputs = weights.inputs();
        self.rows.clear();
        self.rows.extend((from == 0).then(|| inputs.begin()));
        self.rows.extend(chars[from..=to].iter().map(|&c| inputs.row(c)));
        self.rows.extend((to == end).then(|| inputs.end()));
        let asked = last + 1 - first;
        let before = first - from + usize::from(from == 0);
        let after = self.rows.len() - asked - before;
        self.first = first;
        self.forward.resize(asked, [0.0; UNITS]);
        self.backward.resize(asked, [0.0; UNITS]);
        let (mut forward, mut backward) = (Cell::new(weights, 0), Cell::new(weights, 1));
        for i in 0..asked + before.max(after) {
            if i < before + asked {
                forward.step(self.rows[i]);
                if i >= before {
                    self.forward[i - before] = forward.hidden;
                }
            }
            if i < after + asked {
                backward.step(self.rows[self.rows.len() - 1 - i]);
                if i >= after {
                    self.backward[after + asked - 1 - i] = backward.hidden;
                }
            }
        }
    }

    /// The layer above, for the character at `at`, which is one of those that were asked for.
    #[must_use]
    pub fn top(&self, weights: &Weights, at: usize) -> [f32; TOP] {
        let mut top = [0.0; TOP];
        weights.top_bias(&mut top);
        let at = at - self.first;
        for (input, &value) in self.forward[at].iter().chain(&self.backward[at]).enumerate() {
            for (unit, weight) in top.iter_mut().zip(weights.top_row(input)) {
                *unit += value * weight;
            }
        }
        for unit in &mut top {
            *unit = unit.max(0.0);
        }
        top
    }
}

/// One direction on its way through a sentence.
struct Cell {
    inputs: Inputs,
    direction: usize,
    units: [f32; GATES],
    recurrent: &'static [Numbers<GATES>],
    hidden: [f32; UNITS],
    memory: [f32; UNITS],
}

impl Cell {
    #[inline(always)]
    fn new(weights: &Weights, direction: usize) -> Self {
        Self {
            inputs: weights.inputs(),
            direction,
            units: weights.input_units(direction),
            recurrent: weights.recurrent(direction),
            hidden: [0.0; UNITS],
            memory: [0.0; UNITS],
        }
    }

    #[inline(always)]
    fn step(&mut self, row: usize) {
        let mut gates = [0.0_f32; GATES];
        if let Some(input) = self.inputs.of(row, self.direction) {
            for ((gate, &value), unit) in gates.iter_mut().zip(input).zip(&self.units) {
                *gate = f32::from(value.cast_signed()) * unit;
            }
        }
        for (number, block) in gates.as_chunks_mut::<BLOCK>().0.iter_mut().enumerate() {
            let mut sums = *block;
            for (weights, &h) in self.recurrent.iter().zip(&self.hidden) {
                let weights = &weights.as_chunks::<BLOCK>().0[number];
                for (sum, &bytes) in sums.iter_mut().zip(weights) {
                    *sum += h * f32::from_le_bytes(bytes);
                }
            }
            *block = sums;
        }
        // The three sigmoids are tanh too, of half the value: one loop over all gates, which the compiler vectorises.
        for (i, gate) in gates.iter_mut().enumerate() {
            let half = if i / UNITS == 2 { 1.0 } else { 0.5 };
            *gate = tanh(*gate * half);
        }
        let (write, rest) = gates.split_at(UNITS);
        let (keep, rest) = rest.split_at(UNITS);
        let (new, show) = rest.split_at(UNITS);
        for unit in 0..UNITS {
            let kept = (0.5 + 0.5 * keep[unit]) * self.memory[unit];
            self.memory[unit] = kept + (0.5 + 0.5 * write[unit]) * new[unit];
            self.hidden[unit] = (0.5 + 0.5 * show[unit]) * tanh(self.memory[unit]);
        }
    }
}

/// The continued fraction of tanh (Lambert), exact to 1e-4 where it isn't ±1.
#[inline(always)]
fn tanh(x: f32) -> f32 {
    let x = x.clamp(-4.97, 4.97);
    let s = x * x;
    let above = x * (135_135.0 + s * (17_325.0 + s * (378.0 + s)));
    let below = 135_135.0 + s * (62_370.0 + s * (3_150.0 + s * 28.0));
    above / below
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_summed_as_the_whole_row_is() {
        let weights = Weights::new(include_bytes!("../context.weights"));
        let chars: Vec<char> = "他在银行工作，已经很长时间没有回家了。".chars().collect();
        let mut states = States::default();
        states.run(&weights, &chars, 0, chars.len() - 1);
        let mut cell = Cell::new(&weights, 0);
        cell.step(cell.inputs.begin());
        let row = cell.inputs.row(chars[0]);
        let mut gates: Vec<f32> =
            cell.inputs.of(row, 0).expect("a row").iter().map(|&v| f32::from(v.cast_signed())).collect();
        gates.iter_mut().zip(&cell.units).for_each(|(gate, unit)| *gate *= unit);
        for (row, &h) in cell.recurrent.iter().zip(&cell.hidden) {
            gates.iter_mut().zip(row).for_each(|(gate, &bytes)| *gate += h * f32::from_le_bytes(bytes));
        }
        let sigmoid = |x: f32| 0.5 + 0.5 * tanh(0.5 * x);
        let memory: Vec<f32> = (0..UNITS)
            .map(|u| {
                sigmoid(gates[UNITS + u]) * cell.memory[u] + sigmoid(gates[u]) * tanh(gates[2 * UNITS + u])
            })
            .collect();
        for (u, memory) in memory.iter().enumerate() {
            let plain = sigmoid(gates[3 * UNITS + u]) * tanh(*memory);
            assert!((plain - states.forward[0][u]).abs() < 1e-6, "{plain} {}", states.forward[0][u]);
        }
    }

    #[test]
    fn a_part_of_a_sentence_is_read_as_far_as_its_doubts_need() {
        let weights = Weights::new(include_bytes!("../context.weights"));
        let chars: Vec<char> = "他在银行工作，".chars().cycle().take(140).collect();
        let mut whole = States::default();
        whole.run(&weights, &chars, 0, chars.len() - 1);
        let mut part = States::default();
        part.run(&weights, &chars, 70, 75);
        for at in 70..=75 {
            for (a, b) in whole.top(&weights, at).iter().zip(part.top(&weights, at)) {
                assert!((a - b).abs() < 0.05, "{at}: {a} {b}");
            }
        }
    }

    #[test]
    fn wider_registers_give_the_same_bits() {
        let weights = Weights::new(include_bytes!("../context.weights"));
        let chars: Vec<char> = "他在银行工作，已经很长时间没有回家了。".chars().cycle().take(90).collect();
        for (first, last) in [(0, 0), (3, 40), (50, 50), (80, 89), (89, 200)] {
            let (mut wide, mut plain) = (States::default(), States::default());
            wide.run(&weights, &chars, first, last);
            plain.both_ways(&weights, &chars, first, last);
            assert_eq!(wide.forward.len(), last.min(89) + 1 - first);
            assert_eq!((wide.forward, wide.backward), (plain.forward, plain.backward), "{first} to {last}");
        }
    }

    #[test]
    fn tanh_is_tanh() {
        for i in -80_i16..=80 {
            let x = f32::from(i) / 10.0;
            assert!((tanh(x) - x.tanh()).abs() < 2e-4, "{x}: {} {}", tanh(x), x.tanh());
        }
    }
}
