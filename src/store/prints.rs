//! The other prints of an article: the same news from another site, a copy under another name.
//!
//! Its words are counted once, where it was met first; all places are kept.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{Connection, params};

use super::{Fault, articles};
use crate::document::{self, Origin};
use crate::words::Moment;

/// The article that a text is another print of.
pub fn near(connection: &Connection, text: &str) -> Result<Option<i64>, Fault> {
    let sketch = document::sketch(text);
    let mut with = connection.prepare_cached("SELECT article FROM sketch WHERE hash = ?1")?;
    let mut shared: BTreeMap<i64, usize> = BTreeMap::new();
    for number in &sketch {
        let mut rows = with.query([number.cast_signed()])?;
        while let Some(row) = rows.next()? {
            *shared.entry(row.get(0)?).or_default() += 1;
        }
    }
    // Of texts with three quarters in common, 97 in 100 share half of their numbers; most others share none.
    let mut alike: Vec<(usize, i64)> = shared
        .into_iter()
        .filter(|(_, count)| count * 2 >= sketch.len())
        .map(|(id, count)| (count, id))
        .collect();
    alike.sort_unstable_by_key(|&(count, id)| (std::cmp::Reverse(count), id));
    let mut newest =
        connection.prepare_cached("SELECT raw FROM text WHERE article = ?1 ORDER BY id DESC LIMIT 1")?;
    for (_, article) in alike.into_iter().take(COMPARED) {
        let raw: String = newest.query_row([article], |row| row.get(0))?;
        if document::is_copy(&document::clean(&raw).text(), text) {
            return Ok(Some(article));
        }
    }
    Ok(None)
}

/// So many articles are compared with a text, those first that share most with it.
const COMPARED: usize = 2;

/// Notes the numbers that find an article's copies.
pub fn write(connection: &Connection, article: i64, text: &str) -> Result<(), Fault> {
    let mut insert =
        connection.prepare_cached("INSERT OR IGNORE INTO sketch (hash, article) VALUES (?1, ?2)")?;
    document::sketch(text)
        .iter()
        .try_for_each(|number| insert.execute(params![number.cast_signed(), article]).map(drop))?;
    Ok(())
}

/// Where articles were found beside their own places, by their numbers.
pub fn all(connection: &Connection) -> Result<HashMap<i64, Vec<Origin>>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT article, origin_kind, origin, location FROM copy ORDER BY article, at, origin",
    )?;
    let mut rows = statement.query([])?;
    let mut all: HashMap<i64, Vec<Origin>> = HashMap::new();
    while let Some(row) = rows.next()? {
        all.entry(row.get(0)?).or_default().push(articles::read_origin(row, 1)?);
    }
    Ok(all)
}

/// Keeps where an article was found once more, if that is another place than those that are known. Standard input is none.
pub fn keep(connection: &Connection, article: i64, origin: &Origin, now: Moment) -> Result<(), Fault> {
    let (kind, place, location) = articles::write_origin(origin);
    if *origin == Origin::Stdin {
        return Ok(());
    }
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO copy (article, origin_kind, origin, location, at)
             SELECT ?1, ?2, ?3, ?4, ?5 WHERE NOT EXISTS
               (SELECT 1 FROM article WHERE id = ?1 AND origin_kind = ?2 AND (origin = ?3 OR location = ?4))
               AND NOT EXISTS (SELECT 1 FROM copy WHERE article = ?1 AND location = ?4)",
        )?
        .execute(params![article, kind, place, location, now.0])?;
    Ok(())
}
