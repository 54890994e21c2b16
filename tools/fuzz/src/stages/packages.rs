//! Packages and collections of Anki's: bytes, the zip round them, cells, tables, JSON.

use std::io::{Cursor, Write};

use fastrand::Rng;
use rusqlite::Connection;
use serde_json::Value;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::law;
use crate::{World, grow, hostile, world};

/// A collection, bare.
pub(super) fn collection(rng: &mut Rng, world: &World) -> Vec<u8> {
    let good = world.good();
    let base = if rng.bool() { &good.collection } else { &good.newer_collection };
    if rng.u8(..4) == 0 { grow::bytes(rng, base) } else { changed(rng, base).unwrap_or_else(|| base.clone()) }
}

/// A package: `.apkg` or `.colpkg`.
pub(super) fn package(rng: &mut Rng, world: &World) -> Vec<u8> {
    if rng.u8(..4) == 0 {
        return grow::bytes(rng, &world.good().package);
    }
    let database = if rng.bool() { collection(rng, world) } else { world.good().newer_collection.clone() };
    let package = packed(rng, &database).unwrap_or_default();
    if rng.u8(..5) == 0 { grow::bytes(rng, &package) } else { package }
}

/// A database in a zip, in one of the three forms, or with a `meta` that says otherwise.
fn packed(rng: &mut Rng, database: &[u8]) -> Option<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, bytes: &[u8]| {
        let options = SimpleFileOptions::default();
        zip.start_file(name, options).ok()?;
        zip.write_all(bytes).ok()
    };
    let version = [0, 1, 2, 3, 3, 4, 127, 128][rng.usize(..8)];
    if version > 0 {
        put("meta", &if rng.u8(..6) > 0 { vec![8, version] } else { hostile::text(rng).into_bytes() })?;
    }
    let compressed = || {
        ruzstd::encoding::compress_to_vec(Cursor::new(database), ruzstd::encoding::CompressionLevel::Fastest)
    };
    match version {
        0 | 1 => put(["collection.anki2", "collection.anki21"][rng.usize(..2)], database)?,
        2 => put("collection.anki21", database)?,
        _ => {
            put("collection.anki2", b"please update")?;
            let bytes = if rng.u8(..6) > 0 { compressed() } else { database.to_vec() };
            put("collection.anki21b", &bytes)?;
        }
    }
    put("media", hostile::text(rng).as_bytes())?;
    Some(zip.finish().ok()?.into_inner())
}

/// The database with some cells, rows or tables changed.
fn changed(rng: &mut Rng, base: &[u8]) -> Option<Vec<u8>> {
    let folder = world::folder().ok()?;
    let path = folder.path().join("collection.anki2");
    std::fs::write(&path, base).ok()?;
    {
        let connection = Connection::open(&path).ok()?;
        world::collations(&connection).ok()?;
        for _ in 0..rng.usize(1..6) {
            change(rng, &connection);
        }
    }
    std::fs::read(&path).ok()
}

/// Changes one thing. What SQLite refuses stays as it was.
pub(super) fn change(rng: &mut Rng, connection: &Connection) {
    let names = |sql: &str| -> Vec<String> {
        let rows = connection.prepare(sql).and_then(|mut statement| {
            statement.query_map([], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()
        });
        rows.unwrap_or_default()
    };
    let tables = names("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'");
    let Some(table) = rng.choice(&tables) else { return };
    let columns = names(&format!("SELECT name FROM pragma_table_info('{table}')"));
    let Some(column) = rng.choice(&columns) else { return };
    let run = |sql: &str| drop(connection.execute_batch(sql));
    match rng.u8(..24) {
        0 => run(&format!("DROP TABLE \"{table}\"")),
        1 => run(&format!(
            "ALTER TABLE \"{table}\" RENAME TO moved; CREATE VIEW \"{table}\" AS SELECT * FROM moved"
        )),
        2 => run(&format!("DELETE FROM \"{table}\"")),
        3 => run(&format!("ALTER TABLE \"{table}\" RENAME COLUMN \"{column}\" TO other")),
        4 => run(&format!("ALTER TABLE \"{table}\" ADD COLUMN more")),
        5 => run(&format!("INSERT INTO \"{table}\" SELECT * FROM \"{table}\"")),
        6 => run(&format!("PRAGMA user_version = {}", hostile::number(rng))),
        7 => {
            let flds = "\u{1f}".repeat(rng.usize(0..400)) + &hostile::text(rng).repeat(rng.usize(1..400));
            let _ = connection.execute("UPDATE notes SET flds = flds || ?1", [flds]);
        }
        8..12 => cell_of_json(rng, connection),
        _ => cell(rng, connection, table, column),
    }
}

/// One cell, or where a table has no row numbers a whole column.
fn cell(rng: &mut Rng, connection: &Connection, table: &str, column: &str) {
    let value: rusqlite::types::Value = match rng.u8(..6) {
        0 => rusqlite::types::Value::Null,
        1 | 2 => hostile::number(rng).into(),
        3 => (1.5e300).into(),
        4 => hostile::text(rng).into(),
        _ => (0..rng.usize(0..40)).map(|_| rng.u8(..)).collect::<Vec<u8>>().into(),
    };
    let row = rng.u8(..20);
    let one = format!(
        "UPDATE \"{table}\" SET \"{column}\" = ?1 WHERE rowid = (SELECT rowid FROM \"{table}\" LIMIT 1 OFFSET
           {row} % max(1, (SELECT count(*) FROM \"{table}\")))"
    );
    if connection.execute(&one, [&value]).is_err() {
        let _ = connection.execute(&format!("UPDATE \"{table}\" SET \"{column}\" = ?1"), [&value]);
    }
}

/// A value within the JSON that schema 11 keeps in its one row.
fn cell_of_json(rng: &mut Rng, connection: &Connection) {
    let column = ["models", "decks", "dconf", "conf", "tags"][rng.usize(..5)];
    let text = connection.query_row(&format!("SELECT {column} FROM col"), [], |row| row.get::<_, String>(0));
    let Some(mut value) = text.ok().and_then(|text| serde_json::from_str::<Value>(&text).ok()) else {
        return;
    };
    grow::json(rng, &mut value);
    let _ = connection.execute(&format!("UPDATE col SET {column} = ?1"), [value.to_string()]);
}

/// It is taken or refused; what is taken makes a library that is whole.
pub(super) fn check(input: &[u8], world: &World) -> Result<(), String> {
    let home = world::folder()?;
    let name = if input.starts_with(b"PK") { "theirs.apkg" } else { "collection.anki2" };
    std::fs::write(home.path().join(name), input).map_err(|error| error.to_string())?;
    let run = |arguments: &[&str]| world.program().run(home.path(), arguments, b"");
    let said = run(&["import", name])?;
    law(said.code < 2, || "a bad package is no wrong usage".to_owned())?;
    said.is_plain()?;
    let after = std::fs::read(home.path().join(name)).map_err(|error| error.to_string())?;
    law(after == input, || "the file was changed".to_owned())?;
    if home.path().join("library.db").exists() {
        let check = run(&["check"])?;
        law(check.code == 0, || format!("`check` after it: {}", check.err))?;
    }
    Ok(())
}
