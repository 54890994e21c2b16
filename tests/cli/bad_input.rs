//! Everything that can be wrong with what is given: a clear error with a place and a hint, exit code 1, the library
//! untouched, no half-written file.

use crate::support::Home;

/// Runs `make` on a file with these bytes in a home whose library has one article, and holds it to the promise.
fn refused(name: &str, bytes: &[u8], naming: &str) {
    let home = with_an_article();
    let before = state(&home);
    let file = home.file(name, bytes);
    home.run(["make", &file.to_string_lossy(), "-o", "out.apkg"]).is_failure(naming);
    std::fs::remove_file(file).expect("the file is there");
    assert_eq!(state(&home), before, "{name} left a trace");
}

fn with_an_article() -> Home {
    let home = Home::new();
    let first = home.file("first.txt", "他在银行工作。");
    home.ok(["add", &first.to_string_lossy()]);
    home
}

/// Every file of the home, and the library's words.
fn state(home: &Home) -> (Vec<String>, String) {
    let mut files: Vec<String> = std::fs::read_dir(home.path())
        .expect("the home")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| !name.ends_with("-wal") && !name.ends_with("-shm"))
        .collect();
    files.sort();
    (files, home.ok(["words", "--json"]))
}

#[test]
fn files_that_are_no_article() {
    refused("empty.txt", b"", "is empty");
    refused("blank.txt", b" \n\t\r\n", "is empty");
    refused("english.txt", b"It rained all night.", "has no Chinese");
    refused("nul.txt", "雨\0停".as_bytes(), "nul.txt:1:2");
    refused("latin.txt", b"caf\xe9 \xff\xfe\xfd\x80\x81", "latin.txt");
    refused(
        "cesu.txt",
        "雨停\n"
            .as_bytes()
            .iter()
            .copied()
            .chain(*b"\xED\xA0\x80\xED\xB0\x80")
            .collect::<Vec<_>>()
            .as_slice(),
        "cesu.txt",
    );
    let deep = format!("<!DOCTYPE html><html><p>雨停了</p>{}", "<div>".repeat(100_000));
    refused("page.html", deep.as_bytes(), "deeper in each other");
    refused("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "picture.png");
}

#[test]
fn a_file_that_is_far_too_large() {
    let home = with_an_article();
    let file = home.join("large.txt");
    let large = std::fs::File::create(&file).expect("a file");
    large.set_len(100 << 20).expect("a sparse file");
    home.run(["make", &file.to_string_lossy()]).is_failure("larger than 32 MiB");
}

#[test]
fn odd_text_is_read_all_the_same() {
    let home = Home::new();
    for (name, text) in [
        ("private.txt", "他\u{E000}在\u{F8FF}银行。\u{10FFFD}".to_owned()),
        ("unassigned.txt", "他\u{378}在\u{9FFF}银行。\u{3FFFF}".to_owned()),
        ("brackets.txt", format!("银行{}好{}", "(（[".repeat(3000), "）])".repeat(3000))),
        ("one-line.txt", "他在银行工作,".repeat(200_000)),
        ("marks.txt", "银行(yi\u{301}nha\u{301}ng\u{301}\u{301})很远。\u{FEFF}\u{200B}".to_owned()),
    ] {
        let file = home.file(name, text);
        let said = home.run(["add", &file.to_string_lossy()]);
        assert_eq!(said.code, Some(0), "{name}: {}", said.err);
    }
}

#[test]
fn names_that_are_wrong() {
    let home = with_an_article();
    std::fs::create_dir(home.join("nothing")).expect("a folder");
    home.run(["make", "missing.txt"]).is_failure("missing.txt");
    home.run(["make", "nothing"]).is_failure("no text file");
    home.run(["export", "newz"]).is_failure("newz");
    assert!(home.run(["export", "newz"]).err.contains("did you mean `news`"));
    home.run(["show", "没有这个"]).is_failure("没有这个");
    home.run(["pairs", "99"]).is_failure("99");
    assert_eq!(home.run(["nonsense"]).code, Some(2));
    assert_eq!(home.run(["make"]).code, Some(2));
    assert_eq!(home.run(["words", "--hsk", "ten"]).code, Some(2));
}

#[test]
fn one_bad_file_among_named_ones_adds_nothing_but_in_a_folder_it_is_passed_over() {
    let home = with_an_article();
    let before = state(&home);
    let good = home.file("news/good.txt", "雨停了,孩子们跑出去玩。");
    let bad = home.file("news/bad.txt", b"\x00\x01\x02");
    home.run(["add", &good.to_string_lossy(), &bad.to_string_lossy()]).is_failure("bad.txt");
    assert_eq!(home.ok(["words", "--json"]), before.1);
    let said = home.run(["add", "news"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.err.contains("passed over") && said.err.contains("bad.txt"), "{said:?}");
}

#[test]
fn deck_files_with_faults_say_where() {
    let home = with_an_article();
    for (text, naming) in [
        ("name: 生词\nwords:\n  sein: 2\n", "deck.yaml:3:3"),
        ("name: 生词\nwords:\n  seen: often\n", "deck.yaml:3:"),
        ("name: 生词\nwords:\n\tseen: 2\n", "deck.yaml:3:"),
        ("name: [生词\n", "deck.yaml:"),
        ("cards: [recognition]\n", "name"),
    ] {
        let file = home.file("deck.yaml", text);
        home.run(["export", &file.to_string_lossy()]).is_failure(naming);
        home.run(["check", &file.to_string_lossy()]);
        std::fs::remove_file(file).expect("the file is there");
    }
}

#[test]
fn targets_that_cannot_be_written() {
    let home = with_an_article();
    let article = home.file("a.txt", "雨停了,孩子们跑出去玩。").to_string_lossy().into_owned();
    let before = state(&home);
    home.run(["make", &article, "-o", "no/such/folder/out.apkg"]).is_failure("no/such/folder");
    std::fs::create_dir(home.join("folder")).expect("a folder");
    home.run(["make", &article, "-o", "folder"]).is_failure("is a folder");
    std::fs::remove_dir(home.join("folder")).expect("it is empty");
    assert_eq!(state(&home), before);
    if cfg!(target_os = "linux") {
        home.run(["export", "news", "-o", "/proc/out.apkg"]).is_failure("/proc/out.apkg");
    }
}

#[test]
fn libraries_that_are_none() {
    let home = Home::new();
    home.run(["words"]).is_failure("no library");
    assert!(!home.library().exists(), "a question makes no library");
    std::fs::write(home.library(), "this is a letter to my aunt, not a database".repeat(40)).expect("a file");
    let before = std::fs::read(home.library()).expect("a file");
    home.run(["words"]).is_failure("no SQLite database");
    let article = home.file("a.txt", "雨停了。").to_string_lossy().into_owned();
    home.run(["make", &article]).is_failure("no SQLite database");
    assert_eq!(std::fs::read(home.library()).expect("a file"), before, "it was left as it is");
}

#[test]
fn a_library_of_a_newer_version() {
    let home = with_an_article();
    let other = rusqlite::Connection::open(home.library()).expect("a library");
    other.execute_batch("PRAGMA user_version = 999").expect("a version");
    drop(other);
    home.run(["words"]).is_failure("newer shengci");
}
