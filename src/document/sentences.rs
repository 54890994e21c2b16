//! Where the sentences of a clean text are.
//!
//! A sentence is what a card shows, so it ends where a reader would stop: after 。！？ and their half-width forms
//! in Chinese text, with the quotes and brackets that close there; and at a line's end. It does not end inside a
//! bracket or a title, nor between a quotation and its 他说. A quotation, a row of clauses with ；, and a silence
//! (……) are kept whole, unless that makes a sentence that no card can hold.

use super::nesting::Nesting;
use crate::document::lists;
use crate::hanzi::is_hanzi;
use crate::span::Span;
use crate::text::is_closing;

/// A sentence of more hanzi is divided at its lesser stops.
const LONG: usize = 60;
/// A sentence of more hanzi is divided even at commas.
const ENDLESS: usize = 300;
/// A part of fewer hanzi is not left alone.
const CRUMB: usize = 8;

/// The sentences of `text`, in order; blanks round them belong to none.
#[must_use]
pub fn sentences(text: &str) -> Vec<Span> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        Line::new(line).sentences(&mut |from, to| {
            sentences.extend(Span::new(text, start + from..start + to));
        });
        start += line.len() + 1;
    }
    sentences
}

/// How surely a sentence ends at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stop {
    /// A comma: only where all else fails.
    Comma,
    /// A stop inside a quotation, or one that may be a mere pause.
    Inner,
    /// A semicolon.
    Clause,
    /// An end.
    Full,
}

/// A line, with what the rules look at.
struct Line<'t> {
    text: &'t str,
    chars: Vec<(usize, char)>,
    /// How many hanzi stand before each character, and in all.
    hanzi: Vec<u32>,
    nesting: Nesting,
}

impl<'t> Line<'t> {
    fn new(text: &'t str) -> Self {
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let nesting = Nesting::new(&chars);
        let mut count = 0;
        let mut hanzi = Vec::with_capacity(chars.len() + 1);
        for &(_, c) in &chars {
            hanzi.push(count);
            count += u32::from(is_hanzi(c));
        }
        hanzi.push(count);
        Self { text, chars, hanzi, nesting }
    }

    fn sentences(&self, push: &mut impl FnMut(usize, usize)) {
        let stops = self.stops();
        let mut start = 0;
        let mut lesser: Vec<(usize, Stop)> = Vec::new();
        let end = (self.chars.len(), Stop::Full);
        // The contents of the sentence so far; a line of scraps is looked through once.
        let (mut seen, mut digit, mut quoted) = (0, false, false);
        for (at, stop) in stops.into_iter().chain([end]) {
            if stop != Stop::Full {
                lesser.push((at, stop));
                continue;
            }
            digit |= self.chars[seen..at].iter().any(|(_, c)| c.is_ascii_digit());
            quoted |= (seen..at).any(|index| self.nesting.partner(index).is_some());
            seen = at;
            // Too little to learn from, such as the `150亿美元!` of a headline: what follows on the line joins it.
            let scrap = !quoted && self.hanzi(start, at) < if digit { 5 } else { 3 };
            if scrap && at < self.chars.len() {
                continue;
            }
            self.divide(start, at, &lesser, Stop::Clause, push);
            (start, digit, quoted) = (at, false, false);
            lesser.clear();
        }
    }

    /// Pushes the sentence `start..end`, divided at its lesser stops as long as it is too long.
    fn divide(
        &self,
        start: usize,
        end: usize,
        lesser: &[(usize, Stop)],
        level: Stop,
        push: &mut impl FnMut(usize, usize),
    ) {
        let too_long = if level == Stop::Comma { ENDLESS } else { LONG };
        let mut left = self.hanzi(start, end);
        if left <= too_long || lesser.is_empty() {
            self.push(start, end, push);
            return;
        }
        let next_level = match level {
            Stop::Full | Stop::Clause => Some(Stop::Inner),
            Stop::Inner => Some(Stop::Comma),
            Stop::Comma => None,
        };
        let mut from = start;
        let mut first = 0;
        for (index, &(at, _)) in lesser.iter().enumerate().filter(|(_, (_, stop))| *stop == level) {
            let part = self.hanzi(from, at);
            let enough = if level == Stop::Comma { LONG } else { CRUMB };
            if part >= enough && left - part >= CRUMB {
                self.deeper(from, at, &lesser[first..index], next_level, push);
                (from, first) = (at, index + 1);
                left -= part;
            }
        }
        self.deeper(from, end, &lesser[first..], next_level, push);
    }

    fn deeper(
        &self,
        start: usize,
        end: usize,
        lesser: &[(usize, Stop)],
        level: Option<Stop>,
        push: &mut impl FnMut(usize, usize),
    ) {
        match level {
            Some(level) => self.divide(start, end, lesser, level, push),
            None => self.push(start, end, push),
        }
    }

    /// Pushes a sentence without the blanks round it, and without half a pair of quotes at its ends.
    fn push(&self, start: usize, end: usize, push: &mut impl FnMut(usize, usize)) {
        let (mut start, mut end) = (start, end);
        let outside = |at: usize, start, end| self.nesting.partner(at).is_some_and(|p| p < start || p >= end);
        let blank = |at: usize| self.chars[at].1.is_whitespace();
        while start < end && (blank(start) || outside(start, start, end)) {
            start += 1;
        }
        while start < end && (blank(end - 1) || outside(end - 1, start, end)) {
            end -= 1;
        }
        if start < end {
            push(self.byte(start), self.byte(end));
        }
    }

    fn byte(&self, index: usize) -> usize {
        self.chars.get(index).map_or(self.text.len(), |&(at, _)| at)
    }

    fn hanzi(&self, start: usize, end: usize) -> usize {
        (self.hanzi[end] - self.hanzi[start]) as usize
    }

    fn char(&self, index: usize) -> Option<char> {
        self.chars.get(index).map(|&(_, c)| c)
    }

    /// The last character before `index` that is no blank.
    fn before(&self, index: usize) -> Option<char> {
        self.chars[..index].iter().rev().map(|&(_, c)| c).find(|c| !c.is_whitespace())
    }

    fn after(&self, index: usize) -> Option<char> {
        self.chars[index..].iter().map(|&(_, c)| c).find(|c| !c.is_whitespace())
    }

    /// The places after which the line stops, in order.
    fn stops(&self) -> Vec<(usize, Stop)> {
        let mut stops = Vec::new();
        let (mut index, mut start) = (0, 0);
        while let Some(c) = self.char(index) {
            let Some(stop) = self.stop(index, c, start) else {
                index += 1;
                continue;
            };
            let mut end = index + 1;
            while self.char(end).is_some_and(|c| is_end(c) && stop != Stop::Comma || self.closes_here(end, c))
            {
                end += 1;
            }
            let stop = self.weighed(index, end, start, stop);
            if let Some(stop) = stop {
                if stop == Stop::Full {
                    end = self.with_bracket(end);
                    start = end;
                }
                stops.push((end, stop));
            }
            index = end;
        }
        stops
    }

    /// Whether the character at `index` closes a pair, so that a stop before it belongs inside.
    fn closes_here(&self, index: usize, c: char) -> bool {
        is_closing(c) && self.nesting.partner(index).is_none_or(|partner| partner < index)
    }

    /// The stop that the character at `index` is by itself, in a sentence that began at `start`.
    fn stop(&self, index: usize, c: char, start: usize) -> Option<Stop> {
        match c {
            '。' | '！' | '？' | '｡' => Some(Stop::Full),
            '!' | '?' => self.ends_chinese(index, start).then_some(Stop::Full),
            '.' | '．' if self.is_full_stop(index, start) => Some(Stop::Full),
            '…' | '⋯' => Some(if self.is_end_of_speech(index, start) { Stop::Full } else { Stop::Inner }),
            '；' | ';' => {
                self.before(index).is_some_and(|c| !c.is_ascii_punctuation()).then_some(Stop::Clause)
            }
            '，' | ',' => self.before(index).is_some_and(is_hanzi).then_some(Stop::Comma),
            _ => None,
        }
    }

    /// The stop at `index`, with its closing quotes up to `end`, as its surroundings weigh it.
    fn weighed(&self, index: usize, end: usize, start: usize, stop: Stop) -> Option<Stop> {
        if end == self.chars.len() {
            return Some(stop);
        }
        if self.nesting.in_bracket(end) {
            return None;
        }
        if self.nesting.in_quote(end) {
            return Some(stop.min(Stop::Inner));
        }
        let last_closed = (index + 1..end).rev().find_map(|i| self.nesting.partner(i).map(|open| (i, open)));
        let Some((close, open)) = last_closed else { return Some(stop) };
        if stop != Stop::Full {
            return Some(stop);
        }
        let quoted = matches!(self.char(close), Some('”' | '’' | '」' | '』' | '"'));
        let before =
            self.chars[start..open.max(start)].iter().rev().map(|&(_, c)| c).find(|c| !c.is_whitespace());
        if !quoted {
            // A bracket that stands by itself is a sentence; one inside a sentence is not its end.
            return before.is_none().then_some(Stop::Full);
        }
        let speaks = before.is_none_or(|c| "：:，,、—“「说說道问問答喊叫称稱笑写寫".contains(c));
        let ends = speaks && !self.goes_on(end);
        Some(if ends { Stop::Full } else { Stop::Inner })
    }

    /// Whether what follows a quotation belongs to its sentence: a lesser stop, 的, or 他说.
    fn goes_on(&self, end: usize) -> bool {
        let rest = self.chars[end..].iter().map(|&(_, c)| c).skip_while(|c| c.is_whitespace());
        let tag: String = rest
            .take(12)
            .take_while(|c| c.is_alphanumeric() || matches!(c, '·' | ' ' | '（' | '('))
            .collect();
        let Some(first) = tag.chars().next() else {
            return self.after(end).is_some_and(|c| "，,、；;：:）)—".contains(c));
        };
        let verbs = &lists::SPEAKING;
        "的地得之等和与與及或这這".contains(first) || verbs.iter().any(|verb| tag.contains(verb))
    }

    /// The end of a short bracket that follows a sentence at once: `他走了。（完）`.
    fn with_bracket(&self, end: usize) -> usize {
        let opens = matches!(self.char(end), Some('（' | '('));
        match self.nesting.partner(end).filter(|&close| opens && close > end && close - end <= 40) {
            Some(mut close) => {
                close += 1;
                while self.char(close).is_some_and(is_end) {
                    close += 1;
                }
                close
            }
            None => end,
        }
    }

    /// Whether a half-width `!` or `?` ends Chinese text, and not Yahoo! or an address.
    fn ends_chinese(&self, index: usize, start: usize) -> bool {
        let Some(before) = index.checked_sub(1).and_then(|i| self.char(i)) else { return false };
        if !before.is_ascii() {
            return true;
        }
        let name: String =
            self.chars[..index].iter().rev().take(5).map(|&(_, c)| c.to_ascii_lowercase()).collect();
        let chinese_follows = self.after(index + 1).is_none_or(|c| !c.is_ascii() || c == '"');
        chinese_follows
            && name != "oohay"
            && (before.is_ascii_alphanumeric() || is_closing(before) || is_end(before))
            && self.hanzi(start, index) > 0
    }

    /// Whether a half-width full stop ends Chinese text: not in 1.5亿, `Scale AI.` or 一.
    fn is_full_stop(&self, index: usize, start: usize) -> bool {
        let numeral = |c: char| "一二三四五六七八九十".contains(c);
        let words = &self.chars[start..index];
        self.before(index).is_some_and(|c| is_hanzi(c) || "”」』）》".contains(c))
            && self.char(index + 1).is_none_or(|c| !c.is_ascii_alphanumeric() && c != '.')
            // Backwards, since a full stop before this one answers it.
            && !words.iter().rev().all(|&(_, c)| numeral(c) || c.is_whitespace() || c == '第')
    }

    /// Whether a silence (……) ends a sentence: long enough, no list (苹果、梨……都), and nothing joins on.
    fn is_end_of_speech(&self, index: usize, start: usize) -> bool {
        let silence = self.chars[index..].iter().take_while(|(_, c)| matches!(c, '…' | '⋯')).count();
        let Some(next) = self.after(index + silence) else { return true };
        let list = self.chars[start..index].iter().rev().take(8).any(|&(_, c)| c == '、');
        self.hanzi(start, index) >= 10 && !list && !"，,。、；：的地得都等和与與及还還也就才是".contains(next)
    }
}

fn is_end(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '｡' | '!' | '?' | '…' | '⋯' | '~' | '～')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|s| s.of(text)).collect()
    }

    /// The text with a stroke between its sentences.
    fn parts(text: &str) -> String {
        split(text).join("|")
    }

    #[test]
    fn a_sentence_ends_with_its_closing_quote() {
        assert_eq!(split("他说：“好！”她走了。\n 第二段"), ["他说：“好！”", "她走了。", "第二段"]);
        assert_eq!(split(" \n\n"), Vec::<&str>::new());
        assert_eq!(parts("她喊：“快跑！！”大家都跑了。"), "她喊：“快跑！！”|大家都跑了。");
        assert_eq!(parts("雨停了!街上又有人了?是的."), "雨停了!|街上又有人了?|是的.");
    }

    #[test]
    fn a_quotation_and_its_speaker_are_one() {
        assert_eq!(parts("“雨停了。”王奶奶说。她笑了。"), "“雨停了。”王奶奶说。|她笑了。");
        assert_eq!(parts("“你去哪儿？”他问，“带我去吧。”"), "“你去哪儿？”他问，“带我去吧。”");
        assert_eq!(parts("「走吧！」老師笑著說。"), "「走吧！」老師笑著說。");
    }

    #[test]
    fn a_question_inside_a_sentence_is_no_end() {
        assert_eq!(parts("他想知道“为什么？”的答案。"), "他想知道“为什么？”的答案。");
        assert_eq!(parts("我看了《你好，世界！》这本书。"), "我看了《你好，世界！》这本书。");
        assert_eq!(parts("雨（谁知道呢？也许是雪。）停了。"), "雨（谁知道呢？也许是雪。）停了。");
        assert_eq!(parts("在“怎么办？”节目里，他说了真话。"), "在“怎么办？”节目里，他说了真话。");
    }

    #[test]
    fn half_width_stops_end_chinese_only() {
        assert_eq!(parts("公司花了1.5亿美元. 后来关了."), "公司花了1.5亿美元.|后来关了.");
        assert_eq!(parts("Scale AI. 和Y.C. 都投了。"), "Scale AI. 和Y.C. 都投了。");
        assert_eq!(parts("他加入Meta!大家都很高兴。"), "他加入Meta!|大家都很高兴。");
        assert_eq!(parts("他在Yahoo!工作。"), "他在Yahoo!工作。");
        assert_eq!(parts("一.总则\n第一.总则"), "一.总则|第一.总则");
        assert_eq!(parts("见 http://a.example/?x=1 吧。"), "见 http://a.example/?x=1 吧。");
    }

    #[test]
    fn a_silence_may_end_a_sentence() {
        assert_eq!(
            parts("他看着窗外的大雨想了很久……第二天他走了。"),
            "他看着窗外的大雨想了很久……|第二天他走了。"
        );
        assert_eq!(parts("我……我不知道。"), "我……我不知道。");
        assert_eq!(
            parts("他买了很多水果，苹果、香蕉、梨……都很甜。"),
            "他买了很多水果，苹果、香蕉、梨……都很甜。"
        );
        assert_eq!(parts("“……”\n他走了……"), "“……”|他走了……");
    }

    #[test]
    fn a_scrap_joins_what_follows() {
        assert_eq!(parts("150亿美元!小城要修地铁了!"), "150亿美元!小城要修地铁了!");
        assert_eq!(parts("好！我们走吧。\n好！"), "好！我们走吧。|好！");
        assert_eq!(parts("“好！”她点点头。"), "“好！”|她点点头。");
    }

    #[test]
    fn a_bracket_after_a_sentence_goes_with_it() {
        assert_eq!(parts("会议今天结束。（完）"), "会议今天结束。（完）");
        assert_eq!(parts("他走了。（笑）她也走了。"), "他走了。（笑）|她也走了。");
    }

    #[test]
    fn what_no_card_can_hold_is_divided() {
        let clause = "一场大雨让城里的许多街道变成了小河;";
        assert_eq!(split(&clause.repeat(2)).len(), 1);
        assert_eq!(split(&clause.repeat(5)).len(), 5);
        let speech = "一场大雨让城里的许多街道变成了小河，公交车停在半路。";
        assert_eq!(split(&format!("她说：“{}”", speech.repeat(2))).len(), 1);
        let long = format!("“{}”", speech.repeat(4));
        assert_eq!(split(&long), [speech; 4], "half a pair of quotes is left out");
        assert_eq!(split(&"一场大雨让城里的街道变成了河，".repeat(40)).len(), 8);
        assert_eq!(split(&"好".repeat(1000)).len(), 1);
    }

    #[test]
    fn brackets_that_never_close_change_nothing() {
        let text = format!("{}雨停了。她走了。", "（“".repeat(5000));
        assert_eq!(split(&text).len(), 2);
    }
}
