//! Files that are small or ordinary to look at, and large or endless to follow.

use std::fmt::Write as _;
use std::fs;

use super::{done, lawfully, refused};
use crate::campaigns::homes::Home;

/// The most that a command needs to say of a bad file.
const ENOUGH: usize = 20_000;

/// Ten names, each standing for nine of the one before: a thousand million in the end.
fn laughs() -> String {
    let mut text = String::from("name: x\na: &a [哈, 哈, 哈]\n");
    for (one, next) in ('a'..='i').zip('b'..='j') {
        let nine = vec![format!("*{one}"); 9].join(", ");
        writeln!(text, "{next}: &{next} [{nine}]").expect("text");
    }
    text + "words: {skip: *j}\n"
}

#[test]
fn yaml_that_grows_or_turns_in_circles_is_refused() {
    let deep = |sign: &str| sign.repeat(50_000);
    for (name, text) in [
        ("laughs", laughs()),
        ("circle", "name: &a [*a]\n".to_owned()),
        ("circle within", "name: x\nwords: &a\n  skip: &b [*b, *a]\n".to_owned()),
        ("merge", "name: x\n<<: &m {<<: *m}\n".to_owned()),
        ("deep", format!("name: {}", deep("["))),
        ("deep map", format!("name: {}", deep("{a: "))),
        (
            "deep block",
            format!("name:\n{}", (0..3000).fold(String::new(), |t, n| t + &" ".repeat(n) + "- -\n")),
        ),
        ("long key", format!("{}: 1\n", "k".repeat(900_000))),
        ("long value", format!("name: x\nlimit: {}\n", "9".repeat(900_000))),
        ("many", "name: x\n".repeat(60_000)),
        ("alias of nothing", "name: *nothing\n".to_owned()),
        ("tags", "name: !!python/object/apply:os.system [ls]\n".to_owned()),
    ] {
        let home = Home::new(&[]);
        fs::create_dir_all(home.path().join(".config/shengci")).expect("a folder");
        fs::write(home.path().join("bad.yaml"), &text).expect("a file");
        for arguments in
            [&["export", "./bad.yaml", "-o", "bad.apkg"][..], &["corrections", "--import", "bad.yaml"]]
        {
            let said = refused(&home, arguments);
            assert!(said.len() < ENOUGH, "{name} {arguments:?}: {} bytes of words", said.len());
        }
        fs::copy(home.path().join("bad.yaml"), home.path().join(".config/shengci/config.yaml"))
            .expect("a copy");
        let said = refused(&home, &["stats"]);
        assert!(said.len() < ENOUGH, "{name} as settings: {} bytes of words", said.len());
    }
}

#[test]
fn lists_of_absurd_shape_are_read_and_told_in_few_words() {
    let comma = |count: usize| ",".repeat(count);
    for (name, text) in [
        ("columns", format!("公司{}\n学生{}\n", comma(100_000), comma(100_000))),
        ("open quote", format!("hanzi,pinyin\n\"公司,gong si\n{}", "学生,xuesheng\n".repeat(3000))),
        ("one line", "公司 ".repeat(60_000)),
        ("no end of a bracket", format!("公司[{}\n", "gong".repeat(30_000))),
        ("equals", "=".repeat(200_000)),
        ("equal words", format!("公司={}\n", "gong".repeat(20_000))),
        ("alternatives", format!("公司{}\n", "/公司".repeat(40_000))),
        ("hanzi", "长".repeat(60_000)),
        ("lines of nothing", "\n".repeat(200_000) + "公司\n"),
        ("carriage returns", "公司\r".repeat(3000)),
        ("tabs", format!("公司{}gōngsī\n", "\t".repeat(100_000))),
        ("tags", format!("{}公司\n", "<b>".repeat(40_000))),
        ("entities", format!("{}公司\n", "&amp;".repeat(30_000))),
    ] {
        let home = Home::new(&[]);
        fs::write(home.path().join("odd.txt"), &text).expect("a file");
        for arguments in [&["import", "odd.txt"][..], &["mark", "known", "--from", "odd.txt"]] {
            let said = lawfully(&home, arguments);
            let words = said.out.len() + said.err.len();
            assert!(words < ENOUGH, "{name} {arguments:?}: {words} bytes of words");
        }
        done(&home, &["check"]);
    }
}

#[test]
fn words_of_absurd_length_are_refused_in_few_words() {
    let home = Home::new(&[]);
    // One argument can hold 128 KiB on Linux.
    for word in [
        "公".repeat(40_000),
        "a".repeat(120_000),
        format!("公司={}", "gong".repeat(25_000)),
        "/".repeat(100_000),
    ] {
        for arguments in [
            &["mark", "known", &word][..],
            &["correct", &word, "gong"],
            &["correct", "公司", &word],
            &["split", &word, "公", "司"],
            &["join", &word],
            &["name", &word, "person"],
            &["sense", "公司", &word],
            &["sense", &word, "1"],
            &["ignore", &word],
            &["show", &word],
            &["export", &word],
            &["pairs", &word],
            &["report", &word],
            &["add", &word],
            &["words", "--hsk", &word],
            &["mark", "known", "--hsk", &word],
        ] {
            let said = lawfully(&home, arguments);
            let words = said.out.len() + said.err.len();
            // The word itself is quoted at most once or twice.
            assert!(words < 3 * word.len() + ENOUGH, "{:?}: {words} bytes of words", arguments[0]);
        }
    }
    done(&home, &["check"]);
}

#[test]
fn titles_and_names_of_decks_are_no_paths() {
    let home = Home::new(&[]);
    for (at, title) in
        ["../../../escaped", "/escaped", "a/b/c", "..", "~/escaped", "C:\\escaped"].iter().enumerate()
    {
        fs::write(home.path().join(format!("t{at}.txt")), format!("{title}公司\n\n老师在学校教书{at}。\n"))
            .expect("it");
        fs::write(home.path().join(format!("d{at}.yaml")), format!("name: '{title}'\n")).expect("it");
        done(&home, &["make", &format!("t{at}.txt")]);
        lawfully(&home, &["export", &format!("./d{at}.yaml")]);
        lawfully(&home, &["export", title]);
    }
    let above = home.path().parent().expect("a folder");
    assert!(!above.join("escaped.apkg").exists() && !std::path::Path::new("/escaped.apkg").exists());
    assert!(!home.path().join("escaped.apkg").exists() && !home.path().join("a").exists());
}

#[test]
fn numbers_of_absurd_size_are_wrong_usage_or_find_nothing() {
    let home = Home::new(&[]);
    for number in ["-1", "0", "4294967296", "9223372036854775808", "99999999999999999999", "1e9", "٣", "一"]
    {
        for arguments in [
            &["words", "--seen", number][..],
            &["words", "--limit", number],
            &["words", "--article", number],
            &["report", "--limit", number],
            &["show", "--", number],
            &["pairs", "--", number],
            &["sense", "公司", "--", number],
            &["export", "news", "--article", number, "-o", "n.apkg"],
        ] {
            lawfully(&home, arguments);
        }
    }
    done(&home, &["check"]);
}

#[test]
fn what_is_no_collection_is_told_as_what_it_is() {
    let home = Home::new(&[]);
    for file in ["library.db", "older.db", "d.jsonl", "page.html", "mine.yaml"] {
        let before = home.state().expect("a state").ground;
        let said = lawfully(&home, &["import", file]);
        assert!(said.code == 0 || said.err.contains(file), "{}", said.err);
        if file.ends_with(".db") {
            assert_eq!(said.code, 1, "{file}");
            assert_eq!(home.state().expect("a state").ground, before, "{file}");
        }
    }
    for file in ["deck.apkg", "a.txt", "page.html", "library.db"] {
        refused(&home, &["load", file, "--library", "new.db"]);
        assert!(!home.path().join("new.db").exists(), "{file}");
    }
    for file in ["deck.apkg", "a.txt", "d.jsonl"] {
        let before = home.state().expect("a state").ground;
        refused(&home, &["restore", file]);
        assert_eq!(home.state().expect("a state").ground, before, "{file}");
    }
}
