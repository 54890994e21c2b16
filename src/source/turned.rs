//! A page on the web with those that follow it, where a site prints one article on several.
//!
//! Why follow what nobody named: whoever gives the address of an article wants all of it, and half an article looks whole.
//! **Invariant**: what follows is of the same site and path ([`document::next_page`]) and headline, is asked for under the
//! limits and the judgement of addresses that hold for every page, and costs nothing of what came before: where it does
//! not come, the article ends there, and a note says so.

use std::collections::HashSet;

use url::Url;

use super::web::{self, Asked, Fetched, Web, WebFault};
use super::{LARGEST, Raw, Shown, SourceError, shown};
use crate::document::{self, Document, Origin};

/// The most pages that are asked for.
const MOST: usize = 20;

/// The article at `url`.
pub(super) fn read(url: &Url, web: &Web, may: &mut dyn FnMut(&Url) -> bool) -> Result<Raw, SourceError> {
    let fault = |fault| SourceError::Web(url.to_string(), fault);
    let fetched = web.fetch(url, &Asked::default()).map_err(fault)?;
    let first = Page::of(&fetched, url).map_err(|error| match error {
        SourceError::Empty(_) => fault(WebFault::Empty),
        SourceError::NoChinese(_) => fault(WebFault::NoChinese),
        other => other,
    })?;
    let mut notes = fetched.notes(url);
    notes.extend_from_slice(&first.shown.notes);
    let origin = Origin::Web(web::lasting(url, &fetched.url).into());
    let pages = following(first, &fetched.url, web, may, &mut notes);
    let text = match &pages[..] {
        [only] => only.clone(),
        several => document::pages(several),
    };
    Ok(Raw { text, origin, notes })
}

/// A page that came.
struct Page {
    shown: Shown,
    raw: String,
}

impl Page {
    fn of(fetched: &Fetched, url: &Url) -> Result<Self, SourceError> {
        // Where the bytes are no UTF-8, a server that says so says nothing: then the page is asked.
        let charset = fetched.charset.as_deref();
        let charset = charset.filter(|set| !["utf-8", "utf8"].contains(&&*set.to_ascii_lowercase()));
        let shown = shown(fetched.bytes.as_deref().unwrap_or_default(), charset, true, url.as_str())?;
        let raw = shown.raw(url.as_str())?;
        Ok(Self { shown, raw })
    }
}

/// The raw texts of a page, which came from `begins`, and of those that follow it.
fn following(
    first: Page,
    begins: &Url,
    web: &Web,
    may: &mut dyn FnMut(&Url) -> bool,
    notes: &mut Vec<String>,
) -> Vec<String> {
    let next = |page: &Page, at: &Url| {
        page.shown.is_html.then(|| document::next_page(&page.shown.text, begins, at)).flatten()
    };
    let mut to = next(&first, begins);
    if to.is_none() {
        return vec![first.raw];
    }
    let mut read: Document = document::clean(&first.raw);
    let mut pages = vec![first.raw];
    let mut asked = HashSet::from([begins.clone()]);
    while let Some(url) = to.take() {
        if !asked.insert(url.clone()) {
            break;
        }
        let size: usize = pages.iter().map(String::len).sum();
        if pages.len() == MOST || size as u64 > LARGEST / 2 {
            notes.push(format!("goes on, after {}, at {url}: that was not fetched", in_words(pages.len())));
            break;
        }
        let missed = |why: String| {
            format!("its page {} did not come, and the article ends before it: {why}", pages.len() + 1)
        };
        if !may(&url) {
            notes.push(missed(format!("{url}: {}", WebFault::Forbidden)));
            break;
        }
        let fetched = match web.fetch(&url, &Asked::default()) {
            Ok(fetched) => fetched,
            Err(fault) => {
                notes.push(missed(format!("{url}: {fault}")));
                break;
            }
        };
        // A site leads from a page that is not there to another one.
        if document::number(begins, &fetched.url).is_none() {
            break;
        }
        let page = match Page::of(&fetched, &url) {
            Ok(page) => page,
            Err(error) => {
                notes.push(missed(error.to_string()));
                break;
            }
        };
        let own = document::clean(&page.raw);
        if !document::goes_on(&read, &own) {
            break;
        }
        if fetched.is_downgraded {
            notes.extend(fetched.notes(&fetched.url));
        }
        read.paragraphs.extend(own.paragraphs);
        to = next(&page, &fetched.url);
        pages.push(page.raw);
    }
    if pages.len() > 1 {
        notes.push(format!("was put together from {}", in_words(pages.len())));
    }
    pages
}

fn in_words(pages: usize) -> String {
    if pages == 1 { "1 page".to_owned() } else { format!("{pages} pages") }
}
