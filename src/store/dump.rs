//! All that was recorded, as text: one JSON object a line, in a form that outlives this program.
//!
//! Ground only: what is derived is read again out of it. Loading (`dump/load.rs`) gives back the very same ground, so a
//! dump of what was loaded equals the dump. Each line names its table; the first one says what it is.

use std::io::Write;

use serde_json::{Value, json};

use super::ground::{self, TABLES};
use super::{Fault, Store, StoreError};

mod load;
mod older;

/// Raised when a table of the ground changes. From 2 on the last line says how many there are, from 3 on an article says
/// where its file lies, and there are collections of Anki's, from 4 on a correction says what it means by its columns,
/// from 5 on a note does, as a deck gave it and as it was read back from Anki, from 6 on there are copies and feeds.
const FORM: u64 = 6;

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
        let failed = |error: std::io::Error| Fault::file("the dump".as_ref(), &error);
        self.read(|connection| {
            let mut lines = 0_u64;
            let mut line = |value: &Value| -> Result<(), Fault> {
                lines += 1;
                writeln!(out, "{value}").map_err(failed)
            };
            line(&json!({ "shengci": "dump", "form": FORM }))?;
            for (table, order) in TABLES {
                ground::each_row(connection, (table, order), |columns| {
                    let columns = columns.map_err(|what| Fault::Corrupt(format!("{table}: {what}")))?;
                    line(&json!({ table: columns }))
                })?;
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
}
