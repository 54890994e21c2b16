//! Articles enter, change and leave the library, and every count stays exact.

use proptest::prelude::*;
use shengci::annotated::DoubtWhy;
use shengci::corrections::Correction;
use shengci::document::{Origin, Why};
use shengci::store::{Fault, Outcome, Selection, Store, WordFilter};
use shengci::tokens::Kind;

use super::sample::{Library, annotated, article, day, file, key};

const NEWS: &[&str] = &["公司:gong1+si1 新闻:xin1+wen2", "公司:gong1+si1 去:qu4 北京:bei3+jing1/place"];
const NEWS_EDITED: &[&str] =
    &["公司:gong1+si1 新闻:xin1+wen2", "学生:xue2+sheng5 去:qu4 公司:gong1+si1 去:qu4"];
const SCHOOL: &[&str] = &["学生:xue2+sheng5", "学生:xue2+sheng5 长:zhang3 大:da4", "长:chang2"];

fn named(counts: &[(&str, u32, u32)]) -> Vec<(String, u32, u32)> {
    counts.iter().map(|&(word, count, articles)| (word.to_owned(), count, articles)).collect()
}

#[test]
fn the_same_text_changes_no_count_wherever_it_comes_from() {
    let mut library = Library::new();
    let added = library.add("a.txt", NEWS, day(0));
    assert_eq!((added.article, added.outcome, added.words, added.born), (1, Outcome::New, 4, 4));
    let before = library.counts();
    assert_eq!(before, named(&[("公司", 2, 1), ("新闻", 1, 1), ("去", 1, 1), ("北京", 1, 1)]));

    let again = library.add("a.txt", NEWS, day(1));
    assert_eq!((again.article, again.outcome, again.born), (1, Outcome::Same, 0));
    let (raw, read) = article(NEWS);
    for origin in [file("b.txt"), Origin::Stdin, Origin::Web("https://example.org/".to_owned())] {
        let same = library.store.add(&raw, &origin, &read, day(2)).expect("it is known");
        assert_eq!((same.outcome, same.origin), (Outcome::Same, file("a.txt")));
    }
    assert_eq!(library.counts(), before);
    assert_eq!(library.store.articles(&Selection::All).expect("articles").len(), 1);
    library.is_whole();
}

#[test]
fn an_edited_article_replaces_its_counts_and_keeps_its_old_text() {
    let mut library = Library::new();
    library.add("a.txt", NEWS, day(0));
    library.add("s.txt", SCHOOL, day(1));
    let edited = library.add("a.txt", NEWS_EDITED, day(2));
    assert_eq!((edited.article, edited.outcome, edited.born), (1, Outcome::Edited, 0));
    assert_eq!(
        library.counts(),
        named(&[
            ("学生", 3, 2),
            ("公司", 2, 1),
            ("去", 2, 1),
            ("新闻", 1, 1),
            ("长", 1, 1),
            ("大", 1, 1),
            ("长", 1, 1)
        ])
    );
    let texts = library.store.texts(1).expect("texts");
    assert_eq!(texts.iter().map(|(at, _)| *at).collect::<Vec<_>>(), [day(0), day(2)]);
    assert_eq!(texts[0].1, article(NEWS).0);
    assert_eq!(library.store.text(1).expect("a text").0, article(NEWS_EDITED).0);
    library.is_whole();
    // 北京 is no longer anywhere, but its row and guid are kept.
    let back = library.add("a.txt", NEWS, day(3));
    assert_eq!((back.outcome, back.born), (Outcome::Edited, 0));
    library.is_whole();
}

#[test]
fn standard_input_has_no_versions() {
    let mut library = Library::new();
    for (lines, number) in [(NEWS, 1), (NEWS_EDITED, 2)] {
        let (raw, read) = article(lines);
        let added = library.store.add(&raw, &Origin::Stdin, &read, day(0)).expect("it is added");
        assert_eq!((added.article, added.outcome), (number, Outcome::New));
    }
}

#[test]
fn a_removed_article_no_longer_counts_and_may_come_again() {
    let mut library = Library::new();
    library.add("a.txt", NEWS, day(0));
    library.add("s.txt", SCHOOL, day(1));
    library.add("n.txt", NEWS_EDITED, day(1));
    library.store.remove(1, day(2)).expect("it is removed");
    assert!(library.store.remove(1, day(2)).is_err());
    library.is_whole();
    assert!(library.counts().iter().all(|(word, ..)| word != "北京"));
    let again = library.add("a.txt", NEWS, day(3));
    assert_eq!((again.article, again.outcome, again.born), (4, Outcome::New, 0));
    library.is_whole();
}

#[test]
fn articles_of_one_command_are_one_transaction() {
    let mut library = Library::new();
    let ((raw_a, a), (raw_b, b)) = (article(NEWS), article(NEWS_EDITED));
    let failed = library.store.adding(day(0), |adding| {
        adding.add(&raw_a, &file("a.txt"), &a)?;
        adding.add(&raw_b, &file("b.txt"), &b)?;
        Err::<(), _>(Fault::NothingToUndo)
    });
    assert!(failed.is_err());
    assert_eq!(library.counts(), []);
    // The same file twice in one command, with another text the second time.
    let outcomes = library.store.adding(day(0), |adding| {
        let first = adding.add(&raw_a, &file("a.txt"), &a)?.outcome;
        Ok([
            first,
            adding.add(&raw_a, &file("a.txt"), &a)?.outcome,
            adding.add(&raw_b, &file("a.txt"), &b)?.outcome,
        ])
    });
    assert_eq!(outcomes.expect("they are added"), [Outcome::New, Outcome::Same, Outcome::Edited]);
    library.is_whole();
    assert_eq!(library.counts()[0], ("公司".to_owned(), 2, 1));
}

#[test]
fn pairs_doubts_and_cuts_come_back() {
    let mut library = Library::new();
    let (raw, read) = article(NEWS);
    let read = annotated(read);
    library.store.add(&raw, &file("a.txt"), &read, day(0)).expect("it is added");
    let pairs = library.store.pairs(&Selection::All).expect("pairs");
    assert_eq!(pairs.len(), 1);
    assert_eq!((pairs[0].hanzi.as_str(), pairs[0].reading.to_string()), ("公司", "gong1 si1".to_owned()));
    assert_eq!(pairs[0].places, [0, 16]);
    assert_eq!(library.store.pairs(&Selection::Last(1)).expect("pairs"), pairs);
    assert_eq!(library.store.pairs(&Selection::Ids(vec![2])).expect("pairs"), []);
    assert_eq!(library.store.doubts(1).expect("doubts")[0].why, DoubtWhy::Ambiguous);
    let cuts = library.store.cuts(1).expect("cuts");
    assert_eq!((cuts[0].last_line, cuts[0].why), (9, Why::Comments));
}

#[test]
fn an_article_is_named_by_number_last_path_or_part_of_its_title() {
    let mut library = Library::new();
    assert!(matches!(library.store.article("last").map_err(|e| e.hint().contains("shengci add")), Err(true)));
    library.add("news/a.txt", NEWS, day(0));
    library.add("news/b.txt", SCHOOL, day(0));
    for (reference, expected) in [
        ("1", 1),
        ("#2", 2),
        ("last", 2),
        ("news/a.txt", 1),
        ("a.txt", 1),
        ("新闻", 1),
        ("学生", 2),
        ("B.TXT", 2),
    ] {
        assert_eq!(library.store.article(reference).ok(), Some(expected), "{reference}");
    }
    let many = library.store.article("news").expect_err("both lie there");
    assert!(matches!(many.fault(), Fault::ManyArticles { matches, .. } if matches.len() == 2));
    for reference in ["3", "nothing", "", "%"] {
        let none = library.store.article(reference).expect_err("there is none");
        assert!(matches!(none.fault(), Fault::NoArticle { articles: 2, .. }), "{reference}");
    }
    // An article that was edited is the last one again.
    library.add("news/a.txt", NEWS_EDITED, day(1));
    assert_eq!(library.store.article("last").ok(), Some(1));
}

#[test]
fn tags_select_articles() {
    let mut library = Library::new();
    library.add("a.txt", NEWS, day(0));
    library.add("b.txt", SCHOOL, day(0));
    let tags = ["technology".to_owned(), "经济".to_owned()];
    library.store.tag(1, &tags).expect("it is tagged");
    library.store.tag(1, &tags[..1]).expect("it is tagged once only");
    let tagged = library.store.articles(&Selection::Tag("经济".to_owned())).expect("articles");
    assert_eq!((tagged.len(), tagged[0].id), (1, 1));
    assert_eq!(tagged[0].tags, tags);
    assert_eq!(library.store.articles(&Selection::Tag("science".to_owned())).expect("articles"), []);
}

#[test]
fn articles_of_an_older_pipeline_are_read_anew() {
    let mut library = Library::new();
    library.add("a.txt", NEWS, day(0));
    assert_eq!(library.store.outdated().expect("articles"), []);
    let with = library.store.articles_with("北京").expect("articles");
    assert_eq!((with.len(), with[0].article), (1, 1));
    let before = library.counts();
    library.store.reread(&[(1, article(SCHOOL).1)], day(1)).expect("somebody else was first");
    assert_eq!(library.counts(), before);
    let outdate = |library: &Library| {
        rusqlite::Connection::open(library.path())
            .and_then(|connection| connection.execute("UPDATE digest SET version = 0", []))
            .expect("it is written");
    };
    outdate(&library);
    library.store.reread(&[(1, article(SCHOOL).1)], day(1)).expect("it is read anew");
    assert_eq!(library.counts()[0], ("学生".to_owned(), 2, 1));
    assert_eq!(library.store.texts(1).expect("texts").len(), 1);
    library.is_whole();
    outdate(&library);
    library.store.remove(1, day(2)).expect("it is removed");
    library.store.reread(&[(1, article(NEWS).1)], day(2)).expect("it is gone");
    assert!(library.counts().iter().all(|(_, count, _)| *count == 0), "{:?}", library.counts());
    library.is_whole();
}

#[test]
fn what_was_read_before_a_correction_of_somebody_else_is_outdated() {
    let mut library = Library::new();
    assert!(!library.store.has_corrections().expect("it can be read"));
    let mut other = Store::open(&library.path(), day(0)).expect("a library");
    let name = Correction::Name { text: "北京".to_owned(), kind: Kind::Place };
    other.correct(&[name], day(0)).expect("a correction");
    library.add("a.txt", NEWS, day(0));
    assert!(library.store.is_overtaken().expect("it can be read"));
    assert_eq!(library.store.outdated().expect("articles").len(), 1, "it is read with the correction then");
    assert_eq!(library.store.corrections().expect("corrections").len(), 1);
    library.store.reread(&[(1, article(NEWS).1)], day(1)).expect("it is read anew");
    assert!(!library.store.is_overtaken().expect("it can be read"));
    assert_eq!(library.store.outdated().expect("articles"), []);
    library.is_whole();
}

#[test]
fn what_somebody_else_does_between_two_portions_is_seen() {
    let mut library = Library::new();
    library.add("a.txt", NEWS, day(0));
    let mut other = Store::open(&library.path(), day(0)).expect("a library");
    // The row of 长 cháng is read zhǎng from now on: its number is no longer that of the other reading.
    library.add("b.txt", &["长:chang2"], day(0));
    let headword = shengci::hanzi::Headword::new("长").expect("a headword");
    let to = key("长", "zhang3").reading;
    other.correct(&[Correction::Reading { headword, from: None, to }], day(0)).expect("a correction");
    library.add("c.txt", &["长:chang2 长:chang2"], day(0));
    library.is_whole();
    let words = library.store.words(&WordFilter::default()).expect("words");
    let of = |reading| words.iter().find(|(r, _)| r.key == key("长", reading)).map(|(r, _)| r.count);
    assert_eq!((of("chang2"), of("zhang3")), (Some(2), Some(1)));
}

fn any_article() -> impl Strategy<Value = Vec<String>> {
    const WORDS: [&str; 8] = [
        "公司:gong1+si1",
        "去:qu4",
        "长:chang2",
        "长:zhang3",
        "学生:xue2+sheng5",
        "大:da4",
        "王:wang2/person",
        "年:nian2",
    ];
    let sentence =
        prop::collection::vec(prop::sample::select(&WORDS[..]), 1..5).prop_map(|words| words.join(" "));
    prop::collection::vec(sentence, 1..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_was_added_edited_and_removed_the_sums_are_those_of_a_fresh_library(
        steps in prop::collection::vec((0..4u8, any_article(), any::<bool>()), 1..14),
    ) {
        let mut library = Library::new();
        // By number: one path may have several articles in turn, where they have nothing in common.
        let mut now: std::collections::BTreeMap<i64, Vec<String>> = std::collections::BTreeMap::new();
        for (step, (path, lines, remove)) in (0..).zip(&steps) {
            let known = library.store.article(&format!("{path}.txt")).ok();
            if let (true, Some(id)) = (remove, known) {
                library.store.remove(id, day(step)).expect("it is removed");
                now.remove(&id);
            } else {
                let words: Vec<&str> = lines.iter().map(String::as_str).collect();
                let added = library.add(&format!("{path}.txt"), &words, day(step));
                if added.outcome != Outcome::Same {
                    now.insert(added.article, lines.clone());
                }
            }
            library.is_whole();
        }
        let mut fresh = Library::new();
        for (path, lines) in &now {
            let words: Vec<&str> = lines.iter().map(String::as_str).collect();
            fresh.add(&format!("{path}.txt"), &words, day(0));
        }
        let sorted = |library: &Library| { let mut counts = library.counts(); counts.sort(); counts };
        prop_assert_eq!(sorted(&library), sorted(&fresh));
        library.store.derive().expect("it is derived anew");
        library.is_whole();
    }
}
