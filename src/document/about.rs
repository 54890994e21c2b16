//! Facts that a page gives about its article: author, date, site and address.

mod dates;
mod people;

use super::page;

/// The lists of `data/about.txt`.
mod lists {
    include!(concat!(env!("OUT_DIR"), "/about-lists.rs"));
}

pub use dates::Moment;
pub(super) use dates::{find as find_date, of_address, read as read_date};
pub(super) use people::Author;

/// Facts about an article that stand beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The author; the editor where nobody else is named.
    pub author: Option<String>,
    /// When it was published.
    pub published: Option<Moment>,
    /// The site or paper.
    pub site: Option<String>,
    /// Its address.
    pub address: Option<String>,
}

/// The number of lines below a headline, or below the last paragraph, that may give the date and the author.
const NEAR: usize = 12;

impl About {
    /// The same without what nobody sees: it goes onto cards.
    pub(super) fn tidy(self) -> Self {
        let tidy = |text: Option<String>| text.map(|text| page::tidy(&text)).filter(|text| !text.is_empty());
        let seen = |address: &String| {
            !address.chars().any(|c| c.is_whitespace() || crate::hanzi::is_unseen(c, None))
        };
        Self {
            author: tidy(self.author),
            site: tidy(self.site),
            address: self.address.filter(seen),
            published: self.published,
        }
    }

    /// Facts from the lines over a body, from the headline on, and from those below it.
    pub(super) fn of_lines<'l>(
        over: impl Iterator<Item = &'l str>,
        below: impl Iterator<Item = &'l str>,
    ) -> Self {
        let over: Vec<&str> = over.collect();
        let below: Vec<&str> = below.take(NEAR).collect();
        let over = &over[over.len().saturating_sub(NEAR)..];
        let authors = over.iter().chain(&below).filter_map(|line| Author::find(line));
        let date = |lines: &[&str]| lines.iter().find_map(|line| find_date(line)).map(|(_, at)| at);
        Self {
            author: authors.min_by_key(|author| author.rank).map(|author| author.name),
            published: date(over).or_else(|| date(&below)),
            ..Self::default()
        }
    }
}
