//! Trains the model that chooses readings in context, and says how good it is on sentences that it wasn't taught.
//!
//! `README.md` beside this says what it is trained on, with sources and licences, and how to run it.

#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr)] // a tool, not the core

mod blend;
mod linear;
mod network;
mod samples;
mod write;

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context, Result};
use shengci::dictionary::Dictionary;
use shengci::pinyin::{Syllable, Tone};
use shengci::tokens::Segmenter;
use shengci::words::SURE;
use shengci::words::context::network::States;
use shengci::words::context::weights::Weights;
use shengci::words::context::{BLENDED, Model, SETTLED};

use blend::Seen;
use linear::Linear;
use network::Network;
use samples::{Candidates, Sample, Source};
use write::Trust;

/// How to learn.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    epochs: usize,
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
}

const FOLDS: u8 = 5;

fn main() -> Result<()> {
    let mut paths = Vec::new();
    let mut settings = Settings {
        epochs: 3,
        bits: 21,
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
            _ => anyhow::bail!("unknown setting {name}"),
        }
    }
    let [file, fragments, network, out] = paths.as_slice() else {
        anyhow::bail!("usage: train SAMPLES.tsv FRAGMENTS.txt NETWORK.bin OUT.weights [setting=number …]");
    };
    let dictionary = Dictionary::embedded();
    let (samples, candidates) =
        samples::read(file, &samples::fragments(fragments, file)?, dictionary, &Segmenter::new(dictionary))?;
    let samples = trusted(samples, &candidates, settings);
    let network = Network::read(network)?;
    eprintln!("{} samples, {} hanzi with a choice", samples.len(), candidates.len());

    let trust = trust(&samples, &candidates, &network, settings, dictionary);
    let mut seen = cross_fit(&samples, &candidates, (&network, &trust), settings, dictionary);
    seen.sort_by_key(|s| s.fold);
    report(&seen);
    let blend = blend::learn(&seen, &[]);
    eprintln!("weighed as {blend:.2?}");
    let linear = Linear::train(&samples, &candidates, settings, None);
    std::fs::write(out, write::file(&linear, &network, &trust, &candidates, &blend))?;
    Ok(())
}

/// The samples without those answers of the teacher that a model rejects which was taught by the dictionary, the tags
/// of the news and the fragments alone. The labelled sentences have no part in it, so no fold leaks.
fn trusted(samples: Vec<Sample>, candidates: &Candidates, settings: Settings) -> Vec<Sample> {
    let unsure = |s: &Sample| {
        matches!(s.source, Source::Beside(_) | Source::Reviews)
            || (s.source == Source::News && s.weight < 0.5)
    };
    let quiet = Settings { beside: 0.0, reviews: 0.0, teacher: 0.0, gold: 0.0, ..settings };
    let judge = Linear::train(&samples, candidates, quiet, None);
    let all = samples.len();
    let kept: Vec<Sample> =
        samples.into_iter().filter(|s| !unsure(s) || judge.odds(s, candidates) > settings.doubt).collect();
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
    let idle = Linear::train(&[], candidates, settings, None);
    let file = write::file(&idle, network, &Trust::new(), candidates, &[0.0; BLENDED]);
    let model = Model::new(Weights::new(file.leak()));
    let mut states = States::default();
    let mut counts: BTreeMap<char, (f32, f32)> = BTreeMap::new();
    for sample in samples.iter().filter(|s| s.source == Source::Placed) {
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

/// What models that weren't taught a fold see in it, fold by fold.
fn cross_fit(
    samples: &[Sample],
    candidates: &Candidates,
    (network, trust): (&Network, &Trust),
    settings: Settings,
    dictionary: Dictionary,
) -> Vec<Seen> {
    let look = |fold: u8| -> Vec<Seen> {
        let linear = Linear::train(samples, candidates, settings, Some(fold));
        let file = write::file(&linear, network, trust, candidates, &[0.0; BLENDED]);
        let model = Model::new(Weights::new(file.leak()));
        let mut states = States::default();
        let held = samples.iter().filter(|s| s.source == Source::Gold(fold));
        held.map(|sample| look_at(&model, dictionary, sample, fold, &mut states)).collect()
    };
    std::thread::scope(|scope| {
        let halves: Vec<_> = [[0, 2].as_slice(), &[1, 3, 4]]
            .into_iter()
            .map(|folds| scope.spawn(move || folds.iter().flat_map(|&fold| look(fold)).collect::<Vec<_>>()))
            .collect();
        halves.into_iter().flat_map(|half| half.join().expect("a fold that can be learnt")).collect()
    })
}

fn look_at(model: &Model, dictionary: Dictionary, sample: &Sample, fold: u8, states: &mut States) -> Seen {
    let place = sample.text.as_ref().expect("labelled samples keep their sentence");
    let none = Seen {
        fold,
        candidates: vec![],
        sights: [[0.0; BLENDED]; 8],
        right: None,
        only: sample.said.only(),
        reading: sample.reading,
        shown: show(place),
    };
    let Some(odds) = model.nearby(&place.sentence, place.at, place.token, &sample.said) else {
        return Seen { candidates: vec![sample.reading], right: Some(0), ..none };
    };
    model.run(&place.sentence, place.at, place.at, states);
    let sights = model.sights(dictionary, &place.sentence, place.at, &sample.said, &odds, states);
    let candidates: Vec<Syllable> = odds.iter().map(|(s, _)| s).collect();
    let right = candidates.iter().position(|&s| s == sample.reading);
    Seen { candidates, sights, right, ..none }
}

fn show(place: &samples::Place) -> String {
    let (start, end) = place.sentence.tokens()[place.token];
    let text = |from: usize, to: usize| place.sentence.between(from, to.min(place.sentence.chars().len()));
    let (before, after) = (text(place.at.saturating_sub(10), place.at), text(place.at + 1, place.at + 11));
    format!("{}\t{before}[{}]{after}", text(start, end), text(place.at, place.at + 1))
}

/// How often one fold was right.
#[derive(Default)]
struct Figures {
    all: u32,
    nearby: u32,
    blended: u32,
    ladder: u32,
    forgiven: u32,
    marked: u32,
    marked_wrong: u32,
}

fn report(seen: &[Seen]) {
    eprintln!(
        "fold | linear model | with the network | the ladder | but for the neutral tone | marked | of the wrong"
    );
    let mut sum = Figures::default();
    for fold in 0..FOLDS {
        let blend = blend::learn(seen, &[0, fold]);
        let mut figures = Figures::default();
        for s in seen.iter().filter(|s| s.fold == fold) {
            count(s, &blend, &mut figures);
        }
        print(&fold.to_string(), &figures);
        if fold > 0 {
            sum.all += figures.all;
            sum.nearby += figures.nearby;
            sum.blended += figures.blended;
            sum.ladder += figures.ladder;
            sum.forgiven += figures.forgiven;
            sum.marked += figures.marked;
            sum.marked_wrong += figures.marked_wrong;
        }
    }
    print("1-4", &sum);
}

fn print(name: &str, figures: &Figures) {
    let percent = |n: u32| 100.0 * f64::from(n) / f64::from(figures.all);
    eprintln!(
        "{name:>4} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} | {:.0}",
        percent(figures.nearby),
        percent(figures.blended),
        percent(figures.ladder),
        percent(figures.forgiven),
        percent(figures.marked),
        100.0 * f64::from(figures.marked_wrong) / f64::from((figures.all - figures.forgiven).max(1))
    );
}

fn count(seen: &Seen, blend: &[f32; BLENDED], figures: &mut Figures) {
    let most =
        |scores: &[f32]| (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap_or(0);
    let mut scores = blend::score(seen, blend);
    let near: Vec<f32> = seen.sights.iter().take(scores.len()).map(|sights| sights[0]).collect();
    let nearby = most(&near);
    let blended = if near[nearby].exp() > SETTLED { nearby } else { most(&scores) };
    linear::softmax(&mut scores);
    let sure = seen.only.is_some() || near[nearby].exp() > SETTLED || scores[blended] > SURE;
    let ladder = seen.only.unwrap_or(seen.candidates[blended]);
    let neutral = ladder.base() == seen.reading.base()
        && (ladder.tone() == Tone::Neutral || seen.reading.tone() == Tone::Neutral);
    let forgiven = ladder == seen.reading || neutral;
    if !forgiven {
        let by = if seen.only.is_some() { "dictionary" } else { "context" };
        println!("{}\t{ladder}\t{by}\t{:.2}\t{}", seen.reading, scores[blended], seen.shown);
    }
    figures.all += 1;
    figures.nearby += u32::from(seen.candidates[nearby] == seen.reading);
    figures.blended += u32::from(seen.candidates[blended] == seen.reading);
    figures.ladder += u32::from(ladder == seen.reading);
    figures.forgiven += u32::from(forgiven);
    figures.marked += u32::from(!sure);
    figures.marked_wrong += u32::from(!sure && !forgiven);
}
