//! Every layout in which an article can carry its pinyin gives what brackets give: the same text, pairs and words.

use proptest::prelude::*;
use shengci::annotated::{AnnotatedText, lift, lift_with_runs, write};
use shengci::dictionary::Dictionary;
use shengci::hanzi;
use shengci::pinyin::{Syllable, write as pinyin, zhuyin};
use shengci::pipeline::{Article, Reader};

use super::pair;

/// Lines of words with their pinyin and what stands between; the article of every layout.
const ARTICLE: [&[(&str, &str)]; 6] = [
    &[
        ("今天", "jīntiān"),
        ("银行", "yínháng"),
        ("的", "de"),
        ("行长", "hángzhǎng"),
        ("来", "lái"),
        ("了", "le"),
        ("。", ""),
    ],
    &[
        ("我", "wǒ"),
        ("在", "zài"),
        ("公司", "gōngsī"),
        ("上班", "shàngbān"),
        ("，", ""),
        ("不", "bú"),
        ("是", "shì"),
        ("老师", "lǎoshī"),
        ("。", ""),
    ],
    &[("他", "tā"), ("去", "qù"), ("哪儿", "nǎr"), ("？", "")],
    &[
        ("她", "tā"),
        ("还", "huán"),
        ("了", "le"),
        ("一", "yì"),
        ("本", "běn"),
        ("书", "shū"),
        ("，", ""),
        ("还", "hái"),
        ("要", "yào"),
        ("借", "jiè"),
        ("。", ""),
    ],
    &[("孩子", "háizi"), ("长", "zhǎng"), ("大", "dà"), ("了", "le"), ("。", "")],
    &[("长江", "Chángjiāng"), ("很", "hěn"), ("长", "cháng"), ("。", "")],
];

type Words = [(&'static str, &'static str)];

fn hanzi_of(line: &Words) -> String {
    line.iter().map(|(word, _)| *word).collect()
}

/// A line in a layout: each word by `of`, joined by `between`.
fn printed(line: &Words, between: &str, of: impl Fn(&str, &str) -> String) -> String {
    let words =
        line.iter().map(|&(word, pinyin)| if pinyin.is_empty() { word.to_owned() } else { of(word, pinyin) });
    words.collect::<Vec<_>>().join(between)
}

fn pinyin_of(line: &Words) -> String {
    let stop = |word: &str| match word {
        "，" => ",",
        "？" => "?",
        _ => ".",
    };
    let mut text = String::new();
    for (word, pinyin) in line {
        let first = text.is_empty();
        text.push_str(if first || pinyin.is_empty() { "" } else { " " });
        let mut pinyin = (*pinyin).to_owned();
        if first {
            let capital = pinyin.remove(0).to_uppercase().to_string();
            pinyin.insert_str(0, &capital);
        }
        text.push_str(if pinyin.is_empty() { stop(word) } else { &pinyin });
    }
    text
}

type Layout = fn(&Words) -> String;

const LAYOUTS: [(&str, Layout); 11] =
    [
        ("round brackets of full width", |line| printed(line, "", |w, p| format!("{w}（{p}）"))),
        ("title marks", |line| {
            printed(line, "", |w, p| {
                if p == "de" || p == "le" { format!("{w}({p})") } else { format!("{w}《{p}》") }
            })
        }),
        ("tortoise-shell brackets", |line| printed(line, "", |w, p| format!("{w}〔{p}〕"))),
        ("curly brackets", |line| printed(line, "", |w, p| format!("{w}｛{p}｝"))),
        ("zhuyin", |line| printed(line, "", |w, p| format!("{w}({})", bopomofo(p)))),
        ("flattened", |line| printed(line, "", |w, p| format!("{w}{p}"))),
        ("flattened, set apart", |line| {
            printed(line, " ", |w, p| format!("{w} {p}"))
                .replace(" ， ", "，")
                .replace(" 。", "。")
                .replace(" ？", "？")
        }),
        ("a line above", |line| format!("{}\n{}", pinyin_of(line), hanzi_of(line))),
        ("a line below", |line| format!("{}\n{}", hanzi_of(line), pinyin_of(line))),
        ("a line above hanzi set apart", |line| {
            format!(
                "{}\n{}",
                pinyin_of(line),
                printed(line, " ", |w, _| w.chars().map(String::from).collect::<Vec<_>>().join("  "))
            )
        }),
        ("zhuyin above", |line| {
            format!(
                "{}\n{}",
                line.iter().map(|(_, p)| bopomofo(p).replace(' ', "")).collect::<Vec<_>>().join(" "),
                hanzi_of(line)
            )
        }),
    ];

fn bopomofo(written: &str) -> String {
    let Some(signs) = shengci::pinyin::parse::signs(written) else { return String::new() };
    let fewest = shengci::pinyin::parse::fewest_syllables(&signs).unwrap_or(0);
    // `nǎr` is two syllables here, since its hanzi are two.
    let count = if written == "nǎr" { 2 } else { fewest };
    let cut = shengci::pinyin::parse::cuts(&signs, count).into_iter().next().unwrap_or_default();
    zhuyin::spaced(&cut.iter().map(|w| w.syllable).collect::<Vec<Syllable>>())
}

fn article(layout: Layout) -> String {
    ARTICLE.iter().map(|line| layout(line)).collect::<Vec<_>>().join("\n")
}

/// The text without the empty lines where pinyin stood.
fn lines(text: &str) -> Vec<&str> {
    text.lines().filter(|line| !line.trim().is_empty()).collect()
}

fn pairs(text: &AnnotatedText) -> Vec<String> {
    assert!(text.doubts().is_empty(), "{:?}", text.doubts());
    text.annotations().iter().map(|annotation| pair(text, annotation)).collect()
}

/// The words of an article with their readings, counts and evidence.
fn words(article: &Article) -> Vec<String> {
    let mut words: Vec<String> = article
        .words
        .iter()
        .map(|word| {
            format!(
                "{} {} {}",
                word.key.headword,
                pinyin::numbered(word.key.reading.syllables()),
                word.count()
            )
        })
        .collect();
    words.extend(
        article.occurrences.iter().map(|o| format!("{} {:?} {}", o.key.headword, o.evidence, o.sure)),
    );
    words
}

#[test]
fn every_layout_gives_what_brackets_give() {
    let reader = Reader::new();
    let plain = article(|line| printed(line, "", |w, p| format!("{w}({p})")));
    let expected = reader.read(&plain);
    assert_eq!(expected.annotated.annotations().len(), 32);
    for (name, layout) in LAYOUTS {
        let text = article(layout);
        let found = reader.read(&text);
        assert!(found.document.cuts.is_empty(), "{name}: {:?}", found.document.cuts);
        assert_eq!(lines(found.annotated.text()), lines(expected.annotated.text()), "{name}");
        assert_eq!(pairs(&found.annotated), pairs(&expected.annotated), "{name}");
        assert_eq!(words(&found), words(&expected), "{name}");
    }
}

#[test]
fn tables_and_lists_give_what_brackets_give() {
    let reader = Reader::new();
    let rows = [
        ("公司", "gōngsī", "company"),
        ("银行", "yínháng", "bank"),
        ("长大", "zhǎngdà", "to grow up"),
        ("觉得", "juéde", "to feel"),
    ];
    let list = |of: fn(&str, &str, &str) -> String| rows.map(|(w, p, e)| of(w, p, e)).join("\n");
    let expected = reader.read(&list(|w, p, e| format!("{w}({p}) {e}")));
    assert_eq!(expected.annotated.annotations().len(), rows.len());
    for of in [
        (|w, p, e| format!("{w} {p} {e}")) as fn(&str, &str, &str) -> String,
        |w, p, e| format!("{w}\t{p}\t{e}"),
        |w, p, e| format!("{w}  {p}  {e}"),
        |w, p, e| format!("{p} {w} {e}"),
        |w, p, e| format!("{w} / {p} / {e}"),
        |w, p, e| format!("{w} | {p} | {e}"),
        |w, p, e| format!("| {w} | {e} | {p} |"),
    ] {
        let text = list(of);
        let found = reader.read(&text);
        assert_eq!(pairs(&found.annotated), pairs(&expected.annotated), "{text}");
        assert_eq!(words(&found), words(&expected), "{text}");
    }
}

/// Words of hanzi alone with a tone in their reading, every so many of them.
fn dictionary(step: usize) -> Vec<(&'static str, Vec<Syllable>)> {
    let words = Dictionary::embedded().words().step_by(step);
    let plain = words.filter(|word| word.simplified.chars().all(hanzi::is_hanzi));
    plain
        .filter_map(|word| Some((word.simplified, word.readings().into_iter().next()?)))
        .filter(|(_, reading)| reading.iter().any(|s| s.tone().number() < 5))
        .collect()
}

type Print = fn(&[(&str, Vec<Syllable>)]) -> String;

const PRINTS: [(&str, Print); 7] = [
    ("zhuyin", |words| words.iter().map(|(w, s)| format!("{w}({})，", zhuyin::spaced(s))).collect()),
    ("title marks", |words| {
        words.iter().map(|(w, s)| format!("{w}《{}》，", pinyin::joined(w, s))).collect()
    }),
    ("flattened", |words| words.iter().map(|(w, s)| format!("{w}{}，", pinyin::joined(w, s))).collect()),
    ("above", |words| {
        let above: Vec<String> = words.iter().map(|(w, s)| pinyin::joined(w, s)).collect();
        format!("{}\n{}", above.join(", "), words.iter().map(|(w, _)| format!("{w}，")).collect::<String>())
    }),
    ("below", |words| {
        let below: Vec<String> = words.iter().map(|(_, s)| pinyin::spaced(s).replace(' ', "-")).collect();
        format!("{}\n{}", words.iter().map(|(w, _)| format!("{w}，")).collect::<String>(), below.join(" "))
    }),
    ("table", |words| {
        words.iter().map(|(w, s)| format!("{w} | {} | word\n", pinyin::joined(w, s))).collect()
    }),
    ("list", |words| words.iter().map(|(w, s)| format!("{w} {} word\n", pinyin::spaced(s))).collect()),
];

/// Where an annotation stands among the hanzi of a text, and its syllables.
fn readings(text: &AnnotatedText) -> Vec<(String, Vec<Syllable>)> {
    text.annotations().iter().map(|a| (a.span.of(text.text()).to_owned(), a.syllables.to_vec())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: if cfg!(debug_assertions) { 40 } else { 300 }, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_in_a_layout_comes_back(picks in prop::collection::vec(any::<prop::sample::Index>(), 3..9)) {
        let all = dictionary(89);
        let words: Vec<(&str, Vec<Syllable>)> = picks.iter().map(|pick| pick.get(&all).clone()).collect();
        for (name, print) in PRINTS {
            let text = print(&words);
            let found = lift(&text, Dictionary::embedded());
            let expected: Vec<_> = words.iter().map(|(w, s)| ((*w).to_owned(), s.clone())).collect();
            prop_assert_eq!(readings(&found), expected, "{}: {}", name, text);
            prop_assert_eq!(found.text().matches('\n').count(), text.matches('\n').count());
            // In brackets it is the same once more.
            let again = lift(&write(&found), Dictionary::embedded());
            prop_assert_eq!(again.text(), found.text());
            prop_assert_eq!(readings(&again), readings(&found));
        }
    }

    #[test]
    fn no_layout_breaks_a_law(text in "[公司不一儿的行长了银A-Za-z0-5 \t|()《》〔｛\n,。ㄧㄣˊㄏㄤ˙｜āáǎàēéěèōóǒòr:'-]{0,80}") {
        let (lifted, runs) = lift_with_runs(&text, Dictionary::embedded());
        // Every run is what stood where it says, and all of them are the clean text.
        let ends = runs.iter().skip(1).map(|run| run.at).chain([lifted.text().len()]);
        let mut at = 0;
        for (run, end) in runs.iter().zip(ends) {
            prop_assert_eq!(run.at, at);
            at = end;
            if let Some(from) = run.from {
                prop_assert_eq!(text.get(from..from + (end - run.at)), lifted.text().get(run.at..end));
            }
        }
        prop_assert_eq!(at, lifted.text().len());
        let again = AnnotatedText::new(
            lifted.text().to_owned(), lifted.annotations().to_vec(), lifted.doubts().to_vec());
        prop_assert_eq!(again.as_ref(), Ok(&lifted));
        prop_assert_eq!(lifted.text().matches('\n').count(), text.matches('\n').count());
        let hanzi = |t: &str| t.chars().filter(|&c| hanzi::is_hanzi(c)).collect::<String>();
        // A hanzi in brackets may be the ㄧ of zhuyin.
        if !text.contains('一') {
            prop_assert_eq!(hanzi(lifted.text()), hanzi(&text));
        }
    }
}

/// An article without pinyin comes out as it went in.
#[test]
fn an_article_without_pinyin_is_untouched() {
    for text in [
        "他在AI公司工作，说OK。\nGoogle和华为Huawei的人都来了。\n我们去bar，然后去KTV。",
        "我们\nWomen\n你好\nHello\n公司\nCompany",
        "姓名 | 年龄 | 城市\n王伟 | 30 | Beijing\n李娜 | 28 | Shanghai",
        "华为 Huawei\n小米 Xiaomi\n百度 Baidu\n腾讯 Tencent",
        "1. 马龙 Ma Long\n2. 樊振东 Fan Zhendong\n3. 王楚钦 Wang Chuqin",
        "iPhone 15 发布\n苹果 Apple 的新手机\nApple Watch 也有新款",
        "他看了《Time》和《Nature》，还有〔2019〕12号文件",
    ] {
        let lifted = lift(text, Dictionary::embedded());
        assert_eq!(lifted.text(), text);
        assert!(lifted.annotations().is_empty() && lifted.doubts().is_empty(), "{text}: {lifted:?}");
    }
}
