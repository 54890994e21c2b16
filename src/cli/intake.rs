//! Articles on their way into the library: found, read in parallel, added in one transaction.
//!
//! What `add` and `make` share. Reading runs ahead of adding by a few articles at a time, so that a folder of
//! thousands needs no more memory than a handful, and both processors have work.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::Path;
use std::sync::mpsc;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;

use super::{Context, Failure};
use crate::pipeline::{Article, Reader};
use crate::source::{self, Input, Raw, SourceError};
use crate::store::{Added, Fault, Store};

/// What one input became.
#[derive(Debug)]
pub struct Taken {
    /// What the library says of it.
    pub added: Added,
    /// Aligned pairs, by place.
    pub pairs: usize,
    /// What could not be settled.
    pub doubts: usize,
    /// Stretches that were cut.
    pub cuts: usize,
}

/// Inputs that were found and not yet read.
#[derive(Debug)]
pub struct Found<'a> {
    inputs: Vec<Input>,
    /// What was named itself, and so has to be an article.
    named: BTreeSet<&'a Path>,
}

/// Finds what the arguments name, so that a wrong name is known before a library is opened.
///
/// # Errors
/// When an argument names nothing, or a folder without a text file.
pub fn find(arguments: &[OsString]) -> Result<Found<'_>, Failure> {
    let named = arguments.iter().map(Path::new).filter(|path| !path.is_dir()).collect();
    Ok(Found { inputs: source::gather(arguments)?, named })
}

/// More sentences than any article has: a book, or a day's paper in one file.
const LONG: usize = 1500;

/// So many articles are read at a time while the ones before them are added.
const AT_A_TIME: usize = 16;

/// Adds what was found. A file that was named has to be an article; in a folder, a file that is none is passed
/// over with a note.
///
/// # Errors
/// When something that was named is no article, or the library can't be written; it is then as before.
pub fn take(found: &Found<'_>, store: &mut Store, context: &mut Context) -> Result<Vec<Taken>, Failure> {
    let Found { inputs, named } = found;
    let bar = progress(inputs.len(), context.interactive);
    let mut notes = Vec::new();
    let mut failure = None;
    let now = context.now;
    let taken = std::thread::scope(|scope| {
        let (send, receive) = mpsc::sync_channel(1);
        let stages = context.stages();
        scope.spawn(move || {
            let reader = stages.reader();
            for some in inputs.chunks(AT_A_TIME) {
                let read: Vec<_> = match some {
                    [one] => vec![read(one, reader)],
                    several => several.par_iter().map(|input| read(input, reader)).collect(),
                };
                // The adding side has given up: there is nobody to read for.
                if send.send(read).is_err() {
                    return;
                }
            }
        });
        store.adding(now, |adding| {
            let mut taken = Vec::with_capacity(inputs.len());
            for (input, read) in inputs.iter().zip(receive.iter().flatten()) {
                bar.inc(1);
                let (raw, article) = match read {
                    Ok(read) => read,
                    Err(error) if is_passed_over(input, named) => {
                        notes.push(format!("passed over: {error}"));
                        continue;
                    }
                    Err(error) => {
                        failure = Some(Failure::from(error));
                        return Err(Fault::Abandoned);
                    }
                };
                if article.sentences.len() > LONG {
                    notes.push(format!(
                        "{}: {} sentences were taken for one article; if they are several, give each a file of its own",
                        raw.origin,
                        article.sentences.len()
                    ));
                }
                notes.extend(raw.notes.iter().map(|note| format!("{}: {note}", raw.origin)));
                let added = adding.add(&raw.text, &raw.origin, &article)?;
                notes.extend(another_article(&raw, &added));
                taken.push(Taken {
                    added,
                    pairs: article.annotated.annotations().len(),
                    doubts: article.annotated.doubts().len(),
                    cuts: article.document.cuts.len(),
                });
            }
            if taken.is_empty() {
                failure = Some(
                    Failure::new("no article was found in what was named")
                        .hint("an article is a plain text file with Chinese in it"),
                );
                return Err(Fault::Abandoned);
            }
            Ok(taken)
        })
    });
    bar.finish_and_clear();
    for note in notes {
        context.note(&note);
    }
    match failure {
        Some(failure) => Err(failure),
        None => Ok(taken?),
    }
}

fn read(input: &Input, reader: &Reader) -> Result<(Raw, Article), SourceError> {
    let raw = source::read(input, &mut std::io::stdin())?;
    let article = reader.read(&raw.text);
    Ok((raw, article))
}

/// What to say where a file was written over with another article: nothing of the old one is taken back.
fn another_article(raw: &Raw, added: &Added) -> Option<String> {
    let other = added.held_before?;
    Some(format!(
        "note: {} has next to nothing in common with what it held before: that is article {other} and stays, this is \
         article {}",
        raw.origin, added.article
    ))
}

/// Whether a fault of this input is only noted: it stands in a folder that was named, and was not named itself.
fn is_passed_over(input: &Input, named: &BTreeSet<&Path>) -> bool {
    matches!(input, Input::File(path) if !named.contains(path.as_path()))
}

/// A bar, for people, once the work has taken a second.
pub fn progress(inputs: usize, interactive: bool) -> ProgressBar {
    if !interactive || inputs < 2 {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} articles  {eta} left");
    let bar =
        ProgressBar::with_draw_target(u64::try_from(inputs).ok(), ProgressDrawTarget::stderr_with_hz(4));
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
