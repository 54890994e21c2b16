//! Rows of older forms of a dump, as the newest has them.

use serde_json::{Value, json};

use crate::hanzi::is_hanzi;
use crate::store::ground::Columns;

/// Gives a row the columns that it has now. One that has them, or is none of ours, stays as it is.
pub fn bring_up(table: &str, columns: &mut Columns) {
    if table == "correction"
        && let Some(value) = columns.remove("value")
    {
        correction(columns, value);
    }
}

/// Before form 4 a correction's `value` meant one of five things, by its kind; as in `migrations/0005_corrections.sql`.
fn correction(columns: &mut Columns, value: Value) {
    let kind = columns.get("kind").and_then(Value::as_str).unwrap_or_default();
    let meant = match (kind, &value) {
        ("reading", Value::String(text)) if text.chars().any(is_hanzi) => Some(("phrase", value)),
        ("reading", _) => Some(("instead_of", value)),
        ("split", Value::String(text)) => {
            let parts: Vec<&str> = text.split('|').collect();
            Some(("parts", json!(json!(parts).to_string())))
        }
        ("split", _) => Some(("parts", value)),
        ("name", _) => Some(("name", value)),
        ("sense", _) => Some(("gloss", value)),
        _ => None,
    };
    for column in ["instead_of", "phrase", "parts", "name", "gloss"] {
        columns.insert(column.to_owned(), Value::Null);
    }
    if let Some((column, value)) = meant {
        columns.insert(column.to_owned(), value);
    }
}
