//! A site on this computer, for the commands that fetch: a feed, and the pages that it leads to.

use std::sync::OnceLock;

use crate::support::server::{Server, page, send};

/// The text that stands for the site's address in the arguments of a command.
const NAME: &str = "http://site";

/// An argument with the site's address in it.
pub fn given(argument: &str) -> String {
    match argument.strip_prefix(NAME) {
        Some(path) => site().url(path),
        None => argument.to_owned(),
    }
}

fn site() -> &'static Server {
    static SITE: OnceLock<Server> = OnceLock::new();
    SITE.get_or_init(|| {
        Server::new(|request, stream| {
            let html = |number: u32, foot: &str| {
                let text = format!("学生{number}在学校看书，老师{number}坐火车去公园，公园里有很多花。");
                format!(
                    "<!DOCTYPE html><html><head><meta charset=utf-8><title>新闻{number}</title></head><body><h1>新闻{number}</h1>\
                     <p>{}</p>{foot}</body></html>",
                    text.repeat(3)
                )
            };
            let kept = "Content-Type: text/html\r\nETag: \"1\"\r\n";
            match request.path.as_str() {
                "/rss.xml" | "/more.xml" => {
                    let item = |number: u32| {
                        let link = format!("{}/{number}.html", request.server);
                        format!("<item><title>新闻{number}</title><link>{link}</link><description>摘要</description></item>")
                    };
                    let items: String = (1..5).map(item).collect();
                    let text = format!(
                        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>城市新闻</title>{items}</channel></rss>"
                    );
                    page(stream, "application/rss+xml", text.as_bytes())
                }
                "/4.html" => send(stream, "200 OK", kept, html(4, "<a href=4_2.html>下一页</a>").as_bytes()),
                "/4_2.html" => send(stream, "200 OK", kept, html(4, "<p>后来他们都回家了，第二天又去。</p>").as_bytes()),
                path => match path.trim_start_matches('/').trim_end_matches(".html").parse() {
                    Ok(number) => send(stream, "200 OK", kept, html(number, "").as_bytes()),
                    Err(_) => send(stream, "404 Not Found", "", b""),
                },
            }
        })
    })
}
