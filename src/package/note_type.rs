//! Our note type as Anki writes it in schema 11.

use serde_json::{Map, Value, json};

use crate::deck::note_type::{self, STYLE, TEMPLATES};
use crate::deck::{Card, Field};

/// The note type as a collection gets it that has none of ours.
pub fn ours() -> Map<String, Value> {
    let fields: Vec<Value> = (0..)
        .zip(Field::ALL)
        .map(|(ord, field): (u32, Field)| {
            json!({
                "name": field.name(), "ord": ord, "id": field.id(), "description": field.description(),
                "sticky": false, "rtl": false, "font": "Noto Sans CJK SC", "size": 20,
            })
        })
        .collect();
    let templates: Vec<Value> = Card::ALL
        .iter()
        .zip(TEMPLATES)
        .map(|(&card, template)| {
            json!({
                "name": template.name, "ord": card as u8, "id": template.id, "qfmt": template.front,
                "afmt": template.back, "bqfmt": "", "bafmt": "", "did": null, "bfont": "", "bsize": 0,
            })
        })
        .collect();
    let model = json!({
        "id": note_type::ID, "name": note_type::NAME, "type": 0, "mod": note_type::MODIFIED, "usn": 0, "sortf": 0,
        "did": null, "tmpls": templates, "flds": fields, "css": STYLE,
        "latexPre": "\\documentclass[12pt]{article}\n\\begin{document}\n", "latexPost": "\\end{document}",
        "latexsvg": false, "req": [],
    });
    match model {
        Value::Object(model) => model,
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The guard of the note type: what may not change, as one text. The style sheet may.
    #[test]
    fn the_note_type_is_frozen() {
        let mut model = ours();
        model.remove("css");
        model.remove("mod");
        let golden: Value =
            serde_json::from_str(include_str!("../../tests/golden/note_type.json")).expect("JSON");
        assert_eq!(
            Value::Object(model),
            golden,
            "a changed note type strands every exported note: see deck::note_type"
        );
    }
}
