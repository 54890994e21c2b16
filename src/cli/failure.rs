//! What a command says when it can't: what was wrong, where, and what to do.

use std::io::{self, Write};
use std::process::ExitCode;

use anstyle::AnsiColor;

use super::printer::{Printer, indented};
use crate::deck::DeckFileError;
use crate::package::PackageError;
use crate::source::SourceError;
use crate::store::StoreError;

/// Why a command failed.
#[derive(Debug)]
pub struct Failure {
    what: String,
    hints: Vec<String>,
    /// Whoever read our output has closed the pipe (`shengci words | head`): nothing is wrong.
    closed_pipe: bool,
}

impl Failure {
    /// A failure with what was wrong and where.
    pub fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), hints: Vec::new(), closed_pipe: false }
    }

    /// The same with something to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// What was wrong and where.
    #[must_use]
    pub fn what(&self) -> &str {
        &self.what
    }

    /// Says it, and gives the exit code that goes with it.
    pub fn report<W: Write>(&self, err: &mut Printer<W>) -> ExitCode {
        if self.closed_pipe {
            return ExitCode::SUCCESS;
        }
        let (red, cyan) = (AnsiColor::Red.on_default().bold(), AnsiColor::Cyan.on_default());
        let mut say = || -> io::Result<()> {
            err.styled(red, "error:")?;
            writeln!(err, " {}", indented(&self.what))?;
            for hint in &self.hints {
                write!(err, " ")?;
                err.styled(cyan, "hint:")?;
                writeln!(err, " {}", indented(hint))?;
            }
            Ok(())
        };
        // If stderr is gone too there is nobody left to tell.
        let _ = say();
        ExitCode::FAILURE
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        let closed_pipe = error.kind() == io::ErrorKind::BrokenPipe;
        Self { what: format!("the output can't be written: {error}"), hints: Vec::new(), closed_pipe }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::from(io::Error::from(error))
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::new(error.to_string()).hint(error.hint())
    }
}

impl From<SourceError> for Failure {
    fn from(error: SourceError) -> Self {
        Self::new(error.to_string()).hint(error.hint())
    }
}

impl From<DeckFileError> for Failure {
    fn from(error: DeckFileError) -> Self {
        let failure = Self::new(error.to_string());
        match error.hint {
            Some(hint) => failure.hint(hint),
            None => failure.hint("`shengci check` looks all deck files through"),
        }
    }
}

impl From<PackageError> for Failure {
    fn from(error: PackageError) -> Self {
        Self::new(error.to_string())
            .hint("is there enough memory, and room on the disk and for temporary files (TMPDIR)? a deck with a limit needs less")
    }
}
