//! The author of an article, as bylines have it: `作者：王某`, `文/王某`, `（记者王某 李某）`, `责任编辑：王某`.

use super::lists;

/// A person in a byline, with how sure it is that this is the author: less is surer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    pub name: String,
    pub rank: usize,
}

/// A name in a byline has no more letters.
const LONGEST: usize = 24;

impl Author {
    /// The surest that a line names.
    pub fn find(line: &str) -> Option<Self> {
        let labels = lists::AUTHORS.iter().chain(lists::EDITORS.all());
        labels.enumerate().find_map(|(rank, label)| Some(Self { name: after(line, label)?, rank }))
    }

    /// Whether somebody wrote it, rather than edited it.
    pub fn wrote(&self) -> bool {
        self.rank < lists::AUTHORS.len()
    }

    /// The value of a field of the page that is called author.
    pub fn of_field(value: &str) -> Option<String> {
        name(value).filter(|name| !is_house(name) && name != "name")
    }
}

/// The names after a label of a line.
fn after(line: &str, label: &str) -> Option<String> {
    let mut from = 0;
    while let Some(found) = line[from..].find(label) {
        let at = from + found;
        from = at + label.len();
        let before = line[..at].chars().next_back();
        // 原作者, 责任编辑 where 编辑 was asked for.
        if before.is_some_and(crate::hanzi::is_hanzi) {
            continue;
        }
        let rest = line[from..].trim_start();
        let value = rest.trim_start_matches([':', '：', '/', '|', '丨', '｜', '／', '∶']);
        // 记者王某 in a bracket of its own has no colon.
        let bracketed = before.is_none_or(|c| matches!(c, '（' | '(' | '【' | '['))
            && line[from..].contains(['）', ')', '】', ']'])
            && label.chars().count() > 1;
        // 記者王某某／小鎮報導.
        let hanzi = rest.chars().take_while(|&c| crate::hanzi::is_hanzi(c)).count();
        let placed = (2..=4).contains(&hanzi) && matches!(rest.chars().nth(hanzi), Some('／' | '/'));
        if value.len() == rest.len() && !bracketed && !placed {
            continue;
        }
        if let Some(name) =
            name(value).filter(|name| !lists::NOBODY.iter().any(|nobody| name.contains(nobody)))
        {
            return Some(name);
        }
    }
    None
}

/// The names that a value begins with, as they stand.
fn name(value: &str) -> Option<String> {
    let mut value = value.trim();
    while let Some(rest) = lists::ROLES.iter().find_map(|role| value.strip_prefix(role)) {
        value = rest.trim_start_matches([' ', ':', '：', '\u{3000}', '、']);
    }
    let ends = |c: char| {
        matches!(
            c,
            '）' | ')'
                | '】'
                | ']'
                | '|'
                | '｜'
                | '；'
                | ';'
                | '。'
                | '，'
                | ','
                | '<'
                | '>'
                | '《'
                | '（'
                | '('
                | '['
                | '【'
                | '\t'
                | '/'
                | '／'
                | '丨'
        )
    };
    let value = value.split(ends).next()?.trim();
    let mut names: Vec<&str> = Vec::new();
    for word in value.split([' ', '\u{3000}', '、', '&']).filter(|word| !word.is_empty()) {
        let labelled = word.contains([':', '：'])
            || word.starts_with(|c: char| c.is_ascii_digit())
            || lists::AUTHORS.contains(word)
            || lists::EDITORS.contains(word);
        if labelled || !names.is_empty() && !goes_on(names[names.len() - 1], word) {
            break;
        }
        names.push(word);
    }
    let latin = names.iter().all(|name| name.is_ascii());
    let name = names.join(if latin { " " } else { "、" });
    let letters = name.chars().count();
    let lettered = name.chars().any(char::is_alphabetic)
        && !name.contains(['@', '=', '。'])
        && !name.starts_with("http");
    ((2..=LONGEST).contains(&letters) && lettered).then_some(name)
}

/// Whether a word after a name is another name: both are written in hanzi and short, or in letters.
fn goes_on(before: &str, word: &str) -> bool {
    let short =
        |word: &str| word.chars().all(crate::hanzi::is_hanzi) && (2..=4).contains(&word.chars().count());
    (short(before) && short(word) && !is_house(word)) || (before.is_ascii() && word.is_ascii())
}

/// Whether a name is that of a paper or an office.
fn is_house(name: &str) -> bool {
    lists::HOUSES.iter().any(|house| name.contains(house))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_name_who_wrote() {
        for (line, name) in [
            ("作者：王某 来源：小城网", "王某"),
            ("文/王某", "王某"),
            ("文 | 王某 编辑 | 李某", "王某"),
            ("（责任编辑：李某）", "李某"),
            ("[责任编辑：李某 PK155]", "李某"),
            ("责编：Demi Xia", "Demi Xia"),
            ("来源：本站原创  作者：党支部  时间：2019年10月31日", "党支部"),
            ("（记者 王某某 李某）", "王某某、李某"),
            ("（总台央视记者 王某）", "王某"),
            ("2019-09-30 14:20 小鎮日報 記者王某某／小鎮報導", "王某某"),
            ("原作者：王某", ""),
            ("作者：网络整理 阅读：1644", ""),
            ("作者：王某、李某某", "王某、李某某"),
            ("责任编辑: 于某某", "于某某"),
        ] {
            assert_eq!(Author::find(line).map(|author| author.name).unwrap_or_default(), name, "{line}");
        }
    }
}
