//! The operations on a library: add, make, export, import, mark, correct, report. Functions from values to values.
//!
//! The faces (the command line, and what comes beside it) parse what somebody asked for, call one function of this room,
//! and show the value that it returns. So whatever decides something stands here, once, and a test can reach it without
//! a process. **Invariant**: nothing here asks for what only a terminal has. The clock, the folders of settings,
//! standard input and whoever waits for news are parameters.

pub mod add;
pub mod check;
pub mod clean;
pub mod copies;
pub mod correct;
pub mod deck_file;
pub mod export;
mod failure;
pub mod feed;
pub mod import;
mod listener;
mod lists;
mod make;
pub mod mark;
mod place;
pub mod read;
mod renew;
pub mod report;
pub mod rows;
pub mod settings;
pub mod show;
pub mod stats;
mod vocabulary;
pub mod words;
pub mod written;

use std::io::Read;
use std::sync::OnceLock;

pub use failure::Failure;
pub use listener::Listener;
pub use make::{Made, default_output};
pub use place::Place;
pub use renew::read_anew;
pub use settings::{Config, Settings};

pub use crate::source::Web;
pub use crate::source::web::Kept;
pub use crate::store::Patience;

use crate::corrections::Correction;
use crate::pipeline::Reader;
use crate::store::Store;
use crate::words::Moment;

/// How standard input is got at, where `-` was named.
pub type StandardInput = fn() -> Box<dyn Read>;

/// A library at work: what is recorded in it, and the stages as its corrections bend them.
#[derive(Debug)]
pub struct Library {
    store: Store,
    stages: Stages,
    now: Moment,
}

/// The stages of reading, loaded at first use, and what the learner has put right for them.
#[derive(Debug, Default)]
struct Stages {
    corrections: Vec<Correction>,
    reader: OnceLock<Reader>,
}

impl Stages {
    fn of(store: &Store) -> Result<Self, Failure> {
        if !store.has_corrections()? {
            return Ok(Self::default());
        }
        let corrections = store.corrections()?.into_iter().map(|recorded| recorded.correction).collect();
        Ok(Self { corrections, reader: OnceLock::new() })
    }

    /// Gives the memory back that they take, until they are asked for once more.
    fn unload(&mut self) {
        self.reader = OnceLock::new();
    }

    fn reader(&self) -> &Reader {
        self.reader.get_or_init(|| Reader::with(&self.corrections))
    }
}

impl Library {
    fn of(store: Store, now: Moment) -> Result<Self, Failure> {
        let stages = Stages::of(&store)?;
        Ok(Self { store, stages, now })
    }

    /// The stages, as the corrections of the library bend them.
    #[must_use]
    pub fn reader(&self) -> &Reader {
        self.stages.reader()
    }

    /// Forgets the stages that were loaded, and asks for the corrections anew.
    fn renew_stages(&mut self) -> Result<(), Failure> {
        self.stages = Stages::of(&self.store)?;
        Ok(())
    }
}

/// `1 word`, `2 words`.
#[must_use]
pub fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
