//! What every verb works with: where to write, what time it is, where the library lies.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use super::Failure;
use super::paths::{Config, Library};
use super::printer::{Printer, indented};
use crate::pipeline::Reader;
use crate::store::{Patience, Store};
use crate::words::{Correction, Moment};

/// The world, as a verb sees it.
pub struct Context {
    /// Results.
    pub out: Printer,
    /// Progress and notes.
    pub err: Printer,
    /// The moment at which the command began; `SHENGCI_NOW` fixes it.
    pub now: Moment,
    /// Print for machines.
    pub json: bool,
    /// Whether a person looks at stderr, so that a progress bar is of use.
    pub interactive: bool,
    /// The library file.
    pub library: Library,
    /// The folder with the user's own decks and settings.
    pub config: Config,
    stages: Arc<Stages>,
}

/// The stages, and what the learner has put right for them.
#[derive(Debug, Default)]
pub struct Stages {
    corrections: OnceLock<Vec<Correction>>,
    reader: OnceLock<Reader>,
}

impl Stages {
    /// The stages, loaded at first use; with the corrections of the library, if one was opened.
    pub fn reader(&self) -> &Reader {
        self.reader.get_or_init(|| Reader::with(self.corrections.get().into_iter().flatten()))
    }

    /// Takes over the corrections of a library.
    fn follow(&self, store: &Store) -> Result<(), Failure> {
        if store.has_corrections()? {
            let list = store.corrections()?.into_iter().map(|recorded| recorded.correction).collect();
            // A second library of one command is the same one: its corrections are known.
            let _ = self.corrections.set(list);
        }
        Ok(())
    }
}

impl Context {
    /// From the process's environment.
    ///
    /// # Errors
    /// When `SHENGCI_NOW` is no moment.
    pub fn from_environment(library: Option<PathBuf>, json: bool) -> Result<Self, Failure> {
        Ok(Self {
            out: Printer::stdout(json),
            err: Printer::stderr(),
            now: now()?,
            json,
            interactive: io::stderr().is_terminal(),
            library: Library::of(library),
            config: Config::of_user(),
            stages: Arc::default(),
        })
    }

    /// The stages, loaded at first use. Open the library first, where there is one: it has the corrections.
    pub fn reader(&self) -> &Reader {
        self.stages.reader()
    }

    /// The stages, for a thread that loads them while this one does something else.
    pub fn stages(&self) -> Arc<Stages> {
        Arc::clone(&self.stages)
    }

    /// After corrections have changed, the stages that follow them.
    ///
    /// # Errors
    /// When the library can't be read.
    pub fn renew_reader(&mut self, store: &Store) -> Result<(), Failure> {
        self.stages = Arc::default();
        self.stages.follow(store)
    }

    /// The library; a new one where there is none yet.
    ///
    /// # Errors
    /// When it can't be opened.
    pub fn store(&self) -> Result<Store, Failure> {
        let store = Store::open_with(self.library.path()?, self.now, self.patience())?;
        self.stages.follow(&store)?;
        Ok(store)
    }

    /// The library, which has to be there: a question to one that does not exist makes none.
    ///
    /// # Errors
    /// When there is none, or it can't be opened.
    pub fn existing_store(&self) -> Result<Store, Failure> {
        let store = self.store_as_it_is()?;
        self.stages.follow(&store)?;
        Ok(store)
    }

    /// The library, which has to be there, to be looked through: nothing in it need make sense.
    ///
    /// # Errors
    /// When there is none, or it can't be opened.
    pub fn store_as_it_is(&self) -> Result<Store, Failure> {
        Ok(Store::open_existing_with(self.library.path()?, self.now, self.patience())?)
    }

    /// How long a command waits for another one that writes, and says so.
    pub fn patience(&self) -> Patience {
        Patience::telling(|library| {
            // A courtesy, as all notes are.
            let library = library.display();
            let _ = writeln!(
                Printer::stderr(),
                "waiting for another shengci that writes to the library {library} …"
            );
        })
    }

    /// A note to the person who runs the command.
    pub fn note(&mut self, note: &str) {
        // In the order in which they were said, where both go to one terminal; a fault shows when output ends.
        let _ = self.out.flush();
        // Notes are a courtesy: a closed stderr must not fail the command.
        let _ = writeln!(self.err, "{}", indented(note));
    }

    /// One result as JSON, on a line of its own.
    ///
    /// # Errors
    /// When stdout can't be written.
    pub fn json_line(&mut self, value: &impl serde::Serialize) -> Result<(), Failure> {
        serde_json::to_writer(&mut self.out, value)?;
        self.out.write_all(b"\n")?;
        Ok(())
    }

    /// Writes out what is still held back.
    ///
    /// # Errors
    /// When stdout can't be written.
    pub fn finish(&mut self) -> Result<(), Failure> {
        Ok(self.out.flush()?)
    }
}

fn now() -> Result<Moment, Failure> {
    let Ok(text) = std::env::var("SHENGCI_NOW") else {
        return Ok(Moment::nearest(jiff::Timestamp::now().as_second()));
    };
    let seconds = text.parse().or_else(|_| text.parse::<jiff::Timestamp>().map(jiff::Timestamp::as_second));
    let moment = seconds.ok().and_then(Moment::new);
    moment.ok_or_else(|| {
        let failure = Failure::new(format!("SHENGCI_NOW is “{text}”, which is no moment from 1970 to 9998"));
        match text.parse::<i64>() {
            Ok(number) if number > Moment::LAST.0 => {
                failure.hint("give seconds since 1970, not milliseconds")
            }
            _ => failure.hint("give seconds since 1970, or a time such as 2026-11-23T09:00:00Z"),
        }
    })
}
