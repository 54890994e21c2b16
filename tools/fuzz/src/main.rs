//! Runs campaigns: ten thousand inputs a stage, each stage in processes of its own, so that one that crashes or hangs
//! is a failure like any other. Failing inputs are made smaller and kept in a folder.

#![allow(clippy::disallowed_methods, clippy::print_stdout)]

use std::io::{BufRead, BufReader};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::mpsc;
use std::time::Duration;
use std::{env, fs, thread};

use anyhow::{Context, bail};
use clap::Parser;
use fuzz::{Failure, Stage, World, campaign, smallest, stages};

/// Throws hostile input at shengci, stage by stage.
#[derive(Debug, Parser)]
struct Args {
    /// Only this stage (several times for several).
    #[arg(long, value_name = "NAME")]
    stage: Vec<String>,
    /// How many inputs a stage.
    #[arg(long, default_value_t = 10_000)]
    inputs: u64,
    /// The first of them, by its number.
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// The number that the inputs are made of [default: chance; it is printed].
    #[arg(long)]
    seed: Option<u64>,
    /// Goes on after a failure, and tells each kind once.
    #[arg(long)]
    keep_going: bool,
    /// The program [default: the one beside this tool].
    #[arg(long, value_name = "FILE")]
    program: Option<PathBuf>,
    /// Where failing inputs are kept.
    #[arg(long, value_name = "FOLDER", default_value = "target/fuzz")]
    keep: PathBuf,
    /// Runs one stage in this process, telling the number of each input before it is tried.
    #[arg(long, hide = true)]
    worker: bool,
    /// Tries this file on one stage in this process.
    #[arg(long, hide = true)]
    file: Option<PathBuf>,
}

/// An input within this process that takes longer than this hangs; the program has a limit of its own.
const PATIENCE: Duration = Duration::from_secs(150);

/// How often a failing input is tried in smaller forms: within this process, and by the program.
const TRIES: [usize; 2] = [400, 120];

fn main() -> anyhow::Result<ExitCode> {
    let args = Args::parse();
    let program = match &args.program {
        Some(program) => program.clone(),
        None => env::current_exe()?.with_file_name(format!("shengci{}", env::consts::EXE_SUFFIX)),
    };
    if !program.exists() {
        bail!("there is no {}: cargo build --release --bin shengci", program.display());
    }
    let chosen: Vec<&Stage> = stages()
        .iter()
        .filter(|stage| args.stage.is_empty() || args.stage.iter().any(|name| name == stage.name))
        .collect();
    if chosen.is_empty() {
        let names: Vec<_> = stages().iter().map(|stage| stage.name).collect();
        bail!("there is no such stage; there are {}", names.join(", "));
    }
    let seed = args.seed.unwrap_or_else(|| fastrand::u64(..));
    if let (Some(file), [stage]) = (&args.file, &chosen[..]) {
        let world = World::new(program);
        return match campaign::check(stage, &fs::read(file)?, &world) {
            Ok(()) => Ok(ExitCode::SUCCESS),
            Err(what) => {
                println!("{what}");
                Ok(ExitCode::FAILURE)
            }
        };
    }
    if let (true, [stage]) = (args.worker, &chosen[..]) {
        work(stage, seed, args.from..args.from + args.inputs, &World::new(program));
        return Ok(ExitCode::SUCCESS);
    }
    println!("seed {seed}");
    let mut failures = 0;
    for stage in chosen {
        failures += run(stage, seed, &args, &program)?;
    }
    Ok(if failures == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// In a process of its own: each number, and what failed.
fn work(stage: &Stage, seed: u64, numbers: Range<u64>, world: &World) {
    for number in numbers {
        println!("at {number}");
        let input = campaign::input(stage, seed, number, world);
        if let Err(what) = campaign::check(stage, &input, world) {
            println!("failed {}", what.escape_default());
        }
    }
    println!("end");
}

/// Runs a stage on all processors; gives how many kinds of failures there were.
fn run(stage: &'static Stage, seed: u64, args: &Args, program: &Path) -> anyhow::Result<usize> {
    let jobs = thread::available_parallelism().map_or(1, |jobs| jobs.get() as u64);
    let share = args.inputs.div_ceil(jobs).max(1);
    let (send, receive) = mpsc::channel();
    let mut kinds: Vec<String> = Vec::new();
    let mut found = 0;
    let world = World::new(program.to_owned());
    thread::scope(|scope| {
        for job in 0..jobs {
            let first = args.from + job * share;
            let last = (first + share).min(args.from + args.inputs);
            let send = send.clone();
            scope.spawn(move || {
                let mut next = first;
                while next < last {
                    let watched = watch(stage, seed, next..last, program, &send);
                    next = watched.unwrap_or(last);
                }
            });
        }
        drop(send);
        for (number, what) in receive {
            found += 1;
            let kind = kind(&what);
            if kinds.contains(&kind) || (!args.keep_going && !kinds.is_empty()) {
                continue;
            }
            kinds.push(kind);
            let input = campaign::input(stage, seed, number, &world);
            let failure = Failure { stage: stage.name, seed, number, input, what };
            if let Err(error) = keep(&failure, stage, args, &world) {
                println!("{failure}\n(it could not be kept: {error})");
            }
        }
    });
    println!("{:12} {} inputs, {found} failures of {} kinds", stage.name, args.inputs, kinds.len());
    Ok(kinds.len())
}

/// Follows a worker; gives the number to go on with when it crashed or hung.
fn watch(
    stage: &Stage,
    seed: u64,
    numbers: Range<u64>,
    program: &Path,
    failures: &mpsc::Sender<(u64, String)>,
) -> Option<u64> {
    let mut command = itself(stage, program).ok()?;
    command
        .arg("--worker")
        .args(["--seed", &seed.to_string(), "--from", &numbers.start.to_string()])
        .args(["--inputs", &(numbers.end - numbers.start).to_string()])
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut child = command.spawn().ok()?;
    let lines = BufReader::new(child.stdout.take()?).lines();
    let (send, receive) = mpsc::channel();
    thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| send.send(line)));
    let mut at = numbers.start;
    let ended = loop {
        match receive.recv_timeout(PATIENCE) {
            Ok(line) if line == "end" => break None,
            Ok(line) => match line.split_once(' ') {
                Some(("at", number)) => at = number.parse().unwrap_or(at),
                Some(("failed", what)) => drop(failures.send((at, what.to_owned()))),
                _ => {}
            },
            Err(mpsc::RecvTimeoutError::Timeout) => break Some("it does not end"),
            Err(mpsc::RecvTimeoutError::Disconnected) => break Some("the process was ended"),
        }
    };
    let _ = child.kill();
    let status = child.wait().ok()?;
    let what = ended?;
    let _ = failures.send((at, format!("{what}: {status}")));
    Some(at + 1)
}

fn itself(stage: &Stage, program: &Path) -> anyhow::Result<Command> {
    let mut command = Command::new(env::current_exe()?);
    command.arg("--program").arg(program).args(["--stage", stage.name]);
    Ok(command)
}

/// The kind of a failure: its words, without the values in them.
fn kind(what: &str) -> String {
    let what =
        what.split_once("\": ").filter(|_| what.starts_with("shengci ")).map_or(what, |(_, what)| what);
    what.chars().filter(|c| c.is_ascii_alphabetic() || *c == ' ').take(60).collect()
}

/// Makes the input smaller, keeps it in a file, and tells of it.
fn keep(failure: &Failure, stage: &Stage, args: &Args, world: &World) -> anyhow::Result<()> {
    let Failure { stage: name, seed, number, what, input } = failure;
    fs::create_dir_all(&args.keep).context("no place to keep failing inputs in")?;
    let path = args.keep.join(format!("{name}-{seed}-{number}"));
    fs::write(&path, input)?;
    println!("{name}: {what}\ninput {number}, in {}; making it smaller …", path.display());
    let wanted = kind(what);
    let small = smallest(input, TRIES[usize::from(!stage.alone)], |input| {
        let said = if stage.alone {
            // It may take this process along.
            fs::write(&path, input).ok().and_then(|()| tried(stage, &path, world))
        } else {
            campaign::check(stage, input, world).err()
        };
        said.is_some_and(|what| kind(&what) == wanted)
    });
    fs::write(&path, &small)?;
    println!("{}", Failure { input: small, ..failure.clone() });
    Ok(())
}

/// The message about the input in this file, if it fails.
fn tried(stage: &Stage, path: &Path, world: &World) -> Option<String> {
    let mut command = itself(stage, world.program().file()).ok()?;
    command.arg("--file").arg(path);
    match fuzz::program::end(&mut command, b"", PATIENCE) {
        Ok(said) if said.code == 0 => None,
        Ok(said) => Some(String::from_utf8_lossy(&said.out).trim_end().escape_default().to_string()),
        Err(what) => Some(what),
    }
}
