//! A terminal of our own, which a command takes for a person's.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::process::{Command, Stdio};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

/// Bytes that nothing writes: the last ones.
const END: &[u8] = b"\0the end\0";

/// Runs a command whose stdout and stderr are a terminal, and gives the bytes that reached it.
pub fn on_a_terminal(mut command: Command, input: &[u8]) -> Vec<u8> {
    let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&ours).expect("the right to use it");
    unlockpt(&ours).expect("it is unlocked");
    let name = ptsname(&ours, Vec::new()).expect("its name").into_string().expect("ASCII");
    let mut theirs = OpenOptions::new().read(true).write(true).open(name).expect("the other end");
    let mut settings = tcgetattr(&theirs).expect("its settings");
    // Bytes as they are written: no carriage return before a line feed.
    settings.make_raw();
    tcsetattr(&theirs, OptionalActions::Now, &settings).expect("its settings");

    let mut child = command
        .env_remove("NO_COLOR")
        .env("TERM", "xterm-256color")
        .stdin(Stdio::piped())
        .stdout(Stdio::from(theirs.try_clone().expect("a handle")))
        .stderr(Stdio::from(theirs.try_clone().expect("a handle")))
        .spawn()
        .expect("shengci starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    // A kernel may throw away what is unread when the last handle of the other end is closed; so we keep one,
    // and say the end ourselves.
    let reader = std::thread::spawn(move || {
        let (mut said, mut buffer, mut ours) = (Vec::new(), [0; 4096], File::from(ours));
        while !said.ends_with(END) {
            let length = ours.read(&mut buffer).expect("a terminal that is open");
            said.extend_from_slice(&buffer[..length]);
        }
        said.truncate(said.len() - END.len());
        said
    });
    child.wait().expect("shengci ends");
    theirs.write_all(END).expect("the end is written");
    writer.join().expect("the writer ends");
    reader.join().expect("the reader ends")
}
