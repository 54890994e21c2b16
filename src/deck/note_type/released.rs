//! Every style sheet and every side of a template that this program ever gave: what is none of them in a learner's
//! collection is the learner's own work, and stays.

use sha1::{Digest, Sha1};

use super::super::note::hex;
use super::{STYLE, TEMPLATES};

/// The first 12 hexadecimal digits of the SHA-1 of each, lines without trailing blanks.
const EVER: [&str; 8] = [
    // Style sheets, the newest last.
    "88e10a328a1a",
    "d74ef581278e",
    // Questions: recognition, production, listening, cloze.
    "ff2db4ce9048",
    "093463b960bc",
    "3136e0e46cee",
    "f90bb2ccdfd5",
    // Answers: of recognition, of the others.
    "d357176aa765",
    "bd9d6f1cfa63",
];

/// Whether a style sheet or a side of a template is one that this program gave at some time.
#[must_use]
pub fn is_ours(text: &str) -> bool {
    EVER.contains(&hash(text).as_str())
}

/// A fingerprint of the style sheet and the templates as they are now.
#[must_use]
pub fn fingerprint() -> String {
    let sides = TEMPLATES.iter().flat_map(|template| [template.front, template.back]);
    hash(&sides.chain([STYLE]).collect::<String>())
}

fn hash(text: &str) -> String {
    let lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    hex(&Sha1::digest(lines.join("\n").as_bytes()), 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_now_is_among_what_was_ever_given() {
        let sides = TEMPLATES.iter().flat_map(|template| [template.front, template.back]);
        for text in sides.chain([STYLE]) {
            assert!(is_ours(text), "add {} to the list:\n{text}", hash(text));
            assert!(is_ours(&text.replace('\n', "\r\n")));
            assert!(!is_ours(&format!("{text}/* mine */")));
        }
    }
}
