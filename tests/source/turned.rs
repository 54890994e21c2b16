//! An article on several pages: put together from all of them, and kept whatever becomes of those that follow.

use shengci::document::{Document, clean};
use shengci::source::web::Limits;
use shengci::source::{Raw, Web, gather, read};

use crate::support::server::{Server, page, send};

const LIMITS: Limits = Limits {
    connect: std::time::Duration::from_secs(5),
    whole: std::time::Duration::from_secs(60),
    bytes: 100_000,
    redirects: 5,
};

/// The paragraphs of page `number` of an article.
fn paragraph(number: usize) -> String {
    format!("这是第{number}页的正文，市图书馆的夜间阅览室正式开放，有{number}个学生在这里看书，馆长很高兴。")
}

const LEAD: &str = "本报记者昨天去看了市图书馆的夜间阅览室，写下了这篇长文。";

fn html(title: &str, number: usize, foot: &str) -> String {
    format!(
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}_小城网</title></head><body><h1>{title}</h1>\n\
         <div id=content><p>{LEAD}</p><p>{}</p></div><div class=pages>{foot}</div></body></html>",
        paragraph(number)
    )
}

/// A site with articles on several pages: `/KIND/a.html`, `/KIND/a_2.html` and so on.
fn site() -> Server {
    Server::new(|request, stream| {
        let (kind, file) = request.path[1..].split_once('/').unwrap_or_default();
        let number = file.trim_start_matches("a_").trim_end_matches(".html").parse().unwrap_or(1);
        let link = |to: usize, text: &str| format!("<a href=\"a_{to}.html\">{text}</a>");
        let on = link(number + 1, "下一页");
        let title = "图书馆夜间开放";
        let (title, foot) = match (kind, number) {
            ("named", 1..3) | ("endless", _) => (title.to_owned(), on),
            ("named", _) => {
                (title.to_owned(), "<a href=a.html>上一页</a><a href=a_3.html>下一页</a>".to_owned())
            }
            ("numbered", 1..4) => {
                let row: String = (1..5).map(|to| link(to, &format!("【{to}】"))).collect();
                (format!("{title}({number})"), row)
            }
            ("circle", _) => {
                (title.to_owned(), format!("{}<a href=a.html>下一页</a>", link(3 - number, "下一页")))
            }
            ("other", 2) => ("河水涨了".to_owned(), String::new()),
            ("same", _) => return page(stream, "text/html", html(title, 1, &on).as_bytes()),
            ("missing", 3) => return send(stream, "404 Not Found", "", b""),
            ("moved", 2) => return send(stream, "302 Found", "Location: /index.html\r\n", b""),
            ("large", 2) => return page(stream, "text/html", &[b'a'; 200_000]),
            ("picture", 2) => return page(stream, "image/png", b"x"),
            ("abroad", 1) => {
                (title.to_owned(), "<a href=http://127.0.0.1:1/abroad/a_2.html>下一页</a>".to_owned())
            }
            (_, 1..3) => (title.to_owned(), on),
            _ => (title.to_owned(), String::new()),
        };
        page(stream, "text/html", html(&title, number, &foot).as_bytes())
    })
}

fn fetch(url: &str) -> (Raw, Document) {
    let input = gather(&[url]).expect("an address").remove(0);
    let web = Web::within(LIMITS, true);
    let raw = read(&input, &mut std::io::empty(), Some(&web)).expect("a page").remove(0);
    let article = clean(&raw.text);
    (raw, article)
}

/// That an article has these pages, each once.
fn has(article: &Document, pages: impl Iterator<Item = usize>) {
    let wanted: Vec<String> = [LEAD.to_owned()].into_iter().chain(pages.map(paragraph)).collect();
    let found: Vec<&str> = article.paragraphs.iter().map(|one| one.text.as_str()).collect();
    assert_eq!(found, wanted);
}

#[test]
fn the_pages_of_an_article_are_one_article() {
    let site = site();
    let (raw, article) = fetch(&site.url("/named/a.html"));
    has(&article, 1..=3);
    assert_eq!(article.title.as_ref().map(|title| title.text.as_str()), Some("图书馆夜间开放"));
    assert_eq!(raw.origin.to_string(), site.url("/named/a.html"));
    assert!(raw.notes.iter().any(|note| note == "was put together from 3 pages"), "{:?}", raw.notes);
    assert_eq!(site.asked().len(), 3, "each once");
    let (_, article) = fetch(&site.url("/numbered/a.html"));
    has(&article, 1..=4);
    // Whoever gives the second page has the article from there on.
    let (_, article) = fetch(&site.url("/named/a_2.html"));
    has(&article, 2..=3);
    // With nothing cut all pages are there, too.
    let (raw, _) = fetch(&site.url("/named/a.html"));
    let whole = clean(&raw.uncut().text).text();
    assert!((1..=3).all(|number| whole.contains(&paragraph(number))), "{whole}");
}

#[test]
fn what_is_no_page_of_the_article_is_not_taken_for_one() {
    let site = site();
    for kind in ["other", "same", "moved", "abroad"] {
        let (raw, article) = fetch(&site.url(&format!("/{kind}/a.html")));
        has(&article, 1..=1);
        assert_eq!(raw.notes, Vec::<String>::new(), "{kind}");
    }
    let before = site.asked().len();
    let (_, article) = fetch(&site.url("/circle/a.html"));
    has(&article, 1..=2);
    assert_eq!(site.asked().len() - before, 2);
}

#[test]
fn a_page_that_does_not_come_costs_none_before_it() {
    let site = site();
    for (kind, pages, why) in
        [("missing", 2, "404"), ("large", 1, "larger than"), ("picture", 1, "a picture")]
    {
        let (raw, article) = fetch(&site.url(&format!("/{kind}/a.html")));
        has(&article, 1..=pages);
        let note = raw.notes.first().expect("a note");
        let named = site.url(&format!("/{kind}/a_{}.html", pages + 1));
        assert!(note.contains(why) && note.contains(&named), "{note}");
        assert!(note.starts_with(&format!("its page {} did not come", pages + 1)), "{note}");
    }
    let before = site.asked().len();
    let (raw, article) = fetch(&site.url("/endless/a.html"));
    has(&article, 1..=20);
    assert_eq!(site.asked().len() - before, 20);
    assert!(
        raw.notes[0].contains("goes on, after 20 pages") && raw.notes[0].contains("a_21.html"),
        "{:?}",
        raw.notes
    );
}
