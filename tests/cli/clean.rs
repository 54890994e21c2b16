//! `clean` and `add` of pages as they are found: saved in any encoding, declared or not or wrongly, pasted whole.

use std::path::Path;

use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8};
use serde_json::Value;

use crate::support::Home;

/// A page of ours.
fn page(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/document").join(name);
    std::fs::read_to_string(path).expect("a page")
}

/// The object of `clean --json` for one file.
fn cleaned(home: &Home, name: &str) -> Value {
    let said = home.ok(["--json", "clean", name]);
    serde_json::from_str(said.trim()).expect("one object")
}

/// The page in an encoding, which it calls by some name, or by none.
fn encoded(page: &str, encoding: &'static Encoding, called: Option<&str>) -> Vec<u8> {
    let meta = called.map_or(String::new(), |name| format!("<meta charset=\"{name}\">"));
    let page = page
        .replace("<meta charset=\"utf-8\">", &meta)
        .replace("<meta http-equiv=\"Content-Type\" content=\"text/html; charset=gb2312\">", &meta);
    encoding.encode(&page).0.into_owned()
}

#[test]
fn an_encoding_may_be_declared_or_not_or_be_a_lie() {
    let home = Home::new();
    for (name, encodings) in [
        ("portal-of-2003.html", [GB18030, GBK, UTF_8]),
        ("weblog.html", [GB18030, GBK, UTF_8]),
        ("paper-of-taiwan.html", [BIG5, GB18030, UTF_8]),
    ] {
        home.file(name, page(name).replace("charset=gb2312", "charset=utf-8"));
        let expected = cleaned(&home, name);
        for encoding in encodings {
            for called in [None, Some("gb2312"), Some("utf-8"), Some("big5"), Some(encoding.name())] {
                home.file("page.html", encoded(&page(name), encoding, called));
                let mut found = cleaned(&home, "page.html");
                found["origin"] = expected["origin"].clone();
                assert_eq!(found, expected, "{name} in {} called {called:?}", encoding.name());
            }
        }
    }
}

#[test]
fn a_few_bad_bytes_lose_no_page() {
    let home = Home::new();
    let mut bytes = encoded(&page("weblog.html"), GBK, Some("gbk"));
    let at = bytes.len() / 2;
    bytes.splice(at..at, [0xFF, 0x80]);
    home.file("page.html", bytes);
    let said = home.run(["clean", "page.html"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.out.contains("奶奶做的面，我吃了二十年。"), "{}", said.out);
    assert!(said.err.contains("damaged"), "{}", said.err);
}

#[test]
fn what_clean_says_is_what_the_library_has() {
    let home = Home::new();
    home.file("weblog.html", page("weblog.html"));
    let cleaned = cleaned(&home, "weblog.html");
    home.ok(["add", "weblog.html"]);
    let shown = home.json(["articles"]);
    for name in ["title", "author", "date", "site", "url"] {
        assert_eq!(shown[0][name], cleaned[name], "{name}");
    }
    assert_eq!(cleaned["title"], "怎样做一碗好吃的面");
    assert_eq!(cleaned["script"], "simplified");
    let text: Vec<&str> = cleaned["text"].as_str().expect("text").lines().collect();
    let stored = home.ok(["show", "last"]);
    for paragraph in text {
        assert!(
            stored.contains(&paragraph[..paragraph.char_indices().nth(4).map_or(paragraph.len(), |c| c.0)]),
            "{paragraph}"
        );
    }
}

#[test]
fn one_bad_file_stops_none_of_the_others() {
    let home = Home::new();
    home.file("a.html", page("ruby.html"));
    home.file("b.html", "<html><body>nothing here</body></html>");
    home.file("c.html", page("office.html"));
    let said = home.run(["--json", "clean", "a.html", "none.html", "b.html", "c.html"]);
    assert_eq!(said.code, Some(1), "{}", said.err);
    let rows: Vec<Value> =
        said.out.lines().map(|line| serde_json::from_str(line).expect("an object")).collect();
    assert_eq!(rows.len(), 4);
    assert_eq!(
        (&rows[0]["title"], &rows[3]["title"]),
        (&"小熊的信".into(), &"小城公布今年的十件实事".into())
    );
    for refused in &rows[1..3] {
        let mut keys: Vec<&String> = refused.as_object().expect("an object").keys().collect();
        keys.sort();
        assert_eq!(keys, ["error", "hint", "origin"]);
    }
    let mut keys: Vec<&String> = rows[0].as_object().expect("an object").keys().collect();
    keys.sort();
    assert_eq!(keys, ["author", "cuts", "date", "origin", "script", "site", "text", "title", "url"]);
}

#[test]
fn everything_stays_where_it_is_asked_for() {
    let home = Home::new();
    home.file("pasted.txt", page("copied-whole.txt"));
    let kept = home.ok(["clean", "--keep-all", "pasted.txt"]);
    assert!(kept.contains("设为首页") && kept.contains("京ICP备00000000号"));
    // An article that was kept whole stays so when it is read anew.
    home.ok(["add", "--keep-all", "pasted.txt"]);
    home.ok(["check"]);
    let shown = home.ok(["show", "last"]);
    assert!(shown.contains("设为首页"), "{shown}");
    let cut = home.ok(["clean", "--cuts", "pasted.txt"]);
    let (article, cuts) = cut.split_once("\ncut: ").expect("cuts");
    assert!(!article.contains("设为首页") && cuts.contains("设为首页"));
}

/// Ruby in a page and brackets in a text say the same.
#[test]
fn ruby_is_read_as_brackets_are() {
    let home = Home::new();
    home.file("ruby.html", page("ruby.html"));
    let text = cleaned(&home, "ruby.html")["text"].as_str().expect("text").to_owned();
    home.file("brackets.txt", format!("小熊的信\n{text}"));
    let pairs = |name: &str| {
        let home = Home::new();
        home.file("ruby.html", page("ruby.html"));
        home.file("brackets.txt", format!("小熊的信\n{text}"));
        home.ok(["add", name]);
        let mut pairs = home.json(["pairs"]);
        for pair in pairs.as_array_mut().expect("rows") {
            pair["article"] = Value::Null;
        }
        pairs
    };
    let found = pairs("ruby.html");
    assert_eq!(found, pairs("brackets.txt"));
    assert!(found.as_array().is_some_and(|pairs| pairs.len() >= 5), "{found}");
}
