//! The program as a learner runs it, and the laws that hold for every command.

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// A command that takes longer than this hangs. Ordinary ones take a tenth of a second.
const PATIENCE: Duration = Duration::from_secs(60);

/// The most that a command may print, in bytes.
const MOST: u64 = 32 << 20;

/// The most memory that it may ask for, in KiB: far above what any input here is worth.
const MEMORY: u32 = 3 << 20;

/// The program, by its file.
#[derive(Clone, Debug)]
pub struct Program(PathBuf);

/// How a command ended, and what it said.
#[derive(Clone, Debug)]
pub struct Said {
    /// The exit code: 0, 1 or 2.
    pub code: i32,
    /// The bytes of standard output.
    pub out: Vec<u8>,
    /// The text of standard error.
    pub err: String,
}

impl Program {
    /// The program in this file.
    #[must_use]
    pub fn new(file: PathBuf) -> Self {
        Self(file)
    }

    /// Its file.
    #[must_use]
    pub fn file(&self) -> &Path {
        &self.0
    }

    /// A command in a home of its own: its library is `library.db`, its settings and its temporary files lie
    /// there, too. On Unix it may take a bounded amount of memory.
    #[must_use]
    pub fn command(&self, home: &Path) -> Command {
        let mut command = if cfg!(unix) {
            let mut shell = Command::new("sh");
            shell.args(["-c", &format!("ulimit -v {MEMORY}; exec \"$0\" \"$@\"")]).arg(&self.0);
            shell
        } else {
            Command::new(&self.0)
        };
        command
            .current_dir(home)
            .env_clear()
            .env("HOME", home)
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("SHENGCI_LIBRARY", home.join("library.db"))
            .env("SHENGCI_NOW", "1780000000")
            .env("NO_COLOR", "1");
        command
    }

    /// Runs a command, and holds it to the laws.
    ///
    /// # Errors
    /// The law that was broken.
    pub fn run<S: AsRef<OsStr>>(&self, home: &Path, arguments: &[S], input: &[u8]) -> Result<Said, String> {
        let named = || {
            let words: Vec<_> =
                arguments.iter().map(|a| format!("{:?}", a.as_ref().to_string_lossy())).collect();
            words.join(" ")
        };
        end(self.command(home).args(arguments), input, PATIENCE)
            .and_then(|said| lawful(&said).map(|()| said))
            .map_err(|what| format!("shengci {}: {what}", named()))
    }
}

/// Runs a command to its end, which comes within `patience`.
///
/// # Errors
/// When it does not end in time, prints without end, or is ended by a signal.
pub fn end(command: &mut Command, input: &[u8], patience: Duration) -> Result<Said, String> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("it does not start: {error}"))?;
    let stdin = child.stdin.take();
    let input = input.to_vec();
    // It may stop reading at the first fault.
    thread::spawn(move || stdin.map(|mut stdin| drop(stdin.write_all(&input))));
    let out = gathered(child.stdout.take());
    let err = gathered(child.stderr.take());
    // Both are closed when the process ends, so nobody has to ask again and again whether it has.
    let both = out.recv_timeout(patience).and_then(|out| Ok((out, err.recv_timeout(patience)?)));
    let Ok((out, err)) = both else {
        stop(&mut child);
        return Err(format!("it has not ended after {} s", patience.as_secs()));
    };
    if out.len() as u64 >= MOST || err.len() as u64 >= MOST {
        stop(&mut child);
        return Err(format!("it prints more than {} MiB", MOST >> 20));
    }
    let status = child.wait().map_err(|error| error.to_string())?;
    let err = String::from_utf8_lossy(&err).into_owned();
    match status.code() {
        Some(code) => Ok(Said { code, out, err }),
        None => Err(format!("it was ended by {status}: {}", crate::campaign::shown(err.as_bytes()))),
    }
}

fn stop(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

fn gathered(from: Option<impl Read + Send + 'static>) -> mpsc::Receiver<Vec<u8>> {
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(from) = from {
            let _ = from.take(MOST).read_to_end(&mut bytes);
        }
        let _ = send.send(bytes);
    });
    receive
}

impl Said {
    /// Whether what stands on standard output is for people to read, with nothing in it that commands a terminal.
    ///
    /// # Errors
    /// The character that does.
    pub fn is_plain(&self) -> Result<(), String> {
        match String::from_utf8_lossy(&self.out).chars().find(|&c| is_hostile(c)) {
            Some(c) => Err(format!(
                "U+{:04X} reaches the terminal: {}",
                u32::from(c),
                crate::campaign::shown(&self.out)
            )),
            None => Ok(()),
        }
    }
}

/// The laws for every command, whatever it was given.
///
/// # Errors
/// The law that was broken.
pub fn lawful(said: &Said) -> Result<(), String> {
    let Said { code, err, .. } = said;
    let told = || crate::campaign::shown(err.as_bytes());
    if !(0..=2).contains(code) {
        return Err(format!("exit code {code}: {}", told()));
    }
    if err.contains("panicked at") {
        return Err(format!("it panicked: {}", told()));
    }
    if err.contains("is a fault of shengci") {
        return Err(format!("it takes the fault on itself: {}", told()));
    }
    if let Some(c) = err.chars().find(|&c| is_hostile(c)) {
        return Err(format!("U+{:04X} reaches the terminal: {}", u32::from(c), told()));
    }
    if *code == 1 && !(err.contains("error: ") && err.contains(" hint: ")) {
        return Err(format!("an error without words or without a hint: {}", told()));
    }
    if *code == 2 && !err.contains("Usage: ") && !err.contains("error: ") {
        return Err(format!("wrong usage that is not explained: {}", told()));
    }
    Ok(())
}

/// Whether a character on a terminal is more than a character: a control, or one that turns the order round.
#[must_use]
pub fn is_hostile(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn of(script: &str) -> Result<Said, String> {
        let said = end(Command::new("sh").args(["-c", script]), b"input", Duration::from_secs(20))?;
        lawful(&said).map(|()| said)
    }

    #[test]
    fn each_law_is_seen_broken() {
        for (script, naming) in [
            ("kill -9 $$", "signal"),
            ("exit 3", "exit code 3"),
            ("echo \"thread 'main' panicked at x\" >&2; exit 1", "panicked"),
            ("echo error: alas >&2; exit 1", "hint"),
            ("echo usage >&2; exit 2", "usage"),
            ("printf 'note: \\033[2J' >&2", "U+001B"),
            ("printf 'error: x\\n hint: \\342\\200\\256y' >&2; exit 1", "U+202E"),
            ("exec yes", "prints more"),
        ] {
            let what = of(script).expect_err(script);
            assert!(what.contains(naming), "{script}: {what}");
        }
        let said = of("cat; printf 'error: x\\n hint: y\\n' >&2; exit 1").expect("it is lawful");
        assert_eq!((said.code, said.out.as_slice()), (1, &b"input"[..]));
    }

    #[test]
    fn what_does_not_end_is_ended() {
        let what =
            end(Command::new("sleep").arg("1000"), b"", Duration::from_millis(50)).expect_err("it sleeps");
        assert!(what.contains("has not ended"), "{what}");
    }
}
