//! The main job in one go: articles enter the library, and what is new in them becomes a deck.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::add::{self, Taken, Texts};
use super::deck_file::Definition;
use super::export::{self, Giving, Outlet};
use super::rows::outcome;
use super::{Failure, Library, Listener};
use crate::dictionary::{Dictionary, HskLevel, HskVersion};
use crate::store::{Outcome, Selection, Store, WordFilter};
use crate::words::{self, Status, is_vocabulary};

/// The figures of a deck that was made, as `make --json` prints them.
#[derive(Debug, Serialize)]
pub struct Made {
    /// Where the package is.
    pub file: String,
    /// The deck's name in Anki.
    pub deck: String,
    /// How many notes it has.
    pub notes: usize,
    /// Notes that no deck had given before.
    pub new_notes: usize,
    /// Notes that were given before and have changed.
    pub changed_notes: usize,
    /// The articles.
    pub articles: Vec<ArticleFigures>,
    /// How many words they have; names and numbers are none.
    pub words: usize,
    /// How many of these are new to the learner.
    pub new: usize,
    /// Hanzi that were aligned with their pinyin.
    pub pairs: usize,
    /// The number of those that are doubts.
    pub doubts: usize,
    /// The HSK list that levels are of.
    pub hsk_version: String,
    /// How many words each level has, the unlisted last.
    pub hsk: Vec<(String, usize)>,
    /// A deck with other settings that rewrites these notes, and how many of them.
    #[serde(skip)]
    pub rival: Option<(String, usize)>,
}

/// An article in figures.
#[derive(Debug, Serialize)]
pub struct ArticleFigures {
    /// Its number.
    pub id: i64,
    /// Its title.
    pub title: String,
    /// The outcome: `new`, `same`, `edited`.
    pub outcome: &'static str,
    /// Stretches that were cut.
    pub cuts: usize,
}

impl Library {
    /// Adds articles, builds a deck of their words, delivers it, and remembers what it gave. `path` is what the package is
    /// called.
    ///
    /// # Errors
    /// When an article can't be read, no word of them belongs in the deck, or the package can't be delivered.
    pub fn make(
        &mut self,
        texts: Texts,
        definition: &Definition,
        (path, mut outlet): (&Path, impl Outlet),
        listener: &mut dyn Listener,
    ) -> Result<Made, Failure> {
        let taken = add::add(texts, self, listener)?;
        let mut ids: Vec<i64> = taken.iter().map(|one| one.added.article).collect();
        ids.sort_unstable();
        ids.dedup();
        if taken.iter().any(|one| matches!(one.added.outcome, Outcome::Same | Outcome::Copy)) {
            self.bring_up_to_date(listener)?;
        }
        // The word list has done its work; the package needs the memory.
        self.stages.unload();
        let (selection, giving) = (Selection::Ids(ids), Giving::default());
        let version = definition.spec.hsk_version;
        let figures = |store: &Store| Figures::of(&selection, version, store);
        let (built, figures) = export::build(
            definition,
            Some(selection.clone()),
            &self.store,
            self.now,
            giving,
            figures,
            outlet.file(),
        )
        .map_err(added)?;
        if !built.is_full() {
            return Err(Failure::new("there is no word in these articles that belongs in the deck")
                .hint("the articles are in the library; do you know all their words, or does the deck file leave them out?"));
        }
        outlet.put().map_err(added)?;
        built.remember(definition, self)?;
        Ok(Made {
            file: path.display().to_string(),
            deck: built.name.as_str().to_owned(),
            notes: built.notes(),
            new_notes: built.new,
            changed_notes: built.changed,
            articles: taken.iter().map(ArticleFigures::of).collect(),
            words: figures.words,
            new: figures.new,
            pairs: taken.iter().map(|one| one.pairs).sum(),
            doubts: taken.iter().map(|one| one.doubts).sum(),
            hsk_version: version.to_string(),
            hsk: figures.levels(),
            rival: built.rival,
        })
    }
}

impl ArticleFigures {
    fn of(taken: &Taken) -> Self {
        Self {
            id: taken.added.article,
            title: taken.added.title.clone(),
            outcome: outcome(taken.added.outcome),
            cuts: taken.cuts,
        }
    }
}

/// The vocabulary of some articles in figures.
#[derive(Default)]
struct Figures {
    words: usize,
    new: usize,
    /// The words of the levels 1 to 6, of 7–9, and of none.
    levels: [usize; 8],
}

impl Figures {
    fn of(articles: &Selection, version: HskVersion, store: &Store) -> Result<Self, Failure> {
        let filter = WordFilter { articles: articles.clone(), ..WordFilter::default() };
        let words = store.words(&filter)?;
        let mut figures = Self::default();
        for (record, _) in words.iter().filter(|(record, _)| is_vocabulary(record.kind)) {
            figures.words += 1;
            figures.new += usize::from(record.status == Status::New);
            let level = words::hsk(Dictionary::embedded(), &record.key).level(version);
            figures.levels[level.map_or(7, |level| usize::from(level.number()) - 1)] += 1;
        }
        Ok(figures)
    }

    fn levels(&self) -> Vec<(String, usize)> {
        let named = (1..=7).filter_map(HskLevel::new).map(|level| level.to_string());
        named.chain(["unlisted".to_owned()]).zip(self.levels).collect()
    }
}

/// The package could not be written, but the articles were added: a second run finds them and goes on from there.
fn added(failure: Failure) -> Failure {
    failure
        .hint("the articles are in the library; run the same command again when this is mended: nothing is counted twice")
}

/// The name of a package that nobody has named: the only article's, or its folder's, with Anki's ending.
pub fn default_output(articles: &[impl AsRef<OsStr>]) -> PathBuf {
    let stem = match articles {
        [one] if one.as_ref() != "-" => {
            let text = one.as_ref().to_string_lossy();
            // Of an address, what stands behind `?` or `#` says nothing of the article.
            let is_web = text.starts_with("http://") || text.starts_with("https://");
            let end = text.find(['?', '#']).filter(|_| is_web);
            let path = end.map_or_else(|| Path::new(one.as_ref()), |end| Path::new(&text[..end]));
            let absolute = path.canonicalize().unwrap_or_else(|_| path.to_owned());
            let name = if absolute.is_dir() { absolute.file_name() } else { absolute.file_stem() };
            name.map(|name| name.to_string_lossy().into_owned())
        }
        _ => None,
    };
    PathBuf::from(format!("{}.apkg", stem.unwrap_or_else(|| "shengci".to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_package_is_called_after_the_article() {
        assert_eq!(default_output(&["news/今天.txt"]), PathBuf::from("今天.apkg"));
        assert_eq!(default_output(&["-"]), PathBuf::from("shengci.apkg"));
        assert_eq!(default_output(&["https://x.example/a/b.html?c=/d.e#f"]), PathBuf::from("b.apkg"));
        assert_eq!(default_output(&["a.txt", "b.txt"]), PathBuf::from("shengci.apkg"));
    }
}
