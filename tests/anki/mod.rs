//! The real Anki (PyPI `anki`) imports what we export: nothing is refused, doubled, blank or lost.

mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Value, json};
use shengci::deck::{self, Before, Candidate, Deck};
use shengci::dictionary::Dictionary;
use shengci::package;
use shengci::words::{Exported, Given, Moment};

use crate::support::python;
use words::word;

const ALL_CARDS: &str = "cards: [recognition, production, listening, cloze]";

fn build(yaml: &str, candidates: Vec<Candidate>) -> Deck {
    let spec = deck::parse("test.yaml", &format!("name: 新闻::生词\n{yaml}")).expect("a deck file");
    deck::build(&spec, candidates, Dictionary::embedded())
}

/// Writes the package of `deck`, all of whose notes changed at `changed`, and gives its path.
fn pack(folder: &Path, name: &str, deck: &Deck, changed: i64) -> String {
    pack_by(folder, name, deck, |_| Moment(changed))
}

fn pack_by(folder: &Path, name: &str, deck: &Deck, changed: impl Fn(&deck::Note) -> Moment + Sync) -> String {
    let path = folder.join(name);
    std::fs::write(&path, package::write(deck, changed).expect("a package")).expect("a file");
    path.display().to_string()
}

/// Anki's reports of a plan's steps, one a step.
fn anki(folder: &Path, steps: &Value) -> Vec<Value> {
    let plan = folder.join("plan.json");
    std::fs::write(&plan, steps.to_string()).expect("a plan");
    let said = python::script("tests/anki/collection.py", &[&plan.display().to_string()]);
    serde_json::from_str(&said).expect("the script's report")
}

fn note<'r>(report: &'r Value, guid: &str) -> &'r Value {
    let notes = report["notes"].as_array().expect("notes");
    notes.iter().find(|note| note["guid"] == guid).unwrap_or_else(|| panic!("no note {guid} in {report}"))
}

fn is_sound(report: &Value) {
    assert_eq!(report["problems"], json!([]), "Check Database");
    assert_eq!(report["empty"], json!([]), "cards with an empty front");
    for note in report["notes"].as_array().expect("notes") {
        for card in note["cards"].as_array().expect("cards") {
            for side in ["question", "answer"] {
                let html = card[side].as_str().expect("HTML");
                let shown = html.split("</style>").last().unwrap_or_default();
                assert!(!shown.contains("{{") && !shown.contains("problem"), "{side}: {shown}");
                assert!(!text_of(shown).is_empty(), "{side} is blank: {note}");
            }
        }
    }
}

fn text_of(html: &str) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            c if !in_tag => text.push(c),
            _ => {}
        }
    }
    text.trim().to_owned()
}

const NEWS: &str = "新闻";

fn some_words() -> Vec<Candidate> {
    let mut proposed = word("大模型", "da4 mo2 xing2", &[(NEWS, "大模型/da4 mo2 xing2 很/hen3 贵/gui4 。")]);
    proposed.record.proposed = true;
    let mut unsure =
        word("行", "hang2", &[(NEWS, "第一/di4 yi1 行/hang2 有/you3 <b>字/zi4 & 词/ci2 </b>。")]);
    unsure.record.sure = false;
    vec![
        word("公司", "gong1 si1", &[(NEWS, "这/zhe4 家/jia1 公司/gong1 si1 很/hen3 大/da4 。")]),
        word("长", "zhang3", &[(NEWS, "孩子/hai2 zi5 长/zhang3 大/da4 了/le5 。")]),
        word("长", "chang2", &[(NEWS, "路/lu4 很/hen3 长/chang2 。")]),
        word("地道", "di4 dao5", &[(NEWS, "菜/cai4 很/hen3 地道/di4 dao5 。")]),
        word("地道", "di4 dao4", &[]),
        word("北京", "bei3 jing1", &[]),
        proposed,
        unsure,
    ]
}

/// The record of a deck `news` that has given a note.
fn decks(note: Given) -> BTreeMap<String, Exported> {
    [("news".to_owned(), Exported { note, given: Moment(0) })].into()
}

#[test]
fn a_fresh_collection_takes_everything() {
    let folder = tempfile::tempdir().expect("a folder");
    let deck = build(ALL_CARDS, some_words());
    let path = pack(folder.path(), "a.apkg", &deck, 1_780_000_000);
    let said =
        anki(folder.path(), &json!([{"import": path}, {"report": true}, {"import": path}, {"report": true}]));
    assert_eq!(said[0]["new"], 8, "{}", said[0]);
    let report = &said[1];
    is_sound(report);
    assert_eq!(report["decks"], json!(["Default", "新闻", "新闻::生词"]));
    let mut fronts = BTreeSet::new();
    for (note, ours) in report["notes"].as_array().expect("notes").iter().zip(deck.notes.iter()) {
        assert_eq!(note["type"], "shengci 生词");
        let cards = note["cards"].as_array().expect("cards");
        let ours = deck.notes.iter().find(|n| n.guid == note["guid"]).unwrap_or(ours);
        assert_eq!(cards.len(), ours.cards().iter().count(), "{note}");
        for card in cards {
            assert_eq!(card["deck"], "新闻::生词");
            let question =
                text_of(card["question"].as_str().expect("HTML").split("</style>").last().unwrap_or(""));
            if card["ord"] == 0 {
                assert!(fronts.insert(question), "two cards ask the same: {note}");
            } else if card["ord"] == 1 {
                let hanzi = note["fields"]["Hanzi"].as_str().expect("hanzi");
                assert!(!question.contains(|c| hanzi.contains(c)), "{question} gives {hanzi} away");
            } else if card["ord"] == 2 {
                assert_eq!(card["spoken"], json!([note["fields"]["Hanzi"]]));
            }
        }
        let hanzi = note["fields"]["Hanzi"].as_str().expect("hanzi");
        assert_eq!(note["csum"], package::checksum(hanzi), "{hanzi}");
    }
    assert_eq!(fronts.len(), 8);
    assert_eq!(report["duplicates"], json!(["地道", "长"]), "only heteronyms share a first field");
    assert_eq!(said[2]["new"], 0);
    assert_eq!(said[2]["duplicate"], 8, "the same package again changes nothing: {}", said[2]);
    assert_eq!(said[3]["notes"], said[1]["notes"]);
}

#[test]
fn new_cards_come_in_the_decks_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut words = vec![word("公司", "gong1 si1", &[]), word("股份", "gu3 fen4", &[])];
    words[1].record.count = 9;
    let path = pack(folder.path(), "a.apkg", &build("order: [most-seen]", words), 1_780_000_000);
    let said = anki(folder.path(), &json!([{"import": path}, {"report": true}]));
    let due = |guid| note(&said[1], guid)["cards"][0]["due"].as_i64().expect("a number");
    assert!(due("test股份gu3 fen4") < due("test公司gong1 si1"));
}

#[test]
fn a_second_export_adds_what_is_new_and_loses_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let (then, now) = (1_780_000_000, 1_900_000_000);
    let first = build(
        "",
        vec![
            word("公司", "gong1 si1", &[(NEWS, "这/zhe4 家/jia1 公司/gong1 si1 很/hen3 大/da4 。")]),
            word("股份", "gu3 fen4", &[]),
            word("融资", "rong2 zi1", &[]),
        ],
    );
    let first_path = pack(folder.path(), "first.apkg", &first, then);

    // A second article: 公司 was seen again, in a better sentence; 股份 is no longer certain; three words are new.
    let again = "公司/gong1 si1 今天/jin1 tian1 说/shuo1 ，工作/gong1 zuo4 很/hen3 多/duo1 。";
    let mut company = word(
        "公司",
        "gong1 si1",
        &[(NEWS, "这/zhe4 家/jia1 公司/gong1 si1 很/hen3 大/da4 。"), ("新的", again)],
    );
    company.record.count = 12;
    let given = |note: &deck::Note| {
        let note = Given { cards: note.cards().to_string(), shown: note.shown.clone(), ..Given::default() };
        Before { decks: decks(note), here: true, anki: None }
    };
    company.before = given(&first.notes[0]);
    let mut share = word("股份", "gu3 fen4", &[]);
    share.record.sure = false;
    share.before = given(&first.notes[1]);
    let mut funding = word("融资", "rong2 zi1", &[]);
    funding.before = given(&first.notes[2]);
    let second = build(
        "",
        vec![
            company,
            share,
            funding,
            word("命脉", "ming4 mai4", &[("新的", "这/zhe4 是/shi4 命脉/ming4 mai4 。")]),
            word("初级", "chu1 ji2", &[]),
            word("浪潮", "lang4 chao2", &[]),
        ],
    );
    let hashes: BTreeSet<String> = first.notes.iter().map(deck::Note::hash).collect();
    let changed = |note: &deck::Note| Moment(if hashes.contains(&note.hash()) { then } else { now });
    let second_path = pack_by(folder.path(), "second.apkg", &second, changed);
    let again_path = pack_by(folder.path(), "again.apkg", &second, changed);
    assert_eq!(std::fs::read(&second_path).ok(), std::fs::read(&again_path).ok(), "the same export twice");

    let said = anki(
        folder.path(),
        &json!([
            {"import": first_path},
            {"answer": ["test公司gong1 si1", 0, 3]},
            {"answer": ["test股份gu3 fen4", 0, 4]},
            {"edit": ["test公司gong1 si1", "English", "my own words"]},
            {"edit": ["test融资rong2 zi1", "Pinyin", "my own pinyin"]},
            {"import": second_path},
            {"report": true},
        ]),
    );
    assert_eq!((&said[1]["new"], &said[1]["updated"]), (&json!(3), &json!(1)), "{}", said[1]);
    let report = &said[2];
    is_sound(report);
    assert_eq!(report["notes"].as_array().map(Vec::len), Some(6));
    assert_eq!(report["reviews"], 2);
    let company = note(report, "test公司gong1 si1");
    assert_eq!(company["fields"]["English"], "my own words", "the learner's edit stays");
    assert_eq!(company["cards"][0]["reps"], 1);
    assert_eq!(note(report, "test融资rong2 zi1")["fields"]["Pinyin"], "my own pinyin");
    let share = note(report, "test股份gu3 fen4");
    assert_ne!(share["fields"]["Doubt"], "", "what changed is brought up to date");
    assert_eq!(share["cards"][0]["reps"], 1, "and its reviews stay");
    assert_ne!(share["cards"][0]["queue"], 0);
}

#[test]
fn a_kind_of_card_that_is_added_later_appears_and_none_goes_blank() {
    let folder = tempfile::tempdir().expect("a folder");
    let sentence: &[(&str, &str)] = &[(NEWS, "公司/gong1 si1 很/hen3 大/da4 。")];
    let first = build("cards: [recognition, cloze]", vec![word("公司", "gong1 si1", sentence)]);
    let mut again = word("公司", "gong1 si1", sentence);
    let note = Given { cards: first.notes[0].cards().to_string(), ..Given::default() };
    again.before = Before { decks: decks(note), ..Before::default() };
    let second = build("cards: [production]", vec![again]);
    let said = anki(
        folder.path(),
        &json!([
            {"import": pack(folder.path(), "a.apkg", &first, 1_780_000_000)},
            {"import": pack(folder.path(), "b.apkg", &second, 1_900_000_000)},
            {"report": true},
        ]),
    );
    is_sound(&said[2]);
    let cards = said[2]["notes"][0]["cards"].as_array().expect("cards");
    let kinds: Vec<_> = cards.iter().map(|card| card["ord"].as_i64()).collect();
    assert_eq!(kinds, [Some(0), Some(1), Some(3)]);
}

#[test]
fn each_article_can_have_a_deck_of_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let deck = build(
        "by-article: true",
        vec![
            word("公司", "gong1 si1", &[("A::B \"C\"\u{1f} <i>", "公司/gong1 si1 很/hen3 大/da4 。")]),
            word("股份", "gu3 fen4", &[("二", "股份/gu3 fen4 很/hen3 贵/gui4 。")]),
            word("融资", "rong2 zi1", &[]),
        ],
    );
    let said =
        anki(folder.path(), &json!([{"import": pack(folder.path(), "a.apkg", &deck, 1)}, {"report": true}]));
    is_sound(&said[1]);
    assert_eq!(
        said[1]["decks"],
        json!(["Default", "新闻", "新闻::生词", "新闻::生词::A:B 'C' ＜i>", "新闻::生词::二"])
    );
    let tags = &note(&said[1], "test公司gong1 si1")["tags"];
    assert_eq!(tags, &json!(["article::A:B_C_＜i>", "hsk::2025::1", "shengci"]));
}

#[test]
fn hostile_text_stays_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "公司/gong1 si1 <script>alert(1)</script> [sound:x.mp3] [latex]x[/latex] {{Hanzi}} & \"好/hao3 \"\u{1f}。";
    let deck = build(ALL_CARDS, vec![word("公司", "gong1 si1", &[(NEWS, text)])]);
    let said =
        anki(folder.path(), &json!([{"import": pack(folder.path(), "a.apkg", &deck, 1)}, {"report": true}]));
    assert_eq!(said[1]["problems"], json!([]));
    let note = &said[1]["notes"][0];
    let sentence = note["fields"]["Sentence"].as_str().expect("a sentence");
    assert!(sentence.contains("&lt;script&gt;") && !sentence.contains('\u{1f}'), "{sentence}");
    for card in note["cards"].as_array().expect("cards") {
        let answer = card["answer"].as_str().expect("HTML");
        assert!(
            !answer.contains("<script>") && !answer.contains("[sound:") && !answer.contains("<img"),
            "{answer}"
        );
    }
}

/// The stretches of text in which MathJax looks for formulas: it reads across `<br>`, `<wbr>` and comments, and
/// stops at any other element.
fn stretches(html: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut rest = html;
    while let Some((text, tag)) = rest.split_once('<') {
        let (tag, after) = tag.split_once('>').expect("a tag ends");
        found.last_mut().expect("one").push_str(text);
        if !["br", "wbr", "!--"].iter().any(|inline| tag.starts_with(inline)) {
            found.push(String::new());
        }
        rest = after;
    }
    found.last_mut().expect("one").push_str(rest);
    found.iter().map(|text| html_escape::decode_html_entities(text).into_owned()).collect()
}

#[test]
fn text_is_no_formula_no_sound_and_no_cloze_on_any_card() {
    let folder = tempfile::tempdir().expect("a folder");
    let evil = "\\(\\href{javascript:alert(1)}{x}\\)\\[y\\]&#92;(z&#92;)[latex]x[/latex][$]x[/$][$$]x[/$$]{{c1::x}}\
                [sound:x.mp3][anki:play:q:0][[type:Hanzi]]<svg/onload=alert(1)>\u{202e}";
    let mut company = word("公司", "gong1 si1", &[(evil, &format!("公司/gong1 si1 {evil} 好/hao3 。"))]);
    company.record.sense = Some(format!("a firm {evil}"));
    let mut odd = word(r"公\(司", "gong1 si1", &[]);
    odd.record.guid = "odd".to_owned();
    let deck = build(&format!("by-article: true\n{ALL_CARDS}"), vec![company, odd]);
    let said =
        anki(folder.path(), &json!([{"import": pack(folder.path(), "a.apkg", &deck, 1)}, {"report": true}]));
    is_sound(&said[1]);
    let lives = |text: &str| ["\\(", "\\)", "\\[", "\\]"].iter().any(|formula| text.contains(formula));
    for note in said[1]["notes"].as_array().expect("notes") {
        for (name, html) in note["fields"].as_object().expect("fields") {
            let html = html.as_str().expect("HTML");
            for raw in ["[sound", "[anki", "[latex", "[$", "[[", "{{", "}}", "<svg", "\u{202e}"] {
                assert!(!html.contains(raw), "{raw} in {name}: {html}");
            }
        }
        for card in note["cards"].as_array().expect("cards") {
            for side in ["question", "answer"] {
                let html = card[side].as_str().expect("HTML").split("</style>").last().unwrap_or_default();
                assert!(!html.contains("class=latex") && !html.contains("<svg"), "{html}");
                for text in stretches(html) {
                    assert!(!lives(&text), "{side}: {text}");
                }
            }
        }
        // Plain text, which a template can show with {{Tags}} and {{Deck}}.
        let tags = note["tags"].to_string();
        let deck = note["cards"][0]["deck"].as_str().expect("a deck");
        for plain in [&tags, deck] {
            let plain = plain.replace("\\\\", "\\");
            assert!(!lives(&html_escape::decode_html_entities(&plain)), "{plain}");
            for raw in ["[sound", "[anki", "[latex", "[$", "[[", "{{", "<svg", "\u{202e}"] {
                assert!(!plain.contains(raw), "{raw} in {plain}");
            }
        }
    }
    let odd = note(&said[1], "odd");
    assert_eq!(odd["csum"], package::checksum(r"公\(司"), "Anki finds the word again by its first field");
    assert_eq!(deck.notes.iter().filter(|note| note.deck.as_str().matches("::").count() == 2).count(), 1);
}

#[test]
fn a_package_is_the_same_bytes_every_time() {
    let pack = |words| package::write(&build(ALL_CARDS, words), |_| Moment(7)).expect("a package");
    let mut reversed = some_words();
    reversed.reverse();
    assert_eq!(pack(some_words()), pack(some_words()));
    assert_eq!(pack(some_words()), pack(reversed), "whatever the order in which the words came");
}
