//! Rows of older forms of a dump, as the newest has them.

use serde_json::{Value, json};

use crate::hanzi::is_hanzi;
use crate::store::ground::Columns;
use crate::words::Fingerprints;

/// Gives a row the columns that it has now. One that has them, or is none of ours, stays as it is.
pub fn bring_up(table: &str, columns: &mut Columns) {
    match table {
        "correction" => {
            if let Some(value) = columns.remove("value") {
                correction(columns, value);
            }
        }
        "export" => {
            if let Some(Value::String(fields)) = columns.get("fields") {
                let versions = serde_json::to_string(&versions(fields)).unwrap_or_default();
                columns.remove("fields");
                columns.insert("versions".to_owned(), versions.into());
            }
        }
        "anki" => {
            // Anything but an object is left as it is, and refused.
            let edited = columns.get("edited").and_then(Value::as_str).map(serde_json::from_str);
            if let Some(Ok(edited)) = edited {
                columns.remove("edited");
                note(columns, edited);
            }
        }
        _ => {}
    }
}

/// Before form 5 the fingerprints of a note stood in one row, ` / ` between versions: nineteen of its fields, one of all
/// tags, and behind a # alone one of each tag behind a #.
fn versions(fields: &str) -> Vec<Fingerprints<'_>> {
    const FIELDS: usize = 19;
    fn version(version: &str) -> Fingerprints<'_> {
        let words: Vec<&str> = version.split_whitespace().collect();
        let (fields, rest) = words.split_at(FIELDS.min(words.len()));
        let each: Vec<&str> = rest.iter().skip(1).filter_map(|word| word.strip_prefix('#')).collect();
        let each_tag = (!each.is_empty()).then(|| each.into_iter().filter(|tag| !tag.is_empty()).collect());
        Fingerprints { fields: fields.to_vec(), tags: rest.first().copied(), each_tag }
    }
    fields.split(" / ").map(version).collect()
}

/// Before form 5 what was remembered of a note in Anki stood in one object, under names that no field has; as in
/// `migrations/0007_notes.sql`.
fn note(columns: &mut Columns, edited: Columns) {
    let (mut fields, mut own) = (Columns::new(), Columns::new());
    let (mut tags, mut untagged) = (json!([]), json!([]));
    let (mut older, mut gone, mut moved) = (0, 0, 0);
    let words = |value: &Value| value.as_str().unwrap_or_default().split_whitespace().collect::<Value>();
    for (name, value) in edited {
        match name.as_str() {
            ":tags" => tags = words(&value),
            ":untagged" => untagged = words(&value),
            ":older" => older = 1,
            ":gone" => gone = 1,
            ":moved" => moved = 1,
            name => match name.strip_prefix(":field:") {
                Some(name) => drop(own.insert(name.to_owned(), value)),
                None => drop(fields.insert(name.to_owned(), value)),
            },
        }
    }
    let lists = [("fields", fields.into()), ("own", own.into()), ("tags", tags), ("untagged", untagged)];
    columns.extend(lists.map(|(column, list): (&str, Value)| (column.to_owned(), list.to_string().into())));
    columns
        .extend([("older", older), ("gone", gone), ("moved", moved)].map(|(k, v)| (k.to_owned(), v.into())));
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
