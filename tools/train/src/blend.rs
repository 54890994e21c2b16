//! How the linear model, the network and the dictionary are weighed together: a small softmax regression over
//! what each said of labelled sentences that it hadn't been taught.

use shengci::pinyin::Syllable;
use shengci::readings::context::{BLENDED, MOST_CANDIDATES};

use crate::linear::{shuffle, softmax};

/// The sightings of one labelled hanzi.
pub struct Seen {
    /// Its fold.
    pub fold: u8,
    /// The candidates.
    pub candidates: Vec<Syllable>,
    /// The values to weigh, for each.
    pub sights: [[f32; BLENDED]; MOST_CANDIDATES],
    /// Which candidate is right; none where it is no candidate.
    pub right: Option<usize>,
}

/// Learns the weights from what was seen in folds other than `without`.
pub fn learn(seen: &[Seen], without: &[u8]) -> [f32; BLENDED] {
    let mut blend = [0.0_f32; BLENDED];
    (blend[0], blend[1]) = (0.5, 0.5);
    let mut slopes = [1e-6_f32; BLENDED];
    let mut order: Vec<usize> = (0..seen.len()).filter(|&i| !without.contains(&seen[i].fold)).collect();
    for epoch in 0..10_u8 {
        shuffle(&mut order);
        for &i in &order {
            let Some(right) = seen[i].right else { continue };
            let mut odds = score(&seen[i], &blend);
            softmax(&mut odds);
            odds[right] -= 1.0;
            for (k, weight) in blend.iter_mut().enumerate() {
                let slope: f32 =
                    odds.iter().zip(&seen[i].sights).map(|(o, s)| o * s[k]).sum::<f32>() + 1e-4 * *weight;
                slopes[k] += slope * slope;
                *weight -= 0.3 / (1.0 + f32::from(epoch)) * slope / slopes[k].sqrt();
            }
        }
    }
    blend
}

/// The score of each candidate.
pub fn score(seen: &Seen, blend: &[f32; BLENDED]) -> Vec<f32> {
    seen.sights
        .iter()
        .take(seen.candidates.len())
        .map(|sights| sights.iter().zip(blend).map(|(s, b)| s * b).sum())
        .collect()
}
