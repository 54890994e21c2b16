//! The dialogue of a SubStation script: fields between commas, in the order that its `Format` names.

use super::Cue;
use super::cue::time;
use super::markup;

/// The order of the fields where no line says it.
const USUAL: &str = "Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text";

/// The cues of a script. Comments, and shapes that are drawn, are none.
pub(super) fn cues(text: &str) -> Vec<Cue> {
    let mut within = false;
    let mut order = names(USUAL);
    let mut cues = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.starts_with('[') {
            within = line.eq_ignore_ascii_case("[events]");
        } else if let Some((key, value)) = line.split_once(':').filter(|_| within) {
            match key {
                "Format" => order = names(value),
                "Dialogue" => cues.extend(cue(value, &order)),
                _ => {}
            }
        }
    }
    cues
}

fn names(line: &str) -> Vec<String> {
    line.split(',').map(|name| name.trim().to_ascii_lowercase()).collect()
}

fn cue(line: &str, order: &[String]) -> Option<Cue> {
    let fields: Vec<&str> = line.splitn(order.len(), ',').collect();
    let field = |name: &str| {
        let at = order.iter().position(|own| own == name)?;
        fields.get(at).map(|field| field.trim())
    };
    let text = field("text")?;
    if text.contains("\\p1") || text.contains("\\p2") || text.contains("\\p4") {
        return None;
    }
    let speaker = field("name").or_else(|| field("actor")).filter(|name| !name.is_empty()).map(str::to_owned);
    let text = text.replace("\\N", "\n").replace("\\n", "\n").replace("\\h", " ");
    let lines = text.lines().map(|line| markup::plain(line).text).filter(|line| !line.is_empty()).collect();
    Some(Cue { start: time(field("start")?)?, end: time(field("end")?)?, speaker, lines })
}
