//! Libraries that a disk or another program has damaged.

use fastrand::Rng;
use rusqlite::Connection;

use super::{law, packages};
use crate::{World, grow, world};

pub(super) fn make(rng: &mut Rng, world: &World) -> Vec<u8> {
    let base = &world.good().library;
    if rng.bool() { grow::bytes(rng, base) } else { changed(rng, base).unwrap_or_default() }
}

fn changed(rng: &mut Rng, base: &[u8]) -> Option<Vec<u8>> {
    let folder = world::folder().ok()?;
    let path = folder.path().join("library.db");
    std::fs::write(&path, base).ok()?;
    {
        let connection = Connection::open(&path).ok()?;
        connection.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON").ok()?;
        for _ in 0..rng.usize(1..4) {
            packages::change(rng, &connection);
        }
    }
    std::fs::read(&path).ok()
}

/// Every verb works or refuses, and what `check` calls whole works.
pub(super) fn check(input: &[u8], world: &World) -> Result<(), String> {
    let home = world::folder()?;
    let run = |arguments: &[&str]| world.program().run(home.path(), arguments, b"");
    std::fs::write(home.path().join("library.db"), input).map_err(|error| error.to_string())?;
    std::fs::write(home.path().join("all.yaml"), world::DECK).map_err(|error| error.to_string())?;
    let whole = run(&["check"])?.code == 0;
    // The dearer verbs for every fourth of those that are damaged.
    let all = whole || input.iter().fold(0_u8, |sum, byte| sum.wrapping_add(*byte)).is_multiple_of(4);
    let verbs: &[&[&str]] =
        &[&["words"], &["mark", "known", "公司"], &["stats"], &["export", "./all.yaml", "-o", "out.apkg"]];
    for arguments in &verbs[..if all { 4 } else { 2 }] {
        let said = run(arguments)?;
        said.is_plain()?;
        let nothing = arguments[0] == "export" && said.err.contains("no word");
        law(said.code == 0 || !whole || nothing, || {
            format!("`check` calls it whole, and `{}` says: {}", arguments.join(" "), said.err)
        })?;
    }
    Ok(())
}
