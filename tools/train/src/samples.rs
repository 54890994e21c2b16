//! The samples to learn from: a text, a hanzi in it, its reading, and how far to trust that.
//!
//! Written by `samples.py`, a text a line: `source<TAB>text<TAB>place=reading=weight …`, where the source is
//! `dev` or `dex` with the number of its fold, `news`, `reviews`, `cedict` or `phrases`.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use shengci::dictionary::Dictionary;
use shengci::pinyin::{Syllable, Tone, parse};
use shengci::tokens::Segmenter;
use shengci::words::context::features::Features;
use shengci::words::context::{MOST_CANDIDATES, Said, Sentence};

use crate::braces;

/// Where a sample is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The labelled sentences, and the fold that they are in.
    Gold(u8),
    /// The teacher's answers for the other hanzi of those sentences.
    Beside(u8),
    /// The news.
    News,
    /// Reviews: spoken style.
    Reviews,
    /// Words of the dictionary, alone.
    Dictionary,
    /// Phrases, alone.
    Phrases,
    /// Fragments of our own, alone.
    Fragments,
    /// The same beside another clause.
    Placed,
}

impl Source {
    fn parse(text: &str) -> Option<Self> {
        let (name, fold) = text.split_at(text.len().min(3));
        Some(match (name, fold) {
            ("dev", fold) => Self::Gold(fold.parse().ok()?),
            ("dex", fold) => Self::Beside(fold.parse().ok()?),
            ("new", _) => Self::News,
            ("rev", _) => Self::Reviews,
            ("ced", _) => Self::Dictionary,
            ("phr", _) => Self::Phrases,
            ("fra", _) => Self::Fragments,
            ("own", _) => Self::Placed,
            _ => return None,
        })
    }

    /// The fold, for the labelled sentences.
    pub fn fold(self) -> Option<u8> {
        match self {
            Self::Gold(fold) | Self::Beside(fold) => Some(fold),
            _ => None,
        }
    }

    fn alone(self) -> bool {
        matches!(self, Self::Dictionary | Self::Phrases | Self::Fragments)
    }
}

/// One sample.
pub struct Sample {
    /// Where it is from.
    pub source: Source,
    /// Its features.
    pub features: Box<[u32]>,
    /// What the dictionary says through the token.
    pub said: Said,
    /// The hanzi.
    pub hanzi: char,
    /// The right reading.
    pub reading: Syllable,
    /// How far to trust that.
    pub weight: f32,
    /// The text, for the labelled ones.
    pub text: Option<Place>,
}

/// Where a labelled hanzi stands.
pub struct Place {
    /// The sentence.
    pub sentence: Sentence,
    /// The hanzi.
    pub at: usize,
    /// Its token.
    pub token: usize,
    /// The whole text.
    pub text: String,
}

/// The readings of each hanzi that has a choice.
pub type Candidates = BTreeMap<char, Vec<Syllable>>;

/// The commonest reading of each hanzi, also of those that have no choice.
pub type Common = BTreeMap<char, Syllable>;

/// Reads all samples.
pub fn read(
    path: &Path,
    fragments: &str,
    dictionary: Dictionary,
    segmenter: &Segmenter,
) -> Result<(Vec<Sample>, Candidates)> {
    let lines = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut samples = Vec::new();
    let mut counts: BTreeMap<char, BTreeMap<Syllable, usize>> = BTreeMap::new();
    for line in lines.lines().chain(fragments.lines()) {
        let mut parts = line.split('\t');
        let (Some(source), Some(text), Some(items)) = (parts.next(), parts.next(), parts.next()) else {
            continue;
        };
        let source = Source::parse(source).with_context(|| line.to_owned())?;
        let mut sentence = Sentence::default();
        for token in segmenter.cut(text).iter() {
            sentence.push(token.span.of(text));
        }
        for item in items.split(' ') {
            let mut parts = item.split('=');
            let at: usize = parts.next().unwrap_or_default().parse()?;
            let Some(reading) = parts.next().and_then(parse::syllable) else { continue };
            let weight: f32 = parts.next().unwrap_or_default().parse()?;
            let token = sentence.tokens().partition_point(|&(_, end)| end <= at);
            let hanzi = sentence.chars()[at];
            let said = said(dictionary, &sentence, at, token);
            let features = Features::of(&sentence, at, token, source.alone()).ids().into();
            if source != Source::Phrases {
                let real = if source == Source::Dictionary { 1 } else { 4 };
                *counts.entry(hanzi).or_default().entry(reading).or_default() += real;
            }
            let place = matches!(source, Source::Gold(_) | Source::Placed).then(|| Place {
                sentence: sentence.clone(),
                at,
                token,
                text: text.to_owned(),
            });
            samples.push(Sample { source, features, said, hanzi, reading, weight, text: place });
        }
    }
    let candidates = counts
        .into_iter()
        .filter(|(_, readings)| readings.len() > 1)
        .map(|(hanzi, readings)| {
            let mut readings: Vec<_> = readings.into_iter().collect();
            readings.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
            readings.truncate(MOST_CANDIDATES);
            (hanzi, readings.into_iter().map(|(reading, _)| reading).collect())
        })
        .collect();
    Ok((samples, candidates))
}

/// The commonest readings in the samples but for those of one fold. A syllable that is only met unstressed (琶 in
/// 琵琶) says nothing of the hanzi alone.
pub fn common(samples: &[Sample], without: Option<u8>) -> Common {
    let mut counts: BTreeMap<char, BTreeMap<Syllable, usize>> = BTreeMap::new();
    for sample in samples {
        if sample.source == Source::Phrases || (without.is_some() && sample.source.fold() == without) {
            continue;
        }
        let real = if sample.source == Source::Dictionary { 1 } else { 4 };
        *counts.entry(sample.hanzi).or_default().entry(sample.reading).or_default() += real;
    }
    counts
        .into_iter()
        .filter(|(_, readings)| readings.len() > 1 || readings.keys().all(|r| r.tone() != Tone::Neutral))
        .filter_map(|(hanzi, readings)| Some((hanzi, readings.into_iter().rev().max_by_key(|&(_, n)| n)?.0)))
        .collect()
}

/// The fragments of our own, as lines of samples: `hanzi reading: phrase phrase …`. Each stands three times: alone, and
/// after and before a clause of the other samples, so that what is far off is learnt to matter little.
pub fn fragments(path: &Path, others: &Path) -> Result<String> {
    let others = std::fs::read_to_string(others).with_context(|| others.display().to_string())?;
    let clauses = others
        .lines()
        .filter(|line| line.starts_with("rev") || line.starts_with("news"))
        .filter_map(|line| {
            let mut clauses = line.split('\t').nth(1)?.split(['，', '。', '！', '？', '、', '；']);
            clauses.find(|clause| (4..=14).contains(&clause.chars().count()))
        });
    let mut clauses = clauses.step_by(2).cycle();
    let mut lines = String::new();
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (head, phrases) = line.split_once(':').with_context(|| line.to_owned())?;
        let (hanzi, reading) = head.split_once(' ').with_context(|| line.to_owned())?;
        for phrase in phrases.split_whitespace().flat_map(braces::expand) {
            let mut add = |source: &str, before: &str, after: &str| {
                let start = before.chars().count();
                let places = phrase.chars().enumerate().filter(|(_, c)| hanzi.contains(*c));
                let items: Vec<String> =
                    places.map(|(at, _)| format!("{}={reading}=1", start + at)).collect();
                lines += &format!("{source}\t{before}{phrase}{after}\t{}\n", items.join(" "));
                items.len()
            };
            anyhow::ensure!(add("fra", "", "") > 0, "{phrase} has no {hanzi}");
            let mut clause = || clauses.next().unwrap_or_default();
            add("own", &format!("{}，", clause()), "。");
            add("own", "", &format!("，{}。", clause()));
        }
    }
    Ok(lines)
}

fn said(dictionary: Dictionary, sentence: &Sentence, at: usize, token: usize) -> Said {
    let Some(&(start, end)) = sentence.tokens().get(token) else { return Said::default() };
    if end - start < 2 {
        return Said::default();
    }
    dictionary
        .find(sentence.between(start, end))
        .map_or_else(Said::default, |word| Said::by(&word, at - start))
}
