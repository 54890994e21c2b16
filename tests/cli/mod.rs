//! The command line as a user meets it: the whole way through, and everything that can be wrong with what is
//! given to it.

mod bad_input;
mod golden;
mod libraries;
mod said;
mod targets;
mod whole_way;

use std::path::{Path, PathBuf};

/// The sample article that the README names.
fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles/night-library.txt")
}
