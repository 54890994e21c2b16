//! A failure, as the command line tells it: on stderr, with an exit code.

use std::io::{self, Write};
use std::process::ExitCode;

use anstyle::AnsiColor;

use super::printer::{Printer, indented};
use crate::library::Failure;

/// Says it, and gives the exit code that goes with it.
pub fn tell<W: Write>(failure: &Failure, err: &mut Printer<W>) -> ExitCode {
    if failure.is_closed_pipe() {
        return ExitCode::SUCCESS;
    }
    let (red, cyan) = (AnsiColor::Red.on_default().bold(), AnsiColor::Cyan.on_default());
    let mut say = || -> io::Result<()> {
        err.styled(red, "error:")?;
        writeln!(err, " {}", indented(failure.what()))?;
        for hint in failure.hints() {
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
