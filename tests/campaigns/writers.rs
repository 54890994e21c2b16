//! Every command that writes, what it writes, and what must be so when it was stopped in the middle.

use std::collections::BTreeSet;
use std::path::Path;

use super::homes::{Home, State};

/// A command that writes.
pub struct Writer {
    pub arguments: &'static [&'static str],
    /// The files that it writes, apart from the library.
    pub outputs: &'static [&'static str],
    /// Whether all that it records is there or nothing of it. Where not, it is recorded bit by bit.
    pub at_once: bool,
}

impl Writer {
    pub fn verb(&self) -> &'static str {
        self.arguments[0]
    }
}

const fn records(arguments: &'static [&'static str]) -> Writer {
    Writer { arguments, outputs: &[], at_once: true }
}

/// A writer that records in portions, each of them whole: corrections before the words of the articles that are read
/// anew, and articles one after the other.
const fn in_portions(arguments: &'static [&'static str]) -> Writer {
    Writer { arguments, outputs: &[], at_once: false }
}

const fn writes(arguments: &'static [&'static str], outputs: &'static [&'static str]) -> Writer {
    Writer { arguments, outputs, at_once: true }
}

/// Each in the home that [`Home`] prepares.
pub const WRITERS: &[Writer] = &[
    // Files that are named themselves: in a folder, one that can't be read is passed over.
    Writer {
        arguments: &["make", "news/0.txt", "news/1.txt", "news/2.txt", "news/3.txt", "-o", "made.apkg"],
        outputs: &["made.apkg"],
        at_once: false,
    },
    in_portions(&["add", "news/0.txt", "news/1.txt", "news/2.txt", "news/3.txt", "news/4.txt", "news/5.txt"]),
    records(&["mark", "known", "--from", "list.txt"]),
    records(&["learned", "公司"]),
    records(&["undo"]),
    records(&["import", "list.txt"]),
    records(&["import", "deck.apkg"]),
    writes(&["export", "news", "-o", "out.apkg"], &["out.apkg"]),
    in_portions(&["correct", "长", "zhǎng", "--in", "队长"]),
    in_portions(&["split", "学生会", "学生", "会"]),
    in_portions(&["join", "撤单", "潮"]),
    in_portions(&["name", "卡朱里亚", "person"]),
    records(&["sense", "公司", "firm"]),
    in_portions(&["ignore", "责任编辑"]),
    in_portions(&["corrections", "--import", "theirs.yaml"]),
    writes(&["corrections", "--export", "mine.yaml"], &["mine.yaml"]),
    writes(&["stats", "--html", "page.html"], &["page.html"]),
    writes(&["backup", "bak.db"], &["bak.db"]),
    records(&["feed", "add", "--allow-private", "http://site/more.xml"]),
    in_portions(&["feed", "fetch", "--allow-private"]),
    records(&["feed", "remove", "1"]),
    in_portions(&["add", "--allow-private", "http://site/4.html", "http://site/5.html"]),
    records(&["restore", "older.db"]),
    writes(&["dump", "d.jsonl"], &["d.jsonl"]),
    Writer { arguments: &["load", "old.jsonl", "--library", "new.db"], outputs: &["new.db"], at_once: true },
];

/// The law of a command that was stopped, or that failed: it leaves all of its work, or nothing.
pub fn judge(home: &Home, writer: &Writer, before: &State, done: &State, ended: Ended) -> Result<(), String> {
    let now = home.state()?;
    if !now.ground.is_empty() {
        let said = home.run(&["check"])?;
        law(said.code == 0, || format!("`check` says {}{}", String::from_utf8_lossy(&said.out), said.err))?;
    }
    let (old, new) = (&before.ground, &done.ground);
    let is_done = matches!(ended, Ended::Done | Ended::CannotRemove);
    if is_done || writer.at_once {
        let whole = now.ground == *new || (!is_done && now.ground == *old);
        law(whole, || format!("the library has neither all nor nothing: {}", difference(&now.ground, new)))?;
    } else {
        law(now.ground.iter().all(|row| old.contains(row) || new.contains(row)), || {
            format!("the library has what was never recorded: {}", difference(&now.ground, new))
        })?;
        law(old.intersection(new).all(|row| now.ground.contains(row)), || {
            format!("the library has lost something: {}", difference(&now.ground, old))
        })?;
    }
    for output in writer.outputs {
        let whole = now.has_same(output, done) || (!is_done && now.has_same(output, before));
        law(whole, || format!("{output} is neither what it was nor what it should be"))?;
    }
    for file in now.files.keys().filter(|file| !before.files.contains_key(*file)) {
        let name = Path::new(file).file_name().unwrap_or_default().to_string_lossy().into_owned();
        let of_sqlite = ["-wal", "-shm", "-journal"].iter().any(|end| name.ends_with(end));
        // Those are swept away once they are old.
        let of_a_kill = ended == Ended::Killed && name.starts_with(".shengci-") && !file.starts_with("tmp/");
        let part_of_it = matches!(ended, Ended::Killed | Ended::CannotRemove)
            && file.split('/').any(|part| part.starts_with(".shengci-"));
        if file.starts_with("backups/") && !of_sqlite && !of_a_kill && !part_of_it {
            let said = home.run(&["check", "--library", file])?;
            law(said.code == 0 && now.files[file] > 0, || format!("{file} is no whole copy"))?;
            continue;
        }
        law(of_sqlite || of_a_kill || part_of_it || done.files.contains_key(file), || {
            format!("{file} was left behind")
        })?;
    }
    Ok(())
}

/// How a command came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    Done,
    /// As it should, but what it had made for itself could not be removed: that is swept away once it is old.
    CannotRemove,
    Failed,
    Killed,
}

pub fn law(holds: bool, what: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(what()) }
}

fn difference(now: &BTreeSet<String>, wanted: &BTreeSet<String>) -> String {
    let some = |one: &BTreeSet<String>, other: &BTreeSet<String>| {
        let rows = one.difference(other);
        format!("{} ({:?})", rows.clone().count(), rows.map(|row| row.get(..100).unwrap_or(row)).next())
    };
    format!("{} rows are missing and {} too many", some(wanted, now), some(now, wanted))
}
