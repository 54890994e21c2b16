//! Which article of the library a text is: the same text again, a new wording of one, or an article of its own.
//!
//! A text that the library has is that article, wherever it comes from. Otherwise the place decides, and the likeness:
//! another text from the same file is a new wording of the article that came from there, unless the two share next to
//! nothing. Then the file was written over with another article, and both stay.
//!
//! Two kinds of article are known again at another place, by name and more likeness: those whose file is no more where
//! it was (a folder was renamed, the library came to a new computer), and those from before there were locations, of
//! which only is known what was typed.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, params};

use super::Fault;
use crate::document::{self, Document, Likeness, Location, Origin};

/// The relatives in the library of a text that it hasn't.
#[derive(Debug, Default)]
pub struct Known {
    /// The article that it is a new wording of.
    pub article: Option<i64>,
    /// Where it is of none: the last article that came from the same file.
    pub other: Option<i64>,
}

/// The most articles of one file, or of one name, that are compared with a text, the newest first.
const COMPARED: usize = 16;

/// The article that a text from `origin` is a new wording of.
pub fn of(connection: &Connection, origin: &Origin, document: &Document) -> Result<Known, Fault> {
    let Origin::File { path, location } = origin else { return web(connection, origin) };
    let here = match location {
        Some(location) => at(connection, location)?,
        None => spelled(connection, path)?,
    };
    let text = document.text();
    if let Some(article) = alike(connection, &here, &text, Likeness::SOME)? {
        return Ok(Known { article: Some(article), other: None });
    }
    let elsewhere = match location {
        Some(location) => from_elsewhere(connection, path, location)?,
        None => Vec::new(),
    };
    let article = alike(connection, &elsewhere, &text, Likeness::MUCH)?;
    // Of what may have lain elsewhere nobody can say that it was this file.
    Ok(Known { article, other: if article.is_none() { here.first().copied() } else { None } })
}

/// Notes where an article lies now, if it is known only as it was typed, which may be so, or is gone from where it was.
pub fn locate(connection: &Connection, article: i64, origin: &Origin) -> Result<(), Fault> {
    let Origin::File { path, location: Some(location) } = origin else { return Ok(()) };
    let mut statement = connection
        .prepare_cached("SELECT origin, location FROM article WHERE id = ?1 AND origin_kind = 'file'")?;
    let known: Option<(String, Option<String>)> =
        statement.query_row([article], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    if known.is_some_and(|(typed, before)| may_be_here(&typed, before.as_deref(), path, location)) {
        connection
            .prepare_cached("UPDATE article SET location = ?2 WHERE id = ?1")?
            .execute(params![article, location.as_str()])?;
    }
    Ok(())
}

/// A page on the web has a name of its own: whatever stands there is that article.
fn web(connection: &Connection, origin: &Origin) -> Result<Known, Fault> {
    let Origin::Web(url) = origin else { return Ok(Known::default()) };
    let mut statement = connection.prepare_cached(
        "SELECT id FROM article WHERE origin = ?1 AND origin_kind = 'web' AND removed IS NULL ORDER BY id DESC",
    )?;
    Ok(Known { article: statement.query_row([url], |row| row.get(0)).optional()?, other: None })
}

/// The articles that lie there, the newest first. A file that is written over each day has many.
fn at(connection: &Connection, location: &Location) -> Result<Vec<i64>, Fault> {
    let mut statement = connection
        .prepare_cached("SELECT id FROM article WHERE location = ?1 AND removed IS NULL ORDER BY id DESC")?;
    Ok(statement.query_map([location.as_str()], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// The articles without a location that were typed just so, the newest first.
fn spelled(connection: &Connection, path: &str) -> Result<Vec<i64>, Fault> {
    let mut statement = connection.prepare_cached(
        "SELECT id FROM article WHERE origin = ?1 AND location IS NULL AND origin_kind = 'file'
           AND removed IS NULL ORDER BY id DESC",
    )?;
    Ok(statement.query_map([path], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// The articles of files of this name that may be this one, the newest first.
fn from_elsewhere(connection: &Connection, path: &str, location: &Location) -> Result<Vec<i64>, Fault> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let mut statement = connection.prepare_cached(
        "SELECT id, origin, location FROM article
         WHERE replace(origin, rtrim(origin, replace(origin, '/', '')), '') = ?1 AND origin_kind = 'file'
           AND removed IS NULL ORDER BY id DESC",
    )?;
    let mut rows = statement.query([name])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (typed, before): (String, Option<String>) = (row.get(1)?, row.get(2)?);
        if may_be_here(&typed, before.as_deref(), path, location) {
            found.push(row.get(0)?);
        }
        if found.len() == COMPARED {
            break;
        }
    }
    Ok(found)
}

/// Whether an article of a file that was typed so, and lay there, may be the one that is now at `location`.
fn may_be_here(typed: &str, before: Option<&str>, path: &str, location: &Location) -> bool {
    match before {
        None => typed == path || may_end(typed, location.as_str()),
        // A path that locations write otherwise is taken to be there.
        Some(before) => {
            let file = Location::file(before);
            before != location.as_str() && !file.contains('\\') && !Path::new(file).exists()
        }
    }
}

/// Whether a path that was typed may have meant the file at `location`: it is that path, or its end.
fn may_end(typed: &str, location: &str) -> bool {
    let mut end = typed;
    while let Some(rest) = end.strip_prefix("./").or_else(|| end.strip_prefix("../")) {
        end = rest;
    }
    location.strip_suffix(end).is_some_and(|before| before.is_empty() || before.ends_with(['/', '\\']))
}

/// The first of the articles whose newest text is so much like `text`.
fn alike(
    connection: &Connection,
    articles: &[i64],
    text: &str,
    least: Likeness,
) -> Result<Option<i64>, Fault> {
    let mut newest =
        connection.prepare_cached("SELECT raw FROM text WHERE article = ?1 ORDER BY id DESC LIMIT 1")?;
    for &article in articles.iter().take(COMPARED) {
        let raw: Option<String> = newest.query_row([article], |row| row.get(0)).optional()?;
        if raw.is_some_and(|raw| document::likeness(&document::clean(&raw).text(), text) >= least) {
            return Ok(Some(article));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_path_may_be_the_end_of_a_location() {
        for (typed, location, expected) in [
            ("news.txt", "/home/x/news.txt", true),
            ("./news.txt", "/home/x/news.txt", true),
            ("../x/news.txt", "/home/x/news.txt", true),
            ("x/news.txt", "/home/x/news.txt", true),
            ("/home/x/news.txt", "/home/x/news.txt", true),
            ("ews.txt", "/home/x/news.txt", false),
            ("y/news.txt", "/home/x/news.txt", false),
            ("/x/news.txt", "/home/x/news.txt", false),
        ] {
            assert_eq!(may_end(typed, location), expected, "{typed}");
        }
    }
}
