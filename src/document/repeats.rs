//! Text that is printed twice: whole bodies, long lines, glued or not.
//!
//! Why by letters and not by lines: the second print of a body may have a heading glued to its paragraph, or the
//! whole body on one line. So the page is one stream of letters ([`same`](super::same)), and a copy is a long
//! stretch of it that stood before. **A copy is made of whole lines, of the first print or of the second**, which
//! keeps a quotation inside a paragraph; and it is long, which keeps a refrain, a list and an answer.
//!
//! The search looks up the first letters of each line and sentence in a table, as rsync finds blocks; it is
//! linear, for what was compared in vain is either short or skipped.

use std::collections::HashMap;

use super::Why;
use super::page::Piece;
use super::same::each_letter;

/// Letters by which a copy is looked up; nothing shorter is ever a copy.
const SEED: usize = 20;
/// Earlier places that are tried for one seed: a page prints nothing more often.
const PLACES: usize = 8;
/// A line of so many letters is not repeated for effect.
const LONG_LINE: usize = 50;
/// The same for a line that is spoken.
const LONG_SPEECH: usize = 100;
/// A copy that begins or ends inside a line of the second print.
const LONG_GLUED: usize = 100;
/// A copy of short lines; the refrain of a song has fewer.
const LONG_RUN: usize = 200;
/// A copy of several paragraphs, and the letters that a line of them has on average; a line of verse has fewer.
const LONG_PARAGRAPHS: usize = 80;
const MEAN_PARAGRAPH: usize = 20;
/// A copy of nearly all that stood before.
const LEAST_BODY: usize = 60;
/// Letters by which two prints of a line may differ, if the lines round it are copies.
const SLIPS: usize = 8;

/// Cuts the copies.
pub(super) fn cut(pieces: &mut Vec<Piece>) {
    let stream = Stream::new(pieces);
    let copies = stream.bridged(stream.copies());
    let mut copies = copies.iter().map(|copy| stream.stretch(*copy)).peekable();
    if copies.peek().is_none() {
        return;
    }
    for (index, piece) in std::mem::take(pieces).into_iter().enumerate() {
        let mut done = 0;
        while let Some(&Stretch { from, to }) = copies.peek().filter(|copy| copy.from.0 <= index) {
            let start = if from.0 == index { from.1 } else { 0 };
            let end = to.1.filter(|_| to.0 == index).unwrap_or(piece.text.len());
            if done < start {
                pieces.push(piece.slice(done..start));
            }
            let mut copied = piece.slice(start..end);
            copied.cut = copied.cut.or(Some(Why::Repeated));
            pieces.push(copied);
            done = end;
            if to.0 > index {
                break;
            }
            copies.next();
        }
        if done == 0 {
            pieces.push(piece);
        } else if done < piece.text.len() {
            pieces.push(piece.slice(done..piece.text.len()));
        }
    }
}

/// The kept pieces as letters, and where lines and sentences begin in them.
struct Stream {
    letters: Vec<char>,
    units: Vec<Unit>,
    /// Where lines begin among the letters, and the end.
    line_starts: Vec<usize>,
}

/// A sentence, or what of a line stands before its first end.
#[derive(Clone, Copy)]
struct Unit {
    /// Its first letter.
    at: usize,
    piece: usize,
    /// Its first byte in the piece.
    byte: usize,
    starts_line: bool,
    spoken: bool,
}

/// A stretch of units that stood before.
#[derive(Clone, Copy)]
struct Copy {
    first: usize,
    /// One past the last.
    end: usize,
    /// Where the first print of it begins among the letters.
    original: usize,
}

/// Where a copy stands: the piece and the byte that it begins with; the piece that it ends in, and the byte before which
/// it does where that is not the piece's end.
#[derive(Clone, Copy)]
struct Stretch {
    from: (usize, usize),
    to: (usize, Option<usize>),
}

impl Stream {
    fn new(pieces: &[Piece]) -> Self {
        let mut stream = Self { letters: Vec::new(), units: Vec::new(), line_starts: Vec::new() };
        for (piece, line) in pieces.iter().enumerate().filter(|(_, line)| line.kept()) {
            stream.push(piece, &line.text);
        }
        stream.line_starts.push(stream.letters.len());
        stream
    }

    fn push(&mut self, piece: usize, text: &str) {
        let (letters, units) = (&mut self.letters, &mut self.units);
        let spoken = text.starts_with(['“', '「', '『', '‘', '"', '—']);
        let mut ends = sentence_ends(text).peekable();
        let (mut byte, mut starts_unit, mut starts_line) = (0, true, true);
        let mut line_starts = None;
        each_letter(text, |at, _, c| {
            while let Some(end) = ends.next_if(|&end| end <= at) {
                (byte, starts_unit) = (end, true);
            }
            if starts_unit {
                if starts_line {
                    line_starts = Some(letters.len());
                }
                let byte = if starts_line { 0 } else { byte };
                units.push(Unit { at: letters.len(), piece, byte, starts_line, spoken });
                (starts_unit, starts_line) = (false, false);
            }
            letters.push(c);
        });
        self.line_starts.extend(line_starts);
    }

    fn starts_line(&self, at: usize) -> bool {
        self.line_starts.binary_search(&at).is_ok()
    }

    /// Where unit `index` begins among the letters; the end for the one past the last.
    fn at(&self, index: usize) -> usize {
        self.units.get(index).map_or(self.letters.len(), |unit| unit.at)
    }

    fn unit_starts_line(&self, index: usize) -> bool {
        self.units.get(index).is_none_or(|unit| unit.starts_line)
    }

    fn copies(&self) -> Vec<Copy> {
        let mut seen: HashMap<u64, Vec<usize>> = HashMap::new();
        let mut copies = Vec::new();
        let mut index = 0;
        while let Some(unit) = self.units.get(index) {
            let Some(seed) = self.letters.get(unit.at..unit.at + SEED) else { break };
            let places = seen.entry(hash(seed)).or_default();
            let (original, length) = self.longest(index, places);
            match self.copy(index, original, length) {
                Some(copy) => {
                    index = copy.end;
                    copies.push(copy);
                    continue;
                }
                // So much compared for nothing is not compared again from its next sentence.
                None if length > 2 * LONG_RUN => {
                    let next = self.units.partition_point(|u| u.at < unit.at + length);
                    index = next.max(index + 1);
                    continue;
                }
                None => {}
            }
            if places.len() < PLACES {
                places.push(index);
            }
            index += 1;
        }
        copies
    }

    /// The place whose text goes on like unit `index` the longest, and how long.
    fn longest(&self, index: usize, places: &[usize]) -> (usize, usize) {
        let at = self.units[index].at;
        let mut best = (0, 0);
        for &place in places {
            // Neither print begins a line here: the middle of a paragraph quotes the middle of another.
            if !self.units[index].starts_line && !self.units[place].starts_line {
                continue;
            }
            let original = self.units[place].at;
            let length =
                self.letters[at..].iter().zip(&self.letters[original..]).take_while(|(a, b)| a == b).count();
            if length > best.1 {
                best = (original, length);
            }
        }
        best
    }

    /// The copy that begins with unit `index`, if what agrees is one.
    fn copy(&self, index: usize, original: usize, length: usize) -> Option<Copy> {
        let at = self.units[index].at;
        let past = self.units.partition_point(|u| u.at <= at + length);
        let last = if at + length == self.letters.len() { self.units.len() } else { past - 1 };
        let whole_at =
            |end: &usize| self.unit_starts_line(*end) || self.starts_line(original + self.at(*end) - at);
        let end = (index + 1..=last).rev().find(whole_at)?;
        let copy = Copy { first: index, end, original };
        self.is_copy(copy).then_some(copy)
    }

    fn is_copy(&self, copy: Copy) -> bool {
        let at = self.at(copy.first);
        let length = self.at(copy.end) - at;
        if length < SEED || at - copy.original < SEED {
            return false;
        }
        if !self.units[copy.first].starts_line || !self.unit_starts_line(copy.end) {
            return length >= LONG_GLUED;
        }
        let lines = || self.lines(copy);
        let long = lines().any(|(length, spoken)| length >= if spoken { LONG_SPEECH } else { LONG_LINE });
        let at_once =
            at <= copy.original + length && lines().all(|(length, spoken)| length >= SEED && !spoken);
        let body = length >= LEAST_BODY && length * 5 >= at * 4;
        let count = lines().count();
        let paragraphs = count > 1 && length >= LONG_PARAGRAPHS && length >= count * MEAN_PARAGRAPH;
        long || length >= LONG_RUN || at_once || body || paragraphs
    }

    /// Letters of each line of a copy, and whether it is spoken.
    fn lines(&self, copy: Copy) -> impl Iterator<Item = (usize, bool)> {
        let starts = (copy.first..copy.end).filter(|&unit| self.units[unit].starts_line);
        starts.map(move |unit| {
            let at = self.units[unit].at;
            let next = self.line_starts.partition_point(|&start| start <= at);
            let end = self.line_starts.get(next).copied().unwrap_or(self.letters.len());
            (end - at, self.units[unit].spoken)
        })
    }

    /// Joins copies between which the two prints hardly differ.
    fn bridged(&self, copies: Vec<Copy>) -> Vec<Copy> {
        let mut bridged: Vec<Copy> = Vec::with_capacity(copies.len());
        for copy in copies {
            match bridged.last_mut() {
                Some(before) if self.hardly_differ(*before, copy) => before.end = copy.end,
                _ => bridged.push(copy),
            }
        }
        bridged
    }

    fn hardly_differ(&self, before: Copy, after: Copy) -> bool {
        let (start, end) = (self.at(before.end), self.at(after.first));
        let original = before.original + (start - self.at(before.first));
        let (Some(one), Some(two)) =
            (self.letters.get(original..after.original), self.letters.get(start..end))
        else {
            return false;
        };
        if one.len().abs_diff(two.len()) > SLIPS || two.len() > 1000 {
            return false;
        }
        let head = one.iter().zip(two).take_while(|(a, b)| a == b).count();
        let tail = one.iter().rev().zip(two.iter().rev()).take_while(|(a, b)| a == b).count();
        head + tail + SLIPS >= one.len().max(two.len())
    }

    fn stretch(&self, copy: Copy) -> Stretch {
        let (first, last) = (self.units[copy.first], self.units[copy.end - 1]);
        let inside = self.units.get(copy.end).filter(|next| !next.starts_line);
        Stretch { from: (first.piece, first.byte), to: (last.piece, inside.map(|next| next.byte)) }
    }
}

/// The bytes after which a sentence of `text` ends, or may.
fn sentence_ends(text: &str) -> impl Iterator<Item = usize> {
    let is_end = |c: char| matches!(c, '。' | '！' | '？' | '!' | '?' | '…' | '；' | ';');
    let follows = move |c: char| is_end(c) || matches!(c, '”' | '’' | '」' | '』' | '）' | ')' | '"' | '》');
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (at, c) = chars.find(|&(_, c)| is_end(c))?;
        let mut end = at + c.len_utf8();
        while let Some((at, c)) = chars.next_if(|&(_, c)| follows(c)) {
            end = at + c.len_utf8();
        }
        Some(end)
    })
}

/// FNV-1a over the letters.
fn hash(letters: &[char]) -> u64 {
    letters.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &c| {
        (hash ^ u64::from(u32::from(c))).wrapping_mul(0x100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::super::page::pieces;
    use super::*;

    const A: &str = "昨天夜里，一场大雨让城里的许多街道变成了小河，公交车不得不在半路停下来等水退去，司机请乘客喝茶，大家都没有生气。";
    const B: &str = "住在老街的王奶奶说，她七十年没有见过这样的雨，水一直涨到门口的第二级台阶，邻居们连夜用沙袋把门堵上，谁也没有睡觉。";
    const C: &str = "今天早上雨停了，清洁工人从四点钟开始打扫，到八点钟，孩子们已经可以走路去上学，学校门口还有人送热豆浆和刚出锅的包子。";

    /// Lines that are kept, and lines that are cut.
    fn cut_of(lines: &[&str]) -> (Vec<String>, Vec<String>) {
        let mut pieces = pieces(&lines.join("\n"));
        cut(&mut pieces);
        let texts = |kept| pieces.iter().filter(|p| p.kept() == kept).map(|p| p.text.clone()).collect();
        (texts(true), texts(false))
    }

    #[test]
    fn a_body_that_stands_twice_is_cut_though_its_heading_is_glued() {
        let glued = format!("雨停以后{B}");
        let (kept, cut) = cut_of(&[A, "雨停以后", B, C, A, &glued, C]);
        assert_eq!(kept, [A, "雨停以后", B, C]);
        assert_eq!(cut, [A, glued.as_str(), C]);
    }

    #[test]
    fn a_body_glued_to_the_end_of_the_first_is_cut_inside_the_line() {
        let (kept, cut) = cut_of(&[A, B, &format!("{C}{A}{B}"), C]);
        assert_eq!(kept, [A, B, C]);
        assert_eq!(cut, [format!("{A}{B}"), C.to_owned()]);
        let (kept, cut) = cut_of(&[&format!("{A}{B}{C}{A}{B}{C}")]);
        assert_eq!((kept, cut), (vec![format!("{A}{B}{C}")], vec![format!("{A}{B}{C}")]));
    }

    #[test]
    fn a_third_print_is_cut_too() {
        let (kept, cut) = cut_of(&[A, B, A, B, "——", A, B]);
        // The rule between the prints goes with them.
        assert_eq!((kept.len(), cut.len()), (2, 5));
    }

    #[test]
    fn a_slip_inside_a_second_print_does_not_save_the_line() {
        let slip = B.replace("七十年", "七十多年");
        let (kept, cut) = cut_of(&[A, B, C, A, &slip, C]);
        assert_eq!((kept.len(), cut), (3, vec![A.to_owned(), slip, C.to_owned()]));
    }

    #[test]
    fn a_new_line_inside_a_second_print_stays() {
        let (kept, _) = cut_of(&[A, B, C, A, "图片：王奶奶和她的邻居", B, C]);
        assert_eq!(kept, [A, B, C, "图片：王奶奶和她的邻居"]);
    }

    #[test]
    fn what_is_repeated_for_effect_stays() {
        let verse = ["山在远处睡着了，", "水在近处唱着歌。", "我在桥上等你来，", "等到月亮也回家。"];
        let song = [&verse[..], &["春天来了又走了，", "桥下的水还在流。"], &verse[..]].concat();
        assert_eq!(cut_of(&song).0.len(), 10);
        assert_eq!(cut_of(&[&verse[..], &verse[..]].concat()).0.len(), 8);
        assert_eq!(
            cut_of(&["“好。”", "“好。”", "“你真的愿意和我一起回到那个下雨的小城去生活吗？”"].repeat(3))
                .0
                .len(),
            9
        );
        assert_eq!(cut_of(&["苹果", "苹果", "梨", "苹果", "梨"]).0.len(), 5);
        let quote = "“我们从哪里来，我们是谁，我们到哪里去？”";
        assert_eq!(cut_of(&[quote, A, quote, B, quote]).0.len(), 5);
        let inside = format!("他又说了一遍：{quote}然后就走了。");
        assert_eq!(cut_of(&[A, &inside, B, &inside.replace("又", "再")]).0.len(), 4);
    }

    #[test]
    fn a_short_body_printed_again_under_links_is_cut() {
        let body = [
            "昨天夜里下了一场大雨，城里的许多街道都变成了小河。",
            "王奶奶说，她在这里住了七十年，没有见过这样的雨。",
            "今天早上雨停了，孩子们走路去上学，一路都在笑。",
            "学校门口有人送热豆浆和刚出锅的包子，不要钱。",
        ];
        let links =
            ["小城今年第三次下大雨，专家提醒大家带好雨伞", "海边的灯塔下个月重新亮起来，渔民们说心里暖和"];
        assert_eq!(cut_of(&[&body[..], &links, &body[..]].concat()).1, body);
    }

    #[test]
    fn a_caption_printed_at_once_again_is_cut() {
        let caption = "图为清洁工人在雨后的老街上打扫，摄于今天早上六点";
        assert_eq!(cut_of(&[A, caption, caption, B]).1, [caption]);
        assert_eq!(cut_of(&[A, caption, B, caption]).1.len(), 0);
    }

    #[test]
    fn lines_that_differ_in_a_number_are_all_kept() {
        let row = |n: u32| {
            format!("据统计，全市第{n}区昨天夜里共有{n}条街道积水，受影响的居民超过{n}千人，无人受伤。")
        };
        let rows: Vec<String> = (1..40).map(row).collect();
        let (kept, cut) = cut_of(&rows.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!((kept.len(), cut.len()), (39, 0));
    }

    /// The square of this length would not come back.
    #[test]
    fn repeats_of_repeats_come_to_an_end() {
        for text in [
            "好。".repeat(300_000),
            format!("{A}\n").repeat(20_000),
            A.repeat(20_000),
            "啊".repeat(1_000_000),
        ] {
            let mut pieces = pieces(&format!("{text}\n{text}尾巴"));
            cut(&mut pieces);
            assert!(pieces[0].kept());
        }
        // Two lines that agree over their whole length but the end, at every sentence.
        let mut pieces = pieces(&format!("{}甲\n{}乙", A.repeat(20_000), A.repeat(20_000)));
        cut(&mut pieces);
    }
}
