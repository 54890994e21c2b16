//! Decides what becomes of each piece of pinyin: lifted out, lifted with a doubt, or left as the text that it is.
//!
//! The rules, in one place because they weigh against each other:
//! - what fits the hanzi before it is lifted, toned or not;
//! - what is clearly pinyin (most of its syllables carry a tone) but does not fit is lifted too, since its
//!   shards would become words, but only a doubt is kept: a wrong reading is worse than none;
//! - anything else stays text: `(AI)`, `可以(can)`, a gloss, a stock code, a date, Chinese;
//! - of a bracket that holds more than pinyin (`公司(gōngsī, company)`) only the pinyin is lifted.
//!
//! The rules for brackets hold for every other layout, once its pinyin was found (`bare`, `lines`, `cells`): it is a
//! bracket whose signs weren't printed.

use super::align::{Context, Demand, Placed, align};
use super::content::{Content, Parts, has_mark};
use super::find::brackets;
use super::fit::{Fit, Readings, best_fit};
use super::gloss::{Gloss, Manner};
use super::settle::{Around, Settled, in_words, settle};
use super::{AnnotatedText, Annotation, Doubt, DoubtWhy, apart, bare};
use crate::dictionary::Dictionary;
use crate::hanzi::is_hanzi;
use crate::pinyin::Syllable;
use crate::pinyin::parse::{Sign, ending_at};
use crate::span::Span;

/// Lifts the pinyin out of a text. An annotation never crosses a line.
#[must_use]
pub fn lift(text: &str, dictionary: Dictionary) -> AnnotatedText {
    lift_with_runs(text, dictionary).0
}

/// A stretch of the clean text, up to where the next one begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Where it begins.
    pub at: usize,
    /// Where it begins in the text that the pinyin was lifted out of; `None` for what was left of a bracket and is put
    /// together anew.
    pub from: Option<usize>,
}

/// The same, with where each stretch of the clean text stood: the runs are in its order, and cover it.
#[must_use]
pub fn lift_with_runs(text: &str, dictionary: Dictionary) -> (AnnotatedText, Vec<Run>) {
    let readings = Readings::new(dictionary);
    let apart = apart::take(text, &readings);
    let text = &*apart.text;
    let mut glosses = brackets(text);
    let bare = bare::find(text, &glosses, &readings);
    if !bare.is_empty() || !apart.glosses.is_empty() {
        glosses.extend(bare);
        glosses.extend(apart.glosses.iter().cloned());
        glosses.sort_by_key(|gloss| (gloss.outer.start, gloss.outer.end));
    }
    // Read once more below, which costs an article nothing: its first bracket with pinyin answers this.
    let marked = glosses.iter().any(|gloss| {
        Content::read(gloss.written).map_or_else(|| has_mark(gloss.written), |content| content.tones > 0)
    });
    let mut lifter = Lifter {
        text,
        clean: String::with_capacity(text.len()),
        runs: Vec::new(),
        taken: 0,
        annotations: Vec::new(),
        doubts: Vec::new(),
        floor: 0,
        last: None,
        marked,
        readings,
    };
    for gloss in glosses {
        lifter.copy_to(gloss.outer.start);
        match Content::read(gloss.written) {
            // A title is pinyin only where it shows it.
            Some(content) if gloss.manner == Manner::Title && content.tones == 0 => {}
            Some(content) => lifter.pinyin(&gloss, &content),
            None => {
                lifter.mixed(&gloss);
            }
        }
        lifter.copy_to(gloss.outer.end);
    }
    lifter.copy_to(text.len());
    // A doubt about a pair stands at its last hanzi, which a quote may part from the bracket.
    lifter.doubts.sort_by_key(|doubt| doubt.at);
    let Lifter { clean, annotations, doubts, mut runs, .. } = lifter;
    runs.retain(|run| run.at < clean.len());
    let runs = apart.in_the_text(runs, clean.len());
    (AnnotatedText { text: clean, annotations, doubts }, runs)
}

struct Lifter<'t> {
    text: &'t str,
    clean: String,
    runs: Vec<Run>,
    /// How much of `text` has been dealt with.
    taken: usize,
    annotations: Vec<Annotation>,
    doubts: Vec<Doubt>,
    /// Where the last annotation ends in the clean text: no other reaches behind it.
    floor: usize,
    /// Where the bracket of the last annotation ended in `text`, and its letters.
    last: Option<(usize, Vec<char>)>,
    /// Whether the article marks tones, so that no mark is the neutral one.
    marked: bool,
    readings: Readings,
}

/// Pairs that were settled on.
struct Choice {
    pairs: Vec<Placed>,
    syllables: Vec<Syllable>,
    agrees: bool,
}

impl Lifter<'_> {
    fn copy_to(&mut self, end: usize) {
        if self.taken < end {
            self.begin_run(Some(self.taken));
            self.clean.push_str(&self.text[self.taken..end]);
            self.taken = end;
        }
    }

    /// Begins a run where the clean text ends, which may have lost the end of an earlier one.
    fn begin_run(&mut self, from: Option<usize>) {
        let at = self.clean.len();
        while self.runs.last().is_some_and(|run| run.at >= at) {
            self.runs.pop();
        }
        self.runs.push(Run { at, from });
    }

    /// A bracket with nothing in it that pinyin could not have.
    fn pinyin(&mut self, gloss: &Gloss<'_>, content: &Content<'_>) {
        if self.is_repeat(gloss, content) {
            if let Some(annotation) = self.annotations.last_mut() {
                annotation.times += 1;
            }
            self.last = Some((gloss.outer.end, content.letters()));
            self.drop_bracket(gloss);
            return;
        }
        match self.choose(gloss, content) {
            Ok(choice) if self.is_risky(content, &choice.pairs) => {
                self.doubt(gloss, DoubtWhy::Ambiguous, false);
            }
            Ok(choice) => self.annotate(gloss, content, choice),
            Err(Some(why)) => self.doubt(gloss, why, true),
            Err(None) if self.mixed(gloss) => {}
            Err(None) => self.misfit(gloss, content),
        }
    }

    /// A bracket that holds more than pinyin: the part that reads the hanzi is lifted, the rest stays. Only a
    /// part with tone marks is tried, since the rest shows that not everything in it is pinyin.
    fn mixed(&mut self, gloss: &Gloss<'_>) -> bool {
        if gloss.manner != Manner::Bracket {
            return false;
        }
        let text = self.text;
        let Some(parts) = Parts::of(gloss.written) else { return false };
        let fitting =
            parts.pinyin().find_map(|(i, content)| Some((i, self.choose(gloss, &content).ok()?, content)));
        let Some((i, choice, content)) = fitting else { return false };
        self.annotate(gloss, &content, choice);
        let rest = parts.without(i);
        if !rest.is_empty() {
            self.begin_run(None);
            self.clean.push_str(&text[gloss.outer.start..gloss.inner.start]);
            self.clean.push_str(&rest);
            self.clean.push_str(&text[gloss.inner.end..gloss.outer.end]);
            self.last = None;
        }
        true
    }

    /// The one consistent way to read the hanzi so. `Err(None)` if there is none, a doubt if there are several.
    fn choose(&self, gloss: &Gloss<'_>, content: &Content<'_>) -> Result<Choice, Option<DoubtWhy>> {
        let mut ways = self.ways(gloss, &content.signs, &[]);
        if ways.is_empty() && content.syllables.is_some_and(|syllables| syllables > 1) {
            let in_words =
                in_words(&self.clean[self.floor..], self.floor, content.signs.len(), &self.readings);
            ways = self.ways(gloss, &content.signs, &in_words);
        }
        let mut ways = ways.into_iter();
        let (pairs, settled) = ways.next().ok_or(None)?;
        let rival = ways.find(|(other, way)| {
            way.cost == settled.cost && (way.syllables != settled.syllables || other[0].at != pairs[0].at)
        });
        match settled.syllables {
            Some(syllables) if rival.is_none() => Ok(Choice { pairs, syllables, agrees: settled.agrees }),
            _ => Err(Some(DoubtWhy::Ambiguous)),
        }
    }

    /// Every way to read the hanzi so, the likeliest first.
    fn ways(
        &self,
        gloss: &Gloss<'_>,
        signs: &[Sign],
        in_words: &[(usize, Syllable)],
    ) -> Vec<(Vec<Placed>, Settled)> {
        let around = Around { before: &self.clean, after: &self.text[gloss.outer.end..] };
        let context = Context { in_words, ..self.context(gloss) };
        let mut ways: Vec<(Vec<Placed>, Settled)> = align(signs, context, Demand::Reading, &self.readings)
            .into_iter()
            .map(|pairs| {
                let settled = settle(&pairs, around, &self.readings);
                (pairs, settled)
            })
            .filter(|(_, settled)| settled.fits)
            .collect();
        ways.sort_by_key(|(_, settled)| settled.cost);
        ways
    }

    fn context(&self, gloss: &Gloss<'_>) -> Context<'_> {
        Context {
            before: &self.clean[self.floor..],
            offset: self.floor,
            after: self.text[gloss.outer.end..].chars().next(),
            marked: self.marked,
            in_words: &[],
        }
    }

    fn annotate(&mut self, gloss: &Gloss<'_>, content: &Content<'_>, choice: Choice) {
        let (Some(first), Some(last)) = (choice.pairs.first(), choice.pairs.last()) else { return };
        let range = first.at..last.at + last.pair.hanzi.len_utf8();
        let Some(span) = Span::new(&self.clean, range) else { return };
        if !choice.agrees {
            self.doubts.push(Doubt {
                at: span.end(),
                written: content.written.to_owned(),
                why: DoubtWhy::AgainstDictionary,
                lifted: false,
            });
        }
        self.annotations.push(Annotation {
            span,
            syllables: choice.syllables.into(),
            written: content.written.to_owned(),
            times: 1,
            agrees: choice.agrees,
        });
        self.floor = span.end();
        self.last = Some((gloss.outer.end, content.letters()));
        self.drop_bracket(gloss);
    }

    /// Pinyin, or what looks like it, that is none of the hanzi before it.
    fn misfit(&mut self, gloss: &Gloss<'_>, content: &Content<'_>) {
        if gloss.manner == Manner::Title && content.is_clearly_pinyin() {
            // A title may be pinyin itself, and then its hanzi are nowhere.
            self.doubt(gloss, DoubtWhy::Misfit, false);
        } else if content.is_clearly_pinyin() && self.follows_hanzi() {
            let any_tone = align(&content.signs, self.context(gloss), Demand::Base, &self.readings);
            let why = if any_tone.is_empty() { DoubtWhy::Misfit } else { DoubtWhy::UnknownReading };
            self.doubt(gloss, why, true);
        } else if let Some(syllables) = content.syllables
            && gloss.manner != Manner::Title
            && (content.tones > 0 || (syllables > 1 && self.ends_alike(&content.signs)))
        {
            self.doubt(gloss, DoubtWhy::Misfit, false);
        } else if gloss.manner == Manner::Apart {
            self.doubt(gloss, DoubtWhy::Misfit, true);
        }
    }

    fn doubt(&mut self, gloss: &Gloss<'_>, why: DoubtWhy, lifted: bool) {
        // Pinyin that stood apart is out of the text already.
        let lifted = lifted || gloss.manner == Manner::Apart;
        if lifted {
            self.drop_bracket(gloss);
        }
        let written = gloss.written.to_owned();
        self.doubts.push(Doubt { at: self.clean.len(), written, why, lifted });
    }

    /// Leaves the bracket out of the clean text, with the blank that set it off.
    fn drop_bracket(&mut self, gloss: &Gloss<'_>) {
        let blank = |c: char| c.is_whitespace() && c != '\n';
        let kept = self.clean.trim_end_matches(blank).len();
        // Bare pinyin has no sign of its own, so a blank behind it parts it from what follows.
        let set_off = kept < self.clean.len() && gloss.outer.start > 0 || gloss.manner == Manner::Bare;
        if set_off {
            self.clean.truncate(kept.max(self.floor));
        }
        self.taken = gloss.outer.end;
        let rest = &self.text[self.taken..];
        let next = rest.trim_start_matches(blank);
        if set_off && next.chars().next().is_some_and(|c| is_hanzi(c) || "，。、；：！？”’》）".contains(c))
        {
            self.taken += rest.len() - next.len();
        }
    }

    /// The same bracket once more: `的(de)(de)(de)`.
    fn is_repeat(&mut self, gloss: &Gloss<'_>, content: &Content<'_>) -> bool {
        // Taken: where this bracket is no repeat, none after it is, for this one stands between.
        self.last.take().is_some_and(|(end, letters)| {
            self.text.get(end..gloss.outer.start).is_some_and(|gap| gap.trim_matches(' ').is_empty())
                && letters == content.letters()
        })
    }

    /// A lone toneless syllable that is more likely something else: an acronym over one hanzi (爱(AI)), a label
    /// (金额(e)).
    fn is_risky(&self, content: &Content<'_>, pairs: &[Placed]) -> bool {
        let [only] = pairs else { return false };
        let acronym = !content.written.chars().any(char::is_lowercase);
        let letter = content.letters().len() == 1 && best_fit(only.pair, &self.readings) != Some(Fit::Exact);
        content.tones == 0 && (acronym || letter)
    }

    /// Whether a hanzi stands before the bracket, a closing quote or a blank aside.
    fn follows_hanzi(&self) -> bool {
        let mut before = self.clean.chars().rev().take(4);
        before.find(|c| c.is_alphanumeric() || *c == '\n').is_some_and(is_hanzi)
    }

    /// Whether at least the last syllable is the last hanzi's: probably pinyin with a slip.
    fn ends_alike(&self, signs: &[Sign]) -> bool {
        let Some(last) = self.clean.chars().next_back().filter(|&c| is_hanzi(c)) else { return false };
        let known = self.readings.of(last);
        ending_at(signs, signs.len()).any(|(_, w)| known.iter().any(|k| k.base() == w.syllable.base()))
    }
}
