//! Articles in other forms than text and page: saved pages, subtitles, books, documents, archives, papers.

use encoding_rs::GBK;
use serde_json::Value;

use crate::support::Home;
use crate::support::forms::{body, docx, epub, mhtml, pdf, srt, word, xhtml, zipped};

const LINES: &[&str] = &[
    "大雨过后的小城",
    "昨天夜里，一场大雨让城里的许多街道变成了小河，公交车不得不在半路停下来。",
    "住在老街的王奶奶说，她七十年没有见过这样的雨，邻居们连夜用沙袋把门堵上。",
    "公司(gōngsī)的经理告诉记者：“第二天天晴了，我们都去帮忙。”",
    "孩子们在银行(yínháng)门口玩水，谁也不想回家。",
];
const SPRING: &[&str] = &["春天来了", "春天来了，花开了，孩子们都跑到河边去玩。", "河水很清，里面有很多鱼。"];

fn page() -> String {
    format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>{}</title></head><body>{}</body></html>",
        LINES[0],
        body(LINES)
    )
}

fn document() -> Vec<u8> {
    let lines: String = LINES[1..].iter().map(|line| word("Normal", line)).collect();
    docx(&(word("Title", LINES[0]) + &lines))
}

/// The objects of `clean --json`, one an article.
fn cleaned(home: &Home, name: &str) -> Vec<Value> {
    let said = home.run(["--json", "clean", name]);
    said.out.lines().map(|line| serde_json::from_str(line).expect("an object")).collect()
}

fn text(article: &Value) -> &str {
    article["text"].as_str().expect("a text")
}

#[test]
fn an_article_is_the_same_in_all_forms() {
    let plain = LINES.join("\n\n");
    let gbk = GBK.encode(&page()).0.into_owned();
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("a.txt", plain.clone().into_bytes()),
        ("a.html", page().into_bytes()),
        ("a.xhtml", xhtml(&body(LINES)).into_bytes()),
        ("a.mhtml", mhtml(page().as_bytes(), "utf-8")),
        ("b.mht", mhtml(&gbk, "gb2312")),
        ("c.mht", mhtml(&gbk, "utf-8")),
        ("a.srt", srt(LINES).into_bytes()),
        ("a.md", format!("# {plain}\n").into_bytes()),
        ("a.epub", epub(&[("1.xhtml", Some(LINES[0]), xhtml(&body(LINES)))], &[])),
        ("a.docx", document()),
        ("a.zip", zipped(&[("news/a.txt", plain.as_bytes())])),
    ];
    let mut expected: Option<(Value, Value)> = None;
    for (name, bytes) in files {
        let home = Home::new();
        home.file(name, bytes);
        let added = home.json(["add", name]);
        assert_eq!(added.as_array().map(Vec::len), Some(1), "{name}: {added}");
        assert_eq!(added[0]["title"], LINES[0], "{name}");
        let found = (home.json(["words"]), added[0]["pairs"].clone());
        assert_eq!(&found, expected.get_or_insert_with(|| found.clone()), "{name}");
    }
}

#[test]
fn a_chapter_is_an_article_of_its_book() {
    let home = Home::new();
    let chapters = [
        ("cover.xhtml", Some("封面"), xhtml("<img src=\"a.jpg\"/>")),
        (
            "inhalt.xhtml",
            None,
            xhtml(
                &(1..9)
                    .map(|at| format!("<p><a href=\"{at}.xhtml\">第{at}章 雨</a></p>"))
                    .collect::<String>(),
            ),
        ),
        (
            "雨 1.xhtml",
            Some("第一章 大雨过后的小城"),
            xhtml(&body(LINES).replace("<h1>", "<h2>第一章</h2><h1>")),
        ),
        ("part.xhtml", Some("下卷"), xhtml("<h1>下卷</h1>")),
        ("2.xhtml", None, xhtml(&body(SPRING))),
    ];
    home.file("book.epub", epub(&chapters, &[]));
    let articles = cleaned(&home, "book.epub");
    let titles: Vec<&str> = articles.iter().filter_map(|article| article["title"].as_str()).collect();
    assert_eq!(titles, ["第一章 大雨过后的小城", SPRING[0]]);
    assert_eq!((&articles[0]["author"], &articles[0]["site"]), (&"王某".into(), &"小城故事".into()));
    assert_eq!(articles[0]["origin"], "book.epub › OEBPS/Text/雨 1.xhtml");
    assert!(!text(&articles[0]).contains("封面") && text(&articles[0]).matches("第一章").count() <= 1);

    assert_eq!(home.json(["add", "book.epub"]).as_array().map(Vec::len), Some(2));
    let words = home.json(["words"]);
    for again in [["add", "book.epub"], ["add", "./book.epub"]] {
        let rows = home.json(again);
        assert!(rows.as_array().expect("rows").iter().all(|row| row["outcome"] == "same"), "{rows}");
    }
    // The book lies elsewhere now, and a chapter has another wording.
    std::fs::remove_file(home.join("book.epub")).expect("it goes");
    let mut chapters = chapters;
    chapters[4].2 = chapters[4].2.replace("很多鱼", "不少的鱼");
    std::fs::create_dir(home.join("books")).expect("a folder");
    home.file("books/book.epub", epub(&chapters, &[]));
    let rows = home.json(["add", "books"]);
    assert_eq!((&rows[0]["outcome"], &rows[1]["outcome"]), (&"same".into(), &"edited".into()), "{rows}");
    assert_eq!(home.json(["articles"]).as_array().map(Vec::len), Some(2));
    assert!(words.as_array().expect("rows").len() > 20);
}

#[test]
fn a_book_of_the_second_epub_has_its_titles_from_its_contents() {
    let home = Home::new();
    let package = "<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"2.0\"><metadata><title>x</title></metadata>\
        <manifest><item id=\"ncx\" href=\"toc.ncx\" media-type=\"application/x-dtbncx+xml\"/>\
        <item id=\"t\" href=\"toc.html\" media-type=\"application/xhtml+xml\"/>\
        <item id=\"n\" href=\"note.html\" media-type=\"application/xhtml+xml\"/>\
        <item id=\"b\" href=\"b.html\" media-type=\"application/xhtml+xml\"/>\
        <item id=\"a\" href=\"a%20a.html\" media-type=\"application/xhtml+xml\"/></manifest>\
        <spine toc=\"ncx\"><itemref idref=\"t\"/><itemref idref=\"b\"/><itemref idref=\"n\" linear=\"no\"/><itemref idref=\"a\"/></spine>\
        <guide><reference type=\"toc\" href=\"toc.html\"/></guide></package>";
    let ncx = "<ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\"><navMap><navPoint><navLabel><text>其一</text></navLabel>\
        <content src=\"b.html\"/></navPoint><navPoint><navLabel><text>其二</text></navLabel><content src=\"a%20a.html#x\"/>\
        </navPoint></navMap></ncx>";
    let paragraphs =
        |lines: &[&str]| xhtml(&lines.iter().map(|line| format!("<p>{line}</p>")).collect::<String>());
    let (spring, rain) = (paragraphs(&SPRING[1..]), paragraphs(&LINES[1..]));
    home.file(
        "old.epub",
        zipped(&[
            ("book.opf", package.as_bytes()),
            ("toc.ncx", ncx.as_bytes()),
            ("toc.html", paragraphs(&["目录", "其一", "其二"]).as_bytes()),
            ("note.html", paragraphs(&["这是注解，不是正文。"]).as_bytes()),
            ("a a.html", rain.as_bytes()),
            ("b.html", spring.as_bytes()),
        ]),
    );
    let articles = cleaned(&home, "old.epub");
    let titles: Vec<&str> = articles.iter().filter_map(|article| article["title"].as_str()).collect();
    assert_eq!(titles, ["其一", "其二"]);
    assert!(text(&articles[0]).contains("河水很清") && text(&articles[1]).contains("王奶奶"));
}

#[test]
fn ruby_and_what_a_reviewer_did_in_a_document() {
    let home = Home::new();
    let ruby = "<w:p><w:r><w:t>我们去</w:t></w:r><w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>yínháng</w:t></w:r></w:rt><w:rubyBase><w:r>\
        <w:t>银行</w:t></w:r></w:rubyBase></w:ruby></w:r><w:del><w:r><w:delText>删掉</w:delText></w:r></w:del><w:ins><w:r>\
        <w:t xml:space=\"preserve\">取钱。</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r></w:p>";
    home.file(
        "a.docx",
        docx(&format!(
            "{}{ruby}<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>",
            word("1", "雨"),
            word("a", "表格里的字。")
        )),
    );
    let articles = cleaned(&home, "a.docx");
    let lines: Vec<&str> = text(&articles[0]).lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(lines, ["雨", "我们去银行(yínháng)取钱。", "表格里的字。"]);
}

#[test]
fn an_archive_is_its_texts() {
    let home = Home::new();
    let spring = SPRING.join("\n");
    home.file(
        "news.zip",
        zipped(&[
            ("__MACOSX/._a.txt", b"\0\x05\x16\x07"),
            ("b.html", page().as_bytes()),
            ("b_files/ad.html", "<p>广告</p>".as_bytes()),
            ("a.txt", spring.as_bytes()),
            ("../../outside.txt", "外面的天气很好。".as_bytes()),
            ("c\u{1b}[31m.txt", "红色的字很好看。".as_bytes()),
            ("inner.zip", &zipped(&[("a.txt", spring.as_bytes())])),
            ("photo.jpg", b"\xFF\xD8\xFF"),
        ]),
    );
    let said = home.run(["add", "news.zip"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.err.contains("news.zip › inner.zip is an archive inside an archive"), "{said:?}");
    assert!(!said.out.contains('\u{1b}') && !said.err.contains('\u{1b}'), "{said:?}");
    let origins: Vec<String> = home
        .json(["articles"])
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| row["origin"].to_string())
        .collect();
    assert_eq!(origins.len(), 4, "{origins:?}");
    assert!(!home.path().parent().expect("a folder").join("outside.txt").exists());
    let names = home.run(["--json", "clean", "news.zip"]);
    assert!(names.out.contains("news.zip › b.html") && !names.out.contains('\u{1b}'));
}

#[test]
fn names_in_gbk_are_read() {
    let home = Home::new();
    let name = GBK.encode("新闻报道.txt").0.into_owned();
    let mut bytes = zipped(&[("xxxxxxxx.txt", SPRING.join("\n").as_bytes())]);
    assert_eq!(name.len(), "xxxxxxxx.txt".len());
    while let Some(at) = bytes.windows(name.len()).position(|window| window == b"xxxxxxxx.txt") {
        bytes[at..at + name.len()].copy_from_slice(&name);
    }
    home.file("a.zip", bytes);
    assert_eq!(cleaned(&home, "a.zip")[0]["origin"], "a.zip › 新闻报道.txt");
}

#[test]
fn a_wrong_form_is_told_which_it_is_and_traps_stay_shut() {
    let home = Home::new();
    let rain = LINES.join("\n");
    let bomb = "雨".repeat(8 << 20);
    let entities = "<!DOCTYPE w [<!ENTITY a \"雨雨雨雨雨雨雨雨\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]><w><p><r><t>&b;</t></r></p></w>";
    let deep = "<p>".repeat(100_000);
    let chapter = xhtml(&body(LINES));
    let locked = "<encryption><EncryptedData><CipherData><CipherReference URI=\"OEBPS/Text/1.xhtml\"/></CipherData></EncryptedData></encryption>";
    let whole = epub(&[("1.xhtml", None, chapter.clone())], &[]);
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("text.epub", rain.clone().into_bytes(), "is called an EPUB, but is plain text"),
        ("zip.epub", zipped(&[("a.txt", rain.as_bytes())]), "is called an EPUB, but is a zip archive"),
        ("word.epub", document(), "is called an EPUB, but is a Word document"),
        (
            "old.docx",
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(),
            "is called a Word document, but is an old Office document",
        ),
        ("page.docx", page().into_bytes(), "is called a Word document, but is a web page"),
        ("page.pdf", page().into_bytes(), "is called a PDF, but is a web page"),
        ("text.srt", rain.clone().into_bytes(), "is called subtitles, but is plain text"),
        ("table.zip", zipped(&[("xl/workbook.xml", b"<x/>")]), "is a spreadsheet"),
        ("bomb.zip", zipped(&[("a.txt", bomb.as_bytes())]), "grows beyond all measure"),
        ("bomb.epub", epub(&[("1.xhtml", None, bomb)], &[]), "grows beyond all measure"),
        (
            "nested.zip",
            zipped(&[("a.zip", &zipped(&[("a.txt", rain.as_bytes())]))]),
            "an archive inside an archive",
        ),
        ("empty.zip", zipped(&[]), "no Chinese text in it"),
        ("entities.docx", zipped(&[("word/document.xml", entities.as_bytes())]), "has no Chinese in it"),
        ("deep.docx", zipped(&[("word/document.xml", deep.as_bytes())]), "can't be read as a Word document"),
        (
            "locked.epub",
            epub(&[("1.xhtml", None, chapter)], &[("META-INF/encryption.xml", locked.as_bytes())]),
            "that is encrypted",
        ),
        ("cut.epub", whole[..whole.len() / 2].to_vec(), "can't be read as a zip archive"),
        ("none.epub", zipped(&[("META-INF/container.xml", b"<container/>")]), "can't be read as an EPUB"),
        (
            "none.mhtml",
            b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x--".to_vec(),
            "no Chinese text in it",
        ),
    ];
    for (name, bytes, words) in cases {
        home.file(name, bytes);
        let said = home.run(["add", name]);
        assert!(
            said.code == Some(1) && said.err.contains(words) && said.err.contains("hint:"),
            "{name}: {said:?}"
        );
    }
    assert!(!home.library().exists());
}

#[test]
fn a_folder_may_hold_all_forms_and_be_a_saved_page() {
    let home = Home::new();
    std::fs::create_dir(home.join("all")).expect("a folder");
    home.file("all/1.epub", epub(&[("1.xhtml", None, xhtml(&body(SPRING)))], &[]));
    home.file("all/2.MHTML", mhtml(page().as_bytes(), "utf-8"));
    home.file("all/3.epub", "不是书。");
    let said = home.run(["add", "all"]);
    assert!(
        said.code == Some(0) && said.err.contains("passed over: all/3.epub is called an EPUB"),
        "{said:?}"
    );
    assert_eq!(home.json(["articles"]).as_array().map(Vec::len), Some(2));
    home.file("rain.html", page());
    std::fs::create_dir(home.join("rain_files")).expect("a folder");
    home.file("rain_files/ad.html", "<p>广告</p>");
    assert_eq!(cleaned(&home, "rain_files")[0]["origin"], "rain.html");
}

#[test]
fn a_book_may_come_through_a_pipe() {
    let home = Home::new();
    let book = epub(&[("1.xhtml", None, xhtml(&body(SPRING))), ("2.xhtml", None, xhtml(&body(LINES)))], &[]);
    let said = home.pipe(["add", "-"], &book);
    assert_eq!((said.code, said.out.lines().count()), (Some(0), 2), "{said:?}");
}

#[test]
fn the_text_layer_of_a_paper() {
    let tool = std::process::Command::new("pdftotext").arg("-v").output();
    assert!(tool.is_ok(), "this test needs `pdftotext`: apt install poppler-utils");
    let home = Home::new();
    let paper = [
        "大雨过后的小城",
        "",
        "昨天夜里，一场大雨让城里的许多街道变",
        "成了小河，公交车不得不在半路停下来。",
        "住在老街的王奶奶说，她七十年没有见过",
        "这样的雨，邻居们连夜用沙袋把门堵上。",
    ];
    home.file("a.pdf", pdf(&paper));
    let articles = cleaned(&home, "a.pdf");
    assert!(text(&articles[0]).contains(LINES[1]) && text(&articles[0]).contains(LINES[2]), "{articles:?}");
    home.file("empty.pdf", pdf(&[]));
    home.run(["add", "empty.pdf"]).is_failure("empty.pdf is a PDF without text");
    home.file("broken.pdf", "%PDF-1.4\nno more");
    assert_eq!(home.run(["add", "broken.pdf"]).code, Some(1));
    let said = home.command().args(["add", "a.pdf"]).env("PATH", home.path()).output().expect("it runs");
    let said = String::from_utf8_lossy(&said.stderr).into_owned();
    assert!(said.contains("`pdftotext`") && said.contains("poppler-utils"), "{said}");
}
