//! The samples to learn from: a text, a hanzi in it, its reading, and how far to trust that.
//!
//! Written by `samples.py`, a text a line: `source<TAB>text<TAB>place=reading=weight …`, where the source is
//! `dev` or `dex` with the number of its fold, `news`, `reviews`, `cedict` or `phrases`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use shengci::dictionary::{Dictionary, hanzi_readings};
use shengci::pinyin::{Syllable, Tone, parse};
use shengci::readings::context::features::Features;
use shengci::readings::context::{MOST_CANDIDATES, Said, Sentence};
use shengci::tokens::Segmenter;

use crate::braces;

/// The folds, as bits, in whose labelled sentences a fragment stands: who wrote it may have read them.
pub type Folds = u8;

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
    Fragments(Folds),
    /// The same beside another clause.
    Placed(Folds),
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
            ("fra", folds) => Self::Fragments(folds.parse().ok()?),
            ("own", folds) => Self::Placed(folds.parse().ok()?),
            _ => return None,
        })
    }

    /// Whether it is of the sentences of a fold.
    pub fn is_of(self, fold: u8) -> bool {
        matches!(self, Self::Gold(own) | Self::Beside(own) if own == fold)
    }

    /// Whether it is of them, or stands in them.
    pub fn tells_of(self, fold: u8) -> bool {
        let stands_in =
            matches!(self, Self::Fragments(folds) | Self::Placed(folds) if folds & (1 << fold) != 0);
        stands_in || self.is_of(fold)
    }

    /// Whether the teacher gave it, who may answer what no dictionary has.
    fn by_teacher(self, weight: f32) -> bool {
        match self {
            Self::Beside(_) | Self::Reviews => true,
            Self::News => weight < 0.5,
            _ => false,
        }
    }

    fn alone(self) -> bool {
        matches!(self, Self::Dictionary | Self::Phrases | Self::Fragments(_))
    }
}

/// One sample.
pub struct Sample {
    /// Where it is from.
    pub source: Source,
    /// Its features.
    pub features: Box<[u32]>,
    /// The dictionary's readings, through the token.
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

/// Reads all samples: the lines of a file, and those of the fragments.
pub fn read(
    lines: &str,
    fragments: &str,
    dictionary: Dictionary,
    segmenter: &Segmenter,
) -> Result<(Vec<Sample>, Candidates)> {
    let mut samples = Vec::new();
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
            let place = matches!(source, Source::Gold(_) | Source::Placed(_)).then(|| Place {
                sentence: sentence.clone(),
                at,
                token,
                text: text.to_owned(),
            });
            samples.push(Sample { source, features, said, hanzi, reading, weight, text: place });
        }
    }
    drop_unheard(&mut samples, dictionary);
    let mut counts: BTreeMap<char, BTreeMap<Syllable, usize>> = BTreeMap::new();
    for sample in samples.iter().filter(|s| s.source != Source::Phrases) {
        let real = if sample.source == Source::Dictionary { 1 } else { 4 };
        *counts.entry(sample.hanzi).or_default().entry(sample.reading).or_default() += real;
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

/// How often each hanzi stands in sentences, whoever labelled it.
pub fn seen(samples: &[Sample]) -> BTreeMap<char, usize> {
    let mut seen = BTreeMap::new();
    for sample in samples.iter().filter(|s| !s.source.alone()) {
        *seen.entry(sample.hanzi).or_default() += 1;
    }
    seen
}

/// Drops the teacher's answers that neither the dictionary nor any other source has: of hanzi that it doesn't know it
/// says whatever it was taught of another (捭 pān).
fn drop_unheard(samples: &mut Vec<Sample>, dictionary: Dictionary) {
    let mut heard: BTreeMap<char, BTreeSet<Syllable>> = BTreeMap::new();
    for sample in samples.iter().filter(|s| !s.source.by_teacher(s.weight)) {
        heard.entry(sample.hanzi).or_default().insert(sample.reading);
    }
    samples.retain(|s| {
        !s.source.by_teacher(s.weight)
            || heard.get(&s.hanzi).is_some_and(|readings| readings.contains(&s.reading))
            || hanzi_readings(dictionary, s.hanzi).contains(&s.reading)
    });
}

/// The commonest readings in the samples but for those of one fold. A syllable that is only met unstressed (琶 in
/// 琵琶) says nothing of the hanzi alone.
pub fn common(samples: &[Sample], without: Option<u8>) -> Common {
    let mut counts: BTreeMap<char, BTreeMap<Syllable, usize>> = BTreeMap::new();
    for sample in samples {
        if sample.source == Source::Phrases || without.is_some_and(|fold| sample.source.tells_of(fold)) {
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

/// How fragments were written, which says how far a fold's judge may learn from them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// Some after reading errors in the labelled sentences: left out where they stand in a fold.
    AfterErrors,
    /// Without a look at the labelled sentences.
    Apart,
}

/// The fragments of our own, as lines of samples: `hanzi reading: phrase phrase …`. Each stands three times: alone, and
/// after and before a clause of the other samples, so that what is far off is learnt to matter little. `weight` is how far
/// to trust one.
pub fn fragments(path: &Path, others: &str, written: Written, weight: f32) -> Result<String> {
    let labelled: Vec<(u8, &str, usize)> = others
        .lines()
        .filter_map(|line| {
            let mut parts = line.strip_prefix("dev")?.split('\t');
            let (fold, text) = (parts.next()?.parse().ok()?, parts.next()?);
            let place = parts.next()?.split('=').next()?.parse().ok()?;
            Some((fold, text, text.char_indices().nth(place)?.0))
        })
        .collect();
    let stands_in = |phrase: &str, hanzi: &str| {
        let of_hanzi = labelled.iter().filter(|(_, text, at)| text[*at..].starts_with(hanzi));
        of_hanzi.fold(0_u8, |folds, &(fold, text, at)| {
            let mut found = text.match_indices(phrase);
            folds | u8::from(found.any(|(start, _)| (start..start + phrase.len()).contains(&at))) << fold
        })
    };
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
            let folds = if written == Written::Apart { 0 } else { stands_in(&phrase, hanzi) };
            let mut add = |source: &str, before: &str, after: &str| {
                let start = before.chars().count();
                let places = phrase.chars().enumerate().filter(|(_, c)| hanzi.contains(*c));
                let items: Vec<String> =
                    places.map(|(at, _)| format!("{}={reading}={weight}", start + at)).collect();
                lines += &format!("{source}{folds}\t{before}{phrase}{after}\t{}\n", items.join(" "));
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
