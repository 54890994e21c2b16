//! Feeds: what is followed, and what is new in it.
//!
//! Feeds are asked several at a time, each in a thread of its own, and nothing is locked meanwhile. What is new is added
//! in the order of the feeds, and only then it is recorded that it was looked at: a command that is stopped in between looks
//! again, and an article that is there already is counted once. **Invariant**: one feed that fails stops no other.

use std::collections::{BTreeSet, HashMap};
use std::sync::mpsc;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use url::Url;

use super::add::{self, Texts};
use super::report::Ranked;
use super::rows::time;
use super::{Failure, Library, Listener};
use crate::source::feed::{self, Item};
use crate::source::web::{self, Asked, Fetched, Version, Wanted, WebFault};
use crate::source::{self, Raw, Robots, SourceError, Web};
use crate::store::{Followed, Had, Outcome, Selection};

/// The number of feeds that are asked at once.
const AT_ONCE: usize = 8;

/// The most new items of a feed that are taken at a time, the newest first; the rest waits for the next time.
const MOST: usize = 50;

/// The percentage of a text that has to be known to read it with ease.
pub const READABLE: f64 = 95.0;

/// A feed that is followed: a row of `feed list --json`.
#[derive(Debug, Serialize)]
pub struct FeedRow {
    /// Its number.
    pub id: i64,
    /// The feed's own title.
    pub title: Option<String>,
    /// Its address.
    pub url: String,
    /// How many articles of the library came from it.
    pub articles: u32,
    /// Since when it is followed.
    pub added: String,
    /// When it was fetched last.
    pub fetched: Option<String>,
}

/// A feed, or an item of one, that did not come.
#[derive(Debug, Serialize)]
pub struct FailedRow {
    /// Its address.
    pub url: String,
    /// The reason.
    pub error: String,
    /// The advice.
    pub hint: String,
    /// Whether it was a feed; else an item of one.
    pub is_feed: bool,
}

/// The news of the feeds, as `feed fetch --json` prints it.
#[derive(Debug, Serialize)]
pub struct News {
    /// The articles that are new, the most readable first.
    pub articles: Vec<Ranked>,
    /// The one to read next: the hardest of those of which so much is known that it can be read with ease.
    pub next: Option<i64>,
    /// How many feeds were asked.
    pub feeds: usize,
    /// The items and feeds that could not be fetched.
    pub failed: Vec<FailedRow>,
}

impl FeedRow {
    fn new(feed: &Followed) -> Self {
        Self {
            id: feed.id,
            title: feed.title.clone(),
            url: feed.url.clone(),
            articles: feed.articles,
            added: time(feed.added),
            fetched: feed.fetched.map(time),
        }
    }
}

impl FailedRow {
    fn new(error: &SourceError, url: &str, is_feed: bool) -> Self {
        Self { url: url.to_owned(), error: error.to_string(), hint: error.hint().to_owned(), is_feed }
    }
}

impl Library {
    /// The feeds that are followed.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn feeds(&self) -> Result<Vec<FeedRow>, Failure> {
        Ok(self.store.feeds()?.iter().map(FeedRow::new).collect())
    }

    /// Follows feeds no more, by number, address or title; those are given.
    ///
    /// # Errors
    /// When one of them is followed by none of these: then all stay.
    pub fn unfollow(&mut self, named: &[String]) -> Result<Vec<FeedRow>, Failure> {
        let feeds = self.store.feeds()?;
        let find = |name: &String| {
            let is_it = |feed: &&Followed| {
                feed.id.to_string() == *name || feed.url == *name || feed.title.as_ref() == Some(name)
            };
            feeds.iter().find(is_it).ok_or_else(|| {
                Failure::new(format!("no feed is called {name}"))
                    .hint("`shengci feed list` has their numbers and addresses")
            })
        };
        let found = named.iter().map(find).collect::<Result<Vec<_>, _>>()?;
        self.store.unfollow(&found.iter().map(|feed| feed.id).collect::<Vec<_>>())?;
        Ok(found.into_iter().map(FeedRow::new).collect())
    }

    /// Follows the feeds that are found at these addresses.
    ///
    /// # Errors
    /// When the library can't be written.
    pub fn follow(&mut self, found: &[(String, Option<String>)]) -> Result<Vec<FeedRow>, Failure> {
        self.store.follow(found, self.now)?;
        let feeds = self.store.feeds()?;
        let is_named = |feed: &&Followed| found.iter().any(|(url, _)| *url == feed.url);
        Ok(feeds.iter().filter(is_named).map(FeedRow::new).collect())
    }

    /// Asks all feeds that are followed for what is new, and adds it.
    ///
    /// # Errors
    /// When no feed is followed, or the library can't be read or written.
    pub fn fetch_feeds(&mut self, web: &Web, listener: &mut dyn Listener) -> Result<News, Failure> {
        let feeds = self.store.feeds()?;
        if feeds.is_empty() {
            return Err(Failure::new("no feed is followed yet").hint("follow one: shengci feed add URL"));
        }
        let mut asked = Vec::with_capacity(feeds.len());
        for feed in feeds {
            let seen = self.store.feed_items(feed.id)?;
            asked.push((feed, seen));
        }
        let answers = at_once(&asked, |(feed, seen)| news_of(feed, seen, web), listener);
        let (mut failed, mut had, mut raws) = (Vec::new(), Vec::new(), Vec::new());
        for ((feed, _), answer) in asked.iter().zip(answers) {
            match answer {
                Ok(answer) => {
                    failed.extend(answer.failed);
                    let places = raws.len()..raws.len() + answer.articles.len();
                    let (keys, articles): (Vec<_>, Vec<_>) = answer.articles.into_iter().unzip();
                    raws.extend(articles);
                    had.push((feed.id, answer.had, keys.into_iter().zip(places).collect::<Vec<_>>()));
                    if answer.waiting > 0 {
                        listener.note(&format!(
                            "{}: {} more wait for the next `feed fetch`",
                            feed.url, answer.waiting
                        ));
                    }
                }
                Err(error) => failed.push(FailedRow::new(&error, &feed.url, true)),
            }
        }
        let taken =
            if raws.is_empty() { Vec::new() } else { add::add(Texts::of(raws, web), self, listener)? };
        let had: Vec<(i64, Had)> = had
            .into_iter()
            .map(|(feed, mut had, keys)| {
                let article = |place: usize| taken.get(place).map(|taken| taken.added.article);
                had.items.extend(keys.into_iter().map(|(key, place)| (key, article(place))));
                (feed, had)
            })
            .collect();
        self.store.record_feeds(&had, self.now)?;
        let is_new = |outcome| matches!(outcome, Outcome::New | Outcome::Edited);
        let ids: BTreeSet<i64> =
            taken.iter().filter(|one| is_new(one.added.outcome)).map(|one| one.added.article).collect();
        let articles = match ids.len() {
            0 => Vec::new(),
            count => self.ranked(&Selection::Ids(ids.into_iter().collect()), count)?.rows,
        };
        let next = articles.iter().rfind(|row| row.coverage >= READABLE).map(|row| row.id);
        Ok(News { next, articles, feeds: asked.len(), failed })
    }
}

/// The feeds at these addresses, or that the pages at them name as theirs, with what they call themselves; and the addresses
/// that lead to none.
pub fn find(
    urls: &[String],
    web: &Web,
    listener: &mut dyn Listener,
) -> (Vec<(String, Option<String>)>, Vec<FailedRow>) {
    let look = |url: &String| {
        let fault = |fault| SourceError::Web(url.clone(), fault);
        let parsed = web::named(url).unwrap_or(Err(WebFault::NoAddress)).map_err(fault)?;
        let fetched = ask(&parsed, Version::default(), web)?;
        let error = match contents(&fetched, &parsed) {
            Ok(feed) => return Ok((parsed.to_string(), feed.title)),
            Err(error) => error,
        };
        // The address of a site will do, where its page says which feed is its own.
        let bytes = fetched.bytes.as_deref().unwrap_or_default();
        let named = feed::named_by_page(bytes, fetched.charset.as_deref(), &fetched.url).ok_or(error)?;
        let title = contents(&ask(&named, Version::default(), web)?, &named)?.title;
        Ok((named.to_string(), title))
    };
    let (mut found, mut failed) = (Vec::new(), Vec::new());
    for (url, looked) in urls.iter().zip(at_once(urls, look, listener)) {
        match looked {
            Ok(feed) => found.push(feed),
            Err(error) => failed.push(FailedRow::new(&error, url, true)),
        }
    }
    (found, failed)
}

/// The answer of one feed.
struct Answer {
    had: Had,
    articles: Vec<(String, Raw)>,
    failed: Vec<FailedRow>,
    /// New items that were not looked at yet.
    waiting: usize,
}

fn ask(url: &Url, version: Version, web: &Web) -> Result<Fetched, SourceError> {
    let asked = Asked { wanted: Wanted::Feed, version };
    web.fetch(url, &asked).map_err(|fault| SourceError::Web(url.to_string(), fault))
}

fn contents(fetched: &Fetched, url: &Url) -> Result<feed::Feed, SourceError> {
    let bytes = fetched.bytes.as_deref().unwrap_or_default();
    feed::parse(bytes, fetched.charset.as_deref(), &fetched.url)
        .map_err(|fault| SourceError::Web(url.to_string(), fault))
}

/// Asks a feed, and fetches those of its new items that it has not itself.
fn news_of(followed: &Followed, seen: &BTreeSet<String>, web: &Web) -> Result<Answer, SourceError> {
    let url =
        Url::parse(&followed.url).map_err(|_| SourceError::Web(followed.url.clone(), WebFault::NoAddress))?;
    let (tag, modified) = followed.version.clone();
    let fetched = ask(&url, Version { tag, modified }, web)?;
    let version = (fetched.version.tag.clone(), fetched.version.modified.clone());
    if fetched.bytes.is_none() {
        let had = Had { version: followed.version.clone(), ..Had::default() };
        return Ok(Answer { had, articles: Vec::new(), failed: Vec::new(), waiting: 0 });
    }
    let feed = contents(&fetched, &url)?;
    let mut met = BTreeSet::new();
    let mut new: Vec<Item> = feed.items;
    new.retain(|item| !seen.contains(&item.key) && met.insert(item.key.clone()));
    let waiting = new.len().saturating_sub(MOST);
    new.truncate(MOST);
    let mut answer = Answer {
        had: Had { title: feed.title, ..Had::default() },
        articles: Vec::new(),
        failed: Vec::new(),
        waiting,
    };
    let (mut sites, mut is_all) = (Sites::default(), waiting == 0);
    for item in new {
        match article(&item, &url, &mut sites, web) {
            Ok(raw) => answer.articles.push((item.key, raw)),
            Err(error) => {
                let link = item.link.as_ref().map_or(item.key.as_str(), Url::as_str);
                answer.failed.push(FailedRow::new(&error, link, false));
                // An item that may come another time is asked for again; one that never will is not.
                if may_come(&error) {
                    is_all = false;
                } else {
                    answer.had.items.push((item.key, None));
                }
            }
        }
    }
    // With its version the server would keep back what is still to be had.
    answer.had.version = if is_all { version } else { (None, None) };
    Ok(answer)
}

/// Whether what did not come may come another time.
fn may_come(error: &SourceError) -> bool {
    use WebFault as Fault;
    matches!(
        error,
        SourceError::Web(
            _,
            Fault::NoHost
                | Fault::Unreachable(_)
                | Fault::NoAnswer(_)
                | Fault::Slow(_)
                | Fault::CutOff
                | Fault::Status(429 | 500..)
        )
    )
}

/// The article of an item: out of the feed, or from its page.
fn article(item: &Item, feed: &Url, sites: &mut Sites, web: &Web) -> Result<Raw, SourceError> {
    if let Some(raw) = item.article(feed) {
        return Ok(raw);
    }
    let link = item.link.as_ref().ok_or_else(|| SourceError::Web(item.key.clone(), WebFault::NoArticle))?;
    if !sites.allow(link, web) {
        return Err(SourceError::Web(link.to_string(), WebFault::Forbidden));
    }
    source::page(link, web, &mut |next| sites.allow(next, web))
}

/// The rules for programs (robots.txt) of the sites on which items lie.
#[derive(Default)]
struct Sites(HashMap<String, Robots>);

impl Sites {
    fn allow(&mut self, link: &Url, web: &Web) -> bool {
        let Ok(robots) = link.join("/robots.txt") else { return true };
        let site = link.origin().ascii_serialization();
        let robots = self.0.entry(site).or_insert_with(|| {
            let asked = Asked { wanted: Wanted::Anything, ..Asked::default() };
            match web.fetch(&robots, &asked) {
                Ok(fetched) => {
                    Robots::parse(&String::from_utf8_lossy(fetched.bytes.as_deref().unwrap_or_default()))
                }
                // A site that has none asks for nothing; one that can't say what it wants is left alone.
                Err(WebFault::Status(300..500)) => Robots::default(),
                Err(_) => Robots::closed(),
            }
        });
        let path =
            link.query().map_or_else(|| link.path().to_owned(), |query| format!("{}?{query}", link.path()));
        robots.allows(&path)
    }
}

/// The results of `work` for each, in their order; several at a time.
fn at_once<T: Sync, R: Send>(
    all: &[T],
    work: impl Fn(&T) -> R + Sync,
    listener: &mut dyn Listener,
) -> Vec<R> {
    listener.asks(all.len());
    let queue = Mutex::new(all.iter().enumerate());
    let (send, receive) = mpsc::channel();
    let mut done: Vec<(usize, R)> = std::thread::scope(|scope| {
        for _ in 0..AT_ONCE.min(all.len()) {
            let (send, queue, work) = (send.clone(), &queue, &work);
            scope.spawn(move || {
                loop {
                    let next = queue.lock().unwrap_or_else(PoisonError::into_inner).next();
                    let Some((place, one)) = next else { break };
                    if send.send((place, work(one))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(send);
        receive.iter().inspect(|_| listener.goes_on(1)).collect()
    });
    listener.ends();
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, result)| result).collect()
}
