//! Whether the rows of the ground fit together, and new numbers for them.
//!
//! Rows come in the order of [`TABLES`](super::ground::TABLES), those of a table in the order of their numbers, so that
//! whatever a row names has come before it. New numbers go up from 1 in the same order: of what `dump` wrote they are
//! the old ones, and no number is larger than there are rows.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::ground::{ActKind, Columns, Row};

/// The rows so far, as far as later ones may refer to them.
#[derive(Debug, Default)]
pub struct Links {
    articles: BTreeMap<i64, Article>,
    words: HashMap<i64, (i64, String)>,
    acts: HashMap<i64, (i64, ActKind)>,
    undone: HashSet<i64>,
    collections: BTreeMap<i64, i64>,
    feeds: BTreeMap<i64, i64>,
    /// The last number of each table that has numbers, old and new.
    last: BTreeMap<&'static str, (i64, i64)>,
}

#[derive(Debug)]
struct Article {
    number: i64,
    line: usize,
    has_text: bool,
}

impl Links {
    /// Takes a row that stands on `line`, and puts new numbers in the place of the old ones in its columns.
    pub fn take(&mut self, row: &Row, columns: &mut Columns, line: usize) -> Result<(), String> {
        let mut put = |column: &str, number: i64| drop(columns.insert(column.to_owned(), number.into()));
        match row {
            Row::Article { id } => {
                let number = self.number("article", *id)?;
                self.articles.insert(*id, Article { number, line, has_text: false });
                put("id", number);
            }
            Row::Text { id, article, .. } => {
                put("id", self.number("text", *id)?);
                let article = self.articles.get_mut(article).ok_or_else(|| absent("article", *article))?;
                article.has_text = true;
                put("article", article.number);
            }
            Row::Tag { article } | Row::Copy { article } => put("article", self.article(*article)?),
            Row::Word { id, key } => {
                let number = self.number("word", *id)?;
                self.words.insert(*id, (number, key.headword.to_string()));
                put("id", number);
            }
            Row::Act { id, act } => {
                if let ActKind::Undo(undone) = act {
                    match self.acts.get(undone) {
                        Some((_, ActKind::Undo(_))) => {
                            return Err(format!("it takes back act {undone}, which takes one back itself"));
                        }
                        Some(_) if !self.undone.insert(*undone) => {
                            return Err(format!("it takes back act {undone}, which was taken back before"));
                        }
                        Some((number, _)) => put("undoes", *number),
                        None => return Err(absent("act", *undone)),
                    }
                }
                let number = self.number("act", *id)?;
                self.acts.insert(*id, (number, *act));
                put("id", number);
            }
            Row::Mark { id, act, word } => {
                put("id", self.number("mark", *id)?);
                put("act", self.act(*act, ActKind::Mark)?);
                put("word", self.word(*word)?.0);
            }
            Row::Correction { id, act, renamed } => {
                put("id", self.number("correction", *id)?);
                put("act", self.act(*act, ActKind::Correct)?);
                if let Some(renamed) = renamed {
                    let (number, headword) = self.word(renamed.word)?;
                    if *headword != renamed.headword {
                        return Err(format!(
                            "it puts {} right, and names word {}, which is {headword}",
                            renamed.headword, renamed.word
                        ));
                    }
                    put("word", *number);
                }
            }
            Row::Export { article: Some(article) } => put("article", self.article(*article)?),
            Row::Export { article: None } => {}
            Row::Anki { word } => put("word", self.word(*word)?.0),
            Row::Collection { id } => {
                let number = self.number("collection", *id)?;
                self.collections.insert(*id, number);
                put("id", number);
            }
            Row::Holding { collection } | Row::GivenDeck { collection } => {
                let number = self.collections.get(collection);
                put("collection", *number.ok_or_else(|| absent("collection", *collection))?);
            }
            Row::Feed { id } => {
                let number = self.number("feed", *id)?;
                self.feeds.insert(*id, number);
                put("id", number);
            }
            Row::FeedItem { feed, article } => {
                put("feed", *self.feeds.get(feed).ok_or_else(|| absent("feed", *feed))?);
                if let Some(article) = article {
                    put("article", self.article(*article)?);
                }
            }
        }
        Ok(())
    }

    /// The articles that no text has come for, each with its line.
    pub fn without_text(&self) -> impl Iterator<Item = (i64, usize)> {
        self.articles.iter().filter(|(_, article)| !article.has_text).map(|(&id, article)| (id, article.line))
    }

    fn number(&mut self, table: &'static str, id: i64) -> Result<i64, String> {
        let (last, number) = self.last.get(table).map_or((None, 0), |&(last, number)| (Some(last), number));
        match last {
            Some(last) if last == id => return Err(format!("there are two with the number {id}")),
            Some(last) if last > id => return Err(format!("its number {id} comes after {last}")),
            _ => {}
        }
        self.last.insert(table, (id, number + 1));
        Ok(number + 1)
    }

    fn article(&self, id: i64) -> Result<i64, String> {
        self.articles.get(&id).map(|article| article.number).ok_or_else(|| absent("article", id))
    }

    fn word(&self, id: i64) -> Result<&(i64, String), String> {
        self.words.get(&id).ok_or_else(|| absent("word", id))
    }

    fn act(&self, id: i64, wanted: ActKind) -> Result<i64, String> {
        match self.acts.get(&id) {
            Some((number, act)) if *act == wanted => Ok(*number),
            Some(_) => Err(format!("act {id}, which it names, is of another kind")),
            None => Err(absent("act", id)),
        }
    }
}

fn absent(table: &str, id: i64) -> String {
    format!("it names {table} {id}, which has not come before")
}
