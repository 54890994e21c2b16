//! Pinyin in a cell of its own: a column of a table, a list of words, a sentence with its pinyin behind it.
//!
//! Why whole cells: in a row of a table or of a list the pinyin reads all hanzi of one cell, so it has to fit them all,
//! which a name or an English word does by chance at most. Without tones it takes several rows of one shape to tell
//! (`can`, `women`); with several rows that fit, one that doesn't is a misprint, and a doubt.

use std::collections::HashMap;
use std::ops::Range;

use super::apart::Found;
use super::find::{LONGEST, is_letter, opens};
use super::fit::Readings;
use super::tie::{Unit, Word, tie, units, words};
use super::zhuyin;
use crate::hanzi::is_hanzi;

/// The number of rows of one shape that rules out chance for all others of that shape.
const SYSTEM: usize = 3;
/// The most blanks between two cells of a row, and the most hanzi of a word without tones or behind its pinyin.
const FAR: usize = 4;
const LONG: usize = 40;

/// Which cell reads which.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Shape {
    Columns(usize, usize),
    Behind,
    Before,
}

/// A cell of pinyin with the cell of hanzi that it reads.
struct Row<'t> {
    shape: Shape,
    /// Where the hanzi end.
    at: usize,
    written: &'t str,
    cut: Range<usize>,
    fits: bool,
    toned: bool,
}

/// The cells of pinyin on those lines that have hanzi and letters.
pub(super) fn find<'t>(
    text: &'t str,
    lines: impl Iterator<Item = Range<usize>>,
    readings: &Readings,
) -> Found<'t> {
    let mut rows = Vec::new();
    for line in lines {
        let known = rows.len();
        columns(text, line.clone(), readings, &mut rows);
        if rows.len() == known {
            rows.extend(entry(text, line, readings));
        }
    }
    // How many rows of each shape fit, with tones and without.
    let mut fitting: HashMap<(Shape, bool), usize> = HashMap::new();
    for row in rows.iter().filter(|row| row.fits) {
        *fitting.entry((row.shape, row.toned)).or_default() += 1;
    }
    let mut found = Found::default();
    for row in rows {
        let others = fitting.get(&(row.shape, row.toned)).copied().unwrap_or(0);
        if (row.fits && row.toned) || others >= SYSTEM {
            found.glosses.push((row.at, row.written));
            found.cuts.push(row.cut);
        }
    }
    found
}

/// The cells of a row whose columns are parted by bars, tabs or wide blanks.
fn columns<'t>(text: &'t str, line: Range<usize>, readings: &Readings, rows: &mut Vec<Row<'t>>) {
    let cells = split(text, line);
    if cells.len() < 2 {
        return;
    }
    let is_hanzi_cell = |cell: &Range<usize>| {
        let text = &text[cell.clone()];
        text.contains(is_hanzi) && !text.contains(is_letter)
    };
    let mut free: Vec<bool> = cells.iter().map(is_hanzi_cell).collect();
    for (i, cell) in cells.iter().enumerate() {
        let inner = &text[cell.clone()];
        // A bracket is a bracket, wherever it stands.
        let other = |c| is_hanzi(c) || opens(c).is_some();
        if inner.len() > LONGEST || !inner.contains(is_letter) || inner.contains(other) {
            continue;
        }
        let Some(words) = words(inner, cell.start).filter(|words| is_all_pinyin(words)) else { continue };
        let toned = words.iter().any(|word| word.content.tones > 0);
        let near = (1..=FAR).flat_map(|far| [i.checked_sub(far), Some(i + far)]).flatten();
        let near: Vec<usize> = near.filter(|&j| free.get(j) == Some(&true)).collect();
        let fitting = near.iter().copied().find(|&j| {
            let units = units(&text[cells[j].clone()], cells[j].start);
            fits(&words, &units, toned, readings)
        });
        let Some(j) = fitting.or_else(|| near.first().copied().filter(|&j| j.abs_diff(i) == 1 && toned))
        else {
            continue;
        };
        let Some(at) = last_hanzi(text, cells[j].clone()) else { continue };
        free[j] &= fitting.is_none();
        let cut = match (i.checked_sub(1).map(|before| &cells[before]), cells.get(i + 1)) {
            (Some(before), _) => before.end..cell.end,
            (None, Some(after)) => cell.start..after.start,
            (None, None) => cell.clone(),
        };
        let shape = Shape::Columns(j, i);
        rows.push(Row { shape, at, written: inner, cut, fits: fitting.is_some(), toned });
    }
}

/// The cells of a line that hold something.
fn split(text: &str, line: Range<usize>) -> Vec<Range<usize>> {
    let parts = |c: char| matches!(c, '|' | '｜' | '│' | '\t' | '\u{3000}');
    let mut cells = Vec::new();
    let (mut start, mut end, mut blanks) = (None, line.start, 0);
    for (at, c) in text[line.clone()].char_indices() {
        let at = line.start + at;
        if parts(c) || (c.is_whitespace() && blanks == 1) {
            cells.extend(start.take().map(|start| start..end));
        }
        blanks = if c.is_whitespace() { blanks + 1 } else { 0 };
        if !parts(c) && !c.is_whitespace() {
            start = start.or(Some(at));
            end = at + c.len_utf8();
        }
    }
    cells.extend(start.map(|start| start..end));
    cells
}

/// A line with one stretch of hanzi, and its pinyin behind it or before it.
fn entry<'t>(text: &'t str, line: Range<usize>, readings: &Readings) -> Option<Row<'t>> {
    let whole = &text[line.clone()];
    let first = line.start + whole.find(is_hanzi)?;
    let at = last_hanzi(text, line.clone())?;
    if text[first..at].contains(is_letter) {
        return None;
    }
    behind(text, first..at, line.end, readings).or_else(|| before(text, line.start, first..at, readings))
}

/// `公司 gōngsī company`: as many words behind the hanzi as read them.
fn behind<'t>(text: &'t str, hanzi: Range<usize>, end: usize, readings: &Readings) -> Option<Row<'t>> {
    let rest = &text[hanzi.end..end];
    let stop = rest.char_indices().find(|&(at, c)| at > LONGEST || !(is_of_row(c) || is_sign(c)));
    let rest = &rest[..stop.map_or(rest.len(), |(at, _)| at)];
    let words = words(rest, hanzi.end)?;
    let lawful = words.iter().take_while(|word| word.content.syllables.is_some()).count();
    let words = &words[..lawful];
    let start = words.first()?.range.start;
    let units = units(&text[hanzi.clone()], hanzi.start);
    let toned = words.iter().any(|word| word.content.tones > 0);
    let tied = tie(words, &units, false, readings)
        .filter(|tie| tie.misfits == 0)
        .map(|tie| &words[..tie.words])
        .filter(|words| is_told(words, &units));
    let read = match tied {
        Some(read) => read,
        // The pinyin if this were such a list: as many words as show tones.
        None => {
            let shown = words.iter().take_while(|word| word.content.is_clearly_pinyin()).count();
            words.get(..shown).filter(|words| !words.is_empty())?
        }
    };
    let last = read.last()?.range.end;
    // The stop of the hanzi stays, the sign that parts the two goes.
    let stops = |c: char| is_sign(c) && !c.is_whitespace() && !is_parting(c);
    let from = start - text[hanzi.end..start].trim_start_matches(stops).len();
    let tail = text[last..end].len() - text[last..end].trim_start_matches(['.', ',', '!', '?', ';']).len();
    Some(Row {
        shape: Shape::Behind,
        at: hanzi.end,
        written: &text[start..last],
        cut: from..last + tail,
        fits: tied.is_some(),
        toned: toned && read.iter().any(|word| word.content.tones > 0),
    })
}

/// `gōngsī 公司 company`: only with tones, since what stands before hanzi may be anything.
fn before<'t>(text: &'t str, start: usize, hanzi: Range<usize>, readings: &Readings) -> Option<Row<'t>> {
    let units = units(&text[hanzi.clone()], hanzi.start);
    let length = units.iter().filter(|unit| unit.hanzi.is_some()).count();
    let before = &text[start..hanzi.start];
    if length > LONG || before.len() > LONGEST {
        return None;
    }
    let begin = before.char_indices().rev().find(|&(_, c)| !(is_of_row(c) || is_sign(c)));
    let begin = start + begin.map_or(0, |(at, c)| at + c.len_utf8());
    let words = words(&text[begin..hanzi.start], begin)?;
    let mut fewest = 0;
    let last_words = words.iter().rev().map_while(|word| {
        fewest += word.content.syllables?;
        (fewest <= length).then_some(())
    });
    let most = last_words.count();
    let read = (1..=most).rev().map(|n| &words[words.len() - n..]);
    let read = read.filter(|words| words.iter().any(|word| word.content.tones > 0));
    let read =
        read.into_iter().find(|words| is_told(words, &units) && fits(words, &units, true, readings))?;
    let (from, to) = (read.first()?.range.start, read.last()?.range.end);
    let gap = text[to..hanzi.start]
        .trim_start_matches(|c: char| c.is_whitespace() || ".,!?;".contains(c) || is_parting(c));
    Some(Row {
        shape: Shape::Before,
        at: hanzi.end,
        written: &text[from..to],
        cut: from..hanzi.start - gap.len(),
        fits: true,
        toned: true,
    })
}

fn fits(words: &[Word<'_>], units: &[Unit<'_>], toned: bool, readings: &Readings) -> bool {
    (toned || units.len() <= LONG) && tie(words, units, true, readings).is_some_and(|tie| tie.misfits == 0)
}

fn is_all_pinyin(words: &[Word<'_>]) -> bool {
    !words.is_empty() && words.iter().all(|word| word.content.syllables.is_some())
}

/// Whether the words show that they are pinyin: by tones, or else, by being no name.
fn is_told(words: &[Word<'_>], units: &[Unit<'_>]) -> bool {
    let tones: usize = words.iter().map(|word| word.content.tones).sum();
    let name = words.iter().any(|word| word.content.written.contains(char::is_uppercase));
    tones * 3 >= units.len() || (tones == 0 && !name && units.len() <= LONG)
}

/// Where the last hanzi of a stretch ends.
fn last_hanzi(text: &str, range: Range<usize>) -> Option<usize> {
    let (at, c) = text[range.clone()].char_indices().rev().find(|&(_, c)| is_hanzi(c))?;
    Some(range.start + at + c.len_utf8())
}

/// Whether a row of pinyin may contain this character.
fn is_of_row(c: char) -> bool {
    is_letter(c) || c.is_ascii_digit() || zhuyin::is_tone(c) || matches!(c, '\u{300}'..='\u{30F}')
}

/// Whether a sign may stand in a row of pinyin, or between that and its hanzi; no bracket may, which glosses what is
/// before it.
fn is_sign(c: char) -> bool {
    c.is_whitespace() || is_parting(c) || ".,!?;'’‘“”\"…·，。！？；：、》」』".contains(c)
}

/// A sign that parts pinyin from hanzi in a list.
fn is_parting(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | ':' | '=' | '/' | '→')
}

#[cfg(test)]
mod tests {
    use crate::annotated::testing::lifted;

    #[test]
    fn a_column_of_pinyin() {
        let bank = "银行 yín háng";
        for (text, clean, pairs) in [
            ("银行 | yínháng | bank", "银行 | bank", bank),
            ("| 银行 | yínháng | bank |", "| 银行 | bank |", bank),
            ("银行\tyín háng\tbank", "银行\tbank", bank),
            ("银行   yínháng   bank", "银行   bank", bank),
            ("yínháng | 银行 | bank", "银行 | bank", bank),
            ("银行｜bank｜yínháng", "银行｜bank", bank),
            ("银行｜ㄧㄣˊ ㄏㄤˊ", "银行", bank),
            ("银行 | yínháng | 公司 | gōngsī", "银行 | 公司", "银行 yín háng; 公司 gōng sī"),
            ("你好！ | Nǐ hǎo! | Hello!", "你好！ | Hello!", "你好 nǐ hǎo"),
        ] {
            assert_eq!(lifted(text), (clean.to_owned(), pairs.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_list_of_words_and_a_sentence_with_its_pinyin() {
        let firm = "公司 gōng sī";
        for (text, clean, pairs) in [
            ("公司 gōngsī company", "公司 company", firm),
            ("公司 gōng sī can", "公司 can", firm),
            ("1. 公司 gōngsī company", "1. 公司 company", firm),
            ("公司 - gōngsī - company", "公司 - company", firm),
            ("公司：gōngsī, company", "公司： company", firm),
            ("公司 / gōngsī / company", "公司 / company", firm),
            ("公司gōngsī", "公司", firm),
            ("gōngsī 公司 company", "公司 company", firm),
            ("2. gōngsī: 公司", "2. 公司", firm),
            ("他是老师。Tā shì lǎoshī.", "他是老师。", "他是老师 tā shì lǎo shī"),
            ("Tā shì lǎoshī. 他是老师。", "他是老师。", "他是老师 tā shì lǎo shī"),
            ("公司(gōngsī) company", "公司 company", firm),
        ] {
            assert_eq!(lifted(text), (clean.to_owned(), pairs.to_owned()), "{text}");
        }
    }

    #[test]
    fn without_tones_it_takes_a_list() {
        let list = "公司 gongsi company\n银行 yinhang bank\n老师 laoshi teacher";
        assert_eq!(lifted(list).0, "公司 company\n银行 bank\n老师 teacher");
        for text in
            ["公司 gongsi company", "我们 women", "华为 Huawei\n小米 Xiaomi\n百度 Baidu", "我们去 bar"]
        {
            assert_eq!(lifted(text), (text.to_owned(), String::new()), "{text}");
        }
    }

    #[test]
    fn a_misprint_in_a_list_is_a_doubt() {
        let list = "公司 gōngsī company\n银行 yínháng bank\n老师 lǎoshī teacher\n学生 yīshēng student";
        let (text, pairs) = lifted(list);
        assert_eq!(text, "公司 company\n银行 bank\n老师 teacher\n学生 student");
        assert!(pairs.ends_with("Misfit yīshēng"), "{pairs}");
        let text = "学生 yīshēng student";
        assert_eq!(lifted(text), (text.to_owned(), String::new()));
    }
}
