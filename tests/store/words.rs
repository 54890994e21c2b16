//! The library's words, and the sentences that they stand in.

use shengci::store::{Selection, Shown, WordFilter};
use shengci::tokens::Kind;
use shengci::words::{By, Status, guid};

use super::sample::{Library, day, key};

const ONE: &[&str] =
    &["公司:gong1+si1 新闻:xin1+wen2", "公司:gong1+si1 去:qu4 北京:bei3+jing1/place 公司:gong1+si1"];
const TWO: &[&str] =
    &["学生:xue2+sheng5", "学生:xue2+sheng5 长:zhang3 大:da4", "路:lu4 长:chang2", "公司:gong1+si1 大:da4"];

fn library() -> Library {
    let mut library = Library::new();
    library.add("one.txt", ONE, day(0));
    library.add("two.txt", TWO, day(8));
    library
}

fn words(library: &Library, filter: WordFilter) -> Vec<String> {
    let words = library.store.words(&filter).expect("words");
    words.into_iter().map(|(record, seen)| format!("{}{}", record.key.headword, seen.count)).collect()
}

#[test]
fn filters_choose_words_and_count_in_the_selected_articles() {
    let mut library = library();
    let all = WordFilter::default;
    assert_eq!(
        words(&library, all()),
        ["公司4", "学生2", "大2", "新闻1", "去1", "北京1", "长1", "路1", "长1"]
    );
    assert_eq!(words(&library, WordFilter { seen: 2, ..all() }), ["公司4", "学生2", "大2"]);
    assert_eq!(words(&library, WordFilter { kinds: vec![Kind::Place], ..all() }), ["北京1"]);
    let last = WordFilter { articles: Selection::Last(1), seen: 2, ..all() };
    assert_eq!(words(&library, last), ["学生2", "大2", "公司1"]);
    let marks = [(key("公司", "gong1 si1"), Status::Known), (key("从未", "cong2 wei4"), Status::Known)];
    library.store.mark_each(&marks, &By::Hand, day(9)).expect("marks");
    let known = WordFilter { statuses: vec![Status::Known], ..all() };
    assert_eq!(words(&library, known.clone()), ["公司4"]);
    assert_eq!(words(&library, WordFilter { unseen: true, ..known }), ["公司4", "从未0"]);
}

#[test]
fn a_record_says_all_that_is_known_of_a_word() {
    let library = library();
    let long = key("长", "chang2");
    let records = library.store.readings_of(&long.headword).expect("records");
    assert_eq!(records.len(), 2, "two readings are two words");
    let record = records.iter().find(|record| record.key == long).expect("长 cháng");
    assert_eq!(record.guid, guid(&long, 0));
    assert_eq!((record.count, record.articles, record.first_seen), (1, 1, day(8)));
    assert_eq!(
        (record.kind, record.sure, record.proposed, record.status),
        (Kind::Word, true, false, Status::New)
    );
    let statuses = library.store.statuses([&long, &key("无", "wu2")]).expect("statuses");
    assert_eq!(statuses, [Status::New, Status::New]);
}

#[test]
fn an_example_shows_its_words_with_readings_and_statuses() {
    let mut library = library();
    library.store.mark(&[key("大", "da4")], Status::Known, &By::Hand, day(9)).expect("a mark");
    let id = |headword: &str, library: &Library| {
        let found = library.store.words(&WordFilter::default()).expect("words");
        found.iter().find(|(r, _)| r.key.headword.as_str() == headword).expect("the word").0.id
    };
    let company = id("公司", &library);
    let examples = library.store.examples(&[company], &Selection::All, 9).expect("examples");
    let of_company = &examples[&company];
    let sentences: Vec<&str> = of_company.iter().map(|e| &*e.sentence).collect();
    assert_eq!(sentences, ["公司大。", "公司新闻。", "公司去北京公司。"]);
    assert_eq!((of_company[0].article, &*of_company[0].title), (2, "学生。"));
    assert_eq!((&*of_company[0].origin, of_company[0].added), ("two.txt", day(8)));
    let twice = &of_company[2];
    let marked: Vec<&str> = twice.places.iter().map(|span| span.of(&twice.sentence)).collect();
    assert_eq!(marked, ["公司", "公司"]);
    let last = &of_company[0].words[1];
    assert_eq!(last.span.of(&of_company[0].sentence), "大");
    assert_eq!((last.key.reading.to_string(), last.status), ("da4".to_owned(), Status::Known));
    assert_eq!(twice.words[2].kind, Kind::Place);

    let first = library.store.examples(&[company], &Selection::Ids(vec![1]), 1).expect("examples");
    assert_eq!(first[&company].len(), 1);
    assert_eq!(first[&company][0].article, 1);
    assert!(library.store.examples(&[999], &Selection::All, 9).expect("examples").is_empty());
    assert!(library.store.examples(&[company], &Selection::All, 0).expect("examples").is_empty());
}

#[test]
fn a_word_of_many_articles_keeps_its_first_sentences_and_its_last_ones() {
    let mut library = Library::new();
    for number in 1..=90 {
        let text = format!("数:shu4 {}", ["年:nian2"; 3].join(" "));
        let mark = format!("公司:gong1+si1 {}", vec!["大:da4"; number].join(" "));
        library.add(&format!("{number}.txt"), &[&text, &mark], day(0));
    }
    let company = library.store.readings_of(&key("公司", "gong1 si1").headword).expect("records")[0].id;
    let articles = |selection: &Selection| -> Vec<i64> {
        let examples = library.store.examples(&[company], selection, 99).expect("examples");
        examples.get(&company).into_iter().flatten().map(|example| example.article).collect()
    };
    assert_eq!(articles(&Selection::All), [90, 89, 88, 87, 86, 85, 84, 83, 4, 3, 2, 1]);
    assert_eq!(articles(&Selection::Ids(vec![40, 50])), [50, 40]);
    // The sentence that a note shows is found again, even where it is no longer at hand.
    let fiftieth = format!("公司{}。", "大".repeat(50));
    let shown = |sentence: &str| {
        let shown = Shown { article: 50, sentence: sentence.into() };
        let shown = std::collections::BTreeMap::from([(company, shown)]);
        library
            .store
            .examples_by(&[company], &Selection::All, 2, &shown, |_, examples| examples)
            .expect("examples")[&company]
            .clone()
    };
    assert_eq!(
        shown(&fiftieth).last().map(|e| (e.article, e.sentence.clone())),
        Some((50, fiftieth.as_str().into()))
    );
    assert_eq!(shown("公司没有。").len(), 2);
    // More articles than are searched at once, none of which is at hand.
    assert_eq!(articles(&Selection::Ids((5..=82).collect())).len(), 78);
    library.is_whole();
}

#[test]
fn figures_week_by_week() {
    let mut library = library();
    library.store.mark(&[key("公司", "gong1 si1")], Status::Learning, &By::Anki, day(1)).expect("a mark");
    library.store.mark(&[key("公司", "gong1 si1")], Status::Known, &By::Anki, day(15)).expect("a mark");
    library.store.mark(&[key("从未", "cong2 wei4")], Status::Known, &By::Hand, day(15)).expect("a mark");
    let stats = library.store.stats().expect("figures");
    assert_eq!((stats.articles, stats.occurrences, stats.words), (2, 14, 9));
    assert_eq!(stats.seen[&Status::Known], 1);
    assert_eq!(stats.seen[&Status::New], 8);
    assert_eq!(stats.unseen[&Status::Known], 1);
    let weeks: Vec<_> =
        stats.weeks.iter().map(|w| (w.start, w.articles, w.new_words, w.learning, w.known)).collect();
    assert_eq!(weeks, [(day(0), 1, 4, 1, 0), (day(7), 1, 5, 1, 0), (day(14), 0, 0, 0, 2)]);
}

#[test]
fn an_empty_library_answers_every_question() {
    let library = Library::new();
    assert_eq!(library.store.stats().expect("figures"), shengci::store::Stats::default());
    assert_eq!(library.store.words(&WordFilter::default()).expect("words"), []);
    assert_eq!(library.store.articles(&Selection::Last(3)).expect("articles"), []);
    assert_eq!(library.store.exported("any").expect("notes").len(), 0);
    library.is_whole();
}
