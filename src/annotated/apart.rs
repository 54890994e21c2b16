//! Takes pinyin out of a text that stands apart from its hanzi, on a line or in a cell of its own.
//!
//! Why before brackets are looked for: what is left is the article, in which the pinyin then reads the hanzi before its
//! place like a bracket without signs. *Invariant*: only whole rows of pinyin go, each as a gloss; the lines of the
//! text stay, empty ones where pinyin stood, so that a place in it is still on the line where it was.

use std::borrow::Cow;
use std::ops::Range;

use super::find::is_letter;
use super::fit::Readings;
use super::gloss::{Gloss, Manner};
use super::lift::Run;
use super::{cells, lines};
use crate::hanzi::is_hanzi;

/// A text without the pinyin that stood apart.
pub(super) struct Apart<'t> {
    pub text: Cow<'t, str>,
    /// The pinyin, at places of that text, in its order.
    pub glosses: Vec<Gloss<'t>>,
    /// Where each stretch of that text stood; nothing where it is the same.
    stretches: Vec<Run>,
}

impl Apart<'_> {
    /// Runs of a clean text with so many bytes, as they stood in the text before anything was taken out.
    pub fn in_the_text(&self, runs: Vec<Run>, length: usize) -> Vec<Run> {
        if self.stretches.is_empty() {
            return runs;
        }
        let mut stood = Vec::with_capacity(runs.len() + self.stretches.len());
        let mut stretches = self.stretches.iter().peekable();
        let mut here = Run { at: 0, from: Some(0) };
        for (i, run) in runs.iter().enumerate() {
            let Some(from) = run.from else {
                stood.push(*run);
                continue;
            };
            let end = from + runs.get(i + 1).map_or(length, |next| next.at) - run.at;
            while let Some(next) = stretches.next_if(|next| next.at <= from) {
                here = *next;
            }
            stood.push(Run { at: run.at, from: here.from.map(|stood| stood + from - here.at) });
            while let Some(next) = stretches.next_if(|next| next.at < end) {
                here = *next;
                stood.push(Run { at: run.at + next.at - from, from: next.from });
            }
        }
        stood
    }
}

/// A line of a text, by what is on it.
pub(super) struct Line {
    pub range: Range<usize>,
    pub hanzi: bool,
    pub letters: bool,
}

/// Rows of pinyin, and what goes out of the text with them.
#[derive(Default)]
pub(super) struct Found<'t> {
    /// Where in the text the hanzi end, and their pinyin.
    pub glosses: Vec<(usize, &'t str)>,
    pub cuts: Vec<Range<usize>>,
}

impl<'t> Found<'t> {
    pub fn add(&mut self, other: Self) {
        self.glosses.extend(other.glosses);
        self.cuts.extend(other.cuts);
    }
}

/// Takes the rows of pinyin out.
pub(super) fn take<'t>(text: &'t str, readings: &Readings) -> Apart<'t> {
    let untouched = Apart { text: Cow::Borrowed(text), glosses: Vec::new(), stretches: Vec::new() };
    let lines = of(text);
    if !lines.iter().any(|line| line.letters) {
        return untouched;
    }
    let (mut found, used) = lines::find(text, &lines, readings);
    let rest = lines.iter().zip(used).filter(|(line, used)| line.hanzi && line.letters && !used);
    found.add(cells::find(text, rest.map(|(line, _)| line.range.clone()), readings));
    if found.glosses.is_empty() { untouched } else { without(text, found) }
}

fn of(text: &str) -> Vec<Line> {
    let mut at = 0;
    let line = |line: &str| {
        let range = at..at + line.len();
        at = range.end + 1;
        Line { range, hanzi: line.contains(is_hanzi), letters: line.contains(is_letter) }
    };
    text.split('\n').map(line).collect()
}

fn without<'t>(text: &'t str, mut found: Found<'t>) -> Apart<'t> {
    found.cuts.sort_by_key(|cut| (cut.start, cut.end));
    found.glosses.sort_by_key(|&(at, _)| at);
    let mut left = Left { text, left: String::with_capacity(text.len()), from: 0, stretches: Vec::new() };
    let mut glosses = Vec::with_capacity(found.glosses.len());
    let mut cuts = found.cuts.into_iter().peekable();
    for (at, written) in found.glosses {
        while let Some(cut) = cuts.next_if(|cut| cut.start < at) {
            left.cut(&cut);
        }
        left.keep_to(at);
        let here = left.left.len()..left.left.len();
        glosses.push(Gloss { outer: here.clone(), inner: here, written, manner: Manner::Apart });
    }
    for cut in cuts {
        left.cut(&cut);
    }
    left.keep_to(text.len());
    Apart { text: Cow::Owned(left.left), glosses, stretches: left.stretches }
}

/// The rest of a text, up to a place in it.
struct Left<'t> {
    text: &'t str,
    left: String,
    from: usize,
    stretches: Vec<Run>,
}

impl Left<'_> {
    fn keep_to(&mut self, end: usize) {
        if self.from < end {
            self.stretches.push(Run { at: self.left.len(), from: Some(self.from) });
            self.left.push_str(&self.text[self.from..end]);
            self.from = end;
        }
    }

    fn cut(&mut self, cut: &Range<usize>) {
        self.keep_to(cut.start);
        self.from = self.from.max(cut.end);
    }
}
