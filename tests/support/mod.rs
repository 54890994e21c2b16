//! A home in which shengci runs on its own: a fresh library, a fixed clock, no colour, no network; and the
//! real Anki.

pub mod collection;
pub mod forms;
#[cfg(target_os = "linux")]
pub mod mounts;
pub mod python;
pub mod server;
#[cfg(unix)]
pub mod terminal;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder with a library of its own.
pub struct Home {
    folder: tempfile::TempDir,
}

/// The exit code and the outputs of a command.
#[derive(Debug)]
pub struct Said {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Home {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn join(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn library(&self) -> PathBuf {
        self.join("library.db")
    }

    /// Writes a file in the home, and gives its path.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(&path, bytes).expect("a file in the temporary folder");
        path
    }

    /// The command, ready to run in this home.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shengci"));
        command
            .current_dir(self.path())
            .env_clear()
            .env("HOME", self.path())
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("SHENGCI_LIBRARY", self.library())
            .env("SHENGCI_NOW", "1780000000")
            .env("NO_COLOR", "1")
            .stdin(Stdio::null());
        command
    }

    /// Runs it.
    pub fn run<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Said {
        Said::of(self.command().args(arguments).output().expect("shengci starts"))
    }

    /// Runs it with this on standard input.
    pub fn pipe<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>, input: &[u8]) -> Said {
        use std::io::Write;
        let mut child = self
            .command()
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("shengci starts");
        let mut stdin = child.stdin.take().expect("a pipe");
        let input = input.to_vec();
        // It may stop reading at the first fault: a broken pipe is then as it should be.
        let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
        let output = child.wait_with_output().expect("shengci ends");
        writer.join().expect("the writer ends");
        Said::of(output)
    }

    /// Runs it, and it must succeed; gives what it printed.
    pub fn ok<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> String {
        let said = self.run(arguments);
        assert_eq!(said.code, Some(0), "{}", said.err);
        said.out
    }

    /// Runs it with `--json`, and it must succeed; gives the rows.
    pub fn json<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> serde_json::Value {
        let mut command = self.command();
        let said = Said::of(command.arg("--json").args(arguments).output().expect("shengci starts"));
        assert_eq!(said.code, Some(0), "{}", said.err);
        serde_json::from_str(&said.out).expect("JSON on stdout")
    }
}

impl Said {
    pub fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("UTF-8 on stdout"),
            err: String::from_utf8(output.stderr).expect("UTF-8 on stderr"),
        }
    }

    /// It failed as a command should: exit code 1, an error that names what is wrong, and something to do.
    pub fn is_failure(&self, naming: &str) -> &Self {
        assert_eq!(self.code, Some(1), "{self:?}");
        assert!(self.err.starts_with("error: "), "{self:?}");
        assert!(self.err.contains(naming), "“{naming}” is not in {self:?}");
        assert!(self.err.contains(" hint: "), "{self:?}");
        assert!(!self.err.contains("panicked"), "{self:?}");
        assert!(self.out.is_empty(), "{self:?}");
        self
    }
}
