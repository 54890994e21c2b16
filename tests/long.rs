//! Texts on which a stage once worked in the square of their length: so long that it would not come back.
//!
//! Nothing is timed: what is linear takes a moment here, what is not takes minutes. How much a doubling costs is
//! measured by `benches/doubling.rs`.

use shengci::annotated;
use shengci::dictionary::Dictionary;
use shengci::document;
use shengci::pipeline::Reader;
use shengci::tokens::{Kind, Segmenter};

use crate::support::Home;

/// How many tokens a text is cut into.
fn tokens(text: &str) -> usize {
    Segmenter::new(Dictionary::embedded()).cut(text).as_slice().len()
}

#[test]
fn tokens_that_are_joined_all_along_a_text() {
    assert!(tokens(&"一二三".repeat(20_000)) < 6_000, "numbers, though no endless one");
    assert_eq!(tokens(&"小林一郎".repeat(5_000)), 5_000);
    assert_eq!(tokens(&"去不去".repeat(10_000)), 10_000);
    assert!(tokens(&"扎克·".repeat(10_000)) > 10_000, "names have few dots");
}

#[test]
fn tokens_that_are_cut_all_along_a_text() {
    assert_eq!(tokens(&"说的话".repeat(10_000)), 30_000);
    assert_eq!(tokens(&"文化·生活·".repeat(5_000)), 20_000);
}

#[test]
fn a_text_with_thousands_of_terms() {
    let hanzi = |n: u32| char::from_u32(0x4E00 + n % 5000).expect("a hanzi");
    let text: String = (0..12_000).map(|n| format!("“{}{}榜”", hanzi(n), hanzi(n / 3))).collect();
    let cut = Segmenter::new(Dictionary::embedded()).cut(&text);
    assert!(cut.iter().filter(|token| token.proposed).count() > 5_000);
}

#[test]
fn brackets_before_which_nothing_fits() {
    let apart = format!("字(zì){}{}", " ".repeat(200_000), "a(AI)".repeat(20_000));
    assert_eq!(annotated::lift(&apart, Dictionary::embedded()).annotations().len(), 1);
    let unfit = format!("字(zì){}", "，(an an)".repeat(10_000));
    assert_eq!(annotated::lift(&unfit, Dictionary::embedded()).annotations().len(), 1);
}

#[test]
fn sentences_that_never_come_to_an_end() {
    assert_eq!(document::sentences(&"a。".repeat(150_000)).len(), 1);
    assert_eq!(document::sentences(&"a!".repeat(150_000)).len(), 1);
    assert!(document::sentences(&"安…的".repeat(100_000)).len() > 1_000, "it is divided");
}

#[test]
fn copies_that_are_glued_into_one_line() {
    let once = "昨天夜里，一场大雨让城里的许多街道变成了小河，公交车不得不在半路停下来等水退去，司机请乘客喝茶，大家都没有生气。\
        住在老街的王奶奶说，她七十年没有见过这样的雨，水一直涨到门口的第二级台阶，邻居们连夜用沙袋把门堵上，谁也没有睡觉。";
    let glued: String = (0..10_000).map(|n| format!("编者按{n}，{n}。{once}")).collect();
    let document = document::clean(&format!("大雨过后的老街\n{once}\n{glued}"));
    assert_eq!(document.cuts.len(), 10_000);
}

#[test]
fn doubts_are_placed_on_one_way_through_the_text() {
    let text = "他的公司(qǐyè)好\n".repeat(10_000);
    let annotated = annotated::lift(&text, Dictionary::embedded());
    let mut places = annotated.places();
    let lines: Vec<usize> = annotated.doubts().iter().map(|doubt| places.of(doubt.at).line).collect();
    assert_eq!(lines, (0..10_000).collect::<Vec<_>>());
}

#[test]
fn a_line_without_a_stop_makes_a_deck_of_short_sentences() {
    let home = Home::new();
    let words = ["公司", "学校", "银行", "老师", "学生", "朋友", "问题", "工作", "时间", "生活"];
    let line: String = (0..2_000).map(|n| words[n * 7 % 10]).collect();
    home.file("line.txt", &line);
    let article = Reader::new().read(&line);
    assert_eq!(article.sentences.len(), 1);
    assert!(article.occurrences.iter().all(|occurrence| occurrence.kind == Kind::Word));
    home.ok(["make", "line.txt", "-o", "deck.apkg"]);
    let package = std::fs::File::open(home.join("deck.apkg")).expect("a package");
    let mut zip = zip::ZipArchive::new(package).expect("a zip");
    let size = zip.by_name("collection.anki2").expect("a collection").size();
    assert!(
        size < 300_000,
        "{size} bytes: ten notes with the whole line and its pinyin are more than a million"
    );
}
