//! Articles made by hand, word by word, so that these tests hold whatever the stages before the library do.

use shengci::annotated::{AnnotatedText, Annotation, Doubt, DoubtWhy};
use shengci::document::{About, Cut, Document, Origin, Paragraph, Why};
use shengci::hanzi::Headword;
use shengci::pinyin::Reading;
use shengci::pipeline::Article;
use shengci::span::Span;
use shengci::store::Store;
use shengci::tokens::{Kind, Token, Tokens};
use shengci::words::{self, Evidence, Moment, Occurrence, Rule, WordKey};

/// Monday, 2026-01-05, 00:00 UTC.
pub const MONDAY: Moment = Moment(1_767_571_200);

pub fn day(number: i64) -> Moment {
    Moment(MONDAY.0 + number * 86_400)
}

pub fn key(headword: &str, pinyin: &str) -> WordKey {
    WordKey {
        headword: Headword::new(headword).expect("a headword"),
        reading: Reading::parse(headword, pinyin).expect("a reading"),
    }
}

pub fn file(path: &str) -> Origin {
    Origin::File { path: path.to_owned(), location: None }
}

/// A text and the article that it is. Each line is a sentence; each word is `hanzi:pinyin`, with `+` between
/// syllables, and may end in `/person`. The first line is the title.
pub fn article(lines: &[&str]) -> (String, Article) {
    let mut text = String::new();
    let (mut sentences, mut tokens, mut occurrences) = (Vec::new(), Vec::new(), Vec::new());
    let mut paragraphs = Vec::new();
    for (line, words) in (1..).zip(lines) {
        let start = text.len();
        for word in words.split(' ') {
            let (word, kind) = word.split_once('/').unwrap_or((word, "word"));
            let (hanzi, pinyin) = word.split_once(':').expect("hanzi:pinyin");
            let at = text.len();
            text.push_str(hanzi);
            let span = Span::new(&text, at..text.len()).expect("a span");
            let kind: Kind = kind.parse().expect("a kind");
            tokens.push(Token { span, kind, proposed: false });
            occurrences.push(Occurrence {
                span,
                kind,
                key: key(hanzi, &pinyin.replace('+', " ")).into(),
                evidence: Evidence::Dictionary,
                rule: Rule::Dictionary,
                sure: true,
                proposed: false,
            });
        }
        let at = text.len();
        text.push('。');
        tokens.push(Token {
            span: Span::new(&text, at..text.len()).expect("a span"),
            kind: Kind::Other,
            proposed: false,
        });
        sentences.push(Span::new(&text, start..text.len()).expect("a span"));
        paragraphs.push(Paragraph { text: text[start..].to_owned(), line });
        if usize::try_from(line) != Ok(lines.len()) {
            let at = text.len();
            text.push('\n');
            tokens.push(Token {
                span: Span::new(&text, at..text.len()).expect("a span"),
                kind: Kind::Other,
                proposed: false,
            });
        }
    }
    let words = words::count(&occurrences, &sentences);
    let title = (!paragraphs.is_empty()).then(|| paragraphs.remove(0));
    let article = Article {
        document: Document { title, paragraphs, cuts: Vec::new(), about: About::default() },
        annotated: AnnotatedText::new(text.clone(), Vec::new(), Vec::new()).expect("a text"),
        tokens: Tokens::tile(&text, tokens).expect("tokens that tile"),
        sentences,
        occurrences,
        words,
    };
    (text, article)
}

/// The article with pairs on its first word, a doubt and a cut.
pub fn annotated(mut article: Article) -> Article {
    let text = article.annotated.text().to_owned();
    let first = article.occurrences[0].clone();
    let same: Vec<&Occurrence> = article.occurrences.iter().filter(|o| o.key == first.key).collect();
    let annotations = same
        .iter()
        .map(|o| Annotation {
            span: o.span,
            syllables: o.key.reading.syllables().into(),
            written: "x".to_owned(),
            times: 2,
            agrees: true,
        })
        .collect();
    let doubt = Doubt { at: 6, written: "gong1".to_owned(), why: DoubtWhy::Ambiguous, lifted: false };
    article.annotated = AnnotatedText::new(text, annotations, vec![doubt]).expect("a text");
    article.document.cuts =
        vec![Cut { first_line: 7, last_line: 9, text: "发表\n评论".to_owned(), why: Why::Comments }];
    article
}

/// A library in a folder of its own.
pub struct Library {
    folder: tempfile::TempDir,
    pub store: Store,
}

impl Library {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let store = Store::open(&folder.path().join("new/library.db"), MONDAY).expect("a library");
        Self { folder, store }
    }

    pub fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("new/library.db")
    }

    /// Adds an article from a file.
    pub fn add(&mut self, path: &str, lines: &[&str], now: Moment) -> shengci::store::Added {
        let (raw, article) = article(lines);
        // Texts of a few words over and over are much alike.
        let added = self.store.adding(now, |adding| {
            adding.again(true);
            adding.add(&raw, &file(path), &article)
        });
        added.expect("it is added")
    }

    /// Headword, count and articles of each word, most seen first.
    pub fn counts(&self) -> Vec<(String, u32, u32)> {
        let words = self.store.words(&shengci::store::WordFilter::default()).expect("words");
        words.into_iter().map(|(r, _)| (r.key.headword.to_string(), r.count, r.articles)).collect()
    }

    /// Nothing is wrong with it.
    pub fn is_whole(&self) {
        assert_eq!(self.store.check().expect("it can be read"), []);
    }
}
