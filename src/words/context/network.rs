//! A small network for what the hanzi nearby leave in doubt: it reads the whole sentence.
//!
//! One bidirectional LSTM layer, as in g2pM (Park and Lee, Interspeech 2020), whose weights it carries
//! (Apache-2.0), quantised. The product of embedding and input weights is stored for each character, so that a
//! step costs a 32 × 128 product: about a microsecond.

use super::weights::Weights;

/// Units of a direction.
pub const UNITS: usize = 32;
/// Gates of a direction: input, forget, cell, output.
pub const GATES: usize = 4 * UNITS;
/// Units of the layer above both directions.
pub const TOP: usize = 32;

/// The state at each character of one sentence, once it was asked for.
#[derive(Clone, Debug, Default)]
pub struct States {
    forward: Vec<[f32; UNITS]>,
    backward: Vec<[f32; UNITS]>,
}

/// What stands for the two edges and for characters that the network doesn't know.
#[derive(Clone, Copy, Debug)]
pub enum Input {
    /// A character.
    Char(char),
    /// Before the first one.
    Begin,
    /// After the last one.
    End,
}

/// At most so many characters before and after a doubt are read.
const REACH: usize = 24;

impl States {
    /// Runs the network over `chars`, as far as the doubts between `first` and `last` need it.
    pub fn run(&mut self, weights: &Weights, chars: &[char], first: usize, last: usize) {
        let zero = [0.0; UNITS];
        self.forward.clear();
        self.forward.resize(chars.len(), zero);
        self.backward.clear();
        self.backward.resize(chars.len(), zero);
        let last = last.min(chars.len().saturating_sub(1));
        let (from, to) = (first.saturating_sub(REACH), (last + REACH).min(chars.len().saturating_sub(1)));
        let mut cell = Cell::default();
        if from == 0 {
            cell.step(weights, Input::Begin, 0);
        }
        for (&c, state) in chars.iter().zip(&mut self.forward).take(last + 1).skip(from) {
            cell.step(weights, Input::Char(c), 0);
            *state = cell.hidden;
        }
        let mut cell = Cell::default();
        if to + 1 == chars.len() {
            cell.step(weights, Input::End, 1);
        }
        for at in (first..=to).rev() {
            cell.step(weights, Input::Char(chars[at]), 1);
            self.backward[at] = cell.hidden;
        }
    }

    /// The layer above, for the character at `at`.
    #[must_use]
    pub fn top(&self, weights: &Weights, at: usize) -> [f32; TOP] {
        let mut top = [0.0; TOP];
        weights.top_bias(&mut top);
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

struct Cell {
    hidden: [f32; UNITS],
    memory: [f32; UNITS],
}

impl Default for Cell {
    fn default() -> Self {
        Self { hidden: [0.0; UNITS], memory: [0.0; UNITS] }
    }
}

impl Cell {
    fn step(&mut self, weights: &Weights, input: Input, direction: usize) {
        let mut gates = [0.0_f32; GATES];
        weights.input(input, direction, &mut gates);
        for (unit, &h) in self.hidden.iter().enumerate() {
            for (gate, w) in gates.iter_mut().zip(weights.recurrent(direction, unit)) {
                *gate += h * w;
            }
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
    fn tanh_is_tanh() {
        for i in -80_i16..=80 {
            let x = f32::from(i) / 10.0;
            assert!((tanh(x) - x.tanh()).abs() < 2e-4, "{x}: {} {}", tanh(x), x.tanh());
        }
    }
}
