//! Prints how well shengci cuts, beside jieba with its own list.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::time::{Duration, Instant};

use jieba_rs::Jieba;
use shengci::dictionary::Dictionary;
use shengci::tokens::{Kind, Segmenter};

use crate::corpus::{Line, Word};

/// The score of one segmenter on one half.
#[derive(Default)]
struct Score {
    tokens: usize,
    crossed: usize,
    words: usize,
    listed: usize,
    /// By kind: found, right, there.
    names: BTreeMap<&'static str, [usize; 3]>,
    errors: BTreeMap<String, usize>,
    unlisted: BTreeMap<String, usize>,
    time: Duration,
    hanzi: usize,
}

struct Found {
    start: usize,
    end: usize,
    /// person, place, organisation, number, `-` for what is no word, or nothing for a word.
    kind: &'static str,
}

pub fn run(lines: &[Line], jieba: Option<&Path>, errors: usize) -> anyhow::Result<()> {
    let dictionary = Dictionary::embedded();
    let segmenter = Segmenter::new(dictionary);
    let article: String =
        lines.iter().filter(|l| !l.training).skip(500).take(8).map(|l| l.text.as_str()).collect();
    let load = |what: &str| {
        let clock = Instant::now();
        let tokens = segmenter.cut(&article).as_slice().len();
        println!("{what} in {:.1} ms ({tokens} tokens)", clock.elapsed().as_secs_f64() * 1e3,);
    };
    load("a first article, with the words that it needs,");
    load("a second, with the whole word list loaded,");
    load("a third");
    let ours = |text: &str| -> Vec<Found> {
        segmenter
            .cut(text)
            .iter()
            .map(|t| Found { start: t.span.start(), end: t.span.end(), kind: kind(t.kind) })
            .collect()
    };
    let mut rows = vec![
        ("shengci, learned from", score(lines, true, &ours)),
        ("shengci, held back", score(lines, false, &ours)),
    ];
    if let Some(path) = jieba {
        let list = std::fs::read(path)?;
        let jieba = Jieba::with_dict(&mut &list[..])?;
        for (name, hmm) in [("jieba, held back", true), ("jieba no HMM, held back", false)] {
            let theirs = |text: &str| -> Vec<Found> {
                jieba
                    .tag(text, hmm)
                    .iter()
                    .map(|t| Found { start: t.byte_start, end: t.byte_end, kind: tag_kind(t.tag) })
                    .collect()
            };
            rows.push((name, score(lines, false, &theirs)));
        }
    }
    println!(
        "{:<24} {:>8} {:>8} {:>8}  {:<16}{:<16}{:<16}{:<16}{:>8}",
        "",
        "tokens",
        "crossed",
        "listed",
        "person P / R",
        "place P / R",
        "organis. P / R",
        "number P / R",
        "µs/hanzi"
    );
    for (name, s) in &rows {
        print!(
            "{name:<24} {:>8} {:>7.3}% {:>7.2}%  ",
            s.tokens,
            percent(s.crossed, s.tokens),
            percent(s.listed, s.words)
        );
        for kind in ["person", "place", "organisation", "number"] {
            let [found, right, there] = s.names.get(kind).copied().unwrap_or_default();
            print!("{:<16}", format!("{:.1} / {:.1}", percent(right, found), percent(right, there)));
        }
        println!("{:>8.3}", s.time.as_secs_f64() * 1e6 / s.hanzi as f64);
    }
    speed(lines, &segmenter);
    for (title, list) in [("errors", &rows[0].1.errors), ("in no dictionary", &rows[0].1.unlisted)] {
        let mut list: Vec<_> = list.iter().collect();
        list.sort_by_key(|(text, n)| (std::cmp::Reverse(**n), (*text).clone()));
        for class in ["cut", "person found", "person missed", "number found", "number missed", "word"] {
            let of: Vec<_> = list.iter().filter(|(t, _)| t.starts_with(class)).collect();
            if of.is_empty() {
                continue;
            }
            let step = of.len() / errors.max(1) + 1;
            println!(
                "{title}, {class} ({}): {}",
                of.len(),
                of.iter()
                    .step_by(step)
                    .map(|(t, n)| format!("{}×{n}", &t[class.len() + 1..]))
                    .collect::<Vec<_>>()
                    .join("  ")
            );
        }
    }
    Ok(())
}

/// The best of many rounds over a few hundred lines, whole and stage by stage.
fn speed(lines: &[Line], segmenter: &Segmenter) {
    let texts: Vec<&str> = lines.iter().filter(|l| !l.training).take(400).map(|l| l.text.as_str()).collect();
    let hanzi: usize = texts.iter().map(|t| t.chars().count()).sum();
    let best = |work: &dyn Fn(&str) -> usize| {
        let round = || {
            let clock = Instant::now();
            let all: usize = texts.iter().map(|t| work(t)).sum();
            (clock.elapsed(), std::hint::black_box(all)).0
        };
        (0..30).map(|_| round()).min().unwrap_or_default().as_secs_f64() * 1e6 / hanzi as f64
    };
    println!(
        "best of 30 rounds, µs/hanzi: whole {:.3}, jieba and letters alone {:.3}",
        best(&|t| segmenter.cut(t).as_slice().len()),
        best(&|t| segmenter.rough(t).len())
    );
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "person",
        Kind::Place => "place",
        Kind::Organisation => "organisation",
        Kind::Number | Kind::Measure | Kind::Time => "number",
        Kind::Latin | Kind::Other => "-",
        Kind::Word | Kind::Idiom => "",
    }
}

fn tag_kind(tag: &str) -> &'static str {
    match tag {
        "nr" | "nrt" | "nrfg" => "person",
        "ns" => "place",
        "nt" => "organisation",
        "m" | "mq" | "t" => "number",
        "x" | "eng" | "nz" => "-",
        _ => "",
    }
}

/// The corpus' own kinds. A number is a token of digits or numerals; 今天 is a word that a learner wants.
fn gold_kind(line: &Line, word: &Word) -> &'static str {
    match word.tag.as_str() {
        "nr" => "person",
        "ns" => "place",
        "nt" => "organisation",
        "m" | "t"
            if line
                .of(word)
                .chars()
                .next()
                .is_some_and(|c| "０１２３４５６７８９一二三四五六七八九十百千万亿两〇".contains(c)) =>
        {
            "number"
        }
        _ => "",
    }
}

fn score(lines: &[Line], training: bool, cut: &dyn Fn(&str) -> Vec<Found>) -> Score {
    let dictionary = Dictionary::embedded();
    let mut score = Score::default();
    for line in lines.iter().filter(|line| line.training == training) {
        let clock = Instant::now();
        let found = cut(&line.text);
        score.time += clock.elapsed();
        score.hanzi += line.text.chars().count();
        let gold: HashMap<(usize, usize), &Word> = line.words.iter().map(|w| ((w.start, w.end), w)).collect();
        for word in &line.words {
            score.names.entry(gold_kind(line, word)).or_default()[2] += 1;
        }
        let whole: HashMap<(usize, usize), &Found> = found.iter().map(|f| ((f.start, f.end), f)).collect();
        for word in &line.words {
            let kind = gold_kind(line, word);
            if kind == "person" && whole.get(&(word.start, word.end)).is_none_or(|f| f.kind != kind) {
                *score
                    .errors
                    .entry(format!("person missed {}", around(line, word.start, word.end)))
                    .or_default() += 1;
            }
            // Numbers: no token of ours may begin or end inside one.
            if kind == "number" {
                let inside = found.iter().any(|f| f.end > word.start && f.end < word.end);
                if inside {
                    *score
                        .errors
                        .entry(format!("number missed {}", around(line, word.start, word.end)))
                        .or_default() += 1;
                } else {
                    score.names.entry("number").or_default()[1] += 1;
                }
            }
        }
        for f in &found {
            let text = &line.text[f.start..f.end];
            score.tokens += 1;
            if line.crossed(f.start, f.end) {
                score.crossed += 1;
                *score.errors.entry(format!("cut {}", around(line, f.start, f.end))).or_default() += 1;
            }
            let at = gold.get(&(f.start, f.end)).map(|w| gold_kind(line, w));
            if matches!(f.kind, "person" | "place" | "organisation") {
                let counts = score.names.entry(f.kind).or_default();
                counts[0] += 1;
                if at == Some(f.kind) {
                    counts[1] += 1;
                } else if f.kind == "person" {
                    *score
                        .errors
                        .entry(format!("person found {}", around(line, f.start, f.end)))
                        .or_default() += 1;
                }
            }
            if f.kind == "number" {
                // Right if it holds a number of the corpus and nothing but its measure word beside.
                let inside: Vec<&Word> =
                    line.words.iter().filter(|w| w.start >= f.start && w.end <= f.end).collect();
                let right = inside.iter().any(|w| matches!(w.tag.as_str(), "m" | "t" | "q"))
                    && !line.crossed(f.start, f.end);
                let counts = score.names.entry("number found").or_default();
                counts[0] += 1;
                counts[1] += usize::from(right);
                if !right {
                    *score
                        .errors
                        .entry(format!("number found {}", around(line, f.start, f.end)))
                        .or_default() += 1;
                }
            }
            if f.kind.is_empty() && text.chars().any(shengci::hanzi::is_hanzi) && at != Some("person") {
                score.words += 1;
                if dictionary.has(text) {
                    score.listed += 1;
                } else {
                    *score.unlisted.entry(format!("word {text}")).or_default() += 1;
                }
            }
        }
    }
    // A number counts as there if it is one, as found by the looser test above.
    let found = score.names.remove("number found").unwrap_or_default();
    if let Some(counts) = score.names.get_mut("number") {
        counts[0] = (counts[1] * found[0]).checked_div(found[1]).unwrap_or(0);
    }
    score
}

/// A stretch with two characters on either side.
fn around(line: &Line, start: usize, end: usize) -> String {
    let left: String =
        line.text[..start].chars().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect();
    let right: String = line.text[end..].chars().take(2).collect();
    format!("{left}[{}]{right}", &line.text[start..end])
}
