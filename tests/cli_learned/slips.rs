//! Slips of the pen in what is said of words: each is told, and none marks what was not meant.

use super::{home_with_article, status};
use crate::support::Home;

#[test]
fn a_reading_that_the_word_has_not_marks_nothing() {
    let home = home_with_article();
    for (word, naming) in [
        ("长=foo", "“foo” is no reading of 长"),
        ("行=", "is no reading of 行"),
        ("银行=háng", "“háng” is no reading of 银行"),
        ("长=cháng,foo", "is no reading of 长"),
        ("=cháng", "no hanzi"),
    ] {
        home.run(["mark", "known", "图书馆", word]).is_failure(naming);
        assert_eq!(status(&home, "图书馆"), "new", "{word}: all or nothing");
    }
    for (word, pinyin) in
        [("绿=lu:4", "lǜ"), ("长=zhang3", "zhǎng"), ("行=háng", "háng"), ("银行=yinhang", "yín háng")]
    {
        let said = home.json(["mark", "known", word, "--dry-run"]);
        let words = said["words"].as_array().expect("words");
        assert_eq!((words.len(), words[0]["pinyin"].as_str()), (1, Some(pinyin)), "{word}: {said}");
    }
    assert_eq!(
        home.json(["mark", "known", "长=cháng,zhǎng", "--dry-run"])["words"].as_array().map(Vec::len),
        Some(2)
    );
}

#[test]
fn a_traditional_form_is_its_simplified_word_too() {
    let home = home_with_article();
    let said = home.ok(["mark", "known", "乾", "--dry-run"]);
    assert!(
        said.contains("乾") && said.contains("qián") && said.contains("干") && said.contains("gān"),
        "{said}"
    );
    let said = home.json(["mark", "known", "發", "--dry-run"]);
    assert_eq!(said["words"].as_array().map(Vec::len), Some(1), "發 is 发 fā and never 发 fà: {said}");
}

#[test]
fn lists_are_read_as_the_command_line_is_and_in_old_encodings() {
    let home = home_with_article();
    let said = home.pipe(
        ["--json", "mark", "known", "-", "--dry-run"],
        "长=zhǎng\n公司 = company\n行=xyz1\n".as_bytes(),
    );
    let said: serde_json::Value = serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("{said:?}"));
    let words: Vec<_> =
        said["words"].as_array().expect("words").iter().map(|w| w["pinyin"].clone()).collect();
    assert_eq!(words, ["zhǎng", "gōng sī"]);
    assert_eq!(said["left_out"][0]["line"], 3);
    // 图书馆, 机器人 in GB18030.
    let old = home.file("old.txt", b"\xCD\xBC\xCA\xE9\xB9\xDD\r\n\xBB\xFA\xC6\xF7\xC8\xCB\r\n");
    home.ok(["import", &old.to_string_lossy()]);
    assert_eq!((status(&home, "图书馆"), status(&home, "机器人")), ("known".into(), "known".into()));
}

#[test]
fn what_names_nothing_is_an_error() {
    let home = home_with_article();
    assert_eq!(home.run(["mark", "known", "--dry-run"]).code, Some(2));
    assert_eq!(home.run(["learned", "--dry-run"]).code, Some(2));
    home.file("empty.txt", "");
    home.run(["import", "empty.txt"]).is_failure("names no word");
    home.run(["mark", "known", "--from", "empty.txt"]).is_failure("names no word");
    home.file("empty.apkg", "");
    home.run(["import", "empty.apkg"]).is_failure("empty.apkg is empty");
    home.file("letter.apkg", "Dear aunt, here are my words.");
    home.run(["import", "letter.apkg"]).is_failure("is a text");
}

#[test]
fn fields_that_are_not_there_are_told() {
    let home = home_with_article();
    home.ok(["export", "news", "-o", "x.apkg"]);
    for option in ["--field", "--pinyin-field"] {
        let said = home.run(["import", "x.apkg", option, "Nope"]);
        said.is_failure("no note type has a field “Nope”");
        assert!(said.err.contains("Hanzi, Traditional, Pinyin"), "{said:?}");
    }
    home.ok(["import", "x.apkg", "--field", "hanzi", "--pinyin-field", "Pinyin"]);
    home.run(["import", "x.apkg", "--as", "learning"]).is_failure("--as is of lists");
    home.file("list.txt", "图书馆\n");
    home.ok(["import", "list.txt", "--as", "learning"]);
    assert_eq!(status(&home, "图书馆"), "learning");
}

#[test]
fn a_fault_in_the_settings_is_told_by_check_and_stops_no_mark() {
    let home = Home::new();
    home.file(".config/shengci/config.yaml", "hsk_version: 2025\n");
    let said = home.run(["check"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.err.contains("config.yaml:1:1") && !said.out.contains("is right"), "{said:?}");
    let said = home.run(["mark", "known", "公司"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.err.contains("config.yaml:1:1"), "{said:?}");
    let said = home.run(["--json", "check"]);
    assert_eq!(said.code, Some(1));
    let looked: serde_json::Value = serde_json::from_str(&said.out).expect("JSON");
    assert!(looked["faults"][0].as_str().expect("a fault").contains("hsk_version"), "{looked}");
    home.file(".config/shengci/config.yaml", "hsk-version: 2025\n");
    assert!(home.ok(["check"]).contains("config.yaml is right"));
    assert_eq!(home.json(["check"])["faults"].as_array().map(Vec::len), Some(0));
    let about = home.json(["about"]);
    assert!(about["settings"].as_str().expect("a folder").ends_with(".config/shengci"), "{about}");
}
