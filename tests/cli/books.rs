//! Books whose chapters are not their files: cut into several by a converter, or all in one.

use crate::support::Home;
use crate::support::forms::{book, xhtml, zipped};

/// A paragraph that no other is like.
fn paragraph(name: &str) -> String {
    format!("<p>{name}的第一段：昨天夜里下了一场大雨，城里的许多街道都变成了小河，人们在家里等天亮。</p>")
}

/// Titles and texts of the chapters of a book, and where they are said to come from.
fn chapters(bytes: Vec<u8>) -> Vec<(String, String, String)> {
    let home = Home::new();
    home.file("b.epub", bytes);
    let said = home.run(["--json", "clean", "b.epub"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let field = |row: &serde_json::Value, name: &str| row[name].as_str().unwrap_or_default().to_owned();
    let rows = said.out.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"));
    rows.map(|row| {
        let origin = field(&row, "origin").replace("b.epub › OEBPS/Text/", "");
        (field(&row, "title"), field(&row, "text"), origin)
    })
    .collect()
}

/// The titles and origins of a book's chapters, each of which has just the paragraphs of these names.
fn are(found: &[(String, String, String)], expected: &[(&str, &str, &[&str])]) {
    let heads: Vec<(&str, &str)> = found.iter().map(|(title, _, origin)| (&title[..], &origin[..])).collect();
    assert_eq!(heads, expected.iter().map(|(title, origin, _)| (*title, *origin)).collect::<Vec<_>>());
    let all: Vec<&str> = expected.iter().flat_map(|(.., names)| names.iter().copied()).collect();
    for ((_, text, origin), (.., names)) in found.iter().zip(expected) {
        let has: Vec<&str> =
            all.iter().copied().filter(|name| text.contains(&format!("{name}的第一段"))).collect();
        assert_eq!(has, *names, "{origin}: {text}");
    }
}

fn entry(href: &str, title: &str) -> String {
    format!("<li><a href=\"Text/{href}\">{title}</a></li>")
}

#[test]
fn files_between_two_lines_of_the_contents_are_one_chapter() {
    let file = |heading: &str, name: &str| xhtml(&format!("{heading}{}", paragraph(name)));
    let files = [
        ("preface.xhtml", file("<h1>序</h1>", "甲")),
        // A heading with a file of its own, and three files of text, one of them with a heading of a lower rank.
        ("c1.xhtml", xhtml("<h1>第一章 大雨</h1>")),
        ("c1a.xhtml", file("", "乙")),
        ("c1b.xhtml", file("<h2>夜里</h2>", "丙")),
        ("c2.xhtml", file("<h1>第二章 雨停</h1>", "丁")),
        ("c2a.xhtml", file("", "戊")),
        // The contents have forgotten it.
        ("after.xhtml", file("<h1>后记</h1>", "己")),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, page)| (*name, page.as_str())).collect();
    let contents = entry("c1.xhtml", "第一章 大雨") + &entry("c2.xhtml", "第二章 雨停");
    are(
        &chapters(book(&files, &contents, &[])),
        &[
            ("序", "preface.xhtml", &["甲"]),
            ("第一章 大雨", "c1.xhtml", &["乙", "丙"]),
            ("第二章 雨停", "c2.xhtml", &["丁", "戊"]),
            ("后记", "after.xhtml", &["己"]),
        ],
    );
}

#[test]
fn what_a_converter_has_cut_is_put_together() {
    let names =
        ["a_split_000.html", "a_split_001.html", "a_split_002.html", "b_split_000.html", "b_split_001.html"];
    let pages: Vec<String> =
        names.iter().zip(["甲", "乙", "丙", "丁", "戊"]).map(|(_, name)| xhtml(&paragraph(name))).collect();
    let files: Vec<(&str, &str)> = names.iter().copied().zip(pages.iter().map(String::as_str)).collect();
    let contents = entry("a_split_000.html", "第一章") + &entry("b_split_000.html#x", "第二章");
    are(
        &chapters(book(&files, &contents, &[])),
        &[("第一章", names[0], &["甲", "乙", "丙"]), ("第二章", names[3], &["丁", "戊"])],
    );
    // Also where the contents say nothing at all; then each file by itself but for those.
    let found = chapters(book(&files, "", &[]));
    assert_eq!(found.iter().map(|(.., origin)| &origin[..]).collect::<Vec<_>>(), [names[0], names[3]]);
    // And where a chapter begins in a piece, it begins there.
    let contents = entry("a_split_000.html", "第一章") + &entry("a_split_001.html", "第二章");
    are(
        &chapters(book(&files[..3], &contents, &[])),
        &[("第一章", names[0], &["甲"]), ("第二章", names[1], &["乙", "丙"])],
    );
}

#[test]
fn a_file_with_several_chapters_is_cut_where_they_begin() {
    let chapter =
        |id: &str, title: &str, name: &str| format!("<h2><a id=\"{id}\"/>{title}</h2>{}", paragraph(name));
    let one = xhtml(&format!(
        "<div><h1>小城故事</h1>{}{}<div id=\"三\"><h2>第三章</h2>{}</div></div>",
        chapter("c1", "第一章", "甲"),
        chapter("c2", "第二章", "乙"),
        paragraph("丙")
    ));
    let two = xhtml(&format!("{}{}", paragraph("丁").repeat(6), chapter("c4", "第四章", "戊")));
    let files = [("one.xhtml", one.as_str()), ("two.xhtml", two.as_str())];
    let contents = entry("one.xhtml#c1", "第一章")
        + &entry("one.xhtml#c2", "第二章")
        + &entry("one.xhtml#%E4%B8%89", "第三章")
        + &entry("two.xhtml#c4", "第四章");
    are(
        &chapters(book(&files, &contents, &[])),
        &[
            ("第一章", "one.xhtml", &["甲"]),
            ("第二章", "one.xhtml#c2", &["乙"]),
            ("第三章", "one.xhtml#三", &["丙", "丁"]),
            ("第四章", "two.xhtml", &["戊"]),
        ],
    );
    // Sections of a chapter are no chapters.
    let contents = "<li><a href=\"Text/one.xhtml\">小城故事</a><ol>".to_owned()
        + &entry("one.xhtml#c1", "第一节")
        + &entry("one.xhtml#c2", "第二节")
        + "</ol></li>"
        + &entry("two.xhtml", "第二篇");
    are(
        &chapters(book(&files, &contents, &[])),
        &[("小城故事", "one.xhtml", &["甲", "乙", "丙"]), ("第二篇", "two.xhtml", &["丁", "戊"])],
    );
}

#[test]
fn a_book_of_the_second_epub_is_cut_by_its_contents_too() {
    let page = |names: &[&str]| {
        xhtml(
            &names
                .iter()
                .map(|name| format!("<div id='{name}'>{}</div>", paragraph(name)))
                .collect::<String>(),
        )
    };
    let point = |href: &str, title: &str, inner: &str| {
        format!(
            "<navPoint><navLabel><text>{title}</text></navLabel><content src=\"{href}\"/>{inner}</navPoint>"
        )
    };
    // A part of the book has no file of its own; its chapters stand below it.
    let ncx = format!(
        "<ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\"><navMap>{}{}</navMap></ncx>",
        point(
            "Text/a.html",
            "上卷",
            &(point("Text/a.html#甲", "第一章", "") + &point("Text/a.html#乙", "第二章", ""))
        ),
        point("Text/c.html", "第三章", "")
    );
    let package = "<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"2.0\"><metadata><title>x</title></metadata>\
        <manifest><item id=\"ncx\" href=\"toc.ncx\" media-type=\"application/x-dtbncx+xml\"/>\
        <item id=\"a\" href=\"Text/a.html\" media-type=\"application/xhtml+xml\"/>\
        <item id=\"b\" href=\"Text/b.html\" media-type=\"application/xhtml+xml\"/>\
        <item id=\"c\" href=\"Text/c.html\" media-type=\"application/xhtml+xml\"/></manifest>\
        <spine toc=\"ncx\"><itemref idref=\"a\"/><itemref idref=\"b\"/><itemref idref=\"c\"/></spine></package>";
    let long = page(&["甲", "乙"]).replace("人们在家里", &"人们在家里看雨".repeat(200));
    let (b, c) = (page(&["丙"]), page(&["丁"]));
    let bytes = zipped(&[
        ("OEBPS/book.opf", package.as_bytes()),
        ("OEBPS/toc.ncx", ncx.as_bytes()),
        ("OEBPS/Text/a.html", long.as_bytes()),
        ("OEBPS/Text/b.html", b.as_bytes()),
        ("OEBPS/Text/c.html", c.as_bytes()),
    ]);
    are(
        &chapters(bytes),
        &[
            ("第一章", "a.html", &["甲"]),
            ("第二章", "a.html#乙", &["乙", "丙"]),
            ("第三章", "c.html", &["丁"]),
        ],
    );
}
