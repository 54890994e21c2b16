//! Errors in a deck file, in a learner's words.
//!
//! The YAML crate says it for programmers ("invalid type: string, expected u32"); a learner wants to know what
//! stands there, what should, and which name was meant.

/// The YAML crate's words as a learner's: where, what, what to do.
pub fn explain(text: &str, at: (usize, usize), said: &str) -> ((usize, usize), String, Option<String>) {
    if let Some(line) = text.lines().position(|line| line.trim_start_matches(' ').starts_with('\t')) {
        let column = text.lines().nth(line).and_then(|l| l.find('\t')).unwrap_or(0) + 1;
        if line < at.0 {
            let hint = "put blanks there: YAML indents with blanks alone, two a step".to_owned();
            return ((line + 1, column), "a tab stands before a setting".to_owned(), Some(hint));
        }
    }
    let end = said.find(" at line ").unwrap_or(said.len());
    let said = &said[..end];
    let (place, said) = match said.split_once(": ") {
        Some((place, rest)) if !place.contains(' ') => (format!("{}: ", short(place)), rest),
        _ => (String::new(), said),
    };
    if let Some((what, rest)) =
        said.split_once(", expected ").filter(|(what, _)| what.starts_with("unknown "))
    {
        let wrong = what.split('`').nth(1).unwrap_or_default();
        let known: Vec<&str> = rest.split('`').skip(1).step_by(2).collect();
        let thing = if what.starts_with("unknown field") { "is no setting" } else { "can't stand" };
        let wrong = short(wrong);
        let message = format!("{place}“{wrong}” {thing} here; there are {}", known.join(", "));
        return (at, message, nearest_of(&wrong, &known).map(|near| format!("did you mean “{near}”?")));
    }
    if let Some(field) = said.strip_prefix("missing field ") {
        let field = field.trim_matches('`');
        let hint = "the deck needs a name, such as “name: 新闻::生词”".to_owned();
        return (at, format!("{place}the setting “{field}” is missing"), Some(hint));
    }
    if let Some((found, expected)) =
        said.strip_prefix("invalid type: ").and_then(|s| s.split_once(", expected "))
    {
        let found = match found {
            "unit value" | "null" => "nothing stands here".to_owned(),
            "map" => "settings stand here".to_owned(),
            "sequence" => "a list stands here".to_owned(),
            other => format!("{} stands here", short(&other.replace("string ", "").replace('`', ""))),
        };
        return (at, format!("{place}{found}; it should be {expected}"), None);
    }
    if let Some(field) = said.strip_prefix("duplicate field ") {
        let field = field.trim_matches('`');
        // The YAML crate points at the mapping; a reader wants the second of the two.
        let at = places_of(text, &format!("{field}:")).nth(1).unwrap_or(at);
        return (at, format!("{place}“{field}” is set twice"), Some("keep one of the two".to_owned()));
    }
    let hint = if said.contains("mapping values") {
        Some("a value that has a colon at its end or before a blank needs quotation marks round it")
    } else {
        said.contains("block").then_some("each setting stands on its own line, as “name: value”")
    };
    (at, format!("{place}{}", short(said)), hint.map(str::to_owned))
}

/// The text in the file, cut to what a reader needs to find the place: it may be a line of a megabyte.
fn short(text: &str) -> String {
    const MOST: usize = 200;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Where `key` is set.
pub fn places_of(text: &str, key: &str) -> impl Iterator<Item = (usize, usize)> {
    let lines = (1..).zip(text.lines()).filter(move |(_, line)| line.trim_start().starts_with(key));
    lines.map(|(number, line)| (number, line.len() - line.trim_start().len() + 1))
}

/// The name that was most likely meant, if one is near.
pub fn nearest_of<'n>(wrong: &str, known: &[&'n str]) -> Option<&'n str> {
    let likeness = |name: &str| strsim::normalized_damerau_levenshtein(&wrong.to_lowercase(), name);
    let meant = match wrong.replace('_', "-").to_lowercase().as_str() {
        "count" | "min-count" | "frequency" | "min-seen" => Some("seen"),
        "note" | "model" | "notetype" => Some("note-type"),
        "deck" | "title" => Some("name"),
        "max" | "max-notes" | "count-limit" => Some("limit"),
        "exclude" | "ignore" | "skip-words" => Some("skip"),
        "sort" | "order-by" => Some("order"),
        "templates" | "card-types" => Some("cards"),
        "tts" | "audio" | "sound" => Some("speech"),
        _ => None,
    };
    meant.and_then(|meant| known.iter().copied().find(|&name| name == meant)).or_else(|| {
        let best = known.iter().copied().max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
        (likeness(best) >= 0.5).then_some(best)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_never_longer_than_a_reader_reads() {
        let long = "词".repeat(100_000);
        for said in [
            format!("unknown field `{long}`, expected one of `name`, `words`"),
            format!("{long}: missing field `name`"),
            format!("invalid type: string \"{long}\", expected u32"),
            format!("did not find expected key {long}"),
        ] {
            let (_, message, _) = explain("name: x", (1, 1), &said);
            assert!(message.chars().count() < 500, "{} characters", message.chars().count());
            assert!(message.contains("词词词"), "{message}");
        }
    }
}
