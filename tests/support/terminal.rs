//! A terminal of our own, which a command takes for a person's.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::process::{Command, Stdio};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

/// Runs a command whose stdout and stderr are a terminal, and gives the bytes that reached it.
pub fn on_a_terminal(mut command: Command, input: &[u8]) -> Vec<u8> {
    let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&ours).expect("the right to use it");
    unlockpt(&ours).expect("it is unlocked");
    let name = ptsname(&ours, Vec::new()).expect("its name").into_string().expect("ASCII");
    let theirs = OpenOptions::new().read(true).write(true).open(name).expect("the other end");
    let mut settings = tcgetattr(&theirs).expect("its settings");
    // Bytes as they are written: no carriage return before a line feed.
    settings.make_raw();
    tcsetattr(&theirs, OptionalActions::Now, &settings).expect("its settings");

    let mut child = command
        .env_remove("NO_COLOR")
        .env("TERM", "xterm-256color")
        .stdin(Stdio::piped())
        .stdout(Stdio::from(theirs.try_clone().expect("a handle")))
        .stderr(Stdio::from(theirs))
        .spawn()
        .expect("shengci starts");
    // It keeps the other end open as long as it lives.
    drop(command);
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let mut said = Vec::new();
    let mut buffer = [0; 4096];
    let mut ours = File::from(ours);
    // A terminal whose other end is closed gives an error, not an end.
    while let Ok(length @ 1..) = ours.read(&mut buffer) {
        said.extend_from_slice(&buffer[..length]);
    }
    child.wait().expect("shengci ends");
    writer.join().expect("the writer ends");
    said
}
