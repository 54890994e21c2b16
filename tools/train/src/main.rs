//! Trains the model that chooses readings in context, and says how good it is on sentences that it wasn't taught.
//!
//! `README.md` beside this says what it is trained on, with sources and licences, and how to run it.

#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr)] // a tool, not the core

mod blend;
mod braces;
mod cedict;
mod linear;
mod lock;
mod network;
mod report;
mod samples;
mod write;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use shengci::dictionary::Dictionary;
use shengci::pinyin::Syllable;
use shengci::readings::context::features::LOOKS_FAR;
use shengci::readings::context::network::States;
use shengci::readings::context::weights::Weights;
use shengci::readings::context::{BLENDED, Model};
use shengci::tokens::Segmenter;

use blend::Seen;
use linear::Linear;
use network::Network;
use samples::{Candidates, Sample, Source, Written};
use write::Trust;

/// How to learn.
#[derive(Clone, Copy, Debug, serde::Serialize)]
pub struct Settings {
    epochs: usize,
    rounds: u8,
    bits: u32,
    rate: f32,
    sparse: f32,
    gold: f32,
    beside: f32,
    news: f32,
    reviews: f32,
    dictionary: f32,
    phrases: f32,
    teacher: f32,
    doubt: f32,
    least: f32,
    fragments: f32,
    apart: f32,
}

const FOLDS: u8 = 5;

fn main() -> Result<()> {
    let mut paths = Vec::new();
    let mut settings = Settings {
        epochs: 3,
        rounds: 4,
        bits: 22,
        rate: 0.6,
        sparse: 0.2,
        gold: 3.0,
        beside: 1.0,
        news: 1.0,
        reviews: 1.0,
        dictionary: 1.0,
        phrases: 0.1,
        teacher: 1.0,
        doubt: 0.2,
        least: 0.15,
        fragments: 4.0,
        apart: 0.5,
    };
    for argument in std::env::args().skip(1) {
        let Some((name, value)) = argument.split_once('=') else {
            paths.push(PathBuf::from(argument));
            continue;
        };
        let number: f32 = value.parse().with_context(|| argument.clone())?;
        match name {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // small whole numbers
            "epochs" => settings.epochs = number as usize,
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            "rounds" => settings.rounds = number as u8,
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            "bits" => settings.bits = number as u32,
            "rate" => settings.rate = number,
            "sparse" => settings.sparse = number,
            "gold" => settings.gold = number,
            "beside" => settings.beside = number,
            "news" => settings.news = number,
            "reviews" => settings.reviews = number,
            "dictionary" => settings.dictionary = number,
            "phrases" => settings.phrases = number,
            "teacher" => settings.teacher = number,
            "doubt" => settings.doubt = number,
            "least" => settings.least = number,
            "fragments" => settings.fragments = number,
            "apart" => settings.apart = number,
            _ => anyhow::bail!("unknown setting {name}"),
        }
    }
    if paths.iter().map(PathBuf::as_path).eq([Path::new("cedict")]) {
        return cedict::print(Dictionary::embedded());
    }
    let [file, fragments, polyphones, network, out] = paths.as_slice() else {
        anyhow::bail!(
            "usage: train SAMPLES.tsv FRAGMENTS.txt POLYPHONES.txt NETWORK.bin OUT.weights [setting=number …]\n       train cedict"
        );
    };
    let dictionary = Dictionary::embedded();
    let others = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let ours = samples::fragments(fragments, &others, Written::AfterErrors, 1.0)?
        + &samples::fragments(polyphones, &others, Written::Apart, settings.apart)?;
    let (samples, candidates) = samples::read(&others, &ours, dictionary, &Segmenter::new(dictionary))?;
    let samples = trusted(samples, &candidates, settings);
    let inputs = [
        ("tools/train/fragments.txt", fragments.as_path()),
        ("tools/train/polyphones.txt", polyphones),
        ("samples.tsv", file),
        ("network.bin", network),
    ];
    let network = Network::read(network)?;
    eprintln!("{} samples, {} hanzi with a choice", samples.len(), candidates.len());

    let trust = trust(&samples, &candidates, &network, settings, dictionary);
    let task =
        Task { samples: &samples, candidates: &candidates, network: &network, trust: &trust, settings };
    let (seen, judges) = cross_fit(task, dictionary);
    let measured = report::print(task, &seen, &judges, dictionary);
    eprint!("{measured}");
    std::fs::write(fragments.with_file_name("measured.txt"), &measured)?;
    let blend = blend::learn(&seen, &[]);
    eprintln!("weighed as {blend:.2?}");
    let linear = Linear::train(&samples, &candidates, settings, |_| false);
    let common = samples::common(&samples, None);
    std::fs::write(
        out,
        write::file(&linear, &network, &trust, (&candidates, &common, &samples::seen(&samples)), &blend),
    )?;
    lock::write(out, inputs, file, settings, &measured)
}

/// The samples without those answers of the teacher that a model rejects which was taught by the dictionary, the tags
/// of the news and the fragments alone. The labelled sentences have no part in it, so no fold leaks.
fn trusted(samples: Vec<Sample>, candidates: &Candidates, settings: Settings) -> Vec<Sample> {
    let unsure = |s: &Sample| {
        matches!(s.source, Source::Beside(_) | Source::Reviews)
            || (s.source == Source::News && s.weight < 0.5)
    };
    let quiet = Settings { beside: 0.0, reviews: 0.0, teacher: 0.0, gold: 0.0, ..settings };
    let judge = Linear::train(&samples, candidates, quiet, |_| false);
    let all = samples.len();
    // The teacher, an encyclopedia's, reads 为 as wéi where the news' tags say that it is a preposition.
    let misled = |s: &Sample| LOOKS_FAR.contains(s.hanzi);
    let kept: Vec<Sample> = samples
        .into_iter()
        .filter(|s| !unsure(s) || !misled(s) && judge.odds(s, candidates) > settings.doubt)
        .collect();
    eprintln!("{} answers of the teacher dropped", all - kept.len());
    kept
}

/// How far to believe the network of each hanzi: by how often it reads our fragments right, which it never saw. It was
/// taught by an encyclopedia, where nobody has to go home (得走了).
fn trust(
    samples: &[Sample],
    candidates: &Candidates,
    network: &Network,
    settings: Settings,
    dictionary: Dictionary,
) -> Trust {
    let idle = Linear::train(&[], candidates, settings, |_| false);
    let choices = (candidates, &samples::Common::new(), &samples::seen(samples));
    let file = write::file(&idle, network, &Trust::new(), choices, &[0.0; BLENDED]);
    let model = Model::new(Weights::new(file.leak()));
    let mut states = States::default();
    let mut counts: BTreeMap<char, (f32, f32)> = BTreeMap::new();
    for sample in samples.iter().filter(|s| matches!(s.source, Source::Placed(_))) {
        let seen = look_at(&model, dictionary, sample, 0, &mut states);
        let by_network: Vec<f32> = seen.sights.iter().take(seen.candidates.len()).map(|s| s[1]).collect();
        let best = (0..by_network.len()).max_by(|&a, &b| by_network[a].total_cmp(&by_network[b]));
        let (right, all) = counts.entry(sample.hanzi).or_default();
        *right += f32::from(u8::from(best == seen.right));
        *all += 1.0;
    }
    counts
        .into_iter()
        .map(|(hanzi, (right, all))| (hanzi, (2.0 * right / all - 1.0).clamp(settings.least, 1.0)))
        .collect()
}

/// The data that all folds share.
#[derive(Clone, Copy)]
struct Task<'t> {
    samples: &'t [Sample],
    candidates: &'t Candidates,
    network: &'t Network,
    trust: &'t Trust,
    settings: Settings,
}

impl Task<'_> {
    /// The model of one fold, that was taught the others.
    fn model(&self, linear: &Linear, fold: u8, blend: &[f32; BLENDED]) -> Model {
        let common = samples::common(self.samples, Some(fold));
        let file = write::file(
            linear,
            self.network,
            self.trust,
            (self.candidates, &common, &samples::seen(self.samples)),
            blend,
        );
        Model::new(Weights::new(file.leak()))
    }

    fn of_fold(&self, fold: u8) -> impl Iterator<Item = &Sample> {
        self.samples.iter().filter(move |s| s.source == Source::Gold(fold))
    }
}

/// The sightings in each fold by models that weren't taught it, fold by fold, to learn how the parts are weighed; and
/// the models by which the fold is judged, to which no fragment was shown either that stands in one of its sentences.
fn cross_fit(task: Task<'_>, dictionary: Dictionary) -> (Vec<Seen>, Vec<Linear>) {
    let train = |left_out: &dyn Fn(Source) -> bool| {
        Linear::train(task.samples, task.candidates, task.settings, left_out)
    };
    let look = |fold: u8| {
        let model = task.model(&train(&|source| source.is_of(fold)), fold, &[0.0; BLENDED]);
        let mut states = States::default();
        let see = |sample| look_at(&model, dictionary, sample, fold, &mut states);
        let seen: Vec<Seen> = task.of_fold(fold).map(see).collect();
        (fold, seen, train(&|source| source.tells_of(fold)))
    };
    let mut folds: Vec<_> = std::thread::scope(|scope| {
        let halves: Vec<_> = [[0, 2].as_slice(), &[1, 3, 4]]
            .into_iter()
            .map(|folds| scope.spawn(move || folds.iter().map(|&fold| look(fold)).collect::<Vec<_>>()))
            .collect();
        halves.into_iter().flat_map(|half| half.join().expect("a fold that can be learnt")).collect()
    });
    folds.sort_by_key(|&(fold, ..)| fold);
    let (seen, judges): (Vec<_>, Vec<_>) = folds.into_iter().map(|(_, seen, judge)| (seen, judge)).unzip();
    (seen.into_iter().flatten().collect(), judges)
}

fn look_at(model: &Model, dictionary: Dictionary, sample: &Sample, fold: u8, states: &mut States) -> Seen {
    let place = sample.text.as_ref().expect("labelled samples keep their sentence");
    let Some(odds) = model.nearby(&place.sentence, place.at, place.token, &sample.said) else {
        return Seen { fold, candidates: vec![], sights: [[0.0; BLENDED]; 8], right: None };
    };
    model.run(&place.sentence, place.at, place.at, states);
    let sights = model.sights(dictionary, &place.sentence, place.at, &sample.said, &odds, states);
    let candidates: Vec<Syllable> = odds.iter().map(|(s, _)| s).collect();
    let right = candidates.iter().position(|&s| s == sample.reading);
    Seen { fold, candidates, sights, right }
}
