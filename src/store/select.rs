//! Which articles a question is about: all, the last few, some by number, or those with a tag.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::Fault;

/// Which articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Selection {
    /// All of them.
    #[default]
    All,
    /// The ones that were added or changed last.
    Last(u32),
    /// The articles with these numbers.
    Ids(Vec<i64>),
    /// The articles with this tag.
    Tag(String),
}

impl Selection {
    /// The numbers of the articles; `None` where all are meant.
    pub(super) fn articles(&self, connection: &Connection) -> Result<Option<BTreeSet<i64>>, Fault> {
        let collect = |sql: &str, parameter: &dyn rusqlite::ToSql| -> Result<BTreeSet<i64>, Fault> {
            let mut statement = connection.prepare_cached(sql)?;
            let ids = statement.query_map([parameter], |row| row.get(0))?;
            Ok(ids.collect::<rusqlite::Result<_>>()?)
        };
        Ok(match self {
            Self::All => None,
            Self::Last(n) => Some(collect(
                "SELECT id FROM article WHERE removed IS NULL ORDER BY changed DESC, id DESC LIMIT ?1",
                n,
            )?),
            Self::Ids(ids) => Some(ids.iter().copied().collect()),
            Self::Tag(tag) => Some(collect(
                "SELECT t.article FROM tag t JOIN article a ON a.id = t.article
                 WHERE t.tag = ?1 AND a.removed IS NULL",
                tag,
            )?),
        })
    }
}
