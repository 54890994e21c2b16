//! A feed as a list of items: RSS, Atom and JSON Feed, by `feed-rs`.
//!
//! Why the bytes are decoded here first: feeds of Chinese sites declare `gb2312` over UTF-8, and UTF-8 over GB18030, as
//! their pages do. Why its panics are caught: a reader that gives up over one feed must not take the others with it.

use feed_rs::model::{Content, Entry, Text};
use url::Url;

use super::caught::caught;
use super::web::WebFault;
use super::{Raw, kind};
use crate::document::{self, Origin};
use crate::hanzi;
use crate::text::decode;

/// A feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// Its own title.
    pub title: Option<String>,
    /// Its items in their order: most feeds have the newest first.
    pub items: Vec<Item>,
}

/// An item of a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// An identifier, unique in its feed.
    pub key: String,
    /// Its page.
    pub link: Option<Url>,
    /// Its title.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// When it was published, ISO 8601.
    pub published: Option<String>,
    /// The article, where the feed has all of it, as HTML.
    pub body: Option<String>,
}

/// The hanzi from which on a summary is an article; fewer are a taste of one.
const ARTICLE: usize = 200;

/// The longest name of an item that is kept, in characters.
const LONGEST_KEY: usize = 500;

/// The feed in `bytes`, which came from `url`. `charset` is the encoding that the server declares.
///
/// # Errors
/// When there is none in it.
pub fn parse(bytes: &[u8], charset: Option<&str>, url: &Url) -> Result<Feed, WebFault> {
    let no = |why: &str| WebFault::NoFeed(why.to_owned());
    let charset =
        charset.filter(|charset| !charset.to_ascii_lowercase().starts_with("utf")).map(str::to_owned);
    let declared = charset.or_else(|| kind::declared(bytes));
    let text = decode(bytes, declared.as_deref()).map_err(|_| no("it is no text"))?.text;
    if text.trim().is_empty() {
        return Err(WebFault::Empty);
    }
    let start: String = text.trim_start().chars().take(14).collect::<String>().to_ascii_lowercase();
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        return Err(no("it is a page"));
    }
    // The declaration has been heard, and may be untrue now.
    let text = text.trim_start();
    let text = match text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")) {
        Some((_, rest)) => rest.trim_start(),
        None => text,
    };
    let read = || {
        let parser = feed_rs::parser::Builder::new()
            .base_uri(Some(url.as_str()))
            // Of what has none, one is made here, and the same each time.
            .id_generator(|_, _, _| String::new())
            .build();
        parser.parse(text.as_bytes())
    };
    let feed = caught(read).ok_or_else(|| no("the reader of feeds (feed-rs) fails over it"))?;
    let feed = feed.map_err(|error| no(&error.to_string()))?;
    Ok(Feed { title: feed.title.and_then(plain), items: feed.entries.into_iter().filter_map(item).collect() })
}

/// The address of the feed that a page names as its own (`<link rel="alternate">`, as the HTML standard has it, 4.6.7.1): what
/// a browser's feed button leads to. `bytes` came from `url`.
#[must_use]
pub fn named_by_page(bytes: &[u8], charset: Option<&str>, url: &Url) -> Option<Url> {
    let declared = charset.map(str::to_owned).or_else(|| kind::declared(bytes));
    let text = decode(bytes, declared.as_deref()).ok()?.text;
    let head = text.split_once("<body").map_or(text.as_str(), |(head, _)| head);
    // Tags that are nested too deep for a page are too deep for its head.
    document::page(head)?;
    let page = dom_query::Document::from(head);
    let links = page.select("link[rel][type][href]");
    let feed = links.iter().find(|link| {
        let has = |name: &str, value: &str| {
            let given = link.attr(name).unwrap_or_default().to_ascii_lowercase();
            given.split([' ', '\t', '\n', ';']).any(|word| word == value)
        };
        has("rel", "alternate") && FEEDS.iter().any(|kind| has("type", kind))
    })?;
    url.join(feed.attr("href")?.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"))
}

/// The media types of feeds.
const FEEDS: &[&str] = &["application/rss+xml", "application/atom+xml", "application/feed+json"];

fn item(entry: Entry) -> Option<Item> {
    let is_page = |link: &&feed_rs::model::Link| {
        link.rel.as_deref().is_none_or(|rel| rel == "alternate")
            && link.media_type.as_deref().is_none_or(|kind| kind.contains("html"))
    };
    let link = entry.links.iter().find(is_page).and_then(|link| Url::parse(&link.href).ok());
    let title = entry.title.and_then(plain);
    let summary = entry.summary.map(|text| markup(&text.content, &text.content_type.essence().to_string()));
    let content = entry.content.and_then(content).filter(|body| hanzi::count(body) > 0);
    let is_article = |text: &String| hanzi::count(text) >= if link.is_some() { ARTICLE } else { 1 };
    let body = content.or_else(|| summary.filter(is_article));
    let named = [Some(entry.id), link.as_ref().map(Url::to_string), title.clone(), body.clone()];
    let named = named.into_iter().flatten().map(|name| name.trim().replace('\0', ""));
    let key =
        named.map(|name| name.chars().take(LONGEST_KEY).collect::<String>()).find(|key| !key.is_empty())?;
    Some(Item {
        body,
        key,
        link,
        title,
        author: entry
            .authors
            .into_iter()
            .map(|person| person.name.trim().to_owned())
            .find(|name| !name.is_empty()),
        published: entry.published.or(entry.updated).map(|at| at.to_rfc3339()),
    })
}

fn content(content: Content) -> Option<String> {
    content.body.map(|body| markup(&body, &content.content_type.essence().to_string()))
}

/// A text of a media type as HTML. Many a feed says `text/plain` and means HTML.
fn markup(text: &str, kind: &str) -> String {
    if kind != "text/plain" || text.contains("</") || text.contains("<br") {
        return text.to_owned();
    }
    text.lines().map(|line| format!("<p>{}</p>\n", escaped(line))).collect()
}

/// A title, in one line.
fn plain(text: Text) -> Option<String> {
    let line = text.content.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then(|| line.replace('\0', ""))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

impl Item {
    /// The article that stands in the feed itself; `feed` is its address.
    #[must_use]
    pub fn article(&self, feed: &Url) -> Option<Raw> {
        let body = self.body.as_deref()?;
        let meta = |name: &str, value: &Option<String>| {
            let line = |value: &String| format!("<meta name=\"{name}\" content=\"{}\">\n", escaped(value));
            value.as_ref().map(line).unwrap_or_default()
        };
        let title = escaped(self.title.as_deref().unwrap_or_default());
        let page = format!(
            "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">\n<title>{title}</title>\n{}{}</head>\n<body><article>\n<h1>{title}</h1>\n{body}\n</article></body></html>\n",
            meta("author", &self.author),
            meta("article:published_time", &self.published),
        );
        let address = self.link.clone().unwrap_or_else(|| {
            let mut address = feed.clone();
            address.set_fragment(Some(&self.key));
            address
        });
        let text = document::page(&page)?;
        text.chars().any(hanzi::is_hanzi).then(|| Raw {
            text,
            origin: Origin::Web(address.into()),
            notes: Vec::new(),
        })
    }
}
