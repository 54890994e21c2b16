//! Commands that are stopped, or have no room: nothing is left behind, and it is said why.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, ChildStderr, Command, Stdio};

use crate::learned::large;
use crate::support::Home;
#[cfg(target_os = "linux")]
use crate::support::mounts;

use super::home_with_article;

/// The names of the temporary files of a home.
fn left(home: &Home) -> Vec<String> {
    let entries = fs::read_dir(home.join("tmp")).expect("a folder").flatten();
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

/// Reads a request to AnkiConnect, and gives its body with the connection to answer on.
fn request(listener: &TcpListener) -> (String, TcpStream) {
    let (stream, _) = listener.accept().expect("a connection");
    let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("a header");
        if let Some(said) = line.to_lowercase().strip_prefix("content-length:") {
            length = said.trim().parse().expect("a length");
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("a body");
    (String::from_utf8(body).expect("JSON"), stream)
}

/// Tells who listens at `address` what a command said, once it has ended: nobody waits for the dead.
fn tell_the_end(mut stderr: ChildStderr, address: SocketAddr) {
    std::thread::spawn(move || {
        let mut said = String::new();
        // Nobody listens any more where all went well.
        let told = stderr.read_to_string(&mut said).and_then(|_| TcpStream::connect(address));
        let _ = told.and_then(|mut line| {
            write!(line, "Content-Length: {}\r\n\r\n{ENDED}{said}", ENDED.len() + said.len())
        });
    });
}

/// The beginning of the request that a command is taken to make once it has ended.
const ENDED: &str = "ended: ";

/// A command that has given a package to an Anki, which never comes back from importing it; with what keeps the line
/// open. The shell runs `before` first.
fn waiting(home: &Home, before: &str) -> (Child, TcpStream) {
    fs::create_dir(home.join("tmp")).expect("a folder");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let url = format!("http://{address}");
    home.file(".config/shengci/config.yaml", format!("anki: {{url: \"{url}\"}}\n"));
    let mut child = in_shell(home, &format!("{before}; exec \"$0\" export news --to anki"))
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    tell_the_end(child.stderr.take().expect("a pipe"), address);
    let line = loop {
        let (body, mut stream) = request(&listener);
        assert!(!body.starts_with(ENDED), "the command {body}");
        let answer = if body.contains("\"importPackage\"") {
            break stream;
        } else if body.contains("\"action\":\"version\"") {
            "{\"result\": 6, \"error\": null}"
        } else if body.contains("getMediaDirPath") {
            "{\"result\": null, \"error\": \"unsupported action\"}"
        } else if body.contains("NamesAndIds") {
            "{\"result\": {}, \"error\": null}"
        } else {
            "{\"result\": [], \"error\": null}"
        };
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{answer}", answer.len());
        stream.write_all(answer.as_bytes()).expect("it listens");
    };
    (child, line)
}

/// A shell in a home, with the command as `$0`. Who runs the tests in the background has INT ignored for all that they
/// start; `env` (coreutils 8.31) takes that back.
fn in_shell(home: &Home, script: &str) -> Command {
    let shengci = home.command();
    let mut shell = Command::new("env");
    shell.args(["--default-signal=INT,TERM", "/bin/sh"]);
    shell.current_dir(home.path()).env_clear();
    shell.envs(shengci.get_envs().filter_map(|(name, value)| Some((name, value?))));
    shell.env("TMPDIR", home.join("tmp")).arg("-c").arg(script).arg(shengci.get_program());
    shell
}

fn send(signal: &str, child: &Child) {
    let sent = Command::new("kill").args([&format!("-{signal}"), &child.id().to_string()]).status();
    assert!(sent.expect("kill").success());
}

#[test]
fn who_stops_a_command_leaves_nothing_of_it() {
    for (number, signal) in [(2, "INT"), (15, "TERM")] {
        let home = home_with_article();
        let (mut child, _line) = waiting(&home, ":");
        assert_eq!(left(&home).len(), 1, "the package for Anki");
        send(signal, &child);
        assert_eq!(child.wait().expect("it ends").signal(), Some(number), "as if nothing had been caught");
        assert_eq!(left(&home), Vec::<String>::new());
    }
}

#[test]
fn a_command_that_is_to_go_on_goes_on() {
    let home = home_with_article();
    let (mut child, _line) = waiting(&home, "trap '' INT");
    send("INT", &child);
    assert_eq!(left(&home).len(), 1);
    send("TERM", &child);
    assert_eq!(child.wait().expect("it ends").signal(), Some(15), "INT was for others");
    assert_eq!(left(&home), Vec::<String>::new());
}

#[test]
fn a_collection_is_read_without_a_name_and_what_the_killed_left_goes() {
    let home = Home::new();
    fs::create_dir(home.join("tmp")).expect("a folder");
    large::make(&home.join("collection.anki2"), 20);
    // As a command that was killed leaves it: its lock is held no more.
    home.file("tmp/shengci-aB3dE6/lock", "");
    home.file("tmp/shengci-aB3dE6/collection.anki2", "all that I know");
    home.file("tmp/shengci-notes/lock", "not ours");
    let output = home.command().env("TMPDIR", home.join("tmp")).args(["import", "collection.anki2"]).output();
    assert!(output.expect("it runs").status.success());
    assert_eq!(left(&home), ["shengci-notes"]);
}

#[test]
fn a_limit_on_the_size_of_files_is_told() {
    let home = home_with_article();
    large::make(&home.join("collection.anki2"), 2_000);
    fs::create_dir(home.join("tmp")).expect("a folder");
    for arguments in ["import collection.anki2", "export news -o out.apkg", "import short.txt"] {
        home.file("short.txt", "学生\n公司\n");
        let output =
            in_shell(&home, &format!("ulimit -f 1; exec \"$0\" {arguments}")).output().expect("a shell");
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{arguments}: {err}");
        assert!(err.starts_with("error: ") && err.contains("ulimit -f"), "{arguments}: {err}");
        home.ok(["check"]);
    }
    assert!(!home.join("out.apkg").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn no_room_for_a_temporary_copy_is_told_as_that() {
    let home = Home::new();
    fs::create_dir(home.join("tmp")).expect("a folder");
    large::make(&home.join("collection.anki2"), 20_000);
    let mut zip = zip::ZipWriter::new(fs::File::create(home.join("deck.apkg")).expect("a file"));
    zip.start_file("collection.anki2", zip::write::SimpleFileOptions::default()).expect("an entry");
    zip.write_all(&fs::read(home.join("collection.anki2")).expect("it")).expect("room");
    zip.finish().expect("a package");
    for file in ["collection.anki2", "deck.apkg"] {
        let shengci = home.command();
        let script = "mount -t tmpfs -o size=200k none \"$TMPDIR\" && exec \"$0\" import \"$1\"";
        let Some(mut command) = mounts::shell(script, [shengci.get_program()]) else { return };
        command.arg(file).current_dir(home.path()).env_clear();
        command.envs(shengci.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let output = command.env("TMPDIR", home.join("tmp")).output().expect("a shell");
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{err}");
        assert!(err.contains("can't make a temporary copy in") && err.contains("TMPDIR"), "{err}");
        assert!(!err.contains("is no Anki package"), "{err}");
    }
}
