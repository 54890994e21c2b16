//! The surroundings that every verb works in: where to write, what time it is, where the library lies.

use std::io::{self, IsTerminal, Read, Write};
use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::printer::{Printer, indented};
use super::{Failure, paths};
use crate::library::{Config, Listener, Patience, Place};
use crate::words::Moment;

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
    /// Where the library lies.
    pub library: Place,
    /// The folder with the user's own decks and settings.
    pub config: Config,
    /// Whether a person looks at stderr, so that a progress bar is of use.
    interactive: bool,
    bar: ProgressBar,
}

impl Context {
    /// From the process's environment.
    ///
    /// # Errors
    /// When `SHENGCI_NOW` is no moment.
    pub fn from_environment(library: Option<PathBuf>, json: bool) -> Result<Self, Failure> {
        let now = now()?;
        Ok(Self {
            out: Printer::stdout(json),
            err: Printer::stderr(),
            now,
            json,
            library: Place::new(paths::library_or(library), now, patience()),
            config: paths::config_of_user(),
            interactive: io::stderr().is_terminal(),
            bar: ProgressBar::hidden(),
        })
    }

    /// A bar of so many steps.
    fn shows(&mut self, steps: usize, template: &str) {
        if !self.interactive || steps < 2 {
            return;
        }
        let style = ProgressStyle::with_template(template);
        let to = ProgressDrawTarget::stderr_with_hz(4);
        let bar = ProgressBar::with_draw_target(u64::try_from(steps).ok(), to);
        self.bar = bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
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
        // In one piece: what is shown is looked at for each piece that is written.
        let mut line = serde_json::to_string(value)?;
        line.push('\n');
        self.out.show(&line)?;
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

/// A bar, for people, once the work has taken a second.
impl Listener for Context {
    fn begins(&mut self, articles: usize) {
        self.shows(articles, "{bar:30} {pos}/{len} articles  {eta} left");
    }

    fn asks(&mut self, feeds: usize) {
        self.shows(feeds, "{bar:30} {pos}/{len} feeds");
    }

    fn goes_on(&mut self, articles: usize) {
        self.bar.inc(articles as u64);
    }

    fn ends(&mut self) {
        self.bar.finish_and_clear();
        self.bar = ProgressBar::hidden();
    }

    fn note(&mut self, note: &str) {
        Self::note(self, note);
    }
}

/// How long a command waits for another one that writes, and says so.
fn patience() -> Patience {
    Patience::telling(|library| {
        // A courtesy, as all notes are.
        let library = library.display();
        let _ =
            writeln!(Printer::stderr(), "waiting for another shengci that writes to the library {library} …");
    })
}

/// Standard input, where somebody named it.
pub fn standard_input() -> Box<dyn Read> {
    Box::new(io::stdin())
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
