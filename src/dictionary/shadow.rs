//! Text in either script is one text: beside it goes its shadow in simplified hanzi, in which everything is looked up.
//!
//! *Invariant*: a shadow has the characters of its text at the same places, hanzi for hanzi and byte for byte, so that
//! what is found in one stands at the same place in the other. A hanzi whose simplified form is longer in UTF-8 stays.
//!
//! Most traditional hanzi have one simplified form. Some have another in some words, or are no traditional ones there (乾 in
//! 乾淨 and 乾隆, 著 in 看著 and 著名, 畫 in 計畫): the longest phrase or word that they stand in decides. Which table says
//! what: `build/simplify.rs`. Where nothing decides, a hanzi that both scripts have is what the script of its line makes of
//! it; a line that has no hanzi of one script only is in that of the whole text.

use std::borrow::Cow;

use super::Dictionary;

include!(concat!(env!("OUT_DIR"), "/phrases.rs"));

static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/simplify.bin"));
const FIRST: u32 = 0x3400;
const FORMS: usize = 0x9FFF - 0x3400 + 1;

/// As `build/simplify.rs` writes them.
const TRADITIONAL: u8 = 1;
const SIMPLIFIED: u8 = 2;
const BY_WORD: u8 = 4;

/// No word of more hanzi is asked what one of its hanzi becomes.
const LONGEST: usize = 5;

/// In which hanzi a text, a list or a note type is written. It decides forms that are in both: 乾 is 乾 qián in a simplified
/// list and 干 gān in a traditional one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Script {
    /// Simplified, or too little to tell.
    #[default]
    Simplified,
    /// Traditional.
    Traditional,
}

/// The hanzi of a text that only one script has, by number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scripts {
    /// Hanzi that no traditional text has.
    pub simplified: usize,
    /// Hanzi that no simplified text has.
    pub traditional: usize,
}

impl Scripts {
    /// The counts of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut scripts = Self::default();
        scripts.add(text);
        scripts
    }

    /// Counts those of another text too.
    pub fn add(&mut self, text: &str) {
        text.chars().filter_map(look).for_each(|known| self.count(known));
    }

    fn count(&mut self, known: Known) {
        self.simplified += usize::from(known.marks & SIMPLIFIED != 0);
        self.traditional += usize::from(known.marks & TRADITIONAL != 0);
    }

    /// The script that most of them are of; none where that can't be told.
    #[must_use]
    pub fn script(self) -> Option<Script> {
        match self.simplified.cmp(&self.traditional) {
            std::cmp::Ordering::Less => Some(Script::Traditional),
            std::cmp::Ordering::Equal => None,
            std::cmp::Ordering::Greater => Some(Script::Simplified),
        }
    }
}

/// A text and its shadow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shadow<'t> {
    text: &'t str,
    simple: Cow<'t, str>,
}

impl<'t> Shadow<'t> {
    /// The shadow of a text of which no more is known than itself.
    #[must_use]
    pub fn of(text: &'t str) -> Self {
        Self::within(text, None)
    }

    /// The shadow of a text that stands within others of this script.
    #[must_use]
    pub fn within(text: &'t str, script: Option<Script>) -> Self {
        Self { text, simple: shadow(text, script) }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The text in simplified hanzi.
    #[must_use]
    pub fn simple(&self) -> &str {
        &self.simple
    }

    /// The text in simplified hanzi, without the shadow round it.
    #[must_use]
    pub fn into_simple(self) -> Cow<'t, str> {
        self.simple
    }
}

/// How many hanzi of a text no simplified text has.
#[must_use]
pub fn traditional(text: &str) -> usize {
    Scripts::of(text).traditional
}

/// The knowledge of a hanzi.
#[derive(Clone, Copy)]
struct Known {
    /// The hanzi that it mostly is in simplified text, where that is another one.
    other: Option<char>,
    marks: u8,
}

fn look(c: char) -> Option<Known> {
    let at = u32::from(c).checked_sub(FIRST).map(|at| at as usize).filter(|&at| at < FORMS)?;
    let form = u16::from_le_bytes([BYTES[at * 2], BYTES[at * 2 + 1]]);
    let other = char::from_u32(form.into()).filter(|_| form != 0);
    Some(Known { other, marks: BYTES[FORMS * 2 + at] })
}

fn shadow(text: &str, around: Option<Script>) -> Cow<'_, str> {
    let (mut scripts, mut has_other, mut by_word) = (Scripts::default(), false, false);
    for known in text.chars().filter_map(look) {
        scripts.count(known);
        has_other |= known.other.is_some();
        by_word |= known.marks & BY_WORD != 0;
    }
    let whole = scripts.script().or(around);
    if !has_other && (!by_word || whole == Some(Script::Simplified)) {
        return Cow::Borrowed(text);
    }
    let mut simple = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let script = if line.len() == text.len() { whole } else { Scripts::of(line).script().or(whole) };
        for (at, c) in line.char_indices() {
            simple.push(look(c).map_or(c, |known| becomes(line, at, c, known, script)));
        }
    }
    if simple == text { Cow::Borrowed(text) } else { Cow::Owned(simple) }
}

/// The simplified form of the hanzi at a place of a line.
fn becomes(line: &str, at: usize, c: char, known: Known, script: Option<Script>) -> char {
    let mostly = known.other.unwrap_or(c);
    if known.marks & BY_WORD == 0 || script == Some(Script::Simplified) && known.other.is_none() {
        return mostly;
    }
    let alone = match script {
        Some(Script::Simplified) if known.marks & TRADITIONAL == 0 => c,
        _ => mostly,
    };
    let form = in_word(line, at, script).unwrap_or(alone);
    if form.len_utf8() == c.len_utf8() { form } else { c }
}

/// Its form in the longest phrase or word that it stands in.
fn in_word(line: &str, at: usize, script: Option<Script>) -> Option<char> {
    let (mut starts, mut ends) = ([None; LONGEST], [None; LONGEST]);
    starts[0] = Some(at);
    for (slot, (place, _)) in starts[1..].iter_mut().zip(line[..at].char_indices().rev()) {
        *slot = Some(place);
    }
    for (slot, (place, c)) in ends.iter_mut().zip(line[at..].char_indices()) {
        *slot = Some(at + place + c.len_utf8());
    }
    (2..=LONGEST).rev().find_map(|length| {
        (0..length).find_map(|before| {
            let form = line.get(starts[before]?..ends[length - before - 1]?)?;
            word(form, script)?.chars().nth(before)
        })
    })
}

/// A phrase or a word in simplified hanzi, of as many as it has.
fn word(form: &str, script: Option<Script>) -> Option<&'static str> {
    if let Ok(at) = PHRASES.binary_search_by(|(phrase, _)| (*phrase).cmp(form)) {
        return Some(PHRASES[at].1);
    }
    let dictionary = Dictionary::embedded();
    let (own, other) = (|| dictionary.find(form), || dictionary.find_traditional(form));
    let word = if script == Some(Script::Simplified) { own().or_else(other) } else { other().or_else(own) };
    let simplified = word?.simplified;
    (simplified.chars().count() == form.chars().count()).then_some(simplified)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn simple(text: &str, script: Option<Script>) -> String {
        Shadow::within(text, script).into_simple().into_owned()
    }

    /// The lines of a file of cases, in fields.
    fn lines(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
        let cases = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        cases.map(|line| line.split(" | ").collect())
    }

    #[test]
    fn each_line_says_what_its_sentence_has_and_not_the_one_against_it() {
        let mut faults = Vec::new();
        for fields in lines(include_str!("shadow.txt")) {
            let [forms, pro, contra] = fields[..] else { panic!("{fields:?}") };
            let (from, to) = forms.split_once(' ').expect("two forms");
            let stands = |text: &str| {
                let shadow = simple(text, Some(Script::Traditional));
                text.match_indices(from).any(|(at, _)| shadow[at..].starts_with(to))
            };
            if !stands(pro) || stands(contra) {
                faults.push(format!("{from} {to}: {} {}", simple(pro, None), simple(contra, None)));
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    #[test]
    fn a_text_in_either_script_has_one_shadow() {
        for fields in lines(include_str!("../../tests/data/shadows.txt")) {
            let [text, expected] = fields[..] else { panic!("{fields:?}") };
            assert_eq!(simple(text, None), expected);
            assert_eq!(expected.len(), text.len());
        }
    }

    #[test]
    fn a_line_that_tells_nothing_of_its_script_is_in_that_of_the_text() {
        for fields in lines(include_str!("../../tests/data/scripts.txt")) {
            let [line, alone, simplified] = fields[..] else { panic!("{fields:?}") };
            assert_eq!(simple(line, None), alone);
            assert_eq!(simple(line, Some(Script::Traditional)), alone);
            assert_eq!(simple(line, Some(Script::Simplified)), simplified);
        }
    }
}
