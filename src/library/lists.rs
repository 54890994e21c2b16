//! Lists of what the library holds: its articles, and the pairs that they carried.

use super::rows::PairRow;
use super::{Failure, Library};
use crate::store::Selection;

pub use crate::store::ArticleRow;

impl Library {
    /// Its articles, in the order in which they were added.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn articles(&self) -> Result<Vec<ArticleRow>, Failure> {
        Ok(self.store.articles(&Selection::All)?)
    }

    /// The hanzi–pinyin pairs that an article carried, or all articles, in the order of the text.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn pairs(&self, article: Option<i64>) -> Result<Vec<PairRow>, Failure> {
        let selection = article.map_or(Selection::All, |article| Selection::Ids(vec![article]));
        Ok(self.store.pairs(&selection)?.iter().map(PairRow::new).collect())
    }
}
