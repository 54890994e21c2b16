//! Numbers, numbers with a measure word, dates: 8.7亿, 三分之一, 1500多名, 一封, 2016年, 4月底.
//!
//! They are recognised so that decks can leave them out. A measure word of one hanzi joins its number; a longer
//! one (美元, 公里) is a word that a learner wants, and stands alone. Words that only look like numbers (一些,
//! 十分, 万一) are words of the list, and stay so.

use crate::hanzi::classes;
use crate::tokens::lists;
pub(super) mod decimals;

use crate::dictionary::Dictionary;
use crate::tokens::Kind;
use crate::tokens::jieba::listed;
use crate::tokens::pieces::{Nature, Piece, Pieces, is_digit};

/// Joins the parts of each number.
pub(super) fn join(pieces: &mut Pieces<'_>) {
    pieces.rework(|cursor| {
        let (text, pieces) = (cursor.text(), cursor.rest());
        let here = pieces[0];
        let form = here.of(text);
        // Most pieces fail here.
        let begins = |c| is_numeral_hanzi(c) || lists::SUMS_OF.contains(c) || lists::BEGINNINGS.contains(c);
        if here.kind != Kind::Number && !form.starts_with(begins) {
            return;
        }
        let Some(number) = number(text, cursor.done(), pieces) else {
            let kind = if is_counted(form) {
                Kind::Measure
            } else if form.strip_suffix('月').is_some_and(is_numeral) {
                Kind::Time
            } else if is_fraction(form) {
                Kind::Number
            } else {
                here.kind
            };
            return cursor.is(Nature { kind, ..here.nature });
        };
        let (mut end, mut kind) = (number, Kind::Number);
        if let Some(unit) = pieces.get(end) {
            let digits = pieces[..end].iter().any(|p| p.of(text).chars().any(is_digit));
            if let Some(time) = time(text, pieces, end, digits) {
                (end, kind) = (time, Kind::Time);
            } else if unit
                .single(text)
                .is_some_and(|c| classes::MEASURE_WORDS.contains(c) || matches!(c, '点' | '分'))
            {
                (end, kind) = (end + 1, Kind::Measure);
            } else if unit.of(text) == "大" && is_congress(text, &pieces[..end], pieces.get(end + 1))
                || unit.of(text) == "后" && is_generation(text, &pieces[..end])
            {
                end += 1;
            }
        }
        if end > 1 || kind != Kind::Number || here.kind == Kind::Number || !stays(form) {
            cursor.join(end, Nature { level: here.level, ..Nature::of(kind) });
        }
    });
}

/// Frees numerals and units of time that a word has taken from the number before it: 五|百年, 31|日前, 第|三代.
pub(super) fn free(dictionary: Dictionary, pieces: &mut Pieces<'_>) {
    pieces.rework(|cursor| {
        let text = cursor.text();
        let Some(Freed { chars, goes_on }) = freed(text, dictionary, cursor.done(), cursor.rest()) else {
            return;
        };
        cursor.split(chars);
        if goes_on {
            cursor.gather(2);
            let form = cursor.rest()[0].of(text);
            cursor.set(Nature { proposed: !dictionary.has(form), ..Nature::word(form) });
        }
    });
}

/// The part of a word that belongs to the number before it.
struct Freed {
    /// Its length in characters, from the word's beginning.
    chars: usize,
    /// Whether the rest of the word is one word with the next piece.
    goes_on: bool,
}

/// The part that the first word of `rest` has taken from the number at the end of `done`.
fn freed(text: &str, dictionary: Dictionary, done: &[Piece], rest: &[Piece]) -> Option<Freed> {
    let (before, further) = done.split_last()?;
    let (piece, next) = (rest.first()?, rest.get(1));
    let word = piece.of(text);
    let number = before.kind == Kind::Number || is_numeral(before.of(text));
    let counted = number || matches!(before.of(text), "第" | "数" | "几");
    // 日电 is a firm in the dictionary, and the end of most bylines: 12日电.
    let may = piece.kind == Kind::Word || word == "日电";
    if !counted || !may || piece.is_over(4, text) || is_numeral(word) {
        return None;
    }
    let (first, second) = (word.chars().next()?, word.chars().nth(1));
    let is_pair = piece.count(text) == 2;
    let more = further.last().is_some_and(|piece| is_numeral(piece.of(text)));
    let digits = before.kind == Kind::Number || before.is_over(1, text) || number && more;
    let date = digits && !before.of(text).ends_with(['万', '亿']) && !matches!(word, "日元" | "日圆");
    let few = number && word.starts_with(['几', '多']) && is_pair;
    let counted =
        second.is_some_and(|c| classes::MEASURE_WORDS.contains(c) || classes::TIME_UNITS.contains(c));
    // 一|碗面: a word that no dictionary has is no reason against a measure word.
    let unlisted = number && piece.proposed && classes::MEASURE_WORDS.contains(first);
    // 六|包菜: a rare word, and a measure word before anything.
    let rare = number
        && piece.level <= RARE
        && is_pair
        && classes::MEASURE_WORDS.contains(first)
        && !word.ends_with(['次', '级'])
        && !lists::WHOLE_AFTER_NUMBERS.contains(word)
        && second != Some(first);
    let money = number && matches!(word, "块钱" | "毛钱" | "分钱");
    let one = !before.is_over(1, text) && !matches!(before.of(text), "万" | "亿" | "千" | "百");
    let span = number && one && lists::SPANS.contains(word);
    let unit =
        number && word == "个人" || word == "个别" || few && counted || unlisted || rare || span || money;
    let date = date
        && matches!(first, '年' | '月' | '日' | '岁')
        && !lists::PARTS_OF_TIME.contains(word)
        && word != "岁末";
    let chars = if unit || date {
        1
    } else if before.of(text) != "数" || lists::BIG_UNITS.contains(first) {
        word.chars().take_while(|&c| is_numeral_hanzi(c)).count()
    } else {
        0
    };
    let (at, _) = word.char_indices().nth(chars).filter(|_| chars > 0)?;
    let left = &word[at..];
    if left.chars().nth(1).is_some() && !dictionary.has(left) {
        return None;
    }
    // 六|包菜|子: what is left may be half a word.
    let whole = next.filter(|next| rare && next.single(text).is_some());
    let goes_on = whole.is_some_and(|next| listed(&text[piece.start() + at..next.end()]).is_some());
    Some(Freed { chars, goes_on })
}

/// Whether numbers are written with `c`.
fn is_numeral_hanzi(c: char) -> bool {
    classes::NUMERALS.contains(c)
}

/// Whether `word` is a number, or a number with a measure word.
pub(super) fn begins_number(word: &str) -> bool {
    let mut chars = word.chars();
    let first = chars.next().is_some_and(|c| is_numeral_hanzi(c) || matches!(c, '几' | '半'));
    first
        && chars.all(|c| {
            is_numeral_hanzi(c)
                || classes::MEASURE_WORDS.contains(c)
                || classes::TIME_UNITS.contains(c)
                || matches!(c, '下' | '次')
        })
}

/// Up to here a word after a number gives up its measure word, 2 ln of a frequency.
const RARE: u8 = 14;

/// A word of the list that is a number with a measure word: 一个, 两家, 几天.
fn is_counted(word: &str) -> bool {
    let mut chars = word.chars();
    let (Some(first), Some(second), None) = (chars.next(), chars.next(), chars.next()) else { return false };
    lists::SUMS_OF.contains(first) && lists::SUMS.contains(second)
}

/// A word of the list that is a fraction: 三分之一, 零点五.
fn is_fraction(word: &str) -> bool {
    if !word.starts_with(is_numeral_hanzi) {
        return false;
    }
    let parted = word.split_once("分之").or_else(|| word.split_once('点'));
    parted.is_some_and(|(whole, part)| is_numeral(whole) && is_numeral(part))
}

/// Single numerals that are words for a learner when nothing is counted with them: 多, 几, 两.
fn stays(word: &str) -> bool {
    lists::NUMERALS_THAT_ARE_WORDS.contains(word)
}

/// Whether `word` is a numeral and no more.
pub(super) fn is_numeral(word: &str) -> bool {
    let number = word.strip_suffix(['多', '几', '余']).unwrap_or(word);
    !number.is_empty() && number.chars().all(is_numeral_hanzi)
}

/// How many pieces the number has with which `pieces` begin, if they do.
fn number(text: &str, done: &[Piece], pieces: &[Piece]) -> Option<usize> {
    let of = |i: usize| pieces.get(i).map_or("", |piece| piece.of(text));
    let digits = |i: usize| pieces.get(i).is_some_and(|piece| piece.kind == Kind::Number);
    let name = |i: usize| pieces.get(i).is_some_and(|piece| piece.kind.is_name());
    let numeral = |i: usize| (digits(i) || is_numeral(of(i))) && !name(i);
    let ends_in_numeral = |piece: &Piece| {
        let last = piece.of(text).chars().next_back();
        (piece.kind == Kind::Number || is_numeral(piece.of(text)) && !piece.kind.is_name())
            && last.is_some_and(|c| is_digit(c) || is_numeral_hanzi(c))
    };
    let mut end = 0;
    match of(0) {
        "第" if numeral(1) => end = 2,
        "几" | "数" | "上" if lists::COUNTED_BIG.contains(of(1)) => end = 2,
        ordinal if ordinal.strip_prefix('第').is_some_and(is_numeral) && numeral(1) => end = 2,
        part if of(1) == "之" && numeral(2) && part.strip_suffix('分').is_some_and(is_numeral) => end = 3,
        ordinal if ordinal.strip_prefix('第').is_some_and(is_numeral) && !of(1).is_empty() => {
            let measure = pieces.get(1).and_then(|next| next.single(text));
            return measure.filter(|c| classes::MEASURE_WORDS.contains(*c)).map(|_| 1);
        }
        "几" if pieces
            .get(1)
            .and_then(|next| next.single(text))
            .is_some_and(|c| classes::MEASURE_WORDS.contains(c)) =>
        {
            return Some(1);
        }
        "百分之" | "千分之" | "万分之" if numeral(1) => end = 2,
        "一一" | "万一" if !(numeral(1) || done.last().is_some_and(ends_in_numeral)) => return None,
        _ if numeral(0) => end = 1,
        _ => {}
    }
    if end == 0 {
        return None;
    }
    while end < MOST_PIECES {
        let next = of(end);
        let about = !next.is_empty()
            && lists::ABOUT.as_str().contains(next)
            && (numeral(end + 1) || counts(text, pieces, end + 1));
        if numeral(end) || about {
            end += 1;
        } else if joins(text, pieces, end) && numeral(end + 1) {
            end += 2;
        } else if matches!(next, "%" | "％" | "‰" | "℃" | "°") && digits(end - 1) {
            return Some(end + 1);
        } else {
            break;
        }
    }
    Some(end)
}

/// The most pieces of a number: one that goes on longer is a table of numbers.
const MOST_PIECES: usize = 40;

/// Whether piece `i` joins the number before it and the one after it: 8.7, 1/3, 三分之一, 三点一四.
fn joins(text: &str, pieces: &[Piece], i: usize) -> bool {
    let of = |i: usize| pieces.get(i).map_or("", |piece| piece.of(text));
    let digits = |i: usize| pieces.get(i).is_some_and(|piece| piece.kind == Kind::Number);
    match of(i) {
        "." | "．" | "/" | "／" | "," | "·" | "∶" | ":" | "：" => digits(i - 1) && digits(i + 1),
        // In full width it is a comma of the sentence more often than one of thousands.
        "，" => digits(i - 1) && digits(i + 1) && of(i + 1).chars().count() == 3,
        "点" => digits(i - 1) && digits(i + 1) || !digits(i - 1) && decimals(text, pieces, i + 1),
        // 2023-05-06, but not the score 3-2.
        "-" | "－" => {
            let length = |i: usize| of(i).chars().count();
            digits(i - 1) && digits(i + 1) && length(i + 1) == 2 && (length(i - 1) == 4 || length(i - 1) == 2)
        }
        "分之" | "又" => true,
        _ => false,
    }
}

/// Whether the numerals from `i` on are read one by one, as after a decimal point: 三点一四, but not 三点十分.
fn decimals(text: &str, pieces: &[Piece], i: usize) -> bool {
    let of = |i: usize| pieces.get(i).map_or("", |piece| piece.of(text));
    !of(i).contains(|c| lists::BIG_UNITS.contains(c)) && !of(i + 1).starts_with('分')
        || of(i + 1).starts_with(['万', '亿'])
}

/// Whether a measure word stands at `i`.
fn counts(text: &str, pieces: &[Piece], i: usize) -> bool {
    pieces.get(i).is_some_and(|piece| {
        piece.single(text).is_some_and(|c| {
            classes::MEASURE_WORDS.contains(c) || classes::TIME_UNITS.contains(c) || c == '人'
        }) || lists::COUNTED_WORDS.contains(piece.of(text))
    })
}

/// Whether a number can be one of the clock: 9点, but not 三千点 and 9.1分.
fn is_up_to(text: &str, number: &[Piece], most: u32) -> bool {
    let plain = |piece: &Piece| {
        let form = piece.of(text);
        form.parse::<u32>().map_or(!form.contains(['百', '千', '万', '亿', '.']), |n| n <= most)
    };
    number.iter().all(plain)
}

/// 十五大 is a congress, 十五 is its number; 十大 are ten.
fn is_congress(text: &str, number: &[Piece], after: Option<&Piece>) -> bool {
    let [one] = number else { return false };
    let of_it = |piece: &Piece| piece.kind == Kind::Other || lists::OF_A_CONGRESS.contains(piece.of(text));
    let form = one.of(text);
    (form == "二十" || form.chars().count() == 2 && form.starts_with('十')) && after.is_none_or(of_it)
}

/// Whether a number names those born in its years: 90后, ００后.
fn is_generation(text: &str, number: &[Piece]) -> bool {
    let [one] = number else { return false };
    let digits = one.of(text);
    digits.chars().count() == 2 && digits.ends_with(['0', '5', '０', '５']) && digits.chars().all(is_digit)
}

/// Where the date or stretch of time ends whose number are the pieces before `end`.
fn time(text: &str, pieces: &[Piece], end: usize, digits: bool) -> Option<usize> {
    let unit = pieces.get(end)?;
    let word = unit.of(text);
    if lists::PARTS_OF_TIME.contains(word) {
        // 三年间, but the 90年代 and the 4月底.
        return (digits || pieces[0].is_over(1, text) || word.starts_with('月')).then_some(end + 1);
    }
    let hour = match word {
        "点" => is_up_to(text, &pieces[..end], 24),
        "分" => {
            is_up_to(text, &pieces[..end], 60) && pieces.get(end + 1).is_none_or(|next| next.of(text) != "钱")
        }
        _ => true,
    };
    if hour && unit.single(text).is_some_and(|c| classes::TIME_UNITS.contains(c)) {
        let after = pieces.get(end + 1).map_or("", |piece| piece.of(text));
        if word == "点" && after == "半" {
            return Some(end + 2);
        }
        let part = matches!(after, "底" | "初" | "末") || word == "月" && after == "中";
        if matches!(word, "年" | "月") && part && digits {
            return Some(end + 2);
        }
        return Some(end + 1);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cuts at blanks, joins, and shows the result with the kinds of numbers.
    fn joined(cut: &str) -> String {
        let text: String = cut.split(' ').collect();
        let mut pieces = Pieces::lay(&text, |laid| {
            for part in cut.split(' ') {
                let kind = crate::tokens::pieces::kind_of(part.chars().next().expect("no double blank"));
                laid.to(laid.end() + part.len(), Nature::of(kind));
            }
        });
        decimals::free(&mut pieces);
        free(Dictionary::embedded(), &mut pieces);
        join(&mut pieces);
        let show = |piece: &Piece| match piece.kind {
            Kind::Number | Kind::Measure | Kind::Time => format!("{}/{}", piece.of(&text), piece.kind),
            _ => piece.of(&text).to_owned(),
        };
        pieces.iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_number_is_one_token_and_takes_a_measure_word_of_one_hanzi() {
        for (cut, tokens) in [
            ("8 . 7 亿 美元", "8.7亿/number 美元"),
            ("1500 多 名 员工", "1500多名/measure 员工"),
            ("49 % 的", "49%/number 的"),
            ("三分之一", "三分之一/number"),
            ("百分之 二 十", "百分之二十/number"),
            ("五 六十", "五六十/number"),
            ("三分 之 二", "三分之二/number"),
            ("二十多 岁", "二十多岁/measure"),
            ("三 个人", "三个/measure 人"),
            ("几 个别 闹", "几个/measure 别 闹"),
            ("十 几次", "十几次/measure"),
            ("2023 - 05 - 06", "2023-05-06/number"),
            ("7 至 9 位 数", "7/number 至 9位/measure 数"),
            ("一 封 信", "一封/measure 信"),
            ("一个 人", "一个/measure 人"),
            ("第 十九 次", "第十九次/measure"),
            ("约 50 人", "约 50/number 人"),
            ("两 岸", "两 岸"),
            ("五 百年 前", "五百年/time 前"),
            ("第 三代", "第三代/measure"),
            ("31 日前", "31日/time 前"),
            ("几 只 鸟", "几只/measure 鸟"),
            ("第五 次", "第五次/measure"),
            ("三千 点", "三千点/measure"),
            ("3 点 半", "3点半/time"),
            ("9 . 1 分", "9.1分/measure"),
            ("三 年内", "三年/time 内"),
            ("90 后", "90后/number"),
            ("十五 大 精神", "十五大/number 精神"),
            ("十五 大 产业", "十五/number 大 产业"),
            ("一 分钱", "一分/measure 钱"),
            ("第二 十九 次", "第二十九次/measure"),
        ] {
            assert_eq!(joined(cut), tokens);
        }
    }

    #[test]
    fn dates_are_times_and_words_of_time_stay_words() {
        for (cut, tokens) in [
            ("2016 年 1 月", "2016年/time 1月/time"),
            ("４ 月底", "４月底/time"),
            ("二 〇 二 四 年", "二〇二四年/time"),
            ("90 年代", "90年代/time"),
            ("十 多年", "十多年/time"),
            ("近 10 年", "近 10年/time"),
            ("去年 年底", "去年 年底"),
        ] {
            assert_eq!(joined(cut), tokens);
        }
    }
}
