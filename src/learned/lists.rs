//! Lists of words: one a line, a Pleco export, a table with or without a header.
//!
//! What a learner has is whatever another program gave. A line that can't be read is reported with its number
//! and the reason, and never stops the others. Sources: RFC 4180 for tables; Pleco's export is
//! hanzi⇥pinyin⇥definition with `//Category` lines.

use super::error::LearnedError;
use super::field::{Plain, plain};
use super::lookup::{Lookup, beginning};
use super::mapping::{self, Choice};
use super::unreadable::Unreadable;
use crate::pinyin::fit::Typed;
use crate::words::WordKey;

/// A line that names words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Learned {
    /// The words: all readings of a bare word.
    pub keys: Vec<WordKey>,
    /// The line, from 1.
    pub line: usize,
    /// What stood there for the hanzi.
    pub text: String,
}

/// A line that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The line, from 1.
    pub line: usize,
    /// What stands there.
    pub text: String,
    /// Why.
    pub why: Unreadable,
}

/// How the list was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A word a line.
    Lines,
    /// A table; the columns by name, or by number where it has no header.
    Table {
        /// The column with the hanzi.
        hanzi: String,
        /// The column with the reading.
        reading: Option<String>,
    },
}

/// What a list holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// The words, in the list's order.
    pub words: Vec<Learned>,
    /// The lines that name none.
    pub unread: Vec<Unread>,
    /// How it was taken.
    pub shape: Shape,
}

/// So many columns of a table are looked at.
const MOST_COLUMNS: usize = 1000;
/// So much of a line that could not be read is told.
const SHOWN: usize = 400;

/// A row of a table with the line it begins on.
type Row = (usize, Vec<String>);

/// Reads a list.
///
/// # Errors
/// When it isn't text, or lacks the column that the learner named.
pub fn read_list(bytes: &[u8], lookup: &Lookup<'_>, columns: &Choice) -> Result<List, LearnedError> {
    match decoded(bytes) {
        Ok(text) => of_text(&text, lookup, columns),
        Err(error) => legacy(bytes, lookup, columns).ok_or(error),
    }
}

fn of_text(text: &str, lookup: &Lookup<'_>, columns: &Choice) -> Result<List, LearnedError> {
    match separator(text, columns) {
        Some(separator) => table(text, separator, lookup, columns),
        None => Ok(lines(text, lookup)),
    }
}

/// GB18030 or Big5, whichever makes words of most lines: read in the other one, hanzi come out as well, but no words.
fn legacy(bytes: &[u8], lookup: &Lookup<'_>, columns: &Choice) -> Option<List> {
    let read = |encoding: &'static encoding_rs::Encoding| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
        let list = of_text(&text, lookup, columns).ok()?;
        (list.words.len() > list.unread.len()).then_some(list)
    };
    [encoding_rs::GB18030, encoding_rs::BIG5].into_iter().filter_map(read).max_by_key(|list| list.words.len())
}

/// UTF-8, with or without its mark, or UTF-16 with one, as Excel and Pleco on Windows write.
fn decoded(bytes: &[u8]) -> Result<String, LearnedError> {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => Ok(wide(rest, u16::from_le_bytes)),
        [0xFE, 0xFF, rest @ ..] => Ok(wide(rest, u16::from_be_bytes)),
        [0xEF, 0xBB, 0xBF, rest @ ..] | rest => match std::str::from_utf8(rest) {
            Ok(text) => Ok(text.to_owned()),
            Err(e) => {
                let line = rest[..e.valid_up_to()].iter().filter(|&&b| b == b'\n').count() + 1;
                Err(LearnedError::Encoding { line })
            }
        },
    }
}

/// A line that says nothing of words: blank, a remark, a category of Pleco's, a directive of Anki's.
fn is_remark(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#') || line.starts_with("//")
}

/// What separates the columns: what half of the lines have. A learner who names a column says that it's a table.
fn separator(text: &str, columns: &Choice) -> Option<u8> {
    let lines: Vec<&str> = text.lines().filter(|line| !is_remark(line)).collect();
    let named = columns.hanzi.is_some() || columns.reading.is_some();
    let needed = if named { 1 } else { lines.len().div_ceil(2).max(1) };
    [b'\t', b',', b';']
        .into_iter()
        .find(|&separator| lines.iter().filter(|line| line.contains(char::from(separator))).count() >= needed)
}

/// A word a line, its pinyin beside it or not.
fn lines(text: &str, lookup: &Lookup<'_>) -> List {
    let rows: Vec<(usize, &str)> = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !is_remark(line))
        .map(|(at, line)| (at + 1, line.trim()))
        .collect();
    let script = lookup.script(rows.iter().map(|(_, line)| *line));
    let mut list = List { words: Vec::new(), unread: Vec::new(), shape: Shape::Lines };
    for (line, text) in rows {
        list.take(line, text, word_of_line(text, lookup, script));
    }
    list
}

/// What a line names; `长=zhǎng` as on the command line. What follows the sign may be English, too.
fn word_of_line(text: &str, lookup: &Lookup<'_>, script: super::Script) -> Result<Vec<WordKey>, Unreadable> {
    let has_hanzi = |text: &str| text.chars().any(crate::hanzi::is_hanzi);
    if let Some((form, reading)) = text.split_once(['=', '＝'])
        && has_hanzi(form)
        && !has_hanzi(reading)
    {
        let exactly = lookup.exactly(form, reading, script);
        if exactly.is_ok() || Typed::new(reading).is_some_and(|typed| typed.toned()) {
            return exactly;
        }
    }
    lookup.words(text, "", script)
}

fn table(text: &str, separator: u8, lookup: &Lookup<'_>, columns: &Choice) -> Result<List, LearnedError> {
    let mut rows = rows(text, separator);
    let width = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or_default();
    let first: Vec<String> = rows.first().map(|(_, cells)| cells.clone()).unwrap_or_default();
    let place = |wanted: &Option<String>| -> Result<Option<usize>, LearnedError> {
        let Some(name) = wanted else { return Ok(None) };
        let numbered = name.parse::<usize>().ok().filter(|&n| n >= 1 && n <= width).map(|n| n - 1);
        let found = mapping::column(&first, name).or(numbered);
        found.map(Some).ok_or_else(|| LearnedError::Column { name: name.clone(), there: first.clone() })
    };
    let (hanzi, reading) = (place(&columns.hanzi)?, place(&columns.reading)?);
    let sample: Vec<Vec<Plain>> = rows
        .iter()
        .skip(1)
        .chain(rows.first().filter(|_| rows.len() == 1))
        .take(400)
        .map(|(_, cells)| cells.iter().map(|cell| plain(cell).beginning()).collect())
        .collect();
    let mut names = first.clone();
    names.resize(width, String::new());
    let (hanzi, reading) = mapping::guess(&names, &sample, lookup, hanzi, reading);
    let hanzi = hanzi.unwrap_or(0);

    // The first row is a header if it names no word where the others do, and isn't simply a bad row.
    let cell = |cells: &[String], place: Option<usize>| {
        place.and_then(|place| cells.get(place)).map(|cell| plain(cell).text).unwrap_or_default()
    };
    let is_word =
        |cells: &[String]| lookup.words(&cell(cells, Some(hanzi)), "", super::Script::Simplified).is_ok();
    let named = [&columns.hanzi, &columns.reading]
        .into_iter()
        .flatten()
        .any(|n| mapping::column(&first, n).is_some());
    let header =
        rows.len() > 1 && (named || mapping::is_header(&first) || (!is_word(&first) && is_word(&rows[1].1)));
    if header {
        rows.remove(0);
    }
    let name = |place: usize| {
        if header && !names[place].is_empty() { names[place].clone() } else { (place + 1).to_string() }
    };
    let script = {
        let forms: Vec<String> = rows.iter().map(|(_, cells)| cell(cells, Some(hanzi))).collect();
        lookup.script(forms.iter().map(String::as_str))
    };
    let shape = Shape::Table { hanzi: name(hanzi.min(width.saturating_sub(1))), reading: reading.map(name) };
    let mut list = List { words: Vec::new(), unread: Vec::new(), shape };
    for (line, cells) in rows {
        let text = cell(&cells, Some(hanzi));
        let found = lookup.words(&text, &cell(&cells, reading), script);
        let shown = if text.is_empty() { cells.join(" ") } else { text };
        list.take(line, &shown, found);
    }
    Ok(list)
}

/// The rows of a table with the lines they begin on, remarks left out.
fn rows(text: &str, separator: u8) -> Vec<Row> {
    let mut rows = Vec::new();
    if separator == b'\t' && !text.lines().any(|line| line.starts_with('"') || line.contains("\t\"")) {
        // Pleco quotes nothing, and definitions hold quotes.
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !is_remark(line)) {
            rows.push((
                at + 1,
                line.split('\t').take(MOST_COLUMNS).map(|cell| cell.trim().to_owned()).collect(),
            ));
        }
        return rows;
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    for record in reader.records().flatten() {
        let line = record.position().map_or(0, |at| usize::try_from(at.line()).unwrap_or(usize::MAX));
        if record.iter().all(str::is_empty)
            || record.get(0).is_some_and(|cell| !cell.is_empty() && is_remark(cell))
        {
            continue;
        }
        rows.push((line, record.iter().take(MOST_COLUMNS).map(str::to_owned).collect()));
    }
    rows
}

impl List {
    fn take(&mut self, line: usize, text: &str, found: Result<Vec<WordKey>, Unreadable>) {
        match found {
            Ok(keys) => self.words.push(Learned { keys, line, text: beginning(text, SHOWN).to_owned() }),
            Err(why) => self.unread.push(Unread { line, text: beginning(text, SHOWN).to_owned(), why }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learned::lookup::tests::lookup;
    use proptest::prelude::*;

    fn list(text: &str) -> List {
        read_list(text.as_bytes(), &lookup(), &Choice::default()).expect("a list")
    }

    fn words(list: &List) -> Vec<String> {
        let of = |l: &Learned| {
            let mut keys: Vec<String> =
                l.keys.iter().map(|k| format!("{} {}", k.headword, k.reading)).collect();
            keys.sort();
            format!("{}: {}", l.line, keys.join("|"))
        };
        list.words.iter().map(of).collect()
    }

    #[test]
    fn one_word_a_line() {
        let list = list("\u{FEFF}公司\n\n# mine\n长 cháng\n國家\r\n长\nstudent\n小模型\n");
        assert_eq!(
            words(&list),
            ["1: 公司 gong1 si1", "4: 长 chang2", "5: 国家 guo2 jia1", "6: 长 chang2|长 zhang3"]
        );
        assert_eq!(list.shape, Shape::Lines);
        assert_eq!(list.unread.iter().map(|u| u.line).collect::<Vec<_>>(), [7, 8]);
        assert_eq!(list.unread[0].why, Unreadable::NoHanzi);
    }

    #[test]
    fn what_pleco_exports() {
        let list = list(
            "//HSK/一级\n长[長]\tchang2\tlong; \"length\"\n头发[頭髮]\ttou2fa5\thair\n//二\n發\tfā\tto send\n长\tgang1\tx\n",
        );
        assert_eq!(words(&list), ["2: 长 chang2", "3: 头发 tou2 fa5", "5: 发 fa1"]);
        assert_eq!(list.shape, Shape::Table { hanzi: "1".into(), reading: Some("2".into()) });
        assert_eq!(
            list.unread[0].why,
            Unreadable::NoSuchReading { word: "长".into(), pinyin: "gang1".into() }
        );
    }

    #[test]
    fn a_table_with_a_header() {
        let list = list(
            "id,English,Chinese,Pinyin\n1,\"company, firm\",公司,gōngsī\n2,\"long\nnot short\",长,cháng\n3,x,学生,\n",
        );
        assert_eq!(words(&list), ["2: 公司 gong1 si1", "3: 长 chang2", "5: 学生 xue2 sheng5"]);
        assert_eq!(list.shape, Shape::Table { hanzi: "Chinese".into(), reading: Some("Pinyin".into()) });
        let semicolons = self::list("词语;英文\n公司;company\n学生;student\n");
        assert_eq!(words(&semicolons), ["2: 公司 gong1 si1", "3: 学生 xue2 sheng5"]);
    }

    #[test]
    fn a_table_without_a_header_and_of_one_row() {
        assert_eq!(
            words(&list("公司,company\n学生,student\n")),
            ["1: 公司 gong1 si1", "2: 学生 xue2 sheng5"]
        );
        assert_eq!(words(&list("company\t公司\n")), ["1: 公司 gong1 si1"]);
        assert_eq!(words(&list("word,hanzi\nfirm,公司\n")), ["2: 公司 gong1 si1"]);
    }

    #[test]
    fn the_learner_names_the_columns() {
        let columns = Choice { hanzi: Some("b".into()), reading: None };
        let text = "a,B\n学生,公司\n";
        let named = read_list(text.as_bytes(), &lookup(), &columns).expect("a list");
        assert_eq!(words(&named), ["2: 公司 gong1 si1"]);
        let columns = Choice { hanzi: Some("hanzi".into()), reading: None };
        let missing = read_list(text.as_bytes(), &lookup(), &columns);
        assert_eq!(
            missing.map_err(|e| e.to_string()),
            Err("there is no column “hanzi”; there are a, B".into())
        );
    }

    #[test]
    fn other_encodings() {
        let wide: Vec<u8> = "\u{FEFF}公司\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let list = read_list(&wide, &lookup(), &Choice::default()).expect("a list");
        assert_eq!(words(&list), ["1: 公司 gong1 si1"]);
        for encoding in [encoding_rs::GB18030, encoding_rs::BIG5] {
            let (bytes, _, lossy) = encoding.encode("公司\nabc\n工程\n");
            assert!(!lossy);
            let list = read_list(&bytes, &lookup(), &Choice::default()).expect("a list");
            assert_eq!((list.words[0].text.as_str(), list.unread.len()), ("公司", 1), "{}", encoding.name());
        }
        let neither = [b'a', b'\n', 0xFF, 0xAB];
        assert!(matches!(
            read_list(&neither, &lookup(), &Choice::default()),
            Err(LearnedError::Encoding { line: 2 })
        ));
    }

    proptest! {
        #[test]
        fn every_line_is_a_word_or_unread(text in "(长|公司|cháng|\t|,|;|\"|\n|//|#| |[a-z]|\\PC){0,60}") {
            let list = list(&text);
            let lines = text.lines().count();
            prop_assert!(list.words.len() + list.unread.len() <= lines);
            prop_assert!(list.words.iter().map(|w| w.line).chain(list.unread.iter().map(|u| u.line)).all(|l| l >= 1 && l <= lines));
        }
    }
}
