//! Pinyin behind its hanzi without any sign: ruby that was flattened, `银yín行háng` or `银行 yínháng`.
//!
//! Why it takes more than a bracket: Latin letters behind hanzi are mostly names and English. What carries a tone and fits
//! the hanzi before it is pinyin; without tones it has to be evident that the text is printed so: where Latin letters
//! follow hanzi, they fit, and they read half of the hanzi there. In such a text what shows tones and doesn't fit
//! is a misprint.

use std::ops::Range;

use super::align::{Context, Demand, align};
use super::content::Content;
use super::find::{self, is_letter};
use super::fit::Readings;
use super::gloss::{Gloss, Manner};
use super::zhuyin;
use crate::hanzi::is_hanzi;

/// The number of glosses that rules out chance.
const SYSTEM: usize = 3;
/// The most words behind hanzi that are looked at, and the most bytes of them.
const WORDS: usize = 8;
const LONGEST: usize = 200;

/// Latin letters behind hanzi.
struct Run<'t> {
    outer: Range<usize>,
    written: &'t str,
    /// How many hanzi it reads, if it fits those before it.
    reads: Option<usize>,
    toned: bool,
    clearly: bool,
    /// Whether it has a capital, as a name has.
    capital: bool,
    /// Whether no blank parts it from the hanzi.
    direct: bool,
}

/// Totals over the runs of a line, or of a text.
#[derive(Clone, Copy, Default)]
struct Sums {
    fit: usize,
    toned: usize,
    /// Fit, but without a tone and with a capital, as names do: 华为Huawei.
    names: usize,
    misfit: usize,
    read: usize,
    hanzi: usize,
}

impl Sums {
    fn of(runs: &[Run<'_>], line: &str) -> Self {
        let count = |of: fn(&Run<'_>) -> bool| runs.iter().filter(|run| of(run)).count();
        Self {
            fit: count(|run| run.reads.is_some()),
            toned: count(|run| run.reads.is_some() && run.toned),
            names: count(|run| run.reads.is_some() && !run.toned && run.capital),
            misfit: count(|run| run.reads.is_none() && run.direct),
            read: runs.iter().filter_map(|run| run.reads).sum(),
            hanzi: crate::hanzi::count(line),
        }
    }

    fn add(&mut self, other: Self) {
        self.fit += other.fit;
        self.toned += other.toned;
        self.names += other.names;
        self.misfit += other.misfit;
        self.read += other.read;
        self.hanzi += other.hanzi;
    }

    /// Whether the text is evidently printed so.
    fn is_system(self) -> bool {
        self.fit >= SYSTEM
            && self.misfit * 5 <= self.fit
            && self.names * 3 <= self.fit
            && self.read * 2 >= self.hanzi
    }
}

/// The pinyin that stands bare in `text`, outside of its brackets, which are in its order.
pub(super) fn find<'t>(text: &'t str, brackets: &[Gloss<'_>], readings: &Readings) -> Vec<Gloss<'t>> {
    let mut brackets = brackets.iter().peekable();
    let mut lines = Vec::new();
    let mut all = Sums::default();
    let mut start = 0;
    for line in text.split('\n') {
        let range = start..start + line.len();
        start = range.end + 1;
        let mut taken = Vec::new();
        while let Some(bracket) = brackets.next_if(|bracket| bracket.outer.start < range.end) {
            taken.push(bracket.outer.clone());
        }
        let runs = runs(text, range, &taken, readings);
        if !runs.is_empty() {
            let sums = Sums::of(&runs, line);
            all.add(sums);
            lines.push((runs, sums));
        }
    }
    let mut found = Vec::new();
    for (runs, sums) in lines {
        let system = sums.is_system() || all.is_system();
        // A neutral tone has no mark: 我wǒ的de.
        let among_toned = sums.toned > 0 && sums.misfit == 0;
        for run in runs {
            let taken = match run.reads {
                Some(_) if run.toned => true,
                Some(_) => system || (among_toned && run.direct && !run.capital),
                None => system && run.direct && run.clearly,
            };
            if taken {
                let Run { outer, written, .. } = run;
                found.push(Gloss { inner: outer.clone(), outer, written, manner: Manner::Bare });
            }
        }
    }
    found
}

/// The runs of one line, of which `taken` stands in brackets.
fn runs<'t>(text: &'t str, line: Range<usize>, taken: &[Range<usize>], readings: &Readings) -> Vec<Run<'t>> {
    let mut runs = Vec::new();
    let mut taken = taken.iter().peekable();
    // Where the hanzi begin that may be read: behind the last run.
    let mut floor = line.start;
    let mut at = line.start;
    let mut before = None;
    let mut blanks = false;
    while at < line.end {
        while taken.next_if(|bracket| bracket.end <= at).is_some() {}
        if let Some(bracket) = taken.peek().filter(|bracket| bracket.start <= at) {
            (at, floor, before, blanks) = (bracket.end, bracket.end, None, false);
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        if before.is_some_and(|before| is_hanzi(before) || closes(before)) && is_letter(c) {
            let end = taken.peek().map_or(line.end, |bracket| bracket.start.min(line.end));
            let direct = !blanks && before.is_some_and(is_hanzi);
            let run = run(text, floor, at..end, direct, readings);
            (at, floor) = (run.outer.end, run.outer.end);
            (before, blanks) = (None, false);
            runs.push(run);
            continue;
        }
        if c.is_whitespace() {
            blanks = true;
        } else {
            (before, blanks) = (Some(c), false);
        }
        at += c.len_utf8();
    }
    runs
}

fn closes(c: char) -> bool {
    matches!(c, '”' | '’' | '》' | '」' | '』')
}

/// The run at the start of `range`: as many words as fit the hanzi before it, or the first one.
fn run<'t>(text: &'t str, floor: usize, range: Range<usize>, direct: bool, readings: &Readings) -> Run<'t> {
    let start = range.start;
    let ends = ends(&text[range]);
    let of = |content: &Content<'t>, reads| Run {
        outer: start..start + content.written.len(),
        written: content.written,
        reads,
        toned: content.tones > 0,
        clearly: content.is_clearly_pinyin(),
        capital: content.written.contains(char::is_uppercase),
        direct,
    };
    let contents = ends.iter().take_while(|&&end| end <= find::LONGEST).map_while(|end| {
        let content = Content::read(&text[start..start + end])?;
        content.syllables.is_some().then_some(content)
    });
    let contents: Vec<Content<'t>> = contents.collect();
    for content in contents.iter().rev() {
        let context = Context {
            before: &text[floor..start],
            offset: floor,
            after: text[start + content.written.len()..].chars().next(),
            marked: content.tones > 0,
            in_words: &[],
        };
        let ways = align(&content.signs, context, Demand::Reading, readings);
        if let Some(reads) = ways.iter().map(Vec::len).min() {
            return of(content, Some(reads));
        }
    }
    match contents.first() {
        Some(content) => of(content, None),
        None => {
            let end = start + ends.first().copied().unwrap_or(1);
            let written = &text[start..end];
            let (toned, clearly, capital) = (false, false, false);
            Run { outer: start..end, written, reads: None, toned, clearly, capital, direct }
        }
    }
}

/// Where the words end that `text` begins with, a blank between each.
fn ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut blank = false;
    let mut end = 0;
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let next = rest.peek().map(|&(_, next)| next);
        let joint = matches!(c, '\'' | '’' | '-') && !blank && next.is_some_and(is_letter);
        let letter = is_letter(c) || zhuyin::is_tone(c) || matches!(c, '\u{300}'..='\u{30F}');
        if letter || joint || (c.is_ascii_digit() && !blank) {
            if blank {
                ends.push(end);
                blank = false;
            }
            end = at + c.len_utf8();
        } else if c == ' ' && !blank {
            blank = true;
        } else {
            break;
        }
        // A word of any length ends somewhere; what lies beyond is looked at no more.
        if ends.len() >= WORDS || (at > LONGEST && !ends.is_empty()) {
            return ends;
        }
    }
    ends.push(end);
    ends
}

#[cfg(test)]
mod tests {
    use crate::annotated::testing::lifted;

    #[test]
    fn flattened_ruby() {
        for (text, clean, pairs) in [
            ("去银yín行háng了", "去银行了", "银 yín; 行 háng"),
            ("去银行yínháng了", "去银行了", "银行 yín háng"),
            ("去银行yín háng了", "去银行了", "银行 yín háng"),
            ("他去银行 yínháng 了，我没去", "他去银行了，我没去", "银行 yín háng"),
            ("我wǒ的de书shū", "我的书", "我 wǒ; 的 de; 书 shū"),
            ("我 wǒ 去 qù 银行 yínháng。", "我去银行。", "我 wǒ; 去 qù; 银行 yín háng"),
            ("我wo去qu银行yinhang", "我去银行", "我 wǒ; 去 qù; 银行 yín háng"),
            ("我wo3去qu4银行yin2hang2", "我去银行", "我 wǒ; 去 qù; 银行 yín háng"),
            ("銀ㄧㄣˊ行ㄏㄤˊ在", "銀行在", "銀 yín; 行 háng"),
            ("他在银行yínháng bank上班", "他在银行 bank上班", "银行 yín háng"),
        ] {
            assert_eq!(lifted(text), (clean.to_owned(), pairs.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_no_pinyin_stays() {
        for text in [
            "AI公司OK",
            "我们去bar",
            "他说hao",
            "残can",
            "他ta说shuo",
            "华为Huawei，小米Xiaomi，百度Baidu",
            "华为Huawei和小米Xiaomi，还有很多别的公司和品牌",
            "马拉加Málaga的海边",
            "他说qǐyè很好",
            "我有一台iPad和一台iPhone",
            "卡拉OK和K歌",
        ] {
            assert_eq!(lifted(text), (text.to_owned(), String::new()), "{text}");
        }
    }

    #[test]
    fn a_misprint_in_flattened_ruby_is_a_doubt() {
        let (text, pairs) = lifted("我wǒ去qù银yín行hóng看kàn他tā和hé她tā");
        assert_eq!(text, "我去银行看他和她");
        assert!(pairs.contains("他 tā") && pairs.ends_with("hóng"), "{pairs}");
    }

    #[test]
    fn one_line_tells_another_how_the_text_is_printed() {
        let text = "我wo去qu银行yinhang\n他ta说shuo";
        assert_eq!(lifted(text).0, "我去银行\n他说");
    }
}
