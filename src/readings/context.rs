//! The sentence chooses: which reading a hanzi has where it stands.
//!
//! First a linear model over hashed features of the hanzi and words nearby, which takes a fraction of a
//! microsecond and settles nine in ten. What it leaves in doubt goes to a small network that reads the whole
//! sentence, and both are weighed with what the dictionary says of the words around. Trained by `tools/train`,
//! which says on what.

pub mod features;
pub mod network;
mod said;
mod sentence;
pub mod weights;

pub use said::Said;
pub use sentence::Sentence;

use features::Features;
use network::States;
use weights::Weights;

use crate::dictionary::Dictionary;
use crate::pinyin::{Syllable, Tone};

/// Begins where a line of the processor's cache does, as the network's rows then do too.
#[repr(align(64))]
struct Aligned<T>(T);

static EMBEDDED: &[u8] = {
    static ALIGNED: Aligned<[u8; include_bytes!("context.weights").len()]> =
        Aligned(*include_bytes!("context.weights"));
    &ALIGNED.0
};

/// The most candidates that a hanzi has.
pub const MOST_CANDIDATES: usize = 8;

/// How many things are weighed together where the linear model leaves a doubt.
pub const BLENDED: usize = 11;

/// Below this the model disputes the only reading that the dictionary has.
const DISPUTED: f32 = 0.3;

/// The model. A handle to bytes; making one costs nothing.
#[derive(Clone, Copy, Debug)]
pub struct Model {
    weights: Weights,
}

/// How likely each candidate is, the sum being 1.
#[derive(Clone, Copy, Debug)]
pub struct Odds {
    candidates: [Option<(Syllable, f32)>; MOST_CANDIDATES],
}

impl Model {
    /// The model that the program carries.
    #[must_use]
    pub fn embedded() -> Self {
        Self::new(Weights::new(EMBEDDED))
    }

    /// The model of other weights: the trainer's.
    #[must_use]
    pub fn new(weights: Weights) -> Self {
        Self { weights }
    }

    /// Whether it knows a choice for this hanzi.
    #[must_use]
    pub fn knows(&self, hanzi: char) -> bool {
        self.weights.candidates(hanzi).is_some()
    }

    /// Whether the odds by the hanzi and words nearby leave no doubt. Of a hanzi that the model has seldom seen they must
    /// be higher.
    #[must_use]
    pub fn settles(&self, hanzi: char, odds: &Odds) -> bool {
        odds.best().is_none_or(|(_, best)| best >= self.weights.settled(hanzi))
    }

    /// The commonest reading of a hanzi, over everything that the model was taught.
    #[must_use]
    pub fn common(&self, hanzi: char) -> Option<Syllable> {
        self.weights.common(hanzi)
    }

    /// The odds of the hanzi at `at` in the token `token`, by the hanzi and words nearby; `said` are its readings in
    /// the dictionary through that token. None where there is no choice.
    #[must_use]
    pub fn nearby(&self, sentence: &Sentence, at: usize, token: usize, said: &Said) -> Option<Odds> {
        let hanzi = *sentence.chars().get(at)?;
        let (first, count) = self.weights.candidates(hanzi)?;
        let count = count.min(MOST_CANDIDATES);
        let linear = self.weights.linear();
        let mut sums = [0_i32; MOST_CANDIDATES];
        let sums = &mut sums[..count];
        for &feature in Features::of(sentence, at, token, false).ids() {
            linear.add(feature, sums);
        }
        let mut odds = Odds { candidates: [None; MOST_CANDIDATES] };
        for (i, sum) in sums.iter_mut().enumerate() {
            let syllable = self.weights.syllable(first + i)?;
            let listed = said.of(syllable);
            *sum += listed.ids(hanzi).into_iter().map(|id| linear.shared(id)).sum::<i32>();
            odds.candidates[i] = Some((syllable, linear.worth(*sum)));
        }
        odds.normalise();
        Some(odds)
    }

    /// The odds by the whole sentence, where [`nearby`](Self::nearby) left a doubt. `states` have been run over it.
    #[must_use]
    pub fn whole(
        &self,
        dictionary: Dictionary,
        sentence: &Sentence,
        at: usize,
        said: &Said,
        nearby: &Odds,
        states: &States,
    ) -> Odds {
        let mut odds = *nearby;
        let seen = self.sights(dictionary, sentence, at, said, nearby, states);
        for (slot, sights) in odds.candidates.iter_mut().zip(seen) {
            if let Some((_, score)) = slot {
                *score = sights.iter().enumerate().map(|(i, sight)| self.weights.blend(i) * sight).sum();
            }
        }
        odds.normalise();
        odds
    }

    /// The sights of each candidate that are weighed together; the trainer learns the weights.
    #[must_use]
    pub fn sights(
        &self,
        dictionary: Dictionary,
        sentence: &Sentence,
        at: usize,
        said: &Said,
        nearby: &Odds,
        states: &States,
    ) -> [[f32; BLENDED]; MOST_CANDIDATES] {
        let network = self.network(sentence, at, states);
        let around = Said::around(dictionary, sentence, at);
        let mut all = [[0.0; BLENDED]; MOST_CANDIDATES];
        for (i, slot) in nearby.candidates.iter().enumerate() {
            let Some((syllable, odds)) = *slot else { continue };
            let neutral = syllable.tone() == Tone::Neutral;
            let (by_word, by_around) = (said.of(syllable), around.of(syllable));
            let unstressed = said.only().is_some_and(|only| {
                only.tone() == Tone::Neutral && !neutral && only.with_tone(syllable.tone()) == syllable
            });
            let sights = &mut all[i];
            sights[0] = odds.max(1e-5).ln();
            sights[1] = network[i];
            for (place, holds) in [
                (2, by_word == features::Listed::Only),
                (3, by_word == features::Listed::Among),
                (4, matches!(by_word, features::Listed::Not | features::Listed::NotAmong)),
                (5, by_word == features::Listed::Only && neutral),
                (6, unstressed),
                (7, by_around == features::Listed::Only),
                (8, by_around == features::Listed::Among),
                (9, by_around == features::Listed::Not),
                (10, by_around == features::Listed::NotAmong),
            ] {
                sights[place] = f32::from(u8::from(holds));
            }
        }
        all
    }

    /// Runs the network over the sentence, as far as the doubts from `first` to `last` need it.
    pub fn run(&self, sentence: &Sentence, first: usize, last: usize, states: &mut States) {
        states.run(&self.weights, sentence.chars(), first, last);
    }

    /// The network's log odds of each candidate; far down where it doesn't know one.
    fn network(&self, sentence: &Sentence, at: usize, states: &States) -> [f32; MOST_CANDIDATES] {
        const UNKNOWN: f32 = -6.0;
        let mut scores = [UNKNOWN; MOST_CANDIDATES];
        let Some((first, count)) = sentence.chars().get(at).and_then(|&c| self.weights.candidates(c)) else {
            return scores;
        };
        let top = states.top(&self.weights, at);
        let mut known = [None; MOST_CANDIDATES];
        for (i, slot) in known.iter_mut().enumerate().take(count) {
            *slot = self.weights.output(first + i, &top);
        }
        let most = known.iter().flatten().copied().fold(f32::MIN, f32::max);
        let sum: f32 = known.iter().flatten().map(|score| (score - most).exp()).sum();
        if sum == 0.0 {
            return [-3.0; MOST_CANDIDATES];
        }
        for (score, known) in scores.iter_mut().zip(known) {
            if let Some(known) = known {
                *score = (known - most - sum.ln()).max(UNKNOWN);
            }
        }
        scores
    }
}

impl Odds {
    /// Each candidate and how likely it is.
    pub fn iter(&self) -> impl Iterator<Item = (Syllable, f32)> + '_ {
        self.candidates.iter().flatten().copied()
    }

    /// The likeliest.
    #[must_use]
    pub fn best(&self) -> Option<(Syllable, f32)> {
        self.iter().max_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// How likely it is one of those that can be.
    #[must_use]
    pub fn sum(&self, can_be: impl Fn(Syllable) -> bool) -> f32 {
        self.iter().filter(|&(syllable, _)| can_be(syllable)).map(|(_, odds)| odds).sum()
    }

    /// Leaves out the candidates that can't be, unless that is all of them.
    pub fn keep(&mut self, can_be: impl Fn(Syllable) -> bool) {
        let left = self.sum(&can_be);
        if left <= 0.0 {
            return;
        }
        for slot in &mut self.candidates {
            *slot = slot.filter(|&(s, _)| can_be(s)).map(|(s, odds)| (s, odds / left));
        }
    }

    /// How likely one candidate is; next to nothing where the model doesn't know it.
    #[must_use]
    pub fn of(&self, syllable: Syllable) -> f32 {
        self.iter().find(|&(s, _)| s == syllable).map_or(1e-4, |(_, odds)| odds)
    }

    /// The same, but a neutral syllable that the model doesn't know is as likely as the stressed ones it comes from.
    #[must_use]
    pub fn of_unstressed(&self, syllable: Syllable) -> f32 {
        let own = self.of(syllable);
        if syllable.tone() != Tone::Neutral {
            return own;
        }
        let stressed = self.iter().filter(|(other, _)| other.base() == syllable.base()).map(|(_, odds)| odds);
        own.max(0.9 * stressed.fold(0.0, f32::max))
    }

    /// Whether they are so much for another syllable, and not for the same one unstressed or stressed, that a reading
    /// from the dictionary needs a mark.
    #[must_use]
    pub fn speak_against(&self, syllable: Syllable) -> bool {
        let alike = |other: Syllable| {
            other == syllable
                || (other.base() == syllable.base()
                    && [other, syllable].iter().any(|s| s.tone() == Tone::Neutral))
        };
        self.iter().filter(|&(other, _)| alike(other)).map(|(_, odds)| odds).sum::<f32>() < DISPUTED
    }

    fn normalise(&mut self) {
        let most = self.iter().map(|(_, score)| score).fold(f32::MIN, f32::max);
        let mut sum = 0.0;
        for (_, score) in self.candidates.iter_mut().flatten() {
            *score = (*score - most).exp();
            sum += *score;
        }
        for (_, score) in self.candidates.iter_mut().flatten() {
            *score /= sum;
        }
    }
}
