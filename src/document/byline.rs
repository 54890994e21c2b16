//! Lines of fields: when, from where, by whom, read how often.
//!
//! Why a grammar and not a list of words: every site orders the fields anew. A line is a byline only if all of it
//! is fields; `新华社北京1月5日电（记者 王某）` begins a paragraph, and is article.

use super::phrases::{COUNTED, LABELS, LABELS_OF_TEXT};

/// Whether the whole of `text` is fields of a byline.
pub(super) fn is_byline(text: &str) -> bool {
    if text.len() > 400 {
        return false;
    }
    let folded: String = text.chars().map(narrow).collect();
    let line = unbracketed(&folded);
    if let Some((label, _)) = label(line).filter(|(label, _)| LABELS_OF_TEXT.has(label)) {
        return line.len() > label.len();
    }
    if line.contains(['。', '!', '?', ';', '“', '”', '「']) || line.chars().count() > 120 {
        return false;
    }
    let mut fields = Fields::default();
    for word in line.replace(" | ", "|").split([' ', '丨', '•']).filter(|word| !word.is_empty()) {
        // A stroke is the colon of 文|王某, and elsewhere stands between fields.
        let known = label(word).is_some() && fields.take(word);
        if !known && !word.split('|').filter(|word| !word.is_empty()).all(|word| fields.take(word)) {
            return false;
        }
    }
    fields.is_byline()
}

/// Whether the line is a date in numbers and no more: a byline above an article, a heading in a diary.
pub(super) fn is_bare_date(text: &str) -> bool {
    text.len() <= 20 && date(text).is_some_and(|(length, numeric)| numeric && length == text.len())
}

/// Where a bracketed byline at the end of a paragraph begins.
pub(super) fn glued(text: &str) -> Option<usize> {
    let open = match text.chars().next_back()? {
        ')' | '）' => ['(', '（'],
        ']' | '］' => ['[', '［'],
        '】' => ['【', '【'],
        _ => return None,
    };
    let at = text.rfind(open)?;
    let inner: String = text[at..].chars().map(narrow).collect();
    let inner = unbracketed(&inner);
    let (label, value) = label(inner)?;
    let names_a_person =
        label.ends_with(['编', '編', '辑', '輯', '对', '對']) || label == "作者" || label == "原标题";
    (at > 0 && names_a_person && !value.is_empty() && inner.len() <= 90).then_some(at)
}

/// The fields found in the words of a line so far.
#[derive(Default)]
struct Fields {
    labels: usize,
    dates: usize,
    numeric_dates: usize,
    times: usize,
    counts: usize,
    /// Words that no rule knows: names of people and papers.
    others: usize,
    /// Such words may follow a label, a date or a time.
    open: bool,
    /// A word that counts something waits for its number, or a number for its word.
    counted: bool,
    number: bool,
}

impl Fields {
    fn take(&mut self, word: &str) -> bool {
        if let Some((label, value)) = label(word).filter(|(label, _)| LABELS.has(label)) {
            self.labels += 1;
            self.open = true;
            self.counted = COUNTED.has(label);
            return value.is_empty() || self.take_value(value);
        }
        if let Some((length, numeric)) = date(word) {
            self.dates += 1;
            self.numeric_dates += usize::from(numeric);
            self.open = true;
            let rest = word[length..].trim_start_matches(['T', ',']);
            return rest.is_empty() || self.take(rest);
        }
        if is_time(word) {
            self.times += 1;
            self.open = true;
            return true;
        }
        if is_weekday(word) || matches!(word, "/" | "-" | "·" | "," | "、") {
            return true;
        }
        if is_number(word) {
            self.counts += usize::from(self.counted);
            (self.number, self.counted) = (!self.counted, false);
            return true;
        }
        if COUNTED.has(word) {
            self.counts += usize::from(self.number);
            (self.counted, self.number) = (!self.number, false);
            return true;
        }
        if is_counted(word) {
            self.counts += 1;
            return true;
        }
        self.others += 1;
        word.chars().count() <= 12 && !word.contains([':', ','])
    }

    /// The value of a label: a name, or something that this knows.
    fn take_value(&mut self, value: &str) -> bool {
        if let Some((length, _)) = date(value) {
            return length == value.len() || is_time(&value[length..]);
        }
        // Names may be many; what has a long part after a comma is a sentence.
        value.chars().count() <= 40 && value.split([',', '、']).skip(1).all(|part| part.chars().count() <= 5)
    }

    fn is_byline(&self) -> bool {
        // A count without its number is a button or a heading, not a field.
        if self.number || (self.counted && self.counts + self.labels + self.dates == 0) {
            return false;
        }
        let sure = self.labels > 0 || self.counts > 0 || self.times > 0 && self.dates > 0;
        let names = match (self.labels, self.times > 0 || self.counts > 0) {
            (0, false) => 0,
            (0, true) => 2,
            _ => 4,
        };
        (sure || self.numeric_dates > 0) && self.others <= names
    }
}

fn narrow(c: char) -> char {
    match c {
        '﹕' | '∶' => ':',
        _ => crate::text::narrow(c),
    }
}

fn unbracketed(text: &str) -> &str {
    let pairs = [('(', ')'), ('[', ']'), ('【', '】'), ('〔', '〕')];
    let inner = pairs.iter().find_map(|&(open, close)| text.strip_prefix(open)?.strip_suffix(close));
    inner.unwrap_or(text).trim()
}

/// A label and what follows its colon: `责任编辑:王某`. A stroke serves as a colon after the shortest (文/王某).
fn label(text: &str) -> Option<(&str, &str)> {
    let at = text.find([':', '/', '|', '丨'])?;
    let (label, value) = (text[..at].trim_end(), text[at..].trim_start_matches([':', '/', '|', '丨']).trim());
    let known = LABELS.has(label) || LABELS_OF_TEXT.has(label);
    known.then_some((label, value))
}

/// The length of the full date at the start of `word`, and whether it is written in numbers alone.
fn date(word: &str) -> Option<(usize, bool)> {
    let bytes = word.as_bytes();
    let year = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    if year != 4 || !word.starts_with(['1', '2']) {
        return None;
    }
    let (after_year, separator) = separator(word, year, "年")?;
    let month = digits(word, after_year)?;
    let (after_month, second) = self::separator(word, month, "月")?;
    let day = digits(word, after_month)?;
    let hanzi = separator == "年";
    if hanzi != (second == "月") {
        return None;
    }
    let end = if hanzi { day + word[day..].strip_prefix('日').map_or(0, |_| '日'.len_utf8()) } else { day };
    let ends = hanzi || !word[end..].starts_with(|c: char| c.is_ascii_digit());
    ends.then_some((end, !hanzi))
}

fn separator<'t>(word: &'t str, at: usize, hanzi: &str) -> Option<(usize, &'t str)> {
    let length = if word[at..].starts_with(hanzi) {
        hanzi.len()
    } else if word[at..].starts_with(['-', '/', '.']) {
        1
    } else {
        return None;
    };
    Some((at + length, &word[at..at + length]))
}

/// The end of the one or two digits at `at`.
fn digits(word: &str, at: usize) -> Option<usize> {
    let count = word.as_bytes()[at..].iter().take_while(|b| b.is_ascii_digit()).count();
    (1..=2).contains(&count).then_some(at + count)
}

fn is_time(word: &str) -> bool {
    let parts: Vec<&str> = word.split([':', '时', '分', '時']).filter(|p| !p.is_empty()).collect();
    (2..=3).contains(&parts.len())
        && word.contains([':', '时', '時'])
        && parts.iter().all(|p| p.len() <= 2 && p.bytes().all(|b| b.is_ascii_digit()))
}

fn is_weekday(word: &str) -> bool {
    let day = ["星期", "周", "週", "礼拜"].iter().find_map(|week| word.strip_prefix(week));
    day.is_some_and(|day| matches!(day, "一" | "二" | "三" | "四" | "五" | "六" | "日" | "天"))
}

fn is_number(word: &str) -> bool {
    let word = word.strip_prefix('(').and_then(|w| w.strip_suffix(')')).unwrap_or(word);
    let digits = word.trim_end_matches(['万', '萬', '+', 'w', 'k']);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.ends_with(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',')
}

/// 1234阅读, 阅读(1234), 56条评论.
fn is_counted(word: &str) -> bool {
    COUNTED.each().any(|counted| {
        word.strip_prefix(counted)
            .or_else(|| word.strip_suffix(counted))
            .is_some_and(|number| is_number(number.trim_start_matches(':')))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_a_byline() {
        for line in [
            "2024-05-06 10:30 来源：小城网",
            "2024年05月06日10:30 | 来源：小城晚报",
            "小城网 2024/5/6 08:05",
            "2024-05-06",
            "来源： 小城网 作者： 王某 李某 责任编辑： 赵某",
            "（责任编辑：王某、李某）",
            "【責任編輯：王某】",
            "发布时间：2024-05-06 10:30:22",
            "阅读 1234 评论 56",
            "1.2万阅读 56条评论",
            "浏览次数：1234",
            "文｜王某 编辑｜李某",
            "文/王某",
            "上一篇：大雨来了！带伞吗？",
            "原标题：大雨来了，带伞吗？",
            "2024-05-06T10:30 星期一",
            "來源：中央社",
        ] {
            assert!(is_byline(line), "{line}");
        }
    }

    #[test]
    fn what_an_author_writes_is_none() {
        for line in [
            "2024年5月6日",
            "2023年3月 公司成立",
            "2024年5月6日 星期一 晴",
            "新华社北京1月5日电（记者 王某）",
            "记者：您怎么看？",
            "来源：谁也不知道，除了他自己。",
            "评论",
            "阅读",
            "3. 阅读",
            "1234",
            "本报记者 王某",
            "时间：5月6日 地点：人民广场",
            "推荐 一本书",
            "版本2024.5.6发布",
            "2024-05-06 大雨让街道变成了河",
        ] {
            assert!(!is_byline(line), "{line}");
        }
    }

    #[test]
    fn a_bracketed_byline_is_found_at_the_end_of_a_paragraph() {
        assert_eq!(glued("雨停了。（责任编辑：王某）"), Some("雨停了。".len()));
        assert_eq!(glued("雨停了。[责编: 王某]"), Some("雨停了。".len()));
        for text in [
            "雨停了。（完）",
            "雨停了（来源：气象台）",
            "（责任编辑：王某）",
            "他问（编辑：好？",
            ")",
            "雨停了。",
        ] {
            assert_eq!(glued(text), None, "{text}");
        }
    }
}
