//! Articles of our own, stage by stage, against files that a person has read.
//!
//! `night-library` is what the README shows. `glacier-radio` has every oddity of the first user's article, which is not
//! ours to keep: the title three times, the second one glued to the text, the body printed twice, a heading that lost
//! its line in the second printing, pinyin after single hanzi, twice and three times, over the borders of words, within
//! brackets of Chinese, without apostrophes, against the dictionary, blanks in the wrong places, quotes in quotes, a
//! footer for comments, and no end to the last line.
//!
//! After a change that is meant: `UPDATE_GOLDEN=1 cargo test golden`, then read the difference before it is
//! committed.

use std::fmt::Write;
use std::path::Path;

use super::article;
use crate::support::Home;
use shengci::pipeline::Reader;

const ARTICLES: [&str; 2] = ["night-library", "glacier-radio"];

fn compare(article: &str, name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(article).join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, found).expect("the golden file can be written");
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    for (number, (wanted, got)) in golden.lines().zip(found.lines()).enumerate() {
        assert_eq!(got, wanted, "{article}/{name}:{}", number + 1);
    }
    assert_eq!(found.lines().count(), golden.lines().count(), "{article}/{name}");
}

#[test]
fn every_stage_is_as_it_was_read() {
    for name in ARTICLES {
        every_stage(name);
    }
}

fn every_stage(name: &str) {
    let raw = std::fs::read_to_string(article(name)).expect("the article");
    let article = Reader::new().read(&raw);
    let text = article.annotated.text();

    let mut document = String::new();
    for paragraph in article.document.title.iter().chain(&article.document.paragraphs) {
        writeln!(document, "{}\t{}", paragraph.line, paragraph.text).expect("a string");
    }
    for cut in &article.document.cuts {
        writeln!(document, "cut {}-{}\t{:?}", cut.first_line, cut.last_line, cut.why).expect("a string");
    }
    compare(name, "document.txt", &document);

    let mut pairs = String::new();
    for annotation in article.annotated.annotations() {
        let syllables: Vec<String> = annotation.syllables.iter().map(ToString::to_string).collect();
        let hanzi = annotation.span.of(text);
        writeln!(pairs, "{hanzi}\t{}\t{}\t{}", annotation.written, syllables.join(" "), annotation.times)
            .expect("a string");
    }
    for doubt in article.annotated.doubts() {
        writeln!(pairs, "doubt\t{}\t{:?}", doubt.written, doubt.why).expect("a string");
    }
    compare(name, "pairs.txt", &pairs);

    let mut sentences = String::new();
    let mut occurrences = article.occurrences.iter().peekable();
    for sentence in &article.sentences {
        for token in article.tokens.iter().filter(|token| sentence.contains(token.span)) {
            match occurrences.next_if(|o| o.span == token.span) {
                Some(o) => {
                    let doubt = if o.sure { "" } else { "?" };
                    write!(sentences, "{}({}{doubt}) ", token.span.of(text), o.key.pinyin(o.kind))
                        .expect("a string");
                }
                None => write!(sentences, "{} ", token.span.of(text)).expect("a string"),
            }
        }
        sentences.push('\n');
    }
    compare(name, "sentences.txt", &sentences);
}

#[test]
fn the_notes_are_as_they_were_read() {
    for name in ARTICLES {
        notes(name);
    }
}

fn notes(name: &str) {
    let home = Home::new();
    home.ok(["add", &article(name).to_string_lossy()]);
    let rows = home.json(["words"]);
    let mut words = String::new();
    for row in rows.as_array().expect("rows") {
        let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
        let glosses: Vec<&str> =
            row["glosses"].as_array().expect("glosses").iter().filter_map(|g| g.as_str()).collect();
        writeln!(
            words,
            "{}\t{}\t{}\t{}\t{}\t{}",
            text("simplified"),
            text("pinyin"),
            text("kind"),
            row["count"],
            text("evidence"),
            glosses.first().copied().unwrap_or_default(),
        )
        .expect("a string");
    }
    compare(name, "words.txt", &words);
}
