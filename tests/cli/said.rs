//! The messages of commands: in whole sentences, of things that are there and of things that aren't.

use crate::support::Home;

const TEXT: &str = "长安的T恤\n\n11月20日，小李在长安买了T恤，还唱了卡拉OK。\n“公司很远。”他说。\n";

fn home() -> Home {
    let home = Home::new();
    let article = home.file("a.txt", TEXT);
    home.ok(["add".as_ref(), article.as_os_str()]);
    home
}

#[test]
fn the_pinyin_of_an_article_has_all_that_stands_in_it() {
    let text = home().ok(["show", "last"]);
    for part in ["11", "yuè 20 rì", "T xù", "kǎlā OK", "Cháng'ān", "“Gōngsī hěn yuǎn.”"] {
        assert!(text.replace('’', "'").contains(part), "“{part}” is not in\n{text}");
    }
}

#[test]
fn a_word_of_the_dictionary_is_shown_though_no_article_has_it() {
    let home = home();
    let said = home.ok(["show", "发布"]);
    assert!(said.starts_with("发布 (發布)  fā bù\n  - ") && said.contains("stands in no article"), "{said}");
    assert_eq!(home.json(["show", "長"])[0]["simplified"], "长");
    home.run(["show", "没有这个"]).is_failure("no dictionary has such a word");
}

#[test]
fn one_is_one() {
    let home = home();
    let said = home.ok(["show", "公司"]);
    assert!(said.contains("seen 1 time in 1 article, a word"), "{said}");
    assert!(!said.contains("““"), "{said}");
    home.file("b.txt", "雨。");
    assert!(home.ok(["add", "b.txt"]).contains("1 word, 1 of them new"));
    home.ok(["correct", "公司", "gōngsì"]);
    assert!(home.ok(["corrections", "--export", "c.yaml"]).contains("c.yaml: 1 correction\n"));
    assert!(home.ok(["make", "a.txt"]).contains("  known already; nothing was counted twice\n"));
}

#[test]
fn the_columns_of_articles_have_names() {
    let said = home().ok(["articles"]);
    let head = said.lines().next().expect("a line");
    assert!(head.contains("words") && head.contains("of the text known"), "{said}");
}

#[test]
fn nothing_to_look_at_is_said() {
    let home = Home::new();
    home.file("plain.txt", "老师带学生参观图书馆。");
    home.ok(["add", "plain.txt"]);
    let said = home.run(["show", "last", "--doubts"]);
    assert!(said.out.is_empty() && said.err.contains("nothing in this article"), "{said:?}");
}

#[cfg(unix)]
#[test]
fn notes_stand_where_they_were_said() {
    let home = home();
    let program = env!("CARGO_BIN_EXE_shengci");
    let mut command = std::process::Command::new("sh");
    command
        .args(["-c", &format!("'{program}' report --limit 0 2>&1")])
        .env("SHENGCI_LIBRARY", home.library());
    let said =
        String::from_utf8(command.env("HOME", home.path()).output().expect("a shell").stdout).expect("UTF-8");
    assert!(said.starts_with("known") && said.trim_end().ends_with("--limit shows them"), "{said}");
    assert!(said.contains("1 more article;"), "{said}");
}

#[test]
fn the_weeks_go_on_until_today() {
    let home = home();
    home.ok(["mark", "known", "公司"]);
    let mut command = home.command();
    let later = 1_780_000_000 + 3 * 7 * 86_400;
    let output =
        command.env("SHENGCI_NOW", later.to_string()).args(["--json", "stats"]).output().expect("it starts");
    let stats: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let weeks = stats["weeks"].as_array().expect("weeks");
    let known: Vec<_> = weeks.iter().map(|week| week["known"].as_u64()).collect();
    assert_eq!(known, [Some(1); 4], "{stats}");
}

#[test]
fn decks_that_rewrite_the_notes_of_each_other_are_told() {
    let home = home();
    home.file("one.yaml", "name: One\nfields:\n  pinyin: marks\n");
    home.file("two.yaml", "name: Two\nfields:\n  pinyin: numbers\n");
    let export = |deck: &str, at: i64| {
        let mut command = home.command();
        let output = command
            .env("SHENGCI_NOW", (1_780_000_000 + at).to_string())
            .args(["export", deck, "-o", "x.apkg"])
            .output()
            .expect("it starts");
        assert!(output.status.success(), "{output:?}");
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    assert_eq!(export("one.yaml", 0), "");
    assert_eq!(export("two.yaml", 10), "");
    let said = export("one.yaml", 20);
    assert!(said.contains("“one” and “two”") && said.contains("`fields:`"), "{said}");
}

#[test]
fn a_book_in_one_file_is_remarked_on() {
    let home = Home::new();
    let book: String = (0..1600).map(|n| format!("老师在第{n}天去了图书馆。")).collect();
    home.file("book.txt", book);
    let said = home.run(["add", "book.txt"]);
    assert!(said.err.contains("1600 sentences were taken for one article"), "{said:?}");
}

#[test]
fn the_page_of_figures_fits_a_telephone() {
    let home = home();
    home.ok(["mark", "known", "公司"]);
    let output = home
        .command()
        .env("SHENGCI_NOW", (1_780_000_000 + 9 * 7 * 86_400).to_string())
        .args(["stats", "--html", "-"])
        .output()
        .expect("it starts");
    let page = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(page.contains("@media (max-width: 40rem)"), "larger letters where the plots are small");
    let dates: Vec<_> =
        page.lines().filter(|line| line.contains("text-anchor") && line.contains(">2026-")).collect();
    let between = dates.iter().filter(|line| line.contains("class=\"between\"")).count();
    assert_eq!((dates.len() % 5, between), (0, dates.len() / 5 * 2), "{dates:?}");
}

#[test]
fn all_verbs_are_documented() {
    let home = Home::new();
    let help = home.ok(["help"]);
    assert!(help.contains("[alias: ingest]"), "{help}");
    let statuses = home.ok(["completions", "bash"]);
    assert!(statuses.contains("compgen -W \"known learning ignored new\""), "the shell completes statuses");
}
