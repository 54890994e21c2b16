//! How long the readings of one sentence take: the slowest hundredth is what a network in the ladder costs.
//!
//! `cargo bench --bench reading`. `SHENGCI_BENCH_SENTENCES` names a text with one sentence a line (else the sentences of
//! the sample article); `SHENGCI_BENCH_MOST` says how many of them, spread over the whole text, are read.
//! `SHENGCI_BENCH_BESIDE` names this bench as another version built it: then the two take turns, round by round. The
//! best round of each sentence counts, so that what else the machine does doesn't.
#![allow(missing_docs, clippy::print_stdout, clippy::disallowed_methods)]

use std::hint::black_box;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use shengci::annotated::{self, AnnotatedText};
use shengci::dictionary::Dictionary;
use shengci::readings;
use shengci::tokens::{Segmenter, Tokens};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: usize = 9;

fn main() {
    let sentences = sentences();
    let dictionary = Dictionary::embedded();
    let segmenter = Segmenter::new(dictionary);
    let cut: Vec<(AnnotatedText, Tokens)> = sentences
        .iter()
        .map(|sentence| {
            let text = annotated::lift(sentence, dictionary);
            let tokens = segmenter.cut(text.text());
            (text, tokens)
        })
        .collect();
    let mut other = std::env::var("SHENGCI_BENCH_BESIDE").ok().map(|path| Other::start(&path));
    let is_other = std::env::var_os("SHENGCI_BENCH_IS_BESIDE").is_some();
    let mut best = vec![f64::INFINITY; cut.len()];
    for _ in 0..ROUNDS {
        if is_other {
            let mut turn = String::new();
            std::io::stdin().read_line(&mut turn).expect("a turn");
        }
        for ((text, tokens), best) in cut.iter().zip(&mut best) {
            let start = Instant::now();
            drop(black_box(readings::read(text, tokens, dictionary)));
            *best = best.min(start.elapsed().as_secs_f64() * 1e6);
        }
        if is_other {
            println!("done");
        }
        if let Some(other) = &mut other {
            other.round();
        }
    }
    let characters: usize = sentences.iter().map(|sentence| sentence.chars().count()).sum();
    let each = characters / sentences.len().max(1);
    let figures = figures(&mut best);
    if is_other {
        println!("{figures}");
        return;
    }
    println!(
        "{} sentences of {each} characters on average, µs a sentence, best of {ROUNDS} rounds",
        best.len()
    );
    println!("this version:  {figures}");
    if let Some(other) = other {
        println!("other version: {}", other.figures());
    }
}

/// The sentences to be read.
fn sentences() -> Vec<String> {
    let most: usize =
        std::env::var("SHENGCI_BENCH_MOST").ok().and_then(|most| most.parse().ok()).unwrap_or(12_000);
    let lines: Vec<String> = match std::env::var("SHENGCI_BENCH_SENTENCES") {
        Ok(path) => std::fs::read_to_string(path).expect("the sentences").lines().map(String::from).collect(),
        Err(_) => {
            let raw =
                std::fs::read_to_string("tests/articles/night-library.txt").expect("the sample article");
            let text = shengci::document::clean(&raw).text();
            text.split_inclusive(['。', '！', '？', '\n']).map(|line| line.trim().to_owned()).collect()
        }
    };
    let lines: Vec<String> = lines.into_iter().filter(|line| shengci::hanzi::count(line) > 0).collect();
    let step = lines.len().div_ceil(most.max(1)).max(1);
    lines.into_iter().step_by(step).collect()
}

fn figures(best: &mut [f64]) -> String {
    best.sort_by(f64::total_cmp);
    let at = |share: usize| best.get(best.len() * share / 1000).copied().unwrap_or_default();
    let sum: f64 = best.iter().sum();
    format!(
        "median {:6.1}  p90 {:6.1}  p99 {:6.1}  p99.9 {:6.1}  mean {:6.1}",
        at(500),
        at(900),
        at(990),
        at(999),
        sum / f64::from(u32::try_from(best.len()).unwrap_or(u32::MAX))
    )
}

/// The bench of another version, which waits for its turns.
struct Other {
    child: Child,
    lines: BufReader<std::process::ChildStdout>,
}

impl Other {
    fn start(path: &str) -> Self {
        let mut child = Command::new(path)
            .env("SHENGCI_BENCH_IS_BESIDE", "1")
            .env_remove("SHENGCI_BENCH_BESIDE")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the other version's bench");
        let lines = BufReader::new(child.stdout.take().expect("a pipe"));
        Self { child, lines }
    }

    fn round(&mut self) {
        self.child
            .stdin
            .as_mut()
            .and_then(|turn| turn.write_all(b"\n").ok())
            .expect("the other version runs");
        self.line();
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.lines.read_line(&mut line).expect("the other version answers");
        line
    }

    fn figures(mut self) -> String {
        let line = self.line();
        self.child.wait().expect("the other version ends");
        line.trim_end().to_owned()
    }
}
