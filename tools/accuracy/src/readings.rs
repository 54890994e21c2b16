//! Readings of one hanzi in a sentence: shengci and its peers, right and wrong.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use shengci::pinyin::{Syllable, Tone};
use shengci::pipeline::Reader;

use crate::peers;

/// A sentence with a hanzi whose reading is known.
pub struct Case {
    pub text: String,
    /// The byte where the hanzi stands.
    pub at: usize,
    pub right: Syllable,
}

/// Prints who is right how often, and where shengci is wrong most often.
pub fn table(cases: &[Case], python: &Path, errors: usize) {
    let reader = Reader::new();
    for case in cases.iter().take(2) {
        std::hint::black_box(reader.read_line(&case.text)); // loads the word list
    }
    let clock = Instant::now();
    let lines: Vec<_> = cases.iter().map(|case| reader.read_line(&case.text)).collect();
    let each = clock.elapsed().as_secs_f64() * 1e6 / cases.len().max(1) as f64;
    let mut marked = [0, 0];
    let mut worst: BTreeMap<String, (usize, &str)> = BTreeMap::new();
    let mut ours = Vec::with_capacity(cases.len());
    for (case, line) in cases.iter().zip(&lines) {
        let word = line.occurrences.iter().find(|o| line.place(o.span).contains(&case.at));
        let read = word.and_then(|word| {
            let before = shengci::hanzi::count(&case.text[line.place(word.span).start..case.at]);
            word.key.reading.syllables().get(before).copied()
        });
        if let (Some(word), Some(read)) = (word, read) {
            let wrong = !forgiven(read, case.right);
            marked[0] += usize::from(!word.sure);
            marked[1] += usize::from(!word.sure && wrong);
            if read != case.right {
                let hanzi = case.text[case.at..].chars().next().unwrap_or_default();
                let kind = format!("{hanzi} {read} for {} ({})", case.right, word.evidence);
                let seen = worst.entry(kind).or_insert((0, &case.text));
                seen.0 += 1;
            }
        }
        ours.push(read);
    }
    println!("{} sentences, {each:.1} µs each after loading\n", cases.len());
    println!("{:<12} {:>8} {:>24} {:>8}", "", "right", "but for neutral tones", "marked");
    let (right, lenient) = shares(cases, &ours);
    let mark = 100.0 * marked[0] as f64 / cases.len().max(1) as f64;
    println!("{:<12} {right:>7.2}% {lenient:>23.2}% {mark:>7.2}%", "shengci");
    let peers = peers::read(python, cases);
    for name in ["pypinyin", "g2pM"] {
        match peers.get(name) {
            Some(readings) => {
                let (right, lenient) = shares(cases, readings);
                println!("{name:<12} {right:>7.2}% {lenient:>23.2}%");
            }
            None => println!("{name:<12} not found by {} (--python PYTHON)", python.display()),
        }
    }
    let mut worst: Vec<_> = worst.into_iter().collect();
    worst.sort_by_key(|(kind, (times, _))| (std::cmp::Reverse(*times), kind.clone()));
    println!("\nworst errors of shengci ({} kinds):", worst.len());
    for (kind, (times, text)) in worst.iter().take(errors) {
        println!("{times:>4} × {kind}: {text}");
    }
}

fn shares(cases: &[Case], readings: &[Option<Syllable>]) -> (f64, f64) {
    let share = |is_right: &dyn Fn(Syllable, Syllable) -> bool| {
        let right =
            cases.iter().zip(readings).filter(|(case, read)| read.is_some_and(|r| is_right(r, case.right)));
        100.0 * right.count() as f64 / cases.len().max(1) as f64
    };
    (share(&|read, right| read == right), share(&forgiven))
}

/// The same, or the same but for one being unstressed.
fn forgiven(read: Syllable, right: Syllable) -> bool {
    let neutral = read.tone() == Tone::Neutral || right.tone() == Tone::Neutral;
    read == right || (neutral && read.base() == right.base())
}
