//! Traps: well-formed things that lie in the way. Those of one part of the program are tested with that part; here are
//! those that fall between.

mod places;
mod surroundings;
mod texts;
mod together;

use std::time::Duration;

use fuzz::program::{Said, end, lawful};

use super::homes::Home;

/// The longest that a command of these tests may take: far more than any of them needs.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs a command, which must keep the laws of every command.
fn lawfully(home: &Home, arguments: &[&str]) -> Said {
    let said = home.run(arguments).unwrap_or_else(|what| panic!("{arguments:?}: {what}"));
    lawful(&said).unwrap_or_else(|what| panic!("{arguments:?}: {what}"));
    said
}

/// Runs a command, which must succeed.
fn done(home: &Home, arguments: &[&str]) -> String {
    let said = lawfully(home, arguments);
    assert_eq!(said.code, 0, "{arguments:?}: {}", said.err);
    String::from_utf8(said.out).expect("text")
}

/// Runs a command, which must refuse; gives what it says.
fn refused(home: &Home, arguments: &[&str]) -> String {
    let said = lawfully(home, arguments);
    assert_eq!(said.code, 1, "{arguments:?}: {}", String::from_utf8_lossy(&said.out));
    said.err
}

/// Runs a command in a shell that has changed its surroundings.
fn in_shell(home: &Home, before: &str, words: &str) -> Said {
    let mut shell = std::process::Command::new("sh");
    home.environment(&mut shell);
    shell.args(["-c", &format!("{before}; exec \"$0\" {words}")]).arg(super::world().program().file());
    end(&mut shell, b"", PATIENCE).unwrap_or_else(|what| panic!("{before}; {words}: {what}"))
}

/// The ground of the library: each row that it records.
fn ground(home: &Home) -> std::collections::BTreeSet<String> {
    home.state().expect("a state").ground
}
