//! Whether a stage's work grows with the length of its text, and not with the square of it.
//!
//! `cargo bench --bench doubling [SHAPE]`. Each stage reads texts of one shape, the longest eight times as long as the
//! shortest; what a doubling costs is the cube root of what that costs, the median of several pairs. 2 is linear,
//! 4 a square; more than 2.2 for any shape is a failure. Shapes are what has cost a square before, or looks as if it might.
#![allow(missing_docs, clippy::print_stdout, clippy::disallowed_methods)]

use std::hint::black_box;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use shengci::annotated::{self, AnnotatedText};
use shengci::dictionary::Dictionary;
use shengci::document;
use shengci::tokens::{Segmenter, Tokens};
use shengci::{readings, words};

/// The shortest text, in bytes, and how many times it is doubled.
const SHORTEST: usize = 64 * 1024;
const DOUBLINGS: i32 = 3;
/// Pairs of a short and a long text.
const PAIRS: usize = 5;
/// The most that a doubling may cost.
const MOST: f64 = 2.2;
/// Shorter times are noise.
const LEAST: Duration = Duration::from_micros(500);

/// A name, and a text of that shape with so many bytes or a few more.
type Shape = (&'static str, fn(usize) -> String);

const SHAPES: &[Shape] = &[
    ("news", |bytes| lines(bytes, |n| news(n) + "\n")),
    ("news on one line", |bytes| lines(bytes, news)),
    ("lines that are nearly alike", |bytes| {
        lines(bytes, |n| format!("昨天夜里第{n}场大雨让城里的街道变成了小河，车停了。\n"))
    }),
    ("a paragraph printed again and again", |bytes| {
        format!("{}\n{}", news(1), lines(bytes, |n| format!("编者按{n}。{}", news(1))))
    }),
    ("a hanzi a line", |bytes| "好\n".repeat(bytes / 4)),
    ("scraps", |bytes| "a。".repeat(bytes / 4)),
    ("numerals", |bytes| "一二三".repeat(bytes / 9)),
    ("decimals", |bytes| "一点五".repeat(bytes / 9)),
    ("parts of names", |bytes| "扎克·".repeat(bytes / 8)),
    ("words between dots", |bytes| "文化·生活·".repeat(bytes / 16)),
    ("sounds", |bytes| "伯格".repeat(bytes / 6)),
    ("surnames", |bytes| "王李张".repeat(bytes / 9)),
    ("Japanese names", |bytes| "小林一郎".repeat(bytes / 12)),
    ("terms in quotes", |bytes| lines(bytes, |n| format!("“{}{}榜”", hanzi(n), hanzi(n / 300)))),
    ("的话", |bytes| "说的话".repeat(bytes / 9)),
    ("questions", |bytes| "去不去".repeat(bytes / 9)),
    ("pinyin after each hanzi", |bytes| "字(zì)".repeat(bytes / 8)),
    ("a bracket for all", |bytes| format!("{}({})", "安".repeat(bytes / 5), "an".repeat(bytes / 5))),
    ("brackets that fit nothing", |bytes| format!("字(zì){}", "，(an an)".repeat(bytes / 11))),
    ("brackets that never close", |bytes| "（“".repeat(bytes / 6)),
    ("brackets in brackets", |bytes| "((((公司))))".repeat(bytes / 14)),
    ("pinyin that never ends", |bytes| "公司(gōngsī".repeat(bytes / 14)),
    ("pinyin that parts in many ways", |bytes| "安(ananananan)".repeat(bytes / 15)),
    ("zhuyin beside each hanzi", |bytes| "字(ㄗˋ)".repeat(bytes / 10)),
    ("bare pinyin beside each hanzi", |bytes| "字zì".repeat(bytes / 6)),
    ("bare letters beside each hanzi", |bytes| "安an an an an an an an an an ".repeat(bytes / 30)),
    ("words beside one hanzi", |bytes| format!("安 {}", "ān ".repeat(bytes / 4))),
    ("lines of pinyin beside lines", |bytes| "Zì lái!\n字来！\n".repeat(bytes / 20)),
    ("one line of pinyin beside one line", |bytes| {
        format!("{}\n{}", "zì ".repeat(bytes / 7), "字".repeat(bytes / 7))
    }),
    ("one word beside one line", |bytes| format!("{}\n{}", "ān".repeat(bytes / 6), "安".repeat(bytes / 6))),
    ("numbers beside their words", |bytes| {
        format!("{}\n{}", "yī èr ".repeat(bytes / 10), "12，".repeat(bytes / 10))
    }),
    ("names beside their hanzi", |bytes| {
        format!("{}\n{}", "a ".repeat(bytes / 4), "a,".repeat(bytes / 4) + "字")
    }),
    ("a table with pinyin beside", |bytes| "字 | zì | word\n".repeat(bytes / 17)),
    ("a row of cells beside each other", |bytes| "字 | zì | ".repeat(bytes / 12)),
    ("pinyin before and beside", |bytes| "zì 字 word\n".repeat(bytes / 13)),
    ("blanks", |bytes| format!("字(zì){}{}", " ".repeat(bytes / 2), "a(AI)".repeat(bytes / 10))),
];

/// Something like news, other words each time.
fn news(n: usize) -> String {
    let (a, b, c) = (hanzi(n), hanzi(n * 7 + 1), hanzi(n * 31 + 2));
    format!(
        "本报{a}{b}电，记者王{c}报道：{n}名工人昨天在{b}{c}公司开会，讨论了“{a}{c}”的问题，没有收到回信。"
    )
}

/// A common hanzi.
fn hanzi(n: usize) -> char {
    let all =
        "大小中国人民天地山水风雨春夏秋冬东西南北金木火土日月星云花草树林江河湖海城市乡村老师学生工农商兵";
    all.chars().nth(n % 52).unwrap_or('大')
}

fn lines(bytes: usize, line: impl Fn(usize) -> String) -> String {
    let mut text = String::with_capacity(bytes + 400);
    let mut n = 0;
    while text.len() < bytes {
        n += 1;
        text.push_str(&line(n));
    }
    text
}

/// A text, and what the stages before have made of it.
struct Text {
    raw: String,
    annotated: AnnotatedText,
    tokens: Tokens,
}

type Stage = (&'static str, fn(&Text, &Segmenter));

const STAGES: &[Stage] = &[
    ("document", |text, _| drop(black_box(document::clean(&text.raw)))),
    ("annotated", |text, _| drop(black_box(annotated::lift(&text.raw, Dictionary::embedded())))),
    ("tokens", |text, segmenter| drop(black_box(segmenter.cut(text.annotated.text())))),
    ("words", |text, _| {
        let occurrences = readings::read(&text.annotated, &text.tokens, Dictionary::embedded());
        drop(black_box(words::count(&occurrences, &document::sentences(text.annotated.text()))));
    }),
];

fn main() -> ExitCode {
    let asked = std::env::args().nth(1).filter(|argument| !argument.starts_with('-')).unwrap_or_default();
    let segmenter = Segmenter::new(Dictionary::embedded());
    // The first text is cut with a part of the word list.
    for text in ["一", "二"] {
        let _ = segmenter.cut(text);
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut worst: f64 = 0.0;
    let names = STAGES.iter().map(|(name, _)| *name).chain(["make"]);
    println!("{:<36}{}", "", names.map(|name| format!("{name:>10}")).collect::<String>());
    for (name, shape) in SHAPES.iter().filter(|(name, _)| name.contains(&asked)) {
        let [short, long] = [SHORTEST, SHORTEST << DOUBLINGS].map(|bytes| read(shape(bytes), &segmenter));
        let mut row = String::new();
        let mut say = |ratio: Option<f64>| {
            worst = worst.max(ratio.unwrap_or_default());
            row += &ratio.map_or(format!("{:>10}", "-"), |ratio| format!("{ratio:>10.2}"));
        };
        for (_, stage) in STAGES {
            say(doubling(|which| timed(|| stage(if which { &long } else { &short }, &segmenter))));
        }
        say(doubling(|which| make(folder.path(), if which { &long.raw } else { &short.raw })));
        println!("{name:<36}{row}");
    }
    println!("the dearest doubling costs {worst:.2} times as much; {MOST} is the most allowed");
    if worst > MOST { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn read(raw: String, segmenter: &Segmenter) -> Text {
    let annotated = annotated::lift(&raw, Dictionary::embedded());
    let tokens = segmenter.cut(annotated.text());
    Text { raw, annotated, tokens }
}

/// The cost of a doubling: nothing where the longer text takes no time to speak of.
fn doubling(mut work: impl FnMut(bool) -> Duration) -> Option<f64> {
    let mut ratios = Vec::with_capacity(PAIRS);
    for _ in 0..PAIRS {
        let (short, long) = (work(false), work(true));
        if long < LEAST {
            return None;
        }
        let growth = long.as_secs_f64() / short.max(Duration::from_nanos(1)).as_secs_f64();
        ratios.push(growth.powf(1.0 / f64::from(DOUBLINGS)));
    }
    ratios.sort_by(f64::total_cmp);
    Some(ratios[PAIRS / 2])
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = now();
    work();
    now().saturating_sub(start)
}

/// The processor's time of this thread where the system tells it, which a busy machine does not lengthen.
fn now() -> Duration {
    static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

/// The whole program: an article into a new library, and its deck.
fn make(folder: &std::path::Path, text: &str) -> Duration {
    let article = folder.join("article.txt");
    std::fs::write(&article, text).expect("an article");
    for name in ["library.db", "deck.apkg"] {
        let _ = std::fs::remove_file(folder.join(name));
    }
    let start = Instant::now();
    let status = Command::new(env!("CARGO_BIN_EXE_shengci"))
        .current_dir(folder)
        .args(["--library", "library.db", "make", "article.txt", "-o", "deck.apkg"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    // A text without a word makes no deck, but it was read.
    assert!(status.is_ok_and(|status| status.code().is_some_and(|code| code <= 1)));
    start.elapsed()
}
