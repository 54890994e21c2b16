//! `cases.txt`: a text, its clean text, and the pairs and doubts that it must give.

use shengci::annotated::{self, lift};
use shengci::dictionary::Dictionary;

use super::pair;

/// The pairs and doubts of a text as the cases write them.
fn outcome(text: &annotated::AnnotatedText) -> String {
    let pairs = text.annotations().iter().map(|annotation| {
        let times = if annotation.times > 1 { format!(" ×{}", annotation.times) } else { String::new() };
        let agrees = if annotation.agrees { "" } else { " ?" };
        format!("{}{agrees}{times}", pair(text, annotation))
    });
    let doubts = text.doubts().iter().map(|doubt| format!("{:?}: {}", doubt.why, doubt.written));
    pairs.chain(doubts).collect::<Vec<_>>().join("; ")
}

#[test]
fn every_case() {
    let mut count = 0;
    let mut wrong = Vec::new();
    for line in include_str!("cases.txt").lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        let mut columns = line.split('|').map(|column| column.trim_matches(' '));
        let (Some(raw), Some(clean), Some(expected)) = (columns.next(), columns.next(), columns.next())
        else {
            panic!("a case has three columns: {line}");
        };
        // A case without marks of its own stands in an article that has some, unless it is all about that.
        let text = lift(raw, Dictionary::embedded());
        let found = outcome(&text);
        if (text.text(), found.as_str()) != (clean, expected) {
            wrong.push(format!(
                "{raw}\n   expected {clean} | {expected}\n      found {} | {found}",
                text.text()
            ));
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{} of {count} cases:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 100, "only {count} cases were read");
}
