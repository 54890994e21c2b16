//! Forms that are neither text nor page by themselves: books, subtitles, saved pages, feeds, and pages of which one follows the other.

use std::io::{Cursor, Write};

use fastrand::Rng;
use shengci::document;
use shengci::source::feed;
use shengci::source::{Fault, Input, SourceError, read};
use url::Url;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::law;
use super::pages::shows_all;
use crate::{World, grow};

/// Good files that are one text each.
const TEXTS: &[&str] = &[
    include_str!("../../../../tests/document/thread.html"),
    include_str!("../../../../tests/document/thread-of-2003.html"),
    include_str!("../../../../tests/document/weblog-of-three-days.html"),
    include_str!("../../../../tests/document/answers.html"),
    "<html><head><link rel=next href=a_2.html><base href='/2024/'></head><body><h1>大雨过后</h1>\n<p>昨天夜里下了一场大雨，\
     街道都成了河。</p>\n<a href=a.html>上一页</a> <a href='a_2.html'>2</a> <a href=\"a_3.html#x\">【3】</a>\n<a href=a_2.html>下一页</a></body></html>",
    "1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>昨天夜里下了雨，</i>\r\n\r\n2\r\n00:00:02,500 --> 00:00:04,000\r\n街道都成了河。\r\n",
    "WEBVTT\n\nNOTE 雨\n\n00:01.000 --> 00:02.000 align:start\n<v 王奶奶><ruby>银行<rt>yínháng</rt></ruby>关门了。\n\n\
     00:02.000 --> 00:03.000\n我们回家吧。\n",
    "[Script Info]\nTitle: 雨\n[Events]\nFormat: Layer, Start, End, Style, Text\nDialogue: 0,0:00:01.00,0:00:02.00,D,{\\an8}昨天夜里\\N下了雨。\n\
     Dialogue: 0,0:00:02.00,0:00:03.00,D,{\\p1}m 0 0 l 1 1{\\p0}街道都成了河。\n",
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://news.example/1.html\r\nMIME-Version: 1.0\r\nContent-Type: \
     multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--b\"\r\n\r\n----b\r\nContent-Type: text/html; charset=\"utf-8\"\r\n\
     Content-Transfer-Encoding: quoted-printable\r\n\r\n<h1>大雨=E8=BF=87后</h1>=\r\n<p>昨天夜里下了雨。</p>\r\n----b--\r\n",
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">\n<channel>\
     <title>小城新闻</title>\n<item><title>大雨过后</title><link>https://news.example/1.html</link><author>a@b.example (王某)</author>\n\
     <pubDate>Mon, 06 May 2024 10:30:00 +0800</pubDate><guid>1</guid>\n<content:encoded><![CDATA[<p>昨天夜里下了雨。</p>]]></content:encoded>\
     </item>\n</channel></rss>",
    "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>小城</title><id>x</id><updated>2024-05-06T08:00:00Z</updated>\n<entry><id>urn:1</id>\
     <title>大雨</title><updated>2024-05-06T08:00:00Z</updated><link href=\"/e.html\"/>\n<content type=\"html\">&lt;p&gt;昨天下了雨。&lt;/p&gt;\
     </content></entry></feed>",
    "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"小城\", \"items\": [\n{\"id\": \"1\", \"url\": \"https://news.example/1\", \
     \"content_text\": \"昨天下了雨。\", \"date_published\": \"2024-05-06T08:00:00Z\"}]}",
];

/// The files of a book.
const BOOK: &[(&str, &str)] = &[
    (
        "META-INF/container.xml",
        "<?xml version=\"1.0\"?><container><rootfiles>\n<rootfile full-path=\"O/book.opf\"/></rootfiles></container>",
    ),
    (
        "O/book.opf",
        "<package version=\"3.0\"><metadata><dc:title>小城故事</dc:title><dc:creator>王某</dc:creator></metadata>\n<manifest>\n\
         <item id=\"nav\" href=\"nav.xhtml\" properties=\"nav\" media-type=\"application/xhtml+xml\"/>\n\
         <item id=\"ncx\" href=\"toc.ncx\" media-type=\"application/x-dtbncx+xml\"/>\n\
         <item id=\"a\" href=\"a_split_000.html\" media-type=\"application/xhtml+xml\"/>\n\
         <item id=\"b\" href=\"a_split_001.html\" media-type=\"application/xhtml+xml\"/>\n\
         <item id=\"c\" href=\"c.html\" media-type=\"application/xhtml+xml\"/>\n</manifest>\n<spine toc=\"ncx\"><itemref idref=\"a\"/>\n\
         <itemref idref=\"b\"/>\n<itemref idref=\"c\"/></spine></package>",
    ),
    (
        "O/nav.xhtml",
        "<html><body><nav epub:type=\"toc\"><ol>\n<li><a href=\"a_split_000.html#甲\">第一章</a><ol>\n<li><a href=\"a_split_000.html#b\">第一节</a></li>\
         </ol></li>\n<li><a href=\"c.html\">第二章</a></li>\n<li><a href=\"c.html#%E4%B9%99\">第三章</a></li></ol></nav></body></html>",
    ),
    (
        "O/toc.ncx",
        "<ncx><navMap><navPoint><navLabel><text>第一章</text></navLabel><content src=\"a_split_000.html\"/>\n<navPoint><navLabel><text>第一节\
         </text></navLabel><content src=\"a_split_000.html#b\"/></navPoint></navPoint></navMap></ncx>",
    ),
    (
        "O/a_split_000.html",
        "<?xml version=\"1.0\"?>\n<html><body>\n<div><h1><a id=\"甲\"/>第一章</h1>\n<p id='b'>昨天夜里下了雨。</p></div></body></html>",
    ),
    (
        "O/a_split_001.html",
        "<html><body><p>街道都成了河。</p>\n<h2>夜里</h2><p>大家都没有睡。</p></body></html>",
    ),
    (
        "O/c.html",
        "<html><BODY class=\"x\">\n<h1>第二章</h1><p>今天雨停了。</p>\n<div id=\"乙\">\n<h2>第三章</h2><p>孩子们去上学。</p></div></BODY></html>",
    ),
];

/// A text of some form, or a book, with changes.
pub(super) fn form(rng: &mut Rng, _: &World) -> Vec<u8> {
    let bytes = if rng.u8(..3) == 0 {
        book(rng).unwrap_or_default()
    } else {
        let base = rng.choice(TEXTS).copied().unwrap_or_default();
        changed(rng, base).into_bytes()
    };
    if rng.u8(..6) == 0 { grow::bytes(rng, &bytes) } else { bytes }
}

/// Some lines of a text changed, the rest as it was.
fn changed(rng: &mut Rng, base: &str) -> String {
    let lines: Vec<&str> = base.split('\n').collect();
    let (one, two) = (rng.usize(..=lines.len()), rng.usize(..=lines.len()));
    let (from, to) = (one.min(two), one.max(two));
    let middle = grow::text(rng, &lines[from..to].join("\n"));
    [&lines[..from].join("\n"), "\n", &middle, "\n", &lines[to..].join("\n")].concat().trim_start().to_owned()
}

fn book(rng: &mut Rng) -> Option<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in BOOK {
        let text = match rng.u8(..8) {
            0 => continue,
            1..4 => changed(rng, text),
            _ => (*text).to_owned(),
        };
        zip.start_file(*name, SimpleFileOptions::default()).ok()?;
        zip.write_all(text.as_bytes()).ok()?;
    }
    Some(zip.finish().ok()?.into_inner())
}

/// Whatever the bytes are, articles come out of them that hide nothing, or words that say why not.
pub(super) fn check(input: &[u8], _: &World) -> Result<(), String> {
    let url = Url::parse("https://news.example/2024/a.html").map_err(|error| error.to_string())?;
    let mut raws = Vec::new();
    match read(&Input::Stdin, &mut &input[..], None) {
        Ok(read) => raws.extend(read),
        Err(SourceError::Form(_, Fault::Panic(form))) => {
            return Err(format!("the reader of {form} panicked"));
        }
        Err(error) => law(!error.hint().is_empty(), || format!("no hint: {error}"))?,
    }
    if let Ok(feed) = feed::parse(input, None, &url) {
        law(feed.items.iter().all(|item| !item.key.is_empty()), || "an item without a name".to_owned())?;
        raws.extend(feed.items.iter().filter_map(|item| item.article(&url)));
    }
    let html = String::from_utf8_lossy(input);
    if let Some(next) = document::next_page(&html, &url, &url) {
        let is_page = document::number(&url, &next).is_some() && next != url;
        law(is_page && next.host() == url.host(), || format!("{next} is no page of {url}"))?;
    }
    let texts: Vec<String> = raws.into_iter().map(|raw| raw.text).collect();
    let several = document::pages(&texts);
    for raw in texts.iter().chain((texts.len() > 1).then_some(&several)) {
        let article = document::clean(raw);
        for line in article.title.iter().chain(&article.paragraphs) {
            shows_all(&line.text)?;
        }
        let lines = article.paragraphs.iter().map(|line| line.line);
        law(lines.is_sorted(), || "paragraphs are not in their order".to_owned())?;
    }
    Ok(())
}
