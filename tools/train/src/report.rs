//! How good the model is on sentences that it wasn't taught: each fold is read as shengci reads, segmenter, ladder and
//! all, by a model that was taught the others.
//!
//! Judging the model by itself flatters it: what it is never asked can't be wrong (hanzi without a choice, words that
//! the dictionary settles).

#![allow(clippy::print_stdout)]

use shengci::annotated::AnnotatedText;
use shengci::dictionary::Dictionary;
use shengci::pinyin::Tone;
use shengci::readings;
use shengci::readings::context::Model;
use shengci::tokens::Segmenter;

use crate::blend::{self, Seen};
use crate::linear::Linear;
use crate::samples::Sample;
use crate::{FOLDS, Task};

/// How often one fold was right.
#[derive(Default)]
struct Figures {
    all: u32,
    strict: u32,
    forgiven: u32,
    marked: u32,
    marked_wrong: u32,
}

/// The figures, a fold a line. Fold 0 stands aside while the parts are weighed. Wrong readings go to standard output: right, ours,
/// evidence, sure, word, sentence.
pub fn print(task: Task<'_>, seen: &[Seen], linears: &[Linear], dictionary: Dictionary) -> String {
    let segmenter = Segmenter::new(dictionary);
    let mut table = String::from("fold | right | but for neutral tones | marked | of the wrong, marked\n");
    let mut sum = Figures::default();
    for (fold, linear) in (0..FOLDS).zip(linears) {
        let model = task.model(linear, fold, &blend::learn(seen, &[0, fold]));
        let mut figures = Figures::default();
        for sample in task.of_fold(fold) {
            figures.count(sample, model, &segmenter, dictionary);
        }
        table += &figures.row(&fold.to_string());
        if fold > 0 {
            sum.all += figures.all;
            sum.strict += figures.strict;
            sum.forgiven += figures.forgiven;
            sum.marked += figures.marked;
            sum.marked_wrong += figures.marked_wrong;
        }
    }
    table + &sum.row(" 1-4")
}

impl Figures {
    fn row(&self, name: &str) -> String {
        let percent = |n: u32| 100.0 * f64::from(n) / f64::from(self.all);
        format!(
            "{name:>4} | {:.2} % | {:.2} % | {:.2} % | {:.0} %\n",
            percent(self.strict),
            percent(self.forgiven),
            percent(self.marked),
            100.0 * f64::from(self.marked_wrong) / f64::from((self.all - self.forgiven).max(1))
        )
    }

    fn count(&mut self, sample: &Sample, model: Model, segmenter: &Segmenter, dictionary: Dictionary) {
        self.all += 1;
        let place = sample.text.as_ref().expect("labelled samples keep their sentence");
        let text = &place.text;
        let annotated = AnnotatedText::new(text.clone(), vec![], vec![]).expect("there are none to be wrong");
        let occurrences = readings::read_by(model, &annotated, &segmenter.cut(text), dictionary);
        let at: usize = text.chars().take(place.at).map(char::len_utf8).sum();
        let Some(word) = occurrences.iter().find(|o| o.span.range().contains(&at)) else { return };
        let before = shengci::hanzi::count(&text[word.span.start()..at]);
        let ours = word.key.reading.syllables()[before];
        let neutral = ours.base() == sample.reading.base()
            && (ours.tone() == Tone::Neutral || sample.reading.tone() == Tone::Neutral);
        let forgiven = ours == sample.reading || neutral;
        if ours != sample.reading {
            let (form, after) = (word.span.of(text), at + sample.hanzi.len_utf8());
            let shown = format!("{}[{}]{}", &text[..at], sample.hanzi, &text[after..]);
            println!("{}\t{ours}\t{}\t{}\t{form}\t{shown}", sample.reading, word.evidence, word.sure);
        }
        self.strict += u32::from(ours == sample.reading);
        self.forgiven += u32::from(forgiven);
        self.marked += u32::from(!word.sure);
        self.marked_wrong += u32::from(!word.sure && !forgiven);
    }
}
