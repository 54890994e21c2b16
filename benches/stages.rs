//! One figure a stage: the sample article through cleaning, alignment, cutting and reading, then a whole `make`.
//!
//! `cargo bench --bench stages`. Medians of many rounds; quote ratios, since machines differ. `SHENGCI_BENCH_ARTICLE`
//! names another article.
#![allow(missing_docs, clippy::print_stdout, clippy::disallowed_methods)]

use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};

use shengci::dictionary::Dictionary;
use shengci::pipeline::Reader;
use shengci::tokens::Segmenter;
use shengci::{annotated, document, readings};

fn main() {
    let path =
        std::env::var("SHENGCI_BENCH_ARTICLE").unwrap_or("tests/articles/night-library.txt".to_owned());
    let raw = std::fs::read_to_string(&path).expect("the article");
    let dictionary = Dictionary::embedded();
    let document = document::clean(&raw);
    let text = document.text();
    let annotated = annotated::lift(&text, dictionary);
    let segmenter = Segmenter::new(dictionary);
    let tokens = segmenter.cut(annotated.text());
    println!("{path}: {} bytes, {} hanzi", raw.len(), shengci::hanzi::count(annotated.text()));
    figure("document (clean)", 200, || drop(black_box(document::clean(&raw))));
    figure("annotated (lift)", 200, || drop(black_box(annotated::lift(&text, dictionary))));
    figure("tokens (cut)", 200, || drop(black_box(segmenter.cut(annotated.text()))));
    figure("readings", 100, || drop(black_box(readings::read(&annotated, &tokens, dictionary))));
    let reader = Reader::new();
    figure("all four", 100, || drop(black_box(reader.read(&raw))));
    let sentence = "他在银行工作,已经很长时间没有回家了。";
    figure("a plain sentence", 2000, || drop(black_box(reader.read_line(sentence))));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut round = 0;
    figure("make, the whole program", 15, || {
        round += 1;
        let status = Command::new(env!("CARGO_BIN_EXE_shengci"))
            .arg("--library")
            .arg(folder.path().join(format!("{round}.db")))
            .args(["--json", "make", &path, "-o"])
            .arg(folder.path().join("deck.apkg"))
            .stdout(std::process::Stdio::null())
            .status();
        assert!(status.is_ok_and(|status| status.success()));
    });
}

fn figure(name: &str, rounds: usize, mut work: impl FnMut()) {
    let mut times: Vec<Duration> = (0..rounds)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    println!("{name:<26} {:>10.1} µs", times[times.len() / 2].as_secs_f64() * 1e6);
}
