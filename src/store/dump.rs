//! All that was recorded, as text: one JSON object a line, in a form that outlives this program.
//!
//! Ground only: what is derived is read again out of it. Loading gives back the very same ground, so a dump of
//! what was loaded equals the dump. Each line names its table; the first one says what it is.

use std::io::{BufRead, Write};

use rusqlite::types::{Value as Sql, ValueRef};
use rusqlite::{Connection, params_from_iter};
use serde_json::{Map, Value, json};

use super::{Fault, Store, StoreError, marks, standing};

/// The ground, in an order in which every row comes after those that it names.
const TABLES: [(&str, &str); 9] = [
    ("article", "id"),
    ("text", "id"),
    ("tag", "article, tag"),
    ("word", "id"),
    ("act", "id"),
    ("mark", "id"),
    ("correction", "id"),
    ("export", "deck, guid"),
    ("anki", "word, note"),
];

/// Raised when a table of the ground changes. From 2 on the last line says how many there are.
const FORM: u64 = 2;

/// The first form whose last line says that it is the last.
const ENDED: u64 = 2;

/// Which form a dump has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form(u64);

impl Form {
    /// Whether it is too old to tell whether it is all there.
    #[must_use]
    pub fn is_older(self) -> bool {
        self.0 < ENDED
    }
}

impl Store {
    /// Writes all that was recorded.
    ///
    /// # Errors
    /// When the library can't be read, or `out` can't be written.
    pub fn dump(&self, out: &mut dyn Write) -> Result<(), StoreError> {
        let failed = |error: std::io::Error| Fault::File { path: "the dump".into(), what: error.to_string() };
        self.read(|connection| {
            let mut lines = 0_u64;
            let mut line = |value: &Value| -> Result<(), Fault> {
                lines += 1;
                writeln!(out, "{value}").map_err(failed)
            };
            line(&json!({ "shengci": "dump", "form": FORM }))?;
            for (table, order) in TABLES {
                let mut statement = connection.prepare(&format!("SELECT * FROM {table} ORDER BY {order}"))?;
                let columns: Vec<String> = statement.column_names().into_iter().map(str::to_owned).collect();
                let mut rows = statement.query([])?;
                while let Some(row) = rows.next()? {
                    let mut object = Map::new();
                    for (at, column) in columns.iter().enumerate() {
                        object.insert(column.clone(), to_json(row.get_ref(at)?)?);
                    }
                    line(&json!({ table: object }))?;
                }
            }
            let rows = lines - 1;
            let end = json!({ "shengci": "end", "rows": rows });
            writeln!(out, "{end}").map_err(failed)
        })
    }

    /// Whether a file that begins and ends so is a dump as [`Store::dump`] writes it, and nothing more. A first form had
    /// no last line; such a file may have been cut off, or gone on with, and is not taken for one.
    #[must_use]
    pub fn is_dump(head: &str, tail: &str) -> bool {
        let line = |line: &str| serde_json::from_str::<Value>(line).unwrap_or_default();
        let first = head.split_once('\n').map(|(first, _)| line(first)).unwrap_or_default();
        let last = tail.strip_suffix('\n').and_then(|tail| tail.rsplit('\n').next()).map(line);
        let last = last.unwrap_or_default();
        let begins = first["shengci"] == "dump" && first["form"].is_u64();
        begins && last["shengci"] == "end" && last["rows"].is_u64()
    }

    /// Takes in a dump, in one transaction. The library must be empty. Its articles are then
    /// [`outdated`](Self::outdated), to be read anew.
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
            let mut form = None;
            let mut ended = false;
            let mut last = 0;
            for (number, line) in (1..).zip(dump.lines()) {
                let fault = |what: String| Fault::Dump { line: number, what };
                let line = line.map_err(|error| fault(error.to_string()))?;
                let value: Value = serde_json::from_str(&line).map_err(|error| fault(error.to_string()))?;
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
                    load_row(connection, &value, &fault)?;
                }
            }
            let missing = |what: &str| Fault::Dump { line: last + 1, what: what.to_owned() };
            let form = form.ok_or_else(|| missing("it is empty"))?;
            if !ended && !form.is_older() {
                return Err(missing("it was cut off here; the end of the dump is missing"));
            }
            standing::sum_anew(connection, None)?;
            marks::derive_all(connection)?;
            Ok(form)
        })
    }
}

fn head(value: &Value) -> Result<Form, String> {
    if value["shengci"] != "dump" {
        return Err("this is no dump of a library".to_owned());
    }
    match value["form"].as_u64() {
        Some(form) if form <= FORM => Ok(Form(form)),
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

fn load_row(connection: &Connection, value: &Value, fault: &dyn Fn(String) -> Fault) -> Result<(), Fault> {
    let row = value.as_object().and_then(|object| object.iter().next());
    let Some((table, Value::Object(columns))) = row else {
        return Err(fault("it names no table".to_owned()));
    };
    if !TABLES.iter().any(|(known, _)| known == table) {
        return Err(fault(format!("“{table}” is no table of a library")));
    }
    let known: Vec<String> = connection
        .prepare_cached(&format!("SELECT * FROM {table} LIMIT 0"))?
        .column_names()
        .into_iter()
        .map(str::to_owned)
        .collect();
    if let Some(column) = columns.keys().find(|column| !known.contains(column)) {
        return Err(fault(format!("“{column}” is no column of “{table}”")));
    }
    let values: Result<Vec<Sql>, Fault> = known
        .iter()
        .map(|column| {
            from_json(columns.get(column)).ok_or_else(|| fault(format!("“{column}” has no plain value")))
        })
        .collect();
    let places: Vec<String> = (1..=known.len()).map(|at| format!("?{at}")).collect();
    let sql = format!("INSERT INTO {table} ({}) VALUES ({})", known.join(", "), places.join(", "));
    match connection.prepare_cached(&sql)?.execute(params_from_iter(values?)) {
        Ok(_) => Ok(()),
        Err(error) => match Fault::from(error) {
            Fault::Sql(error) => Err(fault(error.to_string())),
            other => Err(other),
        },
    }
}

fn to_json(value: ValueRef<'_>) -> Result<Value, Fault> {
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => number.into(),
        ValueRef::Text(text) => {
            std::str::from_utf8(text).map_err(|error| Fault::Corrupt(error.to_string()))?.into()
        }
        ValueRef::Blob(_) => return Err(Fault::Corrupt("a table of the ground holds a blob".to_owned())),
    })
}

fn from_json(value: Option<&Value>) -> Option<Sql> {
    match value? {
        Value::Null => Some(Sql::Null),
        Value::Number(number) => number.as_i64().map(Sql::Integer),
        Value::String(text) => Some(Sql::Text(text.clone())),
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}
