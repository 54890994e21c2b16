//! Articles on their way into the library: found, read in parallel, added in portions.
//!
//! Reading runs ahead of adding by a few articles at a time, so that a folder of
//! thousands needs no more memory than a handful, and both processors have work. The library is locked only while
//! articles that have been read are written: never while a file, a pipe or the stages are waited for.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::Path;
use std::sync::mpsc;

use rayon::prelude::*;

use super::{Failure, Library, Listener, StandardInput};
use crate::pipeline::{Article, Reader};
use crate::source::{self, Input, Raw, SourceError, Web};
pub use crate::store::Outcome;
use crate::store::{Added, Store, StoreError};
use crate::words::Moment;

/// The outcome of one input.
#[derive(Debug)]
pub struct Taken {
    /// The record of it in the library.
    pub added: Added,
    /// Aligned pairs, by place.
    pub pairs: usize,
    /// The number of doubts.
    pub doubts: usize,
    /// Stretches that were cut.
    pub cuts: usize,
}

/// Inputs that were found and not yet read.
#[derive(Debug)]
pub struct FoundInputs<'a> {
    inputs: Vec<Input>,
    stdin: StandardInput,
    web: Web,
    /// The paths that were named themselves, and so have to be articles.
    named: BTreeSet<&'a Path>,
}

/// Finds what the arguments name, so that a wrong name is known before anything is read. Pages come by way of `web`.
///
/// # Errors
/// When an argument names nothing, or a folder without a text file.
pub fn find(arguments: &[OsString], stdin: StandardInput, web: Web) -> Result<FoundInputs<'_>, Failure> {
    let named = arguments.iter().map(Path::new).filter(|path| !path.is_dir()).collect();
    Ok(FoundInputs { inputs: source::gather(arguments)?, stdin, web, named })
}

/// Inputs of which all that were named are texts.
#[derive(Debug)]
pub struct Texts {
    texts: Vec<Text>,
    stdin: StandardInput,
    web: Web,
    again: bool,
    /// Nothing of them is cut.
    whole: bool,
}

impl Texts {
    /// The same, with articles counted again that the library has from elsewhere.
    #[must_use]
    pub fn again(self, again: bool) -> Self {
        Self { again, ..self }
    }

    /// The same, with nothing cut of them, now or when a later version reads them.
    #[must_use]
    pub fn whole(self, whole: bool) -> Self {
        Self { whole, ..self }
    }
}

impl Texts {
    /// Texts that have been read, to be added.
    pub(super) fn of(raws: Vec<Raw>, web: &Web) -> Self {
        let text = |raw| Text { input: Input::Stdin, is_named: true, raws: Some(vec![raw]) };
        let texts = raws.into_iter().map(text).collect();
        Self { texts, stdin: || Box::new(std::io::empty()), web: web.clone(), again: false, whole: false }
    }
}

#[derive(Debug)]
struct Text {
    input: Input,
    is_named: bool,
    /// Read already: the articles in it.
    raws: Option<Vec<Raw>>,
}

/// More sentences than any article has: a book, or a day's paper in one file.
const LONG: usize = 1500;

/// The number of articles that are read at a time while the ones before them are added.
const AT_A_TIME: usize = 16;

/// The most bytes of named texts that are kept; those beyond are read once more when their turn comes.
const KEPT: usize = 8 << 20;

/// The most articles, or bytes of text, that are written at a time: a tenth of a second.
const PORTION: (usize, usize) = (96, 768 << 10);

impl FoundInputs<'_> {
    /// Reads what was named, and standard input, before a library is opened: so that one that is no article is known
    /// before anything is added, and whoever types one keeps nobody waiting.
    ///
    /// # Errors
    /// When something that was named is no text with Chinese in it.
    pub fn read_named(self) -> Result<Texts, Failure> {
        let Self { inputs, stdin, web, named } = self;
        let is_named = |input: &Input| match input {
            Input::File(path) => named.contains(path.as_path()),
            Input::Stdin | Input::Page(_) => true,
        };
        let mut texts: Vec<Text> =
            inputs.into_iter().map(|input| Text { is_named: is_named(&input), input, raws: None }).collect();
        let mut kept = 0;
        for some in texts.chunks_mut(AT_A_TIME) {
            let read = some.par_iter_mut().filter(|text| text.is_named).map(|text| {
                let raws = source::read(&text.input, &mut stdin(), Some(&web))?;
                text.raws = Some(raws);
                Ok(())
            });
            // The first one in their order, whichever was read first.
            read.collect::<Vec<Result<(), SourceError>>>().into_iter().collect::<Result<(), _>>()?;
            for text in some {
                kept += text.raws.iter().flatten().map(|raw| raw.text.len()).sum::<usize>();
                if kept > KEPT && text.is_file() {
                    text.raws = None;
                }
            }
        }
        Ok(Texts { texts, stdin, web, again: false, whole: false })
    }
}

impl Text {
    /// Whether it can be read a second time.
    fn is_file(&self) -> bool {
        matches!(&self.input, Input::File(path) if path.is_file())
    }
}

/// Adds what was found, in portions. In a folder, a file that is no article is passed over with a note.
///
/// # Errors
/// When there is no article in it, or the library can't be written; what was added before is told.
pub fn add(texts: Texts, library: &mut Library, listener: &mut dyn Listener) -> Result<Vec<Taken>, Failure> {
    listener.begins(texts.texts.len());
    let mut notes = Vec::new();
    let mut taken = Vec::with_capacity(texts.texts.len());
    let done = add_all(texts, library, &mut taken, &mut notes, listener);
    listener.ends();
    for note in notes {
        listener.note(&note);
    }
    match done {
        Ok(_) if taken.is_empty() => Err(Failure::new("no article was found in what was named")
            .hint("an article is a plain text file with Chinese in it")),
        Ok(overtaken) => {
            if overtaken {
                // Somebody has put something right since these were read.
                library.reread(listener)?;
            }
            Ok(taken)
        }
        Err(failure) if taken.is_empty() => Err(failure),
        Err(failure) => Err(failure.hint(format!(
            "{} of them are in the library; run the same command again when this is mended: nothing is counted twice",
            taken.len()
        ))),
    }
}

/// One side reads ahead, the other one adds. Whether something was put right meanwhile.
fn add_all(
    texts: Texts,
    library: &mut Library,
    taken: &mut Vec<Taken>,
    notes: &mut Vec<String>,
    listener: &mut dyn Listener,
) -> Result<bool, Failure> {
    let Texts { mut texts, stdin, web, again, whole } = texts;
    let Library { store, stages, now } = library;
    let (stages, now) = (&*stages, *now);
    std::thread::scope(|scope| {
        let (send, receive) = mpsc::sync_channel(1);
        scope.spawn(move || {
            let reader = stages.reader();
            for some in texts.chunks_mut(AT_A_TIME) {
                let read: Vec<_> = match some {
                    [one] => vec![read(one, stdin, &web, whole, reader)],
                    several => {
                        several.par_iter_mut().map(|text| read(text, stdin, &web, whole, reader)).collect()
                    }
                };
                // The adding side has given up: there is nobody to read for.
                if send.send(read).is_err() {
                    return;
                }
            }
        });
        let mut portion = Portion { again, ..Portion::default() };
        for read in receive.iter().flatten() {
            listener.goes_on(1);
            let read = match read {
                Ok(read) => read,
                Err(Unread { error, is_named: false }) => {
                    notes.push(format!("passed over: {error}"));
                    continue;
                }
                Err(Unread { error, is_named: true }) => return Err(Failure::from(error)),
            };
            for (raw, article) in read {
                if article.sentences.len() > LONG {
                    notes.push(format!(
                        "{}: {} sentences were taken for one article; if they are several, give each a file of its own",
                        raw.origin,
                        article.sentences.len()
                    ));
                }
                notes.extend(raw.notes.iter().map(|note| format!("{}: {note}", raw.origin)));
                if portion.is_full_with(&raw) {
                    portion.add(store, now, taken, notes)?;
                }
                portion.take(raw, article);
            }
        }
        portion.add(store, now, taken, notes)?;
        Ok(portion.overtaken)
    })
}

/// Articles that are written together.
#[derive(Default)]
struct Portion {
    again: bool,
    articles: Vec<(Raw, Article)>,
    bytes: usize,
    /// Whether something was put right since one that was written was read.
    overtaken: bool,
}

impl Portion {
    fn is_full_with(&self, raw: &Raw) -> bool {
        self.articles.len() == PORTION.0 || self.bytes > 0 && self.bytes + raw.text.len() > PORTION.1
    }

    fn take(&mut self, raw: Raw, article: Article) {
        self.bytes += raw.text.len();
        self.articles.push((raw, article));
    }

    /// Writes them, and is empty again.
    fn add(
        &mut self,
        store: &mut Store,
        now: Moment,
        taken: &mut Vec<Taken>,
        notes: &mut Vec<String>,
    ) -> Result<(), StoreError> {
        let articles = std::mem::take(&mut self.articles);
        self.bytes = 0;
        if articles.is_empty() {
            return Ok(());
        }
        let again = self.again;
        let (added, overtaken) = store.adding(now, |adding| {
            adding.again(again);
            let add = |(raw, article): &(Raw, Article)| adding.add(&raw.text, &raw.origin, article);
            let added = articles.iter().map(add).collect::<Result<Vec<_>, _>>()?;
            Ok((added, adding.is_overtaken()))
        })?;
        self.overtaken |= overtaken;
        for ((raw, article), added) in articles.iter().zip(added) {
            notes.extend(another_article(raw, &added));
            taken.push(Taken {
                added,
                pairs: article.annotated.annotations().len(),
                doubts: article.annotated.doubts().len(),
                cuts: article.document.cuts.len(),
            });
        }
        Ok(())
    }
}

struct Unread {
    error: SourceError,
    is_named: bool,
}

fn read(
    text: &mut Text,
    stdin: StandardInput,
    web: &Web,
    whole: bool,
    reader: &Reader,
) -> Result<Vec<(Raw, Article)>, Unread> {
    let raws = match text.raws.take() {
        Some(raws) => raws,
        None => source::read(&text.input, &mut stdin(), Some(web))
            .map_err(|error| Unread { error, is_named: text.is_named })?,
    };
    let read = |raw: Raw| {
        let raw = if whole { raw.uncut() } else { raw };
        let article = reader.read(&raw.text);
        (raw, article)
    };
    Ok(raws.into_par_iter().map(read).collect())
}

/// The notice that a file was written over with another article: nothing of the old one is taken back.
fn another_article(raw: &Raw, added: &Added) -> Option<String> {
    let other = added.held_before?;
    Some(format!(
        "note: {} has next to nothing in common with what it held before: that is article {other} and stays, this is \
         article {}",
        raw.origin, added.article
    ))
}
