//! The linear model, learnt: a softmax over the candidates of each hanzi, by FTRL-Proximal.
//!
//! FTRL (McMahan et al. 2013) keeps rare features at zero, so that the hashed table isn't filled with noise.

use shengci::pinyin::Syllable;
use shengci::readings::context::MOST_CANDIDATES;
use shengci::readings::context::weights::{WEIGHT_BITS, row};

use crate::Settings;
use crate::samples::{Candidates, Sample, Source};

/// A model that has learnt.
pub struct Linear {
    weights: Vec<f32>,
    bits: u32,
}

/// A model in training.
struct Learner {
    z: Vec<f32>,
    n: Vec<f32>,
    settings: Settings,
}

impl Linear {
    /// Learns from all samples but those that are left out: some times, each in another order, and takes the mean, since
    /// the order of one round decides close calls by chance.
    pub fn train(
        samples: &[Sample],
        candidates: &Candidates,
        settings: Settings,
        left_out: impl Fn(Source) -> bool,
    ) -> Self {
        let size = 1 << settings.bits;
        let mut sums = vec![0.0; size];
        let mut order: Vec<usize> = (0..samples.len()).filter(|&i| !left_out(samples[i].source)).collect();
        for _ in 0..settings.rounds {
            let mut learner = Learner { z: vec![0.0; size], n: vec![0.0; size], settings };
            shuffle(&mut order);
            for _ in 0..settings.epochs {
                for &i in &order {
                    learner.learn(&samples[i], candidates);
                }
            }
            for (i, sum) in sums.iter_mut().enumerate() {
                *sum += learner.weight(i);
            }
        }
        let rounds = f32::from(settings.rounds);
        sums.iter_mut().for_each(|sum| *sum /= rounds);
        Self { weights: sums, bits: settings.bits }
    }

    /// How likely the model finds the reading of a sample.
    pub fn odds(&self, sample: &Sample, candidates: &Candidates) -> f32 {
        let Some(candidates) = candidates.get(&sample.hanzi) else { return 1.0 };
        let odds = all_odds(sample, candidates, self.bits, |i| self.weights[i]);
        candidates.iter().position(|&c| c == sample.reading).map_or(0.0, |i| odds[i])
    }

    /// The weights as numbers of six bits, and what one unit is worth. Of 30,000 weights, one would need a seventh.
    #[allow(clippy::cast_possible_truncation)] // clamped just before
    pub fn quantised(&self) -> (Vec<i8>, f32) {
        const MOST: f32 = ((1 << (WEIGHT_BITS - 1)) - 1) as f32;
        let unit = 1.0 / 16.0;
        (self.weights.iter().map(|weight| (weight / unit).round().clamp(-MOST, MOST) as i8).collect(), unit)
    }
}

impl Learner {
    fn learn(&mut self, sample: &Sample, candidates: &Candidates) {
        let Some(candidates) = candidates.get(&sample.hanzi) else { return };
        if !candidates.contains(&sample.reading) {
            return;
        }
        let trust = sample.weight
            * match sample.source {
                Source::Gold(_) => self.settings.gold,
                Source::Beside(_) => self.settings.beside,
                Source::News if sample.weight < 0.5 => self.settings.news * self.settings.teacher,
                Source::News => self.settings.news,
                Source::Reviews => self.settings.reviews,
                Source::Dictionary => self.settings.dictionary,
                Source::Phrases => self.settings.phrases,
                Source::Fragments(_) | Source::Placed(_) => self.settings.fragments,
            };
        if trust == 0.0 {
            return;
        }
        let bits = self.settings.bits;
        let odds = all_odds(sample, candidates, bits, |i| self.weight(i));
        for (i, candidate) in candidates.iter().enumerate() {
            let slope = (odds[i] - f32::from(u8::from(*candidate == sample.reading))) * trust;
            if slope.abs() < 1e-4 {
                continue;
            }
            for &f in &sample.features {
                self.step(place(f, i, bits), slope);
            }
            for f in sample.said.of(*candidate).ids(sample.hanzi) {
                self.step(place(f, 0, bits), slope);
            }
        }
    }

    fn weight(&self, i: usize) -> f32 {
        let z = self.z[i];
        if z.abs() <= self.settings.sparse {
            return 0.0;
        }
        -(z - z.signum() * self.settings.sparse) * self.settings.rate / (1.0 + self.n[i].sqrt())
    }

    fn step(&mut self, i: usize, slope: f32) {
        let weight = self.weight(i);
        let n = self.n[i] + slope * slope;
        let sigma = (n.sqrt() - self.n[i].sqrt()) / self.settings.rate;
        self.z[i] += slope - sigma * weight;
        self.n[i] = n;
    }
}

/// The odds of all candidates of a sample.
fn all_odds(
    sample: &Sample,
    candidates: &[Syllable],
    bits: u32,
    weight: impl Fn(usize) -> f32,
) -> [f32; MOST_CANDIDATES] {
    let mut odds = [0.0_f32; MOST_CANDIDATES];
    for (i, candidate) in candidates.iter().enumerate() {
        let near: f32 = sample.features.iter().map(|&f| weight(place(f, i, bits))).sum();
        let shared = sample.said.of(*candidate).ids(sample.hanzi);
        odds[i] = near + shared.iter().map(|&f| weight(place(f, 0, bits))).sum::<f32>();
    }
    softmax(&mut odds[..candidates.len()]);
    odds
}

fn place(feature: u32, candidate: usize, bits: u32) -> usize {
    (row(feature, 32 - bits) + candidate) & ((1 << bits) - 1)
}

/// Numbers to odds, in place.
pub fn softmax(scores: &mut [f32]) {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - most).exp();
        sum += *score;
    }
    scores.iter_mut().for_each(|score| *score /= sum);
}

/// The same order every time, so that training twice gives the same file.
pub fn shuffle<T>(items: &mut [T]) {
    let mut state = 12_345_u64;
    for i in (1..items.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        items.swap(i, usize::try_from(state >> 33).unwrap_or(0) % (i + 1));
    }
}
