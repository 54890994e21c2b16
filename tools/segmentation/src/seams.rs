//! Learns the model of the seams between hanzi: writes `src/tokens/data/seams.weights`.

use std::path::Path;

use shengci::tokens::seams::model::{BITS, UNIT, features, is_hanzi, seen};

use crate::corpus::Line;

/// How often the corpus is gone through, and how far a weight moves at first (AdaGrad).
const EPOCHS: usize = 3;
const RATE: f32 = 0.2;

/// Learns from the half that is learned from, or from `all`, says how many seams of the other half it takes wrongly, and
/// writes the weights.
#[allow(clippy::cast_possible_truncation)]
pub fn run(lines: &[Line], all: bool, out: &Path) -> anyhow::Result<()> {
    let mut weights = vec![0_f32; 1 << BITS];
    let mut moved = vec![1e-3_f32; 1 << BITS];
    for _ in 0..EPOCHS {
        for line in lines.iter().filter(|line| line.training || all) {
            for_each_seam(line, |places, is_boundary| {
                let odds: f32 = places.iter().map(|&place| weights[place]).sum();
                let error = 1.0 / (1.0 + (-odds).exp()) - f32::from(u8::from(is_boundary));
                for &place in places {
                    moved[place] += error * error;
                    weights[place] -= RATE * error / moved[place].sqrt();
                }
            });
        }
    }
    let whole = |weight: f32| (weight * UNIT).round().clamp(-128.0, 127.0) as i8;
    let weights: Vec<i8> = weights.into_iter().map(whole).collect();
    let (mut seams, mut wrong) = (0_usize, 0_usize);
    for line in lines.iter().filter(|line| !line.training) {
        for_each_seam(line, |places, is_boundary| {
            let odds: i32 = places.iter().map(|&place| i32::from(weights[place])).sum();
            seams += 1;
            wrong += usize::from((odds > 0) != is_boundary);
        });
    }
    println!(
        "{seams} seams of the half that is held back, {:.3} % wrong{}",
        100.0 * wrong as f64 / seams as f64,
        if all { ", though it learned from them" } else { "" }
    );
    std::fs::write(out, weights.iter().map(|weight| weight.cast_unsigned()).collect::<Vec<u8>>())?;
    Ok(())
}

/// Calls `each` with the features of every place between two hanzi, and whether a word ends there.
fn for_each_seam(line: &Line, mut each: impl FnMut(&[usize], bool)) {
    let text: Vec<u32> = line.text.chars().map(seen).collect();
    for (at, (byte, _)) in line.text.char_indices().enumerate().skip(1) {
        if is_hanzi(text[at - 1]) && is_hanzi(text[at]) {
            each(&features(&text, at), line.boundary(byte));
        }
    }
}
