//! Dumps: a line, a value or a byte changed. What `load` takes makes a library that works.

use fastrand::Rng;
use serde_json::Value;

use super::law;
use crate::{World, grow, world};

pub(super) fn make(rng: &mut Rng, world: &World) -> Vec<u8> {
    let dump = &world.good().dump;
    if rng.u8(..8) == 0 {
        return grow::bytes(rng, dump.as_bytes());
    }
    let mut lines: Vec<String> = dump.lines().map(str::to_owned).collect();
    for _ in 0..[1, 1, 1, 3][rng.usize(..4)] {
        let (at, other) = (rng.usize(..lines.len()), rng.usize(..lines.len()));
        match rng.u8(..16) {
            0 => drop(lines.remove(at)),
            1 => lines.insert(at, lines[other].clone()),
            2 => lines.swap(at, other),
            3 => lines[at] = grow::text(rng, &lines[at]),
            _ => {
                if let Ok(mut value) = serde_json::from_str::<Value>(&lines[at]) {
                    grow::json(rng, &mut value);
                    lines[at] = value.to_string();
                }
            }
        }
        if lines.is_empty() {
            break;
        }
    }
    // A dump whose end counts other rows is refused for that alone, which would hide all else: so it mostly agrees.
    let rows = lines.len().saturating_sub(2);
    if rng.u8(..4) > 0 && lines.last().is_some_and(|last| last.contains("\"end\"")) {
        lines.pop();
        lines.push(format!("{{\"rows\":{rows},\"shengci\":\"end\"}}"));
    }
    (lines.join("\n") + "\n").into_bytes()
}

/// A dump is refused, and no library is left that was not there; or it is taken, and every verb works on it.
pub(super) fn check(input: &[u8], world: &World) -> Result<(), String> {
    let home = world::folder()?;
    let run = |arguments: &[&str]| world.program().run(home.path(), arguments, b"");
    std::fs::write(home.path().join("d.jsonl"), input).map_err(|error| error.to_string())?;
    std::fs::write(home.path().join("all.yaml"), world::DECK).map_err(|error| error.to_string())?;
    let said = run(&["load", "d.jsonl"])?;
    law(said.code < 2, || "a bad dump is no wrong usage".to_owned())?;
    if said.code == 1 {
        let words = run(&["--json", "words", "--all"])?;
        let empty = words.code == 1 || words.out.trim_ascii() == b"[]" || words.out.trim_ascii().is_empty();
        return law(empty, || format!("it was refused ({}), and is there all the same", said.err));
    }
    for arguments in [
        &["check"][..],
        &["words", "--all"],
        &["articles"],
        &["stats", "--html", "page.html"],
        &["corrections"],
        &["export", "./all.yaml", "-o", "out.apkg"],
        &["mark", "known", "公司"],
        &["undo"],
        &["dump", "again.jsonl"],
    ] {
        let said = run(arguments)?;
        said.is_plain()?;
        // A deck without a word is no deck: the words of the dump may all be known.
        let nothing = arguments[0] == "export" && said.err.contains("no word");
        let undone = arguments[0] == "undo";
        law(said.code == 0 || nothing || undone, || {
            format!("it was taken, and then `{}` says: {}", arguments.join(" "), said.err)
        })?;
    }
    let page = std::fs::metadata(home.path().join("page.html")).map_or(0, |about| about.len());
    law(page < 4 << 20, || format!("it was taken, and then `stats --html` writes {page} bytes"))
}
