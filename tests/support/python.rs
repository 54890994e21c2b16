//! A Python with the real Anki in it (PyPI `anki`), for the tests that import what we export.
//!
//! `SHENGCI_PYTHON` names one; else `.venv` in the repository; else one is made under `target/`, once, so that
//! `cargo test` is all that a fresh machine needs.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The version that the tests were written against.
const ANKI: &str = "anki==26.9.3";

/// The Python to run the scripts under `tests/` with.
pub fn python() -> &'static Path {
    static PYTHON: OnceLock<PathBuf> = OnceLock::new();
    PYTHON.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let named = std::env::var_os("SHENGCI_PYTHON").map(PathBuf::from);
        let venv = root.join(".venv/bin/python");
        let made = root.join("target/anki-venv/bin/python");
        for python in named.into_iter().chain([venv, made.clone()]) {
            if has_anki(&python) {
                return python;
            }
        }
        eprintln!("making a Python environment with Anki in target/anki-venv; this happens once");
        let venv = made.parent().and_then(Path::parent).expect("target/anki-venv");
        run(Command::new("python3").args(["-m", "venv"]).arg(venv));
        run(Command::new(&made).args(["-m", "pip", "install", "--quiet", ANKI]));
        made
    })
}

fn has_anki(python: &Path) -> bool {
    Command::new(python)
        .args(["-c", "import anki.collection"])
        .stderr(std::process::Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn run(command: &mut Command) {
    let status = command.status().unwrap_or_else(|e| panic!("{command:?}: {e}; the Anki tests need python3"));
    assert!(
        status.success(),
        "{command:?} failed; the Anki tests need python3 with venv and pip (Debian: apt-get install python3-venv)"
    );
}

/// Runs a script of the tests and gives what it printed; it must succeed.
pub fn script(path: &str, arguments: &[&str]) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let output =
        Command::new(python()).arg(&script).args(arguments).output().expect("the tests' Python starts");
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{path} {arguments:?} failed:\n{err}");
    String::from_utf8(output.stdout).expect("UTF-8 on stdout")
}
