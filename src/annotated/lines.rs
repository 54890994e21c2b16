//! Pinyin on the line above or below its hanzi.
//!
//! Why a line is held against its neighbours and against nothing else: in such prints the two lines are one, and any
//! line of Latin letters might be a name, a caption or English. What makes it pinyin of that line is that it has a
//! syllable for each hanzi there and that they fit: all of them, or nearly all where tones are written. A few syllables
//! without tones may be a chance (`women` below 我们), so they need a text that has more such lines. The blanks that
//! set the hanzi under their syllables go with the pinyin.

use std::ops::Range;

use super::apart::{Found, Line};
use super::fit::Readings;
use super::tie::{Tie, Unit, Word, tie, units, words};
use crate::hanzi::is_hanzi;

/// The number of pairs of lines which show that a text is printed so.
const SYSTEM: usize = 3;
/// The number of fitting hanzi that rules out chance.
const NO_CHANCE: usize = 4;

/// A line of pinyin with the line that it reads.
struct Pair<'t> {
    pinyin: usize,
    hanzi: usize,
    words: Vec<Word<'t>>,
    tie: Tie,
    /// Whether it is beyond doubt by itself.
    sure: bool,
}

/// Pairs of lines, and which lines belong to one.
pub(super) fn find<'t>(text: &'t str, lines: &[Line], readings: &Readings) -> (Found<'t>, Vec<bool>) {
    let mut used = vec![false; lines.len()];
    let mut pairs = Vec::new();
    for (i, line) in lines.iter().enumerate().filter(|(_, line)| line.letters && !line.hanzi) {
        let Some(words) = words(&text[line.range.clone()], line.range.start) else { continue };
        let lawful = words.iter().filter(|word| word.content.syllables.is_some()).count();
        if lawful == 0 || lawful * 2 < words.len() {
            continue;
        }
        let free = |&other: &usize| lines[other].hanzi && !used[other];
        let beside = [above(lines, i), below(lines, i)].into_iter().flatten().filter(free);
        let ties = beside.filter_map(|hanzi| {
            let units = units(&text[lines[hanzi].range.clone()], lines[hanzi].range.start);
            let tie = tie(&words, &units, true, readings)?;
            Some((hanzi, is_sure(&words, &units, &tie)?, tie))
        });
        // The one that fits better, else the one above.
        let best = ties.min_by_key(|(_, sure, tie)| (!sure, tie.misfits));
        if let Some((hanzi, sure, tie)) = best {
            (used[i], used[hanzi]) = (true, true);
            pairs.push(Pair { pinyin: i, hanzi, words, tie, sure });
        }
    }
    let system = pairs.iter().filter(|pair| pair.tie.misfits == 0).count() >= SYSTEM;
    let mut found = Found::default();
    for pair in pairs {
        if !pair.sure && !system {
            (used[pair.pinyin], used[pair.hanzi]) = (false, false);
            continue;
        }
        let written = |&(word, end): &(usize, usize)| {
            let word: &Word<'t> = &pair.words[word];
            (end, word.content.written)
        };
        found.glosses.extend(pair.tie.pieces.iter().map(written));
        found.cuts.push(lines[pair.pinyin].range.clone());
        let gaps: Vec<Range<usize>> = spacing(text, lines[pair.hanzi].range.clone()).collect();
        // Where most words stand apart the blanks are the layout's; else they part what the author parted.
        if gaps.len() * 2 + 1 >= pair.tie.pieces.len() {
            found.cuts.extend(gaps);
        }
    }
    (found, used)
}

/// The nearest line that is not blank, an empty one between them aside.
fn above(lines: &[Line], i: usize) -> Option<usize> {
    let line = i.checked_sub(1)?;
    if is_blank(&lines[line]) { line.checked_sub(1) } else { Some(line) }
}

fn below(lines: &[Line], i: usize) -> Option<usize> {
    let line = if is_blank(lines.get(i + 1)?) { i + 2 } else { i + 1 };
    (line < lines.len()).then_some(line)
}

fn is_blank(line: &Line) -> bool {
    !line.hanzi && !line.letters
}

/// Whether a pair is beyond doubt by itself; nothing where no number of others would make it one.
fn is_sure(words: &[Word<'_>], units: &[Unit<'_>], tie: &Tie) -> Option<bool> {
    let hanzi = units.iter().filter(|unit| unit.hanzi.is_some()).count();
    let tones: usize = words.iter().map(|word| word.content.tones).sum();
    if tones * 3 >= hanzi {
        let nearly = hanzi >= NO_CHANCE && tie.misfits * 4 <= hanzi;
        return Some(tie.misfits == 0 || nearly);
    }
    (tie.misfits == 0).then_some(hanzi >= NO_CHANCE)
}

/// The blanks of a line that stand between hanzi or the signs of their script.
fn spacing(text: &str, line: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut before = None;
    let mut blank: Option<usize> = None;
    text[line.clone()].char_indices().filter_map(move |(at, c)| {
        if c.is_whitespace() {
            blank = blank.or(Some(line.start + at));
            return None;
        }
        let gap = blank.take().map(|start| start..line.start + at);
        let set_off = before.is_some_and(is_of_script) && is_of_script(c);
        before = Some(c);
        gap.filter(|_| set_off)
    })
}

fn is_of_script(c: char) -> bool {
    is_hanzi(c)
        || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}' | '“' | '”' | '‘' | '’' | '…' | '—')
}

#[cfg(test)]
mod tests {
    use crate::annotated::lift;
    use crate::annotated::testing::lifted;
    use crate::dictionary::Dictionary;

    #[test]
    fn a_line_of_pinyin_goes_to_the_line_beside_it() {
        let bank = "我 wǒ; 去 qù; 银行 yín háng";
        for (text, clean, pairs) in [
            ("Wǒ qù yínháng.\n我去银行。", "\n我去银行。", bank),
            ("我去银行。\nWǒ qù yínháng.", "我去银行。\n", bank),
            ("Wǒ qù yínháng.\n\n我去银行。", "\n\n我去银行。", bank),
            ("wǒ qù yín háng\n我 去 银 行", "\n我去银行", "我 wǒ; 去 qù; 银 yín; 行 háng"),
            (
                "  wǒ   qù   yín háng\n  我   去   银  行 。",
                "\n  我去银行。",
                "我 wǒ; 去 qù; 银 yín; 行 háng",
            ),
            ("他说：\nNǐ hǎo!\n你好！\n我走了。", "他说：\n\n你好！\n我走了。", "你 nǐ; 好 hǎo"),
            ("wo qu yinhang\n我去银行", "\n我去银行", bank),
            ("ㄨㄛˇ ㄑㄩˋ ㄧㄣˊㄏㄤˊ\n我去銀行", "\n我去銀行", "我 wǒ; 去 qù; 銀行 yín háng"),
            ("第一课 你好\nDì yī kè Nǐ hǎo", "第一课 你好\n", "第 dì; 一 yī; 课 kè; 你 nǐ; 好 hǎo"),
            ("Ní hǎo ma?\n你 好 吗？", "\n你好吗？", "你 nǐ; 好 hǎo; 吗 ma"),
        ] {
            assert_eq!(lifted(text), (clean.to_owned(), pairs.to_owned()), "{text}");
        }
    }

    #[test]
    fn lines_that_alternate() {
        let text = "Wǒ qù.\n我去。\nTā lái.\n他来。\nNǐ shuō.\n你说。";
        assert_eq!(lifted(text).0, "\n我去。\n\n他来。\n\n你说。");
        let below = "我去。\nWǒ qù.\n我去。\nWǒ qù.\n他来。\nTā lái.";
        assert_eq!(lifted(below).1, "我 wǒ; 去 qù; 我 wǒ; 去 qù; 他 tā; 来 lái");
        // Few syllables without tones, but many such lines; English lines among them stay.
        let plain = "wo qu\n我去\nI go\nta lai\n他来\nHe comes\nni shuo\n你说\nYou say";
        assert_eq!(lifted(plain).0, "\n我去\nI go\n\n他来\nHe comes\n\n你说\nYou say");
    }

    #[test]
    fn a_line_that_is_no_reading_of_its_neighbour_stays() {
        for text in
            ["women\n我们", "我们\nWomen", "Hello\n你好", "Wǒ qù gōngsī.\n他来。", "Can\n残", "bar\n我们去"]
        {
            assert_eq!(lifted(text), (text.to_owned(), String::new()), "{text}");
        }
    }

    #[test]
    fn a_misprint_is_a_doubt_and_the_rest_is_read() {
        let text = "Wǒ jīntiān qù qǐyè.\n我今天去公司。";
        let lifted = lift(text, Dictionary::embedded());
        assert_eq!(lifted.text(), text, "two of six are too many for a lone pair");
        let text = "Wǒ jīntiān xiàwǔ qù yínhóng.\n我今天下午去银行。";
        let lifted = lift(text, Dictionary::embedded());
        assert_eq!(lifted.text(), "\n我今天下午去银行。");
        assert_eq!(lifted.annotations().len(), 4);
        let doubts: Vec<&str> = lifted.doubts().iter().map(|d| d.written.as_str()).collect();
        assert_eq!(doubts, ["yínhóng"]);
        assert!(lifted.doubts()[0].lifted);
    }
}
