//! Articles: bytes in an encoding, raw text, clean text, and what the stages make of them.

use fastrand::Rng;
use shengci::annotated::{self, AnnotatedText};
use shengci::dictionary::{Dictionary, hanzi_readings};
use shengci::document;
use shengci::hanzi::{self, is_hanzi};
use shengci::source::{self, Input};
use shengci::tokens::Tokens;
use shengci::words::{self, Occurrence};
use unicode_normalization::UnicodeNormalization;

use super::law;
use crate::{World, grow};

/// Good articles, of all the shapes that `document` knows.
const ARTICLES: &[&str] = &[
    include_str!("../../../../tests/articles/night-library.txt"),
    include_str!("../../../../tests/document/about-comments.txt"),
    include_str!("../../../../tests/document/portal.txt"),
    include_str!("../../../../tests/document/traditional.txt"),
    include_str!("../../../../tests/document/twice.txt"),
    include_str!("../../../../tests/document/verse.txt"),
    include_str!("../../../../tests/document/wrapped.txt"),
];

/// Some lines of an article, changed.
pub(super) fn article(rng: &mut Rng, _: &World) -> Vec<u8> {
    text(rng).into_bytes()
}

fn text(rng: &mut Rng) -> String {
    let base = rng.choice(ARTICLES).copied().unwrap_or_default();
    let lines: Vec<&str> = base.lines().collect();
    let from = rng.usize(..lines.len());
    let some = lines[from..(from + rng.usize(1..12)).min(lines.len())].join("\n");
    grow::text(rng, &some)
}

/// An article in one of the encodings that articles come in, at times damaged.
pub(super) fn encoded(rng: &mut Rng, _: &World) -> Vec<u8> {
    let text = text(rng);
    let wide = |unit: fn(u16) -> [u8; 2]| {
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(unit).collect::<Vec<u8>>()
    };
    let bytes = match rng.u8(..6) {
        0 => text.into_bytes(),
        1 => format!("\u{FEFF}{text}").into_bytes(),
        2 => encoding_rs::GB18030.encode(&text).0.into_owned(),
        3 => encoding_rs::BIG5.encode(&text).0.into_owned(),
        4 => wide(u16::to_le_bytes),
        _ => wide(u16::to_be_bytes),
    };
    if rng.bool() { bytes } else { grow::bytes(rng, &bytes) }
}

/// The output of `source` is text with Chinese in it, or an error with a hint.
pub(super) fn source(input: &[u8], _: &World) -> Result<(), String> {
    match source::read(&Input::Stdin, &mut &*input, None) {
        Ok(raws) => raws.iter().try_for_each(|raw| {
            law(!raw.text.contains('\0'), || "a NUL is left in the text".to_owned())?;
            law(raw.text.contains(is_hanzi), || "there is no Chinese in the text".to_owned())?;
            let plain = std::str::from_utf8(input).ok().map(|text| text.trim_start_matches('\u{FEFF}'));
            let is_page = raw.text.starts_with("<!DOCTYPE html>");
            law(is_page || plain.is_none_or(|plain| plain == raw.text.trim_start_matches('\u{FEFF}')), || {
                "a text in UTF-8 came out as another one".to_owned()
            })
        }),
        Err(error) => law(!error.to_string().is_empty() && !error.hint().is_empty(), || {
            "an error without words".to_owned()
        }),
    }
}

/// No hanzi vanishes: each is in a paragraph or in a cut, and lines stand in order.
pub(super) fn document(input: &[u8], _: &World) -> Result<(), String> {
    let raw = String::from_utf8_lossy(input);
    let document = document::clean(&raw);
    let paragraphs = || document.title.iter().chain(&document.paragraphs);
    let kept: String = paragraphs()
        .map(|paragraph| paragraph.text.as_str())
        .chain(document.cuts.iter().map(|cut| cut.text.as_str()))
        .collect();
    let (before, after) = (sorted_hanzi(&raw), sorted_hanzi(&kept));
    law(before == after, || format!("{} hanzi went in and {} came out", before.len(), after.len()))?;
    law(paragraphs().all(|paragraph| !paragraph.text.contains('\n')), || {
        "a paragraph of two lines".to_owned()
    })?;
    law(document.paragraphs.windows(2).all(|two| two[0].line <= two[1].line), || {
        "paragraphs out of order".to_owned()
    })?;
    law(document.cuts.iter().all(|cut| cut.first_line <= cut.last_line), || {
        "a cut that ends before it begins".to_owned()
    })
}

/// Radicals and compatibility forms are read as the hanzi that they stand for.
fn sorted_hanzi(text: &str) -> Vec<char> {
    let mut hanzi: Vec<char> = text.nfkc().filter(|&c| is_hanzi(c)).collect();
    hanzi.sort_unstable();
    hanzi
}

/// Annotations are sorted, disjoint and have one syllable for each hanzi; no hanzi vanishes.
pub(super) fn annotated(input: &[u8], world: &World) -> Result<(), String> {
    let text = String::from_utf8_lossy(input);
    let lifted = annotated::lift(&text, world.reader().dictionary());
    of_annotated(&text, &lifted)
}

fn of_annotated(text: &str, lifted: &AnnotatedText) -> Result<(), String> {
    let again =
        AnnotatedText::new(lifted.text().to_owned(), lifted.annotations().to_vec(), lifted.doubts().to_vec());
    law(again.as_ref() == Ok(lifted), || format!("annotations break their law: {again:?}"))?;
    law(lifted.doubts().iter().all(|doubt| lifted.text().is_char_boundary(doubt.at)), || {
        "a doubt stands within a character".to_owned()
    })?;
    let hanzi = |text: &str| text.chars().filter(|&c| is_hanzi(c)).collect::<String>();
    law(hanzi(text) == hanzi(lifted.text()), || "the hanzi are not those of the text".to_owned())?;
    law(text.matches('\n').count() == lifted.text().matches('\n').count(), || "a line vanished".to_owned())
}

/// Tokens tile the text.
pub(super) fn tokens(input: &[u8], world: &World) -> Result<(), String> {
    let line = world.reader().read_line(&String::from_utf8_lossy(input));
    of_tokens(line.annotated.text(), &line.tokens)
}

fn of_tokens(text: &str, tokens: &Tokens) -> Result<(), String> {
    law(Tokens::tile(text, tokens.as_slice().to_vec()).as_ref() == Some(tokens), || {
        "the tokens do not tile the text".to_owned()
    })
}

/// Each token with hanzi has one reading, of one syllable a hanzi.
pub(super) fn words(input: &[u8], world: &World) -> Result<(), String> {
    let line = world.reader().read_line(&String::from_utf8_lossy(input));
    of_occurrences(line.annotated.text(), &line.tokens, &line.occurrences)
}

fn of_occurrences(text: &str, tokens: &Tokens, occurrences: &[Occurrence]) -> Result<(), String> {
    let mut read = occurrences.iter().map(|occurrence| occurrence.span).peekable();
    for span in tokens.iter().map(|token| token.span) {
        let is_read = read.next_if_eq(&span).is_some();
        // Rare hanzi have no reading anywhere.
        let readable = |c: char| !hanzi_readings(Dictionary::embedded(), c).is_empty();
        let hanzi: Vec<char> = span.of(text).chars().filter(|&c| is_hanzi(c)).collect();
        law(is_read || hanzi.is_empty() || !hanzi.iter().copied().all(readable), || {
            format!("“{}” has no reading", span.of(text))
        })?;
    }
    law(read.peek().is_none(), || "something is read that is no token".to_owned())?;
    for occurrence in occurrences {
        let key = &occurrence.key;
        let syllables = key.reading.syllables().len();
        law(hanzi::count(key.headword.as_str()) == syllables, || {
            format!("{key:?} has not one syllable for each hanzi")
        })?;
        law(hanzi::count(occurrence.span.of(text)) == syllables, || {
            format!("{key:?} stands where there are other hanzi")
        })?;
    }
    Ok(())
}

/// All of it in a row; sentences are in order, and each word is counted where it stands.
pub(super) fn pipeline(input: &[u8], world: &World) -> Result<(), String> {
    let raw = String::from_utf8_lossy(input);
    let article = world.reader().read(&raw);
    of_annotated(&article.document.text(), &article.annotated)?;
    let text = article.annotated.text();
    of_tokens(text, &article.tokens)?;
    of_occurrences(text, &article.tokens, &article.occurrences)?;
    law(article.sentences.windows(2).all(|two| two[0].end() <= two[1].start()), || {
        "sentences overlap".to_owned()
    })?;
    let counted: u32 = article.words.iter().map(words::WordCount::count).sum();
    law(counted as usize == article.occurrences.len(), || {
        format!("{} occurrences, {counted} of them counted", article.occurrences.len())
    })?;
    for word in &article.words {
        for (sentence, span) in &word.places {
            let within = article.sentences.get(*sentence as usize).is_some_and(|s| s.contains(*span));
            law(within, || format!("{:?} stands in no sentence", word.key))?;
        }
    }
    Ok(())
}
