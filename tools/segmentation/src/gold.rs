//! Two articles read by hand: how many of their words are found, beside jieba.
//!
//! `air-taxi` is our own and was cut before the program was asked; `meta-scale-ai` is a real article of which only
//! the tokens are kept, sorted (`tests/words_gold.rs` says why). Numbers, letters and signs are left out of the
//! figures, since jieba cuts 28|岁 by another rule; what stands in their place is left out of its words too.

use std::collections::BTreeMap;
use std::path::Path;

use jieba_rs::Jieba;
use shengci::dictionary::Dictionary;
use shengci::tokens::{Kind, Segmenter};

#[path = "../../../tests/words_gold/article.rs"]
mod article;

const OWN: &str = include_str!("../../../tests/golden/air-taxi/words.cut");
const REAL: &str = include_str!("../../../tests/golden/meta-scale-ai/words.gold");
/// Beside the checkout, where it is there.
const REAL_TEXT: &str = "../shared/articles/meta-scale-ai.txt";

/// Tokens that count, with how often they stand there; those of an article with a known order by their place too.
type Bag = BTreeMap<(usize, String), usize>;

struct Gold {
    name: &'static str,
    text: String,
    words: Bag,
    /// Places of what is no word; none where only a sorted list is kept.
    numbers: Vec<(usize, usize)>,
    placed: bool,
}

impl Gold {
    /// The words of a cut, without what the figures leave out.
    fn bag(&self, cut: &[(usize, usize, bool)]) -> Bag {
        let mut bag = Bag::new();
        for &(start, end, word) in cut {
            let form = &self.text[start..end];
            let inside = self.numbers.iter().any(|&(from, to)| start < to && from < end);
            if word && !inside && form.chars().any(shengci::hanzi::is_hanzi) {
                *bag.entry((if self.placed { start } else { 0 }, form.to_owned())).or_default() += 1;
            }
        }
        bag
    }
}

/// Prints precision and recall for both articles, and what is wrong in the first.
pub fn run(jieba: Option<&Path>) -> anyhow::Result<()> {
    let segmenter = Segmenter::new(Dictionary::embedded());
    let jieba = match jieba {
        Some(path) => Some(Jieba::with_dict(&mut &std::fs::read(path)?[..])?),
        None => None,
    };
    println!("{:<16}{:<10}{:>8}{:>12}{:>10}{:>8}", "article", "", "words", "precision", "recall", "F1");
    let mut golds = vec![own()];
    match std::fs::read_to_string(REAL_TEXT) {
        Ok(raw) => golds.push(real(&raw)),
        Err(_) => println!("{REAL_TEXT} is not here: left out"),
    }
    for gold in &golds {
        let words =
            |kind| !matches!(kind, Kind::Number | Kind::Measure | Kind::Time | Kind::Latin | Kind::Other);
        let tokens = segmenter.cut(&gold.text);
        let ours: Vec<_> = tokens.iter().map(|t| (t.span.start(), t.span.end(), words(t.kind))).collect();
        let ours = gold.bag(&ours);
        row(gold, "shengci", &ours);
        for hmm in jieba.iter().flat_map(|_| [true, false]) {
            let tagged = jieba.iter().flat_map(|jieba| jieba.tag(&gold.text, hmm));
            let theirs: Vec<_> =
                tagged.map(|t| (t.byte_start, t.byte_end, !matches!(t.tag, "m" | "mq" | "eng"))).collect();
            row(gold, if hmm { "jieba" } else { "no HMM" }, &gold.bag(&theirs));
        }
        let only = |a: &Bag, b: &Bag| -> String {
            let left = a.iter().filter(|(token, n)| b.get(*token).is_none_or(|other| other < *n));
            left.map(|((_, form), _)| form.as_str()).collect::<Vec<_>>().join(" ")
        };
        println!("  in the gold only: {}", only(&gold.words, &ours));
        println!("  in the cut only:  {}", only(&ours, &gold.words));
    }
    Ok(())
}

fn row(gold: &Gold, who: &str, found: &Bag) {
    let right: usize =
        found.iter().map(|(token, n)| gold.words.get(token).copied().unwrap_or(0).min(*n)).sum();
    let (all, there): (usize, usize) = (found.values().sum(), gold.words.values().sum());
    let percent = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
    println!(
        "{:<16}{who:<10}{all:>8}{:>11.1}%{:>9.1}%{:>7.1}%",
        gold.name,
        percent(right, all),
        percent(right, there),
        percent(2 * right, all + there)
    );
}

fn own() -> Gold {
    let cut = article::Cut::read(OWN);
    let word = |kind: &str| matches!(kind, "word" | "idiom" | "person" | "place" | "organisation");
    let numbers = cut.tokens.iter().filter(|t| !word(&t.kind)).map(|t| (t.start, t.end)).collect();
    let mut gold = Gold { name: "air-taxi", text: cut.text, words: Bag::new(), numbers, placed: true };
    let tokens: Vec<_> = cut.tokens.iter().map(|t| (t.start, t.end, word(&t.kind))).collect();
    gold.words = gold.bag(&tokens);
    gold
}

fn real(raw: &str) -> Gold {
    let mut words = Bag::new();
    for line in REAL.lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.rsplitn(3, ' ');
        let (Some(count), Some(kind), Some(form)) = (fields.next(), fields.next(), fields.next()) else {
            continue;
        };
        if !matches!(kind, "number" | "measure" | "time" | "latin") {
            words.insert((0, form.to_owned()), count.parse().unwrap_or(0));
        }
    }
    let text = article::prepare(raw);
    Gold { name: "meta-scale-ai", text, words, numbers: Vec::new(), placed: false }
}
