//! What the verbs that put things right share: recording a correction, and reading past articles anew.
//!
//! Recording makes the articles that hold the words outdated, in one transaction; reading them anew comes after.
//! So a command that is killed in between loses nothing: the next one reads what is left.

use std::io::Write;

use rayon::prelude::*;

use super::corrections::Row;
use super::intake::progress;
use super::stale::{self, Given};
use super::{Context, Failure};
use crate::dictionary::Dictionary;
use crate::hanzi::{Headword, seen};
use crate::pipeline::Article;
use crate::store::Store;
use crate::words::Correction;

/// So many articles are read before they are put in their place.
const AT_A_TIME: usize = 64;

/// Records corrections, reads past articles anew, and says so; `what` is what holds from now on.
///
/// # Errors
/// When the library can't be written.
pub fn record(
    context: &mut Context,
    store: &mut Store,
    corrections: &[Correction],
    what: &str,
) -> Result<(), Failure> {
    let given = Given::within(corrections, store)?;
    let recorded = store.correct(corrections, context.now)?;
    let articles = reread(context, store)?;
    let stale = given.stale(store)?;
    if context.json {
        let all = store.corrections()?;
        let named = |correction: &Correction| all.iter().rfind(|of| of.correction == *correction);
        return context.json_line(&serde_json::json!({
            "recorded": recorded,
            "known": corrections.len().saturating_sub(recorded as usize),
            "articles": articles,
            "corrections": corrections.iter().filter_map(named).map(Row::new).collect::<Vec<_>>(),
            "stale_notes": stale.iter().map(|key| key.headword.as_str()).collect::<Vec<_>>(),
        }));
    }
    let known = if recorded == 0 { " (that was recorded before)" } else { "" };
    writeln!(context.out, "{what}{known}{}", told(articles))?;
    if !stale.is_empty() {
        context.note(&stale::told(&stale));
    }
    Ok(())
}

/// Reads anew what corrections, or their undoing, have made outdated; how many articles that were.
///
/// # Errors
/// When the library can't be read or written.
pub fn reread(context: &mut Context, store: &mut Store) -> Result<usize, Failure> {
    context.renew_reader(store)?;
    let outdated = store.outdated()?;
    let bar = progress(outdated.len(), context.interactive);
    for some in outdated.chunks(AT_A_TIME) {
        let reader = context.reader();
        let articles: Vec<(i64, Article)> =
            some.par_iter().map(|article| (article.article, reader.read(&article.raw))).collect();
        store.reread(&articles, context.now)?;
        bar.inc(some.len() as u64);
    }
    bar.finish_and_clear();
    Ok(outdated.len())
}

/// Reads anew what an earlier version of the program read otherwise, before cards are made of it, and says so.
///
/// # Errors
/// When the library can't be read or written.
pub fn bring_up_to_date(context: &mut Context, store: &mut Store) -> Result<(), Failure> {
    let articles = reread(context, store)?;
    if articles > 0 {
        context.note(&format!("this version reads otherwise than the last one{}", told(articles)));
    }
    Ok(())
}

/// The end of a sentence: how many articles were read anew.
#[must_use]
pub fn told(articles: usize) -> String {
    match articles {
        0 => String::new(),
        1 => "; 1 article was read anew".to_owned(),
        n => format!("; {n} articles were read anew"),
    }
}

/// Holds what was typed, or pasted, to being seen as a whole.
///
/// # Errors
/// When it has a character that is not seen.
pub fn typed(text: &str) -> Result<(), Failure> {
    let failure = |unseen| Failure::new(format!("“{text}”: {unseen}"));
    seen(text).map_err(|unseen| {
        failure(unseen).hint("type it by hand: such a character comes along with copied text")
    })
}

/// A word as the dictionary has it, or as it was typed.
///
/// # Errors
/// When it is no word: it has no hanzi, or a blank.
pub fn headword(text: &str) -> Result<Headword, Failure> {
    typed(text)?;
    let form = Dictionary::embedded().find_any(text).map_or(text, |word| word.simplified);
    Headword::new(form)
        .map_err(|error| Failure::new(error.to_string()).hint("give the word in hanzi, without blanks"))
}

/// Notes, where no article has the text yet, that it counts for those to come.
///
/// # Errors
/// When the library can't be read.
pub fn note_unseen(context: &mut Context, store: &Store, text: &str) -> Result<(), Failure> {
    if store.articles_with(text)?.is_empty() {
        context.note(&format!("note: {text} stands in no article yet; it counts for those to come"));
    }
    Ok(())
}
