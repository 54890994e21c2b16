//! Note types with all their settings, out of the tables of schema 15 and later, in the form that Anki itself gives
//! them in schema 11 and AnkiConnect tells.
//!
//! The settings are protobuf messages; what they have no place for is JSON in the field `other`. Source: Anki's
//! `proto/anki/notetypes.proto` and `rslib/src/notetype/schema11.rs`.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::guarded::{Fault, Guarded};

/// How a value of a message is called in schema 11.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Number,
    Flag,
    /// A number that is null where there is none.
    Perhaps,
}
use Kind::{Flag, Number, Perhaps, Text};

/// `NotetypeConfig`.
const NOTE_TYPE: &[(u64, &str, Kind)] = &[
    (1, "type", Number),
    (2, "sortf", Number),
    (3, "css", Text),
    (5, "latexPre", Text),
    (6, "latexPost", Text),
    (7, "latexsvg", Flag),
    (9, "originalStockKind", Number),
    (10, "originalId", Perhaps),
];
/// `NoteFieldConfig`.
const FIELD: &[(u64, &str, Kind)] = &[
    (1, "sticky", Flag),
    (2, "rtl", Flag),
    (3, "font", Text),
    (4, "size", Number),
    (5, "description", Text),
    (6, "plainText", Flag),
    (7, "collapsed", Flag),
    (8, "excludeFromSearch", Flag),
    (9, "id", Perhaps),
    (10, "tag", Perhaps),
    (11, "preventDeletion", Flag),
];
/// `CardTemplateConfig`.
const TEMPLATE: &[(u64, &str, Kind)] = &[
    (1, "qfmt", Text),
    (2, "afmt", Text),
    (3, "bqfmt", Text),
    (4, "bafmt", Text),
    (5, "did", Perhaps),
    (6, "bfont", Text),
    (7, "bsize", Number),
    (8, "id", Perhaps),
];
/// The field `other` of each.
const OTHER: u64 = 255;

/// The note types of a collection by number, as schema 11 has them. One that can't be read is left out: all that
/// hangs on it is whether a package for this collection can be like it.
pub(super) fn all(from: &Guarded, in_tables: bool) -> Result<BTreeMap<i64, Value>, Fault> {
    if !in_tables {
        let mut all = BTreeMap::new();
        from.each("SELECT models FROM col LIMIT 1", |row| {
            let models: BTreeMap<String, Value> = serde_json::from_str(&row.text(0)?).unwrap_or_default();
            all.extend(models.into_iter().filter_map(|(id, model)| Some((id.parse().ok()?, model))));
            Ok(())
        })?;
        return Ok(all);
    }
    let mut models: BTreeMap<i64, Map<String, Value>> = BTreeMap::new();
    from.each("SELECT id, name, mtime_secs, config FROM notetypes", |row| {
        let id = row.number(0)?;
        if let Some(mut model) = settings(&row.bytes(3)?, NOTE_TYPE) {
            let told = json!({
                "id": id, "name": row.text(1)?, "mod": row.number(2)?, "usn": 0, "did": null, "req": [],
            });
            model.extend(told.as_object().cloned().unwrap_or_default());
            models.insert(id, model);
        }
        Ok(())
    })?;
    for (sql, list, message) in [
        ("SELECT ntid, ord, name, config FROM fields", "flds", FIELD),
        ("SELECT ntid, ord, name, config FROM templates", "tmpls", TEMPLATE),
    ] {
        if !from.has(if list == "flds" { "fields" } else { "templates" })? {
            return Ok(BTreeMap::new());
        }
        let mut parts: BTreeMap<i64, Vec<Value>> = BTreeMap::new();
        from.each(sql, |row| {
            let of = row.number(0)?;
            let Some(mut part) = settings(&row.bytes(3)?, message) else {
                models.remove(&of);
                return Ok(());
            };
            part.insert("ord".to_owned(), json!(row.number(1)?));
            part.insert("name".to_owned(), json!(row.text(2)?));
            parts.entry(of).or_default().push(part.into());
            Ok(())
        })?;
        for (of, mut parts) in parts {
            parts.sort_by_key(|part| part["ord"].as_i64());
            if let Some(model) = models.get_mut(&of) {
                model.insert(list.to_owned(), parts.into());
            }
        }
    }
    Ok(models.into_iter().map(|(id, model)| (id, model.into())).collect())
}

/// The settings in a message; `None` if it is none.
fn settings(message: &[u8], fields: &[(u64, &str, Kind)]) -> Option<Map<String, Value>> {
    let empty = |kind: Kind| match kind {
        Text => json!(""),
        Number => json!(0),
        Flag => json!(false),
        Perhaps => Value::Null,
    };
    let mut settings: Map<String, Value> =
        fields.iter().map(|&(_, name, kind)| (name.to_owned(), empty(kind))).collect();
    let mut others = Map::new();
    let mut rest = message;
    while !rest.is_empty() {
        let (number, item) = next(&mut rest)?;
        if let (OTHER, Item::Bytes(other)) = (number, &item) {
            others = serde_json::from_slice(other).ok()?;
        }
        let Some(&(_, name, kind)) = fields.iter().find(|(known, ..)| *known == number) else { continue };
        let value = match (kind, item) {
            (Text, Item::Bytes(text)) => json!(std::str::from_utf8(text).ok()?),
            (Number | Perhaps, Item::Number(number)) => json!(number.cast_signed()),
            (Flag, Item::Number(number)) => json!(number != 0),
            _ => return None,
        };
        settings.insert(name.to_owned(), value);
    }
    for (name, value) in others {
        // A field whose number an older Anki did not know has it here.
        if settings.get(&name).is_none_or(Value::is_null) {
            settings.insert(name, value);
        }
    }
    Some(settings)
}

/// A value of a message.
enum Item<'m> {
    Number(u64),
    Bytes(&'m [u8]),
}

/// The next value of a message with its number, taken off its beginning.
fn next<'m>(rest: &mut &'m [u8]) -> Option<(u64, Item<'m>)> {
    let key = varint(rest)?;
    let mut take = |length: usize| {
        let (taken, after) = rest.split_at_checked(length)?;
        *rest = after;
        Some(taken)
    };
    let item = match key & 7 {
        0 => Item::Number(varint(rest)?),
        1 => Item::Bytes(take(8)?),
        2 => {
            let length = usize::try_from(varint(rest)?).ok()?;
            let (taken, after) = rest.split_at_checked(length)?;
            *rest = after;
            Item::Bytes(taken)
        }
        5 => Item::Bytes(take(4)?),
        _ => return None,
    };
    Some((key >> 3, item))
}

fn varint(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, after) = rest.split_first()?;
        *rest = after;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_message_of_ankis_own() {
        // A field as Anki 26.9 stores it, with a setting that an add-on gave it.
        let message =
            b"\x1a\x03Foo\x20\x14\x30\x01\x48\xd0\xdd\xdb\xe4\x83\xb6\xc9\xef\x6d\xfa\x0f\x08{\"zz\":3}";
        let field = settings(message, FIELD).expect("a field");
        let told = json!({
            "sticky": false, "rtl": false, "font": "Foo", "size": 20, "description": "", "plainText": true,
            "collapsed": false, "excludeFromSearch": false, "id": 7_917_088_108_801_617_616_i64, "tag": null,
            "preventDeletion": false, "zz": 3,
        });
        assert_eq!(Value::Object(field), told);
        assert_eq!(settings(&message[..10], FIELD), None, "cut off");
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_message_or_none(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            let _ = settings(&bytes, NOTE_TYPE);
        }
    }
}
