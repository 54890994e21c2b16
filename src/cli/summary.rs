//! What `make` says at its end: what was found, where the deck is, what to do next.

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use super::decks::{Built, Definition};
use super::intake::Taken;
use super::{Failure, plural};
use crate::dictionary::{Dictionary, HskLevel};
use crate::store::{Outcome, Selection, Store, WordFilter};
use crate::words::{self, Status, is_vocabulary};

/// The figures of one `make`.
#[derive(Debug, Serialize)]
pub struct Summary {
    file: String,
    deck: String,
    notes: usize,
    new_notes: usize,
    changed_notes: usize,
    articles: Vec<ArticleFigures>,
    words: usize,
    new: usize,
    pairs: usize,
    doubts: usize,
    hsk_version: String,
    hsk: Vec<(String, usize)>,
}

#[derive(Debug, Serialize)]
struct ArticleFigures {
    id: i64,
    title: String,
    outcome: &'static str,
    cuts: usize,
}

impl Summary {
    /// The figures.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn new(
        taken: &[Taken],
        ids: &[i64],
        built: &Built,
        path: &Path,
        definition: &Definition,
        store: &Store,
    ) -> Result<Self, Failure> {
        let filter = WordFilter { articles: Selection::Ids(ids.to_vec()), ..WordFilter::default() };
        let words = store.words(&filter)?;
        let vocabulary = words.iter().filter(|(record, _)| is_vocabulary(record.kind));
        let version = definition.spec.hsk_version;
        let mut levels = [0_usize; 8];
        let (mut total, mut new) = (0, 0);
        for (record, _) in vocabulary {
            total += 1;
            new += usize::from(record.status == Status::New);
            let level = words::hsk(Dictionary::embedded(), &record.key).level(version);
            levels[level.map_or(7, |level| usize::from(level.number()) - 1)] += 1;
        }
        let hsk = (1..=7)
            .filter_map(HskLevel::new)
            .map(|level| level.to_string())
            .chain(["unlisted".to_owned()])
            .zip(levels)
            .collect();
        Ok(Self {
            file: path.display().to_string(),
            deck: built.name.as_str().to_owned(),
            notes: built.notes(),
            new_notes: built.new,
            changed_notes: built.changed,
            articles: taken
                .iter()
                .map(|one| ArticleFigures {
                    id: one.added.article,
                    title: one.added.title.clone(),
                    outcome: outcome(one.added.outcome),
                    cuts: one.cuts,
                })
                .collect(),
            words: total,
            new,
            pairs: taken.iter().map(|one| one.pairs).sum(),
            doubts: taken.iter().map(|one| one.doubts).sum(),
            hsk_version: version.to_string(),
            hsk,
        })
    }

    /// For people.
    ///
    /// # Errors
    /// When `out` can't be written.
    pub fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        match &self.articles[..] {
            [one] => writeln!(out, "{}", one.title)?,
            several => writeln!(out, "{} articles", several.len())?,
        }
        let same = self.articles.iter().filter(|one| one.outcome == "same").count();
        match (same, self.articles.len()) {
            (0, _) => {}
            (_, 1) => writeln!(out, "  known already; nothing was counted twice")?,
            _ => writeln!(out, "  {same} of them known already; nothing was counted twice")?,
        }
        writeln!(out, "  {}, {} of them new to you", plural(self.words, "word"), self.new)?;
        let spread: Vec<String> = self
            .hsk
            .iter()
            .filter(|(_, count)| *count > 0)
            .map(|(level, count)| format!("{level}: {count}"))
            .collect();
        writeln!(out, "  HSK {}: {}", self.hsk_version, spread.join("  "))?;
        let doubts = match self.doubts {
            0 => String::new(),
            1 => ", 1 doubt".to_owned(),
            n => format!(", {n} doubts"),
        };
        writeln!(out, "  {} aligned{doubts}", plural(self.pairs, "hanzi–pinyin pair"))?;
        if self.articles.iter().any(|one| one.cuts > 0) {
            let cuts: usize = self.articles.iter().map(|one| one.cuts).sum();
            let (stretches, are) =
                if cuts == 1 { ("1 stretch", "is") } else { (&*format!("{cuts} stretches"), "are") };
            writeln!(out, "  {stretches} cut that {are} no article (`shengci show last --cuts`)")?;
        }
        writeln!(
            out,
            "{}: {} in “{}”, {} of them new{}",
            self.file,
            plural(self.notes, "note"),
            self.deck,
            self.new_notes,
            if self.changed_notes > 0 { format!(", {} changed", self.changed_notes) } else { String::new() }
        )?;
        if self.file == "-" {
            return Ok(());
        }
        writeln!(out, "Next: open {} with Anki (File → Import, or a double click).", self.file)
    }
}

/// As `--json` writes it.
#[must_use]
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::New => "new",
        Outcome::Same => "same",
        Outcome::Edited => "edited",
    }
}
