//! `kill -9` at moments that chance picks, spread over the time that each command takes.

use std::process::Stdio;
use std::time::{Duration, Instant};

use fastrand::Rng;

use super::homes::Home;
use super::site::given;
use super::writers::{Ended, WRITERS, Writer, judge};
use super::{is_long, seed};

/// Runs a command to its end; how long it took.
fn whole(writer: &Writer) -> (Home, Duration) {
    let home = Home::new(writer.arguments);
    let start = Instant::now();
    let said = home.run(writer.arguments).unwrap_or_else(|what| panic!("{:?}: {what}", writer.arguments));
    assert_eq!(said.code, 0, "{:?}: {}", writer.arguments, said.err);
    (home, start.elapsed())
}

/// Runs a command, and kills it after so long. Whether it had ended by then.
fn killed(home: &Home, writer: &Writer, after: Duration) -> Ended {
    let mut child = home
        .command()
        .args(writer.arguments.iter().map(|argument| given(argument)))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    // The moment is what is tried, so it is waited for.
    std::thread::sleep(after);
    child.kill().expect("a child of ours");
    match child.wait().expect("it ended").code() {
        Some(0) => Ended::Done,
        Some(code) => panic!("{:?}: exit code {code}", writer.arguments),
        None => Ended::Killed,
    }
}

#[test]
fn a_command_that_is_killed_has_done_all_or_nothing() {
    let kills = if is_long() { 16 } else { 2 };
    let mut rng = Rng::with_seed(seed());
    println!("{kills} kills a command, seed {}", seed());
    let mut hit = 0;
    let mut faults = Vec::new();
    for writer in WRITERS {
        let (done, took) = whole(writer);
        let done = done.state().expect("a state");
        let before = Home::new(writer.arguments).state().expect("a state");
        for kill in 0..kills {
            let home = Home::new(writer.arguments);
            // One a stretch of the time, so that early and late moments have their turn.
            let share = (f64::from(kill) + rng.f64()) / f64::from(kills);
            let ended = killed(&home, writer, took.mul_f64(share));
            hit += u32::from(ended == Ended::Killed);
            if let Err(what) = judge(&home, writer, &before, &done, ended) {
                faults.push(format!("{:?} killed at {share:.3} of it: {what}", writer.arguments));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(hit > 0, "no command was slow enough to be killed");
}
