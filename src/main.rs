//! Parse, run, report, exit.

use std::process::ExitCode;

/// Reading is mostly small strings, on all processors at once: the system's allocator took a quarter of the time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    shengci::cli::main()
}
