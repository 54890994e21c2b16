//! The fields that the learner named: they have to be there.

use crate::learned::{Choice, Collection, NoteType};
use crate::library::Failure;

/// The most note types that are named with their fields.
const NAMED: usize = 12;

/// A field that no note type has is a slip of the pen, and not to be passed over.
///
/// # Errors
/// When one is not there.
pub fn are_there(collection: &Collection, fields: &Choice) -> Result<(), Failure> {
    let types: Vec<_> = collection.note_types.values().collect();
    let all = || types.iter().flat_map(|note_type| &note_type.fields);
    for wanted in [&fields.hanzi, &fields.reading].into_iter().flatten() {
        let name = wanted.trim().to_lowercase();
        if !all().any(|field| field.trim().to_lowercase() == name) {
            let of = |note_type: &&NoteType| format!("{} ({})", note_type.name, note_type.fields.join(", "));
            let there: Vec<String> = types.iter().take(NAMED).map(of).collect();
            let more = if types.len() > NAMED { "; …" } else { "" };
            return Err(Failure::new(format!("no note type has a field “{wanted}”"))
                .hint(format!("there are {}{more}", there.join("; "))));
        }
    }
    Ok(())
}
