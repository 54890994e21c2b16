//! The reader of Anki's collections, held against those that the real Anki makes (`study.py`, `matrix.py`) and
//! against a stand-in for AnkiConnect (`standin.py`).

mod connect;
pub mod large;
mod live;
mod matrix;
mod states;
mod traps;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use shengci::dictionary::Dictionary;
use shengci::hanzi::Headword;
use shengci::learned::{AnkiState, Collection, Lookup, Options, Report, read_report};
use shengci::pinyin::Reading;
use shengci::words::WordKey;

use crate::support::python;

fn no_library(_: &Headword) -> Vec<WordKey> {
    Vec::new()
}

fn lookup() -> Lookup<'static> {
    Lookup::new(Dictionary::embedded(), &no_library)
}

fn key(hanzi: &str, reading: &str) -> WordKey {
    let headword = Headword::new(hanzi).expect("a headword");
    let reading = Reading::parse(hanzi, reading).expect("a reading");
    WordKey { headword, reading }
}

fn report(path: &Path) -> Report {
    let collection = Collection::read(path).unwrap_or_else(|e| panic!("{e}"));
    read_report(&collection, &lookup(), &Options::default())
}

/// `公司 gong1 si1` → its state.
fn states(report: &Report) -> BTreeMap<String, AnkiState> {
    report
        .states()
        .into_iter()
        .map(|(key, state)| (format!("{} {}", key.headword, key.reading), state))
        .collect()
}

/// A folder with a collection in every form, made by the real Anki.
pub fn study(folder: &Path, scheduler: &str) {
    python::script("tests/learned/study.py", &["make", &folder.to_string_lossy(), scheduler]);
}

/// A script that runs until its standard input ends.
pub struct Running {
    child: Child,
    lines: BufReader<std::process::ChildStdout>,
}

impl Running {
    pub fn start(script: &str, arguments: &[&str]) -> Self {
        let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(script);
        let mut child = Command::new(python::python())
            .arg(script)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python starts");
        let lines = BufReader::new(child.stdout.take().expect("a pipe"));
        Self { child, lines }
    }

    pub fn line(&mut self) -> String {
        let mut line = String::new();
        self.lines.read_line(&mut line).expect("a line");
        line.trim().to_owned()
    }

    pub fn say(&mut self, line: &str) {
        let stdin = self.child.stdin.as_mut().expect("a pipe");
        writeln!(stdin, "{line}").expect("it listens");
    }

    /// Ends its input, and gives the line that it prints then.
    pub fn end(mut self) -> String {
        drop(self.child.stdin.take());
        let last = self.line();
        assert!(self.child.wait().expect("it ends").success());
        last
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}
