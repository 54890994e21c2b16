//! The help, and the errors for impossible arguments.
//!
//! clap quotes arguments amid its own colours, so what it says can't be looked through afterwards: the arguments are
//! made visible before, and parsed once more.

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use super::Cli;
use super::printer::Printer;
use crate::hanzi::made_seen;

/// Says what clap says of the arguments, and gives the exit code that goes with it.
pub fn tell(error: &clap::Error, arguments: &[OsString]) -> ExitCode {
    let shown = arguments.iter().map(|argument| made_seen(&argument.to_string_lossy()).into_owned());
    // If nobody listens there is nobody left to tell.
    let _ = match Cli::try_parse_from(shown) {
        Err(again) if again.kind() == error.kind() => again.print(),
        // Made visible they are right: it was the bytes that were wrong.
        _ => write!(Printer::stderr(), "{error}"),
    };
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}
