//! The messages of an export to Anki: the fate of the notes, a stranger in the place of AnkiConnect, the wait for Anki.

use std::process::{Command, Stdio};

use serde_json::json;

use super::SECOND;
use super::own::{DECK, Learner, Way};
use crate::learned::Running;

#[test]
fn it_is_told_what_became_of_the_notes() {
    let learner = Learner::new(Way::File);
    let (robot, library, pupil) = (learner.guid("机器人"), learner.guid("图书馆"), learner.guid("学生"));
    learner.in_anki(&json!([
        {"edit": [robot, "English", "my robot", 1_780_000_100]}, {"delete": [library]}, {"type": [pupil]},
    ]));
    let deck = learner.home.file("mine.yaml", DECK);
    learner.home.ok(["sense", "读者", "somebody who reads"]);
    learner.add("2.txt", SECOND);
    let _anki = learner.anki_runs();
    let said = learner.home.ok(["export".as_ref(), deck.as_os_str(), "--to".as_ref(), "anki".as_ref()]);
    let lines: Vec<&str> = said.lines().collect();
    assert!(
        lines[0].starts_with("新闻::生词: ") && lines[0].contains(" added, 1 brought up to date, "),
        "{said}"
    );
    assert_eq!(
        lines[1..],
        [
            "kept: what you wrote in Anki in 1 of them",
            "left out: 1 that you deleted in Anki (`--deleted` gives them again)",
            "left out: 1 that you gave another note type in Anki; it stays as it is",
        ]
    );
    let said = learner.home.ok(["import", "--connect"]);
    assert!(said.contains("1 of our notes is no more in Anki"), "{said}");
    assert!(said.contains("1 of our notes is of another note type"), "{said}");
}

#[test]
fn what_answers_is_named_in_one_line_with_a_hint_that_helps() {
    let home = super::home_with_article();
    let page = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", page.local_addr().expect("an address"));
    home.file(".config/shengci/config.yaml", format!("anki: {{url: \"{url}\"}}\n"));
    let server = std::thread::spawn(move || {
        use std::io::{Read, Write};
        let (mut client, _) = page.accept().expect("a client");
        let _ = client.read(&mut [0; 4096]);
        let body = "<!DOCTYPE html>\n<html>\n <head>\n\n<title>A page</title>";
        let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
        client.write_all(format!("{head}{body}").as_bytes()).expect("an answer");
    });
    let said = home.run(["export", "news", "--to", "anki"]);
    server.join().expect("it ends");
    said.is_failure("it says “<!DOCTYPE html> <html> <head> <title>A page</title>…”");
    assert!(said.err.contains("url: ") && !said.err.contains("help import"), "{}", said.err);
    assert_eq!(said.err.lines().count(), 2, "{}", said.err);
}

#[test]
fn who_waits_for_anki_is_told() {
    let home = super::home_with_article();
    let collection = home.join("collection.anki2").to_string_lossy().into_owned();
    let mut anki = Running::start("tests/learned/standin.py", &[&collection, "--hold"]);
    let url = format!("http://127.0.0.1:{}", anki.line());
    home.file(".config/shengci/config.yaml", format!("anki: {{url: \"{url}\"}}\n"));
    let mut command: Command = home.command();
    command.args(["export", "news", "--to", "anki"]).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut export = command.spawn().expect("it starts");
    let mut err = std::io::BufReader::new(export.stderr.take().expect("a pipe"));
    let mut line = String::new();
    std::io::BufRead::read_line(&mut err, &mut line).expect("a line");
    assert!(line.starts_with("note: waiting for Anki"), "{line}");
    anki.say("go on");
    let said = export.wait_with_output().expect("it ends");
    assert!(said.status.success() && String::from_utf8_lossy(&said.stdout).contains("given to Anki"));
}
