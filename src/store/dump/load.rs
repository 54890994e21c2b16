//! A dump becomes a library: line by line, each row read into the program's own types before anything is kept.

use std::io::{BufRead, Read};

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, ErrorCode, params_from_iter};
use serde_json::Value;

use super::{FORM, Form, older};
use crate::store::ground::{self, Columns, Row, TABLES};
use crate::store::lexicon::Keys;
use crate::store::links::Links;
use crate::store::{Fault, Store, StoreError, add, marks, standing};

/// The longest first line. What is no dump is known by it before more is read.
const LONGEST_HEAD: u64 = 1024;
/// The longest line: the largest text that is an article, every byte of it written as `\u0001`.
const LONGEST: u64 = 200 * 1024 * 1024;

impl Store {
    /// Takes in a dump, in one transaction. The library must be empty. Its articles are then
    /// [`outdated`](Self::outdated), to be read anew. Rows get numbers from 1 on, in the order of those that they had.
    ///
    /// # Errors
    /// When the library is not empty, a line is no line of a dump, or some are missing; it is then as before.
    pub fn load(&mut self, dump: &mut dyn BufRead) -> Result<Form, StoreError> {
        self.write(|connection| {
            for (table, _) in TABLES {
                let mut any = connection.prepare(&format!("SELECT 1 FROM {table} LIMIT 1"))?;
                if any.exists([])? {
                    return Err(Fault::NotEmpty);
                }
            }
            let form = rows(connection, dump)?;
            standing::sum_anew(connection, None)?;
            marks::derive_all(connection)?;
            Ok(form)
        })
    }
}

fn rows(connection: &Connection, dump: &mut dyn BufRead) -> Result<Form, Fault> {
    let (mut form, mut ended, mut last) = (None, false, 0);
    let (mut links, mut keys) = (Links::default(), Keys::default());
    let mut bytes = Vec::new();
    for number in 1.. {
        let fault = |what: String| Fault::Dump { line: number, what };
        if !line(dump, if number == 1 { LONGEST_HEAD } else { LONGEST }, &mut bytes).map_err(fault)? {
            break;
        }
        let value: Value = serde_json::from_slice(&bytes).map_err(|error| fault(error.to_string()))?;
        last = number;
        if ended {
            return Err(fault("the dump has ended before it".to_owned()));
        }
        if number == 1 {
            form = Some(head(&value).map_err(fault)?);
        } else if value["shengci"] == "end" {
            end(&value, number - 2).map_err(fault)?;
            ended = true;
        } else {
            let (table, mut columns) = table(value).map_err(fault)?;
            let at = |what: String| fault(format!("{table}: {what}"));
            older::bring_up(&table, &mut columns);
            let row = ground::read(&table, &columns, &mut keys).map_err(at)?;
            links.take(&row, &mut columns, number).map_err(at)?;
            if let Row::Text { raw, .. } = &row {
                // It finds the text again: of one that was put right by hand, the old one would not.
                columns.insert("hash".to_owned(), add::known_hash(raw, &columns["hash"]).into());
            }
            insert(connection, &table, &columns, &at)?;
        }
    }
    let missing = |what: &str| Fault::Dump { line: last + 1, what: what.to_owned() };
    let form = form.ok_or_else(|| missing("it is empty"))?;
    if !ended && !form.is_older() {
        return Err(missing("it was cut off here; the end of the dump is missing"));
    }
    match links.without_text().next() {
        Some((id, line)) => Err(Fault::Dump { line, what: format!("article: {id} has no text") }),
        None => Ok(form),
    }
}

/// Reads the next line into `bytes`; false at the end.
fn line(dump: &mut dyn BufRead, longest: u64, bytes: &mut Vec<u8>) -> Result<bool, String> {
    bytes.clear();
    let read = dump.take(longest + 1).read_until(b'\n', bytes).map_err(|error| error.to_string())?;
    if read as u64 > longest {
        return Err(format!("it is longer than {longest} bytes, as no line of a dump is"));
    }
    Ok(read > 0)
}

fn head(value: &Value) -> Result<Form, String> {
    if value["shengci"] != "dump" {
        return Err("this is no dump of a library".to_owned());
    }
    match value["form"].as_u64() {
        Some(form) if (1..=FORM).contains(&form) => Ok(Form(form)),
        _ => Err("it was made by a newer shengci".to_owned()),
    }
}

/// The last line must tell as many rows as there were.
fn end(value: &Value, rows: usize) -> Result<(), String> {
    match value["rows"].as_u64() {
        Some(told) if told == rows as u64 => Ok(()),
        Some(told) => Err(format!("the dump had {told} rows when it was written, and has {rows} now")),
        None => Err("it ends the dump without saying how many rows there are".to_owned()),
    }
}

/// The table that a line names, and the columns of its row.
fn table(value: Value) -> Result<(String, Columns), String> {
    let Value::Object(object) = value else { return Err("it names no table".to_owned()) };
    let mut tables = object.into_iter();
    match (tables.next(), tables.next()) {
        (Some((table, Value::Object(columns))), None) => Ok((table, columns)),
        (Some(_), Some(_)) => Err("it names two tables; a line has one row".to_owned()),
        _ => Err("it names no table".to_owned()),
    }
}

fn insert(
    connection: &Connection,
    table: &str,
    columns: &Columns,
    fault: &dyn Fn(String) -> Fault,
) -> Result<(), Fault> {
    // The names are those of a table of the library: nothing else was read into a row.
    let names: Vec<&str> = columns.keys().map(String::as_str).collect();
    let places: Vec<String> = (1..=names.len()).map(|at| format!("?{at}")).collect();
    let sql = format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), places.join(", "));
    let values = columns.values().map(|value| match value {
        Value::String(text) => Sql::Text(text.clone()),
        value => value.as_i64().map_or(Sql::Null, Sql::Integer),
    });
    match connection.prepare_cached(&sql)?.execute(params_from_iter(values)) {
        Ok(_) => Ok(()),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
            let what = error.to_string();
            let unique = what.strip_prefix("UNIQUE constraint failed: ");
            Err(fault(match unique {
                Some(columns) => {
                    let columns = columns.replace(&format!("{table}."), "");
                    format!("an earlier line has the same {}", columns.replace(", ", " and "))
                }
                None => what,
            }))
        }
        Err(error) => Err(error.into()),
    }
}
