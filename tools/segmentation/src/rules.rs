//! How often each line of the files of rules decides something in the tagged news, and how often it is right there; and how
//! often it decides something in texts without tags, which show words that the news of 1998 hadn't yet.
//!
//! Right is, of a line that cuts (`chance.txt`), that the corpus has a boundary where the line puts one. The corpus has no
//! readings; what a line reads is judged by sentences of our own with a hanzi in brackets and its reading (`tests/data`).

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use segmentation::corpus::Line;
use shengci::pinyin::{Syllable, parse};
use shengci::pipeline::Reader;
use shengci::span::Span;

/// The files of rules, by the name of the pass or rung that asks them.
const FILES: [(&str, &str); 4] = [
    ("chance", "src/tokens/data/chance.txt"),
    ("usual", "src/readings/data/usual.txt"),
    ("beside", "src/readings/data/beside.txt"),
    ("doubled", "src/readings/data/doubled.txt"),
];

#[derive(Default)]
struct Tally {
    fires: usize,
    elsewhere: usize,
    judged: usize,
    right: usize,
}

type Tallies = BTreeMap<(&'static str, u32), Tally>;

/// Prints a row for each line: how often it fires in the tagged news and in `plain`, of how many places it is known whether
/// it is right, the share that is, its file and number, and the rule.
pub fn run(lines: &[Line], labelled: &[PathBuf], plain: &[PathBuf]) -> anyhow::Result<()> {
    let reader = Reader::new();
    let mut tallies = Tallies::new();
    for line in lines {
        let explained = reader.explain(&line.text);
        let read = explained.line.annotated.text();
        for step in explained.steps {
            let (Some(number), Some(second)) = (step.line, step.after.get(1)) else { continue };
            let Some(second) = Span::new(read, second.start()..second.end()) else { continue };
            let tally = tallies.entry((step.pass, number)).or_default();
            tally.fires += 1;
            tally.judged += 1;
            tally.right += usize::from(line.boundary(explained.line.place(second).start));
        }
        for why in explained.whys {
            let Some(answer) = why.answers.last() else { continue };
            let Some(number) = answer.line else { continue };
            tallies.entry((answer.rule.as_str(), number)).or_default().fires += 1;
        }
    }
    for path in labelled {
        for (text, at, reading) in cases(&fs::read_to_string(path)?) {
            let explained = reader.explain(&text);
            for why in explained.whys {
                let Some(answer) = why.answers.last() else { continue };
                let word = explained.line.place(why.span);
                let (Some(number), true) = (answer.line, word.contains(&at)) else { continue };
                let place = text[word.start..at].chars().filter(|&c| shengci::hanzi::is_hanzi(c)).count();
                let tally = tallies.entry((answer.rule.as_str(), number)).or_default();
                tally.judged += 1;
                tally.right += usize::from(answer.syllables.get(place) == Some(&Some(reading)));
            }
        }
    }
    for path in plain {
        for text in fs::read_to_string(path)?.lines() {
            count(&reader, text, &mut tallies);
        }
    }
    println!("fires\telsewhere\tjudged\tright\tline");
    for (name, path) in FILES {
        for (number, rule) in (1_u32..).zip(fs::read_to_string(path)?.lines()) {
            if rule.is_empty() || rule.starts_with('#') {
                continue;
            }
            let tally = tallies.remove(&(name, number)).unwrap_or_default();
            let share = match tally.judged {
                0 => "–".to_owned(),
                judged => format!("{:.0} %", 100.0 * tally.right as f64 / judged as f64),
            };
            let head: String = rule.split(" | ").next().unwrap_or_default().to_owned();
            println!(
                "{}\t{}\t{}\t{share}\t{name}.txt:{number}\t{head}",
                tally.fires, tally.elsewhere, tally.judged
            );
        }
    }
    Ok(())
}

/// Counts the lines that decide something in a text without tags.
fn count(reader: &Reader, text: &str, tallies: &mut Tallies) {
    let explained = reader.explain(text);
    let cuts = explained.steps.iter().filter_map(|step| Some((step.pass, step.line?)));
    let answers = explained.whys.iter().filter_map(|why| why.answers.last());
    let readings = answers.filter_map(|answer| Some((answer.rule.as_str(), answer.line?)));
    for rule in cuts.chain(readings) {
        tallies.entry(rule).or_default().elsewhere += 1;
    }
}

/// Sentences with one hanzi in brackets, and its reading after a tab.
fn cases(text: &str) -> Vec<(String, usize, Syllable)> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| {
            let (marked, reading) = line.split_once('\t')?;
            let at = marked.find('[')?;
            Some((marked.replace(['[', ']'], ""), at, parse::syllable(reading.trim())?))
        })
        .collect()
}
