//! The command line as a user meets it: the whole way through, and everything that can be wrong with what is
//! given to it.

mod at_once;
mod bad_input;
mod books;
mod clean;
mod copies;
mod doors;
mod feeds;
mod forms;
mod golden;
mod identity;
mod libraries;
mod places;
mod rim;
mod said;
mod targets;
#[cfg(unix)]
mod terminal;
mod web;
mod whole_way;

use std::path::{Path, PathBuf};

use crate::support::Home;

/// The sample article that the README names.
fn sample() -> PathBuf {
    article("night-library")
}

/// An article of our own.
fn article(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/articles/{name}.txt"))
}

/// A learner who has read one article.
fn with_an_article() -> Home {
    let home = Home::new();
    let article = home.file("a.txt", "公司的工程师在图书馆里修理机器人。");
    home.ok(["add".as_ref(), article.as_os_str()]);
    home
}
