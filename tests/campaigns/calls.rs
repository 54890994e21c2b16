//! The n-th call to the system fails, or is the last one, under `strace`.

#![cfg(target_os = "linux")]

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use fastrand::Rng;

use super::homes::Home;
use super::site::given;
use super::writers::{Ended, WRITERS, Writer, judge, law};
use super::{is_long, seed};

/// The calls by which files come to be, change and go.
const CALLS: &str =
    "write,pwrite64,fsync,fdatasync,rename,renameat2,link,linkat,ftruncate,openat,unlink,unlinkat,mkdir";

/// The fates of a call: it fails, or the process dies at it.
const FATES: &[&str] = &["error=ENOSPC", "error=EIO", "error=EACCES", "signal=KILL"];

/// The program under `strace`, which writes what it sees to `log`.
fn traced(home: &Home, log: &str, what: &[&str], writer: &Writer) -> Command {
    let mut command = Command::new("strace");
    home.environment(&mut command);
    command
        .args(["-f", "-qqq", "-o", log])
        .args(what)
        .arg(super::world().program().file())
        .args(writer.arguments.iter().map(|argument| given(argument)))
        .stdin(Stdio::null());
    command
}

/// How often a command makes each call.
fn calls(writer: &Writer) -> BTreeMap<String, u32> {
    let home = Home::new(writer.arguments);
    let output = traced(&home, "log", &["-e", &format!("trace={CALLS}")], writer).output();
    let output = output.expect("these tests need strace: apt-get install strace");
    assert!(output.status.success(), "{:?}: {}", writer.arguments, String::from_utf8_lossy(&output.stderr));
    let log = fs::read_to_string(home.path().join("log")).expect("what was seen");
    let mut calls = BTreeMap::new();
    for line in log.lines() {
        // `4711  write(1, …`, and what another thread had interrupted.
        let call = line.split_whitespace().nth(1).and_then(|call| call.split_once('(')).map(|(name, _)| name);
        if let Some(call) = call {
            *calls.entry(call.to_owned()).or_default() += 1;
        }
    }
    assert!(calls.contains_key("openat"), "{calls:?}");
    calls
}

/// Lets one call come to this fate, and holds what is left to the law.
fn attack(
    writer: &Writer,
    call: &str,
    fate: &str,
    number: u32,
    states: &[super::homes::State; 2],
) -> Result<bool, String> {
    let home = Home::new(writer.arguments);
    let inject = format!("inject={call}:{fate}:when={number}");
    let mut command = traced(&home, "/dev/null", &["-e", &format!("trace={call}"), "-e", &inject], writer);
    let output = match fuzz::program::end(&mut command, b"", Duration::from_secs(120)) {
        Ok(said) => said,
        Err(what) if what.contains("signal: 9") => {
            return judge(&home, writer, &states[0], &states[1], Ended::Killed).map(|()| true);
        }
        Err(what) => return Err(what),
    };
    let loader = output.code == 127 && output.err.contains("shared librar");
    law(output.code < 2 || loader, || format!("exit code {}: {}", output.code, output.err))?;
    law(!output.err.contains("panicked"), || output.err.clone())?;
    // Calls that are a mere courtesy may fail without a word.
    let ended = match (output.code, call) {
        (0, "unlink" | "unlinkat" | "rmdir") => Ended::CannotRemove,
        (0, _) => Ended::Done,
        _ => Ended::Failed,
    };
    judge(&home, writer, &states[0], &states[1], ended)
        .map_err(|what| format!("{what} (it said: {})", output.err))?;
    Ok(output.code != 0)
}

#[test]
fn a_command_whose_call_fails_has_done_all_or_nothing() {
    let attacks = if is_long() { 60 } else { 2 };
    let mut rng = Rng::with_seed(seed());
    println!("{attacks} calls a command, seed {}", seed());
    let mut faults = Vec::new();
    let mut hit = 0;
    for writer in WRITERS {
        let calls: Vec<(String, u32)> = calls(writer).into_iter().collect();
        let done = Home::new(writer.arguments);
        assert_eq!(done.run(writer.arguments).expect("it ends").code, 0, "{:?}", writer.arguments);
        let before = Home::new(writer.arguments).state().expect("a state");
        let states = [before, done.state().expect("a state")];
        for _ in 0..attacks {
            let Some((call, times)) = rng.choice(&calls).cloned() else { continue };
            let fate = rng.choice(FATES).copied().unwrap_or_default();
            let number = rng.u32(1..=times);
            match attack(writer, &call, fate, number, &states) {
                Ok(failed) => hit += u32::from(failed),
                Err(what) => faults.push(format!("{:?}, {call} {number} {fate}: {what}", writer.arguments)),
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(hit > 0, "no call was met");
}
