//! One answer to what bytes and characters say: an article, a list, a word on the command line are read alike.

use encoding_rs::{BIG5, GB18030};

use crate::support::Home;

/// Bytes of a text in every encoding that has its characters.
fn encoded(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let wide =
        |marked: &str, bytes: fn(u16) -> [u8; 2]| marked.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let marked = format!("\u{FEFF}{text}");
    let mut all = vec![
        ("UTF-8", text.as_bytes().to_vec()),
        ("UTF-8 with its mark", marked.clone().into_bytes()),
        ("UTF-16LE", wide(&marked, u16::to_le_bytes)),
        ("UTF-16BE", wide(&marked, u16::to_be_bytes)),
        ("UTF-16LE without a mark", wide(text, u16::to_le_bytes)),
    ];
    for encoding in [GB18030, BIG5] {
        let (bytes, _, unmapped) = encoding.encode(text);
        if !unmapped {
            all.push((encoding.name(), bytes.into_owned()));
        }
    }
    all
}

/// The words of `--json`, simplified, sorted.
fn words(rows: &serde_json::Value) -> Vec<String> {
    let of = |row: &serde_json::Value| row["simplified"].as_str().expect("a word").to_owned();
    let mut words: Vec<String> = rows.as_array().expect("rows").iter().map(of).collect();
    words.sort();
    words.dedup();
    words
}

#[test]
fn the_same_file_is_the_same_text_as_article_and_as_list_in_every_encoding() {
    for text in ["公司\n學生\n圖書館\n機器人\n工程\n", "公司\n学生\n图书馆\n机器人\n工程\n"]
    {
        let expected = ["公司", "图书馆", "学生", "工程", "机器人"];
        let files = encoded(text);
        assert!(files.len() >= 6, "{text}");
        for (encoding, bytes) in files {
            let home = Home::new();
            home.file("words.txt", bytes);
            let said = home.json(["mark", "known", "--from", "words.txt", "--dry-run"]);
            assert_eq!(words(&said["words"]), expected, "{encoding}: {said}");
            home.ok(["add", "words.txt"]);
            assert_eq!(words(&home.json(["words"])), expected, "{encoding}");
        }
    }
}

#[test]
fn a_few_bad_bytes_lose_no_file_and_are_told() {
    let home = Home::new();
    let mut article = "图书馆\n\n这家公司今天发布了新的机器人。学生们都很喜欢。\n".as_bytes().to_vec();
    article.insert(20, 0xFF);
    home.file("a.txt", &article);
    let said = home.run(["add", "a.txt"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.err.contains("1 character was damaged and shows as \u{FFFD}"), "{said:?}");
    assert!(words(&home.json(["words"])).contains(&"机器人".to_owned()));

    let mut list = "公司\n学生\n图书馆\n机器人\n".as_bytes().to_vec();
    list.truncate(list.len() - 2);
    home.file("list.txt", &list);
    let said = home.json(["mark", "known", "--from", "list.txt"]);
    assert_eq!(words(&said["words"]), ["公司", "图书馆", "学生"]);
    assert_eq!(said["left_out"][0]["line"], 4, "{said}");
    assert!(said["left_out"][0]["why"].as_str().is_some_and(|why| why.contains("damaged")), "{said}");
}

/// A word as it may be written, and as dictionaries have it.
const WRITTEN: [(&str, &str); 4] =
    [("公\u{200B}司", "公司"), ("⻓⼤", "长大"), ("Ｔ恤", "T恤"), ("\u{FEFF}卡拉\u{2060}ＯＫ", "卡拉OK")];

#[test]
fn words_are_found_however_they_are_written() {
    for (written, word) in WRITTEN {
        let home = Home::new();
        home.file("a.txt", format!("他们的{written}很好。\n\n他说，{written}很好。"));
        home.file("list.txt", format!("{written}\n"));
        home.file("table.csv", format!("{written},one\n学生,two\n"));
        home.ok(["add", "a.txt"]);
        let rows = home.json(["words"]);
        let row = rows.as_array().expect("rows").iter().find(|row| row["simplified"] == word);
        assert_eq!(row.map(|row| &row["count"]), Some(&2.into()), "{word}: {rows}");

        for said in [
            home.json(["mark", "known", written, "--dry-run"]),
            home.json(["mark", "known", "--from", "list.txt", "--dry-run"]),
        ] {
            assert_eq!(words(&said["words"]), [word], "{said}");
        }
        let said = home.json(["mark", "known", "--from", "table.csv", "--dry-run"]);
        assert!(words(&said["words"]).contains(&word.to_owned()), "{said}");
        assert_eq!(words(&home.json(["show", written])), [word]);

        home.ok(["ignore", written]);
        let left = home.ok(["words"]);
        assert!(!left.contains(word), "{word}: {left}");
        assert!(home.ok(["corrections"]).contains(&format!("{word} is no word")));
    }
    let home = Home::new();
    home.ok(["correct", "银\u{200B}⾏", "yínxíng"]);
    home.ok(["split", "全\u{2060}员信", "全员", "信\u{200B}"]);
    home.ok(["join", "⻓", "空"]);
    home.ok(["name", "⻢云", "person"]);
    home.file("theirs.yaml", "- {split: ⽊头人, into: [木头, ⼈]}\n- ignore: Ｔ恤\n");
    home.ok(["corrections", "--import", "theirs.yaml"]);
    let said = home.ok(["corrections"]);
    for holds in [
        "银行 is read",
        "全员信 is 全员 + 信",
        "长空 is one word",
        "马云 is a name",
        "木头人 is 木头 + 人",
        "T恤 is no word",
    ] {
        assert!(said.contains(holds), "{holds}: {said}");
    }
}

#[test]
fn what_is_read_tiles_the_text_as_it_was_given() {
    let home = Home::new();
    let pinyin = "公\u{200B}司(gōngsī)的Ｔ恤 (tīxù, shirt)";
    let mut lines: Vec<String> =
        WRITTEN.iter().map(|(written, _)| format!("他的{written}很好。\u{200B}")).collect();
    lines.push(format!("{pinyin}很好\u{200B}。"));
    let said = home.pipe(["read", "--json", "-"], lines.join("\n").as_bytes());
    let rows: Vec<serde_json::Value> =
        said.out.lines().map(|line| serde_json::from_str(line).expect("an object a line")).collect();
    assert_eq!(rows.len(), lines.len());
    let texts = |row: &serde_json::Value| -> Vec<String> {
        let tokens = row["tokens"].as_array().expect("tokens").iter();
        tokens.map(|token| token["text"].as_str().expect("a text").to_owned()).collect()
    };
    for (row, (line, (written, word))) in rows.iter().zip(lines.iter().zip(WRITTEN)) {
        assert_eq!((row["text"].as_str(), texts(row).concat()), (Some(line.as_str()), line.clone()));
        let at = texts(row).iter().position(|text| {
            text.trim_start_matches('\u{FEFF}').starts_with(written.trim_start_matches('\u{FEFF}'))
        });
        let token = at.map(|at| &row["tokens"][at]);
        assert!(token.is_some_and(|token| token["kind"] == "word"), "{word}: {row}");
    }
    let last = rows.last().expect("a row");
    assert_eq!(last["text"], "公\u{200B}司的Ｔ恤(shirt)很好\u{200B}。", "{last}");
    assert_eq!(texts(last).concat(), last["text"].as_str().expect("a text"));
    assert_eq!(
        (&last["tokens"][0]["text"], &last["tokens"][0]["evidence"]),
        (&"公\u{200B}司".into(), &"article".into())
    );
}
