//! `mark`, `learned`, `undo`, and lists through `import`.

use super::{home_with_article, number, status};
use crate::support::Home;

#[test]
fn a_bare_word_means_all_its_readings_and_one_with_pinyin_only_that() {
    let home = Home::new();
    home.ok(["mark", "known", "长=cháng", "國家"]);
    let rows = home.json(["words", "--all"]);
    let known = |pinyin: &str| rows.as_array().expect("rows").iter().any(|row| row["pinyin"] == pinyin);
    assert!(known("cháng") && !known("zhǎng"), "{rows}");
    assert_eq!(status(&home, "国家"), "known");
    let said = home.json(["learned", "长"]);
    assert_eq!(said["words"].as_array().map(Vec::len), Some(2), "{said}");
    assert_eq!((number(&said["changed"]), number(&said["unchanged"])), (1, 1));
}

#[test]
fn an_unknown_word_fails_the_command_and_marks_nothing() {
    let home = Home::new();
    home.run(["mark", "known", "公司", "小模型", "abc"]).is_failure("2 words can't be");
    assert!(!home.library().exists(), "not even a library is made");
    home.ok(["mark", "known", "公司", "小模型=xiǎo mó xíng"]);
    assert_eq!(status(&home, "小模型"), "known");
    home.run(["mark", "known", "长", "cháng"]).is_failure("no hanzi");
    assert_eq!(status(&home, "长"), "never met");
}

#[test]
fn undo_takes_back_the_last_command_and_then_the_one_before() {
    let home = home_with_article();
    home.ok(["mark", "known", "学生"]);
    home.ok(["mark", "ignored", "老师", "学生"]);
    assert_eq!(status(&home, "学生"), "ignored");
    let said = home.ok(["undo"]);
    assert!(said.starts_with("taken back: 2 marks by hand"), "{said}");
    assert_eq!((status(&home, "学生"), status(&home, "老师")), ("known".into(), "new".into()));
    home.ok(["undo"]);
    assert_eq!(status(&home, "学生"), "new");
    home.run(["undo"]).is_failure("nothing to undo");
}

#[test]
fn a_list_on_standard_input_is_said_by_hand_and_bad_lines_are_told() {
    let home = Home::new();
    let said = home.pipe(["mark", "known", "-"], "公司\n学生 xuésheng\nstudent\n".as_bytes());
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.err.contains("line 3 is left out: student"), "{said:?}");
    assert!(said.out.contains("known: 2 words"), "{said:?}");
    home.pipe(["mark", "known", "-"], b"student\n").is_failure("names no word");
}

#[test]
fn levels_name_their_list_and_a_dry_run_writes_nothing() {
    let home = Home::new();
    let wrong = home.run(["mark", "known", "--hsk", "1-4"]);
    assert_eq!(wrong.code, Some(2));
    assert!(wrong.err.contains("2025:1-4"), "{wrong:?}");
    let tried = home.json(["mark", "known", "--hsk", "2025:1", "--dry-run"]);
    assert!(number(&tried["changed"]) > 200, "{tried}");
    assert!(!home.library().exists());
    let done = home.json(["mark", "known", "--hsk", "2025:1"]);
    assert_eq!((&done["changed"], &done["by"]), (&tried["changed"], &"hsk:2025:1".into()));
    let stats = home.json(["stats"]);
    let lists = stats["hsk"].as_array().expect("lists");
    let list = lists.iter().find(|list| list["version"] == "2025").expect("the list of 2025");
    let level = &list["levels"][0];
    assert_eq!(level["known"], level["total"], "{level}");
    assert!(home.json(["undo"])["marks"].as_u64() >= done["changed"].as_u64());
    assert_eq!(number(&home.json(["stats"])["never_seen"]["known"]), 0);
}

#[test]
fn lists_of_every_make_are_taken_and_the_learners_own_word_is_stronger() {
    let home = home_with_article();
    home.ok(["mark", "ignored", "学生"]);
    let pleco = home
        .file("pleco.txt", "//生词\n学生[學生]\txue2sheng5\tstudent\n机器人[機器人]\tji1qi4ren2\trobot\n");
    let said = home.ok(["import".as_ref(), pleco.as_os_str()]);
    assert!(said.contains("1 to known") && said.contains("1 as before"), "{said}");
    assert_eq!((status(&home, "学生"), status(&home, "机器人")), ("ignored".into(), "known".into()));
    let table = home.file("t.csv", "English,Word\nreader,读者\nno,xx\n");
    let rows = home.json(["import".as_ref(), table.as_os_str(), "--dry-run".as_ref()]);
    assert_eq!(rows[0]["columns"]["hanzi"], "Word");
    assert_eq!(rows[0]["changes"]["known"], 1);
    assert_eq!(rows[0]["left_out"][0]["examples"][0], "xx");
    assert_eq!(status(&home, "读者"), "new");
    let missing = home.run(["import".as_ref(), table.as_os_str(), "--field".as_ref(), "Hanzi".as_ref()]);
    missing.is_failure("there is no column “Hanzi”; there are English, Word");
    home.run(["import", "nowhere.txt"]).is_failure("nowhere.txt can't be read");
}

#[test]
fn settings_with_a_fault_are_told_with_their_place() {
    let home = Home::new();
    home.file(".config/shengci/config.yaml", "hsk-version: 2025\nknown-from: 3\n");
    home.run(["report", "last"]).is_failure("config.yaml:2:1: “known-from” is no setting here");
    let said = home.run(["mark", "known", "公司"]);
    assert_eq!(said.code, Some(0), "no setting is needed for it: {said:?}");
    assert!(said.err.contains("config.yaml:2:1: “known-from” is no setting here"), "{said:?}");
    home.file(".config/shengci/config.yaml", "hsk-version: 2021\n");
    let article = home.file("first.txt", super::FIRST);
    let report = home.json(["report".as_ref(), article.as_os_str()]);
    assert_eq!(report["hsk_version"], "2021");
}
