//! Lists of words: one a line, a Pleco export, a table with or without a header.
//!
//! A learner's list is whatever another program gave. A line that can't be read is reported with its number and the
//! reason, and never stops the others. Sources: RFC 4180 for tables; Pleco's export is hanzi⇥pinyin⇥definition with
//! `//Category` lines.

use std::borrow::Cow;

use super::error::LearnedError;
use super::field::{Plain, plain};
use super::lookup::{Lookup, beginning};
use super::mapping::{self, Choice};
use super::unreadable::Unreadable;
use crate::pinyin::fit::Typed;
use crate::text::{NotText, decode, typed};
use crate::words::WordKey;

/// A line that names words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Learned {
    /// The words: all readings of a bare word.
    pub keys: Vec<WordKey>,
    /// The line, from 1.
    pub line: usize,
    /// The text that stood for the hanzi.
    pub text: String,
}

/// A line that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The line, from 1.
    pub line: usize,
    /// The text of the line.
    pub text: String,
    /// The reason.
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

/// The contents of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// The words, in the list's order.
    pub words: Vec<Learned>,
    /// The lines that name none.
    pub unread: Vec<Unread>,
    /// How it was taken.
    pub shape: Shape,
}

/// The most columns of a table that are looked at.
const MOST_COLUMNS: usize = 1000;
/// The most bytes of an unreadable line that are told.
const SHOWN: usize = 400;

/// A row of a table with the line it begins on.
type Row = (usize, Vec<String>);

/// Reads a list.
///
/// # Errors
/// When it isn't text, or lacks the column that the learner named.
pub fn read_list(bytes: &[u8], lookup: &Lookup<'_>, columns: &Choice) -> Result<List, LearnedError> {
    let no_text = |(NotText::Nul(at) | NotText::NoEncoding(at))| {
        let line = bytes[..at].iter().filter(|&&byte| byte == b'\n').count() + 1;
        LearnedError::Encoding { line }
    };
    let of_text = |text: &str| match separator(text, columns) {
        Some(separator) => table(text, separator, lookup, columns),
        None => Ok(lines(text, lookup)),
    };
    let decoded = decode(bytes, None).map_err(no_text)?;
    if decoded.evident {
        return of_text(&decoded.text);
    }
    // A short list has no hanzi that would tell, but words do: out of bytes in another encoding come none.
    let others = ["gb18030", "big5"].into_iter().filter_map(|other| decode(bytes, Some(other)).ok());
    let lists = [decoded].into_iter().chain(others).filter_map(|decoded| of_text(&decoded.text).ok());
    let mut named = lists.filter(|list| list.words.len() > list.unread.len());
    named.next().ok_or_else(|| no_text(NotText::of_utf8(bytes)))
}

/// A line that says nothing of words: blank, a remark, a category of Pleco's, a directive of Anki's.
fn is_remark(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#') || line.starts_with("//")
}

/// The separator of the columns: the one that half of the lines have. A learner who names a column says that it's a
/// table.
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
    let usual: Vec<Result<Cow<'_, str>, Unreadable>> =
        rows.iter().map(|(_, line)| usual_line(line)).collect();
    let script = lookup.script(usual.iter().filter_map(|line| line.as_deref().ok()));
    let mut list = List { words: Vec::new(), unread: Vec::new(), shape: Shape::Lines };
    for ((number, text), line) in rows.into_iter().zip(usual) {
        list.take(number, text, line.and_then(|line| word_of_line(&line, lookup, script)));
    }
    list
}

/// A line as it would be typed on the command line, but that a tab is a blank.
fn usual_line(line: &str) -> Result<Cow<'_, str>, Unreadable> {
    whole(line)?;
    if line.contains('\t') {
        let line = line.replace('\t', " ");
        return typed(&line).map(|line| line.into_owned().into()).map_err(Unreadable::Unseen);
    }
    typed(line).map_err(Unreadable::Unseen)
}

/// Holds a text to having lost no byte: what is left of a word may be another word.
fn whole(text: &str) -> Result<(), Unreadable> {
    if text.contains(char::REPLACEMENT_CHARACTER) { Err(Unreadable::Damaged) } else { Ok(()) }
}

/// The words that a line names; `长=zhǎng` as on the command line. What follows the sign may be English, too.
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
        let found = whole(&text).and_then(|()| lookup.words(&text, &cell(&cells, reading), script));
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
    fn a_word_is_found_however_it_is_written() {
        let list = list("\u{200B}公\u{2060}司\n⻓ cháng\n卡拉ＯＫ\tkǎlāOK\n⼤⼈＝ｄａｒｅｎ\n公\u{202E}司\n");
        assert_eq!(
            words(&list),
            ["1: 公司 gong1 si1", "2: 长 chang2", "3: 卡拉OK ka3 la1", "4: 大人 da4 ren5"]
        );
        assert_eq!(list.unread[0].why, Unreadable::Unseen(crate::hanzi::Unseen('\u{202E}')));
        let list = self::list("公\u{200B}司,company\n⻓,long\nＴ恤,T-shirt\n");
        assert_eq!(words(&list), ["1: 公司 gong1 si1", "2: 长 chang2|长 zhang3", "3: T恤 xu4"]);
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
        // In the other encoding these are hanzi as well, but no words.
        for (encoding, text) in [(encoding_rs::GB18030, "临街\n临近"), (encoding_rs::BIG5, "親情\n親戚")]
        {
            let (bytes, _, _) = encoding.encode(text);
            let list = read_list(&bytes, &lookup(), &Choice::default()).expect("a list");
            assert_eq!(list.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join("\n"), text);
        }
        let cut = &"公司\n工程\n机器人\n".as_bytes()[..21];
        let list = read_list(cut, &lookup(), &Choice::default()).expect("a list");
        assert_eq!((list.words.len(), list.unread[0].why.clone()), (2, Unreadable::Damaged));
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
