//! The feeds that are followed, and which of their items have been looked at.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};

use super::{Fault, Store, StoreError};
use crate::words::Moment;

/// A feed that is followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// Its number in this library.
    pub id: i64,
    /// Its address.
    pub url: String,
    /// The title that it had when it was fetched last.
    pub title: Option<String>,
    /// The marks of that version by its server: `ETag` and `Last-Modified`.
    pub version: (Option<String>, Option<String>),
    /// Since when it is followed.
    pub added: Moment,
    /// When it was fetched last.
    pub fetched: Option<Moment>,
    /// How many articles of the library came from it.
    pub articles: u32,
}

/// The contents of a feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Had {
    /// The feed's own title; none leaves what is known.
    pub title: Option<String>,
    /// As in [`Followed::version`].
    pub version: (Option<String>, Option<String>),
    /// Items that were looked at, and the articles that they became.
    pub items: Vec<(String, Option<i64>)>,
}

impl Store {
    /// The feeds, in the order in which they were added.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn feeds(&self) -> Result<Vec<Followed>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, url, title, tag, modified, added, fetched,
                        (SELECT count(DISTINCT article) FROM feed_item WHERE feed = feed.id)
                 FROM feed ORDER BY id",
            )?;
            let feeds = statement.query_map([], |row| {
                Ok(Followed {
                    id: row.get(0)?,
                    url: row.get(1)?,
                    title: row.get(2)?,
                    version: (row.get(3)?, row.get(4)?),
                    added: Moment(row.get(5)?),
                    fetched: row.get::<_, Option<i64>>(6)?.map(Moment),
                    articles: row.get(7)?,
                })
            })?;
            Ok(feeds.collect::<Result<_, _>>()?)
        })
    }

    /// The items of a feed that have been looked at.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn feed_items(&self, feed: i64) -> Result<BTreeSet<String>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT key FROM feed_item WHERE feed = ?1")?;
            Ok(statement.query_map([feed], |row| row.get(0))?.collect::<Result<_, _>>()?)
        })
    }

    /// Follows feeds, by address and title. One that is followed already stays as it is.
    ///
    /// # Errors
    /// When the library can't be written.
    pub fn follow(&mut self, feeds: &[(String, Option<String>)], now: Moment) -> Result<(), StoreError> {
        self.write(|connection| {
            let mut statement = connection.prepare_cached(
                "INSERT INTO feed (url, title, added) VALUES (?1, ?2, ?3) ON CONFLICT (url) DO NOTHING",
            )?;
            feeds.iter().try_for_each(|(url, title)| {
                statement.execute(params![url, title, now.0])?;
                Ok(())
            })
        })
    }

    /// Follows feeds no more. What was read of them stays.
    ///
    /// # Errors
    /// When the library can't be written.
    pub fn unfollow(&mut self, feeds: &[i64]) -> Result<(), StoreError> {
        self.write(|connection| {
            feeds.iter().try_for_each(|feed| {
                connection.prepare_cached("DELETE FROM feed_item WHERE feed = ?1")?.execute([feed])?;
                connection.prepare_cached("DELETE FROM feed WHERE id = ?1")?.execute([feed])?;
                Ok(())
            })
        })
    }

    /// Remembers what feeds had. One that is followed no more is passed over.
    ///
    /// # Errors
    /// When the library can't be written.
    pub fn record_feeds(&mut self, feeds: &[(i64, Had)], now: Moment) -> Result<(), StoreError> {
        self.write(|connection| feeds.iter().try_for_each(|(feed, had)| record(connection, *feed, had, now)))
    }
}

fn record(connection: &Connection, feed: i64, had: &Had, now: Moment) -> Result<(), Fault> {
    let (tag, modified) = &had.version;
    let is_followed = connection
        .prepare_cached(
            "UPDATE feed SET title = coalesce(?2, title), tag = ?3, modified = ?4, fetched = ?5 WHERE id = ?1",
        )?
        .execute(params![feed, had.title, tag, modified, now.0])?;
    if is_followed == 0 {
        return Ok(());
    }
    let mut item = connection.prepare_cached(
        "INSERT INTO feed_item (feed, key, article) VALUES (?1, ?2, ?3)
         ON CONFLICT (feed, key) DO UPDATE SET article = coalesce(excluded.article, article)",
    )?;
    for (key, article) in &had.items {
        item.execute(params![feed, key, article])?;
    }
    Ok(())
}
