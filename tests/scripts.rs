//! Text in either script is one text: it is read alike, hanzi by hanzi.

use shengci::dictionary::Shadow;
use shengci::hanzi::is_hanzi;
use shengci::pinyin::{Syllable, write};
use shengci::pipeline::Reader;

/// A circle, and the zero that it is in a number.
const CIRCLE: &str = "\u{25CB}";
const ZERO: &str = "\u{3007}";

/// The syllable of each hanzi of a text, as far as tokens have one each.
fn syllables(reader: &Reader, text: &str) -> Vec<Option<Syllable>> {
    let line = reader.read_line(text);
    let mut each = Vec::new();
    let mut occurrences = line.occurrences.iter().peekable();
    for token in line.tokens.iter() {
        let hanzi = shengci::hanzi::count(line.form(token.span).replace(CIRCLE, ZERO).as_str());
        let read = occurrences.next_if(|occurrence| occurrence.span == token.span);
        let read = read.map(|occurrence| occurrence.key.reading.syllables()).unwrap_or_default();
        each.extend((0..hanzi).map(|i| read.get(i).copied().filter(|_| read.len() == hanzi)));
    }
    each
}

fn lines(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split('\t').collect())
}

#[test]
fn what_traditional_forms_tell_is_read_from_them() {
    let reader = Reader::new();
    let mut faults = Vec::new();
    for fields in lines(include_str!("data/traditional.tsv")) {
        let (text, wanted) = fields.split_first().expect("a sentence");
        let read = syllables(&reader, text);
        let number =
            |at: usize| text[..at].chars().filter(|&c| is_hanzi(c) || c.to_string() == CIRCLE).count();
        for want in wanted {
            let (form, pinyin) = want.split_once('=').expect("hanzi and pinyin");
            let first = number(text.find(form).expect("the hanzi stand in the sentence"));
            let found: Vec<Syllable> =
                read[first..].iter().take(form.chars().count()).copied().flatten().collect();
            let found = write::numbered(&found);
            if found != pinyin {
                faults.push(format!("{text}: {want} is {found}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Sentences in traditional hanzi that are read otherwise than in simplified ones, and known to be.
const OTHERWISE: &[&str] = &[];

#[test]
fn running_text_is_read_alike_in_either_script() {
    let reader = Reader::new();
    let (mut faults, mut hanzi) = (Vec::new(), 0);
    let simplified = lines(include_str!("data/running.tsv")).map(|fields| fields[1]);
    let traditional = lines(include_str!("data/running-traditional.tsv"));
    for (text, spellings) in simplified.zip(traditional) {
        let expected = syllables(&reader, text);
        for spelling in spellings.into_iter().filter(|spelling| !OTHERWISE.contains(spelling)) {
            let shadow = Shadow::of(spelling);
            assert_eq!(shadow.simple().len(), spelling.len());
            hanzi += expected.len();
            let read = syllables(&reader, spelling);
            assert_eq!(read.len(), expected.len(), "{spelling}");
            let other = read.iter().zip(&expected).filter(|(ours, other)| ours != other).count();
            faults.extend((0..other).map(|_| format!("{text} {spelling} {}", shadow.simple())));
        }
    }
    assert!(hanzi > 24_000, "{hanzi}");
    assert!(faults.is_empty(), "{} are read otherwise:\n{}", faults.len(), faults.join("\n"));
}
