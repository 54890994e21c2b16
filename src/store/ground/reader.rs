//! A row on its way into the program's own types, column by column.

use std::fmt::Display;
use std::str::FromStr;

use serde_json::Value;

use super::{Columns, Read, said, short};
use crate::hanzi::seen;
use crate::pinyin::Reading;
use crate::store::lexicon::Keys;
use crate::words::Moment;

/// Reads the columns of a row, and keeps which ones were read: what is left over is none of ours.
pub(super) struct Reader<'c> {
    pub columns: &'c Columns,
    pub read: Vec<&'static str>,
}

impl Reader<'_> {
    pub fn value(&mut self, column: &'static str) -> Read<&Value> {
        self.read.push(column);
        self.columns.get(column).ok_or_else(|| format!("“{column}” is missing"))
    }

    pub fn number(&mut self, column: &'static str) -> Read<i64> {
        let value = self.value(column)?;
        value.as_i64().ok_or_else(|| format!("“{column}” is no whole number"))
    }

    pub fn text(&mut self, column: &'static str) -> Read<String> {
        let text = self.value(column)?.as_str().ok_or_else(|| format!("“{column}” is no text"))?;
        if text.contains('\0') {
            return Err(format!("“{column}” has a NUL in it, which no text has"));
        }
        Ok(text.to_owned())
    }

    pub fn optional<T>(
        &mut self,
        column: &'static str,
        read: impl FnOnce(&mut Self, &'static str) -> Read<T>,
    ) -> Read<Option<T>> {
        if self.value(column)?.is_null() { Ok(None) } else { read(self, column).map(Some) }
    }

    pub fn moment(&mut self, column: &'static str) -> Read<Moment> {
        let number = self.number(column)?;
        Moment::new(number).ok_or_else(|| {
            format!("“{column}” is {number}: no moment from 1970 to 9998, in seconds since 1970")
        })
    }

    pub fn parsed<T: FromStr<Err: Display>>(&mut self, column: &'static str) -> Read<T> {
        self.text(column)?.parse().map_err(|error: T::Err| error.to_string())
    }

    pub fn reading(&mut self, column: &'static str, hanzi: &str, keys: &mut Keys) -> Read<Reading> {
        let text = self.text(column)?;
        let reading = keys.reading(hanzi, &text).map_err(said)?;
        if reading.to_string() == text {
            Ok(reading)
        } else {
            Err(format!("“{}” is not written as a library writes readings: {reading}", short(&text)))
        }
    }

    /// A text of a kind.
    pub fn of(&mut self, column: &'static str, what: &str, is: impl Fn(&str) -> bool) -> Read<()> {
        let text = self.text(column)?;
        if is(&text) {
            Ok(())
        } else {
            Err(format!("“{}” in “{column}” is no {}", short(&text), what))
        }
    }

    /// A name: something, and nothing that is not seen.
    pub fn plain(&mut self, column: &'static str) -> Read<()> {
        let text = self.text(column)?;
        if text.trim().is_empty() {
            return Err(format!("“{column}” is empty"));
        }
        seen(&text).map_err(|unseen| format!("“{column}”: {unseen}"))
    }

    pub fn guid(&mut self, column: &'static str) -> Read<()> {
        self.plain(column)
    }
}
