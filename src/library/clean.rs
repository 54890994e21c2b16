//! Cleaning, for `clean`: the article inside a text or a page. It touches no library.

use std::ffi::OsString;

use rayon::prelude::*;

use super::StandardInput;
use crate::dictionary::shadow::traditional;
use crate::document::{self, Document, Origin};
use crate::named::named;
use crate::source::{self, Input, Raw, SourceError, Web};

/// An article as it was found.
#[derive(Debug)]
pub struct Cleaned {
    /// Where it came from.
    pub origin: Origin,
    /// The article.
    pub article: Document,
    /// The script of its hanzi.
    pub script: Script,
    /// Notes on how it was read.
    pub notes: Vec<String>,
}

/// An input in which no article was found.
#[derive(Debug)]
pub struct Refused {
    /// Its name as it was given.
    pub origin: String,
    /// The reason.
    pub error: SourceError,
}

named! {
    /// Which hanzi a text is written in.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Script {
        /// As on the mainland and in Singapore.
        Simplified = "simplified",
        /// As in Taiwan and Hong Kong.
        Traditional = "traditional",
    }
}

impl Script {
    /// The script of a text: in traditional news every third hanzi is none that simplified text has, and in simplified
    /// news hardly any.
    #[must_use]
    pub fn of(text: &str) -> Self {
        if traditional(text) * 10 > crate::hanzi::count(text) { Self::Traditional } else { Self::Simplified }
    }
}

/// The number of inputs that are read at a time: memory stays flat, and all processors have work.
const AT_A_TIME: usize = 64;

/// Reads what the arguments name, in their order; `show` is given one after the other. One that can't be read stops none
/// of the others. With `whole`, nothing is cut.
///
/// # Errors
/// The errors of `show`.
pub fn clean<E>(
    arguments: &[OsString],
    stdin: StandardInput,
    web: &Web,
    whole: bool,
    mut show: impl FnMut(Result<Cleaned, Refused>) -> Result<(), E>,
) -> Result<(), E> {
    for argument in arguments {
        let refused = |error| Refused { origin: argument.to_string_lossy().into_owned(), error };
        let inputs = match source::gather(std::slice::from_ref(argument)) {
            Ok(inputs) => inputs,
            Err(error) => {
                show(Err(refused(error)))?;
                continue;
            }
        };
        for some in inputs.chunks(AT_A_TIME) {
            let cleaned: Vec<_> = some.par_iter().map(|input| all(input, stdin, web, whole)).collect();
            for read in cleaned {
                match read {
                    Ok(articles) => articles.into_iter().map(Ok).try_for_each(&mut show)?,
                    Err(refused) => show(Err(refused))?,
                }
            }
        }
    }
    Ok(())
}

/// The articles of one input.
fn all(input: &Input, stdin: StandardInput, web: &Web, whole: bool) -> Result<Vec<Cleaned>, Refused> {
    let raws = source::read(input, &mut stdin(), Some(web)).map_err(|error| Refused {
        origin: match input {
            Input::Stdin => Origin::Stdin.to_string(),
            input => input.name(),
        },
        error,
    })?;
    let cleaned = |raw: Raw| {
        let raw = if whole { raw.uncut() } else { raw };
        let article = document::clean(&raw.text);
        let script = Script::of(&article.text());
        Cleaned { origin: raw.origin, article, script, notes: raw.notes }
    };
    Ok(raws.into_iter().map(cleaned).collect())
}
