//! `feed`: what is followed, what is new in it, and what of it can be read now; of a site that behaves, and of one that
//! does not.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

use crate::support::Home;
use crate::support::server::{Server, page, send};

/// A body without hard words, and one with many.
const EASY: &str = "他在学校看书。学生在学校看书。";
const HARD: &str = "市政府公布夜间图书馆修缮规划，工程师检修机器人与锅炉。";

fn rss(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">
<channel><title>城市新闻</title><link>http://news.example/</link><description>x</description>{items}</channel></rss>"
    )
}

fn item(title: &str, link: &str, body: Option<&str>) -> String {
    let body = body.map(|body| format!("<content:encoded><![CDATA[<p>{body}</p>]]></content:encoded>"));
    format!(
        "<item><title>{title}</title><link>{link}</link><description>摘要</description>{}</item>",
        body.unwrap_or_default()
    )
}

fn html(title: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title></head><body><h1>{title}</h1><p>{body}</p></body></html>"
    )
}

/// A site with feeds, and how many items its first one has.
fn site() -> (Server, Arc<AtomicUsize>) {
    let items = Arc::new(AtomicUsize::new(3));
    let count = Arc::clone(&items);
    let server = Server::new(move |request, stream| {
        let link = |path: &str| format!("{}{path}", request.server);
        match request.path.as_str() {
            "/rss.xml" => {
                let all = [
                    item("甲", &link("/a.html"), Some(EASY)),
                    item("乙", &link("/b.html"), None),
                    item("丙", &link("/closed/c.html"), None),
                    item("丁", &link("/d.html"), Some("学生去公司上班。")),
                ];
                page(stream, "application/rss+xml", rss(&all[..count.load(Ordering::Relaxed)].concat()).as_bytes())
            }
            "/b.html" => page(stream, "text/html", html("乙的标题", HARD).as_bytes()),
            "/robots.txt" => page(stream, "text/plain", b"User-agent: *\nDisallow: /closed/\n"),
            "/atom.xml" => page(
                stream,
                "application/atom+xml",
                "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>原子</title><id>x</id><updated>2026-11-30T08:00:00Z</updated>
<entry><id>urn:1</id><title>戊</title><updated>2026-11-30T08:00:00Z</updated><link href=\"/e.html\"/>
<content type=\"html\">&lt;p&gt;老师在学校教书，学生在学校看书。&lt;/p&gt;</content></entry></feed>"
                .as_bytes(),
            ),
            "/feed.json" => page(
                stream,
                "application/feed+json",
                serde_json::json!({"version": "https://jsonfeed.org/version/1.1", "title": "杰森", "items": [
                    {"id": "1", "url": link("/f.html"), "title": "己", "content_text": "今天下雨，我在家看电视。"}]})
                .to_string()
                .as_bytes(),
            ),
            "/gbk.xml" => {
                let text = rss(&item("庚", &link("/g.html"), Some("昨天我们去公园，公园里有很多花。")))
                    .replace("\"utf-8\"", "\"gb2312\"");
                page(stream, "text/xml", &encoding_rs::GBK.encode(&text).0)
            }
            "/tagged.xml" => {
                if request.head.contains("if-none-match: \"v1\"") && request.head.contains("if-modified-since: Mon") {
                    return send(stream, "304 Not Modified", "", b"");
                }
                let body = rss(&item("辛", &link("/h.html"), Some("我们在家看电视，电视很好看。")));
                send(stream, "200 OK", "ETag: \"v1\"\r\nLast-Modified: Mon, 30 Nov 2026 08:00:00 GMT\r\nContent-Type: text/xml\r\n", body.as_bytes())
            }
            "/author.xml" => {
                let text = rss("<item><title>壬</title><author>张三（a@b.com）李四</author><guid>1</guid></item>");
                page(stream, "text/xml", text.as_bytes())
            }
            "/nonsense.xml" => page(stream, "text/xml", "<rss><channel><item>新闻".as_bytes()),
            "/deep.xml" => page(stream, "text/xml", rss(&"<a>".repeat(200_000)).as_bytes()),
            "/entities.xml" => page(
                stream,
                "text/xml",
                "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]><rss version=\"2.0\"><channel><title>&b;</title></channel></rss>".as_bytes(),
            ),
            "/news/" => page(
                stream,
                "text/html",
                "<html><head><link rel=stylesheet type=text/css href=x.css><link rel='Alternate' type='application/rss+xml; charset=utf-8' title=RSS \
                 href='../atom.xml'></head><body><link rel=alternate type=application/rss+xml href=/rss.xml></body></html>"
                    .as_bytes(),
            ),
            "/loop/" => page(
                stream,
                "text/html",
                b"<html><head><link rel=alternate type=application/rss+xml href=/loop/></head></html>",
            ),
            _ => send(stream, "404 Not Found", "", b""),
        }
    });
    (server, items)
}

fn titles(news: &Value) -> Vec<&str> {
    news["articles"]
        .as_array()
        .expect("articles")
        .iter()
        .map(|row| row["title"].as_str().expect("a title"))
        .collect()
}

#[test]
fn what_is_new_is_added_once_and_ranked_by_how_much_of_it_is_known() {
    let (home, (site, items)) = (Home::new(), site());
    home.ok(["mark", "known", "甲", "他", "在", "学校", "看书", "学生"]);
    let said = home.ok(["feed", "add", "--allow-private", &site.url("/rss.xml")]);
    assert!(said.contains("城市新闻") && said.contains("not yet fetched"), "{said}");
    let said = home.run(["feed", "fetch", "--allow-private"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.contains("the next one that you can read (95 %): "), "{said:?}");
    assert!(said.err.contains("robots.txt"), "{said:?}");
    let asked = site.asked();
    assert!(
        asked.iter().all(|head| !head.contains("/closed/") && !head.contains("GET /a.html")),
        "{asked:?}"
    );

    let news = home.json(["feed", "fetch", "--allow-private"]);
    assert!(titles(&news).is_empty() && news["next"].is_null(), "{news}");
    items.store(4, Ordering::Relaxed);
    let news = home.json(["feed", "fetch", "--allow-private"]);
    assert_eq!(titles(&news), ["丁"]);
    let list = home.json(["feed", "list"]);
    assert_eq!((&list[0]["articles"], &list[0]["title"]), (&3.into(), &"城市新闻".into()));
    let articles = home.json(["articles"]);
    let articles = articles.as_array().expect("articles");
    assert_eq!(articles.len(), 3);
    let origins: Vec<&str> = articles.iter().filter_map(|row| row["origin"].as_str()).collect();
    assert_eq!(origins, ["/a.html", "/b.html", "/d.html"].map(|path| site.url(path)));
    assert!(articles[0]["known"].as_f64() > articles[1]["known"].as_f64(), "{articles:?}");
}

#[test]
fn every_form_and_encoding_is_read_and_one_bad_feed_stops_no_other() {
    let (home, (site, _)) = (Home::new(), site());
    let good = ["/rss.xml", "/atom.xml", "/feed.json", "/gbk.xml", "/tagged.xml"].map(|path| site.url(path));
    let bad = ["/nonsense.xml", "/deep.xml", "/none.xml", "/b.html"].map(|path| site.url(path));
    let mut arguments = vec!["feed".to_owned(), "add".to_owned(), "--allow-private".to_owned()];
    arguments.extend(good.iter().chain(&bad).cloned());
    let said = home.run(&arguments);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(!said.err.contains("panicked"), "{said:?}");
    for words in ["it is no feed", "404", "it is a page"] {
        assert!(said.err.contains(words), "{words}: {said:?}");
    }
    let list = home.json(["feed", "list"]);
    let urls: Vec<&str> =
        list.as_array().expect("feeds").iter().filter_map(|row| row["url"].as_str()).collect();
    assert_eq!(urls, good);
    for (path, title) in [("/author.xml", "壬"), ("/entities.xml", "")] {
        let said = home.run(["feed", "add", "--allow-private", &site.url(path)]);
        assert!(matches!(said.code, Some(0 | 1)) && !said.err.contains("panicked"), "{title}: {said:?}");
    }
    let news = home.json(["feed", "fetch", "--allow-private"]);
    let mut found = titles(&news);
    found.sort_unstable();
    assert_eq!(found, ["乙的标题", "己", "庚", "戊", "甲", "辛"]);
    let before = site.asked().len();
    let news = home.json(["feed", "fetch", "--allow-private"]);
    assert!(titles(&news).is_empty(), "{news}");
    let again = &site.asked()[before..];
    assert!(again.iter().any(|head| head.contains("/tagged.xml") && head.contains("if-none-match: \"v1\"")));
}

/// As a browser's feed button does.
#[test]
fn the_address_of_a_site_leads_to_the_feed_that_its_page_names() {
    let (home, (site, _)) = (Home::new(), site());
    home.ok(["feed", "add", "--allow-private", &site.url("/news/")]);
    assert_eq!(home.json(["feed", "list"])[0]["url"], site.url("/atom.xml"));
    let said = home.run(["feed", "add", "--allow-private", &site.url("/loop/")]);
    assert!(said.code == Some(1) && said.err.contains("it is a page"), "{said:?}");
}

#[test]
fn feeds_are_dumped_loaded_and_removed_and_their_articles_stay() {
    let (home, (site, _)) = (Home::new(), site());
    home.ok(["feed", "add", "--allow-private", &site.url("/atom.xml")]);
    home.run(["feed", "fetch", "--allow-private"]);
    let dump = home.ok(["dump"]);
    assert!(dump.contains("\"feed\":{") && dump.contains("\"feed_item\":{"), "{dump}");
    home.file("d.jsonl", &dump);
    home.ok(["--library", "new.db", "load", "d.jsonl"]);
    assert_eq!(home.ok(["--library", "new.db", "dump"]), dump);
    home.ok(["--library", "new.db", "check"]);
    assert_eq!(home.json(["--library", "new.db", "feed", "list"]), home.json(["feed", "list"]));
    home.run(["feed", "remove", "2"]).is_failure("no feed is called 2");
    home.ok(["feed", "remove", "1"]);
    assert_eq!(home.json(["feed", "list"]).as_array().map(Vec::len), Some(0));
    assert_eq!(home.json(["articles"]).as_array().map(Vec::len), Some(1));
    home.run(["feed", "fetch"]).is_failure("no feed is followed");
    home.run(["feed", "add", "news.txt"]).is_failure("no web address");
    home.run(["feed", "add", &site.url("/atom.xml")]).is_failure("--allow-private");
}

#[test]
fn the_pages_that_follow_are_fetched_where_robots_txt_has_nothing_against_them() {
    let site = Server::new(|request, stream| {
        let foot = |to: &str| format!("</p><p><a href={to}>下一页</a>");
        match request.path.as_str() {
            "/rss.xml" => {
                let link = |path: &str| format!("{}{path}", request.server);
                let items =
                    [item("甲", &link("/a.html"), None), item("乙", &link("/closed/b.html"), None)].concat();
                page(stream, "application/rss+xml", rss(&items).as_bytes())
            }
            "/robots.txt" => page(stream, "text/plain", b"User-agent: *\nDisallow: /closed/*_\n"),
            "/a.html" => {
                page(stream, "text/html", html("甲的标题", &(EASY.to_owned() + &foot("a_2.html"))).as_bytes())
            }
            "/a_2.html" => page(stream, "text/html", html("甲的标题", HARD).as_bytes()),
            "/closed/b.html" => page(
                stream,
                "text/html",
                html("乙的标题", &(EASY.replace('他', "她") + &foot("b_2.html"))).as_bytes(),
            ),
            _ => send(stream, "404 Not Found", "", b""),
        }
    });
    let home = Home::new();
    home.ok(["feed", "add", "--allow-private", &site.url("/rss.xml")]);
    let said = home.run(["feed", "fetch", "--allow-private"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.err.contains("was put together from 2 pages"), "{said:?}");
    assert!(said.err.contains("its page 2 did not come") && said.err.contains("robots.txt"), "{said:?}");
    assert!(site.asked().iter().all(|head| !head.contains("/closed/b_2")));
    assert_eq!(home.json(["articles"]).as_array().map(Vec::len), Some(2));
    home.ok(["check"]);
}
