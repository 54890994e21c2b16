//! The articles of the library: their list, how a person names one, their texts, their tags.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::numbered::Numbered;
use super::standing::bytes;
use super::{Fault, Selection, Store, StoreError, blob, lexicon, prints};
use crate::document::{Location, Origin};
use crate::pipeline::{self, Article};
use crate::words::{Cited, Moment, Share, Status, is_vocabulary};

/// An article, as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleRow {
    /// Its number.
    pub id: i64,
    /// Its title, or what stands for it.
    pub title: String,
    /// Where it came from.
    pub origin: Origin,
    /// Where else it was found.
    pub copies: Vec<Origin>,
    /// When it was added.
    pub added: Moment,
    /// When its text last changed.
    pub changed: Moment,
    /// The article's facts about itself.
    pub cited: Cited,
    /// The learner's tags.
    pub tags: Vec<String>,
    /// Its sentences.
    pub sentences: u32,
    /// All tokens that have hanzi, numbers and names among them.
    pub occurrences: u32,
    /// All distinct words, numbers and names among them.
    pub distinct: u32,
    /// Running words, without names.
    pub tokens: Share,
    /// Running words, names among them.
    pub tokens_with_names: Share,
    /// Distinct words, without names.
    pub types: Share,
    /// Distinct words, names among them.
    pub types_with_names: Share,
}

/// An article that should be read anew: another pipeline read it, or it was loaded from a dump.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outdated {
    /// Its number.
    pub article: i64,
    /// Its newest text.
    pub raw: String,
}

impl Store {
    /// The articles, in the order of their numbers, with what the learner knows of them.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn articles(&self, selection: &Selection) -> Result<Vec<ArticleRow>, StoreError> {
        self.read(|connection| {
            let selected = selection.articles(connection)?;
            let statuses = statuses(connection)?;
            let mut tags = tags(connection)?;
            let mut copies = prints::all(connection)?;
            let mut statement = connection.prepare_cached(
                "SELECT a.id, a.origin_kind, a.origin, a.location, a.added, a.changed, coalesce(d.title, a.origin),
                        d.sentences, d.tokens, d.types, coalesce(d.profile, x''), d.author, d.published, d.site,
                        d.address
                 FROM article a LEFT JOIN digest d ON d.article = a.id WHERE a.removed IS NULL ORDER BY a.id",
            )?;
            let mut rows = statement.query([])?;
            let mut articles = Vec::new();
            while let Some(row) = rows.next()? {
                let id: i64 = row.get(0)?;
                if selected.as_ref().is_some_and(|ids| !ids.contains(&id)) {
                    continue;
                }
                let mut article = ArticleRow {
                    id,
                    title: row.get(6)?,
                    origin: read_origin(row, 1)?,
                    copies: copies.remove(&id).unwrap_or_default(),
                    added: Moment(row.get(4)?),
                    changed: Moment(row.get(5)?),
                    cited: read_cited(row, 11)?,
                    tags: tags.remove(&id).unwrap_or_default(),
                    sentences: row.get::<_, Option<u32>>(7)?.unwrap_or(0),
                    occurrences: row.get::<_, Option<u32>>(8)?.unwrap_or(0),
                    distinct: row.get::<_, Option<u32>>(9)?.unwrap_or(0),
                    tokens: Share::default(),
                    tokens_with_names: Share::default(),
                    types: Share::default(),
                    types_with_names: Share::default(),
                };
                article.count(bytes(row, 10)?, &statuses)?;
                articles.push(article);
            }
            Ok(articles)
        })
    }

    /// The article that a person means: a number, `last`, a path, or a part of a title that only one has.
    ///
    /// # Errors
    /// When there is none, or several.
    pub fn article(&self, reference: &str) -> Result<i64, StoreError> {
        self.read(|connection| resolve(connection, reference))
    }

    /// The newest raw text of an article, and where it came from.
    ///
    /// # Errors
    /// When there is no such article.
    pub fn text(&self, article: i64) -> Result<(String, Origin), StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT t.raw, a.origin_kind, a.origin, a.location FROM text t JOIN article a ON a.id = t.article
                     WHERE a.id = ?1 AND a.removed IS NULL ORDER BY t.id DESC LIMIT 1",
                )?
                .query_row([article], |row| Ok((row.get(0)?, read_origin(row, 1)?)))
                .optional()?
                .map_or_else(|| none(connection, &article.to_string()), Ok)
        })
    }

    /// Every text that an article had, oldest first, with the moment from which it counted.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn texts(&self, article: i64) -> Result<Vec<(Moment, String)>, StoreError> {
        self.read(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT at, raw FROM text WHERE article = ?1 ORDER BY id")?;
            let texts = statement.query_map([article], |row| Ok((Moment(row.get(0)?), row.get(1)?)))?;
            Ok(texts.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Takes an article out of all counts and lists. Its texts are kept, and so is what was said of its words.
    ///
    /// # Errors
    /// When there is no such article, or the library can't be written.
    pub fn remove(&mut self, article: i64, now: Moment) -> Result<(), StoreError> {
        self.text(article)?;
        self.adding(now, |adding| adding.remove(article).map(drop))
    }

    /// Gives an article tags, without the `#`. Those that it has already stay.
    ///
    /// # Errors
    /// When the library can't be written.
    pub fn tag(&mut self, article: i64, tags: &[String]) -> Result<(), StoreError> {
        self.write(|connection| {
            let mut insert =
                connection.prepare_cached("INSERT OR IGNORE INTO tag (article, tag) VALUES (?1, ?2)")?;
            tags.iter().try_for_each(|tag| insert.execute(params![article, tag]).map(drop))?;
            Ok(())
        })
    }

    /// The articles that should be read anew, with [`reread`](Self::reread).
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn outdated(&self) -> Result<Vec<Outdated>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT a.id, t.raw FROM article a
                 JOIN text t ON t.id = (SELECT max(id) FROM text WHERE article = a.id)
                 LEFT JOIN digest d ON d.article = a.id
                 WHERE a.removed IS NULL AND (d.version IS NULL OR d.version <> ?1) ORDER BY a.id",
            )?;
            let articles = statement.query_map([pipeline::VERSION], |row| {
                Ok(Outdated { article: row.get(0)?, raw: row.get(1)? })
            })?;
            Ok(articles.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The articles in which any of these hanzi stand as they are: where a correction may change something.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn articles_with(&self, hanzi: &str) -> Result<Vec<Outdated>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT a.id, t.raw FROM article a
                 JOIN text t ON t.id = (SELECT max(id) FROM text WHERE article = a.id)
                 WHERE a.removed IS NULL
                   AND a.id IN (SELECT id >> 24 FROM sentence WHERE instr(text, ?1) > 0) ORDER BY a.id",
            )?;
            let articles = statement
                .query_map([hanzi], |row| Ok(Outdated { article: row.get(0)?, raw: row.get(1)? }))?;
            Ok(articles.collect::<rusqlite::Result<_>>()?)
        })
    }
}

impl ArticleRow {
    fn count(&mut self, profile: &[u8], statuses: &Numbered<Status>) -> Result<(), Fault> {
        // By status; of vocabulary, of names, of the rest.
        let (mut tokens, mut types) = ([[0_u32; 4]; 3], [[0_u32; 4]; 3]);
        blob::each_of_profile(profile, |word, count, kind| {
            let status =
                i64::try_from(word).ok().and_then(|word| statuses.get(word)).copied().unwrap_or_default()
                    as usize;
            let class = if is_vocabulary(kind) { 0 } else { 2 - usize::from(kind.is_name()) };
            tokens[class][status] = tokens[class][status].saturating_add(count);
            types[class][status] += 1;
        })?;
        self.tokens = share(&tokens[..1]);
        self.tokens_with_names = share(&tokens[..2]);
        self.types = share(&types[..1]);
        self.types_with_names = share(&types[..2]);
        Ok(())
    }
}

/// Ignored words count in no share.
fn share(counts: &[[u32; 4]]) -> Share {
    let of = |status: Status| counts.iter().map(|counts| counts[status as usize]).sum();
    Share { known: of(Status::Known), learning: of(Status::Learning), new: of(Status::New) }
}

/// The tags of every article that has any.
fn tags(connection: &Connection) -> Result<HashMap<i64, Vec<String>>, Fault> {
    let mut tags: HashMap<i64, Vec<String>> = HashMap::new();
    let mut statement = connection.prepare_cached("SELECT article, tag FROM tag ORDER BY article, tag")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        tags.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    Ok(tags)
}

/// The status of every word, by its number; words that nothing was said of are new.
fn statuses(connection: &Connection) -> Result<Numbered<Status>, Fault> {
    let mut statuses = Numbered::default();
    let mut statement = connection.prepare_cached(
        "SELECT word, status FROM standing WHERE status IN ('learning', 'known', 'ignored')",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        statuses.insert(row.get(0)?, lexicon::status(row, 1)?);
    }
    Ok(statuses)
}

/// The article that a reference means.
fn resolve(connection: &Connection, reference: &str) -> Result<i64, Fault> {
    let reference = reference.trim();
    let number = reference.strip_prefix('#').unwrap_or(reference).parse::<i64>().ok();
    let found: Option<i64> = if reference.eq_ignore_ascii_case("last") {
        connection
            .query_row(
                "SELECT id FROM article WHERE removed IS NULL ORDER BY changed DESC, id DESC LIMIT 1",
                [],
                |row| row.get(0),
            )
            .optional()?
    } else if let Some(number) = number {
        connection
            .query_row("SELECT id FROM article WHERE id = ?1 AND removed IS NULL", [number], |row| row.get(0))
            .optional()?
    } else {
        None
    };
    if let Some(id) = found {
        return Ok(id);
    }
    // From the strictest reading to the loosest; the first that finds anything decides.
    for condition in [
        "a.origin = ?1 OR a.location = ?1 OR d.title = ?1",
        "substr(a.origin, -length(?1) - 1) IN ('/' || ?1, '\\' || ?1)
         OR substr(a.location, -length(?1) - 1) = '/' || ?1",
        "instr(d.title, ?1) > 0 OR instr(lower(a.origin), lower(?1)) > 0",
    ] {
        let mut statement = connection.prepare_cached(&format!(
            "SELECT a.id, coalesce(d.title, a.origin), a.location, a.changed
             FROM article a LEFT JOIN digest d ON d.article = a.id
             WHERE a.removed IS NULL AND ?1 <> '' AND ({condition}) ORDER BY a.id"
        ))?;
        let (mut matches, mut places) = (Vec::new(), Vec::<(Option<String>, i64)>::new());
        let mut rows = statement.query([reference])?;
        while let Some(row) = rows.next()? {
            matches.push((row.get(0)?, row.get(1)?));
            places.push((row.get(2)?, row.get(3)?));
        }
        // Of the articles that one file held in turn, the one that changed last is there now.
        let one_file = places.windows(2).all(|two| two[0].0.is_some() && two[0].0 == two[1].0);
        let newest = matches.iter().zip(&places).max_by_key(|((id, _), (_, changed))| (*changed, *id));
        match newest {
            None => {}
            Some(((id, _), _)) if one_file => return Ok(*id),
            Some(_) => return Err(Fault::ManyArticles { reference: reference.to_owned(), matches }),
        }
    }
    none(connection, reference)
}

fn none<T>(connection: &Connection, reference: &str) -> Result<T, Fault> {
    let articles =
        connection.query_row("SELECT count(*) FROM article WHERE removed IS NULL", [], |row| row.get(0))?;
    Err(Fault::NoArticle { reference: reference.to_owned(), articles })
}

/// The title of an article without its pinyin; of one that has none, how it begins.
pub(super) fn title(article: &Article) -> String {
    // A page that was pasted as one line has all of itself as its title: lists would be made of it.
    const LONGEST: usize = 80;
    const LENGTH: usize = 24;
    let text = article.annotated.text();
    let (title, longest) = if article.document.title.is_some() {
        // Its line is empty where it was the pinyin of the line below.
        (text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default(), LONGEST)
    } else {
        (article.sentences.first().map_or("", |sentence| sentence.of(text)), LENGTH)
    };
    match title.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", &title[..end]),
        None => title.to_owned(),
    }
}

/// An origin as three columns: kind, origin, location.
pub(super) fn write_origin(origin: &Origin) -> (&'static str, &str, Option<&str>) {
    match origin {
        Origin::File { path, location } => ("file", path, location.as_ref().map(Location::as_str)),
        Origin::Stdin => ("stdin", "-", None),
        Origin::Web(url) => ("web", url, None),
    }
}

/// The article's facts about itself, in columns `at` to `at + 3`.
pub(super) fn read_cited(row: &Row<'_>, at: usize) -> rusqlite::Result<Cited> {
    Ok(Cited {
        author: row.get(at)?,
        published: row.get(at + 1)?,
        site: row.get(at + 2)?,
        address: row.get(at + 3)?,
    })
}

/// The origin in columns `at` to `at + 2`.
pub(super) fn read_origin(row: &Row<'_>, at: usize) -> rusqlite::Result<Origin> {
    let place: String = row.get(at + 1)?;
    Ok(match row.get_ref(at)?.as_str()? {
        "file" => {
            let location: Option<String> = row.get(at + 2)?;
            Origin::File { path: place, location: location.and_then(Location::written) }
        }
        "web" => Origin::Web(place),
        _ => Origin::Stdin,
    })
}
