//! Reading anew what the library holds, after corrections have changed or the program has.
//!
//! Recording a correction makes the articles that hold its words outdated, in one transaction; reading them anew comes
//! after. So what is killed in between loses nothing: the next one reads what is left.

use rayon::prelude::*;

use super::{Failure, Library, Listener, Stages};
use crate::pipeline::Article;
use crate::store::Store;
use crate::words::Moment;

/// The number of articles that are read before they are put in their place.
const AT_A_TIME: usize = 64;

impl Library {
    /// Reads anew what corrections, or their undoing, have made outdated; how many articles that were.
    ///
    /// # Errors
    /// When the library can't be read or written.
    pub(super) fn reread(&mut self, listener: &mut dyn Listener) -> Result<usize, Failure> {
        self.renew_stages()?;
        follow(&mut self.store, &self.stages, self.now, listener)
    }

    /// Reads anew what an earlier version of the program read otherwise, before cards are made of it, and says so.
    ///
    /// # Errors
    /// When the library can't be read or written.
    pub(super) fn bring_up_to_date(&mut self, listener: &mut dyn Listener) -> Result<(), Failure> {
        let articles = self.reread(listener)?;
        if articles > 0 {
            listener.note(&format!(
                "this version of shengci reads some texts differently{}",
                read_anew(articles)
            ));
        }
        Ok(())
    }
}

/// The same of a library that nobody else has opened yet.
///
/// # Errors
/// When the library can't be read or written.
pub(super) fn reread(store: &mut Store, now: Moment, listener: &mut dyn Listener) -> Result<usize, Failure> {
    let stages = Stages::of(store)?;
    follow(store, &stages, now, listener)
}

fn follow(
    store: &mut Store,
    stages: &Stages,
    now: Moment,
    listener: &mut dyn Listener,
) -> Result<usize, Failure> {
    let outdated = store.outdated()?;
    listener.begins(outdated.len());
    for some in outdated.chunks(AT_A_TIME) {
        let reader = stages.reader();
        let articles: Vec<(i64, Article)> =
            some.par_iter().map(|article| (article.article, reader.read(&article.raw))).collect();
        store.reread(&articles, now)?;
        listener.goes_on(some.len());
    }
    listener.ends();
    Ok(outdated.len())
}

/// The end of a sentence: how many articles were read anew.
#[must_use]
pub fn read_anew(articles: usize) -> String {
    match articles {
        0 => String::new(),
        1 => "; 1 article was read anew".to_owned(),
        n => format!("; {n} articles were read anew"),
    }
}
