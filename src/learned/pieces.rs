//! The forms of a word that a text names: `学生 學生`, `发[髮]`, `买/卖`, `一点(儿)`, `长 cháng`.
//!
//! Lists and fields are made for eyes. What stands side by side is either another form of the same word, an
//! alternative, a reading, or a remark; only marks that mean "or" make two words of one text, so that a
//! sentence with blanks in it is never taken for a list of words.

use crate::hanzi::is_hanzi;

/// A text taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pieces {
    /// All of it that isn't Latin or in brackets, blanks taken out.
    pub whole: String,
    /// The parts between blanks or marks that mean "or", hanzi in each.
    pub parts: Vec<String>,
    /// Whether a mark that means "or" stood between them.
    pub alternatives: bool,
    /// The texts in brackets, hanzi in each.
    pub bracketed: Vec<String>,
    /// The rest: pinyin, perhaps, or a gloss.
    pub latin: String,
    /// Whether a sentence ended before the end of the text, or a clause.
    pub clauses: bool,
}

/// Takes one line apart.
#[must_use]
pub fn pieces(line: &str) -> Pieces {
    let mut found = Pieces::default();
    let mut depth = 0_usize;
    let mut piece = String::new();
    for c in line.chars().chain([' ']) {
        let opens = matches!(c, '(' | '（' | '[' | '【' | '〔' | '<' | '〈' | '「');
        let closes = matches!(c, ')' | '）' | ']' | '】' | '〕' | '>' | '〉' | '」');
        let or = matches!(c, '/' | '／' | '|' | '｜' | '、' | ';' | '；');
        if !(opens || closes || or || c.is_whitespace()) {
            piece.push(c);
            continue;
        }
        found.take(&std::mem::take(&mut piece), depth > 0);
        found.alternatives |= or && depth == 0 && !found.parts.is_empty();
        if opens {
            depth += 1;
        } else if closes {
            depth = depth.saturating_sub(1);
        }
    }
    found.whole = found.parts.concat();
    found
}

impl Pieces {
    fn take(&mut self, piece: &str, bracketed: bool) {
        if piece.is_empty() {
            return;
        }
        if !piece.chars().any(is_hanzi) {
            if !self.latin.is_empty() {
                self.latin.push(' ');
            }
            self.latin.push_str(piece);
            return;
        }
        let core = piece.trim_matches(|c: char| !is_hanzi(c) && !c.is_alphanumeric());
        self.clauses |= core.contains(['。', '！', '？', '!', '?', '…', '：', ':', '，', ',']);
        if bracketed {
            self.bracketed.push(core.to_owned());
            return;
        }
        let (core, rest) = without_pinyin(core);
        if !rest.is_empty() {
            self.latin.push(' ');
            self.latin.push_str(rest);
        }
        self.parts.push(core.to_owned());
    }
}

/// `长cháng` and `本1`: the hanzi, and what follows them. Words with letters (T恤, 卡拉OK) are left whole: their
/// letters are ASCII and have no number.
fn without_pinyin(core: &str) -> (&str, &str) {
    let after = core.rfind(is_hanzi).and_then(|at| core[at..].chars().next().map(|c| at + c.len_utf8()));
    let Some((hanzi, rest)) = after.map(|at| core.split_at(at)) else { return (core, "") };
    let letters_of_word = rest.chars().all(|c| c.is_ascii_alphabetic());
    if letters_of_word { (core, "") } else { (hanzi, rest) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(line: &str) -> (Vec<String>, bool, Vec<String>, String) {
        let p = pieces(line);
        (p.parts, p.alternatives, p.bracketed, p.latin.trim().to_owned())
    }

    fn of(items: &[&str]) -> Vec<String> {
        items.iter().map(|&s| s.to_owned()).collect()
    }

    #[test]
    fn forms_alternatives_brackets_and_pinyin() {
        for (line, expected, or, bracketed, latin) in [
            ("学生", &["学生"][..], false, &[][..], ""),
            ("学生 學生", &["学生", "學生"], false, &[], ""),
            ("发[髮]", &["发"], false, &["髮"], ""),
            ("买/卖", &["买", "卖"], true, &[], ""),
            ("一点（儿）", &["一点"], false, &["儿"], ""),
            ("长 cháng", &["长"], false, &[], "cháng"),
            ("长(cháng)", &["长"], false, &[], "cháng"),
            ("长cháng", &["长"], false, &[], "cháng"),
            ("本1", &["本"], false, &[], "1"),
            ("1. 学生", &["学生"], false, &[], "1."),
            ("卡拉OK", &["卡拉OK"], false, &[], ""),
            ("你好！", &["你好"], false, &[], ""),
            ("AI / student", &[], false, &[], "AI student"),
        ] {
            assert_eq!(parts(line), (of(expected), or, of(bracketed), latin.to_owned()), "{line}");
        }
        assert!(pieces("你好，世界").clauses);
        assert!(!pieces("你好。").clauses);
    }
}
